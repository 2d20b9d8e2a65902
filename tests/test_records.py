"""What no record, no path and no tree may do: pass for the approval of a change, or lead out of the registry."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.test_change_cases import CASES, lay_over
from tests.test_sources import git

DAY = ("--as-of", "2018-03-01")
RETAIL = "targets/2018/01-retail-sales.yaml"
PLAN = "targets/2018/plan.yaml"
RECORD = "targets/2018/adjustments/material/2018-03-01-retail-sales.yaml"
SOUND = """\
reason: 一季度出口订单减少
basis: 浙商务发〔2018〕56号
requested_by: 省商务厅市场处
date: "2018-03-01"
changes:
  - target: retail-sales
    field: weight
    from: 4
    to: 3
"""


@pytest.fixture
def approved(tmp_path: Path) -> Path:
    """A small registry whose plan is approved, committed on main; its own total is 10."""
    folder = tmp_path / "registry"
    lay_over(folder, CASES / "base")
    lay_over(folder, CASES / "approved")
    lay_over(folder / "schema", ROOT / "schema")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    git(folder, "tag", "approved-2018")
    return folder


def commit(folder: Path, message: str = "change") -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", f"--message={message}")
    return git(folder, "rev-parse", "HEAD")


def edit(folder: Path, path: str, *pairs: tuple[str, str]) -> None:
    file = folder / path
    text = file.read_text("utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, "utf-8")


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


def codes(run: Run, folder: Path, *arguments: str) -> list[str]:
    """The codes of the errors of a check against main, of the working tree."""
    outcome = run("-C", str(folder), "--lang", "en", "check", "--base", "main", *DAY, *arguments, "--format", "json")
    assert outcome.code in (0, 1), outcome.err
    found = [f["code"] for f in json.loads(outcome.out)["findings"] if f["level"] == "error"]
    assert outcome.code == int(bool(found))
    return sorted(found)


def changes(run: Run, folder: Path, *arguments: str) -> list[tuple[str | None, str | None, str]]:
    """Slug, field and severity of each change."""
    outcome = run("-C", str(folder), "diff", *arguments, *DAY, "--format", "json")
    assert outcome.code in (0, 1), outcome.err
    return [(change["target"], change["field"], change["severity"]) for change in json.loads(outcome.out)["changes"]]


def moved_points(folder: Path) -> None:
    """A material change that keeps the total, so that only its record matters."""
    edit(folder, RETAIL, ("weight: 4", "weight: 3"))
    edit(folder, "targets/2018/02-new-traders.yaml", ("weight: 3", "weight: 4"))


OTHER = "  - target: new-traders\n    field: weight\n    from: 3\n    to: 4\n"
"""What covers the points that the other target is given."""


def test_a_sound_record_covers(approved: Path, run: Run) -> None:
    moved_points(approved)
    write(approved, RECORD, SOUND + OTHER)
    assert codes(run, approved) == []


@pytest.mark.parametrize(
    "path",
    [
        "targets/2018/adjustments/material/adjustments/material/2018-03-01-retail-sales.yaml",
        "targets/2018/adjustments/critical/material/2018-03-01-retail-sales.yaml",
        "targets/2018/adjustments/material/more/2018-03-01-retail-sales.yaml",
        "targets/2018/adjustments/2018-03-01-retail-sales.yaml",
        "targets/2018/more/adjustments/material/2018-03-01-retail-sales.yaml",
        "targets/2018/Adjustments/material/2018-03-01-retail-sales.yaml",
        "targets/adjustments/material/2018-03-01-retail-sales.yaml",
    ],
)
def test_a_record_in_another_place_is_a_stray_file_and_covers_nothing(approved: Path, run: Run, path: str) -> None:
    """A rule of CODEOWNERS names folders; a record must lie where the rule looks."""
    moved_points(approved)
    write(approved, path, SOUND + OTHER)
    found = codes(run, approved)
    assert found.count("adjustment-missing") == 2
    assert {"stray-file", "missing-plan"} & set(found)


@pytest.mark.parametrize("name", ["adjustments-bureau", "adjustments", "2018/adjustmentsx"])
def test_a_plans_folder_may_be_called_much_like_adjustments(approved: Path, run: Run, name: str) -> None:
    """Only a folder below a plan's can hold records, and only by its whole name."""
    folder = f"targets/{name}" if "/" in name or name == "adjustments" else f"targets/2018/{name}"
    shutil.copytree(approved / "targets/2018", approved / "elsewhere")
    shutil.rmtree(approved / "targets/2018")
    (approved / folder).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(approved / "elsewhere", approved / folder)
    commit(approved)
    edit(approved, f"{folder}/01-retail-sales.yaml", ("weight: 4", "weight: 3"))
    edit(approved, f"{folder}/02-new-traders.yaml", ("weight: 3", "weight: 4"))
    assert [slug for slug, _, _ in changes(run, approved, "main")] == ["retail-sales", "new-traders"]
    assert codes(run, approved).count("adjustment-missing") == 2
    run("-C", str(approved), "adjust", "main", *DAY, "--date", "2018-03-01", "--reason", "甲")
    assert (approved / folder / "adjustments/material/2018-03-01-retail-sales.yaml").is_file()
    assert "adjustment-missing" not in codes(run, approved)
    commit(approved)
    told = run("-C", str(approved), "--lang", "en", "history", "retail-sales", "--format", "json")
    assert told.code == 0, told.err
    assert '"weight"' in told.out


