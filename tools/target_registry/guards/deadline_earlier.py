"""the deadline is earlier

Why: less time makes a target harder, which its department must know.

Before:
    deadline_month: 12

After:
    deadline_month: 6
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "deadline-earlier"
MIRROR = "deadline-later"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("deadline_month",) and is_earlier(change):
        effect = Message(
            "there is less time: from month {before} to month {after}", before=change.before, after=change.after
        )
        return Verdict(CODE, Severity.NOTABLE, effect)
    return None


def is_earlier(change: Change) -> bool:
    """Whether two months can be compared and the later one is the earlier month."""
    return are_months(change) and change.after < change.before


def are_months(change: Change) -> bool:
    """Whether both sides are months of a year, so that they can be compared."""
    return all(type(side) is int and 1 <= side <= 12 for side in (change.before, change.after))
