"""A registry for another department in one command: accepted at once, whole or not at all, whatever is answered."""

from __future__ import annotations

import json
import os
import pty
import random
import re
import select
import subprocess
import sys
import time
from importlib.metadata import distribution
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from target_registry import __version__, starter
from target_registry.cli import main
from target_registry.sources.atomic import write_new
from target_registry.sources.disk import Disk
from target_registry.sources.turns import held
from tests.conftest import ROOT, Outcome, Run

FORGES = [*starter.FORGES, "none"]
WORKS = ("--key-work", "稳定粮食生产", "--key-work", "二、建设高标准农田")
ZH = ("--department", "省农业农村厅", "--year", "2019", *WORKS)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def git(folder: Path, *arguments: str) -> str:
    """Git without what the machine has set up."""
    environment = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
    }  # fmt: skip
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True
    ).stdout


def below(folder: Path) -> list[str]:
    """Every file and folder, Git's own aside."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return sorted(path for path in found if not re.match(r"\.git(/|\Z)", path))


def plan(folder: Path, year: int = 2019) -> dict[str, object]:
    """What the new plan says, to another reader of YAML."""
    loaded = yaml.safe_load((folder / f"targets/{year}/plan.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def refused(outcome: Outcome, *words: str) -> None:
    """One sentence, and nothing written."""
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("targets: ") and outcome.err.count("\n") == 1
    for word in words:
        assert word in outcome.err


# What is made.


@pytest.mark.parametrize("forge", FORGES)
def test_check_accepts_it_at_once_and_a_target_can_be_added(run: Run, tmp_path: Path, forge: str) -> None:
    made = run("--lang", "en", "init", "registry", *ZH, "--forge", forge)
    assert (made.code, made.err) == (0, "")
    folder = tmp_path / "registry"
    assert made.out.splitlines()[:-2] == [
        path for path in made.out.splitlines()[:-2] if (folder / path).is_file()
    ]  # fmt: skip
    assert sorted(made.out.splitlines()[:-2]) == [path for path in below(folder) if (folder / path).is_file()]
    checked = run("--lang", "en", "-C", "registry", "check")
    assert (checked.code, checked.out) == (0, "1 plan, 0 targets: 0 errors, 0 warnings\n")
    assert run("-C", "registry", "fmt", "--check").code == 0
    weighed = run("--lang", "en", "-C", "registry", "weights")
    assert weighed.code == 0, "the check on a forge runs it too"
    assert "no targets yet; their weights are to sum to 100" in weighed.out
    new = run(
        "--lang", "en", "-C", "registry", "new", "--slug", "grain", "--key-work", "1", "--target", "粮食总产量达到600万吨",
        "--category", "key_quantitative", "--deadline-month", "12", "--half-year-target", "夏粮产量达到50万吨",
        "--weight", "40", "--basis", "省政府工作报告", "--verification", "省统计局统计数据", "--fiscal-project", "no",
    )  # fmt: skip
    assert (new.code, new.err) == (0, "")
    assert run("-C", "registry", "table", "--format", "csv").code == 0


def test_bytes_that_are_no_text_make_no_target(run: Run, registry: Path) -> None:
    """As a terminal of another encoding hands them over; a target is made of texts as a plan is."""
    new = run(
        "--lang", "en", "-C", str(registry), "new", "--slug", "bytes", "--key-work", "1", "--target", "\udcff",
        "--category", "qualitative", "--deadline-month", "6", "--weight", "1", "--basis", "a", "--verification", "b",
        "--fiscal-project", "no",
    )  # fmt: skip
    refused(new, "aren't UTF-8", "nothing was written")


def test_the_plan_says_what_was_asked_for(run: Run, tmp_path: Path) -> None:
    assert run("init", "registry", *ZH, "--total", "90.5").code == 0
    assert (tmp_path / "registry/targets/2019/plan.yaml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../../schema/plan.schema.json\n"
        "title: 2019年度省农业农村厅重点工作绩效目标填报表\n"
        "department: 省农业农村厅\n"
        "year: 2019\n"
        "language: zh\n"
        "weight_rules:\n"
        "  total: 90.5\n"
        "key_works:\n"
        "  - id: wen-ding-liang-shi-sheng-chan\n"
        "    title: 稳定粮食生产\n"
        "  - id: jian-she-gao-biao-zhun-nong\n"
        "    title: 建设高标准农田\n"
    )


@pytest.mark.parametrize("title", ["2018年度重点工作绩效目标填报表", "2019年度填报表（省商务厅）"])
def test_a_title_that_says_something_else_is_refused(run: Run, tmp_path: Path, title: str) -> None:
    told = run("--lang", "en", "init", *ZH, "--title", title, str(tmp_path / "registry"))
    assert (told.code, told.out) == (2, "")
    assert "the title says" in told.err
    assert not (tmp_path / "registry").exists()


def test_an_english_department_gets_an_english_form(run: Run, tmp_path: Path) -> None:
    call = ("--department", "Department of Agriculture", "--year", "2019", "--key-work", "Grain")
    assert run("--lang", "en", "init", "registry", *call).code == 0
    folder = tmp_path / "registry"
    assert plan(folder) | {"key_works": 0, "weight_rules": 0} == {
        "title": "Key works and performance targets 2019, Department of Agriculture",
        "department": "Department of Agriculture",
        "year": 2019,
        "language": "en",
        "weight_rules": 0,
        "key_works": 0,
    }
    readme = (folder / "README.md").read_text("utf-8")
    assert readme.startswith("# Key works and performance targets 2019, Department of Agriculture\n")
    assert "Fill in the form" in readme


def test_the_form_s_language_is_the_department_s_whatever_the_terminal_speaks(run: Run, tmp_path: Path) -> None:
    assert run("--lang", "en", "init", "one", *ZH).code == 0
    assert (plan(tmp_path / "one")["language"], plan(tmp_path / "one")["title"]) == (
        "zh", "2019年度省农业农村厅重点工作绩效目标填报表",
    )  # fmt: skip
    assert run("--lang", "en", "init", "two", *ZH, "--language", "en", "--title", "Targets").code == 0
    assert (plan(tmp_path / "two")["language"], plan(tmp_path / "two")["title"]) == ("en", "Targets")


def test_changes_show_once_it_is_committed(run: Run, tmp_path: Path) -> None:
    assert run("init", "registry", *ZH).code == 0
    folder = tmp_path / "registry"
    git(folder, "init", "--quiet", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "start")
    assert git(folder, "status", "--porcelain") == ""
    assert set(git(folder, "ls-files", "-z").split("\0")[:-1]) == {p for p in below(folder) if (folder / p).is_file()}
    same = run("--lang", "en", "-C", "registry", "diff", "HEAD")
    assert same.code == 0
    assert same.out.endswith("\nnothing has changed\n")
    path = folder / "targets/2019/plan.yaml"
    path.write_text(path.read_text("utf-8").replace("total: 100", "total: 90"), "utf-8")
    told = run("--lang", "en", "-C", "registry", "diff", "HEAD")
    assert "total" in told.out
    assert run("--lang", "en", "-C", "registry", "check", "--base", "HEAD").code in (0, 1)


# The files of forges.


def texts(run: Run, folder: Path, forge: str) -> dict[str, str]:
    assert run("init", folder.name, *ZH, "--forge", forge).code == 0
    return {path: (folder / path).read_text("utf-8") for path in below(folder) if (folder / path).is_file()}


@pytest.mark.parametrize("forge", FORGES)
def test_each_forge_gets_its_own_files(run: Run, tmp_path: Path, forge: str) -> None:
    found = texts(run, tmp_path / "registry", forge)
    others = {path for name in starter.FORGES if name != forge for path in starter.FORGES[name].files}
    own = set(starter.FORGES[forge].files) if forge != "none" else set()
    assert own <= set(found)
    assert not (others - own) & set(found)
    for path, text in found.items():
        if path.endswith((".yml", ".yaml")):
            assert isinstance(yaml.safe_load(text), dict), path
        elif path.endswith(".json"):
            assert json.loads(text), path


@pytest.mark.parametrize("forge", starter.FORGES)
def test_the_check_installs_this_version_as_a_package(run: Run, tmp_path: Path, forge: str) -> None:
    """The two expressions in starter/__init__.py match in every file that installs the tool."""
    found = texts(run, tmp_path / "registry", forge)
    installing = [path for path in starter.FORGES[forge].files if "pip install" in found[path]]
    assert installing == [
        path for path in starter.FORGES[forge].files if "pip install" in (ROOT / path).read_text("utf-8")
    ]
    assert starter.FORGES[forge].workflow in installing
    for path in installing:
        text, own = found[path], (ROOT / path).read_text("utf-8")
        assert len(starter._INSTALL.findall(own)) == len(starter._WHY_BUILT.findall(own)) == 1
        (line,) = [line.strip() for line in text.splitlines() if "pip install" in line]
        assert re.fullmatch(r"\S+ -m pip install --constraint \S+ 'target-registry\[fast\]==" + __version__ + "'", line)
        assert len(own.splitlines()) - len(text.splitlines()) == 2
        assert not re.search(r"hatchling|isolation|\[fast\]['\"](?!=)", text)


@pytest.mark.parametrize("forge", starter.FORGES)
def test_nothing_speaks_of_files_that_only_the_tool_s_repository_has(run: Run, tmp_path: Path, forge: str) -> None:
    found = texts(run, tmp_path / "registry", forge)
    for path, text in found.items():
        assert not re.search(r"ci\.yml(?<!gitlab-ci\.yml)|tests/|pyproject|\bmake\b.*install|Makefile|\.ci/", text) or path in (
            "docs/approval.md", "docs/approval.zh-CN.md",
        ), path  # fmt: skip
        folder = Path(path).parent
        for link in re.findall(r"\]\((?!https:|#)([^)]+)\)", text) if path.endswith(".md") else ():
            assert os.path.normpath(folder / link) in found, f"{path}: {link}"
        for named in re.findall(r"\bdocs/[\w.-]+\.md", text):
            assert named in found, f"{path}: {named}"
    assert "2018" not in found["docs/approval.md"] + found["docs/approval.zh-CN.md"]
    for other in starter.FORGES.values():
        if other.heading:
            there = [f"\n{other.heading}\n" in found[path] for path in starter.DOCUMENTS]
            assert there == [other == starter.FORGES[forge]] * 2


def test_only_what_the_tool_runs_with_is_pinned(run: Run, tmp_path: Path) -> None:
    """All of it, and nothing that only tests and builds it."""
    needed: set[str] = set()
    asked = [("target-registry", "fast")]
    while asked:
        name, extra = asked.pop()
        for line in distribution(name).requires or []:
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
                # A test that runs on one Python needs no more than that one's.
                new = canonicalize_name(wanted.name)
                asked += [(new, extra) for extra in ("", *wanted.extras) if new not in needed]
                needed.add(new)
    text = texts(run, tmp_path / "registry", "github")["constraints.txt"]
    pinned = {canonicalize_name(line.split("==")[0]) for line in text.splitlines() if not line.startswith("#")}
    assert needed <= pinned
    assert pinned - needed <= {"typing-extensions"}, "which only an older Python needs"


def test_zizmor_finds_nothing_but_what_is_explained(run: Run, tmp_path: Path) -> None:
    texts(run, tmp_path / "registry", "github")
    call: list[str | Path] = [
        Path(sys.executable).with_name("zizmor"),
        "--offline",
        "--no-config",
        "--persona=auditor",
        "--format=json",
    ]
    folder = tmp_path / "registry/.github"
    assert json.loads(subprocess.run([*call, folder], capture_output=True, check=False).stdout) == []
    found = json.loads(subprocess.run([*call, "--no-ignores", folder], capture_output=True, check=False).stdout)
    assert [finding["ident"] for finding in found] == ["dangerous-triggers"]


# What was there before.


def test_an_empty_folder_and_one_with_a_repository_will_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("init", "empty", *ZH).code == 0
    (tmp_path / "cloned").mkdir()
    git(tmp_path / "cloned", "init", "--quiet")
    assert run("-C", "cloned", "init", ".", *ZH).code == 0
    assert below(tmp_path / "cloned") == below(tmp_path / "empty")
    assert run("init", "a/b/c", *ZH).code == 0


@pytest.mark.parametrize("name", ["README.md", ".github/workflows/check.yml", "schema/plan.schema.json"])
def test_a_file_in_the_way_stays_and_nothing_is_written(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "registry" / name).parent.mkdir(parents=True)
    (tmp_path / "registry" / name).write_text("mine\n")
    before = below(tmp_path)
    refused(run("--lang", "en", "init", "registry", *ZH), name, "is there already; nothing was written")
    assert below(tmp_path) == before
    assert (tmp_path / "registry" / name).read_text() == "mine\n"


def test_a_folder_or_a_link_in_the_way_of_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "registry/README.md").mkdir(parents=True)
    refused(run("--lang", "en", "init", "registry", *ZH), "README.md is there already")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/README.md").symlink_to(tmp_path / "nowhere")
    refused(run("--lang", "en", "init", "other", *ZH), "README.md is there already")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_stands_in_the_way_of_a_folder_is_met_late_and_all_is_taken_back(
    run: Run, tmp_path: Path, kind: str
) -> None:
    """Through no link: what it leads to is not the registry's."""
    folder, elsewhere = tmp_path / "registry", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    if kind == "file":
        (folder / "docs").write_text("mine\n")
    else:
        (folder / "docs").symlink_to(elsewhere)
    refused(run("--lang", "en", "init", "registry", *ZH), "docs is not a folder")
    assert (below(folder), below(elsewhere)) == (["docs"], [])


