"""The numbers that Word writes before paragraphs by itself: they stand in no text, and a form's 序号 are often such.

Source: ECMA-376 part 1, section 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from target_registry import numerals
from target_registry.forms.sign_fonts import sign
from target_registry.forms.word_styles import Styles, W, switch, value, whole
from target_registry.patterns import lazy

_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand")
)
_SURE = 99
"""The highest number that Word writes alike in each of these ways."""
_LISTED = {
    "ideographDigital": "一二三四五六七八九", "chineseLegalSimplified": "壹贰叁肆伍陆柒捌玖",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz", "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}  # fmt: skip
"""Ways of which the first signs are sure."""
_PLAIN = frozenset(("decimal", "decimalHalfWidth", ""))
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HIGHEST = 3999
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_SIGN_FONTS = ("wingdings", "webdings", "symbol")
"""Fonts that have signs in the places of letters."""
_USUAL = frozenset("oO")
"""Letters that are bullets all the same: Word's own second level has an o of Courier New."""
_FIGURES = frozenset("≥≤±＋+<>＜＞≈～~%％‰¥￥$")
"""Signs that change a number which they stand before."""
_TICKS = frozenset("√✓✔☑☒×✗✘✕✖□☐")
"""Signs that choose something where little else stands behind them, and only mark a point before a sentence."""
_GAP = lazy(r"%([1-9])")
_DEEPEST = 8
_LONGEST = 50
"""Signs of a label that may be read: one is given for each of very many paragraphs."""


class Label(NamedTuple):
    """What stands before a paragraph.

    Attributes:
        text: it, what follows it included.
        is_told: whether the text is surely what Word shows.
        ticks: whether it only marks a point, unless next to nothing stands behind it.
        look: the properties of its signs, beside those of the paragraph's mark; None where it has none.
        place: the properties that its list gives the paragraph; None where it gives none.
        is_own: whether the paragraph itself says that it stands in the list, rather than its style.
    """

    text: str
    is_told: bool = True
    ticks: bool = False
    look: Any | None = None
    place: Any | None = None
    is_own: bool = False


NONE = Label("")
"""What stands before a paragraph that is in no list."""


class _Level(NamedTuple):
    start: int
    kind: str
    text: str
    follows: str
    legal: bool
    restarts: int
    ticks: bool
    is_told: bool
    look: Any | None
    place: Any | None


class Numbering:
    """The lists of a document, and how far each has come. Paragraphs are told in the document's order."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        """The definition of each list; lists of one definition count on together."""
        self._own: dict[str, dict[int, _Level]] = {}
        """The levels that a list has in place of its definition's."""
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        linked: dict[str, str] = {}
        for node in () if root is None else root:
            if node.tag == W + "abstractNum":
                name = node.get(W + "abstractNumId", "")
                self._levels[name] = dict(map(_level, node.iterfind(W + "lvl")))
                if link := value(node, "numStyleLink"):
                    linked[name] = link
            elif node.tag == W + "num":
                self._num(node)
        for name, style in linked.items():
            number = styles.number(style)
            if number and (target := self._lists.get(number[0])) in self._levels and target is not None:
                self._levels[name] = self._levels[target]

    def label(self, properties: Any | None, style: str) -> Label:
        """The number before a paragraph; an empty text where it has none."""
        own = None if properties is None else properties.find(W + "numPr")
        by_style = self._styles.number(style)
        number, level = by_style or ("", 0)
        if own is not None:
            number = value(own, "numId") or number
            level = whole(value(own, "ilvl") or "", level)
        definition = self._lists.get(number)
        if definition is None:
            return NONE
        levels = self._levels.get(definition, {})
        if number in self._own:
            levels = {**levels, **self._own[number]}
        if level not in levels:
            return NONE
        is_own = own is not None and value(own, "numId") is not None
        return self._count(definition, number, level, levels)._replace(place=levels[level].place, is_own=is_own)

    def _num(self, node: Any) -> None:
        number = node.get(W + "numId", "")
        self._lists[number] = value(node, "abstractNumId") or ""
        for override in node.iterfind(W + "lvlOverride"):
            at = whole(override.get(W + "ilvl", "0"), 0)
            if (start := value(override, "startOverride")) is not None:
                self._restarts.setdefault(number, {})[at] = whole(start, 1)
            if (level := override.find(W + "lvl")) is not None and at <= _DEEPEST:
                self._own.setdefault(number, {})[at] = _level(level)[1]

    def _count(self, definition: str, number: str, level: int, levels: Mapping[int, _Level]) -> Label:
        counts = self._counts.setdefault(definition, {})
        for at, start in self._restarts.pop(number, {}).items():
            counts[at] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            if deeper not in levels or levels[deeper].restarts > level:
                del counts[deeper]
        shown = levels[level]
        if not shown.text:
            return Label("", shown.is_told)
        is_told = shown.is_told

        def figure(gap: re.Match[str]) -> str:
            nonlocal is_told
            at = int(gap[1]) - 1
            of = levels.get(at, shown)
            if "none" in (shown.kind, of.kind):
                return ""
            count = counts.get(at, of.start)
            found = _figure(count, "decimal" if shown.legal else of.kind)
            is_told = is_told and found is not None
            return str(count) if found is None else found

        text = shown.text if shown.kind == "bullet" else _GAP.sub(figure, shown.text)
        blank = bool(text) and shown.follows != "nothing" and text[-1:].isascii()
        return Label(text + " " * blank, is_told, shown.ticks, shown.look)


