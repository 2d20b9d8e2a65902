"""What of a sheet comes into sight: which rows and columns, how wide these are, and whether values are shown as such.

Source: ECMA-376 part 1, sections 18.3.1.13 (col), 18.3.1.66 (pane), 18.3.1.81 (sheetFormatPr), 18.3.1.87 (sheetView).
"""

from __future__ import annotations

from collections.abc import Mapping

from target_registry import limits
from target_registry.forms import HIDDEN, Flaw, number_formats
from target_registry.forms.archive import damaged
from target_registry.forms.excel_alignment import PADDING
from target_registry.forms.excel_looks import denies, says
from target_registry.forms.excel_places import Place, place, whole
from target_registry.model import Message

_VIEW = ["worksheet", "sheetViews", "sheetView"]
_PANE = [*_VIEW, "pane"]
_SIZES = ["worksheet", "sheetFormatPr"]
_COLUMN = ["worksheet", "cols", "col"]
READ = frozenset((*_PANE, *_SIZES, *_COLUMN)) - {"worksheet"}
"""What is read of a sheet here."""
_LOWEST = 5
"""Points of a row's height that leave something to be read."""
_NARROWEST = 1.5
"""Of a column's width, in digits with what is around them, what leaves one to be seen."""
_USUAL_WIDTH = "8"
_FROZEN = Flaw(
    Message("the cell stands before the rows and columns that the frozen panes can show"),
    Message("unfreeze the panes, so that whoever approves can see it"),
)


class Sight:
    """Collects what a sheet says of its views, rows and columns.

    Attributes:
        shows_zeros: whether a cell of 0 shows it.
        shows_formulas: whether cells show what they hold rather than what that comes to.
    """

    def __init__(self, part: str) -> None:
        self.shows_zeros = True
        self.shows_formulas = False
        self._part = part
        self._hides_rows = False
        self._width = 0.0
        self._widths: dict[int, float] = {}
        self._left = limits.FORM_ENTRIES
        self._corner: Place = 1, 1
        self._reachable: Place = 1, 1

    def start(self, path: list[str], attributes: Mapping[str, str]) -> None:
        """Take one more element, the last of a path."""
        if path == _COLUMN:
            self._column(attributes)
        elif path == _SIZES:
            self._sizes(attributes)
        elif path == _VIEW:
            self.shows_zeros &= not denies(attributes, "showZeros")
            self.shows_formulas |= says(attributes, "showFormulas")
            self._corner = place(attributes.get("topLeftCell", "A1").strip(), self._part)
        elif path == _PANE:
            self._pane(attributes)

    def hides_row(self, attributes: Mapping[str, str]) -> bool:
        """Whether nothing is seen of a row, by what it says of itself."""
        if says(attributes, "hidden"):
            return True
        return _is_under(attributes["ht"], _LOWEST) if "ht" in attributes else self._hides_rows

    def fault(self, row: int, column: int) -> Flaw | None:
        """Why a cell, in a row that isn't hidden itself, doesn't come into sight."""
        if self.width(column) < _NARROWEST:
            return HIDDEN
        return _FROZEN if row < self._reachable[0] or column < self._reachable[1] else None

    def width(self, column: int) -> float:
        """A column's width in digits; none of a hidden one."""
        return self._widths.get(column, self._width or float(_USUAL_WIDTH) + PADDING)

    def _sizes(self, attributes: Mapping[str, str]) -> None:
        # Not what hides rows that are not written: those that are stay visible.
        self._hides_rows = _is_under(attributes.get("defaultRowHeight", ""), _LOWEST)
        width = number_formats.number(attributes.get("defaultColWidth", "").strip())
        letters = number_formats.number(attributes.get("baseColWidth", _USUAL_WIDTH).strip())
        if width is not None:
            self._width = max(float(width), PADDING)
        elif letters is not None:
            self._width = float(letters) + PADDING

    def _column(self, attributes: Mapping[str, str]) -> None:
        first, last = (whole(attributes.get(end, "1").strip(), self._part) for end in ("min", "max"))
        seen = range(first, min(last, limits.FORM_COLUMNS) + 1)
        self._left -= 1 + len(seen)
        if self._left < 0:
            raise damaged(self._part)
        width = number_formats.number(attributes.get("width", "").strip())
        if says(attributes, "hidden"):
            self._widths.update(dict.fromkeys(seen, 0.0))
        elif width is not None:
            self._widths.update((one, min(float(width), self._widths.get(one, float(width)))) for one in seen)

    def _pane(self, attributes: Mapping[str, str]) -> None:
        """Where panes are frozen, what stands before the view's own corner can't be scrolled to."""
        if attributes.get("state", "split").strip() not in ("frozen", "frozenSplit"):
            return
        row, column = self._corner
        rows, columns = (number_formats.number(attributes.get(split, "0").strip()) for split in ("ySplit", "xSplit"))
        self._reachable = (
            max(self._reachable[0], row if rows else 1),
            max(self._reachable[1], column if columns else 1),
        )


class Heights:
    """The heights of rows, as far as a sheet says them."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[int, float, float]] = {}
        """Of each row that has one: which of them it is, how high those above it are in all, and with it."""
        self._sum = 0.0

    def take(self, row: int, height: str) -> None:
        """Take a row, which stands below those before it."""
        number = number_formats.number(height.strip())
        if number is not None:
            self._rows[row] = len(self._rows), self._sum, self._sum + float(number)
            self._sum += float(number)

    def between(self, first: int, last: int) -> float | None:
        """How high some rows are in all, in points; None where a program may make one of them as high as it takes."""
        if first not in self._rows or last not in self._rows:
            return None
        (before, above, _), (until, _, height) = self._rows[first], self._rows[last]
        return height - above if until - before == last - first else None


def _is_under(size: str, least: int) -> bool:
    """Whether a height leaves nothing to see."""
    number = number_formats.number(size.strip())
    return number is not None and number < least
