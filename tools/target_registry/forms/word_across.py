"""Where the cells of a Word table stand across its page: what lies beside it is seen by nobody.

Source: ECMA-376 part 1, sections 17.4.50 (indent from the margin), 17.4.57 (floating tables), 17.6.11 and 17.6.13 (pages).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from target_registry.forms.word_looks import twips
from target_registry.forms.word_places import Rooms
from target_registry.forms.word_styles import Said, Styles, W, value, whole

_NOT_OF_PAGES = (W + "tbl", W + "txbxContent", W + "sectPrChange")
"""What a section's properties don't stand in."""


class Page(NamedTuple):
    """A page on which a table stands, in twips.

    Attributes:
        width: from edge to edge.
        near: the smaller one of its margins, as pages that face each other may change them.
        far: the larger one, with what is left for the binding.
        has_columns: whether the text runs in several.
    """

    width: float
    near: float
    far: float
    has_columns: bool


def pages(document: Any) -> Mapping[Any, Page]:
    """The page of each table that stands in no other, as far as it is told: the properties of a section stand at its end."""
    found: dict[Any, Page] = {}
    waiting: list[Any] = []
    for node in document.iter(W + "tbl", W + "sectPr"):
        if next(node.iterancestors(*_NOT_OF_PAGES), None) is not None:
            continue
        if node.tag == W + "tbl":
            waiting.append(node)
            continue
        if (page := _page(node)) is not None:
            found.update(dict.fromkeys(waiting, page))
        waiting.clear()
    return found


def _page(section: Any) -> Page | None:
    size, margins, columns = (section.find(W + name) for name in ("pgSz", "pgMar", "cols"))
    width = None if size is None else twips(size.get(W + "w"))
    if not width:
        return None
    left, right, gutter = (0.0 if margins is None else twips(margins.get(W + side)) or 0 for side in _MARGINS)
    count = 1 if columns is None else max(whole(columns.get(W + "num", "1"), 1), len(columns))
    return Page(width, min(left, right), (width if margins is None else max(left, right)) + gutter, count > 1)


_MARGINS = ("left", "right", "gutter")


class StyledPlaces:
    """Where the styles of tables put them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[str, Said] = {}

    def of(self, table: Any | None) -> Said:
        """What the style of a table with these properties says."""
        return self._styles.inherited(
            self._styles.table(table), self._known, lambda style: _said(style.find(W + "tblPr"))
        )


def _said(*properties: Any | None) -> Said:
    """What properties say of a table's place; of several that say the same, the last counts."""
    said: Said = {}
    for node in properties:
        if (aligned := value(node, "jc")) is not None:
            said["jc"] = aligned
        indent = None if node is None else node.find(W + "tblInd")
        if indent is not None:
            is_told = indent.get(W + "type", "dxa") == "dxa"
            said["indent"] = indent.get(W + "w", "0") if is_told else "0" if indent.get(W + "type") == "auto" else ""
    return said


class Across:
    """Where the cells of a table stand, row by row.

    Args:
        table: the table.
        rooms: those of its cells.
        page: the one that it stands on; None where that isn't known.
        styled: what its style says of its place.
    """

    def __init__(self, table: Any, rooms: Rooms, page: Page | None, styled: Said) -> None:
        self._about = table.find(W + "tblPr")
        self._rooms = rooms
        self._page = page
        self._styled = styled
        self._low = self._high = self._down = 0.0
        self._is_told = True

    def begin(self, row: Any, before: int) -> None:
        """A row begins, so many columns of the grid behind the table's first.

        Of where it does no more is known than that it lies between two places.
        """
        if self._page is None:
            return
        properties = row.find(W + "trPr")
        self._low, self._high = self._edges(self._page, row, properties)
        said = None if properties is None else properties.find(W + "wBefore")
        self._down, self._is_told = 0.0, self._rooms.is_fixed
        if before:
            self._go(self._rooms.given(said, 0, before))

    def _edges(self, page: Page, row: Any, properties: Any | None) -> tuple[float, float]:
        unknown = -float("inf"), float("inf")
        floats = None if self._about is None else self._about.find(W + "tblpPr")
        if floats is not None:
            left = twips(floats.get(W + "tblpX", "0"))
            return unknown if left is None or floats.get(W + "tblpXSpec") else (left, left + page.far)
        said = {**self._styled, **_said(self._about, row.find(W + "tblPrEx"), properties)}
        aligned = said.get("jc", "left")
        if aligned in ("left", "start"):
            indent = twips(said.get("indent", "0"))
            if indent is None:
                return unknown
            return page.near + indent, float("inf") if page.has_columns else page.far + indent
        total = self._rooms.total()
        if not total or page.has_columns or aligned not in ("center", "right", "end"):
            return unknown
        if aligned == "center":
            uneven = page.far - page.near
            return (page.width - uneven - total) / 2, (page.width + uneven - total) / 2
        return page.width - page.far - total, page.width - page.near - total

    def _go(self, width: float) -> None:
        self._down += width
        self._is_told &= width > 0

    def is_off(self, cell: Any | None, start: int, span: int) -> bool:
        """Whether the row's next cell lies beside its page as a whole.

        Args:
            cell: its properties.
            start: where it starts on the table's grid.
            span: how many columns of that it takes.
        """
        if self._page is None:
            return False
        own = None if cell is None else cell.find(W + "tcW")
        begins = self._low + (self._down if self._rooms.is_fixed else 0)
        self._go(self._rooms.given(own, start, span))
        return begins >= self._page.width or (self._is_told and self._high + self._down <= 0)
