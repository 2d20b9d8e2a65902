"""A change of many files is all or nothing: killed anywhere, refused anywhere, sent by a stranger."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from target_registry.language import Speech
from target_registry.sources import EnvironmentFault, transaction, turns
from target_registry.sources.atomic import write
from target_registry.sources.disk import Disk
from target_registry.sources.locks import lock
from target_registry.sources.transaction import apply, finish, pending, undo
from target_registry.sources.turns import unfinished
from tests.conftest import ROOT, Run

PENDING = ".targets-pending"
Files = Mapping[str, bytes | None]

BEFORE: Files = {
    "targets/2018/01-a.yaml": b"a\n",
    "targets/2018/02-b.yaml": b"b\n",
    "targets/2018/03-c.yaml": b"c\n",
    "targets/2018/04-d.yaml": None,
    "targets/2019/plan.yaml": None,
    "targets/2019/shop/plan.yaml": None,
}
AFTER: Files = {
    "targets/2018/01-a.yaml": b"A\n",
    "targets/2018/02-b.yaml": None,
    "targets/2018/03-c.yaml": b"c\n",
    "targets/2018/04-d.yaml": b"d\n",
    "targets/2019/plan.yaml": b"plan\n",
    "targets/2019/shop/plan.yaml": b"",
}


def lay(root: Path, files: Files) -> None:
    for path, data in files.items():
        if data is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)


def found(root: Path, *, below: str = "targets") -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / below).rglob("*"))
        if path.is_file()
    }


def there(files: Files) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if data is not None}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    lay(folder, BEFORE)
    return folder


def told(call: Callable[[], object]) -> str:
    with pytest.raises(EnvironmentFault) as fault:
        call()
    return Speech("en").tell(fault.value.message)


def test_a_change_is_made_whole(root: Path) -> None:
    (root / "targets/2018/01-a.yaml").chmod(0o640)
    apply(root, AFTER, BEFORE)
    assert found(root) == there(AFTER)
    assert sorted(os.listdir(root)) == ["targets"]
    assert (root / "targets/2018/01-a.yaml").stat().st_mode & 0o777 == 0o640
    assert (root / "targets/2018/01-a.yaml").stat().st_nlink == 1
    assert pending(root) is None
    finish(root)
    undo(root)
    apply(root, AFTER, AFTER)
    apply(root, BEFORE, AFTER)
    assert found(root) == there(BEFORE)
    assert sorted(os.listdir(root)) == ["targets"]


class Killed(BaseException):
    """What a kill is to a test: nothing but the system cleans up after it."""


class Quick(Disk):
    """A disk that nobody waits for: a process that ends takes nothing with it that it wrote."""

    def sync_files(self, paths: Sequence[Path]) -> None:
        """Nothing."""

    def sync(self, folder: Path) -> None:
        """Nothing."""


class Faulty(Quick):
    """A disk that fails at a step, by a kill or by a refusal, or in the middle of writing a file."""

    def __init__(self, step: int, fault: Callable[[], BaseException], *, lasting: bool = False) -> None:
        self.left = step
        self.fault = fault
        self.lasting = lasting

    def _step(self) -> None:
        self.left -= 1
        if self.left == -1 or (self.lasting and self.left < 0):
            raise self.fault()

    def sync_files(self, paths: Sequence[Path]) -> None:
        """A step."""
        self._step()

    def make_folder(self, folder: Path) -> None:
        """A step."""
        self._step()
        super().make_folder(folder)

    def write(self, path: Path, data: bytes, mode: int) -> None:
        """A step."""
        self._step()
        super().write(path, data[: len(data) // 2], mode)
        self._step()
        path.unlink()
        super().write(path, data, mode)

    def link(self, path: Path, other: Path) -> None:
        """A step."""
        self._step()
        super().link(path, other)

    def replace(self, path: Path, other: Path) -> None:
        """A step."""
        self._step()
        super().replace(path, other)

    def delete(self, path: Path) -> None:
        """A step."""
        self._step()
        super().delete(path)

    def delete_folder(self, folder: Path) -> None:
        """A step."""
        self._step()
        super().delete_folder(folder)

    def sync(self, folder: Path) -> None:
        """A step."""
        self._step()


def killed_at(step: int, call: Callable[..., None], *arguments: Any) -> bool:
    """Call with a kill at a step; whether it came to that."""
    try:
        call(*arguments, disk=Faulty(step, Killed, lasting=True))
    except Killed:
        return True
    return False


def copied(root: Path, name: str) -> Path:
    copy = root.parent / name
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy)
    return copy


def is_whole(root: Path) -> bool:
    return found(root) in (there(BEFORE), there(AFTER))


def test_killed_at_any_step_it_can_be_finished_and_undone(root: Path) -> None:
    stages = set()
    for step in range(1000):
        copy = copied(root, "copy")
        if not killed_at(step, apply, copy, AFTER, BEFORE):
            break
        half = pending(copy)
        if half is None:
            assert is_whole(copy)
            stages.add("old" if found(copy) == there(BEFORE) else "new")
            # What is left of it doesn't stand in the way of the next.
            apply(copy, AFTER, BEFORE if found(copy) == there(BEFORE) else AFTER, disk=Quick())
            assert found(copy) == there(AFTER)
            continue
        stages.add("half")
        assert half.paths == tuple(path for path in BEFORE if BEFORE[path] != AFTER[path])
        for call, files in ((finish, AFTER), (undo, BEFORE)):
            last = copied(copy, "last")
            call(last, disk=Quick())
            assert found(last) == there(files)
            assert os.listdir(last) == ["targets"]
            assert (last / "targets/2019").exists() is (files is AFTER)
            call(last, disk=Quick())
    else:
        pytest.fail("never came to its end")
    assert stages == {"old", "half", "new"}


def test_killed_again_on_its_way_it_can_still_be_brought_to_either_end(root: Path) -> None:
    paths = ("targets/2018/01-a.yaml", "targets/2018/02-b.yaml", "targets/2019/plan.yaml")
    before, after = ({**BEFORE, **{path: files[path] for path in paths}} for files in (BEFORE, AFTER))
    new = {path: AFTER[path] for path in paths}
    seen: list[dict[str, bytes]] = []
    for step in range(1000):
        copy = copied(root, "copy")
        if not killed_at(step, apply, copy, new, BEFORE):
            break
        if pending(copy) is None or found(copy, below=".") in seen:
            continue
        seen.append(found(copy, below="."))
        for call, side in ((finish, after), (undo, before)):
            for again in range(1000):
                last = copied(copy, "last")
                if not killed_at(again, call, last):
                    break
                if pending(last) is None:
                    assert found(last) == there(side)
                    continue
                for final, files in ((finish, after), (undo, before)):
                    end = copied(last, "end")
                    final(end, disk=Quick())
                    assert found(end) == there(files)
    assert len(seen) > 5


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_what_the_system_refuses_is_one_sentence_and_leaves_nothing_half_done(
    root: Path, code: int, lasting: bool
) -> None:
    for step in range(1000):
        copy = copied(root, "copy")
        try:
            apply(copy, AFTER, BEFORE, disk=Faulty(step, lambda: OSError(code, os.strerror(code)), lasting=lasting))
        except EnvironmentFault:
            half = pending(copy)
            if half is None:
                assert is_whole(copy)
                assert found(copy) == there(BEFORE) or lasting
            else:
                assert lasting
                undo(copy)
                assert found(copy) == there(BEFORE)
        else:
            assert found(copy) == there(AFTER)
            if not (copy / PENDING).exists():
                break
    else:
        pytest.fail("never came to its end")


def test_an_interrupt_leaves_nothing_half_done(root: Path) -> None:
    for step in range(1000):
        copy = copied(root, "copy")
        try:
            apply(copy, AFTER, BEFORE, disk=Faulty(step, KeyboardInterrupt))
        except KeyboardInterrupt:
            assert is_whole(copy)
            assert pending(copy) is None
        else:
            break


KILLED = """
import sys, pathlib
from target_registry.sources.transaction import apply
root, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
old = {f"targets/2018/{n:03}-t.yaml": b"old %d\\n" % n * 40 if n % 3 else None for n in range(count)}
new = {path: b"new\\n" * 50 if n % 5 else None for n, path in enumerate(old)}
print("ready", flush=True)
sys.stdin.readline()
apply(root, new, old)
print("done", flush=True)
"""


def big(count: int) -> tuple[Files, Files]:
    old = {f"targets/2018/{n:03}-t.yaml": b"old %d\n" % n * 40 if n % 3 else None for n in range(count)}
    return old, {path: b"new\n" * 50 if n % 5 else None for n, path in enumerate(old)}


def kill_once(folder: Path, wait: float, count: int = 300) -> str:
    """Kill a process in the middle of a change; in which state it left the registry."""
    old, new = big(count)
    shutil.rmtree(folder, ignore_errors=True)
    lay(folder, old)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), str(count)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT / "tools")},
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    process.stdout.readline()
    process.stdin.write(b"\n")
    process.stdin.flush()
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    half = pending(folder)
    if half is None:
        state = "old" if found(folder) == there(old) else "new"
        assert found(folder) == (there(old) if state == "old" else there(new))
        return state
    assert half.paths
    for call, place, files in ((finish, copied(folder, "killed-copy"), new), (undo, folder, old)):
        call(place, disk=Quick())
        assert found(place) == there(files)
        assert os.listdir(place) == ["targets"]
    return "half"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_at_random_moments_it_is_whole_or_can_be_made_so(tmp_path: Path) -> None:
    old, new = big(300)
    lay(tmp_path / "clock", old)
    start = time.monotonic()
    apply(tmp_path / "clock", new, old)
    whole = time.monotonic() - start
    chance = random.Random(9)  # noqa: S311  no secret
    for _ in range(40):
        kill_once(tmp_path / "killed", chance.uniform(0, 1.2 * whole))


def test_what_changed_in_the_meantime_is_not_overwritten(root: Path) -> None:
    (root / "targets/2018/03-c.yaml").write_bytes(b"other\n")
    assert "targets/2018/03-c.yaml has changed" in told(lambda: apply(root, AFTER, BEFORE))
    assert found(root) == there({**BEFORE, "targets/2018/03-c.yaml": b"other\n"})
    assert os.listdir(root) == ["targets"]
    with pytest.raises(ValueError, match="04-d"):
        apply(root, AFTER, {path: data for path, data in BEFORE.items() if "04-d" not in path})


class Saving(Quick):
    """A disk beside which an editor saves a file, before a step."""

    def __init__(self, step: int, path: Path) -> None:
        self.left = step
        self.path = path

    def _step(self) -> None:
        self.left -= 1
        if self.left == -1:
            self.path.write_bytes(b"mine\n")

    def link(self, path: Path, other: Path) -> None:
        """A step."""
        self._step()
        super().link(path, other)

    def replace(self, path: Path, other: Path) -> None:
        """A step, but for the very file: nobody can look at it and replace it at once."""
        if other != self.path:
            self._step()
        super().replace(path, other)

    def delete(self, path: Path) -> None:
        """As with replacing."""
        if path != self.path:
            self._step()
        super().delete(path)

    def sync(self, folder: Path) -> None:
        """A step."""
        self._step()


@pytest.mark.parametrize("path", [path for path in BEFORE if "2018" in path and BEFORE[path] != AFTER[path]])
def test_what_an_editor_saves_while_files_are_put_in_place_is_not_overwritten(root: Path, path: str) -> None:
    refused = made = 0
    for step in range(1000):
        copy = copied(root, "edited")
        disk = Saving(step, copy / path)
        said = ""
        try:
            apply(copy, AFTER, BEFORE, disk=disk)
        except EnvironmentFault as fault:
            said = Speech("en").tell(fault.message)
        if disk.left >= 0:
            break  # nothing was saved any more
        assert said in ("", f"{path} has changed in the meantime; nothing was written")
        assert found(copy) == there({**(BEFORE if said else AFTER), path: b"mine\n"})
        assert os.listdir(copy) == ["targets"]
        refused += said != ""
        made += said == ""
    assert refused
    assert made


def half_done(root: Path) -> None:
    """A change that is broken off in the middle of its files."""
    for step in range(1000):
        copy = copied(root, "half")
        assert killed_at(step, apply, copy, AFTER, BEFORE)
        half = pending(copy)
        if half and len(half.written) == 2:
            shutil.rmtree(root)
            shutil.copytree(copy, root)
            return


def test_what_somebody_wrote_after_the_kill_is_not_overwritten(root: Path) -> None:
    half_done(root)
    (root / "targets/2018/01-a.yaml").write_bytes(b"mine\n")
    before = found(root)
    for call in (finish, undo):
        assert "targets/2018/01-a.yaml was changed after" in told(lambda call=call: call(root))  # type: ignore[misc]
    assert found(root) == before
    shutil.rmtree(root / PENDING)
    assert pending(root) is None


def test_a_second_change_waits_for_the_first_to_be_ended(root: Path) -> None:
    half_done(root)
    assert "broken off" in told(lambda: apply(root, AFTER, BEFORE))
    undo(root)
    apply(root, AFTER, BEFORE)
    assert found(root) == there(AFTER)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for long."""
    monkeypatch.setattr(turns, "_PATIENCE", 0.05)


