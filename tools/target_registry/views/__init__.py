"""Registry to tables: one question a file. Counting and grouping happen here and nowhere else."""

from __future__ import annotations

from target_registry import fields, numerals
from target_registry.model import KeyWork, Plan, Target


def key_work_heading(plan: Plan, target: Target) -> str:
    """The key work as the form prints it, numeral and title: 一、进一步搞活流通."""
    work = plan.key_work_by_id.get(target.text("key_work"))
    if work is None:
        return target.text("key_work")
    return fields.render_key_work(work, plan.language)


def key_work_named(plan: Plan, name: str) -> KeyWork | None:
    """The key work that a person names by id, number (5 or 五), title, or heading."""
    named = name.strip()
    for work in plan.key_works:
        numeral = numerals.chinese(work.position)
        if named in (work.id, work.title, str(work.position), numeral, f"{numeral}、{work.title}"):
            return work
    return None


def cell(plan: Plan, target: Target, field: fields.Field, language: str, *, as_filed: bool = False) -> str:
    """One cell's text.

    Args:
        plan: the target's plan.
        target: the row.
        field: the column.
        language: of labels such as 是 or yes; what people wrote stays as it is.
        as_filed: the form's own wording of a value that was normalised.
    """
    if field.key == "key_work":
        return key_work_heading(plan, target)
    if as_filed and field.key in target.as_filed:
        return str(target.as_filed[field.key])
    return field.render(fields.of(target, field.key), language)
