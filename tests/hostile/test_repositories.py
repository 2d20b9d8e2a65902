"""No repository, no name of a revision and no configuration crashes, hangs, leaks, or gets anything run."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.hostile import repositories
from tests.hostile.command import call, check_text, environment, hold
from tests.hostile.repositories import DAMAGED, REVISIONS, TARGET, commit, git

READING = (
    ("check", "--base", "HEAD~1"), ("check", "--rev", "HEAD~1"), ("table", "--rev", "HEAD"), ("diff", "HEAD~1"),
    ("diff", "HEAD~1", "HEAD", "--format", "json"), ("history", "online-retail"), ("blame", "online-retail"), ("adjust", "HEAD~1"),
)  # fmt: skip


@pytest.fixture
def repository(registry: Path) -> Path:
    repositories.make(registry)
    return registry


def test_what_names_no_commit_is_refused_by_its_name(repository: Path, run: Run) -> None:
    for number, name in enumerate(REVISIONS):
        calls = (
            ("check", f"--base={name}"),
            ("diff", "--", name),
            ("table", f"--rev={name}"),
            ("history", "1", f"--rev={name}"),
        )
        outcome = run("-C", str(repository), *calls[number % len(calls)])
        assert (outcome.code, outcome.out) == (2, ""), name
        assert outcome.err.count("\n") == 1
        assert len(outcome.err) < 12_000
        check_text(outcome.err)
    assert not list(repository.glob("**/pwned"))


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_repository_is_told(repository: Path, damage: Callable[[Path], None]) -> None:
    damage(repository)
    started = list(DAMAGED.values()).index(damage)
    for number in range(3):
        called = hold(call("-C", str(repository), *READING[(started + 3 * number) % len(READING)]))
        assert "root:" not in called.text + called.complaint


@pytest.mark.parametrize(
    "name",
    ["HEAD", "config", "index", "packed-refs", "shallow", "info/exclude", "objects/info/alternates", "refs/tags/v1"],
)
def test_a_pipe_at_which_git_would_wait_is_told(repository: Path, name: str) -> None:
    place = repository / ".git" / name
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    called = hold(call("--lang", "en", "-C", str(repository), "diff", "v1"), codes=(2,))
    assert f".git/{name} is not a regular file" in called.complaint


@pytest.mark.parametrize("name", ["v1^{commit}", "v1^{tree}", f"v1:{TARGET}"], ids=["commit", "tree", "blob"])
@pytest.mark.parametrize("command", ["diff", "check"])
def test_a_pipe_among_the_objects_is_told_before_git_has_waited_for_long(
    repository: Path, command: str, name: str
) -> None:
    found = git(repository, "rev-parse", name).strip()
    place = repository / ".git" / "objects" / found[:2] / found[2:]
    assert place.is_file()
    place.unlink()
    os.mkfifo(place)
    words = ("diff", "v1") if command == "diff" else ("check", "--rev", "v1")
    called = hold(call("--lang", "en", "-C", str(repository), *words), codes=(0, 1, 2))
    # Nothing asks a comparison for a file that is the same on both sides.
    if called.code == 2 or not (command == "diff" and name.startswith("v1:")):
        assert f"{found[2:]} is not a regular file" in called.complaint


@pytest.mark.parametrize("name", [".gitignore", "targets/2018/.gitignore", ".git/objects/info/alternates"])
def test_a_pipe_of_which_git_asks_what_to_leave_out_is_told(repository: Path, name: str) -> None:
    (repository / name).unlink(missing_ok=True)
    os.mkfifo(repository / name)
    called = hold(call("--lang", "en", "-C", str(repository), "diff", "v1"), codes=(2,))
    assert f"{name} is not a regular file" in called.complaint


@pytest.mark.parametrize("name", ["HEAD", "config", "refs/heads/main", "HEAD elsewhere", "HEAD beside"])
def test_a_pipe_in_a_repository_within_is_told(repository: Path, tmp_path: Path, name: str) -> None:
    """Git looks into whatever it may take for a repository of its own, also where the registry isn't."""
    file, _, where = name.partition(" ")
    folder, home = repository / "targets/2018/sub", repository / "targets/2018/sub/.git"
    if where == "beside":
        folder, home = repository / "sub", repository / "sub/.git"
        (repository / "inner").mkdir()
        for moved in ("targets", "schema"):
            (repository / moved).rename(repository / "inner" / moved)
        git(repository, "add", "--all")
        git(repository, "commit", "--quiet", "--message=moved")
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=x")
    if where == "elsewhere":
        home.rename(tmp_path / "files")
        home.write_text(f"gitdir: {tmp_path / 'files'}\n")
        home = tmp_path / "files"
    (home / file).unlink()
    os.mkfifo(home / file)
    root = repository / "inner" if where == "beside" else repository
    called = hold(call("--lang", "en", "-C", str(root), "diff", "HEAD"), codes=(2,))
    assert f"{home / file} is not a regular file" in called.complaint


