"""File locks, which last as long as the process, and signals held off for a moment."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_FAR = 1 << 30
"""Which byte Windows locks: none that anybody reads, since there a locked one can't be read."""


def lock(handle: int) -> bool:
    """Lock an open file for this process; whether no other has it. The system lets go of it when the process ends.

    Where the file system knows no locks, everybody has it.

    Raises:
        OSError: the system refuses for another reason.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        if error.errno not in (errno.ENOTSUP, errno.ENOSYS, errno.ENOLCK):
            raise
    return True


SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""By which a person or the system asks a process to end; no system has all of them."""


def _numbers() -> set[int]:
    """Those of them that this system has."""
    import signal

    return {getattr(signal, name) for name in SIGNALS if hasattr(signal, name)}


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let what a person or the system asks of this process wait till files are whole: it takes a moment.

    On Windows it can't wait.
    """
    import signal  # only few calls write

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _numbers())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def unwatched() -> None:
    """Let what a person or the system asks end this process at once, as it does by default; it waits for nothing more."""
    import signal

    for number in _numbers():
        signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _numbers())


@contextmanager
def held_back() -> Iterator[None]:
    """Let a signal wait until a process that is started is known to whoever ends it; the process takes it as ever.

    Blocked, it would stay so for the process.
    """
    import signal
    import threading

    came: list[int] = []

    def wait(number: int, _: object) -> None:
        came.append(number)

    own = {}
    if threading.current_thread() is threading.main_thread():  # no other is told of signals
        own = {number: handler for number in _numbers() if callable(handler := signal.getsignal(number))}
    for number in own:
        signal.signal(number, wait)
    try:
        yield
    finally:
        for number, handler in own.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])
