"""What is asked of those who approve? The changes in the reader's words, and where points move."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from target_registry import fields, limits, numerals
from target_registry.approvals import adjustment_missing
from target_registry.fields import Field
from target_registry.guards import deadline_passed
from target_registry.language import Speech, figure
from target_registry.model import About, Adjustment, Called, Counted, Finding, Level, Message, Plan, Way
from target_registry.review import PlanReview, Review
from target_registry.verdicts import Change, Judged, Severity, Subject

WORST_FIRST = tuple(sorted(Severity, key=lambda severity: -severity.rank))
_MANY = 4
"""Targets that moved by as many rows and are told as one."""


class Cell(NamedTuple):
    """What stands on one side of a change: a value, or the keys of a whole target with theirs."""

    text: str = ""
    fields: tuple[tuple[str, str], ...] = ()


class Entry(NamedTuple):
    """One change as people read it.

    ``subject`` is the target's sentence or what else the change is about; ``number`` its row
    on the form, or nothing. ``approved`` is what the approved plan has, and how far from it
    the new value is; None where it has what stood before. ``record`` is a path; empty where there is none.
    ``is_many`` tells that it stands for several targets, which ``subject`` counts.
    """

    judged: Judged
    severity: Severity
    number: str
    subject: str
    field: Message
    before: Cell
    after: Cell
    effect: str
    approved: Message | None
    record: str
    reason: str
    needs_record: bool
    path: str
    line: int
    is_many: bool = False


class Move(NamedTuple):
    """Points that a key work gains or loses; of all together where ``is_total``.

    ``before`` and ``after`` are its sums; None where they would cost reading too many files.
    """

    title: str
    difference: Decimal
    before: Decimal | None = None
    after: Decimal | None = None
    is_total: bool = False


def entries(review: Review, speech: Speech) -> tuple[Entry, ...]:
    """All changes, the worst first, else in the form's order."""
    found = [_entry(review, None, item, speech) for item in review.files]
    for plan in review.plans:
        found += [_entry(review, plan, item, speech) for item in plan.judged]
    return tuple(sorted(found, key=lambda entry: -entry.severity.rank))


def condensed(found: Sequence[Entry], speech: Speech) -> list[Entry]:
    """The same, where many targets only moved by as many rows, as they do when one comes in above: these as one."""
    shifts: dict[tuple[str, int], list[Entry]] = {}
    for entry in found:
        if (shift := _shift(entry)) is not None:
            shifts.setdefault((posixpath.dirname(entry.path), shift), []).append(entry)
    told: dict[int, list[Entry]] = {}
    for (_, shift), group in shifts.items():
        if len(group) >= _MANY:
            told |= {id(entry): [] for entry in group} | {id(group[0]): [_one_of(group, shift, speech)]}
    return [one for entry in found for one in told.get(id(entry), [entry])]


def _shift(entry: Entry) -> int | None:
    """By how many rows a target moved, where that is all that is told of it here."""
    change = entry.judged.change
    if change.subject is not Subject.TARGET or change.route != (About.NUMBER,) or entry.needs_record or entry.approved:
        return None
    before, after = change.before, change.after
    return after - before if isinstance(before, int) and isinstance(after, int) else None


def _one_of(group: Sequence[Entry], shift: int, speech: Speech) -> Entry:
    numbers = sorted(entry.judged.change.before for entry in group)
    runs = Message("{first} to {last}", first=numbers[0], last=numbers[-1])
    moved = Message("{first} to {last}", first=numbers[0] + shift, last=numbers[-1] + shift)
    return group[0]._replace(
        is_many=True,
        number="",
        subject=speech.tell(Counted("{n} target moved", "{n} targets moved", len(group))),
        before=Cell(speech.tell(runs)),
        after=Cell(speech.tell(moved)),
    )


