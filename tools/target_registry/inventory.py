"""Which files of a source belong to which plan, and which to none: told by their paths, before any is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from target_registry import fields, limits
from target_registry.assembly import ADJUSTMENTS, ODD, PLAN_FILE, YAML, adjustment, is_odd, place, record_place
from target_registry.documents import MEND_FIRST, read
from target_registry.model import Counted, FileName, Finding, Level, Message, Stray, Where
from target_registry.nearest import nearest
from target_registry.sources import Entry, Kind, Listing, ReadError, Source

ROOT = "targets"
_PORTION = 100
"""Files that a process takes on at a time."""
# What people and their machines leave in folders and no reader takes for a target.
_HARMLESS = frozenset(
    ("readme.md", ".gitkeep", ".gitattributes", ".gitignore", ".ds_store", "thumbs.db", "desktop.ini")
)


class PlanFiles:
    """The files of one plan.

    Attributes:
        folder: where they lie, relative to the registry.
        plan_file: the plan's own; None where it has none.
        names: of the regular files beside it, and the plan's own, sorted.
        others: what else stands there.
        records: what lies in its folder of adjustment records.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.plan_file: Entry | None = None
        self.names: Sequence[str] = ()
        self.others: Sequence[Entry] = ()
        self.records: list[Entry] = []

    @property
    def count(self) -> int:
        """How many files there are to be read."""
        return len(self.names) + len(self.others) + len(self.records)

    @property
    def identity(self) -> str:
        """The plan's id: its folder below ``targets/``."""
        return self.folder.removeprefix(f"{ROOT}/")

    def alone(self) -> PlanFiles:
        """The same with nothing but the plan's own file."""
        found = PlanFiles(self.folder)
        found.plan_file = self.plan_file
        return found

    def records_alone(self) -> PlanFiles:
        """The same with nothing but the records."""
        found = PlanFiles(self.folder)
        found.records = self.records
        return found

    def held(self) -> Iterator[Entry]:
        """Everything in the folder itself."""
        for name in self.names:
            yield Entry(f"{self.folder}/{name}", Kind.FILE)
        yield from self.others

    def paths(self) -> Iterator[str]:
        """The files that are looked at."""
        return (entry.path for entry in (*self.held(), *self.records) if not is_harmless(entry))


