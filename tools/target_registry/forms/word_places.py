"""How much room the cells of a Word document have, and where its tables stand: what has none is seen by nobody.

Source: ECMA-376 part 1, sections 17.4 (tables) and 17.18.87 (table layouts).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from target_registry.forms.word_looks import SEEN, twips
from target_registry.forms.word_styles import Said, Styles, W, is_on, switch, value

_ENDLESS = float("inf")
_WIDE = 8_000
"""Twips of a margin within a cell that nobody sets: half a page."""
_OUTSIDE = -5_000
_BEYOND = 24_000
"""Twips from the edge of a page at which a table stands on none; A3 is 23,800 wide."""
_LOW = 1_000
"""Twips below its paragraph at which what floats in the head of a page, or above it in the foot, may lie in its middle."""
_HEIGHTS = {W + "tblpPr": W + "tblpY", W + "framePr": W + "y"}
"""What lets a table or a paragraph float, and by which attribute it says how far down."""
_PRESSED = 40
"""Twips in which a sign is pressed so that it can't be read: 2 points."""
_LEVEL = frozenset(("lrTb", "lrTbV", "lr", "lrV"))
"""The directions of text whose lines are level."""
_SIDES = {"start": "left", "end": "right", "top": "top"}
_HOW_DEEP = {"bottom": 1.0, "center": 0.5, "both": 0.5}
"""How far down in a row its text stands, as a share of its height."""
_LINES = ("tl2br", "tr2bl")
_NO_LINE = frozenset(("nil", "none"))


class Room(NamedTuple):
    """The room of a cell.

    Attributes:
        width: in twips from where its text begins, which may run over the margin at its end; endless where Word makes it
            as wide as its text.
        height: in twips; endless where Word makes it as high as its text.
        presses: whether its text is pressed into one line.
    """

    width: float = _ENDLESS
    height: float = _ENDLESS
    presses: bool = False

    def hides(self, text: str, needed: float) -> bool:
        """Whether there is no room for a text.

        Args:
            text: what the cell holds.
            needed: twips from its top in which its last line can be read.
        """
        lines = text.rstrip().split("\n")
        return (
            self.width < SEEN or needed > self.height or (self.presses and max(map(len, lines)) * _PRESSED > self.width)
        )


ANYWHERE = Room()
"""The room of what stands in no cell."""


class Rooms:
    """The rooms of a table's cells.

    Args:
        table: the table.
        page: how high a page is, in twips.
        styles: those of the document.

    Attributes:
        is_fixed: whether columns are as wide as they are told to be.
    """

    def __init__(self, table: Any, page: float, styles: StyledMargins) -> None:
        about = table.find(W + "tblPr")
        layout = None if about is None else about.find(W + "tblLayout")
        self.is_fixed = layout is not None and layout.get(W + "type") == "fixed"
        styled, self._parts = styles.of(about)
        self._margins = _margins(None if about is None else about.find(W + "tblCellMar"), styled)
        self._widths = grid_widths(table)
        self._page = page

    def of(self, cell: Any | None, row: Any, start: int, span: int) -> Room:
        """The room of a cell.

        Args:
            cell: its properties.
            row: its row.
            start: where it starts on the table's grid.
            span: how many columns of that it takes.
        """
        properties, others = row.find(W + "trPr"), row.find(W + "tblPrEx")
        margins = _margins(None if others is None else others.find(W + "tblCellMar"), self._margins)
        # Which parts of a table its style sets apart is not looked into.
        margins = {side: max(margins.get(side, 0), self._parts.get(side, 0)) for side in _SIDES.values()}
        margins = _margins(None if cell is None else cell.find(W + "tcMar"), margins)
        width = _ENDLESS
        if self.is_fixed and (given := self.given(None if cell is None else cell.find(W + "tcW"), start, span)):
            width = given - margins.get("left", 0)
        if any(margins.get(side, 0) > _WIDE for side in _SIDES.values()):
            width = 0
        is_turned = (value(cell, "textDirection") or "lrTb") not in _LEVEL
        high = _height(properties)
        if high * _HOW_DEEP.get(value(cell, "vAlign") or "", 0) > self._page and high < _ENDLESS:
            high = 0  # its text stands below the end of the page
        elif is_turned or value(cell, "vMerge"):
            high = _ENDLESS
        high -= margins.get("top", 0)
        return Room(width, high, not is_turned and bool(switch(cell, "tcFitText")))

    def total(self) -> float:
        """How wide the table is; 0 where that isn't known."""
        return sum(self._widths) if all(self._widths) else 0

    def given(self, own: Any | None, start: int, span: int) -> float:
        """How wide a cell is made; 0 where that isn't known. What it doesn't say itself, the grid says.

        Args:
            own: what it says itself.
            start: where it starts on the table's grid.
            span: how many columns of that it takes.
        """
        kind = "auto" if own is None else own.get(W + "type", "dxa")
        widths = self._widths[start : start + span]
        # Of zeros, as programs write that leave it to Word, nothing is known.
        drawn = max(sum(widths), 1) if len(widths) == span and any(self._widths) else 0
        told = _dxa(own) if kind == "dxa" else 0
        # Some programs go by the grid whatever a cell says: one that is next to nothing there is not seen in them.
        return drawn if kind != "pct" and (not told or 0 < drawn < SEEN) else told


