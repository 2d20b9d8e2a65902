"""Rows as plain data for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from target_registry.escape import json as escaped
from target_registry.formats import Look
from target_registry.model import Table


def render(tables: Sequence[Table], look: Look) -> str:
    """A list of the records of all rows."""
    return dump([dict(row.record) for table in tables for row in table.rows if not row.total])


def dump(data: Any) -> str:
    """Plain data as a JSON document."""
    return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
