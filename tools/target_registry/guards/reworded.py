"""a sentence was reworded, and it can't be shown to demand no less

Why: a rewording is the easiest way to slip a softer target through. What can't be shown to be no
weaker is decided by people, once the plan is approved.

Before:
    target: 办好第二届世界油商大会

After:
    target: 参与第二届世界油商大会有关工作
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards import effects
from target_registry.guards.case import SENTENCES, Case
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "reworded"
MIRROR = "reworded"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route not in (*SENTENCES, ("verification",)):
        return None
    if change.route != ("verification",) and None in (change.before, change.after):
        return None
    comparison = case.compare(change)
    if comparison.order is not Order.INCOMPARABLE or comparison.weakens:
        return None
    severity = Severity.MATERIAL if case.is_approved else Severity.NOTABLE
    return Verdict(CODE, severity, effects.reworded(comparison))