class StyledMargins:
    """The margins that table styles set for their cells."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[str, Said] = {}

    def of(self, table: Any | None) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """Those of all cells of a table with these properties by their sides, and the largest of any part of it."""
        said = self._styles.inherited(self._styles.table(table), self._known, _margins_of_style)
        return (
            {side: float(said[side]) for side in _SIDES.values() if side in said},
            {side: float(said[f"part {side}"]) for side in _SIDES.values() if f"part {side}" in said},
        )


def _margins_of_style(style: Any) -> Said:
    """What a table's style itself says of margins: of the table's own, and of its cells or parts, which go before those."""
    said = {side: str(width) for side, width in _margins(style.find(f"{W}tblPr/{W}tblCellMar"), {}).items()}
    found = [style.find(f"{W}tcPr/{W}tcMar")]
    for part in style.iterfind(W + "tblStylePr"):
        found += [part.find(f"{W}tblPr/{W}tblCellMar"), part.find(f"{W}tcPr/{W}tcMar")]
    for margins in found:
        for side, width in _margins(margins, {}).items():
            name = f"part {side}"
            said[name] = str(max(width, float(said.get(name, "0"))))
    return said


def _height(row: Any | None) -> float:
    """The height of a row whatever stands in it; endless where it depends on that."""
    height = None if row is None else row.find(W + "trHeight")
    if height is None or height.get(W + "hRule") != "exact":
        return _ENDLESS
    return twips(height.get(W + "val")) or _ENDLESS


def _margins(node: Any | None, otherwise: Mapping[str, float]) -> Mapping[str, float]:
    """The margins of cells by their sides, where nothing is said as otherwise."""
    if node is None:
        return otherwise
    own = {side.tag.rpartition("}")[2]: _dxa(side) for side in node}
    return {**otherwise, **{_SIDES.get(side, side): width for side, width in own.items()}}


def _dxa(node: Any | None) -> float:
    """A width in twips; 0 where it is left to Word, or a part of another."""
    if node is None or node.get(W + "type", "dxa") != "dxa":
        return 0
    return max(twips(node.get(W + "w")) or 0, 0)


def page_height(document: Any) -> float:
    """How high the lowest of the pages is, in twips; endless where none is told."""
    told = (twips(size.get(W + "h")) for size in document.iter(W + "pgSz"))
    return min(filter(None, told), default=_ENDLESS)


def grid_widths(table: Any) -> list[float]:
    """How wide the columns of a table's grid are, in twips."""
    grid = table.find(W + "tblGrid")
    return [] if grid is None else [max(twips(one.get(W + "w")) or 0, 0) for one in grid.iterfind(W + "gridCol")]


def is_away(table: Any | None) -> bool:
    """Whether a table, or a row by what it excepts from its table's properties, stands off its page."""
    if table is None:
        return False
    indent, floats = table.find(W + "tblInd"), table.find(W + "tblpPr")
    places = [] if floats is None else [twips(floats.get(W + name)) for name in ("tblpX", "tblpY")]
    if indent is not None and indent.get(W + "type", "dxa") == "dxa":
        places.append(twips(indent.get(W + "w")))
    return any(place is not None and not _OUTSIDE < place < _BEYOND for place in places)


def is_laid_over(table: Any | None) -> bool:
    """Whether a table is put at a place of the page, whatever stands there."""
    floats = None if table is None else table.find(W + "tblpPr")
    return floats is not None and floats.get(W + "vertAnchor") in ("page", "margin")


def leaves_margin(properties: Any | None) -> bool:
    """Whether a table or a paragraph in the head or the foot of a page floats so far from there that it may lie over the page."""
    if properties is None:
        return False
    heights = (twips(floats.get(_HEIGHTS[floats.tag])) or 0 for floats in properties.iterchildren(*_HEIGHTS))
    return is_laid_over(properties) or any(abs(height) > _LOW for height in heights)


def is_reversed(table: Any | None) -> bool:
    """Whether a table's first column stands at the right."""
    return bool(switch(table, "bidiVisual"))


def is_crossed(cell: Any | None, is_head: bool) -> bool:
    """Whether lines from corner to corner cross a cell out: one alone is usual in a heading, between two of them."""
    borders = None if cell is None else cell.find(W + "tcBorders")
    lines = sum((value(borders, line) or "nil") not in _NO_LINE for line in _LINES)
    return lines > is_head


def is_heading(row: Any | None) -> bool:
    """Whether a row is repeated on each page, as headings are."""
    found = None if row is None else row.find(W + "tblHeader")
    return found is not None and is_on(found)
