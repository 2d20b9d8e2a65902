"""the plan's ladders of commitment words changed

Why: they decide whether a rewording counts as weaker.

Before:
    commitment_ladders: [[[挂牌], [签约]]]

After:
    commitment_ladders: [[[挂牌], [奠基], [签约]]]
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "approval-rules-changed"
MIRROR = "approval-rules-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.PLAN and change.route[:1] == ("commitment_ladders",):
        return Verdict(CODE, Severity.CRITICAL, Message("changes are judged by other words"))
    return None