@pytest.mark.usefixtures("impatient")
def test_two_changes_at_once_are_refused(root: Path) -> None:
    with transaction.exclusive(root):
        for call in (lambda: apply(root, AFTER, BEFORE), lambda: finish(root), lambda: undo(root)):
            assert told(call) == f"process {os.getpid()} is writing to this registry; try again when it has ended"
        for other in (b"", b"x\n", b"1" * 40):
            (root / PENDING / "lock").write_bytes(other)
            assert told(lambda: apply(root, AFTER, BEFORE)).startswith("another process is writing")
    assert found(root) == there(BEFORE)
    apply(root, AFTER, BEFORE)


def test_many_changes_at_once_never_mix(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from target_registry.sources import EnvironmentFault\n"
        "from target_registry.sources.transaction import apply\n"
        "root, word = pathlib.Path(sys.argv[1]), sys.argv[2].encode()\n"
        "for _ in range(20):\n"
        "    paths = [f'targets/2018/{n:02}-t.yaml' for n in range(20)]\n"
        "    before = {path: (root / path).read_bytes() for path in paths}\n"
        "    try:\n"
        "        apply(root, {path: word for path in paths}, before)\n"
        "    except EnvironmentFault:\n"
        "        pass\n"
    )
    lay(tmp_path, {f"targets/2018/{n:02}-t.yaml": b"none" for n in range(20)})
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path), word], env={**os.environ, "PYTHONPATH": str(ROOT / "tools")}
        )
        for word in ("one", "two", "three")
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert len(set(found(tmp_path).values())) == 1
    assert pending(tmp_path) is None


