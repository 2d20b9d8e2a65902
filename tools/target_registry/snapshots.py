"""Of two sources what differs, read to two registries that hold only that.

Files whose bytes are equal are not read: their ids tell. What they weigh is looked up where a
total needs it. Values are taken as each revision's own files say them, whatever today's
schema would say of them, so that a schema can change between the two.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from target_registry import limits
from target_registry.assembly import (
    ADJUSTMENTS,
    ODD,
    PLAN_FILE,
    TOOLS,
    WATCHED,
    adjustment,
    is_odd,
    is_policy,
    key_works,
    may_be_target,
    place,
    record_place,
    unreadable,
    waivers,
)
from target_registry.documents import Document, canonical, peek, read
from target_registry.inventory import stray, twin
from target_registry.model import (
    Adjustment,
    FileName,
    Finding,
    Level,
    Plan,
    Registry,
    Target,
    Where,
    is_number,
)
from target_registry.sources import NO_FILES, Blob, Difference, Entry, Kind, ReadError, blobs, bytes_of
from target_registry.sources.overlay import Overlay
from target_registry.sources.revision import Index, Revision
from target_registry.sources.worktree import Worktree

_AT_ONCE = 2_000
"""Files that are held in memory together, 256 KiB each at most."""
_KEPT = 2 * _AT_ONCE
"""Files that are kept for another comparison with the same side: those of two revisions that are read in one go."""

_HIDE_NOTHING = ("empty-value", "byte-order-mark")
"""Faults of a file whose values are read all the same, and as they are."""


class Weighed(NamedTuple):
    """What a total needs of a target."""

    key_work: str
    weight: Decimal | None


@dataclass(eq=False, repr=False)
class Side:
    """One of two revisions: what it has where it differs from the other.

    Attributes:
        source: where it is read from.
        name: what people call it: a branch, a tag; empty for the working tree and the index.
        commit: the commit's id; empty for the working tree and the index.
        day: when it was made, by its committer's clock; today for the working tree and the index.
        registry: plans with those of their targets and records that differ.
        findings: why files could not be read whole.
        policy: ids of the files that decide how changes are judged, where they differ.
        documents: what was read, by path.
        known: what the blobs weigh that were looked at.
        fetched: files by path and id that were read, each with its bytes.
        raw: the bytes of the adjustment records that differ, by path.
    """

    source: Revision | Index | Worktree | Overlay
    name: str
    commit: str
    day: date
    registry: Registry = field(default_factory=lambda: Registry(()))
    findings: list[Finding] = field(default_factory=list)
    policy: dict[str, str] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    known: dict[str, Weighed] = field(default_factory=dict)
    fetched: dict[tuple[str, str], tuple[bytes, Document]] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)

    def located(self, where: Where) -> tuple[int, int]:
        """Line and column, from 1, of a value."""
        document = self.documents.get(where.path)
        return document.place(where.route, key=where.key) if document else (1, 1)

    def records(self, plan: str) -> list[str]:
        """The paths of all adjustment records of a plan, also of those that don't differ.

        Args:
            plan: the plan's id.
        """
        folder = f"targets/{plan}/{ADJUSTMENTS}"
        if isinstance(self.source, Worktree | Overlay):
            return [entry.path for entry in self.source.below(folder)]
        if isinstance(self.source, Index):
            return [entry.path for entry in self.source.entries() if entry.path.startswith(folder + "/")]
        return [entry.path for entry, _ in self.source.repository.tree(self.source.commit, [folder])]

    def approved_records(self, plans: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """Of each plan the paths of all its adjustment records at a revision by the id of their bytes; none of what is no revision.

        Args:
            plans: their ids.
        """
        folders = sorted(f"targets/{plan}/{ADJUSTMENTS}" for plan in plans)
        if not folders or not isinstance(self.source, Revision):
            return {}
        repository = self.source.repository
        # Compared with nothing, since that is asked of a process which a long history has running.
        listed = repository.difference(repository.empty_tree, self.source.tree, folders)
        found: dict[str, dict[str, str]] = {}
        for path, (_, blob) in listed.items():
            if blob and record_place(path):
                found.setdefault(place(path)[0].removeprefix("targets/"), {})[bytes_of(blob)] = path
        return found

    def identity(self, data: bytes) -> str:
        """The id that a revision's repository gives bytes; empty for what is no revision."""
        if not isinstance(self.source, Revision):
            return ""
        return blobs.identity(lambda: (data,), self.source.repository.algorithm)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The files of plans, of a working tree, that Git ignores: a check counts them, and no commit will hold them."""
        ignored = self.source.left_out if isinstance(self.source, Worktree) else ()
        return tuple(path for path in ignored if path.startswith("targets/") and _is_of_a_plan(path))

    def weights(self, plan: str) -> Mapping[str, Weighed]:
        """The weight of every target of a plan by slug, changed or not; a second target with the same slug is listed by its path.

        Args:
            plan: the plan's id.
        """
        folder = f"targets/{plan}"
        if isinstance(self.source, Worktree | Overlay):
            paths = [entry.path for entry in self.source.below(folder) if posixpath.dirname(entry.path) == folder]
            found = {}
            for path in paths:
                if is_target(path):
                    try:
                        found[path] = _weigh(path, self.source.read(path, limits.TARGET_BYTES))
                    except ReadError:
                        found[path] = Weighed("", None)
        else:
            listed = {path: blob for path, blob in self.source.listed(folder).items() if is_target(path)}
            by_blob = {blob: path for path, (kind, blob) in listed.items() if kind is Kind.FILE}
            unknown = sorted(blob for blob in by_blob if blob not in self.known)
            answers = self.source.repository.read_many(unknown, limits.TARGET_BYTES)
            self.known.update((blob, _weigh(by_blob[blob], raw)) for blob, raw in zip(unknown, answers, strict=True))
            nothing = Weighed("", None)
            found = {path: self.known.get(blob, nothing) for path, (_, blob) in listed.items()}
        named: dict[str, Weighed] = {}
        for path in sorted(found):
            slug = FileName.parse(posixpath.basename(path)).slug
            named[path if slug in named else slug] = found[path]
        return named


def is_target(path: str) -> bool:
    """Whether a file in a plan's folder is meant to be a target."""
    name = posixpath.basename(path)
    return may_be_target(name) and not name.lower().startswith("plan.")


