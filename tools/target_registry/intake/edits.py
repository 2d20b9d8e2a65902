"""Rows and targets to files: the smallest edits of those that are there, and new ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from target_registry import fields, figures, limits, measuring
from target_registry.documents import read
from target_registry.documents.editor import edit
from target_registry.documents.writer import Unformattable, emit
from target_registry.forms import Grid
from target_registry.intake import Fault, Filled, is_ditto, key_works, matching, naming, values
from target_registry.intake.key_works import Works
from target_registry.intake.rows import Rows, Sum
from target_registry.intake.rows import rows as rows_of
from target_registry.intake.values import Row
from target_registry.model import LAST_NUMBER, KeyWork, Level, Message, Plan, Route, Target, Value, file_name
from target_registry.patterns import lazy
from target_registry.sources import ReadError, Source

_FILED = ("category", "deadline_month", "weight", "fiscal_project")
"""Columns whose own wording ``as_filed`` keeps."""


@dataclass(frozen=True)
class Wish:
    """What the caller wants beyond the form itself.

    Attributes:
        remove_missing: a target that the form lacks is given up.
        measures: figures of a measure follow the sentence that was edited.
    """

    remove_missing: bool = False
    measures: bool = False


@dataclass
class Intake:
    """What a form asks of a registry.

    Attributes:
        files: the bytes of each file that changes, by path; None for one that goes.
        expected: what each of them held when this was worked out; None where nothing was.
        faults: what can't be understood, and what should be known; with an error among them there are no files.
        changed: how many targets change; ``added`` and ``removed`` likewise.
        rows: the row that each file comes from, by path, so that what is wrong with the file can point there.
    """

    files: dict[str, bytes | None] = field(default_factory=dict)
    expected: dict[str, bytes | None] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    changed: int = 0
    added: int = 0
    removed: int = 0
    rows: dict[str, Row] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether something can't be understood."""
        return any(fault.level is Level.ERROR for fault in self.faults)

    def put(self, path: str, data: bytes | None, before: bytes | None) -> None:
        """Let a file change."""
        self.files[path] = data
        self.expected[path] = before

    def add(self, plan: str, number: int, slug: str, row: Row, works: Works) -> Mapping[str, Any]:
        """Let a target come, and give its data."""
        path = f"targets/{plan}/{file_name(number, slug)}"
        data = new_target(row, works, self.faults)
        self.put(path, emit(data, "target", path), None)
        self.rows[path] = row
        self.added += 1
        return data

    def settled(self) -> Intake:
        """The same, without files where something can't be understood: all or nothing."""
        if self.refused:
            self.files.clear()
            self.expected.clear()
        return self


def rows_matched(
    grids: Sequence[Grid], targets: Sequence[Target], year: int | None, intake: Intake, *, anew: bool = False
) -> tuple[Rows, list[Row], list[Target | None]]:
    """A form, its rows as they are understood, and the target of each; faults go to the intake.

    ``year`` is that of the form's plan; ``anew`` tells that the targets are another plan's, so that every row is a new one.
    """
    found = rows_of(grids)
    if (too_large := _beyond(found.found)) is not None:
        intake.faults.append(Fault("many-targets", Level.ERROR, None, too_large, Message("import it in parts")))
        return found, [], []
    read, faults = values.understand(found.found, year)
    matched, doubled = matching.match(read, targets)
    # In a new plan no row was put before an old one, so that a number that stands twice is nobody's place.
    twice = matching.numbers(read) if anew else []
    read = matching.numbered(read, [None] * len(read) if anew else matched)
    sums = [fault for one in found.sums for fault in _sum(one, read)]
    intake.faults += [*found.faults, *faults, *doubled, *(twice or matching.numbers(read)), *sums]
    return found, read, matched


def _beyond(found: Sequence[Filled]) -> Message | None:
    """What makes a form one that takes long: each target is named, measured, judged by every rule and shown."""
    if len(found) > limits.FORM_TARGETS:
        return Message("the form has more than {limit} targets", limit=limits.FORM_TARGETS)
    if sum(len(cell.text) for filled in found for cell in filled.cells.values()) > limits.FORM_SENTENCES:
        return Message("the form's targets hold more than {limit} characters", limit=limits.FORM_SENTENCES)
    return None


