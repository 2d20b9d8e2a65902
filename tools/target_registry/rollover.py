"""Next year's plan from this year's: what goes on is carried over, what this year alone knows is left to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from target_registry import fields, figures, limits
from target_registry.documents.editor import edit
from target_registry.model import Plan, Route, Target, file_name
from target_registry.sources import Source

_ONLY_THIS_YEAR = ("status", "approved_revision", "waivers")
"""Keys of a plan that were decided for its year, and that nobody has decided for the next."""
_SENTENCES = ("target", "half_year_target")


def carry_over(plan: Plan, source: Source, identity: str, year: int) -> dict[str, bytes]:
    """The files of next year's plan, by path.

    Key works, weight rules, slugs, numbers, and comments stay. Figures in the sentences give way to a
    mark that ``targets check`` lists; last year's sentence stands in the remarks, last year's figure
    as the baseline. A basis is a document of its year: it is marked too, with the old one beside it.

    Args:
        plan: this year's.
        source: where its files are read from.
        identity: the new plan's folder below ``targets/``.
        year: the new plan's year.

    Raises:
        Unformattable: one of its files has faults.
        ReadError: one can't be read.
    """
    raw = source.read(plan.path, limits.PLAN_BYTES)
    files = {
        f"targets/{identity}/plan.yaml": edit(plan.path, raw, "plan", _plan_changes(plan, year), limits.PLAN_BYTES)
    }
    for target in plan.targets:
        raw = source.read(target.path, limits.TARGET_BYTES)
        changed = edit(target.path, raw, "target", _changes(plan, target), limits.TARGET_BYTES)
        files[f"targets/{identity}/{file_name(target.number or 0, target.slug)}"] = changed
    return files


def _plan_changes(plan: Plan, year: int) -> Mapping[Route, Any]:
    changes: dict[Route, Any] = {("year",): year}
    title = plan.values.get("title")
    if isinstance(title, str) and plan.year is not None:
        changes["title",] = re.sub(rf"(?<![0-9]){plan.year}(?![0-9])", str(year), title)
    changes.update({(key,): None for key in _ONLY_THIS_YEAR if key in plan.values})
    return changes


def _changes(plan: Plan, target: Target) -> Mapping[Route, Any]:
    mark, english = fields.UNFILLED, plan.language == "en"
    changes: dict[Route, Any] = {("replaces",): f"{plan.id}/{target.slug}"}
    for key in _SENTENCES:
        text = target.text(key)
        if (blank := without_figures(text)) != text:
            changes[key,] = blank
    old, said = target.text("basis"), plan.year or plan.id
    changes["basis",] = _short(f"{mark} ({said}: {old})" if english else f"{mark}（{said}年为：{old}）")
    sentence = target.text("target")
    changes["remarks",] = _short(
        f"{said} target: {sentence}; achieved: {mark}" if english else f"{said}年目标：{sentence}；完成情况：{mark}"
    )
    if "as_filed" in target.values:
        changes["as_filed",] = None
    measure = target.measure
    if measure:
        full_year = measure.get("full_year")
        for key in ("full_year", "half_year"):
            if key in measure:
                changes["measure", key] = None
        if full_year is not None:
            changes["measure", "baseline"] = full_year
    return changes


def without_figures(sentence: str) -> str:
    """A sentence with a mark in the place of each figure's number; its unit stays."""
    for figure in figures.find(sentence):
        number = figure.text.removesuffix(figure.word)
        pattern = rf"(?<![0-9.]){re.escape(number)}(?=\s*{re.escape(figure.word)})"
        sentence = re.sub(pattern, fields.UNFILLED, sentence, count=1)
    return sentence


def _short(text: str) -> str:
    """As much of a text as a cell takes, with its mark, which stands at one end of it."""
    longest = int(fields.schema("target")["$defs"]["cell"]["maxLength"])
    if len(text) <= longest:
        return text
    head = text[: longest - len(fields.UNFILLED) - 1] + "…"
    return head if fields.UNFILLED in head else head + fields.UNFILLED