def test_what_was_broken_off_by_force_can_be_done_again(run: Run, tmp_path: Path) -> None:
    assert run("init", "whole", *ZH).code == 0
    assert run("init", "half", *ZH).code == 0
    (tmp_path / "half/targets/2019/plan.yaml").unlink()
    assert run("init", "half", *ZH).code == 0
    assert below(tmp_path / "half") == below(tmp_path / "whole")
    (tmp_path / "half/targets/2019/plan.yaml").unlink()
    (tmp_path / "half/targets/2019").rmdir()
    (tmp_path / "half/targets").rmdir()
    (tmp_path / "half/.gitignore").unlink()
    assert run("init", "half", *ZH).code == 0
    assert below(tmp_path / "half") == below(tmp_path / "whole")


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", [0, 1, 9, 18])
def test_a_fault_in_the_middle_takes_all_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, step: int
) -> None:
    steps = iter(range(1000))
    link = os.link

    def broken(source: str, place: str) -> None:
        if next(steps) == step:
            raise fault
        link(source, place)

    monkeypatch.setattr("target_registry.sources.atomic.os.link", broken)
    outcome = run("--lang", "en", "init", "deep/registry", *ZH)
    assert outcome.code == (130 if isinstance(fault, KeyboardInterrupt) else 2)
    assert below(tmp_path) == []
    monkeypatch.undo()