def _level(node: Any) -> tuple[int, _Level]:
    kind = value(node, "numFmt") or "decimal"
    text = value(node, "lvlText") or ""
    is_told = len(text) <= _LONGEST and node.find(W + "lvlPicBulletId") is None
    at = min(whole(node.get(W + "ilvl", "0"), 0), _DEEPEST)
    ticks = ""
    if kind == "bullet":
        fonts = node.find(f"{W}rPr/{W}rFonts")
        ticks = _ticked(text, fonts)
        text = ticks or (text if _says(text, fonts) else "")
    return at, _Level(
        whole(value(node, "start") or "", 0),
        kind,
        text[:_LONGEST],
        value(node, "suff") or "tab",
        bool(switch(node, "isLgl")),
        whole(value(node, "lvlRestart") or "", at),
        bool(ticks),
        is_told,
        node.find(W + "rPr"),
        node.find(W + "pPr"),
    )


def _font(fonts: Any | None) -> str:
    return "" if fonts is None else str(fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "")


def _ticked(bullet: str, fonts: Any | None) -> str:
    """The tick or the box that a bullet is; empty of any other."""
    text = bullet.strip()
    found = text if len(text) != 1 else sign(_font(fonts), ord(text)) or text
    return found if found in _TICKS else ""


def _says(bullet: str, fonts: Any | None) -> bool:
    """Whether a bullet is a text that somebody reads, and no sign that only marks where a point begins."""
    has_signs = _font(fonts).lower().startswith(_SIGN_FONTS)
    return (
        any((char.isalnum() or char in _FIGURES) and not (has_signs and ord(char) < 0x100) for char in bullet)
        and bullet.strip() not in _USUAL
    )


def _figure(count: int, kind: str) -> str | None:
    """A number in one of Word's ways; None where it can't be told how Word writes it."""
    if kind in _PLAIN:
        return str(count)
    if kind in _CHINESE and 0 < count <= _SURE:
        return numerals.chinese(count)
    if kind == "decimalZero":
        return f"{count:02}"
    if kind in ("decimalFullWidth", "decimalFullWidth2"):
        return str(count).translate(_FULL_WIDTH)
    if kind in ("lowerRoman", "upperRoman") and 0 < count <= _HIGHEST:
        return _roman(count) if kind == "lowerRoman" else _roman(count).upper()
    listed = _LISTED.get(kind, "")
    return listed[count - 1] if 0 < count <= len(listed) else None


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (count // worth)
        count %= worth
    return text
