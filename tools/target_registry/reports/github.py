"""Findings as GitHub workflow commands, which become annotations on the lines.

Source: GitHub's documentation, "Workflow commands for GitHub Actions". GitHub shows ten
errors and ten warnings a step, so the worst go first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from target_registry.escape import annotation, annotation_property
from target_registry.language import Speech
from target_registry.model import Level, Message
from target_registry.reports.text import summary

if TYPE_CHECKING:
    from target_registry.reports import Report

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def render(report: Report, speech: Speech, style: Callable[[str, str], str]) -> str:
    """One command a finding, worst first, then the summary as a plain line."""
    order = list(Level)
    lines = []
    for finding in sorted(report.findings, key=lambda finding: order.index(finding.level)):
        text = speech.tell(finding.message)
        if finding.hint:
            text += "\n" + speech.tell(Message("cure: {hint}", hint=finding.hint))
        file = annotation_property(report.prefix + finding.where.path)
        lines.append(
            f"::{_COMMANDS[finding.level]} file={file},line={finding.line},col={finding.column},"
            f"title={annotation_property(finding.code)}::" + "%0A".join(annotation(line) for line in text.split("\n"))
        )
    return "\n".join([*lines, summary(report, speech)]) + "\n"
