"""a target is removed

Why: what is not on the form is not assessed. Giving up a target is the largest concession there is.

Before:
    target: 新增进出口经营权备案登记企业10000家

After:
    # no such file
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.guards.effects import shown
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "target-removed"
MIRROR = "target-added"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == () and change.after is None:
        return Verdict(
            CODE,
            Severity.CRITICAL,
            Message("the target of {weight} points is given up", weight=shown(change.before, "weight")),
        )
    return None
