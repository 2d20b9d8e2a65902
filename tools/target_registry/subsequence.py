"""What two sequences have in common, in one order: their longest common subsequence."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

_MOST = 16_000_000
"""Pairs of places that are looked at, a bit each: two times four thousand signs. Of more, nothing is matched
but how both begin and end."""


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The longest common subsequence as pairs of places, by bits: one addition of long numbers a sign.

    The time does not depend on how often a sign is repeated, as that of difflib does. Source: Hyyrö,
    "Bit-parallel LCS-length computation revisited" (2004).
    """
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    middle = _middle(left, right) if len(left) * len(right) <= _MOST else []
    return [
        *((at, at) for at in range(start)),
        *((start + at, start + other) for at, other in middle),
        *((len(old) - end + step, len(new) - end + step) for step in range(end)),
    ]


def length(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How long the longest common subsequence is."""
    row = _rows(old, new)[-1]
    return len(new) - row.bit_count()


def gaps(pairs: Sequence[tuple[int, int]], old_end: int, new_end: int) -> list[tuple[int, int, int, int]]:
    """What lies between the pairs, as spans of both sides: start and end in the old, start and end in the new."""
    found, old_at, new_at = [], 0, 0
    for old, new in [*pairs, (old_end, new_end)]:
        if old > old_at or new > new_at:
            found.append((old_at, old, new_at, new))
        old_at, new_at = old + 1, new + 1
    return found


def _rows(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[int]:
    """For each beginning of the one sequence a bit for each place of the other: not set where one more is in common there."""
    places: dict[Hashable, int] = {}
    for at, key in enumerate(right):
        places[key] = places.get(key, 0) | 1 << at
    full = (1 << len(right)) - 1
    row, rows = full, [full]
    for key in left:
        meets = row & places.get(key, 0)
        row = ((row + meets) | (row - meets)) & full
        rows.append(row)
    return rows


def _middle(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    rows = _rows(left, right)
    pairs = []
    at, other = len(left), len(right)
    while at and other:
        bit = 1 << (other - 1)
        if rows[at] & bit:
            other -= 1
        elif not rows[at - 1] & bit:
            at -= 1
        else:
            at, other = at - 1, other - 1
            pairs.append((at, other))
    pairs.reverse()
    return pairs
