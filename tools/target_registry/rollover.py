"""Next year's plan from this year's: what goes on is carried over, what this year alone knows is left to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from target_registry import fields, figures, limits, quotations
from target_registry.documents.editor import edit
from target_registry.model import Plan, Route, Target, file_name
from target_registry.patterns import lazy
from target_registry.sources import Source

_ONLY_THIS_YEAR = ("status", "approved_revision", "waivers")
"""Keys of a plan that were decided for its year, and that nobody has decided for the next."""
_SCHEMA = lazy(rb"(?<=^# yaml-language-server: \$schema=)(?:\.\./)+(?=schema/)", re.MULTILINE)
_SENTENCES = ("target", "half_year_target")
# Years of documents and of plans for several years are no dates of the target.
_TIME = lazy(
    r"第([0-9]{1,3}|[一二三四五六七八九十百]{1,5})(?=届(?![^，,。；;、]{0,8}(?:人大|人民代表|政协|党代|党的|代表大会|中央|委员会|常委|全会|理事会|监事会|董事会)))"
)
"""Which one an event is of a row that goes on each year: 第二届世界油商大会; a body such as 第十三届全国人大 sits for years."""
_FIXED = lazy(r"[\[(（〔﹝【]\d{4}[\])）〕﹞】]|\d{4}(?:年?度?第?\d+号|年?[-—–~至到]\d{4})")


def carry_over(plan: Plan, source: Source, identity: str, year: int) -> dict[str, bytes]:
    """The files of next year's plan, by path; the plan's own comes last.

    Key works, weight rules, slugs, numbers, and comments stay. Figures and dates of the year in the
    sentences and in the key works' titles, and the figures of the measure, give way to a mark that ``targets check`` lists; last
    year's sentence stands in the remarks, last year's figure as the baseline. A basis is a document of
    its year: it is marked too, with the old one beside it.

    Args:
        plan: this year's, without faults.
        source: where its files are read from.
        identity: the new plan's folder below ``targets/``.
        year: the new plan's year.

    Raises:
        Unformattable: one of its files can't be changed as it is written.
        ReadError: one can't be read.
    """
    files = {}
    for target in plan.targets:
        raw = source.read(target.path, limits.TARGET_BYTES)
        changed = edit(target.path, raw, "target", _changes(plan, target), limits.TARGET_BYTES)
        files[f"targets/{identity}/{file_name(target.number or 0, target.slug)}"] = changed
    raw = source.read(plan.path, limits.PLAN_BYTES)
    changed = edit(plan.path, raw, "plan", _plan_changes(plan, identity, year), limits.PLAN_BYTES)
    files[f"targets/{identity}/plan.yaml"] = changed
    # The comment that names the schema leads as far up as the new folder lies deep.
    return {path: _SCHEMA.sub(b"../" * path.count("/"), data, count=1) for path, data in files.items()}


def _plan_changes(plan: Plan, identity: str, year: int) -> Mapping[Route, Any]:
    changes: dict[Route, Any] = {("year",): year}
    title = plan.values.get("title")
    if isinstance(title, str) and plan.year is not None:
        changes["title",] = re.sub(rf"(?<![0-9]){plan.year}(?![0-9])", str(year), title)
    changes.update({(key,): None for key in _ONLY_THIS_YEAR})
    mark = fields.UNFILLED["en" if plan.language == "en" else "zh"]
    for work in plan.key_works:
        changes["key_works", work.position - 1, "title"] = blank(work.title, plan.year, mark)
    department = identity.partition("/")[2]
    if department != plan.id.partition("/")[2]:
        changes["department_id",] = department or None
    return changes


def _changes(plan: Plan, target: Target) -> Mapping[Route, Any]:
    language = "en" if plan.language == "en" else "zh"
    mark, said = fields.UNFILLED[language], plan.year or plan.id
    changes: dict[Route, Any] = {("replaces",): f"{plan.id}/{target.slug}", ("as_filed",): None}
    for key in _SENTENCES:
        if key in target.values:
            changes[key,] = blank(target.text(key), plan.year, mark)
    # What proof counts is as good next year; the year it is proof of isn't.
    changes["verification",] = blank(target.text("verification"), plan.year, mark, numbers=False)
    basis, sentence = target.text("basis"), target.text("target").rstrip("。；;.")
    if language == "en":
        changes["basis",] = _short(f"{mark} ({said}: {basis})", mark)
        changes["remarks",] = _short(f"{said} target: {sentence}; achieved: {mark}", mark)
    else:
        changes["basis",] = _short(f"{mark}（{said}年为：{basis}）", mark)
        changes["remarks",] = _short(f"{said}年目标：{sentence}；完成情况：{mark}", mark)
    if target.measure:
        changes.update({("measure", key): mark for key in ("full_year", "half_year") if key in target.measure})
        # The year before last has nothing to say any more, also where there is no figure to take its place.
        changes["measure", "baseline"] = target.measure.get("full_year")
    return changes


def blank(sentence: str, year: int | None, mark: str, *, numbers: bool = True) -> str:
    """A sentence with a mark in the place of its year and of the one before it, of each figure's number, and of 第二届.

    Units stay, and so do months, documents' numbers, years in titles and spans of years.
    """
    places = figures.places(sentence) if numbers else []
    if numbers:
        places += [match.span(1) for match in _TIME.finditer(sentence)]
    if year is not None:
        fixed = [*quotations.spans(sentence, quotations.TITLES_AND_QUOTES)]
        fixed += [match.span() for match in _FIXED.finditer(sentence)]
        places += [
            match.span()
            for match in re.finditer(rf"(?<![0-9])(?:{year}|{year - 1})(?![0-9])", sentence)
            if not any(start <= match.start() < end for start, end in (*fixed, *places))
        ]
    for start, end in sorted(places, reverse=True):
        sentence = sentence[:start] + mark + sentence[end:]
    return sentence


def _short(text: str, mark: str) -> str:
    """As much of a text as a cell takes, with its mark, which stands at one end of it."""
    longest = int(fields.schema("target")["$defs"]["cell"]["maxLength"])
    if len(text) <= longest:
        return text
    head = text[: longest - len(mark) - 1] + "…"
    return head if mark in head else head + mark
