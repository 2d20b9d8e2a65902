"""What became of one target: the commits that changed it, and the commit that set each of its values.

Identity is the slug within its plan; another number, another file name and another folder of
the plan are followed, another slug is not: it is a change that both slugs' histories show.

A commit with one parent changed what :func:`target_registry.review.review` finds between the two.
A merge made no change where it took what one of its parents had and the others had nothing newer.
It is told where a value is none that a parent had, and where it set a parent's change aside: a
value that this parent had other than the best common ancestors, and that the merge doesn't have.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from target_registry import fields, limits
from target_registry.assembly import PLAN_FILE, key_works, place
from target_registry.changes import same
from target_registry.documents.reader import read
from target_registry.model import About, FileName, Message, Plan, Registry, Target, Way
from target_registry.review import Review, review
from target_registry.snapshots import is_sound, is_target, side_of
from target_registry.sources import Blob, EnvironmentFault, Kind, bytes_of, log
from target_registry.sources.ancestry import Ages, merges
from target_registry.sources.git import Repository
from target_registry.sources.log import Graph, Logged
from target_registry.sources.revision import Nothing, Revision
from target_registry.sources.worktree import Worktree
from target_registry.verdicts import Change, Judged, Severity, Subject

_ROOT = "targets"
_WHOLE: tuple[Way, ...] = ((), (About.SLUG,))
"""What is about a target being there under its slug."""
_LAYOUT: Way = (About.LAYOUT,)
Files = Mapping[str, Blob]
State = tuple[tuple[str, Blob], ...]
"""The files of a slug in one commit: one as a rule, none where there is no such target."""


class Comparison(NamedTuple):
    """A commit beside one of its parents: the changes of the target. ``parent`` is None for a root."""

    parent: str | None
    review: Review
    judged: tuple[Judged, ...]


@dataclass(eq=False, repr=False)
class Event:
    """A commit that changed the target.

    Attributes:
        commit: what it says of itself.
        merge: the merge that brought it into the line of first parents; None for a commit of that line.
        comparisons: with each parent, those without a change left out.
    """

    commit: Logged
    merge: Logged | None
    comparisons: tuple[Comparison, ...]

    @property
    def judged(self) -> tuple[Judged, ...]:
        """All its changes of the target."""
        return tuple(item for comparison in self.comparisons for item in comparison.judged)

    @property
    def severity(self) -> Severity:
        """The worst of all."""
        return max((item.severity for item in self.judged), key=lambda severity: severity.rank)

    @property
    def record(self) -> str | None:
        """The path of the adjustment record that covers a change, the first if they have several."""
        return next((item.record for item in self.judged if item.record), None)

    @property
    def pull_request(self) -> str | None:
        """The number that the merge names, else the commit itself."""
        return (self.merge.pull_request if self.merge else None) or self.commit.pull_request

    @property
    def reviewed_by(self) -> tuple[str, ...]:
        """Names from the trailers of the commit and of its merge."""
        return _names(self.commit.reviewed_by, self.merge.reviewed_by if self.merge else ())

    @property
    def approved_by(self) -> tuple[str, ...]:
        """The same of those who approved."""
        return _names(self.commit.approved_by, self.merge.approved_by if self.merge else ())

    @property
    def claims(self) -> frozenset[str]:
        """Names that nobody but the author of the change gives: no other person committed or merged with them.

        What a merge brought in was written before anybody took it, by whatever name of a committer.
        """
        author = self.commit.author
        names: dict[bool, set[str]] = {True: set(), False: set()}
        said = [(self.commit, author if self.merge else self.commit.committer)]
        if self.merge:
            said.append((self.merge, self.merge.author))
        for logged, who in said:
            names[who.is_same(author)].update(_names(logged.reviewed_by, logged.approved_by))
        return frozenset(names[True] - names[False])


@dataclass(eq=False, repr=False)
class History:
    """What became of a target up to a revision.

    Attributes:
        plan: the plan's id at that revision.
        slug: the target's slug.
        target: the target there; None where it is gone.
        events: the commits that changed it, children before parents, otherwise the newest first.
        cut: the commits at which a shallow clone begins; what changed before them isn't known.
        uncommitted: whether the working tree has changes of the target.
    """

    plan: str
    slug: str
    target: Target | None
    events: tuple[Event, ...]
    cut: tuple[str, ...] = ()
    uncommitted: bool = False

    @property
    def language(self) -> str | None:
        """What the plan is written in, as the newest change has it."""
        plans = (plan.plan for event in self.events for found in event.comparisons for plan in found.review.plans)
        return next((plan.language for plan in plans if plan is not None and plan.id == self.plan), None)

    @property
    def earlier(self) -> tuple[str, ...]:
        """The slugs that the target had before this one."""
        changes = (item.change for event in self.events for item in event.judged)
        return tuple(
            dict.fromkeys(str(c.before) for c in changes if c.route == (About.SLUG,) and c.target == self.slug)
        )


class Origin(NamedTuple):
    """A value that the target has, and the commit that set it.

    ``route`` leads to it; ``(About.NUMBER,)`` and ``(About.FILE,)`` are about the file. ``is_cut`` tells that a
    shallow clone begins with this commit, so that the value may be older.
    """

    route: Way
    value: Any
    commit: Logged
    merge: Logged | None
    is_cut: bool

    @property
    def pull_request(self) -> str | None:
        """The number that the merge names, else the commit itself."""
        return (self.merge.pull_request if self.merge else None) or self.commit.pull_request


class Blame(NamedTuple):
    """Where each value of a target comes from. ``plan`` is there for its key works."""

    plan: Plan
    target: Target
    origins: tuple[Origin, ...]
    cut: tuple[str, ...] = ()
    uncommitted: bool = False


def _names(*trailers: Sequence[str]) -> tuple[str, ...]:
    """Names without addresses, each once."""
    values = [value for found in trailers for value in found]
    return tuple(dict.fromkeys(value.partition(" <")[0].strip() or value for value in values))


class Past:
    """All commits that lead to a revision of a registry.

    Args:
        root: the registry's folder.
        repository: the one it lies in, which is the caller's to close.
        rev: a branch, a tag or a commit.

    Raises:
        EnvironmentFault: there is no such revision.
    """

    def __init__(self, root: Path, repository: Repository, rev: str) -> None:
        self.root = root
        self.repository = repository
        self.head = Revision(root, rev, repository)
        self.graph: Graph = log.graph(repository, self.head.commit)
        self.edges = log.differences(repository, self.graph, [_ROOT])
        self.cut = log.cut_off(repository, self.graph)
        self.ages = Ages(self.graph)
        self.merges = merges(self.graph, self.head.commit)
        self._reviews: dict[tuple[str | None, str], Review] = {}

    @cached_property
    def files(self) -> Files:
        """All files below ``targets/`` at the revision."""
        return {entry.path: (entry.kind, blob) for entry, blob in self.repository.tree(self.head.commit, [_ROOT])}

    @cached_property
    def registry(self) -> Registry:
        """The plans and targets at the revision by their files' names, unread."""
        found: dict[str, list[Target]] = {}
        for path, blob in self.files.items():
            folder, name = posixpath.split(path)
            if folder == _ROOT or place(path)[1] is not None:
                continue
            if name == PLAN_FILE or is_target(path):
                targets = found.setdefault(folder.removeprefix(f"{_ROOT}/"), [])
                targets += [_named(path, blob)] if name != PLAN_FILE else []
        plans = [
            Plan(plan, f"{_ROOT}/{plan}/{PLAN_FILE}", {}, (), (), tuple(targets)) for plan, targets in found.items()
        ]
        return Registry(tuple(plans))

    def plan(self, identity: str) -> Plan:
        """A plan at the revision, without its targets, as far as its file can be read."""
        path = f"{_ROOT}/{identity}/{PLAN_FILE}"
        kind, blob = self.files.get(path, (Kind.OTHER, ""))
        data = None
        if kind is Kind.FILE:
            data = read(path, self.repository.read(blob, limits.PLAN_BYTES), limits.PLAN_BYTES).data
        values = data if isinstance(data, dict) else {}
        return Plan(identity, path, values, key_works(values.get("key_works")), (), ())

    def once(self, slug: str, plan: str | None) -> tuple[str, ...]:
        """The plans that had a target in some commit: those that are there at the revision, else those that were.

        Args:
            slug: the target's.
            plan: only this plan's id; None for any.
        """
        paths = {path for edge in self.edges.values() for path, _, _ in edge if slug in path and place(path)[1] is None}
        folders = {_plan_of(path) for path in sorted(paths) if is_target(path) and _slug(path) == slug}
        if not folders:
            return ()
        arrived = {
            _plan_of(path)
            for edge in self.edges.values()
            for path, before, _ in edge
            if before is None and posixpath.basename(path) == PLAN_FILE
        }
        present = [p.id for p in self.registry.plans if plan in (None, p.id) and p.id in folders | arrived]
        found = tuple(identity for identity in present if Trace(self, identity, slug).is_known)
        return found or tuple(sorted(folder for folder in folders if plan in (None, folder)))

    def review(self, parent: str | None, commit: str) -> Review:
        """What ``targets diff`` says of the way from one commit to another; from nothing, where the first is None."""
        key = (parent, commit)
        if key not in self._reviews:
            later = Revision(self.root, commit, self.repository)
            earlier = (
                Revision(self.root, parent, self.repository)
                if parent
                else Nothing(self.root, self.repository, later.day)
            )
            self._reviews[key] = review(side_of(earlier, later.day), side_of(later, later.day))
        return self._reviews[key]


