"""A registry at a Git revision, read through plumbing: no checkout, no hook, no filter.

Sources: gitcli(7) on options and ``--end-of-options``, git-cat-file(1) on ``--batch``,
git-ls-tree(1) on modes.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from target_registry.model import Message
from target_registry.sources import Entry, EnvironmentFault, Kind, ReadError, reason
from target_registry.sources.worktree import FOLDERS

_SAFE = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "protocol.allow=never",
)  # fmt: skip
_SECONDS = 60


def _environment() -> dict[str, str]:
    """The caller's environment without its ``GIT_*``, and with nothing that prompts or fetches."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *_SAFE, "-C", str(folder), *arguments],
            capture_output=True,
            check=False,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
        )
    except FileNotFoundError as error:
        raise EnvironmentFault(Message("git is not installed, and --rev needs it")) from error
    except subprocess.TimeoutExpired as error:
        raise EnvironmentFault(Message("git gave no answer within {n} seconds", n=_SECONDS)) from error


class Revision:
    """The files of one commit.

    Args:
        root: the registry's folder, in or above which the repository lies.
        name: a branch, tag or commit.

    Raises:
        EnvironmentFault: no git, no repository, no such revision.
    """

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        prefix = _git(root, "rev-parse", "--show-prefix")
        if prefix.returncode:
            reason = Message("{folder} is not in a Git repository, so --rev has nothing to read", folder=str(root))
            if b"dubious ownership" in prefix.stderr:
                reason = Message("git refuses {folder}: it belongs to another user", folder=str(root))
            raise EnvironmentFault(reason)
        self._prefix = os.fsdecode(prefix.stdout).removesuffix("\n")
        if not name or "\0" in name:
            raise EnvironmentFault(Message("there is no revision {name}; name a branch, a tag or a commit", name=name))
        found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if found.returncode:
            raise EnvironmentFault(self._missing(name))
        self.commit = found.stdout.decode("ascii").strip()
        self._blobs: dict[str, str] = {}
        self._reader: subprocess.Popen[bytes] | None = None

    def _missing(self, name: str) -> Message:
        if _git(self.root, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
            return Message("there is no revision {name}: the repository has no commit yet", name=name)
        shallow = _git(self.root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        if shallow:
            return Message(
                "there is no revision {name}: the clone is shallow; fetch its history with git fetch --unshallow",
                name=name,
            )
        return Message("there is no revision {name}; name a branch, a tag or a commit", name=name)

    def entries(self) -> Iterator[Entry]:
        """Every path below the registry's folders in this commit, sorted."""
        listed = _git(
            self.root,
            "ls-tree",
            "-r",
            "-z",
            "-l",
            "--full-tree",
            self.commit,
            "--",
            *(self._prefix + folder for folder in FOLDERS),
        )
        if listed.returncode:
            raise EnvironmentFault(Message("git can't list the files of {name}", name=self.commit))
        found = []
        for record in listed.stdout.split(b"\0")[:-1]:
            about, _, raw = record.partition(b"\t")
            mode, _, blob, size = about.split()
            path = os.fsdecode(raw).removeprefix(self._prefix)
            kind = {b"120000": Kind.LINK, b"160000": Kind.OTHER}.get(mode, Kind.FILE)
            self._blobs[path] = blob.decode("ascii")
            found.append(Entry(path, kind, int(size) if size.isdigit() else 0))
        yield from sorted(found)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file of this commit; all of one ``cat-file`` process."""
        writer, reader = self._pipes()
        try:
            writer.write(self._blobs[path].encode("ascii") + b"\n")
            writer.flush()
            header = reader.readline().split()
            if len(header) != 3:
                raise ReadError(Message("is not in the repository's object store"))
            size, data = int(header[2]), b""
            data = reader.read(min(size, limit + 1))
            left = size + 1 - len(data)
            while left > 0 and (skipped := reader.read(min(left, 1 << 20))):
                left -= len(skipped)
            return data
        except OSError as error:
            raise ReadError(Message("can't be read: {reason}", reason=reason(error))) from error

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """The one process that reads objects: where to ask it, and where it answers."""
        if self._reader is None:
            self._reader = subprocess.Popen(
                ["git", *_SAFE, "-C", str(self.root), "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        if self._reader.stdin is None or self._reader.stdout is None:  # both were asked for as pipes
            raise EnvironmentFault(Message("git can't list the files of {name}", name=self.commit))
        return self._reader.stdin, self._reader.stdout

    def close(self) -> None:
        """End the reading process."""
        if self._reader is not None:
            for pipe in (self._reader.stdin, self._reader.stdout):
                if pipe is not None:
                    pipe.close()
            self._reader.wait(timeout=_SECONDS)
            self._reader = None
