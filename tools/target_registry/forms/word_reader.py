"""A Word document's tables back to grids: what a person sees in each cell, whoever wrote the file.

The part is read as its markup: python-docx knows neither tracked changes nor fields, hidden text nor
automatic numbers, all of which decide what a cell says.
Source: ECMA-376 part 1, section 17 (WordprocessingML); part 3, section 10 (alternate content).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from target_registry import limits
from target_registry.forms import NESTED, NOTE, PALE, STRUCK, TURNED, VANISHED, Flaw, Grid, Unfit, markup
from target_registry.forms.archive import damaged
from target_registry.forms.bounds import ALONE, WITHOUT, Bounds
from target_registry.forms.package import LINKS, WORD, Package, opened
from target_registry.forms.raised import shifted
from target_registry.forms.sign_fonts import SIGNS, has_signs, sign, spelled
from target_registry.forms.spans import Span, laid, lines
from target_registry.forms.word_across import Across, StyledPlaces, pages
from target_registry.forms.word_alternatives import ALTERNATIVES, MC, chosen, unwraps
from target_registry.forms.word_colours import Palette, alike
from target_registry.forms.word_controls import AROUND, ARRIVED, FREE, Controls, is_bound, is_unfilled, within
from target_registry.forms.word_fields import cells_in_fields, fetches, shows_from_afar
from target_registry.forms.word_folds import Folds
from target_registry.forms.word_looks import Look, Looks, Place, is_hidden_row
from target_registry.forms.word_numbering import NONE, Label, Numbering
from target_registry.forms.word_pictures import PICTURES, covers, floating, has_words, is_seen
from target_registry.forms.word_places import (
    Rooms,
    StyledMargins,
    grid_widths,
    is_away,
    is_crossed,
    is_heading,
    is_laid_over,
    is_reversed,
    leaves_margin,
    page_height,
)
from target_registry.forms.word_seen import (
    ABOVE,
    AWAY,
    BESIDE,
    BOUND,
    BOX,
    BROUGHT,
    CAPITALS,
    CAUGHT,
    COLUMN_AWAY,
    COVERED,
    EQUATION,
    FOLDED,
    HIDDEN_ROW,
    LABEL,
    PICTURE,
    ROW_AWAY,
    SQUEEZED,
    TRACKED,
    UNTOLD,
    Seen,
)
from target_registry.forms.word_styles import Styles, W, switch, value, whole
from target_registry.forms.word_theme import Fonts
from target_registry.model import Message
from target_registry.patterns import lazy

_SYMEX = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_SAYING = lazy("[0-9\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")
"""What is more than how a character is read, above it."""
_GONE = frozenset((W + "del", W + "moveFrom"))
_PROPERTIES = W + "rPr"
_SHORT = 3
"""Signs of a text before which a tick chooses something, and is not the mark of a point in a list."""
_PRESSED = 40
"""Twips in which a sign is pressed so that it can't be read: 2 points."""
_CODE = frozenset((W + "instrText", W + "t"))
_NOTES = frozenset((W + "footnoteReference", W + "endnoteReference"))
_TURNING = frozenset((W + "bdo", W + "dir"))
_SELF_FILLED = frozenset(
    W + name for name in ("pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong")
)
"""Signs of old files that Word fills in by itself, as it does fields."""
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


def read(raw: bytes) -> list[Grid]:
    """Every table of the body; one inside another stands after it, and a fault in the outer one's cell says so.

    Raises:
        Unfit: the file is not such a document, damaged, too large, or holds what no form needs.
    """
    package = opened(raw, WORD)
    raw = package.part(package.main)
    root = markup.tree(package.main, raw)
    body = root.find(W + "body")
    if body is None:
        raise damaged(package.main)
    margins = list(_margins(package))
    if any(fetches(part) or shows_from_afar(part) for part in (root, *margins)):
        raise Unfit(LINKS, WITHOUT)
    _few_alternatives(root, raw)
    if unwraps(root, raw):
        raise Unfit(Message("the file says of unknown elements that their content is to be shown"), ALONE)
    document = _Document(package, root)
    document.read(body)
    for part in margins:
        document.pass_margin(part)
    floats = tuple(document.floating)
    return [grid._replace(floating=floats) for grid in document.grids if grid is not None]


