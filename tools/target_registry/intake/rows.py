"""Grids to the rows of the form: the table is found by its headings, wherever and however often they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from target_registry import fields
from target_registry.fields import Field
from target_registry.forms import CROSSED, FORMULA, LOW, REPEATED, Cell, Grid
from target_registry.intake import Fault, Filled, Place, is_ditto, is_helper
from target_registry.intake.copies import without_copies
from target_registry.intake.headings import meant, of_heading
from target_registry.intake.straight import is_straight, straightened
from target_registry.language import LANGUAGES, Speech
from target_registry.model import IDENTIFIER, Level, Message
from target_registry.patterns import lazy

_HEADING_ROWS = 30
"""How far down a sheet its headings are looked for."""
_FEWEST = 4
"""Headings that make a row the form's head; less could be a sentence that happens to be one word."""
_OF_TARGETS = ("category", "deadline_month")
"""What every target has and no sum."""
_OF_RECORDS = frozenset(("plan", "key_work_title", "measure", "as_filed", "replaces"))
"""What a target's record has, as JSON holds it, beside the form's columns."""
_FOOT = lazy(
    r"\s*(?:[(（](?:公章|盖章|签字|签章)|(?:填表|填报|联系|审核|经办|制表|复核|负责|分管|主管|单位|部门|处室|科室|签字|签名|签章|签发|盖章|公章"
    r"|电话|手机|传真|邮箱|日期|时间|注|备注|说明)[^,，。;；:：]{0,6}(?:[:：]|[(（]|\Z)"
    r"|[0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日\s*\Z|年\s*月\s*日)"
)
"""How what stands below a table begins: who filled it in, whom to call, where to seal."""
_COUNT = lazy(r"\s*共\s*[0-9一二三四五六七八九十百]+\s*(?:项|条|个)\s*\Z")
_ORDINAL = lazy(
    r"[(（]?\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[甲乙丙丁戊己庚辛壬癸子丑寅卯]|[A-Za-z])\s*[)）]?\Z"
)
"""What numbers a column."""
_SUM = lazy(
    r"(?:分值)?(?:本页)?(?:合计|总计|小计|共计|总分|total|sum)(?:分值|分数|分|值|权重)?[:：]?(?:[(（][^)）]{0,12}[)）])?[:：]?"
    r"(?:共?[0-9一二三四五六七八九十百.]+(?:项目标|分|项|条|个)?[,，、;；]?)*\Z",
    re.IGNORECASE,
)
"""What a sum is called, and how many it says there are; without blanks."""
_LONGEST_SUM = 40
_FIGURE = lazy(r"[0-9.,%％-]+\s*[项个条分家]?\Z")
_PARTIAL = "小计"
_MONTHS = range(1, 13)
_WEIGHTS = Message("Weights")
_LIKE_A_ROW = 5
"""Cells of a row that holds what a target has, where no headings say so."""


class Sum(NamedTuple):
    """A row that sums others up.

    Attributes:
        said: the row.
        over: the places of those that it sums up.
    """

    said: Filled
    over: frozenset[tuple[int, int]]


@dataclass
class Rows:
    """The rows of the form.

    Attributes:
        found: the targets' rows, in order.
        columns: the keys of the columns that are there.
        title: what stands over the table.
        plans: the ids of the plans that its rows name, as JSON does.
        sums: the rows that sum others up.
        faults: what can't be understood, and what was left out.
    """

    found: list[Filled] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    title: str = ""
    plans: set[str] = field(default_factory=set)
    sums: list[Sum] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class _Head:
    """Which column holds what, by its position in a row; ``named`` are those that have any heading at all."""

    keys: dict[int, str]
    width: int
    named: frozenset[int]


