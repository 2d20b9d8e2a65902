"""words of the remarks changed, and no number, date or document number

Why: remarks explain; without figures they promise nothing. Where there were none before, or are none now, somebody
should read them.

Before:
    remarks: 2017年同比增长10.6%

After:
    remarks: 2017年全年同比增长10.6%
"""

from __future__ import annotations

from target_registry.commitments.remarks import Kind
from target_registry.guards import effects
from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "remarks-reworded"
MIRROR = "remarks-reworded"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if (
        change.subject is Subject.TARGET
        and change.route == ("remarks",)
        and effects.remark(change, case) is Kind.WORDING
    ):
        if None in (change.before, change.after):
            told = Message("there were no remarks before") if change.before is None else Message("the remarks are gone")
            return Verdict(CODE, Severity.NOTABLE, told)
        return Verdict(CODE, Severity.EDITORIAL, Message("only words of the remarks differ"))
    return None