class Trace:
    """One target in every commit of a past.

    Args:
        past: the commits.
        plan: the id of its plan at the revision.
        slug: its slug.
    """

    def __init__(self, past: Past, plan: str, slug: str) -> None:
        self._past = past
        self.plan = plan
        self.slug = slug
        self._folders: dict[str, frozenset[str]] = {}
        """The plan's ids in each commit: one, but where histories that moved it differently meet."""
        self._files: dict[str, Files] = {}
        """The slug's files in each commit, of any plan, and all plans' own."""
        self._states: dict[tuple[int, frozenset[str]], State] = {}
        self._targets: dict[State, Target | None] = {}
        self._follow()

    def _follow(self) -> None:
        graph, head = self._past.graph, self._past.head.commit
        edges = {
            pair: found
            for pair, edge in self._past.edges.items()
            if (found := [item for item in edge if self._concerns(item[0])])
        }
        self._files[head] = {path: blob for path, blob in self._past.files.items() if self._concerns(path)}
        self._folders[head] = frozenset((self.plan,))
        for commit, node in graph.items():
            own = self._files[commit]
            for parent in node.parents:
                edge = edges.get((graph[parent].tree, node.tree), ())
                if parent not in self._files:
                    self._files[parent] = _before(own, edge) if edge else own
                folders = self._folders[commit]
                if edge:
                    folders = frozenset(self._folder_before(folder, parent, commit) for folder in folders)
                known = self._folders.get(parent)
                self._folders[parent] = folders if known is None or known == folders else known | folders

    def _concerns(self, path: str) -> bool:
        if posixpath.basename(path) == PLAN_FILE:
            return True
        return self.slug in path and _slug(path) == self.slug and is_target(path)

    def _folder_before(self, folder: str, parent: str, commit: str) -> str:
        """The plan's id in a parent: another one where the commit moved the plan."""
        plans, others = ({p for p in self._files[c] if p.endswith(f"/{PLAN_FILE}")} for c in (commit, parent))
        path = f"{_ROOT}/{folder}/{PLAN_FILE}"
        if path not in plans - others or not others - plans:
            return folder
        for plan in self._past.review(parent, commit).plans:
            for item in plan.judged:
                if _is_move(item.change) and item.change.after == path:
                    return _plan_of(str(item.change.before))
        return folder

    @property
    def is_known(self) -> bool:
        """Whether any commit has the target."""
        return any(self.state(commit) for commit in self._past.graph)

    def folders(self, commit: str) -> frozenset[str]:
        """The plan's ids in a commit."""
        return self._folders[commit]

    def state(self, commit: str) -> State:
        """The target's files in a commit."""
        files, folders = self._files[commit], self._folders[commit]
        key = (id(files), folders)
        if key not in self._states:
            self._states[key] = (
                tuple(
                    sorted(
                        (path, blob)
                        for path, blob in files.items()
                        if posixpath.basename(path) != PLAN_FILE and _plan_of(path) in folders
                    )
                )
                if files
                else ()
            )
        return self._states[key]

    def target(self, commit: str) -> Target | None:
        """The target in a commit; None where there is none.

        Raises:
            EnvironmentFault: this clone doesn't hold the file.
        """
        state = self.state(commit)
        if state not in self._targets:
            found = [self._read(path, blob) for path, blob in state]
            found.sort(key=lambda t: (not t.well_named, t.number is None, t.number or 0, t.path))
            self._targets[state] = found[0] if found else None
        return self._targets[state]

    def _read(self, path: str, blob: Blob) -> Target:
        named = _named(path, blob)
        kind, identity = blob
        if kind is not Kind.FILE:
            return replace(named, readable=False)
        raw = self._past.repository.read(identity, limits.TARGET_BYTES)
        document = read(path, raw, limits.TARGET_BYTES)
        data = document.data
        return replace(named, values=data if isinstance(data, dict) else {}, readable=is_sound(document))

    def compared(self, parent: str | None, commit: str) -> Comparison:
        """What a commit changed of the target, against one of its parents."""
        for side in (parent, commit):
            if side is not None:
                self.target(side)  # complains where a file is missing, which a review takes for an unreadable one
        found = self._past.review(parent, commit)
        plans = self._folders[commit] | (self._folders[parent] if parent else frozenset())
        return Comparison(parent, found, _of_target(found, plans, self.slug))

    def comparisons(self, commit: str) -> tuple[Comparison, ...]:
        """What a commit changed of the target, those parents left out to which nothing changed."""
        parents = self._past.graph[commit].parents
        if commit in self._past.cut:
            return ()
        if len(parents) > 1:
            found = [self._merged(parent, commit) for parent in parents]
        else:
            parent = parents[0] if parents else None
            before = self.state(parent) if parent else ()
            found = [self.compared(parent, commit)] if before != self.state(commit) else []
        return tuple(comparison for comparison in found if comparison is not None and comparison.judged)

    def _merged(self, parent: str, commit: str) -> Comparison | None:
        """What a merge changed against one parent and took from no other."""
        state = self.state(commit)
        if self.state(parent) == state:
            return None
        others = [other for other in self._past.graph[commit].parents if other != parent]
        for other in others:  # the common case, told without reading: one side left the file alone
            if self.state(other) == state and any(
                self.state(base) == self.state(parent) for base in self._past.ages.bases(parent, other)
            ):
                return None
        found = self.compared(parent, commit)
        kept = tuple(item for item in found.judged if self._is_own(item.change.route, parent, commit))
        return found._replace(judged=kept)

    def _is_own(self, route: Way, parent: str, commit: str) -> bool:
        """Whether a merge's difference to a parent is no plain taking over of another one's newer value."""
        others = [other for other in self._past.graph[commit].parents if other != parent]
        new = self.target(commit)
        givers = [other for other in others if _equal(self.target(other), new, route)]
        if not givers and route == _LAYOUT:  # of two files with other data, the merge's is written otherwise anyhow
            return all(_equal_data(self.target(other), new) for other in others)
        own = self.target(parent)
        bases = self._past.ages.bases
        return not any(
            any(_unchanged(self.target(base), own, route) for base in bases(parent, giver))
            if bases(parent, giver)
            else own is None
            for giver in givers
        )


