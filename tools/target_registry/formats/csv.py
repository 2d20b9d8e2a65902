"""Comma-separated values as Excel opens them: UTF-8 with a byte order mark, CRLF (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import chain

from target_registry.escape import hides, spreadsheet, visible
from target_registry.formats import Look, flat
from target_registry.tables import Table

DELIMITER = ","

Rows = tuple[tuple[str, ...], str]
"""Headings, and rows under them as text."""


def piece(tables: Sequence[Table], look: Look) -> list[Rows]:
    """The rows of tables."""
    return rows(tables, DELIMITER)


def whole(pieces: Sequence[Sequence[Rows]], look: Look) -> str:
    """Rows one after the other, with a header wherever another one is due."""
    return joined(pieces, DELIMITER)


def rows(tables: Sequence[Table], delimiter: str) -> list[Rows]:
    """Rows with a delimiter, every cell safe to open in a spreadsheet."""
    found = []
    for table in tables:
        columns, lines = flat(table)
        show = _seen if hides("\n".join(map("\n".join, lines))) else str
        text = _written(([spreadsheet(show(cell)) for cell in line] for line in lines), delimiter)
        found.append((tuple(column.heading for column in columns), text))
    return found


def joined(pieces: Sequence[Sequence[Rows]], delimiter: str) -> str:
    """Rows one after the other, with a header wherever another one is due."""
    parts = ["\ufeff"]
    header: tuple[str, ...] | None = None
    for headings, text in chain.from_iterable(pieces):
        if headings != header:
            parts.append(_written([headings], delimiter))
            header = headings
        parts.append(text)
    return "".join(parts)


def _written(lines: Iterable[Sequence[str]], delimiter: str) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return target.getvalue()


def _seen(cell: str) -> str:
    return "\n".join(map(visible, cell.split("\n"))) if "\n" in cell else visible(cell)
