"""A table of a web page while it is read: the text of its cells, and the places that they take."""

from __future__ import annotations

import re

from target_registry import limits
from target_registry.forms import VANISHED, Flaw
from target_registry.forms.bounds import Bounds
from target_registry.forms.spans import Span
from target_registry.model import Message
from target_registry.patterns import lazy

SECTIONS = frozenset(("thead", "tbody", "tfoot"))
"""Parts of a table, at whose end every cell ends that reaches down."""
COLUMNS = frozenset(("col", "colgroup"))
_SHOWN_NUMBER = lazy(r"[-+]?[0-9,]*\.?[0-9]+%?")
BREAK, BLOCK = "\x00", "\x01"
_BLANKS = lazy(rf"[ \t\n{BREAK}{BLOCK}]+")
_WIDE = lazy(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


class Text:
    """The text of a cell, or between tables, while it is read."""

    def __init__(self, width: int = 1, height: int = 1) -> None:
        self.pieces: list[str] = []
        self.width = width
        self.height = height
        self.fault: Flaw | None = None
        self.number = ""
        """What Excel shows instead of the text, as a number."""
        self.is_narrow = False
        """Whether its column has no width."""
        self.has_text = False

    def shown(self) -> str:
        """What it shows: lines of the page's source are wrapped anew, its own breaks stay."""
        return _BLANKS.sub(_blank, "".join(self.pieces))


def _blank(found: re.Match[str]) -> str:
    """What a run of blanks shows: a line break of the source is a blank, or nothing between Chinese characters."""
    run, text = found[0], found.string
    edge = found.start() == 0 or found.end() == len(text)
    if BREAK in run:
        first, *_, last = run.split(BREAK)
        return first * (not first.strip(" ")) + "\n" * run.count(BREAK) + last * (not last.strip(" "))
    if BLOCK in run:
        return "" if edge else "\n"
    if "\n" not in run and "\t" not in run:
        return run
    return "" if edge or (_WIDE.match(text[found.start() - 1]) and _WIDE.match(text[found.end()])) else " "


class Table:
    """A table while it is read.

    Args:
        slot: which of the page's it is, counted from 0.
        before: what stands before it.
    """

    def __init__(self, slot: int, before: Text) -> None:
        self.slot = slot
        self.before = before
        """Text before the table, its caption, and text in it outside of cells, which browsers show above it."""
        self.rows: list[tuple[int, list[Span]]] = []
        self.below: list[tuple[Span, int]] = []
        """Cells that reach down, each with how many rows more."""
        self.cell: Text | None = None
        self._columns = 0
        """Columns that were named up to now."""
        self._group: tuple[int, bool] | None = None
        """How wide an open group of columns says that it is, and whether it is hidden."""
        self.is_fixed = False
        """Whether its first row says how wide its columns are."""
        self._unshown: set[int] = set()
        """Those of them that aren't shown."""
        self._free = 1, 0
        """The first place of the row that may be free, and how many of its cells stand before it."""
        self.in_row = False
        """Whether a row is open: a cell that stands in none begins one."""
        self._section = ""
        """The part of the table that is open; rows that stand in none begin a body."""

    def begin_columns(self, width: int, hidden: bool) -> None:
        """Begin a group of columns, which is as wide as it says where it names none of them."""
        self._group = width, hidden

    def end_columns(self) -> None:
        """End a group of columns."""
        if self._group:
            self.name_columns(*self._group)

    def name_columns(self, width: int, hidden: bool) -> None:
        """Take columns that are named before the rows."""
        self._group = None
        if hidden and self._columns < limits.FORM_COLUMNS:
            self._unshown.update(range(self._columns + 1, self._columns + width + 1))
        self._columns += width

    def begin_row(self, bounds: Bounds) -> None:
        """Start a row with the cells that reach into it from above."""
        number = len(self.rows) + 1
        bounds.reach(number, 1)
        for place, (span, _) in enumerate(self.below, 1):
            bounds.take(number, place, span.text)
        self.rows.append((number, [span._replace(continues=True) for span, _ in self.below]))
        self._free = 1, 0
        self.below = [(span, left - 1) for span, left in self.below if left > 1]
        self.in_row = True
        self._section = self._section or "tbody"

    def end_row(self, bounds: Bounds) -> None:
        """End the row with its cell."""
        self.end_cell(bounds)
        self.in_row = False

    def begin_section(self, tag: str, bounds: Bounds) -> None:
        """Begin a part of the table, which ends the one before it."""
        self.end_section(bounds)
        self._section = tag

    def end_section(self, bounds: Bounds) -> None:
        """End a part of the table: browsers let no cell reach beyond it."""
        self.end_row(bounds)
        self.below.clear()
        self._section = ""

    def end_as_written(self, tag: str, bounds: Bounds) -> None:
        """Heed the end of a row or of a part as it stands in the page: browsers do, also where the tag that begins it is left out."""
        if tag == "tr":
            self.end_row(bounds)
        elif tag == self._section:
            self.end_section(bounds)

    def end_cell(self, bounds: Bounds) -> None:
        """Give the cell the first free place of its row."""
        if (cell := self.cell) is None:
            return
        self.cell = None
        number, row = self.rows[-1]
        start, index = self._free
        while index < len(row) and start == row[index].start:
            start, index = start + row[index].width, index + 1
        bounds.reach(number, len(row) + 1)
        room = row[index].start - start if index < len(row) else cell.width
        text, width, fault = cell.shown(), min(cell.width, room), cell.fault
        if cell.is_narrow:
            self._unshown.update(range(start, start + width))
        if cell.number and fault is None and _differs(text.strip(), cell.number):
            fault = Flaw(
                Message("Excel shows another number here than a browser: {text}", text=cell.number),
                Message("open the page in Excel, and save it as a workbook"),
            )
        if self._unshown and text.strip() and not self._unshown.isdisjoint(range(start, start + width)):
            fault = VANISHED
        placed = Span(text, start, width, fault)
        row.insert(index, placed)
        self._free = start + placed.width, index + 1
        if cell.height > 1:
            self.below.append((placed, cell.height - 1))
            self.below.sort(key=lambda entry: entry[0].start)


def _differs(text: str, number: str) -> bool:
    """Whether a text is a number, and another one than Excel has, however many figures of that it shows."""
    if not _SHOWN_NUMBER.fullmatch(text):
        return False
    try:
        meant = float(number)
    except ValueError:
        return False
    whole = 100 if text.endswith("%") else 1
    bare = text.rstrip("%").replace(",", "")
    shown = float(bare) / whole
    return not abs(shown - meant) <= 0.51 / (whole * 10 ** len(bare.partition(".")[2]))
