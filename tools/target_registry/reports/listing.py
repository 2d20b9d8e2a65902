"""A JSON document with one long list at its end, made item by item: of a million, no second copy would fit in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from target_registry import escape

_EMPTY = "[]"


def render(document: Any, items: Iterable[Any]) -> str:
    """The document as ``json.dumps`` with an indent of two writes it, a newline at its end.

    Args:
        document: plain data whose last value, however deep, is an empty list.
        items: what belongs into that list.
    """
    head, _, tail = escape.json(json.dumps(document, ensure_ascii=False, indent=2)).rpartition(_EMPTY)
    margin = " " * (len(last := head.rpartition("\n")[2]) - len(last.lstrip(" ")))
    line = f"\n{margin}  "
    listed = ",".join(line + _item(item).replace("\n", line) for item in items)
    return f"{head}[{listed}\n{margin}]{tail}\n" if listed else f"{head}{_EMPTY}{tail}\n"


def _item(item: Any) -> str:
    return escape.json(json.dumps(item, ensure_ascii=False, indent=2))
