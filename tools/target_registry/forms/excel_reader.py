"""An Excel workbook back to grids: each visible sheet's cells as people see them.

The parts are streamed rather than given to a library that builds the workbook: what openpyxl builds
takes fifty times the file's size, tells either a formula or what it came to, and fails for charts and
styles that no reader of a form needs.
Source: ECMA-376 part 1, section 18 (SpreadsheetML).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from target_registry import limits
from target_registry.forms import (
    CROSSED,
    FORMULA,
    HIDDEN,
    LOW,
    REPEATED,
    Cell,
    Flaw,
    Grid,
    Unfit,
    excel_looks,
    excel_views,
    markup,
    number_formats,
)
from target_registry.forms.archive import damaged
from target_registry.forms.blanks import FAR, goes_down, goes_far
from target_registry.forms.bounds import ALONE, Bounds
from target_registry.forms.excel_colours import Theme
from target_registry.forms.excel_conditions import Conditions
from target_registry.forms.excel_drawings import Drawings
from target_registry.forms.excel_looks import MAIN, SIZE, Change, Font, Looks, Style, denies, may_be_lost, says
from target_registry.forms.excel_paths import Path
from target_registry.forms.excel_places import ROWS, Place, Sides, Visits, letters, place, sides, whole, within
from target_registry.forms.excel_tables import Tables
from target_registry.forms.excel_texts import NOTHING, Run, Text, plain, shared
from target_registry.forms.excel_views import Heights, Sight
from target_registry.forms.excel_worn import CUT, Worn
from target_registry.forms.number_formats import Shown
from target_registry.forms.package import EXCEL, Package, opened
from target_registry.model import Message

_DATE = Flaw(Message("Excel has made a date of what was typed"), Message("format the cell as text and type it again"))
_MASKED = Flaw(
    Message("the cell's number format shows something else than the cell holds"), Message("set the format to General")
)
_NOUGHT = Flaw(
    Message("the sheet doesn't show zeros"), Message("let it show zeros in its options, or type the cell as text")
)
_CONDITION = Flaw(
    Message("a conditional format can change what the cell shows"),
    Message("delete the conditional format of this cell"),
)
_COVERED = Flaw(
    Message("a picture or a shape lies over the cell"),
    Message("move it off the table or delete it; what it says belongs into the cell"),
)
_NOTED = Flaw(
    Message("a comment that is always shown lies over the cell"), Message("hide the comment, or move it off the table")
)
_PICTURED = Flaw(
    Message("the sheet has a picture behind its cells"),
    Message("delete the sheet's background; what it says belongs into the cells"),
)
_RAW = Flaw(
    Message("the sheet shows what cells hold, and not what their formats make of it"),
    Message("switch Show Formulas off"),
)
_READING = Flaw(
    Message("readings are shown above the text, which the form doesn't take"),
    Message("hide the phonetic field, and type what counts into the cell"),
)
_NO_NUMBER = Flaw(
    Message("the cell says that it holds a number, and holds none that Excel knows"), Message("type the number again")
)
_CELL = ["worksheet", "sheetData", "row", "c"]
"""Where the cells stand that Excel shows."""
_VALUE, _STRING, _FORMULA = [*_CELL, "v"], [*_CELL, "is"], [*_CELL, "f"]
_ROW = _CELL[:-1]
_MERGED = ["worksheet", "mergeCells", "mergeCell"]
_PICTURE = ["worksheet", "picture"]
_EXTENSIONS, _CONDITIONS = ["extLst"], ["conditionalFormatting"]
"""What holds conditional formats, right below the sheet."""
_READ = excel_views.READ | {"sheetData", *_CELL, "v", "is", "f", *_MERGED, "picture", "conditionalFormatting"}
"""What is read of a sheet, if it stands where it belongs."""
_NEARLY = Decimal("1e-9")
_CODES = 500
"""Formats of numbers that cells use: Excel itself knows some 250 in one workbook."""
_JUDGED = 50_000
"""Fonts of texts that are looked at: one of a thousand fonts may stand in every cell, each time in a cell of another look."""


class _Sheet(NamedTuple):
    name: str
    part: str
    visible: bool


def read(raw: bytes) -> list[Grid]:
    """The visible sheets that hold cells.

    Raises:
        Unfit: the file is not such a workbook, damaged, too large, holds what no form needs, or hides a sheet with something on it.
    """
    package = opened(raw, EXCEL)
    workbook = _Workbook(package)
    bounds = Bounds()
    drawings, tables = Drawings(package), Tables(package, workbook.looks)
    grids = []
    for position, sheet in enumerate(workbook.sheets, 1):
        cells = _Cells(workbook, sheet, package.part(sheet.part), bounds)
        rows = cells.rows(drawings, tables)
        if sheet.visible and rows:
            grids.append(Grid(sheet.name, position, rows, lettered=True))
        elif any(cell.text or cell.fault for row in rows for cell in row):
            raise Unfit(
                Message("the sheet {name} is hidden and holds something", name=sheet.name),
                Message("unhide it, so that whoever approves can see it, or delete it"),
            )
    if len(grids) > 1 and not workbook.shows_tabs:
        raise Unfit(
            Message("the workbook has several sheets and doesn't show their tabs"),
            Message("let it show sheet tabs in its options, so that whoever approves can see all sheets"),
        )
    return grids


class _Workbook:
    """What the sheets share: texts, formats, and which sheets there are."""

    def __init__(self, package: Package) -> None:
        self.sheets: list[_Sheet] = []
        self.since_1904 = False
        self.shows_tabs = True
        self.visits = Visits()
        self._read_book(package)
        self.texts = shared(package)
        self.looks = _looks(package)
        self._codes: set[str] = set()
        self._judged: dict[tuple[int, int], tuple[tuple[Font, ...], Flaw | None]] = {}
        """By fonts and style themselves, which it takes less time to name than to compare; so the fonts are kept."""
        self._left = _JUDGED

    def style(self, number: int, part: str) -> Style:
        """The format of a cell.

        Raises:
            Unfit: cells have more formats of numbers than any workbook has.
        """
        style = self.looks.style(number)
        self._codes.add(style.code)
        if len(self._codes) > _CODES:
            raise damaged(part)  # taking each apart takes its time
        return style

    def fault(self, text: Text, style: Style, part: str) -> Flaw | None:
        """What keeps people from reading a text in a cell of this style.

        Raises:
            Unfit: there are more fonts to be looked at than any form has.
        """
        if not text.text.strip():
            return None
        if not text.fonts:
            return style.fault
        key = id(text.fonts), id(style)
        if key not in self._judged:
            self._left -= len(text.fonts)
            if self._left < 0:
                raise damaged(part)
            faults = (font.over(style.font).fault(style.grounds, self.looks.theme) for font in text.fonts)
            self._judged[key] = text.fonts, next(filter(None, faults), CROSSED if style.crossed else None)
        return self._judged[key][1]

    def _read_book(self, package: Package) -> None:
        relations = package.relations(package.main)
        path = Path()

        def start(name: str, attributes: Mapping[str, str]) -> None:
            path.opens(name)
            if name in ("sheet", "workbookView") and path.is_foreign:
                raise damaged(package.main)  # other programs may see other sheets
            if path == ["workbook", "workbookPr"]:
                self.since_1904 = says(attributes, "date1904")
            elif path == ["workbook", "bookViews", "workbookView"]:
                self.shows_tabs &= not denies(attributes, "showSheetTabs")
            elif path == ["workbook", "sheets", "sheet"]:
                reference = next((value for key, value in attributes.items() if key.endswith("relationships id")), "")
                relation = relations.get(reference)
                if relation is None:
                    raise damaged(package.main)
                if relation.kind == "worksheet":
                    if any(sheet.part == relation.target for sheet in self.sheets):
                        raise damaged(package.main)  # each would be read once more
                    visible = attributes.get("state", "visible").strip() == "visible"
                    self.sheets.append(_Sheet(plain(attributes.get("name", "")), relation.target, visible))

        markup.walk(package.main, package.part(package.main), MAIN, start, lambda _: path.closes())


def _looks(package: Package) -> Looks:
    """How the cells look."""
    theme = Theme()
    if (part := package.related("theme")) is not None:
        theme.read(part, package.part(part))
    styles = package.related("styles")
    return Looks(theme) if styles is None else excel_looks.read(styles, package.part(styles), theme)


class _Cells:
    """The cells of one sheet while its part is streamed."""

    def __init__(self, workbook: _Workbook, sheet: _Sheet, data: bytes, bounds: Bounds) -> None:
        self._workbook = workbook
        self._part = sheet.part
        self._bounds = bounds
        self._found: dict[int, dict[int, Cell]] = {}
        self._row = self._column = 0
        self._hides_row = False
        self._sight = Sight(sheet.part)
        self._heights = Heights()
        self._worn: dict[Place, Worn] = {}
        self._has_picture = False
        self._merges: list[Sides] = []
        self._computed: list[Sides] = []
        self._conditions = Conditions(sheet.part, workbook.looks)
        self._path = Path()
        self._in_cell = False
        self._kind = self._style = ""
        self._shows_readings = False
        self._has_formula = False
        self._value: list[str] | None = None
        self._plain: list[str] = []
        self._run: Run | None = None
        markup.walk(sheet.part, data, MAIN, self._start, self._end, self._data)

    def rows(self, drawings: Drawings, tables: Tables) -> tuple[tuple[Cell, ...], ...]:
        """All rows with something in them, merged cells filled, blanks to the left of others made.

        Args:
            drawings: what lies over the cells of sheets.
            tables: what gives them another look.
        """
        found = self._found
        last = max(found, default=0), max((max(cells) for cells in found.values()), default=0)
        for range_ in self._computed:
            for row, column in self._covered(range_, last):
                if cell := found.get(row, {}).get(column):
                    found[row][column] = cell._replace(fault=FORMULA)
        doubted = self._doubted(drawings, tables, last)
        for (row, column), fault in doubted.items():
            if cell := found.get(row, {}).get(column):
                found[row][column] = cell._replace(fault=cell.fault or fault)
        merged: set[Place] = set()
        for range_ in dict.fromkeys(self._merges):
            places = list(self._covered(range_, last))
            if not merged.isdisjoint(places):
                raise _overlapping(min(merged.intersection(places)))
            merged.update(places)
            top, left, *_ = range_
            first = found.get(top, {}).get(left, Cell("", top, left))
            if doubted and first.text and first.fault is None:
                first = first._replace(fault=next((doubted[one] for one in places if one in doubted), None))
            for row, column in places:
                continues = (row, column) != (top, left)
                found.setdefault(row, {})[column] = first._replace(row=row, column=column, continues=continues)
        rows = []
        for row in sorted(found):
            cells = found[row]
            for column in range(1, max(cells)):
                if column not in cells:
                    self._bounds.take(row, column, "")
                    cells[column] = Cell("", row, column)
            rows.append(tuple(cells[column] for column in sorted(cells)))
        return tuple(rows)

    def _doubted(self, drawings: Drawings, tables: Tables, last: Place) -> Mapping[Place, Flaw]:
        """The places at which something else than the cell holds may be seen, and why."""
        notes = drawings.notes(self._part)
        found: dict[Place, Flaw] = {}
        for ranges, fault in (
            (drawings.covered(self._part), _COVERED),
            (notes.controls, _COVERED),
            (notes.comments, _NOTED),
            (self._conditions.ranges, _CONDITION),
        ):
            for range_ in ranges:
                for one in self._workbook.visits.of(range_, last):
                    found.setdefault(one, fault)
        for range_ in self._conditions.zeros:
            for one in self._workbook.visits.of(range_, last):
                if self._may_be_zero(one):
                    found.setdefault(one, _CONDITION)
        for one, fault in self._repeated(last):
            if found.setdefault(one, fault) is REPEATED:
                found[one] = fault
        for one, fault in (
            *self._recoloured(last), *self._styled(tables, last), *self._misplaced(), *self._pictured(), *self._cut()
        ):  # fmt: skip
            found.setdefault(one, fault)
        return found

    def _repeated(self, last: Place) -> Iterator[tuple[Place, Flaw]]:
        """The cells that the export's own conditions may hide: for a good reason, or since rows were moved."""
        for range_, step in self._conditions.repeated:
            for one in self._workbook.visits.of(range_, last):
                text = self._text(one)
                if step == 1 or text == self._text(one, above=step):
                    yield one, REPEATED if step == 1 or text == self._text(one, above=1) else _CONDITION

    def _text(self, one: Place, above: int = 0) -> str:
        """What a cell holds, or the one so many rows above it."""
        cell = self._found.get(one[0] - above, {}).get(one[1])
        return cell.text if cell else ""

    def _may_be_zero(self, one: Place) -> bool:
        """Whether a program may take a cell for 0."""
        text = self._text(one).strip().removesuffix("%")
        number = number_formats.number(text)
        return text == "FALSE" or (number is not None and abs(number) < _NEARLY)

    def _recoloured(self, last: Place) -> Iterator[tuple[Place, Flaw]]:
        """The cells of which a condition may give the text the colour of what is behind it."""
        changes: dict[Place, list[Change]] = {}
        for range_, change, zeros in self._conditions.recoloured:
            for one in self._workbook.visits.of(range_, last):
                if zeros and not self._may_be_zero(one):
                    continue
                if one in changes:
                    changes[one].append(change)
                elif one in self._worn:
                    changes[one] = [change]
        # Most cells of a sheet look like others; of these things it takes less time to name them than to compare them.
        judged: dict[tuple[int, ...], bool] = {}
        for one, told in changes.items():
            worn = self._worn[one]
            key = id(worn.style), id(worn.fonts), *map(id, told)
            if key not in judged:
                judged[key] = may_be_lost(worn.inks(self._workbook.looks.theme), worn.style.grounds, told)
            if judged[key]:
                yield one, _CONDITION

    def _styled(self, tables: Tables, last: Place) -> Iterator[tuple[Place, Flaw]]:
        """The cells of which the style of a table may do so."""
        for range_, changes in tables.of(self._part):
            judged: dict[tuple[int, int], Flaw | None] = {}
            for one in self._workbook.visits.of(range_, last):
                if worn := self._worn.get(one):
                    key = id(worn.style), id(worn.fonts)
                    if key not in judged:
                        judged[key] = tables.fault(worn, changes)
                    if fault := judged[key]:
                        yield one, fault

    def _cut(self) -> Iterator[tuple[Place, Flaw]]:
        """The cells whose rows are too low for their text."""
        ends = {(top, left): bottom for top, left, bottom, _ in self._merges}
        for one, worn in self._worn.items():
            height = self._heights.between(one[0], ends.get(one, one[0]))
            if height is not None and worn.is_cut_at(height):
                yield one, LOW

    def _misplaced(self) -> Iterator[tuple[Place, Flaw]]:
        """The cells whose width keeps people from seeing their text as it is."""
        normal = float(self._workbook.looks.normal.size or SIZE)
        ends = {(top, left): right for top, left, _, right in self._merges}
        for (row, column), worn in self._worn.items():
            if worn.number or not worn.style.alignment.is_usual:
                last = min(ends.get((row, column), column), limits.FORM_COLUMNS)
                width = sum(self._sight.width(each) for each in range(column, last + 1))
                if fault := worn.fault_at(width, normal):
                    yield (row, column), fault

    def _pictured(self) -> Iterator[tuple[Place, Flaw]]:
        """The cells through which a picture behind the sheet is seen."""
        if self._has_picture:
            yield from ((one, _PICTURED) for one, worn in self._worn.items() if not worn.style.grounds)

    def _covered(self, range_: Sides, last: Place) -> Iterator[Place]:
        """The places that a range covers, as far down and right as the sheet has anything."""
        if range_[1] > last[1]:
            return
        for row, column in within(range_, last):
            self._bounds.take(row, column, "")
            yield row, column

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        path = self._path
        path.opens(name)
        if self._run is not None:
            self._run.start(name, attributes)
        elif name == "c":
            # What stands elsewhere, as in an extension, is no cell that Excel shows.
            self._in_cell = path == _CELL
            if self._in_cell:
                self._start_cell(attributes)
            else:
                self._start_elsewhere(name, attributes)
        elif name == "v" and path == _VALUE:
            self._value = self._plain = []
        elif path == _ROW:
            self._start_row(attributes)
        elif name == "is" and path == _STRING:
            self._run = Run(self._part)
        elif name == "f" and path == _FORMULA:
            self._has_formula = True
            if attributes.get("t", "").strip() in ("array", "dataTable") and "ref" in attributes:
                self._computed.append(self._range(attributes["ref"], self._computed))
        else:
            self._start_elsewhere(name, attributes)

    def _start_elsewhere(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take what stands before or behind the cells."""
        path = self._path
        if path.is_foreign and (name in _READ or path[1:2] == ["sheetData"]):
            raise damaged(self._part)  # alternatives, of which other programs may take another
        if path == _MERGED:
            self._merges.append(self._range(attributes.get("ref", ""), self._merges))
        elif path == _PICTURE:
            self._has_picture = True
        elif path[1:2] == _EXTENSIONS or path[1:2] == _CONDITIONS:
            self._conditions.start(path, name, attributes)
        else:
            self._sight.start(path, attributes)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._row = whole(attributes["r"], self._part) if "r" in attributes else self._row + 1
        self._column = 0
        self._hides_row = self._sight.hides_row(attributes)
        self._heights.take(self._row, attributes.get("ht", ""))
        if not 1 <= self._row <= ROWS:
            raise damaged(self._part)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        if "r" in attributes:
            row, self._column = place(attributes["r"], self._part)
            if row != self._row:
                raise damaged(self._part)
        else:
            self._column += 1
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._shows_readings = says(attributes, "ph")
        self._has_formula = False
        self._plain = []

    def _data(self, text: str) -> None:
        if self._run is not None:
            self._run.data(text)
        elif self._value is not None:
            self._value.append(text)
        elif not self._in_cell:
            self._conditions.data(text)

    def _end(self, name: str) -> None:
        if not self._in_cell:
            self._conditions.end(self._path)
        self._path.closes()
        if name == "v":
            self._value = None
        elif name == "c":
            if self._in_cell:
                self._end_cell()
            self._in_cell = False
            self._run = None
        elif self._run is not None:
            self._run.end(name)

    def _end_cell(self) -> None:
        if not self._plain and self._run is None and not self._has_formula:
            return  # most cells of a sheet that somebody formatted far beyond its table
        worn, fault = self._content("".join(self._plain))
        text = worn.text
        if not text and not self._has_formula:
            return
        if self._has_formula:
            fault = FORMULA
        elif self._hides_row:
            fault = HIDDEN
        else:
            fault = self._sight.fault(self._row, self._column) or fault
        cells = self._found.setdefault(self._row, {})
        if self._column in cells:
            raise damaged(self._part)
        self._bounds.take(self._row, self._column, text)
        cells[self._column] = Cell(text, self._row, self._column, fault, shown=self._with_unit(text, fault))
        self._worn[self._row, self._column] = worn

    def _with_unit(self, text: str, fault: Flaw | None) -> str:
        """A number with the unit that its format shows; nothing where it shows none."""
        if fault is not None or self._kind != "n" or (number := number_formats.number(text)) is None:
            return ""
        before, after = number_formats.beside(self._style_of().code, number)
        return before + text + after if before or after else ""

    def _content(self, value: str) -> tuple[Worn, Flaw | None]:
        """A cell's text with what it wears, and why it can't be taken."""
        style = self._style_of()
        if self._kind in ("s", "inlineStr", "str"):
            found = self._string(value)
            return Worn(style, found.text, found.fonts), self._text_fault(found, style)
        if not value:
            return Worn(style, ""), None
        if self._kind == "b":
            return Worn(style, "TRUE" if value.strip() in ("1", "true") else "FALSE"), style.fault
        if self._kind == "e":
            return Worn(style, value), Flaw(
                Message("the cell shows the error {error} instead of a value", error=value),
                Message("type the value itself into the cell"),
            )
        if self._kind == "d":
            return Worn(style, value), _DATE
        if self._kind != "n":
            raise damaged(self._part)
        text, fault = self._number(value.strip(), style)
        number = number_formats.number(value.strip())
        least = "" if number is None else number_formats.least(style.code, number)
        return Worn(style, text, rounds="." in text and style.code in _GENERAL, number=least), fault

    def _text_fault(self, found: Text, style: Style) -> Flaw | None:
        """Why people see something else than a text of the cell."""
        if found.text and number_formats.shown(style.code, None) is Shown.OTHER:
            return _MASKED
        if fault := self._workbook.fault(found, style, self._part):
            return fault
        if found.read and self._shows_readings:
            return _READING
        if fault := self._workbook.looks.fault_of_format(style, number_formats.inks(style.code, None)):
            return fault
        return FAR if goes_far(found.text) or goes_down(found.text) else None

    def _string(self, value: str) -> Text:
        if self._kind == "inlineStr":
            return self._run.text() if self._run else NOTHING
        if self._kind == "str":
            return Text(plain(value))
        if not value:
            return NOTHING
        index = whole(value, self._part)
        if index >= len(self._workbook.texts):
            raise damaged(self._part)
        return self._workbook.texts[index]

    def _number(self, value: str, style: Style) -> tuple[str, Flaw | None]:
        number = number_formats.number(value)
        if number is None:
            return value, _NO_NUMBER
        fault = style.fault or self._workbook.looks.fault_of_format(style, number_formats.inks(style.code, number))
        if not (number or self._sight.shows_zeros):
            fault = _NOUGHT
        elif self._sight.shows_formulas and style.code not in _GENERAL:
            fault = _RAW
        match number_formats.shown(style.code, number):
            case Shown.PERCENT:
                return number_formats.typed(number * Decimal(100)) + "%", fault
            case Shown.DATE:
                return number_formats.day(number, since_1904=self._workbook.since_1904), _DATE
            case Shown.CUT:
                return number_formats.typed(number), CUT
            case Shown.OTHER:
                return number_formats.typed(number), _MASKED
        return number_formats.typed(number), fault

    def _style_of(self) -> Style:
        return self._workbook.style(whole(self._style, self._part), self._part)

    def _range(self, reference: str, known: list[Sides]) -> Sides:
        """The sides of one more range of a kind of which there may not be too many."""
        if len(known) >= limits.FORM_MERGES:
            raise Unfit(Message("a sheet merges more than {limit} ranges of cells", limit=limits.FORM_MERGES), ALONE)
        return sides(reference, self._part)


def _overlapping(where: Place) -> Unfit:
    row, column = where
    return Unfit(
        Message(
            "merged cells overlap at {place}, and each program shows something else there",
            place=f"{letters(column)}{row}",
        ),
        Message("unmerge these cells, type what each is to say, and save the file"),
    )


_GENERAL = frozenset(("", "General", "G/通用格式", "@"))
"""Formats that show a number as it is."""
