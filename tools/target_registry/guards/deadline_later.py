"""the deadline is later, or can't be compared

Why: more time makes a target easier.

Before:
    deadline_month: 6

After:
    deadline_month: 12
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.guards.deadline_earlier import are_months, is_earlier
from target_registry.guards.effects import blank
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "deadline-later"
MIRROR = "deadline-earlier"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("deadline_month",) and not is_earlier(change):
        months = {"before": blank(change.before), "after": blank(change.after)}
        effect = (
            Message("there is more time: from month {before} to month {after}", **months)
            if are_months(change)
            else Message("{before} and {after} aren't both months from 1 to 12, which counts as more time", **months)
        )
        return Verdict(CODE, Severity.MATERIAL, effect)
    return None
