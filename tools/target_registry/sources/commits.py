"""The commit that a revision's name leads to, or why it leads to none.

``cat-file`` resolves names, which reach it on its standard input, where nothing can be an option; what says why a name
leads nowhere, or to two commits, gets it behind ``--``, ``--end-of-options`` or ``refs/``.

Source: gitrevisions(7).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from target_registry import limits
from target_registry.model import Message
from target_registry.patterns import lazy
from target_registry.sources import EnvironmentFault, ReadError
from target_registry.sources.files import read_file
from target_registry.sources.objects import ID, Objects
from target_registry.sources.pipes import homes
from target_registry.sources.program import Program

_COMMITTER = lazy(rb"^committer .*> (-?[0-9]+) ([+-])([0-9]{2})([0-9]{2})$", re.MULTILINE)
_DESCRIBED = lazy(r"-g[0-9a-f]+\Z", re.IGNORECASE)
_REF = b"ref:"
_LOGGED = lazy(rb"^warning: log for .* only goes back to ", re.MULTILINE)
_DIGITS = {"sha1": 40, "sha256": 64}
"""Hexadecimal digits of an object's id, by its algorithm."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Commit(NamedTuple):
    """A commit: its id, its tree's, and the day of its committer's clock."""

    id: str
    tree: str
    day: date
    parents: tuple[str, ...]


