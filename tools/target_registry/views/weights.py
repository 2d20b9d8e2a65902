"""Where do the points go? Weights by key work, category, deadline and fiscal project."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from target_registry import fields, views
from target_registry.fields import Field
from target_registry.language import Speech, figure
from target_registry.model import Counted, Message, Plan, Target
from target_registry.tables import Column, Row, Table
from target_registry.views.form import plain

DIMENSIONS = ("key_work", "category", "deadline_month", "fiscal_project")


def view(plan: Plan, dimensions: Sequence[Field], speech: Speech) -> Table:
    """Targets, points and share of each group, one dimension after the other, then the sum.

    Args:
        plan: whose weights.
        dimensions: the fields to group by.
        speech: the language of headings and labels.
    """
    columns = (
        Column("value", speech.tell(Message("group"))),
        Column("targets", speech.tell(Message("targets")), True),
        Column("points", speech.tell(Message("points")), True),
        Column("share", speech.tell(Message("share")), True),
    )
    rows = []
    for field in dimensions:
        heading = speech.tell(Message("by {field}", field=field.name(speech.language)))
        for label, value, members in groups(plan, field, speech.language):
            rows.append(_row(plan, label, members, heading, {"by": field.key, "value": plain(value)}))
    rows.append(_row(plan, speech.tell(Message("total")), plan.targets, "", {"by": None, "value": None}, total=True))
    if len(dimensions) == 1:
        columns = (Column("value", dimensions[0].name(speech.language)), *columns[1:])
        rows = [row._replace(group="") for row in rows]
    grouping = Column("by", speech.tell(Message("grouped by"))) if len(dimensions) > 1 else None
    return Table(plan.title, columns, tuple(rows), grouping, verdict(plan, speech))


def groups(plan: Plan, field: Field, language: str) -> list[tuple[str, Any, list[Target]]]:
    """Targets by the value of a field: label, value, members.

    Choices and key works come in their own order, numbers by size, the rest as met; blank
    comes last.
    """
    members: dict[Any, list[Target]] = {}
    for target in plan.targets:
        members.setdefault(fields.of(target, field.key), []).append(target)
    if field.key == "key_work":
        order: list[Any] = [work.id for work in plan.key_works]
    elif field.kind == "choice":
        order = [value for value, _ in field.choices]
    elif field.numeric:
        order = sorted(value for value in members if value is not None)
    else:
        order = list(members)
    rank = {value: position for position, value in enumerate(order)}
    values = sorted(members, key=lambda value: (value is None, rank.get(value, len(rank))))
    return [
        (views.cells(plan, members[value][:1], field, language)[0] or "—", value, members[value]) for value in values
    ]


def _row(
    plan: Plan, label: str, members: Sequence[Target], group: str, about: dict[str, Any], *, total: bool = False
) -> Row:
    points = sum((target.weight for target in members if target.weight is not None), Decimal(0))
    share = points / plan.weight_total if plan.weight_total else Decimal(0)
    percent = (share * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    cells = (label, str(len(members)), figure(points), f"{percent}%")
    data = {
        **about,
        "title": label,
        "targets": len(members),
        "points": plain(points),
        "share": float(share.quantize(Decimal("0.0001"), ROUND_HALF_UP)),
    }
    return Row(cells, data, group, total)


def difference(plan: Plan) -> Decimal | None:
    """Points that the weights are over (or, negative, short of) the declared total.

    None if none is declared, or the plan is only begun and has no targets.
    """
    declared = plan.weight_rule("total")
    return None if declared is None or not plan.targets else plan.weight_total - declared


def verdict(plan: Plan, speech: Speech) -> str:
    """One sentence: the sum of the weights against the declared total."""
    declared, off = plan.weight_rule("total"), difference(plan)
    unweighed = sum(target.weight is None for target in plan.targets)
    parts = []
    if declared is not None and not plan.targets:
        parts.append(speech.tell(Message("no targets yet; their weights are to sum to {declared}", declared=declared)))
    elif declared is None or off is None:
        parts.append(speech.tell(Message("sum {sum}; the plan declares no total", sum=plan.weight_total)))
    elif off == 0:
        parts.append(speech.tell(Message("sum {sum}, as declared", sum=plan.weight_total)))
    elif off < 0:
        parts.append(
            speech.tell(
                Message(
                    "sum {sum}, {off} short of the declared {declared}",
                    sum=plan.weight_total,
                    off=-off,
                    declared=declared,
                )
            )
        )
    else:
        parts.append(
            speech.tell(
                Message(
                    "sum {sum}, {off} over the declared {declared}", sum=plan.weight_total, off=off, declared=declared
                )
            )
        )
    if unweighed:
        parts.append(
            speech.tell(
                Counted(
                    "{n} target has no weight that can be read",
                    "{n} targets have no weight that can be read",
                    unweighed,
                )
            )
        )
    return ("；" if speech.language == "zh" else "; ").join(parts)


def summary(plan: Plan, table: Table) -> dict[str, Any]:
    """The table as plain data: sums and groups."""
    declared, off = plan.weight_rule("total"), difference(plan)
    return {
        "plan": plan.id,
        "declared": plain(declared),
        "total": plain(plan.weight_total),
        "difference": plain(off),
        "groups": [dict(row.record) for row in table.rows if not row.total],
    }
