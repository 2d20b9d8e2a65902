"""the plan's title, department, year or language changed

Why: they say whose targets these are, and for when.

Before:
    department: 省商务厅

After:
    department: 省商务厅（筹）
"""

from __future__ import annotations

from target_registry import fields
from target_registry.commitments import Order
from target_registry.guards.case import Case
from target_registry.model import About, Message, Name
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "plan-changed"
MIRROR = "plan-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    judged = (
        "status",
        "approved_revision",
        "weight_rules",
        "waivers",
        "commitment_ladders",
        "key_works",
    )
    if change.subject is not Subject.PLAN or not change.route or change.route[0] in judged:
        return None
    if isinstance(change.route[0], About):  # what became of the file has guards of its own
        return None
    if change.route[0] not in fields.of_plan() or case.compare(change).order is Order.SAME:
        return None
    return Verdict(
        CODE, Severity.MATERIAL, Message("{field} of the plan is another one", field=Name(str(change.route[0])))
    )
