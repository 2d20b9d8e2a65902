"""A review for programs, as ``diff --format json`` gives it."""

from __future__ import annotations

from typing import Any

from target_registry.formats.json import dump
from target_registry.language import Speech
from target_registry.model import Adjustment
from target_registry.reports import json as findings
from target_registry.reports.review import Look, Rendered
from target_registry.review import Review
from target_registry.snapshots import Side
from target_registry.verdicts import Approved, Judged
from target_registry.views.form import plain
from target_registry.views.review import entries, records


def render(review: Review, speech: Speech, look: Look) -> Rendered:
    """Base, head, the worst severity, every change with full values, and what approval lacks."""
    severity = review.severity
    document = {
        "base": _side(review.pair.base),
        "head": _side(review.pair.head),
        "as_of": review.as_of.isoformat(),
        "severity": severity.value if severity else None,
        "changes": [
            record(entry.judged, entry.effect, entry.path, entry.line, speech) for entry in entries(review, speech)
        ],
        "records": [_record(found) for found in records(review)],
        "findings": [findings.record(finding, speech) for finding in review.located()],
    }
    return Rendered(dump(document))


def _side(side: Side) -> str | None:
    """The commit's id; null for what isn't committed."""
    return side.commit or None


def _record(found: Adjustment) -> dict[str, Any]:
    """One new adjustment record as plain data."""
    return {"path": found.path, **{key: found.texts.get(key) for key in ("reason", "basis", "requested_by", "date")}}


def record(item: Judged, effect: str, path: str, line: int, speech: Speech) -> dict[str, Any]:
    """One change as plain data."""
    change = item.change
    return {
        "plan": change.plan or None,
        "target": change.target,
        "number": change.number,
        "field": change.field,
        "before": plain(change.before),
        "after": plain(change.after),
        "severity": item.severity.value,
        "code": item.code,
        "codes": [verdict.code for verdict in item.verdicts],
        "effect": effect,
        "approved": _approved(item.approved),
        "record": item.record,
        "reason": item.reason or None,
        "path": path,
        "line": line,
    }


def _approved(approved: Approved | None) -> dict[str, Any] | None:
    if approved is None:
        return None
    worst = approved.verdicts[0] if approved.verdicts else None
    return {
        "value": plain(approved.value),
        "severity": worst.severity.value if worst else None,
        "code": worst.code if worst else None,
    }
