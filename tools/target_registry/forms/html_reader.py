"""Tables of a web page back to grids: one that the registry wrote, or that Word, Excel or a browser saved.

The page is streamed through libxml2's forgiving parser, which takes time in proportion to its
length whatever its tags are; nothing it names is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from target_registry import limits
from target_registry.forms import BOXED, NESTED, VANISHED, Grid, Unfit
from target_registry.forms.bounds import ALONE, UNTRUSTED, WITHOUT, Bounds
from target_registry.forms.declarations import Effect, Told
from target_registry.forms.encodings import decoded
from target_registry.forms.html_around import BACKING, Around, Elements, draws, linking
from target_registry.forms.html_tables import BLOCK, BREAK, COLUMNS, SECTIONS, Table, Text
from target_registry.forms.left_open import PARTS_OF_TABLES, Element, Nesting, parted, signed
from target_registry.forms.markup import endless, is_endless, overmarked
from target_registry.forms.paints import BARE, BY_NIGHT
from target_registry.forms.raised import shifted
from target_registry.forms.spans import laid
from target_registry.forms.style_sheets import Sheets, effects, looks_elsewhere
from target_registry.model import Message
from target_registry.patterns import lazy

_BLOCKS = frozenset(("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "ul", "ol", "table", "tr"))
_FILLED_IN = frozenset(
    (
        "textarea",
        "select",
        "input",
        "img",
        "object",
        "embed",
        "svg",
        "canvas",
        "math",
        "video",
        "progress",
        "meter",
    )
)
"""Elements that show what is no text of the page."""
_INERT = frozenset(("template", "noscript"))
"""Elements of which nobody is shown anything, or only by some browsers."""
_INERT_TAG = lazy(rb"<(?:template|noscript)(?![a-z0-9_.:-])", re.IGNORECASE)
_PLAIN_INERT = lazy(
    rb"<(template|noscript)(?:\s[^<>\"'=]*+(?:=\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>]++)[^<>\"'=]*+)*+)?>"
    rb"(?:[^<]|</?(?:a|b|br|center|div|em|font|h[1-6]|i|img|li|link|meta|ol|p|small|span|strong|u|ul)"
    rb"(?:\s(?:[^<>\"']|\"[^\"<>]*+\"|'[^'<>]*+')*+)?/?>)*+</\1\s*+>",
    re.IGNORECASE,
)
"""One that all programs end in the same place: nothing stands in it but words, and elements that end with it."""
_EMPTY = frozenset(("image", "embed", "wbr", "source", "track", "keygen", "bgsound"))
"""Elements without an end that the parser takes for others, and would put what follows into."""
_ALIASES = {"image": "img"}
"""What browsers call an element otherwise."""
_FETCHED = ("src", "href", "xlink:href")
"""Attributes by which a script stands in another file."""
_PICTURED = ("alt", "src", "srcset")
"""Attributes by which a picture shows something."""
_FOLLOWED = "x:num"
"""The attribute by which Excel knows a cell's number, whatever its text says."""
_NO_WIDTH = lazy(r"\s*0*\.?0*(?:px|%)?\s*\Z")
_MOST_STYLES = 15_000
"""Different styles of elements; 2,000 targets as Word saves them have some 4,000."""
_NIGHT = lazy(rb"<meta\b(?=[^<>]*color-scheme)[^<>]*content\s*=\s*[\"']?([^\"'<>]*)", re.IGNORECASE)
_NUMBER = lazy(r"\s*\+?([0-9]{1,6})")
_WIDEST = 1_000
_TALLEST = 65_534
"""The most columns and rows of one cell. Source: WHATWG HTML, section 4.9.11."""
_PIECE = 1 << 15
_ENTITIES = lazy(rb"<!entity\b|<!doctype[^<>]{0,1000}\[", re.IGNORECASE)
_SHIFT = b"\x1b"
_BY_HAND = Message("open it in a browser, and copy its table into a new file")
_OF_TABLES = frozenset(("tr", "td", "th"))
"""Parts of a table that browsers leave in it also behind an end of the page, at which the parser ends it."""
_BEFORE_ROWS = COLUMNS | {"caption", "thead"}
"""Parts of a table that end a row for browsers, while the parser puts them into it."""
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
    if len(_INERT_TAG.findall(data)) != sum(1 for _ in _PLAIN_INERT.finditer(data)):
        raise _inert()
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


