"""The real command in a process of its own, and what holds of each call, whatever it is given."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from target_registry import escape

HANGS = 120
"""Seconds after which a call hangs, on the slowest machine: a guard, not a measure."""
MOST_MEMORY = 1 << 30
MOST_OF_ONE_FILE = 150 << 20
MOST_OUTPUT = 64 << 20
_OURS = re.compile(
    r"::(?:error|warning|notice) file=[^,:]*,line=\d+,(?:col=\d+,)?title=[^,:]*::|::(?:error|warning|notice) title=[^,:]*::"
)


class Called(NamedTuple):
    """What a call left behind.

    Attributes:
        code: the exit code; negative where a signal ended it.
        out: standard output, as bytes.
        err: standard error.
    """

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode("utf-8")

    @property
    def complaint(self) -> str:
        """Standard error as text."""
        return self.err.decode("utf-8")


def environment(**more: str) -> dict[str, str]:
    """What a call finds around it: nothing of the machine's language."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT")}
    return {**kept, "LANGUAGE": "en", "PYTHONIOENCODING": "utf-8", **more}


def call(
    *arguments: str | bytes,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    launch: Sequence[str] = (sys.executable, "-P", "-m", "target_registry"),
    given: bytes = b"",
    memory: int = MOST_MEMORY,
) -> Called:
    """Call ``targets`` as a shell would.

    Args:
        arguments: its arguments.
        cwd: where.
        env: its environment; else a plain one.
        launch: the words that start it.
        given: its standard input.
        memory: the bytes that it, and each process that it starts, may have for its data.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as into:
        into.write(given)
        into.seek(0)
        done = subprocess.run(
            [*launch, *arguments],
            cwd=cwd,
            env=dict(environment() if env is None else env),
            stdin=into,
            stdout=out,
            stderr=err,
            check=False,
            timeout=HANGS,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (memory, memory)),
        )
        out.seek(0)
        err.seek(0)
        return Called(done.returncode, out.read(MOST_OUTPUT + 1), err.read(MOST_OUTPUT + 1))


def hold(
    called: Called,
    *,
    annotations: bool = False,
    csv: bool = False,
    codes: Sequence[int] = (0, 1, 2),
) -> Called:
    """Assert what holds of every call.

    Args:
        called: what it left behind.
        annotations: whether it may say workflow commands, its own ones.
        csv: whether lines end as in CSV, or cells are parted by tabs.
        codes: the exit codes that it may have.
    """
    said = called.err[-2000:].decode("utf-8", "replace")
    assert called.code in codes, (called.code, said)
    for stream in (called.out, called.err):
        assert len(stream) <= MOST_OUTPUT
        assert b"Traceback" not in stream and b"internal error" not in stream, said
        text = stream.decode("utf-8").removeprefix("\ufeff")
        if csv and stream is called.out:
            text = text.replace("\r\n", "\n").replace("\t", " ")
        check_text(text, annotations=annotations and stream is called.out)
    if called.code == 2:
        assert said.strip(), "an exit code of 2 says why"
    return called


def check_text(text: str, *, annotations: bool = False) -> None:
    """No control character but newline, nothing that can't be seen, nothing that a runner obeys."""
    seen = text.replace("\n", "")
    found = escape._INVISIBLE.search(seen)
    assert found is None, repr(seen[max(0, found.start() - 80) : found.end() + 80])
    at = text.find("##[")
    assert at < 0, text[max(0, at - 80) : at + 80]
    for line in re.findall(r"(?m)^\s*::.*$", text):
        assert annotations and _OURS.match(line), line[:200]