@pytest.mark.parametrize("name", ["index", "config", "objects", "a tree"])
def test_what_git_may_not_read_is_told_and_not_called_damaged(repository: Path, name: str) -> None:
    found = git(repository, "rev-parse", "HEAD:targets")
    place = repository / ".git" / (f"objects/{found[:2]}/{found[2:]}" if name == "a tree" else name)
    place.chmod(0)
    try:
        if os.access(place, os.R_OK):
            pytest.skip("the superuser may read everything")
        called = hold(call("--lang", "en", "-C", str(repository), "diff", "HEAD"), codes=(2,))
    finally:
        place.chmod(0o755)
    assert f"{place} can't be read: permission denied" in called.complaint


def test_a_name_that_is_none_keeps_nobody_from_looking_on(repository: Path) -> None:
    """Whoever looks after git's time would end at it, and git wait for ever."""
    os.mkfifo(repository / ".gitignore")
    (repository / ".git/commondir").write_bytes(b".\0x")
    with (repository / ".git/config").open("a") as config:
        config.write("# = ~\0x/\n")
    called = hold(call("--lang", "en", "-C", str(repository), "diff", "v1"), codes=(2,))
    assert ".gitignore is not a regular file" in called.complaint


def test_references_without_end_are_told(repository: Path) -> None:
    place = repository / ".git/packed-refs"
    place.touch()
    os.truncate(place, 1 << 40)  # takes no room on the disk
    called = hold(call("--lang", "en", "-C", str(repository), "diff", "v1"), codes=(2,))
    assert "packed-refs is larger than 134217728 bytes" in called.complaint


def test_a_git_file_that_says_nonsense_is_told(registry: Path) -> None:
    (registry / ".git").write_text("gitdir: a\0b")
    called = hold(call("--lang", "en", "-C", str(registry), "diff", "v1"), codes=(2,))
    assert "git can't read the repository" in called.complaint


def test_a_name_of_a_thousand_steps_is_one(repository: Path) -> None:
    name = "/".join("d" * 1000)
    git(repository, "update-ref", f"refs/heads/{name}", "v1")
    try:
        hold(call("--lang", "en", "-C", str(repository), "diff", name), codes=(0, 1))
    finally:  # who clears up behind the tests can't go so deep
        git(repository, "update-ref", "-d", f"refs/heads/{name}")
    assert not (repository / ".git/refs/heads/d").exists()


def test_a_pipe_that_the_configuration_names_is_told_before_git_has_waited_for_long(repository: Path) -> None:
    os.mkfifo(repository / "more")
    with (repository / ".git" / "config").open("a") as config:
        config.write('[include]\n\tpath = "a\0b"\n\tpath = "../more"\n')
    called = hold(call("--lang", "en", "-C", str(repository), "diff", "v1"), codes=(2,))
    assert "more is not a regular file" in called.complaint


def test_a_pipe_in_what_an_included_file_includes_is_told(repository: Path) -> None:
    os.mkfifo(repository / "pipe")
    (repository / "more").write_text("[include]\n\tpath = pipe\n")
    with (repository / ".git" / "config").open("a") as config:
        config.write("[include]\n\tpath = ../more\n")
    called = hold(call("--lang", "en", "-C", str(repository), "diff", "v1"), codes=(2,))
    assert "pipe is not a regular file" in called.complaint


def test_a_pipe_is_told_wherever_git_comes_upon_the_repository(repository: Path) -> None:
    """By a link it goes to where that leads, and a folder ``.git`` that holds nothing it passes over."""
    inner = repository / "inner"
    inner.mkdir()
    git(repository, "mv", "targets", "schema", "inner")
    commit(repository, "move")
    link = repository.parent / "link"
    link.symlink_to(inner)
    (repository / ".git/config").unlink()
    os.mkfifo(repository / ".git/config")
    for has_empty in (False, True):
        if has_empty:
            (inner / ".git").mkdir()
        for folder in (inner, link):
            called = hold(call("--lang", "en", "-C", str(folder), "diff"), codes=(2,))
            assert ".git/config is not a regular file" in called.complaint
    (inner / ".git").rmdir()
    os.mkfifo(inner / "HEAD")
    called = hold(call("--lang", "en", "-C", str(inner), "diff"), codes=(2,))
    assert "HEAD is not a regular file" in called.complaint


