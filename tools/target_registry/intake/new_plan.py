"""A form to the files of a plan that isn't there yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from target_registry import fields, limits
from target_registry.documents.writer import emit
from target_registry.forms import Grid
from target_registry.hanzi import has_chinese
from target_registry.intake import Fault, key_works, naming, values
from target_registry.intake.edits import (
    Intake,
    free_numbers,
    refuse_many_figures,
    refuse_many_works,
    refuse_without_rows,
    rows_matched,
)
from target_registry.model import Level, Message, Plan, is_whole


@dataclass(frozen=True)
class NewPlan:
    """A plan that a form starts.

    Attributes:
        id: its folder below ``targets/``.
        year: the year.
        title: the form's title; empty for what stands over the table.
        department: the department; empty for what the title has in brackets.
    """

    id: str
    year: int
    title: str = ""
    department: str = ""


def new_plan(grids: Sequence[Grid], wanted: NewPlan, earlier: Sequence[Plan], reason: Callable[[str], str]) -> Intake:
    """What a form makes of an empty folder.

    Key works and targets that an earlier plan has keep the names they have there.

    Args:
        grids: the file's sheets or tables.
        wanted: what the plan is to be.
        earlier: plans of other years, the nearest first.
        reason: why the declared total is what it is, in a language.
    """
    intake = Intake()
    form, read, matched = rows_matched(grids, earlier[0].targets if earlier else (), wanted.year, intake, anew=True)
    title = wanted.title.strip() or form.title
    department = wanted.department.strip() or _department(title)
    for text, name, option in (
        (title, Message("title"), "--title"),
        (department, Message("department"), "--department"),
    ):
        if not text:
            intake.faults.append(
                Fault(
                    "plan-unnamed",
                    Level.ERROR,
                    None,
                    Message("the form doesn't say its {name}", name=name),
                    Message("say it with {option}", option=option),
                )
            )
        elif len(text) > limits.SENTENCE_CHARACTERS:
            told = Message(
                "the form's {name} has more than {limit} characters", name=name, limit=limits.SENTENCE_CHARACTERS
            )
            intake.faults.append(
                Fault("plan-unnamed", Level.ERROR, None, told, Message("say it with {option}", option=option))
            )
        elif shown := values.unseen(text):
            told = Message("the form's {name} holds a character that nobody sees: {text}", name=name, text=shown)
            intake.faults.append(
                Fault("cell-unseen", Level.ERROR, None, told, Message("say it with {option}", option=option))
            )
    refuse_without_rows(read, intake)
    refuse_many_works(read, (), intake)
    refuse_many_figures(read, intake)
    if intake.refused:
        return intake
    named = {fields.fold(work.title): work.id for plan in reversed(earlier) for work in plan.key_works}
    works = key_works.resolve(read, (), named)
    taken = {row.slug for row in read} | {target.slug for target in matched if target}
    total = Decimal(0)
    free = free_numbers({row.number for row in read})
    for row, old in zip(read, matched, strict=True):
        slug = row.slug or (old.slug if old else naming.propose(row.target, taken, "target"))
        taken.add(slug)
        number = row.number
        if number is None:
            number = next(free)
        data = intake.add(wanted.id, number, slug, row, works)
        total += Decimal(str(data.get("weight", 0)))
    language = "zh" if has_chinese(title) else "en"
    if total > _most_points():
        told = Message("the weights of the form sum to {sum}; they may sum to {limit}", sum=total, limit=_most_points())
        intake.faults.append(Fault("many-points", Level.ERROR, None, told, Message("correct the weights in the form")))
    plan = {
        "title": title,
        "department": department,
        "year": wanted.year,
        "language": language,
        "weight_rules": {"total": int(total) if is_whole(total) else total, "reason": reason(language)},
        "key_works": [{"id": identity, "title": text} for identity, text in works.order],
    }
    if "/" in wanted.id:
        plan["department_id"] = wanted.id.rsplit("/", 1)[1]
    path = f"targets/{wanted.id}/plan.yaml"
    intake.put(path, emit(plan, "plan", path), None)
    return intake.settled()


def _most_points() -> int:
    """What the weights of a plan may sum to, as its schema says it."""
    rules: Mapping[str, Any] = fields.schema("plan")["properties"]["weight_rules"]["properties"]
    return int(rules["total"]["maximum"])


def _department(title: str) -> str:
    """The last thing in a title's brackets: 省政府部门（省商务厅）重点工作 is of 省商务厅."""
    found = [text for inner in re.findall(r"[（(]([^（()）]++)[)）]", title) if (text := inner.strip())]
    return found[-1] if found else ""
