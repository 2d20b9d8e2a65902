"""A Word document's tables back to grids: what a person sees in each cell, whoever wrote the file.

The part is read as its markup: python-docx knows neither tracked changes nor fields, hidden text nor
automatic numbers, all of which decide what a cell says.
Source: ECMA-376 part 1, section 17 (WordprocessingML); part 3, section 10 (alternate content).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from target_registry import limits
from target_registry.forms import PALE, STRUCK, TURNED, Flaw, Grid, Unfit, markup
from target_registry.forms.archive import damaged
from target_registry.forms.bounds import ALONE, WITHOUT, Bounds
from target_registry.forms.package import LINKS, WORD, Package, opened
from target_registry.forms.raised import shifted
from target_registry.forms.sign_fonts import SIGNS, has_signs, sign, spelled
from target_registry.forms.spans import Span, laid
from target_registry.forms.word_colours import WHITE, alike, ground
from target_registry.forms.word_fields import Field, fetches, shows_from_afar
from target_registry.forms.word_looks import Look, Looks, Place, is_hidden_row
from target_registry.forms.word_numbering import Numbering
from target_registry.forms.word_pictures import PICTURES, covers, floating, has_words
from target_registry.forms.word_styles import Styles, W, switch, value, whole
from target_registry.model import Message
from target_registry.patterns import lazy

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What Word understands today; a choice that asks for something else it passes over.
# Source: [MS-DOCX], [MS-ODRAWXML], sections 2 of each; ECMA-376.
_OFFICE = lazy(
    r"http://schemas\.openxmlformats\.org/"
    r"|http://schemas\.microsoft\.com/office/word/20[0-2][0-9]/"
    r"(?:wordml(?:/[a-z0-9]{1,20})?|wordprocessing(?:Shape|Group|Canvas|Ink|Drawing))\Z"
    r"|http://schemas\.microsoft\.com/office/drawing/20[0-2][0-9](?:/[0-9]{1,2}/[0-9]{1,2})?/"
    r"(?:main|chart|chartex|chartdrawing|ink|model3d|slicer|diagram|picture|decorative|hyperlinkcolor|compatibility)\Z"
)
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_TRACKED = Flaw(
    Message("the cell has tracked changes that are neither accepted nor rejected"),
    Message("accept or reject all changes, then save the file"),
)
_VANISHED = Flaw(Message("the cell holds hidden text"), Message("show it or delete it"))
_EQUATION = Flaw(Message("the cell holds an equation"), Message("write it as plain text"))
_NESTED = Flaw(Message("the cell holds a table of its own"), Message("write its text without one"))
_PICTURE = Flaw(Message("the cell holds a picture, not a text"), Message("delete the picture and type its text"))
_COVERED = Flaw(Message("a picture can lie over the text of the cell"), Message("delete it, or move it off the table"))
_BOX = Flaw(Message("the cell holds a text box or a picture of words"), Message("write its text into the cell itself"))
_OPEN = Flaw(Message("the cell holds a field that is not closed"), Message("type its text without the field"))
_UNTOLD = Flaw(Message("the cell holds a field whose value can't be told"), Message("write it as plain text"))
_SAYING = lazy("[0-9\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")
"""What is more than how a character is read, above it."""
_ABOVE = Flaw(Message("other signs stand above the text"), Message("write them behind the text, or delete them"))
_NOTE = Flaw(
    Message("the cell has a footnote or an endnote"), Message("write what it says into the cell itself, and delete it")
)
_SQUEEZED = Flaw(
    Message("the text is squeezed or moved so that it can't be read"),
    Message("set its font and its paragraph back to the usual"),
)
_BOUND = Flaw(
    Message("the cell is filled in from elsewhere in the file"), Message("delete the control and type the text")
)
_HIDDEN_ROW = Flaw(Message("the cell stands in a hidden row"), Message("show the row or delete it"))
_FAULTS = (
    _TRACKED, _VANISHED, _HIDDEN_ROW, _NESTED, _EQUATION, _BOUND, _OPEN, _UNTOLD, _BOX, _COVERED, _NOTE, TURNED, PALE,
    _SQUEEZED, STRUCK, _PICTURE,
)  # fmt: skip
"""Of several, the first is told."""

# Elements around others that change nothing about them, and those whose content goes once the change is accepted.
_AROUND = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
) | {_MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"}  # fmt: skip
_ARRIVED = frozenset((W + "ins", W + "moveTo"))
_GONE = frozenset((W + "del", W + "moveFrom"))
_PROPERTIES = W + "rPr"
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
    root = markup.tree(package.main, package.part(package.main))
    body = root.find(W + "body")
    if body is None:
        raise damaged(package.main)
    over: dict[str, None] = {}
    for part in chain((root,), _margins(package)):
        if fetches(part) or shows_from_afar(part):
            raise Unfit(LINKS, WITHOUT)
        if part is not root:
            over |= dict.fromkeys(floating(part))
    alternatives = sum(1 for _ in root.iter(_MC + "Choice"))
    if alternatives * package.part(package.main).count(b"xmlns") > limits.FORM_ALTERNATIVES:
        raise Unfit(Message("the file has too many alternatives and namespaces"), ALONE)
    document = _Document(package)
    document.read(body)
    floats = tuple({**document.floating, **over})
    return [grid._replace(floating=floats) for grid in document.grids if grid is not None]


def _margins(package: Package) -> Iterator[Any]:
    """The heads and feet of the pages, and the notes, which Word fills in as it does the body."""
    for relation in package.relations(package.main).values():
        if relation.kind in ("header", "footer", "footnotes", "endnotes", "comments"):
            yield markup.tree(relation.target, package.part(relation.target))


def _related(package: Package, kind: str) -> Any | None:
    part = package.related(kind)
    return None if part is None else markup.tree(part, package.part(part))


def _chosen(node: Any) -> Iterable[Any]:
    """An element's children; of alternatives the one that Word shows."""
    if node.tag != _MC + "AlternateContent":
        return node  # type: ignore[no-any-return]  # an element is iterable
    return next(([choice] for choice in node if choice.tag == _MC + "Fallback" or _is_understood(choice)), [])


