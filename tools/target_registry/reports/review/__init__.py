"""A review to bytes for people and machines: one format a file, and the list of them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple, Protocol

from target_registry.language import Speech
from target_registry.model import Message
from target_registry.review import Review
from target_registry.snapshots import Side
from target_registry.sources.overlay import Overlay
from target_registry.sources.revision import Index


class Look(NamedTuple):
    """What a format needs to know beside the review.

    ``width`` is the terminal's, in columns; ``style`` colours a text: (text, name of a style)
    to text. ``link`` is what a path is put behind to make an address, or empty. ``prefix`` leads from
    the repository's top to the registry, with a slash at its end, or is empty. ``most`` is how many changes
    are listed of what isn't written yet, the worst first; None for all.
    """

    width: int
    style: Callable[[str, str], str]
    link: str = ""
    prefix: str = ""
    most: int | None = None


class Rendered(NamedTuple):
    """A report, and how many changes that must be decided it had no room for."""

    text: str
    dropped: int = 0


class Format(Protocol):
    """A module that writes a review."""

    def render(self, review: Review, speech: Speech, look: Look) -> Rendered:
        """The whole output, a newline at its end."""


FORMATS = ("text", "markdown", "json", "github")
"""Each a module of this package."""


def load(name: str) -> Format:
    """The module of a format, imported only now: some need what others don't."""
    if name not in FORMATS:
        raise ValueError(name)
    module: Format = import_module(f"{__name__}.{name}")
    return module


def named(side: Side) -> Message:
    """What a side is called: its name and its commit's first digits."""
    if isinstance(side.source, Overlay):
        return Message("{name}", name=side.name)
    if not side.commit:
        return Message("the index") if isinstance(side.source, Index) else Message("the working tree")
    if side.commit.startswith(side.name):
        return Message("{name}", name=side.commit[:12])
    return Message("{name} ({commit})", name=side.name, commit=side.commit[:12])


def repository_path(path: str, prefix: str) -> str:
    """A path of the registry, or of the repository's top, from the repository's top."""
    return prefix + path if path.startswith(("schema/", "targets/")) else path
