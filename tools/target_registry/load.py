"""A source to a registry, and what is wrong with its files so far.

A file that can't be read, or holds a fault, never stops the rest: its sound values are
loaded, its faulty ones are left out and marked, so that no rule judges them again.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from target_registry import fields, limits, schema
from target_registry.assembly import (
    ADJUSTMENTS,
    ODD,
    PLAN_FILE,
    YAML,
    adjustment,
    is_odd,
    key_works,
    may_be_target,
    place,
    record_place,
    waivers,
)
from target_registry.documents import Document, keep, read
from target_registry.model import (
    Adjustment,
    FileName,
    Finding,
    Level,
    Message,
    Name,
    Plan,
    Registry,
    Stray,
    Target,
    Where,
)
from target_registry.sources import NO_FILES, Entry, Kind, ReadError, Source

_ROOT = "targets"
# What people and their machines leave in folders and no reader takes for a target.
_HARMLESS = frozenset(
    ("readme.md", ".gitkeep", ".gitattributes", ".gitignore", ".ds_store", "thumbs.db", "desktop.ini")
)


@dataclass(eq=False)
class Loaded:
    """A registry with the findings made while loading it, and where every value stands."""

    registry: Registry
    findings: list[Finding]
    documents: Mapping[str, Document] = field(default_factory=dict)

    def located(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings with their lines looked up, sorted by file, place and code."""
        placed = []
        for finding in findings:
            if not finding.line:
                document = self.documents.get(finding.where.path)
                where = finding.where
                line, column = document.place(where.route, key=where.key) if document else (1, 1)
                placed.append(finding._replace(line=line, column=column))
            else:
                placed.append(finding)
        return sorted(placed, key=lambda f: (f.where.path, f.line, f.column, f.code, f.message.text))


def load(source: Source) -> Loaded:
    """Read a whole registry."""
    return _Loader(source).load()