def test_what_a_repository_borrows_from_is_looked_at(repository: Path) -> None:
    lenders = [repository.parent / name for name in ("one", "other")]
    for lender in lenders:
        git(repository, "init", "--quiet", str(lender))
    named = [folder / ".git/objects/info/alternates" for folder in (repository, *lenders)]
    for place, lender in zip(named, lenders, strict=False):
        place.write_text(f"{lender}/.git/objects\n")
    words = ("--lang", "en", "-C", str(repository), "table", "--rev", "HEAD")
    hold(call(*words), codes=(0,))
    found = git(repository, "rev-parse", f"HEAD:{TARGET}")
    place = lenders[1] / ".git/objects" / found[:2] / found[2:]
    place.parent.mkdir()
    os.mkfifo(place)
    (repository / ".git/objects" / found[:2] / found[2:]).unlink()
    assert f"{found[2:]} is not a regular file" in hold(call(*words), codes=(2,)).complaint
    os.mkfifo(named[2])
    assert "other/.git/objects/info/alternates is not a regular file" in hold(call(*words), codes=(2,)).complaint
    named[0].write_text("x\n" * 1_000_000)
    assert "info/alternates names more than 1000 other folders" in hold(call(*words), codes=(2,)).complaint


def test_references_that_lead_to_all_of_the_machine_are_not_gone_through(repository: Path) -> None:
    git(repository, "pack-refs", "--all")
    shutil.rmtree(repository / ".git/refs")
    (repository / ".git/refs").symlink_to("/")
    begun = time.monotonic()
    hold(call("-C", str(repository), "diff", "v1"))
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("command", ["history", "blame"])
@pytest.mark.parametrize("encoding", ["UTF-16", "UTF-32", "EBCDIC-US"])
def test_the_encoding_that_a_repository_wants_of_git_counts_for_nothing(
    repository: Path, command: str, encoding: str
) -> None:
    before = call("-C", str(repository), command, "online-retail")
    git(repository, "config", "i18n.logOutputEncoding", encoding)
    git(repository, "config", "i18n.commitEncoding", encoding)
    assert hold(call("-C", str(repository), command, "online-retail"), codes=(0,)).text == before.text


def test_a_huge_file_of_the_working_tree_is_a_change_and_is_not_read(repository: Path) -> None:
    os.truncate(repository / TARGET, 1 << 40)  # takes no room on the disk
    called = hold(call("--lang", "en", "-C", str(repository), "diff"), codes=(1,))
    assert "1 fault in files keeps the comparison from being complete" in called.text + called.complaint


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no process to its address space")
def test_git_that_says_little_takes_little_memory(repository: Path) -> None:
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (250_000 << 10, 250_000 << 10)); "
        "from target_registry.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "-C", str(repository), "diff", "HEAD~1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_references_that_cannot_be_read_are_damage_and_no_lack_of_commits(repository: Path) -> None:
    with (repository / ".git/packed-refs").open("a") as packed:
        packed.write("zz refs/tags/v1\n")
    called = hold(call("--lang", "en", "-C", str(repository), "diff", "v1"), codes=(2,))
    assert "the repository may be damaged" in called.complaint


def test_a_pipe_where_a_git_file_leads_to_is_told(repository: Path) -> None:
    home = repository.parent / "elsewhere"
    (repository / ".git").rename(home)
    (repository / ".git").write_text(f"gitdir: {home}\n")
    hold(call("--lang", "en", "-C", str(repository), "diff", "v1"), codes=(0, 1))
    (home / "config").unlink()
    os.mkfifo(home / "config")
    called = hold(call("--lang", "en", "-C", str(repository), "diff", "v1"), codes=(2,))
    assert "elsewhere/config is not a regular file" in called.complaint


@pytest.mark.parametrize(
    "name", ["blob-missing", "blob-junk", "blob-shorter-than-said", "blob-last-shorter", "blob-said-to-be-huge"]
)
def test_a_damaged_file_is_never_taken_for_a_sound_one(repository: Path, name: str) -> None:
    DAMAGED[name](repository)
    called = hold(call("-C", str(repository), "check", "--rev", "HEAD", "--format", "json"), codes=(1, 2))
    if called.code == 1:
        assert TARGET in {
            finding["path"] for finding in json.loads(called.out)["findings"] if finding["level"] == "error"
        }


