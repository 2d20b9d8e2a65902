"""What no record, no path and no tree may do: pass for the approval of a change, or lead out of the registry."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from target_registry import assembly, limits, snapshots
from target_registry.approvals import drafts, proposal
from target_registry.approvals.proposal import recorded
from target_registry.documents import Document, quick
from target_registry.documents.records import record_fault
from target_registry.model import Asked
from tests.conftest import ROOT, Run
from tests.test_change_cases import CASES, lay_over
from tests.test_diff import commit, edit
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


def adjust(run: Run, folder: Path, *arguments: str, code: int = 0) -> str:
    outcome = run("-C", str(folder), "--lang", "en", "adjust", "main", *DAY, *arguments)
    assert outcome.code == code, outcome
    return outcome.out + outcome.err


def records(folder: Path) -> dict[str, str]:
    """The texts of all records, by their paths below the plan's adjustments."""
    top = folder / "targets/2018/adjustments"
    return {p.relative_to(top).as_posix(): p.read_text("utf-8") for p in sorted(top.rglob("*")) if p.is_file()}


HEAD = SOUND.partition("changes:")[0] + "changes:\n"
FIRST = SOUND.partition("changes:\n")[2]


def test_records_that_cover_everything_stay_to_the_byte(approved: Path, run: Run) -> None:
    moved_points(approved)
    write(approved, RECORD, "# 甲写的\n" + SOUND)
    write(approved, RECORD.replace("retail-sales", "second"), HEAD.replace("一季度", "二季度") + OTHER)
    before = records(approved)
    assert adjust(run, approved).count("as it should be: ") == 2
    assert records(approved) == before
    assert codes(run, approved) == []


def test_what_is_brought_up_to_date_keeps_its_words_and_comments(approved: Path, run: Run) -> None:
    moved_points(approved)
    write(
        approved,
        RECORD,
        "# 甲写的\n\n"
        + SOUND.replace("减少\n", "减少  # 据海关数据\n").replace(
            "  - target: retail", "  # 第一项\n  - target: retail"
        )
        + "    # 已与财政处会商\n# 完\n",
    )
    at = "reason: "
    record = approved / RECORD
    lines = record.read_text("utf-8").split("\n")
    place = next(number for number, line in enumerate(lines) if line.startswith(at))
    said, _, comment = lines[place].removeprefix(at).partition("  # ")
    lines[place : place + 1] = [f"{at}|-  # {comment or '电话商定'}", f"  {said}"]
    record.write_text("\n".join(lines), "utf-8")
    edit(approved, RETAIL, ("weight: 3", "weight: 2"))
    edit(approved, "targets/2018/02-new-traders.yaml", ("weight: 4", "weight: 5"))
    assert adjust(run, approved) == f"written: {RECORD}\n"
    (text,) = records(approved).values()
    for comment in (
        "# 甲写的",
        "减少  # 据海关数据",
        "  # 第一项\n  - target: retail-sales",
        "# 已与财政处会商",
        "# 完",
    ):
        assert comment in text
    assert "to: 2" in text
    assert codes(run, approved) == []
    again = records(approved)
    adjust(run, approved)
    assert records(approved) == again
    git(approved, "restore", RETAIL)
    edit(approved, "targets/2018/02-new-traders.yaml", ("weight: 5", "weight: 4"))
    adjust(run, approved)
    (text,) = records(approved).values()
    assert "retail-sales" not in text.replace("retail-sales.yaml", "")
    for comment in ("# 甲写的", "# 据海关数据", "# 第一项", "# 已与财政处会商", "# 完"):
        assert comment in text


def test_a_record_of_another_severity_is_not_deleted(approved: Path, run: Run) -> None:
    moved_points(approved)
    kept = "targets/2018/adjustments/critical/2018-03-01-other.yaml"
    write(approved, kept, HEAD + "  - target: park-guidelines\n    field: deadline_month\n    from: 11\n    to: 12\n")
    said = adjust(run, approved, "--date", "2018-03-01")
    assert f"left alone: {kept} asks for nothing that is changed" in said
    assert "critical/2018-03-01-other.yaml" in records(approved)
    assert len(records(approved)) == 2


def test_what_became_critical_moves_with_its_words(approved: Path, run: Run) -> None:
    moved_points(approved)
    write(approved, RECORD, "# 甲写的\n" + SOUND + OTHER)
    outcome = run("-C", str(approved), "--lang", "en", "adjust", "main", "--as-of", "2019-03-01")
    moved = RECORD.replace("material", "critical")
    assert outcome.out == f"written: {moved}\nmoved: what {RECORD} said stands in {moved} now\n"
    assert records(approved) == {"critical/2018-03-01-retail-sales.yaml": "# 甲写的\n" + SOUND + OTHER}


