"""a target is changed after its deadline

Why: what was to be done by then was done or wasn't. Changing it afterwards rewrites the result.

Before:
    deadline_month: 4
    verification: 省政府文件

After:
    deadline_month: 4
    verification: 会议纪要
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards.case import Case
from target_registry.model import About, Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "deadline-passed"
MIRROR = "deadline-passed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.before is None is change.after or _is_harmless(change, case):
        return None
    if case.before is None or case.deadline is None or case.as_of <= case.deadline:
        return None
    month = case.before.deadline_month
    return Verdict(CODE, Severity.CRITICAL, Message("its deadline, month {month}, had passed", month=month))


def _is_harmless(change: Change, case: Case) -> bool:
    """What says nothing else than before, wherever it stands."""
    return change.route in ((About.NUMBER,), (About.PATH,), (About.LAYOUT,)) or case.compare(change).order is Order.SAME
