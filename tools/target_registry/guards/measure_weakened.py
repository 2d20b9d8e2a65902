"""a figure of the measure demands less, or can't be compared

Why: programs count with the measure. Whatever would pass it now and wouldn't have passed before is
a concession; what can't be compared is taken for one.

Before:
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 9}

After:
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 8}
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards import effects
from target_registry.guards.case import AMOUNTS, Case
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "measure-weakened"
MIRROR = "measure-strengthened"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route not in AMOUNTS:
        return None
    comparison = case.compare(change)
    if comparison.order in (Order.WEAKER, Order.INCOMPARABLE):
        return Verdict(CODE, Severity.MATERIAL, effects.weakened(comparison))
    return None
