"""whether a fiscal project pays for a target has changed

Why: money hangs on it.

Before:
    fiscal_project: true

After:
    fiscal_project: false
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "fiscal-project-changed"
MIRROR = "fiscal-project-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("fiscal_project",):
        return Verdict(CODE, Severity.MATERIAL, _effect(change))
    return None


def _effect(change: Change) -> Message:
    if change.after is True:
        return Message("a budgeted project pays for it now")
    if change.after is False:
        return Message("no budgeted project pays for it any more")
    return Message("whether a budgeted project pays for it has changed")