def _entry(review: Review, plan: PlanReview | None, item: Judged, speech: Speech) -> Entry:
    change = item.change
    needs = plan is not None and plan.proposal.needs_records and plan.proposal.is_recordable(item)
    return Entry(
        item,
        item.severity,
        str(change.number) if change.target is not None and change.number is not None else "",
        _subject(plan, change, speech),
        field_name(change),
        cell(change, change.before, plan.old if plan else None, speech),
        cell(change, change.after, plan.new if plan else None, speech),
        _effect(item, speech),
        _approved(plan, item, speech),
        item.record or "",
        item.reason,
        needs,
        change.where.path,
        review.line(change),
    )


def _effect(item: Judged, speech: Speech) -> str:
    told = dict.fromkeys(speech.tell(verdict.effect) for verdict in item.verdicts)
    return ("；" if speech.language == "zh" else "; ").join(told)


def _approved(plan: PlanReview | None, item: Judged, speech: Speech) -> Message | None:
    """What the approved plan has instead of what stood before, and what the way from it is."""
    if item.approved is None:
        return None
    if not item.approved.verdicts:
        return Message("as it was approved")
    about = item.approved.change or item.change
    text = cell(about, item.approved.value, plan.old if plan else None, speech).text or "—"
    # That the deadline has passed says nothing about the way from the approved value.
    worst = next((v for v in item.approved.verdicts if v.code != deadline_passed.CODE), item.approved.verdicts[0])
    if item.approved.change is not None:
        return Message(
            "approved: {field} {value}; since then: {effect}",
            field=field_name(about),
            value=text,
            effect=worst.effect,
        )
    return Message("approved: {value}; since then: {effect}", value=text, effect=worst.effect)


def _subject(plan: PlanReview | None, change: Change, speech: Speech) -> str:
    if change.subject is Subject.FILE or change.subject is Subject.RECORD:
        return change.where.path
    if change.target is None:
        return speech.tell(Message("the plan itself"))
    before, after = plan.targets.get(change.place, (None, None)) if plan else (None, None)
    said = (after.text("target") if after else "") or (before.text("target") if before else "")
    whole = len(said) <= limits.SENTENCE_CHARACTERS  # beyond that it is at fault, and stands before each of its changes
    return (said if whole else said[: limits.SENTENCE_CHARACTERS] + "…") or change.target


def field_name(change: Change) -> Message:
    """What people call the value that changed."""
    if not change.route:
        return Message("the whole target") if change.subject is Subject.TARGET else Message("the whole plan")
    if change.subject is Subject.FILE:
        return Message("approval rules")
    return name_of(change.route)


def name_of(route: Way) -> Message:
    """What people call the way to a value; keys that a stranger made up are quoted where it is shown."""
    first = route[0]
    if isinstance(first, About):
        return _ABOUT[first]
    named = Message("{key}", key=Called(str(first)))
    if first in ("key_works", "waivers") and len(route) > 1:  # an item by its name, which is no key
        return Message("{group} · {key}", group=named, key=str(route[1]))
    for step in route[1:]:
        named = Message("{group} · {key}", group=named, key=Called(str(step)))
    return named


_ABOUT = {
    About.SLUG: Message("slug"),
    About.NUMBER: Message("number"),
    About.PATH: Message("folder"),
    About.LAYOUT: Message("layout"),
    About.FILE: Message("file"),
    About.RECORD: Message("adjustment record"),
}


def cell(change: Change, value: Any, plan: Plan | None, speech: Speech) -> Cell:
    """A value as people read it."""
    if value is None or change.subject is Subject.FILE:
        return Cell()
    if change.subject is Subject.TARGET and change.route == () and isinstance(value, Mapping):
        return Cell("", tuple(_whole(value, plan, speech)))
    if change.subject is Subject.PLAN and change.route == ():
        return Cell(str(value.get("title", change.plan)) if isinstance(value, Mapping) else change.plan)
    if change.route == (About.FILE,):
        return Cell(speech.tell(_READABLE[value]))
    return Cell(_text(_field_of(change), value, plan, speech))