class Inventory:
    """What a source holds.

    Args:
        source: what to list.

    Attributes:
        plans: the files of each plan, sorted by folder.
        withdrawn: what is left of plans that were withdrawn: their records.
        strays: what belongs to no plan.
        findings: of plans that have lost their ``plan.yaml``.
        outdated_schemas: the registry's copies of the schemas that differ from the tool's own.
    """

    def __init__(self, source: Source) -> None:
        self.strays: list[Stray] = []
        self._unlisted, self._lost_too = 0, False
        self.findings: list[Finding] = []
        homes, copies = self._sorted(source)
        for files in homes.values():
            files.plan_file = plan_file_of(files)
        plan_folders = {folder for folder, files in homes.items() if files.plan_file}
        self.plans: list[PlanFiles] = []
        self.withdrawn: list[PlanFiles] = []
        for folder, files in sorted(homes.items()):
            if folder in plan_folders or self._lacks_plan(files, plan_folders):
                self.plans.append(files)
                continue
            self._astray(files.held(), _wrong_place(folder, plan_folders))
            if self._is_withdrawn(source, files.records):
                self.withdrawn.append(files.records_alone())
            else:
                self._astray(files.records, _OF_NO_PLAN)
        if self._unlisted:
            self.strays.append(_further(self._unlisted, lost=self._lost_too))
        self.strays += map(twin, source.twins())
        self.outdated_schemas = tuple(_outdated(source, copies))

    @property
    def count(self) -> int:
        """How many files there are to be read."""
        return sum(files.count for files in self.plans)

    def portions(self, wanted: Collection[str] | None = None) -> list[list[PlanFiles]]:
        """The plans in batches, each one process's unit of work.

        Args:
            wanted: ids of plans; None for all.
        """
        found: list[list[PlanFiles]] = []
        held = _PORTION
        for files in self.plans:
            if wanted is not None and files.identity not in wanted:
                continue
            if held >= _PORTION:
                found.append([])
                held = 0
            found[-1].append(files)
            held += files.count
        return found

    def named(self) -> Iterator[tuple[Entry, str]]:
        """Each file that is read, and the name of its schema."""
        for files in (*self.plans, *self.withdrawn):
            own = files.plan_file
            yield from ((entry, "target") for entry in files.held() if own is None or entry.path != own.path)
            yield from ((own, "plan"),) if own else ()
            yield from ((entry, "adjustment") for entry in files.records)

    def paths(self) -> set[str]:
        """The files of all plans, those that were withdrawn as well."""
        return {path for plan in (*self.plans, *self.withdrawn) for path in plan.paths()}

    def _sorted(self, source: Source) -> tuple[dict[str, PlanFiles], dict[str, Entry]]:
        """What lies below ``targets/``, by the folder of the plan that it would be of, and what else there is, by path."""
        homes: dict[str, PlanFiles] = {}
        others: dict[str, Entry] = {}
        for listing in source.listings():
            folder = listing.folder
            before = folder and folder + "/"
            if folder.split("/", 1)[0] != ROOT:
                for entry in (*(Entry(before + name, Kind.FILE) for name in listing.files), *listing.others):
                    if entry.path == ROOT:
                        homes.setdefault("", PlanFiles("")).others = [entry]  # a link, or a folder that can't be read
                    else:
                        others[entry.path] = entry
                continue
            names, rest = self._without_odd_paths(listing)
            if not names and not rest:
                continue
            plan, way = place(before + "-")
            files = homes.setdefault(plan, PlanFiles(plan))
            if way is None:
                files.names, files.others = names or files.names, [*files.others, *rest]
            else:
                files.records += [Entry(before + name, Kind.FILE) for name in names]
                files.records += rest
        for files in homes.values():
            files.records.sort(key=lambda entry: entry.path)
        return homes, others

    def _without_odd_paths(self, listing: Listing) -> tuple[Sequence[str], Sequence[Entry]]:
        """The entries of a folder; impossible paths go to the strays."""
        names, rest = listing.files, listing.others
        whole = is_odd(listing.folder)
        lines = "\n" + "\n".join(names) + "\n"
        if whole or "\n." in lines or "\n\n" in lines:  # one may be odd
            self._put_aside(Stray(f"{listing.folder}/{name}", *ODD) for name in names if whole or is_odd(name))
            names = [name for name in names if not whole and not is_odd(name)]
        if rest:
            odd = {entry.path for entry in rest if whole or is_odd(name_of(entry.path))}
            self._put_aside(Stray(path, *ODD) for path in sorted(odd))
            rest = [entry for entry in rest if entry.path not in odd]
        return names, rest

    def _lacks_plan(self, files: PlanFiles, plan_folders: Collection[str]) -> bool:
        """Whether a folder is a plan's that has lost its ``plan.yaml``; reported if so."""
        folder = files.folder
        targets = any(FileName.parse(name_of(entry.path)).well_formed for entry in files.held())
        if not targets or folder in ("", ROOT) or _enclosing(folder, plan_folders):
            return False
        self.findings.append(
            Finding(
                "missing-plan",
                Level.ERROR,
                Where(f"{folder}/{PLAN_FILE}"),
                Message("{folder} holds target files but no plan.yaml", folder=folder),
                Message("add a plan.yaml with the form's title, department, year, weight rules and key works"),
            )
        )
        return True

    def _is_withdrawn(self, source: Source, records: Iterable[Entry]) -> bool:
        """Whether one of the records says that the plan they are of is gone, or can't be read, so that it may."""
        if len(self.strays) >= limits.FINDINGS:  # nobody mends so many by what is said of these
            return False
        return any(_withdraws(source, entry) for entry in records if record_place(entry.path))

    def _astray(self, held: Iterable[Entry], wrong_place: tuple[Message, Message]) -> None:
        self._put_aside(found for entry in held if (found := stray(entry, wrong_place)) is not None)

    def _put_aside(self, strays: Iterable[Stray]) -> None:
        """Keep what belongs to no plan; beyond the most that are listed it is only counted."""
        for one in strays:
            if len(self.strays) < limits.FINDINGS:
                self.strays.append(one)
            else:
                self._unlisted += 1
                self._lost_too |= one.lost


def name_of(path: str) -> str:
    """A file's name, without its folders."""
    return path.rpartition("/")[2]


def is_harmless(entry: Entry) -> bool:
    """Whether a file is one that people's machines leave in any folder."""
    return name_of(entry.path).lower() in _HARMLESS and entry.kind is Kind.FILE


_NEITHER = (
    Message("this is neither a plan nor a target"),
    Message("move it out of targets/, or name it like 01-retail-sales.yaml if it is a target"),
)
_OUTSIDE = (
    Message("the file lies outside any plan's folder"),
    Message("move it into the folder of its plan, such as targets/2018"),
)
_OF_NO_PLAN = (
    Message("this is a record of a plan that isn't there"),
    Message(
        "move it into {folder} in its plan's folder; where the plan was withdrawn, the record of that lies here as well",
        folder=f"{ADJUSTMENTS}/",
    ),
)
"""What is said of files of which there may be a million, kept once."""


