"""What does the plan say, row by row? The official form's table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from target_registry import fields, views
from target_registry.fields import Field
from target_registry.model import EMPTY, Plan, Target
from target_registry.tables import Column, Row, Table


def view(
    plan: Plan,
    columns: Sequence[Field],
    language: str,
    *,
    as_filed: bool = False,
    keep: Callable[[Target], bool] = lambda _: True,
    texts: bool = True,
    records: bool = True,
) -> Table:
    """A plan as a table.

    Args:
        plan: what to show.
        columns: which fields; rows are grouped by the key work where it comes first.
        language: of headings and labels.
        as_filed: the form's own wording of normalised values.
        keep: which targets to show.
        texts: whether the cells of rows are wanted.
        records: whether rows are wanted as plain data.
    """
    headed = [Column(field.key, field.name(language), field.numeric) for field in columns]
    grouped = len(headed) > 1 and headed[0].key == "key_work"
    targets = [target for target in plan.targets if keep(target)]
    data: Iterable[Mapping[str, Any]] = _records(plan, targets, columns) if records else (EMPTY,) * len(targets)
    lines: Iterable[tuple[str, ...]] = ((),) * len(targets)
    if texts and columns:
        lines = zip(*(views.cells(plan, targets, field, language, as_filed=as_filed) for field in columns), strict=True)
    rows = [
        Row(cells[1:], said, cells[0]) if grouped and texts else Row(cells, said)
        for cells, said in zip(lines, data, strict=True)
    ]
    return Table(
        plan.title,
        tuple(headed[1:] if grouped else headed),
        tuple(rows),
        headed[0] if grouped else None,
    )


def record(plan: Plan, target: Target) -> dict[str, Any]:
    """A target as plain data: the schema's keys, and number, slug, plan, key_work_title."""
    said: dict[str, Any] = {
        "plan": target.plan,
        "number": target.number,
        "slug": target.slug,
        "key_work_title": views.key_work_heading(plan, target),
    }
    for key, value in target.values.items():
        said[key] = value if type(value) is str else plain(value)
    return said


def _records(plan: Plan, targets: Iterable[Target], columns: Sequence[Field]) -> Iterator[dict[str, Any]]:
    """Targets as plain data; where some columns are chosen, only theirs, beside plan and slug."""
    records = (record(plan, target) for target in targets)
    if set(columns) >= set(fields.form()):
        yield from records
        return
    wanted = {"plan", "slug", *(field.key for field in columns)}
    for everything in records:
        yield {key: value for key, value in everything.items() if key in wanted}


def plain(value: Any) -> Any:
    """A value as JSON takes it. Decimals have fifteen digits at most, which floats print exactly."""
    if isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        whole = int(value)
        return whole if whole == value else float(value)
    if isinstance(value, Mapping):
        return {str(key): item if type(item) is str else plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
