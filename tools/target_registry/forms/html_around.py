"""What the elements of a web page do to the text in them, by what they are and by their styles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import NamedTuple

from target_registry.forms import BOXED, PALE, STRUCK, TURNED, VANISHED, Flaw
from target_registry.forms.colours import is_dark, is_white
from target_registry.forms.declarations import FAINTEST, SMALLEST, Effect, Share, Told
from target_registry.forms.html_tables import COLUMNS, SECTIONS
from target_registry.forms.left_open import Element
from target_registry.forms.paints import BARE, Paints, is_lost, is_untold, painted
from target_registry.forms.sign_fonts import SIGNS, has_signs
from target_registry.forms.style_sheets import Sheets
from target_registry.model import Message

_SILENT = frozenset((
    "script", "style", "head", "title", "template", "noscript", "textarea", "select", "rp", "datalist", "audio",
    "noframes", "noembed",
))  # fmt: skip
_STRUCK = frozenset(("del", "s", "strike"))
_SHIFTS = {"sup": Effect.RAISED, "sub": Effect.LOWERED}
_CLOSED = frozenset(("dialog", "details"))
"""Elements that show what is in them where they are open."""
_MOVED = Flaw(Message("the text may be shown in another place than its own"), Message("take its position off"))
_ADDED = Flaw(Message("the page adds signs or text of its own to the cell's"), Message("write all of it as plain text"))
_UNTOLD = Flaw(
    Message("the text's colour can't be told from the page: a variable holds it"),
    Message("give the text a colour by its name, or copy the table into a new file"),
)
_COMMENT = "comment"
"""The element in which LibreOffice writes a cell's comment; browsers know none of that name, and do as styles say."""
_MARKED = frozenset(("q", "ol", "ruby", "rt"))
"""Elements that browsers set signs before, or above: quotation marks, numbers, readings."""
_INKS = {"font": "color", "body": "text"}
"""By which attribute an element gives its text a colour."""
_USUAL = 16.0
"""Pixels of letters where nothing is said of them."""
_SIZES = {"small": 0.83, "big": 1.2}
"""How elements change that by themselves."""
_LAID = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "col", "colgroup"))
"""Elements that take as much room as their text needs, whatever they say."""
_PARTS = SECTIONS | {"table"}
_SHALLOW = frozenset((Effect.CUT, Effect.SHORT))
_NUMBERED = frozenset(("ul", "li"))
_LINK = "#0000ee"
"""The colour of a link where nothing gives it one. Source: WHATWG HTML, section 15.3.4."""
_MARKER = "mark", "black", "yellow"
"""The element that is marked as by a pen, its text's colour, and that of what is behind it."""
_UNSHOWN = frozenset(("object", "video", "canvas", "svg", "math", "progress", "meter"))
"""Elements in whose place browsers show something other than their text and tables."""
_MEANING = frozenset(
    (_MARKER[0], "marquee", "small", "big", *_SILENT, *_STRUCK, *_SHIFTS, *_CLOSED, *_MARKED, *_UNSHOWN)
)
"""Elements that do something to the text in them by what they are."""
_FLAT = frozenset((Effect.FLAT, Effect.NARROW))
_TIGHT = _FLAT | {Effect.TIGHT}
_COUNTING = frozenset(("1", "a", "i"))
"""By which an entry of a list has a number, or a letter."""
_MOVING = "marquee"
_LAID_OVER = "dialog"
"""The element that is shown over the page where it is open."""
_COVERING = frozenset((Effect.BACKED, Effect.PICTURED))
BACKING = _COVERING | {Effect.BLANK}


class Around(NamedTuple):
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