def test_a_list_of_commits_that_lies_is_not_believed(repository: Path) -> None:
    """Git's commit-graph says of a commit whatever somebody wrote into it, such as another's tree."""
    commit(repository, "three")
    words = ("--lang", "en", "-C", str(repository), "history", "1")
    told = call(*words).text
    assert "weight" in told
    git(repository, "commit-graph", "write", "--reachable")
    graph = next((repository / ".git/objects/info").glob("commit-graph"))
    graph.chmod(0o644)
    one, two = (bytes.fromhex(git(repository, "rev-parse", f"{name}^{{tree}}")) for name in ("v1", "HEAD"))
    raw = graph.read_bytes()
    assert two in raw
    forged = raw[:-20].replace(two, one)
    graph.write_bytes(forged + hashlib.sha1(forged, usedforsecurity=False).digest())
    assert git(repository, "rev-list", "v1..HEAD", "--", TARGET) == ""  # git itself believes it
    assert call(*words).text == told


@pytest.mark.parametrize(
    "full", ["refs/tags/main", "refs/remotes/main", "refs/main", "refs/remotes/main/HEAD", ".git/main"]
)
def test_a_name_of_two_commits_is_refused(repository: Path, full: str) -> None:
    """A tag called as the branch is taken for it by git, without a word that anybody reads."""

    def point(full: str, commit: str) -> None:
        if full.startswith(".git/"):
            (repository / full).write_text(git(repository, "rev-parse", commit) + "\n")
        else:
            git(repository, "update-ref", full, commit)

    point(full, "HEAD")
    for words in (("diff", "main"), ("diff", "main~1"), ("check", "--base", "main"), ("table", "--rev", "main")):
        hold(call("--lang", "en", "-C", str(repository), *words), codes=(0, 1))  # one commit by all its names
    point(full, "v1")
    for words in (("diff", "main"), ("diff", "main~1"), ("check", "--base", "main"), ("table", "--rev", "main")):
        called = hold(call("--lang", "en", "-C", str(repository), *words), codes=(2,))
        assert f"can mean refs/heads/main, {full}, which are different commits" in called.complaint
    hold(call("--lang", "en", "-C", str(repository), "diff", "refs/heads/main", "HEAD"), codes=(0, 1))


def test_digits_are_a_commit_only_where_they_are_a_whole_id(repository: Path) -> None:
    for digits in ("a" * 41, "ab" * 32):
        git(repository, "update-ref", f"refs/heads/{digits}", "HEAD")
        hold(call("-C", str(repository), "table", "--rev", digits), codes=(0,))
        git(repository, "update-ref", f"refs/tags/{digits}", "v1")
        called = hold(call("--lang", "en", "-C", str(repository), "diff", digits, "HEAD"), codes=(2,))
        assert f"can mean refs/heads/{digits}, refs/tags/{digits}" in called.complaint
    whole = git(repository, "rev-parse", "HEAD")
    git(repository, "update-ref", f"refs/tags/{whole}", "v1")
    called = hold(call("--lang", "en", "-C", str(repository), "table", "--rev", whole), codes=(0,))
    assert f"commit {whole[:12]}" in called.text


def test_the_branch_that_was_checked_out_before_has_one_meaning(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "other")
    words = ("--lang", "en", "-C", str(repository), "diff", "@{-1}~0", "HEAD")
    hold(call(*words), codes=(0,))
    git(repository, "tag", "main", "v1")
    assert "@{-1}~0 can mean refs/heads/main, refs/tags/main" in hold(call(*words), codes=(2,)).complaint


def test_a_whole_name_is_only_that_references(repository: Path) -> None:
    words = ("--lang", "en", "-C", str(repository), "diff", "refs/heads/gone", "HEAD")
    git(repository, "update-ref", "refs/tags/refs/heads/gone", "v1")
    assert "there is no revision refs/heads/gone" in hold(call(*words), codes=(2,)).complaint
    git(repository, "update-ref", "refs/heads/gone", "HEAD")
    assert "nothing has changed" in hold(call(*words), codes=(0,)).text


@pytest.mark.parametrize("spelt", [str.lower, str.upper], ids=["small", "capital"])
def test_a_tag_that_looks_like_a_commit_is_refused(repository: Path, spelt: Callable[[str], str]) -> None:
    short = spelt(git(repository, "rev-parse", "--short=9", "HEAD"))
    hold(call("-C", str(repository), "table", "--rev", short), codes=(0,))
    git(repository, "tag", short, "v1")
    called = hold(call("--lang", "en", "-C", str(repository), "table", "--rev", short), codes=(2,))
    assert f"can mean refs/tags/{short}, {short.lower()}" in called.complaint


