"""The commits that lead to a revision: how they hang together, which files each one touches, who made them.

Four processes, however long the history: ``rev-list`` for the graph, ``diff-tree`` for what differs
along its edges, ``cat-file`` for the commits that matter, ``rev-list`` for their trailers. Edges are
given to ``diff-tree`` as pairs of trees, so that nothing is simplified, renamed or joined for us, and
a merge has as many answers as parents.

Trailers are what Git's own parser takes for trailers: ``%(trailers:key=…,valueonly,unfold)``.

Sources: git-rev-list(1), git-diff-tree(1) on ``--stdin`` and the raw format, gitformat-commit
as git-commit-tree(1) describes it, git-interpret-trailers(1).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from target_registry import limits
from target_registry.patterns import lazy
from target_registry.sources import Blob
from target_registry.sources.commits import clock
from target_registry.sources.git import RAW, Repository

_TOGETHER = 500
"""Commits a call: Windows takes 32,767 characters."""
_PERSON = lazy(rb"(.*?) ?<([^<>]*)> (-?[0-9]+) ([+-])([0-9]{2})([0-9]{2})\Z", re.DOTALL)
_ENCODINGS = frozenset(("gbk", "gb2312", "gb18030", "big5", "big5hkscs", "utf-8", "iso8859-1", "cp1252", "ascii"))
"""What a commit may name as its encoding, by Python's names; another one is guessed."""
_PULLS = (
    re.compile(r"Merge pull request (#[0-9]+) from \S"),  # GitHub
    re.compile(r"Merge pull request '.*' \((#[0-9]+)\) from \S"),  # Gitea, Forgejo
    re.compile(r"(![0-9]+) \S"),  # Gitee
    re.compile(r".*\S \((#[0-9]+)\)\Z"),  # squashed, on GitHub, Gitea and Forgejo
)
_REQUEST = lazy(r"See merge request (?:[^\s!]+)?(![0-9]+)\Z")

Edge = Sequence[tuple[str, Blob | None, Blob | None]]
"""The files that differ between two trees: path, what stands there before, what stands there after."""


class Node(NamedTuple):
    """A commit in the graph: its tree, and the parents that this clone holds."""

    tree: str
    parents: tuple[str, ...]


Graph = Mapping[str, Node]
"""Commits by id, each before its parents, otherwise the newest first."""


class Person(NamedTuple):
    """A name and an address, as the commit has them, and the time on that person's own clock."""

    name: str
    email: str
    time: datetime

    def is_same(self, other: Person) -> bool:
        """Whether this is the other person, whatever the time."""
        return (self.name, self.email) == (other.name, other.email)


class Logged(NamedTuple):
    """What a commit says of itself. ``reviewed_by`` and ``approved_by`` are the values of its trailers."""

    id: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    message: str
    reviewed_by: tuple[str, ...] = ()
    approved_by: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """The message's first line, cut where nobody would read on."""
        return _cut(self.message.partition("\n")[0])

    @property
    def pull_request(self) -> str | None:
        """The number of the pull request where the forge wrote it: ``#12``, or ``!34``; None elsewhere.

        Read are the subjects that GitHub, Gitea, Forgejo and Gitee give a merge, the number that they
        put at the end of a squashed commit's subject, and GitLab's line ``See merge request``.
        """
        for pattern in _PULLS:
            if found := pattern.match(self.message.partition("\n")[0]):
                return found[1]
        for line in reversed(self.message.split("\n")[1:]):
            if found := _REQUEST.match(line):
                return found[1]
        return None


def graph(repository: Repository, commit: str) -> Graph:
    """All commits that lead to one, as far as the clone holds them.

    Args:
        repository: to read from.
        commit: its id.
    """
    listed = repository.ask("rev-list", "--date-order", "--parents", "--format=tformat:%T", commit)
    lines = listed.decode("ascii").splitlines()
    found = {}
    for head, tree in zip(lines[0::2], lines[1::2], strict=True):
        _, identity, *parents = head.split(" ")
        found[identity] = Node(tree, tuple(dict.fromkeys(parents)))
    return found


