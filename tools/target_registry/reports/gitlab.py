"""Findings as a GitLab Code Quality report.

Source: GitLab's documentation, "Code Quality report format".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from target_registry import escape
from target_registry.language import Speech
from target_registry.model import Finding, Level, Message
from target_registry.reports.json import document

if TYPE_CHECKING:
    from target_registry.reports import Report

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.INFO: "info"}


def render(report: Report, speech: Speech, style: Callable[[str, str], str]) -> str:
    """A list with one entry a finding."""
    return document([], _issues(report, speech))


def _issues(report: Report, speech: Speech) -> Iterator[dict[str, Any]]:
    seen: dict[str, int] = {}
    for finding in report.findings:
        mark = fingerprint(finding)
        seen[mark] = seen.get(mark, 0) + 1
        yield {
            "description": escape.visible(_sentence(finding, speech)),
            "check_name": finding.code,
            "fingerprint": mark if seen[mark] == 1 else f"{mark}-{seen[mark]}",
            "severity": _SEVERITIES[finding.level],
            "location": {
                "path": report.prefix + finding.where.path,
                "lines": {"begin": finding.line},
            },
        }


def _sentence(finding: Finding, speech: Speech) -> str:
    """What is wrong, and the cure: the report has one text for both."""
    if not finding.hint:
        return speech.tell(finding.message)
    cure = Message("cure: {hint}", hint=finding.hint)
    return speech.tell(Message("{told}; {hint}", told=finding.message, hint=cure))


def fingerprint(finding: Finding) -> str:
    """The same for the same fault, whatever lines stand above it."""
    identity = (finding.code, finding.where.path, *map(str, finding.where.route), finding.message.text)
    return hashlib.sha256("\0".join(identity).encode("utf-8", "surrogateescape")).hexdigest()[:32]
