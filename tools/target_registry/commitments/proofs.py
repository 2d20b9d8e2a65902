"""Two verification standards: which asks for more proof.

A standard is a list of requirements, all of which must be met (并、和、；), and a requirement a list of
alternatives, one of which will do (或). More requirements ask for more, more alternatives for less.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from target_registry.commitments import Comparison, Order, combine, sentences
from target_registry.commitments.folding import SPACES, fold, narrow
from target_registry.commitments.ladders import Ladders, builtin
from target_registry.commitments.reading import is_soft, read
from target_registry.model import Message

_OR = re.compile(r"[,，、;；。\s]*(?:或者|或(?!许|将|缺)是?)")
# Words that join, where they aren't part of another: 并购, 及时, 和谐.
_AND = re.compile(
    r"[;；、,，。\n](?!\s*或)\s*(?:并且|并|且|同时|以及|及|和)?|(?<![合归兼吞一])并且?(?![购网轨行列表联])|(?<!而)且"
    r"|以及|(?<![涉普危以推波顾来])及(?![时格早其至第])|(?<![共温祥饱柔缓调总谐求议])和(?![谐平解睦田])|同时"
)
_ONE_OF = re.compile(r"(?:等)?(?:其中)?(?:之一|任意一项|任一项?|任选其一|其一|均可|皆可|都可)(?:即可|以)?")
_ANY = re.compile(f"{_AND.pattern}|{_OR.pattern}")
_WHOLE = re.compile(r"《[^《》]*》|“[^“”]*”|[(（][^()（）]*[)）]")
_LOOSE = frozenset(",，。\n")
# What an added clause must not say, or it is no further requirement but a way round one.
_SUSPICIOUS = re.compile(
    r"[不未无免非勿没否可代替视除外如若]|例外|为准|为主|参考|参照|即可|均认|自行|必要|特殊|情况|[任择]选"
)


class Requirement(NamedTuple):
    """What must be proved, as its alternatives; ``loose`` where only a comma joins it to the rest."""

    alternatives: tuple[str, ...]
    loose: bool = False


def compare(before: str, after: str, ladders: Ladders | None = None) -> Comparison:
    """Order two wordings of a verification standard.

    Args:
        before: the standard as it was, empty where there was none.
        after: the standard as it is.
        ladders: the words to judge by, the built-in ones where none are given.
    """
    words = ladders or builtin()
    whole = sentences.compare(before, after, words)
    if whole.order is not Order.INCOMPARABLE or not fold(before) or not fold(after):
        return whole
    old, new = _requirements(before), _requirements(after)
    parts = _parts(old, new, words)
    if not parts:
        pieces = [piece for one in old for piece in one.alternatives]
        # 企业和银行的数据 isn't 银行的数据和企业: only what names a proof by itself may change places.
        if not all(any(token.text in words.places for token in read(piece, words)) for piece in pieces):
            return whole
        return Comparison(Order.EQUIVALENT, (Message("the same requirements in another order"),))
    found = combine(parts)
    if found.order is not Order.INCOMPARABLE:
        return found
    return combine([*(part for part in parts if part.order is Order.WEAKER), whole])


def _requirements(text: str) -> list[Requirement]:
    """A standard as requirements; titles, quotations and brackets are never cut."""
    narrowed = narrow(text)
    hidden = _WHOLE.sub(lambda match: "■" * len(match[0]), narrowed)
    if _ONE_OF.search(hidden):
        pieces = [_ONE_OF.sub("", fold(piece)) for piece in _split(_ANY, hidden, narrowed)]
        alternatives = tuple(dict.fromkeys(piece for piece in pieces if piece))
        return [Requirement(alternatives if len(alternatives) > 1 else (fold(text),))]
    found: list[Requirement] = []
    start, loose = 0, False
    for match in [*_AND.finditer(hidden), None]:
        end = match.start() if match else len(hidden)
        joint = match is not None and match[0].strip(SPACES) in _LOOSE
        pieces = [fold(piece) for piece in _split(_OR, hidden[start:end], narrowed[start:end])]
        alternatives = tuple(dict.fromkeys(piece for piece in pieces if piece))
        if alternatives:
            found.append(Requirement(alternatives, loose or (joint and not found)))
        start, loose = (match.end() if match else end), joint
    return found


def _split(joint: re.Pattern[str], hidden: str, text: str) -> list[str]:
    """Cut a text where its hidden form has a joint."""
    pieces, start = [], 0
    for match in joint.finditer(hidden):
        pieces.append(text[start : match.start()])
        start = match.end()
    return [*pieces, text[start:]]


def _parts(old: list[Requirement], new: list[Requirement], words: Ladders) -> list[Comparison]:
    """Each difference of two lists of requirements; none where they ask for the same."""
    left, right = list(old), list(new)
    parts: list[Comparison] = []
    # First those that are the same, then those that share an alternative, then the rest in their order.
    for one in old:
        same = next((other for other in right if set(other.alternatives) == set(one.alternatives)), None)
        if same is not None:
            left.remove(one)
            right.remove(same)
    for one in list(left):
        related = next((other for other in right if set(other.alternatives) & set(one.alternatives)), None)
        if related is not None:
            left.remove(one)
            right.remove(related)
            parts.append(_alternatives(one.alternatives, related.alternatives, words))
    for one, other in zip(left, right, strict=False):
        parts.append(_alternatives(one.alternatives, other.alternatives, words))
    shorter = min(len(left), len(right))
    parts += [_requirement(one, words, added=False) for one in left[shorter:]]
    parts += [_requirement(one, words, added=True) for one in right[shorter:]]
    return parts


def _shown(alternatives: Sequence[str]) -> str:
    return "或".join(alternatives)


def _requirement(one: Requirement, words: Ladders, *, added: bool) -> Comparison:
    """A requirement that only one of the two standards has."""
    text = _shown(one.alternatives)
    tokens = read(text, words)
    # Behind a comma may stand a requirement as well as a way round one (，由各市自评).
    if one.loose or _SUSPICIOUS.search(text) or any(is_soft(token, words) for token in tokens):
        if added:
            reason = Message("“{after}” was added, and nothing shows that as much is demanded", after=text)
        else:
            reason = Message("“{before}” was taken out, and nothing shows that as much is demanded", before=text)
        return Comparison(Order.INCOMPARABLE, (reason,))
    if added:
        return Comparison(Order.STRONGER, (Message("“{after}” is required as well now", after=text),))
    return Comparison(Order.WEAKER, (Message("“{before}” is no longer required", before=text),))


def _alternatives(old: tuple[str, ...], new: tuple[str, ...], words: Ladders) -> Comparison:
    """One requirement against another."""
    gone = [text for text in old if text not in new]
    come = [text for text in new if text not in old]
    parts = [sentences.compare(before, after, words) for before, after in zip(gone, come, strict=False)]
    parts += [
        Comparison(Order.WEAKER, (Message("“{after}” will do as well now", after=text),)) for text in come[len(gone) :]
    ]
    parts += [
        Comparison(Order.STRONGER, (Message("“{before}” alone won't do any more", before=text),))
        for text in gone[len(come) :]
    ]
    return combine(parts)
