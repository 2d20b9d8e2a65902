"""Findings for programs; DESIGN's contract for ``check --format json``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from target_registry.language import Speech
from target_registry.model import Finding, Level
from target_registry.reports import listing

if TYPE_CHECKING:
    from target_registry.reports import Report


def render(report: Report, speech: Speech, style: Callable[[str, str], str]) -> str:
    """A summary and a list of findings, each with its place and its sentences."""
    summary = {
        "plans": report.plans,
        "targets": report.targets,
        "errors": report.count(Level.ERROR),
        "warnings": report.count(Level.WARNING),
        "infos": report.count(Level.INFO),
    }
    return listing.render(
        {"summary": summary, "findings": []}, (record(finding, speech) for finding in report.findings)
    )


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
