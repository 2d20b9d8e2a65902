"""What a cell wears beside its text, for what can be judged only once all of its sheet is known."""

from __future__ import annotations

from typing import NamedTuple

from target_registry.forms import Flaw
from target_registry.forms.excel_alignment import PADDING, wide
from target_registry.forms.excel_colours import Theme
from target_registry.forms.excel_looks import SIZE, Font, Style
from target_registry.model import Message

CUT = Flaw(
    Message("the cell shows fewer digits than it holds"),
    Message("round the number, or give it a format that shows all digits"),
)
_HASHES = Flaw(
    Message("the column is too narrow for the number, and shows ## or another one"), Message("make the column wider")
)
_NARROW = 0.9
"""Of the usual font's digits the width that those of another one have at the least: 仿宋 beside Arial."""
_SPARE = 0.46
"""What of a column's width no digit stands in, in digits of the usual font: three pixels of seven."""
_HIGHEST = 400
"""Points of a row that no program makes much higher: Excel's highest have 409."""
_LEAST = 0.75
"""Of a text's size, the height that leaves it to be read."""
_LINE = 1.15
"""The same of a line among others, in the fonts that have the closest lines."""


class Worn(NamedTuple):
    """What a cell wears.

    Attributes:
        style: its format.
        text: what it holds.
        fonts: those of the text's runs, where these have some of their own.
        rounds: whether it is a number of which only those digits are shown that the cell has room for.
        number: the least that is shown of a number; empty for what is none.
    """

    style: Style
    text: str
    fonts: tuple[Font, ...] = ()
    rounds: bool = False
    number: str = ""

    def inks(self, theme: Theme) -> frozenset[bytes]:
        """The colours of its text."""
        fonts = [font.over(self.style.font) for font in self.fonts] or [self.style.font]
        return frozenset(font.colour(theme) for font in fonts)

    def fault_at(self, width: float, normal: float) -> Flaw | None:
        """Why people don't see the text as it is where the cell is so wide.

        Args:
            width: in digits of the usual font.
            normal: points of that.
        """
        size = float(self.style.font.size or SIZE)
        if self.rounds and wide(self.text) * size / normal > width - PADDING / 2:
            return CUT
        alignment = self.style.alignment
        need = 0 if alignment.shrinks or alignment.stands else wide(self.number) * size / normal
        if need and need * _NARROW + _SPARE > width:
            return _HASHES
        return alignment.fault(self.text, width, size, normal)

    def is_cut_at(self, height: float) -> bool:
        """Whether a row, or those of a merged cell, are too low for the text's size, or for the lines that it has of its own.

        Args:
            height: theirs, in points.
        """
        alignment = self.style.alignment
        if height >= _HIGHEST or alignment.stands or not self.text.strip():
            return False
        fonts = [font.over(self.style.font) for font in self.fonts] or [self.style.font]
        sizes = [float(font.size or SIZE) for font in fonts]
        if height < _LEAST * max(sizes):
            return True
        size = min(sizes)
        return alignment.lines(self.text) * _LINE * size > height + size / 2
