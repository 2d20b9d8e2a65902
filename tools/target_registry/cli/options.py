"""Options of commands."""

from __future__ import annotations

from functools import partial
from typing import Any

import click


class Option(click.Option):
    """An option whose help stands as it is given, and isn't looked through for indentation (see :mod:`.later`)."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        told = attributes.pop("help", None)
        super().__init__(*args, **attributes)
        self.help = told


option = partial(click.option, cls=Option)
"""As :func:`click.option`."""
