"""How the cells of a workbook look, as far as that keeps people from reading what they hold.

Source: ECMA-376 part 1, section 18.8 (styles), 18.8.3 (color, with its list of indexed ones), 18.8.14 (dxf).
"""

from __future__ import annotations

from collections.abc import Mapping, Sized
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from target_registry import limits
from target_registry.forms import PALE, STRUCK, Flaw, number_formats
from target_registry.forms.archive import damaged
from target_registry.forms.colours import is_on_its_own, is_white
from target_registry.forms.excel_places import whole
from target_registry.forms.markup import walk
from target_registry.forms.sign_fonts import SIGNS, has_signs
from target_registry.model import Message
from target_registry.patterns import lazy

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

_TINY = Flaw(Message("the text is too small to be read"), Message("make it larger"))

_SMALLEST = 3
"""Points of a size that can be read."""
_RGB = lazy(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})\Z")
_WHITE_INDEXES = frozenset(("1", "9", "65"))
"""White among the indexed colours; the last is that of a window's background."""
_NEARLY_WHITE = Decimal("-0.1")
"""How much darker the theme's white may be made, and be none that can be read on white."""
_LIGHTEST = Decimal("0.9")
"""How much lighter any colour must be made to be white."""
_HIDES = lazy(r'(?:"")?(?:;(?:"")?){3}\Z')


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


def is_foreign(path: list[str]) -> bool:
    """Whether an element stands in one that other programs may read otherwise, such as alternatives of content."""
    return "" in path and "extLst" not in path


class Font(NamedTuple):
    """What a font says that matters; None where it says nothing, and the cell's own does.

    Attributes:
        struck: whether it is struck through.
        white: whether it is white.
        ink: its colour, as :func:`_named` has it.
        tiny: whether it is too small to be read.
        symbols: whether it has signs in the places of letters.
    """

    struck: bool | None = None
    white: bool | None = None
    ink: str | None = None
    tiny: bool | None = None
    symbols: bool | None = None

    def told(self, name: str, attributes: Mapping[str, str]) -> Font:
        """The same with what one more element says of it."""
        if name == "strike":
            return self._replace(struck=is_on(attributes))
        if name == "color":
            return self._replace(white=_is_white(attributes), ink=_named(attributes))
        if name == "sz":
            size = number_formats.number(attributes.get("val", "").strip())
            return self._replace(tiny=size is not None and size < _SMALLEST)
        if name in ("name", "rFont"):
            return self._replace(symbols=self.symbols or has_signs(attributes.get("val", "")))
        if name == "charset" and attributes.get("val", "").strip() == "2":
            return self._replace(symbols=True)
        return self

    def over(self, cell: Font) -> Font:
        """What a run of text looks like in a cell of another font."""
        return Font(*(other if own is None else own for own, other in zip(self, cell, strict=True)))  # type: ignore[arg-type]

    def fault(self, ground: str | None) -> Flaw | None:
        """What keeps people from reading a text of this font.

        Args:
            ground: the colour of what is behind it, as :func:`_named` has it; empty where nothing is, None where it is no
                one colour.
        """
        if self.struck:
            return STRUCK
        on_white = ground is not None and (not ground or is_white(ground))
        if (self.white and on_white) or (ground and is_on_its_own(self.ink or _BLACK, ground)):
            return PALE
        if self.tiny:
            return _TINY
        return SIGNS if self.symbols else None


class Style(NamedTuple):
    """What a cell's format says that matters.

    Attributes:
        code: how it shows values.
        font: its font.
        ground: the colour behind the text, as :meth:`Font.fault` takes it.
        fault: what keeps people from reading a text that has the cell's font throughout.
    """

    code: str = "General"
    font: Font = Font()
    ground: str | None = ""
    fault: Flaw | None = None


class Effect(Enum):
    """What a conditional format does to the cells that it holds of."""

    NONE = auto()
    HIDES = auto()
    CHANGES = auto()


class Looks(NamedTuple):
    """The looks of a workbook, as cells and conditions name them by number."""

    cells: list[Style]
    effects: list[Effect]


class Difference:
    """Collects what a conditional format changes of a cell's look."""

    def __init__(self) -> None:
        self._font = Font()
        self._code: str | None = None
        self._filled = False
        self._ground = ""

    def start(self, name: str, attributes: Mapping[str, str], around: str) -> None:
        """Take one more element, and the name of that around it."""
        if name == "numFmt":
            self._code = attributes.get("formatCode", "")
        elif around == "font":
            self._font = self._font.told(name, attributes)
        elif name in ("bgColor", "fgColor"):
            self._filled |= not _is_white(attributes)
            self._ground = _named(attributes) or self._ground
        elif name == "gradientFill":
            self._filled = True

    def effect(self) -> Effect:
        """What it does."""
        if self._font.struck or (self._font.white and not self._filled):
            return Effect.CHANGES
        if self._ground and is_on_its_own(self._font.ink or _BLACK, self._ground):
            return Effect.CHANGES
        if self._code is None:
            return Effect.NONE
        return Effect.HIDES if _HIDES.match(self._code) else Effect.CHANGES


