"""Bytes and lines to standard output and error, on any terminal, pipe or file."""

from __future__ import annotations

import errno
import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager, suppress
from typing import IO, TextIO, TypeVar

import click

from target_registry.cli.signals import Stopped
from target_registry.escape import terminal
from target_registry.hanzi import has_chinese
from target_registry.language import Speech
from target_registry.model import Message

T = TypeVar("T")

_STYLES = {
    "error": "31;1",
    "warning": "33",
    "info": "36",
    "place": "1",
    "hint": "2",
    "heading": "1",
}


_PATIENCE = 0.5
"""Seconds before a person wonders whether anything is going on."""
_PAUSE = 0.1
_PIECE = 1 << 20
"""Characters that are written at a time."""


class ReaderGone(Exception):
    """Whoever reads the output had enough. No ``OSError``: click ends the process without a word at a broken pipe."""


class Unsaid(Exception):
    """Standard output can't be written; the files of the command are not the cause.

    Args:
        error: the system's.

    Attributes:
        is_done: whether files were written before.
    """

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error
        self.is_done = _done.files


class _Done:
    files = False


_done = _Done()


def written(files: Sized) -> None:
    """Files are in their places now: whatever fails from here on, they are."""
    _done.files = _done.files or len(files) > 0


def prepare() -> None:
    """Let characters that an encoding lacks be written as escapes, and bytes that are no text be read, without failing."""
    _done.files = False
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def take_over() -> None:
    """Let this process's standard output write all it is given.

    Without a buffer, as PYTHONUNBUFFERED makes it, it writes what there is room for, and says nothing of the rest.
    """
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(raw, io.RawIOBase):
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(raw), encoding=sys.stdout.encoding, errors=sys.stdout.errors)


def write(text: str) -> None:
    """Write text made of lines that are safe already.

    Raises:
        ReaderGone: nobody reads it any more.
        Unsaid: it can't be written.
    """
    with _reader():
        stream = _stdout()
        for start in range(0, len(text), _PIECE):  # a stream encodes at once what it is given
            stream.write(text[start : start + _PIECE])
        stream.flush()


def write_bytes(data: bytes) -> None:
    """Write a file's bytes as they are: UTF-8, whatever the terminal's encoding.

    Raises:
        ReaderGone: nobody reads it any more.
        Unsaid: it can't be written.
    """
    with _reader():
        stream = _stdout()
        binary: IO[bytes] | None = getattr(stream, "buffer", None)
        if binary is None:
            stream.write(data.decode("utf-8"))
        else:
            stream.flush()
            binary.write(data)
            binary.flush()


def _stdout() -> TextIO:
    """Standard output; Python has none where the caller closed it, and what is said then would be lost silently."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return sys.stdout


@contextmanager
def _reader() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        raise Unsaid(error) from error


def complain(sentence: str) -> None:
    """One line on standard error: the caller's mistake, or the environment's."""
    remark(f"targets: {terminal(' '.join(sentence.split()))}\n")


def remark(text: str) -> None:
    """Lines on standard error that are safe already."""
    if sys.stderr is not None:
        with suppress(OSError):  # nobody is there to be told
            sys.stderr.write(text)
            sys.stderr.flush()


@contextmanager
def progress(speech: Speech) -> Iterator[Callable[[int, int], None] | None]:
    """Tells a person at a terminal how far long work has come, and wipes it away at the end.

    Gives a function of how many of how many files have been begun; None where nobody is there to read it.
    """
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    stream, told, due = sys.stderr, False, time.monotonic() + _PATIENCE

    def tell(done: int, total: int) -> None:
        nonlocal told, due
        now = time.monotonic()
        if now >= due:
            told, due = True, now + _PAUSE
            from target_registry.wrapping import width  # only long work needs it

            line = speech.tell(Message("{done} of {total} files …", done=done, total=total))
            if width(line) >= columns(80):  # what is wrapped could not be wiped away
                line = f"{done}/{total}"
            with suppress(OSError):  # the terminal may go before the work is done
                stream.write(f"\r{line}\x1b[K")
                stream.flush()

    try:
        yield tell
    finally:
        if told:
            with suppress(OSError):
                stream.write("\r\x1b[K")
                stream.flush()


def ask(question: str, otherwise: str, read: Callable[[str], T]) -> T:
    """Ask on standard error until the answer can be read.

    Args:
        question: what is asked.
        otherwise: what an empty answer means; shown unless it is empty itself.
        read: makes a value of an answer, or raises ``click.UsageError``.

    Raises:
        click.Abort: the person had enough.
    """
    try:
        sign = "：" if has_chinese(question) else ": "
        asked: T = click.prompt(
            question, default=otherwise, show_default=bool(otherwise), value_proc=read, err=True, prompt_suffix=sign
        )
    except Stopped as stopped:
        raise click.Abort from stopped
    return asked


def is_terminal() -> bool:
    """Whether a person is reading along."""
    return sys.stdout is not None and sys.stdout.isatty()


def columns(otherwise: int) -> int:
    """How wide a line may be: what ``COLUMNS`` says, the terminal's width, or another one; at least 20.

    As :func:`shutil.get_terminal_size`, whose module takes a while to import.
    """
    said = os.environ.get("COLUMNS", "")[:5]
    width = int(said) if said.isascii() and said.isdecimal() else 0
    if not width and sys.__stdout__ is not None:
        try:
            width = os.get_terminal_size(sys.__stdout__.fileno()).columns
        except (OSError, ValueError):
            width = 0  # no terminal, or closed
    return max(width or otherwise, 20)


def flush() -> None:
    """Hand on what is still held back; whether anybody reads what is said beside it changes nothing.

    Raises:
        OSError: standard output can't be written.
    """
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()
    if sys.stderr is not None and not sys.stderr.closed:
        with suppress(OSError):
            sys.stderr.flush()


def silence() -> None:
    """After the reader of a pipe has gone: let nothing more be written, also not at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def style(wanted: bool | None) -> Callable[[str, str], str]:
    """A function that colours a text, or leaves it.

    Args:
        wanted: True or False as the caller asked; None to colour on a terminal, unless
            ``NO_COLOR`` is set (no-color.org).
    """
    if wanted is None:
        wanted = is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if not wanted:
        return lambda text, _: text
    return lambda text, name: f"\x1b[{_STYLES[name]}m{text}\x1b[0m" if name in _STYLES else text
