"""What became of one target: the commits that changed it, and the commit that set each of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from target_registry import fields
from target_registry.equality import same
from target_registry.history.events import Blame, Comparison, Event, History, Origin
from target_registry.history.past import Past, plan_of
from target_registry.history.trace import Trace, is_move, of_target, once
from target_registry.history.values import look
from target_registry.model import About, Message, Target, Way
from target_registry.review import review
from target_registry.snapshots import side_of
from target_registry.sources import EnvironmentFault, log
from target_registry.sources.worktree import Worktree

__all__ = ["Blame", "Comparison", "Event", "History", "Origin", "Past", "blame", "history", "once"]


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
    found = [(route, look(target, route), _set_by(past, trace, route)) for route in _routes(target)]
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
    value = look(target, route)
    while True:
        for parent in past.graph[at].parents:
            before = trace.target(parent)
            if before is target or (before is not None and same(look(before, route), value)):
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
        plans |= {plan.id for item in plan.judged if is_move(item.change) and plan_of(str(item.change.before)) in plans}
    return bool(of_target(found, frozenset(plans), trace.slug))
