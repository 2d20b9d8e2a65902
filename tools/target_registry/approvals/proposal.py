"""The changes of one plan beside the adjustment records that come with them, matched to the letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from target_registry import fields
from target_registry.equality import written
from target_registry.guards import unknown_field
from target_registry.model import About, Adjustment, Asked, Message, Name, Plan, Where
from target_registry.patterns import lazy
from target_registry.verdicts import Change, Judged, Severity, Subject

_NAME = lazy(r"\w[\w./~^-]*\Z")
_ID = lazy(r"[0-9a-f]{40,64}\Z")
_SHORT = 12
"""Digits of a commit's id by which people call it."""
NAMES = {
    Severity.CRITICAL: Message("a critical change"),
    Severity.MATERIAL: Message("a material change"),
    Severity.NOTABLE: Message("a notable change"),
    Severity.EDITORIAL: Message("an editorial change"),
    Severity.FORMATTING: Message("formatting"),
}


class Match(NamedTuple):
    """An entry of a new record with the change it covers to the letter."""

    item: Judged
    record: Adjustment
    asked: Asked


@dataclass(eq=False, repr=False)
class Proposal:
    """What is asked of those who approve one plan.

    Attributes:
        base: what people call the revision it starts from.
        start: that revision as Git finds it: where two branches parted, the commit's id.
        plan: the plan's id.
        old: the plan before; None where it is new.
        new: the plan after; None where it is gone.
        judged: the plan's changes.
        records: those that the proposal adds.
        lacks_approved_revision: whether the approved revision was looked for and not found.
        lacks_new_revision: the same of the one that the proposal names anew.
        options: what else a command must say to give the same answer.
        approved: the paths of the plan's records that were there before, by the id of their bytes.
        departures: in how many values the plan differs materially from the approved revision that it names anew.
    """

    base: str
    start: str
    plan: str
    old: Plan | None
    new: Plan | None
    judged: Sequence[Judged]
    records: Sequence[Adjustment]
    lacks_approved_revision: bool = False
    lacks_new_revision: bool = False
    options: str = ""
    approved: Mapping[str, str] = field(default_factory=dict)
    departures: int = 0

    @property
    def since_approval(self) -> str:
        """The command that shows what the plan has otherwise than the approved revision that it names."""
        return f"targets diff {_typed(self.new_revision or '')}"

    def command(self, name: str) -> str:
        """A command to type in one's own clone; where the base is no name that can be typed, with a word in its place.

        What is compared with files that may not be committed has no name, and the command has its own default.
        """
        if not self.base:
            return f"targets {name}{self.options}"
        return f"targets {name} {_typed(self.base)}{self.options}"

    def restoring(self, path: str) -> str:
        """The command that brings a deleted file back as it was."""
        import shlex  # seldom

        return f"git checkout {_typed(self.start)} -- {shlex.quote(path)}"

    @property
    def needs_records(self) -> bool:
        """Whether the plan was approved before this proposal."""
        return self.old is not None and self.old.is_guarded

    @property
    def approved_revision(self) -> str | None:
        """What the plan names as its approved revision, before this proposal could change that."""
        return self.old.approved_revision if self.old else None

    @property
    def new_revision(self) -> str | None:
        """What it names as its approved revision from now on."""
        return self.new.approved_revision if self.new else None

    @property
    def place_of_approval(self) -> Where:
        """Where the plan says that it is approved."""
        plan = self.new or self.old
        if plan is None:
            return Where(f"targets/{self.plan}/plan.yaml")
        return plan.at("approved_revision") if plan.approved_revision else plan.at("status")

    @cached_property
    def recordable(self) -> tuple[Judged, ...]:
        """The changes that an approved plan takes only with a record."""
        return tuple(item for item in self.judged if self.is_recordable(item))

    def is_recordable(self, item: Judged) -> bool:
        """Whether an approved plan takes this change only with a record.

        Files beside the plans are for the forge to guard; and a file that can't be read, or holds a
        key that doesn't exist, is to be repaired first, not approved.
        """
        change = item.change
        if change.after == "unreadable" and change.route == (About.FILE,):
            return False
        return (
            item.severity.needs_record
            and change.subject in (Subject.TARGET, Subject.PLAN)
            and item.code != unknown_field.CODE
        )

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """Each entry of a new record that says exactly what a change does, with that change.

        Where several changes are alike, as of files of one slug, several entries cover one each, and the first one what is left.
        """
        entries = [
            (record, asked, _letter(asked.target, asked.field, asked.before, asked.after))
            for record in self.records
            for asked in record.changes
        ]
        many = Counter(letter for _, _, letter in entries)
        seen: Counter[Hashable] = Counter()
        found = []
        for record, asked, letter in entries:
            items, at = self._by_letter.get(letter, ()), seen[letter]
            seen[letter] += 1
            covered = [*items[:1], *items[many[letter] :]] if not at else items[at : at + 1] or items[:1]
            found += [Match(item, record, asked) for item in covered]
        return tuple(found)

    @cached_property
    def _by_letter(self) -> Mapping[Hashable, Sequence[Judged]]:
        """The changes of targets and the plan by what an entry has to say of them: any number may be of one field."""
        found: dict[Hashable, list[Judged]] = {}
        for item in self.judged:
            change = item.change
            if change.subject in (Subject.TARGET, Subject.PLAN):
                letter = _letter(change.target, change.field, recorded(change.before), recorded(change.after))
                found.setdefault(letter, []).append(item)
        return found

    @cached_property
    def _by_field(self) -> Mapping[tuple[str | None, str | None], Sequence[Judged]]:
        """The changes of each field of each target."""
        found: dict[tuple[str | None, str | None], list[Judged]] = {}
        for item in self.judged:
            found.setdefault((item.change.target, item.change.field), []).append(item)
        return found

    @cached_property
    def uncovered(self) -> tuple[Judged, ...]:
        """Changes that need a record and have none, in whatever folder."""
        if not self.needs_records or self.unreadable:
            return ()
        covered = {id(match.item) for match in self.matches}
        # What a new record speaks of, with other values, is told there; one that can't be read may hold the rest.
        stale = {(asked.target, asked.field) for _, asked in self.unmatched}
        return tuple(
            item
            for item in self.recordable
            if id(item) not in covered and (item.change.target, item.change.field) not in stale
        )

    @property
    def unreadable(self) -> tuple[Adjustment, ...]:
        """New records that hold a fault, so that what they ask for isn't known."""
        return tuple(record for record in self.records if not record.readable)

    @cached_property
    def unmatched(self) -> tuple[tuple[Adjustment, Asked], ...]:
        """Entries of new records that match no change."""
        matched = {(match.record.path, match.asked.position) for match in self.matches}
        return tuple(
            (record, asked)
            for record in self.records
            if record.readable
            for asked in record.changes
            if (record.path, asked.position) not in matched
        )

    @cached_property
    def misplaced(self) -> tuple[Match, ...]:
        """Matches whose record lies in another folder than the change's severity names."""
        return tuple(
            match
            for match in self.matches
            if match.item.severity.needs_record and match.record.folder != match.item.severity.value
        )

    @cached_property
    def repeated(self) -> tuple[tuple[Adjustment, Asked, Adjustment], ...]:
        """Entries that cover what an earlier one covers, with that one's record."""
        first: dict[int, Match] = {}
        found = []
        for match in self.matches:
            earlier = first.setdefault(id(match.item), match)
            if earlier is not match:
                found.append((match.record, match.asked, earlier.record))
        return tuple(found)

    @property
    def altered(self) -> tuple[Change, ...]:
        """Records of earlier proposals that this one changes or removes."""
        return tuple(item.change for item in self.judged if item.change.subject is Subject.RECORD)

    @property
    def copies(self) -> tuple[tuple[Adjustment, str], ...]:
        """New records that are copies of earlier ones to the byte, with these ones' paths: they tell of another change."""
        return tuple((record, self.approved[record.blob]) for record in self.records if record.blob in self.approved)

    def record_of(self, item: Judged) -> Adjustment | None:
        """The one record that covers a change, in the right folder and its own; None where there is none."""
        matches = self.by_item.get(id(item), ())
        found = {match.record.path: match.record for match in matches if match.record.blob not in self.approved}
        return next(iter(found.values())) if len(found) == 1 and id(item) not in self._wrongly_placed else None

    @cached_property
    def _wrongly_placed(self) -> frozenset[int]:
        """The changes that a record in another folder covers, by their identity."""
        return frozenset(id(match.item) for match in self.misplaced)

    @cached_property
    def by_item(self) -> Mapping[int, Sequence[Match]]:
        """The matches of each change, by its identity."""
        found: dict[int, list[Match]] = {}
        for match in self.matches:
            found.setdefault(id(match.item), []).append(match)
        return found

    def actual(self, asked: Asked) -> Change | None:
        """The change that is made of what an entry speaks of."""
        return next((item.change for item in self._by_field.get((asked.target, asked.field), ())), None)


