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
from target_registry.forms import STRUCK, Cell, Grid, Unfit, markup, number_formats
from target_registry.forms.archive import damaged
from target_registry.forms.bounds import ALONE, Bounds
from target_registry.forms.number_formats import Shown
from target_registry.forms.package import EXCEL, Package, opened
from target_registry.forms.raised import shifted
from target_registry.model import Message
from target_registry.patterns import lazy

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROWS, _COLUMNS = 1_048_576, 16_384
_PLACE = lazy(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})\Z")
_ESCAPED = lazy(r"_x([0-9A-Fa-f]{4})_")
_PAIR = lazy("[\ud800-\udbff][\udc00-\udfff]")

_FORMULA = Message("the cell holds a formula; a form takes only what was typed: paste its value over it")
_DATE = Message("Excel has made a date of what was typed; format the cell as text and type it again")
_HIDDEN = Message("the cell stands in a hidden row or column; unhide that or delete it")
_MASKED = Message("the cell's number format shows something else than the cell holds; set the format to General")
_CUT = Message("the cell shows fewer digits than it holds; round the number, or give it a format that shows them all")
_NO_NUMBER = Message("the cell says that it holds a number, and holds none that Excel knows")
_CELL = ["worksheet", "sheetData", "row", "c"]
"""Where the cells stand that Excel shows."""
_SEEN = 1
"""Points of height, or characters of width, that leave something to be seen."""


class _Style(NamedTuple):
    """What a cell's format says that matters: how it shows values, and whether it strikes them through."""

    code: str = "General"
    struck: bool = False


_PLAIN = _Style()


class _Text(NamedTuple):
    text: str
    struck: bool


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
    grids = []
    for position, sheet in enumerate(workbook.sheets, 1):
        rows = _Cells(workbook, sheet, package.part(sheet.part), bounds).rows()
        if sheet.visible and rows:
            grids.append(Grid(sheet.name, position, rows, lettered=True))
        elif any(cell.text or cell.fault for row in rows for cell in row):
            raise Unfit(
                Message("the sheet {name} is hidden and holds something", name=sheet.name),
                Message("unhide it, so that whoever approves can see it, or delete it"),
            )
    return grids


class _Workbook:
    """What the sheets share: texts, formats, and which sheets there are."""

    def __init__(self, package: Package) -> None:
        self.sheets: list[_Sheet] = []
        self.since_1904 = False
        self._read_book(package)
        self.texts = _texts(package)
        self.styles = _styles(package)

    def _read_book(self, package: Package) -> None:
        relations = package.relations(package.main)

        def start(name: str, attributes: Mapping[str, str]) -> None:
            if name == "workbookPr":
                self.since_1904 = attributes.get("date1904") in ("1", "true", "on")
            elif name == "sheet":
                reference = next((value for key, value in attributes.items() if key.endswith("relationships id")), "")
                relation = relations.get(reference)
                if relation is None:
                    raise damaged(package.main)
                if relation.kind == "worksheet":
                    if any(sheet.part == relation.target for sheet in self.sheets):
                        raise damaged(package.main)  # each would be read once more
                    visible = attributes.get("state", "visible") == "visible"
                    self.sheets.append(_Sheet(_unescaped(attributes.get("name", "")), relation.target, visible))

        markup.walk(package.main, package.part(package.main), _MAIN, start)