class Commits:
    """The commits of a repository by what people call them.

    Args:
        root: the registry's folder.
        git: what is asked why a name leads nowhere.
        objects: what resolves names.
        algorithm: the repository's, ``sha1`` or ``sha256``.
        is_shallow: whether the clone lacks what is old.
        failed: what says why a command can't be done that is given nothing but objects' ids.
    """

    def __init__(
        self,
        root: Path,
        git: Program,
        objects: Objects,
        algorithm: str,
        failed: Callable[[str], EnvironmentFault],
        *,
        is_shallow: bool,
    ) -> None:
        self._root = root
        self._git = git
        self._objects = objects
        self._algorithm = algorithm
        self._failed = failed
        self._is_shallow = is_shallow
        self._found: dict[str, Commit | None] = {}

    def named(self, name: str) -> Commit:
        """The commit that a branch, a tag or any other revision names.

        Raises:
            EnvironmentFault: there is none; the message says why where that is known.
        """
        found = self.find(name)
        if found is None:
            raise EnvironmentFault(self._missing(name))
        return found

    def find(self, name: str) -> Commit | None:
        """The commit that a revision names; None where there is none. It is looked up once.

        Raises:
            EnvironmentFault: there is one, and it can't be read.
        """
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Commit | None:
        if not name or "\0" in name or "\n" in name:
            return None
        # gitrevisions(7): a name that starts with ":" is a path of the index or a search; no commit has one. And what
        # stands behind a brace that isn't closed, such as what is asked here, would belong to the name.
        if name.startswith(":") or name.rfind("{") > name.rfind("}"):
            return None
        self._check_one_meaning(name)
        answer = self._objects.one(os.fsencode(name) + b"^{commit}", limits.COMMIT_BYTES)
        if answer is None or answer.kind != b"commit":
            self._check(name)
            return None
        said = _start(name)
        if said.startswith("refs/") and not self._is_there(said):
            return None
        if "@{" in name:
            self._check_log(name)
        identity, _, text = answer
        head = text.split(b"\n\n", 1)[0]
        lines = head.split(b"\n")
        # Git reads parents right behind the tree alone; elsewhere such a line may say anything.
        parents = takewhile(lambda line: line.startswith(b"parent "), lines[1:])
        return Commit(
            identity.decode("ascii"),
            lines[0].removeprefix(b"tree ").decode("ascii"),
            _day(head),
            tuple(line[7:].decode("ascii", "replace") for line in parents),
        )

    def find_tag(self, name: str) -> Commit | None:
        """The commit that a tag names; None where there is no such tag, whatever else git takes its name for.

        Source: gitrevisions(7) on the order in which it looks, and on names as git-describe(1) prints them.

        Args:
            name: the tag's, without what it stands below.

        Raises:
            EnvironmentFault: there is one, and its commit can't be read.
        """
        full = f"refs/tags/{name}"
        found = self.find(full)
        return None if found is None or self._leads_on(full) else found

    def _leads_on(self, full: str) -> bool:
        """Whether a reference only names another one, such as a branch, and moves with it.

        Its file tells, which a packed one doesn't have; git is asked where it keeps none. Source:
        gitrepository-layout(5) on links and ``ref:``, git-init(1) on ``--ref-format``.
        """
        for home in homes(self._root):
            with suppress(ReadError):
                if os.path.islink(home / full) or read_file(home / full, len(_REF)).startswith(_REF):
                    return True
            if os.path.lexists(home / "reftable"):
                return self._git.run("symbolic-ref", "--quiet", full).returncode == 0
        return False

    def _is_there(self, full: str) -> bool:
        """Whether a reference of this very name is there, where git would also find another by it."""
        others = (f"refs/tags/{full}", f"refs/heads/{full}", *_others(full))
        is_doubtful = _DESCRIBED.search(full) or any(
            self._objects.one(os.fsencode(other), limits.COMMIT_BYTES) is not None for other in others
        )
        return not is_doubtful or self._git.run("show-ref", "--verify", "--quiet", "--", full).returncode == 0

    def is_id(self, name: str) -> bool:
        """Whether git takes a name for an object's whole id, in small letters or capitals, whatever else is called so."""
        return len(name) == _DIGITS[self._algorithm] and ID.match(os.fsencode(name).lower()) is not None

    def _check_one_meaning(self, name: str) -> None:
        """Complain where a name could be a branch's and a tag's, or a commit's: git takes one without a word.

        Source: gitrevisions(7) on the order in which it looks.
        """
        said = _start(name)
        if before := re.match(r"@\{-[0-9]+\}", name):  # git looks for the name of the branch that was checked out then
            said = os.fsdecode(self._git.run("check-ref-format", "--branch", before[0]).stdout).strip()
        if not said or said in ("HEAD", "@") or said.startswith("refs/") or self.is_id(said):
            return
        found: dict[bytes, str] = {}

        def look_for(name: str, full: str) -> None:
            answer = self._objects.one(os.fsencode(name) + b"^{commit}", limits.COMMIT_BYTES)
            if answer is not None and answer.kind == b"commit":
                found.setdefault(answer.id, full)

        for full in (f"refs/heads/{said}", f"refs/tags/{said}", *_others(said)):
            look_for(full, full)
        if found and re.fullmatch(
            "[0-9a-fA-F]{7,}", said
        ):  # shorter ones may be a year, and aren't tried as abbreviated ids
            for other in self._git.run("rev-parse", f"--disambiguate={said}").stdout.split():
                if self._git.run("cat-file", "-t", other.decode("ascii")).stdout == b"commit\n":
                    found.setdefault(other, other.decode("ascii"))
        if found:
            look_for(said, f".git/{said}")  # what git takes before all others
        if len(found) > 1:
            raise EnvironmentFault(
                Message(
                    "{name} can mean {names}, which are different commits; write which of them",
                    name=name,
                    names=tuple(found.values()),
                )
            )

    def _check_log(self, name: str) -> None:
        """Complain where a name asks for a time before what is noted of a branch: git takes the first that is noted."""
        if _LOGGED.search(self._git.run("rev-parse", "--verify", "--end-of-options", name).stderr):
            raise EnvironmentFault(
                Message("{name} lies before all that this clone knows of that branch; name a commit", name=name)
            )

    def _check(self, name: str) -> None:
        """Complain where a name that leads to no commit does so because an object is lost or broken."""
        for start in dict.fromkeys((name, re.split("[~^]", name)[0])):
            if not start or len(start) > limits.REVISION_CHARACTERS:
                continue
            found = self._git.run("rev-parse", "--verify", "--end-of-options", start)
            identity = found.stdout.strip()
            # Of a whole id Git isn't asked whether it is there; and ^HEAD is all that doesn't lead to it.
            if found.returncode or not ID.match(identity) or identity == os.fsencode(start).lower():
                continue
            known = identity.decode("ascii")
            kind = self._git.run("cat-file", "-t", known)
            if kind.returncode or (
                kind.stdout == b"commit\n" and self._git.run("cat-file", "commit", known).returncode
            ):
                raise self._failed("cat-file")

    def _missing(self, name: str) -> Message:
        if not name.strip():  # as where a variable of a CI job isn't set
            return Message("the name of the revision is empty; name a branch, a tag or a commit")
        if self._git.run("rev-parse", "--verify", "--quiet", "HEAD").returncode:
            some = self._git.run("rev-list", "--all", "--max-count=1")
            if some.returncode:
                raise self._failed("rev-list")
            if not some.stdout:
                return Message("there is no revision {name}: the repository has no commit yet", name=name)
            if name.startswith(("HEAD", "@")):
                return Message("there is no revision {name}: this branch has no commit yet", name=name)
        if self._is_shallow:
            return Message(
                "there is no revision {name}: the clone is shallow; fetch all of it with {command}",
                name=name,
                command="git fetch --unshallow origin '+refs/heads/*:refs/remotes/origin/*'",
            )
        if self._git.run("rev-parse", "--verify", "--quiet", f"refs/remotes/origin/{name}").returncode == 0:
            return Message("there is no revision {name}; did you mean origin/{name}?", name=name)
        return Message("there is no revision {name}; name a branch, a tag or a commit", name=name)


def _start(name: str) -> str:
    """What a revision's name begins with: a branch, a tag or an id, before the way from there."""
    return re.split(r"[~^:]|@\{", name)[0]


def _others(name: str) -> tuple[str, ...]:
    """Where git looks for a name that is neither a branch's nor a tag's."""
    return f"refs/{name}", f"refs/remotes/{name}", f"refs/remotes/{name}/HEAD"


def _day(head: bytes) -> date:
    """The committer's date on the committer's own clock."""
    found = _COMMITTER.search(head)
    return clock(*found.groups()).date() if found else _EPOCH.date()


def clock(seconds: bytes, sign: bytes, hours: bytes, minutes: bytes) -> datetime:
    """The time that a commit names, on the clock of its zone.

    A zone that no clock is in counts as UTC, a time that no calendar has as the beginning of 1970.

    Args:
        seconds: since then, as digits, perhaps behind a minus.
        sign: of the zone, ``+`` east of Greenwich.
        hours: of the zone, two digits.
        minutes: of the zone, two digits.
    """
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    zone = timezone(-offset if sign == b"-" else offset) if offset < timedelta(days=1) else UTC
    try:
        return (_EPOCH + timedelta(seconds=int(seconds))).astimezone(zone)
    except (OverflowError, ValueError):
        return _EPOCH
