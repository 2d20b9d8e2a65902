"""Lines for a terminal, where Chinese characters take two cells: how wide a text is, and where it may break."""

from __future__ import annotations

from collections.abc import Iterator

# Signs of which every table of widths says the same: one cell, and two. The library, slow to
# import, is asked where a text has others. A test compares the two.
_NARROW = frozenset("“”‘’…—·※×÷±≥≤→←–°‰§")
_WIDE = (("\u3000", "\u3029"), ("\u4e00", "\u9fff"), ("\uff01", "\uff60"))
# What may not begin a line, and what may not end one (kinsoku; W3C, Requirements for Chinese Text Layout).
_NOT_FIRST = frozenset("/，。、；：！？）》」』】〕﹞〉”’%‰％,.;:!?)]}…—")
_NOT_LAST = frozenset("（《「『【〔﹝〈“‘([{")


class _Cells(dict[str, int]):
    """The cells of each sign met so far; a sign that the library must be asked about is missing."""

    def __missing__(self, char: str) -> int:
        if " " <= char <= "~" or char in _NARROW:
            cells = 1
        elif any(first <= char <= last for first, last in _WIDE):
            cells = 2
        else:
            raise KeyError(char)
        self[char] = cells
        return cells


_CELLS = _Cells()


def width(text: str) -> int:
    """Character cells that a line takes."""
    try:
        return sum(map(_CELLS.__getitem__, text))
    except KeyError:
        from wcwidth import wcswidth

        return max(wcswidth(text), 0)


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most ``columns`` character cells.

    Chinese breaks between any two characters, but no line begins with closing punctuation
    or ends with opening brackets; words in Latin letters and numbers stay whole where they fit.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if width(paragraph) <= columns:
            lines.append(paragraph.rstrip())
            continue
        line = ""
        for piece in pieces(paragraph, columns):
            if line and width(line + piece) > columns:
                line, carried = _turn(line, piece)
                lines.append(line.rstrip())
                line = carried.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return lines


def _turn(line: str, piece: str) -> tuple[str, str]:
    """Where a line turns: what stays, and what begins the next one."""
    cut = len(line)
    if piece[0] in _NOT_FIRST and cut > 1:
        cut -= 1
        while cut > 1 and line[cut].isascii() and line[cut].isalnum() and line[cut - 1].isascii():
            cut -= 1
    while cut > 1 and line[cut - 1] in _NOT_LAST:
        cut -= 1
    return line[:cut], line[cut:] + piece


def pieces(text: str, columns: int) -> Iterator[str]:
    """The pieces between which a line may break."""
    word = ""
    for char in text:
        joins = char.isascii() and not char.isspace()
        if joins and width(word + char) <= columns:
            word += char
            continue
        if word:
            yield word
        word = char if joins else ""
        if not joins:
            yield char
    if word:
        yield word


def indented(text: str, columns: int, pad: str) -> list[str]:
    """A text in lines that all begin with ``pad``, which counts to their width."""
    return [pad + line for line in wrap(text, max(columns - len(pad), 8))]
