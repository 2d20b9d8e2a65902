"""Every code's cases, found by place: ``cases/<rules or reading>/<code>/<good or bad-*>/``.

A case is a folder with files to lay over ``cases/base`` (``removed.txt`` lists those to take
away), and with the whole output of ``targets check`` in both languages. To add one, add
the folder and run ``pytest tests/test_cases.py --update-cases``; then read what it wrote.
"""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import Run

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(case for kind in ("rules", "reading") for case in (CASES / kind).glob("*/*") if case.is_dir())


def lay_out(case: Path, folder: Path) -> None:
    """Make the registry that a case describes."""
    shutil.copytree(CASES / "base", folder)
    removed = case / "removed.txt"
    for line in removed.read_text().split() if removed.exists() else ():
        (folder / line).unlink()
    for name in ("targets", "schema"):
        if (case / name).is_dir():
            shutil.copytree(case / name, folder / name, dirs_exist_ok=True)


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: f"{case.parent.name}/{case.name}")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_case(case: Path, language: str, run: Run, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The command says exactly what the case expects, and every finding is the one it is about."""
    folder = tmp_path / "registry"
    lay_out(case, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    outcome = run("-C", str(folder), "--lang", language, "check")
    assert outcome.err == ""
    said = f"{outcome.out}exit {outcome.code}\n"
    expected = case / f"{language}.txt"
    if request.config.getoption("--update-cases"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    for line, below in pairwise(said.splitlines()):
        if line.startswith(("targets", "schema")):
            assert below.startswith(("    cure: ", "    办法：")), "a finding without a cure"
    code = case.parent.name
    if case.name == "good":
        assert f"[{code}]" not in said
    else:
        assert f"[{code}]" in said
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
