"""Two sources to a review: what changes, how much each change matters, and what approval lacks.

Everything that shows or judges a change starts here, so that the terminal, the report in a
pull request and the check can't differ.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from target_registry import approvals, changes, guards, limits
from target_registry.approvals.proposal import Proposal
from target_registry.assembly import PLAN_FILE, place
from target_registry.commitments import declared
from target_registry.commitments.ladders import Ladders, builtin
from target_registry.documents import read
from target_registry.equality import same
from target_registry.guards.case import Case, Totals
from target_registry.model import About, Adjustment, Finding, Plan, Target, Way
from target_registry.snapshots import Pair, Side, read_pair, side_of
from target_registry.sources import EnvironmentFault, Kind
from target_registry.sources.git import Repository
from target_registry.sources.revision import Revision
from target_registry.sources.worktree import Worktree
from target_registry.verdicts import Approved, Change, Judged, Severity, Subject

# What says that a plan is approved can stand in it only once it is.
_OF_APPROVAL = (("status",), ("approved_revision",))


@dataclass(eq=False, repr=False)
class Baseline:
    """A plan as it was approved.

    ``name`` is what the plan names; ``found`` tells whether it is there. ``judged`` are the
    changes from there to the later revision.
    """

    name: str | None
    found: bool
    judged: tuple[Judged, ...] = ()

    @cached_property
    def by_place(self) -> Mapping[tuple[str | None, Way], Judged]:
        """The changes by target and route."""
        return {(_of(item.change), item.change.route): item for item in self.judged}

    @cached_property
    def by_target(self) -> Mapping[str | None, Judged]:
        """Of each target the worst of its changes."""
        worst: dict[str | None, Judged] = {}
        for item in self.judged:
            known = worst.setdefault(_of(item.change), item)
            if item.severity.rank > known.severity.rank:
                worst[_of(item.change)] = item
        return worst


def _of(change: Change) -> str | None:
    """What tells the target of a change from others, by whichever way to the later revision: its file, or its slug where it's gone."""
    return change.target if change.target is None or change.gone else change.where.path


@dataclass(eq=False, repr=False)
class PlanReview:
    """The review of one plan.

    Attributes:
        id: the plan's folder below ``targets/``.
        old: the plan before; None where it is new.
        new: the plan after; None where it is gone.
        judged: its changes, in the form's order.
        targets: those that change, as they were and as they are, by the place of their changes.
        totals: what its weights sum to.
        baseline: what was approved; None for a plan that isn't.
        proposal: the changes with their records.
    """

    id: str
    old: Plan | None
    new: Plan | None
    judged: tuple[Judged, ...]
    targets: Mapping[tuple[str, bool], tuple[Target | None, Target | None]]
    totals: Totals
    baseline: Baseline | None
    proposal: Proposal

    @property
    def plan(self) -> Plan | None:
        """The plan as it is now, or was."""
        return self.new if self.new is not None and self.new.blob else self.old or self.new

    @property
    def drifted(self) -> tuple[Judged, ...]:
        """Material and critical differences from the approved plan that this proposal doesn't touch."""
        if self.baseline is None:
            return ()
        touched = {(_of(item.change), item.change.route) for item in self.judged}
        whole = {_of(item.change) for item in self.judged if item.change.target and item.change.route == ()}
        return tuple(
            item
            for item in self.baseline.judged
            if _departs(item) and (_of(item.change), item.change.route) not in touched and _of(item.change) not in whole
        )


def _departs(item: Judged) -> bool:
    """Whether a change takes a plan materially away from what was approved; that it is approved is no such change."""
    return item.severity.needs_record and item.change.route not in _OF_APPROVAL