class Elements:
    """What the elements of a page do to the text in them.

    Args:
        sheets: the page's.
    """

    def __init__(self, sheets: Sheets) -> None:
        self.link = _LINK
        """The colour of the page's links."""
        self._sheets = sheets
        self._floats = count(1)

    def inside(self, around: Around, element: Element, *, in_table: bool, in_cell: bool) -> Around:
        """What is done to text in an element.

        Args:
            around: what is done to it outside of the element.
            element: the element.
            in_table: whether it stands in a table.
            in_cell: whether it stands in a cell, or is one.
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
        return Around(
            around.silent or tag in _SILENT or (tag == _COMMENT and not attributes and self._sheets.drops_comments),
            around.hidden or _hides(tag, attributes, style, around) or opacity < FAINTEST or size < SMALLEST,
            _fault(element, in_table=in_table, in_cell=in_cell) or around.fault,
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
            return (self.link if "href" in attributes else ""), ground
        return attributes.get(_INKS.get(tag, ""), "").strip().lower(), ground


def _fault(element: Element, *, in_table: bool, in_cell: bool) -> Flaw | None:
    """What is wrong with text in an element; arguments as of :meth:`Elements.inside`."""
    tag, attributes, style, own = element
    if in_table and (Effect.ADDED in style or tag in _MARKED):
        return _ADDED
    if tag == _MOVING or (in_table and (Effect.MOVED in style or tag == _LAID_OVER)):
        return _MOVED
    if tag in _NUMBERED and attributes.get("type", "").strip().lower() in _COUNTING:
        return _ADDED
    if (Effect.PICTURED in own or "background" in attributes) and in_cell:
        return BOXED
    if Effect.TURNED in style or _is_turned(attributes):
        return TURNED
    if Effect.UNTOLD in style:
        return _UNTOLD
    if Effect.SIGNS in style or has_signs(attributes.get("face", "").partition(",")[0]):
        return SIGNS
    return STRUCK if tag in _STRUCK or Effect.STRUCK in style else None


def linking(attributes: Mapping[str, str]) -> str:
    """The colour that the page gives its links, or those that were visited: white, where either has that."""
    given = [attributes.get(name, "").strip().lower() for name in ("link", "vlink")]
    return next(filter(is_white, given), given[0] or _LINK)


def _hides(tag: str, attributes: Mapping[str, str], style: frozenset[Told], around: Around) -> bool:
    """Whether an element isn't shown."""
    if Effect.HIDDEN in style or (Effect.COLUMN in style and tag not in COLUMNS):
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


def _is_white(ink: str, style: frozenset[Told], own: frozenset[Told], around: Around) -> bool:
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
    ground: str, attributes: Mapping[str, str], style: frozenset[Told], own: frozenset[Told], around: Around
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


def _is_light(ink: str, style: frozenset[Told], around: Around) -> bool:
    """Whether text in an element may have another colour than a dark one; arguments as of :func:`_is_white`."""
    if Effect.WHITE in style or (Effect.INKED in style and Effect.DIM not in style):
        return True
    if Effect.DIM in style:
        return False
    return not is_dark(ink) if ink and ink != _LINK else around.light


def _is_dark(ground: str, style: frozenset[Told], own: frozenset[Told], around: Around) -> bool:
    """Whether what is behind text in an element may be nearly black; arguments as of :func:`_is_backed`."""
    if Effect.DARK in style:
        return Effect.DARK in own or not (Effect.BLANK in own or Effect.BACKED in own)
    if not BACKING.isdisjoint(style):
        return False
    return is_dark(ground) if ground else around.dark


def _least(shares: Sequence[Share], of: str, usual: float) -> float:
    """The least that styles take of something, or what is usual."""
    return min((share.much for share in shares if share.of == of), default=usual)


def draws(tag: str, style: frozenset[Told]) -> Flaw | None:
    """What is wrong with a cell in which an element draws something over its text, or adds to it, even without own text."""
    if Effect.ADDED in style:
        return _ADDED
    if Effect.SHIFTED not in style or tag in _LAID:
        return None
    return STRUCK if tag == "hr" else None if BACKING.isdisjoint(style) else _MOVED


def _is_turned(attributes: Mapping[str, str]) -> bool:
    return attributes.get("dir", "").strip().lower() == "rtl"
