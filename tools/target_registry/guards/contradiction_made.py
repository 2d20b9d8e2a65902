"""the sentence and the measure disagree since this change

Why: people approve the sentence and programs count with the measure; a change of one alone leaves
two targets to choose from.

Before:
    target: 社会消费品零售总额增长9%左右
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 9}

After:
    target: 社会消费品零售总额增长8%左右
    measure: {indicator: 同比增速, unit: "%", aim: about, full_year: 9}
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "contradiction-made"
MIRROR = "contradiction-ended"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if touches(change) and case.before_agrees and not case.after_agrees:
        return Verdict(CODE, Severity.MATERIAL, Message("the sentence and the measure disagree now"))
    return None


_KEYS = ("target", "half_year_target", "measure")


def touches(change: Change) -> bool:
    """Whether a change is about what a sentence or the measure says."""
    return change.subject is Subject.TARGET and bool(change.route) and change.route[0] in _KEYS
