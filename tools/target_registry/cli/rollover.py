"""``targets rollover OLD NEW``: next year's plan from this year's."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from target_registry.cli import output
from target_registry.cli.context import Context
from target_registry.language import Speech
from target_registry.model import Counted, Message, Plan
from target_registry.sources import EnvironmentFault


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
    @click.argument("old", metavar="OLD")
    @click.argument("new", metavar="NEW")
    @click.option("--dry-run", is_flag=True, help=say("List the files instead of writing them."))
    @click.pass_obj
    def rollover(context: Context, old: str, new: str, dry_run: bool) -> int:
        from target_registry.documents.writer import Unformattable
        from target_registry.rollover import carry_over
        from target_registry.sources import ReadError, transaction
        from target_registry.sources.worktree import Worktree

        plans = context.load().registry.plans
        moved = _moved(plans, _folder(old), _folder(new))
        source = Worktree(context.root)
        files: dict[str, bytes | None] = {}
        for plan, identity, year in moved:
            if any(target.number is None for target in plan.targets):
                raise EnvironmentFault(
                    Message("plan {plan} has targets without a number; run targets check", plan=plan.id)
                )
            try:
                files |= carry_over(plan, source, identity, year)
            except (Unformattable, ReadError):
                raise EnvironmentFault(
                    Message("plan {plan} has files with faults; run targets check", plan=plan.id)
                ) from None
        if not dry_run:
            transaction.apply(context.root, files, dict.fromkeys(files))
        for path in files:
            output.write(f"{path}\n")
        told = Counted("{n} plan carried over", "{n} plans carried over", len(moved))
        if dry_run:
            told = Counted("{n} plan would be carried over", "{n} plans would be carried over", len(moved))
        output.write(say.tell(told) + "\n")
        if not dry_run:
            output.write(say.tell(Message("targets check lists what is to be filled in")) + "\n")
        return 0

    return rollover


def _folder(text: str) -> str:
    return text.replace("\\", "/").strip("/").removeprefix("targets/")


def _moved(plans: Sequence[Plan], old: str, new: str) -> list[tuple[Plan, str, int]]:
    """Each plan to carry over, with its new folder and year.

    Raises:
        EnvironmentFault: there is none, or the new one is no later year's, or there already.
    """
    if not re.match(r"[0-9]{4}(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?\Z", new):
        raise EnvironmentFault(
            Message("{new} is no folder of a plan; name a year, such as 2019, or 2019/commerce", new=new)
        )
    found = [plan for plan in plans if plan.id == old or plan.id.startswith(old + "/")]
    if not found:
        raise EnvironmentFault(
            Message("there is no plan {name}; the plans are {plans}", name=old, plans=tuple(p.id for p in plans))
        )
    year = int(new[:4])
    moved = [(plan, new + plan.id[len(old) :], year) for plan in found]
    taken = {plan.id for plan in plans}
    for plan, identity, _ in moved:
        if plan.year is not None and year <= plan.year:
            raise EnvironmentFault(Message("{new} is not after {old}", new=year, old=plan.year))
        if identity in taken:
            raise EnvironmentFault(Message("there is a plan {plan} already; nothing was written", plan=identity))
    return moved
