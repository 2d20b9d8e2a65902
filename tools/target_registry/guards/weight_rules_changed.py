"""the rules for weights changed

Why: they bound what anybody may give a target.

Before:
    weight_rules: {total: 90, maximum: 10}

After:
    weight_rules: {total: 90, maximum: 40}
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "weight-rules-changed"
MIRROR = "weight-rules-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if (
        change.subject is Subject.PLAN
        and change.route[:1] == ("weight_rules",)
        and change.route[1:2] != ("total",)
        and case.compare(change).order is not Order.SAME
    ):
        return Verdict(CODE, Severity.CRITICAL, Message("other weights are allowed"))
    return None
