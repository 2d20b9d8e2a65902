"""Rows of a table whose lines don't stand exactly below those of its headings, each cell brought to its heading.

In Word a person drags the line of a single row, or pastes rows of another office's table: for the file there are as
many columns as there are different lines, for a person as many as there are headings. A cell belongs to the headings
whose middle it covers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from target_registry.forms import Cell, Flaw
from target_registry.model import Message

_SLIVER = 0.02
"""Of the table's width: an empty place between headings that is narrower is none of its columns."""
_UNSURE = 0.4, 0.6
"""Shares of a heading's width: a cell that covers about half of it may be meant for it, or for the one beside it."""

_ASKEW = Flaw(
    Message("the lines of this row don't stand below those of the headings, so that it can't be told which column this is of"),
    Message("draw the lines of this row straight below those of the headings"),
)  # fmt: skip


class _Part(NamedTuple):
    """A cell, however many columns the file has for it, and where its lines stand."""

    cell: Cell
    left: float
    right: float

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it."""
        return not self.cell.text.strip() and self.cell.fault is None

    def covers(self, other: _Part) -> float:
        """How much of another one's width stands above or below it."""
        return max(0.0, min(self.right, other.right) - max(self.left, other.left))


def is_straight(headings: Sequence[Cell], lines: Sequence[float]) -> bool:
    """Whether all lines of a table stand below those of its headings, or beyond the last of them.

    Args:
        headings: the row that names the columns.
        lines: where each column of the file begins, and the last one ends.
    """
    return len(_heads(headings, lines)) == len(headings)


def straightened(
    headings: Sequence[Cell], rows: Sequence[Sequence[Cell]], lines: Sequence[float]
) -> tuple[tuple[Cell, ...], ...]:
    """Rows with one cell for each heading; what stands under none has columns of its own.

    Args:
        headings: the row that names the columns.
        rows: those that stand under it, itself included.
        lines: where each column of the file begins, and the last one ends.
    """
    under = _Under(_heads(headings, lines))
    found = [under.sorted(_parts(row, lines)) for row in rows]
    has_margin = any(before for before, _, _ in found)
    return tuple(
        _numbered(row[0].row, [*([_joined(before)] if has_margin else []), *cells, *(part.cell for part in behind)])
        for row, (before, cells, behind) in zip(rows, found, strict=True)
    )


class _Under:
    """The headings that cells are brought to."""

    def __init__(self, heads: Sequence[_Part]) -> None:
        self._heads = heads
        self._middles = [(head.left + head.right) / 2 for head in heads]

    def sorted(self, parts: Sequence[_Part]) -> tuple[list[_Part], list[Cell | None], list[_Part]]:
        """What of a row stands left of all headings, under each of them, and right of them."""
        before: list[_Part] = []
        behind: list[_Part] = []
        slots: list[list[_Part]] = [[] for _ in self._heads]
        loose: list[_Part] = []
        for part in parts:
            owned = range(bisect_left(self._middles, part.left), bisect_left(self._middles, part.right))
            middle = (part.left + part.right) / 2
            for at in owned:
                slots[at].append(part)
            if owned or part.is_empty:
                continue
            if middle < self._heads[0].left:
                before.append(part)
            elif middle >= self._heads[-1].right:
                behind.append(part)
            else:
                loose.append(part)
        several = {id(one) for one, other in pairwise(part for slot in slots for part in slot) if one is other}
        askew = {id(part) for part in parts if not part.is_empty and any(self._unsure(part))}
        for part in loose:
            slot = slots[self._nearest(part)]
            slot[:] = [*(other for other in slot if not other.is_empty), part]
            if len(slot) > 1:
                # What stands under several headings is then so by its line too, rather than merged.
                askew |= {*map(id, slot), *several}
        return before, list(self._cells(slots, askew)), behind

    def _nearest(self, part: _Part) -> int:
        """Of the two headings beside a cell that covers the middle of none, the one that it stands under the most."""
        after = bisect_left(self._middles, part.left)
        return max(
            (at for at in (after - 1, after) if 0 <= at < len(self._heads)), key=lambda at: part.covers(self._heads[at])
        )

    def _cells(self, slots: Sequence[Sequence[_Part]], askew: set[int]) -> Iterator[Cell | None]:
        """A row's cells under each heading, with what is wrong where it can't be told which heading they are of."""
        last: _Part | None = None
        for slot in slots:
            cell = _joined(slot)
            is_part = len(slot) == 1 and slot[0] is last
            last = slot[-1] if slot else None
            if cell is not None and any(id(part) in askew for part in slot):
                yield cell._replace(fault=cell.fault or _ASKEW, continues=False, across=False)
            else:
                yield cell and cell._replace(continues=cell.continues or is_part, across=is_part)

    def _unsure(self, part: _Part) -> Iterator[bool]:
        """Of the headings at both ends of a cell, whether it can't be told if they are its own."""
        least, most = _UNSURE
        first = bisect_left(self._middles, part.left)
        end = bisect_left(self._middles, part.right)
        for head in (self._heads[at] for at in (first - 1, first, end - 1, end) if 0 <= at < len(self._heads)):
            covered, width = part.covers(head), head.right - head.left
            is_half = least * width <= covered <= most * width
            yield is_half and covered < most * (part.right - part.left)


def _parts(row: Sequence[Cell], lines: Sequence[float]) -> list[_Part]:
    """A row's cells as they stand on the page."""
    starts = [at for at, cell in enumerate(row) if not cell.across]
    ends = [*starts[1:], len(row)]
    return [_Part(row[at], lines[at], lines[min(end, len(lines) - 1)]) for at, end in zip(starts, ends, strict=True)]


def _heads(headings: Sequence[Cell], lines: Sequence[float]) -> list[_Part]:
    """The headings as they stand on the page, without slivers that nobody takes for a column."""
    least = _SLIVER * (lines[-1] - lines[0])
    return [part for part in _parts(headings, lines) if part.cell.text.strip() or part.right - part.left > least]


def _joined(parts: Sequence[_Part]) -> Cell | None:
    """Cells as one, so that nothing of them is lost."""
    if len(parts) < 2:
        return parts[0].cell if parts else None
    faults = (part.cell.fault for part in parts)
    text = " ".join(filter(None, (part.cell.text.strip() for part in parts)))
    return parts[0].cell._replace(text=text, fault=next(filter(None, faults), None))


def _numbered(number: int, cells: Sequence[Cell | None]) -> tuple[Cell, ...]:
    """A row's cells, each with its column; where there is none, an empty one."""
    return tuple(
        Cell("", number, column) if cell is None else cell._replace(column=column)
        for column, cell in enumerate(cells, 1)
    )
