"""Values of any type under any key, before or after: a comparison says something of each, and never fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.test_diff import DAY, RETAIL, approved, commit, repository
from tests.test_sources import git

__all__ = ["approved", "repository"]  # fixtures

ODD = (
    '""', "[]", "[1, a]", "{a: 1}", "true", "-5", "1.5", "999999999999999", "null", '"\\u202e"', '"`|<b>"', "[[[[a]]]]",
    "{a: {b: {c: 1}}}", '"##[x]"', "!!x y", "&a b", "*a", "0x10", ".nan", '"\\ud800"', "x: y: z", '"1e400"', "2018-01-01",
)  # fmt: skip
TARGET = (
    "key_work", "target", "category", "deadline_month", "half_year_target", "weight", "basis", "verification",
    "fiscal_project", "remarks", "measure", "as_filed", "stranger",
)  # fmt: skip
PLAN = (
    "title", "department", "year", "language", "status", "approved_revision", "weight_rules", "key_works", "waivers",
    "commitment_ladders", "department_id", "stranger",
)  # fmt: skip
RECORD = """reason: 甲
basis: 乙
requested_by: 丙
date: "2018-03-01"
changes:
  - target: retail-sales
    field: weight
    from: 4
    to: 3
"""


def put(text: str, key: str, value: str) -> str:
    """A text with another value under a key at its top, whatever stood there."""
    without = re.sub(rf"(?m)^{key}:.*\n(?:[ -].*\n)*", "", text)
    return f"{without}{key}: {value}\n"


def ask(run: Run, folder: Path) -> None:
    """Every door says something, with the exit code of a call that was done."""
    call = ("-C", str(folder))
    for form in ("text", "json", "markdown", "github"):
        outcome = run(*call, "diff", "HEAD", *DAY, "--format", form)
        assert outcome.code in (0, 1)
        assert "##[" not in outcome.out
        assert "\u202e" not in outcome.out
        assert outcome.out
    assert run(*call, "check", "--base", "HEAD", *DAY).code in (0, 1)


@pytest.mark.parametrize("key", TARGET)
def test_a_target(approved: Path, run: Run, key: str) -> None:
    path = approved / RETAIL
    text = path.read_text("utf-8")
    for value in ODD[TARGET.index(key) % 3 :: 3]:
        path.write_text(put(text, key, value), "utf-8")
        ask(run, approved)


@pytest.mark.parametrize("key", PLAN)
def test_a_plan(approved: Path, run: Run, key: str) -> None:
    path, target = approved / "targets/2018/plan.yaml", approved / RETAIL
    text = path.read_text("utf-8")
    target.write_text(target.read_text("utf-8").replace("9%左右", "8%左右"), "utf-8")
    for value in ODD[PLAN.index(key) % 4 :: 4]:
        path.write_text(put(text, key, value), "utf-8")
        ask(run, approved)


@pytest.mark.parametrize("key", ["weight_rules", "key_works", "waivers", "status", "commitment_ladders", "year"])
def test_a_plan_that_was_odd_before(approved: Path, run: Run, key: str) -> None:
    path, target = approved / "targets/2018/plan.yaml", approved / RETAIL
    text, sentence = path.read_text("utf-8"), target.read_text("utf-8")
    for value in ODD[3:7]:
        path.write_text(put(text, key, value), "utf-8")
        target.write_text(sentence, "utf-8")
        commit(approved)
        path.write_text(text, "utf-8")
        target.write_text(sentence.replace("9%左右", "8%左右").replace("weight: 4", "weight: 3"), "utf-8")
        ask(run, approved)


@pytest.mark.parametrize("key", ["reason", "basis", "date", "changes", "stranger", "target", "field", "from", "to"])
def test_a_record(approved: Path, run: Run, key: str) -> None:
    target = approved / RETAIL
    target.write_text(target.read_text("utf-8").replace("weight: 4", "weight: 3"), "utf-8")
    record = approved / "targets/2018/adjustments/material/2018-03-01-x.yaml"
    record.parent.mkdir(parents=True)
    for value in ODD[::3]:
        odd = f"{key}: {value}".replace("\\", r"\\")
        inner = re.sub(rf"(?m)^(  - |    ){key}: .*$", rf"\1{odd}", RECORD)
        record.write_text(inner if inner != RECORD else put(RECORD, key, value), "utf-8")
        ask(run, approved)
        assert run("-C", str(approved), "adjust", "HEAD", *DAY).code in (0, 1)
    assert git(approved, "status", "--short")
