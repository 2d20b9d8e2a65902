"""What a web page's styles do to text that its reader must know: hide it, strike it, turn it round, raise or lower it.

A rule of a style sheet counts for whatever its last part may mean, wherever that stands, in whatever medium, and
whatever another rule says: a cell that is told to be hidden although it isn't can be copied elsewhere, one that is
hidden and read would be believed.

Source: CSS Syntax Module Level 3 on blocks and escapes, Selectors Level 4 on what a selector means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from target_registry.forms import Unfit
from target_registry.forms.bounds import WITHOUT
from target_registry.forms.declarations import Effect, Told, adds, told
from target_registry.forms.sign_fonts import has_signs
from target_registry.model import Message
from target_registry.patterns import lazy

_BLANK = r"[ \t\n\r\f]"
_ESCAPED = rf"\\(?:[0-9a-f]{{1,6}}{_BLANK}?|[\s\S])"
_URL = "".join(rf"(?:\\?{sign}|\\0{{0,4}}(?:{ord(sign):x}|{ord(sign.upper()):x}){_BLANK}?)" for sign in "url")
_SIDE = lazy(
    rf"(?P<kept>{_ESCAPED})|(?P<string>\"(?:[^\"\\\n]|\\[\s\S])*+\"?|'(?:[^'\\\n]|\\[\s\S])*+'?)"
    rf"|(?P<address>(?<![-\w]){_URL}\({_BLANK}*+(?![\"'])(?:[^\\)]|\\[\s\S])*+\)?)"
    r"|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|<!--|-->",
    re.IGNORECASE,
)
"""Strings and addresses, in which any sign may stand, and remarks; an escaped sign begins none of them."""
_ODD = lazy(r"[\"'\\(]|/\*|--")
"""What one of these has."""
_ESCAPE = lazy(rf"\\(?:([0-9a-f]{{1,6}}){_BLANK}?|([^\n]))", re.IGNORECASE)
_VOID = lazy(r"[\s\u200b-\u200f\u2060\ufeff]+")
"""Signs that show nothing."""
_QUOTES = " \t\r\n\"'"
_MARK = lazy(r"[{}]")
_INNERMOST = lazy(r"\([^()]*\)")
_COMBINED = lazy(r"[ \t\n\r\f>+~]+")
_ATTRIBUTE = lazy(r"\[\s*+(?:[-\w*]*+\|(?!=))?([-\w]++)[^\[\]]*+\]")
_PSEUDO = lazy(r"::?[-a-z]+")
_PASSING = lazy(
    r":(?:hover|focus(?:-visible|-within)?|active|target(?:-within)?|empty|before|after|marker|selection"
    r"|placeholder|backdrop|file-selector-button|-(?:webkit|moz|ms)-[-a-z]+)(?![-\w])"
)
"""What stands for a state that passes, for what has no text, or for something beside an element's own text.

Whether a link was visited is none: one to the page itself is.
"""
_FOCUSED = lazy(r":focus(?:-visible|-within)?(?![-\w])")
"""What stands for the state of a field that takes the keys, which passes unless the page itself gives them to it."""
_KEYS = b"autofocus"
_BESIDE = lazy(r"::?(?:before|after|marker)(?![-\w])")
_MEANT = lazy(r"(?:[-\w*]|[^\x00-\x7f])+|[.#](?:[-\w]|[^\x00-\x7f])+")
_SPACES = lazy(_BLANK + "+")
_IMPORT = "@import"
_SOURCE = lazy(r"(?:^|;)\s*src\s*:")
_START = lazy(rb"<style(?=[\s/>])")
_END = lazy(rb"</style(?=[\s/>])")
_COMMENT = "comment"
_HIDING = lazy(r"\s*display\s*:\s*none\s*;?\s*\Z")
_SIMPLE = lazy(r"(?:[^{}@\\()\[\]]*+\{[^{}@\\()\[\]]*+\})*+\s*\Z")
"""A style sheet of which every browser sees the same rules."""
_TOP = lazy(
    rb"\s*(?:<!doctype[^<>]*>\s*)?<html[^<>]*>\s*<head>\s*(?:(?:<title>[^<>]*</title>|<meta\b[^<>]*>)\s*)*+"
    rb"<style(?:\s+type=\"text/css\")?\s*>",
    re.IGNORECASE,
)
"""The start of a page whose first style sheet surely counts."""
_COMMENTS = lazy(rb"<comment>(?:[^<]|<br\s*/?>)*+</comment>", re.IGNORECASE)
_UNKNOWN = "\ufffd"
"""Stands for a sign of a name that only an escape can put there."""
_UNCLEAR = frozenset(f"()[]{_UNKNOWN}")
"""What is left in a selector that wasn't understood."""
_DEEPEST = 50
"""Blocks within one another; where there are more, everything counts as hidden."""


