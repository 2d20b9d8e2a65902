"""A source to all that is to be said of it: read and judged plan by plan, by several processes where that is quicker.

What comes out is what :func:`load.load` and :func:`rules.judge` find, to the letter; a test holds them together.
Plans are let go once they are judged, so that a registry of any size takes little memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from target_registry import heads, limits, load, plans, rules, workers
from target_registry.assembly import PLAN_FILE
from target_registry.clearance import Clearance
from target_registry.documents import MEND_FIRST, MORE, canonical, keep
from target_registry.inventory import ROOT, Inventory, PlanFiles, progress_of
from target_registry.model import EMPTY, Counted, Finding, Level, Plan, Registry, Stray, Target, Where
from target_registry.sources import Entry, Source


class Checked(NamedTuple):
    """What a check found, and how much it looked at.

    Attributes:
        findings: in place and in order.
        plans: how many plans.
        targets: how many targets.
        waivers: how many waivers the plans have.
        listed: the files that were looked at, and those that are out of place.
    """

    findings: Sequence[Finding]
    plans: int
    targets: int
    waivers: int
    listed: Inventory


class _Judged(NamedTuple):
    """What is kept of a plan once it is let go.

    Attributes:
        plan: without what no rule asks for that compares plans; it has its targets where it has waivers, which are
            known by them.
        slugs: its targets', one a line: a single string is pickled fastest.
        many: how many targets it has.
        replacing: its targets that say which one of an earlier year they replace.
        read: what reading found, in place.
        found: what the rules found, in place, before anything is waived.
        strays: what turned out to be no target.
    """

    plan: Plan
    slugs: str
    many: int
    replacing: tuple[Target, ...]
    read: list[Finding]
    found: list[Finding]
    strays: list[Stray]


class _Left(NamedTuple):
    """What is said of the records of plans that were withdrawn.

    Attributes:
        read: what reading found, in place.
        found: what the rules found, in place.
        strays: what turned out to be no record.
    """

    read: list[Finding]
    found: list[Finding]
    strays: list[Stray]


def check(
    source: Source,
    progress: Callable[[int, int], None] | None = None,
    processes: int | None = None,
    first: str = "",
) -> Checked:
    """Check a whole registry.

    Args:
        source: where it is.
        progress: told now and then how many of how many files have been begun.
        processes: how many to use; None for as many as are of use.
        first: the id of the plan that is looked at in any case; a check ends where too much is wrong with others.
    """
    listed = Inventory(source)
    if processes is None:
        processes = load.useful_processes(source, listed)
    clearance = Clearance()  # before there are other processes, so that it is made once
    plain = clearance.plain() if load.is_large(listed) else None
    aside = Registry((), tuple(listed.strays))

    def judge(portion: Sequence[PlanFiles]) -> list[_Judged]:
        return [
            _judge(plans.Reader(source, limits.FINDINGS_A_PLAN, plain), files, aside, clearance) for files in portion
        ]

    portions = listed.portions()
    if first:
        portions.sort(key=lambda portion: all(files.identity != first for files in portion))
    tell = progress_of(portions, progress)
    if processes > 1:
        found: Iterable[list[_Judged]] = workers.spread(judge, portions, processes, tell)
    else:
        found = workers.in_turn(judge, portions, tell)
    return _together(source, listed, _enough(found))


def _enough(portions: Iterable[list[_Judged]]) -> list[_Judged]:
    """The plans up to those with which there is more wrong than a check holds, however many processes looked at them."""
    judged: list[_Judged] = []
    many = 0
    for portion in portions:
        judged += portion
        many += sum(len(one.read) + len(one.found) for one in portion)
        if many >= limits.GATHERED:
            break
    return judged


def _judge(reader: plans.Reader, files: PlanFiles, aside: Registry, clearance: Clearance) -> _Judged:
    """Read one plan and have the rules look at it.

    Args:
        reader: of this plan alone.
        files: the plan's.
        aside: nothing but the files that are out of place, which some rules are silent for.
        clearance: tells what no rule has anything to say of.
    """
    sheet, others = reader.targets(files)
    made: dict[int, Target] = {}
    doubtful: dict[tuple[str, ...], list[Target]] = {tuple(rules.OF_TARGETS): others} if others else {}
    replacing = [target for target in others if target.text("replaces")]
    for at, codes in clearance.doubts(sheet):
        made[at] = reader.target(files, sheet[at])
        doubtful.setdefault(codes, []).append(made[at])
    for at in clearance.replacing(sheet):
        made.setdefault(at, reader.target(files, sheet[at]))
        replacing.append(made[at])
    row, plan = reader.row(files), None
    head = heads.of_row()(row) if row is not None else None
    if head is None:
        plan = reader.header(files, ())
        head = heads.of_plan(plan)
    are_texts_clear = head is not None and clearance.of_texts(head)
    asked: tuple[str, ...] = tuple(rules.OF_PLANS)
    places: Sequence[int] = range(len(sheet))
    if head is not None and not others:
        asked, places = clearance.doubts_of_plan(files.identity, head, aside, sheet)
    if plan is None:  # most are clear, and needn't be made
        plan = _identified(files, row) if row and are_texts_clear and not asked else reader.header(files, ())
    said: list[Finding] = []
    if not are_texts_clear:
        said += rules.find(replace(aside, plans=(plan,)), rules.OF_TARGETS)
    for codes, targets in doubtful.items():
        # The plan's own texts and name were judged, or need not be.
        path, rows = f"{files.folder}/{PLAN_FILE}", plans.in_rows(targets)
        some = replace(aside, plans=(replace(plan, values=EMPTY, key_works=(), path=path, targets=rows),))
        said += rules.find(some, codes)
    if asked:
        compared = [made.get(at) or reader.target(files, sheet[at]) for at in places]
        plan = replace(plan, targets=plans.in_rows([*compared, *others]))
        said += rules.find(replace(aside, plans=(plan,)), asked)
    slugs = [*sheet.slugs(), *(target.slug for target in others)]
    return _Judged(
        _kept(plan),
        "\n".join(slugs),
        len(slugs),
        tuple(replacing),
        _in_place(reader, reader.findings),
        _in_place(reader, said),
        reader.strays,
    )


_IDENTITY = ("year", "department")
"""What plans are compared by."""


def _identified(files: PlanFiles, row: canonical.Row) -> Plan:
    """A plan with nothing but what plans are compared by."""
    values = canonical.pattern("plan").data(row, _IDENTITY)
    return Plan(files.identity, f"{files.folder}/{PLAN_FILE}", values, (), (), ())


def _kept(plan: Plan) -> Plan:
    values = {key: plan.values[key] for key in _IDENTITY if key in plan.values}
    targets = tuple(map(_bare, plan.targets)) if plan.waivers else ()
    return replace(plan, values=values, key_works=(), adjustments=(), targets=targets)


def _bare(target: Target) -> Target:
    """A target without its values."""
    return replace(target, values=EMPTY)


def _withdrawn(source: Source, listed: Inventory) -> _Left:
    """Look at what is left of plans that were withdrawn."""
    if not listed.withdrawn:  # as nearly always, and the rule needn't be loaded
        return _Left([], [], [])
    reader = plans.Reader(source)
    found = rules.find(Registry((), withdrawn=reader.withdrawn(listed)), ["adjustment-misnamed"])
    return _Left(_in_place(reader, reader.findings), _in_place(reader, found), reader.strays)


def _in_place(reader: plans.Reader, findings: Iterable[Finding]) -> list[Finding]:
    """Findings about files that a reader has read, with their lines."""
    return [load.located(finding, reader.documents.get(finding.where.path)) for finding in findings]


def _together(source: Source, listed: Inventory, judged: Sequence[_Judged]) -> Checked:
    """The findings of the rules that compare plans, and all findings after waivers."""
    left = _withdrawn(source, listed)
    strays = (*listed.strays, *left.strays, *(stray for found in judged for stray in found.strays))
    named = {target.text("replaces").rpartition("/")[0] for found in judged for target in found.replacing}
    compared = Registry(tuple(_compared(found, named) for found in judged), strays, listed.outdated_schemas)
    found = [*left.found, *(finding for one in judged for finding in one.found)]
    unseen = len(listed.plans) - len(judged)
    # Of plans that weren't looked at nobody knows which targets they hold.
    found += rules.find(compared, [code for code in rules.OF_REGISTRIES if not unseen or code != "replaces-unknown"])
    settled = rules.settle(Registry(tuple(one.plan for one in judged)), found)
    settled += [*listed.findings, *left.read, *(finding for one in judged for finding in one.read)]
    findings = _fewer(load.in_order(_located(settled, source, listed)))
    return Checked(
        [*([_unfinished(unseen)] if unseen else []), *findings],
        len(judged),
        sum(one.many for one in judged),
        sum(len(one.plan.waivers) for one in judged),
        listed,
    )


def _unfinished(left: int) -> Finding:
    """That a check ended before it had looked at all plans.

    Args:
        left: at how many it didn't look.
    """
    told = Counted(
        "the check ended at {most} findings; {n} more plan wasn't looked at",
        "the check ended at {most} findings; {n} more plans weren't looked at",
        left,
        most=limits.GATHERED,
    )
    return Finding(MORE, Level.ERROR, Where(ROOT), told, MEND_FIRST, 1, 1)


def _fewer(findings: list[Finding]) -> list[Finding]:
    """Findings in order; of each file beyond the most that are listed one, and how many there are beside."""
    kept = findings[: limits.FINDINGS]
    for _, about in groupby(findings[limits.FINDINGS :], key=lambda finding: finding.where.path):
        listed: list[Finding] = []
        for finding in about:
            keep(listed, finding, 1)
        kept += listed
    return kept


def _compared(found: _Judged, named: set[str]) -> Plan:
    """A plan with its targets as far as other plans' are compared with them."""
    plan = found.plan
    if plan.id not in named and not found.replacing:
        return replace(plan, targets=()) if plan.targets else plan
    replacing = {target.slug for target in found.replacing}
    others = [slug for slug in found.slugs.split("\n") if slug not in replacing] if found.many else []
    targets = (*found.replacing, *(Target(plan.id, "", None, slug, True, EMPTY) for slug in others))
    return replace(plan, targets=targets)


def _located(findings: Iterable[Finding], source: Source, listed: Inventory) -> Iterator[Finding]:
    """Findings in place: those across plans are few, and their files are read once more."""
    entries: dict[str, tuple[Entry, str]] = {}
    reader = plans.Reader(source)
    for finding in findings:
        path = finding.where.path
        if finding.line or not finding.where.route:
            yield load.located(finding, None)
            continue
        entries = entries or {entry.path: (entry, name) for entry, name in listed.named()}
        if path in entries and path not in reader.documents:
            reader.document(*entries[path])
        yield load.located(finding, reader.documents.get(path))
