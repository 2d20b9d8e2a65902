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


class Worn(NamedTuple):
    """What a cell wears.

    Attributes:
        style: its format.
        text: what it holds.
        fonts: those of the text's runs, where these have some of their own.
        rounds: whether it is a number of which only those digits are shown that the cell has room for.
    """

    style: Style
    text: str
    fonts: tuple[Font, ...] = ()
    rounds: bool = False

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
        return self.style.alignment.fault(self.text, width, size, normal)
