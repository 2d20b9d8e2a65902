"""A review in GitHub Flavored Markdown, for the pull request in which it is decided.

What is to be decided stands first and is never folded; the rest is folded or, where the
forge's limit would be passed, dropped: whole rows, the least important first. A report that
had to drop what must be decided says how much, and counts as failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from urllib.parse import quote

from target_registry import fields
from target_registry.approvals import adjustment_missing, drafts
from target_registry.documents import Unwritable
from target_registry.escape import code, code_block, code_span, markdown
from target_registry.language import Speech, figure
from target_registry.model import About, Adjustment, Counted, Finding, Message, Plan
from target_registry.reports.review import Look, Rendered, named, repository_path
from target_registry.review import PlanReview, Review
from target_registry.sources import EnvironmentFault
from target_registry.space import LIMIT, LONGEST, Space, T, short, size
from target_registry.verdicts import Severity, Subject
from target_registry.views import marks
from target_registry.views.marks import Piece
from target_registry.views.review import (
    WORST_FIRST,
    Cell,
    Entry,
    condensed,
    counted,
    decision,
    entries,
    incomplete,
    lacking,
    missing,
    moves,
    records,
)

_SAID = 1_200
"""Units kept for the sentences that tell what had no room."""
_SHARE = 8_000
"""Units of a section that lists what is missing, or why something is asked for."""
_FRAME = 200
"""Units of a table's title and of what folds it; its head comes on top."""
_ITEMS = 20
"""Items of such a section."""
_MOVES = 40
_KEPT = 40
"""Characters beside a difference that stay where a long text is cut."""
_ENTRY = 30
"""Characters that a change takes in a record at the least: its field, from and to."""
_DECIDED = (Severity.CRITICAL, Severity.MATERIAL)
_FOLDED = (Severity.EDITORIAL, Severity.FORMATTING)


def render(review: Review, speech: Speech, look: Look) -> Rendered:
    """The whole report, below :data:`LIMIT` characters."""
    return _Writer(review, speech, look).report()


