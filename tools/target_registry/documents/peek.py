"""A plan's language, without reading the plan: help and errors come before any parsing."""

from __future__ import annotations

import re

_LANGUAGE = re.compile(rb"^language:[ \t]+[\"']?(zh|en)[\"']?[ \t]*\r?$", re.MULTILINE)


def language(raw: bytes) -> str | None:
    """The language that a plan's text names in its first lines, ``zh`` or ``en``."""
    found = _LANGUAGE.search(raw)
    return found[1].decode("ascii") if found else None