def _margins(package: Package) -> Iterator[Any]:
    """The heads and feet of the pages, and the notes, which Word fills in as it does the body."""
    for relation in package.relations(package.main).values():
        if relation.kind in ("header", "footer", "footnotes", "endnotes", "comments"):
            yield markup.tree(relation.target, package.part(relation.target))


def _related(package: Package, kind: str) -> Any | None:
    part = package.related(kind)
    if part is None:
        return None
    raw = package.part(part)
    root = markup.tree(part, raw)
    _few_alternatives(root, raw)
    return root


def _few_alternatives(root: Any, raw: bytes) -> None:
    """Refuse a part with so many alternatives that finding out which of them are shown would take long."""
    if sum(1 for _ in root.iter(MC + "Choice")) * raw.count(b"xmlns") > limits.FORM_ALTERNATIVES:
        raise Unfit(Message("the file has too many alternatives and namespaces"), ALONE)


class _Document:
    """The tables found, with what running through the document has counted up to now."""

    def __init__(self, package: Package, root: Any) -> None:
        self.grids: list[Grid | None] = []
        self.floating: dict[str, None] = {}
        """What may lie over the tables from outside."""
        self._bounds = Bounds()
        settings, theme = _related(package, "settings"), _related(package, "theme")
        palette = Palette(theme, settings)
        self._shade = palette.ground
        self._around = ""
        """The style of the table that is read."""
        self._ground = palette.page(root)
        """What is behind the table or the cell that is read."""
        self._away: Flaw | None = None
        """What is said of the table or the row that is read where it stands off the page."""
        self._page = page_height(root)
        self._pages = pages(root)
        self._laid_over: list[int] = []
        """The tables that are put at a place of the page, whatever stands there."""
        self._is_stale = bool(switch(settings, "updateFields"))
        """Whether Word fills in all fields anew."""
        self._in_fields: set[Any] = set()
        """The cells that stand in a field which begins before them."""
        self._styles = Styles(_related(package, "styles"))
        self._margins = StyledMargins(self._styles)
        self._places = StyledPlaces(self._styles)
        self._folds = Folds(self._styles)
        self._counts_bare = self._styles.number("") is not None
        """Whether a paragraph of which nothing is said stands in a list."""
        self._looks = Looks(self._styles, palette, Fonts(theme, _related(package, "fontTable")))
        self._numbering = Numbering(_related(package, "numbering"), self._styles)

    def read(self, body: Any) -> None:
        """Read the body from top to bottom."""
        self._in_fields = cells_in_fields(body)
        before: list[str] = []
        for block, controls in within(body, W + "p", W + "tbl"):
            if block.tag == W + "tbl":
                if is_laid_over(block.find(W + "tblPr")):
                    self._laid_over.append(len(self.grids))
                self._table(block, controls, tuple(before))
                before = []
                continue
            if self._is_bare(block):
                continue
            self._folds.pass_by(block)
            if controls.unfilled:
                continue
            self.floating |= dict.fromkeys(floating(block))
            seen = Seen()
            place = self._paragraph(block, seen)
            lines = [line for each in "".join(seen.pieces).split("\n") if (line := each.strip())]
            if lines and place.over:
                self.floating[" ".join(lines)] = None
            before += lines
        self._note_tables_over()

    def pass_margin(self, part: Any) -> None:
        """Note what may lie over the tables from the head or the foot of the pages."""
        self.floating |= dict.fromkeys(floating(part))
        for node in part.iter(W + "p", W + "tbl"):
            about = node.find(W + "tblPr" if node.tag == W + "tbl" else W + "pPr")
            is_over = leaves_margin(about) or (
                node.tag == W + "p" and self._looks.paragraph(about, "", self._ground).over
            )
            words = " ".join("".join(text.text or "" for text in node.iter(W + "t")).split())
            if is_over and (words or next(node.iter(*PICTURES), None) is not None):
                self.floating[words] = None

    def _note_tables_over(self) -> None:
        """Note the tables that may lie over the form: that is the largest one, and those with as many columns."""
        known = [grid for grid in self.grids if grid is not None]
        form = max(known, key=lambda grid: sum(map(len, grid.rows)), default=None)
        for slot in self._laid_over:
            if (grid := self.grids[slot]) is not None and form is not None and _width(grid) != _width(form):
                texts = (cell.text for row in grid.rows for cell in row if not cell.continues)
                if words := " ".join(" ".join(texts).split()):
                    self.floating[words] = None

    def _table(self, table: Any, controls: Controls, before: tuple[str, ...] = ()) -> None:
        outer = self._around, self._ground, self._away
        about = table.find(W + "tblPr")
        self._around = self._styles.table(about)
        away = self._away or (AWAY if is_away(about) else None)
        behind = self._shaded(about) or self._looks.ground(self._around) or self._ground
        rooms = Rooms(table, self._page, self._margins)
        across = Across(table, rooms, self._pages.get(table), self._places.of(about))
        slot = len(self.grids)
        self.grids.append(None)
        rows: list[tuple[int, list[Span]]] = []
        above: dict[int, Span] = {}
        """The cells of merged columns as they stand above, by where they start."""
        for number, (row, around_row) in enumerate(within(table, W + "tr", around=controls), 1):
            self._bounds.reach(number, 1)
            spans: list[Span] = []
            merged: dict[int, Span] = {}
            properties = row.find(W + "trPr")
            is_head = number == 1 or is_heading(properties)
            own_about = row.find(W + "tblPrEx")
            behind_row = self._shaded(own_about) or behind
            self._away = away or (ROW_AWAY if is_away(own_about) else None)
            start = whole(value(properties, "gridBefore") or "", 0)
            across.begin(row, start)
            for place, (cell, around) in enumerate(within(row, W + "tc", around=around_row), 1):
                self._bounds.take(number, place, "")
                own = cell.find(W + "tcPr")
                self._ground = self._shaded(own) or behind_row
                room = rooms.of(own, row, start, _columns(own))
                seen = Seen(room, is_stale=self._is_stale)
                span, merge = self._cell(cell, start, above, seen, around)
                if across.is_off(own, start, _columns(own)) and span.text.strip():
                    span = span._replace(fault=span.fault or COLUMN_AWAY)
                if span.text.strip() and is_crossed(own, is_head):
                    span = span._replace(fault=span.fault or STRUCK)
                start += span.width
                if merge == "horizontal" and spans:
                    spans[-1] = spans[-1]._replace(width=spans[-1].width + span.width)
                    continue
                spans.append(span)
                if merge:
                    merged[span.start] = span
            above = merged
            is_hidden = self._looks.hides_rows(self._around) or (properties is not None and is_hidden_row(properties))
            rows.append((number, [_in_row(span, properties, is_hidden) for span in spans]))
        widths = grid_widths(table)
        if is_reversed(about):
            rows = _turned(rows)
            widths = widths[: _end(rows)][::-1]
        cells = laid(rows, self._bounds)
        self.grids[slot] = Grid("", slot + 1, cells, before, lines=lines(rows, widths))
        self._around, self._ground, self._away = outer

    def _shaded(self, properties: Any | None) -> str:
        """The colour that a table or a cell is shaded with; empty where it is with none."""
        shading = None if properties is None else properties.find(W + "shd")
        return "" if shading is None else self._shade(shading)

    def _cell(self, cell: Any, start: int, above: dict[int, Span], seen: Seen, controls: Controls) -> tuple[Span, str]:
        """A cell, and whether it is merged: with those below, or with the one on its left."""
        properties = cell.find(W + "tcPr")
        width = _columns(properties)
        down = None if properties is None else properties.find(W + "vMerge")
        if down is not None and down.get(W + "val", "continue") == "continue" and start in above:
            return above[start]._replace(width=width, continues=True), "vertical"
        if properties is not None and any(
            properties.find(W + name) is not None for name in ("cellIns", "cellDel", "cellMerge")
        ):
            seen.blame(TRACKED)
        if cell in self._in_fields:
            seen.blame(CAUGHT)
        self._blocks(cell, seen, controls)
        if any(map(str.strip, seen.pieces)):
            if self._away:
                seen.blame(self._away)
            if self._folds.hide:
                seen.blame(FOLDED)
        across = None if properties is None else properties.find(W + "hMerge")
        if across is not None and across.get(W + "val", "continue") == "continue":
            return seen.span(start, width), "horizontal"
        return seen.span(start, width), "vertical" if down is not None else ""

    def _blocks(self, container: Any, seen: Seen, controls: Controls) -> None:
        """The paragraphs of a cell, a line each; its tables after it."""
        if controls.bound or any(map(is_bound, container.iter(W + "sdt"))):
            seen.blame(BOUND)
        if controls.unfilled:
            seen.prompt(container)
            return
        first = True
        for block, around in within(container, W + "p", W + "tbl"):
            if around.unfilled:
                seen.prompt(block)
                continue
            if block.tag == W + "tbl":
                seen.blame(NESTED)
                self._table(block, FREE)
                continue
            if not first:
                seen.pieces.append("\n")
            first = False
            if self._is_bare(block):
                seen.lines.skip()
            else:
                self._paragraph(block, seen)

    def _is_bare(self, paragraph: Any) -> bool:
        """Whether a paragraph holds nothing and counts in no list: a file may have very many."""
        return not len(paragraph) and not self._counts_bare

    def _paragraph(self, paragraph: Any, seen: Seen) -> Place:
        properties = paragraph.find(W + "pPr")
        label = self._numbering.label(properties, self._styles.paragraph(properties))
        place = self._looks.paragraph(properties, self._around, self._ground, label)
        mark = None if properties is None else properties.find(W + "rPr")
        if mark is not None and any(mark.find(tag) is not None for tag in (*_GONE, *ARRIVED)):
            seen.blame(TRACKED)
        start = len(seen.pieces)
        seen.lines.begin(place.spacing)
        seen.pieces.append(label.text)
        self._inline(paragraph, seen, place)
        if label is not NONE:
            self._bounds.label()
            look = self._looks.run(mark, place.style, self._around, label.look)
            seen.pieces[start] = _labelled(seen, label, look, place, "".join(seen.pieces[start + 1 :]))
        text = "".join(seen.pieces[start:])
        is_sized = mark is not None and mark.find(W + "sz") is not None
        seen.lines.end(self._looks.run(mark, place.style, self._around).size if is_sized else 0)
        if text.strip() and (place.turned or place.squeezed):
            _blame_way(seen, text, place)
        if text.strip() and place.indent and place.indent >= seen.room.width:
            seen.blame(SQUEEZED)
        return place

    def _inline(self, container: Any, seen: Seen, place: Place) -> None:
        for child in chosen(container):
            tag = child.tag
            if tag == W + "r":
                self._run(child, seen, place)
            elif is_unfilled(child):
                seen.prompt(child)
            elif tag in AROUND:
                if tag in _TURNING and child.get(W + "val") == "rtl":
                    seen.blame(TURNED)
                if tag == W + "fldSimple":
                    self._field(child, seen, place)
                else:
                    self._inline(child, seen, place)
            elif tag in ARRIVED:
                seen.blame(TRACKED)
                self._inline(child, seen, place)
            elif tag in _GONE:
                seen.blame(TRACKED)
            elif tag in (_MATH + "oMath", _MATH + "oMathPara"):
                seen.blame(EQUATION)
                seen.show("".join(text.text or "" for text in child.iter(_MATH + "t")))

    def _field(self, field: Any, seen: Seen, place: Place) -> None:
        """A field that is written as one element, its result within."""
        seen.begin(field)
        seen.code(field.get(W + "instr", ""))
        seen.separate()
        self._inline(field, seen, place)
        seen.end()

    def _run(self, run: Any, seen: Seen, place: Place, look: Look | None = None) -> None:
        """A run, or a part of one that looks like it."""
        if look is None:
            look = self._looks.run(run.find(W + "rPr"), place.style, self._around)
        for child in chosen(run):
            tag = child.tag
            if tag == _PROPERTIES:
                continue
            if tag == W + "fldChar":
                seen.field(child)
            elif tag in ALTERNATIVES:
                self._run(child, seen, place, look)
            elif tag == W + "ruby":
                if any(_SAYING.search(part.text or "") for part in child.iterfind(f"{W}rt//{W}t")):
                    seen.blame(ABOVE)
                self._inline(child, seen, place)
            elif tag in PICTURES:
                _blame_picture(seen, child)
            elif tag in _NOTES:
                seen.blame(NOTE)
            elif tag in _SELF_FILLED:
                seen.blame(UNTOLD)
            elif seen.in_code:
                if tag in _CODE:
                    seen.code(child.text or "")
            elif text := _text(child, seen):
                if look.vanishes or seen.is_silent:
                    if text.strip():
                        seen.blame(VANISHED)
                    continue
                if look.font and tag == W + "t":
                    text = spelled(text, look.font, lambda: seen.blame(SIGNS))
                if text.strip():
                    _blame_look(seen, text, look, place)
                seen.lines.add(text, look.size)
                seen.show(shifted(text, look.shift))