def test_what_somebody_made_of_a_file_meanwhile_stays(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, steps = os.link, iter(range(1000))

    def broken(source: str, place: str) -> None:
        if next(steps) == 5:
            (tmp_path / "registry/schema/plan.schema.json").write_text("mine\n")
            raise OSError(28, "No space left on device")
        link(source, place)

    monkeypatch.setattr("target_registry.sources.atomic.os.link", broken)
    assert run("init", "registry", *ZH).code == 2
    monkeypatch.undo()
    assert below(tmp_path) == ["registry", "registry/schema", "registry/schema/plan.schema.json"]
    assert (tmp_path / "registry/schema/plan.schema.json").read_text() == "mine\n"


def test_of_two_at_once_the_second_says_who_is_in_the_way(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither takes the other's files for its own, and none deletes them."""
    monkeypatch.setattr("target_registry.sources.turns._PATIENCE", 0.05)
    (tmp_path / "registry").mkdir()
    with held(tmp_path / "registry", Disk()):
        refused(
            run("--lang", "en", "init", "registry", *ZH), "is writing to this registry; try again when it has ended"
        )
    assert run("init", "registry", *ZH).code == 0
    assert ".targets-pending" not in " ".join(below(tmp_path))


def test_a_registry_is_not_started_twice_nor_within_one(run: Run, tmp_path: Path) -> None:
    assert run("init", "registry", *ZH).code == 0
    before = below(tmp_path)
    refused(run("--lang", "en", "init", "registry", *ZH), "registry is a registry already")
    refused(run("--lang", "en", "-C", "registry", "init", ".", *ZH), "is a registry already")
    refused(run("--lang", "en", "init", "registry/targets/2020", *ZH), "lies among the files of the registry")
    refused(run("--lang", "en", "init", "registry/schema", *ZH), "lies among the files of the registry")
    refused(run("--lang", "en", "init", "targets", *ZH), "something else than targets")
    assert below(tmp_path) == before


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine\n")
    refused(run("--lang", "en", "init", "file", *ZH), "file is not a folder")
    refused(run("--lang", "en", "init", "file/below", *ZH), "file is not a folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir(mode=0o555)
    refused(run("--lang", "en", "init", "registry", *ZH), "can't be written: permission denied")
    refused(run("--lang", "en", "init", "registry/below", *ZH), "can't be written: permission denied")


def test_new_files_are_written_all_or_none(tmp_path: Path) -> None:
    write_new(tmp_path / "a", {"x/y": b"1", "z": b"2"})
    write_new(tmp_path / "a", {"x/y": b"1", "x/w": b"3"})
    assert below(tmp_path / "a") == ["x", "x/w", "x/y", "z"]


# What was answered.


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "missing: --department, --key-work"),
        (WORKS, "missing: --department"),
        (("--department", "省农业农村厅"), "missing: --key-work"),
    ],
)
def test_what_is_missing_is_told_at_once(run: Run, tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    refused(run("--lang", "en", "init", "registry", *options), told)
    assert below(tmp_path) == []


@pytest.mark.parametrize(
    "title",
    [
        'A "quoted" title', "it's", "目标：一", "a: b", "a #b", "# a", "- a", "-a", "--title", "@a", "`a`", "%a", "&a *b", "!a",
        "{a}", "[a]", "{department}", "null", "true", "2019", "1e5", "~", "|", ">", "a\\b", "<b>bold</b>", "字" * 2000, "a\nb",
        "  a  ",
    ],
)  # fmt: skip
def test_any_title_comes_out_as_it_went_in(run: Run, tmp_path: Path, title: str) -> None:
    assert run("init", "registry", *ZH, f"--title={title}").code == 0
    assert plan(tmp_path / "registry")["title"] == title.strip()
    assert run("-C", "registry", "check").code == 0
    readme = (tmp_path / "registry/README.md").read_text("utf-8")
    assert readme.split("\n")[1] == ""
    assert "<b>" not in readme


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("", "title can't be blank"),
        (" \u3000 ", "title can't be blank"),
        ("字" * 2001, "title"),
        ("a\x01b", "invisible character U+0001"),
        ("a\x1b[31mb", "invisible character U+001B"),
        ("a\0b", "NUL"),
        ("a\u202eb", "invisible character U+202E"),
        ("a\u200bb", "invisible character U+200B"),
        ("a\udcffb", "aren't UTF-8"),
    ],
)
def test_a_title_that_no_plan_takes(run: Run, tmp_path: Path, title: str, told: str) -> None:
    refused(run("--lang", "en", "init", "registry", *ZH, f"--title={title}"), told)
    assert below(tmp_path) == []


