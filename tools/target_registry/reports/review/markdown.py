"""A review in GitHub Flavored Markdown, for the pull request in which it is decided.

What is to be decided stands first and is never folded; the rest is folded or, where the
forge's limit would be passed, dropped: whole rows, the least important first. A report that
had to drop what must be decided says how much, and counts as failed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import quote

from target_registry import fields
from target_registry.approvals import adjustment_missing, drafts
from target_registry.documents import Unwritable
from target_registry.escape import code_block, code_span, markdown
from target_registry.language import Speech, figure
from target_registry.model import Counted, Message, Plan, Severity, Subject
from target_registry.reports.review import Look, Rendered, named, repository_path
from target_registry.review import PlanReview, Review
from target_registry.sources import EnvironmentFault
from target_registry.views import marks
from target_registry.views.marks import Piece
from target_registry.views.review import (
    WORST_FIRST,
    Cell,
    Entry,
    counted,
    decision,
    entries,
    incomplete,
    lacking,
    missing,
    moves,
    records,
)

LIMIT = 60_000
"""Characters; GitHub takes 65,536 in a comment."""
_LACKING = 20
_MOVES = 40
_KEPT = 40
"""Characters beside a difference that stay where a long text is cut."""
_LONGEST = 400
"""Characters of one value; of what differs, cut last."""
_DECIDED = (Severity.CRITICAL, Severity.MATERIAL)
_FOLDED = (Severity.EDITORIAL, Severity.FORMATTING)


class _Row(NamedTuple):
    severity: Severity
    text: str


def render(review: Review, speech: Speech, look: Look) -> Rendered:
    """The whole report, at most :data:`LIMIT` characters."""
    writer = _Writer(review, speech, look)
    rows = [_Row(entry.severity, writer.row(entry)) for entry in entries(review, speech)]
    # What is dropped first are the records to copy, then rows from the end, for they stand worst first.
    for with_drafts in (True, False):
        text = writer.report(rows, len(rows), with_drafts=with_drafts)
        if len(text) <= LIMIT:
            return Rendered(text)
    low, high = 0, len(rows)
    while low < high:  # the most rows that fit
        middle = (low + high + 1) // 2
        if len(writer.report(rows, middle, with_drafts=False)) <= LIMIT:
            low = middle
        else:
            high = middle - 1
    dropped = sum(row.severity in _DECIDED for row in rows[low:])
    return Rendered(writer.report(rows, low, with_drafts=False), dropped)


class _Writer:
    def __init__(self, review: Review, speech: Speech, look: Look) -> None:
        self._review = review
        self._speech = speech
        self._look = look
        self._moves = [(plan, found) for plan in review.plans if (found := moves(review, plan))]
        self._has_baseline = any(item.approved is not None for item in review.judged)
        self._has_records = any(plan.proposal.needs_records for plan in review.plans)

    def _say(self, message: Message) -> str:
        return self._speech.tell(message, code_span)

    def report(self, rows: Sequence[_Row], shown: int, *, with_drafts: bool) -> str:
        """The report with the first ``shown`` rows."""
        kept, dropped = rows[:shown], rows[shown:]
        parts = [*self._head(), *self._lacking()]
        parts += self._records()
        if lost := [row for row in dropped if row.severity in _DECIDED]:
            warning = Counted(
                "{n} change that must be decided has no room here: the report is not complete, and the check fails",
                "{n} changes that must be decided have no room here: the report is not complete, and the check fails",
                len(lost),
            )
            parts.append(f"> **{self._say(warning)}**")
        for severity in _DECIDED:
            parts += self._section([row for row in kept if row.severity is severity], severity)
        parts += self._drafts() if with_drafts else ()
        parts += self._points()
        parts += self._section([row for row in kept if row.severity is Severity.NOTABLE], Severity.NOTABLE)
        parts += self._folded([row for row in kept if row.severity in _FOLDED])
        if others := [row for row in dropped if row.severity not in _DECIDED]:
            rest = Counted(
                "{n} change of less weight has no room here",
                "{n} changes of less weight have no room here",
                len(others),
            )
            parts.append(self._say(rest))
        return "\n\n".join(parts) + "\n"

    def _head(self) -> Iterator[str]:
        review, pair = self._review, self._review.pair
        titles = [plan.plan.title for plan in review.plans if plan.plan is not None]
        heading = self._say(Message("changes of performance targets"))
        yield f"## {heading}"
        if titles[:3]:
            yield " · ".join(code_span(_short(title)) for title in titles[:3]) + (" · …" if titles[3:] else "")
        lack = missing(review)
        lines = [f"**{self._say(decision(review))}**"]
        if gap := incomplete(review):
            lines.append(f"**{self._say(gap)}**")
        if lack:
            lines.append(f"**{self._say(lack)}**")
        yield "<br>".join(lines)
        about = [
            Message(
                "compared: {base} → {head}; deadlines as of {day}",
                base=named(pair.base),
                head=named(pair.head),
                day=str(review.as_of),
            )
        ]
        for plan in review.plans:
            about += self._standing(plan)
        yield "\n".join(f"- {self._say(message)}" for message in about)

    def _standing(self, plan: PlanReview) -> Iterator[Message]:
        """What the plan's approval means for this proposal."""
        baseline = plan.baseline
        if baseline is None:
            old: Plan | None = plan.old
            if old is not None and old.blob:
                yield Message("plan {plan} is a draft: no adjustment records are needed", plan=plan.id)
            return
        if not baseline.found:
            yield Message(
                "plan {plan} is approved, and its approved revision {name} isn't here: nothing can be compared with it",
                plan=plan.id,
                name=baseline.name or "—",
            )
            return
        yield Message("plan {plan} is approved, as {name} has it", plan=plan.id, name=baseline.name or "—")
        asked = {item.severity for item in plan.proposal.recordable}
        if asked:
            yield Message(
                "to be approved by the owners of {folders}, as CODEOWNERS names them",
                folders=tuple(f"adjustments/{severity.value}/" for severity in _DECIDED if severity in asked),
            )
        if plan.drifted:
            yield Counted(
                "{n} more value differs materially from what was approved",
                "{n} more values differ materially from what was approved",
                len(plan.drifted),
            )

    def _lacking(self) -> Iterator[str]:
        found = lacking(self._review)
        if not found:
            return
        heading = self._say(Message("missing for approval"))
        lines = [f"### {heading}", ""]
        for finding in found[:_LACKING]:
            told = self._say(finding.message)
            if finding.code != adjustment_missing.CODE:
                place = self._place(finding.where.path, finding.line, code_span(f"{finding.where.path}:{finding.line}"))
                told += f"（{place}）" if self._speech.language == "zh" else f" ({place})"
            if finding.hint:
                told += "<br>" + self._say(Message("cure: {hint}", hint=finding.hint))
            lines.append(f"- [ ] {told}")
        if len(found) > _LACKING:
            lines.append("- " + self._say(Message("and {n} more", n=len(found) - _LACKING)))
        yield "\n".join(lines)

    def _records(self) -> Iterator[str]:
        """Why the changes are asked for, as their records say."""
        found = records(self._review)
        if not found:
            return
        heading, blank = self._say(Message("why it is asked for")), self._say(_MISSING)
        colon = "：" if self._speech.language == "zh" else ": "
        lines = [f"### {heading}", ""]
        for record in found[:_LACKING]:
            name = self._place(record.path, 1, code_span(f"{record.folder}/{record.name}"))
            parts = []
            for key in ("reason", "basis", "requested_by", "date"):
                text = record.texts.get(key)
                title = markdown(fields.title_of_record(key, self._speech.language))
                parts.append(f"{title}{colon}{code_span(_short(text)) if text else f'**{blank}**'}")
            lines.append(f"- {name}<br>" + "<br>".join(parts))
        if len(found) > _LACKING:
            lines.append("- " + self._say(Message("and {n} more", n=len(found) - _LACKING)))
        yield "\n".join(lines)

    def _drafts(self) -> Iterator[str]:
        """The records that are missing, for who writes in a browser and can't run a command."""
        head, found = self._review.pair.head, []
        for proposal in (plan.proposal for plan in self._review.plans if plan.proposal.uncovered):
            wanted = {item.severity for item in proposal.uncovered}
            taken = head.records(proposal.plan)
            try:
                drafted = drafts.draft(proposal, drafts.Wanted({}), self._review.as_of, head.raw, taken)
            except (EnvironmentFault, Unwritable):  # what no record can hold; whoever runs targets adjust is told what
                continue
            found += [draft for draft in drafted.records if draft.severity in wanted]
        if not found:
            return
        summary = self._say(Message("records to add, ready to copy: fill in the reason"))
        parts = [f"<details><summary>{summary}</summary>"]
        for made in found:
            parts.append(self._say(Message("add the file {path}:", path=self._look.prefix + made.path)))
            parts.append(code_block(made.data.decode(), "yaml"))
        yield "\n\n".join([*parts, "</details>"])

    def _section(self, rows: Sequence[_Row], severity: Severity) -> Iterator[str]:
        if rows:
            title = self._say(counted(severity, len(rows)))
            yield f"### {_MARKS[severity]}{title}"
            yield self._table(rows)

    def _folded(self, rows: Sequence[_Row]) -> Iterator[str]:
        if rows:
            counts = tuple(
                counted(severity, n) for severity in WORST_FIRST if (n := sum(row.severity is severity for row in rows))
            )
            summary = self._say(Message("{counts}", counts=counts))
            yield f"<details><summary>{summary}</summary>\n\n{self._table(rows)}\n\n</details>"

    def _table(self, rows: Sequence[_Row]) -> str:
        heads = ["target", "field", "before", "after", "what it means"]
        if self._has_baseline:
            heads.append("against the approved plan")
        if self._has_records:
            heads.append("adjustment record")
        cells = [markdown(self._speech.tell(_HEADS[head])) for head in heads]
        line = "|" + "|".join([" :-- "] * len(cells)) + "|"
        return "\n".join([f"| {' | '.join(cells)} |", line, *(row.text for row in rows)])

    def row(self, entry: Entry) -> str:
        """One change as a row of its table."""
        left, right = self._sides(entry)
        change = entry.judged.change
        cells = [
            f"{self._place(entry.path, entry.line, self._label(entry))}<br>{code_span(_short(entry.subject))}"
            if change.target is not None
            else self._place(entry.path, entry.line, self._label(entry)),
            markdown(entry.field),
            left,
            right,
            self._effect(entry),
        ]
        if self._has_baseline:
            cells.append(self._say(entry.approved) if entry.approved else "—")
        if self._has_records:
            cells.append(self._record(entry))
        return f"| {' | '.join(cells)} |"

    def _label(self, entry: Entry) -> str:
        """What leads to the change's line: the target's number, or what else the change is about."""
        if entry.number:
            return markdown(self._speech.tell(Message("no. {n}", n=int(entry.number))))
        if entry.judged.change.subject is Subject.PLAN:
            return markdown(entry.subject)
        return code_span(_short(entry.judged.change.target or entry.path))

    def _effect(self, entry: Entry) -> str:
        told = dict.fromkeys(self._say(verdict.effect) for verdict in entry.judged.verdicts)
        return "<br>".join(told)

    def _record(self, entry: Entry) -> str:
        if entry.record:
            return self._place(entry.record, 1, code_span(entry.record.rpartition("/")[2]))
        return f"**{self._say(_MISSING)}**" if entry.needs_record else "—"

    def _sides(self, entry: Entry) -> tuple[str, str]:
        before, after = entry.before, entry.after
        if before.fields or after.fields or not before.text or not after.text or entry.judged.change.route == ("file",):
            return self._plain(before, "del"), self._plain(after, "ins")
        left, right = marks.compare(before.text, after.text)
        return _marked(left, "del"), _marked(right, "ins")

    def _plain(self, cell: Cell, tag: str) -> str:
        if cell.fields:
            return "<br>".join(f"{markdown(heading)} {code_span(_short(text))}" for heading, text in cell.fields)
        return _marked((Piece(cell.text, True),), tag) if cell.text else "—"

    def _points(self) -> Iterator[str]:
        heads = [Message("key work"), Message("points before"), Message("points after"), Message("difference")]
        heading, total = self._say(Message("points by key work")), self._say(Message("total"))
        for plan, found in self._moves:
            lines = [
                f"### {heading}",
                "",
                f"| {' | '.join(markdown(self._speech.tell(head)) for head in heads)} |",
                "| :-- | --: | --: | --: |",
            ]
            for move in (*found[:-1][:_MOVES], found[-1]):
                title = total if move.is_total else code_span(_short(move.title or "—"))
                cells = [title, figure(move.before or 0), figure(move.after or 0), _signed(move.difference)]
                lines.append(f"| {' | '.join(f'**{cell}**' if move.is_total else cell for cell in cells)} |")
            declared = plan.plan.weight_rule("total") if plan.plan else None
            if declared is not None and declared != found[-1].after:
                off = Message(
                    "the weights sum to {sum}, and the plan declares {total}", sum=found[-1].after, total=declared
                )
                lines += ["", f"**{self._say(off)}**"]
            yield "\n".join(lines)

    def _place(self, path: str, line: int, label: str) -> str:
        """A label, safe already, that leads to a line where its address is known."""
        if not self._look.link:
            return label
        where = quote(repository_path(path, self._look.prefix).encode("utf-8", "surrogateescape"))
        return f"[{label}]({self._look.link}{where}#L{line})"