def stray(entry: Entry, wrong_place: tuple[Message, Message] | None = None) -> Stray | None:
    """What is to be said of a file that is neither a plan nor a target; None where it is in nobody's way.

    Args:
        entry: the file.
        wrong_place: what is wrong with its place and the cure, where that is what keeps it from being one.
    """
    if is_harmless(entry):
        return None
    if entry.kind is Kind.LINK:
        message = Message("this is a symbolic link, and links are not followed")
        return Stray(entry.path, message, Message("put the folder or file itself here"))
    if entry.kind is Kind.SUBMODULE:
        message = Message("this is a submodule, and what it holds belongs to another repository")
        cure = Message(
            "put the folder or file itself here; if it is here, and git init was run in it, move its .git away"
        )
        return Stray(entry.path, message, cure, lost=True)
    if entry.kind is Kind.SEALED:
        message = Message("the folder can't be read: permission denied")
        return Stray(entry.path, message, Message("let everybody who runs the check read it"), lost=True)
    if entry.kind is Kind.DEEP:
        message = Message("the folder is nested so deeply that the system can't read it")
        return Stray(entry.path, message, Message("move it out of targets/"), lost=True)
    if wrong_place and entry.path.lower().endswith(YAML):
        return Stray(entry.path, *wrong_place, lost=True)
    return Stray(entry.path, *_NEITHER)


def twin(path: str) -> Stray:
    """What is to be said of a folder or file that some computers take for ``targets/``.

    Args:
        path: its name.
    """
    return Stray(
        path,
        Message(
            "its name differs from {folder} in capital letters only: Windows and macOS take the two for one folder",
            folder=f"{ROOT}/",
        ),
        Message("move what it holds into {folder}, or give it another name", folder=f"{ROOT}/"),
        lost=True,
    )


def _further(many: int, *, lost: bool) -> Stray:
    """What stands for files that aren't listed one by one.

    Args:
        many: how many there are.
        lost: whether a plan may miss one of them.
    """
    told = Counted(
        "{n} more file is out of place and isn't listed", "{n} more files are out of place and aren't listed", many
    )
    return Stray(ROOT, told, MEND_FIRST, lost)


def progress_of(
    portions: Sequence[Sequence[PlanFiles]], tell: Callable[[int, int], None] | None
) -> Callable[[int], None] | None:
    """Tells how many of how many files have been begun once a portion is, by its number."""
    if tell is None:
        return None
    begun = list(accumulate((sum(files.count for files in portion) for portion in portions), initial=0))
    return lambda number: tell(begun[number], begun[-1])


def plan_file_of(files: PlanFiles) -> Entry | None:
    """A folder's plan file: ``plan.yaml``, or one whose name was meant to be that."""
    if PLAN_FILE in files.names:
        return Entry(f"{files.folder}/{PLAN_FILE}", Kind.FILE)
    meant = {name: entry for entry in files.held() if (name := name_of(entry.path))[:5].lower() == "plan."}
    if PLAN_FILE in meant:
        return meant[PLAN_FILE]
    return next(
        (meant[n] for n in sorted(meant) if re.fullmatch(r"plan\.ya?ml(?:\.txt|\.bak|~)?|plan\.txt", n.lower())),
        None,
    )


def _outdated(source: Source, copies: Mapping[str, Entry]) -> Iterator[str]:
    """The registry's copies of the schemas that differ from the tool's own; all of them where a link leads elsewhere."""
    if "schema" in copies:
        yield "schema"
    for name in fields.SCHEMAS:
        path = f"schema/{name}.schema.json"
        entry = copies.get(path)
        if entry is None:
            continue
        own = fields.schema_text(name).replace(b"\r\n", b"\n")
        try:
            copy = source.read(path, 2 * len(own)) if entry.kind is Kind.FILE else b""
        except ReadError:
            copy = b""
        if copy.replace(b"\r\n", b"\n") != own:
            yield path


def _enclosing(folder: str, plan_folders: Collection[str]) -> str | None:
    """The plan folder that a folder lies in."""
    while folder := folder.rpartition("/")[0]:
        if folder in plan_folders:
            return folder
    return None


def _is_meant_for_records(name: str) -> bool:
    """Whether a folder within a plan's was meant to be that of its records, or one of these."""
    return bool(nearest(name.strip().lower(), (ADJUSTMENTS, "material", "critical"), 0.8))


def _withdraws(source: Source, record: Entry) -> bool:
    """Whether a record asks for a whole plan to go, or what it asks for can't be read."""
    try:
        if record.kind is not Kind.FILE:
            return False
        raw = source.read(record.path, limits.ADJUSTMENT_BYTES)
    except ReadError:
        return True
    data = read(record.path, raw, limits.ADJUSTMENT_BYTES, "adjustment").data
    asked = adjustment("", record.path, data if isinstance(data, dict) else {}, readable=True).changes
    return not asked or any(one.is_withdrawal for one in asked)


def _wrong_place(folder: str, plan_folders: Collection[str]) -> tuple[Message, Message]:
    enclosing = _enclosing(folder, plan_folders)
    if enclosing and _is_meant_for_records(folder.removeprefix(enclosing).split("/")[1]):
        return (
            Message("the file lies in a folder of its own inside a plan"),
            Message(
                "if it is an adjustment record, move it to {folder}, into the folder of its severity",
                folder=f"{enclosing}/{ADJUSTMENTS}",
            ),
        )
    if enclosing:
        return (
            Message("the file lies in a folder of its own inside a plan"),
            Message("move it to {folder}", folder=enclosing),
        )
    return _OUTSIDE
