"""``targets rollover OLD NEW``: next year's plan from this year's."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import click

from target_registry.assembly import ADJUSTMENTS
from target_registry.cli import output
from target_registry.cli.choosing import no_plan, plan_id
from target_registry.cli.context import Context
from target_registry.cli.options import option
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.model import Counted, Finding, Level, Message, Plan
from target_registry.patterns import lazy
from target_registry.sources import EnvironmentFault

if TYPE_CHECKING:
    from target_registry.load import Loaded

_PLAN = lazy(rf"(?:19[5-9][0-9]|2[0-9]{{3}})(?:/(?!{ADJUSTMENTS}\Z)(?=.{{1,60}}\Z)[a-z0-9]+(?:-[a-z0-9]+)*)?\Z")


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "rollover",
        help=say(
            "Start the plans of year NEW from those of year OLD: targets rollover 2018 2019. Key works, slugs and "
            "numbers stay; each target says in replaces which one it goes on from, and has last year's sentence in its "
            "remarks and last year's figure as its baseline. What is to be filled in is marked, and targets check "
            "lists it.\n\n"
            "OLD and NEW may also name one plan's folder: 2018/commerce 2019/commerce. Nothing that is there is touched."
        ),
    )
    @click.argument("old", metavar=say("OLD"))
    @click.argument("new", metavar=say("NEW"))
    @option("--dry-run", is_flag=True, help=say("List the files instead of writing them."))
    @click.pass_obj
    def rollover(context: Context, old: str, new: str, dry_run: bool) -> int:
        from target_registry import fields
        from target_registry.sources import transaction

        if dry_run:
            moved, files = _files(context, old, new)
        else:
            with transaction.exclusive(context.root) as writing:
                moved, files = _files(context, old, new)
                writing.apply(files, dict.fromkeys(files))
                output.written(files)
        for path in files:
            output.write(terminal(path) + "\n")
        told = Counted("{n} plan carried over", "{n} plans carried over", moved)
        if dry_run:
            told = Counted("{n} plan would be carried over", "{n} plans would be carried over", moved)
        output.write(say.tell(told) + "\n")
        marks = sum((data or b"").count(mark.encode()) for data in files.values() for mark in fields.UNFILLED.values())
        if not dry_run:
            told = Counted(
                "{n} place is to be filled in; targets check lists it",
                "{n} places are to be filled in; targets check lists them",
                marks,
            )
            output.write(say.tell(told) + "\n")
        return 0

    return rollover


def _files(context: Context, old: str, new: str) -> tuple[int, dict[str, bytes | None]]:
    """How many plans are carried over, and the files that makes.

    Raises:
        EnvironmentFault: it can't be done; the message says why.
    """
    from target_registry.documents.writer import Unformattable
    from target_registry.rollover import carry_over
    from target_registry.sources import ReadError
    from target_registry.sources.worktree import Worktree

    known: list[str] = []

    def chosen(names: Sequence[str]) -> list[str]:
        known[:] = names
        return _meant(names, plan_id(old))

    loaded = context.load(choose=chosen)
    moved = _moved(loaded.registry.plans, plan_id(old), plan_id(new), known)
    faults = _first_faults(loaded)
    files: dict[str, bytes | None] = {}
    for plan, identity, year in moved:
        paths = (plan.path, *(target.path for target in plan.targets))
        if found := [faults[path] for path in paths if path in faults]:
            raise _faulty(plan, min(found, key=lambda finding: finding.where.path))
        try:
            files |= carry_over(plan, Worktree(context.root), identity, year)
        except (Unformattable, ReadError):
            raise _faulty(plan, None) from None
    for path in files:
        if os.path.lexists(context.root / path):
            raise EnvironmentFault(Message("{path} is there already; nothing was written", path=path))
    return len(moved), files


def _meant(names: Sequence[str], old: str) -> list[str]:
    """The ids of the plans of a year, or of the one plan.

    Raises:
        EnvironmentFault: there is none.
    """
    found = [name for name in names if name == old or name.startswith(old + "/")]
    if not found:
        raise EnvironmentFault(no_plan(old, names))
    return found


def _moved(plans: Sequence[Plan], old: str, new: str, known: Collection[str]) -> list[tuple[Plan, str, int]]:
    """Each plan to carry over, with its new folder and year.

    Args:
        plans: those to carry over.
        old: what they were called by.
        new: what the new ones are.
        known: the ids of all plans.

    Raises:
        EnvironmentFault: the new one is no later year's, or there already.
    """
    if "/" in old and "/" not in new:
        new += old[old.index("/") :]  # one department's plan stays that department's
    taken = frozenset(known)
    moved = []
    for plan in plans:
        identity = new + plan.id[len(old) :]
        if not _PLAN.match(identity):
            raise EnvironmentFault(
                Message("{new} is no folder of a plan; name a year, such as 2019, or 2019/commerce", new=identity)
            )
        year = int(identity[:4])
        if plan.year is not None and year <= plan.year:
            raise EnvironmentFault(Message("{new} is not after {old}", new=identity[:4], old=str(plan.year)))
        if identity in taken:
            raise EnvironmentFault(Message("there is a plan {plan} already; nothing was written", plan=identity))
        moved.append((plan, identity, year))
    return moved


def _first_faults(loaded: Loaded) -> dict[str, Finding]:
    """What keeps a plan from being carried over, the first of each file, by path.

    What can't be read, or is to be filled in, would be missing in the next one.
    """
    from target_registry.rules import misnamed_file, unfilled

    found = [*loaded.findings, *unfilled.check(loaded.registry), *misnamed_file.check(loaded.registry)]
    faults: dict[str, Finding] = {}
    for finding in loaded.located(found):
        if finding.level is Level.ERROR or finding.code == misnamed_file.CODE:
            faults.setdefault(finding.where.path, finding)
    return faults


def _faulty(plan: Plan, fault: Finding | None) -> EnvironmentFault:
    return EnvironmentFault(
        Message(
            "plan {plan} has files with faults or places to be filled in, the first in {path}, line {line}; "
            "run targets check",
            plan=plan.id,
            path=fault.where.path if fault else plan.path,
            line=fault.line if fault else 1,
        )
    )
