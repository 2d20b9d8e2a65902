"""The official form as a file that people open, print and edit: written from a form, read back to grids of cells.

A writer knows how a kind of file is made, a reader how it is taken apart; neither knows what a
cell means: that is the codec's (:mod:`target_registry.fields`).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, Protocol

from target_registry.model import Message
from target_registry.tables import Form

WRITERS = {"docx": "word_writer", "xlsx": "excel_writer"}
"""Modules of this package, by the ending of the file that they write."""
READERS = {
    "docx": "word_reader",
    "xlsx": "excel_reader",
    "csv": "csv_reader",
    "tsv": "csv_reader",
    "json": "json_reader",
    "md": "markdown_reader",
    "html": "html_reader",
    "htm": "html_reader",
}
"""The same of those that they read."""


class Writer(Protocol):
    """A module that writes a form."""

    def write(self, form: Form) -> bytes:
        """The whole file; the same form gives the same bytes."""


class Flaw(NamedTuple):
    """Why the text of a cell can't be taken as a person's own, such as a formula, and what is to be done about it."""

    told: Message
    cure: Message


class Cell(NamedTuple):
    r"""One cell of a grid, as a person sees it.

    Attributes:
        text: what it shows, line breaks as ``\\n``; a number as it is typed, without a format.
        row: its row, counted from 1; 0 for the keys of records.
        column: its column, counted from 1.
        fault: why its text can't be taken as a person's own; None where it can.
        continues: whether it is a part of a merged cell that begins above; its text is then that cell's.
        shown: what stands there with the unit that a format adds to a number, such as 20个; empty where it adds none.
        across: whether it is a part of a cell that begins on its left.
    """

    text: str
    row: int
    column: int
    fault: Flaw | None = None
    continues: bool = False
    shown: str = ""
    across: bool = False


VANISHED = Flaw(Message("the cell holds hidden text"), Message("show it or delete it"))
"""The fault of text that isn't shown."""
NESTED = Flaw(Message("the cell holds a table of its own"), Message("write its text without one"))
"""The fault of a table in a cell."""
BOXED = Flaw(Message("the cell holds a box or a picture"), Message("write its text as plain text"))
"""The fault of what is shown and is no text."""
STRUCK = Flaw(Message("the text is struck through"), Message("delete it, or take the line off"))
"""The fault of a text that a person sees crossed out."""
CROSSED = Flaw(*STRUCK)
"""That of a line across a cell: it crosses a text out, but not a heading, in which it only divides what is above and below."""
LOW = Flaw(
    Message("the row is too low for the cell's text: a part of it isn't shown"),
    Message("let the row be as high as its text, or shorten the text"),
)
"""The fault of a text that its row cuts off; whoever reads a heading knows how it goes on."""
NOTE = Flaw(
    Message("the cell has a footnote or an endnote"), Message("write what it says into the cell itself, and delete it")
)
"""The fault of a text that goes on elsewhere."""
FORMULA = Flaw(
    Message("the cell holds a formula, and a form takes only what was typed"),
    Message("copy the cell and paste its value over it"),
)
"""The fault of what is worked out."""
PALE = Flaw(
    Message("the text has the colour of its background"), Message("give it another colour, so that it can be seen")
)
"""The fault of a text that nobody sees."""
HIDDEN = Flaw(
    Message("the cell stands in a hidden row or column"),
    Message("clear the filter if one is on, and unhide what is hidden; delete only what doesn't belong to the form"),
)
"""The fault of a text in a row or column that isn't shown."""
REPEATED = Flaw(
    Message("a conditional format hides the cell where it says the same as the one above"),
    Message("delete the conditional format of this cell"),
)
"""The fault of a text that may be hidden so, which is none of a key work."""
TURNED = Flaw(Message("the text runs from right to left"), Message("type it anew"))
"""The fault of a text whose signs are shown in another order."""


class Grid(NamedTuple):
    """One sheet, or one table of a document.

    Attributes:
        name: the sheet's name; empty for a table of a document.
        position: which of the file's sheets or tables it is, counted from 1.
        rows: its cells, rows of one length not being promised.
        before: texts that stand before the table, such as its title.
        lettered: whether its columns are called A, B, C, as a sheet's are.
        floating: what stands outside of it and can be shown over it: its words, which a picture has none of.
        lines: where on the page each of its columns begins, and last where they end, on any scale; empty where all rows
            of such a file have the same columns.
        starts: of a list of records, in which line of the file each of them begins, its rows being numbered as they are,
            after one with their keys; empty for a table.
    """

    name: str
    position: int
    rows: tuple[tuple[Cell, ...], ...]
    before: tuple[str, ...] = ()
    lettered: bool = False
    floating: tuple[str, ...] = ()
    lines: tuple[float, ...] = ()
    starts: tuple[int, ...] = ()


class Reader(Protocol):
    """A module that reads a file."""

    def read(self, raw: bytes) -> Sequence[Grid]:
        """Every visible sheet or table.

        Raises:
            Unfit: the file is broken, too large, or holds what no form needs.
        """


class Unfit(ValueError):
    """A file can't be taken as a form; the message says why, and what to do."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.text)
        self.message = message
        self.hint = hint


def writer(ending: str) -> Writer:
    """The writer of a kind of file, imported only now: each needs a library of its own."""
    module: Writer = import_module(f"{__name__}.{WRITERS[ending]}")
    return module


def reader(ending: str) -> Reader:
    """The reader of a kind of file."""
    module: Reader = import_module(f"{__name__}.{READERS[ending]}")
    return module
