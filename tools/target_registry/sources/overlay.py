"""A source as it would be with some files written or gone: to judge a change before making it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from target_registry.model import Message
from target_registry.sources import Difference, Entry, Kind, Listing, ReadError, each
from target_registry.sources.worktree import Worktree


class Overlay:
    """A working tree with files put over it.

    Args:
        below: what is there.
        files: bytes by path that are to be there; None for a file that is to go.
    """

    def __init__(self, below: Worktree, files: Mapping[str, bytes | None]) -> None:
        self.root = below.root
        self._below = below
        self._files = files

    def entries(self) -> Iterator[Entry]:
        """Every path of both, sorted."""
        yield from self._over(self._below.entries(), "")

    def listings(self) -> Iterator[Listing]:
        """The same, folder by folder."""
        named: dict[str, set[str]] = {}
        added: dict[str, set[str]] = {}
        for path, data in self._files.items():
            folder, _, name = path.rpartition("/")
            named.setdefault(folder, set()).add(name)
            if data is not None:
                added.setdefault(folder, set()).add(name)
        for listing in self._below.listings():
            mine = named.get(listing.folder)
            if mine is None:
                yield listing
                continue
            files = {*listing.files} - mine | added.pop(listing.folder, set())
            others = [entry for entry in listing.others if entry.path not in self._files]
            yield Listing(listing.folder, sorted(files), others)
        for folder, names in added.items():
            yield Listing(folder, sorted(names))

    def below(self, path: str) -> Iterator[Entry]:
        """Every path of both below a folder, sorted."""
        yield from self._over(self._below.below(path), path + "/")

    def _over(self, found: Iterator[Entry], prefix: str) -> Iterator[Entry]:
        kept = [entry for entry in found if entry.path not in self._files]
        added = [
            Entry(path, Kind.FILE) for path, data in self._files.items() if data is not None and path.startswith(prefix)
        ]
        yield from sorted([*kept, *added], key=lambda entry: entry.path)

    def twins(self) -> Sequence[str]:
        """What stands beside ``targets/`` and may be taken for it."""
        return self._below.twins()

    def read(self, path: str, limit: int) -> bytes:
        """The bytes that would be there, at most ``limit`` + 1.

        Raises:
            ReadError: there would be none, or they can't be read.
        """
        if path not in self._files:
            return self._below.read(path, limit)
        data = self._files[path]
        if data is None:
            raise ReadError(Message("it isn't there"))
        return data[: limit + 1]

    def read_all(self, folder: str, names: Sequence[str], limit: int) -> Iterator[bytes | ReadError]:
        """The bytes of many files of one folder."""
        if any(f"{folder}/{name}" in self._files for name in names):
            return each(self, folder, names, limit)
        return self._below.read_all(folder, names, limit)

    def difference(self) -> Difference:
        """What stands at each path before and after, told apart by the bytes' hashes."""
        found: Difference = {}
        for path, data in sorted(self._files.items()):
            entry = next((entry for entry in self._below.below(path) if entry.path == path), None)
            before = None
            if entry is not None:
                # Beyond a file's size nothing is compared: what is to be written never is that large.
                raw = self._below.read(path, 2**20) if entry.kind is Kind.FILE else b""
                before = (entry.kind, _hash(raw))
            after = None if data is None else (Kind.FILE, _hash(data))
            if before != after:
                found[path] = (before, after)
        return found

    def close(self) -> None:
        """Let go of what is below."""
        self._below.close()


def _hash(data: bytes) -> str:
    import hashlib  # only what is yet to be written needs it

    return hashlib.sha256(data).hexdigest()
