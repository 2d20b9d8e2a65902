"""The files of a plan to a :class:`Plan`, and what is wrong with them so far.

A file that can't be read, or holds a fault, never stops the rest: its sound values are
read, its faulty ones are left out and marked, so that no rule judges them again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from target_registry import fields, limits
from target_registry.assembly import (
    ADJUSTMENTS,
    PLAN_FILE,
    adjustment,
    key_works,
    may_be_target,
    record_place,
    unreadable,
    waivers,
)
from target_registry.documents import Document, canonical, keep, read
from target_registry.documents.plain import Plain
from target_registry.inventory import Inventory, PlanFiles, is_harmless, name_of, stray
from target_registry.model import (
    LONGEST_SLUG,
    Adjustment,
    FileName,
    Finding,
    KeyWork,
    Message,
    Name,
    Plan,
    Stray,
    Target,
)
from target_registry.sources import NO_FILES, Entry, Kind, ReadError, Source

if TYPE_CHECKING:
    from target_registry.schema import Judged

LIMITS = {"target": limits.TARGET_BYTES, "plan": limits.PLAN_BYTES, "adjustment": limits.ADJUSTMENT_BYTES}
"""How many bytes a file of each schema may have."""
_TOGETHER = 64
"""Files of one plan that are read before they are looked at: what is done to many in a row is done sooner."""
_NAMES = re.compile(r"^(0[1-9]|[1-9][0-9]{1,3})-([a-z0-9-]+)\.yaml$", re.MULTILINE)
"""Names of targets' files, a line each, as :class:`FileName` has them but for their length and for stray hyphens."""


