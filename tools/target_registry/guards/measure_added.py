"""a measure is added

Why: the check compares it with the sentence.

Before:
    # no measure

After:
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 9}
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "measure-added"
MIRROR = "measure-dropped"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("measure",) and change.before is None:
        return Verdict(CODE, Severity.NOTABLE, Message("the figures of the sentence are counted now"))
    return None