def history(past: Past, plan: str, slug: str, *, compare_folder: bool = False) -> History:
    """The commits that changed a target.

    Args:
        past: the commits to look at.
        plan: the plan's id at the past's revision.
        slug: the target's slug.
        compare_folder: tell whether the working tree has changes of it.
    """
    trace = Trace(past, plan, slug)
    compared = [(commit, found) for commit in past.graph if (found := trace.comparisons(commit))]
    said = log.read(past.repository, [c for commit, _ in compared for c in (commit, past.merges.get(commit)) if c])
    events = []
    for commit, comparisons in compared:
        merge = past.merges.get(commit)
        covered = tuple(_recorded(past, trace, comparison, merge) for comparison in comparisons)
        events.append(Event(said[commit], said[merge] if merge else None, covered))
    target = trace.target(past.head.commit)
    return History(plan, slug, target, tuple(events), past.cut, compare_folder and _is_uncommitted(past, trace))


def _recorded(past: Past, trace: Trace, comparison: Comparison, merge: str | None) -> Comparison:
    """The changes with the adjustment records that cover them: those of the merge that brought them in, else the commit's own.

    A record of the merge covers a change that it names to the letter, or, where several commits of
    one pull request change a value, the change that they make of it together.
    """
    if merge is None:
        return comparison
    whole = past.review(past.graph[merge].parents[0], merge)
    plans = [plan for plan in whole.plans if plan.id in trace.folders(merge)]
    net = {(i.change.target, i.change.route): i for plan in plans for i in plan.judged if i.record}
    judged = []
    for item in comparison.judged:
        exact = None
        for plan in plans:
            proposal = replace(plan.proposal, judged=comparison.judged)
            exact = exact or proposal.record_of(item)
        other = net.get((item.change.target, item.change.route))
        if exact is not None:
            judged.append(item.recorded(exact))
        elif item.record is None and other is not None:
            judged.append(item._replace(record=other.record, reason=other.reason))
        else:
            judged.append(item)
    return comparison._replace(judged=tuple(judged))


