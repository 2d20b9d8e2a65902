"""How the cells of a workbook look, as far as that keeps people from reading what they hold.

Source: ECMA-376 part 1, section 18.8 (styles), 18.8.1 (alignment), 18.8.4 (border), 18.8.14 (dxf).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Sized
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from target_registry import limits
from target_registry.forms import CROSSED, PALE, STRUCK, Flaw, number_formats
from target_registry.forms.archive import damaged
from target_registry.forms.excel_alignment import SMALLEST, USUAL, Alignment
from target_registry.forms.excel_colours import BLACK, PAPER, Colour, Theme, is_lost, named
from target_registry.forms.excel_fills import Fill
from target_registry.forms.excel_paths import Path
from target_registry.forms.excel_places import whole
from target_registry.forms.markup import walk
from target_registry.forms.sign_fonts import SIGNS, has_signs
from target_registry.model import Message
from target_registry.patterns import lazy

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

_TINY = Flaw(Message("the text is too small to be read"), Message("make it larger"))

SIZE = Decimal(11)
"""Points of a font that says nothing of its size."""
_HIDES = lazy(r'(?:"")?(?:;(?:"")?){3}\Z')
_INKS = {
    "black": "000000", "blue": "0000ff", "cyan": "00ffff", "green": "00ff00", "magenta": "ff00ff", "red": "ff0000",
    "white": "ffffff", "yellow": "ffff00",
}  # fmt: skip
"""The colours that a number's format may name."""
_NUMBERED = 7
"""What is to be added to the number of another one for its place in the palette."""


def is_on(attributes: Mapping[str, str]) -> bool:
    """Whether an element that is a switch is on, which it is unless it says otherwise."""
    return attributes.get("val", "1").strip() not in ("0", "false", "off")


def says(attributes: Mapping[str, str], name: str) -> bool:
    """Whether an attribute that is a switch is on."""
    value = attributes.get(name)
    return value is not None and value.strip() in ("1", "true", "on")


def denies(attributes: Mapping[str, str], name: str) -> bool:
    """Whether an attribute that is a switch is off, as it is only where it says so."""
    return attributes.get(name, "1").strip() in ("0", "false")


class Font(NamedTuple):
    """What a font says that matters; None where it says nothing, and the cell's own does.

    Attributes:
        struck: whether it is struck through.
        ink: its colour.
        size: in points.
        symbols: whether it has signs in the places of letters.
        scheme: which of the theme's fonts it is; empty for none.
    """

    struck: bool | None = None
    ink: Colour | None = None
    size: Decimal | None = None
    symbols: bool | None = None
    scheme: str | None = None

    def told(self, name: str, attributes: Mapping[str, str]) -> Font:
        """The same with what one more element says of it."""
        if name == "strike":
            return self._replace(struck=is_on(attributes))
        if name == "color":
            return self._replace(ink=named(attributes))
        if name == "sz":
            return self._replace(size=number_formats.number(attributes.get("val", "").strip()))
        if name in ("name", "rFont"):
            # One that has a name is of the theme only where it says so as well.
            signs = self.symbols or has_signs(attributes.get("val", ""))
            return self._replace(symbols=signs, scheme=self.scheme or "")
        if name == "charset" and attributes.get("val", "").strip() == "2":
            return self._replace(symbols=True)
        if name == "scheme":
            return self._replace(scheme=attributes.get("val", "").strip())
        return self

    def over(self, cell: Font) -> Font:
        """What a run of text looks like in a cell of another font."""
        return Font(*(other if own is None else own for own, other in zip(self, cell, strict=True)))  # type: ignore[arg-type]

    def colour(self, theme: Theme) -> bytes:
        """The colour of its texts."""
        return theme.rgb(self.ink or BLACK)

    def fault(self, grounds: Sequence[bytes], theme: Theme) -> Flaw | None:
        """What keeps people from reading a text of this font.

        Args:
            grounds: the colours of what is behind it; none where nothing is.
            theme: the workbook's.
        """
        if self.struck:
            return STRUCK
        if is_lost(self.colour(theme), grounds or PAPER):
            return PALE
        if self.size is not None and self.size < SMALLEST:
            return _TINY
        return SIGNS if self.symbols or theme.has_signs(self.scheme) else None


class Style(NamedTuple):
    """What a cell's format says that matters.

    Attributes:
        code: how it shows values.
        font: its font.
        grounds: the colours behind the text; none where the cell isn't filled.
        fault: what keeps people from reading a text that has the cell's font throughout.
        crossed: whether a line goes across the cell.
        alignment: how the text stands in the cell.
    """

    code: str = "General"
    font: Font = Font()
    grounds: tuple[bytes, ...] = ()
    fault: Flaw | None = None
    crossed: bool = False
    alignment: Alignment = USUAL


class Effect(Enum):
    """What a conditional format does to the cells that it holds of."""

    NONE = auto()
    HIDES = auto()
    CHANGES = auto()


