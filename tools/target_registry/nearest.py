"""The known word that a misspelt one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 80


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, from 0 to 1, as ``difflib`` counts."""
    from difflib import SequenceMatcher  # only where texts that differ are to be matched

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The most similar of some words, if one is similar enough.

    Args:
        word: what was written.
        known: what could have been meant.
        cutoff: how similar it must be, from 0 to 1, as ``difflib`` counts.
    """
    if len(word) > _LONGEST:
        return None
    from difflib import get_close_matches  # only mistakes need it

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=cutoff)), None)
