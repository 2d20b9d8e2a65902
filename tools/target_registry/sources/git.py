"""A repository asked through plumbing: no checkout, no hook, no filter, no name taken for an option.

One ``cat-file`` process resolves every name and reads every object, its questions written to
its standard input, where nothing can be an option; every other command gets object ids only.

Sources: git-cat-file(1) on ``--batch``, git-ls-tree(1) and git-diff-tree(1) on ``-z`` and
modes, gitglossary(7) on pathspecs, gitrevisions(7).
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import IO, NamedTuple

from target_registry.model import Message
from target_registry.sources import Difference, Entry, EnvironmentFault, Kind, ReadError, reason

_SAFE = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "protocol.allow=never",
)  # fmt: skip
_SECONDS = 60
_HEADER = re.compile(rb"([0-9a-f]{40,64}) ([a-z]+) ([0-9]+)\n\Z")
_COMMITTER = re.compile(rb"^committer .*> (-?[0-9]+) ([+-])([0-9]{2})([0-9]{2})$", re.MULTILINE)
_COMMIT_BYTES = 1 << 20
_KINDS = {b"120000": Kind.LINK, b"160000": Kind.OTHER}
_NONE = b"0" * 6


class Commit(NamedTuple):
    """A commit: its id, its tree's, and the day of its committer's clock."""

    id: str
    tree: str
    day: date
    parents: tuple[str, ...]


def _environment() -> dict[str, str]:
    """The caller's environment without its ``GIT_*``, and with nothing that prompts or fetches."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


