"""a key work has no targets

Why: a heading of the form without a row under it is a promise nobody measures, or a target
that was lost or filed under another heading.

Bad:
    key_works:
      - id: free-trade-port      # no target says key_work: free-trade-port
        title: 争创自由贸易港

Good:
    key_works:
      - id: free-trade-port      # now with 11-free-trade-port.yaml under it
        title: 争创自由贸易港
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Plan, Registry

CODE = "empty-key-work"
LEVEL = Level.ERROR
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Find key works that no target names; silent where a target's key work can't be known, and in a plan that is only begun."""
    for plan in registry.plans:
        if not plan.targets or not _every_target_placed(plan):
            continue
        named = {target.text("key_work") for target in plan.targets}
        for work in plan.key_works:
            if work.id not in named:
                yield Finding(
                    CODE,
                    LEVEL,
                    plan.at("key_works", work.position - 1, "id"),
                    Message("the key work {id} has no targets", id=work.id),
                    Message("add a target under it, or delete the key work"),
                )


def _every_target_placed(plan: Plan) -> bool:
    known = plan.key_work_by_id
    return (
        len(known) == len(plan.key_works)
        and plan.all_readable
        and all(target.text("key_work") in known for target in plan.targets)
    )