@pytest.mark.parametrize("option", ["--department", "--key-work"])
@pytest.mark.parametrize("text", ["a\u202eb", "a\u2066b", "", "字" * 2001, "a\udcff"])
def test_other_texts_that_no_plan_takes(run: Run, tmp_path: Path, option: str, text: str) -> None:
    others = ("--department", "省农业农村厅") if option == "--key-work" else WORKS
    refused(run("--lang", "en", "init", "registry", *others, f"{option}={text}"))
    assert below(tmp_path) == []


@pytest.mark.parametrize("total", ["0", "-1", "三", "1e5", "NaN", "inf", "", "1/2", "10001", "9" * 400, "1_000"])
def test_a_total_that_is_none(run: Run, tmp_path: Path, total: str) -> None:
    refused(run("--lang", "en", "init", "registry", *ZH, f"--total={total}"), "is no sum of weights")
    assert below(tmp_path) == []


@pytest.mark.parametrize(("total", "read"), [("90", 90), ("90.5", 90.5), ("１００", 100), ("100分", 100), ("0.5", 0.5)])
def test_a_total_as_people_write_it(run: Run, tmp_path: Path, total: str, read: float) -> None:
    assert run("init", "registry", *ZH, "--total", total).code == 0
    assert plan(tmp_path / "registry")["weight_rules"] == {"total": read}