_MISSING = Message("missing")
_MARKS = {Severity.CRITICAL: "🔴 ", Severity.MATERIAL: "🟠 ", Severity.NOTABLE: ""}
_HEADS = {
    "target": Message("target"),
    "field": Message("field"),
    "before": Message("before"),
    "after": Message("after"),
    "what it means": Message("what it means"),
    "against the approved plan": Message("against the approved plan"),
    "adjustment record": Message("adjustment record"),
}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…（{len(text)}）"


def _signed(value: Decimal) -> str:
    text = figure(value)
    return text if text.startswith("-") or text == "0" else f"+{text}"


def _marked(pieces: Sequence[Piece], tag: str) -> str:
    """Code spans, those that differ struck out or underlined; of long texts what differs, and what stands around it."""
    shown = []
    room = _LONGEST
    for index, piece in enumerate(pieces):
        text = piece.text
        if piece.differs:
            cut = text if len(text) <= room else f"{text[: max(room, _KEPT)]}…（{len(text)}）"
            room -= len(cut)
            shown.append(f"<{tag}>{code_span(cut)}</{tag}>")
        elif len(text) > 2 * _KEPT + 20:
            left = text[:_KEPT] if index else text[:10]
            right = text[-_KEPT:] if index < len(pieces) - 1 else text[-10:]
            shown.append(code_span(f"{left} … {right}"))
        else:
            shown.append(code_span(text))
    return "".join(shown) or "—"