_READABLE = {"readable": Message("can be read"), "unreadable": Message("can't be read")}


def _field_of(change: Change) -> Field | None:
    if change.subject is Subject.TARGET and len(change.route) == 1:
        return fields.of_target().get(str(change.route[0]))
    if change.subject is Subject.TARGET and change.route[:1] == ("measure",):
        return fields.of_measure().get(str(change.route[1]))
    if change.subject is Subject.PLAN and len(change.route) == 1:
        return fields.of_plan().get(str(change.route[0]))
    return None


def _text(field: Field | None, value: Any, plan: Plan | None, speech: Speech) -> str:
    if isinstance(value, Mapping):
        inner = fields.of_measure() if field is not None and field.key == "measure" else {}
        colon = "：" if speech.language == "zh" else ": "
        parts = [
            f"{speech.heading(str(key))}{colon}{_text(inner.get(str(key)), item, plan, speech)}"
            for key, item in value.items()
        ]
        return ("；" if speech.language == "zh" else "; ").join(parts)
    if isinstance(value, list | tuple):
        return ("、" if speech.language == "zh" else ", ").join(_text(None, item, plan, speech) for item in value)
    if field is not None and field.key == "key_work" and plan is not None and isinstance(value, str):
        return _key_work(plan, value)
    if isinstance(value, Decimal):
        return figure(value)
    if field is not None and field.kind == "choice":
        return field.label(value, speech.language)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _key_work(plan: Plan, identity: str) -> str:
    work = plan.key_work_by_id.get(identity)
    if work is None:
        return identity
    if plan.language == "en" or not 1 <= work.position <= 9999:
        return f"{work.position}. {work.title}"
    return f"{numerals.chinese(work.position)}、{work.title}"


def _whole(values: Mapping[str, Any], plan: Plan | None, speech: Speech) -> Iterator[tuple[str, str]]:
    known = fields.of_target()
    for key in sorted(values, key=lambda key: (list(known).index(key) if key in known else 99, str(key))):
        yield str(key), _text(known.get(str(key)), values[key], plan, speech)


def counts(review: Review) -> Mapping[Severity, int]:
    """How many changes there are of each severity."""
    return Counter(item.severity for item in review.judged)


def counted(severity: Severity, n: int) -> Message:
    """A number of changes of one severity."""
    return {
        Severity.CRITICAL: Counted("{n} critical change", "{n} critical changes", n),
        Severity.MATERIAL: Counted("{n} material change", "{n} material changes", n),
        Severity.NOTABLE: Counted("{n} notable change", "{n} notable changes", n),
        Severity.EDITORIAL: Counted("{n} editorial change", "{n} editorial changes", n),
        Severity.FORMATTING: Counted("{n} change of layout", "{n} changes of layout", n),
    }[severity]


def decision(review: Review) -> Message:
    """One sentence: what those who approve must do."""
    found = counts(review)
    if not review.judged:
        return (
            Message("apart from files with faults, nothing has changed")
            if review.unread
            else Message("nothing has changed")
        )
    asked = tuple(counted(severity, found[severity]) for severity in WORST_FIRST if found[severity])
    graver = sum(bool(found[severity]) for severity in WORST_FIRST if severity.needs_record)
    if graver and graver < len(asked):
        return Message("to be decided: {counts}; to be read: {others}", counts=asked[:graver], others=asked[graver:])
    if graver:
        return Message("to be decided: {counts}", counts=asked)
    if found[Severity.NOTABLE]:
        return Message("nothing to be decided, but to be read: {counts}", counts=asked)
    return Message("nothing of substance: {counts}", counts=asked)


def missing(review: Review) -> Message | None:
    """One sentence: what stands in the way of approval; None where nothing does."""
    n = len(review.lacking) + sum(1 for _ in _unfinished(review))
    return Counted("{n} thing is missing for approval", "{n} things are missing for approval", n) if n else None


