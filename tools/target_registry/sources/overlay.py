"""A source as it would be with some files written: to judge a change before making it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from target_registry.sources import Entry, Kind, Source


class Overlay:
    """Another source with files put over it.

    Args:
        below: what is there.
        files: bytes by path that are to be there.
    """

    def __init__(self, below: Source, files: Mapping[str, bytes]) -> None:
        self._below = below
        self._files = files

    def entries(self) -> Iterator[Entry]:
        """Every path of both, sorted."""
        kept = [entry for entry in self._below.entries() if entry.path not in self._files]
        added = [Entry(path, Kind.FILE) for path in self._files]
        yield from sorted([*kept, *added], key=lambda entry: entry.path)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes that would be there, at most ``limit`` + 1."""
        if path in self._files:
            return self._files[path][: limit + 1]
        return self._below.read(path, limit)

    def close(self) -> None:
        """Let go of what is below."""
        self._below.close()