def test_each_option_changes_its_own_thing(approved: Path, run: Run) -> None:
    moved_points(approved)
    adjust(run, approved, "--date", "2018-03-01", "--reason", "甲")
    (before,) = records(approved).values()
    adjust(run, approved, "--by", "市场处")
    assert records(approved) == {
        "material/2018-03-01-retail-sales.yaml": before.replace("requested_by: 省商务厅", "requested_by: 市场处")
    }
    said = adjust(run, approved, "--date", "2018-03-02")
    assert "moved: what " in said
    assert records(approved) == {
        "material/2018-03-02-retail-sales.yaml": before.replace(
            "requested_by: 省商务厅", "requested_by: 市场处"
        ).replace("2018-03-01", "2018-03-02")
    }
    adjust(run, approved, "--slug", "points")
    ((name, text),) = records(approved).items()
    assert (name, "reason: 甲\n" in text) == ("material/2018-03-02-points.yaml", True)
    assert codes(run, approved) == []


@pytest.mark.parametrize("option", ["--reason", "--by", "--basis"])
@pytest.mark.parametrize("text", ["甲\u200b乙", "甲\x07", "甲\u202e乙", "\udcff", "长" * 2001, "甲\x1b[31m"])
def test_words_that_no_record_can_hold_are_refused(approved: Path, run: Run, option: str, text: str) -> None:
    moved_points(approved)
    outcome = run("-C", str(approved), "--lang", "en", "adjust", "main", *DAY, option, text)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "nothing was written" in outcome.err
    assert not (approved / "targets/2018/adjustments").exists()


@pytest.mark.parametrize(
    "text", ['他说："好" # 不是注释', "- 甲", "null甲", "2018年", "true", "{甲}", "甲: 乙", "&甲", "None甲"]
)
def test_odd_words_are_written_so_that_they_are_read(approved: Path, run: Run, text: str) -> None:
    moved_points(approved)
    adjust(run, approved, "--date", "2018-03-01", "--reason", text, "--by", text, "--basis", text)
    assert codes(run, approved) == []
    adjust(run, approved, "--reason", "甲")
    assert codes(run, approved) == []


@pytest.mark.parametrize("option", ["--reason", "--by", "--basis"])
@pytest.mark.parametrize("text", ["null", "2018", "None", "无", "。", "待 定", "TODO", "aaa", "不适用", "无。详见文件"])
def test_words_that_say_nothing_are_refused(approved: Path, run: Run, option: str, text: str) -> None:
    moved_points(approved)
    outcome = run("-C", str(approved), "--lang", "en", "adjust", "main", *DAY, option, text)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert f"leave {option} out; nothing was written" in outcome.err
    assert not (approved / "targets/2018/adjustments").exists()


def test_more_than_one_record_holds_goes_into_several(approved: Path, run: Run) -> None:
    text = (approved / RETAIL).read_text("utf-8")
    padding = "长" * 1900
    for number in range(4, 70):
        write(approved, f"targets/2018/{number:02}-target-{number}.yaml", text.replace("2017年同比增长10.6%", padding))
    commit(approved)
    for number in range(4, 70):
        (approved / f"targets/2018/{number:02}-target-{number}.yaml").unlink()
    adjust(run, approved, "--date", "2018-03-01", "--reason", "甲")
    assert list(records(approved)) == ["critical/2018-03-01-target-4-2.yaml", "critical/2018-03-01-target-4.yaml"]
    assert all(len(text.encode()) <= 256 * 1024 for text in records(approved).values())
    assert codes(run, approved) == []
    before = records(approved)
    assert adjust(run, approved).count("as it should be") == 2
    assert records(approved) == before


def test_a_value_without_words_leaves_no_none(approved: Path, run: Run) -> None:
    edit(approved, RETAIL, ("remarks: 2017年同比增长10.6%", "remarks:"))
    commit(approved)
    (approved / RETAIL).unlink()
    adjust(run, approved, "--date", "2018-03-01", "--reason", "甲")
    assert "None" not in "".join(records(approved).values())
    assert "adjustment-missing" not in codes(run, approved)


def test_what_is_nested_too_deep_for_a_record_is_one_sentence(approved: Path, run: Run) -> None:
    deep = "x:\n" + "".join(f"{'  ' * n}x:\n" for n in range(1, 10)) + "  " * 10 + "x: 1\n"
    write(approved, RETAIL, (approved / RETAIL).read_text("utf-8") + deep)
    commit(approved)
    (approved / RETAIL).unlink()
    said = adjust(run, approved, "--date", "2018-03-01", "--reason", "甲", code=2)
    assert "the whole target of retail-sales can't be written into a record: the file is nested deeper" in said
    assert said.count("\n") == 1
    assert run("-C", str(approved), "diff", "main", *DAY, "--format", "markdown").code == 0
    assert not (approved / "targets/2018/adjustments").exists()


def test_adjust_says_nothing_of_what_it_cannot_read_whole(approved: Path, run: Run) -> None:
    edit(approved, RETAIL, ("weight: 4", "weight: 012"))
    said = adjust(run, approved, code=1)
    assert "01-retail-sales.yaml can't be read" in said
    assert not (approved / "targets/2018/adjustments").exists()