def _labelled(seen: Seen, label: Label, look: Look, place: Place, text: str) -> str:
    """What stands before a paragraph with this text, as a person sees it."""
    if label.ticks and len(text.strip()) > _SHORT:
        return ""
    if not label.is_told:
        seen.blame(LABEL)
    if look.vanishes and label.text.strip():
        seen.blame(VANISHED)
        return ""
    shown = label.text
    if look.font and not label.ticks:
        shown = spelled(shown, look.font, lambda: seen.blame(SIGNS))
    if shown.strip():
        _blame_look(seen, shown, look, place)
    return shown


def _blame_picture(seen: Seen, picture: Any) -> None:
    """Note what a picture says or hides."""
    if has_words(picture):
        seen.blame(BOX)
    elif covers(picture):
        seen.blame(COVERED)
    else:
        seen.blame(PICTURE)
        if is_seen(picture):
            seen.blame(BESIDE)


def _blame_way(seen: Seen, text: str, way: Look | Place) -> None:
    """Note that a text runs or stands as nobody reads it."""
    if way.squeezed:
        seen.blame(SQUEEZED)
    if way.turned and any(map(str.isalnum, text)):
        seen.blame(TURNED)


def _blame_look(seen: Seen, text: str, look: Look, place: Place) -> None:
    """Note what is wrong with how a text looks."""
    if look.struck:
        seen.blame(STRUCK)
    if look.capital and any(map(str.islower, text)):
        seen.blame(CAPITALS)
    if look.colour and alike(look.colour, look.ground or place.ground):
        seen.blame(PALE)
    if look.fit and len(text) * _PRESSED > look.fit:
        seen.blame(SQUEEZED)
    if look.is_brought(text):
        seen.blame(BROUGHT)
    _blame_way(seen, text, look)


