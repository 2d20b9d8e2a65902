"""A source to a registry, and what is wrong with its files so far.

Plans are read by :mod:`target_registry.plans`, by several processes where that is quicker.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from target_registry import limits, workers
from target_registry.assembly import ADJUSTMENTS
from target_registry.documents import Document, canonical
from target_registry.inventory import Inventory, PlanFiles, progress_of
from target_registry.model import Finding, Level, Message, Plan, Registry, Stray
from target_registry.plans import Reader
from target_registry.sources import EnvironmentFault, Source
from target_registry.sources.overlay import Overlay
from target_registry.sources.worktree import Worktree

Made = TypeVar("Made")


@dataclass(eq=False, repr=False)
class Loaded:
    """A registry with the findings made while loading it, and where every value stands."""

    registry: Registry
    findings: list[Finding]
    documents: Mapping[str, Document] = field(default_factory=dict)

    def located(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings with their lines looked up, sorted by file, place and code."""
        return in_order(located(finding, self.documents.get(finding.where.path)) for finding in findings)


def located(finding: Finding, document: Document | None) -> Finding:
    """A finding with its line and column, as its file has them; at the top of one that can't be read."""
    return (document or _NOTHING).located(finding)


_NOTHING = Document("")


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings as reports tell them: by file, place and code."""
    return sorted(findings, key=lambda f: (f.where.path, f.line, f.column, f.code, f.message.text))


def load(
    source: Source,
    progress: Callable[[int, int], None] | None = None,
    processes: int | None = None,
    choose: Callable[[Sequence[str]], Collection[str]] | None = None,
) -> Loaded:
    """Read a registry.

    Args:
        source: where it is.
        progress: told now and then how many of how many files have been begun.
        processes: how many to use; None for as many as are of use.
        choose: the plans to be read, of the ids of all; None for all.

    Raises:
        EnvironmentFault: it is too large.
    """
    listed = Inventory(source)
    wanted = choose([files.identity for files in listed.plans]) if choose is not None and listed.plans else None
    portions = listed.portions(wanted)
    _check_size(sum(files.count for portion in portions for files in portion))
    if processes is None:
        processes = useful_processes(source, listed)
    plain = canonical.pattern("target").plain() if is_large(listed) else None
    reader = Reader(source, plain=plain)
    withdrawn = reader.withdrawn(listed)
    if processes < 2:
        plans = [reader.plan(files) for portion in portions for files in portion]
        strays, findings = reader.strays, reader.findings
        documents: Mapping[str, Document] = reader.documents
    else:
        canonical.pattern("target"), canonical.pattern("plan")  # before there are other processes

        def read_portion(portion: Sequence[PlanFiles]) -> tuple[list[Plan], list[Stray], list[Finding]]:
            own = Reader(source, plain=plain)
            return [own.plan(files) for files in portion], own.strays, own.findings

        found = workers.spread(read_portion, portions, processes, progress_of(portions, progress))
        plans = [plan for read, _, _ in found for plan in read]
        strays = [*reader.strays, *(stray for _, read, _ in found for stray in read)]
        findings = [*reader.findings, *(finding for _, _, read in found for finding in read)]
        documents = _Documents(source, listed)
    registry = Registry(tuple(plans), (*listed.strays, *strays), listed.outdated_schemas, withdrawn)
    return Loaded(registry, [*listed.findings, *findings], documents)


class Each(NamedTuple, Generic[Made]):
    """What was made of plans, one by one.

    Attributes:
        made: of each plan, in the order of their folders.
        missing: for how many reasons the plans aren't all that the files may mean.
    """

    made: list[Made]
    missing: int


def each(
    source: Source,
    listed: Inventory,
    wanted: Collection[str],
    make: Callable[[Plan], Made],
    progress: Callable[[int, int], None] | None = None,
    processes: int | None = None,
) -> Each[Made]:
    """Make something of each plan in the process that has read it, and let the plan go.

    Args:
        source: where the registry is.
        listed: what the source holds.
        wanted: the ids of the plans that something is to be made of; the others aren't read.
        make: pure; what it makes can be pickled. What it raises is raised here.
        progress: told now and then how many of how many files have been begun.
        processes: how many to use; None for as many as are of use.

    Raises:
        EnvironmentFault: the plans that are wanted are too large together.
    """
    portions = listed.portions(wanted)
    _check_size(sum(files.count for portion in portions for files in portion))
    if processes is None:
        processes = useful_processes(source, listed)
    canonical.pattern("plan")  # before there are other processes
    plain = canonical.pattern("target").plain() if is_large(listed) else None

    def read_portion(portion: Sequence[PlanFiles]) -> tuple[list[Made], int]:
        reader = Reader(source, plain=plain)
        made = [make(plan) for plan in map(reader.plan, portion)]
        return made, incomplete(reader.findings, reader.strays)

    found = workers.spread(read_portion, portions, processes, progress_of(portions, progress))
    missing = sum(many for _, many in found)
    folders = tuple(f"{files.folder}/" for portion in portions for files in portion)
    if len(folders) == len(listed.plans):
        missing += incomplete(listed.findings, listed.strays)
    else:
        missing += incomplete(
            (finding for finding in listed.findings if finding.where.path.startswith(folders)),
            (stray for stray in listed.strays if stray.path.startswith(folders)),
        )
    return Each([made for some, _ in found for made in some], missing)


def headers(source: Source, listed: Inventory) -> list[Plan]:
    """What the plans' own files say, without targets and records.

    Args:
        source: where the registry is.
        listed: what the source holds.

    Raises:
        EnvironmentFault: there are too many.
    """
    _check_size(len(listed.plans))
    return [Reader(source).header(files.alone(), ()) for files in listed.plans]


def _check_size(many: int) -> None:
    """Complain where plans hold more files than memory is meant for: seven trees of Git make a million."""
    if many > limits.LOADED:
        raise EnvironmentFault(
            Message(
                "the plans hold {n} files; at most {limit} are read together: name one plan, or split the registry",
                n=many,
                limit=limits.LOADED,
            )
        )


def incomplete(findings: Iterable[Finding], strays: Iterable[Stray]) -> int:
    """For how many reasons plans and targets aren't all that their files may mean: errors of these, and files astray."""
    paths = [finding.where.path for finding in findings if finding.level is Level.ERROR]
    paths += [stray.path for stray in strays]
    return sum(f"/{ADJUSTMENTS}/" not in path for path in paths)


def useful_processes(source: Source, listed: Inventory) -> int:
    """How many processes are quicker than one.

    A small registry isn't worth their start, and a revision is read through one Git process, which can't be shared.
    """
    return workers.processors() if is_large(listed) and isinstance(source, Worktree | Overlay) else 1


def is_large(listed: Inventory) -> bool:
    """Whether what is quick for each file is worth the time that its making takes."""
    return listed.count >= _LARGE


_LARGE = 400
"""From as many files on a second process, and an automaton, are worth their start."""


class _Documents(Mapping[str, Document]):
    """The files that other processes have read, each read once more when it is asked for."""

    def __init__(self, source: Source, listed: Inventory) -> None:
        self._entries = {entry.path: (entry, name) for entry, name in listed.named()}
        self._reader = Reader(source)

    def __getitem__(self, path: str) -> Document:
        if path not in self._reader.documents:
            self._reader.document(*self._entries[path])
        return self._reader.documents[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