class _Page:
    """What the parser tells, put together.

    Args:
        sheets: the page's.
        is_night: whether it says that it is dark by itself.
    """

    def __init__(self, sheets: Sheets, *, is_night: bool = False) -> None:
        self._sheets = sheets
        self._styles: dict[str, frozenset[Told]] = {}
        self._elements = Elements(sheets)
        self.grids: list[Grid | None] = []
        self._floating: dict[str, int] = {}
        """What stands outside of cells and may be shown over them, and in which element that floats."""
        self._floats_with: list[int] = []
        """In which element that floats each table stands."""
        self._bounds = Bounds()
        self._tables: list[Table] = []
        self._outside = Text()
        is_night = is_night or sheets.is_night
        self._nesting = Nesting(Around(paints=BY_NIGHT if is_night else BARE), self._inside)
        self._runs = False
        """Whether text is a script's that a browser runs."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._begin(_ALIASES.get(tag, tag), attributes)
        if tag in _EMPTY:
            self._nesting.empty()

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._runs = tag == "script" and _is_run(attributes.get("type", ""))
        if _changes(tag, attributes) or (self._runs and any(name in attributes for name in _FETCHED)):
            raise _unsettled()
        if tag in _OF_PAGES:
            _heed(tag, attributes)
        self._judge_place(tag)
        if tag == "body":
            self._elements.link = linking(attributes)
        own = self._style(attributes)
        ruled = self._sheets.of(tag, attributes)
        style = own | ruled if ruled else own
        table = self._tables[-1] if self._tables else None
        shows = any(map(attributes.get, _PICTURED)) if tag == "img" else attributes.get("type") != "hidden"
        if table and table.cell and not self._nesting.here.silent and tag in _FILLED_IN and shows:
            table.cell.fault = BOXED
        self._nesting.enter(Element(tag, attributes, style, own))
        here = self._nesting.here
        if not (table and table.cell) and ((tag in _FILLED_IN and shows) or style & BACKING):
            self._float(style)
        if here.silent:
            return
        if table and table.cell and here.is_shallow and (tag == "br" or tag in _BLOCKS) and table.cell.has_text:
            table.cell.fault = VANISHED  # the lines below may be cut off
        if tag in _BLOCKS:
            self._text.pieces.append(BLOCK)
        if tag == "table":
            if table and table.cell:
                table.cell.fault = NESTED
            before, self._outside = (Text(), self._outside) if self._tables else (self._outside, Text())
            self._tables.append(Table(len(self.grids), before))
            self._tables[-1].is_fixed = Effect.FIXED in style
            self.grids.append(None)
            self._floats_with.append(here.floats)
        elif tag == "br":
            self._text.pieces.append(BREAK)
        elif table and table.in_row and tag in _BEFORE_ROWS:
            raise Unfit(
                Message(
                    "a row of the table isn't closed before <{tag}>, and what follows may stand in another row", tag=tag
                ),
                _BY_HAND,
            )
        elif table and tag in COLUMNS:
            name = table.name_columns if tag == "col" else table.begin_columns
            name(_number(attributes.get("span"), _WIDEST), here.hidden or _is_narrow(attributes, style))
        elif table and tag in SECTIONS:
            table.begin_section(tag, self._bounds)
        elif table and tag == "tr":
            table.end_row(self._bounds)
            table.begin_row(self._bounds)
        elif table and tag in ("td", "th"):
            self._begin_cell(table, attributes, style)
        if table and table.cell and style:
            table.cell.fault = draws(tag, style) or table.cell.fault

    def _judge_place(self, tag: str) -> None:
        """Judge where an element stands that browsers and the parser may put in different places.

        Raises:
            Unfit: what a browser shows can't be told.
        """
        if tag in _INERT and self._tables:
            raise _inert()
        if tag in _OF_TABLES and not self._tables:
            raise Unfit(
                Message("<{tag}> stands outside of every table: it may belong to the one before it", tag=tag), _BY_HAND
            )

    def _begin_cell(self, table: Table, attributes: Mapping[str, str], style: frozenset[Told]) -> None:
        table.end_cell(self._bounds)
        if not table.in_row:
            table.begin_row(self._bounds)
        table.cell = cell = Text(
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
        if self._tables and tag in ("td", "th", "table"):
            self._tables[-1].end_cell(self._bounds)
        if self._tables and tag == "tr":
            self._tables[-1].end_row(self._bounds)
        if self._tables and tag in SECTIONS:
            self._tables[-1].end_section(self._bounds)
        if self._tables and tag == "colgroup":
            self._tables[-1].end_columns()
        if self._tables and tag == "table":
            self._end_table()
        if tag in _BLOCKS:
            self._text.pieces.append(BLOCK)

    def data(self, text: str) -> None:
        """Text; the parser may give it in pieces."""
        if text.isascii():
            self._take(text)
            return
        for piece, ends in parted(text):
            if piece:
                self._take(piece)
            if ends in PARTS_OF_TABLES:
                if self._tables and not self._nesting.is_raw:
                    self._tables[-1].end_as_written(ends, self._bounds)
            elif ends and not self._nesting.here.silent:
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
            self._text.pieces.append(shifted(text.replace(BREAK, "").replace(BLOCK, ""), around.shift))

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
    def _text(self) -> Text:
        """Where text goes: into the open cell, else to what stands before the table."""
        if not self._tables:
            return self._outside
        table = self._tables[-1]
        return table.cell or table.before

    def _end_table(self) -> None:
        table = self._tables.pop()
        before = tuple(filter(None, map(str.strip, table.before.shown().split("\n"))))
        self.grids[table.slot] = Grid("", table.slot + 1, laid(table.rows, self._bounds), before)

    def _float(self, style: frozenset[Told]) -> None:
        """Note a picture, or what has a colour, if it may be shown over a table."""
        around = self._nesting.around  # what such an element does to text in itself is another matter
        if not (around.silent or around.hidden or Effect.HIDDEN in style) and self._nesting.here.floats:
            self._floating.setdefault("", self._nesting.here.floats)

    def _inside(self, around: Around, element: Element) -> Around:
        """What is done to text in an element, by what it is and where it stands."""
        is_cell = element.tag in ("td", "th") or bool(self._tables and self._tables[-1].cell)
        return self._elements.inside(around, element, in_table=bool(self._tables), in_cell=is_cell)


_OF_PAGES = frozenset(("link", "frameset", "iframe"))


def _heed(tag: str, attributes: Mapping[str, str]) -> None:
    """Judge an element that says where more of the page stands.

    Raises:
        Unfit: what a browser shows stands there.
    """
    if tag in ("frameset", "iframe"):
        frames = Message("the page shows other pages in frames")
        own = Message("open the frame that has the table by itself, and save that")
        raise Unfit(frames, own if tag == "frameset" else WITHOUT)
    if _is_style_sheet(attributes):
        raise looks_elsewhere()


def _is_style_sheet(attributes: Mapping[str, str]) -> bool:
    kinds = attributes.get("rel", "").lower().split()
    return "stylesheet" in kinds and "alternate" not in kinds and bool(attributes.get("href", "").strip())


def _is_narrow(attributes: Mapping[str, str], style: frozenset[Told]) -> bool:
    """Whether a column has no width."""
    width = attributes.get("width", "").strip()
    return Effect.NARROW in style or bool(width and _NO_WIDTH.match(width))


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


def _inert() -> Unfit:
    return Unfit(
        Message("what stands in <template> or <noscript> isn't shown, or not by every browser, and it may hold rows"),
        WITHOUT,
    )


def _number(text: str | None, most: int) -> int:
    """How far a cell spans: 0 is to the end."""
    found = _NUMBER.match(text or "1")
    return min(int(found[1]) or most, most) if found else 1