def test_two_hundred_key_works_and_one_more(run: Run, tmp_path: Path) -> None:
    works = [word for number in range(200) for word in ("--key-work", f"重点工作之{number}")]
    assert run("init", "registry", "--department", "省农业农村厅", *works).code == 0
    (year,) = (tmp_path / "registry/targets").iterdir()
    assert len({work["id"] for work in plan(tmp_path / "registry", int(year.name))["key_works"]}) == 200  # type: ignore[attr-defined]
    assert run("-C", "registry", "check").code == 0
    refused(run("--lang", "en", "init", "more", "--department", "省农业农村厅", *works, "--key-work", "又一项"), "200")


@pytest.mark.parametrize("again", ["稳定粮食生产", "三、稳定粮食生产", " 稳定 粮食生产 "])
def test_a_key_work_is_named_once(run: Run, tmp_path: Path, again: str) -> None:
    refused(run("--lang", "en", "init", "registry", *ZH, "--key-work", again), "is named twice")
    assert below(tmp_path) == []


# In a terminal.


def talk(folder: Path, *answers: bytes, arguments: tuple[str, ...] = ("init", "registry"), lang: str = "zh") -> Outcome:
    """Answer each question once it has been asked; what the terminal shows is in ``err``."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", _OWN_TERMINAL, "-m", "target_registry", "--lang", lang, *arguments],
        cwd=folder, stdin=follower, stdout=subprocess.PIPE, stderr=follower, start_new_session=True,
    )  # fmt: skip
    os.close(follower)
    shown = b""
    waiting = list(answers)
    answered = -1  # a question is answered once, however long the echo takes
    while True:
        ready, _, _ = select.select([leader], [], [], 0.05)
        if ready:
            try:
                piece = os.read(leader, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        elif waiting and shown.endswith((b": ", "：".encode())) and len(shown) > answered:
            answered = len(shown)
            os.write(leader, waiting.pop(0))
            time.sleep(0.02)
        elif process.poll() is not None:
            break
    assert process.stdout is not None
    out = process.stdout.read()
    process.stdout.close()
    code = process.wait()
    os.close(leader)
    assert b"Traceback" not in shown
    return Outcome(code, out.decode(), shown.decode(errors="replace"), out)


# The terminal is the process's own, so that Ctrl-C reaches it; what starts in the background of a shell ignores it.
_OWN_TERMINAL = """
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.SIG_DFL)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def test_questions_and_answers(tmp_path: Path) -> None:
    outcome = talk(
        tmp_path,
        b"\n",  # the department can't be blank
        "省农业农村厅\n".encode(),
        b"19\n",
        "2019年\n".encode(),
        b"\n",  # the title as it is proposed
        "三\n".encode(),
        b"90\n",
        b"\n",  # one key work at the least
        "一、稳定粮食生产\n".encode(),
        "稳定粮食生产\n".encode(),
        "建设高标准农田\n".encode(),
        b"\n",
        b"gitlob\n",
        b"GitLab\n",
    )
    assert outcome.code == 0, outcome.err
    assert "没有“gitlob”可选，可选：github、gitea、gitlab、none" in outcome.err
    assert (tmp_path / "registry" / ".gitlab-ci.yml").is_file()
    assert not (tmp_path / "registry" / ".github").exists()
    assert plan(tmp_path / "registry") == {
        "title": "2019年度省农业农村厅重点工作绩效目标填报表",
        "department": "省农业农村厅",
        "year": 2019,
        "language": "zh",
        "weight_rules": {"total": 90},
        "key_works": [
            {"id": "wen-ding-liang-shi-sheng-chan", "title": "稳定粮食生产"},
            {"id": "jian-she-gao-biao-zhun-nong", "title": "建设高标准农田"},
        ],
    }


