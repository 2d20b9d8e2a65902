"""Bytes by path, from a folder, a Git revision, the index or a change not yet made: one protocol for all of them."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from target_registry.assembly import YAML
from target_registry.model import Message


class Kind(Enum):
    """What stands at a path. Only files are ever read."""

    FILE = "file"
    LINK = "link"
    SUBMODULE = "submodule"
    SEALED = "sealed"
    DEEP = "deep"
    FOLDER = "folder"
    OTHER = "other"


NO_FILES = {
    Kind.LINK: Message("is a symbolic link, and links are not followed"),
    Kind.SUBMODULE: Message("is a submodule, and what it holds belongs to another repository"),
    Kind.SEALED: Message("is a folder that can't be read: permission denied"),
    Kind.DEEP: Message("is nested so deeply that the system can't read it"),
    Kind.FOLDER: Message("is a folder"),
    Kind.OTHER: Message("is not a regular file"),
}
"""What is to be said of a path at which no file stands."""


class Entry(NamedTuple):
    """One path below ``targets/`` or ``schema/``, with slashes, relative to the registry."""

    path: str
    kind: Kind


class Listing(NamedTuple):
    """What stands in one folder; folders in it have listings of their own.

    Attributes:
        folder: relative to the registry, with slashes; empty for the registry's own.
        files: the names of its regular files, sorted.
        others: what else stands in it, or that it can't be listed.
    """

    folder: str
    files: Sequence[str]
    others: Sequence[Entry] = ()


Blob = tuple[Kind, str]
"""What stands at a path, and its object's id."""
Difference = dict[str, tuple[Blob | None, Blob | None]]
"""Paths at which two sources differ: what stands there before and after, each with its blob's id, or None.

A path that starts with ``/`` counts from the repository's top, another one from the registry's folder.
"""


def bytes_of(blob: Blob) -> str:
    """Tells a file's bytes from others', and what is no file from one that holds the same text."""
    kind, identity = blob
    return identity if kind is Kind.FILE else f"{kind.value} {identity}"


class ReadError(Exception):
    """A file that is listed can't be read; the message says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


class EnvironmentFault(Exception):
    """The caller's mistake or the environment's: no registry, bad revision, disk full."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


_REASONS = {
    errno.ENOENT: Message("it isn't there"),
    errno.EACCES: Message("permission denied"),
    errno.EPERM: Message("permission denied"),
    errno.ENOSPC: Message("the disk is full"),
    errno.EDQUOT: Message("the disk quota is used up"),
    errno.EFBIG: Message("it is larger than the system allows"),
    errno.EROFS: Message("the file system is read-only"),
    errno.ENAMETOOLONG: Message("the name is too long"),
    errno.ELOOP: Message("it is a symbolic link, and links are not followed"),
    errno.EISDIR: Message("it is a folder"),
    errno.EBADF: Message("it is closed"),
    errno.EXDEV: Message("it lies on another disk than the registry"),
    errno.EBUSY: Message("another program uses it"),
    errno.EIO: Message("the disk can't be read or written"),
    errno.EPIPE: Message("the reader is gone"),
    errno.EMFILE: Message("the system lets no more files be open; raise the limit with ulimit -n"),
    errno.ENFILE: Message("the system lets no more files be open"),
    errno.ENOMEM: Message("there is too little memory"),
    errno.EAGAIN: Message("it takes no more for now; try again"),
    errno.ENOEXEC: Message("it is no program that this system can run"),
    errno.ESTALE: Message("the network drive has lost it; try again"),
    errno.ENOTDIR: Message("a part of the path is not a folder"),
}


def reason(error: OSError) -> Message:
    """Why the system refused, in the reader's language where it is a common reason."""
    return _REASONS.get(error.errno or 0) or Message("{text}", text=error.strerror or type(error).__name__)


class Source(Protocol):
    """Where a registry's bytes come from."""

    def entries(self) -> Iterable[Entry]:
        """Every path below ``targets/`` and ``schema/``, sorted; folders are not listed."""

    def listings(self) -> Iterable[Listing]:
        """The same, folder by folder, in no order."""

    def twins(self) -> Sequence[str]:
        """What stands beside ``targets/`` and is taken for it where capital and small letters are the same."""

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file, at most ``limit`` + 1 of them.

        Raises:
            ReadError: it can't be read.
            EnvironmentFault: a revision's clone doesn't hold it, or it is broken.
        """

    def read_all(self, folder: str, names: Sequence[str], limit: int) -> Iterator[bytes | ReadError]:
        """The bytes of many files of one folder, one after the other, as :meth:`read` gives them.

        Args:
            folder: below the registry's, with slashes.
            names: of the files in it.
            limit: how many bytes are expected at the most.
        """

    def close(self) -> None:
        """Let go of what reading needed."""


def by_folder(entries: Iterable[Entry]) -> Iterator[Listing]:
    """:meth:`Source.listings` of a source that knows its paths one by one.

    Args:
        entries: sorted by path.
    """
    found: dict[str, tuple[list[str], list[Entry]]] = {}
    for entry in entries:
        folder, _, name = entry.path.rpartition("/")
        if folder not in found:
            for above in _called_as_files(folder):
                found.setdefault(above.rpartition("/")[0], ([], []))[1].append(Entry(above, Kind.FOLDER))
        files, others = found.setdefault(folder, ([], []))
        if entry.kind is Kind.FILE:
            files.append(name)
        else:
            others.append(entry)
    for folder, (files, others) in found.items():
        yield Listing(folder, sorted(files), list(dict.fromkeys(others)))


def _called_as_files(folder: str) -> Iterator[str]:
    """A folder, and those that it lies in, as far as their names are those of YAML files: they aren't what these promise."""
    while folder:
        if folder.lower().endswith(YAML):
            yield folder
        folder = folder.rpartition("/")[0]


def each(source: Source, folder: str, names: Sequence[str], limit: int) -> Iterator[bytes | ReadError]:
    """:meth:`Source.read_all` of a source that has no quicker way than one file after the other."""
    for name in names:
        try:
            yield source.read(f"{folder}/{name}", limit)
        except ReadError as error:
            yield error
