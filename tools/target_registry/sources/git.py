"""A repository asked through plumbing: no checkout, no hook, no filter, no name taken for an option.

One ``cat-file`` process resolves every name and reads every object, its questions written to
its standard input, where nothing can be an option; every other command gets object ids. What is called what,
:mod:`target_registry.sources.commits` knows.

Sources: git-cat-file(1) on ``--batch``, git-ls-tree(1) and git-diff-tree(1) on ``-z`` and
modes, gitglossary(7) on pathspecs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from target_registry import limits
from target_registry.model import Message
from target_registry.patterns import lazy
from target_registry.sources import Blob, Difference, Entry, EnvironmentFault, Kind
from target_registry.sources.commits import Commits
from target_registry.sources.names import decoded, encoded, on_disk, twins
from target_registry.sources.objects import TOGETHER, Objects
from target_registry.sources.pipes import check_files, check_others, check_rights, homes, top
from target_registry.sources.program import Conversation, Ended, Program, too_long
from target_registry.sources.trees import folders_of, odd_entry, parts, slashed, unsound, unsound_or_index

_KINDS = {b"120000": Kind.LINK, b"160000": Kind.SUBMODULE}
_TRUST = lazy(rb"git config --global --add safe\.directory .+")
"""What git says to whoever may not read a repository because it belongs to another user."""
_NONE = b"0" * 6
_SAID = lazy(rb"(.*)\n(true|false)\n(true|false)\n(sha1|sha256)\n\Z", re.DOTALL)
_RECORD = lazy(rb"[^\0]+")
"""One of those that a listing with ``-z`` ends by a zero each."""
_PARTIAL = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"
RAW = (
    "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv",
    "--ignore-submodules=none",  # .gitmodules, which anybody can propose, may say that git hides what they stand at
)  # fmt: skip
"""How trees are compared: what differs and nothing else, whatever the settings say. Source: gitmodules(5) on ``ignore``."""
_MARK = b"end\n"
"""What ``diff-tree --stdin`` gives back as it is, because it is no object's id, with all that it held back."""
_COMPARERS = 4
"""Processes that are kept to compare trees, each for paths of its own: approved plans are compared one after the other."""


def _above(folder: bytes) -> Iterator[bytes]:
    """A folder and those that it lies in."""
    while folder:
        yield folder
        folder = folder.rpartition(b"/")[0]


class Held(NamedTuple):
    """What the index has at a path.

    Attributes:
        blob: what it is.
        is_left_out: whether a sparse checkout leaves it out of the working tree.
    """

    blob: Blob
    is_left_out: bool


def few(many: int) -> None:
    """Go on where not too many files differ to be compared.

    Raises:
        EnvironmentFault: there are more.
    """
    if many > limits.CHANGED_FILES:
        raise EnvironmentFault(
            Message(
                "the two revisions differ in {n} files; at most {limit} are compared",
                n=many,
                limit=limits.CHANGED_FILES,
            )
        )


