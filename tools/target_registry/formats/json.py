"""Rows as plain data for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from json.encoder import encode_basestring
from typing import Any

from target_registry.escape import json as escaped
from target_registry.formats import Look
from target_registry.tables import Table


def render(tables: Sequence[Table], look: Look) -> str:
    """A list of the records of all rows."""
    return dump([dict(row.record) for table in tables for row in table.rows if not row.total])


def dump(data: Any) -> str:
    """Plain data as a JSON document, laid out as :func:`json.dumps` does with an indent of 2.

    That walks the data sign by sign where it indents; here only scalars are given to it.
    """
    return escaped(_laid_out(data, "\n")) + "\n"


def _laid_out(data: Any, line: str) -> str:
    """One value; ``line`` begins a line of what it stands in."""
    if type(data) is str:
        return encode_basestring(data)
    inner = line + "  "
    if isinstance(data, dict) and data:
        items = [
            f"{encode_basestring(key)}: {encode_basestring(value) if type(value) is str else _laid_out(value, inner)}"
            for key, value in data.items()
        ]
        return f"{{{inner}{f',{inner}'.join(items)}{line}}}"
    if isinstance(data, list | tuple) and data:
        return f"[{inner}{f',{inner}'.join([_laid_out(value, inner) for value in data])}{line}]"
    if isinstance(data, bool):
        return "true" if data else "false"
    return str(data) if isinstance(data, int) else json.dumps(data, ensure_ascii=False)
