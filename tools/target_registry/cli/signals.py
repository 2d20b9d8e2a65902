"""SIGINT, SIGTERM and SIGHUP end the process at once, without a traceback, and what it wrote is whole.

Sources: signal(7) for the defaults; the exit code of a process that a signal ends is 128 and its
number, as shells have it.
"""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False  # as typing has it, whose import a Ctrl-C would have the time to meet
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Stopped(BaseException):
    """The process is asked to end. No ``KeyboardInterrupt``: click turns that into words of its own.

    Args:
        number: the signal's.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


class _Watch:
    """Whether a signal may be raised as an exception, because somebody takes it; and the one that was."""

    is_taken = False
    raised: Stopped | None = None


def watch() -> None:
    """From now on end without a word where a signal asks for it, also while Python imports.

    What the caller wants ignored, as nohup does, stays so.
    """
    for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    sys.unraisablehook = _unraisable


def stoppable(call: Callable[[], int]) -> int:
    """Call something that takes :class:`Stopped` as its end, and give its exit code.

    A second signal, while the first one is obeyed, ends the process where it stands.
    """
    try:
        _Watch.is_taken = True
        code = call()
        _Watch.is_taken = False
    except Stopped as stopped:
        code = stopped.code
        # What came to a "with" just before it entered is closed by letting go of its frame.
        stopped.__traceback__ = stopped.__context__ = _Watch.raised = None
        if os.isatty(2):
            os.write(2, b"\n")  # after the ^C that the terminal showed
    return code


def _stop(number: int, _: FrameType | None) -> None:
    if not _Watch.is_taken:
        os._exit(128 + number)
    _Watch.is_taken = False
    _Watch.raised = Stopped(number)
    raise _Watch.raised


def obey() -> None:
    """Go on ending where that has become another exception, as it may in the middle of an import.

    Raises:
        Stopped: the process was asked to end.
    """
    if _Watch.raised is not None:
        raise _Watch.raised


def _unraisable(raised: Any) -> None:
    """An exception where Python can hand it to nobody, such as while it takes something apart."""
    if isinstance(raised.exc_value, Stopped):
        os._exit(raised.exc_value.code)
    sys.__unraisablehook__(raised)
