"""the declared total of the weights is another one

Why: every weight is a share of it.

Before:
    weight_rules: {total: 90}

After:
    weight_rules: {total: 100}
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.guards.effects import blank
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "total-changed"
MIRROR = "total-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.PLAN and change.route[:2] == ("weight_rules", "total"):
        return Verdict(
            CODE,
            Severity.CRITICAL,
            Message(
                "the total of all weights goes from {before} to {after}",
                before=blank(change.before),
                after=blank(change.after),
            ),
        )
    return None