class _Run:
    """Collects the text of a string: its runs joined, readings beside characters left out."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.struck = False
        self._inside = False
        self._path: list[str] = []
        self._readings = 0
        self._strikes = False
        self._shift = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "rPh":
            self._readings += 1
        elif name == "r":
            self._strikes, self._shift = False, ""
        elif name == "strike":
            self._strikes = _is_on(attributes)
        elif name == "vertAlign":
            self._shift = attributes.get("val", "")
        self._inside = name == "t" and not self._readings and self._path[-1:] in ([], ["si"], ["is"], ["r"])
        self._path.append(name)

    def end(self, name: str) -> None:
        self._path[-1:] = []
        self._inside = False
        if name == "rPh":
            self._readings -= 1
        elif name == "r":
            self._strikes, self._shift = False, ""

    def data(self, text: str) -> None:
        if self._inside:
            self.pieces.append(shifted(text, self._shift))
            self.struck |= self._strikes and bool(text.strip())

    def text(self) -> _Text:
        return _Text(_unescaped("".join(self.pieces)), self.struck)


def _texts(package: Package) -> list[_Text]:
    """The texts that cells name by number."""
    found: list[_Text] = []
    part = package.related("sharedStrings")
    if part is None:
        return found
    run = _Run()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal run
        if name == "si":
            if len(found) >= limits.FORM_SHARED:
                told = Message("the file has more than {limit} texts that cells share", limit=limits.FORM_SHARED)
                raise Unfit(told, ALONE)
            run = _Run()
        run.start(name, attributes)

    def end(name: str) -> None:
        run.end(name)
        if name == "si":
            found.append(run.text())

    def data(text: str) -> None:
        run.data(text)

    markup.walk(part, package.part(part), _MAIN, start, end, data)
    return found


def _styles(package: Package) -> list[_Style]:
    """The formats that cells name by number."""
    part = package.related("styles")
    if part is None:
        return []
    codes: dict[str, str] = {}
    fonts: list[bool] = []
    formats: list[tuple[str, str]] = []
    path: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        around = path[-1] if path else ""
        if name == "numFmt" and around == "numFmts":
            if len(codes) > limits.FORM_ENTRIES:
                raise damaged(part)
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "General")
        elif max(len(fonts), len(formats)) > limits.FORM_FORMATS:
            raise damaged(part)
        elif name == "font" and around == "fonts":
            fonts.append(False)
        elif name == "strike" and path[-2:] == ["fonts", "font"]:
            fonts[-1] = _is_on(attributes)
        elif name == "xf" and around == "cellXfs":
            formats.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))
        path.append(name)

    markup.walk(part, package.part(part), _MAIN, start, lambda _: path.pop())
    return [
        _Style(
            codes.get(code) or number_formats.built_in(_whole(code, part)),
            _whole(font, part) < len(fonts) and fonts[_whole(font, part)],
        )
        for code, font in formats
    ]


class _Cells:
    """The cells of one sheet while its part is streamed."""

    def __init__(self, workbook: _Workbook, sheet: _Sheet, data: bytes, bounds: Bounds) -> None:
        self._workbook = workbook
        self._part = sheet.part
        self._bounds = bounds
        self._found: dict[int, dict[int, Cell]] = {}
        self._row = self._column = 0
        self._hides_row = False
        self._hidden_columns: set[int] = set()
        self._merges: list[tuple[int, int, int, int]] = []
        self._computed: list[tuple[int, int, int, int]] = []
        self._path: list[str] = []
        """The elements that are open, those of other namespaces by an empty name."""
        self._in_cell = False
        self._ranges = 0
        self._kind = self._style = ""
        self._has_formula = False
        self._value: list[str] | None = None
        self._plain: list[str] = []
        self._run: _Run | None = None
        markup.walk(sheet.part, data, _MAIN, self._start, self._end, self._data)

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """All rows with something in them, merged cells filled, blanks to the left of others made."""
        found = self._found
        last = max(found, default=0), max((max(cells) for cells in found.values()), default=0)
        for sides in self._computed:
            for row, column in self._covered(sides, last):
                if cell := found.get(row, {}).get(column):
                    found[row][column] = cell._replace(fault=_FORMULA)
        for sides in self._merges:
            top, left, *_ = sides
            first = found.get(top, {}).get(left, Cell("", top, left))
            for row, column in self._covered(sides, last):
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

    def _covered(self, sides: tuple[int, int, int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """The places that a range covers, as far down and right as the sheet has anything."""
        top, left, bottom, right = sides
        if left > last[1]:
            return
        for row in range(top, min(bottom, last[0]) + 1):
            for column in range(left, min(right, last[1]) + 1):
                self._bounds.take(row, column, "")
                yield row, column

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        path = self._path
        path.append(name)
        if self._run is not None:
            self._run.start(name, attributes)
        elif name == "c":
            # What stands elsewhere, as in an extension, is no cell that Excel shows.
            self._in_cell = path == _CELL
            if self._in_cell:
                self._start_cell(attributes)
        elif name == "row":
            if path != _CELL[:-1]:
                return
            self._row = _whole(attributes["r"], self._part) if "r" in attributes else self._row + 1
            self._column = 0
            self._hides_row = attributes.get("hidden") in ("1", "true") or _is_flat(attributes.get("ht"))
            if not 1 <= self._row <= _ROWS:
                raise damaged(self._part)
        elif name == "v":
            if path[:-1] == _CELL:
                self._value = self._plain = []
        elif name == "is":
            if path[:-1] == _CELL:
                self._run = _Run()
        elif name == "f":
            if path[:-1] != _CELL:
                return
            self._has_formula = True
            if attributes.get("t") in ("array", "dataTable") and "ref" in attributes:
                self._computed.append(self._range(attributes["ref"], self._computed))
        elif name == "col":
            self._ranges += 1
            if self._ranges > limits.FORM_ENTRIES:
                raise damaged(self._part)
            if len(self._hidden_columns) < limits.FORM_COLUMNS and (
                attributes.get("hidden") in ("1", "true") or _is_flat(attributes.get("width"))
            ):
                first, last = (_whole(attributes.get(end, "1"), self._part) for end in ("min", "max"))
                self._hidden_columns.update(range(first, min(last, limits.FORM_COLUMNS) + 1))
        elif name == "mergeCell":
            self._merges.append(self._range(attributes.get("ref", ""), self._merges))

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        if "r" in attributes:
            row, self._column = self._place(attributes["r"])
            if row != self._row:
                raise damaged(self._part)
        else:
            self._column += 1
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._has_formula = False
        self._plain = []

    def _data(self, text: str) -> None:
        if self._run is not None:
            self._run.data(text)
        elif self._value is not None:
            self._value.append(text)

    def _end(self, name: str) -> None:
        self._path.pop()
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
        text, fault = self._content("".join(self._plain))
        if not text and not self._has_formula:
            return
        if self._has_formula:
            fault = _FORMULA
        elif self._hides_row or self._column in self._hidden_columns:
            fault = _HIDDEN
        cells = self._found.setdefault(self._row, {})
        if self._column in cells:
            raise damaged(self._part)
        self._bounds.take(self._row, self._column, text)
        cells[self._column] = Cell(text, self._row, self._column, fault)

    def _content(self, value: str) -> tuple[str, Message | None]:
        """A cell's text, and why it can't be taken."""
        style = self._style_of()
        if self._kind in ("s", "inlineStr", "str"):
            found = self._string(value)
            if found.text and number_formats.shown(style.code, None) is Shown.OTHER:
                return found.text, _MASKED
            return found.text, STRUCK if found.text.strip() and (found.struck or style.struck) else None
        if not value:
            return "", None
        if self._kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE", None
        if self._kind == "e":
            return value, Message("the cell shows the error {error} instead of a value", error=value)
        if self._kind == "d":
            return value, _DATE
        if self._kind != "n":
            raise damaged(self._part)
        return self._number(value.strip(), style)

    def _string(self, value: str) -> _Text:
        if self._kind == "inlineStr":
            return self._run.text() if self._run else _Text("", False)
        if self._kind == "str":
            return _Text(_unescaped(value), False)
        if not value:
            return _Text("", False)
        index = _whole(value, self._part)
        if index >= len(self._workbook.texts):
            raise damaged(self._part)
        return self._workbook.texts[index]

    def _number(self, value: str, style: _Style) -> tuple[str, Message | None]:
        number = number_formats.number(value)
        if number is None:
            return value, _NO_NUMBER
        struck = STRUCK if style.struck else None
        match number_formats.shown(style.code, number):
            case Shown.PERCENT:
                return number_formats.typed(number * Decimal(100)) + "%", struck
            case Shown.DATE:
                return number_formats.day(number, since_1904=self._workbook.since_1904), _DATE
            case Shown.CUT:
                return number_formats.typed(number), _CUT
            case Shown.OTHER:
                return number_formats.typed(number), _MASKED
        return number_formats.typed(number), struck

    def _style_of(self) -> _Style:
        styles = self._workbook.styles
        index = _whole(self._style, self._part)
        return styles[index] if index < len(styles) else _PLAIN

    def _place(self, reference: str) -> tuple[int, int]:
        """Row and column of a reference such as B12."""
        found = _PLACE.match(reference)
        if not found:
            raise damaged(self._part)
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - 64
        row = int(found[2])
        if row > _ROWS or column > _COLUMNS:
            raise damaged(self._part)
        return row, column

    def _range(self, reference: str, known: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
        """The sides of a range such as A1:B2: top, left, bottom, right."""
        if len(known) >= limits.FORM_MERGES:
            raise Unfit(Message("a sheet merges more than {limit} ranges of cells", limit=limits.FORM_MERGES), ALONE)
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = self._place(first), self._place(last or first)
        return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def _whole(text: str, part: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise damaged(part)
    return int(text)


def _is_on(attributes: Mapping[str, str]) -> bool:
    """Whether an element that is a switch is on, which it is unless it says otherwise."""
    return attributes.get("val", "1") not in ("0", "false", "off")


def _is_flat(size: str | None) -> bool:
    """Whether a height or width leaves nothing to see."""
    number = None if size is None else number_formats.number(size.strip())
    return number is not None and number < _SEEN


def _unescaped(text: str) -> str:
    """A text with Excel's _x000D_ for a control character read, its lines ended by a newline alone."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
        text = _PAIR.sub(lambda pair: pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")