def _weigh(path: str, raw: bytes) -> Weighed:
    quick = peek.weight(raw)
    if quick is not None:
        return Weighed(quick[0], quick[1])
    data = read(path, raw, limits.TARGET_BYTES).data
    if not isinstance(data, dict):
        return Weighed("", None)
    weight = data.get("weight")
    sound = Decimal(weight) if is_number(weight) else None
    return Weighed(str(data.get("key_work", "")), sound)


class Pair(NamedTuple):
    """Two revisions, the earlier first."""

    base: Side
    head: Side


def read_pair(base: Side, head: Side, paths: Sequence[str] | None = None) -> Pair:
    """Fill both sides with what differs between them.

    Args:
        base: the earlier, a revision.
        head: the later.
        paths: look only at these, such as a plan's folder; without, at everything that matters.
    """
    watched = WATCHED if paths is None else tuple(paths)
    difference: Difference | None
    if isinstance(head.source, Overlay):
        difference = head.source.difference()
    elif isinstance(base.source, Revision):
        difference = base.source.difference(head.source, watched)
    else:
        raise TypeError(base.source)
    head.known = base.known  # one blob weighs the same on both sides
    staying = _plans_that_stay(base, difference)
    _fetch(base, head, difference, staying)
    shared = _of_both(base, staying)
    prefix = base.source.repository.prefix if isinstance(base.source, Revision) else ""
    for index, side in enumerate((base, head)):
        _fill(side, {path: sides[index] for path, sides in difference.items()}, shared, prefix)
        side.findings += (
            Finding("stray-file", Level.ERROR, Where(found.path), found.reason, found.hint, 1, 1)
            for found in map(twin, side.source.twins())
        )
    return Pair(base, head)


