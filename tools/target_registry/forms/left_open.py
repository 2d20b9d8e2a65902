"""Which elements of a web page are open, as browsers see it: what sets letters goes on behind a block that ends around it.

Of ``<p><s>old</p>new`` a browser strikes both words, while a parser of XML's kind ends the ``s`` with the ``p``. The two
are told apart by a sign that is set into the page before each end of such an element; where an element ends without
one, a browser opens it anew for what follows.

Source: WHATWG HTML, sections 13.2.4.3 (the list of active formatting elements) and 13.2.6.4.7 (in body).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from target_registry import limits
from target_registry.forms import Unfit
from target_registry.forms.bounds import ALONE
from target_registry.forms.declarations import Told
from target_registry.model import Message
from target_registry.patterns import lazy

_SETTING = ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
"""Elements that go on so."""
PARTS_OF_TABLES = ("tr", "tbody", "thead", "tfoot")
"""Elements that browsers begin by themselves, and whose ends count though the page, and so the parser, begins none."""
_GOING_ON = frozenset(_SETTING)
_SIGNS = {tag: chr(0xFDD0 + place) for place, tag in enumerate((*_SETTING, *PARTS_OF_TABLES))}
_TAGS = {sign: tag for tag, sign in _SIGNS.items()}
_BYTES = {tag.encode(): sign.encode() for tag, sign in _SIGNS.items()}
_SIGN = lazy("([\ufdd0-\ufde1])")
_ENDS = lazy(
    rb"</(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u|tr|tbody|thead|tfoot)(?=[\s/>])", re.IGNORECASE
)
_BREAK_END = lazy(rb"</br(?=[\s/>])", re.IGNORECASE)
"""The end of a line break, which browsers take for one."""
_FORGED = lazy(rb"\xef\xb7[\x90-\xa1]|&#(?:x0*fd[de][0-9a-f]|0*649[789][0-9])", re.IGNORECASE)
"""Such a sign in the page itself; none is a character, and no text has one."""
_ROOMS = frozenset(("table", "caption", "td", "th"))
"""What goes on within one of these ends with it, and nothing from around it is opened anew there."""
_WITHOUT = frozenset((
    *_ROOMS - {"table"}, "html", "head", "body", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "address", "article", "aside",
    "blockquote", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "link", "main", "menu", "meta", "nav", "ol", "p", "pre",
    "script", "section", "style", "summary", "template", "title", "ul",
))  # fmt: skip
"""Elements before which nothing is opened anew, but only before the text in them."""
_RAW = frozenset(("iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"))
"""Elements in which the end of another one is text."""
_ALIKE = 3
"""Elements of one kind that are opened anew."""
_MOST = 20_000
"""Times that a page may have elements opened anew, or closed beneath others."""


class Element(NamedTuple):
    """An element with what its styles do.

    Attributes:
        tag: its name.
        attributes: its attributes.
        style: what all styles may do to it.
        own: what its own style does, which no other undoes.
    """

    tag: str
    attributes: Mapping[str, str]
    style: frozenset[Told]
    own: frozenset[Told]


def signed(page: bytes) -> bytes:
    """The page with a sign before each end of an element that may go on, or of a part of a table.

    Raises:
        Unfit: it has such signs already.
    """
    if _FORGED.search(page):
        raise Unfit(
            Message("the page holds signs that are no characters"),
            Message("open it in a browser, and copy its table into a new file"),
        )
    return _ENDS.sub(lambda end: _BYTES[end[1].lower()] + end[0], _BREAK_END.sub(b"<br", page))


def parted(text: str) -> Iterator[tuple[str, str]]:
    """Pieces of text without the signs, each with the element whose end comes next; none at the end of all."""
    if text in _TAGS:  # as nearly always
        yield "", _TAGS[text]
        return
    pieces = _SIGN.split(text)
    for place in range(0, len(pieces), 2):
        yield pieces[place], _TAGS[pieces[place + 1]] if place + 1 < len(pieces) else ""


State = TypeVar("State")
"""What the open elements do to the text in them."""


class _Opened:
    """An open element."""

    __slots__ = ("element", "has_ended", "is_real")

    def __init__(self, element: Element, *, is_real: bool) -> None:
        self.element = element
        self.is_real = is_real
        """Whether the parser opened it, and will end it."""
        self.has_ended = False
        """Whether it ends for browsers, while the parser still has it open."""


class _Room(NamedTuple):
    """The page, a table or a cell.

    Attributes:
        start: how many elements are open around it.
        left: those that ended without a sign, the outermost first, and will be opened anew.
    """

    start: int
    left: list[Element]


class Nesting(Generic[State]):
    """The open elements of a page.

    Args:
        outside: what is done to text in none of them.
        inside: what an element makes of what is done around it.
    """

    def __init__(self, outside: State, inside: Callable[[State, Element], State]) -> None:
        self._inside = inside
        self._states = [outside]
        self._opened: list[_Opened] = []
        self._rooms = [_Room(0, [])]
        self._open: Counter[str] = Counter()
        """How many elements of a kind are open that may go on."""
        self._awaited: _Opened | None = None
        """The element whose sign was just read."""
        self._place = 0
        """Where among those that are left the next one belongs that ends without a sign."""
        self._spent = 0

    @property
    def here(self) -> State:
        """What the open elements do."""
        return self._states[-1]

    @property
    def around(self) -> State:
        """What they do but for the innermost."""
        return self._states[-2]

    @property
    def is_raw(self) -> bool:
        """Whether the end of another element is text where the page stands."""
        return bool(self._opened) and self._opened[-1].element.tag in _RAW

    def enter(self, element: Element) -> None:
        """An element begins.

        Raises:
            Unfit: the page is nested too deeply.
        """
        if element.tag == "a":
            self.sign("a")  # no link stands in another one
        if element.tag in _WITHOUT:
            self._go_on()
        else:
            self.reopen()
        self._push(element, is_real=True)
        if element.tag in _ROOMS:
            self._rooms.append(_Room(len(self._opened), []))
            self._place = 0

    def empty(self) -> None:
        """The element that just began has no end: for browsers nothing stands in it, whatever the parser puts there."""
        opened = self._opened[-1]
        opened.element = opened.element._replace(attributes={}, style=frozenset(), own=frozenset())
        self._states[-1] = self._states[-2]

    def reopen(self) -> None:
        """Text begins, or something that stands in a line: what is left is opened anew."""
        self._go_on()
        left = self._rooms[-1].left
        if not left:
            return
        self._spend(len(left))
        for element in left:
            self._push(element, is_real=False)
        left.clear()
        self._place = 0

    def sign(self, tag: str) -> None:
        """The end of an element comes next, also if the parser finds it in the wrong place."""
        if self.is_raw:
            return
        self._go_on()
        room = self._rooms[-1]
        for place in reversed(range(room.start, len(self._opened)) if self._open[tag] else ()):
            opened = self._opened[place]
            if opened.element.tag == tag and not opened.has_ended:
                self._awaited = opened
                if not opened.is_real:
                    self._go_on()
                return
        for place in reversed(range(len(room.left))):
            if room.left[place].tag == tag:
                del room.left[place]
                self._place = len(room.left)
                return

    def leave(self, tag: str) -> State:
        """An element ends for the parser: what did it do?"""
        if not self._opened:
            return self._states[0]
        is_room = tag in _ROOMS and len(self._rooms) > 1
        if is_room:
            self._rooms.pop()
            self._place = len(self._rooms[-1].left)
        while True:
            opened, state = self._opened.pop(), self._states.pop()
            if opened.element.tag in _GOING_ON and not opened.has_ended:
                self._open[opened.element.tag] -= 1
                if opened is self._awaited:
                    self._awaited = None
                elif not is_room:
                    self._leave_open(opened.element)
            if opened.is_real:
                return state

    def _leave_open(self, element: Element) -> None:
        left = self._rooms[-1].left
        left.insert(self._place, element)
        alike = [place for place, other in enumerate(left) if other[:2] == element[:2]]
        if len(alike) > _ALIKE:
            del left[alike[0]]
            self._place = min(self._place, len(left))

    def _push(self, element: Element, *, is_real: bool) -> None:
        if len(self._states) > limits.FORM_DEPTH:
            raise too_deep()
        self._opened.append(_Opened(element, is_real=is_real))
        self._states.append(self._inside(self._states[-1], element))
        if element.tag in _GOING_ON:
            self._open[element.tag] += 1

    def _go_on(self) -> None:
        """What comes is no end of an element: one that was to end now does so beneath those that are open in it."""
        self._place = len(self._rooms[-1].left)
        if self._awaited is not None:
            self._close(self._awaited)

    def _close(self, opened: _Opened) -> None:
        """An element ends beneath others."""
        self._awaited = None
        opened.has_ended = True
        self._open[opened.element.tag] -= 1
        place = self._opened.index(opened)
        self._spend(len(self._opened) - place)
        if not opened.is_real:
            del self._opened[place]
        del self._states[place + 1 :]
        for other in self._opened[place:]:
            state = self._states[-1]
            self._states.append(state if other.has_ended else self._inside(state, other.element))

    def _spend(self, steps: int) -> None:
        self._spent += steps
        if self._spent > _MOST:
            raise too_deep()


def too_deep() -> Unfit:
    """Why a page is refused that has more elements in one another than any."""
    return Unfit(Message("the page is nested more than {limit} levels deep", limit=limits.FORM_DEPTH), ALONE)
