"""the measure counts in another unit

Why: 9‰ is a tenth of 9%, and 万元 a ten-thousandth of 亿元: a unit changes a figure more than its
digits do.

Before:
    measure: {indicator: 出口额, unit: 亿元, aim: at_least, full_year: 10}

After:
    measure: {indicator: 出口额, unit: 万元, aim: at_least, full_year: 10}
"""

from __future__ import annotations

from target_registry.guards import effects
from target_registry.guards.case import Case
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "unit-changed"
MIRROR = "unit-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("measure", "unit"):
        return Verdict(CODE, Severity.MATERIAL, effects.units(case))
    return None
