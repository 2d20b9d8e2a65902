"""Tables for a terminal: cells wrapped, Chinese aligned, rows under their group's heading.

Where a terminal is too narrow for columns, each row becomes a block of its own, so that
nothing is cut and no line is broken by the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from tabulate import tabulate

from target_registry.escape import terminal
from target_registry.formats import Look
from target_registry.tables import Column, Row, Table
from target_registry.wrapping import longest_word, width, wrap

_GAP = 2
_LEAST, _MOST = 10, 60
"""Columns, in character cells: a text column is never narrower than the first, and starts no wider than the second."""
_SHORT = 14
"""Character cells of a cell that is not worth breaking."""
_WORD = 14
"""Character cells of a word in Latin letters that stays whole."""
_TALLEST = 16
"""Lines that a row may take before blocks read better."""


def piece(tables: Sequence[Table], look: Look) -> list[str]:
    """Each table's lines."""
    return ["\n".join(_table(table, look)) for table in tables]


def whole(pieces: Sequence[Sequence[str]], look: Look) -> str:
    """The tables one below the other; joined once, since they may be hundreds of megabytes."""
    parts = [part for table in chain.from_iterable(pieces) for part in ("\n\n", table)]
    return "".join([*parts[1:], "\n"])


def _table(table: Table, look: Look) -> Iterator[str]:
    for line in wrap(terminal(table.title), look.width):
        yield look.style(line, "heading")
    yield ""
    rows = [Row(tuple(_safe(cell) for cell in row.cells), {}, terminal(row.group), row.total) for row in table.rows]
    widths = _widths(table.columns, rows, look.width)
    wrapped = [[wrap(cell, size) for cell, size in zip(row.cells, widths, strict=True)] for row in rows if widths]
    if widths is None or any(len(cell) > _TALLEST for cells in wrapped for cell in cells):
        yield from _blocks(table.columns, rows, look)
    else:
        yield from _grid(table, rows, wrapped, widths, look)
    if table.note:
        yield ""
        for line in _safe(table.note).split("\n"):
            yield from wrap(line, look.width)


def _safe(cell: str) -> str:
    return "\n".join(terminal(line) for line in cell.split("\n"))


def _widths(columns: Sequence[Column], rows: Sequence[Row], total: int) -> list[int] | None:
    """Column widths that fill the terminal without breaking numbers; None where they don't fit."""
    natural, least = [], []
    for index, column in enumerate(columns):
        cells = [line for row in rows for line in row.cells[index].split("\n")]
        longest, heading = max(map(width, cells), default=0), width(column.heading)
        # No number is broken, no word of a heading, and a column of text has room for some characters.
        floor = max(longest if column.numeric or longest <= _SHORT else _LEAST, _heading_word(column.heading), 4)
        floor = max(floor, min(max(map(_word, cells), default=0), _WORD))
        least.append(floor)
        bracket = width(column.heading[column.heading.find("（") :]) if "（" in column.heading else 0
        natural.append(max(floor, min(longest, _MOST), min(heading, 8), bracket))
    room = total - _GAP * (len(columns) - 1)
    if sum(least) > room:
        return None
    widths = list(least)
    spare = room - sum(widths)
    while spare > 0:
        # The column that is most cramped, by the lines its fullest cells take, gets the next cell.
        wanting = [i for i in range(len(widths)) if widths[i] < natural[i]]
        if not wanting:
            break
        worst = max(wanting, key=lambda i: (natural[i] / widths[i], -i))
        widths[worst] += 1
        spare -= 1
    return widths


def _word(text: str) -> int:
    """Character cells of the longest word that should not be broken."""
    return min(longest_word(text), _WORD)


def _heading_word(heading: str) -> int:
    """Character cells that a heading needs at the least: a bracket such as （月） stays whole."""
    bracket = heading[heading.find("（") :].replace("/", "/\n").split("\n") if "（" in heading else []
    return max([_word(heading), *(width(part) for part in bracket if width(part) <= 6)])