def _sum(one: Sum, read: Sequence[Row]) -> Iterator[Fault]:
    """What is to be said of a sum in a form: that its rows give another one, or that it is no number."""
    weight = fields.of_target()["weight"]
    said = one.said
    # One above all rows, or in a table of its own, is that of all.
    over = [row for row in read if not one.over or (row.filled.grid.position, row.filled.row) in one.over]
    weights = [Decimal(str(points)) for row in over if (points := row.values.get("weight")) is not None]
    if not weights or len(weights) < len(over):
        return
    text = said.text("weight")
    try:
        written = weight.read(text.removeprefix("共").removeprefix("计"))
    except fields.Unreadable:
        told = Message("the form's own sum is no number: {text}", text=text)
        yield Fault("sum-unread", Level.WARNING, said.at("weight", weight.heading), told, _NOT_TAKEN)
        return
    own, total = None if written is None else Decimal(str(written)), sum(weights)
    if own is None or own == total:
        return
    told = Message("the form's own sum is {sum}, and its rows sum to {total}", sum=own, total=total)
    yield Fault("sum-differs", Level.WARNING, said.at("weight", weight.heading), told, _NOT_TAKEN)


_NOT_TAKEN = Message("see which of them is right: the sum is not taken over")


def refuse_without_rows(read: Sequence[Row], intake: Intake) -> None:
    """A form without a single target makes nothing."""
    if not intake.refused and not read:
        intake.faults.append(nothing_in_it())


_ALIKE_IN_EACH = Message("merge the rows of one key work, or write its title alike in each of them")


def refuse_many_works(read: Sequence[Row], known: Sequence[KeyWork], intake: Intake) -> None:
    """Each is looked for among those that the plan has, by likeness, which many would take long for."""
    if key_works.unknown(read, known) > limits.FORM_KEY_WORKS:
        told = Message(
            "the form names more than {limit} key works that the plan doesn't have", limit=limits.FORM_KEY_WORKS
        )
        intake.faults.append(
            Fault(
                "many-key-works",
                Level.ERROR,
                None,
                told,
                _ALIKE_IN_EACH,
            )
        )


def refuse_full_plan(works: Works, known: Sequence[KeyWork], intake: Intake) -> None:
    """A plan takes so many key works, and what is wrong with its file has no place in the form."""
    if len(works.order) > max(limits.FORM_KEY_WORKS, len(known)):
        told = Message(
            "with those of the form, the plan would have {n} key works; it may have {limit}",
            n=len(works.order),
            limit=limits.FORM_KEY_WORKS,
        )
        intake.faults.append(Fault("many-key-works", Level.ERROR, None, told, _ALIKE_IN_EACH))


def refuse_many_figures(read: Sequence[Row], intake: Intake) -> None:
    """All that a target's sentences name are compared with its measure, which takes long for very many."""
    texts = (str(row.values.get(key) or "") for row in read for key in measuring.SENTENCES)
    if sum(map(figures.numbers, texts)) > limits.FORM_FIGURES:
        told = Message("the sentences of the form hold more than {limit} numbers", limit=limits.FORM_FIGURES)
        cure = Message("import it in parts, and move lists of figures into a document that the targets name")
        intake.faults.append(Fault("many-figures", Level.ERROR, None, told, cure))


def into_plan(grids: Sequence[Grid], source: Source, plan: Plan, wish: Wish) -> Intake:
    """What a form changes in a plan that is there.

    Args:
        grids: the file's sheets or tables.
        source: where the plan's files are read from.
        plan: the plan.
        wish: what the caller wants beyond.
    """
    return _Plan(grids, source, plan, wish).result()