@dataclass(eq=False, repr=False)
class Review:
    """What a proposal asks of those who approve.

    Attributes:
        pair: the two revisions.
        as_of: the day by which deadlines have passed or not.
        plans: each plan that changes.
        files: changes of files that decide how changes are judged.
        lacking: what approval lacks.
    """

    pair: Pair
    as_of: date
    plans: tuple[PlanReview, ...]
    files: tuple[Judged, ...] = ()
    lacking: tuple[Finding, ...] = field(default=())

    @property
    def judged(self) -> tuple[Judged, ...]:
        """All changes: files first, then plan by plan in the form's order."""
        return (*self.files, *(item for plan in self.plans for item in plan.judged))

    @property
    def severity(self) -> Severity | None:
        """The worst of all; None where nothing changed."""
        return max((item.severity for item in self.judged), key=lambda severity: severity.rank, default=None)

    @property
    def unread(self) -> int:
        """How many faults keep values of the later revision from being read: what is shown is not complete."""
        return sum(not _is_reason_to_come(finding) for finding in self.pair.head.findings)

    def line(self, change: Change) -> int:
        """The line, from 1, of a change's value in the revision that still has it."""
        side = self.pair.base if change.gone else self.pair.head
        return side.located(change.where)[0]

    def located(self) -> list[Finding]:
        """What approval lacks, with lines, sorted by place; of what is gone at the top of its file."""
        placed = []
        for finding in self.lacking:
            line, column = self.pair.head.located(finding.where)
            placed.append(finding._replace(line=line, column=column))
        return sorted(placed, key=lambda f: (f.where.path, f.line, f.column, f.code))


def _is_reason_to_come(finding: Finding) -> bool:
    """Whether a record's reason isn't written yet, which approval asks for: a comparison lacks nothing by it."""
    return finding.code == "empty-value" and finding.where.route == ("reason",)


def review(base: Side, head: Side, as_of: date | None = None) -> Review:
    """Compare and judge.

    Args:
        base: the earlier side, not yet filled.
        head: the later side.
        as_of: the day that decides whether a deadline has passed; else the later of the two sides' own, since whoever
            makes a commit dates it.
    """
    pair = read_pair(base, head)
    day = as_of or max(base.day, head.day)
    options = f" --as-of {as_of}" if as_of else ""
    found: dict[str, list[Change]] = {}
    for change in changes.compare(base.registry, head.registry):
        found.setdefault(change.plan, []).append(change)
    records = _added(base, head)
    identities = sorted({*found, *(identity for identity, added in records.items() if added)})
    approved = base.approved_records(identity for identity, added in records.items() if added)
    paired = _paired(pair)
    plans = tuple(
        _plan_review(
            pair,
            identity,
            paired.get(identity, (None, None)),
            found.get(identity, []),
            records.get(identity, ()),
            approved.get(identity, {}),
            day,
            options,
        )
        for identity in identities
    )
    files = changes.files(base.policy, head.policy)
    nothing = Case(None, None, None, None, day, builtin(), Totals())
    judged = tuple(Judged(change, guards.judge(change, nothing)) for change in files)
    lacking = tuple(finding for plan in plans for finding in approvals.judge(plan.proposal))
    return Review(pair, day, plans, judged, lacking)


def _added(base: Side, head: Side) -> dict[str, tuple[Adjustment, ...]]:
    """Each plan's records that weren't there before, under any plan: a moved one is no new one."""
    before = {record.blob for plan in base.registry.plans for record in plan.adjustments}
    paths = {record.path for plan in base.registry.plans for record in plan.adjustments}
    return {
        plan.id: tuple(one for one in plan.adjustments if one.path not in paths and one.blob not in before)
        for plan in head.registry.plans
    }


def _plan_review(
    pair: Pair,
    identity: str,
    states: tuple[Plan | None, Plan | None],
    found: list[Change],
    records: tuple[Adjustment, ...],
    approved: Mapping[str, str],
    day: date,
    options: str,
) -> PlanReview:
    old, new = states
    totals = _totals(pair.base, pair.head, old, new)
    judged, targets = _judge(found, old, new, totals, day)
    baseline = _baseline(pair, old, new, day)
    if baseline is not None and baseline.found:
        judged = [item._replace(approved=_approved(item.change, baseline)) for item in judged]
    name = pair.base.name
    start = pair.base.source.name if isinstance(pair.base.source, Revision) else name
    lost = baseline is not None and not baseline.found
    declared = _declared(pair, old, new, day)
    no_new = declared is not None and not declared.found
    departures = sum(map(_departs, declared.judged)) if declared is not None else 0
    proposal = Proposal(name, start, identity, old, new, judged, records, lost, no_new, options, approved, departures)
    judged = [item.recorded(proposal.record_of(item)) for item in judged]
    proposal = replace(proposal, judged=judged)
    return PlanReview(identity, old, new, tuple(judged), targets, totals, baseline, proposal)


