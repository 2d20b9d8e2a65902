"""A registry at a Git revision, or as the index would commit it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from target_registry.model import Message
from target_registry.sources import Difference, Entry, EnvironmentFault, Kind, ReadError, Source
from target_registry.sources.git import Repository
from target_registry.sources.worktree import FOLDERS


class Revision:
    """The files of one commit.

    Args:
        root: the registry's folder, in or above which the repository lies.
        name: a branch, tag or commit.
        repository: to read from one that is open already, which this then leaves open.

    Raises:
        EnvironmentFault: no git, no repository, no such revision.
    """

    def __init__(self, root: Path, name: str, repository: Repository | None = None) -> None:
        self.root = root
        self.name = name
        self._is_lent = repository is not None
        self.repository = repository or Repository(root)
        try:
            found = self.repository.commit(name)
        except EnvironmentFault:
            self.close()
            raise
        self.commit = found.id
        self.parents = found.parents
        self.day: date = found.day
        self._blobs: dict[str, tuple[Kind, str]] = {}

    def entries(self) -> Iterator[Entry]:
        """Every path below the registry's folders in this commit, sorted."""
        found = []
        for entry, blob in self.repository.tree(self.commit, FOLDERS):
            self._blobs[entry.path] = (entry.kind, blob)
            found.append(entry)
        yield from sorted(found)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file of this commit."""
        if path in self._blobs:
            return self.repository.read(self._blobs[path][1], limit)
        data = self.repository.at(self.commit, path, limit)
        if data is None:
            raise ReadError(Message("can't be read: {reason}", reason=Message("it isn't there")))
        return data

    def listed(self, folder: str) -> dict[str, tuple[Kind, str]]:
        """The files of one folder, not of those below it, with their blobs' ids."""
        found = {
            entry.path: (entry.kind, blob)
            for entry, blob in self.repository.tree(self.commit, [folder + "/"], deep=False)
        }
        self._blobs.update(found)
        return found

    def difference(self, other: Source, paths: Sequence[str]) -> Difference | None:
        """In which files another source differs; None where only its bytes can tell."""
        arguments = self._against(other)
        return self.repository.difference(arguments, paths) if arguments else None

    def begin_difference(self, other: Source, paths: Sequence[str]) -> None:
        """Let Git look for it while something else is done."""
        if arguments := self._against(other):
            self.repository.begin_difference(arguments, paths)

    def _against(self, other: Source) -> tuple[str, ...] | None:
        if isinstance(other, Revision):
            return ("diff-tree", self.commit, other.commit)
        return ("diff-index", "--cached", self.commit) if isinstance(other, Index) else None

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
        self.commit = repository.empty_tree
        self.parents = ()
        self.day = day
        self._blobs = {}


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
        self._blobs: dict[str, tuple[Kind, str]] = {}
        listed = repository.ask("ls-files", "-s", "-z", "--full-name", "--", *repository.pathspecs(FOLDERS))
        kinds = {b"120000": Kind.LINK, b"160000": Kind.OTHER}
        for record in listed.split(b"\0")[:-1]:
            about, _, raw = record.partition(b"\t")
            mode, blob, stage = about.split()
            path = repository.own(raw)
            if stage != b"0":
                raise EnvironmentFault(Message("{path} has a merge conflict that isn't resolved", path=path))
            self._blobs[path] = (kinds.get(mode, Kind.FILE), blob.decode("ascii"))

    def entries(self) -> Iterator[Entry]:
        """Every path below the registry's folders in the index, sorted."""
        yield from sorted(Entry(path, kind, 0) for path, (kind, _) in self._blobs.items())

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file as it is staged."""
        if path not in self._blobs:
            raise ReadError(Message("can't be read: {reason}", reason=Message("it isn't there")))
        return self.repository.read(self._blobs[path][1], limit)

    def listed(self, folder: str) -> dict[str, tuple[Kind, str]]:
        """The files of one folder, not of those below it, with their blobs' ids."""
        return {path: blob for path, blob in self._blobs.items() if path.rpartition("/")[0] == folder}

    def close(self) -> None:
        """The repository is another's to close."""
