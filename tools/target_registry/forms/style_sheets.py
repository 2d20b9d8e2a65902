"""What a web page's styles do to text that its reader must know: hide it, strike it, turn it round, raise or lower it.

A rule of a style sheet counts for whatever its last part may mean, wherever that stands, in whatever medium, and
whatever another rule says: a cell that is told to be hidden although it isn't can be copied elsewhere, one that is
hidden and read would be believed.

Source: CSS Syntax Module Level 3 on blocks and escapes, Selectors Level 4 on what a selector means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum

from target_registry.forms import Unfit
from target_registry.forms.bounds import WITHOUT
from target_registry.model import Message
from target_registry.patterns import lazy


class Effect(Enum):
    """What a style does to the text in an element."""

    HIDDEN = "hidden"
    STRUCK = "struck"
    TURNED = "turned"
    RAISED = "super"
    LOWERED = "sub"

    __hash__ = object.__hash__
    """Enum's own is a function in Python, and every element of a page is asked for each effect."""


_HIDING = {
    "display": ("none",), "visibility": ("hidden", "collapse"), "mso-hide": ("all",), "opacity": ("0",),
    "font-size": ("0", "0px", "0pt", "0em", "0%"),
}  # fmt: skip
_SIDE = lazy(r"\"[^\"\n]*\"|'[^'\n]*'|/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
"""Strings, in which any sign may stand, and remarks."""
_ESCAPE = lazy(r"\\(?:([0-9a-f]{1,6})[ \t\n]?|([^\n]))", re.IGNORECASE)
_COMBINED = lazy(r"[ \t\n>+~]+")
_ATTRIBUTE = lazy(r"\[\s*([-\w]+)[^\[\]]*\]")
_PSEUDO = lazy(r":[-a-z]+(?:\([^()]*\))?")
_PASSING = lazy(
    r"::|:(?:hover|focus|active|visited|link|any-link|checked|disabled|enabled|target|empty|before|after|first-l)"
)
"""What stands for a state that passes, for what has no text, or for something beside an element's own text."""
_MEANT = lazy(r"(?:[-\w*]|[^\x00-\x7f])+|[.#](?:[-\w]|[^\x00-\x7f])+")
_IMPORT = "@import"
_START, _END = b"<style", b"</style"


def looks_elsewhere() -> Unfit:
    """Why a page is refused that isn't all that its reader sees."""
    return Unfit(Message("how the page looks stands in another file, which may hide what stands in this one"), WITHOUT)


def effects(style: str) -> frozenset[Effect]:
    """What an element's own style does.

    Args:
        style: its declarations.
    """
    return frozenset(_effects(_plain(style)))


def _effects(style: str) -> Iterator[Effect]:
    for declaration in _unescaped(style).split(";"):
        key, _, said = declaration.partition(":")
        name, value = key.strip(), said.partition("!")[0].strip()
        if value in _HIDING.get(name, ()):
            yield Effect.HIDDEN
        elif name in ("text-decoration", "text-decoration-line") and "line-through" in value:
            yield Effect.STRUCK
        elif name == "unicode-bidi" and "override" in value:
            yield Effect.TURNED
        elif name == "vertical-align" and value in ("super", "sub"):
            yield Effect(value)


def _plain(text: str) -> str:
    """In small letters, without remarks, strings empty."""
    return _SIDE.sub("", text).lower()


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_sign, text) if "\\" in text else text


def _sign(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    number = int(found[1], 16)
    return chr(number).lower() if 0 < number < 0xD800 else "\ufffd"


class Sheets:
    """All style sheets within a page.

    Args:
        page: its bytes.

    Raises:
        Unfit: they take in others.
    """

    def __init__(self, page: bytes) -> None:
        self._said: dict[str, set[Effect]] = {}
        small, end = page.lower(), 0
        while (start := small.find(_START, end)) >= 0 and (inside := small.find(b">", start)) >= 0:
            end = small.find(_END, inside)
            end = len(page) if end < 0 else end
            self._read(_plain(page[inside + 1 : end].decode("utf-8", "replace")))

    def _read(self, text: str) -> None:
        if _IMPORT in _unescaped(text):
            raise looks_elsewhere()
        for block in text.split("}"):
            head, brace, inside = block.rpartition("{")
            found = set(_effects(inside)) if brace else ()
            if found:
                # Before it may stand the head of a block that it is in, and a statement of one line.
                for selector in head.rpartition("{")[2].rpartition(";")[2].split(","):
                    for name in _names(selector.strip()):
                        self._said.setdefault(name, set()).update(found)

    def of(self, tag: str, attributes: Mapping[str, str]) -> frozenset[Effect]:
        """What they may do to an element.

        Args:
            tag: its name.
            attributes: its attributes.
        """
        if not self._said:
            return frozenset()
        names = ["*", tag, *(f".{name}" for name in attributes.get("class", "").lower().split())]
        names += ["#" + attributes.get("id", "").strip().lower(), *(f"[{name}]" for name in attributes)]
        return frozenset(effect for name in names for effect in self._said.get(name, ()))


def _names(selector: str) -> Iterator[str]:
    """What a selector's last part asks for: a tag, a class or an id, else attributes, else anything."""
    if _PASSING.search(selector):
        return
    bare = _PSEUDO.sub("", selector)
    asked = _ATTRIBUTE.findall(bare)
    last = _COMBINED.split(_ATTRIBUTE.sub("", bare).strip())[-1]
    meant = _MEANT.findall(_unescaped(last))
    if meant:
        yield meant[-1]
    elif asked:
        yield from (f"[{name}]" for name in asked)
    elif selector:
        yield "*"
