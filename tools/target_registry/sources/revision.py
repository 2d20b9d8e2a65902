"""A registry at a Git revision, or as the index would commit it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from target_registry.model import Message
from target_registry.sources import (
    Blob,
    Difference,
    Entry,
    EnvironmentFault,
    Listing,
    ReadError,
    Source,
    by_folder,
    each,
)
from target_registry.sources.git import Repository, few
from target_registry.sources.names import twins
from target_registry.sources.worktree import FOLDERS, TARGETS, Worktree

_WITHIN = tuple(f"{folder}/" for folder in FOLDERS)
"""What stands in the registry's folders; their own trees are judged as a revision is opened."""


class Revision:
    """The files of one commit.

    Args:
        root: the registry's folder, in or above which the repository lies.
        name: a branch, tag or commit.
        repository: to read from one that is open already, which this then leaves open.

    Raises:
        EnvironmentFault: no git, no repository, no such revision, or one whose trees are unsound.
    """

    def __init__(self, root: Path, name: str, repository: Repository | None = None) -> None:
        self.root = root
        self.name = name
        self._is_lent = repository is not None
        self.repository = repository or Repository(root)
        try:
            found = self.repository.commits.named(name)
            self._beside = self.repository.check_trees(found.tree, FOLDERS)
        except EnvironmentFault:
            self.close()
            raise
        self.commit = found.id
        self.tree = found.tree
        self.parents = found.parents
        self.day: date = found.day
        self._ids: dict[str, dict[str, str]] = {}

    def entries(self) -> Iterator[Entry]:
        """Every path below the registry's folders in this commit, sorted."""
        yield from sorted(self._entries(), key=lambda entry: entry.path)

    def listings(self) -> Iterator[Listing]:
        """The same, folder by folder."""
        return by_folder(self._entries())

    def _entries(self) -> Iterator[Entry]:
        """The same as Git sorts it; their blobs' ids are kept by folder and name."""
        for entry, blob in self.repository.tree(self.commit, FOLDERS):
            folder, _, name = entry.path.rpartition("/")
            self._ids.setdefault(folder, {})[name] = blob
            yield entry

    def twins(self) -> Sequence[str]:
        """What stands beside ``targets/`` and may be taken for it."""
        return twins(TARGETS, self._beside)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file of this commit."""
        folder, _, name = path.rpartition("/")
        if name in (ids := self._ids.get(folder, {})):
            return self.repository.read(ids[name], limit)
        data = self.repository.at(self.commit, path, limit)
        if data is None:
            raise ReadError(Message("can't be read: {reason}", reason=Message("it isn't there")))
        return data

    def read_all(self, folder: str, names: Sequence[str], limit: int) -> Iterator[bytes | ReadError]:
        """The bytes of many files of one folder."""
        ids = self._ids.get(folder, {})
        if all(name in ids for name in names):
            return self.repository.read_many([ids[name] for name in names], limit)
        return each(self, folder, names, limit)

    def listed(self, folder: str) -> dict[str, Blob]:
        """The files of one folder, not of those below it, with their blobs' ids."""
        found = {
            entry.path: (entry.kind, blob)
            for entry, blob in self.repository.tree(self.commit, [folder + "/"], deep=False)
        }
        ids = self._ids.setdefault(folder, {})
        ids.update((path.rpartition("/")[2], blob) for path, (_, blob) in found.items())
        return found

    def difference(self, other: Source, paths: Sequence[str]) -> Difference:
        """In which files a revision, the index or the working tree of the same registry differs.

        Args:
            other: the later one.
            paths: what to look at.
        """
        if isinstance(other, Revision):
            found = self.repository.difference(self.tree, other.tree, paths)
            self.check_folders(found)
            # Where nothing came or went, the names are those of the tree that was judged.
            other.check_folders(path for path, sides in found.items() if None in sides)
            return found
        if isinstance(other, Index):
            found = self.repository.staged(self.tree, paths)
            few(len(found))
            self.check_folders(found)
            return found
        from target_registry.sources import checkout  # only a working tree needs it

        left_out = other.left_out if isinstance(other, Worktree) else []
        return checkout.difference(self.repository, self.commit, self.root, paths, left_out)

    def check_folders(self, paths: Iterable[str]) -> None:
        """Complain where what a comparison tells of the registry's files depends on how Git was asked.

        What is listed is judged as it is listed; a comparison lists nothing of what is beside the files that differ.

        Args:
            paths: at which it tells a difference.

        Raises:
            EnvironmentFault: a tree on the way to one of them is unsound.
        """
        folders: set[str] = set()
        for path in paths:
            folder = path.rpartition("/")[0]
            while folder not in folders and folder.startswith(_WITHIN):
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        self.repository.check_trees(self.tree, sorted(folders))

    def begin_difference(self, other: Source, paths: Sequence[str]) -> None:
        """Let Git look for it while something else is done."""
        if isinstance(other, Revision):
            self.repository.begin_difference(self.tree, other.tree, paths)

    def close(self) -> None:
        """End the reading process, unless it is another's."""
        if not self._is_lent:
            self.repository.close()


class Nothing(Revision):
    """What a root commit is compared with: a tree without files.

    Args:
        root: the registry's folder.
        repository: the one it lies in.
        day: the day it stands for.
    """

    def __init__(self, root: Path, repository: Repository, day: date) -> None:
        self.root = root
        self.name = ""
        self._is_lent = True
        self.repository = repository
        self.commit = self.tree = repository.empty_tree
        self.parents = ()
        self.day = day
        self._ids = {}
        self._beside = ()


class Index:
    """What is staged for the next commit.

    Args:
        root: the registry's folder.
        repository: the one it lies in.

    Raises:
        EnvironmentFault: a merge is going on, and a file has no version yet.
    """

    def __init__(self, root: Path, repository: Repository) -> None:
        self.root = root
        self.repository = repository
        listed = repository.staged(repository.empty_tree, FOLDERS)
        self._blobs: dict[str, Blob] = {path: blob for path, (_, blob) in listed.items() if blob is not None}

    def entries(self) -> Iterator[Entry]:
        """Every path below the registry's folders in the index, sorted."""
        yield from (Entry(path, kind) for path, (kind, _) in sorted(self._blobs.items()))

    def listings(self) -> Iterator[Listing]:
        """The same, folder by folder."""
        return by_folder(self.entries())

    def twins(self) -> Sequence[str]:
        """What stands beside ``targets/`` and may be taken for it."""
        return self.repository.staged_twins(TARGETS)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file as it is staged."""
        if path not in self._blobs:
            raise ReadError(Message("can't be read: {reason}", reason=Message("it isn't there")))
        return self.repository.read(self._blobs[path][1], limit)

    def read_all(self, folder: str, names: Sequence[str], limit: int) -> Iterator[bytes | ReadError]:
        """The bytes of many files of one folder."""
        return each(self, folder, names, limit)

    def listed(self, folder: str) -> dict[str, Blob]:
        """The files of one folder, not of those below it, with their blobs' ids."""
        return {path: blob for path, blob in self._blobs.items() if path.rpartition("/")[0] == folder}

    def close(self) -> None:
        """The repository is another's to close."""
