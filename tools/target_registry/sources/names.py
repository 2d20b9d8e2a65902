"""Names of files as Git has them, in UTF-8 whatever the locale, and as the system and Python have them.

Where the locale has another encoding, Python reads the names that the system gives, and arguments, in that one. A byte
that is no UTF-8 stands as a surrogate, as Python has it.

Source: PEP 383; Unicode Standard Annex #15 and Section 3.13, "Default Case Folding".
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable

_IS_UTF8 = sys.getfilesystemencoding().lower().replace("-", "") == "utf8"


def on_disk(path: str) -> str:
    """A path as Git has it, for a call of the system or as an argument."""
    return path if _IS_UTF8 or path.isascii() else os.fsdecode(encoded(path))


def in_git(name: str) -> str:
    """A name that the system or a caller gives, as Git has it."""
    return name if _IS_UTF8 or name.isascii() else decoded(os.fsencode(name))


def encoded(path: str) -> bytes:
    """The bytes of a path as Git has it."""
    return path.encode("utf-8", "surrogateescape")


def decoded(raw: bytes) -> str:
    """A path as Git has it from its bytes."""
    return raw.decode("utf-8", "surrogateescape")


def folded(name: str) -> str:
    """A name as systems compare it that know no difference between capital and small letters."""
    return unicodedata.normalize("NFC", name).casefold()


def twins(name: str, names: Iterable[str]) -> list[str]:
    """The names that some systems take for another one, sorted; itself is none.

    Args:
        name: the one that is meant.
        names: as Git has them.
    """
    wanted = folded(name)
    return sorted(other for other in names if other != name and folded(other) == wanted)
