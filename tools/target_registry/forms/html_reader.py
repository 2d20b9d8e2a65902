"""Tables of a web page back to grids: one that the registry wrote, or that Word, Excel or a browser saved.

The page is streamed through libxml2's forgiving parser, which takes time in proportion to its
length whatever its tags are; nothing it names is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import NamedTuple

from lxml import etree

from target_registry import limits
from target_registry.forms import BOXED, NESTED, PALE, STRUCK, TURNED, VANISHED, Flaw, Grid, Unfit
from target_registry.forms.bounds import ALONE, UNTRUSTED, WITHOUT, Bounds
from target_registry.forms.colours import is_dark, is_white
from target_registry.forms.declarations import FAINTEST, SMALLEST, Effect, Share, Told
from target_registry.forms.encodings import decoded
from target_registry.forms.left_open import Element, Nesting, parted, signed
from target_registry.forms.markup import endless, is_endless, overmarked
from target_registry.forms.paints import BARE, BY_NIGHT, Paints, is_lost, is_untold, painted
from target_registry.forms.raised import shifted
from target_registry.forms.sign_fonts import SIGNS, has_signs
from target_registry.forms.spans import Span, laid
from target_registry.forms.style_sheets import Sheets, effects, looks_elsewhere
from target_registry.model import Message
from target_registry.patterns import lazy

_SILENT = frozenset((
    "script", "style", "head", "title", "template", "noscript", "textarea", "select", "rp", "datalist", "audio",
    "noframes", "noembed",
))  # fmt: skip
_BLOCKS = frozenset(("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "ul", "ol", "table", "tr"))
_STRUCK = frozenset(("del", "s", "strike"))
_SHIFTS = {"sup": Effect.RAISED, "sub": Effect.LOWERED}
_CLOSED = frozenset(("dialog", "details"))
"""Elements that show what is in them where they are open."""
_FILLED_IN = frozenset(
    (
        "textarea",
        "select",
        "input",
        "img",
        "object",
        "embed",
        "iframe",
        "svg",
        "canvas",
        "math",
        "video",
        "progress",
        "meter",
    )
)
"""Elements that show what is no text of the page."""
_MOVED = Flaw(Message("the text may be shown in another place than its own"), Message("take its position off"))
_ADDED = Flaw(Message("the page adds signs or text of its own to the cell's"), Message("write all of it as plain text"))
_UNTOLD = Flaw(
    Message("the text's colour can't be told from the page: a variable holds it"),
    Message("give the text a colour by its name, or copy the table into a new file"),
)
_FETCHED = ("src", "href", "xlink:href")
"""Attributes by which a script stands in another file."""
_PICTURED = ("alt", "src", "srcset")
"""Attributes by which a picture shows something."""
_COMMENT = "comment"
"""The element in which LibreOffice writes a cell's comment; browsers know none of that name, and do as styles say."""
_MARKED = frozenset(("q", "ol", "ruby", "rt"))
"""Elements that browsers set signs before, or above: quotation marks, numbers, readings."""
_SECTIONS = frozenset(("thead", "tbody", "tfoot"))
"""Parts of a table, at whose end every cell ends that reaches down."""
_INKS = {"font": "color", "body": "text"}
"""By which attribute an element gives its text a colour."""
_USUAL = 16.0
"""Pixels of letters where nothing is said of them."""
_SIZES = {"small": 0.83, "big": 1.2}
"""How elements change that by themselves."""
_LAID = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "col", "colgroup"))
"""Elements that take as much room as their text needs, whatever they say."""
_PARTS = _SECTIONS | {"table"}
_SHALLOW = frozenset((Effect.CUT, Effect.SHORT))
_NUMBERED = frozenset(("ul", "li"))
_FOLLOWED = "x:num"
"""The attribute by which Excel knows a cell's number, whatever its text says."""
_SHOWN_NUMBER = lazy(r"[-+]?[0-9,]*\.?[0-9]+%?")
_NO_WIDTH = lazy(r"\s*0*\.?0*(?:px|%)?\s*\Z")
_MOST_STYLES = 15_000
"""Different styles of elements; 2,000 targets as Word saves them have some 4,000."""
_LINK = "#0000ee"
"""The colour of a link where nothing gives it one. Source: WHATWG HTML, section 15.3.4."""
_MARKER = "mark", "black", "yellow"
"""The element that is marked as by a pen, its text's colour, and that of what is behind it."""
_NIGHT = lazy(rb"<meta\b(?=[^<>]*color-scheme)[^<>]*content\s*=\s*[\"']?([^\"'<>]*)", re.IGNORECASE)
_COLUMNS = frozenset(("col", "colgroup"))
_UNSHOWN = frozenset(("iframe", "object", "video", "canvas", "svg", "math", "progress", "meter"))
"""Elements in whose place browsers show something other than their text and tables."""
_MEANING = frozenset(
    (_MARKER[0], "marquee", "small", "big", *_SILENT, *_STRUCK, *_SHIFTS, *_CLOSED, *_MARKED, *_UNSHOWN)
)
"""Elements that do something to the text in them by what they are."""
_NUMBER = lazy(r"\s*\+?([0-9]{1,6})")
_WIDEST = 1_000
_TALLEST = 65_534
"""The most columns and rows of one cell. Source: WHATWG HTML, section 4.9.11."""