def _letter(target: str | None, field: str | None, before: Any, after: Any) -> Hashable:
    """What an entry of a record and a change have in common where the one says exactly what the other does."""
    return target, field, written(before), written(after)


def recorded(value: Any) -> Any:
    """A value as a record writes it: lists for what a change keeps in order, no key without a value."""
    if isinstance(value, Mapping):
        return {key: recorded(item) for key, item in value.items() if item is not None}
    return [recorded(item) for item in value] if isinstance(value, list | tuple) else value


def told(field: str) -> Message:
    """A field for a sentence: its heading where it is a key, its steps where it is below one."""
    first, _, last = field.rpartition(".")
    if first:
        return Message("{key} of {group}", key=_named(last), group=_named(first))
    return Message("{key}", key=_named(field))


def whole(target: str | None) -> Message:
    """What has no field, for a sentence: a target, or the plan where there is none."""
    return Message("the whole plan") if target is None else Message("the whole target")


def _named(step: str) -> Name | str:
    """A key of the vocabulary, or a stranger's word, which is shown as such."""
    return Name(step) if fields.is_known(step) else step


def severity_name(severity: Severity) -> Message:
    """What people call a severity."""
    return NAMES[severity]


def _typed(name: str) -> str:
    """A revision as people type it."""
    if _ID.match(name):
        return name[:_SHORT]
    return name if _NAME.match(name) else "BASE"
