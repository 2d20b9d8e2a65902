"""Tables and forms between the views that make them and the formats that render them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from target_registry.model import EMPTY


class Column(NamedTuple):
    """One column of a table: its key for machines and its heading for people."""

    key: str
    heading: str
    numeric: bool = False


class Row(NamedTuple):
    """One row: what it shows, and what it is for machines.

    ``cells`` are texts, one a column; ``record`` the same row as plain data. ``group``
    is the heading it stands under. ``total`` marks a closing row of sums.
    """

    cells: tuple[str, ...]
    record: Mapping[str, Any] = EMPTY
    group: str = ""
    total: bool = False


class Table(NamedTuple):
    """What a view made and a format renders: M views and N formats cost M + N.

    ``grouping`` is the first column where rows stand under headings: a format for
    machines writes it on every row, one for people writes each heading once.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    grouping: Column | None = None
    note: str = ""


class Form(NamedTuple):
    """A plan as its official form: what every document that people file, print or edit is made from.

    Attributes:
        plan: its id, such as ``2018``.
        language: of the document, ``zh`` or ``en``.
        table: the rows, grouped by key work; each row's record has its ``slug`` and plain values.
        key_works: the headings of all key works in order, as the form prints them.
        total: the points that the plan declares; None where it declares none.
        standing: which revision this is, and whether it is approved, as sentences for the foot of a page.
        weights: how the points are spread: by key work, and by category.
    """

    plan: str
    language: str
    table: Table
    key_works: tuple[str, ...]
    total: Decimal | None
    standing: tuple[str, ...]
    weights: tuple[Table, ...]
