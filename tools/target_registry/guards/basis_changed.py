"""a target rests on another document

Why: the basis says who asked for the target, and how far it may be changed.

Before:
    basis: 浙政办发〔2018〕14号第2页

After:
    basis: 厅内部工作安排
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "basis-changed"
MIRROR = "basis-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("basis",) and case.compare(change).order is not Order.SAME:
        return Verdict(CODE, Severity.MATERIAL, Message("the target rests on something else"))
    return None
