"""a key work is added

Why: the form gets another heading, which its targets must fill.

Before:
    key_works: [{id: one, title: 推进开放}]

After:
    key_works: [{id: one, title: 推进开放}, {id: two, title: 扩大消费}]
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "key-work-added"
MIRROR = "key-work-removed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if (
        change.subject is Subject.PLAN
        and change.route[:1] == ("key_works",)
        and len(change.route) == 2
        and change.before is None
    ):
        return Verdict(CODE, Severity.MATERIAL, Message("a new key work"))
    return None
