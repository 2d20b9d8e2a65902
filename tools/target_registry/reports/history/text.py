"""A history for a terminal: one block a commit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from target_registry.approvals.proposal import severity_name
from target_registry.escape import terminal
from target_registry.history import Event, History
from target_registry.language import Speech
from target_registry.model import Message
from target_registry.reports.history import Look, Rendered, ordered
from target_registry.reports.review.text import indented_record
from target_registry.verdicts import Severity
from target_registry.views.history import SHOWN, closing, day, facts, groups, notes, title
from target_registry.views.review import Cell, Entry
from target_registry.wrapping import indented, wrap
from target_registry.wrapping import width as cells

_STYLES = {Severity.CRITICAL: "error", Severity.MATERIAL: "warning"}
_INDENT = "    "
_LEAST = 40


def render(history: History, speech: Speech, look: Look) -> Rendered:
    """Every commit with every change, nothing left out."""
    width = max(look.width, _LEAST)
    lines: list[str] = []
    for message in notes(history):
        lines += [look.style(line, "warning") for line in wrap(terminal(speech.tell(message)), width)]
    name, sentence = title(history)
    lines += [look.style(line, "heading") for line in wrap(terminal(f"{name}  {sentence}".rstrip()), width)]
    for event in ordered(history, look):
        lines += ["", *_event(event, speech, look, width)]
    for message in closing(history):
        lines += ["", *wrap(terminal(speech.tell(message)), width)]
    return Rendered("\n".join(lines) + "\n")


def _event(event: Event, speech: Speech, look: Look, width: int) -> Iterator[str]:
    commit = event.commit
    head = f"{day(commit.author.time)}  {commit.id[:SHOWN]}  {terminal(commit.author.name)}"
    for line in wrap(head, width):
        yield look.style(line, "place")
    yield from indented(terminal(commit.subject), width, "  ")
    for fact in facts(event):
        yield from (look.style(line, "hint") for line in indented(terminal(speech.tell(fact)), width, "  "))
    for group in groups(event, speech):
        if group.parent is not None:
            against = Message("against its parent {commit}", commit=group.parent[:SHOWN])
            yield from indented(terminal(speech.tell(against)), width, "  ")
        for entry in group.entries:
            yield from _entry(entry, speech, look, width)


def _entry(entry: Entry, speech: Speech, look: Look, width: int) -> Iterator[str]:
    severity = speech.tell(severity_name(entry.severity))
    name = look.style(severity, _STYLES.get(entry.severity, "heading"))
    yield f"  {look.style(terminal(speech.tell(entry.field)), 'place')}  {name}"
    colon = "：" if speech.language == "zh" else ": "
    for label, cell in ((Message("before"), entry.before), (Message("after"), entry.after)):
        yield from _cell(speech.tell(label) + colon, cell, speech, width)
    yield from indented(terminal(entry.effect), width, _INDENT)
    yield from indented_record(entry, speech, width)


def _cell(label: str, cell: Cell, speech: Speech, width: int) -> Iterator[str]:
    if cell.fields:
        yield _INDENT + label.rstrip()
        yield from _fields([(speech.called(key), text) for key, text in cell.fields], width)
    elif cell.text:
        yield from indented(label + terminal(cell.text), width, _INDENT)


def _fields(fields: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """A whole target, its values one below the other where there is room."""
    pad = _INDENT + "  "
    columns = min(max(cells(terminal(heading)) for heading, _ in fields) + 2, width * 2 // 5)
    for heading, text in fields:
        name = terminal(heading)
        hung = " " * max(columns - cells(name), 2)
        lines = wrap(terminal(text), max(width - len(pad) - cells(name + hung), _LEAST // 4))
        yield f"{pad}{name}{hung}{lines[0]}".rstrip()
        yield from (pad + " " * cells(name + hung) + line for line in lines[1:])
