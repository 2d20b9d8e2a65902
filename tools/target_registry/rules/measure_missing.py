"""a figure of a sentence has no measure

Why: a figure that stands only in a sentence can't be counted, compared with last year's or
guarded against being lowered.

Bad:
    target: 全省电商镇总数累计达85个
    category: general_quantitative

Good:
    target: 全省电商镇总数累计达85个
    category: general_quantitative
    measure:
      indicator: 全省电商镇累计数
      unit: 个
      aim: at_least
      full_year: 85
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import figures, fitting
from target_registry.model import Finding, Level, Message, Name, Registry, Target

CODE = "measure-missing"
LEVEL = Level.WARNING
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find quantitative targets with a figure and no measure, or none for June."""
    for target in registry.targets:
        if not target.is_quantitative or "measure" in target.broken:
            continue
        found = figures.find(target.text("target"))
        if found and not target.measure:
            yield Finding(
                CODE,
                LEVEL,
                target.at("target"),
                Message("the target names {figure}, but there is no {key}", figure=found[0].text, key=Name("measure")),
                Message("register the figure under measure: indicator, unit, aim, full_year"),
            )
        elif target.measure:
            yield from _half_year(target)


def _half_year(target: Target) -> Iterator[Finding]:
    measure = target.measure
    if "half_year" in measure or measure["aim"] == "match":
        return
    for figure in figures.find(target.text("half_year_target")):
        if fitting.unit_fits(figure, measure["unit"]):
            yield Finding(
                CODE,
                LEVEL,
                target.at("half_year_target"),
                Message(
                    "the half-year target names {figure}, but measure has no {key}",
                    figure=figure.text,
                    key=Name("half_year"),
                ),
                Message("add half_year to the measure"),
            )
            return
