"""Tab-separated values, to paste into a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from target_registry.formats import Look, csv
from target_registry.formats.csv import Rows
from target_registry.tables import Table

DELIMITER = "\t"


def piece(tables: Sequence[Table], look: Look) -> list[Rows]:
    """The rows of tables."""
    return csv.rows(tables, DELIMITER)


def whole(pieces: Sequence[Sequence[Rows]], look: Look) -> str:
    """Rows one after the other, with a header wherever another one is due."""
    return csv.joined(pieces, DELIMITER)