@pytest.mark.parametrize("folder", ["targets/2018/adjustments", "targets/2018/adjustments/material"])
def test_adjust_goes_through_no_link(approved: Path, run: Run, tmp_path: Path, folder: str) -> None:
    moved_points(approved)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (approved / folder).parent.mkdir(parents=True, exist_ok=True)
    (approved / folder).symlink_to(elsewhere)
    assert "is not a folder" in adjust(run, approved, code=2)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    from: 4\n", '    from: "4"\n'),
        ("    from: 4\n", "    from: 4.0\n"),
        ("    from: 4\n", "    from: true\n"),
        ("    from: 4\n", ""),
        ("    from: 4\n", "    from:\n"),
        ("    to: 3\n", "    to: 3.0\n"),
        ("    to: 3\n", "    to: 1\n"),
        ("    to: 3\n", "    to: [3]\n"),
        ("    field: weight\n", ""),
        ("target: retail-sales", "target: new-traders"),
        ("target: retail-sales", "target: Retail-sales"),
        ("field: weight", "field: Weight"),
    ],
)
def test_a_record_covers_only_what_it_says_to_the_letter(approved: Path, run: Run, old: str, new: str) -> None:
    moved_points(approved)
    write(approved, RECORD, SOUND.replace(old, new) + OTHER)
    assert codes(run, approved) != []


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("[3.5, true, 甲]", 'to [3.5, true, "甲"], and it goes from 4 to 3'), ("{a: 3.5}", 'to {"a": 3.5}, and'), ("true", "to true, and"),
        ('"3"', "to the text “3”, and it goes from 4 to 3"), ("3.0", "to 3.0, and it goes from 4 to 3"),
    ],
)  # fmt: skip
def test_what_a_stale_record_says_is_told_as_it_stands_there(approved: Path, run: Run, new: str, told: str) -> None:
    moved_points(approved)
    write(approved, RECORD, SOUND.replace("    to: 3\n", f"    to: {new}\n") + OTHER)
    said = run("-C", str(approved), "--lang", "en", "check", "--base", "main", *DAY).out
    assert told in said, said


@pytest.mark.parametrize(("old", "new"), [("1", "true"), ("true", "1"), ("false", "0")])
def test_numbers_are_no_truth_values(approved: Path, run: Run, old: str, new: str) -> None:
    edit(approved, RETAIL, ("weight: 4", "weight: 1"))
    commit(approved)
    edit(approved, RETAIL, ("fiscal_project: false", "fiscal_project: true"), ("weight: 1", "weight: 2"))
    text = HEAD + "  - target: retail-sales\n    field: fiscal_project\n    from: false\n    to: true\n"
    text += "  - target: retail-sales\n    field: weight\n    from: 1\n    to: 2\n"
    write(approved, RECORD, text)
    assert "adjustment-stale" not in codes(run, approved)
    write(approved, RECORD, text.replace(f": {old}\n", f": {new}\n"))
    assert "adjustment-stale" in codes(run, approved)


@pytest.mark.parametrize(("one", "other"), [("Caf\u00e9", "Cafe\u0301"), ("Cafe\u0301", "Caf\u00e9")])
def test_texts_are_compared_to_the_letter(approved: Path, run: Run, one: str, other: str) -> None:
    guidelines = "targets/2018/03-park-guidelines.yaml"
    edit(approved, guidelines, ("以省政府办公厅名义印发指导意见", one))
    entry = (
        "  - target: park-guidelines\n    field: verification\n    from: 以省政府办公厅名义印发指导意见\n    to: {}\n"
    )
    path = "targets/2018/adjustments/material/2018-03-01-park-guidelines.yaml"
    write(approved, path, HEAD + entry.format(one))
    assert codes(run, approved) == []
    write(approved, path, HEAD + entry.format(other))
    assert "adjustment-stale" in codes(run, approved)


@pytest.mark.parametrize(
    "path",
    [
        "targets/2018/adjustments/Material/2018-03-01-retail-sales.yaml",
        "targets/2018/adjustments/material/2018-03-01-Retail-Sales.yaml",
        "targets/2018/adjustments/material/2018-03-01-retail-sales.yml",
        "targets/2018/adjustments/material/2018-03-01-retail-sales.YAML",
        "targets/2018/adjustments/notable/2018-03-01-retail-sales.yaml",
        "targets/2018/adjustments/critical/2018-03-01-retail-sales.yaml",
        "targets/2018/adjustments/material/2018-03-01-retail-sales.yaml.txt",
        "targets/2019/adjustments/material/2018-03-01-retail-sales.yaml",
    ],
)
def test_a_record_under_another_name_or_of_another_plan_fails(approved: Path, run: Run, path: str) -> None:
    for name in ("plan.yaml", "01-retail-sales.yaml", "02-new-traders.yaml", "03-park-guidelines.yaml"):
        text = (approved / "targets/2018" / name).read_text("utf-8")
        write(approved, f"targets/2019/{name}", text.replace("2018", "2019").replace("approved-2019", "approved-2018"))
    commit(approved)
    moved_points(approved)
    assert "adjustment-missing" in codes(run, approved)
    write(approved, path, SOUND + OTHER)
    assert codes(run, approved) != []


