"""the baseline is another one

Why: a lower baseline makes the same growth easier.

Before:
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 9, baseline: 10.6}

After:
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 9, baseline: 8.6}
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "baseline-changed"
MIRROR = "baseline-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("measure", "baseline"):
        return Verdict(CODE, Severity.MATERIAL, Message("the figure it is compared with has changed"))
    return None
