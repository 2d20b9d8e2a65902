"""Where bytes come from: a folder, a revision; and what is not read."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from target_registry.cli import main
from target_registry.sources import EnvironmentFault, Kind, ReadError, beside
from target_registry.sources.atomic import write
from target_registry.sources.git import Repository
from target_registry.sources.revision import Revision
from target_registry.sources.worktree import Worktree
from tests.conftest import ROOT, Outcome, Run

RETAIL = "targets/2018/01-retail-sales.yaml"


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


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "-x", "HEAD^{tree}", "a b", "HEAD:targets"])
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
    assert (outcome.code, outcome.err) == (
        2,
        "targets: git is not installed, and no revision can be read without it; install git (git-scm.com)\n",
    )


def test_a_repository_of_another_user_is_told_with_what_to_run(
    repository: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    other = tmp_path / "bin/git"
    other.write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {shutil.which("git")} "$@"\n')
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(other.parent), prepend=os.pathsep)
    outcome = run("-C", str(repository), "--lang", "en", "check", "--rev", "HEAD")
    said(outcome, f"if you trust that user, run git config --global --add safe.directory {repository}\n")


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
        "targets/2018/31-folder.yaml:1:1: error[unreadable-file] the file is a folder",
        "targets/2018/32-dangling.yaml:1:1: error[unreadable-file] the file is a symbolic link, and links are not followed",
        "targets/2019:1:1: error[stray-file] this is a symbolic link, and links are not followed",
    ):
        assert line in outcome.out
    assert "1 plan, 32 targets: 5 errors" in outcome.out


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


def said(outcome: Outcome, words: str) -> None:
    """A call that could not be done says so in one sentence."""
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1), outcome
    assert words in outcome.err
    assert "internal error" not in outcome.err


def loose(repository: Path, name: str) -> Path:
    """The file of an object that is in no pack, made writable."""
    identity = git(repository, "rev-parse", name)
    file = repository / ".git/objects" / identity[:2] / identity[2:]
    file.chmod(0o644)
    return file


COMMANDS = (
    ("check", "--rev", "HEAD"),
    ("diff", "HEAD~1", "HEAD"),
    ("diff", "--cached", "HEAD~1"),
    ("history", "1"),
    ("blame", "1"),
    ("adjust", "HEAD~1"),
)


@pytest.mark.parametrize("what", ["HEAD", "HEAD~1", "HEAD^{tree}", "HEAD:targets/2018", f"HEAD:{RETAIL}"])
@pytest.mark.parametrize("how", ["truncated", "garbage", "empty", "missing"])
def test_a_broken_object_is_one_sentence_or_not_needed(repository: Path, run: Run, what: str, how: str) -> None:
    target = repository / RETAIL
    target.write_text(target.read_text().replace("weight: 4", "weight: 5"))
    git(repository, "commit", "--quiet", "--all", "--message=second")
    whole = [run("-C", str(repository), *command) for command in COMMANDS]
    file = loose(repository, what)
    raw = file.read_bytes()
    if how == "missing":
        file.unlink()
    else:
        file.write_bytes({"truncated": raw[: len(raw) // 2], "garbage": b"x" * 40, "empty": b""}[how])
    for command, before in zip(COMMANDS, whole, strict=True):
        outcome = run("-C", str(repository), "--lang", "en", *command)
        if outcome.code != before.code or outcome.code == 2:
            said(outcome, "the repository may be damaged")


def test_a_plan_that_cant_be_read_is_one_sentence(repository: Path, run: Run) -> None:
    loose(repository, "HEAD:targets/2018/plan.yaml").write_bytes(b"")
    said(run("-C", str(repository), "--lang", "en", "blame", "1"), "the repository may be damaged")


@pytest.mark.parametrize(
    "name", ["@{u}", "HEAD@{99}", "main@{push}", "HEAD:../x", "HEAD:./x", "HEAD@{" + "9" * 5000 + "}"]
)
def test_a_name_at_which_git_gives_up_is_no_revision(repository: Path, run: Run, name: str) -> None:
    for command in (("check", "--rev"), ("diff",), ("history", "1", "--rev")):
        said(run("-C", str(repository), "--lang", "en", *command, name), "there is no revision")
    words = "takes one revision" if ".." in name else "there is no revision"
    said(run("-C", str(repository), "--lang", "en", "check", "--base", name), words)


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_called_empty(repository: Path, run: Run, name: str) -> None:
    for command in (("check", "--rev"), ("check", "--base"), ("diff",), ("history", "1", "--rev")):
        said(run("-C", str(repository), "--lang", "en", *command, name), "the name of the revision is empty")


def test_a_time_before_all_that_is_known_of_a_branch_is_refused(repository: Path, run: Run) -> None:
    git(repository, "commit", "--quiet", "--allow-empty", "--message=second")
    for command in (("check", "--base"), ("diff",), ("table", "--rev")):
        call = ("-C", str(repository), "--lang", "en", *command)
        said(run(*call, "main@{2001-01-01}"), "main@{2001-01-01} lies before all that this clone knows of that branch")
        for name in ("main@{0}", "main@{1}", "main@{now}"):
            assert run(*call, name).code == 0


@pytest.mark.parametrize("place", ["../..", "/", ".."])
def test_settings_that_make_another_folder_the_working_tree_are_refused(repository: Path, run: Run, place: str) -> None:
    """No revision has the registry at that way, and two that lack it are alike."""
    (repository / RETAIL).write_text("weight: 1\n", "utf-8")
    git(repository, "commit", "--quiet", "--all", "--message=lowered")
    git(repository, "config", "core.worktree", place if place == "/" else str(repository / place))
    for command in (("diff", "HEAD~1", "HEAD"), ("check", "--base", "HEAD~1"), ("adjust", "HEAD~1"), ("diff",)):
        outcome = run("-C", str(repository), "--lang", "en", *command)
        assert outcome.code == 2
        assert "core.worktree" in outcome.err


def test_a_working_tree_whose_repository_lies_elsewhere_is_one(repository: Path, run: Run, tmp_path: Path) -> None:
    """A second working tree, a submodule, and a repository with its files apart."""
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "second"))
    (tmp_path / "above").mkdir()
    git(tmp_path / "above", "init", "--quiet")
    allowed = ("-c", "protocol.file.allow=always")
    git(tmp_path / "above", *allowed, "submodule", "--quiet", "add", str(repository), "registry")
    git(tmp_path, "clone", "--quiet", f"--separate-git-dir={tmp_path / 'files'}", str(repository), "apart")
    for folder in ("second", "above/registry", "apart"):
        root = tmp_path / folder
        root.joinpath(RETAIL).write_text("weight: 1\n", "utf-8")
        outcome = run("-C", str(root), "--lang", "en", "diff")
        assert "to be decided: " in outcome.out


@pytest.mark.parametrize("name", ["HEAD@{0", "main@{yesterday", "HEAD^{/first", "HEAD^{commit"])
def test_a_brace_that_is_not_closed_names_no_commit(repository: Path, run: Run, name: str) -> None:
    outcome = run("-C", str(repository), "--lang", "en", "diff", name)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"there is no revision {name}" in outcome.err


def test_what_follows_a_name_at_which_git_gives_up_is_answered(repository: Path) -> None:
    asked = Repository(repository)
    head = git(repository, "rev-parse", "HEAD")
    assert asked.commits.find("@{u}") is None
    assert asked.commits.named("HEAD").id == head
    assert asked.at(head, RETAIL, 1 << 16) == (repository / RETAIL).read_bytes()
    asked.close()


def test_an_approved_revision_at_which_git_gives_up_is_a_finding(repository: Path, run: Run) -> None:
    plan = repository / "targets/2018/plan.yaml"
    plan.write_text(
        plan.read_text().replace("language: zh\n", "language: zh\nstatus: approved\napproved_revision: v1@{u}\n")
    )
    git(repository, "commit", "--quiet", "--all", "--message=approve")
    target = repository / RETAIL
    target.write_text(target.read_text().replace("weight: 4", "weight: 5"))
    outcome = run("-C", str(repository), "--lang", "en", "check", "--base", "HEAD")
    assert outcome.code == 1
    assert "error[approved-revision-missing] the repository has no tag and no commit v1@{u}" in outcome.out


@pytest.mark.parametrize("kept", ["blob:none", "tree:0"])
def test_a_partial_clone_says_how_to_complete_it(repository: Path, tmp_path: Path, run: Run, kept: str) -> None:
    target = repository / RETAIL
    target.write_text(target.read_text().replace("weight: 4", "weight: 5"))
    git(repository, "commit", "--quiet", "--all", "--message=second")
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", f"--filter={kept}", repository.as_uri(), "partial")
    clone = str(tmp_path / "partial")
    for command in (("diff", "HEAD~1", "HEAD"), ("history", "1"), ("blame", "1"), ("check", "--rev", "HEAD~1")):
        said(run("-C", clone, "--lang", "en", *command), "git fetch --refetch --no-filter")
    said(run("-C", clone, "--lang", "zh", "diff", "HEAD~1", "HEAD"), "这是部分克隆")
    git(tmp_path / "partial", "fetch", "--quiet", "--refetch", "--no-filter")
    assert run("-C", clone, "diff", "HEAD~1", "HEAD").out == run("-C", str(repository), "diff", "HEAD~1", "HEAD").out


def test_the_callers_own_git_variables_count_for_nothing(
    repository: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = repository / RETAIL
    target.write_text(target.read_text().replace("weight: 4", "weight: 5"))
    before = [run("-C", str(repository), *command) for command in (("diff",), ("history", "1"))]
    evil = tmp_path / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch {tmp_path / 'mark'}\n")
    evil.chmod(0o755)
    for name, value in {
        "GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere", "GIT_INDEX_FILE": "/dev/null", "GIT_NAMESPACE": "x",
        "GIT_OBJECT_DIRECTORY": "/nowhere", "GIT_ALTERNATE_OBJECT_DIRECTORIES": "/nowhere",
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": str(evil),
        "GIT_CONFIG_GLOBAL": "/dev/zero", "GIT_EXTERNAL_DIFF": str(evil), "GIT_LITERAL_PATHSPECS": "1",
        "GIT_ALLOW_PROTOCOL": "ext", "GIT_GRAFT_FILE": str(evil), "GIT_TRACE": "1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    assert [run("-C", str(repository), *command) for command in (("diff",), ("history", "1"))] == before
    assert not (tmp_path / "mark").exists()


def test_no_protocol_is_allowed_whatever_the_repository_says(repository: Path, tmp_path: Path, run: Run) -> None:
    for line in (
        ("core.repositoryformatversion", "1"), ("extensions.partialClone", "origin"), ("remote.origin.promisor", "true"),
        ("remote.origin.url", f"ext::sh -c touch% {tmp_path / 'mark'}"), ("protocol.ext.allow", "always"),
    ):  # fmt: skip
        git(repository, "config", *line)
    loose(repository, f"HEAD:{RETAIL}").unlink()
    said(run("-C", str(repository), "--lang", "en", "check", "--rev", "HEAD"), "the clone is partial")
    assert not (tmp_path / "mark").exists()


def test_a_strangers_git_in_the_working_folder_is_not_run(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = repository / "mark"
    for name in ("git", "git.exe"):
        (repository / name).write_text(f"#!/bin/sh\ntouch {mark}\n")
        (repository / name).chmod(0o755)
    monkeypatch.chdir(repository)
    for start in (".", "", "./", "schema/.."):
        monkeypatch.setenv("PATH", f"{start}{os.pathsep}{os.environ['PATH']}")
        assert run("check", "--rev", "HEAD").code == 0
    assert not mark.exists()


def test_what_is_no_git_is_one_sentence(
    repository: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\necho garbage\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    said(run("-C", str(repository), "--lang", "en", "check", "--rev", "HEAD"), "doesn't answer as git does")


@pytest.mark.parametrize(
    "folder", ["new\nline", ":x", ":(glob)x", ":!x", "[a]*", "\\x", "-x", ".github", "tools", "end\n"]
)
def test_a_registry_in_any_folder_gives_the_same_answers(registry: Path, tmp_path: Path, run: Run, folder: str) -> None:
    root = tmp_path / "top" / folder
    root.parent.mkdir()
    registry.rename(root)
    git(tmp_path / "top", "init", "--quiet", "--initial-branch=main")
    git(tmp_path / "top", "add", "--all", ".")
    git(tmp_path / "top", "commit", "--quiet", "--message=first")
    assert run("-C", str(root), "diff", "--exit-code").code == 0
    (root / RETAIL).write_text((root / RETAIL).read_text().replace("deadline_month: 12", "deadline_month: 11"))
    on_disk = json.loads(run("-C", str(root), "diff", "--format", "json").out)
    git(tmp_path / "top", "commit", "--quiet", "--all", "--message=second")
    committed = json.loads(run("-C", str(root), "diff", "HEAD~1", "HEAD", "--format", "json").out)
    assert [change["field"] for change in committed["changes"]] == ["deadline_month"]
    assert on_disk["changes"] == committed["changes"]
    assert run("-C", str(root), "check", "--rev", "HEAD").code == 0
    assert len(json.loads(run("-C", str(root), "history", "1", "--format", "json").out)) == 2


@pytest.fixture
def emptied(registry: Path) -> Iterator[None]:
    """What Python itself can't delete, because it goes into folders by calling itself, is deleted."""
    yield
    subprocess.run(["rm", "-rf", str(registry)], check=True)


