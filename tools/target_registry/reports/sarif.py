"""Findings as SARIF 2.1.0, which GitHub code scanning and editors read.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from target_registry import __version__, codes, escape
from target_registry.language import Speech
from target_registry.model import Finding, Level
from target_registry.reports.gitlab import fingerprint
from target_registry.reports.json import document

if TYPE_CHECKING:
    from target_registry.reports import Report

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def render(report: Report, speech: Speech, style: Callable[[str, str], str]) -> str:
    """One run, with the documentation of the codes that were found."""
    manuals = codes.of_findings()
    found = sorted({finding.code for finding in report.findings})
    run = {
        "tool": {
            "driver": {
                "name": "targets",
                "version": __version__,
                "rules": [
                    {
                        "id": code,
                        "shortDescription": {"text": speech(manuals[code][1].what)},
                        "fullDescription": {"text": speech(manuals[code][1].why)},
                        "defaultConfiguration": {"level": _LEVELS[manuals[code][0]]},
                    }
                    for code in found
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    places = {code: place for place, code in enumerate(found)}
    return document(log, (_result(finding, places, report.prefix, speech) for finding in report.findings))


def _result(finding: Finding, places: Mapping[str, int], prefix: str, speech: Speech) -> dict[str, Any]:
    text = speech.tell(finding.message)
    if finding.hint:
        text += "\n" + speech.tell(finding.hint)
    path = quote((prefix + finding.where.path).encode("utf-8", "surrogateescape"))
    return {
        "ruleId": finding.code,
        "ruleIndex": places[finding.code],
        "level": _LEVELS[finding.level],
        "message": {"text": "\n".join(escape.visible(line) for line in text.split("\n"))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": path},
                    "region": {"startLine": finding.line, "startColumn": finding.column},
                }
            }
        ],
        "partialFingerprints": {"target/v1": fingerprint(finding)},
    }
