"""The conditions of ``table --where``."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from target_registry.cli.context import cell_value
from target_registry.model import Message, Name, Plan, Target
from target_registry.patterns import lazy
from target_registry.sources import EnvironmentFault

if TYPE_CHECKING:
    from target_registry.fields import Field

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
_WIDE_SIGNS = str.maketrans({"＝": "=", "＜": "<", "＞": ">", "≤": "<=", "≥": ">=", "！": "!", "≠": "!=", "～": "~"})
_CONDITION = lazy(r"([^=<>!~＝＜＞≤≥！≠～]*)([!！<＜>＞]?[=＝]|[<＜>＞≤≥≠~～])(.*)\Z", re.DOTALL)


class Conditions:
    """What targets are asked for, each a field, a sign, a value as a person writes it.

    Args:
        conditions: each FIELD, a sign, VALUE.

    Raises:
        EnvironmentFault: one is none, or names no field.
    """

    def __init__(self, conditions: Sequence[str]) -> None:
        self._tests: list[tuple[Field, str, str]] = []
        self._known: dict[tuple[str, str, str], Any] = {}
        for condition in conditions:
            match = _CONDITION.match(condition)
            if match is None:
                raise EnvironmentFault(
                    Message(
                        "--where {condition} has no sign; write FIELD=VALUE, or !=, ~, <, <=, >, >=",
                        condition=condition,
                    )
                )
            field, sign = field_named(match[1]), match[2].translate(_WIDE_SIGNS)
            if sign not in ("=", "!=", "~") and not field.numeric:
                raise EnvironmentFault(Message("{field} has no order; use =, != or ~", field=Name(field.key)))
            self._tests.append((field, sign, match[3].strip()))

    def keep(self, plan: Plan, target: Target) -> bool:
        """Whether a target meets all of them; a key work that its plan doesn't have is none of its own.

        Raises:
            EnvironmentFault: a value means nothing in its field.
        """
        from target_registry import fields

        for field, sign, text in self._tests:
            value = fields.of(target, field.key)
            if sign == "~":
                work = plan.key_work_by_id.get(str(value)) if field.key == "key_work" else None
                if fields.fold(text) not in fields.fold(work.title if work else field.render(value)):
                    return False
                continue
            wanted = self._value(plan, field, text)
            if isinstance(wanted, Message):
                if sign == "=":
                    return False
                continue
            if sign not in ("=", "!=") and (value is None or wanted is None):
                return False
            if not _SIGNS[sign](value, wanted):
                return False
        return True

    def unknown(self, plan: Plan) -> Message | None:
        """What is to be said of a key work that the plan doesn't have; None where it has all that are named."""
        for field, sign, text in self._tests:
            if field.key == "key_work" and sign != "~" and isinstance(said := self._value(plan, field, text), Message):
                return said
        return None

    def _value(self, plan: Plan, field: Field, text: str) -> Any:
        """A condition's value in a plan, found once; of a key work that the plan lacks, what is to be said of that."""
        asked = plan.id, field.key, text
        if asked not in self._known:
            try:
                self._known[asked] = _wanted(plan, field, text)
            except EnvironmentFault as fault:
                if field.key != "key_work":
                    raise
                self._known[asked] = fault.message
        return self._known[asked]


def _wanted(plan: Plan, field: Field, text: str) -> Any:
    """A condition's value as the field has it: named by label, key or number, a key work by any of its names."""
    if not text:
        return None
    from target_registry.views import key_work_names

    choices = tuple(f"{choice} {label}" for choice, label in field.choices)
    return cell_value(plan, field, text, choices, key_work_names(plan))


def field_named(name: str) -> Field:
    """The field that a person names, misspelt or not.

    Raises:
        EnvironmentFault: there is none.
    """
    from target_registry import fields
    from target_registry.nearest import nearest

    found = fields.find(name.strip())
    if found is not None and found.kind != "group":
        return found
    known = [*fields.of_row(), *(f.key for f in fields.of_target().values() if f.kind != "group")]
    if not name.strip():
        raise EnvironmentFault(
            Message("a field's name is left out; the fields are {keys}", keys=tuple(map(Name, known)))
        )
    by_heading = {fields.heading(key, "zh"): key for key in known}
    close = nearest(name.strip(), known) or by_heading.get(nearest(name.strip(), by_heading) or "")
    raise EnvironmentFault(
        Message("there is no field {name}; did you mean {key}?", name=name, key=Name(close))
        if close
        else Message("there is no field {name}; the fields are {keys}", name=name, keys=tuple(map(Name, known)))
    )
