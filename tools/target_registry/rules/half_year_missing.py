"""a target due after June has no half-year target

Why: without a half-year target nobody can see in July that the year is going wrong.

Bad:
    deadline_month: 12

Good:
    deadline_month: 12
    half_year_target: 完成初稿
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Name, Registry

CODE = "half-year-missing"
LEVEL = Level.WARNING
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find deadlines from July on without a half-year target."""
    for target in registry.targets:
        month = target.deadline_month
        # A half-year figure without its sentence is reported as a contradiction.
        present = (
            "half_year_target" in target.values or "half_year_target" in target.broken or "half_year" in target.measure
        )
        if target.readable and month is not None and month > 6 and not present:
            yield Finding(
                CODE,
                LEVEL,
                target.at("deadline_month"),
                Message(
                    "the deadline is month {month}, but there is no {key}", month=month, key=Name("half_year_target")
                ),
                Message("say what is to be reached by the end of June"),
            )
