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
from target_registry.model import Change, Message, Severity, Subject, Verdict

CODE = "unknown-field"
MIRROR = "unknown-field"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    known = change.subject is Subject.TARGET and change.route[:1] and change.route[0] in fields.of_target()
    if change.subject is Subject.TARGET and change.route and not known and change.route not in _ABOUT_FILES:
        return Verdict(CODE, Severity.MATERIAL, Message("nothing is known about this field"))
    return None


_ABOUT_FILES = (("slug",), ("number",), ("path",), ("layout",), ("file",))
