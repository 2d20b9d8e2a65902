"""the remarks hold a new reservation

Why: a remark that a target isn't assessed, or may be put off, undoes the target.

Before:
    remarks: 2017年同比增长10.6%

After:
    remarks: 2017年同比增长10.6%，如遇特殊情况可适当调整
"""

from __future__ import annotations

from target_registry.commitments.remarks import Kind
from target_registry.guards import effects
from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "reservation-added"
MIRROR = "reservation-removed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route != ("remarks",):
        return None
    found = effects.remarked(change, case)
    if found.kind is not Kind.RESERVATION:
        return None
    if named := tuple(reason for reason in found.reasons if "figure" in reason.values):
        return Verdict(CODE, Severity.MATERIAL, Message("it may soften the target: {reasons}", reasons=named))
    reserved = tuple(reason for reason in found.reasons if "word" in reason.values)
    return Verdict(CODE, Severity.MATERIAL, Message("it softens the target: {reasons}", reasons=reserved))
