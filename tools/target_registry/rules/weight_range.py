"""a weight is outside the plan's range

Why: the plan says how little and how much one target may count. Too high, and one target
decides the year; too low, and it decides nothing.

Bad:
    weight: 40         # the plan's weight_rules say maximum: 10

Good:
    weight: 4
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

from target_registry.model import Finding, Level, Message, Registry

CODE = "weight-range"
LEVEL = Level.ERROR
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find weights below the plan's minimum or above its maximum."""
    for plan in registry.plans:
        minimum, maximum = plan.weight_rule("minimum"), plan.weight_rule("maximum")
        if minimum is not None and maximum is not None and minimum > maximum:
            yield Finding(
                CODE,
                LEVEL,
                plan.at("weight_rules", "minimum"),
                Message("the minimum {minimum} is above the maximum {maximum}", minimum=minimum, maximum=maximum),
                Message("correct one of the two"),
            )
            continue
        for target in plan.targets:
            message = None if target.weight is None else out_of_range(plan, target.weight)
            if message is None:
                continue
            hint = Message("correct the weight, or change the range in {path}", path=plan.path)
            yield Finding(CODE, LEVEL, target.at("weight"), message, hint)


class _Ruled(Protocol):
    """Who has rules for weights."""

    def weight_rule(self, name: str) -> Decimal | None: ...


def out_of_range(plan: _Ruled, weight: Decimal) -> Message | None:
    """What is wrong with a weight by the plan's range; None where it lies within."""
    minimum, maximum = plan.weight_rule("minimum"), plan.weight_rule("maximum")
    if minimum is not None and weight < minimum:
        return Message("weight {weight} is below the minimum {limit}", weight=weight, limit=minimum)
    if maximum is not None and weight > maximum:
        return Message("weight {weight} is above the maximum {limit}", weight=weight, limit=maximum)
    return None
