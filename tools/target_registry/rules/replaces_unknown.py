"""a target goes on from one that isn't there

Why: whoever compares two years follows replaces from this year's target to last year's. A slip of the pen
leads nowhere.

Bad:
    replaces: 2018/no-such-target

Good:
    replaces: 2017/retail-sales
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Registry
from target_registry.nearest import Guesses

CODE = "replaces-unknown"
LEVEL = Level.WARNING
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Look up what each target says it replaces; plans that the registry doesn't hold can't be looked into."""
    guesses = Guesses()
    slugs = {plan.id: {target.slug for target in plan.targets} for plan in registry.plans}
    for target in registry.targets:
        plan, _, slug = target.text("replaces").rpartition("/")
        if not plan or plan not in slugs or (slug in slugs[plan] and plan != target.plan):
            continue
        if plan == target.plan:
            hint = Message("name a target of an earlier year")
        elif close := guesses.nearest(slug, slugs[plan], 0.5):
            hint = Message("did you mean {slug}?", slug=f"{plan}/{close}")
        else:
            hint = Message("name a target of plan {plan}, or leave the key out", plan=plan)
        yield Finding(
            CODE,
            LEVEL,
            target.at("replaces"),
            Message("plan {plan} has no target {slug} of an earlier year", plan=plan, slug=slug),
            hint,
        )
