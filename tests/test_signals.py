"""Ctrl-C, a wish to end, a hang-up: the process ends at once, says nothing, and leaves no process of its own behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import REGISTRY

if sys.platform == "win32":
    pytest.skip("signals are sent", allow_module_level=True)

WATCHED = """
import os, sys
from target_registry.cli import signals
signals.watch()
os.write(1, b"ready\\n")
from target_registry.__main__ import main
main()
"""


def started(
    *arguments: str, program: str = WATCHED, cwd: Path = REGISTRY, **environment: str
) -> subprocess.Popen[bytes]:
    """The command, from the moment on at which it watches."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, "--lang", "en", *arguments],
        cwd=cwd, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.parametrize("command", [["check"], ["table"], ["export", "/dev/null/x.docx"], ["rules"]])
def test_at_any_moment_it_ends_without_a_word(command: list[str]) -> None:
    chance = random.Random(3)  # noqa: S311  no secret
    before = subprocess.run(
        [sys.executable, "-m", "target_registry", "--lang", "en", *command],
        cwd=REGISTRY,
        capture_output=True,
        check=False,
    )
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGINT", "SIGINT"):
        process = started(*command)
        time.sleep(chance.uniform(0, 0.25))
        process.send_signal(getattr(signal, name))
        err = process.communicate()[1]
        assert process.returncode in (128 + getattr(signal, name), before.returncode)
        assert err in (b"", before.stderr)  # what was said before the signal came stays said


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("where", ["cat-file", "rev-parse"])
def test_a_git_that_is_at_work_ends_with_it(tmp_path: Path, where: str) -> None:
    """One that is talked with, and one that is run to its end; only the command is sent the signal."""
    found = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    git = tmp_path / "bin" / "git"
    git.parent.mkdir()
    git.write_text(
        f'#!/bin/sh\ncase "$*" in *{where}*) echo $$ > {tmp_path}/pid; exec sleep 600;; esac\nexec {found} "$@"\n'
    )
    git.chmod(0o755)
    process = started("diff", "HEAD", PATH=f"{git.parent}{os.pathsep}{os.environ['PATH']}")
    number = tmp_path / "pid"
    while not number.exists() or not number.read_text().endswith("\n"):
        assert process.poll() is None
        time.sleep(0.0005)  # as soon as it is there, before the command has had the time to note it
    process.send_signal(signal.SIGINT)
    assert process.communicate()[1] == b""
    assert process.returncode == 130
    # The system may take a moment to let go of a process whose parent has ended as well.
    ended = time.monotonic() + 30
    while is_there(int(number.read_text())):
        assert time.monotonic() < ended
        time.sleep(0.01)


def test_a_second_signal_ends_what_the_first_did_not() -> None:
    program = WATCHED.replace(
        "from target_registry.__main__",
        "import target_registry.cli.main as m, time\n"
        "def stuck(*_):\n"
        "    try:\n"
        "        os.write(1, b'stuck\\n'); time.sleep(600)\n"
        "    finally:\n"
        "        os.write(1, b'again\\n'); time.sleep(600)\n"
        "m.run = stuck\n"
        "from target_registry.__main__",
    )
    process = started("check", program=program)
    assert process.stdout is not None
    for said in (b"stuck\n", b"again\n"):
        assert process.stdout.readline() == said
        process.send_signal(signal.SIGTERM)
    assert process.communicate() == (b"", b"")
    assert process.returncode == 143


def test_what_makes_another_exception_of_it_does_not_hide_it() -> None:
    """Python's importing does, where it is met between two of its steps."""
    program = WATCHED.replace(
        "from target_registry.__main__",
        "import signal, target_registry.checking as l\n"
        "def hidden(*_, **__):\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "    finally:\n"
        "        raise RuntimeError('cannot release un-acquired lock')\n"
        "l.check = hidden\n"
        "from target_registry.__main__",
    )
    process = started("check", program=program)
    assert process.communicate() == (b"", b"")
    assert process.returncode == 143


def test_where_nobody_can_be_told_of_it_it_ends_all_the_same() -> None:
    """Such as where Python takes an object apart, and would print what it ignores."""
    program = WATCHED.replace(
        "from target_registry.__main__",
        "import signal, target_registry.checking as l\n"
        "class Odd:\n"
        "    def __del__(self):\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "l.check = lambda *_, **__: Odd() and None\n"
        "from target_registry.__main__",
    )
    process = started("check", program=program)
    assert process.communicate() == (b"", b"")
    assert process.returncode == 143


def test_what_the_caller_ignores_stays_so() -> None:
    """As nohup does."""
    program = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + WATCHED
    process = started("check", program=program)
    process.send_signal(signal.SIGHUP)
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert out.endswith(b"24 warnings\n")


def test_while_files_are_put_in_place_a_signal_waits_also_beside_threads() -> None:
    """One that looks after git goes on for a moment when git has answered, and would be told of the signal."""
    program = (
        "import _thread, os, signal, time\n"
        "from pathlib import Path\n"
        "from target_registry.sources.locks import undisturbed\n"
        "from target_registry.sources.program import Program\n"
        "told = []\n"
        "signal.signal(signal.SIGTERM, lambda *_: told.append('told'))\n"
        "Program(Path('.')).run('version')\n"
        "assert _thread._count() > 0\n"
        "with undisturbed():\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    time.sleep(0.05)\n"
        "    print(told)\n"
        "print(told)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"[]", b"['told']"]
