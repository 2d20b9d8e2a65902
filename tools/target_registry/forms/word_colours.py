"""Colours of a Word document: of text, and of what is behind it.

A colour is six hexadecimal digits, or several with bars between, of which any may be meant; empty where none is set, or
where Word chooses one that can be seen.
Source: ECMA-376 part 1, sections 17.2.1 (background), 17.3.2.6 (color), 17.3.5 (shading), 17.18.40 (highlights) and 17.18.97
(theme colours); [MS-DOCX], section 2.4 (text fill).
"""

from __future__ import annotations

import colorsys
from functools import lru_cache
from typing import Any

from target_registry.forms import word_theme
from target_registry.forms.colours import is_unreadable
from target_registry.forms.word_styles import W, switch
from target_registry.patterns import lazy

WHITE = "FFFFFF"
BLACK = "000000"
UNKNOWN = "?"
"""A colour that the file doesn't tell: like none."""
_ANY = "any"
"""What can't be told from anything: text that is not filled, and a colour of the theme that is worked out from others."""
_CLEAR = 90_000
"""Thousandths of a percent of transparency at which nothing is seen."""
_WIDE = 19_050
"""How wide the outline of signs may be without hiding them, in 914,400ths of an inch: 1.5 points."""
_KNOWN = 1024
"""Pairs of colours that are kept: a document has few, on many runs."""
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_HEX = lazy(r"#?([0-9A-Fa-f]{6})\Z")
_DOTS = lazy(r"pct([0-9]{1,2})\Z")
_MARKS = {
    "black": BLACK, "white": WHITE, "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


@lru_cache(_KNOWN)
def alike(text: str, behind: str) -> bool:
    """Whether text can't be seen on what is behind it, whichever of several colours each has; never where one is unknown."""
    if not text or UNKNOWN in text or UNKNOWN in behind:
        return False
    grounds = behind.split("|")
    return all(_near(one, other) for one in text.split("|") for other in grounds)


def _near(one: str, other: str) -> bool:
    if _ANY in (one, other):
        return True
    return is_unreadable(bytes.fromhex(one), bytes.fromhex(other))


def marked(node: Any) -> str:
    """The colour of a highlight."""
    return _MARKS.get(node.get(W + "val", ""), "")


class Palette:
    """The colours of a document, with those of its theme.

    Args:
        theme: the theme's part; None where there is none.
        settings: that of the document's settings.
    """

    def __init__(self, theme: Any | None = None, settings: Any | None = None) -> None:
        self._themed = word_theme.colours(theme, settings)
        self._shows_background = bool(switch(settings, "displayBackgroundShape"))

    def page(self, document: Any) -> str:
        """The colour of the pages."""
        background = document.find(W + "background")
        if background is None or not self._shows_background:
            return WHITE
        if len(background):
            return UNKNOWN  # a picture, or several colours
        return self.colour(background, W + "color") or WHITE

    def colour(self, node: Any, plain: str = W + "val") -> str:
        """The colour of text.

        Args:
            node: what says it.
            plain: the attribute that says it where the theme doesn't.
        """
        return self._of_theme(node, "themeColor", "themeShade", "themeTint") or _plain(node.get(plain))

    def ground(self, shading: Any) -> str:
        """The colour of a shading."""
        pattern = shading.get(W + "val", "clear")
        fill = self._of_theme(shading, "themeFill", "themeFillShade", "themeFillTint") or _plain(
            shading.get(W + "fill")
        )
        if pattern == "clear":
            return fill
        if pattern == "nil":
            return ""
        lines = self.colour(shading, W + "color") or BLACK
        if pattern == "solid":
            return lines
        if alike(lines, fill or WHITE):
            return lines
        dots = _DOTS.match(pattern)
        return UNKNOWN if dots is None else _mixed(lines, fill or WHITE, int(dots[1]) / 100)

    def filled(self, filling: Any) -> str:
        """The colour that a text effect fills signs with, in place of the text's own; unknown where it is none."""
        for node in filling:
            if node.tag == W14 + "noFill":
                return _ANY
            if node.tag == W14 + "solidFill":
                return next((found for found in map(self._painted, node) if found), "")
            if node.tag == W14 + "gradFill":
                stops = [self._painted(paint) or UNKNOWN for stop in node.iter(W14 + "gs") for paint in stop]
                return "|".join(dict.fromkeys(stops)) or UNKNOWN
        return UNKNOWN

    def outlined(self, outline: Any) -> str:
        """The colour of an outline so wide that it covers the signs; empty of any other."""
        return self.filled(outline) if _number(outline.get(W14 + "w", "")) > _WIDE else ""

    def _painted(self, node: Any) -> str:
        """One of the colours of a text effect."""
        said = node.get(W14 + "val", "")
        parts = {part.tag: _number(part.get(W14 + "val", "")) for part in node}
        if parts.get(W14 + "alpha", 0) >= _CLEAR:
            return _ANY
        found = (self._themed.get(said, "") or _ANY) if node.tag == W14 + "schemeClr" else _plain(said)
        more = parts.get(W14 + "lumMod", 100_000) / 100_000, parts.get(W14 + "lumOff", 0) / 100_000
        return found if more == (1, 0) else _lit(found, *more)

    def _of_theme(self, node: Any, name: str, shade: str, tint: str) -> str:
        """A colour of the theme, darkened or lightened; empty where none is named."""
        known = node.get(W + name)
        if not known or known not in self._themed:
            return ""
        found = self._themed[known] or _ANY
        if dark := node.get(W + shade):
            found = _lit(found, _byte(dark) / 255, 0)
        if light := node.get(W + tint):
            found = _lit(found, _byte(light) / 255, 1 - _byte(light) / 255)
        return found


def _plain(text: str | None) -> str:
    """A colour as it is written; empty where it is left to Word."""
    found = _HEX.match(text or "")
    return found[1] if found else ""


def _lit(colour: str, times: float, more: float) -> str:
    """A colour whose light is so many times what it was, and so much more."""
    if not colour or colour == _ANY:
        return colour
    hue, light, depth = colorsys.rgb_to_hls(*_parts(colour))
    return _hex(*colorsys.hls_to_rgb(hue, min(max(light * times + more, 0), 1), depth))


def _mixed(lines: str, fill: str, share: float) -> str:
    """What dots of one colour on another look like, which take so much of the room."""
    if _ANY in (lines, fill):
        return _ANY
    return _hex(*(one * share + other * (1 - share) for one, other in zip(_parts(lines), _parts(fill), strict=True)))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _hex(*parts: float) -> str:
    return "".join(f"{round(part * 255):02X}" for part in parts)


def _byte(text: str) -> int:
    try:
        return min(max(int(text[:4], 16), 0), 255)
    except ValueError:
        return 255


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