@pytest.mark.parametrize(
    "path",
    [
        "targets/../x.yaml", "/etc/x.yaml", "targets/x.yaml/../../y.yaml", "schema/target.schema.json", "x.yaml",
        "targets/.git/x.yaml", "targets//x.yaml", "targets/a\\b.yaml", "targets/con.yaml", "targets/2018/x.yaml:y.yaml",
        "targets/2018/README.md", "targets/a\u200bb.yaml", "targets/./x.yaml", "targets/a /x.yaml", "targets", "targets/",
        "targets/a\nb.yaml", "C:/targets/x.yaml", "targets/1/2/3/4/5/6/7/8/x.yaml", "targets/" + "a" * 300 + ".yaml",
    ],
)  # fmt: skip
def test_only_files_of_a_registry_are_written(root: Path, path: str) -> None:
    assert "is no place" in told(lambda: apply(root, {path: b"x"}, {path: None}))
    half_done(root)
    journal = root / PENDING / "journal.json"
    held = json.loads(journal.read_bytes())
    held["items"][0][0] = path
    journal.write_text(json.dumps(held))
    before = found(root)
    for call in (finish, undo, pending):
        assert "doesn't hold what a change leaves" in told(lambda call=call: call(root))  # type: ignore[misc]
    assert found(root) == before


