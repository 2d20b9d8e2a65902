"""a reservation in the remarks is gone

Why: the target counts without it now.

Before:
    remarks: 2017年同比增长10.6%，如遇特殊情况可适当调整

After:
    remarks: 2017年同比增长10.6%
"""

from __future__ import annotations

from target_registry.commitments.remarks import Kind
from target_registry.guards import effects
from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "reservation-removed"
MIRROR = "reservation-added"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route != ("remarks",):
        return None
    back = change._replace(before=change.after, after=change.before)
    if effects.remark(back, case) is Kind.RESERVATION and effects.remark(change, case) is not Kind.RESERVATION:
        return Verdict(CODE, Severity.NOTABLE, Message("a reservation in the remarks is gone"))
    return None
