"""Rows whose cells span columns, laid out as a grid: a column is where some cell of the table begins.

A table drawn by hand has more lines than columns: its cells span slivers that nobody sees. Counting
only the places where cells begin gives the columns that people count, and lets no span, however wide, cost anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from target_registry.forms import Cell, Flaw
from target_registry.forms.bounds import Bounds


class Span(NamedTuple):
    """A cell before it has a column: what it shows, where it starts on some scale, and how wide it is on that."""

    text: str
    start: int
    width: int
    fault: Flaw | None = None
    continues: bool = False


def laid(rows: Sequence[tuple[int, Iterable[Span]]], bounds: Bounds) -> tuple[tuple[Cell, ...], ...]:
    """The rows as cells; a row that has none is left out.

    Args:
        rows: each with its number and its cells from left to right, none over another.
        bounds: what the file may still take.

    Raises:
        Unfit: there are too many.
    """
    starts = sorted({span.start for _, spans in rows for span in spans})
    found = []
    for number, spans in rows:
        cells: list[Cell] = []
        for span in spans:
            first, end = bisect_left(starts, span.start) + 1, bisect_left(starts, span.start + span.width) + 1
            for column in range(len(cells) + 1, first):
                bounds.take(number, column, "")
                cells.append(Cell("", number, column))
            for column in range(first, end):
                bounds.take(number, column, span.text)
                is_part = column > first
                cells.append(Cell(span.text, number, column, span.fault, span.continues or is_part, across=is_part))
        if cells:
            found.append(tuple(cells))
    return tuple(found)


def lines(rows: Sequence[tuple[int, Iterable[Span]]], widths: Sequence[float]) -> tuple[float, ...]:
    """Where the columns of rows that are laid out begin on the page, and where the last of them ends.

    Args:
        rows: what is laid out.
        widths: how wide each step of their scale is on the page; where one of them isn't known, each counts alike.
    """
    starts = sorted({span.start for _, spans in rows for span in spans})
    end = max((span.start + span.width for _, spans in rows for span in spans), default=0)
    if end > len(widths) or not all(widths[:end]):
        return (*map(float, starts), float(end))
    places = [0.0, *accumulate(widths)]
    return tuple(places[at] for at in (*starts, end))
