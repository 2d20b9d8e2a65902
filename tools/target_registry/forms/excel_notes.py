"""What the old drawings of a sheet lie over: comments that are always shown, and controls such as labels and buttons.

Such a drawing is XML only almost, since programs write texts of web pages into it; so it is looked through for the
few elements that say where something stands, and what says nothing that is understood is taken for what covers all.
Source: ECMA-376 part 4, section 19.4 (VML, SpreadsheetML's own elements).
"""

from __future__ import annotations

from typing import NamedTuple

from target_registry import limits
from target_registry.forms.archive import damaged
from target_registry.forms.excel_places import COLUMNS, ROWS, Sides
from target_registry.patterns import lazy

_DATA = lazy(rb"<(?:[\w.-]+:)?ClientData(?=[\s>])")
_END = lazy(rb"</(?:[\w.-]+:)?ClientData\s*>")
_NOTE = lazy(rb"[^<>]*\bObjectType\s*=\s*[\"']Note[\"']")
_SHOWN = lazy(rb"<(?:[\w.-]+:)?Visible\s*(?:/>|>(?!\s*F))")
_HIDDEN = lazy(rb"visibility\s*:\s*hidden")
_ANCHOR = lazy(rb"<(?:[\w.-]+:)?Anchor\s*>([^<]*)<")
_NUMBER = lazy(rb"\s*(-?[0-9]{1,7})\s*\Z")
_EVERYWHERE: Sides = (1, 1, ROWS, COLUMNS)


class Notes(NamedTuple):
    """The ranges that lie below an old drawing's parts.

    Attributes:
        comments: those below comments that are always shown.
        controls: those below whatever else.
    """

    comments: list[Sides]
    controls: list[Sides]


def read(part: str, data: bytes) -> Notes:
    """What an old drawing lies over.

    Raises:
        Unfit: there is more in it than any sheet has.
    """
    found = Notes([], [])
    before, *pieces = _DATA.split(data.replace(b"\0", b""), limits.FORM_ENTRIES + 1)
    if len(pieces) > limits.FORM_ENTRIES:
        raise damaged(part)
    for piece in pieces:
        inside, *after = _END.split(piece, 1)
        if not _NOTE.match(inside):
            found.controls.append(_sides(inside))
        elif _SHOWN.search(inside) or not _HIDDEN.search(before):
            found.comments.append(_sides(inside))
        before = after[0] if after else b""
    return found


def _sides(inside: bytes) -> Sides:
    """The range that one lies over: column and distance from its left edge, row and distance from its upper one, both twice."""
    anchors = _ANCHOR.findall(inside)
    numbers = [_NUMBER.match(number) for anchor in anchors[:2] for number in anchor.split(b",", 9)]
    if len(numbers) != 8 or not all(numbers):
        return _EVERYWHERE
    left, _, top, _, right, beyond, bottom, below = (int(number[1]) for number in numbers if number)
    # One that ends at an edge leaves the cell behind it free.
    return top + 1, left + 1, max(top + 1, bottom + (below > 0)), max(left + 1, right + (beyond > 0))