class Repository:
    """The repository in which a registry lies.

    Args:
        root: the registry's folder, in or above which the repository lies.

    Raises:
        EnvironmentFault: no git, no repository.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._begun: tuple[tuple[str, ...], subprocess.Popen[bytes]] | None = None
        found = self._run("rev-parse", "--show-prefix", "--is-shallow-repository", "--show-object-format")
        if found.returncode:
            if b"dubious ownership" in found.stderr:
                raise EnvironmentFault(Message("git refuses {folder}: it belongs to another user", folder=str(root)))
            raise EnvironmentFault(
                Message("{folder} is not in a Git repository, so there is no revision to read", folder=str(root))
            )
        prefix, shallow, algorithm = found.stdout.rsplit(b"\n", 3)[:3]
        self.prefix = os.fsdecode(prefix)
        self.is_shallow = shallow == b"true"
        self.algorithm = algorithm.decode("ascii")

    def _run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                ["git", *_SAFE, "-C", str(self.root), *arguments],
                capture_output=True,
                check=False,
                env=_environment(),
                input=given,
                timeout=_SECONDS,
            )
        except FileNotFoundError as error:
            raise EnvironmentFault(Message("git is not installed, and --rev needs it")) from error
        except subprocess.TimeoutExpired as error:
            raise EnvironmentFault(Message("git gave no answer within {n} seconds", n=_SECONDS)) from error

    def ask(self, *arguments: str, given: bytes = b"") -> bytes:
        """What a plumbing command prints.

        Args:
            arguments: the command and its arguments; a stranger's words are never among them but as
                object ids or behind ``:(top,literal)``.
            given: what it reads from its standard input.

        Raises:
            EnvironmentFault: it failed.
        """
        done = self._run(*arguments, given=given)
        if done.returncode:
            raise EnvironmentFault(Message("git can't do {command} here", command=f"git {arguments[0]}"))
        return done.stdout

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["git", *_SAFE, "-C", str(self.root), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )

    def _finished(self, process: subprocess.Popen[bytes], command: str) -> bytes:
        try:
            printed, _ = process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.communicate()
            raise EnvironmentFault(Message("git gave no answer within {n} seconds", n=_SECONDS)) from error
        if process.returncode:
            raise EnvironmentFault(Message("git can't do {command} here", command=f"git {command}"))
        return printed

    def commit(self, name: str) -> Commit:
        """The commit that a branch, a tag or any other revision names.

        Raises:
            EnvironmentFault: there is none; the message says why where that is known.
        """
        found = self.find_commit(name)
        if found is None:
            raise EnvironmentFault(self._missing(name))
        return found

    def find_commit(self, name: str) -> Commit | None:
        """The commit that a revision names; None where there is none."""
        if not name or "\0" in name or "\n" in name:
            return None
        # gitrevisions(7): a name that starts with ":" is a path of the index or a search; no commit has one.
        answer = None if name.startswith(":") else self._object(os.fsencode(name) + b"^{commit}", _COMMIT_BYTES)
        if answer is None or answer[1] != b"commit":
            return None
        identity, _, text = answer
        head = text.split(b"\n\n", 1)[0]
        lines = head.split(b"\n")
        return Commit(
            identity.decode("ascii"),
            lines[0].removeprefix(b"tree ").decode("ascii"),
            _day(head),
            tuple(line[7:].decode("ascii") for line in lines if line.startswith(b"parent ")),
        )

    def _missing(self, name: str) -> Message:
        if self.find_commit("HEAD") is None:
            return Message("there is no revision {name}: the repository has no commit yet", name=name)
        if self.is_shallow:
            return Message(
                "there is no revision {name}: the clone is shallow; fetch its history with git fetch --unshallow",
                name=name,
            )
        return Message("there is no revision {name}; name a branch, a tag or a commit", name=name)

    def merge_base(self, one: str, other: str) -> Commit:
        """The commit at which two histories parted.

        Args:
            one: a commit's id.
            other: another's.

        Raises:
            EnvironmentFault: they have none in common, as far as this clone knows.
        """
        done = self._run("merge-base", one, other)
        found = done.stdout.split()
        if done.returncode or not found:
            raise EnvironmentFault(
                Message(
                    "the clone is shallow and doesn't hold where the two histories parted; run git fetch --unshallow"
                )
                if self.is_shallow
                else Message("the two revisions have no history in common")
            )
        return self.commit(found[0].decode("ascii"))

    @property
    def empty_tree(self) -> str:
        """The id of a tree without files, which Git knows also where nobody stored one."""
        import hashlib  # only the first commit of a history is compared with nothing

        return hashlib.new(self.algorithm, b"tree 0\0", usedforsecurity=False).hexdigest()

    def count(self, one: str, other: str) -> int:
        """How many commits lead to the second that don't lead to the first.

        Args:
            one: a commit's id.
            other: another's.
        """
        return 0 if one == other else int(self.ask("rev-list", "--count", f"{one}..{other}"))

    def path(self, path: str) -> str:
        """A path of the registry, or of the repository's top with ``/`` before it, as Git has it."""
        return path[1:] if path.startswith("/") else self.prefix + path

    def pathspecs(self, paths: Sequence[str]) -> list[str]:
        """Paths as arguments in which no sign means anything."""
        return [f":(top,literal){self.path(path)}" for path in paths]

    def own(self, raw: bytes) -> str:
        """A path of Git's as one of the registry, or of the repository's top with ``/`` before it."""
        path = os.fsdecode(raw)
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else "/" + path

    def tree(self, treeish: str, paths: Sequence[str], *, deep: bool = True) -> Iterator[tuple[Entry, str]]:
        """The files of a commit below some paths, with their blobs' ids; sorted by Git.

        Args:
            treeish: a commit's or a tree's id.
            paths: of the registry.
            deep: also those in folders below.
        """
        command = ["ls-tree", "-z", "-l", "--full-tree", *(["-r"] if deep else []), treeish, "--"]
        try:
            listed = self.ask(*command, *(self.path(path) for path in paths))
        except EnvironmentFault:
            raise EnvironmentFault(Message("git can't list the files of {name}", name=treeish)) from None
        for record in listed.split(b"\0")[:-1]:
            about, _, raw = record.partition(b"\t")
            mode, kind, blob, size = about.split()
            if kind == b"tree":
                continue
            entry = Entry(self.own(raw), _KINDS.get(mode, Kind.FILE), int(size) if size.isdigit() else 0)
            yield entry, blob.decode("ascii")

    def present(self) -> Iterator[str]:
        """The paths of the working tree that are committed or may be: what is ignored is left out."""
        options = ("-z", "--cached", "--others", "--exclude-standard", "--full-name")
        listed = self.ask("ls-files", *options, "--", ":(top)").split(b"\0")[:-1]
        yield from dict.fromkeys(self.own(raw.rstrip(b"/")) for raw in listed)

    def begin_difference(self, arguments: Sequence[str], paths: Sequence[str]) -> None:
        """Let Git look for a difference while something else is done; :meth:`difference` then has it."""
        command = self._difference(arguments, paths)
        if self._begun is None:
            self._begun = (command, self._start(*command))

    def _difference(self, arguments: Sequence[str], paths: Sequence[str]) -> tuple[str, ...]:
        options = ("--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv")
        command, *rest = arguments
        deep = ["-r"] if command == "diff-tree" else []
        return (command, *deep, *options, *rest, "--", *self.pathspecs(paths))

    def difference(self, arguments: Sequence[str], paths: Sequence[str]) -> Difference:
        """The files in which two trees, or a tree and the index, differ.

        Args:
            arguments: ``diff-tree`` and two commits' ids, or ``diff-index --cached`` and one.
            paths: what to look at.
        """
        command = self._difference(arguments, paths)
        if self._begun is not None and self._begun[0] == command:
            begun, self._begun = self._begun[1], None
            listed = self._finished(begun, command[0]).split(b"\0")
        else:
            listed = self.ask(*command).split(b"\0")
        found: Difference = {}
        for about, raw in zip(listed[0::2], listed[1::2], strict=False):
            old_mode, new_mode, old, new, status = about[1:].split()
            if status == b"U":
                raise EnvironmentFault(Message("{path} has a merge conflict that isn't resolved", path=self.own(raw)))
            found[self.own(raw)] = (side(old_mode, old), side(new_mode, new))
        return found

    def read(self, blob: str, limit: int) -> bytes:
        """The bytes of an object, at most ``limit`` + 1.

        Raises:
            ReadError: the clone doesn't hold it.
        """
        answer = self._object(blob.encode("ascii"), limit)
        if answer is None:
            raise ReadError(Message("is not in the repository's object store"))
        return answer[2]

    def read_many(self, blobs: Sequence[str], limit: int) -> Iterator[bytes | None]:
        """The bytes of many objects, each at most ``limit`` + 1 or None, without waiting for each answer."""
        writer, reader = self._pipes()
        for start in range(0, len(blobs), _TOGETHER):
            part = blobs[start : start + _TOGETHER]
            writer.write(b"".join(blob.encode("ascii") + b"\n" for blob in part))
            writer.flush()
            for _ in part:
                answer = _answer(reader, limit)
                yield None if answer is None else answer[2]

    def at(self, commit: str, path: str, limit: int) -> bytes | None:
        """The bytes of a path in a commit, at most ``limit`` + 1; None where there is no such file."""
        if "\n" in path:
            return None
        answer = self._object(f"{commit}:".encode("ascii") + os.fsencode(self.path(path)), limit)
        return answer[2] if answer is not None and answer[1] == b"blob" else None

    def _object(self, name: bytes, limit: int) -> tuple[bytes, bytes, bytes] | None:
        writer, reader = self._pipes()
        try:
            writer.write(name + b"\n")
            writer.flush()
            return _answer(reader, limit)
        except OSError as error:
            raise ReadError(Message("can't be read: {reason}", reason=reason(error))) from error

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """The one process that reads objects: where to ask it, and where it answers."""
        if self._process is None:
            self._process = subprocess.Popen(
                ["git", *_SAFE, "-C", str(self.root), "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        if self._process.stdin is None or self._process.stdout is None:  # both were asked for as pipes
            raise EnvironmentFault(Message("git can't do {command} here", command="git cat-file"))
        return self._process.stdin, self._process.stdout

    def close(self) -> None:
        """End the reading process, and what was begun and not needed."""
        if self._begun is not None:
            self._begun[1].kill()
            self._begun[1].communicate()
            self._begun = None
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process.wait(timeout=_SECONDS)
            self._process = None


# So many questions fit into a pipe while nobody reads: 65 bytes each, and Linux's pipes hold 64 KiB.
_TOGETHER = 500


def _answer(reader: IO[bytes], limit: int) -> tuple[bytes, bytes, bytes] | None:
    """One answer of ``cat-file --batch``: id, type, bytes; None where it has no such object."""
    header = _HEADER.match(reader.readline())
    if header is None:
        return None
    size = int(header[3])
    data = reader.read(min(size, limit + 1))
    left = size + 1 - len(data)
    while left > 0 and (skipped := reader.read(min(left, 1 << 20))):
        left -= len(skipped)
    return header[1], header[2], data


def side(mode: bytes, blob: bytes) -> tuple[Kind, str] | None:
    """What stands on one side of a difference: None where there is nothing."""
    return None if mode == _NONE else (_KINDS.get(mode, Kind.FILE), blob.decode("ascii"))


def _day(head: bytes) -> date:
    """The committer's date on the committer's own clock."""
    found = _COMMITTER.search(head)
    if found is None:
        return date(1970, 1, 1)
    offset = timedelta(hours=int(found[3]), minutes=int(found[4]))
    zone = timezone(-offset if found[2] == b"-" else offset)
    try:
        return datetime.fromtimestamp(int(found[1]), zone).date()
    except (OverflowError, ValueError, OSError):
        return date(1970, 1, 1)
