"""A history for programs: one object a commit; changes as ``diff --format json`` has them."""

from __future__ import annotations

from typing import Any

from target_registry.formats.json import dump
from target_registry.history import Event, History
from target_registry.language import Speech
from target_registry.reports.history import Look, Rendered, ordered
from target_registry.reports.review.json import record
from target_registry.views.history import groups, merged, person


def render(history: History, speech: Speech, look: Look) -> Rendered:
    """A list of the commits that changed the target."""
    return Rendered(dump([_event(event, speech) for event in ordered(history, look)]))


def _event(event: Event, speech: Speech) -> dict[str, Any]:
    commit = event.commit
    return {
        "commit": commit.id,
        "parents": list(commit.parents),
        "author": person(commit),
        "date": commit.author.time.isoformat(),
        "committer": person(commit, committer=True),
        "committed": commit.committer.time.isoformat(),
        "subject": commit.subject,
        "merge": merged(event.merge),
        "pull_request": event.pull_request,
        "reviewed_by": list(event.reviewed_by),
        "approved_by": list(event.approved_by),
        "claimed": sorted(event.claims),
        "record": event.record,
        "severity": event.severity.value,
        "changes": [
            {
                **record(entry.judged, entry.effect, entry.path, entry.line, speech),
                # Of a merge which parent has "before"; else the one parent, or null.
                "parent": group.parent or next(iter(commit.parents), None),
            }
            for group in groups(event, speech)
            for entry in group.entries
        ],
    }
