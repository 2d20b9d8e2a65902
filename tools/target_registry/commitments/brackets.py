"""Round brackets that came or went around words: they may make these optional."""

from __future__ import annotations

from typing import NamedTuple

from target_registry.commitments import Comparison, Order
from target_registry.commitments.folding import fold, narrow
from target_registry.model import Message
from target_registry.patterns import lazy

_ROUND = lazy(r"\(([^()]*)\)")
_LISTED = lazy(r"(?:[0-9一二三四五六七八九十]+|市区|[市区])\Z")
"""Numbers of lists, and 县（市、区）, as all write it."""


class _Parts(NamedTuple):
    """What of a text stands in round brackets, numbers of lists left out, and all the rest."""

    inner: list[str]
    rest: str


def compare(before: str, after: str) -> list[Comparison]:
    """What stands in round brackets in one sentence alone, and without them in the other; nothing where that is the same."""
    old, new = _parts(before), _parts(after)
    reasons = [Message("round brackets now stand around “{word}”", word=word) for word in _only(new, old)]
    reasons += [Message("no round brackets stand around “{word}” any more", word=word) for word in _only(old, new)]
    return [Comparison(Order.INCOMPARABLE, (reason,)) for reason in reasons]


def _parts(text: str) -> _Parts:
    narrowed = narrow(text)
    inner = dict.fromkeys(fold(match[1]) for match in _ROUND.finditer(narrowed))
    return _Parts([word for word in inner if word and not _LISTED.match(word)], fold(_ROUND.sub("|", narrowed)))


def _only(one: _Parts, other: _Parts) -> list[str]:
    """What stands in brackets in one text alone, and outside of them in the other."""
    return [word for word in one.inner if word not in other.inner and word in other.rest]
