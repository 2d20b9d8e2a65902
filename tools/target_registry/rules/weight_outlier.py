"""a weight is far from its peers'

Why: where most targets weigh 2 to 5 points, one of 10 decides the year, and one of a half
isn't worth the work. Often a digit slipped.

Bad:
    weight: 10         # the plan's other weights lie between 2 and 5

Good:
    weight: 5
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from target_registry.model import Finding, Level, Message, Registry
from target_registry.rules import weight_range

CODE = "weight-outlier"
LEVEL = Level.WARNING
WAIVABLE = True

_FACTOR = 3
_PEERS = 5


def check(registry: Registry) -> Iterator[Finding]:
    """Find weights over three times, or under a third of, the median of all of the plan's."""
    out_of_range = {finding.where.path for finding in weight_range.check(registry)}
    for plan in registry.plans:
        weights = [target.weight for target in plan.targets if target.weight is not None]
        if len(weights) < _PEERS:
            continue
        middle = _median(weights)
        for target in plan.targets:
            weight = target.weight
            if weight is None or target.path in out_of_range or middle / _FACTOR <= weight <= middle * _FACTOR:
                continue
            yield Finding(
                CODE,
                LEVEL,
                target.at("weight"),
                Message("weight {weight} is far from the plan's median {median}", weight=weight, median=middle),
                Message("check it for a slip; if it is meant, waive this rule with a reason"),
            )


def within(least: Decimal, most: Decimal, weights: list[Decimal]) -> bool:
    """Whether the least and the most of a plan's weights, and so all of them, are near enough to their median."""
    if len(weights) < _PEERS or most <= least * _FACTOR:
        return True
    middle = _median(weights)
    return middle / _FACTOR <= least and most <= middle * _FACTOR


def _median(weights: list[Decimal]) -> Decimal:
    ordered, half = sorted(weights), len(weights) // 2
    return ordered[half] if len(weights) % 2 else (ordered[half - 1] + ordered[half]) / 2
