"""Tables to bytes: one format a file, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple, Protocol

from target_registry.tables import Column, Table


class Look(NamedTuple):
    """What a format for people needs to know beside the tables.

    ``width`` is the terminal's, in columns; ``style`` colours a text: (text, name of a style)
    to text; ``language`` is the document's.
    """

    width: int
    style: Callable[[str, str], str]
    language: str = "zh"


class Format(Protocol):
    """A module that writes tables.

    What it makes of one table doesn't depend on the others, so that several processes can make the pieces.
    """

    def piece(self, tables: Sequence[Table], look: Look) -> Any:
        """What is made of some tables, wherever they stand; it can be pickled."""

    def whole(self, pieces: Sequence[Any], look: Look) -> str:
        """The whole output, a newline at its end, made of pieces in their order."""


FORMATS = ("text", "markdown", "html", "csv", "tsv", "json")
"""Each a module of this package."""


def load(name: str) -> Format:
    """The module of a format, imported only now: some need what others don't."""
    if name not in FORMATS:
        raise ValueError(name)
    module: Format = import_module(f"{__name__}.{name}")
    return module


def render(name: str, tables: Sequence[Table], look: Look) -> str:
    """Tables in a format, a newline at the end."""
    module = load(name)
    return module.whole([module.piece(tables, look)], look)


def flat(table: Table) -> tuple[tuple[Column, ...], list[tuple[str, ...]]]:
    """A table without headings between its rows: the group is the first column of each."""
    if table.grouping is None:
        return table.columns, [row.cells for row in table.rows]
    return (table.grouping, *table.columns), [(row.group, *row.cells) for row in table.rows]
