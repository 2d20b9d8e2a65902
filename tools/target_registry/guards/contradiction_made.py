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

from decimal import Decimal

from target_registry.guards.case import Case
from target_registry.model import Change, Message, Severity, Subject, Target, Verdict
from target_registry.rules import measure_contradicts_sentence

CODE = "contradiction-made"
MIRROR = "contradiction-ended"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if agrees(change, case.before) and not agrees(change, case.after):
        return Verdict(CODE, Severity.MATERIAL, Message("the sentence and the measure disagree now"))
    return None


_KEYS = ("target", "half_year_target", "measure")


def agrees(change: Change, target: Target | None) -> bool:
    """Whether the measure says what the sentences say, as far as this change touches that."""
    if target is None or change.subject is not Subject.TARGET or change.route[:1] not in {(key,) for key in _KEYS}:
        return True
    measure = target.measure
    numbers = [measure[key] for key in ("full_year", "half_year", "baseline") if key in measure]
    sound = all(isinstance(measure.get(key), str) and measure[key] for key in ("unit", "aim")) and all(
        isinstance(number, int | Decimal) and not isinstance(number, bool) for number in numbers
    )
    if not sound or (measure["aim"] != "match" and "full_year" not in measure):
        return True
    return not any(
        finding.where.route[:2] != ("measure", "baseline")
        for finding in measure_contradicts_sentence.contradictions(target)
    )
