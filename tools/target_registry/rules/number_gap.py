"""a number is missing between the targets

Why: the form counts its rows without a gap. A missing number is a target that was deleted
without renumbering, or lost.

Bad:
    targets/2018/04-export-share.yaml
    targets/2018/06-new-traders.yaml

Good:
    targets/2018/04-export-share.yaml
    targets/2018/05-own-brand-exports.yaml
    targets/2018/06-new-traders.yaml
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from target_registry.model import Finding, Level, Message, Plan, Registry

CODE = "number-gap"
LEVEL = Level.WARNING
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find the targets before which numbers are missing.

    Silent where a number stands twice or a file has none: the gap is explained by that.
    """
    for plan in registry.plans:
        numbers = [target.number for target in plan.targets]
        if None in numbers or 0 in numbers or len(set(numbers)) < len(numbers) or registry.has_lost_targets:
            continue
        previous = 0
        for target in plan.targets:
            number = target.number or 0
            if number > previous + 1:
                yield Finding(
                    CODE,
                    LEVEL,
                    target.at(),
                    Message(
                        "missing before number {number}: {missing}",
                        number=number,
                        missing=_span(previous + 1, number - 1),
                    ),
                    Message("restore the missing target, or renumber those that follow"),
                )
            previous = number


def missing(plan: Plan) -> list[int]:
    """Numbers below the highest that no target of the plan has, fifty at most."""
    numbers = sorted({target.number for target in plan.targets if target.number is not None})
    gaps: list[int] = []
    for previous, number in pairwise([0, *numbers]):
        gaps += range(previous + 1, min(number, previous + 51))
    return gaps[:50]


def _span(first: int, last: int) -> Message:
    # A file's name can say any number: what is missing is never counted one by one.
    if first == last:
        return Message("number {n}", n=first)
    return Message("numbers {first} to {last}", first=first, last=last)