def test_only_what_the_options_don_t_say_is_asked(tmp_path: Path) -> None:
    outcome = talk(tmp_path, b"\n", b"\n", b"\n", arguments=("init", "registry", *ZH), lang="en")
    assert outcome.code == 0, outcome.err
    assert re.sub(r"\s+", " ", outcome.err) == (
        "title of the form [2019年度省农业农村厅重点工作绩效目标填报表]: sum of all weights [100]: "
        "where pull requests are made: github, gitea, gitlab, none [github]: "
    )


@pytest.mark.parametrize("end", [b"\x03", b"\x04"])
@pytest.mark.parametrize("answered", range(4))
def test_stopped_at_any_question_nothing_is_written(tmp_path: Path, end: bytes, answered: int) -> None:
    answers = ["省农业农村厅\n".encode(), b"2019\n", b"\n", b"100\n"][:answered]
    outcome = talk(tmp_path, *answers, end, lang="en")
    assert outcome.code == 130
    assert "stopped; nothing was written" in outcome.err
    assert below(tmp_path) == []


def test_bytes_that_are_no_text_are_asked_for_again(tmp_path: Path) -> None:
    call = ("init", "registry", "--year", "2019", "--title", "a", "--total", "9", "--forge", "none", *WORKS)
    outcome = talk(tmp_path, b"a\xffb\n", b"a\x16\x01b\n", "省农业农村厅\n".encode(), arguments=call, lang="en")
    assert outcome.code == 0, outcome.err
    assert plan(tmp_path / "registry")["department"] == "省农业农村厅"


