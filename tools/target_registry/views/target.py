"""What does one target say? Each of its fields with its value."""

from __future__ import annotations

from collections.abc import Mapping

from target_registry import fields, views
from target_registry.fields import Field
from target_registry.language import Speech
from target_registry.model import Message, Plan, Target
from target_registry.tables import Column, Row, Table


def view(plan: Plan, target: Target, speech: Speech) -> Table:
    """One target as a table of fields and values; its measure field by field."""
    columns = (Column("field", speech.tell(Message("field"))), Column("value", speech.tell(Message("value"))))
    rows = [
        _row(fields.of_row()["plan"], plan.title, speech),
        *(_row(field, views.cells(plan, [target], field, speech.language)[0], speech) for field in fields.form()),
    ]
    for key in (field.key for field in fields.of_target().values() if field.kind == "group"):
        value = target.values.get(key)
        if isinstance(value, Mapping):
            inner = fields.of_measure() if key == "measure" else fields.of_target()
            group = fields.of_target()[key]
            heading = group.name(speech.language)
            for name, item in value.items():
                text = inner[name].render(item, speech.language) if key == "measure" else str(item)
                rows.append(_row(inner[name], text, speech)._replace(group=heading))
    title = f"{target.number if target.number is not None else '?'} {target.slug}"
    grouping = Column("group", "") if any(row.group for row in rows) else None
    return Table(title, columns, tuple(row for row in rows if row.cells[1]), grouping)


def _row(field: Field, text: str, speech: Speech) -> Row:
    return Row((field.name(speech.language), text))
