"""a target or half-year target promises more

Why: a stricter target is no concession, but its department is held to it.

Before:
    target: 社会消费品零售总额增长8%左右

After:
    target: 社会消费品零售总额增长9%左右
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards import effects
from target_registry.guards.case import SENTENCES, Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "sentence-strengthened"
MIRROR = "sentence-weakened"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route not in SENTENCES:
        return None
    if change.route == ("target",) and change.before is None:
        return Verdict(CODE, Severity.NOTABLE, Message("a sentence says what is demanded, where none stood"))
    if None in (change.before, change.after):
        return None
    comparison = case.compare(change)
    if comparison.order is Order.STRONGER:
        return Verdict(CODE, Severity.NOTABLE, effects.strengthened(comparison))
    return None
