"""Single facts taken from a file's text without reading it, where that can't go wrong."""

from __future__ import annotations

import re
from decimal import Decimal

from target_registry.patterns import lazy

_LANGUAGE = lazy(rb"^language:[ \t]+[\"']?(zh|en)[\"']?[ \t]*\r?$", re.MULTILINE)
# Nothing but one-line entries, two levels deep at most, and comments on lines of their own: no value opens a quote that
# may end on another line, or a block.
_FLAT = lazy(rb"(?>(?:#[^\n\r]*|(?:  )?[a-z_]+:(?: (?:[^\s\"'|>&!][^\n\r]*|\"[^\"\\\n\r]*\"|'[^'\n\r]*'))?)\n)+\Z")
_WEIGHT = lazy(rb"^weight: (0|[1-9][0-9]{0,3}(?:\.[0-9]{1,6})?|0\.[0-9]{1,6})$", re.MULTILINE)
_KEY_WORK = lazy(rb"^key_work: ([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$", re.MULTILINE)
# Words that are no text though they look like an id.
_NO_TEXT = frozenset((b"null", b"true", b"false"))


def language(raw: bytes) -> str | None:
    """The language that a plan's text names in its first lines, ``zh`` or ``en``."""
    found = _LANGUAGE.search(raw)
    return found[1].decode("ascii") if found else None


def weight(raw: bytes) -> tuple[str, Decimal] | None:
    """A target's key work and weight in points; None where its text must be read to tell."""
    weights, works = _WEIGHT.findall(raw), _KEY_WORK.findall(raw)
    if len(weights) != 1 or len(works) != 1 or works[0] in _NO_TEXT or not _FLAT.match(raw):
        return None
    if raw.count(b"\nweight:") + raw.startswith(b"weight:") != 1 or raw.count(b"key_work:") != 1:
        return None
    return works[0].decode("ascii"), Decimal(weights[0].decode("ascii"))