@pytest.mark.parametrize("mode", ["120000", "160000"], ids=["link", "submodule"])
def test_a_file_that_becomes_a_link_with_the_same_text_is_a_change(repository: Path, mode: str) -> None:
    blob = git(repository, "rev-parse", f"HEAD:{TARGET}")
    git(repository, "update-index", "--cacheinfo", f"{mode},{blob},{TARGET}")
    git(repository, "commit", "--quiet", "--message=link")
    for words in (("diff", "HEAD~1", "HEAD"), ("diff", "HEAD", "HEAD~1", "--exit-code")):
        called = hold(call("--lang", "en", "-C", str(repository), *words), codes=(1,))
        assert "can't be read" in called.text
        assert "nothing has changed" not in called.text
    slug = Path(TARGET).stem.split("-", 1)[1]
    assert (
        "can't be read"
        in hold(call("--lang", "en", "-C", str(repository), "history", slug, "--rev", "HEAD"), codes=(0, 1)).text
    )


def test_a_commit_that_would_fill_the_memory_is_refused_at_once(repository: Path) -> None:
    """Git is held to little memory from its first step on."""
    head = git(repository, "rev-parse", "HEAD")
    place = repository / ".git/objects" / head[:2] / head[2:]
    place.chmod(0o644)
    packer = zlib.compressobj(9)
    size = 1_500_000_000
    packed = packer.compress(b"commit %d\0" % size) + packer.compress(b"tree " + b"0" * 40 + b"\n\n")
    piece = bytes(1 << 24)
    packed += b"".join(packer.compress(piece) for _ in range(size >> 24)) + packer.flush()
    place.write_bytes(packed)
    for words in (("check", "--base", "HEAD~1"), ("history", "1"), ("diff",)):
        called = hold(call("--lang", "en", "-C", str(repository), *words), codes=(2,))
        assert "the repository may be damaged" in called.complaint


def test_what_git_says_of_a_repository_that_it_cannot_read_is_told(repository: Path) -> None:
    git(repository, "config", "extensions.somethingNew", "true")
    git(repository, "config", "core.repositoryformatversion", "1")
    called = hold(call("--lang", "en", "-C", str(repository), "diff"), codes=(2,))
    assert "it says: fatal: " in called.complaint
    assert "somethingnew" in called.complaint.lower()


@pytest.mark.parametrize(
    "prepare", [repositories.configured, repositories.promising], ids=["configuration", "promises"]
)
def test_nothing_of_a_repository_is_run(
    repository: Path, tmp_path: Path, prepare: Callable[[Path, Path], None]
) -> None:
    marker = tmp_path / "ran"
    prepare(repository, marker)
    for command in (*READING, ("check",), ("fmt", "--check"), ("new", "--dry-run"), ("diff", "--cached", "HEAD")):
        hold(call("-C", str(repository), *command))
        assert not marker.exists(), command


def test_an_environment_of_the_caller_is_not_git_s(repository: Path, tmp_path: Path) -> None:
    marker, config = tmp_path / "ran", tmp_path / "config"
    config.write_text(f"[core]\n fsmonitor = touch {marker}\n[diff]\n external = touch {marker}\n")
    told = environment(
        GIT_DIR="/nowhere", GIT_WORK_TREE="/etc", GIT_INDEX_FILE="/dev/null", GIT_OBJECT_DIRECTORY="/nowhere", GIT_EXTERNAL_DIFF=f"touch {marker}",
        GIT_PAGER=f"touch {marker}", GIT_SSH_COMMAND=f"touch {marker}", GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="core.fsmonitor",
        GIT_CONFIG_VALUE_0=f"touch {marker}", GIT_CONFIG_PARAMETERS=f"'core.pager=touch {marker}'", GIT_TRACE=str(tmp_path / "trace"),
        GIT_CEILING_DIRECTORIES=str(repository.parent), GIT_NAMESPACE="x", GIT_EXEC_PATH=str(tmp_path), GIT_LITERAL_PATHSPECS="0",
        GIT_ASKPASS=f"touch {marker}", GIT_REPLACE_REF_BASE="refs/x/", GIT_ALTERNATE_OBJECT_DIRECTORIES="/etc", PAGER=f"touch {marker}",
    )  # fmt: skip
    for command in READING:
        plain, odd = call("-C", str(repository), *command), call("-C", str(repository), *command, env=told)
        hold(odd)
        assert (odd.code, odd.out, odd.err) == (plain.code, plain.out, plain.err)
    assert not marker.exists() and not (tmp_path / "trace").exists()


