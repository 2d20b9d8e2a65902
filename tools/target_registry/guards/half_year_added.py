"""a half-year target is added

Why: one more promise, by the end of June.

Before:
    # no half-year target

After:
    half_year_target: 8.5%左右
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "half-year-added"
MIRROR = "half-year-dropped"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("half_year_target",) and change.before is None:
        return Verdict(CODE, Severity.NOTABLE, Message("something is to be reached by the end of June now"))
    return None
