"""Trees that no git writes: with entries out of order or twice, so that what git lists depends on how it is asked.

Git finds and compares entries by walking trees in their order. Of a folder that stands where none looks for it, one
command tells and another doesn't; and a comparison tells it twice, as deleted and as new.

Source: gitformat-pack(5) and git-fsck(1), "treeNotSorted" and "duplicateEntries".
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Message
from target_registry.sources import EnvironmentFault

_FOLDERS = (b"40000", b"040000")


def odd_entry(raw: bytes, size: int) -> bytes | None:
    """The name of the first entry of a tree that doesn't stand in its order, or stands there once more; None in a sound one.

    Args:
        raw: the tree's bytes.
        size: bytes of an object's id.
    """
    before, names = b"", set()
    for mode, name, is_whole in _entries(raw, size):
        place = name + b"/" if mode in _FOLDERS else name  # as git compares them
        if not is_whole or place <= before or name in names:
            return name
        names.add(name)
        before = place
    return None


def names_of(raw: bytes, size: int) -> list[bytes]:
    """The names of all entries of a tree.

    Args:
        raw: the tree's bytes.
        size: bytes of an object's id.
    """
    return [name for _, name, _ in _entries(raw, size)]


def _entries(raw: bytes, size: int) -> Iterator[tuple[bytes, bytes, bool]]:
    """The mode and the name of each entry, and whether its name has an end."""
    at = 0
    while at < len(raw):
        end = raw.find(b"\0", at)
        mode, _, name = raw[at : end if end >= 0 else None].partition(b" ")
        yield mode, name, end >= 0
        if end < 0:
            return
        at = end + 1 + size


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
