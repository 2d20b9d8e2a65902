"""What a change means, in words: the sentences that several guards share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from target_registry.commitments import Comparison, Order, measures, remarks
from target_registry.guards.case import Case, share
from target_registry.model import Message, is_number
from target_registry.verdicts import Change


def shown(values: Any, key: str) -> object:
    """A number of a target's values for a sentence; a dash where there is none."""
    found = values.get(key) if isinstance(values, Mapping) else None
    return found if is_number(found) else "—"


_LARGEST = 1_000_000  # of a share; what is beyond it was never meant as one


def blank(value: Any) -> object:
    """A value for a sentence; a dash where there is none."""
    return "—" if value is None else value if isinstance(value, int | Decimal) else str(value)


def weakened(comparison: Comparison) -> Message:
    """It demands less, and why."""
    if not comparison.reasons:
        return Message("it can't be compared, which counts as less")
    if comparison.loses or comparison.order is Order.WEAKER:
        return Message("it demands less: {reasons}", reasons=comparison.reasons)
    return Message("it may demand less, and counts as if it did: {reasons}", reasons=comparison.reasons)


def strengthened(comparison: Comparison) -> Message:
    """It demands more, and why."""
    if not comparison.reasons:
        return Message("it demands more")
    return Message("it demands more: {reasons}", reasons=comparison.reasons)


def reworded(comparison: Comparison) -> Message:
    """It can't be shown to demand no less, and what is known."""
    if not comparison.reasons:
        return Message("it can't be shown to demand no less")
    return Message("it can't be shown to demand no less: {reasons}", reasons=comparison.reasons)


def weights(change: Change, case: Case) -> Message:
    """Points and shares before and after."""
    before, after = (
        _percent(share(value, plan.weight_rule("total") if plan else None))
        for value, plan in ((change.before, case.old_plan), (change.after, case.new_plan))
    )
    points = {"before": _points(change.before), "after": _points(change.after)}
    if change.after is not None and not is_number(change.after):
        return Message("from {before} to {after}, which is no number of points", **points)
    if change.before is not None and not is_number(change.before):
        return Message("from {before}, which was no number of points, to {after} points", **points)
    if before is None or after is None:
        return Message("from {before} to {after} points", **points)
    if before == after:
        return Message("from {before} to {after} points, {share} of the total as before", **points, share=before)
    return Message(
        "from {before} to {after} points, from {low} to {high} of the total", **points, low=before, high=after
    )


def _points(value: Any) -> object:
    """A weight for a sentence, whatever it is."""
    if value is None or is_number(value):
        return blank(value)
    if isinstance(value, str):
        return Message("the text “{value}”", value=value)
    return json.dumps(value, ensure_ascii=False, default=float)


def _percent(value: Fraction | None) -> str | None:
    if value is None or abs(value) > _LARGEST:
        return None
    percent = (Decimal(value.numerator * 100) / value.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{percent}%"


def units(case: Case) -> Message:
    """What the same digits stand for in the other unit."""
    old, new = (target.measure if target else {} for target in (case.before, case.after))
    sentence = case.after.text("target") if case.after else ""
    before = measures.demand({**new, "unit": old.get("unit")}, "full_year", sentence)
    after = measures.demand(new, "full_year", sentence)
    if before is None or after is None or not before.value or before.unit != after.unit:
        return Message("another unit, in which the figures can't be compared")
    times = after.value / before.value
    if times < 1:
        return Message("the same digits stand for one part in {n} now", n=_count(1 / times))
    return Message("the same digits stand for {n} times as much now", n=_count(times))


def _count(value: Fraction) -> object:
    return int(value) if value.denominator == 1 else Decimal(value.numerator) / Decimal(value.denominator)


def remark(change: Change, case: Case) -> remarks.Kind:
    """What became of the remarks."""
    return remarked(change, case).kind


def remarked(change: Change, case: Case) -> remarks.Remark:
    """What became of the remarks, and why."""
    if case.is_filled(change):
        return remarks.Remark(remarks.Kind.SAME)
    before, after = (side if isinstance(side, str) else "" for side in (change.before, change.after))
    return _compared(before, after, case.year)


@lru_cache(maxsize=4)  # several guards ask about one change, there and back
def _compared(before: str, after: str, year: int | None) -> remarks.Remark:
    return remarks.compare(before, after, year=year)
