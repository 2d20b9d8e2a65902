"""two key works have one id

Why: targets name their key work by its id. With two of one id, half of the targets would
stand under the wrong heading.

Bad:
    key_works:
      - id: exports
        title: 推进优进优出
      - id: exports
        title: 稳定市场份额

Good:
    key_works:
      - id: quality-exports
        title: 推进优进优出
      - id: export-share
        title: 稳定市场份额
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Registry

CODE = "duplicate-key-work"
LEVEL = Level.ERROR
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Find key works whose id an earlier one has."""
    for plan in registry.plans:
        seen: dict[str, int] = {}
        for work in plan.key_works:
            if work.id in seen:
                yield Finding(
                    CODE,
                    LEVEL,
                    plan.at("key_works", work.position - 1, "id"),
                    Message("the id {id} is taken by key work {number}", id=work.id, number=seen[work.id]),
                    Message("give one of the two another id, and its targets the same key_work"),
                )
            seen.setdefault(work.id, work.position)
