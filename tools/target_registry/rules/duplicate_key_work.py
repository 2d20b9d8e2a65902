"""two key works have one id or one title

Why: targets name their key work by its id, and a form shows its title alone. With two of
one id, or of one title, half of the targets would stand under the wrong heading.

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
    """Find key works whose id or title an earlier one has."""
    for plan in registry.plans:
        ids: dict[str, int] = {}
        titles: dict[str, int] = {}
        for work in plan.key_works:
            if work.id in ids:
                yield Finding(
                    CODE,
                    LEVEL,
                    plan.at("key_works", work.position - 1, "id"),
                    Message("the id {id} is taken by key work {number}", id=work.id, number=ids[work.id]),
                    Message("give one of the two another id, and its targets the same key_work"),
                )
            elif work.title in titles:
                yield Finding(
                    CODE,
                    LEVEL,
                    plan.at("key_works", work.position - 1, "title"),
                    Message("key work {number} has the same title", number=titles[work.title]),
                    Message("delete one of the two and give its targets the other's id, or word the titles apart"),
                )
            ids.setdefault(work.id, work.position)
            if work.title:
                titles.setdefault(work.title, work.position)
