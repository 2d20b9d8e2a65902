"""A row's cells to values, by the one codec; a cell that can't be understood becomes a fault with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from target_registry import fields, limits
from target_registry.escape import named, visible
from target_registry.fields import Field
from target_registry.forms import Cell, Flaw
from target_registry.forms.blanks import FAR, goes_far
from target_registry.intake import Fault, Filled, Place, is_helper
from target_registry.model import IDENTIFIER, FileName, Level, Message, Value, file_name
from target_registry.patterns import lazy


class Row(NamedTuple):
    """One filled-in row, understood.

    Attributes:
        filled: its cells.
        values: what the columns say, None for a blank cell; the key work's column is not among them.
        wordings: cells of values that have a wording of their own, such as 12月底.
        number: the row's number; None where it is blank.
        slug: the target it says it is; empty where it doesn't say.
        work: its key work's number, where the cell has one, and title; None where there is no such cell.
    """

    filled: Filled
    values: Mapping[str, Value | None]
    wordings: Mapping[str, str]
    number: int | None
    slug: str
    work: tuple[int | None, str] | None

    @property
    def target(self) -> str:
        """The target's sentence."""
        return str(self.values.get("target") or "")


def understand(found: Sequence[Filled], year: int | None) -> tuple[list[Row], list[Fault]]:
    """Read the cells of all rows.

    Args:
        found: the rows.
        year: that of the plan; None where it says none.
    """
    faults: list[Fault] = []
    return [_row(filled, year, faults) for filled in found], faults


def _row(filled: Filled, year: int | None, faults: list[Fault]) -> Row:
    values: dict[str, Value | None] = {}
    wordings: dict[str, str] = {}
    number: int | None = None
    for column in (*fields.form(), fields.of_row()["slug"]):
        cell = filled.cells.get(column.key)
        if cell is None:
            continue
        place = filled.at(column.key, column.heading)
        wrong = list(_wrong(column, cell, filled, place)) or list(_of_another_year(column, cell, year, place))
        faults += wrong
        if column.key in ("key_work", "slug") or any(fault.level is Level.ERROR for fault in wrong):
            continue
        if column.key == "number":
            cell = cell._replace(text=_ordinal(cell.text))
            number = _number(_value(column, filled, cell, faults), cell, place, faults)
            continue
        if column.kind == "text":
            cell = cell._replace(text=once(cell.text))
        value = _value(column, filled, cell, faults)
        values[column.key] = value = None if column.key != "target" and fields.says_nothing(value) else value
        wording = cell.text.strip()
        if column.kind != "text" and value is not None and wording != column.render(value):
            wordings[column.key] = wording
    slug = filled.text("slug")
    if slug and not (IDENTIFIER.match(slug) and FileName.parse(file_name(1, slug)).well_formed):
        heading = fields.of_row()["slug"].heading
        faults.append(
            Fault(
                "slug-malformed",
                Level.ERROR,
                filled.at("slug", heading),
                Message("{slug} is no slug: use a-z, 0-9 and single hyphens, such as retail-sales", slug=slug),
                Message("leave the cell blank, and a slug is proposed"),
            )
        )
        slug = ""
    if "target" in values and not values["target"]:
        _blank_target(filled, faults)
    work = fields.parse_key_work(_with_unit(filled, "key_work")) if filled.text("key_work") else None
    return Row(filled, values, wordings, number, slug, work)


def _with_unit(filled: Filled, key: str) -> str:
    """What people read in a column's cell, with the unit that its format adds to a number: 3月 is no third key work."""
    cell = filled.cells[key]
    return cell.shown or cell.text.strip()


