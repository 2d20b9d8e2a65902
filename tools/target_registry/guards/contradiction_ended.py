"""the sentence and the measure agree again

Why: which of the two was right, reviewers must judge by the form.

Before:
    target: 社会消费品零售总额增长8%左右
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 9}

After:
    target: 社会消费品零售总额增长9%左右
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 9}
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.guards.contradiction_made import touches
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Verdict

CODE = "contradiction-ended"
MIRROR = "contradiction-made"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if touches(change) and not case.before_agrees and case.after_agrees:
        return Verdict(CODE, Severity.NOTABLE, Message("the sentence and the measure agree again"))
    return None