_BREAK, _BLOCK = "\x00", "\x01"
_BLANKS = lazy(rf"[ \t\n{_BREAK}{_BLOCK}]+")
_WIDE = lazy(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_PIECE = 1 << 15
_ENTITIES = lazy(rb"<!entity\b|<!doctype[^<>]{0,1000}\[", re.IGNORECASE)
_SHIFT = b"\x1b"
_BY_HAND = Message("open it in a browser, and copy its table into a new file")
_TABLE_END = lazy(rb"</table\b", re.IGNORECASE)


def read(raw: bytes) -> list[Grid]:
    """Every table; one inside another stands after it, and a fault in the outer one's cell says so.

    Raises:
        Unfit: the file is no text, too large, cut off within a table, or declares entities.
    """
    data = decoded(raw).encode("utf-8", "replace")
    if _SHIFT in data:
        # In one encoding of Japanese, which a page may name, it makes other signs, and ends of remarks, of what follows.
        raise Unfit(Message("the file holds escape characters, which no web page has"), _BY_HAND)
    if data.count(b"<") > limits.HTML_MARKS:
        raise overmarked(limits.HTML_MARKS)
    if is_endless(data):
        raise endless()
    if _ENTITIES.search(data):
        raise Unfit(Message("the file declares entities of its own, which no web page does"), UNTRUSTED)
    page = _Page(
        Sheets(data), is_night=any(b"light" not in said and b"dark" in said for said in _NIGHT.findall(data.lower()))
    )
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=False, no_network=True)
    try:
        # The parser heeds a refusal only once it has taken all that it was given.
        fed = signed(data)
        for start in range(0, len(fed), _PIECE):
            parser.feed(fed[start : start + _PIECE])
        parser.close()
    except (etree.LxmlError, AssertionError) as broken:
        raise Unfit(Message("the file can't be read as a web page"), _BY_HAND) from broken
    if page.tables > len(_TABLE_END.findall(data)):
        # The parser ends what is left open, and rows would be missing without a word.
        raise Unfit(
            Message("the file ends within a table: it isn't whole"),
            Message("open the page again where it came from, and save it anew"),
        )
    return [grid for grid in page.grids if grid is not None]


class _Text:
    """The text of a cell, or between tables, while it is read."""

    def __init__(self, width: int = 1, height: int = 1) -> None:
        self.pieces: list[str] = []
        self.width = width
        self.height = height
        self.fault: Flaw | None = None
        self.number = ""
        """What Excel shows instead of the text, as a number."""
        self.is_narrow = False
        """Whether its column has no width."""
        self.has_text = False

    def shown(self) -> str:
        """What it shows: lines of the page's source are wrapped anew, its own breaks stay."""
        return _BLANKS.sub(_blank, "".join(self.pieces))


