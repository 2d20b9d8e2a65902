"""what stood in a place is to be filled in anew

Why: what was said there is promised no more until somebody fills it in.

Before:
    basis: 2018年国民经济和社会发展计划

After:
    basis: 【待填】
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Verdict

CODE = "blank-emptied"
MIRROR = "blank-filled"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if case.is_filled(change._replace(before=change.after, after=change.before)):
        return Verdict(CODE, Severity.MATERIAL, Message("what stood there is to be filled in anew"))
    return None
