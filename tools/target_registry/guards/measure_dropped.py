"""the measure is dropped

Why: without it no program compares the sentence with its figures, and a later change of a figure is
seen less well.

Before:
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 9}

After:
    # no measure
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "measure-dropped"
MIRROR = "measure-added"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("measure",) and change.after is None:
        return Verdict(CODE, Severity.MATERIAL, Message("no figure is counted any more"))
    return None
