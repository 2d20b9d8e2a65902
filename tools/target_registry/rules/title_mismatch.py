"""a plan's title names another year or department

Why: the title is what is printed. A form that was copied and kept the old title misleads
everybody who doesn't open the file.

Bad:
    title: 2017年度省政府部门（省商务厅）重点工作绩效目标填报表
    year: 2018

Good:
    title: 2018年度省政府部门（省商务厅）重点工作绩效目标填报表
    year: 2018
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Name, Registry
from target_registry.patterns import lazy

CODE = "title-mismatch"
LEVEL = Level.ERROR
WAIVABLE = False

_YEAR = lazy(r"(?<![0-9])([0-9]{4})\s*年")
_OTHER_DIGITS = lazy(r"[０-９〇零○一二三四五六七八九]\s*年")
_SPELLED = lazy(r"[〇零○一二三四五六七八九]{4}(?=\s*年)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_DEPARTMENT = lazy(r"[（(]([^（()）]{2,30}[厅局委办部院会署社])[)）]")


def _named_year(title: str) -> str:
    """The first year that a title names, in digits; empty where it names none."""
    if _OTHER_DIGITS.search(title):
        title = _SPELLED.sub(lambda match: match[0].translate(_DIGITS), unicodedata.normalize("NFKC", title))
    found = _YEAR.search(title)
    return found[1] if found else ""


def agrees(title: str, year: str, department: str) -> bool:
    """Whether a title surely names no other year, as its plan has it in digits, and no other department."""
    called = _DEPARTMENT.search(title)
    return _named_year(title) in ("", year) and (not called or called[1] == department)


def check(registry: Registry) -> Iterator[Finding]:
    """Compare the year and the bracketed department of a title with the plan's own."""
    for plan in registry.plans:
        title = plan.values.get("title")
        if title is None:
            continue
        named = _named_year(title)
        year, department = plan.year, plan.values.get("department")
        # A year that contradicts the folder too is one fault, and reported there.
        in_folder = year is not None and str(year) == plan.id.split("/")[0]
        if named and year is not None and int(named) != int(year) and in_folder:
            yield Finding(
                CODE,
                LEVEL,
                plan.at("title"),
                Message("the title says {found}, but {key} is {value}", found=named, key=Name("year"), value=year),
                Message("correct whichever of the two is wrong"),
            )
        called = _DEPARTMENT.search(title)
        if called and department and called[1] != department:
            yield Finding(
                CODE,
                LEVEL,
                plan.at("title"),
                Message(
                    "the title says {found}, but {key} is {value}",
                    found=called[1],
                    key=Name("department"),
                    value=department,
                ),
                Message("correct whichever of the two is wrong"),
            )
