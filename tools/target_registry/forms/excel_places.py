"""Places of a sheet as workbooks name them: cells such as B12, ranges such as A1:B2, plain whole numbers."""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import limits
from target_registry.forms.archive import damaged
from target_registry.forms.bounds import too_many_cells
from target_registry.patterns import lazy

ROWS, COLUMNS = 1_048_576, 16_384
_PLACE = lazy(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})\Z")
_VISITS = 10 * limits.FORM_CELLS
"""Ranges, and places in them, that are looked at in one file: they may overlap."""

Place = tuple[int, int]
"""Row and column, counted from 1."""
Sides = tuple[int, int, int, int]
"""The first row and column of a range, and the last."""


def letters(column: int) -> str:
    """A column as a sheet names it: 1 is A, 27 is AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def whole(text: str, part: str) -> int:
    """A whole number that a part writes.

    Raises:
        Unfit: it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise damaged(part)
    return int(text)


def place(reference: str, part: str) -> Place:
    """Row and column of a reference such as B12.

    Raises:
        Unfit: no sheet has such a cell.
    """
    found = _PLACE.match(reference)
    if not found:
        raise damaged(part)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    if row > ROWS or column > COLUMNS:
        raise damaged(part)
    return row, column


def sides(reference: str, part: str) -> Sides:
    """The sides of a range such as A1:B2, or of a cell.

    Raises:
        Unfit: no sheet has such a range.
    """
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = place(first, part), place(last or first, part)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def within(range_: Sides, last: Place) -> Iterator[Place]:
    """The places of a range, as far down and right as the sheet has anything."""
    top, left, bottom, right = range_
    for row in range(top, min(bottom, last[0]) + 1):
        for column in range(left, min(right, last[1]) + 1):
            yield row, column


class Visits:
    """How many places of ranges were looked at in one file."""

    def __init__(self) -> None:
        self._left = _VISITS

    def of(self, range_: Sides, last: Place) -> Iterator[Place]:
        """The places of a range that the sheet reaches, each counted.

        Raises:
            Unfit: there are too many.
        """
        self._count()
        for found in within(range_, last):
            self._count()
            yield found

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise too_many_cells()
