"""targets stand in another order than the key works that they are under

Why: the form numbers its key works as plan.yaml lists them, and its targets by their numbers. Where the two don't
agree, it prints 二 above 一, and a key work in two places.

Bad:
    key_works: [{id: exports, title: …}, {id: consumption, title: …}]     # and number 1 is under consumption

Good:
    key_works: [{id: consumption, title: …}, {id: exports, title: …}]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from target_registry.model import Finding, Level, Message, Plan, Registry, Target

CODE = "key-work-order"
LEVEL = Level.WARNING
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Find the first target of each plan that stands under an earlier key work than the one before it.

    Silent about targets whose number or key work isn't known: that has its own finding.
    """
    for plan in registry.plans:
        known = plan.key_work_by_id
        targets = [target for target in plan.targets if target.number and target.text("key_work") in known]
        for before, target in pairwise(targets):
            if _position(plan, target) < _position(plan, before):
                yield Finding(
                    CODE,
                    LEVEL,
                    target.at("key_work"),
                    Message(
                        "number {number} is under key work {n}, and the number before it under key work {before}",
                        number=target.number,
                        n=_position(plan, target),
                        before=_position(plan, before),
                    ),
                    Message("put the key works in plan.yaml in the order of their targets, or renumber the targets"),
                )
                break


def _position(plan: Plan, target: Target) -> int:
    return plan.key_work_by_id[target.text("key_work")].position


def in_order(plan: Plan, works: list[tuple[int, str]]) -> bool:
    """Whether targets, each given by its number and its key work's id, stand in the order of the key works."""
    positions = [plan.key_work_by_id[work].position for _, work in sorted(works)]
    return positions == sorted(positions)
