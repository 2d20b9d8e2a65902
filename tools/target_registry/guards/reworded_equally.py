"""a value is put otherwise and demands the same

Why: shown to demand the same; reviewers read it all the same.

Before:
    target: 自主品牌产品出口额占全省出口额6%以上

After:
    target: 自主品牌产品出口额占全省出口额不低于6%
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards.case import AMOUNTS, SENTENCES, Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "reworded-equally"
MIRROR = "reworded-equally"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    routes = (*SENTENCES, *AMOUNTS, ("verification",))
    if change.subject is not Subject.TARGET or change.route not in routes or None in (change.before, change.after):
        return None
    if case.compare(change).order is Order.EQUIVALENT:
        return Verdict(CODE, Severity.NOTABLE, Message("put otherwise; it demands the same"))
    return None