def _fetch(base: Side, head: Side, difference: Difference, then: Mapping[bytes, str]) -> None:
    """Read all the files that differ in one go, so that nobody waits for each answer.

    Args:
        base: the earlier side.
        head: the later.
        difference: what differs.
        then: what is read next, as Git names it.
    """
    if not isinstance(base.source, Revision) or isinstance(head.source, Overlay):
        return
    # Of a working tree the ids are only counted, and Git may not hold them.
    both = not isinstance(head.source, Worktree)
    wanted: dict[str, list[str]] = {}
    for path, (old, new) in islice(difference.items(), _AT_ONCE):
        if _limit(path):
            for blob in (old, new) if both else (old,):
                if blob and blob[0] is Kind.FILE and (path, blob[1]) not in base.fetched:
                    wanted.setdefault(blob[1], []).append(path)
    repository = base.source.repository
    repository.look_up([*wanted])
    canonical.pattern("target"), canonical.pattern("plan")  # made in the time that Git takes
    limit = max(limits.ADJUSTMENT_BYTES, limits.PLAN_BYTES, limits.TARGET_BYTES)
    answers = repository.read_many([*wanted], limit, then)
    head.fetched = base.fetched
    for (identity, paths), raw in zip(wanted.items(), answers, strict=True):
        for path in paths:
            base.fetched[path, identity] = raw, _read(path, raw)


def _limit(path: str) -> int:
    """How many bytes a file may have that is read for its values; 0 for one that isn't."""
    if not path.startswith("targets/"):
        return 0
    if record_place(path):
        return limits.ADJUSTMENT_BYTES
    if path.endswith(f"/{PLAN_FILE}"):
        return limits.PLAN_BYTES
    return limits.TARGET_BYTES if is_target(path) else 0


def _plans_that_stay(base: Side, difference: Difference) -> Mapping[bytes, str]:
    """The plans' own files that don't differ, of plans with files that do, as Git names them, where they are many."""
    if not isinstance(base.source, Revision):
        return {}
    folders = {place(path)[0] for path in difference if path.startswith("targets/") and not is_odd(path)}
    wanted = sorted({f"{folder}/{PLAN_FILE}" for folder in folders if folder != "targets"} - difference.keys())
    return base.source.repository.names_at(base.source.commit, wanted) if len(wanted) > 1 else {}


def _of_both(base: Side, named: Mapping[bytes, str]) -> dict[str, Document | None]:
    """What plans' own files say that are the same on both sides, asked for in one go."""
    if not named or not isinstance(base.source, Revision):
        return {}
    return {path: _read(path, raw) for path, raw in base.source.repository.many_named(named, limits.PLAN_BYTES)}


def _fill(side: Side, blobs: Mapping[str, Blob | None], shared: dict[str, Document | None], prefix: str) -> None:
    """Read what this side has of the files that differ."""
    folders: dict[str, dict[str, Blob]] = defaultdict(dict)
    tools: list[str] = []
    for path, blob in blobs.items():
        if path.startswith("targets/") and is_odd(path):
            if blob:
                side.findings.append(Finding("stray-file", Level.ERROR, Where(path), *ODD, 1, 1))
        elif is_policy(path, prefix):
            if blob and path.removeprefix("/").startswith(TOOLS):
                tools.append(bytes_of(blob))
            elif blob:
                side.policy[path] = bytes_of(blob)
        elif path.startswith("targets/"):
            if blob and not _is_of_a_plan(path) and (astray := stray(Entry(path, blob[0]))) is not None:
                told = Finding("stray-file", Level.ERROR, Where(path), astray.reason, astray.hint, 1, 1)
                side.findings.append(told)
            folder, _ = place(path)
            if folder != "targets":
                folders[folder].update({path: blob} if blob else {})
    if tools:
        import hashlib  # seldom

        side.policy[TOOLS.rstrip("/")] = hashlib.sha256(" ".join(sorted(tools)).encode()).hexdigest()
    plans = [_plan(side, folder, held, blobs, shared) for folder, held in sorted(folders.items())]
    side.registry = Registry(tuple(plan for plan in plans if plan is not None))


def _is_of_a_plan(path: str) -> bool:
    """Whether a file below ``targets/`` is a plan's own, a target or a record, by its path."""
    folder, way = place(path)
    if way is not None:
        return record_place(path) is not None
    return folder != "targets" and (posixpath.basename(path) == PLAN_FILE or is_target(path))


