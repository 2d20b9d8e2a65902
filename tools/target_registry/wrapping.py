"""Lines for a terminal, where Chinese characters take two cells: how wide a text is, and where it may break."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from target_registry.patterns import lazy

# Signs of which every table of widths says the same: one cell, and two. The library, slow to
# import, is asked where a text has others. A test compares the two.
_NARROW = frozenset("“”‘’…—·※×÷±≥≤→←–°‰§")
_WIDE = (("\u3000", "\u3029"), ("\u4e00", "\u9fff"), ("\uff01", "\uff60"))
# What may not begin a line, and what may not end one (kinsoku; W3C, Requirements for Chinese Text Layout).
_NOT_FIRST = frozenset("/，。、；：！？）》」』】〕﹞〉”’%‰％,.;:!?)]}…—")
_NOT_LAST = frozenset("（《「『【〔﹝〈“‘([{")
_RUN = 8
"""Marks in a row that stay together where a line turns; a longer run is cut where the line ends, or each of its marks would get a line."""
_ALONE = frozenset(("Lu", "Ll", "Lt", "Nd", "Nl", "No", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sc", "Sm", "So"))
"""General categories whose signs, in the Basic Multilingual Plane, take as many cells beside others as by themselves."""
_CLUSTER = 32
"""Signs before another one that may change how many cells it takes: more than any that a person types as one has."""


class _Cells(dict[str, int]):
    """The cells of each sign met so far; a sign that the library must be asked about is missing."""

    def __missing__(self, char: str) -> int:
        if " " <= char <= "~" or char in _NARROW:
            cells = 1
        elif any(first <= char <= last for first, last in _WIDE):
            cells = 2
        elif char <= "\uffff" and unicodedata.category(char) in _ALONE:
            from wcwidth import wcswidth

            cells = wcswidth(char)
        else:
            raise KeyError(char)
        self[char] = cells
        return cells


_CELLS = _Cells()


def width(text: str) -> int:
    """Character cells that a line takes."""
    known = _sum(text)
    if known is not None:
        return known
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def _sum(text: str) -> int | None:
    """The cells of all signs together; None where there are others, of which several may take less than each does."""
    try:
        return sum(map(_CELLS.__getitem__, text))
    except KeyError:
        return None


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most ``columns`` character cells.

    Chinese breaks between any two characters, but no line begins with closing punctuation
    or ends with opening brackets; words in Latin letters and numbers stay whole where they fit.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        known = _sum(paragraph)
        if (width(paragraph) if known is None else known) <= columns:
            lines.append(paragraph.rstrip())
        elif known is None:
            lines += _by_piece(pieces(paragraph, columns), columns)
        else:
            lines += _by_sums(pieces(paragraph, columns), columns)
    return lines


def _by_sums(found: Sequence[str], columns: int) -> Iterator[str]:
    """The lines of a paragraph each of whose signs takes as many cells beside others as by itself."""
    before = list(accumulate((len(piece) if len(piece) > 1 else _CELLS[piece] for piece in found), initial=0))
    line, taken, at = "", 0, 0
    while True:
        end = max(bisect_right(before, before[at] + columns - taken) - 1, at if line else at + 1)
        line += "".join(found[at:end])
        if end >= len(found):
            yield line.rstrip()
            return
        line, carried = _turn(line, found[end])
        yield line.rstrip()
        line = carried.lstrip()
        taken, at = width(line), end + 1


def _by_piece(found: Sequence[str], columns: int) -> Iterator[str]:
    """The lines of any paragraph, measured anew with each piece."""
    line, taken = "", 0
    for piece in found:
        grown = taken + _added(line[-_CLUSTER:], piece)
        if line and grown > columns:
            line, carried = _turn(line, piece)
            yield line.rstrip()
            line = carried.lstrip()
            taken = width(line)
        else:
            line += piece
            taken = grown
    yield line.rstrip()


def _added(tail: str, piece: str) -> int:
    """The cells that a piece takes behind the end of a line, some of whose signs may be one with it."""
    return width(tail + piece) - width(tail)


def _turn(line: str, piece: str) -> tuple[str, str]:
    """Where a line turns: what stays, and what begins the next one."""
    cut = len(line)
    if piece[0] in _NOT_FIRST and cut > 1:
        cut = _before_closing(line)
    end = cut
    while cut > max(1, end - _RUN) and line[cut - 1] in _NOT_LAST:
        cut -= 1
    if cut > 1 and line[cut - 1] in _NOT_LAST:
        cut = end
    return line[:cut], line[cut:] + piece


def _before_closing(line: str) -> int:
    """Where a line turns that a closing mark follows: before the sign that this stands behind, or before its word."""
    cut = len(line) - 1
    while cut > max(1, len(line) - _RUN) and line[cut] in _NOT_FIRST:  # one closing mark behind another
        cut -= 1
    if cut > 1 and line[cut] in _NOT_FIRST:
        return len(line)
    start = cut
    while start and "!" <= line[start] <= "~" and "!" <= line[start - 1] <= "~":
        start -= 1
    return start or cut  # a word that is all of the line is cut


def pieces(text: str, columns: int) -> list[str]:
    """The pieces between which a line may break: signs, and words in Latin letters that are no longer than a line."""
    found: list[str] = _PIECE.findall(text)
    columns = max(columns, 1)
    if len(found) == len(text) or longest_word(text) <= columns:
        return found
    return [piece[start : start + columns] for piece in found for start in range(0, len(piece), columns)]


_WORD = lazy("[!-~]+")
_PIECE = lazy(r"[!-~]+|[^!-~]")


def longest_word(text: str) -> int:
    """Character cells of the longest word in Latin letters."""
    return max(map(len, _WORD.findall(text)), default=0)


def indented(text: str, columns: int, pad: str) -> list[str]:
    """A text in lines that all begin with ``pad``, which counts to their width."""
    return [pad + line for line in wrap(text, max(columns - len(pad), 8))]
