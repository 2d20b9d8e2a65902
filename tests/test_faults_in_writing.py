"""Every command that writes, failed by the system at each of its calls: the files are the old ones whole or the new ones.

Here each call fails in one way, in turn; ``python -m tests.faults`` lets each fail in every way, and
``python -m tests.kills`` kills at random moments.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from target_registry.language import Speech
from target_registry.sources import EnvironmentFault, transaction, turns
from target_registry.sources.atomic import write
from target_registry.sources.pending import PENDING
from tests.conftest import ROOT, Run
from tests.faults import COMMANDS, KINDS, NEW, WITHIN, Fault, Scene, call, copied, found, lay, left_over

if sys.platform == "win32":
    pytest.skip("processes are forked, and signals sent", allow_module_level=True)


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what the commands start from is laid once."""
    return tmp_path_factory.mktemp("scenes")


@pytest.fixture
def start(scenes: Path) -> Path:
    """What the commands start from, to be changed."""
    return copied(Scene(scenes, "export").start, "mine")


@pytest.mark.parametrize("command", COMMANDS)
def test_whatever_call_fails_the_files_are_whole(scenes: Path, command: str) -> None:
    scene = Scene(scenes, command)
    calls = len(scene.whole.calls)
    steps = range(0, calls, 1 + calls // 9)  # a long command does the same again and again
    states = {scene.fail(Fault(step, KINDS[count % len(KINDS)])) for count, step in enumerate(steps)}
    assert {"old", "new"} & states


@pytest.mark.parametrize("command", WITHIN)
def test_killed_or_out_of_space_halfway_it_can_be_finished_and_undone(scenes: Path, command: str) -> None:
    scene = Scene(scenes, command)
    begun = scene.whole.calls.index("replace")
    for fault in (Fault(begun + 4, "SIGKILL"), Fault(begun + 4, "EROFS", lasting=True)):
        assert scene.fail(fault) == "half"


@pytest.mark.parametrize("command", COMMANDS)
def test_whatever_reading_fails_the_files_are_whole(scenes: Path, command: str) -> None:
    scene = Scene(scenes, command)
    reads = scene.reads()
    for count, step in enumerate(range(3, reads, 1 + reads // 3)):
        scene.fail(Fault(step, ("EIO", "SIGINT", "EACCES", "SIGKILL")[count % 4]), reading=True)


def test_a_registry_that_can_only_be_read_is_read(start: Path) -> None:
    """Nothing is to be written where nothing changes."""
    assert call(start, ["fmt"]).code == 0
    for arguments in (["fmt"], ["fmt", "--check"], ["check"], ["rollover", "2018", "2019", "--dry-run"]):
        done = call(start, arguments, Fault(0, "EROFS", lasting=True))
        assert (done.code, done.err) == (call(start, arguments).code, ""), arguments
    done = call(start, COMMANDS["new"], Fault(0, "EROFS", lasting=True))
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "the file system is read-only" in done.err


def test_a_file_of_text_too_large_for_the_system_leaves_the_old_one(start: Path) -> None:
    """What a full disk does to a real write, as far as it can be had without a disk."""
    before = found(start)
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300)); "
    program = limited + "from target_registry.__main__ import main; main()"
    for name in ("fmt", "new", "import", "export-over"):
        done = subprocess.run(
            [sys.executable, "-c", program, "--lang", "en", *COMMANDS[name]],
            cwd=start / "registry", capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done
        assert "can't be written: it is larger than the system allows" in done.stderr
        assert found(start) == before
        assert left_over(start) == []


# Two at once


@pytest.mark.parametrize("command", WITHIN)
def test_a_second_writer_waits_and_then_says_who_is_in_the_way(
    start: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 0.05)
    monkeypatch.chdir(start / "registry")
    before = found(start)
    reading = [
        ["fmt", "--check"],
        ["import", "../form.csv", "--into", "2018"],
        ["table"],
        ["new", *NEW, "--dry-run", "--slug", "x"],
    ]
    codes = [run(*arguments).code for arguments in reading]
    with transaction.exclusive(start / "registry"):
        done = run("--lang", "en", *COMMANDS[command])
        assert (done.code, done.out) == (2, "")
        assert done.err == f"targets: process {os.getpid()} is writing to this registry; try again when it has ended\n"
        assert [run(*arguments).code for arguments in reading] == codes
    assert found(start) == before
    assert run(*COMMANDS[command]).code in (0, 1)


def test_a_second_writer_finds_what_the_first_has_written(start: Path) -> None:
    """None takes another's number, and none's file goes."""
    words = [["new", "--slug", f"new-{n}", *NEW] for n in range(4)] + [["fmt"], list(COMMANDS["rollover"])]
    running = [
        subprocess.Popen([sys.executable, "-m", "target_registry", *word], cwd=start / "registry",
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for word in words
    ]  # fmt: skip
    for process in running:
        said = process.communicate()[1].decode()
        # The machine may be so busy that one has waited for long enough.
        assert process.returncode == 0 or "is writing to this registry" in said, said
    done = [word for word, process in zip(words, running, strict=True) if process.returncode == 0]
    names = sorted(path.name for path in (start / "registry/targets/2018").glob("*-new-*.yaml"))
    assert {name[3:-5] for name in names} == {word[2] for word in done if word[0] == "new"}
    assert [int(name[:2]) for name in names] == list(range(5, 5 + len(names)))
    assert left_over(start) == []


def test_a_lock_ends_with_its_process(start: Path) -> None:
    """Also where nothing else of it does."""
    folder = start / "registry" / PENDING
    assert call(start, ["fmt"], Fault(6, "SIGKILL")).code == -signal.SIGKILL
    assert "lock" in os.listdir(folder)
    assert call(start, ["check"]).err == ""
    assert call(start, ["fmt"]).code == 0
    assert not folder.exists()


def test_a_lock_is_no_way_to_another_file(start: Path, tmp_path: Path) -> None:
    root = start / "registry"
    (tmp_path / "other").write_text("mine\n")
    (root / PENDING).mkdir()
    (root / PENDING / "lock").symlink_to(tmp_path / "other")
    done = call(start, ["fmt"])
    assert (done.code, done.err.count("\n")) == (2, 1)
    (root / PENDING / "lock").unlink()
    os.mkfifo(root / PENDING / "lock")
    assert call(start, ["fmt"]).code == 0
    (root / PENDING).symlink_to(tmp_path)
    assert "is not a folder" in call(start, ["new", "--slug", "x", *NEW]).err
    assert (tmp_path / "other").read_text() == "mine\n"


def test_one_file_that_two_write_is_one_of_theirs(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from target_registry.sources import EnvironmentFault\n"
        "from target_registry.sources.atomic import write\n"
        "for _ in range(30):\n"
        "    try:\n"
        "        write(pathlib.Path(sys.argv[1]), sys.argv[2].encode() * 200000)\n"
        "    except EnvironmentFault as fault:\n"
        "        assert 'is being written' in str(fault) or 'is writing' in str(fault), fault\n"
    )
    file = tmp_path / "file"
    running = [subprocess.Popen([sys.executable, "-c", program, str(file), word]) for word in "abc"]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert len(set(file.read_bytes())) == 1 and file.stat().st_size == 200000
    assert os.listdir(tmp_path) == ["file"]


def test_what_a_kill_left_of_one_file_goes_when_it_is_written_again(start: Path) -> None:
    assert call(start, COMMANDS["export"], Fault(1, "SIGKILL")).code == -signal.SIGKILL
    assert len(left_over(start)) == 1
    other = next(start.glob(".targets-*.tmp"))
    os.link(other, start / "linked")  # what stands there may be somebody's
    other.write_bytes(b"mine")
    assert call(start, COMMANDS["export"]).code == 0
    assert left_over(start) == []
    assert (start / "linked").read_bytes() == b"mine"
    assert (start / "out.csv").exists()


def test_a_file_system_without_second_names_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object, **options: object) -> None:
        raise PermissionError(1, "no links")

    monkeypatch.setattr(os, "link", refused)
    write(tmp_path / "a", b"a", new=True)
    with pytest.raises(EnvironmentFault) as fault:
        write(tmp_path / "a", b"b", new=True)
    assert "is there already" in Speech("en").tell(fault.value.message)
    assert (tmp_path / "a").read_bytes() == b"a"
    assert os.listdir(tmp_path) == ["a"]


def test_a_folder_that_cannot_be_flushed_is_written(start: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on file systems of networks."""
    flush = os.fsync

    def picky(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(22, "Invalid argument")
        flush(handle)

    monkeypatch.setattr(os, "fsync", picky)
    for name in ("new", "export"):
        assert call(start, COMMANDS[name]).code == 0


def test_a_file_that_is_replaced_and_not_flushed_is_told_as_written(
    start: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(start)
    flush = os.fsync

    def broken(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(5, "Input/output error")
        flush(handle)

    (start / "out.csv").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", broken)
    done = run("--lang", "en", "-C", "registry", "export", "--force", "out.csv", "--plan", "2018")
    assert done.code == 2
    assert "out.csv is written, and the disk doesn't say that it will stay so" in done.err
    assert (start / "out.csv").read_bytes() != b"old"


def test_new_folders_reach_the_disk(start: Path) -> None:
    """The entry of a folder in the one above it is flushed as well."""
    done = call(start, COMMANDS["init"])
    assert done.calls[:3] == ("mkdir", "fsync", "mkdir")


def test_laying_is_no_accident(tmp_path: Path) -> None:
    """What the commands start from is what they have something to do with."""
    lay(tmp_path)
    assert call(tmp_path, ["fmt", "--check"]).code == 1


def test_a_module_that_python_could_not_keep_whole_is_compiled_anew(tmp_path: Path, start: Path) -> None:
    """Of a module cut off by a full disk at the first call nothing would ever start again."""
    import resource

    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "tools")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    check = [sys.executable, "-P", "-m", "target_registry", "-C", str(start / "registry"), "check"]

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))

    first = subprocess.run(check, env=environment, capture_output=True, check=False, preexec_fn=narrow)
    again = subprocess.run(check, env=environment, capture_output=True, check=False)
    assert (again.returncode, again.stdout, again.stderr) == (first.returncode, first.stdout, b"")
    assert first.stdout
    kept = [path.stat().st_size for path in (tmp_path / "tools/target_registry").rglob("*.pyc")]
    assert max(kept) > 3000