def rows(grids: Sequence[Grid]) -> Rows:
    """Find the form in a file's sheets or tables, and read its rows.

    A table without headings that follows one with them, and has as many columns, goes on with it.
    """
    result = Rows()
    head: _Head | None = None
    key_work: Cell | None = None
    unused: dict[int, Fault] = {}
    others: list[Grid] = []
    for given in grids:
        grid = _straight(given, goes_on=head is not None)
        start = 0
        found = _find_head(grid, result)
        if found is not None:
            start, head = found
            if grid.floating and not result.columns:
                result.faults.append(_floating(grid))
            _take(head, grid, start, result)
        elif head is None or grid.lettered or _width(grid) != head.width:
            others.append(grid)
            continue
        elif not any(map(_is_like_a_target, grid.rows)):
            result.faults.append(_going_on(grid))
        key_work, head = _read(grid, start, head, key_work, result, unused)
    result.faults += unused.values()
    if head is not None:
        result.faults += filter(None, map(_none_of_the_form, others))
    result.faults.sort(key=lambda fault: (fault.place.grid.position, fault.place.row) if fault.place else (0, 0))
    result.found, copied = without_copies(result.found)
    result.faults += copied
    if head is None:
        result.faults.append(next(filter(None, map(_without_targets, grids)), _no_form()))
    return result


def _no_form() -> Fault:
    told = Message("no table here has the form's headings")
    names = tuple(column.heading for column in fields.form())
    cure = Message("the table's first row names its columns: {headings}", headings=names)
    return Fault("no-form", Level.ERROR, None, told, cure)


def _without_targets(grid: Grid) -> Fault | None:
    """What is to be said of a table whose headings are the form's but for the brackets at that of the targets."""
    column = fields.of_target()["target"]
    for row in grid.rows[:_HEADING_ROWS]:
        known = {found.key: cell for cell in row if (found := meant(cell.text)) is not None}
        if len(known) >= _FEWEST and column.key in known:
            cell = known[column.key]
            told = Message(
                "the form has no column {heading}, and nothing is read without its targets", heading=cell.text
            )
            cure = Message("if one of these is meant, head it so: {headings}", headings=(column.heading,))
            return Fault("column-unknown", Level.ERROR, Place(grid, cell.row, cell.column), told, cure)
    return None


def _straight(grid: Grid, *, goes_on: bool) -> Grid:
    """A table with its cells under the headings that a person sees over them.

    Args:
        grid: the table.
        goes_on: whether it may go on with another one: without headings, its rows stand below each other.
    """
    if not grid.lines:
        return grid
    at = _heading_row(grid)
    if at is not None:
        heads = [at, *(later for later in range(at + 1, len(grid.rows)) if _head(grid.rows[later], grid))]
        named: dict[int, Sequence[Cell]] = {one: grid.rows[one] for one in heads}
    elif goes_on and grid.rows:
        named = {0: _usual_row(grid)}
    else:
        return grid
    if all(is_straight(headings, grid.lines) for headings in named.values()):
        return grid
    told = list(grid.rows[: next(iter(named))])
    for (one, headings), end in zip(named.items(), [*list(named)[1:], len(grid.rows)], strict=True):
        told += straightened(headings, grid.rows[one:end], grid.lines)
    return grid._replace(rows=tuple(told))


def _usual_row(grid: Grid) -> Sequence[Cell]:
    """The first row that has as many cells as most rows."""
    counts = [sum(not cell.across for cell in row) for row in grid.rows]
    return grid.rows[counts.index(Counter(counts).most_common(1)[0][0])]


def _take(head: _Head, grid: Grid, start: int, result: Rows) -> None:
    """Say what is wrong with headings that were found, above a row of a grid."""
    said = grid.rows[start - 1]
    for position in (at for at, cell in enumerate(said) if cell.text == "plan"):
        result.plans |= {_at(row, position).text for row in grid.rows[start:]} - {""}
    if not result.columns:
        result.columns = frozenset(head.keys.values())
        result.title = _title(grid, start)
    elif missing := result.columns - set(head.keys.values()):
        _lacking(result, grid, start, sorted(missing))


def _floating(grid: Grid) -> Fault:
    """What is to be said of a table that something floats over."""
    words = " ".join(filter(None, grid.floating))
    message = Message("text outside of the table can be shown over it: {text}", text=words)
    if not words:
        message = Message("a picture or a filled box outside of the table can be shown over it")
    cure = Message(
        "open the file; if it hides a part of the table, move it away or delete it, and import the form again"
    )
    return Fault("table-covered", Level.WARNING, Place(grid, grid.rows[0][0].row), message, cure)


