"""the plan's status or its approved revision is another one

Why: an approved plan takes no material change without a record. Whoever takes the approval back
lifts that.

Before:
    status: draft

After:
    status: approved
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "status-changed"
MIRROR = "status-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.PLAN and change.route[:1] in (("status",), ("approved_revision",)):
        return Verdict(CODE, Severity.CRITICAL, _effect(change))
    return None


def _effect(change: Change) -> Message:
    if change.route == ("approved_revision",) and change.before is None:
        return Message("changes are compared with this approved plan from now on")
    if change.route == ("approved_revision",):
        return Message("changes are compared with another approved plan from now on")
    if change.after == "approved":
        return Message("the plan is approved: material changes need an adjustment record from now on")
    if change.before == "approved":
        return Message("the approval is taken back: material changes need no adjustment record any more")
    return Message("it decides which changes need a record, and what they are compared with")
