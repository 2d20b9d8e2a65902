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
from target_registry.model import Change, Message, Severity, Subject, Verdict

CODE = "status-changed"
MIRROR = "status-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.PLAN and change.route[:1] in (("status",), ("approved_revision",)):
        return Verdict(
            CODE, Severity.CRITICAL, Message("it decides which changes need a record, and what they are compared with")
        )
    return None