_BLACK = "000000"
"""A font that says nothing of its colour has this one."""
_INDEXED = ("000000", "ffffff", "ff0000", "00ff00", "0000ff", "ffff00", "ff00ff", "00ffff")
"""The first of the indexed colours, which are the next ones as well. Source: 18.8.27 (indexedColors)."""
_THEME = {"0": 255, "1": 0}
"""How light the theme's colours of a window and of its text are."""


def _named(attributes: Mapping[str, str]) -> str | None:
    """A colour by its red, green and blue, or by where it is listed; None where an element names none."""
    if found := _RGB.match(attributes.get("rgb", "").strip()):
        return found[1].lower()
    tint = attributes.get("tint", "0").strip()
    theme = attributes.get("theme", "").strip()
    if theme in _THEME:
        share = min(max(number_formats.number(tint) or Decimal(0), Decimal(-1)), Decimal(1))
        light = _THEME[theme]
        light = int(light * (1 + share) if share < 0 else light + (255 - light) * share)
        return f"{light:02x}" * 3
    if theme:
        return f"theme {theme} {tint}"
    index = attributes.get("indexed", "").strip()
    if index in _WHITE_INDEXES:
        return "ffffff"
    if index in _BLACK_INDEXES:
        return _BLACK
    if index.isdecimal() and index.isascii() and int(index[:3]) < 2 * len(_INDEXED):
        return _INDEXED[int(index[:3]) % len(_INDEXED)]
    return f"indexed {index}" if index else None


_BLACK_INDEXES = frozenset(("64",))


def _is_white(attributes: Mapping[str, str]) -> bool:
    if found := _RGB.match(attributes.get("rgb", "").strip()):
        return is_white(found[1].lower())
    tint = number_formats.number(attributes.get("tint", "0").strip()) or Decimal(0)
    if attributes.get("theme", "").strip() == "0":
        return tint > _NEARLY_WHITE
    return tint > _LIGHTEST or attributes.get("indexed", "").strip() in _WHITE_INDEXES


def read(part: str, data: bytes) -> Looks:
    """The looks that a part of styles lists.

    Raises:
        Unfit: it is damaged, or lists more than any program does.
    """
    return _Lists(part, data).looks()


class _Lists:
    """The lists of a part of styles while it is streamed."""

    def __init__(self, part: str, data: bytes) -> None:
        self._part = part
        self._path: list[str] = []
        self._codes: dict[str, str] = {}
        self._fonts: list[Font] = []
        self._grounds: list[str | None] = []
        self._is_solid = False
        self._formats: list[Mapping[str, str]] = []
        self._differences: list[Difference] = []
        walk(part, data, MAIN, self._start, lambda _: self._path.pop())

    def looks(self) -> Looks:
        """What the lists come to."""
        return Looks([self._style(one) for one in self._formats], [one.effect() for one in self._differences])

    def _style(self, attributes: Mapping[str, str]) -> Style:
        code, font_id, fill_id = (attributes.get(name, "0").strip() for name in ("numFmtId", "fontId", "fillId"))
        at, behind = whole(font_id, self._part), whole(fill_id, self._part)
        font = self._fonts[at] if at < len(self._fonts) else Font()
        ground = self._grounds[behind] if behind < len(self._grounds) else ""
        shown = self._codes.get(code) or number_formats.built_in(whole(code, self._part))
        return Style(shown, font, ground, font.fault(ground))

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        path = self._path
        path.append(name)
        match path[1:]:
            case ["numFmts", "numFmt"]:
                if len(self._codes) > limits.FORM_ENTRIES:
                    raise damaged(self._part)
                self._codes[attributes.get("numFmtId", "").strip()] = attributes.get("formatCode", "General")
            case ["fonts", "font"]:
                self._one_more_than(self._fonts)
                self._fonts.append(Font())
            case ["fonts", "font", _]:
                self._fonts[-1] = self._fonts[-1].told(name, attributes)
            case ["fills", "fill"]:
                self._one_more_than(self._grounds)
                self._grounds.append("")
            case ["fills", "fill", "patternFill"]:
                pattern = attributes.get("patternType", "none").strip()
                self._grounds[-1], self._is_solid = "" if pattern == "none" else None, pattern == "solid"
            case ["fills", "fill", "patternFill", "fgColor"] if self._is_solid:
                self._grounds[-1] = "ffffff" if _is_white(attributes) else _named(attributes)
            case ["fills", "fill", "gradientFill"]:
                self._grounds[-1] = None
            case ["cellXfs", "xf"]:
                self._one_more_than(self._formats)
                self._formats.append(attributes)
            case ["dxfs", "dxf"]:
                self._one_more_than(self._differences)
                self._differences.append(Difference())
            case ["dxfs", "dxf", *_, around, _]:
                self._differences[-1].start(name, attributes, around)
            case ["dxfs", "dxf", _]:
                self._differences[-1].start(name, attributes, "dxf")
            case _ if is_foreign(path) and name in ("font", "fill", "xf", "dxf", "numFmt"):
                raise damaged(self._part)  # whoever passes it over counts otherwise

    def _one_more_than(self, known: Sized) -> None:
        if len(known) > limits.FORM_FORMATS:
            raise damaged(self._part)