def _blank(found: re.Match[str]) -> str:
    """What a run of blanks shows: a line break of the source is a blank, or nothing between Chinese characters."""
    run, text = found[0], found.string
    edge = found.start() == 0 or found.end() == len(text)
    if _BREAK in run:
        first, *_, last = run.split(_BREAK)
        return first * (not first.strip(" ")) + "\n" * run.count(_BREAK) + last * (not last.strip(" "))
    if _BLOCK in run:
        return "" if edge else "\n"
    if "\n" not in run and "\t" not in run:
        return run
    return "" if edge or (_WIDE.match(text[found.start() - 1]) and _WIDE.match(text[found.end()])) else " "


class _Around(NamedTuple):
    """What the elements that are open do to the text in them.

    Attributes:
        silent: whether it is no text of the page.
        hidden: whether it isn't shown.
        fault: what is wrong with it otherwise.
        shift: how it is raised or lowered.
        white: whether its colour is white.
        backed: whether what is behind it isn't white, or may not be.
        light: whether it may have another colour than a dark one, as it has by itself.
        dark: whether what is behind it is nearly black.
        paints: the colours that it may have with what is behind it.
        floats: which element, counted from 1, may be shown with it over what stands around that; 0 for none.
        is_tight: whether an element in the same cell has less room than it takes.
        is_cut: whether one in the same cell shows no more of it than it has room for.
        is_shallow: whether one in the same cell shows no more than a line or two.
        opacity: how much of what is behind it it covers.
        size: pixels of its letters.
    """

    silent: bool = False
    hidden: bool = False
    fault: Flaw | None = None
    shift: str = ""
    white: bool = False
    backed: bool = False
    light: bool = False
    dark: bool = False
    paints: Paints = BARE
    floats: int = 0
    is_tight: bool = False
    is_cut: bool = False
    is_shallow: bool = False
    opacity: float = 1
    size: float = _USUAL

    @property
    def told(self) -> Flaw | None:
        """What is said of text that stands here."""
        if self.hidden:
            return VANISHED
        is_pale = (self.white and not self.backed) or (self.dark and not self.light) or is_lost(self.paints)
        return self.fault or (PALE if is_pale else _UNTOLD if is_untold(self.paints) else None)


