"""a half-year target is added

Why: one more promise, by the end of June. Where it puts off, excuses or restates what is promised for the year
(顺延至2019年, 不纳入考核, 全年任务按500家安排), it is material.

Before:
    # no half-year target

After:
    half_year_target: 8.5%左右
"""

from __future__ import annotations

from target_registry.commitments import remarks
from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "half-year-added"
MIRROR = "half-year-dropped"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route != ("half_year_target",) or change.before is not None:
        return None
    if isinstance(change.after, str) and (words := remarks.takes_back(change.after, case.year)):
        return Verdict(CODE, Severity.MATERIAL, Message("it takes part of the target back: {words}", words=words))
    return Verdict(CODE, Severity.NOTABLE, Message("something is to be reached by the end of June now"))
