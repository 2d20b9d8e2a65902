"""Rows as plain data for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from json.encoder import encode_basestring
from typing import Any

from target_registry.escape import json as escaped
from target_registry.formats import Look
from target_registry.tables import Table


def piece(tables: Sequence[Table], look: Look) -> str:
    """The records of all rows, as a part of a list."""
    return items([row.record for table in tables for row in table.rows if not row.total])


def items(data: Sequence[Any]) -> str:
    """Plain data as a part of a list."""
    return escaped(_ITEM.join([_laid_out(item, _LINE) for item in data]))


def whole(pieces: Sequence[str], look: Look) -> str:
    """A list, made of its parts."""
    joined = _ITEM.join(filter(None, pieces))
    return f"[{_LINE}{joined}\n]\n" if joined else "[]\n"


_LINE = "\n  "
_ITEM = f",{_LINE}"


def dump(data: Any) -> str:
    """Plain data as a JSON document, laid out as :func:`json.dumps` does with an indent of 2.

    That walks the data sign by sign where it indents; here a library in C is given what has no data within it.
    """
    return escaped(_laid_out(data, "\n")) + "\n"


_HOLDERS = (dict, list, tuple)
"""What holds other data."""


def _laid_out(data: Any, line: str) -> str:
    """One value; ``line`` begins a line of what it stands in."""
    if not isinstance(data, _HOLDERS) or not data:
        return _encoder(",").encode(data)
    inner = line + "  "
    encode = _encoder(f",{inner}").encode
    if not isinstance(data, dict):
        items = [_laid_out(value, inner) for value in data]
        return f"[{inner}{f',{inner}'.join(items)}{line}]"
    parts = []
    flat: dict[str, Any] = {}
    for key, value in data.items():
        if type(value) not in _HOLDERS:
            flat[key] = value
            continue
        if flat:
            parts.append(encode(flat)[1:-1])
            flat = {}
        parts.append(f"{encode_basestring(key)}: {_laid_out(value, inner)}")
    if flat:
        parts.append(encode(flat)[1:-1])
    return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"


@cache
def _encoder(between: str) -> json.JSONEncoder:
    """Writes scalars, and mappings of scalars with this between their items."""
    return json.JSONEncoder(ensure_ascii=False, separators=(between, ": "))
