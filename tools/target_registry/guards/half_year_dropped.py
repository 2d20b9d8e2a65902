"""the half-year target is dropped

Why: without it nobody can see in July that the year is going wrong.

Before:
    half_year_target: 8.5%左右

After:
    # no half-year target
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "half-year-dropped"
MIRROR = "half-year-added"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("half_year_target",) and change.after is None:
        return Verdict(CODE, Severity.MATERIAL, Message("nothing needs to be reached by the end of June any more"))
    return None
