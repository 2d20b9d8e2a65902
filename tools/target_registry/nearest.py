"""The known word that a misspelt one was meant to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from target_registry import limits, subsequence

_LONGEST = 80
_KNOWN = 1_000
"""Words beside which a misspelt one is looked for, as :class:`Guesses` does."""


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same in one order, from 0 to 1: what both have of the signs of both."""
    both = len(one) + len(other)
    return 2 * subsequence.length(one, other) / both if both else 1.0


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The most similar of some words, if one is similar enough.

    Args:
        word: what was written.
        known: what could have been meant.
        cutoff: how similar it must be, as :func:`likeness` counts.
    """
    if len(word) > _LONGEST:
        return None
    best = max(((likeness(word, one), one) for one in known), default=(0.0, ""))
    return best[1] if best[0] >= cutoff else None


class Guesses:
    """Guesses at misspelt words, few enough that a stranger's many mistakes take no time to speak of."""

    def __init__(self) -> None:
        self._left = limits.GUESSES

    def nearest(self, word: str, known: Collection[str], cutoff: float = 0.6) -> str | None:
        """The same as :func:`nearest`, for the first few words and among not too many; of others None."""
        if not self._left or len(known) > _KNOWN:
            return None
        self._left -= 1
        return nearest(word, known, cutoff)
