"""The comment that tells editors which schema a file has, and the ones that name another.

An editor fetches what such a line names, from wherever that is, and believes it. Sources: the yaml-language-server's
documentation, "Using inlined schema"; JetBrains' documentation of its IDEs, "Custom JSON schemas".
"""

from __future__ import annotations

import re
from functools import cache

from target_registry import fields
from target_registry.patterns import lazy

MODELINE = lazy(r"#\s*yaml-language-server:")
BEGINNING = r"\s*(?:yaml-language-server|\$schema)"
"""How a comment goes on behind its sign that may name a schema, as a pattern."""
_NAMES = lazy(r"#\s*(?:yaml-language-server\s*:.*?\$schema=|\$schema\s*:)\s*(\S+)")


def modeline(path: str, name: str) -> str:
    """The comment that tells editors which schema a file has.

    Args:
        path: the file, relative to the registry.
        name: ``plan``, ``target`` or ``adjustment``.
    """
    return f"# yaml-language-server: $schema={'../' * path.count('/')}schema/{name}.schema.json"


def own(name: str) -> str:
    """A pattern of the modelines of one schema, in a folder of whatever depth."""
    return rf"# yaml-language-server: \$schema=(?:\.\./)+schema/{name}\.schema\.json"


@cache
def _own(name: str) -> re.Pattern[str]:
    line = own(name or f"(?:{'|'.join(fields.SCHEMAS)})")
    blanks = r"\s*"
    return lazy(line.replace(" ", blanks) + rf"{blanks}\Z")


def foreign(comment: str, name: str) -> str | None:
    """What a comment has editors take for the schema, where that isn't the registry's own copy of it.

    Args:
        comment: with its sign.
        name: the schema; empty for any.
    """
    found = _NAMES.match(comment)
    return None if found is None or _own(name).match(comment) else found[1]
