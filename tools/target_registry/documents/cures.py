"""What to write where a key takes no free text: there quotes, or another spelling, lead to the next refusal.

Only files at fault come here: reading the others doesn't load it.
"""

from __future__ import annotations

from target_registry import fields
from target_registry.documents import scalars
from target_registry.model import IDENTIFIER, Message

_IDENTIFIER = Message("use lower-case letters a-z, digits and single hyphens, such as retail-sales")
_SHAPES = {
    "key_work": Message("write the id that the key work has in plan.yaml"),
    "approved_revision": Message("name a tag, such as approved-2018, or a whole commit id"),
    "replaces": Message("write the earlier plan's folder and the target's slug, such as 2017/retail-sales"),
    "field": Message("write the field's key, and join its steps by dots, as in half_year_target or measure.full_year"),
}
_WHOLE = {"deadline_month": "12", "year": "2018"}


def shape(key: str) -> Message:
    """The cure for a value that has not the shape that its key asks for."""
    if key in fields.days():
        return Message("write year-month-day, such as 2018-07-02")
    return _SHAPES.get(key, _IDENTIFIER)


def unquoted(key: str) -> Message | None:
    """The cure for an odd value of a key that takes no free text; None for other keys."""
    choices = fields.unquoted().get(key)
    if choices is None:
        return shape(key) if key in fields.shaped() else None
    return (
        Message("write one of {choices}", choices=choices) if choices else Message("write the number alone, as digits")
    )


def number(key: str, text: str, ambiguous: scalars.Ambiguous) -> Message:
    """The cure for a number that readers disagree about; ``as_filed`` stands for each key below it, which are texts."""
    plain = ambiguous.plain
    if key in fields.numbers():
        return _of_number(key, plain)
    is_named = key in fields.shaped() and shape(key) is _IDENTIFIER and IDENTIFIER.match(text)
    if is_named or key == "as_filed" or key in fields.of_free_text():
        return Message('put it in quotes: "{text}"', text=text)
    if (cure := unquoted(key)) is not None:
        return cure
    if plain is not None:
        return Message('write {plain}, or "{text}" in quotes if it is text', plain=plain, text=text)
    return Message('write plain decimal digits such as 12 or 0.5, or "{text}" in quotes if it is text', text=text)


def _of_number(key: str, plain: str | None) -> Message:
    is_whole = key in fields.integers()
    if plain is not None and not (is_whole and "." in plain):
        return Message("write {plain}", plain=plain)
    if is_whole:
        return Message("write a whole number, such as {example}", example=f"{key}: {_WHOLE.get(key, '12')}")
    return Message("write plain decimal digits such as 12 or 0.5")