def _commits() -> Iterator[tuple[str, str, str]]:
    """A message, an author and an address that a stranger may choose."""
    yield "\x1b[31mred\x1b[0m\x9b1m\a", "x \x1b]0;title\a", "a\x1b[1m@example.org"
    yield "::error file=a::b\n\n##[add-mask]x\n::stop-commands::y", "::error::x", "##[add-mask]"
    yield "\u202egnp.exe\u200b", "\u202e\u2066\u200b", "\u2028@\u0085"
    yield "x" * 300_000 + "\n\n" + "Reviewed-by: x <y@z>\n" * 5_000, "y" * 5_000, "z@" + "z" * 5_000
    yield (
        "Merge pull request #1' OR 1=1 from x\n\nReviewed-by: <script>alert(1)</script> <a@b>",
        "<img src=x>",
        "@org/team",
    )
    yield "\ufffd{0.__class__} %s %(x)s ${x}", "{key}", "%n%H"


def test_what_commits_say_is_only_text(repository: Path) -> None:
    for number, (message, name, address) in enumerate(_commits()):
        path = repository / TARGET
        path.write_text(
            path.read_text("utf-8").replace("remarks: ", "remarks: 又").replace("basis: ", f"basis: {number}"), "utf-8"
        )
        clean = {"GIT_AUTHOR_NAME": name.replace("<", "(").replace(">", ")"), "GIT_AUTHOR_EMAIL": address}
        commit(repository, message, **clean, GIT_AUTHOR_DATE="@99999999999 +9959" if number % 2 else "@0 -0001")
    for command in (("history", "online-retail"), ("blame", "online-retail")):
        for form in ("text", "markdown", "json"):
            hold(call("-C", str(repository), *command, "--format", form), codes=(0,))


def _tree(folder: Path, *entries: tuple[str, str, bytes]) -> str:
    """A commit whose tree no checkout would hold: modes, kinds and names as given."""
    raw = b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(identity) for mode, identity, name in entries)
    tree = git(folder, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=raw)
    return git(folder, "commit-tree", tree, "-m", "odd", "-p", "HEAD")


def test_trees_that_no_folder_could_hold_are_findings(repository: Path) -> None:
    good = git(repository, "rev-parse", f"HEAD:{TARGET}")
    plan = git(repository, "rev-parse", "HEAD:targets/2018/plan.yaml")
    link = git(repository, "hash-object", "-w", "--stdin", given=b"/etc/passwd")
    names = (
        b"..",
        b".",
        b".git",
        b".GIT",
        b"a\\b.yaml",
        b"50-\xff.yaml",
        b"51-a\nb.yaml",
        b"52-\x1b[31m.yaml",
        b"::error::x.yaml",
        b"##[x].yaml",
    )
    entries = [(b"100644", name, good) for name in names]
    entries += [
        (b"120000", b"60-link.yaml", link),
        (b"160000", b"61-module.yaml", good),
        (b"100644", b"plan.yaml", plan),
    ]
    inside = b"".join(
        mode + b" " + name + b"\0" + bytes.fromhex(identity)
        for mode, name, identity in sorted(entries, key=lambda entry: entry[1])
    )
    folder = git(repository, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=inside)
    outer = git(
        repository,
        "hash-object",
        "-t",
        "tree",
        "-w",
        "--stdin",
        "--literally",
        given=b"40000 2018\0" + bytes.fromhex(folder),
    )
    odd = _tree(repository, ("40000", outer, b"targets"))
    called = hold(call("-C", str(repository), "check", "--rev", odd, "--format", "json"), codes=(1,))
    found = {finding["path"] for finding in json.loads(called.out)["findings"] if finding["level"] == "error"}
    for name in (*names, b"60-link.yaml", b"61-module.yaml"):
        assert f"targets/2018/{os.fsdecode(name)}" in {
            path.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape") for path in found
        }, name
    for command in (
        ("diff", "HEAD", odd),
        ("diff", odd, "HEAD"),
        ("table", "--rev", odd),
        ("check", "--base", odd),
        ("history", "1", "--rev", odd),
    ):
        hold(call("-C", str(repository), *command))


