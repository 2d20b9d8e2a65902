"""Tab-separated values, to paste into a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from target_registry.formats import Look, csv
from target_registry.formats.csv import Rows
from target_registry.tables import Table

DELIMITER = "\t"


def render(tables: Sequence[Table], look: Look) -> str:
    """One header, then the rows of all tables."""
    return whole([piece(tables)])


def piece(tables: Sequence[Table]) -> list[Rows]:
    """The rows of tables."""
    return csv.rows(tables, DELIMITER)


def whole(pieces: Sequence[Sequence[Rows]]) -> str:
    """Rows one after the other, with a header wherever another one is due."""
    return csv.joined(pieces, DELIMITER)
