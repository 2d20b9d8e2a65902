"""Hostile Git repositories: what a stranger's commits, or a stranger's ``.git`` folder, can hold."""

from __future__ import annotations

import subprocess
import textwrap
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.hostile.command import environment

TARGET = "targets/2018/02-online-retail.yaml"
_PEOPLE = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "c",
    "GIT_COMMITTER_EMAIL": "c@example.org",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str, given: bytes = b"", **more: str) -> str:
    """Run git as the one who makes the repository."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        input=given,
        capture_output=True,
        check=True,
        env=environment(**{**_PEOPLE, **more}),
    )
    return done.stdout.decode("utf-8", "replace").strip()


def commit(folder: Path, message: str = "x", **more: str) -> None:
    """Commit all that stands there."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "--file=-", given=message.encode(), **more)


def make(folder: Path) -> None:
    """Two commits: the registry, and a weight that has changed."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "one")
    git(folder, "tag", "v1")
    path = folder / "targets/2018/01-retail-sales.yaml"
    path.write_text(path.read_text("utf-8").replace("weight: 4", "weight: 3"), "utf-8")
    commit(folder, "two")


def configured(folder: Path, marker: Path) -> None:
    """Every key of a configuration that makes git run something, each of which would leave a marker."""
    run = f"touch {marker}"
    hooks = folder / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-checkout", "pre-commit", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (hooks / hook).write_text(f"#!/bin/sh\n{run}\n")
        (hooks / hook).chmod(0o755)
    (folder / ".git/more").write_text(f"[core]\n fsmonitor = {run}\n pager = {run}\n")
    (folder / ".gitattributes").write_text("* diff=evil filter=evil merge=evil ident text eol=crlf\n")
    said = f"""
    [core]
     fsmonitor = {run}
     hooksPath = .git/hooks
     pager = {run}
     editor = {run}
     sshCommand = {run}
     askPass = {run}
     gitProxy = {run}
     alternateRefsCommand = {run}
     untrackedCache = true
     sparseCheckout = true
     abbrev = 4
    [diff]
     external = {run}
     renames = copies
     noprefix = true
     orderFile = /etc/passwd
     ignoreSubmodules = all
    [diff "evil"]
     textconv = {run}
     command = {run}
    [filter "evil"]
     clean = {run}
     smudge = {run}
     process = {run}
     required = true
    [merge "evil"]
     driver = {run}
    [alias]
     cat-file = !{run}
     rev-parse = !{run}
     rev-list = !{run}
     ls-tree = !{run}
     diff-tree = !{run}
     config = !{run}
    [pager]
     cat-file = {run}
     diff-tree = {run}
     rev-list = {run}
    [log]
     showSignature = true
     date = relative
    [gpg]
     program = {run}
    [trailer "Reviewed-by"]
     command = {run}
     cmd = {run}
    [credential]
     helper = !{run}
    [url "ext::{run}"]
     insteadOf = https://
    [protocol]
     allow = always
    [protocol "ext"]
     allow = always
    [uploadpack]
     packObjectsHook = {run}
    [include]
     path = more
    [includeIf "gitdir:/**"]
     path = more
    [i18n]
     logOutputEncoding = UTF-16
     commitEncoding = UTF-7
    [color]
     ui = always
    """
    with (folder / ".git/config").open("a") as file:
        file.write(textwrap.dedent(said))


def promising(folder: Path, marker: Path) -> None:
    """A partial clone that lacks a file, and would fetch it by running something."""
    loose(folder, git(folder, "rev-parse", f"HEAD:{TARGET}"), None)
    with (folder / ".git/config").open("a") as file:
        file.write(
            f'[remote "origin"]\n url = ext::touch {marker}\n promisor = true\n partialclonefilter = blob:none\n'
            '[extensions]\n partialClone = origin\n[protocol]\n allow = always\n[protocol "ext"]\n allow = always\n'
        )


def loose(folder: Path, identity: str, raw: bytes | None) -> None:
    """Put other bytes where an object is stored, or take it away."""
    path = folder / ".git/objects" / identity[:2] / identity[2:]
    path.chmod(0o644)
    path.unlink()
    if raw is not None:
        path.write_bytes(raw)


def _object(revision: str, raw: bytes | None) -> Callable[[Path], None]:
    return lambda folder: loose(folder, git(folder, "rev-parse", revision), raw)


def _file(path: str, raw: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / ".git" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / ".git" / path).write_bytes(raw)

    return write


def _as_a_file(folder: Path) -> None:
    (folder / ".git").rename(folder / ".elsewhere")
    (folder / ".git").write_text("gitdir: /proc/self\n")


DAMAGED: Mapping[str, Callable[[Path], None]] = {
    "blob-missing": _object(f"HEAD:{TARGET}", None),
    "blob-empty": _object(f"HEAD:{TARGET}", b""),
    "blob-junk": _object(f"HEAD:{TARGET}", b"junk"),
    "blob-said-to-be-huge": _object(f"HEAD:{TARGET}", zlib.compress(b"blob 99999999999\0x")),
    "blob-shorter-than-said": _object(f"HEAD:{TARGET}", zlib.compress(b"blob 1000\0x")),
    "blob-last-shorter": _object("HEAD:targets/2018/plan.yaml", zlib.compress(b"blob 100000\0x")),
    "blob-is-a-tree": _object(f"HEAD:{TARGET}", zlib.compress(b"tree 1\0x")),
    "blob-other-than-named": _object(f"HEAD:{TARGET}", zlib.compress(b"blob 3\0a: ")),
    "tree-missing": _object("HEAD~1^{tree}", None),
    "tree-junk": _object("HEAD^{tree}", b"junk"),
    "tree-odd": _object("HEAD^{tree}", zlib.compress(b"tree 9\0100644 a\0")),
    "commit-missing": _object("HEAD~1", None),
    "commit-junk": _object("HEAD~1", b"junk"),
    "commit-empty": _object("HEAD~1", zlib.compress(b"commit 0\0")),
    "head-junk": _file("HEAD", b"junk"),
    "head-elsewhere": _file("HEAD", b"ref: ../../../etc/passwd\n"),
    "head-unborn": _file("HEAD", b"ref: refs/heads/nothing\n"),
    "branch-junk": _file("refs/heads/main", b"zzz\n"),
    "index-junk": _file("index", b"junk"),
    "config-junk": _file("config", b"[core\n"),
    "config-of-the-future": _file("config", b"[core]\n repositoryformatversion = 99\n"),
    "config-elsewhere": _file("config", b"[core]\n worktree = /etc\n"),
    "config-bare": _file("config", b"[core]\n bare = true\n"),
    "packed-refs-junk": _file("packed-refs", b"junk\n\0\xff"),
    "alternates": _file("objects/info/alternates", b"/etc\n/proc/self\n"),
    "commondir": _file("commondir", b"/etc\n"),
    "commit-graph-junk": _file("objects/info/commit-graph", b"CGPHjunk"),
    "pack-junk": _file("objects/pack/pack-x.idx", b"junk"),
    "shallow-junk": _file("shallow", b"junk\n"),
    "git-is-a-file": _as_a_file,
}

REVISIONS = (
    "-x", "--output=pwned", "--upload-pack=touch pwned", "--all", "--stdin", "-", "--", "HEAD@{99999999}", "@{u}", "@{-1}",
    "main@{push}", ":/one", ":/(a+)+$", "HEAD:targets", f"HEAD:{TARGET}", ":targets/2018/plan.yaml", "^", "^HEAD", "HEAD^@",
    "HEAD^!", "HEAD^-", "HEAD~99999999999", "HEAD^99", "HEAD^{tree}", "HEAD^{blob}", "a" * 10_000, "HEAD" + "~1" * 5_000,
    "\x1b[31m", "a\nb", "a\tb", "\r", "::error::x", "##[add-mask]x", "\u202e", "refs/../../etc/passwd", "../../etc/passwd",
    "FETCH_HEAD", "", ".", "main ", "HEAD\\", "$(touch pwned)", "`touch pwned`", "; touch pwned", "0" * 40, "f" * 40, "deadbeef",
    "*", "?", "[", "{", "\udcff", "v1^{tag}",
)  # fmt: skip
"""What names no commit, whoever asks."""
