"""A history in GitHub Flavored Markdown: one section a commit, its changes as a table.

Where the forge's limit would be passed, whole commits are left out, and the report says how many.
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.approvals.proposal import severity_name
from target_registry.escape import code, code_span, markdown
from target_registry.history import Event, History
from target_registry.language import Speech
from target_registry.model import Counted, Message
from target_registry.reports.history import Look, Rendered, ordered
from target_registry.space import LIMIT, Space, short
from target_registry.views.history import SHOWN, Group, closing, day, facts, groups, notes, title
from target_registry.views.review import Cell, Entry

_SAID = 400
"""Units kept for the sentence that tells what had no room."""


def render(history: History, speech: Speech, look: Look) -> Rendered:
    """Every commit with every change, as many of the newest as have room below :data:`LIMIT` characters."""
    name, sentence = title(history)
    head = [f"## {code(short(name))}"]
    if sentence:
        head.append(code(short(sentence)))
    space = Space(LIMIT - 1 - _SAID)
    space.take("\n\n".join(head))
    told = (f"> {speech.tell(message, code)}" for message in notes(history))
    head += [text for text in told if space.take(text)]
    last = [text for message in closing(history) if space.take(text := speech.tell(message, code))]
    kept = {
        id(event): text
        for event, text in space.fill(history.events, lambda event: "\n\n".join(_event(event, speech)) + "\n", 1)
    }
    dropped = len(history.events) - len(kept)
    if dropped:
        rest = Counted(
            "{n} commit has no room here: the report is not complete",
            "{n} commits have no room here: the report is not complete",
            dropped,
        )
        head.append(f"> **{speech.tell(rest)}**")
    events = [kept[id(event)].rstrip("\n") for event in ordered(history, look) if id(event) in kept]
    return Rendered("\n\n".join([*head, *events, *last]) + "\n", dropped)


def _event(event: Event, speech: Speech) -> Iterator[str]:
    commit = event.commit
    yield f"### {day(commit.author.time)} {code(short(commit.subject) or '—')}"
    about = [f"{code(commit.id[:SHOWN])} {code(short(commit.author.name) or '—')}"]
    about += [speech.tell(fact, code) for fact in facts(event)]
    yield "\n".join(f"- {line}" for line in about)
    for group in groups(event, speech):
        if group.parent is not None:
            yield speech.tell(Message("against its parent {commit}", commit=group.parent[:SHOWN]), code)
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
        speech.tell(entry.field, code_span),
        markdown(speech.tell(severity_name(entry.severity))),
        _cell(entry.before, speech),
        _cell(entry.after, speech),
        "<br>".join(dict.fromkeys(speech.tell(verdict.effect, code_span) for verdict in entry.judged.verdicts)),
        f"{code_span(entry.record)}<br>{code_span(short(entry.reason) or '—')}" if entry.record else missing,
    ]


def _cell(cell: Cell, speech: Speech) -> str:
    if cell.fields:
        return "<br>".join(
            f"{speech.called(key, code_span)} {code_span(short(text) or '—')}" for key, text in cell.fields
        )
    return code_span(short(cell.text)) if cell.text else "—"
