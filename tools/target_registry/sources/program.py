"""The command git: found where nobody can have left another one, run with nothing of the caller's, and talked with.

Sources: git(1) on its options and its environment, execvp(3) on empty entries of PATH,
CreateProcess of the Windows API, which looks into the working folder first.
"""

from __future__ import annotations

import errno
import os
import select
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from target_registry import limits
from target_registry.model import Message
from target_registry.sources import EnvironmentFault, reason
from target_registry.sources.beside import Beside
from target_registry.sources.locks import held_back

_SAFE = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "protocol.allow=never",
    "-c", "core.commitGraph=false",  # which says of commits what they don't say themselves
    "-c", "trailer.separators=:",
    "-c", "i18n.logOutputEncoding=UTF-8",
    "-c", "i18n.commitEncoding=UTF-8",
)  # fmt: skip
_OWN = {
    "GIT_ALLOW_PROTOCOL": "none",  # a protocol that a repository's configuration allows would count else
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


_PIECE = 1 << 20
_COMPLAINT = 1 << 16
"""Bytes of what git complains of that are kept."""


_NO_MORE = Message("the system lets no more processes be; end some, or raise the limits with ulimit -u and -v")


class Ended(Exception):
    """A process that was asked something ended before it had answered."""


class Program:
    """The command git, in one folder.

    Args:
        folder: where it runs.
        suspect: raises what is wrong with the repository, where that makes git wait for ever; asked once git is slow.

    Raises:
        EnvironmentFault: it isn't there.
    """

    def __init__(self, folder: Path, suspect: Callable[[], None] = lambda: None) -> None:
        self.path = _found()
        self.suspect = suspect
        self._start = [self.path, *_SAFE, "-C", str(folder)]

    def run(
        self, *arguments: str, given: bytes = b"", seconds: int = limits.GIT_SECONDS, index: str | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command to its end, whether it fails or not.

        Args:
            arguments: the command and its arguments.
            given: what it reads from its standard input.
            seconds: how long it may take.
            index: the file of the index; None for the repository's usual one.

        Raises:
            EnvironmentFault: it takes too long, or says more than is read.
        """
        process = guard = None
        servants: list[Beside] = []
        try:
            with held_back():
                process = self._started(arguments, subprocess.PIPE, index)
            guard = _Guard(process, seconds, self.suspect)
            said, complained = _talk(process, given, servants)
        except BaseException:
            if process is not None:
                _end(process)
                _leave(process, servants)
            raise
        finally:
            if guard is not None:
                guard.cancel()
        if guard.has_ended:
            raise guard.fault or EnvironmentFault(Message("git gave no answer within {n} seconds", n=seconds))
        if len(said) > limits.GIT_BYTES:
            raise too_long()
        return subprocess.CompletedProcess(arguments, process.returncode, said, complained)

    def open(self, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start a command that reads questions and writes answers."""
        return self._started(arguments, subprocess.DEVNULL)

    def _started(self, arguments: Sequence[str], complaints: int, index: str | None = None) -> subprocess.Popen[bytes]:
        """A process that is held to little memory from its first step on, and for good."""
        try:
            with _in_little_memory():
                process = subprocess.Popen(
                    [*self._start, *arguments],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=complaints,
                    env=_environment() | ({"GIT_INDEX_FILE": index} if index else {}),
                    process_group=0 if _HAS_GROUPS else None,  # with all that it may start
                )
        except OSError as error:
            why = _NO_MORE if error.errno == errno.EAGAIN else reason(error)
            raise EnvironmentFault(Message("{path} can't be started: {reason}", path=self.path, reason=why)) from error
        with suppress(ImportError, AttributeError, OSError, ValueError):  # only Linux knows it
            import resource

            resource.prlimit(process.pid, resource.RLIMIT_DATA, (limits.GIT_MEMORY, limits.GIT_MEMORY))
        return process


_HAS_GROUPS = hasattr(os, "killpg")
_TICK = 0.25
"""Seconds between two looks at the processes that are waited for."""


class _Guards:
    """Looks after all processes that are waited for, by one thread: one for each question takes longer than its answer.

    The thread ends when there is nothing to look after, so that there is none when others are forked.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._some: set[_Guard] = set()
        self._is_awake = False

    def add(self, guard: _Guard) -> None:
        with self._lock:
            self._some.add(guard)
            if not self._is_awake:
                _begin(self._watch)
                self._is_awake = True

    def remove(self, guard: _Guard) -> None:
        with self._lock:
            self._some.discard(guard)

    def end(self, guard: _Guard) -> None:
        """End its process, unless that has just done its work, and may be doing some other."""
        with self._lock:
            if guard in self._some:
                self._some.remove(guard)
                guard.end()

    def _watch(self) -> None:
        while True:
            time.sleep(_TICK)
            with self._lock:
                if not self._some:
                    self._is_awake = False
                    return
                now = time.monotonic()
                late = [guard for guard in self._some if now >= guard.due]
            for guard in late:
                if guard.is_over():
                    self.end(guard)


_GUARDS = _Guards()


class _Guard:
    """Ends a process that takes too long, or sooner where the repository turns out to let git wait for ever.

    Args:
        process: what is to end.
        seconds: how long it may take.
        suspect: as a program has it.

    Attributes:
        due: when to look at it again, by the monotonic clock.
        has_ended: whether the process was ended.
        fault: why, where it was not the time.
    """

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, suspect: Callable[[], None]) -> None:
        self.has_ended = False
        self.fault: EnvironmentFault | None = None
        self._process, self._suspect, self._has_looked = process, suspect, False
        start = time.monotonic()
        self._last = start + seconds
        self.due = start + min(seconds, limits.GIT_PATIENCE)
        _GUARDS.add(self)

    def is_over(self) -> bool:
        """Whether the process is to end."""
        if not self._has_looked:
            self._has_looked = True
            try:
                self._suspect()
            except EnvironmentFault as fault:
                self.fault = fault
                return True
            except (OSError, ValueError):
                pass  # what can't be looked at hides nothing, and this thread is needed for the time that is left
        self.due = self._last
        return time.monotonic() >= self._last

    def end(self) -> None:
        """End the process."""
        self.has_ended = True
        _end(self._process)

    def cancel(self) -> None:
        """The process has done its work."""
        _GUARDS.remove(self)


@contextmanager
def _in_little_memory() -> Iterator[None]:
    """Let a process that is started here have no more memory than it needs; what it maps of Git's files doesn't count.

    This process is held to as much for the moment of the start, unless it comes near to it itself.

    Source: getrlimit(2) on ``RLIMIT_DATA``, which a child inherits; proc(5) on ``statm``.
    """
    held: tuple[int, int] | None = None
    with suppress(ImportError, AttributeError, OSError, ValueError, IndexError):  # only Linux knows it
        import resource

        with open("/proc/self/statm", "rb") as file:
            taken = int(file.read(200).split()[5]) * resource.getpagesize()
        own = resource.getrlimit(resource.RLIMIT_DATA)
        if taken < limits.GIT_MEMORY // 2 and (own[0] < 0 or own[0] > limits.GIT_MEMORY):
            resource.setrlimit(resource.RLIMIT_DATA, (limits.GIT_MEMORY, own[1]))
            held = own
    try:
        yield
    finally:
        if held is not None:
            resource.setrlimit(resource.RLIMIT_DATA, held)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it has started: one of these can hold its pipes."""
    if _HAS_GROUPS:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _shut(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def _begin(work: Callable[[], None]) -> Beside:
    """Begin work beside git.

    Raises:
        EnvironmentFault: the system lets no thread be.
    """
    try:
        return Beside(work)
    except RuntimeError as error:
        raise EnvironmentFault(_NO_MORE) from error


def too_long() -> EnvironmentFault:
    """Git lists more than a registry can hold."""
    return EnvironmentFault(
        Message(
            "git lists more than {limit} bytes here: this holds more files than a registry can", limit=limits.GIT_BYTES
        )
    )


def _talk(process: subprocess.Popen[bytes], given: bytes, servants: list[Beside]) -> tuple[bytes, bytes]:
    """What a process says and complains of, hardly more of either than is read; it has ended then.

    All three pipes are served at once, since git may wait at any of them.

    Args:
        process: it.
        given: what it reads.
        servants: those that serve two of its pipes are put here, as they begin.
    """
    questions, answers, complaints = process.stdin, process.stdout, process.stderr
    if questions is None or answers is None or complaints is None:  # all three were asked for as pipes
        raise EOFError
    complained: list[bytes] = []

    def ask() -> None:
        with suppress(OSError):  # it has ended without reading all
            questions.write(given)
            questions.close()

    def listen() -> None:
        left = _COMPLAINT
        with suppress(OSError):  # what is lost is why git failed, not that it did
            for piece in _pieces(process, complaints):
                if left > 0:
                    complained.append(piece[:left])
                    left -= len(piece)

    for work in (ask, listen):
        servants.append(_begin(work))  # noqa: PERF401  those that begin are known, where one doesn't
    pieces, left = [], limits.GIT_BYTES
    for piece in _pieces(process, answers):
        pieces.append(piece)
        left -= len(piece)
        if left < 0:
            _end(process)
            break
    _leave(process, servants)
    return b"".join(pieces), b"".join(complained)


def _leave(process: subprocess.Popen[bytes], servants: Sequence[Beside]) -> None:
    """Wait for the end of a process, and of those that serve its pipes."""
    process.wait()
    for beside in servants:
        if not beside.has_ended(2 * _TICK):  # what git started, and left behind, reads no questions
            _end(process)
            beside.has_ended(1)
    if all(beside.has_ended() for beside in servants):  # a pipe that is read can't be closed
        _shut(process)


def _pieces(process: subprocess.Popen[bytes], pipe: IO[bytes]) -> Iterator[bytes]:
    """What comes through a pipe, till it is closed, or till the process has ended and all that it wrote is read.

    What it has started and left behind can hold the pipe for as long as it likes, where it isn't ended with it.
    Piece by piece, since Python asks for as much memory as it is to read, however little there is.
    """
    ready = None
    if hasattr(select, "poll"):  # Windows looks at no pipe, and waits for its end
        ready = select.poll()
        ready.register(pipe, select.POLLIN)
    while True:
        has_ended = process.poll() is not None
        if ready is None or ready.poll(0 if has_ended else _TICK * 1000):
            if not (piece := os.read(pipe.fileno(), _PIECE)):
                return
            yield piece
        elif has_ended:
            _end(process)
            return


class Conversation:
    """A process that answers what is written to it: started when it is first asked, and anew after it has ended.

    Args:
        program: git.
        arguments: the command and its arguments.
    """

    def __init__(self, program: Program, *arguments: str) -> None:
        self._program = program
        self._arguments = arguments
        self._process: subprocess.Popen[bytes] | None = None
        self._told: bytes | None = None

    def tell(self, question: bytes) -> None:
        """Ask, and do something else while the answer is made; :meth:`asked` with the same question reads it."""
        if self._told is not None:
            self.close()
        # One that has ended already is told by the reading.
        try:
            with suppress(OSError):
                self._write(question)
                self._told = question
        except BaseException:
            self.close(at_once=True)
            raise

    @contextmanager
    def asked(
        self, question: bytes, *, seconds: int = limits.GIT_SECONDS, is_last: bool = False
    ) -> Iterator[IO[bytes]]:
        """Where the answer to a question is to be read, all of it.

        Args:
            question: what to write.
            seconds: how long the answer may take.
            is_last: ask a process that ends when it has answered.

        Raises:
            Ended: the process ended before it had answered, or took too long; the next question finds a new one.
            EnvironmentFault: git would have waited for ever.
        """
        guard = None
        try:
            if self._told != question:
                if self._told is not None or is_last:
                    self.close()
                self._write(question)
            self._told = None
            writer, reader = self._pipes()
            if is_last:
                writer.close()
            if self._process is not None:
                guard = _Guard(self._process, seconds, self._program.suspect)
            yield reader
            if is_last:
                self.close()
        except (OSError, EOFError) as error:
            self.close(at_once=True)
            if guard is not None and guard.fault is not None:
                raise guard.fault from error
            raise Ended from error
        except BaseException:
            self.close(at_once=True)  # what is left of this answer would be taken for the next one
            raise
        finally:
            if guard is not None:
                guard.cancel()

    def _write(self, question: bytes) -> None:
        writer, _ = self._pipes()
        writer.write(question)
        writer.flush()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            with held_back():
                self._process = self._program.open(self._arguments)
        writer, reader = self._process.stdin, self._process.stdout
        if writer is None or reader is None:  # both were asked for as pipes
            raise EOFError
        return writer, reader

    def close(self, *, at_once: bool = False) -> None:
        """End the process; that it has ended by itself is no fault any more.

        Args:
            at_once: whatever it is doing; what only reads may be ended at any time.
        """
        process, self._process, self._told = self._process, None, None
        if process is None:
            return
        if at_once:
            _end(process)
        _shut(process)
        _end(process)  # it has nothing left to do
        process.wait()


def _environment() -> dict[str, str]:
    """The caller's environment without its ``GIT_*``, and with nothing that prompts, fetches or bends history."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _OWN


def _found() -> str:
    """Git's full path, by the folders of PATH that are named in full: in others a stranger may have left one."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(folder.strip('"') if os.name == "nt" else folder, name)
        if os.path.isabs(path) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    raise EnvironmentFault(
        Message("git is not installed, and no revision can be read without it; install git (git-scm.com)")
    )
