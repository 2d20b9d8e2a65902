"""Every command where nobody can be told: no standard output, a full one, a reader who has gone, no standard error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from target_registry.cli.main import COMMANDS
from tests import faults
from tests.faults import Scene, copied, found

if sys.platform == "win32":
    pytest.skip("what a shell of Unix closes", allow_module_level=True)

CALLS: dict[str, list[str]] = {
    **{name: list(faults.COMMANDS[name]) for name in ("fmt", "new", "adjust", "import", "rollover", "init", "export")},
    "check": ["check"], "table": ["table"], "weights": ["weights"], "show": ["show", "1"], "diff": ["diff", "HEAD"],
    "history": ["history", "1"], "blame": ["blame", "1"], "rules": ["rules"], "help": ["--help"],
    "json": ["check", "--format", "json"],
}  # fmt: skip


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands start from."""
    return Scene(tmp_path_factory.mktemp("scenes"), "export").start


def shell(start: Path, name: str, redirected: str) -> subprocess.CompletedProcess[bytes]:
    """Call a command with its outputs as a shell has them."""
    place = copied(start, "place")
    return subprocess.run(
        ["bash", "-c", f'exec "$@" {redirected}', "bash", sys.executable, "-m", "target_registry", "--lang", "en", *CALLS[name]],
        cwd=place / "registry", capture_output=True, check=False,
    )  # fmt: skip


def test_every_command_is_called() -> None:
    assert set(COMMANDS) <= set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_where_nobody_can_be_told_it_is_one_line_and_the_right_code(start: Path, name: str) -> None:
    whole = shell(start, name, "")
    made = found(start.parent / "place")
    assert whole.returncode in (0, 1)
    for redirected in (">&-", ">&- 2>&-", ">/dev/full", "> >(:)"):
        if "full" in redirected and not os.path.exists("/dev/full"):
            continue
        done = shell(start, name, redirected)
        told = done.stderr.removeprefix(whole.stderr)
        if ">(" not in redirected:
            is_written = found(start.parent / "place") != found(start)
            said = (
                b"the files are written, but what was to be said of it can't be"
                if is_written
                else b"the output can't be written"
            )
            why = b"the disk is full" if "full" in redirected else b"it is closed"
            line = b"" if "2>" in redirected else b"targets: " + said + b": " + why + b"\n"
            assert (done.returncode, told) == (2, line), done
        else:
            # The reader may be gone too late for a short text.
            assert (done.returncode, told) in ((141, b""), (whole.returncode, b"")), done
        assert found(start.parent / "place") in (made, found(start))


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("form", ["json", "html"])
def test_an_output_that_is_cut_off_is_told(start: Path, unbuffered: str, form: str) -> None:
    place = copied(start, "cut") / "registry"
    line = f'ulimit -f 2; exec "$@" table --format {form} > whole'
    done = subprocess.run(
        ["bash", "-c", line, "bash", sys.executable, "-m", "target_registry", "--lang", "en"],
        cwd=place, capture_output=True, check=False, env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        2,
        b"targets: the output can't be written: it is larger than the system allows\n",
    )


@pytest.mark.parametrize("redirected", [">/dev/full", ">&-", "> >(:)"])
def test_no_command_at_all_is_answered_without_a_traceback(start: Path, redirected: str) -> None:
    if "full" in redirected and not os.path.exists("/dev/full"):
        pytest.skip("no such device")
    done = subprocess.run(
        ["bash", "-c", f'exec "$@" {redirected}', "bash", sys.executable, "-m", "target_registry", "--lang", "en"],
        cwd=start / "registry", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode in ((2,) if ">(" not in redirected else (2, 141))
    assert done.stderr.count(b"\n") <= 1 and b"Traceback" not in done.stderr


def test_a_warning_that_nobody_hears_keeps_nothing_from_being_written(start: Path) -> None:
    said = (
        "new", "--slug", "n-e", "--key-work", "一", "--target", "新增外贸主体500家以上", "--category", "qualitative", "--deadline-month", "3",
        "--weight", "3", "--basis", "年度计划第3页。", "--verification", "统计数据", "--fiscal-project", "否",
    )  # fmt: skip
    made = []
    for redirected in ("", "2>&-", "2>/dev/full"):
        place = copied(start, "unheard") / "registry"
        done = subprocess.run(
            ["bash", "-c", f'exec "$@" {redirected}', "bash", sys.executable, "-m", "target_registry", *said],
            cwd=place, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done
        made.append(found(place))
    assert made[0] == made[1] == made[2]
