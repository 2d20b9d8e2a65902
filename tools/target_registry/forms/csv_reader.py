"""Comma- or tab-separated values back to a grid, as a spreadsheet or an editor saved them."""

from __future__ import annotations

import csv

from target_registry import limits
from target_registry.escape import from_spreadsheet
from target_registry.forms import Cell, Grid, Unfit
from target_registry.forms.bounds import Bounds
from target_registry.forms.encodings import decoded
from target_registry.model import Message
from target_registry.patterns import lazy

_DELIMITERS = ",\t;"
"""The comma first: it wins where a line has as many of another."""

_SAID = lazy(r'"?sep=([,;\t])"?\n')
"""What Excel takes for no row, but for what parts the cells."""
_QUOTED = lazy(r'"[^"]*(?:"|\Z)')
_START = 100_000
"""Characters of a file that are looked at for what parts its cells."""
_LINE = lazy(r"[^\n]*\n|[^\n]+\Z")


def read(raw: bytes) -> list[Grid]:
    """The file's rows as one grid; a row's number counts records, as a spreadsheet shows them.

    Raises:
        Unfit: the file is no such text, too large, or a quotation mark in it is never closed.
    """
    text = decoded(raw)
    said = _SAID.match(text)
    delimiter = said[1] if said else _delimiter(text)
    begun = _LINE.finditer(text, said.end() if said else 0)
    lines = csv.reader((_within(line[0], delimiter) for line in begun), delimiter=delimiter, strict=True)
    bounds, rows, number = Bounds(), [], 0
    try:
        for number, record in enumerate(lines, 2 if said else 1):
            bounds.reach(number, 1)
            row = []
            for column, value in enumerate(record, 1):
                cell = from_spreadsheet(value)
                bounds.take(number, column, cell)
                row.append(Cell(cell, number, column))
            if row:
                rows.append(tuple(row))
    except csv.Error as broken:
        raise Unfit(
            Message(
                "row {row} can't be told into cells: a quotation mark is out of place, or a cell is too long",
                row=number + 1,
            ),
            Message("open it in a spreadsheet and save it again"),
        ) from broken
    return [Grid("", 1, tuple(rows))]


def _within(line: str, delimiter: str) -> str:
    """A line, unless it surely has more cells than any row may; all of them would be made first."""
    if '"' not in line and line.count(delimiter) >= limits.FORM_COLUMNS:
        Bounds().reach(1, line.count(delimiter) + 1)
    return line


def _delimiter(text: str) -> str:
    """The one that the first line with any has most of, those in quotation marks aside."""
    start = text[:_START]
    for line in start.split("\n", 50)[:50]:
        bare = _QUOTED.sub("", line)
        if best := max(_DELIMITERS, key=bare.count) if any(map(bare.count, _DELIMITERS)) else "":
            return best
    return ","
