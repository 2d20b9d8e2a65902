"""a plan's ladder of commitment words contradicts another one

Why: ladders decide whether a rewording is weaker. A plan may add words, but not turn the
order of those that are known: else a weakening would count as a strengthening.

Bad:
    commitment_ladders:
      - - [起草]
        - [印发]

Good:
    commitment_ladders:
      - - [揭牌]
        - [奠基]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from target_registry.model import Finding, Level, Message, Registry

CODE = "ladder-conflict"
LEVEL = Level.ERROR
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Try each plan's ladders on top of the built-in ones."""
    for plan in registry.plans:
        said = plan.values.get("commitment_ladders")
        if not said:
            continue
        from target_registry.commitments import declared  # hardly any plan needs it
        from target_registry.commitments.ladders import builtin

        try:
            declared.extended(builtin(), said)
        except declared.Refused as refused:
            yield Finding(
                CODE,
                LEVEL,
                plan.at("commitment_ladders", *_way(said, refused.message.values)),
                refused.message,
                Message("take these words out, or put them in the known order"),
            )


def _way(ladders: Any, told: Mapping[str, object]) -> tuple[int, ...]:
    """Where the last word that a message names stands in a plan's ladders; nowhere in those of another shape."""
    from target_registry.commitments.folding import fold

    named = told.get("words") or (told.get("word"),)
    word = named[-1] if isinstance(named, tuple) else named
    places = (
        (at, rung, step)
        for at, ladder in enumerate(ladders if isinstance(ladders, list) else ())
        for rung, words in enumerate(ladder if isinstance(ladder, list) else ())
        for step, one in enumerate(words if isinstance(words, list) else ())
        if isinstance(one, str) and fold(one) == word
    )
    return next(places, ())
