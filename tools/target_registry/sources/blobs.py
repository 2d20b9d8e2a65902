"""The id that Git gives the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator


def identity(read: Callable[[], Iterable[bytes]], algorithm: str) -> str:
    """The id that Git gives bytes as a blob, which begins with how many there are.

    Source: gitformat-pack(5), "object name".

    Args:
        read: gives the bytes, piece by piece, each time anew.
        algorithm: the repository's, ``sha1`` or ``sha256``.
    """
    import hashlib  # only a working tree that is compared needs it

    size = sum(len(chunk) for chunk in read())
    digest = hashlib.new(algorithm, b"blob %d\0" % size, usedforsecurity=False)
    for chunk in read():
        digest.update(chunk)
    return digest.hexdigest()


def with_unix_line_ends(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes with each CR LF as LF, whichever pieces they come in."""
    held = b""
    for chunk in chunks:
        data = held + chunk
        held = b"\r" if data.endswith(b"\r") else b""
        yield data[: len(data) - len(held)].replace(b"\r\n", b"\n")
    yield held
