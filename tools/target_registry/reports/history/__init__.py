"""A history to text for people and machines: one format a file, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple, Protocol

from target_registry.history import Event, History
from target_registry.language import Speech


class Look(NamedTuple):
    """What a format needs to know beside the history.

    ``width`` is the terminal's, in columns; ``style`` colours a text: (text, name of a style)
    to text. ``oldest_first`` turns the order of the commits around.
    """

    width: int
    style: Callable[[str, str], str]
    oldest_first: bool = False


class Rendered(NamedTuple):
    """A report, and how many commits it had no room for."""

    text: str
    dropped: int = 0


class Format(Protocol):
    """A module that writes a history."""

    def render(self, history: History, speech: Speech, look: Look) -> Rendered:
        """The whole output, a newline at its end."""


FORMATS = ("text", "markdown", "json")
"""Each a module of this package."""


def load(name: str) -> Format:
    """The module of a format, imported only now: some need what others don't."""
    if name not in FORMATS:
        raise ValueError(name)
    module: Format = import_module(f"{__name__}.{name}")
    return module


def ordered(history: History, look: Look) -> Sequence[Event]:
    """The commits in the order that was asked for."""
    return history.events[::-1] if look.oldest_first else history.events
