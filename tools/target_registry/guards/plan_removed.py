"""a plan is removed

Why: none of its targets is assessed any more.

Before:
    title: 2018年度绩效目标填报表

After:
    # no such plan
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "plan-removed"
MIRROR = "plan-added"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.PLAN and change.route == () and change.after is None:
        return Verdict(CODE, Severity.CRITICAL, Message("the whole plan is given up"))
    return None