def test_help_in_both_languages(run: Run) -> None:
    for language in ("zh", "en"):
        assert run("--lang", language, "init", "--help").code == 0


def test_any_answers_make_a_registry_or_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Random calls: never a traceback, never half a registry, and each registry is accepted."""
    dice = random.Random(2018)  # noqa: S311  no secret
    pieces = [
        "省", "农业", "a", "B", "1", "0", "-", "--", " ", "\u3000", "\n", "\t", ":", "：", "#", '"', "'", "\\", "{", "}", "[",
        "]", "%", "&", "*", "!", "|", ">", "@", "`", "~", "一、", "\x01", "\x1b[", "\u202e", "\u200b", "\ufeff", "\udcff",
        "\ud800", "\uffff", "😀", "é", "..", "/", "分", "年", "２０１９", "NaN", "1e9", "null", "yes", "##[", "::",
    ]  # fmt: skip

    def text() -> str:
        return "".join(dice.choice(pieces) for _ in range(dice.choice((0, 1, 2, 3, 6, 40))))

    made = 0
    for number in range(120):
        folder = tmp_path / str(number)
        arguments = ["init", str(number), "--department", "省农业农村厅", "--key-work", "稳定粮食生产"]
        options = (
            "--department",
            "--title",
            "--total",
            "--key-work",
            "--year",
            "--language",
            "--forge",
            "--key-work",
        )
        arguments += [f"{option}={text()}" for option in options if dice.random() < 0.3]
        code = main.run(["--lang", "en", "--debug", *arguments])
        out, err = capfd.readouterr()
        assert code in (0, 2), (arguments, err)
        assert err.count("\n") == (0 if code == 0 else 1), arguments
        if code == 0:
            made += 1
            assert main.run(["--lang", "en", "--debug", "-C", str(folder), "check"]) == 0, arguments
            assert "0 errors" in capfd.readouterr().out
        else:
            assert not folder.exists(), arguments
            assert out == ""
    assert 10 < made < 110
