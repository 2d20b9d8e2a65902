"""How much a Markdown report may hold, and what of it has room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

LIMIT = 60_000
"""What a report stays below, in characters and in UTF-16 units; GitHub takes 65,536 in a comment."""
LONGEST = 400
"""Characters of one value; of what differs, cut last."""
_TRIES = 20
"""Parts that are too long before no more are made."""

T = TypeVar("T")


def size(text: str) -> int:
    """UTF-16 units, never fewer than characters: forges differ in what they count."""
    return len(text) + sum(char > "\uffff" for char in text)


def short(text: str) -> str:
    """A value, its end replaced by its length where it is very long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…（{len(text)}）"


class Space:
    """What is left of a report's space: each part is taken whole, or not at all.

    Args:
        units: how many UTF-16 units there are.
    """

    def __init__(self, units: int) -> None:
        self.left = units

    def take(self, text: str, more: int = 2) -> bool:
        """Whether a part has room, which is then taken; ``more`` is what parts it from the next."""
        needed = size(text) + more
        if needed > self.left:
            return False
        self.left -= needed
        return True

    def share(self, units: int) -> Space:
        """A space of its own for a section, at most so large; what it takes is gone from this one."""
        return _Share(self, min(units, self.left))

    def fill(self, made_of: Iterable[T], make: Callable[[T], str], heading: int) -> list[tuple[T, str]]:
        """Those parts that have room, in their order, each with its text.

        Args:
            made_of: what parts are made of, the most important first.
            make: makes one; not called any more once there is no room.
            heading: units that stand before the first part.
        """
        kept: list[tuple[T, str]] = []
        tries = _TRIES
        for item in made_of:
            text = make(item)
            if self.take(text, 1 if kept else 1 + heading):
                kept.append((item, text))
            else:
                tries -= 1
                if not tries:
                    break
        return kept


class _Share(Space):
    def __init__(self, whole: Space, units: int) -> None:
        super().__init__(units)
        self._whole = whole

    def take(self, text: str, more: int = 2) -> bool:
        before = self.left
        taken = super().take(text, more)
        self._whole.left -= before - self.left
        return taken
