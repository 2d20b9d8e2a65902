"""What lies over the cells of a sheet: something else can be read in it than the cells below hold, or nothing any more.

Whatever is anchored counts: shapes and pictures, lines that cross a text out, charts and their titles, what was drawn by
hand, and what only newer programs know. Only a thin line along the edge of cells covers none.
Source: ECMA-376 part 1, section 20.5 (SpreadsheetDrawingML).
"""

from __future__ import annotations

from collections.abc import Mapping

from target_registry import limits
from target_registry.forms import excel_notes
from target_registry.forms.archive import damaged
from target_registry.forms.excel_notes import Notes
from target_registry.forms.excel_places import COLUMNS, ROWS, Sides
from target_registry.forms.markup import walk
from target_registry.forms.package import Package
from target_registry.patterns import lazy

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_ANCHORS = frozenset(("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"))
_HIGH, _WIDE = 762_000, 4_060_000
"""English metric units of a row and a column that are high and wide: 60 points, and 60 characters."""
_SHAPES = frozenset(("sp", "grpSp", "graphicFrame", "cxnSp", "pic", "contentPart"))
_LINE = "cxnSp"
"""A line, which has no text."""
_STRAIGHT = ("line", "straightConnector1")
_THIN = 38_100
"""English metric units of a line that covers no text beside it: 3 points."""
_WIDTH = lazy(rb"<(?:[\w.-]+:)?ln\s[^<>]*?\bw\s*=\s*([\"'])(.*?)\1")
_GLOWS = lazy(rb"<(?:[\w.-]+:)?(?:glow|reflection)\b|\bs[xy]\s*=")
_DOUBTFUL = ("Requires", "rad", "blurRad", "dist", "sx", "fov", "prstMaterial")
"""Attributes of what other programs draw otherwise, or what is drawn around a line: a glow, a shadow."""


class Drawings:
    """The drawings of a package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._read: set[str] = set()
        theme = package.related("theme")
        self._has_thin_lines = theme is None or _draws_thin(package.part(theme))

    def covered(self, sheet: str) -> list[Sides]:
        """The ranges of a sheet that something drawn lies over.

        Raises:
            Unfit: a drawing is damaged, or is that of another sheet too.
        """
        found: list[Sides] = []
        for target in self._package.own(sheet, "drawing", self._read):
            found += _Anchors(target, self._package.part(target), self._has_thin_lines).covered
        return found

    def notes(self, sheet: str) -> Notes:
        """What a sheet's old drawings lie over: comments that are always shown, and controls.

        Raises:
            Unfit: a drawing is damaged, or is that of another sheet too.
        """
        found = Notes([], [])
        for target in self._package.own(sheet, "vmlDrawing", self._read):
            of_one = excel_notes.read(target, self._package.old_drawing(target))
            found = Notes(found.comments + of_one.comments, found.controls + of_one.controls)
        return found


class _Anchors:
    """The anchors of one drawing while it is streamed.

    Args:
        part: the drawing's.
        data: what it holds.
        has_thin_lines: whether lines are thin that the theme draws.
    """

    def __init__(self, part: str, data: bytes, has_thin_lines: bool) -> None:
        self.covered: list[Sides] = []
        self._part = part
        self._kind = self._corner = ""
        self._name = ""
        self._said: dict[tuple[str, str], int] = {}
        """Columns, rows and what is beyond their edges, by corner."""
        self._size = 0, 0
        self._shapes: list[str] = []
        self._line = _Line()
        self._has_thin_lines = has_thin_lines
        walk(part, data, _DRAWING, self._start, self._end, self._data)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._name = name
        if name in _ANCHORS:
            self._kind, self._said, self._size = name, {}, (0, 0)
            self._shapes, self._line = [], _Line()
        elif name == "ext":
            across, down = (_number(attributes.get(key, "0").strip(), self._part) for key in ("cx", "cy"))
            self._size = across, down
        elif name in ("from", "to"):
            self._corner = name
        elif name in _SHAPES:
            self._shapes.append(name)
        elif not name and attributes:
            self._line.take(attributes)

    def _data(self, text: str) -> None:
        if self._corner and self._name in ("col", "row", "colOff", "rowOff") and text.strip():
            self._said[self._corner, self._name] = _number(text.strip(), self._part)

    def _end(self, name: str) -> None:
        self._name = ""
        if name in ("from", "to"):
            self._corner = ""
        elif name in _ANCHORS:
            if len(self.covered) >= limits.FORM_ENTRIES:
                raise damaged(self._part)
            if not (self._shapes == [_LINE] and self._line.is_thin(self._has_thin_lines) and self._is_on_edge()):
                self.covered.append(self._sides())

    def _is_on_edge(self) -> bool:
        """Whether it has no height at an upper edge of cells, or no width at a left one."""
        said = self._said
        return self._kind == "twoCellAnchor" and any(
            said.get(("from", side)) == said.get(("to", side), -1)
            and not said.get(("from", off), 1)
            and not said.get(("to", off), 1)
            for side, off in (("row", "rowOff"), ("col", "colOff"))
        )

    def _sides(self) -> Sides:
        """What is covered: at the least, where a shape's size alone is told, and rows may be lower and columns narrower."""
        if self._kind == "absoluteAnchor":
            return 1, 1, ROWS, COLUMNS  # which no program writes for a sheet of cells
        said = self._said
        top, left = said.get(("from", "row"), 0) + 1, said.get(("from", "col"), 0) + 1
        if self._kind == "oneCellAnchor":
            across, down = self._size
            return top, left, min(top + down // _HIGH, ROWS), min(left + across // _WIDE, COLUMNS)
        # One that ends at an edge leaves the cell behind it free.
        bottom = said.get(("to", "row"), 0) + (said.get(("to", "rowOff"), 0) > 0)
        right = said.get(("to", "col"), 0) + (said.get(("to", "colOff"), 0) > 0)
        return top, left, max(top, bottom), max(left, right)


class _Line:
    """What the attributes within a shape say of how it is drawn, if it is a line."""

    def __init__(self) -> None:
        self._width = ""
        self._is_plain = True
        self._is_styled = False

    def take(self, attributes: Mapping[str, str]) -> None:
        """Take those of one more element."""
        width = attributes.get("w", "").strip()
        if not attributes.keys().isdisjoint(_DOUBTFUL) or attributes.get("prst", _STRAIGHT[0]).strip() not in _STRAIGHT:
            self._is_plain = False
        elif attributes.get("rot", "0").strip() != "0" or attributes.get("type", "none").strip() != "none":
            self._is_plain = False  # turned, or with the head of an arrow
        elif {"cx", "cy"} <= attributes.keys() and "0" not in (attributes["cx"].strip(), attributes["cy"].strip()):
            self._is_plain = False
        elif width:
            self._width = width
        self._is_styled |= "idx" in attributes

    def is_thin(self, by_theme: bool) -> bool:
        """Whether it is a straight line without room, and surely thin.

        Args:
            by_theme: whether one is that the theme draws.
        """
        if not self._is_plain or (self._is_styled and not by_theme):
            return False
        return not self._width or _is_thin(self._width)


def _is_thin(width: str) -> bool:
    return width.isascii() and width.isdigit() and len(width) < 9 and int(width) <= _THIN


def _draws_thin(theme: bytes) -> bool:
    """Whether all lines that a theme draws are thin, and have no more than a shadow around them."""
    return not _GLOWS.search(theme) and all(_is_thin(width.decode("utf-8")) for _, width in _WIDTH.findall(theme))


def _number(text: str, part: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        raise damaged(part)
    return int(text)
