"""What people filled in to files of the registry: a form's rows, matched with the targets, become the smallest edits."""

from __future__ import annotations

from typing import NamedTuple

from target_registry.forms import HIDDEN, Cell, Grid
from target_registry.forms.excel_places import letters
from target_registry.model import Level, Message
from target_registry.patterns import lazy


class Place(NamedTuple):
    """Where something stands in a file that people filled in: its sheet or table, row, column, both from 1.

    Of a list of records the rows are these, and the columns their keys.
    """

    grid: Grid
    row: int
    column: int | None = None
    heading: str = ""

    def told(self) -> Message:
        """The place in words."""
        if self.grid.starts:
            return self._in_record()
        if self.grid.lettered:
            where = Message("sheet {sheet}, row {row}", sheet=self.grid.name, row=self.row)
        else:
            where = Message("table {n}, row {row}", n=self.grid.position, row=self.row)
        if self.column is None:
            return where
        column = letters(self.column) if self.grid.lettered else str(self.column)
        if not self.heading:
            return Message("{where}, column {column}", where=where, column=column)
        return Message("{where}, column {column} ({heading})", where=where, column=column, heading=self.heading)

    def _in_record(self) -> Message:
        """The place in words, of a file of records."""
        if not self.row:
            return Message("the keys of the records")
        where = Message("record {n}, line {line}", n=self.row, line=self.grid.starts[self.row - 1])
        if self.column is None:
            return where
        key = self.grid.rows[0][self.column - 1].text
        if not self.heading:
            return Message("{where}, {key}", where=where, key=key)
        return Message("{where}, {key} ({heading})", where=where, key=key, heading=self.heading)


class Fault(NamedTuple):
    """What can't be understood, or should be known, of a filled-in form, with its place and its cure.

    Of errors nothing is written.
    """

    code: str
    level: Level
    place: Place | None
    message: Message
    hint: Message | None = None


class Filled(NamedTuple):
    """One row of the form as it was filled in: a column's cell by its key. A column that is missing has no cell."""

    grid: Grid
    row: int
    cells: dict[str, Cell]

    def text(self, key: str) -> str:
        """What a column's cell says, without blanks around it."""
        cell = self.cells.get(key)
        return cell.text.strip() if cell else ""

    def at(self, key: str, heading: str = "") -> Place:
        """Where a column's cell stands, or the row where it has none."""
        cell = self.cells.get(key)
        return Place(self.grid, cell.row if cell else self.row, cell.column if cell else None, heading)


def is_helper(key: str, cell: Cell) -> bool:
    """Whether a cell is one of the hidden column of slugs, which people need not see."""
    return key == "slug" and cell.fault is HIDDEN


def is_ditto(said: object) -> bool:
    """Whether a cell says only that it is as the one above, or beside it: 同上, with blanks within or a mark around it too."""
    if not isinstance(said, str) or len(said) > _LONGEST_DITTO:
        return False
    return _DITTO.match("".join(said.split())) is not None


_LONGEST_DITTO = 30
_DITTO = lazy(
    r"[(（\[［【“]?(?:(?:(?:同|详?见|如)[上前]|同左)(?:一?[行栏格列项条]|[面述])?|[〃″〞”])[)）\]］】”]?[.．。,，、;；]?\Z"
)
"""How forms say so, without blanks."""