def test_a_record_that_is_a_link_covers_nothing(approved: Path, run: Run) -> None:
    write(approved, "kept.yaml", SOUND + OTHER)
    moved_points(approved)
    (approved / RECORD).parent.mkdir(parents=True)
    (approved / RECORD).symlink_to("../../../../kept.yaml")
    assert "unreadable-file" in codes(run, approved)
    git(approved, "switch", "--quiet", "--create", "proposal")
    commit(approved)
    assert "unreadable-file" in codes(run, approved, "--rev", "proposal")


def test_a_record_that_came_and_went_or_was_there_before_covers_nothing(approved: Path, run: Run) -> None:
    old = RECORD.replace("03-01", "02-01")
    edit(approved, RETAIL, ("weight: 4", "weight: 3"))
    write(approved, old, SOUND.replace("03-01", "02-01"))
    commit(approved, "approved once")
    edit(approved, RETAIL, ("weight: 3", "weight: 4"))
    commit(approved, "put back")
    git(approved, "switch", "--quiet", "--create", "proposal")
    moved_points(approved)
    write(approved, RECORD, SOUND + OTHER)
    commit(approved, "with a record")
    assert codes(run, approved, "--rev", "proposal") == []
    git(approved, "rm", "--quiet", RECORD)
    commit(approved, "without")
    assert codes(run, approved, "--rev", "proposal").count("adjustment-missing") == 2
    git(approved, "mv", old, RECORD)
    commit(approved, "the old one again")
    found = codes(run, approved, "--rev", "proposal")
    assert {"adjustment-altered", "adjustment-missing"} <= set(found)
    edit(approved, RECORD, ("2018-02-01", "2018-03-01"))
    commit(approved, "and edited")
    assert "adjustment-altered" in codes(run, approved, "--rev", "proposal")


def test_a_copy_of_an_earlier_record_covers_nothing(approved: Path, run: Run) -> None:
    words = ("--reason", "一季度出口订单减少", "--date", "2018-03-01")
    copy = RECORD.replace("retail-sales", "again")
    moved_points(approved)
    adjust(run, approved, *words)
    commit(approved, "with a record")
    edit(approved, RETAIL, ("weight: 3", "weight: 4"))
    edit(approved, "targets/2018/02-new-traders.yaml", ("weight: 4", "weight: 3"))
    commit(approved, "put back, whoever allowed that")
    git(approved, "switch", "--quiet", "--create", "proposal")
    moved_points(approved)
    shutil.copyfile(approved / RECORD, approved / copy)
    assert codes(run, approved) == ["adjustment-repeated"]
    git(approved, "add", "--all")
    staged = run("-C", str(approved), "--lang", "en", "diff", "main", "--staged", *DAY)
    assert f"{copy}:1:1: error[adjustment-repeated] {RECORD} says the same" in staged.out
    assert staged.out.count("adjustment record: missing") == 2
    commit(approved, "with a copy")
    assert codes(run, approved, "--rev", "proposal") == ["adjustment-repeated"]
    assert "the check refuses" in adjust(run, approved, code=1)
    (approved / copy).unlink()
    assert "the check refuses" in adjust(run, approved, *words, code=1)
    adjust(run, approved, "--reason", "二季度出口订单也减少")
    assert codes(run, approved) == []


def test_of_a_plan_that_was_withdrawn_the_records_stay(approved: Path, run: Run) -> None:
    """Those of its changes and the one that says why it goes, in the folder where it was; a plan may come there again."""
    folder = "targets/2019/culture"
    names = ("plan.yaml", "01-retail-sales.yaml", "02-new-traders.yaml", "03-park-guidelines.yaml")
    for name in names:
        text = (approved / "targets/2018" / name).read_text("utf-8").replace("2018", "2019")
        write(approved, f"{folder}/{name}", text.replace("approved-2019", "approved-2018"))
    earlier = f"{folder}/adjustments/material/2018-02-01-retail-sales.yaml"
    write(approved, earlier, SOUND.replace("03-01", "02-01"))
    commit(approved, "two plans, one with a record")
    git(approved, "tag", "--force", "approved-2018")
    for name in names:
        (approved / folder / name).unlink()
    assert "adjustment-missing" in codes(run, approved)
    said = adjust(run, approved, "--reason", "机构改革，该部门撤销", "--date", "2018-03-01")
    record = said.removeprefix("written: ").strip()
    assert record.startswith(f"{folder}/adjustments/critical/2018-03-01-")
    assert codes(run, approved) == []
    git(approved, "switch", "--quiet", "--create", "proposal")
    commit(approved, "withdrawn")
    assert codes(run, approved, "--rev", "proposal") == []
    assert "adjustment record: missing" not in run("-C", str(approved), "--lang", "en", "diff", "main", *DAY).out
    git(approved, "branch", "--force", "main")
    assert codes(run, approved) == []
    for command in (("table",), ("weights",), ("show", "1"), ("history", "retail-sales")):
        outcome = run("-C", str(approved), "--lang", "en", *command)
        assert (outcome.code, outcome.err) == (0, "")
    for path in (record, earlier):
        (approved / path).unlink()
        assert "adjustment-altered" in codes(run, approved)
        git(approved, "checkout", "--quiet", "--", path)
    write(approved, record.replace("03-01", "03-02"), SOUND.replace("03-01", "03-02"))
    assert codes(run, approved) == ["adjustment-stale"]
    (approved / record.replace("03-01", "03-02")).unlink()
    for name in names:
        text = (approved / "targets/2018" / name).read_text("utf-8").replace("2018", "2019")
        write(approved, f"{folder}/{name}", text.replace("status: approved\napproved_revision: approved-2019\n", ""))
    assert codes(run, approved) == []