def _none_of_the_form(grid: Grid) -> Fault | None:
    """What is to be said of a sheet or table that has no headings and goes on with none; None of an empty one."""
    told = [row for row in grid.rows if _together(row)]
    if not told or _is_own(grid):
        return None
    if like := next(filter(_is_like_a_target, told), None):
        return Fault(
            "headings-missing",
            Level.ERROR,
            Place(grid, like[0].row),
            Message("rows like the form's stand under no headings: {text}", text=_together(like)),
            Message("put the form's headings over them, or move them into the table that has headings"),
        )
    text = " ".join(map(_together, told))
    message = Message("this table is none of the form and is left out: {text}", text=text)
    return Fault("table-left-out", Level.INFO, Place(grid, told[0][0].row), message)


def _going_on(grid: Grid) -> Fault:
    """What is to be said of a table that is read as the form's, although none of its rows is like a target."""
    return Fault(
        "table-taken",
        Level.WARNING,
        Place(grid, grid.rows[0][0].row),
        Message("this table has no headings and as many columns as the form: it is read as going on with it"),
        Message("if it is none of the form, delete it, or copy the form's table alone into a new file"),
    )


def _is_own(grid: Grid) -> bool:
    """Whether a sheet is the one that an export sums the weights up on."""
    names = {Speech(language).tell(_WEIGHTS) for language in LANGUAGES}
    return grid.lettered and grid.name in names and grid.rows[0][0].text in names


def _is_like_a_target(row: Sequence[Cell]) -> bool:
    """Whether a row under no headings holds what a target has: a category or a choice, among enough else."""
    texts = [cell.text for cell in row if cell.text.strip() and not cell.continues]
    said = any(_is_said(key, text) for key in ("category", "fiscal_project") for text in texts)
    return said and len(texts) >= _LIKE_A_ROW


def _lacking(result: Rows, grid: Grid, row: int, missing: list[str]) -> None:
    everything = {**fields.of_row(), **fields.of_target()}
    names = tuple(everything[key].heading for key in missing)
    result.faults.append(
        Fault(
            "column-lost",
            Level.ERROR,
            Place(grid, grid.rows[row - 1][0].row if row else 1),
            Message("a table before this one has columns that it lacks: {headings}", headings=names),
            Message("give every part of the form the same columns"),
        )
    )


def _width(grid: Grid) -> int:
    return max((len(row) for row in grid.rows), default=0)


def _find_head(grid: Grid, result: Rows) -> tuple[int, _Head] | None:
    """The row after the headings, and which column holds what.

    Of headings in two rows, some of which stand over several columns, the lower row names each column.
    """
    at = _heading_row(grid)
    head = None if at is None else _head(grid.rows[at], grid, result)
    return None if at is None or head is None else (at + 1, head)


def _heading_row(grid: Grid) -> int | None:
    """Which row names the columns, counted from 0."""
    for at, row in enumerate(grid.rows[:_HEADING_ROWS]):
        if upper := _head(row, grid):
            lower = _head(grid.rows[at + 1], grid) if at + 1 < len(grid.rows) else None
            is_lower = lower is not None and set(lower.keys.values()) > set(upper.keys.values())
            return at + is_lower
    return None


def _head(row: Sequence[Cell], grid: Grid, result: Rows | None = None) -> _Head | None:
    keys: dict[int, str] = {}
    doubled: list[tuple[Cell, Field]] = []
    unknown: list[Cell] = []
    for position, cell in enumerate(row):
        column = of_heading(cell.text)
        if column is None and cell.text.strip() and not cell.continues:
            unknown.append(cell)
        if column is None or (cell.continues and position and row[position - 1].text == cell.text):
            continue
        if column.key in keys.values():
            doubled.append((cell, column))
        else:
            keys[position] = column.key
    if len(keys) < _FEWEST or "target" not in keys.values():
        return None
    if result is not None:
        for position, key in keys.items():
            fault = row[position].fault
            if not (fault is None or fault is CROSSED or fault is LOW or is_helper(key, row[position])):
                place = Place(grid, row[position].row, row[position].column)
                result.faults.append(Fault("cell-not-plain", Level.ERROR, place, fault.told, fault.cure))
        for cell, column in doubled:
            result.faults.append(
                Fault(
                    "column-repeated",
                    Level.ERROR,
                    Place(grid, cell.row, cell.column),
                    Message("two columns are headed {heading}", heading=column.heading),
                    Message("keep the one that counts"),
                )
            )
        missing = tuple(field.heading for field in fields.form() if field.key not in keys.values())
        records = [cell.text for cell in unknown if cell.text.partition(".")[0] in _OF_RECORDS]
        others = [cell for cell in unknown if cell.text not in records]
        if left := records + ([] if missing else [cell.text for cell in others]):
            result.faults.append(
                Fault(
                    "columns-left-out",
                    Level.INFO,
                    Place(grid, row[0].row),
                    Message("no columns of the form, and left out: {headings}", headings=tuple(left)),
                )
            )
        for cell in others if missing else ():
            result.faults.append(
                Fault(
                    "column-unknown",
                    Level.WARNING,
                    Place(grid, cell.row, cell.column),
                    Message("the form has no column {heading}; what stands in it is left out", heading=cell.text),
                    Message("if one of these is meant, head it so: {headings}", headings=missing),
                )
            )
    # A heading over several columns is that of the first: what stands below its rest belongs to none.
    goes_on = {at for at, cell in enumerate(row) if at and cell.continues and row[at - 1].text == cell.text}
    named = {at for at, cell in enumerate(row) if cell.text.strip()} - goes_on
    return _Head(keys, len(row), frozenset(keys) | named)


