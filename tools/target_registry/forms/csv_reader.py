"""Comma- or tab-separated values back to a grid, as a spreadsheet or an editor saved them."""

from __future__ import annotations

import csv
import re

from target_registry import limits
from target_registry.escape import from_spreadsheet
from target_registry.forms import FORMULA, Cell, Grid, Unfit
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
_LINES = 50
"""Lines of them."""
_PARTED = 3
"""Signs that part the cells of a line by which it may be a form's row."""
_FORMULA = lazy(r"\s*(?:=\s*+\S|[-+@](?:[0-9.,]++%?[-+*/^(][0-9(]|[a-z$][a-z0-9_.$]*\())", re.IGNORECASE)
"""The start of what a spreadsheet works out: a sum of two figures, or a function, where no = says so."""
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
                # What has an apostrophe in front, as an export gives it, is a text.
                fault = FORMULA if _FORMULA.match(value) else None
                row.append(Cell(cell, number, column, fault))
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
    """The one that the first line with any has most of, those in quotation marks aside.

    Where another parts more lines than have that one at all, it is that: the first line is a title with commas.
    """
    lines = [_QUOTED.sub("", line) for line in text[:_START].split("\n", _LINES)[:_LINES]]
    parted = (line for line in lines if any(map(line.count, _DELIMITERS)))
    first = max(_DELIMITERS, key=next(parted, ",").count)
    rows = {sign: sum(line.count(sign) >= _PARTED for line in lines) for sign in _DELIMITERS}
    most = max(_DELIMITERS, key=rows.__getitem__)
    return most if rows[most] > sum(first in line for line in lines) else first
