"""What may be typed into a column of the form: its drop-down or its limits, and the sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from target_registry import fields
from target_registry.fields import Field
from target_registry.language import Speech
from target_registry.model import Message
from target_registry.patterns import lazy

# Excel's own limits; a file that goes over one is repaired, and loses the check.
_TITLE = 32
_SENTENCES = 255
_ERROR = 225
_LIST = 255
_LARGEST_NUMBER = 9999
"""The number of a row, as the names of files hold it."""
_LEAST = "0.000000001"
"""Excel's limits of a number are both allowed values; no weight that is above 0 is below this."""
# Words about the files, such as plan.yaml, which mean nothing to a reader of the workbook.
_OF_FILES = lazy(r"[a-z_]{4,}")


def validation(field: Field, speech: Speech, choices: str | None) -> dict[str, Any] | None:
    """The check of a column's cells as XlsxWriter takes it; None for free text.

    Args:
        field: the column.
        speech: the form's language.
        choices: the formula of the range that lists the key works; None where the plan has none.
    """
    check: dict[str, Any]
    if field.key == "key_work":
        if choices is None:
            return None
        check = {"validate": "list", "source": choices}
    elif field.kind == "choice":
        check = {"validate": "list", "source": [label for _, label in _labels(field, speech)]}
        if sum(len(label) + 1 for label in check["source"]) > _LIST:
            return None
    elif field.numeric:
        low, high, above = _limits(field)
        check = {
            "validate": "integer" if field.kind == "integer" else "decimal",
            "criteria": "between",
            "minimum": _LEAST if above else low,
            "maximum": high,
        }
    else:
        return None
    title = field.name(speech.language)[:_TITLE]
    return {
        **check,
        "ignore_blank": True,
        "input_title": title,
        "input_message": fitting(list(help_of(field, speech)), _SENTENCES),
        "error_title": title,
        "error_message": fitting([allowed(field, speech)], _ERROR),
        # A key work may be reworded or new, if whoever types it means to.
        "error_type": "warning" if field.key == "key_work" else "stop",
    }


def allowed(field: Field, speech: Speech) -> str:
    """One sentence about what a column takes; empty for free text."""
    if field.key == "key_work":
        message = Message(
            "choose one of the key works that the sheet “{sheet}” lists; blank means the same as in the row above",
            sheet=speech("Weights"),
        )
    elif field.kind == "choice":
        message = Message("choose one of: {choices}", choices=tuple(label for _, label in _labels(field, speech)))
    elif field.numeric:
        low, high, above = _limits(field)
        if field.kind == "integer":
            message = Message("a whole number from {low} to {high}", low=low, high=high)
        elif above:
            message = Message("a number above {low}, and {high} at most", low=low, high=high)
        else:
            message = Message("a number from {low} to {high}", low=low, high=high)
    else:
        return ""
    return speech.tell(message)


def help_of(field: Field, speech: Speech) -> Iterator[str]:
    """Sentences about a column: what the schema says of it, as far as it concerns a form, then what it takes.

    The schema describes in Chinese alone, as editors show it.
    """
    for sentence in re.findall(r"[^。]+。?", field.description):
        if not _OF_FILES.search(sentence):
            yield sentence.strip()
    if rule := allowed(field, speech):
        yield rule
    if field.key == "slug":
        yield speech("blank for a new target: the import proposes one")


def fitting(sentences: list[str], room: int) -> str:
    """As many whole sentences as fit, a line each; of a first that doesn't fit, its beginning."""
    text = ""
    for sentence in sentences:
        longer = f"{text}\n{sentence}" if text else sentence
        if len(longer) > room:
            return text or sentence[: room - 1] + "…"
        text = longer
    return text


def _labels(field: Field, speech: Speech) -> list[tuple[Any, str]]:
    return [(value, field.label(value, speech.language)) for value, _ in field.choices]


def _limits(field: Field) -> tuple[Decimal, Decimal, bool]:
    """The least and the largest number, and whether the least is itself too small."""
    node = fields.schema("target")["properties"].get(field.key, {"minimum": 1, "maximum": _LARGEST_NUMBER})
    above = "exclusiveMinimum" in node
    return Decimal(node["exclusiveMinimum" if above else "minimum"]), Decimal(node["maximum"]), above