class _Plan:
    def __init__(self, grids: Sequence[Grid], source: Source, plan: Plan, wish: Wish) -> None:
        self._grids = grids
        self._source = source
        self._plan = plan
        self._wish = wish
        self._intake = Intake()

    def result(self) -> Intake:
        form, read, matched = rows_matched(self._grids, self._plan.targets, self._plan.year, self._intake)
        refuse_without_rows(read, self._intake)
        refuse_many_works(read, self._plan.key_works, self._intake)
        refuse_many_figures(read, self._intake)
        if not self._intake.refused:
            self._doubts(form, read, matched)
        if not self._intake.refused:
            self._work_out(read, matched)
        return self._intake.settled()

    def _doubts(self, form: Rows, read: Sequence[Row], matched: Sequence[Target | None]) -> None:
        """Say what makes it doubtful that this is the plan's form."""
        if others := sorted(form.plans - {self._plan.id}):
            self._intake.faults.append(
                Fault(
                    "other-plan",
                    Level.ERROR,
                    None,
                    Message("the form is of plan {plans}, and not of {plan}", plans=tuple(others), plan=self._plan.id),
                    Message("name the plan of that form with --into"),
                )
            )
        title = form.title
        unknown = sum(target is None for target in matched)
        if self._plan.targets and unknown * 2 > len(read):
            self._intake.faults.append(
                Fault(
                    "other-form",
                    Level.WARNING,
                    None,
                    Message(
                        "{unknown} of {rows} rows are none of the targets of plan {plan}",
                        unknown=unknown,
                        rows=len(read),
                        plan=self._plan.id,
                    ),
                    Message("make sure that this is the form of that plan; --into names another"),
                )
            )
        if not title or fields.fold(title) == fields.fold(self._plan.title):
            return
        year = _year(title)
        if year is not None and self._plan.year is not None and year != self._plan.year:
            self._intake.faults.append(
                Fault(
                    "other-year",
                    Level.ERROR,
                    None,
                    Message("the form is of {form}, the plan of {plan}", form=year, plan=self._plan.year),
                    Message("name the plan of that year with --into, or correct the title in the form if it is wrong"),
                )
            )
        else:
            self._intake.faults.append(
                Fault(
                    "other-title",
                    Level.WARNING,
                    None,
                    Message("the form is headed {title}, the plan {plan}", title=title, plan=self._plan.title),
                    Message("a title is not taken over; if it is to change, change it in {path}", path=self._plan.path),
                )
            )

    def _work_out(self, read: Sequence[Row], matched: Sequence[Target | None]) -> None:
        works = key_works.resolve(read, self._plan.key_works, {}, matched)
        refuse_full_plan(works, self._plan.key_works, self._intake)
        if changes := dict(key_works.changes(self._plan.key_works, works)):
            self._edit(self._plan.path, "plan", changes, limits.PLAN_BYTES)
        kept = {target.slug for target in matched if target is not None}
        missing = [target for target in self._plan.targets if target.slug not in kept]
        self._missing(missing)
        staying = [] if self._wish.remove_missing else missing
        numbers = {t.number for t in staying} | {
            row.number or (target.number if target else None) for row, target in zip(read, matched, strict=True)
        }
        taken = {target.slug for target in self._plan.targets} | {row.slug for row in read}
        occupied = {target.number: target for target in staying if target.number is not None}
        free = free_numbers(numbers)
        for row, target in zip(read, matched, strict=True):
            if row.number in occupied and (target is None or target.number != row.number):
                self._taken(row, occupied[row.number])
            if target is not None:
                self._change(row, target, works)
                continue
            number = row.number
            if number is None:
                number = next(free)
            slug = row.slug or naming.propose(row.target, taken, "target")
            taken.add(slug)
            self._intake.add(self._plan.id, number, slug, row, works)

    def _missing(self, missing: Sequence[Target]) -> None:
        for target in missing if self._wish.remove_missing else ():
            self._intake.put(target.path, None, self._raw(target.path, limits.EDITED_BYTES))
            self._intake.removed += 1
        if missing and not self._wish.remove_missing:
            told = tuple(f"{target.number} {target.text('target')}" for target in missing)
            self._intake.faults.append(
                Fault(
                    "target-missing",
                    Level.INFO,
                    None,
                    Message("not in the form, and left as they are: {targets}", targets=told),
                    Message("to give them up, add --remove-missing"),
                )
            )

    def _taken(self, row: Row, other: Target) -> None:
        self._intake.faults.append(
            Fault(
                "number-taken",
                Level.ERROR,
                row.filled.at("number", fields.of_row()["number"].heading),
                Message(
                    "the number {n} belongs to a target that the form lacks: {target}",
                    n=row.number or 0,
                    target=other.text("target"),
                ),
                Message("give the row another number, or that target up with --remove-missing"),
            )
        )

    def _change(self, row: Row, target: Target, works: Works) -> None:
        changes = dict(_changes(row, target))
        work = works.of(row)
        if work is not None and work != target.text("key_work"):
            changes["key_work",] = work
        if self._wish.measures:
            changes.update(_measure(target, target.measure, changes))
        changes.update(_measure(target, self._blanks(target), changes))
        for route, value in changes.items():
            if value is None and len(route) == 1 and fields.is_required("target", route):
                key = str(route[0])
                self._intake.faults.append(blank(row, key))
            elif len(route) == 1 and is_ditto(value):
                self._intake.faults.append(ditto(row, str(route[0])))
        path = target.path
        if row.number is not None and row.number != target.number:
            path = f"targets/{self._plan.id}/{file_name(row.number, target.slug)}"
        if not changes and path == target.path:
            return
        self._intake.changed += 1
        self._intake.rows[path] = row
        self._edit(target.path, "target", changes, limits.TARGET_BYTES, path)

    def _raw(self, path: str, limit: int) -> bytes | None:
        """A file's bytes; None, and a fault, where it can't be read."""
        try:
            return self._source.read(path, limit)
        except ReadError as error:
            told = Message("{path} {reason}", path=path, reason=error.message)
            hint = Message("run targets check on it, and import again once it is in order")
            self._intake.faults.append(Fault("file-unreadable", Level.ERROR, None, told, hint))
            return None

    def _blanks(self, target: Target) -> Mapping[str, Any]:
        """What of a measure is still to be filled in, as in a plan carried over, and its unit."""
        if "measure" not in target.broken:
            return {}
        raw = self._raw(target.path, limits.TARGET_BYTES)
        data = None if raw is None else read(target.path, raw, limits.TARGET_BYTES).data
        measure = data.get("measure") if isinstance(data, dict) else None
        found = measure.items() if isinstance(measure, dict) else ()
        return {key: value for key, value in found if key == "unit" or fields.unfilled(value)}

    def _edit(self, path: str, name: str, changes: Mapping[Route, Any], limit: int, to: str | None = None) -> None:
        """Edit a file, and give it another name where it is to have one."""
        if self._intake.refused:
            return
        raw = self._raw(path, limit)
        if raw is None:
            return
        try:
            edited = edit(path, raw, name, changes, limit) if changes else raw
        except Unformattable:
            self._intake.faults.append(
                Fault(
                    "file-unsound",
                    Level.ERROR,
                    None,
                    Message("{path} has faults, so that nothing can be changed in it", path=path),
                    Message("run targets check on it"),
                )
            )
            return
        if to is not None and to != path:
            self._intake.put(path, None, raw)
            self._intake.put(to, edited, None)
        else:
            self._intake.put(path, edited, raw)


