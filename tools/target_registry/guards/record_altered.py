"""an adjustment record of an earlier change is altered or removed

Why: records are the memory of who asked for what, and why.

Before:
    reason: 经济下行

After:
    reason: 另有安排
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "record-altered"
MIRROR = "record-altered"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.RECORD:
        return Verdict(CODE, Severity.CRITICAL, Message("what was said to those who approved is altered afterwards"))
    return None