def test_a_plan_among_the_records_is_none(approved: Path, run: Run) -> None:
    for folder in ("adjustments", "adjustments/critical", "adjustments/critical/2018"):
        for path in (PLAN, RETAIL):
            write(approved, path.replace("2018", f"2018/{folder}"), (approved / path).read_text("utf-8"))
    assert changes(run, approved, "main") == []
    assert codes(run, approved).count("stray-file") == 5
    commit(approved)
    assert run("-C", str(approved), "table", "--rev", "HEAD", "--format", "csv").out.count("社会消费品") == 1
    told = run("-C", str(approved), "--lang", "en", "history", "retail-sales")
    assert (told.code, told.err) == (0, "")


def git_in(folder: Path, given: str, *arguments: str) -> str:
    """What Git makes of a text on its standard input."""
    done = subprocess.run(["git", *arguments], cwd=folder, input=given, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def odd_commit(folder: Path, steps: list[str], content: str) -> str:
    """The tree of main with one more file, at a path that only a tree made by hand can hold, as a commit."""

    def inside(listing: str, below: list[str]) -> str:
        lines = {name: about for about, name in (line.split("\t") for line in listing.splitlines() if line)}
        name = below[0]
        if len(below) == 1:
            lines[name] = f"100644 blob {git_in(folder, content, 'hash-object', '-w', '--stdin')}"
        else:
            kept = git(folder, "ls-tree", lines[name].split()[2]) if name in lines else ""
            lines[name] = f"040000 tree {inside(kept, below[1:])}"
        raw = b"".join(
            f"{about.split()[0].lstrip('0')} {name}\0".encode() + bytes.fromhex(about.split()[2])
            for name, about in sorted(lines.items(), key=lambda item: item[0] + "/" * item[1].startswith("04"))
        )
        file = folder.parent / "tree"
        file.write_bytes(raw)
        return git(folder, "hash-object", "-w", "-t", "tree", "--literally", str(file))

    return git(folder, "commit-tree", inside(git(folder, "ls-tree", "main"), steps), "-p", "main", "-m", "odd")


@pytest.mark.parametrize(
    "steps",
    [
        ["targets", "2018", "..", "2018", "adjustments", "material", "2018-03-01-retail-sales.yaml"],
        ["targets", "2018", ".", "adjustments", "material", "2018-03-01-retail-sales.yaml"],
        ["targets", "2018", "adjustments", "material", "..", "material", "2018-03-01-retail-sales.yaml"],
        ["targets", "..", "..", "plan.yaml"],
        ["targets", ".git", "plan.yaml"],
    ],
)
def test_a_tree_made_by_hand_leads_nowhere(approved: Path, run: Run, steps: list[str]) -> None:
    odd = odd_commit(approved, steps, SOUND if steps[-1] != "plan.yaml" else (approved / PLAN).read_text("utf-8"))
    git(approved, "update-ref", "refs/heads/odd", odd)
    assert "stray-file" in codes(run, approved, "--rev", "odd")
    assert changes(run, approved, "main", "odd") == []
    before = sorted(approved.parent.rglob("*"))
    moved_points(approved)
    assert run("-C", str(approved), "adjust", "odd", *DAY, "--date", "2018-03-01").code == 0
    written = {path.relative_to(approved.parent).as_posix() for path in {*approved.parent.rglob("*")} - {*before}}
    assert {path for path in written if "/.git/" not in path} == {
        "registry/targets/2018/adjustments",
        "registry/targets/2018/adjustments/material",
        f"registry/{RECORD}",
    }


def test_a_step_without_a_name_is_one_that_git_itself_refuses(approved: Path, run: Run) -> None:
    odd = odd_commit(approved, ["targets", "2018", "", "adjustments", "material", "2018-03-01-x.yaml"], SOUND)
    for arguments in (("check", "--base", "main", "--rev", odd), ("diff", "main", odd)):
        outcome = run("-C", str(approved), "--lang", "en", *arguments, *DAY)
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)


