"""Whether changed remarks touch a figure, or take part of the target back.

Remarks promise nothing by themselves, but what they take back (不纳入考核, 可视情况调整) softens the target
above them, and last year's figure is what the target is measured by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from target_registry.commitments.folding import fold
from target_registry.commitments.ladders import Ladders, builtin
from target_registry.commitments.reading import Token, is_soft, read
from target_registry.model import Message

_DIGITS = re.compile(r"-?[0-9]+(?:[.\-~/][0-9]+)*")
_SIGN = re.compile(r"[-.~±<>≤≥]+\Z")
_NUMBERS = ("figure", "deadline", "fixed")


class Kind(Enum):
    """What a change of remarks touches; of several, the last of these."""

    SAME = "same"
    WORDING = "wording"
    FIGURES = "figures"
    RESERVATION = "reservation"


class Remark(NamedTuple):
    """A kind of change, and why."""

    kind: Kind
    reasons: tuple[Message, ...] = ()


def compare(before: str, after: str, ladders: Ladders | None = None) -> Remark:
    """Tell what a change of remarks touches.

    Args:
        before: the remarks as they were, empty where there were none.
        after: the remarks as they are.
        ladders: the words to judge by, the built-in ones where none are given.
    """
    words = ladders or builtin()
    old, new = read(before, words), read(after, words)
    same = fold(before) == fold(after)
    reservations = [
        Message("“{word}” was added, which takes part of the target back", word=word)
        for word in (_soft(new, words) - _soft(old, words))
    ]
    figures = _changed(_numbers(old), _numbers(new))
    if reservations:
        return Remark(Kind.RESERVATION, (*reservations, *figures))
    if figures:
        return Remark(Kind.FIGURES, tuple(figures))
    if same:
        return Remark(Kind.SAME)
    return Remark(Kind.WORDING, (Message("other words, the same figures"),))


def _soft(tokens: Sequence[Token], words: Ladders) -> Counter[str]:
    """The words that take back or hedge, each as often as it stands there.

    What says how or of how much, such as 推动 and 主要, softens a promise, which remarks are not.
    """
    return Counter(token.text for token in tokens if is_soft(token, words) and token.text not in words.softeners)


def _numbers(tokens: Sequence[Token]) -> list[str]:
    """Every number, date and document number, in order, those in titles too."""
    found: list[str] = []
    loose = ""
    for token in [*tokens, Token("word", "")]:
        if token.kind == "char":
            loose += token.text
            continue
        found += _DIGITS.findall(loose)
        sign = _SIGN.search(loose)
        loose = ""
        if token.kind in _NUMBERS:
            found.append((sign[0] if sign else "") + token.text)
    return found


def _changed(old: list[str], new: list[str]) -> list[Message]:
    """What came, went or was put in another order."""
    if old == new:
        return []
    gone, come = list((Counter(old) - Counter(new)).elements()), list((Counter(new) - Counter(old)).elements())
    if len(gone) == len(come) and gone:
        return [
            Message("the figure {before} became {after}", before=before, after=after)
            for before, after in zip(gone, come, strict=True)
        ]
    dropped = [Message("the figure {before} was dropped", before=text) for text in gone]
    added = [Message("the figure {after} was added", after=text) for text in come]
    return dropped + added or [Message("the figures stand in another order")]
