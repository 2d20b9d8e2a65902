"""Comma-separated values as Excel opens them: UTF-8 with a byte order mark, CRLF (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from target_registry.escape import hides, spreadsheet, visible
from target_registry.formats import Look, flat
from target_registry.tables import Table

DELIMITER = ","


def render(tables: Sequence[Table], look: Look) -> str:
    """One header, then the rows of all tables."""
    return write(tables, DELIMITER)


def write(tables: Sequence[Table], delimiter: str) -> str:
    """Rows with a delimiter, every cell safe to open in a spreadsheet."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    header: tuple[str, ...] | None = None
    for table in tables:
        columns, rows = flat(table)
        headings = tuple(column.heading for column in columns)
        if headings != header:
            writer.writerow(headings)
            header = headings
        show = _seen if hides("\n".join(map("\n".join, rows))) else str
        writer.writerows([spreadsheet(show(cell)) for cell in row] for row in rows)
    return "\ufeff" + target.getvalue()


def _seen(cell: str) -> str:
    return "\n".join(map(visible, cell.split("\n"))) if "\n" in cell else visible(cell)
