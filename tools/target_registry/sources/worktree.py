"""A registry in a folder: the files of a working tree, listed and read."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from target_registry import limits
from target_registry.assembly import YAML
from target_registry.model import Message
from target_registry.sources import Entry, EnvironmentFault, Kind, Listing, ReadError, blobs, each, reason
from target_registry.sources.files import FLAGS, chunks, read_file
from target_registry.sources.names import in_git, on_disk, twins
from target_registry.sources.pending import JOURNAL, PENDING

TARGETS = "targets"
FOLDERS = ("schema", TARGETS)


def find_registry(start: Path, *, exact: bool) -> Path:
    """The registry's folder: ``start`` itself, or else the nearest one above it.

    A registry is a folder that holds ``targets/``.

    Raises:
        EnvironmentFault: there is none.
    """
    start = start.absolute()
    if not os.path.isdir(start):  # pathlib's own raises where the name is too long
        raise EnvironmentFault(Message("{folder} is not a folder", folder=str(start)))
    for folder in (start,) if exact else (start, *start.parents):
        if os.path.isdir(folder / "targets"):
            return folder
    if exact:
        raise EnvironmentFault(Message("{folder} is no registry: it has no folder named targets", folder=str(start)))
    raise EnvironmentFault(
        Message(
            "no registry here: neither {folder} nor a folder above it has a folder named targets; name one with -C DIR",
            folder=str(start),
        )
    )


class Worktree:
    """The files of a folder, as they are now.

    Args:
        root: the registry's folder.

    Attributes:
        left_out: the files that Git ignores, and which so were no part of the last comparison with a revision.

    Raises:
        EnvironmentFault: a change is being written, or its writing was broken off, so that they are a mixture.
    """

    def __init__(self, root: Path) -> None:
        if os.path.lexists(root / PENDING / JOURNAL):
            from target_registry.sources import turns  # hardly ever needed

            if fault := turns.unfinished(root):
                raise fault
        self.root = root
        self.left_out: list[str] = []

    def entries(self) -> Iterator[Entry]:
        """Every path below the registry's folders, sorted, links not followed."""
        for folder in FOLDERS:
            yield from self.below(folder)

    def listings(self) -> Iterator[Listing]:
        """The same, folder by folder."""
        for folder in FOLDERS:
            yield from self._listings(folder)

    def below(self, path: str) -> Iterator[Entry]:
        """A file, or every path below a folder, sorted; nothing where there is neither, or behind a link."""
        found = []
        for listing in self._listings(path):
            before = listing.folder and listing.folder + "/"
            found += [Entry(before + name, Kind.FILE) for name in listing.files]
            found += listing.others
        yield from sorted(found, key=lambda entry: entry.path)

    def _listings(self, path: str) -> Iterator[Listing]:
        """Of a file, or of a folder and those below it; nothing where there is neither, or behind a link."""
        full = self.root / on_disk(path)
        if any(folder.is_symlink() for folder in full.parents if self.root in folder.parents):
            return
        above, _, name = path.rpartition("/")
        if full.is_symlink():
            yield Listing(above, (), (Entry(path, Kind.LINK),))
        elif full.is_dir():
            yield from _below(self.root, path)
        elif full.is_file():
            yield Listing(above, (name,))

    def twins(self) -> Sequence[str]:
        """What stands beside ``targets/`` and may be taken for it; where it is taken for it, there is none."""
        try:
            found = twins(TARGETS, map(in_git, os.listdir(self.root)))
            own = os.lstat(self.root / TARGETS)
            return [name for name in found if not os.path.samestat(own, os.lstat(self.root / on_disk(name)))]
        except OSError:
            return ()

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a regular file, never through a link, at most ``limit`` + 1."""
        return read_file(self.root / on_disk(path), limit)

    def read_all(self, folder: str, names: Sequence[str], limit: int) -> Iterator[bytes | ReadError]:
        """The bytes of many files of one folder that were listed as regular ones, never through a link.

        The folder is opened once, step by step and through no link either, and the files by their names in it. Of a
        regular file a read gives less than it is asked for at the file's end alone. Source: POSIX.1-2017, read().
        """
        if os.open not in os.supports_dir_fd or not hasattr(os, "O_DIRECTORY"):
            yield from each(self, folder, names, limit)
            return
        most = min(_USUAL, limit)
        try:
            home = _open_folder(self.root, folder)
        except OSError:
            yield from each(self, folder, names, limit)  # which says of each file what is wrong
            return
        try:
            for name in names:
                try:
                    handle = os.open(on_disk(name), FLAGS, dir_fd=home)
                    try:
                        raw = os.read(handle, most)
                    finally:
                        os.close(handle)
                    # What is large, or has become empty, as what isn't regular may look, takes the longer way.
                    yield raw if 0 < len(raw) < most else self.read(f"{folder}/{name}", limit)
                except ReadError as error:
                    yield error
                except OSError as error:
                    yield ReadError(Message("can't be read: {reason}", reason=reason(error)))
        finally:
            os.close(home)

    def blob(self, path: str, algorithm: str, known: str) -> str:
        """The id that Git gives a file's bytes; empty where they can't be read, or are more than are compared.

        Git for Windows checks text out with other line ends than it stores: a file that has the known
        id without them is given it.

        Args:
            path: the file.
            algorithm: the repository's, ``sha1`` or ``sha256``.
            known: the id of what the file may be; empty where nothing is known.
        """
        try:
            with suppress(OSError):
                if os.lstat(self.root / on_disk(path)).st_size > limits.COMPARED_BYTES:
                    return ""
            found = blobs.identity(lambda: chunks(self.root / on_disk(path)), algorithm)
            if not known or found == known:
                return found
            stored = blobs.identity(lambda: blobs.with_unix_line_ends(chunks(self.root / on_disk(path))), algorithm)
        except ReadError:
            return ""
        return stored if stored == known else found

    def link(self, path: str, algorithm: str) -> str:
        """The id that Git gives a symbolic link: that of what it says; empty where it can't be read.

        Args:
            path: the link.
            algorithm: the repository's, ``sha1`` or ``sha256``.
        """
        try:
            said = os.fsencode(os.readlink(self.root / on_disk(path)))
        except OSError:
            return ""
        return blobs.identity(lambda: (said,), algorithm)

    def close(self) -> None:
        """Nothing is held open."""


_USUAL = 1 << 12
"""Bytes that nearly no file of a registry is beyond."""


def _open_folder(root: Path, folder: str) -> int:
    """A handle on a folder below a registry, reached through no link.

    Raises:
        OSError: there is none.
    """
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    handle = os.open(root, flags)
    for step in folder.split("/"):
        try:
            inner = os.open(on_disk(step), flags | os.O_NOFOLLOW, dir_fd=handle)
        finally:
            os.close(handle)
        handle = inner
    return handle


def _below(root: Path, start: str) -> Iterator[Listing]:
    """What stands in a folder and in those below it, in no order; in a folder of folders without end as well."""
    top = os.fspath(root)
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(f"{top}/{on_disk(folder)}") as found:
                children = list(found)
            files = [in_git(child.name) for child in children if child.is_file(follow_symlinks=False)]
            plain = len(files) == len(children)  # as nearly every folder of a plan is
            rest = [] if plain else [child for child in children if not child.is_file(follow_symlinks=False)]
        except (FileNotFoundError, NotADirectoryError):
            continue  # it has gone since the one above it was listed
        except PermissionError:
            yield _itself(folder, Kind.SEALED)
            continue
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            yield _itself(folder, Kind.DEEP)
            continue
        if (
            folder != start
            and (".git" in files or any(child.name == ".git" for child in rest))
            and _is_parted(top, folder)
        ):
            yield _itself(folder, Kind.SUBMODULE)
            continue
        if folder.lower().endswith(YAML):  # whatever it holds, it is not the file that its name promises
            yield _itself(folder, Kind.FOLDER)
        others = []
        for child in rest:
            path = f"{folder}/{in_git(child.name)}"
            if child.is_symlink():
                others.append(Entry(path, Kind.LINK))
            elif child.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:
                others.append(Entry(path, Kind.OTHER))
        files.sort()
        yield Listing(folder, files, others)


def _is_parted(top: str, folder: str) -> bool:
    """Whether a folder is a repository of its own: what is called .git in it may be anything."""
    from target_registry.sources.pipes import is_repository  # hardly ever needed

    return is_repository(Path(top, on_disk(folder), ".git"))


def _itself(folder: str, kind: Kind) -> Listing:
    """A folder as something that stands in the one above it."""
    return Listing(folder.rpartition("/")[0], (), (Entry(folder, kind),))
