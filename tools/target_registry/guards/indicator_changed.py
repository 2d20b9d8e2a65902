"""the measure's indicator, or what it is compared with, is another one

Why: a figure means nothing without what it counts.

Before:
    measure: {indicator: 社会消费品零售总额同比增速, unit: "%", aim: about, full_year: 9}

After:
    measure: {indicator: 网络零售额同比增速, unit: "%", aim: about, full_year: 9}
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "indicator-changed"
MIRROR = "indicator-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if (
        change.subject is Subject.TARGET
        and change.route in (("measure", "indicator"), ("measure", "reference"))
        and case.compare(change).order is not Order.SAME
    ):
        return Verdict(CODE, Severity.MATERIAL, Message("something else is measured"))
    return None
