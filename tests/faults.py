"""Commands that write, and a system that fails them: each call of it in turn, by a refusal, a signal or a kill.

A command runs in a forked process whose ``os`` is wrapped; what it leaves is compared with what stood
there before and with what the command makes of it when nothing fails.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from target_registry.cli import signals
from target_registry.cli.main import run
from target_registry.sources import transaction
from target_registry.sources.pending import PENDING
from tests.conftest import REGISTRY, ROOT

Files = Mapping[str, bytes]
NEW = ["--key-work", "二", "--target", "新增外贸主体500家以上", "--category", "一般量化指标", "--deadline-month", "12",
       "--half-year-target", "新增250家", "--weight", "3", "--basis", "年度计划第3页", "--verification", "统计数据",
       "--fiscal-project", "否"]  # fmt: skip
COMMANDS: Mapping[str, Sequence[str]] = {
    "fmt": ["fmt"],
    "new": ["new", "--slug", "new-entities", *NEW],
    "adjust": ["adjust", "HEAD", "--reason", "一季度订单减少", "--date", "2018-06-01"],
    "import": ["import", "../form.csv", "--write", "--into", "2018"],
    "import-year": [
        "import",
        "../form.csv",
        "--write",
        "--year",
        "2020",
        "--title",
        "2020年度填报表",
        "--department",
        "省商务厅",
    ],
    "import-removing": ["import", "../short.csv", "--write", "--into", "2018", "--remove-missing"],
    "finish": ["import", "--finish"],
    "undo": ["import", "--undo"],
    "rollover": ["rollover", "2018", "2019"],
    "init": ["init", "../made", "--department", "省商务厅", "--key-work", "一、消费", "--year", "2019"],
    "export": ["export", "../out.csv"],
    "export-over": ["export", "../old.xlsx", "--force"],
}
"""What is called in a folder that :func:`lay` made, by a name."""
WITHIN = ("fmt", "new", "adjust", "import", "import-year", "import-removing", "rollover")
"""Those that write into the registry, all or nothing even after a kill."""
ENDING = ("finish", "undo")
"""Those that end what one of these left halfway; they begin after a kill of ``import-removing``."""

KINDS = (
    "ENOSPC",
    "SIGKILL",
    "EIO",
    "SIGTERM",
    "EROFS",
    "EACCES",
    "SIGINT",
    "EINTR",
    "EDQUOT",
    "short",
    "SIGHUP",
    "SIGQUIT",
)
"""What a call can meet."""

_AT_ONCE = ("SIGKILL", "SIGQUIT")
"""What leaves a process no time to clean up."""


def lay(folder: Path) -> None:
    """A small registry in a repository, with changes to record, to format and to take in."""
    root = folder / "registry"
    (root / "targets/2018").mkdir(parents=True)
    shutil.copytree(ROOT / "schema", root / "schema")
    for name in ("plan.yaml", "01-retail-sales.yaml", "02-online-retail.yaml", "04-export-share.yaml"):
        shutil.copy(REGISTRY / "targets/2018" / name, root / "targets/2018" / name)
    plan = root / "targets/2018/plan.yaml"
    plan.write_text(plan.read_text("utf-8") + "status: approved\napproved_revision: approved-2018\n", "utf-8")
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "a"], ["tag", "approved-2018"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    call(folder, ["export", "../form.csv"])
    form = folder / "form.csv"
    text = form.read_text("utf-8")
    assert "社会消费品零售总额增长9%左右" in text
    form.write_text(text.replace(",4,", ",7,").replace("增长9%左右", "增长10%左右"), "utf-8")
    rows = form.read_text("utf-8").splitlines(keepends=True)
    (folder / "short.csv").write_text("".join(row for row in rows if "网络零售额" not in row), "utf-8")
    (folder / "old.xlsx").write_bytes(b"what was there\n")
    for name, old, new in (
        ("01-retail-sales.yaml", "weight: 4", "weight:   3"),
        ("02-online-retail.yaml", "weight: ", "weight:   "),
        ("04-export-share.yaml", "fiscal_project: ", "fiscal_project:    "),
    ):
        path = root / "targets/2018" / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def found(folder: Path) -> dict[str, bytes]:
    """All files and folders but those of Git and of a change that is being written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"folder"
        for path in sorted(folder.rglob("*"))
        if PENDING not in path.parts and ".git" not in path.parts
    }


def copied(folder: Path, name: str) -> Path:
    """A copy beside a folder, in the place of an earlier one."""
    copy = folder.parent / name
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    return copy


class Outcome(NamedTuple):
    """What a call left: its exit code, negative for a signal's, its words, and how often it called the system."""

    code: int
    out: str
    err: str
    calls: tuple[str, ...] = ()


class Fault:
    """What happens at a call, by its number; ``lasting`` for at all from then on that it can happen to.

    Args:
        step: which call, from 0.
        kind: the name of an error, ``short`` for a write that takes a part, or a signal's name.
        lasting: whether it stays so.
    """

    def __init__(self, step: int = -1, kind: str = "", *, lasting: bool = False) -> None:
        self.step, self.kind, self.lasting = step, kind, lasting

    def __repr__(self) -> str:
        return f"{self.kind} at {self.step}{' for good' * self.lasting}"