def looks_elsewhere() -> Unfit:
    """Why a page is refused that isn't all that its reader sees."""
    return Unfit(Message("how the page looks stands in another file, which may hide what stands in this one"), WITHOUT)


def effects(style: str) -> frozenset[Told]:
    """What an element's own style does.

    Args:
        style: its declarations.
    """
    return frozenset(told(_unescaped(_plain(style))))


def _plain(text: str) -> str:
    """In small letters, without remarks, strings and addresses empty.

    A string that shows something has one letter, and the name of a font that has signs instead of letters stays.
    """
    return (_SIDE.sub(_aside, text) if _ODD.search(text) else text).lower()


def _aside(found: re.Match[str]) -> str:
    kind, text = found.lastgroup, found[0]
    if kind == "kept":
        # An escaped brace or comma ends nothing.
        return text if text[1:].strip().isalnum() or not text.isascii() else _UNKNOWN
    if kind == "string":
        if has_signs(text):
            return f'"{text.strip(_QUOTES)}"'
        return '""' if text == text[0] * 2 or _is_void(text) else '"a"'
    return "url()" if kind else ""


def _is_void(string: str) -> bool:
    """Whether a string, with its quotation marks, shows nothing."""
    return not _VOID.sub("", _unescaped(string.lower())[1:].removesuffix(string[0]))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_sign, text) if "\\" in text else text


