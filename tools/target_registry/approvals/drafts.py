"""The adjustment records that a proposal needs, filled in but for the reason.

Nothing that a person wrote is lost: a record that covers its changes stays to the byte, another
one is brought up to date with its words and comments, and one that asks for nothing any more is
deleted only where nobody wrote anything into it, or where its words went into another.
"""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from target_registry import escape, fields
from target_registry.approvals.proposal import Proposal, recorded, told
from target_registry.documents import Document
from target_registry.documents.records import Entry, emit_record, most_changes, record_fault, rewrite_record
from target_registry.documents.writer import comments
from target_registry.equality import exact
from target_registry.hollow import is_hollow
from target_registry.model import IDENTIFIER, LONGEST_SLUG, Adjustment, Asked, Message, Name
from target_registry.patterns import lazy
from target_registry.sources import EnvironmentFault
from target_registry.verdicts import Change, Judged, Severity

_LONGEST_TEXT = 2000
_KEPT = ("reason", "basis", "requested_by")
_NAME = lazy(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([a-z0-9]+(?:-[a-z0-9]+)*)\.ya?ml\Z")
_SEVERITIES = (Severity.CRITICAL, Severity.MATERIAL)
_Field = tuple[str | None, str | None]
"""A target's slug, None for the plan, and the field of it, None for the whole."""


class Draft(NamedTuple):
    """A record as it is to be; ``lacks_reason`` tells whether a person has yet to write why."""

    severity: Severity
    path: str
    data: bytes
    lacks_reason: bool


class Drafts(NamedTuple):
    """What is to be done about the records of a proposal.

    ``moved`` are paths of records whose words went into others, with those others' paths; ``empty``
    are records that ask for nothing and hold no word of a person; ``left`` ask for nothing and do.
    """

    records: tuple[Draft, ...] = ()
    moved: Mapping[str, str] = {}
    empty: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class Wanted(NamedTuple):
    """What the caller says; what is None or not there stays as it is, or is filled in.

    ``texts`` are ``reason``, ``basis`` and ``requested_by``; ``slug`` follows the date in the names.
    """

    texts: Mapping[str, str]
    day: date | None = None
    slug: str | None = None


def draft(
    proposal: Proposal,
    wanted: Wanted,
    today: date,
    raw: Mapping[str, bytes],
    documents: Mapping[str, Document],
    taken: Collection[str] = (),
) -> Drafts:
    """What records the changes of a plan that is approved need, beside those that they have.

    Args:
        proposal: the changes of one plan.
        wanted: what the caller says.
        today: the day of a new record's request.
        raw: the bytes of the records that the proposal adds, by path.
        documents: the same, read.
        taken: paths of all records that are there; none but the proposal's own is replaced.

    Raises:
        EnvironmentFault: a text or a change can't be written into a record.
    """
    return _Drafter(proposal, wanted, today, raw, documents, taken).drafts() if proposal.needs_records else Drafts()


class _Drafter:
    def __init__(
        self,
        proposal: Proposal,
        wanted: Wanted,
        today: date,
        raw: Mapping[str, bytes],
        documents: Mapping[str, Document],
        taken: Collection[str],
    ) -> None:
        self._proposal = proposal
        self._wanted = wanted
        self._today = today
        self._raw = raw
        self._documents = documents
        self._taken = set(taken)
        self._made: list[Draft] = []
        self._speaking = _speaking(proposal.records)

    def drafts(self) -> Drafts:
        groups = self._groups()
        sources = {record.path: record for record in self._proposal.records}
        places: dict[str, list[str]] = {}
        for (source, severity), items in groups.items():
            path = self._record(sources[source] if source is not None else None, severity, items)
            if source is not None:
                places.setdefault(source, []).append(path)
        moved = {source: paths[0] for source, paths in places.items() if source not in paths}
        needless = [record.path for record in self._proposal.records if record.path not in places]
        empty = {path: self._is_untouched(path) for path in needless}
        return Drafts(
            tuple(self._made),
            moved,
            tuple(path for path in needless if empty[path]),
            tuple(path for path in needless if not empty[path]),
        )

    def _groups(self) -> dict[tuple[str | None, Severity], list[Judged]]:
        """The changes that need records, by the record that speaks of them already and by severity."""
        homes: list[tuple[str | None, Judged]] = [(self._home(item), item) for item in self._proposal.recordable]
        found: dict[tuple[str | None, Severity], list[Judged]] = {}
        for severity in _SEVERITIES:
            settled = {home for home, item in homes if home is not None and item.severity is severity}
            folder = [record for record in self._proposal.records if record.folder == severity.value]
            folder.sort(key=lambda record: record.path not in settled)  # first those that stay
            joined = _Folder(folder)
            for home, item in homes:
                if item.severity is severity:
                    found.setdefault((home or joined.by(item), severity), []).append(item)
        return found

    def _home(self, item: Judged) -> str | None:
        """The record that speaks of a change: to the letter if there is one, in the right folder if there is one."""
        covering = {match.record.path for match in self._proposal.by_item.get(id(item), ())}

        def rank(record: Adjustment) -> tuple[bool, bool]:
            return record.path not in covering, record.folder != item.severity.value

        spoken = self._speaking.get(_about(item.change), ())
        return min(spoken, key=rank).path if spoken else None

    def _record(self, record: Adjustment | None, severity: Severity, items: Sequence[Judged]) -> str:
        """Draft the record of a group of changes, or several where one would be too large; the first one's path."""
        path = self._path(record, severity, items)
        texts = self._texts(record, items, path)
        entries = _entries(record, items)
        raw = self._raw[record.path] if record is not None else None
        if record is not None and raw is not None and path == record.path and self._stands(record, texts, entries):
            self._made.append(Draft(severity, path, raw, _says_nothing(texts["reason"])))
            return path
        _judge_texts(texts, path)

        def make(part: Sequence[Entry]) -> bytes:
            if raw is None or part[0] is not entries[0]:
                return emit_record(texts, [entry.said for entry in part], path)
            return rewrite_record(path, raw, texts, part)

        stem = path.rpartition(".")[0]
        for number, data in enumerate(_parts(make, texts, entries, path)):
            at = path if not number else self._free(stem)  # in the same folder, so that it says the same there
            self._made.append(Draft(severity, at, data, _says_nothing(texts["reason"])))
        return path

    def _stands(self, record: Adjustment, texts: Mapping[str, str | None], entries: Sequence[Entry]) -> bool:
        """Whether a record says all that it is to say, and no more."""
        said = self._said(record.path)
        return (
            len(record.changes) == len(entries)
            and all(said.get(key) == text for key, text in texts.items() if text is not None)
            and all(
                entry.position is not None and exact(said["changes"][entry.position - 1], entry.said)
                for entry in entries
            )
        )

    def _texts(self, record: Adjustment | None, items: Sequence[Judged], path: str) -> dict[str, str | None]:
        plan = self._proposal.new if self._proposal.new is not None and self._proposal.new.blob else self._proposal.old
        department = plan.values.get("department") if plan is not None else None
        found: dict[str, str | None] = {
            "reason": None,
            "basis": _basis(self._proposal, items),
            "requested_by": department if isinstance(department, str) else None,
            "date": self._day(record).isoformat(),
        }
        said = self._said(record.path) if record is not None else {}
        for key in (*_KEPT, "date"):
            if said.get(key) is not None:  # what is no text is for a person to mend
                found[key] = said[key] if isinstance(said[key], str) else None
        if self._wanted.day is not None:
            found["date"] = self._wanted.day.isoformat()
        return {**found, **self._wanted.texts}

    def _day(self, record: Adjustment | None) -> date:
        name = _NAME.match(record.name) if record is not None else None
        for text in (record.texts.get("date", "") if record else "", name[1] if name else ""):
            try:
                return date.fromisoformat(text)
            except ValueError:
                continue
        return self._today

    def _path(self, record: Adjustment | None, severity: Severity, items: Sequence[Judged]) -> str:
        """Where a record is to stand: where it stands, but for what the caller wants or the severity demands."""
        day, slug = self._wanted.day, self._wanted.slug
        name = _NAME.match(record.name) if record is not None else None
        stays = (day is None or (name and name[1] == day.isoformat())) and (slug is None or (name and name[2] == slug))
        if record is not None and record.folder == severity.value and stays:
            return record.path
        folder = f"targets/{self._proposal.plan}/adjustments/{severity.value}"
        said = (day or self._day(record)).isoformat()
        return self._free(f"{folder}/{said}-{slug or (name[2] if name else _slug(items))}")

    def _free(self, stem: str) -> str:
        """A name that no other record has."""
        path, extra = f"{stem}.yaml", 2
        while path in self._taken:
            path, extra = f"{stem}-{extra}.yaml", extra + 1
        self._taken.add(path)
        return path

    def _said(self, path: str) -> Mapping[str, Any]:
        """What a record says that is there."""
        data = self._documents[path].data
        return data if isinstance(data, dict) else {}

    def _is_untouched(self, path: str) -> bool:
        """Whether a record holds nothing that a person wrote: no reason, and no comment but the tool's own."""
        if self._said(path).get("reason") is not None:
            return False
        own = {f"# {node['description']}" for node in fields.schema("adjustment")["properties"].values()}
        return all(line in own or "yaml-language-server" in line for line in comments(self._raw[path]))


def _parts(
    make: Callable[[Sequence[Entry]], bytes],
    texts: Mapping[str, str | None],
    entries: Sequence[Entry],
    path: str,
    *,
    are_all: bool = True,
) -> list[bytes]:
    """Records of entries, as many as it takes for each to be read again as it was written.

    Raises:
        EnvironmentFault: one entry can't be written at all.
    """
    reason = None
    if len(entries) <= most_changes():  # else it needn't be made to be known for too large
        data = make(entries)
        reason = record_fault(path, data, texts, [entry.said for entry in entries])
        if reason is None:
            return [data]
    if reason is not None and len(entries) == 1:
        said = entries[0].said
        raise EnvironmentFault(
            Message(
                "the change of {field} of {target} can't be written into a record: {reason}; nothing was written",
                field=told(said["field"]) if said.get("field") else Message("the whole target"),
                target=said.get("target") or posixpath.dirname(posixpath.dirname(posixpath.dirname(path))),
                reason=reason,
            )
        )
    if reason is not None and are_all:  # one that can't be written is the largest as a rule, and is told at once
        _parts(make, texts, [max(entries, key=lambda entry: len(repr(entry.said)))], path, are_all=False)
    middle = (len(entries) + 1) // 2
    halves = (entries[:middle], entries[middle:])
    return [data for half in halves for data in _parts(make, texts, half, path, are_all=False)]


def _judge_texts(texts: Mapping[str, str | None], path: str) -> None:
    """Refuse words that no record can hold.

    Raises:
        EnvironmentFault: there are some.
    """
    for key, text in texts.items():
        name = Name(key, fields.title_at("adjustment", (key,)))
        if hidden := escape.hidden_in_file(text or ""):
            code = f"U+{ord(hidden[0][1]):04X}"
            raise EnvironmentFault(
                Message(
                    "{key} holds an invisible character {code}: write it without; nothing was written",
                    key=name,
                    code=code,
                )
            )
        if len(text or "") > _LONGEST_TEXT:
            raise EnvironmentFault(
                Message("{key} is longer than {n} characters; nothing was written", key=name, n=_LONGEST_TEXT)
            )


def _says_nothing(reason: str | None) -> bool:
    return not reason or is_hollow(reason)


def _about(said: Asked | Change) -> _Field:
    """What an entry or a change is about."""
    return said.target, said.field


def _speaking(records: Sequence[Adjustment]) -> Mapping[_Field, Sequence[Adjustment]]:
    """The records that speak of each field of each target, in their order."""
    found: dict[_Field, list[Adjustment]] = {}
    for record in records:
        for about in {_about(asked) for asked in record.changes}:
            found.setdefault(about, []).append(record)
    return found


class _Folder:
    """The records of one severity as changes join them of which none speaks."""

    def __init__(self, records: Sequence[Adjustment]) -> None:
        """Index the records, of which earlier ones are joined first."""
        self._records = records
        self._targets: dict[str | None, int] = {}
        self._fields: dict[str | None, int] = {}
        for at, record in enumerate(records):
            for asked in record.changes:
                self._targets.setdefault(asked.target, at)
                self._fields.setdefault(asked.field, at)
        self._unexplained = next((one.path for one in records if _says_nothing(one.texts.get("reason"))), None)

    def by(self, item: Judged) -> str | None:
        """The record that a change joins: one that it belongs to, or one without a reason so far.

        What somebody wrote as the reason of other targets' changes is none of this one's; points that one target
        loses and another is given are one change.
        """
        target, field = _about(item.change)
        related = [self._targets.get(target), self._fields.get(field) if field == "weight" else None]
        first = min((at for at in related if at is not None), default=None)
        return self._unexplained if first is None else self._records[first].path


def _entries(record: Adjustment | None, items: Sequence[Judged]) -> list[Entry]:
    """What a record is to list: first what it speaks of, in its own order, then the rest."""
    waiting: dict[_Field, deque[Judged]] = {}
    for item in items:
        waiting.setdefault(_about(item.change), deque()).append(item)
    found = [
        Entry(asked.position, _entry(ahead.popleft()))
        for asked in (record.changes if record is not None else ())
        if (ahead := waiting.get(_about(asked)))
    ]
    left = {id(item) for ahead in waiting.values() for item in ahead}
    return found + [Entry(None, _entry(item)) for item in items if id(item) in left]


def _entry(item: Judged) -> dict[str, Any]:
    change = item.change
    said = {
        "target": change.target,
        "field": change.field,
        "from": recorded(change.before),
        "to": recorded(change.after),
    }
    return {key: value for key, value in said.items() if value is not None}


def _slug(items: Sequence[Judged]) -> str:
    slugs = [item.change.target for item in items if item.change.target and IDENTIFIER.match(item.change.target)]
    return slugs[0][:LONGEST_SLUG].strip("-") if slugs else "plan"


def _basis(proposal: Proposal, items: Sequence[Judged]) -> str | None:
    """The documents that the targets rest on, each once."""
    slugs = {item.change.target for item in items if item.change.target}
    found = dict.fromkeys(
        target.text("basis")
        for side in (proposal.new, proposal.old)
        for target in (side.targets if side else ())
        if target.slug in slugs and target.text("basis")
    )
    return re.sub(r"\s+", " ", "；".join(found))[:_LONGEST_TEXT].strip() or None
