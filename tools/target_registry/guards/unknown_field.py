"""a field that no guard knows changed

Why: what can't be judged is decided by people.

Before:
    invented: 1

After:
    invented: 2
"""

from __future__ import annotations

from target_registry import fields
from target_registry.guards.case import Case
from target_registry.model import About, Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "unknown-field"
MIRROR = "unknown-field"


_KNOWN = {Subject.TARGET: fields.of_target, Subject.PLAN: fields.of_plan}


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject not in _KNOWN or not change.route or isinstance(change.route[0], About):
        return None
    if change.route[0] in _KNOWN[change.subject]():
        return None
    return Verdict(CODE, Severity.MATERIAL, Message("nothing is known about this field"))