def _is_understood(choice: Any) -> bool:
    """Whether a choice asks only for what Office knows."""
    known = choice.nsmap
    asked = (known.get(prefix) or "" for prefix in choice.get("Requires", "").split())
    return all(_OFFICE.match(uri) for uri in asked)


def _within(node: Any, *tags: str) -> Iterator[Any]:
    """Elements of these tags below one, looking through what only stands around them."""
    for child in _chosen(node):
        if child.tag in tags:
            yield child
        elif (child.tag in _AROUND or child.tag in _ARRIVED) and (W + "tc" in tags or not _is_unfilled(child)):
            yield from _within(child, *tags)


class _Seen:
    """What a cell shows, and what in it can't be taken."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._faults: dict[Flaw, None] = {}
        self._fields: list[Field] = []
        self._coded: list[Field] = []
        """The open fields whose result has not begun: what comes belongs to the code of the last."""
        self._silent = 0

    def blame(self, fault: Flaw) -> None:
        """Note a fault."""
        self._faults[fault] = None
        if self._fields:
            self._fields[-1].shows = True

    def show(self, text: str) -> None:
        """Go on with the text."""
        self.pieces.append(text)
        if text and self._fields:
            self._fields[-1].shows = True

    def code(self, text: str) -> None:
        """Go on with the code of the field that is open."""
        self._coded[-1].add(text)

    def field(self, node: Any) -> None:
        """Follow a field's signs. What was chosen in a form's old drop-downs and boxes stands in the first of them."""
        kind = node.get(W + "fldCharType")
        if kind == "begin":
            self.begin()
            self.show(_choice(node))
        elif self._fields and kind == "separate":
            self.separate()
        elif self._fields and kind == "end":
            self.end()

    def begin(self) -> None:
        """A field begins, with its code."""
        self._fields.append(Field())
        self._coded.append(self._fields[-1])

    def separate(self) -> None:
        """The last field's result begins."""
        field = self._fields[-1]
        if not field.has_result:
            field.has_result = True
            self._coded.pop()  # this field, as all that were opened in it are shut or show their result
            self._silent += field.is_silent

    def end(self) -> None:
        """The last field ends."""
        self.separate()
        field = self._fields.pop()
        self._silent -= field.is_silent
        if self._coded:
            return
        if field.is_untold:
            self.blame(_UNTOLD)
        if field.shows and self._fields:
            self._fields[-1].shows = True

    @property
    def in_code(self) -> bool:
        """Whether what comes is a field's code."""
        return bool(self._coded)

    @property
    def is_silent(self) -> bool:
        """Whether what comes is the result of a field that shows none."""
        return self._silent > 0

    def span(self, start: int, width: int) -> Span:
        """The cell, with the gravest of its faults."""
        if self._coded:
            self.blame(_OPEN)
        elif any(field.is_untold for field in self._fields):
            self.blame(_UNTOLD)
        text = "".join(self.pieces)
        faults = [fault for fault in self._faults if fault is not _PICTURE or not text.strip()]
        known = (fault for fault in _FAULTS if fault in faults)
        return Span(text, start, width, next(known, faults[0] if faults else None))


