"""Trees that no git writes: with entries out of order or twice, so that what git lists depends on how it is asked.

Git finds and compares entries by walking trees in their order. Of a folder that stands where none looks for it, one
command tells and another doesn't; and a comparison tells it twice, as deleted and as new. An entry whose name has a
slash is listed like a file of a folder, which it isn't.

Source: gitformat-pack(5) and git-fsck(1), "treeNotSorted", "duplicateEntries" and "fullPathname".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from target_registry.model import Message
from target_registry.sources import EnvironmentFault

_FOLDERS = (b"40000", b"040000")


class Part(NamedTuple):
    """One entry of a tree.

    Attributes:
        name: its name.
        id: its object's name in hexadecimal digits.
        is_folder: whether that is a tree.
        is_whole: whether the name has an end.
    """

    name: bytes
    id: bytes
    is_folder: bool
    is_whole: bool


def parts(raw: bytes, size: int) -> list[Part]:
    """The entries of a tree.

    Args:
        raw: the tree's bytes.
        size: bytes of an object's id.
    """
    found, at = [], 0
    while at < len(raw):
        end = raw.find(b"\0", at)
        mode, _, name = raw[at : end if end >= 0 else None].partition(b" ")
        at = end + 1 + size if end >= 0 else len(raw)
        found.append(Part(name, raw[at - size : at].hex().encode("ascii"), mode in _FOLDERS, end >= 0))
    return found


def odd_entry(entries: Iterable[Part]) -> bytes | None:
    """The name of a tree's first entry that doesn't stand in its order, or once more, or has a slash; None in a sound one."""
    before, names = b"", set()
    for name, _, is_folder, is_whole in entries:
        place = name + b"/" if is_folder else name  # as git compares them
        if not is_whole or place <= before or name in names or b"/" in name:
            return name
        names.add(name)
        before = place
    return None


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