@pytest.mark.parametrize("escaped", ["\\u202e", "\\u200b", "\\x07", "\\u2028", "\\0", "\\U000E0041", "\\e"])
def test_an_escape_hides_nothing_from_a_record(approved: Path, run: Run, escaped: str) -> None:
    edit(approved, RETAIL, ("basis: 2018年国民经济和社会发展计划", f'basis: "2018年国民经济{escaped}和社会发展计划"'))
    assert "hidden-character" in codes(run, approved)
    assert ("retail-sales", "file", "critical") in changes(run, approved, "main")
    adjust(run, approved, code=1)
    outcome = run("-C", str(approved), "--lang", "en", "fmt", "--check")
    assert (outcome.code, "is left alone" in outcome.err) == (1, True)


def moved_plan(folder: Path, to: str, *names: str) -> None:
    """Move the plan's files, or some of its targets, into another folder."""
    (folder / to).mkdir(parents=True, exist_ok=True)
    for path in sorted((folder / "targets/2018").glob("*.yaml")):
        if not names or path.name in names:
            path.rename(folder / to / path.name)


def test_a_plan_that_moves_and_drops_a_target_still_needs_its_record(approved: Path, run: Run) -> None:
    moved_plan(approved, "targets/2018/commerce")
    (approved / "targets/2018/commerce/03-park-guidelines.yaml").unlink()
    edit(approved, "targets/2018/commerce/plan.yaml", ("total: 10", "total: 7"))
    found = changes(run, approved, "main")
    assert ("park-guidelines", None, "critical") in found
    assert {severity for slug, _, severity in found if slug != "park-guidelines" and slug} <= {"formatting"}
    assert codes(run, approved).count("adjustment-missing") == 2
    adjust(run, approved, "--date", "2018-03-01", "--reason", "甲")
    assert (approved / "targets/2018/commerce/adjustments/critical/2018-03-01-park-guidelines.yaml").is_file()
    assert not (approved / "targets/2018/adjustments").exists()
    assert not [code for code in codes(run, approved) if code.startswith("adjustment-")]


def test_a_plan_split_in_two_is_one_that_moved_and_a_new_one(approved: Path, run: Run) -> None:
    plan = (approved / PLAN).read_text("utf-8")
    moved_plan(approved, "targets/2018/a", "03-park-guidelines.yaml")
    write(approved, "targets/2018/a/plan.yaml", plan)
    moved_plan(approved, "targets/2018/b")
    found = changes(run, approved, "main")
    assert found.count(("park-guidelines", None, "critical")) == 1  # gone from the one it was in
    assert [severity for slug, field, severity in found if (slug, field) == ("park-guidelines", None)] != ["critical"]
    assert (None, "path", "formatting") in found
    assert "adjustment-missing" in codes(run, approved)
    assert run("-C", str(approved), "diff", "main", *DAY, "--format", "markdown").code == 0
    adjust(run, approved, "--date", "2018-03-01", "--reason", "甲")
    assert "adjustment-missing" not in codes(run, approved)


def test_a_part_that_leaves_a_plan_is_removed_from_it(approved: Path, run: Run) -> None:
    write(approved, "targets/2018/a/plan.yaml", (approved / PLAN).read_text("utf-8"))
    moved_plan(approved, "targets/2018/a", "03-park-guidelines.yaml")
    found = changes(run, approved, "main")
    assert ("park-guidelines", None, "critical") in found
    assert "adjustment-missing" in codes(run, approved)


def test_two_plans_of_one_department_that_become_one(approved: Path, run: Run) -> None:
    """The one with the most targets in common has moved; the other is gone, and so are its targets."""
    plan = (approved / PLAN).read_text("utf-8")
    moved_plan(approved, "targets/2018/z", "03-park-guidelines.yaml")
    moved_plan(approved, "targets/2018/y")
    write(approved, "targets/2018/z/plan.yaml", plan)
    commit(approved)
    for folder in ("y", "z"):
        for path in sorted((approved / "targets/2018" / folder).glob("*.yaml")):
            path.rename(approved / "targets/2018" / path.name)
        (approved / "targets/2018" / folder).rmdir()
    found = changes(run, approved, "main")
    assert (None, None, "critical") in found  # the plan z
    assert found.count(("park-guidelines", None, "critical")) == 1
    assert not [
        change for change in found if change[0] == "retail-sales" and change[2] not in ("formatting", "notable")
    ]
    assert run("-C", str(approved), "history", "park-guidelines").code == 0
    assert "adjustment-missing" in codes(run, approved)


