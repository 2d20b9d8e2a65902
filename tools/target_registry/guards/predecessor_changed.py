"""a target goes on from another target of last year

Why: whoever compares two years is led to another target; what is asked of this one stays.

Before:
    replaces: 2017/retail-sales

After:
    replaces: 2017/online-retail
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "predecessor-changed"
MIRROR = "predecessor-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("replaces",):
        return Verdict(CODE, Severity.NOTABLE, Message("it is compared with another target of last year"))
    return None
