"""Which plans and which target a call means."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Sequence

from target_registry.model import Message, Plan, Registry, Target
from target_registry.nearest import nearest
from target_registry.sources import EnvironmentFault

LISTED = 12
"""Plans, or targets, that a message names; of more it names some."""


def choose_plans(registry: Registry, wanted: str | None) -> tuple[Plan, ...]:
    """The plan that was named, or all.

    Raises:
        EnvironmentFault: there is no such plan.
    """
    named = frozenset(chosen_of([plan.id for plan in registry.plans], wanted))
    return tuple(plan for plan in registry.plans if plan.id in named)


def one_of(known: Sequence[str], wanted: str | None, option: str = "--plan") -> str:
    """The id of the plan that was named, or of the only one.

    Args:
        known: the ids of all plans.
        wanted: the plan as it was named, or None.
        option: what names one.

    Raises:
        EnvironmentFault: there is no such plan, or there are several and none was named.
    """
    names = chosen_of(known, wanted)
    if len(names) > 1:
        told = (
            Message("there are several plans: {plans}; choose one with {option}", plans=tuple(names), option=option)
            if len(names) <= LISTED
            else Message(
                "there are {count} plans, such as {plans}; choose one with {option}",
                count=len(names),
                plans=tuple(names[:5]),
                option=option,
            )
        )
        raise EnvironmentFault(told)
    return names[0]


def plan_id(named: str) -> str:
    """A plan's folder below ``targets/`` as a person names it, in that folder or from the registry's."""
    return posixpath.normpath(named.replace("\\", "/")).removeprefix("targets/")


def choose_target(plans: Sequence[Plan], wanted: str) -> tuple[Plan, Target]:
    """The target that was named by number, slug or file.

    Raises:
        EnvironmentFault: there is none, or there are several.
    """
    folder, name = posixpath.split(wanted.replace("\\", "/"))
    number = unicodedata.normalize("NFKC", name)  # ６ as well as 6
    found = [
        (plan, target)
        for plan in plans
        if not folder or _ends_alike(f"targets/{plan.id}", posixpath.normpath(folder))
        for target in plan.targets
        if name in (target.slug, posixpath.basename(target.path))
        or (number.isascii() and number.isdigit() and len(number) < 10 and target.number == int(number))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        paths = tuple(target.path for _, target in found)
        told = (
            Message("{name} can be any of {paths}; name it as one of these, or add --plan", name=wanted, paths=paths)
            if len(paths) <= LISTED
            else Message(
                "{name} can be any of {count} targets, such as {paths}; name it as one of these, or add --plan",
                name=wanted,
                count=len(paths),
                paths=paths[:5],
            )
        )
        raise EnvironmentFault(told)
    if number.isascii() and number.isdigit():  # of which sentences are full
        raise EnvironmentFault(
            Message(
                "there is no target {name}; name one by its number or slug, and to targets history a deleted one by its slug",
                name=wanted,
            )
        )
    speaking = [target for plan in plans for target in plan.targets if wanted and wanted in target.text("target")]
    if speaking:
        sentences = tuple(f"{target.number or target.slug} {target.text('target')}" for target in speaking[:LISTED])
        raise EnvironmentFault(
            Message("there is no target {name}; these speak of it: {targets}", name=wanted, targets=sentences)
        )
    close = nearest(name, (target.slug for plan in plans for target in plan.targets), 0.6)
    raise EnvironmentFault(
        Message("there is no target {name}; did you mean {slug}?", name=wanted, slug=close)
        if close
        else Message("there is no target {name}; name one by its number or slug", name=wanted)
    )


def chosen_of(names: Sequence[str], wanted: str | None) -> Sequence[str]:
    """Of the ids of plans all, or the one that was named."""
    if wanted is None:
        return names
    name = plan_id(wanted)
    if name not in names:
        raise EnvironmentFault(no_plan(wanted, names))
    return [name]


def no_plan(wanted: str, names: Sequence[str]) -> Message:
    """That there is no such plan, and which there are, or which may be meant.

    Args:
        wanted: the plan as it was named.
        names: the ids of all plans.
    """
    if len(names) <= LISTED:
        return Message("there is no plan {name}; the plans are {plans}", name=wanted, plans=tuple(names))
    if close := nearest(plan_id(wanted), names):
        return Message("there is no plan {name}; did you mean {close}?", name=wanted, close=close)
    return Message(
        "there is no plan {name}; there are {count} others, such as {plans}",
        name=wanted,
        count=len(names),
        plans=tuple(names[:5]),
    )


def _ends_alike(one: str, other: str) -> bool:
    """Whether the shorter of two paths, taken from wherever the caller stands, is the end of the longer."""
    parts = [[step for step in path.split("/") if step not in ("", ".", "..")] for path in (one, other)]
    return all(here == there for here, there in zip(*map(reversed, parts), strict=False))
