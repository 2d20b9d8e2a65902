"""a target names a key work that the plan doesn't have

Why: a target stands under a key work of its plan. Under one that isn't there, it is in no
part of the form.

Bad:
    key_work: consumtion

Good:
    key_work: consumption
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Registry
from target_registry.nearest import Guesses

CODE = "unknown-key-work"
LEVEL = Level.ERROR
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find targets whose key work is not among the plan's."""
    for plan in registry.plans:
        if not plan.readable or "key_works" in plan.broken or not plan.key_works:
            continue  # which is reported once, in the plan's own file
        known = plan.key_work_by_id
        if len(known) < len(plan.key_works):
            continue  # of two key works with one id, one has lost the id that targets name
        guesses = Guesses()
        by_title = {work.title: work.id for work in plan.key_works}
        used = {target.text("key_work") for target in plan.targets}
        for target in plan.targets:
            named = target.text("key_work")
            if not named or named in known:
                continue
            meant = by_title.get(named) or guesses.nearest(named, known)
            yield Finding(
                CODE,
                LEVEL,
                target.at("key_work"),
                Message("{path} has no key work {id}", path=plan.path, id=named),
                Message("did you mean {word}? or is the id in {path} misspelt?", word=meant, path=plan.path)
                if meant and meant not in used
                else Message("did you mean {word}?", word=meant)
                if meant
                else Message("use one of {ids}, or add it to the plan's key_works", ids=tuple(known)),
            )
