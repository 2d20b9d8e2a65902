"""One process at a time writes to a registry; the others wait, and are told who is in the way."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from target_registry.sources import EnvironmentFault
from target_registry.sources.disk import Disk
from target_registry.sources.locks import lock, undisturbed
from target_registry.sources.pending import JOURNAL, LOCK, PENDING, broken_off, busy, check_folder

_TRIES = 50
_PATIENCE = 3.0
"""Seconds to wait for another process that writes, before it is told who is in the way."""
_PAUSE = 0.02


@contextmanager
def held(root: Path, disk: Disk) -> Iterator[None]:
    """The folder of a change, locked for this process; taken away again where no change stands half done in it.

    Raises:
        EnvironmentFault: another process has it, or it is none of a change.
        OSError: it can't be made.
    """
    folder = root / PENDING
    handles: list[int] = []
    try:
        try:
            _acquire(root, disk, handles)
            with suppress(OSError):  # who it is is only for others to know
                os.ftruncate(handles[0], 0)
                os.write(handles[0], b"%d\n" % os.getpid())
            yield
        finally:
            _release(folder, handles, disk)
    finally:  # a signal may have come to the first word of that; a second one ends the process where it stands
        _release(folder, handles, disk)


def _release(folder: Path, handles: list[int], disk: Disk) -> None:
    """Let go of a lock that is held, and of the folder if nothing stands half done in it."""
    with undisturbed():
        if not handles:
            return
        try:
            if not os.path.lexists(folder / JOURNAL):
                _leave(folder, disk)
        finally:
            with suppress(OSError):
                os.close(handles.pop())
        if sys.platform == "win32":
            with suppress(OSError):
                if os.listdir(folder) == [LOCK]:
                    (folder / LOCK).unlink()
                    folder.rmdir()


def _acquire(root: Path, disk: Disk, handles: list[int]) -> None:
    """Put a handle on the lock into a list, in which it is found whatever comes next."""
    folder = root / PENDING
    end, tries = time.monotonic() + _PATIENCE, 0
    while tries < _TRIES:
        if os.path.lexists(folder):
            with suppress(FileNotFoundError):
                check_folder(root)
        with undisturbed():
            is_free = _attempt(folder, disk, handles)
        if handles:
            return
        if is_free:
            tries += 1  # the folder has just gone with another change
            continue
        if time.monotonic() > end:
            break
        time.sleep(_PAUSE)
    raise busy(folder)


def _attempt(folder: Path, disk: Disk, handles: list[int]) -> bool:
    """Try to lock the file that has the lock's name now, not one that another process just deleted.

    Returns:
        Whether no other process has it.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)
    is_new = False
    with suppress(FileExistsError):
        disk.make_folder(folder)
        is_new = True
    try:
        handle = os.open(folder / LOCK, flags, 0o600)
    except FileNotFoundError:
        return True
    except OSError:
        if is_new:
            with suppress(OSError):
                disk.delete_folder(folder)
        raise
    is_free = is_own = False
    try:
        is_free = lock(handle)
        with suppress(FileNotFoundError):
            is_own = is_free and os.path.samestat(os.fstat(handle), os.lstat(folder / LOCK))
        if is_own:
            handles.append(handle)
    except OSError:
        if is_new and is_free:
            with suppress(OSError):
                os.unlink(folder / LOCK)
                disk.delete_folder(folder)
        raise
    finally:
        if not is_own:
            os.close(handle)
    return is_free


def _is_being_written(folder: Path) -> bool:
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        return error.errno in (errno.EACCES, errno.EPERM)  # another's, who alone can tell
    try:
        return not lock(handle)
    except OSError:
        return False
    finally:
        os.close(handle)


def unfinished(root: Path) -> EnvironmentFault | None:
    """Why a registry that had a journal can't be read now; None where that has come to its end.

    A change that is being written is waited for, for a short time.
    """
    folder = root / PENDING
    end = time.monotonic() + _PATIENCE
    while os.path.lexists(folder / JOURNAL):
        try:
            check_folder(root)
        except EnvironmentFault as fault:
            return fault
        except FileNotFoundError:
            continue
        if not _is_being_written(folder):
            # It may just have come to its end.
            return broken_off() if os.path.lexists(folder / JOURNAL) else None
        if time.monotonic() > end:
            return busy(folder)
        time.sleep(_PAUSE)
    return None


def clear(folder: Path, disk: Disk) -> None:
    """Delete what a change left, the journal first, so that no journal is ever without its contents."""
    left = [name for name in sorted(os.listdir(folder)) if name != LOCK]
    if left:
        disk.sync(folder)
    for name in left:
        disk.delete(folder / name)


def _leave(folder: Path, disk: Disk) -> None:
    """Take the folder away, as far as that can be done: the registry is whole, and the next change clears up the rest.

    On Windows, where an open file stays, the lock goes when it is let go of.
    """
    with suppress(OSError):
        clear(folder, disk)
        if sys.platform != "win32":
            disk.delete(folder / LOCK)
            disk.delete_folder(folder)