class _Table:
    """A table while it is read.

    Args:
        slot: which of the page's it is, counted from 0.
        before: what stands before it.
    """

    def __init__(self, slot: int, before: _Text) -> None:
        self.slot = slot
        self.before = before
        """Text before the table, its caption, and text in it outside of cells, which browsers show above it."""
        self.rows: list[tuple[int, list[Span]]] = []
        self.below: list[tuple[Span, int]] = []
        """Cells that reach down, each with how many rows more."""
        self.cell: _Text | None = None
        self._columns = 0
        """Columns that were named up to now."""
        self._group: tuple[int, bool] | None = None
        """How wide an open group of columns says that it is, and whether it is hidden."""
        self.is_fixed = False
        """Whether its first row says how wide its columns are."""
        self._unshown: set[int] = set()
        """Those of them that aren't shown."""
        self._free = 1, 0
        """The first place of the row that may be free, and how many of its cells stand before it."""

    def begin_columns(self, width: int, hidden: bool) -> None:
        """Begin a group of columns, which is as wide as it says where it names none of them."""
        self._group = width, hidden

    def end_columns(self) -> None:
        """End a group of columns."""
        if self._group:
            self.name_columns(*self._group)

    def name_columns(self, width: int, hidden: bool) -> None:
        """Take columns that are named before the rows."""
        self._group = None
        if hidden and self._columns < limits.FORM_COLUMNS:
            self._unshown.update(range(self._columns + 1, self._columns + width + 1))
        self._columns += width

    def begin_row(self, bounds: Bounds) -> None:
        """Start a row with the cells that reach into it from above."""
        number = len(self.rows) + 1
        bounds.reach(number, 1)
        for place, (span, _) in enumerate(self.below, 1):
            bounds.take(number, place, span.text)
        self.rows.append((number, [span._replace(continues=True) for span, _ in self.below]))
        self._free = 1, 0
        self.below = [(span, left - 1) for span, left in self.below if left > 1]

    def end_section(self) -> None:
        """End a part of the table: browsers let no cell reach beyond it."""
        self.below.clear()

    def end_cell(self, bounds: Bounds) -> None:
        """Give the cell the first free place of its row."""
        if (cell := self.cell) is None:
            return
        self.cell = None
        number, row = self.rows[-1]
        start, index = self._free
        while index < len(row) and start == row[index].start:
            start, index = start + row[index].width, index + 1
        bounds.reach(number, len(row) + 1)
        room = row[index].start - start if index < len(row) else cell.width
        text, width, fault = cell.shown(), min(cell.width, room), cell.fault
        if cell.is_narrow:
            self._unshown.update(range(start, start + width))
        if cell.number and fault is None and _differs(text.strip(), cell.number):
            fault = Flaw(
                Message("Excel shows another number here than a browser: {text}", text=cell.number),
                Message("open the page in Excel, and save it as a workbook"),
            )
        if self._unshown and text.strip() and not self._unshown.isdisjoint(range(start, start + width)):
            fault = VANISHED
        placed = Span(text, start, width, fault)
        row.insert(index, placed)
        self._free = start + placed.width, index + 1
        if cell.height > 1:
            self.below.append((placed, cell.height - 1))
            self.below.sort(key=lambda entry: entry[0].start)


