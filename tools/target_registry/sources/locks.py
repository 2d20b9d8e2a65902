"""What a process has to itself: an open file for as long as it lives, and a moment in which nobody stops it."""

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


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let what a person or the system asks of this process wait till files are whole: it takes a moment.

    On Windows it can't wait.
    """
    import signal  # only few calls write

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