@pytest.mark.usefixtures("emptied")
def test_folders_without_end_are_findings(repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "targets/2018")
    for _ in range(1500):
        os.mkdir("a")
        os.chdir("a")
    Path("01-deep.yaml").write_text("weight: 1\n")
    monkeypatch.chdir(repository)
    outcome = run("--lang", "en", "check")
    assert outcome.code == 1
    assert outcome.out.count("error[stray-file] the file lies in a folder of its own inside a plan") == 1
    assert run("diff").code == 0
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=deep")
    assert run("--lang", "en", "check", "--rev", "HEAD").out == outcome.out


@pytest.mark.usefixtures("emptied")
def test_a_path_longer_than_the_system_takes_is_a_finding(
    registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(registry / "targets")
    for _ in range(30):
        os.mkdir("a" * 250)
        os.chdir("a" * 250)
    monkeypatch.chdir(registry)
    outcome = run("--lang", "en", "check")
    assert outcome.code == 1
    assert "error[stray-file] the folder is nested so deeply that the system can't read it" in outcome.out


def add_submodules(repository: Path, folder: Path, *places: str) -> None:
    """Put a clone of the repository, made in a folder beside it, into some places of itself."""
    git(folder, "clone", "--quiet", str(repository), "other")
    for place in places:
        call = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(folder / "other"), place)
        git(repository, *call)