POLICY = [
    ".gitattributes",
    "targets/.gitattributes",
    "targets/2018/.gitattributes",
    "docs/deep/er/.gitattributes",
    ".gitmodules",
    "docs/.gitmodules",
    ".GITATTRIBUTES",
    ".github/workflows/check.yml",
    ".GitHub/workflows/check.yml",
    ".github/actions/x/action.yml",
    ".gitlab-ci.yml",
    ".GitLab-CI.yml",
    ".gitlab/CODEOWNERS",
    ".gitea/workflows/check.yml",
    ".forgejo/workflows/check.yml",
    "CODEOWNERS",
    "codeowners",
    "docs/CODEOWNERS",
    "Docs/codeowners",
    "schema/target.schema.json",
    "Schema/target.schema.json",
    "action.yaml",
]


@pytest.mark.parametrize("path", POLICY)
def test_what_decides_how_changes_are_judged_is_critical_by_every_door(approved: Path, run: Run, path: str) -> None:
    write(approved, path, (approved / path).read_text("utf-8") + "\n" if (approved / path).exists() else "x\n")
    expected = [(None, "file", "critical")]
    assert changes(run, approved, "main") == expected
    git(approved, "add", "--all")
    assert changes(run, approved, "main", "--cached") == expected
    git(approved, "switch", "--quiet", "--create", "proposal")
    commit(approved)
    assert changes(run, approved, "main", "proposal") == expected
    (approved / path).unlink()
    assert changes(run, approved, "HEAD") == expected


@pytest.mark.parametrize("path", ["docs/x.md", "README.md", "x/.github/y", "x/CODEOWNERS", "x/tools/y", "githubx/y"])
def test_what_decides_nothing_is_no_change(approved: Path, run: Run, path: str) -> None:
    write(approved, path, "x\n")
    assert changes(run, approved, "main") == []
    git(approved, "switch", "--quiet", "--create", "proposal")
    commit(approved)
    assert changes(run, approved, "main", "proposal") == []


def test_a_registry_below_the_top_is_judged_by_the_tops_files(approved: Path, run: Run) -> None:
    (approved / "inner").mkdir()
    for name in ("targets", "schema"):
        git(approved, "mv", name, f"inner/{name}")
    commit(approved)
    for path in (
        ".github/CODEOWNERS",
        ".gitattributes",
        "tools/x.py",
        "inner/.gitattributes",
        "inner/.github/CODEOWNERS",
    ):
        write(approved, path, "x\n")
    write(approved, ".gitignore", "tools/\n")
    found = [(None, "file", "critical")] * 3
    assert changes(run, approved / "inner", "main") == found
    git(approved, "switch", "--quiet", "--create", "proposal")
    commit(approved)
    assert changes(run, approved / "inner", "main", "proposal") == found


def test_a_reason_is_taken_for_no_other_targets_change(approved: Path, run: Run) -> None:
    edit(approved, RETAIL, ("weight: 4", "weight: 3"))
    adjust(run, approved, "--reason", "一季度出口订单减少")
    edit(approved, RETAIL, ("weight: 3", "weight: 4"))
    edit(approved, "targets/2018/02-new-traders.yaml", ("deadline_month: 12", "deadline_month: 11"))
    edit(approved, "targets/2018/02-new-traders.yaml", ("10000家", "9000家"))
    said = adjust(run, approved)
    written = [path for path in (approved / "targets/2018/adjustments/material").iterdir() if "retail" not in path.name]
    assert len(written) == 1
    text = written[0].read_text("utf-8")
    assert "new-traders" in text and "一季度" not in text, said


def test_an_export_says_how_far_it_is_from_what_was_approved(approved: Path, run: Run, tmp_path: Path) -> None:
    plan = (approved / PLAN).read_text("utf-8")
    write(approved, PLAN, plan.replace("approved_revision: main", "approved_revision: approved-2018"))
    path = tmp_path / "x.md"

    def standing(*arguments: str) -> str:
        assert run("-C", str(approved), "--lang", "en", "export", str(path), "--force", *arguments).code == 0
        return path.read_text("utf-8")

    assert "批准版本为 approved-2018" in standing() and "不同" not in standing()
    edit(approved, RETAIL, ("weight: 4", "weight: 3"))
    assert "批准版本为 approved-2018，本表有1处与批准版本不同" in standing()
    commit(approved)
    assert "本表有1处与批准版本不同" in standing("--rev", "HEAD")
    git(approved, "tag", "-d", "approved-2018")
    assert "未能核对" in standing()


def test_a_form_that_is_not_complete_is_none_that_was_approved(approved: Path, run: Run, tmp_path: Path) -> None:
    text = (approved / RETAIL).read_text("utf-8")
    for broken in ("<<<<<<< HEAD\n" + text, text + "weight: 1\n"):
        write(approved, RETAIL, broken)
        assert run("-C", str(approved), "export", str(tmp_path / "x.md"), "--force").code == 1
        said = (tmp_path / "x.md").read_text("utf-8")
        assert "填报表文件有1处错误，本表不完整，不得报送" in said and "批准版本" not in said


