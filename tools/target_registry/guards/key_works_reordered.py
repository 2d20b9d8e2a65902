"""the key works stand in another order

Why: their place is their number on the form.

Before:
    key_works: [{id: one, title: 推进开放}, {id: two, title: 扩大消费}]

After:
    key_works: [{id: two, title: 扩大消费}, {id: one, title: 推进开放}]
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "key-works-reordered"
MIRROR = "key-works-reordered"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.PLAN and change.route == ("key_works",):
        return Verdict(CODE, Severity.NOTABLE, Message("key works have other numbers"))
    return None