def records(review: Review) -> tuple[Adjustment, ...]:
    """The adjustment records that come with the changes."""
    return tuple(record for plan in review.plans for record in plan.proposal.records)


def lacking(review: Review) -> tuple[Finding, ...]:
    """What approval lacks, one finding for all changes that lack a record of one kind: the changes tell which they are."""
    found: list[Finding] = list(_unfinished(review))
    unrecorded: dict[str, int] = {}
    for finding in review.located():
        if finding.code != adjustment_missing.CODE:
            found.append(finding)
            continue
        key = repr(finding.hint)
        if key not in unrecorded:
            found.append(finding)
        unrecorded[key] = unrecorded.get(key, 0) + 1
    return tuple(
        _together(finding, unrecorded[repr(finding.hint)]) if finding.code == adjustment_missing.CODE else finding
        for finding in found
    )


def _unfinished(review: Review) -> Iterator[Finding]:
    """New records that say no reason yet; what else they lack the check tells."""
    for record in records(review):
        if not record.texts.get("reason"):
            message = Message("the record says no reason yet")
            hint = Message("say in it why the targets are adjusted")
            yield Finding("missing-key", Level.ERROR, record.at(), message, hint, 1, 1)


def _together(finding: Finding, n: int) -> Finding:
    told = Counted(
        "{n} change of an approved plan has no adjustment record",
        "{n} changes of an approved plan have no adjustment record",
        n,
    )
    return finding._replace(message=told)


def incomplete(review: Review) -> Message | None:
    """One sentence: that files could not be read whole; None where all could."""
    n = review.unread
    if not n:
        return None
    return Counted(
        "{n} fault in files keeps the comparison from being complete; targets check names it",
        "{n} faults in files keep the comparison from being complete; targets check names them",
        n,
    )


def moves(review: Review, plan: PlanReview, *, with_sums: bool = True) -> tuple[Move, ...]:
    """Where points move between key works, and all together; nothing where none do.

    Args:
        review: the whole.
        plan: whose points.
        with_sums: tell the sums too, for which the whole plan's files are looked at.
    """
    if plan.plan is None:
        return ()
    gained: dict[str, Decimal] = {}
    routes = ((), ("weight",), ("key_work",), (About.FILE,))
    moved = {
        item.change.place for item in plan.judged if item.change.route in routes and item.change.target is not None
    }
    for place in sorted(moved):
        for target, sign in zip(plan.targets.get(place, (None, None)), (-1, 1), strict=True):
            if target is not None and target.weight is not None:
                key_work = target.text("key_work")
                gained[key_work] = gained.get(key_work, Decimal(0)) + sign * target.weight
    if not gained:
        return ()
    sums: list[dict[str, Decimal]] = [{}, {}]
    if with_sums:
        ones = review.pair.base.weights(plan.old.id) if plan.old else {}
        others = review.pair.head.weights(plan.new.id) if plan.new else {}
        for side, weights in zip(sums, (ones, others), strict=True):
            for weighed in weights.values():
                side[weighed.key_work] = side.get(weighed.key_work, Decimal(0)) + (weighed.weight or 0)
    known = [work.id for work in plan.plan.key_works]
    found = [
        Move(_key_work(plan.plan, identity), gained[identity], *_both(sums, identity, with_sums))
        for identity in (*known, *sorted(set(gained) - set(known)))
        if gained.get(identity)
    ]
    total = [sum(side.values(), Decimal(0)) if with_sums else None for side in sums]
    return (*found, Move("", sum(gained.values(), Decimal(0)), total[0], total[1], True))


def _both(
    sums: Sequence[Mapping[str, Decimal]], identity: str, with_sums: bool
) -> tuple[Decimal, Decimal] | tuple[None, None]:
    return (sums[0].get(identity, Decimal(0)), sums[1].get(identity, Decimal(0))) if with_sums else (None, None)
