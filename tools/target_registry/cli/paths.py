"""Files that a call names, each by itself or by a folder above it."""

from __future__ import annotations

from collections.abc import Iterator


def with_folders(path: str) -> Iterator[str]:
    """A path of the registry and the folders above it, up to the registry's own, which is ``.``."""
    while path and path != ".":
        yield path
        path = path.rpartition("/")[0]
    yield "."
