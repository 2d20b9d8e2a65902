"""Trees that no git writes: with entries out of order or twice, so that what git lists depends on how it is asked.

Git finds and compares entries by walking trees in their order. Of a folder that stands where none looks for it, one
command tells and another doesn't; and a comparison tells it twice, as deleted and as new. An entry whose name has a
slash is listed like a file of a folder, which it isn't.

Source: gitformat-pack(5) and git-fsck(1), "treeNotSorted", "duplicateEntries" and "fullPathname".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from target_registry.model import Message
from target_registry.sources import EnvironmentFault

_FOLDERS = (b"40000", b"040000")


Part = tuple[bytes, bytes, bytes]
"""The mode, the name and the object's id, as bytes, of an entry of a tree."""


def parts(raw: bytes, size: int) -> list[Part]:
    """The entries of a tree, as far as it is made of such.

    Args:
        raw: the tree's bytes.
        size: bytes of an object's id.
    """
    return re.findall(rb"([0-7]+) ([^\0]+)\0(.{%d})" % size, raw, re.DOTALL)


def folders_of(found: Sequence[Part]) -> dict[bytes, bytes]:
    """The ids, in hexadecimal digits, of those of some entries that are trees, by name."""
    return {name: raw.hex().encode("ascii") for mode, name, raw in found if mode in _FOLDERS}


def odd_entry(raw: bytes, found: Sequence[Part]) -> bytes | None:
    """The name of a tree's first entry that doesn't stand in its order, or once more, or has a slash; None in a sound one.

    Args:
        raw: the tree's bytes.
        found: its entries.
    """
    names = [name for _, name, _ in found]
    places = [_place(part) for part in found]
    is_whole = sum(map(len, map(b"".join, found))) + 2 * len(found) == len(raw)  # with a blank and a zero each
    if is_whole and places == sorted(places) and len({*names}) == len(names) and b"/" not in b"".join(names):
        return None
    before, known = b"", set()
    for part, name in zip(found, names, strict=True):
        place = _place(part)
        if place <= before or name in known or b"/" in name:
            return name
        known.add(name)
        before = place
    return before  # behind it stands what is no entry


def _place(part: Part) -> bytes:
    """What Git compares of an entry."""
    return part[1] + b"/" if part[0] in _FOLDERS else part[1]


def unsound(path: str) -> EnvironmentFault:
    """Why nothing is told of a revision with such a tree.

    Args:
        path: of an entry that isn't in its place.
    """
    return EnvironmentFault(
        Message(
            "{path} is listed twice or out of order in the revision, as git never does, so that nobody can say what the "
            "revision holds; take nothing from where it came; git fsck says more",
            path=path,
        )
    )


def slashed(path: str) -> EnvironmentFault:
    """The same where what looks like a file of a folder is none.

    Args:
        path: what the entry's name makes of it.
    """
    return EnvironmentFault(
        Message(
            "the revision has {path} by a name with slashes in it, as git never writes one, and in no such folder, so that "
            "nobody can say what the revision holds; take nothing from where it came; git fsck says more",
            path=path,
        )
    )


def unsound_or_index(path: str) -> EnvironmentFault:
    """The same where it may be the index whose entries no git wrote in their order.

    Args:
        path: of an entry that isn't in its place.
    """
    return EnvironmentFault(
        Message(
            "{path} is listed twice or out of order in the index or the revision, as git never does, so that nobody can "
            "say what they hold; git fsck says which it is, and git read-tree HEAD makes the index anew",
            path=path,
        )
    )
