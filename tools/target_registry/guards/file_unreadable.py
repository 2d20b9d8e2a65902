"""a file can't be read, or not all of it

Why: what can't be read is on no form and in no sum, as if it were removed.

Before:
    file: readable

After:
    file: unreadable
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import About, Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "file-unreadable"
MIRROR = "file-readable"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if (
        change.subject in (Subject.TARGET, Subject.PLAN)
        and change.route == (About.FILE,)
        and change.after == "unreadable"
    ):
        return Verdict(
            CODE, Severity.CRITICAL, Message("the file can't be read whole, so nobody can say all that it changes")
        )
    return None