def test_a_submodule_is_told_as_one(repository: Path, tmp_path: Path, run: Run) -> None:
    add_submodules(repository, tmp_path, "targets/2019", "targets/2018/29-sub.yaml")
    git(repository, "commit", "--quiet", "--message=submodules")
    here, there = (run("-C", str(repository), "--lang", "en", "check", *rev) for rev in ((), ("--rev", "HEAD")))
    assert here.out == there.out
    assert "targets/2019:1:1: error[stray-file] this is a submodule" in here.out
    assert "29-sub.yaml:1:1: error[unreadable-file] the file is a submodule" in here.out
    changed = run("-C", str(repository), "--lang", "en", "diff", "HEAD~1", "HEAD")
    assert "symbolic link" not in changed.out
    assert run("-C", str(repository), "--lang", "en", "diff", "HEAD~1").out.count("\n") == changed.out.count("\n")


def test_schemas_behind_a_link_are_told(registry: Path, run: Run) -> None:
    shutil.rmtree(registry / "schema")
    (registry / "schema").symlink_to(ROOT / "schema")
    assert "schema:1:1: warning[outdated-schema]" in run("-C", str(registry), "--lang", "en", "check").out


@pytest.mark.parametrize("lacking", ["process", "thread"])
def test_a_git_that_the_system_lets_nobody_start_is_told(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    def refused(*_: object, **__: object) -> None:
        if lacking == "thread":
            raise RuntimeError("can't start new thread")
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    if lacking == "thread":
        monkeypatch.setattr(beside, "start_new_thread", refused)
    else:
        monkeypatch.setattr(subprocess, "Popen", refused)
    outcome = run("-C", str(repository), "--lang", "en", "check", "--rev", "HEAD")
    assert outcome.code == 2
    assert outcome.err.endswith(
        "the system lets no more processes be; end some, or raise the limits with ulimit -u and -v\n"
    )


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="whether a process is there is read from /proc")
def test_a_git_that_leaves_somebody_at_its_pipes_is_not_waited_for(
    repository: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = _leaving(tmp_path, monkeypatch, "sleep 600 >/dev/null")
    outcome = run("-C", str(repository), "--lang", "en", "check", "--rev", "HEAD")
    assert outcome.code == 0
    sleeping = [int(number) for number in left.read_text().split()]
    assert sleeping
    end = time.monotonic() + 60  # the system may take a moment to let go of them, and they sleep for ten minutes
    while any(_is_there(number) for number in sleeping):
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.skipif(shutil.which("setsid") is None, reason="no command starts a session here")
def test_a_git_that_leaves_another_session_at_its_pipes_is_not_waited_for(
    repository: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = _leaving(tmp_path, monkeypatch, "setsid sleep 600")
    try:
        outcome = run("-C", str(repository), "--lang", "en", "check", "--rev", "HEAD")
        assert outcome.code == 0
        assert any(_is_there(int(number)) for number in left.read_text().split())
    finally:
        for number in left.read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(number), signal.SIGKILL)


def _leaving(folder: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> Path:
    """Put a git that leaves a command behind, whose standard streams are its own, before the other one.

    Returns:
        the file of the numbers of the processes that were left.
    """
    git, left = folder / "bin/git", folder / "left"
    git.parent.mkdir()
    git.write_text(f'#!/bin/sh\n{command} &\necho $! >> {left}\nexec {shutil.which("git")} "$@"\n', "utf-8")
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{git.parent}{os.pathsep}{os.environ['PATH']}")
    return left


def _is_there(process: int) -> bool:
    """Whether a process has not ended; one that nobody has asked after yet has."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.EMFILE, "raise the limit with ulimit -n"), (errno.EIO, "the disk can't be read or written")],
)
def test_a_folder_that_the_system_fails_to_list_is_no_finding(
    registry: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    said: str,
) -> None:
    scandir = os.scandir

    def failing(path: str) -> object:
        if path.endswith("2018"):
            raise OSError(number, os.strerror(number), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", failing)
    assert main.run(["-C", str(registry), "--lang", "en", "check"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "targets/2018: " in told.err
    assert said in told.err


def test_a_folder_that_goes_while_it_is_listed_is_not_there(
    registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (registry / "targets/2019").mkdir()
    scandir = os.scandir

    def going(path: str) -> object:
        if path.endswith("2019"):
            os.rmdir(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", going)
    assert run("-C", str(registry), "--lang", "en", "check").code == 0
