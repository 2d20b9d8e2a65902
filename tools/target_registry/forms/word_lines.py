"""How far down the lines of a Word cell reach, for its row may be too low for them: what is below it is cut off.

Source: ECMA-376 part 1, sections 17.3.1.33 (spacing between lines) and 17.18.37 (rules for heights).
"""

from __future__ import annotations

import math
from typing import NamedTuple

USUAL = 200.0
"""Twips of the size of signs of which nothing is said: 10 points."""
_LEADING = 1.1
"""Heights of a sign from one line to the next, at the least: fonts have from 1.14 on."""
_READ = 0.6
"""The share of a sign that must be there, from its top, for it to be read."""


class Spacing(NamedTuple):
    """How a paragraph's lines stand below each other.

    Attributes:
        before: the room above it, in twips.
        after: the room below it.
        times: how many times its own height each line takes.
        least: twips that each takes at the least.
        fixed: twips that each takes whatever stands in it; 0 where that decides.
    """

    before: float = 0
    after: float = 0
    times: float = 1
    least: float = 0
    fixed: float = 0

    def pitch(self, size: float) -> float:
        """Twips from a line of signs of this size to the next one."""
        return self.fixed or max(self.least, size * _LEADING * self.times)


class Lines:
    """The lines of a cell, from top to bottom, as its paragraphs and breaks make them.

    Where else they break depends on fonts, and a sentence that ends in the middle of its words is seen to be cut off.
    """

    def __init__(self) -> None:
        self._spacing = Spacing()
        self._down = 0.0
        """Twips above the line that is read, but for those of lines without a size."""
        self._unsized_lines = 0.0
        """How many lines without a size stand above it."""
        self._size = 0.0
        self._shows = False
        self._smallest = math.inf
        self._last: tuple[float, float, float] | None = None
        """Of the last line with a text: twips above it, lines without a size above it, and what of it must be seen."""

    def begin(self, spacing: Spacing) -> None:
        """A paragraph begins: of what it and the one above it leave free, the larger counts."""
        self._down += max(spacing.before - self._spacing.after, 0)
        self._spacing = spacing

    def add(self, text: str, size: float) -> None:
        """Go on with the line, or with the next one behind a break; of the text it counts how high its signs are."""
        for number, piece in enumerate(text.split("\n")):
            if number:
                self._flush()
            if piece:
                self._size = max(self._size, size)
            if piece.strip():
                self._shows = True
                self._smallest = min(self._smallest, size)

    def end(self, mark: float = 0) -> None:
        """A paragraph ends, its mark this high; 0 where that isn't known."""
        self._size = self._size or mark
        self._flush()
        self._down += self._spacing.after

    def skip(self) -> None:
        """A paragraph of which nothing is known."""
        self._spacing = Spacing()
        self._flush()

    def needs(self) -> float:
        """The height at which the last line with a text can still be read."""
        if self._last is None:
            return 0
        down, unsized, seen = self._last
        return down + unsized * min(self._smallest, USUAL) * _LEADING + seen

    def _flush(self) -> None:
        """A line ends."""
        spacing, size = self._spacing, self._size
        pitch = spacing.pitch(size)
        if self._shows:
            seen = min(size * _READ, pitch)
            self._last = self._down, self._unsized_lines, seen
        if size or spacing.fixed:
            self._down += pitch
        else:
            self._unsized_lines += spacing.times
        self._size = 0.0
        self._shows = False
