"""The plainest of sound files, told by one pass of an automaton over their bytes.

What it takes is a part of what :mod:`.canonical` takes by a match, many times as slow: its texts are of Chinese
characters, plain signs of ASCII and common punctuation, and their marks stand in pairs. Tests compare the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import Any

from target_registry.model import Route

_ASCII = r"!$%&'*+,\-./0-9;=?@A-Z\\^_`a-z|~"
"""Signs of ASCII that mean nothing within a plain scalar and are no brackets, the blank left out."""
_FIRST = r"$+./0-9A-Za-z"
"""Those that can begin one."""
PUNCTUATION = "，。、；：？！·…—～％＋℃"
_HANZI = "一-龥"  # those that machines have had since 1995
_NUMERALS = "一二三四五六七八九十"


def _ranges_without(signs: str) -> str:
    """The Chinese characters but some, as ranges."""
    bounds = [0x4E00 - 1, *sorted(map(ord, signs)), 0x9FA5 + 1]
    return "".join(f"{chr(low + 1)}-{chr(high - 1)}" for low, high in pairwise(bounds) if high - low > 1)


_SIGN = f"[ {_ASCII}{_HANZI}{PUNCTUATION}]"
_INK = f"[{_ASCII}{_HANZI}{PUNCTUATION}]"
_YEAR = f"〔{_SIGN}*〕"
# A bracket before a digit may be one around a year, and one behind a numeral may close the number of a list.
_OPENED = f"[{_ASCII.replace('0-9', '')}{_HANZI}{PUNCTUATION}]"
_CLOSED = f"[ {_ASCII.replace('0-9', '')}{_ranges_without(_NUMERALS)}{PUNCTUATION}]"
_PAIRED = f"《(?:{_SIGN}|“{_SIGN}*”)*》|“(?:{_SIGN}|《{_SIGN}*》)*”|{_YEAR}|（{_OPENED}(?:{_SIGN}|{_YEAR})*{_CLOSED}）"
# What begins with a sign of ASCII is a text, and no number or date, if one beyond ASCII follows.
_START = f"[{_FIRST}][ {_ASCII}]*[{_HANZI}{PUNCTUATION}]|[{_HANZI}{PUNCTUATION}]"
_UNQUOTABLE = _INK.replace(r"\\", "")
_QUOTED = f'"{_UNQUOTABLE}(?: *{_UNQUOTABLE})*"'

TEXT = f"(?:(?:{_START}|{_PAIRED})(?: *(?:{_INK}|{_PAIRED}))*|{_QUOTED})"
"""A text that no reader takes for anything else, of any length, with marks that no rule has a word to say of."""
NAME = f"(?:(?:{_START})(?: *{_INK})*|{_QUOTED})"
"""The same without marks."""
COMMENTS = f"(?:#[ #:{_INK[1:]}*\n)*"
IDENTIFIER = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*"

Row = tuple[str | None, ...]


class Plain:
    """The plainest texts of one schema.

    Args:
        told: the numbers of the patterns that a text is of; 0 is that of all plain ones.
        parts: takes such a text apart into its row.
        longest: the signs of a text that is surely not too long in any of its parts.
        fits: what no automaton can tell of a row.
    """

    def __init__(
        self,
        told: Callable[[bytes], Sequence[int] | None],
        parts: Callable[[str], re.Match[str] | None],
        longest: float,
        fits: Callable[[Row], bool],
    ) -> None:
        self._told = told
        self._parts = parts
        self._longest = longest
        self._fits = fits

    def rows(self, raws: Sequence[object]) -> list[tuple[Row, str, Sequence[int]] | None]:
        """What files say, their texts, and the numbers of the other patterns that these are of.

        Args:
            raws: their bytes; whatever else stands for a file isn't plain.

        Returns:
            In their order; None for what isn't plain.
        """
        # One step for all of them before the next: the automaton's tables are large, and a file's turn is short.
        told = [self._told(raw) if isinstance(raw, bytes) else None for raw in raws]
        return [self._row(raw, hints) if hints and 0 in hints else None for raw, hints in zip(raws, told, strict=True)]

    def _row(self, raw: Any, hints: Sequence[int]) -> tuple[Row, str, Sequence[int]] | None:
        text = raw.decode()
        if len(text) > self._longest:
            return None
        row = self._parts(text).groups()  # type: ignore[union-attr]  # it matches whatever the automaton takes
        return (row, text, hints) if self._fits(row) else None


def parts(routes: Sequence[Route], lists: Collection[Route] = ()) -> str:
    """A pattern that takes texts apart line by line into rows, whatever the lines say, and any of which may be left out.

    Args:
        routes: where each scalar of a row stands, in the order of lines.
        lists: those of them that are lists, each as one piece of text that ends before its last line does.
    """
    lines = [r"(?:#[^\x00-\x09\x0b-\x1f\x7f\n]*+\n)*+"]
    heading = ""
    for *above, key in routes:
        if heading and (not above or above[0] != heading):
            heading = ""
            lines.append("|)")
        if above and not heading:
            heading = str(above[0])
            lines.append(rf"(?:{re.escape(heading)}:\n(?=  )")
        indent = "  " * len(above)
        said = r"\n((?:  .+\n)*  .+)" if (*above, key) in lists else " (.+)"
        lines.append(rf"(?:{indent}{re.escape(str(key))}:{said}\n|)")
    return "".join([*lines, "|)" if heading else "", r"\Z"])
