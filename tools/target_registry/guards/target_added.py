"""a target is added

Why: a new target takes points from the others, or makes the form longer; somebody decides that.

Before:
    # no such file

After:
    target: 新增进出口经营权备案登记企业10000家
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.guards.effects import shown
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "target-added"
MIRROR = "target-removed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == () and change.before is None:
        return Verdict(
            CODE, Severity.MATERIAL, Message("a new target of {weight} points", weight=shown(change.after, "weight"))
        )
    return None
