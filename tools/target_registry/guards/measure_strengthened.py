"""a figure of the measure demands more

Why: a higher figure is no concession, but its department is held to it.

Before:
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 8}

After:
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 9}
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards import effects
from target_registry.guards.case import AMOUNTS, Case
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "measure-strengthened"
MIRROR = "measure-weakened"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route not in AMOUNTS:
        return None
    comparison = case.compare(change)
    if comparison.order is Order.STRONGER:
        return Verdict(CODE, Severity.NOTABLE, effects.strengthened(comparison))
    return None