def _wrong(column: Field, cell: Cell, filled: Filled, place: Place) -> Iterator[Fault]:
    """What is wrong with a cell, whatever its column takes: an error where its text is nobody's."""
    if _is_merged_with_its_left(cell, filled):
        yield _not_plain(place, _ACROSS)
        return
    if _PRIVATE.search(cell.text):
        # A registry may have such a character, of a rare name, and gets it back.
        told = Message("the cell holds a sign that only one font shows: {text}", text=_PRIVATE.sub(named, cell.text))
        yield Fault("cell-unseen", Level.WARNING, place, told, Message("write it with an ordinary sign"))
    if cell.fault is not None and not is_helper(column.key, cell):
        yield _not_plain(place, cell.fault)
    elif goes_far(cell.text):
        yield _not_plain(place, FAR)
    elif len(cell.text) > (most := limits.SENTENCE_CHARACTERS if column.key == "key_work" else _LONGEST):
        told = Message("the cell has more than {limit} characters", limit=most)
        cure = Message("shorten it; what belongs to it can stand in a document that it names")
        yield Fault("cell-unreadable", Level.ERROR, place, told, cure)
    elif sum(map(cell.text.count, "[]{}")) > _BRACKETS:
        told = Message("the cell has more than {limit} square or curly brackets", limit=_BRACKETS)
        yield Fault("cell-unreadable", Level.ERROR, place, told, Message("delete those that the text doesn't need"))
    elif _WRONG.match(cell.text):
        told = Message("the cell holds what a spreadsheet shows instead of a value: {text}", text=cell.text.strip())
        cure = Message("put right what it was worked out from, or make the column wider; or type the value")
        yield Fault("cell-unreadable", Level.ERROR, place, told, cure)
    elif hidden := unseen(cell.text):
        yield Fault("cell-unseen", Level.ERROR, place, *_unseen(cell.text, hidden))
    elif cell.continues and column.kind != "text" and column.key not in ("key_work", "slug"):
        yield _not_plain(place, _DOWN)


def _of_another_year(column: Field, cell: Cell, year: int | None, place: Place) -> Iterator[Fault]:
    """That a deadline says another year than the plan's."""
    said, _ = fields.parted_month(cell.text) if column.key == "deadline_month" else (None, "")
    if said is not None and said != year:
        yield Fault("cell-unreadable", Level.ERROR, place, *_unreadable(column, cell.text.strip()))


def _unseen(text: str, hidden: str) -> tuple[Message, Message]:
    """What is said of a text with a character that nobody sees, and the cure.

    Args:
        text: the cell's.
        hidden: the same with that character made visible.
    """
    anew = Message("type the text anew")
    if "<U+FFFD>" in hidden:
        return Message("the cell holds a character that was lost on the way: {text}", text=hidden), anew
    if not unseen(text.replace("\t", " ")):
        return Message("the cell holds a tab stop: {text}", text=hidden), Message(
            "put a blank in its place, or nothing"
        )
    return Message("the cell holds a character that nobody sees: {text}", text=hidden), anew


def once(text: str) -> str:
    """A text without the copies of its one line that merging equal cells leaves in it."""
    lines = text.split("\n")
    return lines[0] if len({line.strip() for line in lines}) == 1 else text


def _is_merged_with_its_left(cell: Cell, filled: Filled) -> bool:
    """Whether a cell is one with that of the column before it, as far as what both hold tells."""
    return (
        cell.continues
        and bool(cell.text.strip())
        and any(one.column == cell.column - 1 and one.text == cell.text for one in filled.cells.values())
    )


_ACROSS = Flaw(
    Message("the cell is merged with the one on its left, and each column has its own"),
    Message("split it, and write into each column what is its own"),
)
"""The fault of one cell for several columns: nobody can tell which of them it is of."""
_DOWN = Flaw(
    Message("the cell is merged with one above it, and each target has its own"),
    Message("split it, and write into each row what is its own"),
)
"""That of a number, or a choice, in one cell for several targets: nobody can tell how it is shared."""


def _not_plain(place: Place, flaw: Flaw) -> Fault:
    return Fault("cell-not-plain", Level.ERROR, place, flaw.told, flaw.cure)