class _Page:
    """What the parser tells, put together.

    Args:
        sheets: the page's.
        is_night: whether it says that it is dark by itself.
    """

    def __init__(self, sheets: Sheets, *, is_night: bool = False) -> None:
        self._sheets = sheets
        self._styles: dict[str, frozenset[Told]] = {}
        self._link = _LINK
        """The colour of its links."""
        self.grids: list[Grid | None] = []
        self._floats = count(1)
        self._floating: dict[str, int] = {}
        """What stands outside of cells and may be shown over them, and in which element that floats."""
        self._floats_with: list[int] = []
        """In which element that floats each table stands."""
        self._bounds = Bounds()
        self._tables: list[_Table] = []
        self._outside = _Text()
        is_night = is_night or sheets.is_night
        self._nesting = Nesting(_Around(paints=BY_NIGHT if is_night else BARE), self._inside)
        self._runs = False
        """Whether text is a script's that a browser runs."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._runs = tag == "script" and _is_run(attributes.get("type", ""))
        if _changes(tag, attributes) or (self._runs and any(name in attributes for name in _FETCHED)):
            raise _unsettled()
        if tag in _OF_PAGES:
            _heed(tag, attributes)
        if tag == "body":
            self._link = _linking(attributes)
        own = self._style(attributes)
        ruled = self._sheets.of(tag, attributes)
        style = own | ruled if ruled else own
        table = self._tables[-1] if self._tables else None
        shows = any(map(attributes.get, _PICTURED)) if tag == "img" else attributes.get("type") != "hidden"
        if table and table.cell and not self._nesting.here.silent and tag in _FILLED_IN and shows:
            table.cell.fault = BOXED
        self._nesting.enter(Element(tag, attributes, style, own))
        here = self._nesting.here
        if not (table and table.cell) and ((tag in _FILLED_IN and shows) or style & _BACKING):
            self._float(style)
        if here.silent:
            return
        if table and table.cell and here.is_shallow and (tag == "br" or tag in _BLOCKS) and table.cell.has_text:
            table.cell.fault = VANISHED  # the lines below may be cut off
        if tag in _BLOCKS:
            self._text.pieces.append(_BLOCK)
        if tag == "table":
            if table and table.cell:
                table.cell.fault = NESTED
            before, self._outside = (_Text(), self._outside) if self._tables else (self._outside, _Text())
            self._tables.append(_Table(len(self.grids), before))
            self._tables[-1].is_fixed = Effect.FIXED in style
            self.grids.append(None)
            self._floats_with.append(here.floats)
        elif tag == "br":
            self._text.pieces.append(_BREAK)
        elif table and tag in _COLUMNS:
            name = table.name_columns if tag == "col" else table.begin_columns
            name(_number(attributes.get("span"), _WIDEST), here.hidden or _is_narrow(attributes, style))
        elif table and tag in _SECTIONS:
            table.end_cell(self._bounds)
            table.end_section()
        elif table and tag == "tr":
            table.end_cell(self._bounds)
            table.begin_row(self._bounds)
        elif table and tag in ("td", "th"):
            self._begin_cell(table, attributes, style)
        if table and table.cell and style:
            table.cell.fault = _draws(tag, style) or table.cell.fault

    def _begin_cell(self, table: _Table, attributes: Mapping[str, str], style: frozenset[Told]) -> None:
        table.end_cell(self._bounds)
        if not table.rows:
            table.begin_row(self._bounds)
        table.cell = cell = _Text(
            _number(attributes.get("colspan"), _WIDEST), _number(attributes.get("rowspan"), _TALLEST)
        )
        cell.number = attributes.get(_FOLLOWED, "")
        cell.is_narrow = table.is_fixed and len(table.rows) == 1 and _is_narrow(attributes, style)
        if self._nesting.here.hidden and not self._nesting.around.hidden:
            # Even without text: the cells after it may be shown further to the left.
            cell.fault = VANISHED

    def end(self, tag: str) -> None:
        """An element ends; the parser ends those too that the page left open."""
        self._runs = False
        if self._nesting.leave(tag).silent:
            return
        if self._tables and tag in ("td", "th", "tr", "table"):
            self._tables[-1].end_cell(self._bounds)
        if self._tables and tag in _SECTIONS:
            self._tables[-1].end_cell(self._bounds)
            self._tables[-1].end_section()
        if self._tables and tag == "colgroup":
            self._tables[-1].end_columns()
        if self._tables and tag == "table":
            self._end_table()
        if tag in _BLOCKS:
            self._text.pieces.append(_BLOCK)

    def data(self, text: str) -> None:
        """Text; the parser may give it in pieces."""
        if text.isascii():
            self._take(text)
            return
        for piece, ends in parted(text):
            if piece:
                self._take(piece)
            if ends and not self._nesting.here.silent:
                self._nesting.sign(ends)

    def _take(self, text: str) -> None:
        if self._runs and text.strip():
            raise _unsettled()
        if self._nesting.here.silent:
            return
        self._nesting.reopen()
        around = self._nesting.here
        cell = self._tables[-1].cell if self._tables else None
        if cell and text.strip():
            cell.fault = around.told or cell.fault
            cell.has_text = True
        if around.floats and not cell and not around.hidden and text.strip():
            self._floating.setdefault(" ".join(text.split()), around.floats)
        if not around.hidden:
            self._text.pieces.append(shifted(text.replace(_BREAK, "").replace(_BLOCK, ""), around.shift))

    def close(self) -> None:
        """The page ends."""
        while self._tables:
            self._tables[-1].end_cell(self._bounds)
            self._end_table()
        for slot, grid in enumerate(self.grids):
            if grid is not None:
                # What floats together with the table stays beside it.
                over = tuple(words for words, place in self._floating.items() if place != self._floats_with[slot])
                self.grids[slot] = grid._replace(floating=over)

    def _style(self, attributes: Mapping[str, str]) -> frozenset[Told]:
        """What an element's own style does; most elements of a page have one of a few."""
        style = attributes.get("style")
        if not style:
            return frozenset()
        if style not in self._styles:
            if len(self._styles) >= _MOST_STYLES:
                raise Unfit(Message("the page has more than {limit} different styles", limit=_MOST_STYLES), ALONE)
            self._styles[style] = effects(style)
        return self._styles[style]

    @property
    def tables(self) -> int:
        """How many tables began."""
        return len(self.grids)

    @property
    def _text(self) -> _Text:
        """Where text goes: into the open cell, else to what stands before the table."""
        if not self._tables:
            return self._outside
        table = self._tables[-1]
        return table.cell or table.before

    def _end_table(self) -> None:
        table = self._tables.pop()
        before = tuple(filter(None, map(str.strip, table.before.shown().split("\n"))))
        self.grids[table.slot] = Grid("", table.slot + 1, laid(table.rows, self._bounds), before)

    def _inside(self, around: _Around, element: Element) -> _Around:
        """What is done to text in an element.

        Args:
            around: what is done to it outside of the element.
            element: the element.
        """
        tag, attributes, style, own = element
        if not attributes and not style and tag not in _MEANING:
            return around
        ink, ground = self._attributed(tag, attributes)
        paints = painted(around.paints, ink, ground, style, own, sure=tag != "a")
        opacity, size = around.opacity, around.size * _SIZES.get(tag, 1)
        if shares := [one for one in style if isinstance(one, Share)]:
            opacity *= _least(shares, "opacity", 1)
            size = _least(shares, "pixels", around.size) * _least(shares, "size", 1)
        is_cell, is_laid = tag in ("td", "th"), _is_laid(tag, style)
        shift = next((effect for effect in (Effect.RAISED, Effect.LOWERED) if effect in style), _SHIFTS.get(tag))
        return _Around(
            around.silent or tag in _SILENT or (tag == _COMMENT and not attributes and self._sheets.drops_comments),
            around.hidden or _hides(tag, attributes, style, around) or opacity < FAINTEST or size < SMALLEST,
            self._fault(tag, attributes, style, own) or around.fault,
            shift.value if shift else around.shift,
            _is_white(ink, style, own, around),
            _is_backed(ground, attributes, style, own, around),
            _is_light(ink, style, around),
            _is_dark(ground, style, own, around),
            paints,
            next(self._floats) if Effect.FLOATING in style or tag == _LAID_OVER else around.floats,
            (around.is_tight and not is_cell) or (not is_laid and not _TIGHT.isdisjoint(style)),
            (around.is_cut and not is_cell) or (not is_laid and Effect.CUT in style),
            (around.is_shallow and not is_cell) or (not is_laid and style >= _SHALLOW),
            opacity,
            size,
        )

    def _attributed(self, tag: str, attributes: Mapping[str, str]) -> tuple[str, str]:
        """The colours that an element has by itself or by its attributes; empty where it has none."""
        if tag == _MARKER[0]:
            return _MARKER[1:]
        ground = attributes.get("bgcolor", "").strip().lower()
        if tag == "a":
            return (self._link if "href" in attributes else ""), ground
        return attributes.get(_INKS.get(tag, ""), "").strip().lower(), ground

    def _float(self, style: frozenset[Told]) -> None:
        """Note a picture, or what has a colour, if it may be shown over a table."""
        around = self._nesting.around  # what such an element does to text in itself is another matter
        if not (around.silent or around.hidden or Effect.HIDDEN in style) and self._nesting.here.floats:
            self._floating.setdefault("", self._nesting.here.floats)

    def _is_in_cell(self, tag: str) -> bool:
        """Whether an element is a cell, or within one."""
        return tag in ("td", "th") or bool(self._tables and self._tables[-1].cell)

    def _fault(
        self, tag: str, attributes: Mapping[str, str], style: frozenset[Told], own: frozenset[Told]
    ) -> Flaw | None:
        """What is wrong with text in an element."""
        if self._tables and (Effect.ADDED in style or tag in _MARKED):
            return _ADDED
        if tag == _MOVING or (self._tables and (Effect.MOVED in style or tag == _LAID_OVER)):
            return _MOVED
        if tag in _NUMBERED and attributes.get("type", "").strip().lower() in _COUNTING:
            return _ADDED
        if (Effect.PICTURED in own or "background" in attributes) and self._is_in_cell(tag):
            return BOXED
        if Effect.TURNED in style or _is_turned(attributes):
            return TURNED
        if Effect.UNTOLD in style:
            return _UNTOLD
        if Effect.SIGNS in style or has_signs(attributes.get("face", "").partition(",")[0]):
            return SIGNS
        return STRUCK if tag in _STRUCK or Effect.STRUCK in style else None


