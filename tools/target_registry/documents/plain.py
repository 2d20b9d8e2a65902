"""The plainest of sound files, told by one pass of an automaton over their bytes.

It accepts a subset of what :mod:`.canonical` accepts, and is many times faster: its texts are of Chinese characters,
plain signs of ASCII and common punctuation, and their marks stand in pairs. Tests compare the two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

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
_NO_MODELINE = f"[:{_ASCII.replace('$', '').replace('a-z', 'a-xz')}{_HANZI}{PUNCTUATION}]"
"""Signs that a comment may begin with that surely names no schema."""
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
IDENTIFIER = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*"


def lines(values: Mapping[Route, str], modeline: str) -> str:
    """A pattern of comments, and behind them lines with these values, in any order: who takes them apart asks for that.

    An automaton is the quicker the smaller it is, so that keys with the same kind of value share one.

    Args:
        values: patterns of what may stand on the line of each key.
        modeline: a pattern of the comments that name the schema; another that may name one is for others to look at.
    """
    keys: dict[tuple[str, str], list[str]] = {}
    for (*above, key), value in values.items():
        keys.setdefault(("  " * len(above), value), []).append(str(key))
    headings = dict.fromkeys(f"{above}:\n" for above, *below in values if below)
    ways = [f"{indent}(?:{'|'.join(named)}): (?:{value})\n" for (indent, value), named in keys.items()]
    comments = f"(?:{modeline}|#[ #]*(?:{_NO_MODELINE}[ #:{_INK[1:]}*)?)\n"
    return f"(?:{comments})*(?:{'|'.join([*headings, *ways])})+"


BEGIN, END = "\x01", "\x00"
"""What stands before and behind each of several texts, and in no plain one."""

Row = tuple[str, ...]


class Plain:
    """The plainest texts of one schema.

    Args:
        told: the numbers of the patterns that a text is of; 0 is that of all plain ones.
        parts: takes those of such texts apart into rows that have their keys in the schema's order, each with the marks
            around it.
        longest: the signs of a text that is surely not too long in any of its parts.
        fits: what no automaton can tell of a row.
    """

    def __init__(
        self,
        told: Callable[[bytes], Sequence[int] | None],
        parts: Callable[[str], list[Row]],
        longest: float,
        fits: Callable[[Row], bool],
    ) -> None:
        self._told = told
        self._parts = parts
        self._longest = longest
        self._fits = fits

    def rows(self, raws: Sequence[object]) -> list[tuple[Row, Sequence[int]] | None]:
        """What files say, and the numbers of the other patterns that their texts are of.

        Args:
            raws: their bytes; whatever else stands for a file isn't plain.

        Returns:
            In their order; None for what isn't plain.
        """
        # One step for all of them before the next: the automaton's tables are large, and a file's turn is short.
        told = [self._told(raw) if isinstance(raw, bytes) else None for raw in raws]
        plain = [(at, hints) for at, hints in enumerate(told) if hints and 0 in hints]
        some: list[bytes] = [raws[at] for at, _ in plain]  # type: ignore[misc]  # these are bytes
        found: list[Row | None] = [*self._apart(some)]
        if len(found) != len(some):  # at least one has its keys in another order; a look at each tells which
            found = [row for raw in some for row in (self._apart([raw]) or (None,))]
        rows: list[tuple[Row, Sequence[int]] | None] = [None] * len(raws)
        for (at, hints), raw, row in zip(plain, some, found, strict=True):
            short = len(raw) <= self._longest or len(raw.decode()) <= self._longest
            if row is not None and short and self._fits(row):
                rows[at] = row, hints
        return rows

    def _apart(self, raws: Sequence[bytes]) -> list[Row]:
        """The rows of those of some texts that have any."""
        between = (END + BEGIN).encode()
        return self._parts(f"{BEGIN}{between.join(raws).decode()}{END}") if raws else []
