"""Which words of a text differ from another's?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from target_registry.patterns import lazy
from target_registry.subsequence import common, gaps

# A figure with its sign and unit is one word, and so is a Latin one; Chinese is compared sign by sign.
_WORD = lazy(r"[+\-−]?\d[\d.,]*[%‰]?|[A-Za-z]+|\s+|.", re.DOTALL)
_ALIKE = 0.35
"""Under this share of words alike, marks would be confetti: all of it counts as different."""
_EASY_WORDS, _EASY_PAIRS = 500, 4_000
"""Words of a text, and pairs of equal ones, up to which the longest runs alike are looked for first, which
reads best; the time for that can grow with the cube of a text."""


class Piece(NamedTuple):
    """A run of a text, and whether the other text lacks it."""

    text: str
    differs: bool


def compare(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; put together they are the texts again."""
    ones, others = _WORD.findall(before), _WORD.findall(after)
    pairs = _pairs(ones, others)
    if 2 * len(pairs) < _ALIKE * (len(ones) + len(others)):
        return _whole(before), _whole(after)
    left: list[Piece] = []
    right: list[Piece] = []
    old_at = new_at = 0
    for old_start, old_end, new_start, new_end in gaps(pairs, len(ones), len(others)):
        left += [Piece("".join(ones[old_at:old_start]), False), Piece("".join(ones[old_start:old_end]), True)]
        right += [Piece("".join(others[new_at:new_start]), False), Piece("".join(others[new_start:new_end]), True)]
        old_at, new_at = old_end, new_end
    left.append(Piece("".join(ones[old_at:]), False))
    right.append(Piece("".join(others[new_at:]), False))
    return _joined(left), _joined(right)


def _pairs(ones: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """The places of words that are alike."""
    counts = Counter(others)
    if max(len(ones), len(others)) > _EASY_WORDS or sum(counts[word] for word in ones) > _EASY_PAIRS:
        return common(ones, others)
    blocks = SequenceMatcher(None, ones, others, autojunk=False).get_matching_blocks()
    return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Runs of one kind that stand side by side, as one."""
    return tuple(
        Piece("".join(piece.text for piece in run), differs)
        for differs, run in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.differs)
    )


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()