_CHANGING = ("write", "fsync", "replace", "rename", "link", "unlink", "mkdir", "rmdir", "chmod", "ftruncate")
_READING = ("read", "close", "fstat", "lstat", "stat", "scandir", "listdir")
_NEEDS_SPACE = ("open", "write", "fsync", "link", "mkdir", "rename", "replace")


def call(
    folder: Path,
    arguments: Sequence[str],
    fault: Fault | None = None,
    *,
    reading: bool = False,
    seconds: float | None = None,
) -> Outcome:
    """Call the command in a process of its own, in the registry below a folder.

    Args:
        folder: which :func:`lay` made.
        arguments: the command's.
        fault: what goes wrong.
        reading: count, and let fail, the calls that only read instead of those that change something.
        seconds: how long after that call the fault, a signal, is sent from outside; else it comes with it.
    """
    said = {name: folder.parent / f"said-{name}" for name in ("out", "err", "calls")}
    fault = fault or Fault()
    ready, begun = os.pipe()
    child = os.fork()
    if not child:
        os.close(ready)
        _become(folder, arguments, fault, said, None if seconds is None else begun, reading=reading)
    os.close(begun)
    if seconds is not None:
        os.read(ready, 1)
        time.sleep(seconds)
        os.kill(child, getattr(signal, fault.kind))
    os.close(ready)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    texts = {name: path.read_text("utf-8") if path.exists() else "" for name, path in said.items()}
    return Outcome(status, texts["out"], texts["err"], tuple(texts["calls"].split()))


