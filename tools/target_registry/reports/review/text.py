"""A review for a terminal: what is to be decided first, then change by change, worst first."""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.escape import one_line, terminal
from target_registry.language import Speech, figure
from target_registry.model import Counted, Message
from target_registry.reports import text as findings_text
from target_registry.reports.review import Look, Rendered, named
from target_registry.review import Review
from target_registry.verdicts import Severity
from target_registry.views.review import (
    Cell,
    Entry,
    Move,
    condensed,
    counted,
    counts,
    decision,
    entries,
    incomplete,
    lacking,
    missing,
    moves,
)
from target_registry.wrapping import indented, wrap
from target_registry.wrapping import width as wide

_STYLES = {Severity.CRITICAL: "error", Severity.MATERIAL: "warning"}
_INDENT = "    "
_NOTHING = Message("(nothing)")
_FEW, _FEW_PLANS = 50, 5
"""Changed targets, and plans, up to which the points of whole plans are summed up."""


def render(review: Review, speech: Speech, look: Look) -> Rendered:
    """The whole review, nothing left out but what is more than was asked for."""
    lines = list(_head(review, speech, look))
    shown = None
    found = counts(review)
    told = condensed(entries(review, speech), speech)
    room = len(told) if look.most is None or len(told) == look.most + 1 else look.most
    for entry in told[:room]:
        if entry.severity is not shown:
            shown = entry.severity
            name = speech.tell(counted(shown, found[shown]))
            lines += ["", look.style(name, _STYLES.get(shown, "heading"))]
        lines += _entry(entry, speech, look)
    if beside := len(told) - len(told[:room]):
        rest = Counted(
            "{n} more change isn't listed; once it is written, {command} lists it",
            "{n} more changes aren't listed; once they are written, {command} lists them all",
            beside,
            command="targets diff",
        )
        lines += ["", *wrap(terminal(speech.tell(rest)), look.width)]
    # Sums need every file of a plan; where that would be felt, the differences must do.
    with_sums = sum(len(plan.targets) for plan in review.plans) <= _FEW and len(review.plans) <= _FEW_PLANS
    for plan in review.plans:
        if moved := moves(review, plan, with_sums=with_sums):
            lines += ["", look.style(speech.tell(Message("points")), "heading")]
            for move in moved:
                title = speech.tell(Message("total")) if move.is_total else terminal(move.title)
                lines += indented(f"{title}  {_moved(move)}", look.width, "  ")
        if plan.drifted:
            rest = Counted(
                "{n} more value differs materially from the approved revision {name}; see targets diff {name}",
                "{n} more values differ materially from the approved revision {name}; see targets diff {name}",
                len(plan.drifted),
                name=plan.baseline.name if plan.baseline else "",
            )
            lines += ["", *wrap(terminal(speech.tell(rest)), look.width)]
    if lacks := lacking(review):
        lines.append("")
        for finding in findings_text.fewer(lacks):
            lines += findings_text.lines(finding, speech, look.style)
    return Rendered("\n".join(lines) + "\n")


def _moved(move: Move) -> str:
    """8 → 7, or −1 where the sums are not known."""
    if move.before is None or move.after is None:
        return f"{'+' if move.difference > 0 else ''}{figure(move.difference)}"
    return f"{figure(move.before)} → {figure(move.after)}"


def _head(review: Review, speech: Speech, look: Look) -> Iterator[str]:
    pair = review.pair
    compared = Message(
        "{base} → {head}, deadlines as of {day}", base=named(pair.base), head=named(pair.head), day=str(review.as_of)
    )
    yield from wrap(terminal(speech.tell(compared)), look.width)
    for told, style in ((decision(review), "heading"), (incomplete(review), "error"), (missing(review), "error")):
        if told:
            yield from (look.style(line, style) for line in wrap(terminal(speech.tell(told)), look.width))


def _entry(entry: Entry, speech: Speech, look: Look) -> Iterator[str]:
    width = max(look.width, 40)
    subject = " ".join(part for part in (entry.number, entry.subject) if part)
    yield from indented(terminal(subject), width, "  ")
    field = speech.tell(entry.field)
    place = f"{entry.path}:{entry.line}"
    colon = "：" if speech.language == "zh" else ": "
    parts = [look.style(terminal(field), "place"), look.style(terminal(place), "hint")]
    fits = wide(f"{_INDENT}{field}  {place}") <= look.width
    yield from [_INDENT + "  ".join(parts)] if fits else [_INDENT + part for part in parts]
    both = ((Message("before"), entry.before), (Message("after"), entry.after))
    is_value = any(cell.text for _, cell in both)
    for label, cell in both:
        shown = Cell(speech.tell(_NOTHING)) if is_value and not cell.text else cell
        yield from _cell(speech.tell(label) + colon, shown, speech, width)
    yield from indented(terminal(entry.effect), width, _INDENT)
    if entry.approved:
        yield from indented(terminal(speech.tell(entry.approved)), width, _INDENT)
    yield from indented_record(entry, speech, width)


def indented_record(entry: Entry, speech: Speech, width: int) -> Iterator[str]:
    """Which record covers a change and why it was asked for; or that one is missing."""
    if entry.record or entry.needs_record:
        record = (
            Message("adjustment record: {path}, {reason}", path=entry.record, reason=entry.reason or "—")
            if entry.record
            else Message("adjustment record: missing")
        )
        yield from indented(terminal(speech.tell(record)), width, _INDENT)


def _cell(label: str, cell: Cell, speech: Speech, width: int) -> Iterator[str]:
    if cell.fields:
        yield _INDENT + label.rstrip()
        for key, text in cell.fields:
            yield from indented(f"{terminal(speech.called(key))}  {terminal(one_line(text))}", width, _INDENT + "  ")
        return
    if cell.text:
        yield from indented(label + terminal(one_line(cell.text)), width, _INDENT)