class Change(NamedTuple):
    """What a conditional format, or the style of a table, changes of the cells that it holds of.

    Attributes:
        effect: what it does to every cell, whatever that looks like.
        ink: the colour that it gives the text; None where it gives none.
        grounds: those that it gives what is behind it.
    """

    effect: Effect = Effect.NONE
    ink: bytes | None = None
    grounds: tuple[bytes, ...] = ()

    @property
    def recolours(self) -> bool:
        """Whether it gives a colour."""
        return self.ink is not None or bool(self.grounds)

    def loses(self, grounds: Sequence[bytes]) -> bool:
        """Whether a text of its colour may be unreadable on its ground, or on the cell's where it has none."""
        return self.ink is not None and is_lost(self.ink, self.grounds or grounds or PAPER)


_MANY = 8
"""Changes of colour to one cell, of which every two are looked at."""


def may_be_lost(inks: Collection[bytes], grounds: Sequence[bytes], changes: Sequence[Change]) -> bool:
    """Whether a text may be unreadable where any of some changes hold, alone or together.

    Of two that say the same the one that goes before decides; so the text has the colour of one and the ground of
    another only if one of them says nothing of the other's.

    Args:
        inks: the text's own colours.
        grounds: those behind it; none where nothing is.
        changes: which of them holds, and which goes before, is unknown.
    """
    told = set(changes)
    if len(told) > _MANY:
        return True
    all_inks = {*inks, *(one.ink for one in told if one.ink is not None)}
    all_grounds = {*(grounds or PAPER), *(ground for one in told for ground in one.grounds)}
    return any(
        any(is_lost(ink, one.grounds) for ink in all_inks)
        if one.ink is None
        else is_lost(one.ink, one.grounds or all_grounds)
        for one in told
    )


class Looks:
    """The looks of a workbook, as cells and conditions name them by number.

    Attributes:
        theme: its colours and fonts.
        normal: the font of cells that have no look of their own, by which the widths of columns are told.
    """

    def __init__(self, theme: Theme, lists: _Lists | None = None) -> None:
        self.theme = theme
        self._lists = lists
        self._cells: dict[int, Style] = {}
        self._changes: dict[int, Change] = {}
        self.normal = lists.normal if lists else Font()
        if lists:
            theme.take_palette(lists.palette)

    def style(self, number: int) -> Style:
        """The format of cells that name it by its number: of most in a list no cell does."""
        if number not in self._cells:
            self._cells[number] = self._lists.style(number, self.theme) if self._lists else Style()
        return self._cells[number]

    def change(self, number: int) -> Change:
        """What conditions change that name it by its number."""
        if number not in self._changes:
            self._changes[number] = self._lists.change(number, self.theme) if self._lists else Change()
        return self._changes[number]

    def of_table(self, name: str) -> Mapping[str, Change] | None:
        """What a style of tables changes, by the part of a table; None for one that the workbook doesn't list."""
        known = self._lists.tables.get(name) if self._lists else None
        return None if known is None else {of: self.change(number) for of, number in known.items()}

    def fault_of_format(self, style: Style, codes: Sequence[str]) -> Flaw | None:
        """What keeps people from reading a value to which its format gives one of some colours."""
        inks = (
            named({"rgb": _INKS[code]}) if code in _INKS else Colour("indexed", str(int(code) + _NUMBERED))
            for code in codes
        )
        return PALE if any(is_lost(self.theme.rgb(ink), style.grounds or PAPER) for ink in inks) else None


class Difference:
    """Collects what a conditional format changes of a cell's look."""

    def __init__(self, part: str) -> None:
        self._font = Font()
        self._code: str | None = None
        self._part = part
        self._fill: Fill | None = None

    def start(self, name: str, attributes: Mapping[str, str], around: str) -> None:
        """Take one more element, and the name of that around it."""
        if name == "numFmt":
            self._code = attributes.get("formatCode", "")
        elif around == "font":
            self._font = self._font.told(name, attributes)
        elif around in ("fill", "patternFill", "stop"):
            self._fill = self._fill or Fill(self._part)
            self._fill.start(name, attributes)

    def change(self, theme: Theme) -> Change:
        """What it does."""
        ink = theme.rgb(self._font.ink) if self._font.ink else None
        return Change(self._effect(), ink, self._fill.of_difference(theme) if self._fill else ())

    def _effect(self) -> Effect:
        if self._font.struck:
            return Effect.CHANGES
        if self._code is None:
            return Effect.NONE
        return Effect.HIDES if _HIDES.match(self._code) else Effect.CHANGES


def read(part: str, data: bytes, theme: Theme) -> Looks:
    """The looks that a part of styles lists.

    Args:
        part: its name.
        data: what it holds.
        theme: the workbook's; takes the palette.

    Raises:
        Unfit: it is damaged, or lists more than any program does.
    """
    return Looks(theme, _Lists(part, data))


class _Format:
    """One of the formats of cells that a part of styles lists."""

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self.attributes = attributes
        self.alignment = USUAL