class _Writer:
    def __init__(self, review: Review, speech: Speech, look: Look) -> None:
        self._review = review
        self._speech = speech
        self._look = look
        self._has_baseline = any(item.approved is not None for item in review.judged)
        self._has_records = any(plan.proposal.needs_records for plan in review.plans)

    def _say(self, message: Message) -> str:
        return self._speech.tell(message, code_span)

    def report(self) -> Rendered:
        """What must be decided first takes its room, then the rest by its weight; they stand in another order."""
        space = Space(LIMIT - 1 - _SAID)
        head, compared = self._head(), self._compared()
        space.take("\n\n".join([*head, compared]))
        lacking, records = self._lacking(space.share(_SHARE)), self._records(space.share(_SHARE))
        found = condensed(entries(self._review, self._speech), self._speech)
        decided = [self._rows(found, (severity,), space) for severity in _DECIDED]
        standing = self._standings(space)
        points = self._points(space)
        notable = self._rows(found, (Severity.NOTABLE,), space)
        folded = self._rows(found, _FOLDED, space)
        drafts = self._drafts(space)
        lost = sum(entry.severity in _DECIDED for entry in found) - sum(map(len, decided))
        others = len(found) - lost - sum(map(len, (*decided, notable, folded)))
        parts = [*head, "\n".join([compared, *standing]), *lacking, *records]
        if lost:
            warning = Counted(
                "{n} change that must be decided has no room here: the report is not complete, and the check fails",
                "{n} changes that must be decided have no room here: the report is not complete, and the check fails",
                lost,
            )
            parts.append(f"> **{self._say(warning)}**")
        for severity, rows in zip(_DECIDED, decided, strict=True):
            parts += self._section(rows, severity)
        parts += drafts
        parts += points
        parts += self._section(notable, Severity.NOTABLE)
        parts += self._fold(folded)
        if others:
            rest = Counted(
                "{n} change of less weight has no room here",
                "{n} changes of less weight have no room here",
                others,
            )
            parts.append(self._say(rest))
        return Rendered("\n\n".join(parts) + "\n", lost)

    def _rows(self, found: Sequence[Entry], severities: Sequence[Severity], space: Space) -> list[tuple[Entry, str]]:
        """The changes of some severities as rows, as many as have room."""
        chosen = [entry for entry in found if entry.severity in severities]
        heading = size(self._table(())) + _FRAME
        return space.fill(chosen, self.row, heading)

    def _list(self, heading: str, items: Sequence[T], make: Callable[[T], str], space: Space) -> Iterator[str]:
        """A section of list items, as many as have room, and how many more there are."""
        if not items:
            return
        above = f"### {heading}\n"
        kept = space.fill(items[:_ITEMS], make, size(above) + 40)
        lines = [above, *(text for _, text in kept)]
        if len(items) > len(kept):
            lines.append("- " + self._say(Message("and {n} more", n=len(items) - len(kept))))
        yield "\n".join(lines)

    def _head(self) -> list[str]:
        review = self._review
        titles = [plan.plan.title for plan in review.plans if plan.plan is not None]
        heading = self._say(Message("changes of performance targets"))
        parts = [f"## {heading}"]
        if titles[:3]:
            parts.append(" · ".join(code(short(title)) for title in titles[:3]) + (" · …" if titles[3:] else ""))
        lack = missing(review)
        lines = [f"**{self._say(decision(review))}**"]
        if gap := incomplete(review):
            lines.append(f"**{self._say(gap)}**")
        if lack:
            lines.append(f"**{self._say(lack)}**")
        return [*parts, "<br>".join(lines)]

    def _compared(self) -> str:
        pair = self._review.pair
        told = Message(
            "compared: {base} → {head}; deadlines as of {day}",
            base=named(pair.base),
            head=named(pair.head),
            day=str(self._review.as_of),
        )
        return f"- {self._say(told)}"

    def _standings(self, space: Space) -> list[str]:
        about = [message for plan in self._review.plans for message in self._standing(plan)]
        lines = [text for _, text in space.fill(about, lambda message: f"- {self._say(message)}", 0)]
        if len(about) > len(lines):
            lines.append("- " + self._say(Message("and {n} more", n=len(about) - len(lines))))
        return lines

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

    def _lacking(self, space: Space) -> Iterator[str]:
        heading = self._say(Message("missing for approval"))
        return self._list(heading, lacking(self._review), self._lack, space)

    def _lack(self, finding: Finding) -> str:
        told = self._say(finding.message)
        if finding.code != adjustment_missing.CODE:
            place = self._place(finding.where.path, finding.line, code(f"{finding.where.path}:{finding.line}"))
            told += f"（{place}）" if self._speech.language == "zh" else f" ({place})"
        if finding.hint:
            told += "<br>" + self._say(Message("cure: {hint}", hint=finding.hint))
        return f"- [ ] {told}"

    def _records(self, space: Space) -> Iterator[str]:
        """The new records: why the changes are asked for, in their own words."""
        heading = self._say(Message("why it is asked for"))
        return self._list(heading, records(self._review), self._why, space)

    def _why(self, record: Adjustment) -> str:
        name = self._place(record.path, 1, code(f"{record.folder}/{record.name}"))
        colon = "：" if self._speech.language == "zh" else ": "
        blank = self._say(_MISSING)
        parts = []
        for key in ("reason", "basis", "requested_by", "date"):
            text = record.texts.get(key)
            title = markdown(fields.title_of_record(key, self._speech.language))
            parts.append(f"{title}{colon}{code(short(text)) if text else f'**{blank}**'}")
        return f"- {name}<br>" + "<br>".join(parts)

    def _drafts(self, space: Space) -> list[str]:
        """The records that are missing, for who writes in a browser and can't run a command; all of them or none.

        Once they are known to have no room, no more are made: each asks Git what records its plan has.
        """
        if _ENTRY * sum(len(plan.proposal.uncovered) for plan in self._review.plans) > space.left:
            return [self._say(_UNWRITTEN)]
        summary = self._say(Message("records to add, ready to copy: fill in the reason"))
        parts = [f"<details><summary>{summary}</summary>"]
        taken = size(parts[0])
        for made in self._missing_records():
            added = [
                self._say(Message("add the file {path}:", path=self._look.prefix + made.path)),
                code_block(made.data.decode(), "yaml"),
            ]
            parts += added
            taken += sum(map(size, added))
            if taken > space.left:
                return [self._say(_UNWRITTEN)]
        if len(parts) == 1:
            return []
        text = "\n\n".join([*parts, "</details>"])
        return [text if space.take(text) else self._say(_UNWRITTEN)]

    def _missing_records(self) -> Iterator[drafts.Draft]:
        head = self._review.pair.head
        for proposal in (plan.proposal for plan in self._review.plans if plan.proposal.uncovered):
            wanted = {item.severity for item in proposal.uncovered}
            taken = head.records(proposal.plan)
            try:
                drafted = drafts.draft(proposal, drafts.Wanted({}), self._review.as_of, head.raw, head.documents, taken)
            except (EnvironmentFault, Unwritable):  # what no record can hold; whoever runs targets adjust is told what
                continue
            yield from (draft for draft in drafted.records if draft.severity in wanted)

    def _section(self, rows: Sequence[tuple[Entry, str]], severity: Severity) -> Iterator[str]:
        if rows:
            title = self._say(counted(severity, len(rows)))
            yield f"### {_MARKS[severity]}{title}"
            yield self._table(rows)

    def _fold(self, rows: Sequence[tuple[Entry, str]]) -> Iterator[str]:
        if rows:
            counts = tuple(
                counted(severity, n)
                for severity in WORST_FIRST
                if (n := sum(entry.severity is severity for entry, _ in rows))
            )
            summary = self._say(Message("{counts}", counts=counts))
            yield f"<details><summary>{summary}</summary>\n\n{self._table(rows)}\n\n</details>"

    def _table(self, rows: Sequence[tuple[Entry, str]]) -> str:
        heads = ["target", "field", "before", "after", "what it means"]
        if self._has_baseline:
            heads.append("against the approved plan")
        if self._has_records:
            heads.append("adjustment record")
        cells = [markdown(self._speech.tell(_HEADS[head])) for head in heads]
        line = "|" + "|".join([" :-- "] * len(cells)) + "|"
        return "\n".join([f"| {' | '.join(cells)} |", line, *(text for _, text in rows)])

    def row(self, entry: Entry) -> str:
        """One change as a row of its table."""
        left, right = self._sides(entry)
        change = entry.judged.change
        cells = [
            f"{self._place(entry.path, entry.line, self._label(entry))}<br>{code_span(short(entry.subject))}"
            if change.target is not None and not entry.is_many
            else self._place(entry.path, entry.line, self._label(entry)),
            self._say(entry.field),
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
        if entry.judged.change.subject is Subject.PLAN or entry.is_many:
            return markdown(entry.subject)
        return code_span(short(entry.judged.change.target or entry.path))

    def _effect(self, entry: Entry) -> str:
        told = dict.fromkeys(self._say(verdict.effect) for verdict in entry.judged.verdicts)
        return "<br>".join(told)

    def _record(self, entry: Entry) -> str:
        if entry.record:
            return self._place(entry.record, 1, code_span(entry.record.rpartition("/")[2]))
        return f"**{self._say(_MISSING)}**" if entry.needs_record else "—"

    def _sides(self, entry: Entry) -> tuple[str, str]:
        before, after = entry.before, entry.after
        if (
            before.fields
            or after.fields
            or not before.text
            or not after.text
            or entry.judged.change.route == (About.FILE,)
        ):
            return self._plain(before, "del"), self._plain(after, "ins")
        left, right = marks.compare(before.text, after.text)
        return _marked(left, "del"), _marked(right, "ins")

    def _plain(self, cell: Cell, tag: str) -> str:
        if cell.fields:
            return "<br>".join(
                f"{self._speech.called(key, code_span)} {code_span(short(text))}" for key, text in cell.fields
            )
        return _marked((Piece(cell.text, True),), tag) if cell.text else "—"

    def _points(self, space: Space) -> list[str]:
        """The tables of points, as many as have room, and how many more there are."""
        moved = [plan for plan in self._review.plans if moves(self._review, plan, with_sums=False)]
        kept = [text for _, text in space.fill(moved, self._plan_points, 1)]
        if len(moved) > len(kept):
            rest = Counted(
                "the table of points of {n} plan has no room here",
                "the tables of points of {n} plans have no room here",
                len(moved) - len(kept),
            )
            kept.append(self._say(rest))
        return kept

    def _plan_points(self, plan: PlanReview) -> str:
        heads = [Message("key work"), Message("points before"), Message("points after"), Message("difference")]
        heading, total = self._say(Message("points by key work")), self._say(Message("total"))
        found = moves(self._review, plan)
        lines = [
            f"### {heading}",
            "",
            f"| {' | '.join(markdown(self._speech.tell(head)) for head in heads)} |",
            "| :-- | --: | --: | --: |",
        ]
        for move in (*found[:-1][:_MOVES], found[-1]):
            title = total if move.is_total else code_span(short(move.title or "—"))
            cells = [title, figure(move.before or 0), figure(move.after or 0), _signed(move.difference)]
            lines.append(f"| {' | '.join(f'**{cell}**' if move.is_total else cell for cell in cells)} |")
        declared = plan.plan.weight_rule("total") if plan.plan else None
        if declared is not None and declared != found[-1].after:
            off = Message(
                "the weights sum to {sum}, and the plan declares {total}", sum=found[-1].after, total=declared
            )
            lines += ["", f"**{self._say(off)}**"]
        return "\n".join(lines)

    def _place(self, path: str, line: int, label: str) -> str:
        """A label, safe already, that leads to a line where its address is known."""
        if not self._look.link:
            return label
        where = quote(repository_path(path, self._look.prefix).encode("utf-8", "surrogateescape"))
        return f"[{label}]({self._look.link}{where}#L{line})"


_MISSING = Message("missing")
_UNWRITTEN = Message("the records to add have no room here; targets adjust writes them")
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


def _signed(value: Decimal) -> str:
    text = figure(value)
    return text if text.startswith("-") or text == "0" else f"+{text}"


def _marked(pieces: Sequence[Piece], tag: str) -> str:
    """Code spans, those that differ struck out or underlined; of long texts what differs, and what stands around it."""
    shown = []
    room = LONGEST
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
