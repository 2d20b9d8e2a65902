"""Who changed a target, when, and who let it pass? Commit by commit, and value by value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from target_registry.history import Blame, Event, History, Origin
from target_registry.language import Speech
from target_registry.model import About, Message
from target_registry.sources.log import Logged
from target_registry.tables import Column, Row, Table
from target_registry.verdicts import Change, Subject, dotted
from target_registry.views.form import plain
from target_registry.views.review import Entry, cell, entries, name_of

SHOWN = 12
"""Digits of a commit's id that people see."""


class Group(NamedTuple):
    """The changes against one parent, the worst first. ``parent`` is None where a commit has only one."""

    parent: str | None
    entries: tuple[Entry, ...]


def groups(event: Event, speech: Speech) -> Iterator[Group]:
    """The changes of an event as people read them: one group, or one a parent of a merge."""
    for comparison in event.comparisons:
        own = {id(item.change): item for item in comparison.judged}
        found = tuple(
            entry._replace(judged=item, record=item.record or "", reason=item.reason)
            for entry in entries(comparison.review, speech)
            if (item := own.get(id(entry.judged.change))) is not None
        )
        yield Group(comparison.parent if len(event.commit.parents) > 1 else None, found)


def facts(event: Event) -> Iterator[Message]:
    """What is to be said of a commit beside who wrote it and what it changed."""
    commit, merge = event.commit, event.merge
    if not commit.committer.is_same(commit.author):
        yield Message("committed by {name} on {date}", name=commit.committer.name, date=day(commit.committer.time))
    if merge is not None:
        yield Message(
            "merged by {name} on {date} as {commit}",
            name=merge.author.name,
            date=day(merge.author.time),
            commit=merge.id[:SHOWN],
        )
    if event.pull_request:
        yield Message("pull request {number}", number=event.pull_request)
    claims = event.claims
    if reviewed := tuple(name for name in event.reviewed_by if name not in claims):
        yield Message("reviewed by {names}", names=reviewed)
    if claimed := tuple(name for name in event.reviewed_by if name in claims):
        yield Message("reviewed by {names}, as the author alone says", names=claimed)
    if approved := tuple(name for name in event.approved_by if name not in claims):
        yield Message("approved by {names}", names=approved)
    if claimed := tuple(name for name in event.approved_by if name in claims):
        yield Message("approved by {names}, as the author alone says", names=claimed)


def notes(found: History | Blame) -> Iterator[Message]:
    """What the reader must know before anything else."""
    if found.uncommitted:
        yield Message("uncommitted changes of the target are not shown; see targets diff")
    if found.target is not None and not found.target.readable:
        yield Message("{path} has a fault there, so that not all of it is known", path=found.target.path)
    if found.cut:
        commits = tuple(commit[:SHOWN] for commit in found.cut)
        yield Message(
            "the history is cut off at {commits}: the clone is shallow; fetch the rest with git fetch --unshallow",
            commits=commits,
        )


def closing(found: History) -> Iterator[Message]:
    """What the reader may want to know after the last commit."""
    if not found.events:
        yield Message("no commit in this history changed the target")
    if any(event.reviewed_by or event.approved_by or event.pull_request for event in found.events):
        # Whoever writes a commit writes its names as well, the committer's among them.
        yield Message(
            "names and numbers are what the commits say of themselves; what proves them is the forge's record"
        )
    for slug in found.earlier:
        yield Message("before that it was called {slug}; see targets history {slug}", slug=slug)


def title(found: History) -> tuple[str, str]:
    """Number and slug, and the target's sentence; of one that is gone as they were last."""
    target = found.target
    if target is not None:
        number, sentence = target.number, target.text("target")
    else:
        number, sentence = _last(found.events)
    return f"{number if number is not None else '?'} {found.slug}", sentence


def _last(events: Sequence[Event]) -> tuple[int | None, str]:
    for event in events:
        for item in event.judged:
            if item.change.route == () and isinstance(item.change.before, dict):
                return item.change.number, str(item.change.before.get("target", ""))
    return None, ""


def day(time: Any) -> str:
    """A day as people write it, on the clock of who was there."""
    return f"{time:%Y-%m-%d}" if time.year >= 1000 else time.date().isoformat()


def table(found: Blame, speech: Speech) -> Table:
    """Each value with the commit that set it."""
    heads = (
        ("field", Message("field")),
        ("value", Message("value")),
        ("commit", Message("commit")),
        ("date", Message("date")),
        ("author", Message("author")),
        ("pull_request", Message("pull request")),
        ("subject", Message("subject")),
    )
    columns = tuple(Column(key, speech.tell(heading)) for key, heading in heads)
    number = found.target.number
    heading = f"{number if number is not None else '?'} {found.target.slug}"
    note = "\n".join(speech.tell(message) for message in notes(found))
    return Table(heading, columns, tuple(_row(found, origin, speech) for origin in found.origins), note=note)


def _row(found: Blame, origin: Origin, speech: Speech) -> Row:
    commit = origin.commit
    shown = ("^" if origin.is_cut else "") + commit.id[:SHOWN]
    cells = (
        _name(origin, speech),
        _value(found, origin, speech),
        shown,
        day(commit.author.time),
        commit.author.name,
        origin.pull_request or "",
        commit.subject,
    )
    return Row(cells, _record(found, origin))


def _name(origin: Origin, speech: Speech) -> str:
    return speech.tell(name_of(origin.route))


def _value(found: Blame, origin: Origin, speech: Speech) -> str:
    route, target = origin.route, found.target
    if route == (About.FILE,):
        return str(origin.value)
    change = Change(
        Subject.TARGET, target.plan, target.slug, target.number, route, None, origin.value, target.at(*route)
    )
    return cell(change, origin.value, found.plan, speech).text


def _record(found: Blame, origin: Origin) -> dict[str, Any]:
    commit, merge = origin.commit, origin.merge
    return {
        "plan": found.target.plan,
        "target": found.target.slug,
        "field": dotted(origin.route),
        "value": plain(origin.value),
        "commit": commit.id,
        "is_cut": origin.is_cut,
        "author": person(commit),
        "date": commit.author.time.isoformat(),
        "subject": commit.subject,
        "merge": merged(merge),
        "pull_request": origin.pull_request,
    }


def person(commit: Logged, *, committer: bool = False) -> dict[str, str]:
    """Who made a commit, for programs."""
    who = commit.committer if committer else commit.author
    return {"name": who.name, "email": who.email}


def merged(merge: Logged | None) -> dict[str, str] | None:
    """A merge, for programs."""
    if merge is None:
        return None
    return {
        "commit": merge.id,
        "name": merge.author.name,
        "date": merge.author.time.isoformat(),
        "subject": merge.subject,
    }