def _declared(pair: Pair, old: Plan | None, new: Plan | None, day: date) -> Baseline | None:
    """The way to a plan from the approved revision that it names anew; None where it names none, or the same as before.

    What an approved plan that never named one says now is its baseline, and told as such.
    """
    if new is None or not new.is_approved or not isinstance(pair.base.source, Revision):
        return None
    if old is not None and old.is_approved and old.approved_revision == new.approved_revision:
        return None
    if old is not None and old.is_approved and not old.approved_revision:
        return Baseline(
            new.approved_revision, _approved_commit(pair.base.source.repository, new.approved_revision) is not None
        )
    return _since_approval(pair, new.approved_revision, new, new, day)


def _paired(pair: Pair) -> Mapping[str, tuple[Plan | None, Plan | None]]:
    """Both states of each plan, by its folder now; the earlier one may have had another folder."""
    return {
        (new or old).id: (old, new)  # type: ignore[union-attr]  # one of the two is there
        for old, new in changes.pairs(pair.base.registry, pair.head.registry)
    }


def _judge(
    found: Iterable[Change],
    old: Plan | None,
    new: Plan | None,
    totals: Totals,
    day: date,
    *,
    from_approved: bool = False,
) -> tuple[list[Judged], dict[tuple[str, bool], tuple[Target | None, Target | None]]]:
    """What the guards say of the changes of one plan, and the targets they are about, by their place."""
    states = {
        (target.path, after is None): (before, after)
        for before, after in changes.target_pairs(old, new)
        if (target := after or before) is not None
    }
    ladders = _ladders(old)
    judged, cases = [], dict[tuple[str, bool] | None, Case]()
    for change in found:
        place = None if change.target is None else change.place
        if place not in cases:
            before, after = states.get(place, _NEITHER) if place is not None else _NEITHER
            cases[place] = Case(old, new, before, after, day, ladders, totals, from_approved)
        judged.append(Judged(change, guards.judge(change, cases[place])))
    return judged, {place: (case.before, case.after) for place, case in cases.items() if place is not None}


_NEITHER: tuple[Target | None, Target | None] = (None, None)


def _ladders(plan: Plan | None) -> Ladders:
    """The order of words as the earlier revision has it: a proposal can't bring its own."""
    said: Any = plan.values.get("commitment_ladders") if plan else None
    try:
        return declared.extended(builtin(), said) if said else builtin()
    except declared.Refused:
        return builtin()


def _totals(base: Side, head: Side, old: Plan | None, new: Plan | None) -> Totals:
    def weights(side: Side, plan: Plan | None) -> Mapping[str, Decimal | None]:
        return {slug: weighed.weight for slug, weighed in side.weights(plan.id).items()} if plan else {}

    return Totals(lambda: weights(base, old), lambda: weights(head, new))


def _baseline(pair: Pair, old: Plan | None, new: Plan | None, day: date) -> Baseline | None:
    """The way from the approved plan to the later revision, as the earlier revision names it.

    An approved plan that never named it does so from the later revision on, else nobody could mend it.
    """
    plan = old if old is not None and old.is_approved else None
    if plan is None or not isinstance(pair.base.source, Revision):
        return None
    name = plan.approved_revision or (new.approved_revision if new is not None and new.is_approved else None)
    return _since_approval(pair, name, plan, new or plan, day)


def _since_approval(pair: Pair, name: str | None, plan: Plan, now: Plan, day: date) -> Baseline:
    """The way from an approved revision to the later one.

    Args:
        pair: the two that are compared; the earlier is a revision.
        name: the approved revision's.
        plan: the plan, in the folder that it was known by.
        now: the same as it is.
        day: the day by which deadlines have passed or not.
    """
    if not isinstance(pair.base.source, Revision):
        raise TypeError(pair.base.source)
    commit = _approved_commit(pair.base.source.repository, name)
    if commit is None:
        return Baseline(name, False)
    source = Revision(pair.base.source.root, commit, pair.base.source.repository)
    head = side_of(pair.head.source, pair.head.day, pair.head.name)
    approved = side_of(source, pair.base.day, name or "")
    approved.fetched = pair.head.fetched  # most that was changed since was changed by this proposal: it's read already
    way, differing = _since(approved, head, plan, now)
    before, after = _paired(way).get(now.id, (None, None))
    totals = _totals(way.base, way.head, before, after)
    return Baseline(name, True, tuple(_judge(differing, before, after, totals, day, from_approved=True)[0]))