FAULTS = [
    ("weight: 4", "weight: 4\nweight: 1"),
    ("weight: 4", "weight: 012"),
    ("weight: 4", "weight: .nan"),
    ("target: 社会", "target: 社\u200b会"),
    ("weight: 4", "weight: &w 4"),
    ("remarks: 2017", "remarks: !!str 2017"),
    ("weight: 4", "weight：4"),
    ("  full_year: 9", "  full_year: 9\n  full_year: 8"),
]


@pytest.mark.parametrize(("sound", "faulty"), FAULTS)
def test_behind_a_fault_nothing_passes_for_formatting(approved: Path, run: Run, sound: str, faulty: str) -> None:
    """What one reader takes for nothing, another may take for a value."""
    edit(approved, RETAIL, (sound, faulty))
    found = changes(run, approved, "main")
    assert ("retail-sales", "file", "critical") in found
    assert codes(run, approved) != []
    commit(approved, "merged by mistake")
    edit(approved, RETAIL, (faulty, sound))
    found = changes(run, approved, "HEAD")
    assert ("retail-sales", "file", "material") in found
    assert "adjustment-missing" in codes(run, approved)


@pytest.mark.parametrize(("sound", "faulty"), FAULTS[:6])
@pytest.mark.parametrize(("other", "worse"), FAULTS[:6])
def test_two_faults_are_no_formatting_either(
    approved: Path, run: Run, sound: str, faulty: str, other: str, worse: str
) -> None:
    text = (approved / RETAIL).read_text("utf-8")
    write(approved, RETAIL, text.replace(sound, faulty))
    commit(approved)
    write(approved, RETAIL, text.replace(other, worse))
    if faulty != worse:
        assert ("retail-sales", "file", "critical") in changes(run, approved, "HEAD")


def test_a_plan_that_cannot_be_read_whole_is_critical_and_guarded(approved: Path, run: Run) -> None:
    edit(approved, PLAN, ("status: approved", "status: approved\nstatus: draft"))
    assert (None, "file", "critical") in changes(run, approved, "main")
    assert "duplicate-key" in codes(run, approved)
    commit(approved, "merged by mistake")
    moved_points(approved)
    assert codes(run, approved).count("adjustment-missing") == 2
    git(approved, "restore", RETAIL, "targets/2018/02-new-traders.yaml")
    edit(approved, PLAN, ("status: approved\nstatus: draft", "status: draft"))
    assert (None, "file", "critical") in changes(run, approved, "HEAD")
    assert "adjustment-missing" in codes(run, approved)


@pytest.mark.parametrize("range_", ["main..HEAD", "main...HEAD", "main..", "..main"])
def test_a_range_where_one_revision_is_meant_is_one_sentence(approved: Path, run: Run, range_: str) -> None:
    one = range_.split(".", maxsplit=1)[0] or "HEAD"
    for arguments, cure in (
        (("check", "--base", range_), f"write --base {one} --rev "),
        (("check", "--base", range_, "--rev", "HEAD"), f"write --base {one} --rev "),
        (("adjust", range_), f"write targets adjust {one}\n"),
    ):
        outcome = run("-C", str(approved), "--lang", "en", *arguments)
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
        assert cure in outcome.err


@pytest.mark.parametrize(
    "day", ["20180302", "2018-W09-5", "2018-3-2", "２０１８-03-02", "2018-03-02\n", "2018-02-30", ""]
)
def test_a_day_has_one_spelling(approved: Path, run: Run, day: str) -> None:
    for arguments in (("adjust", "--date", day), ("diff", "--as-of", day), ("check", "--base", "main", "--as-of", day)):
        outcome = run("-C", str(approved), "--lang", "en", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert "is no date" in outcome.err


@pytest.mark.parametrize("month", ["0", "13", "-1", "6.0", "'6'", "true"])
def test_what_is_no_month_is_never_earlier(approved: Path, run: Run, month: str) -> None:
    edit(approved, RETAIL, ("deadline_month: 12", f"deadline_month: {month}"))
    assert ("retail-sales", "deadline_month", "material") in changes(run, approved, "main")
    commit(approved)
    edit(approved, RETAIL, (f"deadline_month: {month}", "deadline_month: 1"))
    assert ("retail-sales", "deadline_month", "material") in changes(run, approved, "HEAD")