def _turned(rows: list[tuple[int, list[Span]]]) -> list[tuple[int, list[Span]]]:
    """The rows of a table whose first column stands at the right, as a person sees them."""
    end = _end(rows)
    return [
        (number, [span._replace(start=end - span.start - span.width) for span in reversed(spans)])
        for number, spans in rows
    ]


def _columns(cell: Any | None) -> int:
    """How many columns of its table's grid a cell takes, by its properties."""
    return max(1, whole(value(cell, "gridSpan") or "", 1))


def _end(rows: list[tuple[int, list[Span]]]) -> int:
    """Where the longest of the rows ends, on the scale of their spans."""
    return max((span.start + span.width for _, spans in rows for span in (spans[:1] + spans[-1:])), default=0)


def _in_row(span: Span, properties: Any | None, is_hidden: bool) -> Span:
    """The cell with what is to be said of its whole row."""
    if properties is not None and any(properties.find(tag) is not None for tag in (W + "ins", W + "del")):
        return span._replace(fault=TRACKED)
    return span._replace(fault=HIDDEN_ROW) if is_hidden else span


def _text(node: Any, seen: Seen) -> str:
    """What an element of a run shows."""
    if node.tag == W + "t":
        # Text of elements within is none of it: Word passes those over that it doesn't know.
        text = "".join([node.text or "", *(child.tail or "" for child in node)])
        if node.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
        return text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    if node.tag in (W + "sym", _SYMEX + "symEx"):
        return _symbol(node, seen, node.tag.removesuffix("symEx").removesuffix("sym"))
    return _SIGNS.get(node.tag, "")


def _width(grid: Grid) -> int:
    return max(map(len, grid.rows), default=0)


def _symbol(node: Any, seen: Seen, space: str) -> str:
    """The character that a sign of a symbol font is; of the font and the sign an attribute tells, each in this namespace."""
    font = str(node.get(space + "font", ""))
    try:
        code = int(node.get(space + "char", ""), 16)
    except ValueError:
        code = 0
    if not 0 <= code <= sys.maxunicode:
        code = 0
    if known := sign(font, code):
        return known
    if (0x20 <= code < 0xD800 or code > 0xFFFF) and not has_signs(font):
        return chr(code)
    seen.blame(
        Flaw(
            Message("the cell holds a sign of the font {font} that is no character", font=font),
            Message("write it in words"),
        )
    )
    return "□"