def blame(past: Past, plan: str, slug: str, *, compare_folder: bool = False) -> Blame:
    """The commit that set each value that a target has.

    Of a merge's parents with the same value the first is followed.

    Args:
        past: the commits to look at.
        plan: the plan's id at the past's revision.
        slug: the target's slug.
        compare_folder: tell whether the working tree has changes of it.

    Raises:
        EnvironmentFault: the target isn't there at the revision.
    """
    trace = Trace(past, plan, slug)
    target = trace.target(past.head.commit)
    if target is None:
        raise EnvironmentFault(
            Message(
                "{slug} isn't there at {rev} any more; targets history shows what became of it",
                slug=slug,
                rev=past.head.name,
            )
        )
    found = [(route, _look(target, route), _set_by(past, trace, route)) for route in _routes(target)]
    said = log.read(past.repository, [c for _, _, commit in found for c in (commit, past.merges.get(commit)) if c])
    origins = []
    for route, value, commit in found:
        merge = past.merges.get(commit)
        origins.append(Origin(route, value, said[commit], said[merge] if merge else None, commit in past.cut))
    uncommitted = compare_folder and _is_uncommitted(past, trace)
    return Blame(past.plan(plan), target, tuple(origins), past.cut, uncommitted)


def _routes(target: Target) -> Iterator[Way]:
    """The way to each value that a target has, in the form's order."""
    yield (About.FILE,)
    yield (About.NUMBER,)
    known = list(fields.of_target())
    for key in sorted(target.values, key=lambda key: (known.index(key) if key in known else 99, str(key))):
        value = target.values[key]
        if isinstance(value, Mapping):
            yield from ((key, inner) for inner in value)
        else:
            yield (key,)


