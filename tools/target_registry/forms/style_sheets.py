"""How a web page's style sheets show its elements, as far as that could hide something: by element, class and id.

A rule counts for whatever its last part may mean, wherever that stands and in whatever medium: a cell that is told
to be hidden although it isn't can be copied elsewhere, one that is hidden and read would be believed.

Source: CSS Syntax Module Level 3 on blocks and escapes, Selectors Level 4 on what a selector means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from target_registry.patterns import lazy

_SHEET = lazy(rb"<style\b[^<>]{0,1000}>(.*?)(?:</style|\Z)", re.IGNORECASE | re.DOTALL)
_REMARK = lazy(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_ESCAPE = lazy(r"\\(?:([0-9a-f]{1,6})[ \t\n]?|([^\n]))", re.IGNORECASE)
_LAST = lazy(r"[^ \t\n>+~]+\Z")
_CONDITION = lazy(r"\[[^\]]*\]|:(?:first|last|only|nth|not|is|where|has|root|any)[-a-z]*(?:\([^()]*\))?")
_MEANT = lazy(r"(?:[-\w*]|[^\x00-\x7f])+|[.#](?:[-\w]|[^\x00-\x7f])+")
_TOLD = ("display", "visibility", "mso-hide", "opacity", "font-size", "text-decoration", "text-decoration-line",
         "vertical-align")  # fmt: skip
"""What of a style is asked for."""


def declarations(text: str) -> dict[str, str]:
    """What a style says, in small letters: each property and its value."""
    found = {}
    for declaration in _ESCAPE.sub(_unescaped, _REMARK.sub("", text)).lower().split(";"):
        key, _, said = declaration.partition(":")
        found[key.strip()] = said.removesuffix("!important").strip()
    return found


def _unescaped(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    number = int(found[1], 16)
    return chr(number) if 0 < number < 0xD800 else "\ufffd"


class Sheets:
    """All style sheets within a page.

    Args:
        page: its bytes.
    """

    def __init__(self, page: bytes) -> None:
        self._said: dict[str, dict[str, str]] = {}
        for sheet in _SHEET.finditer(page):
            self._read(_REMARK.sub("", sheet[1].decode("utf-8", "replace")))

    def _read(self, text: str) -> None:
        for block in text.split("}"):
            head, brace, inside = block.rpartition("{")
            said = {key: value for key, value in declarations(inside).items() if key in _TOLD} if brace else {}
            if not said:
                continue
            # Before it may stand the head of a block that it is in, and a statement of one line.
            for selector in head.rpartition("{")[2].rpartition(";")[2].lower().split(","):
                last = _LAST.search(_CONDITION.sub("", selector.strip()))
                meant = _MEANT.findall(last[0]) if last and ":" not in last[0] else []
                if meant:
                    self._said.setdefault(meant[-1], {}).update(said)

    def of(self, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """What they may say of an element.

        Args:
            tag: its name.
            attributes: its attributes.
        """
        found: dict[str, str] = {}
        if not self._said:
            return found
        names = ["*", tag, *(f".{name}" for name in attributes.get("class", "").lower().split())]
        for name in (*names, "#" + attributes.get("id", "").strip().lower()):
            found |= self._said.get(name, {})
        return found