def _linking(attributes: Mapping[str, str]) -> str:
    """The colour that the page gives its links, or those that were visited: white, where either has that."""
    given = [attributes.get(name, "").strip().lower() for name in ("link", "vlink")]
    return next(filter(is_white, given), given[0] or _LINK)


_OF_PAGES = frozenset(("link", "frameset"))


def _heed(tag: str, attributes: Mapping[str, str]) -> None:
    """Judge an element that says where more of the page stands.

    Raises:
        Unfit: what a browser shows stands there.
    """
    if tag == "frameset":
        raise Unfit(
            Message("the page shows other pages in frames"),
            Message("open the frame that has the table by itself, and save that"),
        )
    if _is_style_sheet(attributes):
        raise looks_elsewhere()


def _is_style_sheet(attributes: Mapping[str, str]) -> bool:
    kinds = attributes.get("rel", "").lower().split()
    return "stylesheet" in kinds and "alternate" not in kinds and bool(attributes.get("href", "").strip())


def _hides(tag: str, attributes: Mapping[str, str], style: frozenset[Told], around: _Around) -> bool:
    """Whether an element isn't shown."""
    if Effect.HIDDEN in style or (Effect.COLUMN in style and tag not in _COLUMNS):
        return True
    is_laid = _is_laid(tag, style)
    if Effect.CUT in style and not (_FLAT if is_laid else _TIGHT).isdisjoint(style):
        return True
    if tag in _PARTS and not is_laid and style >= _SHALLOW:
        return True  # several rows in the room of one
    if not is_laid and ((around.is_tight and Effect.CUT in style) or (around.is_cut and Effect.FLAT in style)):
        return True
    if tag in _UNSHOWN or "hidden" in attributes or "popover" in attributes:
        return True
    return tag in _CLOSED and "open" not in attributes


