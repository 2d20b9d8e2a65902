"""Blanks that push what stands behind them out of the sight of whoever reads a cell."""

from __future__ import annotations

from target_registry.forms import Flaw
from target_registry.model import Message
from target_registry.patterns import lazy

FAR = Flaw(
    Message("a part of the text stands so far behind blanks that it is out of sight"),
    Message("delete the blanks and blank lines"),
)
"""The fault of such a text."""
_LINES = 10
"""Line breaks with nothing between them that push what follows out of a cell, as no one does who lays a text out."""
_WIDEST = 40
"""Widths of a digit that people fill with blanks to break a line, or to set a name apart: a form's cells are no wider."""
_BLANK_LINES = lazy(r"\s+")
_BLANK = lazy(r"[^\S\n]+")
_WIDE = "\u2001\u2003\u3000"
"""Blanks as wide as two digits."""


def goes_far(text: str) -> bool:
    """Whether a part of a text stands so far behind blanks on its line that a cell doesn't show it."""
    return len(text) > _WIDEST // 2 and any(
        len(blank) + sum(map(blank.count, _WIDE)) > _WIDEST for blank in _BLANK.findall(text.rstrip())
    )


def goes_down(text: str) -> bool:
    """Whether a part of a text stands so far below blank lines that a cell whose height is fixed doesn't show it."""
    return len(text) > _LINES and any(blank.count("\n") >= _LINES for blank in _BLANK_LINES.findall(text.rstrip()))
