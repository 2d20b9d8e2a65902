"""Fonts that have signs in the places of letters: what a file holds as R shows as a ticked box.

Source: Unicode's mappings of Apple and Adobe (SYMBOL.TXT, ZDINGBAT.TXT) for Symbol and Dingbats, and what the fonts of
Windows show.
"""

from __future__ import annotations

from collections.abc import Callable

from target_registry.forms import Flaw
from target_registry.model import Message

_FONTS = frozenset(
    (
        "wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol", "marlett", "mt extra", "zapfdingbats",
        "zapf dingbats", "itc zapf dingbats", "monotype sorts", "bookshelf symbol 7", "ms outlook", "ms reference specialty",
        "opensymbol", "starsymbol", "holomdl2 assets", "segoe mdl2 assets", "segoe fluent icons",
    )
)  # fmt: skip
"""Their names, in small letters."""
SIGNS = Flaw(
    Message("the cell's font shows signs instead of letters"),
    Message("choose an ordinary one, and see what it says then"),
)
"""The fault of a text in such a font."""
# Boxes and ticks, and signs that a figure stands by; what else such a font shows, no text can say.
_KNOWN = {
    ("wingdings", 0x6F): "□", ("wingdings", 0x71): "□", ("wingdings", 0xA8): "□", ("wingdings", 0xFE): "☑",
    ("wingdings", 0xFC): "✓", ("wingdings", 0xFB): "✗", ("wingdings", 0xFD): "☒", ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0xA3): "□", ("wingdings 2", 0x50): "✓", ("symbol", 0xB3): "≥", ("symbol", 0xA3): "≤",
    ("symbol", 0xB1): "±", ("symbol", 0xB4): "×", ("symbol", 0xB7): "·",
}  # fmt: skip
_SAME = frozenset("0123456789%()+,./:;<=>[]|")
"""What Symbol has in its own place."""
_PRIVATE = range(0xF020, 0xF100)
"""Where files have such signs, besides the places of letters."""


def has_signs(font: str) -> bool:
    """Whether a font has signs in the places of letters.

    Args:
        font: its name, perhaps in quotation marks.
    """
    return font.strip(" \t\r\n\"'").lower() in _FONTS


def sign(font: str, code: int) -> str:
    """The character that a sign is, or nothing.

    Args:
        font: the font's name.
        code: the sign's place in it, or that among the private characters.
    """
    name, place = font.strip().lower(), code & 0xFF if code in _PRIVATE else code
    if name == "symbol" and chr(place) in _SAME:
        return chr(place)
    return _KNOWN.get((name, place), "")


def spelled(text: str, font: str, blame: Callable[[], None]) -> str:
    """A text with the characters that its signs are.

    Args:
        text: what the file holds; Chinese characters in it are of another font.
        font: such a font's name.
        blame: called for a sign that no text can say.
    """
    shown = []
    for char in text:
        code = ord(char)
        if char.isspace() or (code >= 0x100 and code not in _PRIVATE):
            shown.append(char)
            continue
        found = sign(font, code)
        if not found:
            blame()
        shown.append(found or char)
    return "".join(shown)
