"""Colours of a Word document: of text, and of what is behind it.

A colour is six hexadecimal digits; empty where none is set, or where Word chooses one that can be seen.
Source: ECMA-376 part 1, sections 17.3.2.6 (color), 17.3.5 (shading), 17.18.40 (highlights) and 17.18.97 (theme colours);
[MS-DOCX], section 2.4 (text fill).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from target_registry.forms.word_styles import W
from target_registry.patterns import lazy

WHITE = "FFFFFF"
BLACK = "000000"
UNKNOWN = "?"
"""A colour that the file doesn't tell: like none."""
_NONE = "none"
"""The colour of text that is not filled with any: like all."""
_ALIKE = 20
"""Steps of 255 by which two colours differ in each of their parts at most and can't be told from each other."""
_CLEAR = 90_000
"""Thousandths of a percent of transparency at which nothing is seen."""
_KNOWN = 1024
"""Pairs of colours that are kept: a document has few, on many runs."""
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_HEX = lazy(r"#?([0-9A-Fa-f]{6})\Z")
_THEME = {"background1": 255, "light1": 255, "bg1": 255, "lt1": 255, "text1": 0, "dark1": 0, "tx1": 0, "dk1": 0}
"""The theme's colours that nearly all themes have as white and as black."""
_MARKS = {
    "black": BLACK, "white": WHITE, "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


@lru_cache(_KNOWN)
def alike(text: str, behind: str) -> bool:
    """Whether text of one colour can't be seen on another; never where one of them is not known."""
    if text == _NONE:
        return True
    if not text or UNKNOWN in (text, behind):
        return False
    return all(abs(int(text[at : at + 2], 16) - int(behind[at : at + 2], 16)) <= _ALIKE for at in (0, 2, 4))


def colour(node: Any) -> str:
    """The colour of text."""
    return _themed(node, "themeColor", "themeShade", "themeTint") or _plain(node.get(W + "val"))


def marked(node: Any) -> str:
    """The colour of a highlight."""
    return _MARKS.get(node.get(W + "val", ""), "")


def ground(shading: Any) -> str:
    """The colour of a shading."""
    pattern = shading.get(W + "val", "clear")
    fill = _themed(shading, "themeFill", "themeFillShade", "themeFillTint")
    if not fill:
        fill = UNKNOWN if shading.get(W + "themeFill") else _plain(shading.get(W + "fill"))
    if pattern == "clear":
        return fill
    if pattern == "nil":
        return ""
    lines = _themed(shading, "themeColor", "themeShade", "themeTint") or _plain(shading.get(W + "color")) or BLACK
    if pattern == "solid":
        return lines
    return lines if alike(lines, fill or WHITE) else UNKNOWN


def filled(filling: Any) -> str:
    """The colour that a text effect fills signs with, in place of the text's own; unknown where it is not one."""
    for node in filling:
        if node.tag == W14 + "noFill":
            return _NONE
        if node.tag == W14 + "solidFill":
            return next((found for found in map(_painted, node) if found), "")
    return UNKNOWN


def _painted(node: Any) -> str:
    """One of the colours of a text effect."""
    said = node.get(W14 + "val", "")
    parts = {part.tag: _number(part.get(W14 + "val", "")) for part in node}
    if parts.get(W14 + "alpha", 0) >= _CLEAR:
        return _NONE
    if said not in _THEME:
        return _plain(said)
    level = _THEME[said] * parts.get(W14 + "lumMod", 100_000) / 100_000
    return _grey(level + 255 * parts.get(W14 + "lumOff", 0) / 100_000)


def _themed(node: Any, name: str, shade: str, tint: str) -> str:
    """A colour of the theme, darkened or lightened; empty where it is none of the two that are known."""
    known = node.get(W + name)
    level: float | None = _THEME.get(known) if known else None
    if level is None:
        return ""
    if dark := node.get(W + shade):
        level = level * _byte(dark) / 255
    if light := node.get(W + tint):
        level = 255 - (255 - level) * _byte(light) / 255
    return _grey(level)


def _plain(text: str | None) -> str:
    """A colour as it is written; empty where it is left to Word."""
    found = _HEX.match(text or "")
    return found[1] if found else ""


def _grey(level: float) -> str:
    return f"{min(max(round(level), 0), 255):02X}" * 3


def _byte(text: str) -> int:
    try:
        return min(int(text[:4], 16), 255)
    except ValueError:
        return 255


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
