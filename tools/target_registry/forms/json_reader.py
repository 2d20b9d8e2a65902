"""A list of records, as the registry writes it, back to a grid: its first row names the keys."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from target_registry import limits
from target_registry.forms import Cell, Grid, Unfit
from target_registry.forms.bounds import Bounds, too_many_cells
from target_registry.forms.encodings import decoded
from target_registry.model import Message
from target_registry.patterns import lazy

_SHAPE = Message("it must be a list of objects, one a target, as targets export FILE.json writes it")
_EXPONENT = 30
"""Figures of this many digits are written out; one with more stays as it stands, for no figure of a form has them."""


def read(raw: bytes) -> list[Grid]:
    """All records as one grid. A group's keys have its own before them: ``measure.unit``.

    Raises:
        Unfit: the file is no JSON, has a key twice, a number that is none, or another shape than a list of records.
    """
    text = decoded(raw)
    # Each value has one of these before it, and texts have some: a bound that costs no memory.
    if sum(map(text.count, ",[{")) > 2 * limits.FORM_CELLS:
        raise too_many_cells()
    decoder = json.JSONDecoder(
        object_pairs_hook=_once, parse_float=_Figure, parse_int=_Figure, parse_constant=_no_number
    )
    try:
        data = decoder.decode(text)
    except _Faulty as fault:
        *_, line = _starts(text, decoder)
        raise fault.within(line) from fault
    except json.JSONDecodeError as broken:
        found = Message(
            "the file is no JSON from line {line}, column {column} on", line=broken.lineno, column=broken.colno
        )
        raise Unfit(found, _SHAPE) from broken
    except RecursionError as broken:
        raise Unfit(Message("the file is nested too deeply"), _SHAPE) from broken
    if not isinstance(data, list) or not all(isinstance(record, dict) for record in data):
        raise Unfit(Message("the file holds something else than a list of records"), _SHAPE)
    starts = tuple(islice(_starts(text, decoder), len(data)))
    records = [_record(record, line) for record, line in zip(data, starts, strict=True)]
    keys = list(dict.fromkeys(key for record in records for key in record))
    bounds = Bounds()
    rows = []
    for number, record in enumerate([dict(zip(keys, keys, strict=True)), *records]):
        row = []
        for column, key in enumerate(keys, 1):
            value = record.get(key, "")
            bounds.take(number, column, value)
            row.append(Cell(value, number, column))
        rows.append(tuple(row))
    return [Grid("", 1, tuple(rows), starts=starts)]


class _Faulty(Exception):
    """A record can't be taken."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(message.text)
        self.message = message
        self.hint = hint

    def within(self, line: int) -> Unfit:
        """The refusal of the file that has the record in a line."""
        found = Message("in the record that begins in line {line}: {fault}", line=line, fault=self.message)
        return Unfit(found, self.hint)


_BETWEEN = lazy(r"[\s,]*")


def _starts(text: str, decoder: json.JSONDecoder) -> Iterator[int]:
    """The lines in which records begin, the last being that of the first that can't be taken; 1 where the file is no list."""
    at = len(text) - len(text.lstrip())
    if text[at : at + 1] != "[":
        yield 1
        return
    at, line, counted = at + 1, 1, 0
    while (between := _BETWEEN.match(text, at)) is not None:
        at = between.end()
        line, counted = line + text.count("\n", counted, at), at
        yield line
        try:
            _, at = decoder.raw_decode(text, at)
        except (_Faulty, json.JSONDecodeError):
            break


class _Figure(str):
    """A number as it is written, told apart from a text."""

    __slots__ = ()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _Faulty(Message("the key {key} stands twice in one record", key=twice), Message("leave one of the two"))
    return found


def _no_number(name: str) -> Any:
    raise _Faulty(Message("{name} is no number", name=name), Message("write the number, or leave the key out"))


def _record(record: Mapping[str, Any], line: int) -> dict[str, str]:
    """A record's texts by their keys.

    Args:
        record: what the file says.
        line: the line in which it begins.

    Raises:
        Unfit: it holds what no cell can.
    """
    try:
        return dict(_flat(record, ""))
    except _Faulty as fault:
        raise fault.within(line) from fault


def _flat(record: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        name = before + key
        if isinstance(value, dict) and not before:
            yield from _flat(value, f"{name}.")
        elif isinstance(value, dict | list):
            raise _Faulty(Message("{key} holds a list or a group where a cell has one value", key=name), _SHAPE)
        else:
            yield name, _text(value)


def _text(value: str | bool | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, _Figure):
        try:
            number = Decimal(value)
        except InvalidOperation:  # an exponent beyond any that Python counts with
            return str(value)
        return f"{number:f}" if -_EXPONENT <= number.adjusted() <= _EXPONENT else str(value)
    return value
