"""a target has another number

Why: people speak of targets by their numbers, so they want to know when one has moved.

Before:
    number: 5

After:
    number: 6
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import About, Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "renumbered"
MIRROR = "renumbered"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == (About.NUMBER,):
        return Verdict(CODE, Severity.NOTABLE, Message("the target stands in another row of the form"))
    return None
