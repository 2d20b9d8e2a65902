"""a file that couldn't be read whole can be read now

Why: it says what it says for the first time, so there is nothing to compare it with.

Before:
    file: unreadable

After:
    file: readable
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import About, Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "file-readable"
MIRROR = "file-unreadable"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if (
        change.subject in (Subject.TARGET, Subject.PLAN)
        and change.route == (About.FILE,)
        and change.after == "readable"
    ):
        # Until now nobody could say whether the plan was approved, or by which rules it counted.
        severity = Severity.CRITICAL if change.subject is Subject.PLAN else Severity.MATERIAL
        return Verdict(CODE, severity, Message("the file can be read again; compare it with the form"))
    return None