class _Loader:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._findings: list[Finding] = []
        self._documents: dict[str, Document] = {}
        self._strays: list[Stray] = []

    def load(self) -> Loaded:
        entries = list(self._source.entries())
        folders: dict[str, list[Entry]] = defaultdict(list)
        records: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.path.split("/")[0] == _ROOT:
                folder, way = place(entry.path)
                if is_odd(entry.path):
                    self._misplace(entry, *ODD)
                else:
                    (folders if way is None else records)[folder].append(entry)
        plan_files = {folder: plan for folder, held in folders.items() if (plan := plan_file_of(held))}
        plans = []
        for folder, held in sorted(folders.items()):
            if folder in plan_files or self._lacks_plan(folder, held, plan_files):
                plans.append(self._plan(folder, plan_files.get(folder), held, records.pop(folder, ())))
            else:
                for entry in held:
                    self._stray(entry, _wrong_place(folder, plan_files))
        for folder, held in sorted(records.items()):
            for entry in held:
                self._stray(entry, _wrong_place(f"{folder}/{ADJUSTMENTS}", plan_files))
        registry = Registry(tuple(plans), tuple(self._strays), tuple(self._outdated(entries)))
        return Loaded(registry, self._findings, self._documents)

    def _lacks_plan(self, folder: str, held: Sequence[Entry], plan_files: Mapping[str, Entry]) -> bool:
        """Whether a folder is a plan's that has lost its ``plan.yaml``; reported if so."""
        targets = [entry for entry in held if FileName.parse(_name(entry)).well_formed]
        if not targets or folder in ("", _ROOT) or _enclosing(folder, plan_files):
            return False
        self._findings.append(
            Finding(
                "missing-plan",
                Level.ERROR,
                Where(f"{folder}/{PLAN_FILE}"),
                Message("{folder} holds target files but no plan.yaml", folder=folder),
                Message("add a plan.yaml with the form's title, department, year, weight rules and key works"),
            )
        )
        return True

    def _document(self, entry: Entry, name: str, limit: int) -> schema.Judged:
        """Read and judge one file; its findings are kept."""
        path = entry.path
        document = Document(path)
        try:
            if entry.kind is not Kind.FILE:
                raise ReadError(NO_FILES[entry.kind])
            document = read(path, self._source.read(path, limit), limit)
        except ReadError as error:
            self._findings.append(
                Finding(
                    "unreadable-file",
                    Level.ERROR,
                    Where(path),
                    Message("the file {reason}", reason=error.message),
                    Message("put the file itself here, as a plain file that may be read"),
                )
            )
        self._documents[path] = document
        judged = schema.judge(document, name)
        found = [_titled(finding, name) for finding in document.findings] + judged.findings
        listed: list[Finding] = []
        for finding in found:
            keep(listed, finding, 1 if len(self._findings) > limits.FINDINGS else len(found))
        self._findings += listed
        return judged

    def _plan(self, folder: str, plan_file: Entry | None, held: Sequence[Entry], records: Iterable[Entry] = ()) -> Plan:
        identity = folder.removeprefix(_ROOT + "/")
        targets = []
        exact = [_stem(_name(entry)) for entry in held if FileName.parse(_name(entry)).well_formed]
        for entry in held:
            name = _name(entry)
            original = next((stem for stem in exact if stem in name), None)
            if entry is plan_file:
                continue
            if original and not FileName.parse(name).well_formed:
                self._misplace(
                    entry,
                    Message("this looks like a copy of {name}", name=f"{original}.yaml"),
                    Message("delete it, or give it a number and a slug of its own"),
                )
            elif may_be_target(name) and (target := self._target(identity, entry)) is not None:
                targets.append(target)
            elif not may_be_target(name):
                self._stray(entry, None)
        path = plan_file.path if plan_file else f"{folder}/{PLAN_FILE}"
        judged = (
            self._document(plan_file, "plan", limits.PLAN_BYTES) if plan_file else schema.Judged(None, [], frozenset())
        )
        data = judged.data or {}
        sound = {key: value for key, value in data.items() if key not in judged.broken}
        targets.sort(key=lambda t: (t.number is None, t.number or 0, t.path))
        return Plan(
            id=identity,
            path=path,
            values=sound,
            key_works=key_works(data.get("key_works")),
            waivers=waivers(data.get("waivers")),
            targets=tuple(targets),
            broken=judged.broken,
            readable=judged.data is not None,
            adjustments=tuple(found for entry in records if (found := self._adjustment(identity, entry)) is not None),
        )

    def _adjustment(self, plan: str, entry: Entry) -> Adjustment | None:
        """A record; None where the file is none by its name or its place."""
        if record_place(entry.path) is None:
            if entry.kind in (Kind.LINK, Kind.SEALED):
                self._stray(entry, None)
            elif _name(entry).lower() not in _HARMLESS or entry.kind is not Kind.FILE:
                self._misplace(
                    entry,
                    Message("this is no adjustment record"),
                    Message("name it like {name}", name=f"{ADJUSTMENTS}/material/2018-09-01-retail-sales.yaml"),
                )
            return None
        judged = self._document(entry, "adjustment", limits.ADJUSTMENT_BYTES)
        sound = {key: value for key, value in (judged.data or {}).items() if key not in judged.broken}
        return adjustment(plan, entry.path, sound, readable=judged.data is not None and not judged.findings)

    def _misplace(self, entry: Entry, message: Message, hint: Message, *, lost: bool = False) -> None:
        self._strays.append(Stray(entry.path, message, hint, lost))

    def _target(self, plan: str, entry: Entry) -> Target | None:
        """A target; None where the file turns out to be a second plan."""
        name = FileName.parse(_name(entry))
        before = len(self._findings)
        judged = self._document(entry, "target", limits.TARGET_BYTES)
        data = self._documents[entry.path].data
        if isinstance(data, dict) and "key_works" in data and "target" not in data:
            del self._findings[before:]
            self._misplace(
                entry,
                Message("this is a plan, and a folder has one, named plan.yaml"),
                Message("delete it, or rename it to plan.yaml if the one that is there is to go"),
            )
            return None
        known = fields.of_target()
        data = judged.data or {}
        return Target(
            plan=plan,
            path=entry.path,
            number=name.number,
            slug=name.slug,
            well_named=name.well_formed,
            values={key: data[key] for key in known if key in data and key not in judged.broken},
            broken=judged.broken,
            readable=judged.data is not None,
        )

    def _stray(self, entry: Entry, wrong_place: tuple[Message, Message] | None) -> None:
        name = _name(entry)
        if name.lower() in _HARMLESS and entry.kind is Kind.FILE:
            return
        if entry.kind is Kind.LINK:
            message = Message("this is a symbolic link, and links are not followed")
            self._misplace(entry, message, Message("put the folder or file itself here"))
        elif entry.kind is Kind.SUBMODULE:
            message = Message("this is a submodule, and what it holds belongs to another repository")
            self._misplace(entry, message, Message("put the folder or file itself here"), lost=True)
        elif entry.kind is Kind.SEALED:
            message = Message("the folder can't be read: permission denied")
            self._misplace(entry, message, Message("let everybody who runs the check read it"), lost=True)
        elif entry.kind is Kind.DEEP:
            message = Message("the folder is nested so deeply that the system can't read it")
            self._misplace(entry, message, Message("move it out of targets/"), lost=True)
        elif wrong_place and name.lower().endswith(YAML):
            self._misplace(entry, *wrong_place, lost=True)
        else:
            self._misplace(
                entry,
                Message("this is neither a plan nor a target"),
                Message("move it out of targets/, or name it like 01-retail-sales.yaml if it is a target"),
            )

    def _outdated(self, entries: Iterable[Entry]) -> Iterator[str]:
        """The registry's copies of the schemas that differ from the tool's own."""
        for name in fields.SCHEMAS:
            path = f"schema/{name}.schema.json"
            own = fields.schema_text(name).replace(b"\r\n", b"\n")
            for entry in entries:
                if entry.path == path:
                    try:
                        copy = self._source.read(path, 2 * len(own)) if entry.kind is Kind.FILE else b""
                    except ReadError:
                        copy = b""
                    if copy.replace(b"\r\n", b"\n") != own:
                        yield path


