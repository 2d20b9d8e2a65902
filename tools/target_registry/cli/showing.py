"""What commands that show tables have in common: formats, the width, and what is said of errors beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from target_registry.cli import output
from target_registry.cli.context import Context
from target_registry.cli.options import option, whole
from target_registry.escape import log
from target_registry.formats import FORMATS
from target_registry.language import Speech
from target_registry.model import Message

if TYPE_CHECKING:
    from target_registry import formats


def format_option(say: Speech) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """``--format``, for commands that show tables."""
    return option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="text",
        help=say("For the terminal, a comment, a browser, Excel (csv), pasting (tsv), or programs."),
    )


TABLES, SENTENCES = 120, 100
"""Columns in a pipe: of tables, which need room, and of sentences, whose lines are read from end to end."""


def width_option(say: Speech, otherwise: int = TABLES) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """``--width``, for commands that show a text in a terminal.

    Args:
        say: the language.
        otherwise: the columns that the command takes in a pipe.
    """
    told = Message(
        "Columns of the text format; else what COLUMNS says, the terminal's, or {columns} in a pipe.", columns=otherwise
    )
    return option("--width", type=whole(20, 1000, say), metavar=say("N"), help=say.tell(told))


def look(context: Context, width: int | None, languages: Iterable[str | None] = ()) -> formats.Look:
    """The terminal's width and colours; pipes get a width that reads well in a file.

    A document's language is that of its first plan that has one.
    """
    from target_registry import formats

    language = next(filter(None, languages), context.speech.language)
    return formats.Look(width or output.columns(TABLES), context.style, language)


def show(context: Context, text: str, form: str) -> None:
    """Write a rendered table: to the terminal as text, otherwise as UTF-8."""
    if form == "text":
        output.write(text)
    else:
        # What is printed may end up in a runner's log; these two formats have no escapes of their own.
        shown = log(text) if form in ("csv", "tsv") else text
        output.write_bytes(shown.encode("utf-8", "backslashreplace"))


def warn_of_errors(context: Context, missing: int) -> int:
    """What a table owes its reader: to say that files could not be read whole, for so many reasons. 1 if so."""
    if not missing:
        return 0
    from target_registry.model import Counted

    output.complain(
        context.speech.tell(
            Counted(
                "{n} finding means that the table is not complete; run targets check",
                "{n} findings mean that the table is not complete; run targets check",
                missing,
            )
        )
    )
    return 1