class Repository:
    """The repository in whose working tree a registry lies.

    Args:
        root: the registry's folder, in or above which the repository lies.

    Attributes:
        commits: its commits by what people call them.

    Raises:
        EnvironmentFault: no git, no repository.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        check_files(root)
        self._git = Program(root, partial(check_others, root))
        self._objects = Objects(self._git)
        self._comparers: dict[tuple[str, ...], Conversation] = {}
        self._judged: dict[bytes, tuple[bytes | None, dict[bytes, bytes]]] = {}
        """Of trees that were looked at, by id, the name of what is odd in them, and the ids of the trees that they hold."""
        self._beside: dict[bytes, tuple[str, ...]] = {}
        """Of trees of the registry's own folder the names in them."""
        about = ("--show-prefix", "--is-inside-work-tree", "--is-shallow-repository", "--show-object-format")
        asked = self._git.run("rev-parse", *about, seconds=limits.GIT_START)
        if asked.returncode:
            if trust := _TRUST.search(asked.stderr):
                raise EnvironmentFault(
                    Message(
                        "git refuses {folder}: it belongs to another user; if you trust that user, run {command}",
                        folder=str(root),
                        command=decoded(trust[0]),
                    )
                )
            if next(homes(root), None) is not None:
                check_rights(root)
                words = " ".join(asked.stderr.decode("utf-8", "replace").split())[: limits.COMMIT_LINE]
                raise EnvironmentFault(
                    Message(
                        "git can't read the repository that {folder} is in; it says: {words}",
                        folder=str(root),
                        words=words,
                    )
                )
            raise EnvironmentFault(
                Message("{folder} is not in a Git repository, so there is no revision to read", folder=str(root))
            )
        said = _SAID.match(asked.stdout)
        if said is None:
            raise EnvironmentFault(
                Message("{path} doesn't answer as git does; install a newer one", path=self._git.path)
            )
        if said[2] != b"true":
            raise EnvironmentFault(
                Message(
                    "{folder} lies outside the working tree of its Git repository, so its files belong to no revision",
                    folder=str(root),
                )
            )
        self.prefix = decoded(said[1])
        self._check_place()
        self.is_shallow = said[3] == b"true"
        self.algorithm = said[4].decode("ascii")
        self.commits = Commits(root, self._git, self._objects, self.algorithm, self.failed, is_shallow=self.is_shallow)

    def _check_place(self) -> None:
        """Complain where the settings make another folder the working tree: no revision has the registry at that way.

        Source: git-config(1) on ``core.worktree``, which a submodule's own settings have as well.
        """
        said, real = self.prefix.rstrip("/"), os.path.realpath(self.root)
        taken = os.path.normpath(os.path.join(real, *[".."] * (said.count("/") + 1 if said else 0)))
        own = top(self.root)
        if own is not None and not os.path.samefile(taken, own):
            raise EnvironmentFault(
                Message(
                    "the settings of the repository in {own} make {taken} its working tree; put that right with {command}",
                    own=str(own),
                    taken=taken,
                    command="git config --unset core.worktree",
                )
            )

    @cached_property
    def index(self) -> str | None:
        """The file of the index that git has its hooks look at; None where it is the usual one, or none of this repository's.

        Source: git-commit(1) makes another one for the files that it is given, or with ``-a``; githooks(5).
        """
        said = os.environ.get("GIT_INDEX_FILE")
        if not said or not os.path.isfile(said):
            return None
        named = os.path.realpath(said)
        is_own = any(os.path.dirname(named) == os.path.realpath(home) for home in homes(self.root))
        return named if is_own else None

    def ask(self, *arguments: str, given: bytes = b"", index: str | None = None) -> bytes:
        """What a plumbing command prints.

        Args:
            arguments: the command and its arguments; a stranger's words are never among them but as
                object ids or behind ``:(top,literal)``.
            given: what it reads from its standard input.
            index: the file of the index; None for the usual one.

        Raises:
            EnvironmentFault: it failed.
        """
        done = self._git.run(*arguments, given=given, index=index)
        if done.returncode:
            raise self.failed(arguments[0])
        return done.stdout

    def failed(self, command: str) -> EnvironmentFault:
        """Why a command that is given nothing but objects' ids can't be done.

        Args:
            command: its name.
        """
        try:
            check_rights(self.root)
        except EnvironmentFault as fault:
            return fault
        if self._git.run("config", "--get-regexp", _PARTIAL).returncode == 0:
            return EnvironmentFault(
                Message(
                    "the clone is partial and lacks some of the files; fetch them with git fetch --refetch --no-filter"
                )
            )
        return EnvironmentFault(
            Message(
                "git can't do {command} here: the repository may be damaged; git fsck says where",
                command=f"git {command}",
            )
        )

    def merge_bases(self, one: str, other: str) -> tuple[str, ...]:
        """The ids of the commits at which two histories parted: several where branches crossed.

        Args:
            one: a commit's id.
            other: another's.

        Raises:
            EnvironmentFault: they have none in common, or a shallow clone may not hold it.
        """
        found = self._git.run("merge-base", "--all", one, other).stdout.decode("ascii").split()
        if self._is_cut(one, other, found):
            raise EnvironmentFault(
                Message(
                    "the clone is shallow and may not hold where the two histories parted; run git fetch --unshallow"
                )
            )
        if not found:
            raise EnvironmentFault(Message("the two revisions have no history in common"))
        return tuple(found)

    def _is_cut(self, one: str, other: str, found: Sequence[str]) -> bool:
        """Whether one of two histories ends with this clone before it meets the other: they may have met behind that."""
        if not self.is_shallow:
            return False
        ends = self.ask("rev-list", "--max-parents=0", one, other, "--not", *found).decode("ascii").split()
        return any(self.commits.named(end).parents for end in ends)

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
        return 0 if one == other else self.count_since((one,), other)

    def count_since(self, parted: Sequence[str], other: str) -> int:
        """How many commits lead to one that don't lead to any of some others.

        Args:
            parted: the others' ids.
            other: the commit's id.
        """
        return 0 if other in parted else int(self.ask("rev-list", "--count", other, "--not", *parted))

    def path(self, path: str) -> str:
        """A path of the registry, or of the repository's top with ``/`` before it, as Git has it."""
        return path[1:] if path.startswith("/") else self.prefix + path

    def pathspecs(self, paths: Sequence[str]) -> list[str]:
        """Paths as arguments in which no sign means anything."""
        return [f":(top,literal){on_disk(self.path(path))}" for path in paths]

    def own(self, raw: bytes) -> str:
        """A path of Git's as one of the registry, or of the repository's top with ``/`` before it."""
        path = decoded(raw)
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else "/" + path

    def tree(self, treeish: str, paths: Sequence[str], *, deep: bool = True) -> Iterator[tuple[Entry, str]]:
        """The files of a commit below some paths, with their blobs' ids; sorted by Git.

        Args:
            treeish: a commit's or a tree's id.
            paths: of the registry.
            deep: also those in folders below.

        Raises:
            EnvironmentFault: they are not sorted.
        """
        command = ["ls-tree", "-z", "--full-tree", *(["-r", "-t"] if deep else []), treeish, "--"]
        before = folder = b""
        folders = {b""}
        files: dict[bytes, set[bytes]] = {b"": set()}  # of the folder that is listed, and of those that it lies in
        # One by one, since a million of them take as much memory as all else that is kept of them.
        for record in _RECORD.finditer(self.ask(*command, *self.pathspecs(paths))):
            about, _, raw = record[0].partition(b"\t")
            mode, kind, blob = about.split()
            place = raw + b"/" if kind == b"tree" else raw
            if raw.rpartition(b"/")[0] != folder:
                folder = raw.rpartition(b"/")[0]
                if deep and folder not in folders:
                    raise slashed(self.own(raw))
                around = (*_above(folder), b"")
                if any(above in files.get(above.rpartition(b"/")[0], ()) for above in around):
                    raise unsound(self.own(folder))
                files = {above: files.get(above) or set() for above in around}
            if place <= before or raw in files[folder]:
                raise unsound(self.own(raw))
            before = place
            if kind == b"tree":
                folders.add(raw)
            else:
                files[folder].add(raw)
                yield Entry(self.own(raw), _KINDS.get(mode, Kind.FILE)), blob.decode("ascii")

    def present(self) -> Iterator[str]:
        """The paths of the working tree that are committed or may be: what is ignored is left out."""
        options = ("-z", "--cached", "--others", "--exclude-standard", "--full-name")
        listed = self.ask("ls-files", *options, "--", ":(top)").split(b"\0")[:-1]
        yield from dict.fromkeys(self.own(raw.rstrip(b"/")) for raw in listed)

    @cached_property
    def held(self) -> dict[str, Held]:
        """Of the index what needn't stand on the disk as it is there: submodules, and what a sparse checkout leaves out.

        Source: git-ls-files(1) on ``-t``, git-sparse-checkout(1), gitmodules(5).
        """
        found = {}
        for record in _RECORD.finditer(self.ask("ls-files", "-t", "--stage", "-z", "--full-name", "--", ":(top)")):
            if record[0][:1] != b"S" and record[0][2:8] != b"160000":  # as nearly all of them
                continue
            about, _, raw = record[0].partition(b"\t")
            tag, mode, blob, stage = about.split()
            kept = blob.decode("ascii") if stage == b"0" else ""  # else a merge is going on, and it is none of several
            found[self.own(raw)] = Held((_KINDS.get(mode, Kind.FILE), kept), is_left_out=tag == b"S")
        return found

    def has_below(self, folder: str) -> bool:
        """Whether the index has files in a folder.

        Args:
            folder: of the registry.
        """
        return bool(self.ask("ls-files", "-z", "--full-name", "--", *self.pathspecs([f"{folder}/"])))

    def has(self, name: str) -> bool:
        """Whether the last commit or the index has something in the registry's folder, in capital or small letters.

        Args:
            name: the file's or folder's.
        """
        last = self.commits.find("HEAD")
        also = (f"--with-tree={last.id}",) if last else ()
        return bool(self.ask("ls-files", "-z", *also, "--", f":(icase,literal){name}"))

    def staged_twins(self, name: str) -> list[str]:
        """What the next commit holds in the registry's folder that differs from a name in capital letters only.

        Args:
            name: a folder's, as it is meant.
        """
        path = on_disk(self.path(name))
        listed = self.ask(
            "ls-files", "-z", "--full-name", "--",
            f":(top,icase,literal){path}", f":(top,exclude,literal){path}", index=self.index,
        )  # fmt: skip
        names = {self.own(raw).partition("/")[0] for raw in listed.split(b"\0")[:-1]}
        return twins(name, names)

    def check_trees(self, tree: str, folders: Sequence[str]) -> tuple[str, ...]:
        """Complain where the way from a commit's tree to some folders leads through one that git can't be asked about.

        What stands below is judged as it is listed.

        Args:
            tree: the tree's id.
            folders: of the registry.

        Returns:
            the names of all that stands in the registry's own folder.

        Raises:
            EnvironmentFault: it does.
        """
        home = encoded(self.prefix.rstrip("/"))
        wanted: dict[bytes, set[bytes]] = {}
        for path in (home, *(encoded(self.path(folder)) for folder in folders)):
            for step in _above(path):
                wanted.setdefault(step.rpartition(b"/")[0], set()).add(step.rpartition(b"/")[2])
        names: tuple[str, ...] = ()
        level = {b"": tree.encode("ascii")}
        while level:
            below: dict[bytes, bytes] = {}
            # By their ids: to look each up by its path, Git goes through all that it lies in.
            for identity, raw in self._trees([one for one in level.values() if one not in self._judged]):
                found = parts(raw, len(tree) // 2)
                self._judged[identity] = odd_entry(raw, found), folders_of(found)
                if identity == level.get(home):
                    self._beside[identity] = tuple(decoded(name) for _, name, _ in found)
            for path, identity in level.items():
                odd, inner = self._judged[identity]
                before = path + b"/" * bool(path)
                if odd is not None:
                    raise (slashed if b"/" in odd else unsound)(self.own(before + odd))
                if path == home:
                    names = self._beside.get(identity, ())
                below |= {before + step: inner[step] for step in wanted.get(path, ()) if step in inner}
            level = below
        return names

    def _trees(self, ids: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """The ids and the bytes of trees."""
        for part, ahead in _in_parts(ids):
            try:
                found = self._objects.many(part, limits.GIT_BYTES, ahead)
            except Ended:
                raise self.failed("cat-file") from None
            for identity, answer in zip(part, found, strict=True):
                if answer is None or answer.kind != b"tree":
                    raise self.failed("cat-file")
                yield identity, answer.data

    def begin_difference(self, one: str, other: str, paths: Sequence[str]) -> None:
        """Let Git look for a difference while something else is done; :meth:`difference` then has it."""
        if one != other:
            self._comparer(paths).tell(_pair(one, other))

    def difference(self, one: str, other: str, paths: Sequence[str]) -> Difference:
        """The files in which two trees differ.

        Args:
            one: the earlier tree's id.
            other: the later one's.
            paths: what to look at.
        """
        if one == other:
            return {}
        try:
            with self._comparer(paths).asked(_pair(one, other)) as reader:
                listed = _until_mark(reader)
        except Ended:
            raise self.failed("diff-tree") from None
        if not listed[0].startswith(f"{one} {other}\n".encode("ascii")):  # a tree that isn't there is passed over
            raise self.failed("diff-tree")
        few(len(listed) // 2)
        return dict(self.changed(listed))

    def _comparer(self, paths: Sequence[str]) -> Conversation:
        specs = tuple(self.pathspecs(paths))
        if specs not in self._comparers:
            while len(self._comparers) >= _COMPARERS:
                self._comparers.pop(next(iter(self._comparers))).close()
            self._comparers[specs] = Conversation(self._git, "diff-tree", "--stdin", "-r", *RAW, "--", *specs)
        return self._comparers[specs]

    def staged(self, tree: str, paths: Sequence[str]) -> Difference:
        """The files in which a tree and what the next commit holds differ.

        Args:
            tree: its id.
            paths: what to look at.

        Raises:
            EnvironmentFault: a merge is going on, and a file has no version yet.
        """
        command = ("diff-index", "--cached", "--ita-invisible-in-index", *RAW, tree, "--")
        listed = self.ask(*command, *self.pathspecs(paths), index=self.index).split(b"\0")
        return dict(self.changed(listed, unsound_or_index))

    def changed(
        self, listed: Sequence[bytes], out_of_place: Callable[[str], EnvironmentFault] = unsound
    ) -> Iterator[tuple[str, tuple[Blob | None, Blob | None]]]:
        """What Git's raw format with ``-z`` says: a path, what stood there, what stands there.

        Args:
            listed: its parts between the zeros: a line about a file and its path, by turns.
            out_of_place: what is wrong where a path isn't in its place.

        Raises:
            EnvironmentFault: a merge is going on, and a file has no version yet; or a tree is unsound.
        """
        before = b""
        for about, raw in zip(listed[0::2], listed[1::2], strict=False):
            if raw <= before and not about.count(b"\n"):  # behind one begins another pair of trees
                raise out_of_place(self.own(raw))
            before = raw
            old_mode, new_mode, old, new, status = about.rpartition(b":")[2].split()
            if status == b"U":
                raise EnvironmentFault(Message("{path} has a merge conflict that isn't resolved", path=self.own(raw)))
            yield self.own(raw), (_blob(old_mode, old), _blob(new_mode, new))

    def ignored(self, paths: Sequence[str]) -> frozenset[str]:
        """Those of some files that no commit has yet which Git is told to leave out of commits.

        Args:
            paths: of the registry.

        Raises:
            EnvironmentFault: Git can't tell.
        """
        if not paths:
            return frozenset()
        up = "../" * self.prefix.count("/")
        asked = {encoded(f"{up}{path[1:]}" if path.startswith("/") else f"./{path}"): path for path in paths}
        done = self._git.run("check-ignore", "-z", "--stdin", given=b"\0".join(asked) + b"\0")
        if done.returncode not in (0, 1):  # 1: there is none
            raise self.failed("check-ignore")
        return frozenset(asked[found] for found in done.stdout.split(b"\0")[:-1])

    def submodule(self, path: str) -> str:
        """The commit at which a submodule's own working tree stands; empty where it has none.

        Args:
            path: the submodule's folder, of the registry.
        """
        up = "../" * self.prefix.count("/")
        folder = self.root / on_disk(f"{up}{path[1:]}" if path.startswith("/") else path)
        # Its repository is named, so that Git doesn't take this one where that one is broken.
        command = ("--git-dir", ".git", "rev-parse", "--verify", "--quiet", "HEAD")
        asked = Program(folder, partial(check_others, folder)).run(*command)
        return "" if asked.returncode else asked.stdout.decode("ascii").strip()

    def read(self, blob: str, limit: int) -> bytes:
        """The bytes of an object, at most ``limit`` + 1.

        Raises:
            EnvironmentFault: the clone doesn't hold it, or it is broken.
        """
        return next(self.read_many([blob], limit))

    def look_up(self, blobs: Sequence[str]) -> None:
        """Let Git look up the first of many objects, which are read next, while something else is done."""
        self._objects.look_up([blob.encode("ascii") for blob in blobs[:TOGETHER]])

    def read_many(self, blobs: Sequence[str], limit: int, then: Mapping[bytes, str] | None = None) -> Iterator[bytes]:
        """The bytes of many objects, each at most ``limit`` + 1, looked up while those before are worked on.

        Args:
            blobs: their ids.
            limit: how many bytes are expected of each.
            then: what :meth:`many_named` is asked for next, whatever comes of these.

        Raises:
            EnvironmentFault: the clone doesn't hold one of them, or it is broken.
        """
        for part, ahead in _in_parts([blob.encode("ascii") for blob in blobs], then or ()):
            try:
                found = self._objects.many(part, limit, ahead)
            except Ended:
                raise self.failed("cat-file") from None
            for answer in found:
                if answer is None:
                    raise self.failed("cat-file")
                yield answer.data

    def at(self, commit: str, path: str, limit: int) -> bytes | None:
        """The bytes of a path in a commit, at most ``limit`` + 1; None where there is no such file.

        Raises:
            EnvironmentFault: it is there, and the clone doesn't hold it, or it is broken.
        """
        name = f"{commit}:".encode("ascii") + encoded(self.path(path))
        answer = None if b"\n" in name or name.endswith(b"\r") else self._objects.one(name, limit)
        if answer is not None:
            return answer.data if answer.kind == b"blob" else None
        # It isn't there; or its name doesn't go into a line, or its bytes aren't there, which the tree tells.
        for entry, blob in self.tree(commit, [path], deep=False):
            if entry.path == path and entry.kind is Kind.FILE:
                return self.read(blob, limit)
        return None

    def names_at(self, commit: str, paths: Sequence[str]) -> Mapping[bytes, str]:
        """Paths in a commit by the names that Git has for them; those that :meth:`at` has to look for otherwise are left out."""
        names = {f"{commit}:".encode("ascii") + encoded(self.path(path)): path for path in paths}
        return {name: path for name, path in names.items() if b"\n" not in name and not name.endswith(b"\r")}

    def many_named(self, names: Mapping[bytes, str], limit: int) -> Iterator[tuple[str, bytes]]:
        """Paths with their bytes, as :meth:`names_at` gives them; those that Git doesn't find by their names are left out."""
        for part, ahead in _in_parts([*names]):
            try:
                answers = self._objects.many(part, limit, ahead)
            except Ended:
                continue
            for name, answer in zip(part, answers, strict=True):
                if answer is not None and answer.kind == b"blob":
                    yield names[name], answer.data

    def close(self) -> None:
        """End the processes that were talked with."""
        self._objects.close()
        for conversation in self._comparers.values():
            conversation.close()


def _pair(one: str, other: str) -> bytes:
    return f"{one} {other}\n".encode("ascii") + _MARK


def _until_mark(reader: IO[bytes]) -> list[bytes]:
    """One answer of ``diff-tree --stdin -z``, split at its zeros.

    Raises:
        EOFError: it ended before the answer did.
        EnvironmentFault: it is longer than what is read.
    """
    data = bytearray()
    while True:
        if data.endswith(_MARK) and data.count(b"\0") % 2 == 0:  # behind an odd number of zeros stands a path
            return bytes(data).split(b"\0")
        if len(data) > limits.GIT_BYTES:
            raise too_long()
        more = os.read(reader.fileno(), 1 << 16)  # nothing else reads from it, so nothing is held back
        if not more:
            raise EOFError
        data += more


def _blob(mode: bytes, blob: bytes) -> Blob | None:
    """What stands on one side of a difference: None where there is nothing."""
    return None if mode == _NONE else (_KINDS.get(mode, Kind.FILE), blob.decode("ascii"))


def _in_parts(names: Sequence[bytes], then: Iterable[bytes] = ()) -> Iterator[tuple[Sequence[bytes], Sequence[bytes]]]:
    """Names of objects, as many as are asked for at a time, and with them those that are asked for next.

    Args:
        names: all of them.
        then: what is asked for behind the last of them.
    """
    parts = [names[start : start + TOGETHER] for start in range(0, len(names), TOGETHER)]
    return zip(parts, [*parts[1:], [*islice(then, TOGETHER)]], strict=False)  # where there are none, nothing comes next
