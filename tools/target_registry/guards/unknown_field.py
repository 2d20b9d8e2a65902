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


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    known = change.subject is Subject.TARGET and change.route[:1] and change.route[0] in fields.of_target()
    about_file = bool(change.route) and isinstance(change.route[0], About)
    if change.subject is Subject.PLAN and change.route and not about_file:
        known = change.route[0] in fields.schema("plan")["properties"]
    if change.subject in (Subject.TARGET, Subject.PLAN) and change.route and not known and not about_file:
        return Verdict(CODE, Severity.MATERIAL, Message("nothing is known about this field"))
    return None
