"""a target due by June has a half-year target

Why: where the target itself is due by June, a half-year target says the same twice, or
something else.

Bad:
    deadline_month: 6
    half_year_target: 完成初稿

Good:
    deadline_month: 6
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Name, Registry

CODE = "half-year-needless"
LEVEL = Level.WARNING
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find half-year targets where the deadline is June or earlier."""
    for target in registry.targets:
        month = target.deadline_month
        if month is not None and month <= 6 and "half_year_target" in target.values:
            yield Finding(
                CODE,
                LEVEL,
                target.at("half_year_target", key=True),
                Message(
                    "the deadline is month {month}, so {key} has no place", month=month, key=Name("half_year_target")
                ),
                Message("delete the line, or correct the deadline"),
            )