class _Border:
    """What a border says of the lines across a cell."""

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self._asks = says(attributes, "diagonalUp") or says(attributes, "diagonalDown")
        self._has_line = False

    def start(self, attributes: Mapping[str, str]) -> None:
        """Take what is said of such lines."""
        self._has_line = attributes.get("style", "none").strip() != "none"

    @property
    def crosses(self) -> bool:
        """Whether there is one."""
        return self._asks and self._has_line


class _Lists:
    """The lists of a part of styles.

    Attributes:
        normal: the first of the fonts.
        palette: the colours that take the places of the first indexed ones.
        tables: the styles of tables by their names, each a number of what it changes by the part of a table.
    """

    def __init__(self, part: str, data: bytes) -> None:
        self._part = part
        self._path = Path()
        self._codes: dict[str, str] = {}
        self._fonts: list[Font] = []
        self._fills: list[Fill] = []
        self._borders: list[_Border] = []
        self._formats: list[_Format] = []
        self._differences: list[Difference] = []
        self.palette: list[Colour] = []
        self.tables: dict[str, dict[str, int]] = {}
        self._table: dict[str, int] = {}
        walk(part, data, MAIN, self._start, lambda _: self._path.closes())
        self.normal = self._fonts[0] if self._fonts else Font()

    def style(self, number: int, theme: Theme) -> Style:
        """One of the formats of cells."""
        if number >= len(self._formats):
            return Style()
        form = self._formats[number]
        code, *others = (
            form.attributes.get(name, "0").strip() for name in ("numFmtId", "fontId", "fillId", "borderId")
        )
        at, behind, around = (whole(each, self._part) for each in others)
        font = self._fonts[at] if at < len(self._fonts) else Font()
        ground = self._fills[behind].of_cell(theme) if behind < len(self._fills) else ()
        crossed = around < len(self._borders) and self._borders[around].crosses
        shown = self._codes.get(code) or number_formats.built_in(whole(code, self._part))
        fault = font.fault(ground, theme) or (CROSSED if crossed else None)
        return Style(shown, font, ground, fault, crossed, form.alignment)

    def change(self, number: int, theme: Theme) -> Change:
        """What one of the differences does."""
        return self._differences[number].change(theme) if number < len(self._differences) else Change()

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        path = self._path
        path.opens(name)
        match path:
            case [_, "numFmts", "numFmt"]:
                if len(self._codes) > limits.FORM_ENTRIES:
                    raise damaged(self._part)
                self._codes[attributes.get("numFmtId", "").strip()] = attributes.get("formatCode", "General")
            case [_, "fonts", "font"]:
                self._one_more_than(self._fonts)
                self._fonts.append(Font())
            case [_, "fonts", "font", _]:
                self._fonts[-1] = self._fonts[-1].told(name, attributes)
            case [_, "fills", "fill"]:
                self._one_more_than(self._fills)
                self._fills.append(Fill(self._part))
            case [_, "fills", "fill", _] | [_, "fills", "fill", _, _] | [_, "fills", "fill", _, "stop", _]:
                self._fills[-1].start(name, attributes)
            case [_, "borders", "border"]:
                self._one_more_than(self._borders)
                self._borders.append(_Border(attributes))
            case [_, "borders", "border", "diagonal"]:
                self._borders[-1].start(attributes)
            case [_, "cellXfs", "xf"]:
                self._one_more_than(self._formats)
                self._formats.append(_Format(attributes))
            case [_, "cellXfs", "xf", "alignment"]:
                self._formats[-1].alignment = Alignment.told(attributes)
            case [_, "dxfs", "dxf"]:
                self._one_more_than(self._differences)
                self._differences.append(Difference(self._part))
            case [_, "dxfs", "dxf", _]:
                self._differences[-1].start(name, attributes, "dxf")
            case [_, "dxfs", "dxf", *_, around, _]:
                self._differences[-1].start(name, attributes, around)
            case [_, "colors", "indexedColors", "rgbColor"]:
                self._one_more_than(self.palette)
                self.palette.append(named(attributes))
            case [_, "tableStyles", "tableStyle"]:
                self._one_more_than(self.tables)
                self._table = self.tables.setdefault(attributes.get("name", ""), {})
            case [_, "tableStyles", "tableStyle", "tableStyleElement"] if "dxfId" in attributes:
                if (of := attributes.get("type", "").strip()) in _PARTS:
                    self._table[of] = whole(attributes["dxfId"].strip(), self._part)
            case _ if name in _COUNTED and path.is_foreign:
                raise damaged(self._part)  # whoever passes it over counts otherwise

    def _one_more_than(self, known: Sized) -> None:
        if len(known) > limits.FORM_FORMATS:
            raise damaged(self._part)


_PARTS = frozenset((
    "wholeTable", "headerRow", "totalRow", "firstColumn", "lastColumn", "firstRowStripe", "secondRowStripe",
    "firstColumnStripe", "secondColumnStripe", "firstHeaderCell", "lastHeaderCell", "firstTotalCell", "lastTotalCell",
))  # fmt: skip
"""The parts of a table to which a style gives a look."""
_COUNTED = frozenset(("font", "fill", "border", "xf", "dxf", "numFmt", "rgbColor"))
"""What cells and conditions name by its place in a list."""