def _is_laid(tag: str, style: frozenset[Told]) -> bool:
    """Whether an element takes as much room as its text needs, whatever it says."""
    return tag in _LAID and Effect.UNLAID not in style


def _is_white(ink: str, style: frozenset[Told], own: frozenset[Told], around: _Around) -> bool:
    """Whether text in an element may be white.

    Args:
        ink: the colour that the element has by itself or by an attribute.
        style: what all styles may do to it.
        own: what its own style does, which no other undoes.
        around: what the elements around it do.
    """
    if Effect.WHITE in style:
        return True
    if Effect.INKED in own:
        return False
    if ink == _LINK:
        return around.white  # a style may give a link the colour of the text around it
    return is_white(ink) if ink else around.white


def _is_backed(
    ground: str, attributes: Mapping[str, str], style: frozenset[Told], own: frozenset[Told], around: _Around
) -> bool:
    """Whether what is behind text in an element may be another colour than white, or a picture.

    Args:
        ground: the colour behind it that the element has by itself or by an attribute.
        attributes: its attributes.
        style: what all styles may do to it.
        own: what its own style does, which no other undoes.
        around: what the elements around it do.
    """
    if not _COVERING.isdisjoint(style) or "background" in attributes:
        return True
    if Effect.BLANK in own:
        return False
    return not is_white(ground) if ground else around.backed


