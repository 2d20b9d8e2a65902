"""an adjustment record's folder or name doesn't say its severity and its date

Why: the folder decides who must approve, and the date in the name puts records in order.
A record that lies elsewhere would be approved by nobody in particular.

Bad:
    adjustments/2018-06-01-retail-sales.yaml

Good:
    adjustments/material/2018-06-01-retail-sales.yaml
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from target_registry.model import Adjustment, Finding, Level, Message, Name, Registry
from target_registry.patterns import lazy
from target_registry.verdicts import Severity

CODE = "adjustment-misnamed"
LEVEL = Level.ERROR
WAIVABLE = False

_NAME = lazy(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-[a-z0-9]+(?:-[a-z0-9]+)*\.yaml\Z")
_FOLDERS = tuple(severity.value for severity in Severity if severity.needs_record)


def check(registry: Registry) -> Iterator[Finding]:
    """Look at each record's folder, then at its name, then at the date inside."""
    for plan in (*registry.plans, *registry.withdrawn):
        for record in plan.adjustments:
            yield from _judge(record)


def _judge(record: Adjustment) -> Iterator[Finding]:
    if record.folder not in _FOLDERS:
        yield Finding(
            CODE,
            LEVEL,
            record.at(),
            Message("the record lies in {folder}/, which is no severity", folder=record.folder),
            Message("move it into one of the folders {folders}", folders=_FOLDERS),
        )
    name = _NAME.match(record.name)
    if name is not None and not _is_date(name[1]):
        yield Finding(
            CODE,
            LEVEL,
            record.at(),
            Message("the name says {day}, and there is no such day", day=name[1]),
            Message("name the file by the day of the request, and write the same day into it"),
        )
        return
    if name is None:
        yield Finding(
            CODE,
            LEVEL,
            record.at(),
            Message("the name {name} isn't a date, a hyphen, small letters and .yaml", name=record.name),
            Message("name it like {name}", name="2018-09-01-retail-sales.yaml"),
        )
        return
    written = record.texts.get("date")
    if written is not None and written != name[1]:
        yield Finding(
            CODE,
            LEVEL,
            record.at("date"),
            Message(
                "{key} is {written}, and the file's name says {named}", key=Name("date"), written=written, named=name[1]
            ),
            Message("let both say the same day"),
        )


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
