"""key works stand in another order than their targets

Why: the form numbers its key works as plan.yaml lists them, and puts its targets in the order of their numbers. Where
the two don't agree, it prints 二 above 一. A target that was added at the end is no fault.

Bad:
    key_works: [{id: exports, title: …}, {id: consumption, title: …}]     # and number 1 is under consumption

Good:
    key_works: [{id: consumption, title: …}, {id: exports, title: …}]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from target_registry.model import Finding, Level, Message, Plan, Registry, Target

CODE = "key-work-order"
LEVEL = Level.WARNING
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Find the first key work of each plan whose first target stands behind that of a later one.

    Silent about targets whose number or key work isn't known: that has its own finding.
    """
    for plan in registry.plans:
        first: dict[str, Target] = {}
        for target in plan.targets:
            if target.number and target.text("key_work") in plan.key_work_by_id:
                first.setdefault(target.text("key_work"), target)
        for before, target in pairwise(first.values()):
            if _position(plan, target) < _position(plan, before):
                yield Finding(
                    CODE,
                    LEVEL,
                    target.at("key_work"),
                    Message(
                        "key work {n} begins with number {number}, behind key work {before}, which begins with {other}",
                        n=_position(plan, target),
                        number=target.number,
                        before=_position(plan, before),
                        other=before.number,
                    ),
                    Message("put the key works in plan.yaml in the order of their targets, or renumber the targets"),
                )
                break


def _position(plan: Plan, target: Target) -> int:
    return plan.key_work_by_id[target.text("key_work")].position


def as_listed(listed: Iterable[str], works: Iterable[str]) -> bool:
    """Whether a plan's key works are those of its targets, each once and in the order of the first targets.

    Args:
        listed: the ids of the plan's key works.
        works: those of the targets', in the targets' order.
    """
    return [*listed] == [*dict.fromkeys(works)]