def test_what_stands_in_the_way_is_told(root: Path, tmp_path: Path) -> None:
    (root / "targets/2018/04-d.yaml").mkdir()
    assert "is not a regular file" in told(lambda: apply(root, AFTER, BEFORE))
    (root / "targets/2018/04-d.yaml").rmdir()
    (root / "targets/2018/04-D.yaml").write_bytes(b"")
    assert "in capital letters only" in told(lambda: apply(root, AFTER, BEFORE))
    (root / "targets/2018/04-D.yaml").unlink()
    new = {"targets/2018/05-x.yaml": b"", "targets/2018/05-X.yaml": b""}
    assert "in capital letters only" in told(lambda: apply(root, new, dict.fromkeys(new)))
    (root / "targets/2019").symlink_to(tmp_path)
    assert "is not a folder" in told(lambda: apply(root, AFTER, BEFORE))
    (root / "targets/2019").unlink()
    (root / "targets/2018/01-a.yaml").unlink()
    (root / "targets/2018/01-a.yaml").symlink_to(root / "targets/2018/03-c.yaml")
    assert "is not a regular file" in told(lambda: apply(root, AFTER, BEFORE))
    (root / "targets/2018/01-a.yaml").unlink()
    lay(root, BEFORE)
    assert "larger than" in told(lambda: apply(root, {"targets/2018/01-a.yaml": b"x" * (1 << 20)}, BEFORE))
    (root / PENDING).symlink_to(tmp_path)
    assert "is not a folder" in told(lambda: apply(root, AFTER, BEFORE))
    (root / PENDING).unlink()
    (root / PENDING / "odd").mkdir(parents=True)
    assert "can't be written" in told(lambda: apply(root, AFTER, BEFORE))
    assert found(root) == there(BEFORE)