def _become(
    folder: Path, arguments: Sequence[str], fault: Fault, said: Mapping[str, Path], begun: int | None, *, reading: bool
) -> None:
    """Be the command, and end."""
    try:
        os.chdir(folder / "registry")
        for number, name in ((1, "out"), (2, "err")):
            handle = os.open(said[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(handle, number)
            os.close(handle)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdin = open(os.devnull)  # noqa: SIM115
        signals.watch()
        with _failing(fault, begun, reading=reading) as calls:
            code = signals.stoppable(lambda: run(["--lang", "en", *arguments]))
        sys.stdout.flush()
        said["calls"].write_text(" ".join(calls))
        os._exit(code)
    except BaseException:  # noqa: BLE001  whatever it is, this process may not go on as the test
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(99)


@contextmanager
def _failing(fault: Fault, begun: int | None, *, reading: bool) -> Iterator[list[str]]:
    """Let the calls of the system be counted, and one or all from it on fail."""
    calls: list[str] = []
    guard = threading.Lock()

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if sys._getframe(1).f_globals["__name__"] == "subprocess":
                return real(*arguments, **options)  # what git is started with: it runs already when a pipe is closed
            is_write = name == "open" and bool(arguments[1] & (os.O_CREAT | os.O_WRONLY | os.O_RDWR))
            if (name in _READING or (name == "open" and not is_write)) != reading:
                return real(*arguments, **options)
            with guard:
                step = len(calls)
                calls.append(name)
            strikes = step == fault.step or (
                fault.lasting and 0 <= fault.step <= step and (fault.kind != "ENOSPC" or name in _NEEDS_SPACE)
            )
            if strikes and begun is not None:
                saved["write"](begun, b"x")
            if not strikes or begun is not None:
                return real(*arguments, **options)
            if fault.kind == "short" and name == "write":
                return real(arguments[0], bytes(arguments[1])[: max(1, len(arguments[1]) // 2)])
            if fault.kind.startswith("SIG"):
                os.kill(os.getpid(), getattr(signal, fault.kind))
                return real(*arguments, **options)
            if fault.kind.startswith("E"):
                code = getattr(errno, fault.kind)
                if name == "close":
                    real(*arguments, **options)
                place = [str(arguments[0])] if arguments and isinstance(arguments[0], str | Path) else []
                raise OSError(code, os.strerror(code), *place)
            return real(*arguments, **options)

        return call

    def at_once(handle: int) -> None:
        """What reaches the disk sooner or later is all the same where no power fails."""
        saved["fstat"](handle)

    saved = {name: getattr(os, name) for name in ("open", *_CHANGING, *_READING)}
    for name, real in saved.items():
        setattr(os, name, wrapped(name, at_once if name == "fsync" else real))
    try:
        yield calls
    finally:
        for name, real in saved.items():
            setattr(os, name, real)


class Scene:
    """A command, what stands there before it, and what it makes of that when nothing fails."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.arguments = COMMANDS[name]
        self.start = folder / "start"
        if not self.start.exists():
            self.start.mkdir()
            lay(self.start)
        self.before = found(self.start)
        place = copied(self.start, "place")
        if name in ENDING:
            removing = COMMANDS["import-removing"]
            begun = call(place, removing).calls.index("replace")
            self.after = found(place)
            place = copied(self.start, "place")
            assert call(place, removing, Fault(begun + 6, "SIGKILL")).code == -signal.SIGKILL
            assert found(place) not in (self.before, self.after)
            self.start = copied(place, "halfway")
        self.whole = call(place, self.arguments)
        assert self.whole.code in (0, 1), self.whole
        if name in ENDING:
            assert found(place) == (self.after if name == "finish" else self.before), self.whole
        else:
            self.after = found(place)
        assert self.after != self.before, self.whole
        assert not (place / "registry" / PENDING).exists()

    def reads(self) -> int:
        """How many calls only read."""
        return len(call(copied(self.start, "place"), self.arguments, reading=True).calls)

    def fail(self, fault: Fault, *, reading: bool = False, seconds: float | None = None) -> str:
        """Let the command fail, judge what it left, and say in which state that is.

        Args:
            fault: what happens, and at which call.
            reading: whether the call is one that only reads.
            seconds: how long after that call it is sent.

        Returns:
            ``old``, ``new``, ``half`` for a change that can be finished and undone, or ``part`` of new files.
        """
        place = copied(self.start, "place")
        done = call(place, self.arguments, fault, reading=reading, seconds=seconds)
        about = (self.name, fault, done)
        self._judge_words(done, fault, about, reading=reading)
        if reading and done.code == 1 and "is not complete" in done.err:
            return "told"  # what could not be read is lacking, and that is said
        state = self._state(place, about)
        if state == "half":
            if self.name not in ENDING:
                assert fault.kind in _AT_ONCE or fault.lasting, about
                assert fault.kind in _AT_ONCE or "targets import --finish" in done.err, about
            self._judge_half(place, about)
        elif state == "part":
            assert fault.kind in _AT_ONCE or fault.lasting, about
        if done.code in (0, 1) and not reading:
            made = "old" if self.name == "undo" else "new"
            assert (state, done.code, done.out) == (made, self.whole.code, self.whole.out), about
        if not fault.lasting and fault.kind not in _AT_ONCE and not self._is_cleaning(done, fault):
            if state != "half" and seconds is not None and left_over(place):
                # A signal that Python can raise nowhere ends the process where it stands: the next one clears up.
                copy = copied(place, "copy")
                call(copy, self.arguments)
                assert left_over(copy) == [], about
            else:
                assert state == "half" or left_over(place) == [], about
        if state in ("old", "part") and self.name not in ENDING:
            again = call(place, self.arguments)
            assert (again.code, found(place)) == (self.whole.code, self.after), (about, again)
            assert left_over(place) == [], about
        return state

    def _judge_words(self, done: Outcome, fault: Fault, about: object, *, reading: bool) -> None:
        assert "Traceback" not in done.err and "internal error" not in done.err, about
        assert "ignored" not in done.err, about
        if fault.kind.startswith("SIG"):
            number = getattr(signal, fault.kind)
            # A signal may come too late.
            assert done.code in (-number if fault.kind in _AT_ONCE else 128 + number, self.whole.code), about
            assert done.err in ("", self.whole.err), about
        else:
            assert done.code in (2, self.whole.code) or (reading and done.code == 1), about
            if done.code == 2:
                assert re.fullmatch(r"(?:.*\n)?targets: [^\n]+\n", done.err), about

    def _state(self, place: Path, about: object) -> str:
        if transaction.pending(place / "registry") is not None:
            return "half"
        now = {path: data for path, data in found(place).items() if ".targets-" not in path}
        if now == self.before and self.name != "finish":
            return "old"
        if now == self.after and self.name != "undo":
            return "new"
        assert self.name not in WITHIN, about
        # Of several files outside a registry some may be there, but each whole.
        assert {**self.before, **now} == now, about
        assert {**self.after, **now} == self.after, about
        return "part"

    def _judge_half(self, place: Path, about: object) -> None:
        for step, side in ((transaction.finish, self.after), (transaction.undo, self.before)):
            copy = copied(place, "copy")
            step(copy / "registry")
            assert found(copy) == side, about
            assert left_over(copy) == [], about

    @staticmethod
    def _is_cleaning(done: Outcome, fault: Fault) -> bool:
        """Whether what failed was the taking away itself."""
        failed = done.calls[fault.step : fault.step + 1]
        return failed in (("unlink",), ("rmdir",)) or (failed == ("fsync",) and done.calls[fault.step - 1] == "unlink")


def left_over(folder: Path) -> list[str]:
    """What writing left of its own."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob(".targets-*"))
        if path.name == PENDING or path.name.endswith(".tmp")
    ]


def main() -> None:
    """Let each call of each command meet each fault, and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or COMMANDS:
            scene = Scene(Path(folder), name)
            for reading, calls in ((False, len(scene.whole.calls)), (True, scene.reads())):
                faults = [(kind, False) for kind in KINDS if not (reading and kind == "short")]
                for kind, lasting in faults if reading else [*faults, ("ENOSPC", True), ("EROFS", True)]:
                    states = Counter(
                        scene.fail(Fault(step, kind, lasting=lasting), reading=reading) for step in range(calls)
                    )
                    told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
                    kept = "reading" if reading else "writing"
                    sys.stdout.write(f"{name} {kept} {Fault(calls, kind, lasting=lasting)}: {told}\n")
                    sys.stdout.flush()


if __name__ == "__main__":
    main()