def _since(approved: Side, head: Side, plan: Plan, now: Plan) -> tuple[Pair, list[Change]]:
    """What became of a plan since it was approved.

    Args:
        approved: where it was, a revision.
        head: the later side.
        plan: the plan, in the folder that it was known by.
        now: the same as it is.
    """
    moved = _folders(approved.source, plan) if isinstance(approved.source, Revision) else ()
    way = read_pair(approved, head, sorted({f"targets/{plan.id}", f"targets/{now.id}", *moved}))
    found = [c for c in changes.compare(way.base.registry, way.head.registry) if c.plan in (plan.id, now.id)]
    return way, found


def departures(root: Path, plan: Plan, revision: str | None = None) -> int | None:
    """In how many values a plan differs from its approved revision; None where that can't be told.

    Args:
        root: the registry's folder.
        plan: as it is read from there.
        revision: the revision it is read from; None for the working tree.
    """
    try:
        repository = Repository(root)
    except EnvironmentFault:
        return None
    try:
        commit = _approved_commit(repository, plan.approved_revision)
        if commit is None:
            return None
        approved = Revision(root, commit, repository)
        source = Worktree(root) if revision is None else Revision(root, revision, repository)
        found = _since(side_of(approved, approved.day), side_of(source, approved.day), plan, plan)[1]
    except EnvironmentFault:
        return None
    finally:
        repository.close()
    return sum(
        c.subject is not Subject.RECORD and c.route not in _ABOUT_FILES and c.route not in _OF_APPROVAL for c in found
    )


def _approved_commit(repository: Repository, name: str | None) -> str | None:
    """The commit that a tag or a whole id names; a branch will not do, because it moves."""
    if not name:
        return None
    found = repository.commits.find(name) if repository.commits.is_id(name) else repository.commits.find_tag(name)
    return found.id if found else None


def _folders(source: Revision, plan: Plan) -> list[str]:
    """Where the plan lay when it was approved, if it has moved since."""
    path = f"targets/{plan.id}/{PLAN_FILE}"
    if source.repository.at(source.commit, path, 1) is not None:
        return []
    found = []
    for entry in source.entries():
        folder, way = place(entry.path)
        if entry.kind is Kind.FILE and way is None and posixpath.basename(entry.path) == PLAN_FILE:
            data = read(entry.path, source.read(entry.path, limits.PLAN_BYTES), limits.PLAN_BYTES).data
            said = data if isinstance(data, dict) else {}
            if all(said.get(key) == plan.values.get(key) for key in ("year", "department")):
                found.append(folder)
    return found


def _approved(change: Change, baseline: Baseline) -> Approved | None:
    """What was approved, where that is something else than what stood before this change."""
    if change.subject is Subject.RECORD or change.route in _ABOUT_FILES or change.route in _OF_APPROVAL:
        return None
    if change.subject is Subject.TARGET and change.route == ():
        worst = baseline.by_target.get(_of(change))
        if worst is None:
            return Approved(change.after, ())
        if worst.change.route == ():
            return None  # it wasn't there, or is given up, as this change says itself
        return Approved(worst.change.before, worst.verdicts, worst.change)
    way = baseline.by_place.get((_of(change), change.route))
    if way is None:
        if any((_of(change), change.route[:steps]) in baseline.by_place for steps in range(len(change.route))):
            return None  # what it is a part of wasn't there, or is told as a whole
        return Approved(change.after, ())
    return None if same(way.change.before, change.before) else Approved(way.change.before, way.verdicts)


_ABOUT_FILES = ((About.PATH,), (About.LAYOUT,), (About.FILE,))
