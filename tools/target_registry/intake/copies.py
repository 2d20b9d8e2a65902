"""A sheet or table that holds another one of the file once more, as a copy that somebody kept beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from target_registry import fields
from target_registry.forms import Grid
from target_registry.intake import Fault, Filled, Place
from target_registry.model import Level, Message

_FEWEST = 2
"""Rows that make a copy; a single one is a row that stands twice."""


def without_copies(rows: Sequence[Filled]) -> tuple[list[Filled], list[Fault]]:
    """The rows but those of copies, and a fault for each copy: which of two counts, only people can tell.

    Args:
        rows: of all sheets or tables, those of one behind each other.
    """
    kept: list[Filled] = []
    faults: list[Fault] = []
    home: dict[str, Grid] = {}
    for _, together in groupby(rows, key=lambda row: row.grid.position):
        own = list(together)
        grid = own[0].grid
        known = [found for row in own for found in [next(filter(None, map(home.get, _names(row))), None)] if found]
        if len(known) >= _FEWEST and 2 * len(known) > len(own):
            faults.append(_twice(own, known))
            continue
        kept += own
        home |= {name: grid for row in own for name in _names(row)}
    return kept, faults


def _names(row: Filled) -> list[str]:
    """What a target is known by: its slug, and its sentence."""
    return [name for name in (row.text("slug"), fields.fold(row.text("target"))) if name]


def _twice(own: Sequence[Filled], known: Sequence[Grid]) -> Fault:
    first = known[0]
    other = Message("sheet {sheet}", sheet=first.name) if first.lettered else Message("table {n}", n=first.position)
    return Fault(
        "form-twice",
        Level.ERROR,
        Place(own[0].grid, own[0].row),
        Message(
            "{same} of the {rows} targets from here on stand in {other} too",
            same=len(known),
            rows=len(own),
            other=other,
        ),
        Message("keep the one that counts, and delete the other"),
    )
