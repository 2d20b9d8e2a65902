"""Findings for programs, as ``check --format json`` gives them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from target_registry import escape
from target_registry.language import Speech
from target_registry.model import Finding, Level

if TYPE_CHECKING:
    from target_registry.reports import Report

_EMPTY = "[]"


def render(report: Report, speech: Speech, style: Callable[[str, str], str]) -> str:
    """A summary and a list of findings, each with its place and its sentences."""
    summary = {
        "plans": report.plans,
        "targets": report.targets,
        "errors": report.number_of(Level.ERROR),
        "warnings": report.number_of(Level.WARNING),
        "infos": report.number_of(Level.INFO),
    }
    return document({"summary": summary, "findings": []}, (record(finding, speech) for finding in report.findings))


def record(finding: Finding, speech: Speech) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "path": finding.where.path,
        "line": finding.line,
        "column": finding.column,
        "code": finding.code,
        "level": finding.level.value,
        "message": speech.tell(finding.message),
        "hint": speech.tell(finding.hint) if finding.hint else None,
    }


def document(outline: Any, items: Iterable[Any]) -> str:
    """A document with one long list at its end, made item by item: of a million, no second copy would fit in memory.

    The text is what ``json.dumps`` with an indent of two writes, a newline at its end.

    Args:
        outline: plain data whose last value, however deep, is an empty list.
        items: what belongs into that list.
    """
    head, _, tail = escape.json(json.dumps(outline, ensure_ascii=False, indent=2)).rpartition(_EMPTY)
    margin = " " * (len(last := head.rpartition("\n")[2]) - len(last.lstrip(" ")))
    line = f"\n{margin}  "
    listed = ",".join(line + _item(item).replace("\n", line) for item in items)
    return f"{head}[{listed}\n{margin}]{tail}\n" if listed else f"{head}{_EMPTY}{tail}\n"


def _item(item: Any) -> str:
    return escape.json(json.dumps(item, ensure_ascii=False, indent=2))
