"""What is behind the texts of cells: one colour, a pattern of two, or colours that go over into one another.

Source: ECMA-376 part 1, sections 18.8.24 (gradientFill), 18.8.32 (patternFill), 18.18.55 (patterns).
"""

from __future__ import annotations

from collections.abc import Mapping

from target_registry.forms.archive import damaged
from target_registry.forms.excel_colours import BLACK, UNTOLD, WHITE, Colour, Theme, blends, mixed, named

_HALVES = frozenset(("mediumGray", "darkHorizontal", "darkVertical", "darkDown", "darkUp", "darkGrid"))
"""Patterns of which no colour has more than the other."""
_INKED = frozenset(("darkGray", "darkTrellis"))
"""Those of which the lines have more."""
_SPARE = frozenset((
    "gray0625", "gray125", "lightGray", "lightHorizontal", "lightVertical", "lightDown", "lightUp", "lightGrid", "lightTrellis",
))  # fmt: skip
"""Those of which the ground has more."""
_STOPS = 8
"""Colours of one fill, more than any program asks for."""


class Fill:
    """Collects what a fill says, of a cell or of what a condition changes of one."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._pattern: str | None = None
        self._lines: Colour | None = None
        self._ground: Colour | None = None
        self._stops: list[Colour] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take one more element.

        Raises:
            Unfit: there are more colours than any fill has.
        """
        if name == "patternFill":
            self._pattern = attributes.get("patternType", "").strip() or None
        elif name == "fgColor":
            self._lines = named(attributes)
        elif name == "bgColor":
            self._ground = named(attributes, WHITE)
        elif name == "color":
            if len(self._stops) >= _STOPS:
                raise damaged(self._part)
            self._stops.append(named(attributes))

    def of_cell(self, theme: Theme) -> tuple[bytes, ...]:
        """The colours behind a cell's text; none where it isn't filled."""
        if self._pattern is None and not self._stops:
            return ()
        return self._colours(theme, self._lines or BLACK, self._ground or WHITE)

    def of_difference(self, theme: Theme) -> tuple[bytes, ...]:
        """The same of a difference, in which a ground alone fills the cell."""
        if self._pattern in (None, "solid") and not self._stops:
            own = self._ground or self._lines
            return (theme.rgb(own),) if own else ()
        return self._colours(theme, self._lines or BLACK, self._ground or WHITE)

    def _colours(self, theme: Theme, lines: Colour, ground: Colour) -> tuple[bytes, ...]:
        if self._stops:
            return blends([theme.rgb(stop) for stop in self._stops])
        one, other = theme.rgb(lines), theme.rgb(ground)
        match self._pattern:
            case None | "none":
                return ()
            case "solid":
                return (one,)
            case pattern if pattern in _INKED:
                return (one,)
            case pattern if pattern in _SPARE:
                return (other,)
            case pattern if pattern in _HALVES and one and other:
                return (mixed(one, other, 0.5),)
        return (UNTOLD,)