def test_a_base_with_a_chinese_name_is_named_in_a_cure(approved: Path, run: Run) -> None:
    git(approved, "branch", "上半年")
    edit(approved, RETAIL, ("weight: 4", "weight: 3"))
    said = run("-C", str(approved), "--lang", "en", "check", "--base", "上半年", *DAY).out
    assert "run targets adjust 上半年 --as-of" in said


def test_very_many_entries_that_match_nothing_are_counted(approved: Path, run: Run) -> None:
    stale = "".join(f"  - target: retail-sales\n    field: x{n}\n    from: 4\n    to: 3\n" for n in range(400))
    start = SOUND[: SOUND.index("  - target")]
    for day in range(1, 25):
        write(approved, f"targets/2018/adjustments/material/2018-03-{day:02}-x.yaml", start + stale)
    check = ("-C", str(approved), "--lang", "en", "check", "--base", "main", *DAY)
    said = run(*check)
    shown = [line for line in said.out.splitlines() if "[adjustment-stale]" in line]
    # Fifty of each of the first twenty records, then one of each, and always how many there are beside.
    assert len(shown) == 20 * 51 + 4 * 2
    assert sum("350 more of this kind aren't listed" in line for line in shown) == 20
    assert sum("399 more of this kind aren't listed" in line for line in shown) == 4
    assert f"{24 * 400 + 23} errors" in said.out  # all but one have another date in their name than inside
    assert codes(run, approved).count("adjustment-stale") == 24 * 400
    told = run("-C", str(approved), "--lang", "en", "diff", "main", *DAY)
    assert told.out.count("[adjustment-stale]") == len(shown)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("", "reason: 一季度出口订单减少", 'reason: "一季度出口订单减少 "'),
        ("", "reason: 一季度出口订单减少", "reason: " + "甲" * 2001),
        ("", "basis: 浙商务发〔2018〕56号", "basis: 无"),
        ("", "basis: 浙商务发〔2018〕56号", "basis: 2018"),
        ("", "requested_by: 省商务厅市场处", "requested_by: 同上"),
        ("", 'date: "2018-03-01"', 'date: "2018-03-02"'),
        ("", 'date: "2018-03-01"', "date: 2018年3月1日"),
        ("", "changes:\n", "note: 另附\nchanges:\n"),
        ("", "changes:\n", "changes:\n  - 零售\n"),
        ("retail-sales.yaml", "", ""),
        ("2018-02-30-retail-sales.yaml", "", ""),
        ("2018-03-01-retail-sales.yml", "", ""),
    ],
)
def test_adjust_calls_no_record_sound_that_the_check_refuses(
    approved: Path, run: Run, name: str, before: str, after: str
) -> None:
    moved_points(approved)
    assert before in SOUND
    path = f"targets/2018/adjustments/material/{name}" if name else RECORD
    write(approved, path, (SOUND + OTHER).replace(before, after, 1))
    refused = codes(run, approved)
    assert len(refused) == 1
    for _ in range(2):
        said = run("-C", str(approved), "--lang", "en", "adjust", "main", *DAY)
        assert said.code == 1
        assert "as it should be" not in said.out and f"the check refuses {path}" in said.out
        assert f"error[{refused[0]}]" in said.out
    assert codes(run, approved) == refused


def test_adjust_tells_what_it_could_not_mend_of_a_record_that_it_wrote(approved: Path, run: Run) -> None:
    moved_points(approved)
    write(approved, RECORD, SOUND.replace("浙商务发〔2018〕56号", "无"))
    said = run("-C", str(approved), "--lang", "en", "adjust", "main", *DAY)
    assert said.code == 1
    assert f"written, but the check refuses it: {RECORD}" in said.out
    assert codes(run, approved) == ["adjustment-unexplained"]


@pytest.mark.parametrize(
    "reason",
    ["reason:\n", 'reason: ""\n', "reason: 无\n", "reason: TODO：补充\n", "reason: 理由：无\n", ""],
)
def test_a_reason_that_is_still_to_be_written_is_told_as_that_alone(approved: Path, run: Run, reason: str) -> None:
    moved_points(approved)
    write(approved, RECORD, (SOUND + OTHER).replace("reason: 一季度出口订单减少\n", reason))
    said = run("-C", str(approved), "--lang", "en", "adjust", "main", *DAY)
    assert said.code == 0 and "now write the reason into it" in said.out and "error[" not in said.out


def test_adjust_leaves_comments_at_the_entries_that_they_belong_to(approved: Path, run: Run) -> None:
    moved_points(approved)
    start = SOUND[: SOUND.index("  - target")]
    mine = "  # 零售\n  - field: weight\n    target: retail-sales\n    from: 4\n    to: 2\n    # 零售末\n"
    other = "  # 企业\n  - target: new-traders\n    field: weight\n    from: 3\n    # 新值\n    to: 4\n  # 末尾\n"
    write(approved, RECORD, start + mine + other)
    assert run("-C", str(approved), "adjust", "main", *DAY).code == 0
    mended = mine.replace("field: weight\n    target: retail-sales", "target: retail-sales\n    field: weight")
    assert (approved / RECORD).read_text("utf-8") == start + mended.replace("to: 2", "to: 3") + other


