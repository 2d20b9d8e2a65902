"""Changes and what is said of them, found by place: ``cases/changes/<case>/`` and ``cases/approvals/<code>/<case>/``.

A case of changes is laid over the form's registry, one of approvals over ``cases/approved``. Its folder
``before`` holds files to lay over that before anything is committed and approved, ``between`` what
was merged since, ``after`` what the proposal changes; ``removed.txt`` lists what it takes away. Beside them stands the whole output in both
languages; ``pytest tests/test_change_cases.py --update-cases`` writes it. Then read what it wrote.
"""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import REGISTRY, ROOT, Run
from tests.test_sources import git

CASES = Path(__file__).parent / "cases"
CHANGES = sorted(case for case in (CASES / "changes").iterdir() if case.is_dir())
APPROVALS = sorted(case for case in (CASES / "approvals").glob("*/*") if case.is_dir())
DAY = "2018-03-01"


def lay_over(folder: Path, files: Path) -> None:
    if files.is_dir():
        # Without the files' times: Git takes a file of the same size and time for unchanged.
        shutil.copytree(files, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)


def propose(case: Path, folder: Path, *bases: Path) -> None:
    """Commit what stands before as the approved revision, and lay the proposal over it."""
    for base in (*bases, case / "before"):
        lay_over(folder, base)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=approved")
    git(folder, "tag", "approved-2018")
    if (case / "between").is_dir():
        lay_over(folder, case / "between")
        git(folder, "commit", "--quiet", "--all", "--message=merged since")
    lay_over(folder, case / "after")
    removed = case / "removed.txt"
    for line in removed.read_text().split() if removed.exists() else ():
        (folder / line).unlink()


def compare(case: Path, name: str, said: str, request: pytest.FixtureRequest) -> None:
    """With what stands in the case; commits' ids aside."""
    said = re.sub(r"\b[0-9a-f]{12}\b", "0" * 12, said)
    if request.config.getoption("--update-cases"):
        (case / name).write_text(said, encoding="utf-8")
    assert said == (case / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case.name)
def test_change(case: Path, run: Run, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The terminal in both languages, and the report in the plan's."""
    folder = tmp_path / "registry"
    (folder / "schema").mkdir(parents=True)
    lay_over(folder / "schema", ROOT / "schema")
    propose(case, folder, REGISTRY)
    for language in ("en", "zh"):
        outcome = run("-C", str(folder), "--lang", language, "diff", "main", "--as-of", DAY, "--width", "100")
        assert (outcome.code, outcome.err) == (int(case.name == "file-broken"), "")
        compare(case, f"{language}.txt", outcome.out, request)
    report = run("-C", str(folder), "diff", "main", "--as-of", DAY, "--format", "markdown")
    assert (report.code, report.err) == (int(case.name == "file-broken"), "")
    compare(case, "report.md", report.out, request)


@pytest.mark.parametrize("case", APPROVALS, ids=lambda case: f"{case.parent.name}/{case.name}")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_approval(case: Path, language: str, run: Run, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """What a check against the base says, and every finding with its cure."""
    folder = tmp_path / "registry"
    propose(case, folder, CASES / "base", CASES / "approved")
    outcome = run("-C", str(folder), "--lang", language, "check", "--base", "main", "--as-of", DAY)
    assert outcome.err == ""
    compare(case, f"{language}.txt", f"{outcome.out}exit {outcome.code}\n", request)
    code = case.parent.name
    assert (f"[{code}]" in outcome.out) == (case.name != "good")
    lines = outcome.out.splitlines()
    for line, below in pairwise(lines):
        if line.startswith(("targets", "schema")):
            assert below.startswith(("    cure: ", "    办法：")), "a finding without a cure"