def _set_by(past: Past, trace: Trace, route: Way) -> str:
    """The commit that set a value: no parent of it has the same."""
    at = past.head.commit
    target = trace.target(at)
    value = _look(target, route)
    while True:
        for parent in past.graph[at].parents:
            before = trace.target(parent)
            if before is target or (before is not None and same(_look(before, route), value)):
                at, target = parent, before
                break
        else:
            return at


def _is_uncommitted(past: Past, trace: Trace) -> bool:
    """Whether ``targets diff`` has something to say of the target."""
    today = date.today()  # noqa: DTZ011  the day of the person who asks
    found = review(side_of(past.head, today), side_of(Worktree(past.root), today))
    plans = set(trace.folders(past.head.commit))
    for plan in found.plans:
        plans |= {
            plan.id for item in plan.judged if _is_move(item.change) and _plan_of(str(item.change.before)) in plans
        }
    return bool(_of_target(found, frozenset(plans), trace.slug))


def _of_target(found: Review, plans: frozenset[str], slug: str) -> tuple[Judged, ...]:
    """The changes of one target, or of one that was it until its slug changed."""
    judged = [item for plan in found.plans if plan.id in plans for item in plan.judged]
    of_targets = [item for item in judged if item.change.subject is Subject.TARGET]
    called = {slug} | {
        item.change.target for item in of_targets if item.change.route == (About.SLUG,) and item.change.before == slug
    }
    return tuple(item for item in of_targets if item.change.target in called)


