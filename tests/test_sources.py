"""Where bytes come from: a folder, a revision; and what is not read."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from target_registry.sources import EnvironmentFault, Kind, ReadError
from target_registry.sources.revision import Revision
from target_registry.sources.worktree import Worktree, write
from tests.conftest import Run


def git(folder: Path, *arguments: str) -> str:
    """Run Git in a folder with an identity of its own."""
    done = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", *arguments],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def repository(registry: Path) -> Path:
    """The registry in a Git repository, with one commit."""
    git(registry, "init", "--quiet", "--initial-branch=main")
    git(registry, "add", "--all")
    git(registry, "commit", "--quiet", "--message=first")
    return registry


def test_a_revision_reads_what_was_committed(repository: Path, run: Run) -> None:
    before = run("-C", str(repository), "--lang", "zh", "table").out
    target = repository / "targets/2018/01-retail-sales.yaml"
    target.write_text(target.read_text().replace("weight: 4", "weight: 5"))
    (repository / "targets/2018/29-new.yaml").write_text("odd\n")
    shown = run("-C", str(repository), "--lang", "zh", "table", "--rev", "HEAD").out
    assert shown.startswith(before)
    assert shown.removeprefix(before).strip() == f"版本 HEAD，提交 {git(repository, 'rev-parse', 'HEAD')[:12]}"
    assert run("-C", str(repository), "weights").code == 1
    assert run("-C", str(repository), "weights", "--rev", "main").code == 0
    assert run("-C", str(repository), "show", "1", "--rev", "HEAD~0").code == 0
    assert run("-C", str(repository), "check", "--rev", "HEAD").code == 0


def test_a_revision_and_the_folder_list_the_same(repository: Path) -> None:
    revision = Revision(repository, "HEAD")
    assert list(revision.entries()) == list(Worktree(repository).entries())
    path = "targets/2018/25-waste-recycling.yaml"
    assert revision.read(path, 1 << 16) == Worktree(repository).read(path, 1 << 16)
    assert revision.read(path, 9) == Worktree(repository).read(path, 9)
    assert revision.read(path, 1 << 16) == (repository / path).read_bytes()
    revision.close()


def test_a_registry_below_the_repositorys_top(repository: Path, run: Run) -> None:
    (repository / "inner").mkdir()
    for name in ("targets", "schema"):
        git(repository, "mv", name, f"inner/{name}")
    git(repository, "commit", "--quiet", "--message=move")
    inner = repository / "inner"
    assert run("-C", str(inner), "check", "--rev", "HEAD").code == 0
    assert "file=inner/targets/2018/" in run("-C", str(inner), "check", "--format", "github").out


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "-x", "", "HEAD^{tree}", "a b", "HEAD:targets"])
def test_a_bad_revision_is_one_sentence(repository: Path, run: Run, name: str) -> None:
    outcome = run("-C", str(repository), "check", f"--rev={name}")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("targets: 没有版本")
    assert outcome.err.count("\n") == 1
    assert not (repository / "x").exists()


def test_a_folder_without_git_is_one_sentence(registry: Path, run: Run) -> None:
    outcome = run("-C", str(registry), "--lang", "en", "check", "--rev", "HEAD")
    assert outcome.code == 2
    assert "is not in a Git repository" in outcome.err


def test_an_unborn_branch_is_one_sentence(registry: Path, run: Run) -> None:
    git(registry, "init", "--quiet")
    outcome = run("-C", str(registry), "--lang", "en", "check", "--rev", "HEAD")
    assert "no commit yet" in outcome.err


def test_a_shallow_clone_says_so(repository: Path, tmp_path: Path, run: Run) -> None:
    (repository / "targets/README.md").write_text("x\n")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=second")
    git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), "shallow")
    outcome = run("-C", str(tmp_path / "shallow"), "--lang", "en", "check", "--rev", "HEAD~1")
    assert "the clone is shallow" in outcome.err


def test_without_git_is_one_sentence(repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    outcome = run("-C", str(repository), "--lang", "en", "check", "--rev", "HEAD")
    assert (outcome.code, outcome.err) == (2, "targets: git is not installed, and --rev needs it\n")


def test_a_repositorys_own_configuration_runs_nothing(repository: Path, run: Run) -> None:
    mark = repository / "mark"
    script = repository / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "diff.evil.textconv", "filter.evil.smudge", "core.sshCommand"):
        git(repository, "config", key, str(script))
    (repository / ".git/hooks").mkdir(exist_ok=True)
    (repository / ".git/info").mkdir(exist_ok=True)
    (repository / ".git/info/attributes").write_text("*.yaml filter=evil diff=evil\n")
    assert run("-C", str(repository), "check", "--rev", "HEAD").code == 0
    assert not mark.exists()


def test_links_and_devices_are_findings(registry: Path, run: Run) -> None:
    secret = registry / "secret.yaml"
    secret.write_text("key_work: 机密\n")
    folder = registry / "targets/2018"
    (folder / "29-link.yaml").symlink_to(secret)
    os.mkfifo(folder / "30-fifo.yaml")
    (folder / "31-folder.yaml").mkdir()
    (folder / "32-dangling.yaml").symlink_to("nowhere")
    (registry / "targets/2019").symlink_to("/")
    outcome = run("-C", str(registry), "--lang", "en", "check")
    assert outcome.code == 1
    assert "机密" not in outcome.out
    for line in (
        "targets/2018/29-link.yaml:1:1: error[unreadable-file] the file is a symbolic link, and links are not followed",
        "targets/2018/30-fifo.yaml:1:1: error[unreadable-file] the file is not a regular file",
        "targets/2018/32-dangling.yaml:1:1: error[unreadable-file] the file is a symbolic link, and links are not followed",
        "targets/2019:1:1: error[stray-file] this is a symbolic link, and links are not followed",
    ):
        assert line in outcome.out
    assert "1 plan, 31 targets: 4 errors" in outcome.out


def test_a_link_in_a_revision_is_a_finding(repository: Path, run: Run) -> None:
    (repository / "targets/2018/29-link.yaml").symlink_to("/etc/passwd")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=link")
    outcome = run("-C", str(repository), "--lang", "en", "check", "--rev", "HEAD")
    assert "29-link.yaml:1:1: error[unreadable-file] the file is a symbolic link" in outcome.out


def test_a_swapped_link_is_not_followed(tmp_path: Path) -> None:
    """Listing and reading are two steps; a file that became a link between them is refused."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets/a.yaml").symlink_to("/etc/passwd")
    with pytest.raises(ReadError):
        Worktree(tmp_path).read("targets/a.yaml", 10)
    assert [entry.kind for entry in Worktree(tmp_path).entries()] == [Kind.LINK]


def test_a_linked_targets_folder_is_not_followed(registry: Path, tmp_path: Path, run: Run) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "targets").symlink_to(registry / "targets")
    outcome = run("-C", str(other), "--lang", "en", "check")
    assert outcome.code == 1
    assert outcome.out.startswith(
        "targets:1:1: error[stray-file] this is a symbolic link, and links are not followed\n"
    )
    for command in ("table", "weights", "show 1"):
        assert run("-C", str(other), *command.split()).code == 2


def test_write_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    write(path, b"one\n")
    path.chmod(0o640)
    write(path, b"two\n")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two\n", 0o640)
    with pytest.raises(EnvironmentFault):
        write(path, b"three\n", new=True)
    for call in ("fsync", "replace"):
        with monkeypatch.context() as patched:

            def full(*_: object) -> None:
                raise OSError(28, "No space left on device")

            patched.setattr(os, call, full)
            with pytest.raises(EnvironmentFault):
                write(path, b"four\n")
        assert path.read_bytes() == b"two\n"
        assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.yaml"]
    (tmp_path / "link.yaml").symlink_to(path)
    with pytest.raises(EnvironmentFault):
        write(tmp_path / "link.yaml", b"five\n")
    assert path.read_bytes() == b"two\n"