def _titled(finding: Finding, name: str) -> Finding:
    """A finding about a key that several schemas have, the key called as its own file's schema calls it."""
    key, route = finding.message.values.get("key"), finding.where.route
    if not isinstance(key, Name) or key.heading is not None or not route:
        return finding
    values = {**finding.message.values, "key": key._replace(heading=fields.title_at(name, route))}
    hint = Message("fill it in; it may not be left out") if fields.is_required(name, route) else finding.hint
    return finding._replace(message=Message(finding.message.text, **values), hint=hint)


def _name(entry: Entry) -> str:
    return posixpath.basename(entry.path)


def _stem(name: str) -> str:
    return name.removesuffix(".yaml")


def plan_file_of(held: Iterable[Entry]) -> Entry | None:
    """A folder's plan file: ``plan.yaml``, or one whose name was meant to be that."""
    by_name = {_name(entry): entry for entry in held}
    if PLAN_FILE in by_name:
        return by_name[PLAN_FILE]
    return next(
        (by_name[n] for n in sorted(by_name) if re.fullmatch(r"plan\.ya?ml(?:\.txt|\.bak|~)?|plan\.txt", n.lower())),
        None,
    )


def _enclosing(folder: str, plan_files: Mapping[str, Entry]) -> str | None:
    """The plan folder that a folder lies in."""
    while folder := posixpath.dirname(folder):
        if folder in plan_files:
            return folder
    return None


def _wrong_place(folder: str, plan_files: Mapping[str, Entry]) -> tuple[Message, Message]:
    enclosing = _enclosing(folder, plan_files)
    if enclosing:
        return (
            Message("the file lies in a folder of its own inside a plan"),
            Message("move it to {folder}", folder=enclosing),
        )
    return (
        Message("the file lies outside any plan's folder"),
        Message("move it into the folder of its plan, such as targets/2018"),
    )
