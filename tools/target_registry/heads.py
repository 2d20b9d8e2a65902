"""What a plan's own file says, as far as it matters to who looks whether a plan is sound: told of its lines, or of the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from target_registry.assembly import PLAN_FILE
from target_registry.documents import canonical
from target_registry.documents.canonical import Row
from target_registry.model import Plan, Route

_KEYS = ("title", "year", "department", "department_id", "key_works", "status", "approved_revision", "waivers")
_WEIGHT_RULES = ("total", "step", "minimum", "maximum")


class Head(NamedTuple):
    """What a plan's own file says that is sound by itself, has no waivers and is no half of an approval; nor has it records.

    Attributes:
        title: the plan's.
        year: the plan's, in digits.
        department: the plan's.
        department_id: the plan's; empty where it says none.
        works: the ids of its key works.
        titles: those of its key works.
        weight_rules: what it says of its weights, in points.
    """

    title: str
    year: str
    department: str
    department_id: str
    works: Sequence[str]
    titles: Sequence[str]
    weight_rules: Mapping[str, Decimal]

    def weight_rule(self, name: str) -> Decimal | None:
        """One of ``total``, ``step``, ``minimum``, ``maximum``, in points."""
        return self.weight_rules.get(name)


def of_plan(plan: Plan) -> Head | None:
    """The head of a plan; None where there is more to be looked at."""
    if not plan.readable or plan.broken or not plan.path.endswith("/" + PLAN_FILE):
        return None
    if plan.waivers or plan.adjustments or "commitment_ladders" in plan.values or plan.is_half_approved:
        return None
    return Head(
        str(plan.values.get("title", "")),
        str(plan.year or ""),
        str(plan.values.get("department", "")),
        str(plan.values.get("department_id", "")),
        [work.id for work in plan.key_works],
        [work.title for work in plan.key_works],
        {name: rule for name in _WEIGHT_RULES if (rule := plan.weight_rule(name)) is not None},
    )


@cache
def of_row() -> Callable[[Row], Head | None]:
    """What tells the head of what the lines of a plan's own file say; None where there is more to be looked at."""
    pattern = canonical.pattern("plan")
    at: Mapping[Route, int] = {route: place for place, route in enumerate(pattern.routes)}
    columns = pattern.columns.get(("key_works",))
    if columns is None or any((key,) not in at for key in _KEYS):
        return lambda _: None
    title, year, department, department_id, works, status, revision, waived = (at[(key,)] for key in _KEYS)
    rules = [(name, place) for name in _WEIGHT_RULES if (place := at.get(("weight_rules", name))) is not None]

    def head(row: Row) -> Head | None:
        if row[waived] or (row[status] == "approved") != bool(row[revision]):
            return None
        said = columns(row[works])
        return Head(
            canonical.unquoted(row[title]),
            row[year],
            canonical.unquoted(row[department]),
            row[department_id],
            said["id"],
            [*map(canonical.unquoted, said["title"])],
            {name: points(row[place]) for name, place in rules if row[place]},
        )

    return head


@cache
def points(written: str) -> Decimal:
    """A number of a row, exactly; files say few different ones of weights."""
    return Decimal(canonical.number(written))