def sums(*texts: bytes) -> list[str]:
    return [hashlib.sha256(text).hexdigest() for text in texts]


OLD, NEW = sums(b"a\n", b"A\n")


@pytest.mark.parametrize(
    "journal",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b"null", b'{"items": [], "folders": []}',
        json.dumps({"items": [["targets/2018/01-a.yaml", OLD, OLD]], "folders": []}).encode(),
        json.dumps({"items": [["targets/2018/01-a.yaml", OLD, NEW, 1]], "folders": []}).encode(),
        json.dumps({"items": [["targets/2018/01-a.yaml", OLD, NEW]] * 2, "folders": []}).encode(),
        json.dumps({"items": [["targets/2018/01-a.yaml", OLD, "x"]], "folders": []}).encode(),
        json.dumps({"items": [[["targets"], OLD, NEW]], "folders": []}).encode(),
        json.dumps({"items": [["targets/2018/01-a.yaml", OLD, NEW]], "folders": ["targets/2017"]}).encode(),
        json.dumps({"items": [["targets/2018/01-a.yaml", OLD, NEW]], "folders": ["."]}).encode(),
        json.dumps({"items": [["targets/2018/01-a.yaml", OLD, NEW]], "folders": [], "more": 1}).encode(),
    ],
)  # fmt: skip
def test_a_journal_that_is_none_is_refused(root: Path, journal: bytes) -> None:
    lay(root, {f"{PENDING}/journal.json": journal, f"{PENDING}/old-0": b"a\n", f"{PENDING}/new-0": b"A\n"})
    for call in (finish, undo, pending):
        assert "doesn't hold what a change leaves" in told(lambda call=call: call(root))  # type: ignore[misc]
    assert "broken off" in told(lambda: apply(root, AFTER, BEFORE))
    assert found(root) == there(BEFORE)


def test_a_journal_of_nothing_but_lists_is_refused_before_it_takes_memory(root: Path) -> None:
    # Each of these would be a list of its own in memory, twenty times as large.
    lay(root, {f"{PENDING}/journal.json": b'{"items":[' + b"[]," * 7_000_000 + b'[]],"folders":[]}'})
    tracemalloc.start()
    try:
        assert "doesn't hold what a change leaves" in told(lambda: finish(root))
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["other", "missing", "link", "folder", "large"])
def test_kept_contents_that_are_not_what_the_journal_says_are_refused(root: Path, kind: str) -> None:
    half_done(root)
    kept = root / PENDING / "new-0"
    kept.unlink()
    if kind == "other":
        kept.write_bytes(b"evil\n")
    elif kind == "link":
        (root / "secret").write_bytes(b"A\n")
        kept.symlink_to(root / "secret")
    elif kind == "folder":
        kept.mkdir()
    elif kind == "large":
        kept.write_bytes(b"A\n" * (1 << 20))
    before = found(root)
    for call in (finish, undo):
        assert "doesn't hold what a change leaves" in told(lambda call=call: call(root))  # type: ignore[misc]
    assert found(root) == before


def git(root: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b", *arguments],
        check=True,
        capture_output=True,
    )


@pytest.mark.parametrize("name", [PENDING, ".Targets-Pending"])
def test_a_journal_that_came_with_the_repository_is_refused(root: Path, name: str) -> None:
    half_done(root)
    git(root, "init", "-q")
    pending(root)
    git(root, "add", "targets")
    if name == PENDING:
        git(root, "add", "-f", PENDING)
    else:  # as it was checked out where case makes no difference
        shutil.copytree(root / PENDING, root / name)
        git(root, "add", "-f", name)
        shutil.rmtree(root / name)
    before = found(root)
    for call in (finish, undo, pending):
        assert "came with the repository" in told(lambda call=call: call(root))  # type: ignore[misc]
    assert "came with the repository" in told(lambda: apply(root, AFTER, BEFORE))
    assert "came with the repository" in str(unfinished(root))
    assert found(root) == before


