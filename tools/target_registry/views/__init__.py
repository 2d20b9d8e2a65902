"""Registry to tables: one question a file. Counting and grouping happen here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable

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


def key_work_names(plan: Plan) -> tuple[str, ...]:
    """A plan's key works as a message lists them: each by its number and the beginning of its title."""
    found = []
    for work in plan.key_works:
        beginning = re.split("[，、。；,;]", work.title, maxsplit=1)[0]
        found.append(f"{work.position} {beginning}{'…' * (beginning != work.title)}")
    return tuple(found)


def cells(
    plan: Plan, targets: Iterable[Target], field: fields.Field, language: str, *, as_filed: bool = False
) -> list[str]:
    """The texts of one column.

    Args:
        plan: the targets' plan.
        targets: the rows.
        field: the column.
        language: of labels such as 是 or yes; what people wrote stays as it is.
        as_filed: the form's own wording of a value that was normalised.
    """
    key = field.key
    if key == "key_work":
        return [key_work_heading(plan, target) for target in targets]
    found = []
    of_file = key not in fields.of_row()
    for target in targets:
        value = target.values.get(key) if of_file else fields.of(target, key)
        if as_filed and "as_filed" in target.values and key in target.as_filed:
            value = str(target.as_filed[key])
        elif type(value) is not str or field.kind == "choice":
            value = field.render(value, language)
        found.append(value)
    return found
