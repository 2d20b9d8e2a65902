"""Tables in GitHub Flavored Markdown, for job summaries and comments."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from tabulate import tabulate

from target_registry.escape import markdown
from target_registry.formats import Look, flat
from target_registry.tables import Table


def piece(tables: Sequence[Table], look: Look) -> list[str]:
    """A heading and a table for each, with what is to be said below it."""
    return list(map(_section, tables))


def whole(pieces: Sequence[Sequence[str]], look: Look) -> str:
    """The tables one below the other."""
    return "\n\n".join(chain.from_iterable(pieces)) + "\n"


def _section(table: Table) -> str:
    columns, rows = flat(table)
    body = tabulate(
        [_row(table, index, [markdown(cell) for cell in row]) for index, row in enumerate(rows)],
        headers=[markdown(column.heading) for column in columns],
        tablefmt="pipe",
        colalign=["right" if column.numeric else "left" for column in columns] if rows else None,
        disable_numparse=True,
    )
    parts = [f"### {markdown(table.title)}", body]
    if table.note:
        parts.append(markdown(table.note))
    return "\n\n".join(parts)


def _row(table: Table, index: int, cells: list[str]) -> list[str]:
    """A heading once, a sum in bold."""
    if table.grouping is not None and index and table.rows[index].group == table.rows[index - 1].group:
        cells[0] = ""
    return [f"**{cell}**" if cell else "" for cell in cells] if table.rows[index].total else cells