class _Document:
    """The tables found, with what running through the document has counted up to now."""

    def __init__(self, package: Package) -> None:
        self.grids: list[Grid | None] = []
        self.floating: dict[str, None] = {}
        """What may lie over the tables from outside."""
        self._bounds = Bounds()
        self._around = ""
        """The style of the table that is read."""
        self._ground = WHITE
        """What is behind the table or the cell that is read."""
        self._styles = Styles(_related(package, "styles"))
        self._looks = Looks(self._styles)
        self._numbering = Numbering(_related(package, "numbering"), self._styles)

    def read(self, body: Any) -> None:
        """Read the body from top to bottom."""
        before: list[str] = []
        for block in _within(body, W + "p", W + "tbl"):
            if block.tag == W + "tbl":
                self._table(block, tuple(before))
                before = []
                continue
            self.floating |= dict.fromkeys(floating(block))
            seen = _Seen()
            self._paragraph(block, seen)
            before += filter(None, (line.strip() for line in "".join(seen.pieces).split("\n")))

    def _table(self, table: Any, before: tuple[str, ...] = ()) -> None:
        outer = self._around, self._ground
        about = table.find(W + "tblPr")
        self._around = self._styles.table(about)
        behind = _shade(about) or self._looks.ground(self._around) or self._ground
        slot = len(self.grids)
        self.grids.append(None)
        rows: list[tuple[int, list[Span]]] = []
        above: dict[int, Span] = {}
        """The cells of merged columns as they stand above, by where they start."""
        for number, row in enumerate(_within(table, W + "tr"), 1):
            self._bounds.reach(number, 1)
            spans: list[Span] = []
            merged: dict[int, Span] = {}
            properties = row.find(W + "trPr")
            behind_row = _shade(row.find(W + "tblPrEx")) or behind
            start = whole(value(properties, "gridBefore") or "", 0)
            for cell in _within(row, W + "tc"):
                self._bounds.take(number, 1, "")
                self._ground = _shade(cell.find(W + "tcPr")) or behind_row
                span, merge = self._cell(cell, start, above)
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
        self.grids[slot] = Grid("", slot + 1, laid(rows, self._bounds), before)
        self._around, self._ground = outer

    def _cell(self, cell: Any, start: int, above: dict[int, Span]) -> tuple[Span, str]:
        """A cell, and whether it is merged: with those below, or with the one on its left."""
        properties = cell.find(W + "tcPr")
        width = max(1, whole(value(properties, "gridSpan") or "", 1))
        down = None if properties is None else properties.find(W + "vMerge")
        if down is not None and down.get(W + "val", "continue") == "continue" and start in above:
            return above[start]._replace(width=width, continues=True), "vertical"
        seen = _Seen()
        if properties is not None and any(
            properties.find(W + name) is not None for name in ("cellIns", "cellDel", "cellMerge")
        ):
            seen.blame(_TRACKED)
        self._blocks(cell, seen)
        across = None if properties is None else properties.find(W + "hMerge")
        if across is not None and across.get(W + "val", "continue") == "continue":
            return seen.span(start, width), "horizontal"
        return seen.span(start, width), "vertical" if down is not None else ""

    def _blocks(self, container: Any, seen: _Seen) -> None:
        """The paragraphs of a cell, a line each; its tables after it."""
        first = True
        around = list(_controls_around(container))
        for control in (*around, *container.iter(W + "sdt")):
            properties = control.find(W + "sdtPr")
            if properties is not None and any(_local(node) == "dataBinding" for node in properties):
                seen.blame(_BOUND)
        if any(map(_is_unfilled, around)):
            return
        for block in _within(container, W + "p", W + "tbl"):
            if block.tag == W + "tbl":
                seen.blame(_NESTED)
                self._table(block)
                continue
            if not first:
                seen.pieces.append("\n")
            first = False
            self._paragraph(block, seen)

    def _paragraph(self, paragraph: Any, seen: _Seen) -> None:
        properties = paragraph.find(W + "pPr")
        place = self._looks.paragraph(properties, self._around, self._ground)
        mark = None if properties is None else properties.find(W + "rPr")
        if mark is not None and any(mark.find(tag) is not None for tag in (*_GONE, *_ARRIVED)):
            seen.blame(_TRACKED)
        start = len(seen.pieces)
        seen.pieces.append(self._numbering.label(properties, place.style))
        self._inline(paragraph, seen, place)
        if (place.turned or place.squeezed) and (text := "".join(seen.pieces[start:])).strip():
            _blame_way(seen, text, place)

    def _inline(self, container: Any, seen: _Seen, place: Place) -> None:
        for child in _chosen(container):
            tag = child.tag
            if tag == W + "r":
                self._run(child, seen, place)
            elif tag in _AROUND and not _is_unfilled(child):
                if tag in _TURNING and child.get(W + "val") == "rtl":
                    seen.blame(TURNED)
                if tag == W + "fldSimple":
                    self._field(child, seen, place)
                else:
                    self._inline(child, seen, place)
            elif tag in _ARRIVED:
                seen.blame(_TRACKED)
                self._inline(child, seen, place)
            elif tag in _GONE:
                seen.blame(_TRACKED)
            elif tag in (_MATH + "oMath", _MATH + "oMathPara"):
                seen.blame(_EQUATION)
                seen.show("".join(text.text or "" for text in child.iter(_MATH + "t")))

    def _field(self, field: Any, seen: _Seen, place: Place) -> None:
        """A field that is written as one element, its result within."""
        seen.begin()
        seen.code(field.get(W + "instr", ""))
        seen.separate()
        self._inline(field, seen, place)
        seen.end()

    def _run(self, run: Any, seen: _Seen, place: Place, look: Look | None = None) -> None:
        """A run, or a part of one that looks like it."""
        if look is None:
            look = self._looks.run(run.find(W + "rPr"), place.style, self._around)
        for child in _chosen(run):
            tag = child.tag
            if tag == _PROPERTIES:
                continue
            if tag == W + "fldChar":
                seen.field(child)
            elif tag in (_MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"):
                self._run(child, seen, place, look)
            elif tag == W + "ruby":
                if any(_SAYING.search(part.text or "") for part in child.iterfind(f"{W}rt//{W}t")):
                    seen.blame(_ABOVE)
                self._inline(child, seen, place)
            elif tag in PICTURES:
                seen.blame(_BOX if has_words(child) else _COVERED if covers(child) else _PICTURE)
            elif tag in _NOTES:
                seen.blame(_NOTE)
            elif tag in _SELF_FILLED:
                seen.blame(_UNTOLD)
            elif seen.in_code:
                if tag in _CODE:
                    seen.code(child.text or "")
            elif text := _text(child, seen):
                if look.vanishes or seen.is_silent:
                    if text.strip():
                        seen.blame(_VANISHED)
                    continue
                if look.font and tag == W + "t":
                    text = spelled(text, look.font, lambda: seen.blame(SIGNS))
                if text.strip():
                    _blame_look(seen, text, look, place)
                seen.show(shifted(text, look.shift))


def _shade(properties: Any | None) -> str:
    """The colour that a table or a cell is shaded with; empty where it is with none."""
    shading = None if properties is None else properties.find(W + "shd")
    return "" if shading is None else ground(shading)


def _blame_way(seen: _Seen, text: str, way: Look | Place) -> None:
    """Note that a text runs or stands as nobody reads it."""
    if way.squeezed:
        seen.blame(_SQUEEZED)
    if way.turned and any(map(str.isalnum, text)):
        seen.blame(TURNED)


def _blame_look(seen: _Seen, text: str, look: Look, place: Place) -> None:
    """Note what is wrong with how a text looks."""
    if look.struck:
        seen.blame(STRUCK)
    if look.colour and alike(look.colour, look.ground or place.ground):
        seen.blame(PALE)
    _blame_way(seen, text, look)


def _local(node: Any) -> str:
    """An element's name without its namespace; nothing for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _controls_around(cell: Any) -> Iterator[Any]:
    """The content controls that hold the whole cell."""
    for around in cell.iterancestors():
        if around.tag == W + "tr":
            return
        if around.tag == W + "sdt":
            yield around


def _is_unfilled(node: Any) -> bool:
    """Whether an element is a content control that shows only its prompt, which is no text of anybody."""
    return node.tag == W + "sdt" and bool(switch(node.find(W + "sdtPr"), "showingPlcHdr"))


def _in_row(span: Span, properties: Any | None, is_hidden: bool) -> Span:
    """The cell with what is to be said of its whole row."""
    if properties is not None and any(properties.find(tag) is not None for tag in (W + "ins", W + "del")):
        return span._replace(fault=_TRACKED)
    return span._replace(fault=_HIDDEN_ROW) if is_hidden else span


def _choice(begin: Any) -> str:
    """What is chosen in one of Word's old form fields; empty for other fields, whose result is a text."""
    if not len(begin):
        return ""
    if (options := begin.find(f"{W}ffData/{W}ddList")) is not None:
        entries = [entry.get(W + "val", "") for entry in options.iterfind(W + "listEntry")]
        chosen = whole(value(options, "result") or value(options, "default") or "", 0)
        return entries[chosen] if chosen < len(entries) else ""
    if (box := begin.find(f"{W}ffData/{W}checkBox")) is not None:
        ticked = switch(box, "checked")
        return "☑" if (switch(box, "default") if ticked is None else ticked) else "□"
    return ""


def _text(node: Any, seen: _Seen) -> str:
    """What an element of a run shows."""
    if node.tag == W + "t":
        text = "".join(node.itertext())
        if node.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
        return text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    if node.tag == W + "sym":
        return _symbol(node, seen)
    return _SIGNS.get(node.tag, "")


def _symbol(node: Any, seen: _Seen) -> str:
    """The character that a sign of a symbol font is."""
    font = str(node.get(W + "font", ""))
    try:
        code = int(node.get(W + "char", ""), 16)
    except ValueError:
        code = 0
    if not 0 <= code <= sys.maxunicode:
        code = 0
    if known := sign(font, code):
        return known
    if 0x20 <= code < 0xD800 and not has_signs(font):
        return chr(code)
    seen.blame(
        Flaw(
            Message("the cell holds a sign of the font {font} that is no character", font=font),
            Message("write it in words"),
        )
    )
    return "□"
