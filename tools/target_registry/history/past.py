"""All commits that lead to a revision of a registry, and what they changed, unread as far as can be."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from target_registry import limits
from target_registry.assembly import PLAN_FILE, key_works, place
from target_registry.documents.reader import read
from target_registry.model import FileName, Plan, Registry, Target
from target_registry.review import Review, review
from target_registry.snapshots import is_target, side_of
from target_registry.sources import Blob, Kind, bytes_of, log
from target_registry.sources.ancestry import Ages, merges
from target_registry.sources.git import Repository
from target_registry.sources.revision import Nothing, Revision

ROOT = "targets"
Files = Mapping[str, Blob]


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
        self.graph = log.graph(repository, self.head.commit)
        self.edges = log.differences(repository, self.graph, [ROOT])
        self.cut = log.cut_off(repository, self.graph)
        self.ages = Ages(self.graph)
        self.merges = merges(self.graph, self.head.commit)
        self._reviews: dict[tuple[str | None, str], Review] = {}

    @cached_property
    def files(self) -> Files:
        """All files below ``targets/`` at the revision."""
        return {entry.path: (entry.kind, blob) for entry, blob in self.repository.tree(self.head.commit, [ROOT])}

    @cached_property
    def registry(self) -> Registry:
        """The plans and targets at the revision by their files' names, unread."""
        found: dict[str, list[Target]] = {}
        for path, blob in self.files.items():
            folder, name = posixpath.split(path)
            if folder == ROOT or place(path)[1] is not None:
                continue
            if name == PLAN_FILE or is_target(path):
                targets = found.setdefault(folder.removeprefix(f"{ROOT}/"), [])
                targets += [unread(path, blob)] if name != PLAN_FILE else []
        plans = [
            Plan(plan, f"{ROOT}/{plan}/{PLAN_FILE}", {}, (), (), tuple(targets)) for plan, targets in found.items()
        ]
        return Registry(tuple(plans))

    def plan(self, identity: str) -> Plan:
        """A plan at the revision, without its targets, as far as its file can be read."""
        path = f"{ROOT}/{identity}/{PLAN_FILE}"
        kind, blob = self.files.get(path, (Kind.OTHER, ""))
        data = None
        if kind is Kind.FILE:
            data = read(path, self.repository.read(blob, limits.PLAN_BYTES), limits.PLAN_BYTES).data
        values = data if isinstance(data, dict) else {}
        return Plan(identity, path, values, key_works(values.get("key_works")), (), ())

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


def plan_of(path: str) -> str:
    """The id of the plan in whose folder a file lies."""
    return posixpath.dirname(path).removeprefix(f"{ROOT}/")


def slug_of(path: str) -> str:
    """The slug of the target that a file is by its name."""
    return FileName.parse(posixpath.basename(path)).slug


def unread(path: str, blob: Blob) -> Target:
    """A target by its file's name, unread."""
    name = FileName.parse(posixpath.basename(path))
    return Target(plan_of(path), path, name.number, name.slug, name.well_formed, {}, blob=bytes_of(blob))