def test_the_work_of_adjust_grows_with_what_it_is_given(
    approved: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = [0]

    class Watched(Asked):
        """An entry that counts how often it is asked which target it is about."""

        __slots__ = ()

        @property
        def target(self) -> str | None:
            looked_at[0] += 1
            return self[0]

    monkeypatch.setattr(assembly, "Asked", Watched)

    def work(number: int) -> int:
        """How much there is to do for so many changes, beside records of as many of them and of others."""
        shutil.rmtree(approved / "targets/2018/adjustments", ignore_errors=True)
        write(approved, RETAIL, "".join(f"k{n}:\n- {n}\n" for n in range(number)))
        entry = "  - target: retail-sales\n    field: {0}\n    to: {1}\n"
        for day, field in enumerate(("k{}", "x{}", "y{}"), 1):
            asked = "".join(entry.format(field.format(n), n) for n in range(number))
            write(approved, f"targets/2018/adjustments/critical/2018-03-{day:02}-x.yaml", HEAD + asked)
        looked_at[0] = 0
        assert run("-C", str(approved), "adjust", "main", "--as-of", "2019-01-01").code == 0  # the deadline is over
        return looked_at[0]

    assert 0 < work(80) < 2.5 * work(40)


def test_adjust_makes_and_reads_no_record_twice(approved: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    read: list[bytes] = []

    def judging(path: str, raw: bytes, texts: Mapping[str, str | None], entries: Sequence[Mapping[str, Any]]) -> Any:
        made.append(len(entries))
        return record_fault(path, raw, texts, entries)

    def reading(path: str, raw: bytes, limit: int, name: str = "") -> Document | None:
        read.append(raw)
        return reads(path, raw, limit, name)

    reads = quick.read
    monkeypatch.setattr(drafts, "record_fault", judging)
    monkeypatch.setattr(quick, "read", reading)
    monkeypatch.setattr(limits, "KEYS", 2_000)
    write(approved, RETAIL, "".join(f"k{n}:\n- {n}\n" for n in range(1100)))
    for _ in range(2):  # the first time they are written, the second time they stay
        read.clear()
        assert run("-C", str(approved), "adjust", "main", "--as-of", "2019-01-01").code == 0
    assert len(records(approved)) == 2
    assert made == [556, 555]  # with the eleven keys that are gone
    # Once for the comparison, and once more for what the check would say of it.
    assert [read.count(text.encode()) for text in records(approved).values()] == [2, 2]


def test_what_the_approved_revision_is_compared_with_is_read_once(
    approved: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def reading(path: str, raw: bytes) -> Document:
        read.append((path, raw))
        return reads(path, raw)

    reads = snapshots._read
    monkeypatch.setattr(snapshots, "_read", reading)
    edit(approved, RETAIL, ("weight: 4", "weight: 3"))
    adjust(run, approved, "--reason", "一季度出口订单减少")
    for arguments in (("diff", "main"), ("check", "--base", "main"), ("diff", "main", "--staged")):
        git(approved, "add", "--all")
        read.clear()
        assert run("-C", str(approved), *arguments, *DAY).code in (0, 1)
        changed = [(path, raw) for path, raw in read if path != PLAN]
        assert len({path for path, _ in changed}) == 2  # the target, and its record
        assert len(changed) == len(set(changed))


def test_what_is_alike_in_name_is_looked_up_by_what_it_says(
    approved: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = [0]

    def counting(value: Any) -> Any:
        compared[0] += 1
        return recorded(value)

    monkeypatch.setattr(proposal, "recorded", counting)
    text = (approved / RETAIL).read_text("utf-8")
    copies = [f"targets/2018/{number}-copy.yaml" for number in range(10, 40)]
    for path in copies:
        write(approved, path, text)
    commit(approved)
    for path in copies:
        edit(approved, path, ("weight: 4", "weight: 3"))
    entry = "  - target: copy\n    field: weight\n    from: 4\n    to: {}\n"
    write(approved, RECORD, HEAD + "".join(entry.format(number) for number in range(10, 60)))
    assert run("-C", str(approved), "adjust", "main", *DAY).code == 0
    assert 0 < compared[0] < 10 * (len(copies) + 50)


def test_entries_of_changes_that_are_alike_cover_one_each(approved: Path, run: Run) -> None:
    """As adjust writes them, of files of one slug; one entry too many is told."""
    text = (approved / RETAIL).read_text("utf-8")
    for number in (41, 42, 43):
        write(approved, f"targets/2018/{number}-twice.yaml", text)
    assert run("-C", str(approved), "adjust", "main", "--reason", "新增任务", *DAY).code == 0
    ((path, record),) = records(approved).items()
    assert record.count("target: twice") == 3
    check = ("-C", str(approved), "check", "--base", "main", "--format", "json", *DAY)
    assert "adjustment-repeated" not in run(*check).out
    entry = record[record.rindex("  - target") :]
    write(approved, f"targets/2018/adjustments/{path}", record + entry)
    assert run(*check).out.count('"adjustment-repeated"') == 1