def _heading(heading: str, columns: int) -> list[str]:
    """A heading in lines of about equal length, its bracket on a line of its own."""
    if width(heading) <= columns:
        return [heading]
    lines = []
    for part in heading.replace("（", "\n（").split("\n"):
        needed = -(-width(part) // columns)
        even = -(-width(part) // (2 * needed)) * 2
        lines += wrap(part, min(max(even, _word(part), 2), columns))
    return lines


def _grid(
    table: Table, rows: Sequence[Row], wrapped: Sequence[Sequence[list[str]]], widths: Sequence[int], look: Look
) -> Iterator[str]:
    """Rows whose cells are wrapped, side by side."""
    headings = [_heading(column.heading, size) for column, size in zip(table.columns, widths, strict=True)]
    # The headings go in as a row: tabulate would pad a heading beyond its column.
    body = tabulate(
        [["\n".join(cell) for cell in cells] for cells in (headings, *wrapped)],
        tablefmt="plain",
        colalign=["right" if column.numeric else "left" for column in table.columns],
        disable_numparse=True,
    ).split("\n")
    body = [line.rstrip() for line in body]
    top = max(map(len, headings))
    rule = "─" * (sum(widths) + _GAP * (len(widths) - 1))
    for line in body[:top]:
        yield look.style(line, "heading")
    yield rule
    position, group = top, None
    tall = any(sum(len(cell) > 1 for cell in cells) > 1 for cells in wrapped)
    for index, (row, cells) in enumerate(zip(rows, wrapped, strict=True)):
        height = max(map(len, cells))
        if table.grouping is not None and row.group != group:
            if index:
                yield ""
            yield from (look.style(line, "heading") for line in wrap(row.group, look.width) if line)
            group = row.group
        elif tall and index:
            yield ""
        if row.total and not row.group:
            yield rule
        yield from body[position : position + height]
        position += height


def _blocks(columns: Sequence[Column], rows: Sequence[Row], look: Look) -> Iterator[str]:
    """Each row as a few lines, for narrow terminals: what it says, its short cells together, the rest."""
    numbered = len(columns) > 1 and columns[0].numeric
    margin = max((width(row.cells[0]) for row in rows), default=0) + _GAP if numbered else 0
    lead = 1 if numbered else 0
    rest = range(lead + 1, len(columns))
    short = [i for i in rest if columns[i].numeric or all(width(row.cells[i]) <= _SHORT for row in rows)]
    long = [i for i in rest if i not in short]
    label = max((width(columns[i].heading) for i in long), default=0)
    label = min(label, max(look.width // 3, 4))
    group = None
    for index, row in enumerate(rows):
        if index:
            yield ""
        if row.group and row.group != group:
            yield from (look.style(line, "heading") for line in wrap(row.group, look.width))
            yield "─" * look.width
        group = row.group
        number = row.cells[0] if numbered else ""
        says = wrap(row.cells[lead], max(look.width - margin, 4))
        yield from _hung(
            [number.rjust(margin - _GAP) + " " * _GAP if numbered else "", *[" " * margin] * len(says)], says
        )
        facts = [f"{columns[i].heading} {row.cells[i]}" for i in short if row.cells[i]]
        yield from (" " * margin + line for line in _packed(facts, look.width - margin))
        for i in long:
            heading = wrap(columns[i].heading, label)
            text = wrap(row.cells[i] or "—", max(look.width - margin - label - _GAP, 4))
            heading += [""] * (len(text) - len(heading))
            text += [""] * (len(heading) - len(text))
            left = [" " * margin + line + " " * (label - width(line) + _GAP) for line in heading]
            yield from _hung(left, text)


def _hung(left: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    """Lines behind what stands to their left."""
    for margin, line in zip(left, lines, strict=False):
        yield (margin + line).rstrip()


def _packed(facts: Sequence[str], columns: int) -> list[str]:
    """Short facts side by side, as many on a line as fit."""
    lines: list[str] = []
    for fact in facts:
        if lines and width(lines[-1]) + 3 + width(fact) <= columns:
            lines[-1] += "   " + fact
        else:
            lines += wrap(fact, max(columns, 4))
    return lines
