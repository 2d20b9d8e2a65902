"""all weights were scaled to another total, and shares stay

Why: where every weight grows or shrinks alike, nothing gains or loses. The new total itself is
judged apart.

Before:
    weight: 4

After:
    weight: 8
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from target_registry.guards import effects
from target_registry.guards.case import Case, Totals
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "weight-renormalised"
MIRROR = "weight-renormalised"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route != ("weight",) or not is_renormalised(change, case):
        return None
    return Verdict(CODE, Severity.NOTABLE, effects.weights(change, case))


def is_renormalised(change: Change, case: Case) -> bool:
    """Whether all weights of the plan were scaled to its new total, as far as they can be written."""
    old, new = case.old_plan, case.new_plan
    before = old.weight_rule("total") if old else None
    after = new.weight_rule("total") if new else None
    if not before or not after or before == after or new is None:
        return False
    return _are_scaled(case.totals, before, after, new.weight_rule("step") or Decimal(0))


@lru_cache(maxsize=2)  # each change of a weight asks it again
def _are_scaled(totals: Totals, before: Decimal, after: Decimal, rounding: Decimal) -> bool:
    """Whether the weights of two revisions are in proportion to their totals."""
    ones, others = totals.before, totals.after
    if ones.keys() != others.keys() or None in ones.values() or None in others.values():
        return False
    pairs = [(one, others[slug]) for slug, one in ones.items()]
    exact = [(Fraction(one) * Fraction(after) / Fraction(before), other) for one, other in pairs if one and other]
    written = min((Decimal(1).scaleb(int(other.as_tuple().exponent)) for _, other in exact), default=Decimal(1))
    step = max(min(written, Decimal(1)), min(rounding, Decimal(1)))
    return len(exact) == len(pairs) and all(
        abs(wanted - Fraction(other)) <= Fraction(step) / 2 for wanted, other in exact
    )
