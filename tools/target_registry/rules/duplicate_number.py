"""two targets have one number

Why: the number is the row on the form. Two rows with one number can't be told apart by
those who read the printed form.

Bad:
    targets/2018/05-own-brand-exports.yaml
    targets/2018/05-new-traders.yaml

Good:
    targets/2018/05-own-brand-exports.yaml
    targets/2018/06-new-traders.yaml
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Registry

CODE = "duplicate-number"
LEVEL = Level.ERROR
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find targets whose number an earlier file of the plan has."""
    for plan in registry.plans:
        first: dict[int, str] = {}
        for target in plan.targets:
            if target.number is None:
                continue
            if target.number in first:
                yield Finding(
                    CODE,
                    LEVEL,
                    target.at(),
                    Message("number {number} is taken by {path}", number=target.number, path=first[target.number]),
                    Message("give one of the two files the next free number"),
                )
            first.setdefault(target.number, target.path)