def _nameless(row: Sequence[Cell], grid: Grid, head: _Head, told: set[int], result: Rows) -> None:
    """Say of what stands in a row under no heading that it is left out.

    Args:
        row: the row.
        grid: its sheet or table.
        head: the headings.
        told: the columns of which that needn't be said any more; grows.
        result: takes what is said.
    """
    for position, cell in enumerate(row):
        if position in told or cell.continues or not cell.text.strip():
            continue
        told.add(position)
        missing = tuple(field.heading for field in fields.form() if field.key not in head.keys.values())
        cure = Message("if one of these is meant, head it so: {headings}", headings=missing) if missing else None
        message = Message("this stands under no heading, and is left out: {text}", text=cell.text)
        place = Place(grid, cell.row, cell.column)
        result.faults.append(Fault("column-unknown", Level.WARNING, place, message, cure))


def _title(grid: Grid, start: int) -> str:
    """The last words over the table: a paragraph before it, or a row of its own."""
    above = [
        text
        for row in grid.rows[: start - 1]
        if not _head(row, grid)  # the upper one of two rows of headings
        for text in dict.fromkeys(cell.text.strip() for cell in row)
        if text
    ]
    texts = [text.strip() for text in (*grid.before, *above) if text.strip()]
    titled = [text for text in texts if "目标" in text or "target" in text.lower()]
    return fields.one_line((titled or texts or [""])[-1])


def _read(
    grid: Grid, start: int, head: _Head, key_work: Cell | None, result: Rows, unused: dict[int, Fault]
) -> tuple[Cell | None, _Head]:
    """Read a grid's rows.

    Args:
        grid: the sheet or table.
        start: its first row below the headings.
        head: its columns.
        key_work: the one that the last row before it stands under.
        result: takes the rows.
        unused: what is to be said of headings under which no row stands so far.

    Returns:
        The key work that its last row stands under, and the headings.
    """
    is_summed = False
    partial = len(result.found)
    told = set(head.named)
    for at, row in enumerate(grid.rows[start:]):
        if not any(cell.text.strip() and not cell.continues for cell in row):
            continue
        if (again := _head(row, grid)) is not None:
            if again.keys != head.keys:  # other columns from here on
                _head(row, grid, result)  # says what is wrong with them
                head, told = again, set(again.named)
                _take(head, grid, start + at + 1, result)
            continue
        _nameless(row, grid, head, told, result)
        if not at and _numbers_columns(row):
            result.faults.append(_left_out(grid, row[0].row, _together(row)))
            continue
        cells = {key: _at(row, position) for position, key in head.keys.items()}
        filled = Filled(grid, row[0].row, cells)
        if section := _section(row, filled):
            number, _ = fields.parse_key_work(section.text)
            if number is None or is_summed:
                result.faults.append(_left_out(grid, row[0].row, section.text))
                continue
            key_work = section
            unused[id(section)] = _left_out(grid, section.row, section.text)
            continue
        if _is_sum(row, filled):
            is_partial = any(_PARTIAL in cell.text for cell in row)
            over = result.found[partial:] if is_partial else result.found
            result.sums.append(Sum(filled, frozenset((one.grid.position, one.row) for one in over)))
            is_summed = is_summed or not is_partial
            partial = len(result.found)
            if beside := _beside_sum(row, filled):
                result.faults.append(_left_out(grid, row[0].row, beside))
            continue
        if _is_foot(row, filled, is_summed=is_summed):
            result.faults.append(_left_out(grid, row[0].row, _together(row)))
            continue
        own = cells.get("key_work")
        if own is not None and own.fault is REPEATED:
            own = cells["key_work"] = own._replace(fault=None)  # a key work stands once for all of its targets
        if own is not None and own.text.strip() and not (key_work and is_ditto(own.text.strip())):
            key_work = own
        elif key_work is not None:
            cells["key_work"] = key_work._replace(row=row[0].row)
            unused.pop(id(key_work), None)
        result.found.append(filled)
    return key_work, head


