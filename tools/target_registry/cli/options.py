"""Options of commands."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from target_registry.language import Speech


class Option(click.Option):
    """An option whose help stands as it is given, and isn't looked through for indentation (see :mod:`.later`)."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        told = attributes.pop("help", None)
        super().__init__(*args, **attributes)
        self.help = told


option = partial(click.option, cls=Option)
"""As :func:`click.option`."""


def whole(least: int, most: int, say: Speech) -> click.IntRange:
    """A whole number from one to another, called so in a language."""
    kind = click.IntRange(least, most)
    kind.name = say("a whole number")
    return kind
