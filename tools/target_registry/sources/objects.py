"""Objects of a repository, asked for by their names from one process, and read no further than the limits.

Source: git-cat-file(1) on ``--batch``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, NamedTuple

from target_registry import limits
from target_registry.patterns import lazy
from target_registry.sources.program import Conversation, Ended, Program

ID = lazy(rb"[0-9a-f]{40,64}\Z")
"""An object's name in full."""
_HEADER = lazy(rb"([0-9a-f]{40,64}) ([a-z]+) ([0-9]+)\n\Z")
TOGETHER = 50
"""Objects that are asked for at a time: so many ids, or names by paths, fit into a pipe while nobody reads, and most answers too.

Source: pipe(7); Linux's pipes hold 64 KiB.
"""


class Object(NamedTuple):
    """An object.

    Attributes:
        id: its name in hexadecimal digits.
        kind: ``blob``, ``tree``, ``commit`` or ``tag``.
        data: its bytes, at most one more than were asked for.
    """

    id: bytes
    kind: bytes
    data: bytes


class Objects:
    """What answers questions for objects.

    Args:
        git: the program.
    """

    def __init__(self, git: Program) -> None:
        self._talk = Conversation(git, "cat-file", "--batch")

    def one(self, name: bytes, limit: int) -> Object | None:
        """An object by its name; None where there is none."""
        try:
            return self.many([name], limit)[0]
        except Ended:  # so it does at some names, such as that of what a branch follows where it follows none
            return None

    def look_up(self, names: Sequence[bytes]) -> None:
        """Let Git look up objects, which are the next ones that are asked for, while something else is done.

        Args:
            names: as :meth:`many` takes them.
        """
        if names:
            self._talk.tell(_question(names))

    def many(self, names: Sequence[bytes], limit: int, ahead: Sequence[bytes] = ()) -> list[Object | None]:
        """Objects by their names; of a blob beyond all limits only so many zeros that it is seen to be one.

        Args:
            names: at most :data:`TOGETHER`.
            limit: how many bytes, and one more, are read of each.
            ahead: what is asked for next, for Git to look up while these are worked on.

        Raises:
            Ended: the process ended before it had answered, or what it said is no answer.
        """
        found: list[Object | None] = []
        is_last, seconds = False, limits.GIT_PATIENCE
        while len(found) < len(names):
            left = names[len(found) :]
            try:
                with self._talk.asked(_question(left), seconds=seconds, is_last=is_last) as reader:
                    found.extend(_matching(_answer(reader, limit), name) for name in left)
            except _Large as large:
                found.append(Object(large.identity, b"blob", bytes(limit + 1)))
            except Ended:
                # Of a broken object git may give fewer bytes than it says, and then wait; one that isn't
                # to be asked more ends instead.
                if is_last:
                    raise
                is_last, seconds = True, limits.GIT_SECONDS
        self.look_up(ahead)
        return found

    def close(self) -> None:
        """End the process."""
        self._talk.close()


def _question(names: Sequence[bytes]) -> bytes:
    return b"".join(name + b"\n" for name in names)


class _Large(Exception):
    """A blob is larger than any that is read, and so nothing of it is waited for."""

    def __init__(self, identity: bytes) -> None:
        super().__init__(identity)
        self.identity = identity


def _matching(answer: Object | None, name: bytes) -> Object | None:
    """An answer, where it is one to this question.

    Raises:
        EOFError: it is another object's: the one before said more bytes than it has.
    """
    if answer is not None and ID.match(name) and answer.id != name:
        raise EOFError
    return answer


def _answer(reader: IO[bytes], limit: int) -> Object | None:
    """One answer of ``cat-file --batch``; None where it has no such object.

    Raises:
        EOFError: it ended before the answer did.
        _Large: it is a blob beyond all limits.
    """
    line = reader.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    header = _HEADER.match(line)
    if header is None:
        return None
    size = int(header[3])
    if header[2] == b"blob" and size > max(limit, limits.BLOB_BYTES):
        raise _Large(header[1])
    data = reader.read(min(size, limit + 1))
    left = size + 1 - len(data)
    while left > 0:
        skipped = reader.read(min(left, 1 << 20))
        if not skipped:
            raise EOFError
        left -= len(skipped)
    return Object(header[1], header[2], data)
