"""Tab-separated values, to paste into a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from target_registry.formats import Look
from target_registry.formats.csv import write
from target_registry.tables import Table


def render(tables: Sequence[Table], look: Look) -> str:
    """One header, then the rows of all tables."""
    return write(tables, "\t")
