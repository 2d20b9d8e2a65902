"""The worst changes as GitHub workflow commands, which become annotations on the lines.

Source: GitHub's documentation, "Workflow commands for GitHub Actions". GitHub shows ten
annotations of a kind a step, so no more are written.
"""

from __future__ import annotations

from target_registry.escape import annotation, annotation_property, terminal
from target_registry.language import Speech
from target_registry.model import Message
from target_registry.reports.review import Look, Rendered, repository_path
from target_registry.review import Review
from target_registry.verdicts import Severity
from target_registry.views.review import Entry, decision, entries

_MOST = 10
_COMMANDS = {Severity.CRITICAL: "warning", Severity.MATERIAL: "warning", Severity.NOTABLE: "notice"}


def render(review: Review, speech: Speech, look: Look) -> Rendered:
    """One command a change, worst first, at most ten; then what is to be decided as a plain line."""
    shown = [entry for entry in entries(review, speech) if entry.severity in _COMMANDS]
    lines = [_command(entry, speech, look) for entry in shown[:_MOST]]
    if len(shown) > _MOST:
        rest = Message("{n} more changes stand in the report", n=len(shown) - _MOST)
        lines.append(terminal(speech.tell(rest)))
    lines.append(terminal(speech.tell(decision(review))))
    return Rendered("\n".join(lines) + "\n")


def _command(entry: Entry, speech: Speech, look: Look) -> str:
    title = " ".join(part for part in (entry.number, speech.tell(entry.field)) if part)
    colon = "：" if speech.language == "zh" else ": "
    said = [entry.subject, f"{_value(entry.before.text)} → {_value(entry.after.text)}", entry.effect]
    text = "%0A".join(annotation(part) for part in said if part.strip(" →—"))
    file = annotation_property(repository_path(entry.path, look.prefix))
    return (
        f"::{_COMMANDS[entry.severity]} file={file},line={entry.line},"
        f"title={annotation_property(title + colon + entry.judged.code)}::{text}"
    )


def _value(text: str) -> str:
    return text if len(text) <= 200 else text[:200] + "…"