@pytest.mark.parametrize("how", ["index lost", "index broken", "version of the future", "HEAD lost"])
def test_a_journal_is_refused_where_git_cannot_tell_whether_it_came_with_the_repository(root: Path, how: str) -> None:
    half_done(root)
    git(root, "init", "-q")
    git(root, "add", "-f", "targets", PENDING)
    git(root, "commit", "-qm", "a")
    if how == "index lost":
        (root / ".git/index").unlink()
    elif how == "index broken":
        (root / ".git/index").write_bytes(b"junk")
    elif how == "version of the future":
        git(root, "config", "core.repositoryFormatVersion", "99")
    else:
        (root / ".git/HEAD").unlink()
    before = found(root)
    expected = "came with the repository"
    for call in (finish, undo, pending):
        assert expected in told(lambda call=call: call(root))  # type: ignore[misc]
    assert expected in told(lambda: apply(root, AFTER, BEFORE))
    assert expected in str(unfinished(root))
    assert found(root) == before


@pytest.mark.parametrize("how", ["no repository", "no git", "no commit", "none of it committed"])
def test_a_journal_of_ones_own_is_carried_out(root: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    half_done(root)
    if how != "no repository":
        git(root, "init", "-q")
    if how in ("no git", "none of it committed"):
        git(root, "add", "-f", "targets", *([PENDING] if how == "no git" else []))
        git(root, "commit", "-qm", "a")
    if how == "no git":
        monkeypatch.setenv("PATH", str(root))
    undo(root)
    assert not (root / PENDING).exists()


@pytest.mark.usefixtures("impatient")
def test_no_command_reads_a_mixture(registry: Path, run: Run) -> None:
    path = "targets/2018/01-retail-sales.yaml"
    git(registry, "init", "-q")
    git(registry, "add", "targets", "schema")
    git(registry, "commit", "-qm", "a")
    old = (registry / path).read_bytes()
    for step in range(1000):
        with pytest.raises(Killed):
            apply(registry, {path: None}, {path: old}, disk=Faulty(step, Killed, lasting=True))
        if pending(registry):
            break
    calls: list[list[str]] = [
        ["check"], ["table"], ["weights"], ["show", "1"], ["diff", "HEAD"], ["fmt"], ["fmt", "--check"],
        ["adjust", "HEAD"], ["check", "--base", "HEAD"], ["new", "--slug", "x"], ["export", "x.csv"],
    ]  # fmt: skip
    for call in calls:
        done = run("--lang", "en", "-C", str(registry), *call)
        assert done.code == 2, call
        assert done.err == (
            "targets: a change was broken off while it was written; finish it with targets import --finish, "
            "or go back with targets import --undo\n"
        ), call
        assert done.out == ""
    for call in (["check"], ["table"], ["weights"], ["show", "1"]):
        assert run("-C", str(registry), *call, "--rev", "HEAD").code == 0
    assert run("-C", str(registry), "diff", "HEAD", "HEAD").code == 0
    handle = os.open(registry / PENDING / "lock", os.O_RDWR)
    assert lock(handle)
    assert "is writing to this registry" in run("--lang", "en", "-C", str(registry), "check").err
    os.close(handle)
    undo(registry)
    assert run("-C", str(registry), "check").code == 0


def test_file_systems_without_links_are_written_as_well(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object, **options: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", refused)
    apply(root, AFTER, BEFORE)
    assert found(root) == there(AFTER)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such mask")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664), (0o777, 0o600)])
def test_a_new_file_may_be_read_by_whom_the_mask_lets(root: Path, mask: int, mode: int) -> None:
    own = os.umask(mask)
    try:
        with transaction.exclusive(root) as writing:
            writing.apply({"targets/2018/77-new.yaml": b"a: 1\n"}, {"targets/2018/77-new.yaml": None})
        write(root / "out.csv", b"a", new=True)
    finally:
        os.umask(own)
    for name in ("targets/2018/77-new.yaml", "out.csv"):
        assert stat.S_IMODE((root / name).stat().st_mode) == mode