def _left_out(grid: Grid, row: int, text: str) -> Fault:
    told = Message("this row is no target and is left out: {text}", text=text)
    return Fault("row-left-out", Level.INFO, Place(grid, row), told)


def _at(row: Sequence[Cell], position: int) -> Cell:
    """A cell of a row, which may end before its table does."""
    return row[position] if position < len(row) else Cell("", row[0].row, position + 1)


def _section(row: Sequence[Cell], filled: Filled) -> Cell | None:
    """A row that holds one text only, across its columns: a key work over its targets, or a note."""
    texts = [cell for cell in row if cell.text.strip()]
    across = len(texts) > 1 and len({cell.text for cell in texts}) == 1 and all(cell.continues for cell in texts[1:])
    alone = len(texts) == 1 and not filled.text("target")
    return texts[0] if across or alone else None


def _is_sum(row: Sequence[Cell], filled: Filled) -> bool:
    """Whether a row sums others up; what its cells hold is nobody's target."""
    if IDENTIFIER.match(filled.text("slug")):
        return False
    if any(text.strip() and not _sums(text) for text in map(filled.text, _OF_TARGETS)):
        return False  # a target whose sentence, or whose key work, is called as a sum is
    first = next((cell.text for cell in row if cell.text.strip()), "")
    return any(map(_sums, (first, *map(filled.text, ("key_work", "number", "target")))))


def _beside_sum(row: Sequence[Cell], filled: Filled) -> str:
    """What else a row holds that sums others up."""
    known = (filled.cells.get("weight"), filled.cells.get("slug"))
    texts = [
        fields.one_line(cell.text).strip()
        for cell in row
        if cell.text.strip()
        and not cell.continues
        and cell not in known
        and cell.fault is not FORMULA  # such as whether it is the sum that was declared
        and not _sums(cell.text)
    ]
    return " ".join(text for text in dict.fromkeys(texts) if not _FIGURE.match(text))


def _numbers_columns(row: Sequence[Cell]) -> bool:
    """Whether a row below the headings numbers the columns, as forms of statisticians do: 1 2 3, or 甲 乙 丙."""
    texts = [cell.text.strip() for cell in row if cell.text.strip()]
    return len(texts) >= _FEWEST and len(set(texts)) == len(texts) and all(map(_ORDINAL.match, texts))


def _is_foot(row: Sequence[Cell], filled: Filled, *, is_summed: bool) -> bool:
    """Whether a row is none of the table any more: who filled it in, or anything below the sum that is no target."""
    if filled.text("slug") or any(_is_said(key, filled.text(key)) for key in _OF_TARGETS):
        return False
    texts = [cell.text for cell in row if cell.text.strip() and not cell.continues]
    if is_summed:
        return True
    return (
        not filled.text("number").isdecimal()
        and (len(texts) > 1 or texts == [filled.text("target")])
        and bool(_FOOT.match(texts[0]))
    )


def _is_said(key: str, text: str) -> bool:
    """Whether a cell says a value of its column; a number that is no month may be one to call."""
    try:
        value = fields.of_target()[key].read(text)
    except fields.Unreadable:
        return False
    return value in _MONTHS if key == "deadline_month" else value is not None


def _together(row: Sequence[Cell]) -> str:
    """A row's texts in one line, each once."""
    return " ".join(dict.fromkeys(fields.one_line(cell.text).strip() for cell in row if cell.text.strip()))


def _sums(text: str) -> bool:
    """Whether a cell says that its row sums others up, or how many there are."""
    if len(text) > _LONGEST_SUM:
        return False
    return _SUM.match("".join(fields.fold(text).split())) is not None or _COUNT.match(text) is not None
