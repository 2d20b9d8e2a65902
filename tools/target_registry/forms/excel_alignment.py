"""How a text stands in its cell, as far as that shows it more than once, out of sight, too small, or the other way round.

Source: ECMA-376 part 1, sections 18.8.1 (alignment) and 18.3.1.13 (the width of a column, in digits of the usual font).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from target_registry.forms import TURNED, Flaw
from target_registry.model import Message

_REPEATED = Flaw(
    Message("the cell shows its text as often as it fits into it"),
    Message("set the cell's horizontal alignment to General"),
)
_PUSHED = Flaw(
    Message("the text is indented so far that it stands outside of the cell"), Message("take the indent off")
)
_SHRUNK = Flaw(
    Message("the text is shrunk to fit into the cell, until it is too small to be read"),
    Message("let the text wrap instead"),
)
_TURNED = Flaw(TURNED.told, Message("set the cell's text direction to Context"))
SMALLEST = 3
"""Points of a size that can be read."""
PADDING = 0.71
"""What of a column's width no text has: five pixels, where a digit has seven."""
_WIDE = "\u1100"
"""The first of the signs that are as wide as two digits; fewer of those behind it are narrow than matters here."""


class Alignment(NamedTuple):
    """How a text stands in its cell.

    Attributes:
        fills: whether it is repeated through the cell.
        indent: steps by which it is pushed in, each wider than a digit.
        shrinks: whether it is made as small as it takes to fit.
        turned: whether it runs from right to left.
        wraps: whether it stands on as many lines as it takes.
        stands: whether it is rotated, or its signs stand below each other.
    """

    fills: bool = False
    indent: int = 0
    shrinks: bool = False
    turned: bool = False
    wraps: bool = False
    stands: bool = False

    @property
    def is_usual(self) -> bool:
        """Whether a column alone can't change what is seen of a text."""
        return not (self.fills or self.indent or self.shrinks or self.turned)

    @staticmethod
    def told(attributes: Mapping[str, str]) -> Alignment:
        """What an element says of it."""
        on = ("1", "true")
        across, down = (attributes.get(side, "").strip() for side in ("horizontal", "vertical"))
        wraps = attributes.get("wrapText", "").strip() in on
        indent = attributes.get("indent", "0").strip()
        return Alignment(
            across == "fill",
            int(indent) if indent.isascii() and indent.isdigit() and len(indent) < 10 else 0,
            attributes.get("shrinkToFit", "").strip() in on and not wraps,
            attributes.get("readingOrder", "").strip() == "2",
            wraps or not {across, down}.isdisjoint(("justify", "distributed")),
            attributes.get("textRotation", "0").strip() != "0",
        )

    def fault(self, text: str, width: float, size: float, normal: float) -> Flaw | None:
        """Why people see something else than a text in a cell.

        Args:
            text: what the cell holds.
            width: the cell's width in digits of the usual font.
            size: points of the text.
            normal: points of the usual font.
        """
        if not text.strip():
            return None
        if self.turned:
            return _TURNED
        room, need = width - PADDING, wide(text) * size / normal
        if self.indent and self.indent >= room:
            return _PUSHED
        if self.shrinks and need > 0 and size * room / need < SMALLEST:
            return _SHRUNK
        return _REPEATED if self.fills and 2 * need <= width else None

    def lines(self, text: str) -> int:
        """How many lines a text has of its own: where programs break it beside, no two of them do alike."""
        return len(text.rstrip().split("\n")) if self.wraps else 1


USUAL = Alignment()


def wide(text: str) -> float:
    """The width of a text on one line, in digits of its own size; a point has half of one's."""
    return len(text) + sum(char >= _WIDE for char in text) - text.count(".") / 2