def _plan(
    side: Side,
    folder: str,
    held: Mapping[str, Blob],
    blobs: Mapping[str, Blob | None],
    shared: dict[str, Document | None],
) -> Plan | None:
    path = f"{folder}/{PLAN_FILE}"
    identity = folder.removeprefix("targets/")
    data: Any = None
    if path in held:
        data, blob = _data(side, path, held[path]), bytes_of(held[path])
    elif path in blobs:
        blob = ""  # gone from this side
    else:
        data, blob = _shared(side, path, shared)
    targets = [_target(side, identity, p, b) for p, b in held.items() if p != path and _in(folder, p) and is_target(p)]
    records = [_record(side, identity, p, b) for p, b in held.items() if record_place(p)]
    if not blob and not targets and not records:
        return None
    values = data if isinstance(data, dict) else {}
    targets.sort(key=lambda t: (t.number is None, t.number or 0, t.path))
    return Plan(
        id=identity,
        path=path,
        values=values,
        key_works=key_works(values.get("key_works")),
        waivers=waivers(values.get("waivers")),
        targets=tuple(targets),
        readable=_is_sound(side, path) or not blob,
        adjustments=tuple(records),
        blob=blob,
    )


def _in(folder: str, path: str) -> bool:
    return posixpath.dirname(path) == folder


def _shared(side: Side, path: str, shared: dict[str, Document | None]) -> tuple[Any, str]:
    """What a plan's file says that doesn't differ, read once for both sides; and whether it is there."""
    if path not in shared:
        try:
            raw = side.source.read(path, limits.PLAN_BYTES)
        except ReadError:
            shared[path] = None
        else:
            shared[path] = _read(path, raw)
    document = shared[path]
    if document is None:
        return None, ""
    side.documents[path] = document
    return document.data, "same"


def _data(side: Side, path: str, blob: Blob) -> Any:
    """What a file says; None, with a finding, where it can't be read."""
    kind, identity = blob
    try:
        if kind is not Kind.FILE:
            raise ReadError(NO_FILES[kind])
        if (path, identity) in side.fetched:
            return _values(side, path, *side.fetched[path, identity])
        if isinstance(side.source, Worktree | Overlay):
            raw = side.source.read(path, _limit(path))
        else:
            raw = side.source.repository.read(identity, _limit(path))
    except ReadError as error:
        side.findings.append(unreadable(path, error.message))
        return None
    document = _read(path, raw)
    if not isinstance(side.source, Overlay) and len(side.fetched) < _KEPT:
        side.fetched[path, identity] = raw, document
    return _values(side, path, raw, document)


def _values(side: Side, path: str, raw: bytes, document: Document) -> Any:
    side.documents[path] = document
    if record_place(path):
        side.raw[path] = raw
    errors = [finding for finding in document.findings if finding.level is Level.ERROR]
    if not errors and not isinstance(document.data, dict):
        from target_registry import schema  # sound YAML that is no "key: value" is rare

        errors = schema.judge(document, "plan" if path.endswith(f"/{PLAN_FILE}") else "target").findings
    side.findings += errors
    return document.data


def _read(path: str, raw: bytes) -> Document:
    """One file; most are of the kind that is read by one match."""
    limit = _limit(path)
    if record_place(path):
        return read(path, raw, limit, "adjustment")
    name = "plan" if path.endswith(f"/{PLAN_FILE}") else "target"
    if (row := canonical.row(name, raw, limit)) is not None:
        return canonical.document(path, name, row, raw)
    return read(path, raw, limit, name)


def _target(side: Side, plan: str, path: str, blob: Blob) -> Target:
    name = FileName.parse(posixpath.basename(path))
    data = _data(side, path, blob)
    return Target(
        plan=plan,
        path=path,
        number=name.number,
        slug=name.slug,
        well_named=name.well_formed,
        values=data if isinstance(data, dict) else {},
        readable=_is_sound(side, path),
        blob=bytes_of(blob),
    )


def _record(side: Side, plan: str, path: str, blob: Blob) -> Adjustment:
    data = _data(side, path, blob)
    values = data if isinstance(data, dict) else {}
    return adjustment(plan, path, values, readable=_is_sound(side, path), blob=bytes_of(blob))


def is_sound(document: Document) -> bool:
    """Whether a file says "key: value" and holds no fault behind which a change could hide."""
    return isinstance(document.data, dict) and all(
        finding.level is not Level.ERROR or finding.code in _HIDE_NOTHING for finding in document.findings
    )


def _is_sound(side: Side, path: str) -> bool:
    document = side.documents.get(path)
    return document is not None and is_sound(document)


def side_of(source: Revision | Index | Worktree | Overlay, today: date, name: str = "") -> Side:
    """A side that is yet to be filled.

    Args:
        source: where it is read from.
        today: the day of what is not committed.
        name: what people call it.
    """
    if isinstance(source, Revision):
        return Side(source, name or source.name, source.commit, source.day)
    return Side(source, name, "", today)
