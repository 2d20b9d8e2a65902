"""A history in GitHub Flavored Markdown: one section a commit, its changes as a table."""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.approvals.proposal import severity_name
from target_registry.escape import code_span, markdown
from target_registry.history import Event, History
from target_registry.language import Speech
from target_registry.model import Message
from target_registry.reports.history import Look, ordered
from target_registry.views.history import SHOWN, Group, closing, day, facts, groups, notes, title
from target_registry.views.review import Cell, Entry


def render(history: History, speech: Speech, look: Look) -> str:
    """Every commit with every change, nothing left out."""
    name, sentence = title(history)
    parts = [f"## {code_span(name)}"]
    if sentence:
        parts.append(code_span(sentence))
    parts += [f"> {speech.tell(message, code_span)}" for message in notes(history)]
    for event in ordered(history, look):
        parts += _event(event, speech)
    parts += [speech.tell(message, code_span) for message in closing(history)]
    return "\n\n".join(parts) + "\n"


def _event(event: Event, speech: Speech) -> Iterator[str]:
    commit = event.commit
    yield f"### {day(commit.author.time)} {code_span(commit.subject or '—')}"
    about = [f"{code_span(commit.id[:SHOWN])} {code_span(commit.author.name or '—')}"]
    about += [speech.tell(fact, code_span) for fact in facts(event)]
    yield "\n".join(f"- {line}" for line in about)
    for group in groups(event, speech):
        if group.parent is not None:
            yield speech.tell(Message("against its parent {commit}", commit=group.parent[:SHOWN]), code_span)
        yield _table(group, speech)


def _table(group: Group, speech: Speech) -> str:
    heads = [
        Message("field"),
        Message("severity"),
        Message("before"),
        Message("after"),
        Message("what it means"),
        Message("adjustment record"),
    ]
    has_records = any(entry.record or entry.needs_record for entry in group.entries)
    shown = heads if has_records else heads[:-1]
    lines = [
        f"| {' | '.join(markdown(speech.tell(head)) for head in shown)} |",
        "|" + " :-- |" * len(shown),
        *(f"| {' | '.join(_row(entry, speech)[: len(shown)])} |" for entry in group.entries),
    ]
    return "\n".join(lines)


def _row(entry: Entry, speech: Speech) -> list[str]:
    missing = f"**{markdown(speech.tell(Message('missing')))}**" if entry.needs_record else "—"
    return [
        markdown(entry.field),
        markdown(speech.tell(severity_name(entry.severity))),
        _cell(entry.before),
        _cell(entry.after),
        "<br>".join(dict.fromkeys(speech.tell(verdict.effect, code_span) for verdict in entry.judged.verdicts)),
        f"{code_span(entry.record)}<br>{code_span(entry.reason or '—')}" if entry.record else missing,
    ]


def _cell(cell: Cell) -> str:
    if cell.fields:
        return "<br>".join(f"{markdown(heading)} {code_span(text or '—')}" for heading, text in cell.fields)
    return code_span(cell.text) if cell.text else "—"