def _changes(row: Row, target: Target) -> Iterator[tuple[Route, Any]]:
    """The keys whose cells say something else than the file."""
    for key, value in row.values.items():
        before = target.values.get(key)
        if isinstance(before, str) and fields.one_line(row.filled.text(key)) == fields.one_line(before).strip():
            continue  # as it was exported, whatever it says
        if _same(before, value) or (key in target.broken and value is None):
            continue
        yield (key,), value
        if key in target.as_filed:
            yield ("as_filed", key), None


def _same(before: Value | None, after: Value | None) -> bool:
    """Whether a cell says what the file does; where a text's lines break on paper is nobody's change."""
    if isinstance(before, str) and isinstance(after, str):
        return fields.one_line(before) == fields.one_line(after)
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    return before == after


def _measure(target: Target, measure: Mapping[str, Any], changes: Mapping[Route, Any]) -> Iterator[tuple[Route, Any]]:
    """The figures of a measure as the edited sentences have them."""
    texts = {key: changes.get((key,), target.text(key)) or "" for key in ("target", "half_year_target", "remarks")}
    if not measure or not any((key,) in changes for key in texts):
        return
    proposed = measuring.propose(texts["target"], texts["half_year_target"], texts["remarks"])
    if proposed is not None and proposed.get("unit") != measure.get("unit"):
        proposed = measuring.converted(proposed, str(measure.get("unit")))
    if proposed is None:
        return
    if any(figure.drops for figure in figures.find(texts["target"])):
        # A measure of growth counts a fall below zero, and what that is at the most or the least it knows.
        falls = [key for key in ("full_year", "half_year") if key in proposed and measure.get(key, 0) < 0]
        proposed = {key: -value if key in falls else value for key, value in proposed.items()}  # type: ignore[operator]
        if falls:
            del proposed["aim"]
    if ("half_year_target",) in changes and not texts["half_year_target"] and "half_year" in measure:
        yield ("measure", "half_year"), None  # what is promised no more for June
    for key in ("aim", "full_year", "half_year", "baseline"):
        if key in proposed and key in measure and proposed[key] != measure[key]:
            yield ("measure", key), proposed[key]


