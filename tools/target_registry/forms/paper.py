"""The form's columns on paper: how its headings break, how wide each column is, how tall a row gets."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from target_registry import fields
from target_registry.fields import Field
from target_registry.tables import Form
from target_registry.wrapping import pieces, width

_UNSAID = 8
"""Characters given to a column of which the schema says no width."""
_SLACK = 1.1
"""Fonts differ: a heading gets more room than its characters should take."""


class PaperColumn(NamedTuple):
    """One column.

    Attributes:
        key: its field's.
        heading: its heading, in lines as the filed form breaks them.
        width: in the unit that was asked for.
        centred: whether its cells are figures or choices, which stand in the middle.
    """

    key: str
    heading: tuple[str, ...]
    width: int
    centred: bool


def columns(form: Form, *, total: int, character: float, padding: float) -> tuple[PaperColumn, ...]:
    """The columns of a form, the key work first, that share a page's width.

    Args:
        form: the form.
        total: what all widths sum to.
        character: the width of a Chinese character; that of others is half.
        padding: what a cell needs beside its text.
    """
    known = {field.key: field for field in fields.form()}
    headed = [column for column in (form.table.grouping, *form.table.columns) if column is not None]
    # Broken headings are the filed form's own; other languages break at blanks.
    lines = [
        known[column.key].lines if form.language == "zh" and known[column.key].lines else (column.heading,)
        for column in headed
    ]
    needed = [
        character * _SLACK / 2 * max(width(piece) for piece in _unbroken(known[column.key], heading, form.language))
        + padding
        for column, heading in zip(headed, lines, strict=True)
    ]
    widths = _shared(total, [known[column.key].width or _UNSAID for column in headed], needed)
    return tuple(
        PaperColumn(column.key, heading, share, column.numeric or known[column.key].kind == "choice")
        for column, heading, share in zip(headed, lines, widths, strict=True)
    )


def lines(text: str, room: float) -> int:
    """How many lines a text takes, at most, in a column with room for that many Chinese characters."""
    return sum(max(1, math.ceil(width(line) * _SLACK / 2 / room)) for line in text.split("\n"))


def _unbroken(field: Field, heading: Sequence[str], language: str) -> Iterator[str]:
    """What no column may be too narrow for: a line of its heading, and in other languages a word."""
    if language == "zh":
        yield from heading
        return
    for text in (*heading, *(field.label(value, language) for value, _ in field.choices)):
        yield from pieces(text, len(text))


def _shared(total: int, shares: Sequence[int], needed: Sequence[float]) -> list[int]:
    """Whole widths that sum to the total, by share; a column that needs more takes it from the others."""
    short: set[int] = set()
    while True:
        rest = total - sum(needed[column] for column in short)
        unit = rest / max(1, sum(share for column, share in enumerate(shares) if column not in short))
        found = {column for column, share in enumerate(shares) if share * unit < needed[column]}
        if found <= short:
            break
        short |= found
    widths = [round(needed[column] if column in short else share * unit) for column, share in enumerate(shares)]
    widths[widths.index(max(widths))] += total - sum(widths)
    return widths
