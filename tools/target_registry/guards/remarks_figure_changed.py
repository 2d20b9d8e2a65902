"""a number, date or document number of the remarks changed

Why: last year's figure often stands there, and the target is read against it.

Before:
    remarks: 2017年同比增长10.6%

After:
    remarks: 2017年同比增长8.6%
"""

from __future__ import annotations

from target_registry.commitments.remarks import Kind
from target_registry.guards import effects
from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "remarks-figure-changed"
MIRROR = "remarks-figure-changed"
_EFFECTS = {
    (True, True): Message("a number, date or document number of the remarks has changed"),
    (True, False): Message("the remarks were deleted, a number, date or document number among them"),
    (False, True): Message("remarks were added, a number, date or document number among them"),
}
"""By whether there were remarks before, and after."""


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if (
        change.subject is Subject.TARGET
        and change.route == ("remarks",)
        and effects.remark(change, case) is Kind.FIGURES
    ):
        return Verdict(CODE, Severity.NOTABLE, _EFFECTS[bool(change.before), bool(change.after)])
    return None