def new_target(row: Row, works: Works, faults: list[Fault]) -> dict[str, Any]:
    """A new target's data, its measure as the sentences name it; what is lacking becomes a fault."""
    data: dict[str, Any] = {key: value for key, value in row.values.items() if value is not None}
    work = works.of(row)
    if work is not None:
        data["key_work"] = work
    required = (column.key for column in fields.form() if column.required and column.key != "number")
    faults.extend(blank(row, key) for key in required if key not in data)
    faults.extend(ditto(row, key) for key, value in row.values.items() if is_ditto(value))
    if filed := {key: text for key, text in row.wordings.items() if key in _FILED}:
        data["as_filed"] = filed
    if measure := measuring.measure_of(data):
        data["measure"] = measure
    return data


def blank(row: Row, key: str) -> Fault:
    """A cell that can't be blank."""
    cure = Message("fill in {heading}", heading=fields.of_target()[key].heading)
    return _of_cell(row, key, "cell-blank", Message("this cell can't be blank"), cure)


def ditto(row: Row, key: str) -> Fault:
    """A cell that only points at another one, which its target's file doesn't have."""
    told = Message("{text} points at another row, and each target stands by itself", text=row.filled.text(key))
    return _of_cell(row, key, "cell-ditto", told, Message("write out what is meant"))


def _of_cell(row: Row, key: str, code: str, told: Message, cure: Message) -> Fault:
    return Fault(code, Level.ERROR, row.filled.at(key, fields.of_target()[key].heading), told, cure)


def nothing_in_it() -> Fault:
    """A form without a row."""
    return Fault(
        "no-rows",
        Level.ERROR,
        None,
        Message("the form has no rows under its headings"),
        Message("take a form that is filled in"),
    )


def free_numbers(used: Collection[int | None]) -> Iterator[int]:
    """Numbers for new rows: behind the last one, and in the gaps where there are none left behind it."""
    last = max((number for number in used if number is not None), default=0)
    yield from range(last + 1, LAST_NUMBER + 1)
    yield from (number for number in range(1, LAST_NUMBER) if number not in used)
    yield from count(LAST_NUMBER + 1)


_YEAR = lazy(r"(?<![0-9])([12][0-9]{3})(?=\s*年)")


_DIGITS = str.maketrans("０１２３４５６７８９〇○◯零一二三四五六七八九", "01234567890000123456789")


def _year(title: str) -> int | None:
    """The year that a title names, as in 2019年 or 二〇一九年; None where it names none, or several."""
    years = set(_YEAR.findall(title.translate(_DIGITS)))
    return int(min(years)) if len(years) == 1 else None
