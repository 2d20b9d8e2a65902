"""Which words of a text differ from another's?"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

# A figure with its sign and unit is one word, and so is a Latin one; Chinese is compared sign by sign.
_WORD = re.compile(r"[+\-−]?\d[\d.,]*[%‰]?|[A-Za-z]+|\s+|.", re.DOTALL)
_COMPARED = 4000
"""Characters of two texts that are compared word by word; longer ones count as different."""
_ALIKE = 0.35
"""Under this, as ``difflib`` counts, marks would be confetti: all of it counts as different."""


class Piece(NamedTuple):
    """A run of a text, and whether the other text lacks it."""

    text: str
    differs: bool


def compare(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; put together they are the texts again."""
    ones, others = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, ones, others, autojunk=False)
    if max(len(before), len(after)) > _COMPARED or matcher.ratio() < _ALIKE:
        return _whole(before), _whole(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if b > a:
            left.append(Piece("".join(ones[a:b]), kind != "equal"))
        if d > c:
            right.append(Piece("".join(others[c:d]), kind != "equal"))
    return _joined(left), _joined(right)


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Runs of one kind that stand side by side, as one."""
    return tuple(
        Piece("".join(piece.text for piece in run), differs)
        for differs, run in groupby(pieces, key=lambda piece: piece.differs)
    )


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()