def _is_light(ink: str, style: frozenset[Told], around: _Around) -> bool:
    """Whether text in an element may have another colour than a dark one; arguments as of :func:`_is_white`."""
    if Effect.WHITE in style or (Effect.INKED in style and Effect.DIM not in style):
        return True
    if Effect.DIM in style:
        return False
    return not is_dark(ink) if ink and ink != _LINK else around.light


def _is_dark(ground: str, style: frozenset[Told], own: frozenset[Told], around: _Around) -> bool:
    """Whether what is behind text in an element may be nearly black; arguments as of :func:`_is_backed`."""
    if Effect.DARK in style:
        return Effect.DARK in own or not (Effect.BLANK in own or Effect.BACKED in own)
    if not _BACKING.isdisjoint(style):
        return False
    return is_dark(ground) if ground else around.dark


def _least(shares: Sequence[Share], of: str, usual: float) -> float:
    """The least that styles take of something, or what is usual."""
    return min((share.much for share in shares if share.of == of), default=usual)


def _is_narrow(attributes: Mapping[str, str], style: frozenset[Told]) -> bool:
    """Whether a column has no width."""
    width = attributes.get("width", "").strip()
    return Effect.NARROW in style or bool(width and _NO_WIDTH.match(width))


def _draws(tag: str, style: frozenset[Told]) -> Flaw | None:
    """What is wrong with a cell in which an element draws something over its text, or adds to it, even without own text."""
    if Effect.ADDED in style:
        return _ADDED
    if Effect.SHIFTED not in style or tag in _LAID:
        return None
    return STRUCK if tag == "hr" else None if _BACKING.isdisjoint(style) else _MOVED


def _differs(text: str, number: str) -> bool:
    """Whether a text is a number, and another one than Excel has, however many figures of that it shows."""
    if not _SHOWN_NUMBER.fullmatch(text):
        return False
    try:
        meant = float(number)
    except ValueError:
        return False
    whole = 100 if text.endswith("%") else 1
    bare = text.rstrip("%").replace(",", "")
    shown = float(bare) / whole
    return not abs(shown - meant) <= 0.51 / (whole * 10 ** len(bare.partition(".")[2]))


_FLAT = frozenset((Effect.FLAT, Effect.NARROW))
_TIGHT = _FLAT | {Effect.TIGHT}
_COUNTING = frozenset(("1", "a", "i"))
"""By which an entry of a list has a number, or a letter."""
_MOVING = "marquee"
_LAID_OVER = "dialog"
"""The element that is shown over the page where it is open."""
_COVERING = frozenset((Effect.BACKED, Effect.PICTURED))
_BACKING = _COVERING | {Effect.BLANK}


def _is_run(kind: str) -> bool:
    """Whether browsers run a script of a kind: all others are data."""
    kind = kind.strip().lower()
    return not kind or kind == "module" or "script" in kind


def _changes(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element may change what stands elsewhere in the page, or lead to another page."""
    for name in attributes:
        if name.startswith("on"):
            return True
    if tag == "iframe":
        # What stands in the attribute may have a script, which reaches the page around.
        return "srcdoc" in attributes or attributes.get("src", "").strip().lower().startswith("javascript:")
    if tag == "meta":
        return attributes.get("http-equiv", "").strip().lower() == "refresh"
    # What its parent has is shown no more.
    return tag == "template" and "shadowrootmode" in attributes


def _unsettled() -> Unfit:
    return Unfit(Message("the page may change what it shows, by a script for instance"), WITHOUT)


def _is_turned(attributes: Mapping[str, str]) -> bool:
    return attributes.get("dir", "").strip().lower() == "rtl"


def _number(text: str | None, most: int) -> int:
    """How far a cell spans: 0 is to the end."""
    found = _NUMBER.match(text or "1")
    return min(int(found[1]) or most, most) if found else 1