def _made(folder: Path, of: str, change: Callable[[list[bytes]], object]) -> str:
    """The id of a tree like another one but for its entries, which git would never write so."""
    listed = git(folder, "ls-tree", of).splitlines()
    entries = []
    for line in listed:
        about, _, name = line.partition("\t")
        mode, _, identity = about.split()
        entries.append(f"{mode.lstrip('0')} {name}\0".encode() + bytes.fromhex(identity))
    change(entries)
    return git(folder, "hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=b"".join(entries))


def _with(folder: Path, name: str, identity: str) -> str:
    """A commit behind HEAD in whose root another tree has a name."""
    listed = [line for line in git(folder, "ls-tree", "HEAD").splitlines() if not line.endswith(f"\t{name}")]
    root = git(folder, "mktree", given="\n".join([*listed, f"040000 tree {identity}\t{name}"]).encode() + b"\n")
    return git(folder, "commit-tree", root, "-m", "odd", "-p", "HEAD")


@pytest.mark.parametrize("what", ["years", "targets", "plan", "root", "root twice", "schema"])
def test_trees_out_of_order_are_no_way_past_an_approval(repository: Path, what: str) -> None:
    """Git tells what stands in them as deleted and new, or not at all, and checks it out all the same."""
    shutil.copytree(repository / "targets/2018", repository / "targets/2019")
    commit(repository)
    base = git(repository, "rev-parse", "HEAD")
    path = repository / TARGET
    path.write_text(path.read_text("utf-8").replace("weight: ", "weight: 1"), "utf-8")
    commit(repository)
    twice: Callable[[list[bytes]], object] = lambda entries: entries.insert(1, entries[0])  # noqa: E731
    if what in ("years", "schema"):
        name = "targets" if what == "years" else "schema"
        odd = _with(repository, name, _made(repository, f"HEAD:{name}", list.reverse))
    elif what.startswith("root"):
        root = _made(repository, "HEAD", twice if "twice" in what else list.reverse)
        odd = git(repository, "commit-tree", root, "-m", "odd", "-p", "HEAD")
    else:
        change = twice if what == "targets" else lambda entries: entries.append(entries[-1])
        years = _made(repository, "HEAD:targets/2018", change)
        identity = git(repository, "rev-parse", "HEAD:targets/2018")

        def exchange(entries: list[bytes]) -> None:
            entries[:] = [entry.replace(bytes.fromhex(identity), bytes.fromhex(years)) for entry in entries]

        odd = _with(repository, "targets", _made(repository, "HEAD:targets", exchange))
    for command in (
        ("check", "--rev", odd), ("check", "--base", base, "--rev", odd), ("diff", base, odd), ("diff", odd, base), ("table", "--rev", odd),
        ("export", "../x.csv", "--rev", odd),
    ):  # fmt: skip
        called = hold(call("--lang", "en", "-C", str(repository), *command), codes=(2,))
        assert "is listed twice or out of order" in called.complaint, command


@pytest.mark.parametrize("what", ["twice", "slashes", "slashes beside a folder"])
def test_a_tree_deep_down_that_no_git_wrote_is_refused_in_every_format(repository: Path, what: str) -> None:
    """What differs alone is asked for there, and not all that stands beside it."""
    if "beside" in what:
        folder = repository / "targets/2018/adjustments/material"
        folder.mkdir(parents=True)
        (folder / "2018-01-01-a.yaml").write_text("x\n")
        commit(repository)
    other = git(repository, "rev-parse", "HEAD:targets/2018/plan.yaml")

    def add(entries: list[bytes]) -> None:
        if what == "twice":
            entries.insert(1, entries[0][: entries[0].index(b"\0") + 1] + bytes.fromhex(other))
        else:  # sorted as a folder called adjustments would be, and behind that
            name = b"100644 adjustments/material/2018-03-02-x.yaml\0"
            place = sum(entry.partition(b" ")[2] < name.partition(b" ")[2] for entry in entries)
            entries.insert(place, name + bytes.fromhex(other))

    identity = git(repository, "rev-parse", "HEAD:targets/2018")
    made = _made(repository, "HEAD:targets/2018", add)

    def exchange(entries: list[bytes]) -> None:
        entries[:] = [entry.replace(bytes.fromhex(identity), bytes.fromhex(made)) for entry in entries]

    odd = _with(repository, "targets", _made(repository, "HEAD:targets", exchange))
    calls: list[tuple[str, ...]] = [
        ("diff", *pair, "--format", form)
        for pair in (("HEAD", odd), (odd, "HEAD"))
        for form in ("text", "json", "github")
    ]
    calls += [("diff", "--cached", odd), ("check", "--base", "HEAD", "--rev", odd)]
    calls += [("check", "--rev", odd)] * (what != "slashes beside a folder")
    for command in calls:
        called = hold(call("--lang", "en", "-C", str(repository), *command), codes=(2,))
        expected = "is listed twice" if what == "twice" else "2018-03-02-x.yaml by a name with slashes in it"
        assert expected in called.complaint, command


def test_a_folder_called_as_a_file_is_none_in_a_revision_either(repository: Path) -> None:
    shutil.copytree(repository / "targets/2018", repository / "targets/2019/02-x.yaml")
    commit(repository)
    for words in ((), ("--rev", "HEAD")):
        called = hold(call("--lang", "en", "-C", str(repository), "check", *words), codes=(1,))
        assert "02-x.yaml:1:1: error[unreadable-file] the file is a folder" in called.text


@pytest.mark.parametrize("name", ["Targets", "TARGETS", "target\u017f"])
def test_a_folder_that_some_computers_take_for_the_registry_is_told(repository: Path, name: str) -> None:
    shutil.copytree(repository / "targets", repository / name)
    if (repository / name).samefile(repository / "targets"):
        pytest.skip("this computer is one of them")
    wherever = [("check",), ("diff", "HEAD"), ("table",)]

    def told() -> None:
        for words in wherever:
            called = hold(call("--lang", "en", "-C", str(repository), *words), codes=(1,))
            shown = called.text + called.complaint
            assert f"{name}:1:1: error[stray-file]" in shown or "targets check" in shown, words

    told()
    git(repository, "add", "--all")
    if name.isascii():  # Git knows no other letters' twins
        wherever.append(("diff", "--cached"))
    told()
    commit(repository)
    wherever[:] = [("check", "--rev", "HEAD"), ("diff", "HEAD~1", "HEAD"), ("table", "--rev", "HEAD")]
    told()


@pytest.mark.parametrize("between", [False, True])
def test_a_file_and_a_folder_of_one_name_are_none_of_git(repository: Path, *, between: bool) -> None:
    name = Path(TARGET).name
    folder = git(repository, "rev-parse", "HEAD:schema")

    def double(entries: list[bytes]) -> None:
        if between:  # another file and another folder, as Git sorts them
            entries.insert(1, entries[0].replace(b".yaml\0", b".yaml+\0"))
            entries.insert(2, f"40000 {name}-\0".encode() + bytes.fromhex(folder))
        entries.insert(3 if between else 1, f"40000 {name}\0".encode() + bytes.fromhex(folder))

    odd = _made(repository, "HEAD:targets/2018", double)
    listed = git(repository, "ls-tree", f"HEAD:{Path(TARGET).parent.as_posix()}")
    assert name in listed
    identity = git(repository, "rev-parse", "HEAD:targets/2018")

    def exchange(entries: list[bytes]) -> None:
        entries[:] = [entry.replace(bytes.fromhex(identity), bytes.fromhex(odd)) for entry in entries]

    head = _with(repository, "targets", _made(repository, "HEAD:targets", exchange))
    called = hold(call("--lang", "en", "-C", str(repository), "check", "--rev", head), codes=(2,))
    assert "is listed twice or out of order" in called.complaint


def test_an_index_out_of_order_is_told_with_what_makes_it_anew(repository: Path) -> None:
    """Source: gitformat-index(5) on version 2."""
    entries = []
    for line in git(repository, "ls-files", "--stage").splitlines():
        about, _, path = line.partition("\t")
        _, identity, _ = about.split()
        name = path.encode()
        entry = struct.pack(">10I", *(0,) * 6, 0o100644, *(0,) * 3) + bytes.fromhex(identity)
        entry += struct.pack(">H", len(name)) + name
        entries.append(entry + b"\0" * (8 - len(entry) % 8))
    raw = b"DIRC" + struct.pack(">2I", 2, len(entries)) + b"".join(reversed(entries))
    (repository / ".git/index").write_bytes(raw + hashlib.sha1(raw, usedforsecurity=False).digest())
    called = hold(call("--lang", "en", "-C", str(repository), "diff", "--cached"), codes=(2,))
    assert "out of order in the index or the revision" in called.complaint
    assert "git read-tree HEAD makes the index anew" in called.complaint
    git(repository, "read-tree", "HEAD")
    hold(call("-C", str(repository), "diff", "--cached"), codes=(0,))


@pytest.mark.parametrize("levels", [4, 12])
def test_trees_of_trees_of_trees_end(repository: Path, levels: int) -> None:
    """Eight times the same, eight times, some levels deep: a few objects that make a hundred thousand files, or files without end."""
    tree = git(repository, "rev-parse", "HEAD:targets/2018")
    for _ in range(levels):
        raw = b"".join(f"40000 d{n}".encode() + b"\0" + bytes.fromhex(tree) for n in range(8))
        tree = git(repository, "hash-object", "-t", "tree", "-w", "--stdin", given=raw)
    odd = _tree(repository, ("40000", tree, b"targets"))
    for command in (("diff", "HEAD", odd, "--format", "json"), ("check", "--rev", odd))[: 1 if levels == 4 else 2]:
        hold(call("-C", str(repository), *command), codes=(2,))
