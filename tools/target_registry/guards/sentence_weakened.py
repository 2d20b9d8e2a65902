"""a target or half-year target promises less

Why: the sentence is what the department is held to. Whatever would pass it now and wouldn't have
passed before is a concession.

Before:
    target: 社会消费品零售总额增长9%左右

After:
    target: 社会消费品零售总额增长8%左右
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards import effects
from target_registry.guards.case import SENTENCES, Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "sentence-weakened"
MIRROR = "sentence-strengthened"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route not in SENTENCES:
        return None
    if change.route == ("target",) and change.after is None:
        return Verdict(CODE, Severity.MATERIAL, Message("the sentence is gone, so nothing is demanded any more"))
    if None in (change.before, change.after):
        return None
    comparison = case.compare(change)
    if comparison.order is Order.WEAKER or comparison.weakens:
        return Verdict(CODE, Severity.MATERIAL, effects.weakened(comparison))
    return None