def _sign(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    number = int(found[1], 16)
    return chr(number).lower() if 0 < number < 0xD800 else _UNKNOWN


def _sign_of_name(found: re.Match[str]) -> str:
    """An escaped sign of a selector: one that would mean something else without its escape is made unknown."""
    sign = _sign(found)
    return sign if sign.isalnum() or sign in "-_" or not sign.isascii() else _UNKNOWN


class _Block:
    """A block of a style sheet while it is read.

    Args:
        head: what stands before it.
        around: the block that it is in.

    Attributes:
        said: its declarations.
        depth: how many blocks it is in.
    """

    def __init__(self, head: str = "", around: _Block | None = None) -> None:
        self._head = head.strip()
        self._around = around
        self.depth: int = around.depth + 1 if around else 0
        self.said: list[str] = []

    @property
    def is_font(self) -> bool:
        """Whether it tells of a font."""
        return self._head.startswith("@font-face")

    @property
    def plain(self) -> frozenset[str]:
        """Those of its selectors that surely are for what they name: nothing around them narrows that."""
        return frozenset(map(str.strip, self._head.split(","))) if self.depth == 1 else frozenset()

    def names(self, beside: bool = False) -> frozenset[str]:
        """What its selectors ask for, as :func:`_names` gives it.

        Args:
            beside: whether only selectors count that are for what stands before or after an element's text.
        """
        if not self._around:
            # A browser may see the block before it end later.
            return frozenset("*")
        if self._head.startswith("@"):
            return self._around.names(beside) if self._head.startswith(_AROUND) else frozenset()
        return _asked(self._head, beside)


class Sheets:
    """All style sheets within a page.

    Args:
        page: its bytes.

    Raises:
        Unfit: they take in others.
    """

    def __init__(self, page: bytes) -> None:
        self._said: dict[str, set[Told]] = {}
        self._found: dict[tuple[str, ...], frozenset[Told]] = {}
        small, end = page.lower(), 0
        self._has_focus = _KEYS in small
        self._hides, self._doubts = False, _COMMENTS.sub(b"", page).lower().count(b"<comment") > 0
        foreign = b"<svg" in small or b"<math" in small
        while (start := _START.search(small, end)) and (inside := small.find(b">", start.end())) >= 0:
            ending = _END.search(small, inside)
            end = ending.start() if ending else len(page)
            if _is_unclear(small[start.end() : inside], small[inside:end], foreign):
                self._add("*", {Effect.HIDDEN})
            text = _plain(page[inside + 1 : end].decode("utf-8", "replace"))
            self._is_first = bool((top := _TOP.match(page)) and top.end() == inside + 1 and _SIMPLE.match(text))
            self._read(text)

    @property
    def drops_comments(self) -> bool:
        """Whether elements that hold a cell's comment, as LibreOffice writes them, are surely hidden in every browser."""
        return self._hides and not self._doubts

    def _read(self, text: str) -> None:
        if _IMPORT in _unescaped(text):
            raise looks_elsewhere()
        if self._has_focus:
            text = _FOCUSED.sub("", text)
        blocks, start = [_Block()], 0
        for mark in _MARK.finditer(text):
            piece, start = text[start : mark.start()], mark.end()
            if mark[0] == "{":
                said, _, head = piece.rpartition(";")
                blocks[-1].said.append(said)
                if len(blocks) > _DEEPEST:
                    self._add("*", {Effect.HIDDEN})
                    return
                blocks.append(_Block(head, blocks[-1]))
            else:
                blocks[-1].said.append(piece)
                if len(blocks) > 1:
                    self._end(blocks.pop())
        blocks[-1].said.append(text[start:])
        while blocks:
            self._end(blocks.pop())

    def _end(self, block: _Block) -> None:
        said = _unescaped(";".join(block.said))
        if ":" not in said:
            return
        if self._is_first and block.plain == {_COMMENT} and _HIDING.match(said):
            self._hides = True
        elif not self._doubts:
            self._doubts = not block.names().isdisjoint(("*", _COMMENT))
        if block.is_font and _SOURCE.search(said):
            self._add("*", {Effect.SIGNS})  # whoever asks for a font by name may get this one
        if found := set(told(said)):
            for name in block.names():
                # Colours and sizes of an element's kind differ from place to place in the page.
                is_plain = name.startswith(_OWN) or name in block.plain
                self._add(name, found if is_plain else {one for one in found if isinstance(one, Effect)})
        if "content" in said and adds(said):
            for name in block.names(beside=True):
                self._add(name, {Effect.ADDED})

    def _add(self, name: str, found: set[Told]) -> None:
        self._said.setdefault(name, set()).update(found)

    @property
    def is_night(self) -> bool:
        """Whether the page is dark by itself."""
        return any(Effect.NIGHT in self._said.get(name, ()) for name in ("*", "html", "body"))

    def of(self, tag: str, attributes: Mapping[str, str]) -> frozenset[Told]:
        """What they may do to an element.

        Args:
            tag: its name.
            attributes: its attributes.
        """
        if not self._said:
            return frozenset()
        kind, own = attributes.get("class", ""), attributes.get("id", "")
        asked = (tag, kind, own, *attributes)
        if asked not in self._found:
            names = ["*", tag, *(f".{name}" for name in _SPACES.split(kind.lower()))]
            names += ["#" + own.strip().lower(), *(f"[{name}]" for name in attributes)]
            self._found[asked] = frozenset(effect for name in names for effect in self._said.get(name, ()))
        return self._found[asked]


def _is_unclear(tag: bytes, inside: bytes, foreign: bool) -> bool:
    """Whether a browser may see a style sheet begin elsewhere, or read other signs in it.

    Args:
        tag: what stands in its tag up to the first end of one, in small letters.
        inside: the style sheet, in small letters.
        foreign: whether the page has parts, as drawings are, whose style sheets are read as other text is.
    """
    if tag.count(b'"') % 2 or tag.count(b"'") % 2 or _START.search(inside):
        return True
    return foreign and (b"&" in inside or b"<!" in inside)


_OWN = (".", "#")
"""Starts of the names of a class and of one element."""
_AROUND = ("@media", "@supports", "@layer", "@container", "@scope", "@starting-style", "@document", "@-moz-document")
"""Statements that have rules in them; what they say themselves counts for the rule around them."""


def _asked(head: str, beside: bool) -> frozenset[str]:
    """Names of what a rule may be for.

    Args:
        head: its selectors.
        beside: as for :meth:`_Block.names`.
    """
    head = _ESCAPE.sub(_sign_of_name, head)
    # What stands in brackets only narrows what is meant, or says it once more.
    for _ in range(_DEEPEST):
        if ")" not in head:
            break
        head = _INNERMOST.sub("", head)
    selectors = [selector for selector in map(str.strip, head.split(",")) if selector]
    if beside:
        selectors = [_BESIDE.sub("", selector) or "*" for selector in selectors if _BESIDE.search(selector)]
    return frozenset(name for selector in selectors for name in _names(selector))


def _names(selector: str) -> Iterator[str]:
    """What a selector's last part asks for: a tag, a class or an id, else attributes, else anything."""
    if _PASSING.search(selector):
        return
    bare = _PSEUDO.sub("", selector)
    asked = _ATTRIBUTE.findall(bare)
    last = _COMBINED.split(_ATTRIBUTE.sub("", bare).strip())[-1]
    if not _UNCLEAR.isdisjoint(last):
        yield "*"
    elif meant := _MEANT.findall(last):
        yield meant[-1]
    elif asked:
        yield from (f"[{name}]" for name in asked)
    elif selector:
        yield "*"
