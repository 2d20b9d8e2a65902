"""a target stands under another key work

Why: a key work is judged by its targets; one moved away weakens it.

Before:
    key_work: consumption

After:
    key_work: goods-trade
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "key-work-changed"
MIRROR = "key-work-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("key_work",):
        return Verdict(CODE, Severity.MATERIAL, Message("the target counts for another key work"))
    return None
