"""Tables to bytes: one format a file, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast

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
    """A module that writes tables."""

    def render(self, tables: Sequence[Table], look: Look) -> str:
        """The whole output, a newline at its end."""


class Piecewise(Format, Protocol):
    """A format for machines: what it makes of one table doesn't depend on the others'."""

    def piece(self, tables: Sequence[Table]) -> Any:
        """What it makes of some tables, wherever they stand; other processes can hand it over."""

    def whole(self, pieces: Sequence[Any]) -> str:
        """The whole output, made of pieces in order."""


FORMATS = ("text", "markdown", "html", "csv", "tsv", "json")
"""Each a module of this package."""
PIECEWISE = ("csv", "tsv", "json")
"""Those for machines."""


def load(name: str) -> Format:
    """The module of a format, imported only now: some need what others don't."""
    if name not in FORMATS:
        raise ValueError(name)
    module: Format = import_module(f"{__name__}.{name}")
    return module


def piecewise(name: str) -> Piecewise | None:
    """The module of a format for machines; None for one that is for people."""
    return cast(Piecewise, load(name)) if name in PIECEWISE else None


def flat(table: Table) -> tuple[tuple[Column, ...], list[tuple[str, ...]]]:
    """A table without headings between its rows: the group is the first column of each."""
    if table.grouping is None:
        return table.columns, [row.cells for row in table.rows]
    return (table.grouping, *table.columns), [(row.group, *row.cells) for row in table.rows]
