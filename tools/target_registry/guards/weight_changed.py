"""a target's share of the total is another one

Why: points say what matters. Moving them from a hard target to an easy one lowers the whole form
while the sum stays.

Before:
    weight: 4

After:
    weight: 3
"""

from __future__ import annotations

from target_registry.guards import effects
from target_registry.guards.case import Case
from target_registry.guards.weight_renormalised import is_renormalised
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "weight-changed"
MIRROR = "weight-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route != ("weight",) or is_renormalised(change, case):
        return None
    return Verdict(CODE, Severity.MATERIAL, effects.weights(change, case))
