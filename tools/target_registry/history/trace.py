"""One target in every commit of a past.

Identity is the slug within its plan; another number, another file name and another folder of
the plan are followed, another slug is not: it is a change that both slugs' histories show.

A commit with one parent changed what :func:`target_registry.review.review` finds between the two.
A merge made no change where it took what one of its parents had and the others had nothing newer.
It is told where a value is none that a parent had, and where it set a parent's change aside: a
value that this parent had other than the best common ancestors, and that the merge doesn't have.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace

from target_registry import limits
from target_registry.assembly import PLAN_FILE, place
from target_registry.documents.reader import read
from target_registry.history.events import Comparison
from target_registry.history.past import ROOT, Files, Past, plan_of, slug_of, unread
from target_registry.history.values import LAYOUT, equal, equal_data, unchanged
from target_registry.model import About, Target, Way
from target_registry.review import Review
from target_registry.snapshots import is_sound, is_target
from target_registry.sources import Blob, Kind, log
from target_registry.verdicts import Change, Judged, Subject

State = tuple[tuple[str, Blob], ...]
"""The files of a slug in one commit: one as a rule, none where there is no such target."""


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
        return self.slug in path and slug_of(path) == self.slug and is_target(path)

    def _folder_before(self, folder: str, parent: str, commit: str) -> str:
        """The plan's id in a parent: another one where the commit moved the plan."""
        plans, others = ({p for p in self._files[c] if p.endswith(f"/{PLAN_FILE}")} for c in (commit, parent))
        path = f"{ROOT}/{folder}/{PLAN_FILE}"
        if path not in plans - others or not others - plans:
            return folder
        for plan in self._past.review(parent, commit).plans:
            for item in plan.judged:
                if is_move(item.change) and item.change.after == path:
                    return plan_of(str(item.change.before))
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
                        if posixpath.basename(path) != PLAN_FILE and plan_of(path) in folders
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
        target = unread(path, blob)
        kind, identity = blob
        if kind is not Kind.FILE:
            return replace(target, readable=False)
        raw = self._past.repository.read(identity, limits.TARGET_BYTES)
        document = read(path, raw, limits.TARGET_BYTES)
        data = document.data
        return replace(target, values=data if isinstance(data, dict) else {}, readable=is_sound(document))

    def compared(self, parent: str | None, commit: str) -> Comparison:
        """What a commit changed of the target, against one of its parents."""
        for side in (parent, commit):
            if side is not None:
                self.target(side)  # complains where a file is missing, which a review takes for an unreadable one
        found = self._past.review(parent, commit)
        plans = self._folders[commit] | (self._folders[parent] if parent else frozenset())
        return Comparison(parent, found, of_target(found, plans, self.slug))

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
        givers = [other for other in others if equal(self.target(other), new, route)]
        if not givers and route == LAYOUT:  # of two files with other data, the merge's is written otherwise anyhow
            return all(equal_data(self.target(other), new) for other in others)
        own = self.target(parent)
        bases = self._past.ages.bases
        return not any(
            any(unchanged(self.target(base), own, route) for base in bases(parent, giver))
            if bases(parent, giver)
            else own is None
            for giver in givers
        )


def once(past: Past, slug: str, plan: str | None) -> tuple[str, ...]:
    """The plans that had a target in some commit: those that are there at the revision, else those that were.

    Args:
        past: the commits.
        slug: the target's.
        plan: only this plan's id; None for any.
    """
    paths = {path for edge in past.edges.values() for path, _, _ in edge if slug in path and place(path)[1] is None}
    folders = {plan_of(path) for path in sorted(paths) if is_target(path) and slug_of(path) == slug}
    if not folders:
        return ()
    arrived = {
        plan_of(path)
        for edge in past.edges.values()
        for path, before, _ in edge
        if before is None and posixpath.basename(path) == PLAN_FILE
    }
    present = [p.id for p in past.registry.plans if plan in (None, p.id) and p.id in folders | arrived]
    found = tuple(identity for identity in present if Trace(past, identity, slug).is_known)
    return found or tuple(sorted(folder for folder in folders if plan in (None, folder)))


def of_target(found: Review, plans: frozenset[str], slug: str) -> tuple[Judged, ...]:
    """The changes of one target, or of one that was it until its slug changed."""
    judged = [item for plan in found.plans if plan.id in plans for item in plan.judged]
    of_targets = [item for item in judged if item.change.subject is Subject.TARGET]
    called = {slug} | {
        item.change.target for item in of_targets if item.change.route == (About.SLUG,) and item.change.before == slug
    }
    return tuple(item for item in of_targets if item.change.target in called)


def is_move(change: Change) -> bool:
    """Whether a plan has another folder."""
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