def differences(repository: Repository, commits: Graph, paths: Sequence[str]) -> Mapping[tuple[str, str], Edge]:
    """What differs along each edge of a graph, by the two trees' ids; edges without difference are left out.

    Args:
        repository: to read from.
        commits: the graph; its roots are compared with nothing.
        paths: of the registry, to look at.
    """
    empty = repository.empty_tree
    pairs = dict.fromkeys(
        (before, node.tree)
        for node in commits.values()
        for before in ([commits[parent].tree for parent in node.parents] or [empty])
        if before != node.tree
    )
    given = "".join(f"{before} {after}\n" for before, after in pairs).encode("ascii")
    command = ("diff-tree", "--stdin", "-r", *RAW, "--")
    listed = repository.ask(*command, *repository.pathspecs(paths), given=given).split(b"\0")
    found: dict[tuple[str, str], list[tuple[str, Blob | None, Blob | None]]] = {}
    current: list[tuple[str, Blob | None, Blob | None]] = []
    told = 0
    # Between the last path of a pair and its successor's first stand the pairs' own lines.
    for about, change in zip(listed[0::2], [*repository.changed(listed), None], strict=True):
        headers = about.splitlines()[: None if change is None else -1]
        told += len(headers)
        if change is not None:
            if headers:
                before, after = headers[-1].decode("ascii").split(" ")
                current = found.setdefault((before, after), [])
            path, (old, new) = change
            current.append((path, old, new))
    if told != len(pairs):  # a tree that isn't there is passed over
        raise repository.failed("diff-tree")
    return found


def cut_off(repository: Repository, commits: Graph) -> tuple[str, ...]:
    """The commits whose parents this clone doesn't hold: its history begins there, not theirs."""
    if not repository.is_shallow:
        return ()
    ends = [identity for identity, node in commits.items() if not node.parents]
    return tuple(end for end in ends if (found := repository.commits.find(end)) is not None and found.parents)


def read(repository: Repository, commits: Iterable[str]) -> dict[str, Logged]:
    """What some commits say of themselves, by id.

    Args:
        repository: to read from.
        commits: their ids.
    """
    wanted = list(dict.fromkeys(commits))
    found = {}
    for start in range(0, len(wanted), _TOGETHER):
        part = wanted[start : start + _TOGETHER]
        trailers = dict(_trailers(repository, part))
        for identity, raw in zip(part, repository.read_many(part, limits.COMMIT_BYTES), strict=True):
            reviewed, approved = trailers.get(identity, ((), ()))
            found[identity] = parse(identity, raw)._replace(reviewed_by=reviewed, approved_by=approved)
    return found


def _trailers(
    repository: Repository, commits: Sequence[str]
) -> Iterator[tuple[str, tuple[tuple[str, ...], tuple[str, ...]]]]:
    keys = "%x00".join(f"%(trailers:key={key},valueonly,unfold)" for key in ("Reviewed-by", "Approved-by"))
    options = ("--no-walk=unsorted", "--encoding=UTF-8", f"--format=%x00%H%x00{keys}%x00")
    words = repository.ask("rev-list", *options, *commits).split(b"\0")
    for identity, reviewed, approved in zip(words[1::4], words[2::4], words[3::4], strict=True):
        yield identity.decode("ascii"), (_values(reviewed), _values(approved))


def _values(raw: bytes) -> tuple[str, ...]:
    named = [value for line in raw.split(b"\n") if (value := _cut(decode(line).strip()))]
    return (*named[: limits.COMMIT_NAMES], *("…",) * (len(named) > limits.COMMIT_NAMES))


def parse(identity: str, raw: bytes) -> Logged:
    """A commit from its object.

    Args:
        identity: its id.
        raw: the object's bytes.
    """
    head, _, message = raw.partition(b"\n\n")
    said: dict[bytes, bytes] = {}
    parents = []
    for line in head.split(b"\n"):
        key, _, value = line.partition(b" ")
        if key == b"parent":
            if said.keys() <= {b"tree"}:  # elsewhere Git reads none, and such a line may say anything
                parents.append(value.decode("ascii", "replace"))
        elif key:  # a continued line starts with a space
            said.setdefault(key, value)
    encoding = said.get(b"encoding", b"").decode("ascii", "replace")
    text = decode(message, encoding).replace("\r\n", "\n").strip("\n")
    author = _person(said.get(b"author", b""), encoding)
    return Logged(identity, tuple(parents), author, _person(said.get(b"committer", b""), encoding), text)


def _person(raw: bytes, encoding: str) -> Person:
    found = _PERSON.match(raw)
    if found is None:
        return Person(_cut(decode(raw, encoding)), "", datetime.fromtimestamp(0, UTC))
    return Person(_cut(decode(found[1], encoding)), _cut(decode(found[2], encoding)), clock(*found.groups()[2:]))


def _cut(text: str) -> str:
    return text if len(text) <= limits.COMMIT_LINE else f"{text[: limits.COMMIT_LINE - 1]}…"


def decode(raw: bytes, encoding: str = "") -> str:
    r"""Text from bytes of which nobody guarantees the encoding.

    What the commit names is tried first, then UTF-8, then GB 18030, which older Windows
    programs write without saying so; what is none of these shows its bytes as ``\xNN``.

    Args:
        raw: the bytes.
        encoding: what the commit names; empty where it names none.
    """
    for name in (encoding, "utf-8", "gb18030"):
        try:
            if codecs.lookup(name).name in _ENCODINGS:
                return raw.decode(name)
        except (LookupError, ValueError):
            continue
    return raw.decode("utf-8", "backslashreplace")
