"""Changes in a form that restore what the registry said before a later commit.

A form that was exported before a change, and comes back after it, takes that change back wherever nobody touched a cell.
Whether that is meant, only people can tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from target_registry.history import Event, Past, history
from target_registry.verdicts import Change, Subject

MOST = 200
"""Targets whose past is looked at; above this many, history is not searched, which takes seconds then."""


class TooMany(Exception):
    """So many targets change that their past is not looked at."""


class TakenBack(NamedTuple):
    """What of one commit is taken back.

    Attributes:
        event: the commit.
        changes: those that take it back.
    """

    event: Event
    changes: tuple[Change, ...]


def taken_back(changes: Iterable[Change], past: Past) -> Iterator[TakenBack]:
    """The commits that are taken back, the newest first.

    Args:
        changes: what a form changes.
        past: the registry's commits.

    Raises:
        TooMany: more than :data:`MOST` targets change.
    """
    by_target: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changes:
        is_new = not change.route and change.before is None
        if (
            change.subject is Subject.TARGET
            and change.target
            and (is_new or (change.route and change.before is not None))
        ):
            by_target[change.plan, change.target].append(change)
    if len(by_target) > MOST:
        raise TooMany
    found: dict[str, tuple[Event, list[Change]]] = {}
    for (plan, slug), own in by_target.items():
        events = history(past, plan, slug).events
        for change in own:
            event = next((event for event in events if _undoes(change, event)), None)
            if event is not None:
                found.setdefault(event.commit.id, (event, []))[1].append(change)
    order = {commit: place for place, commit in enumerate(past.graph)}
    for event, taken in sorted(found.values(), key=lambda pair: order.get(pair[0].commit.id, 0)):
        yield TakenBack(event, tuple(taken))


def _undoes(change: Change, event: Event) -> bool:
    """Whether a change sets a value to what it was before a commit, or makes a target again that it deleted."""
    if not change.route:
        return any(not item.change.route and item.change.after is None for item in event.judged)
    return any(
        item.change.route == change.route and item.change.before == change.after and item.change.after is not None
        for item in event.judged
    )
