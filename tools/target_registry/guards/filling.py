"""Places left to be filled in, 【待填】, and what was filled in there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from target_registry import fields, units
from target_registry.model import Way
from target_registry.patterns import lazy

_FIGURE = lazy(
    rf"[0-9][0-9.,]*\s*[十百千万亿]*(?:{'|'.join(map(re.escape, units.WORDS))}|[家个列次项件名人户场元倍条座种份台套辆吨亩])?\Z"
)
_LONGEST = 200
"""Signs that one place takes; what is longer is a text of its own."""


def is_filled(before: object, after: object, route: Way) -> bool:
    """Whether a text differs from an earlier one only by what stands now where it had places to be filled in.

    Remarks may take a promise back: in them only a figure counts as filled in.

    Args:
        before: the earlier value.
        after: the later one.
        route: the key.
    """
    if not isinstance(before, str) or not isinstance(after, str) or before == after:
        return False
    if (mark := fields.unfilled(before)) is None:
        return False
    pieces = _between(before.split(mark), after)
    if pieces is None:
        return False
    return route != ("remarks",) or all(piece == mark or _FIGURE.match(piece) for piece in pieces)


def _between(parts: Sequence[str], text: str) -> list[str] | None:
    """What stands between parts of a text, each time as little as can be; None where they don't follow one another so.

    Args:
        parts: two or more.
        text: what may begin with the first and end with the last.
    """
    first, *inner, last = parts
    end = len(text) - len(last)
    if not text.startswith(first) or not text.endswith(last):
        return None
    at, pieces = len(first), []
    for part in inner:
        found = text.find(part, at + 1, min(end, at + _LONGEST + len(part)))
        if found < 0:
            return None
        pieces.append(text[at:found])
        at = found + len(part)
    return [*pieces, text[at:end]] if 0 < end - at <= _LONGEST else None