def _is_move(change: Change) -> bool:
    return change.subject is Subject.PLAN and change.route == (About.PATH,)


def _before(files: Files, edge: log.Edge) -> Files:
    """Files as they were before a difference."""
    found = dict(files)
    for path, before, _ in edge:
        if before is None:
            found.pop(path, None)
        else:
            found[path] = before
    return found


def _plan_of(path: str) -> str:
    """The id of the plan in whose folder a file lies."""
    return posixpath.dirname(path).removeprefix(f"{_ROOT}/")


def _slug(path: str) -> str:
    return FileName.parse(posixpath.basename(path)).slug


def _named(path: str, blob: Blob) -> Target:
    """A target by its file's name, unread."""
    name = FileName.parse(posixpath.basename(path))
    return Target(_plan_of(path), path, name.number, name.slug, name.well_formed, {}, blob=bytes_of(blob))


_MISSING = object()


def _look(target: Target | None, route: Way) -> Any:
    """What a target has at a place: of a change's route, or of a blamed value's."""
    if target is None:
        return _MISSING
    if route == (About.NUMBER,):
        return target.number
    if route == (About.FILE,):
        return target.path
    value: Any = target.values
    for step in route:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _equal(one: Target | None, other: Target | None, route: Way) -> bool:
    """Whether a merge can have a value from a parent: both have the same."""
    if one is None or other is None:
        return one is other
    if route in _WHOLE:
        return True
    if route == (About.PATH,):
        return (one.plan, one.well_named) == (other.plan, other.well_named)
    if route == _LAYOUT:
        return one.blob == other.blob
    if route == (About.NUMBER,):
        return one.number == other.number
    if not one.readable or not other.readable:
        return one.blob == other.blob
    if route == (About.FILE,):
        return True
    return same(_look(one, route), _look(other, route))


def _unchanged(base: Target | None, own: Target | None, route: Way) -> bool:
    """Whether a parent has of a value, or of all, what the common ancestor had."""
    if base is None or own is None:
        return base is own
    if route in _WHOLE:
        return _equal_data(base, own) and base.number == own.number
    return _equal(base, own, route)


def _equal_data(one: Target | None, other: Target | None) -> bool:
    if one is None or other is None:
        return one is other
    if not one.readable or not other.readable:
        return one.blob == other.blob
    return same(dict(one.values), dict(other.values))
