"""a plan is added

Why: a year's or a department's targets are proposed.

Before:
    # no such plan

After:
    title: 2019年度绩效目标填报表
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "plan-added"
MIRROR = "plan-removed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.PLAN and change.route == () and change.before is None:
        return Verdict(CODE, Severity.MATERIAL, Message("a new plan"))
    return None
