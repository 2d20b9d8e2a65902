"""Regular files of this machine: their bytes read through no link and within a limit, written, and brought to the disk."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from target_registry.model import Message
from target_registry.sources import NO_FILES, Kind, ReadError, reason

FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
FLAGS |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_file(path: Path, limit: int, *, follow: bool = False) -> bytes:
    """The bytes of a regular file, at most ``limit`` + 1.

    Args:
        path: the file.
        limit: how many bytes are expected at the most.
        follow: read also through a symbolic link, which only a file that the caller named may be.

    Raises:
        ReadError: it can't be read, or is something else, such as a pipe.
    """
    found, left = [], limit + 1
    for chunk in chunks(path, left, follow=follow):
        found.append(chunk[:left])
        left -= len(found[-1])
        if not left:
            break
    return b"".join(found)


def chunks(path: Path, size: int = 1 << 20, *, follow: bool = False) -> Iterator[bytes]:
    """The bytes of a regular file, piece by piece.

    Raises:
        ReadError: it can't be read.
    """
    flags = FLAGS & ~getattr(os, "O_NOFOLLOW", 0) if follow else FLAGS
    try:
        handle = os.open(path, flags)
    except OSError as error:
        raise ReadError(Message("can't be read: {reason}", reason=reason(error))) from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ReadError(NO_FILES[Kind.OTHER])
        while chunk := os.read(handle, size):
            yield chunk
    except OSError as error:
        raise ReadError(Message("can't be read: {reason}", reason=reason(error))) from error
    finally:
        os.close(handle)


def fill(handle: int, data: bytes) -> None:
    """Write all of some bytes to an open file, however few the system takes at a time.

    Raises:
        OSError: it takes no more.
    """
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def new_mode() -> int:
    """The mode of a new file: as the umask allows, and always readable and writable by its owner."""
    mask = os.umask(0o077)
    os.umask(mask)
    return (0o666 & ~mask) | 0o600


def sync_folder(folder: Path) -> None:
    """Let what was written to, made in or deleted from a folder reach the disk, where a folder can be flushed at all.

    Sources: fsync(2) on EINVAL; file systems of networks give the others.
    """
    if os.name == "nt":  # Windows has no handle on a folder to flush.
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # one may write to a folder that one may not read
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP, errno.ENOSYS):
            raise
    finally:
        os.close(handle)
