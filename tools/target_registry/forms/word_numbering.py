"""The numbers that Word writes before paragraphs by itself: they stand in no text, and a form's 序号 are often such.

Source: ECMA-376 part 1, section 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from target_registry import numerals
from target_registry.forms.word_styles import Styles, W, value, whole
from target_registry.patterns import lazy

_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCountingThousand")
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_SIGN_FONTS = ("wingdings", "webdings", "symbol")
"""Fonts that have signs in the places of letters."""
_USUAL = frozenset("oO")
"""Letters that are bullets all the same: Word's own second level has an o of Courier New."""
_FIGURES = frozenset("≥≤±＋+<>＜＞≈～~%％‰¥￥$")
"""Signs that change a number which they stand before."""
_GAP = lazy(r"%([1-9])")
_DEEPEST = 8
_HIGHEST = 9999


class _Level(NamedTuple):
    start: int
    kind: str
    text: str
    follows: str
    legal: bool


class Numbering:
    """The lists of a document, and how far each has come. Paragraphs are told in the document's order."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        """The definition of each list; lists of one definition count on together."""
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

    def label(self, properties: Any | None, style: str) -> str:
        """The number before a paragraph, what follows it included; empty where it has none."""
        own = None if properties is None else properties.find(W + "numPr")
        by_style = self._styles.number(style)
        number, level = by_style or ("", 0)
        if own is not None:
            number = value(own, "numId") or number
            level = whole(value(own, "ilvl") or "", level)
        definition = self._lists.get(number)
        levels = self._levels.get(definition or "", {})
        if definition is None or level not in levels:
            return ""
        return self._count(definition, number, level, levels)

    def _num(self, node: Any) -> None:
        number = node.get(W + "numId", "")
        self._lists[number] = value(node, "abstractNumId") or ""
        for override in node.iterfind(W + "lvlOverride"):
            if (start := value(override, "startOverride")) is not None:
                at = whole(override.get(W + "ilvl", "0"), 0)
                self._restarts.setdefault(number, {})[at] = whole(start, 1)

    def _count(self, definition: str, number: str, level: int, levels: Mapping[int, _Level]) -> str:
        counts = self._counts.setdefault(definition, {})
        for at, start in self._restarts.pop(number, {}).items():
            counts[at] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        shown = levels[level]

        def figure(gap: re.Match[str]) -> str:
            if shown.kind == "none":
                return ""
            at = int(gap[1]) - 1
            of = levels.get(at, shown)
            return _figure(counts.get(at, of.start), "decimal" if shown.legal else of.kind)

        if not shown.text:
            return ""
        text = shown.text if shown.kind == "bullet" else _GAP.sub(figure, shown.text)
        if not text:
            return ""
        blank = shown.follows != "nothing" and text[-1:].isascii()
        return text + " " * blank


def _level(node: Any) -> tuple[int, _Level]:
    kind = value(node, "numFmt") or "decimal"
    text = (value(node, "lvlText") or "")[:50]
    return min(whole(node.get(W + "ilvl", "0"), 0), _DEEPEST), _Level(
        whole(value(node, "start") or "", 1),
        kind,
        "" if kind == "bullet" and not _says(text, node.find(f"{W}rPr/{W}rFonts")) else text,
        value(node, "suff") or "tab",
        node.find(W + "isLgl") is not None,
    )


def _says(bullet: str, fonts: Any | None) -> bool:
    """Whether a bullet is a text that somebody reads, and no sign that only marks where a point begins."""
    font = "" if fonts is None else str(fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "")
    has_signs = font.lower().startswith(_SIGN_FONTS)
    return (
        any((sign.isalnum() or sign in _FIGURES) and not (has_signs and ord(sign) < 0x100) for sign in bullet)
        and bullet.strip() not in _USUAL
    )


def _figure(count: int, kind: str) -> str:
    """A number in one of Word's ways; as plain digits in those that no form uses."""
    if kind in _CHINESE and 0 < count <= _HIGHEST:
        return numerals.chinese(count)
    if kind == "decimalZero":
        return f"{count:02}"
    if kind.startswith("decimalFullWidth"):
        return str(count).translate(_FULL_WIDTH)
    if kind.startswith("decimalEnclosedCircle") and 0 < count <= 20:
        return chr(0x2460 + count - 1)
    if kind in ("lowerLetter", "upperLetter") and 0 < count <= 26:
        return chr((97 if kind == "lowerLetter" else 65) + count - 1)
    return str(count)
