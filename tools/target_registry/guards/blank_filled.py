"""a place that was left to be filled in is filled in

Why: nothing was promised there before. What stands there now is to be read, and nothing was taken back.

Before:
    basis: 【待填】

After:
    basis: 2018年国民经济和社会发展计划
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Verdict

CODE = "blank-filled"
MIRROR = "blank-emptied"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if case.is_filled(change):
        return Verdict(CODE, Severity.NOTABLE, Message("a place that was left to be filled in is filled in"))
    return None