_LISTED = lazy(r"\s*(?:[(（]\s*([0-9０-９]{1,4})\s*[)）]|([0-9０-９]{1,4})\s*[.．、，,)）])\s*\Z")
_CIRCLES = (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))
_CIRCLED = {chr(sign): str(number) for number, sign in enumerate(_CIRCLES, 1)}
"""① to ⑳, ㉑ to ㉟ and ㊱ to ㊿."""


def _ordinal(text: str) -> str:
    """The number of a row without what a list sets around it, as Word does: 1. and 1、 and (1) and ①."""
    if found := _LISTED.match(text):
        return str(found[1] or found[2])
    return _CIRCLED.get(text.strip(), text)


def _number(value: Any, cell: Cell, place: Place, faults: list[Fault]) -> int | None:
    """The number of a row; None where there is none, or one that no target's file can be called by."""
    if not isinstance(value, int) or FileName.parse(file_name(value, "x")).well_formed:
        return value if isinstance(value, int) else None
    faults.append(
        Fault(
            "cell-unreadable",
            Level.ERROR,
            place,
            Message("{value} is no value of this column", value=cell.text.strip()),
            Message("it takes a whole number from 1 to 9999"),
        )
    )
    return None


_WRONG = lazy(
    r"\s*(?:#{3,}|#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!))\s*\Z"
)
"""What Excel shows of a formula that failed, or of a number whose column is too narrow."""
_BRACKETS = limits.FLOW_BRACKETS // 10
"""Brackets of a cell: those of all texts of a target stand in one file."""
_LONGEST = 10_000
"""Characters of a cell; the schema takes fewer, and says so at the cell, but for a key work, which it finds in the plan's file."""


_PRIVATE = lazy("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Characters whose looks each font has for itself."""


def unseen(text: str) -> str:
    """The text with what is invisible in it made visible, where something is; else nothing."""
    lines = _lines(text).split("\n")
    shown = [visible(line).replace("\ufffd", "<U+FFFD>") for line in lines]
    return "" if shown == lines else "\n".join(shown)


def _blank_target(filled: Filled, faults: list[Fault]) -> None:
    heading = fields.of_target()["target"].heading
    faults.append(
        Fault(
            "target-blank",
            Level.ERROR,
            filled.at("target", heading),
            Message("the row says something, but its target is blank"),
            Message("fill in the target, or clear the whole row"),
        )
    )


def _value(column: Field, filled: Filled, cell: Cell, faults: list[Fault]) -> Any:
    """What a cell says; None where it is blank or can't be understood."""
    # A unit that its format adds is a part of what people read, and may be another column's, as if it had been typed.
    said = cell.shown or cell.text
    try:
        return column.read(_lines(said))
    except fields.Unreadable:
        told, cure = _unreadable(column, said.strip())
        if cell.shown and _is_readable(column, cell.text):
            cure = Message("set the format to General")
        faults.append(Fault("cell-unreadable", Level.ERROR, filled.at(column.key, column.heading), told, cure))
        return None


def _is_readable(column: Field, text: str) -> bool:
    """Whether a text says a value of a column."""
    try:
        column.read(text)
    except fields.Unreadable:
        return False
    return True


def _unreadable(column: Field, said: str) -> tuple[Message, Message]:
    """What is wrong with a cell of choices or figures, and the cure."""
    if column.choices:
        choices = tuple(label for _, label in column.choices)
        return Message("{value} is no value of this column", value=said), Message("it takes {choices}", choices=choices)
    if column.key == "deadline_month":
        return Message("{value} is no month", value=said), Message("write the month alone in digits, such as 12")
    return Message("{value} is no number", value=said), Message(
        "write it in digits, such as {example}", example=3 if column.kind == "integer" else 4
    )


def _lines(text: str) -> str:
    """A cell's text with one kind of line end, no blanks at the ends of lines, and no empty lines around."""
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