def in_rows(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Targets of one plan in the form's order; those without a number last."""
    return tuple(sorted(targets, key=lambda t: (t.number is None, t.number or 0, t.path)))


Plainly = tuple[str, int, str, canonical.Row, bytes, Sequence[int] | None]
"""A target whose file needs no judge: its file's name, its number, its slug, what its lines say, its file's bytes, and
the indices of the hint patterns that its text matches, None without an automaton. There are too many for a class."""


class Sheet(list[Plainly]):
    """The targets of a plan whose files need no judge: what their names and lines say, not yet made into values."""

    def numbers(self) -> list[int]:
        """Theirs."""
        return [number for _, number, _, _, _, _ in self]

    def slugs(self) -> list[str]:
        """Theirs."""
        return [slug for _, _, slug, _, _, _ in self]

    def rows(self) -> list[canonical.Row]:
        """What their lines say."""
        return [row for _, _, _, row, _, _ in self]


_PLACES = 500
"""Places that are kept of a faulty file, once what is wrong with it has its own: one beside a plan has some thirty."""
_SURELY_SHORT = len("01-.yaml") + LONGEST_SLUG


def _well_formed(names: Sequence[str]) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    """Of names of files those that are a target's, their numbers and slugs, and the other names."""
    last = len(names) - (PLAN_FILE in names[-1:])  # behind the figures that the others begin with
    some = names[:last]
    lines = "\n".join(some)
    found = _NAMES.findall(lines)
    whole = len(found) == len(some) == lines.count("\n") + 1
    if whole and "--" not in lines and "-." not in lines and max(map(len, some)) <= _SURELY_SHORT:
        return list(some), found, list(names[last:])
    parsed = [(name, FileName.parse(name)) for name in names]
    good = [(name, told) for name, told in parsed if told.well_formed]
    rest = [name for name, told in parsed if not told.well_formed]
    return [name for name, _ in good], [(str(told.number), told.slug) for _, told in good], rest


class Reader:
    """Reads plans, one after the other.

    Args:
        source: where the bytes come from.
        most: findings; of each file beyond them one is listed and the rest counted.
        plain: what tells the plainest targets quickly, if that is worth its making.

    Attributes:
        findings: what is wrong with the files that were read.
        strays: what turned out to be neither a plan nor a target.
        documents: what was read, by path.
    """

    def __init__(self, source: Source, most: int = limits.FINDINGS, plain: Plain | None = None) -> None:
        self._source = source
        self._most = most
        self._plain = plain
        self.findings: list[Finding] = []
        self.strays: list[Stray] = []
        self.documents: dict[str, Document] = {}
        self._plan_raw: bytes | ReadError | None = None
        """What reading the plan's own file gave, where that was tried already."""
        self._answered = 0
        """How many findings earlier plans left, which are skipped."""

    def plan(self, files: PlanFiles) -> Plan:
        """A whole plan."""
        sheet, targets = self.targets(files)
        return self.header(files, [*(self.target(files, plainly) for plainly in sheet), *targets])

    def header(self, files: PlanFiles, targets: Iterable[Target]) -> Plan:
        """What a plan's own file and its records say, with targets that were read before."""
        data, broken = self._plan_data(files)
        said = data or {}
        works = key_works(said.get("key_works"))
        self._name_ids(works)
        return Plan(
            id=files.identity,
            path=files.plan_file.path if files.plan_file else f"{files.folder}/{PLAN_FILE}",
            values={key: value for key, value in said.items() if key not in broken},
            key_works=works,
            waivers=waivers(said.get("waivers")),
            targets=in_rows(targets),
            broken=broken,
            readable=data is not None,
            adjustments=tuple(
                found for entry in files.records if (found := self.adjustment(files.identity, entry)) is not None
            ),
        )

    def withdrawn(self, listed: Inventory) -> tuple[Plan, ...]:
        """What is left of plans that were withdrawn: their records."""
        return tuple(self.header(files, ()) for files in listed.withdrawn)

    def _name_ids(self, works: Sequence[KeyWork]) -> None:
        """Say of a heading that a target gives instead of its key work's id which id that is."""
        start, self._answered = self._answered, len(self.findings)
        if start == self._answered:
            return
        titles = {work.title: work.id for work in works}
        for at, finding in enumerate(self.findings[start:], start):
            path = finding.where.path
            if finding.code != "malformed-id" or finding.where.route != ("key_work",):
                continue
            data = self.documents[path].data
            said = data.get("key_work") if isinstance(data, dict) else None
            if not isinstance(said, str):
                continue
            _, named = fields.parse_key_work(said)
            meant = [named] if named in titles else [title for title in titles if named and title.startswith(named)]
            if len(meant) == 1:
                hint = Message("write {id}, the id that this key work has in plan.yaml", id=titles[meant[0]])
                self.findings[at] = finding._replace(hint=hint)

    def targets(self, files: PlanFiles) -> tuple[Sheet, list[Target]]:
        """The targets of a plan, those that need no judge on a sheet; what is no target goes to the strays."""
        self._plan_raw = None
        own = files.plan_file.path if files.plan_file else ""
        own_name = name_of(own)
        wanted, said, rest = _well_formed(files.names)
        names = wanted
        if own_name in rest:  # last, since it is the largest
            rest.remove(own_name)
            names = [*wanted, own_name]
        sheet = Sheet()
        targets: list[Target] = []
        read = iter(self._source.read_all(files.folder, names, limits.PLAN_BYTES))
        for start in range(0, len(wanted), _TOGETHER):
            some = wanted[start : start + _TOGETHER]
            raws = list(islice(read, len(some)))
            told = self._plain.rows(raws) if self._plain is not None else [None] * len(raws)
            for name, (number, slug), raw, plain in zip(some, said[start:], raws, told, strict=False):
                if plain is not None:
                    sheet.append((name, int(number), slug, plain[0], raw, plain[1]))  # type: ignore[arg-type]  # bytes
                elif (row := canonical.row("target", raw, limits.TARGET_BYTES)) is not None:
                    sheet.append((name, int(number), slug, row, raw, None))  # type: ignore[arg-type]
                else:
                    entry = Entry(f"{files.folder}/{name}", Kind.FILE)
                    targets += self._judged(files, entry, FileName.parse(name), raw)
        for raw in read:
            self._plan_raw = raw
        for name in rest:
            targets += self._target(files, Entry(f"{files.folder}/{name}", Kind.FILE))
        for entry in files.others:
            if entry.path != own:
                targets += self._target(files, entry)
        return sheet, targets

    def row(self, files: PlanFiles) -> canonical.Row | None:
        """What a plan's own file says, once :meth:`targets` has read it; None where it needs a judge, or has records."""
        if files.plan_file is None or name_of(files.plan_file.path) != PLAN_FILE or files.records:
            return None
        return canonical.row("plan", self._plan_raw, limits.PLAN_BYTES)

    def target(self, files: PlanFiles, plainly: Plainly) -> Target:
        """A target of a sheet."""
        name, number, slug, row, raw, _ = plainly
        path = f"{files.folder}/{name}"
        document = self.documents[path] = canonical.document(path, "target", row, raw)
        return Target(files.identity, path, number, slug, True, document.data)

    def _target(self, files: PlanFiles, entry: Entry) -> Iterator[Target]:
        """What a file beside a plan is: a target, if it is meant to be one, or a stray."""
        base = name_of(entry.path)
        name = FileName.parse(base)
        original = None if name.well_formed else self._copied(files, base)
        if original:
            self.strays.append(
                Stray(
                    entry.path,
                    Message("this looks like a copy of {name}", name=f"{original}.yaml"),
                    Message("delete it, or give it a number and a slug of its own"),
                )
            )
        elif may_be_target(base):
            yield from self._judged(files, entry, name)
        elif (found := stray(entry)) is not None:
            self.strays.append(found)

    def _copied(self, files: PlanFiles, name: str) -> str | None:
        """The target whose file's name, but for the ending, is a part of another file's name."""
        if self._stems_of is not files:
            self._stems_of = files
            bases = (name_of(entry.path) for entry in files.held())
            self._stems = {_stem(base) for base in bases if FileName.parse(base).well_formed}
        for found in re.finditer(r"(?=([0-9]{2,4}-[a-z0-9-]+))", name):
            part = found[1]
            while part:
                if part in self._stems:
                    return part
                part = part[:-1]
        return None

    _stems_of: PlanFiles | None = None
    _stems: set[str]

    def _judged(
        self, files: PlanFiles, entry: Entry, name: FileName, raw: bytes | ReadError | None = None
    ) -> Iterator[Target]:
        """A target that is read and judged in full; none where the file turns out to be a second plan."""
        before = len(self.findings)
        judged = self.document(entry, "target", raw)
        data = self.documents[entry.path].data
        if isinstance(data, dict) and "key_works" in data and "target" not in data:
            del self.findings[before:]
            message = Message("this is a plan, and a folder has one, named plan.yaml")
            hint = Message("delete it, or rename it to plan.yaml if the one that is there is to go")
            self.strays.append(
                Stray(entry.path, message, hint if files.plan_file else Message("rename it to {name}", name=PLAN_FILE))
            )
            return
        known = fields.of_target()
        found = judged.data or {}
        yield Target(
            plan=files.identity,
            path=entry.path,
            number=name.number,
            slug=name.slug,
            well_named=name.well_formed,
            values={key: found[key] for key in known if key in found and key not in judged.broken},
            broken=judged.broken,
            readable=judged.data is not None,
        )

    def _plan_data(self, files: PlanFiles) -> tuple[Mapping[str, Any] | None, frozenset[str]]:
        """What a plan's own file says, None where that can't be read; and the keys at its top that hold a fault."""
        entry = files.plan_file
        if entry is None:
            return None, frozenset()
        raw = self._plan_raw
        row = canonical.row("plan", raw, limits.PLAN_BYTES)
        if row is None or not isinstance(raw, bytes):
            judged = self.document(entry, "plan", raw)
            return judged.data, judged.broken
        document = self.documents[entry.path] = canonical.document(entry.path, "plan", row, raw)
        return document.data, frozenset()

    def document(self, entry: Entry, name: str, raw: bytes | ReadError | None = None) -> Judged:
        """Read and judge one file in full; its findings are kept.

        Args:
            entry: the file.
            name: of its schema.
            raw: what reading it gave, where that was tried already.
        """
        from target_registry import schema  # with what explains faults, which plain files don't need

        limit = LIMITS[name]
        path = entry.path
        document = Document(path)
        try:
            if entry.kind is not Kind.FILE:
                raise ReadError(NO_FILES[entry.kind])
            if isinstance(raw, ReadError):
                raise raw
            document = read(path, self._source.read(path, limit) if raw is None else raw, limit, name)
        except ReadError as error:
            self.findings.append(unreadable(path, error.message))
        self.documents[path] = document
        judged = schema.judge(document, name)
        found = [_titled(finding, name) for finding in document.findings] + judged.findings
        if found and len(document.places) > _PLACES and name != "plan":
            found = [document.located(finding) for finding in found]
            document.narrow({*fields.schema(name)["properties"], "key_works"}, _PLACES)
        listed: list[Finding] = []
        for finding in found:
            keep(listed, finding, 1 if len(self.findings) > self._most else len(found))
        self.findings += listed
        return judged

    def adjustment(self, plan: str, entry: Entry, raw: bytes | None = None) -> Adjustment | None:
        """A record; None where the file is none by its name or its place.

        Args:
            plan: its plan's id.
            entry: the file.
            raw: its bytes, where they are known.
        """
        if record_place(entry.path) is None:
            if entry.kind in (Kind.LINK, Kind.SEALED):
                self.strays += [found for found in (stray(entry),) if found is not None]
            elif not is_harmless(entry):
                self.strays.append(
                    Stray(
                        entry.path,
                        Message("this is no adjustment record"),
                        Message("name it like {name}", name=f"{ADJUSTMENTS}/material/2018-09-01-retail-sales.yaml"),
                    )
                )
            return None
        judged = self.document(entry, "adjustment", raw)
        sound = {key: value for key, value in (judged.data or {}).items() if key not in judged.broken}
        return adjustment(plan, entry.path, sound, readable=judged.data is not None and not judged.findings)


def _stem(name: str) -> str:
    return name.removesuffix(".yaml")


def _titled(finding: Finding, name: str) -> Finding:
    """A finding about a key that several schemas have, the key called as its own file's schema calls it."""
    key, route = finding.message.values.get("key"), finding.where.route
    if not isinstance(key, Name) or key.heading is not None or not route:
        return finding
    values = {**finding.message.values, "key": key._replace(heading=fields.title_at(name, route))}
    hint = Message("fill it in; it may not be left out") if fields.is_required(name, route) else finding.hint
    return finding._replace(message=Message(finding.message.text, **values), hint=hint)
