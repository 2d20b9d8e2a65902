"""Which row is which target? By slug where the form has it, else by the sentence, the number, and likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from target_registry import fields
from target_registry.intake import Fault
from target_registry.intake.values import Row
from target_registry.model import LAST_NUMBER, Level, Message, Target
from target_registry.nearest import Guesses, likeness

_ALIKE = 0.5
"""How much of two rows must be the same before an edited one is taken for the other."""
_MANY = 200
"""Rows left over beyond which only those with the same number are compared, lest it take minutes."""
_READ = 1_000_000
"""Signs that are read to find out which rows and targets are alike, beyond which the same goes: a hundred rows rewritten
from the first sign to the last take half of them."""
_COMPARED = ("target", "half_year_target", "basis", "verification", "remarks")


def match(rows: Sequence[Row], targets: Sequence[Target]) -> tuple[list[Target | None], list[Fault]]:
    """The target of each row; None for a new one. Two rows never have the same."""
    found: list[Target | None] = [None] * len(rows)
    faults: list[Fault] = []
    left = {target.slug: target for target in targets}
    _by_slug(rows, left, found, faults)
    faults += _astray(rows, targets, found)
    _by_sentence(rows, left, found)
    _by_likeness(rows, left, found)
    return found, faults


def _by_slug(rows: Sequence[Row], left: dict[str, Target], found: list[Target | None], faults: list[Fault]) -> None:
    first: dict[str, Row] = {}
    for index, row in enumerate(rows):
        if not row.slug:
            continue
        if row.slug in first:
            heading = fields.of_row()["slug"].heading
            faults.append(
                Fault(
                    "target-twice",
                    Level.ERROR,
                    row.filled.at("slug", heading),
                    Message("{slug} stands in row {row} already: two rows for one target", slug=row.slug,
                            row=first[row.slug].filled.row),
                    Message("clear the slug of the row that is new, and a slug is proposed"),
                )
            )  # fmt: skip
        first.setdefault(row.slug, row)
        found[index] = left.pop(row.slug, None)
    guesses = Guesses()
    by_sentence: dict[str, Target] = {}
    for target in left.values():
        by_sentence.setdefault(fields.fold(target.text("target")), target)
    for index, row in enumerate(rows):
        if row.slug and found[index] is None and first[row.slug] is row:
            alike = by_sentence.get(fields.fold(row.target))
            meant = guesses.nearest(row.slug, left, 0.5) or (alike.slug if alike else None)
            if meant is not None:
                faults.append(_unknown(row, meant))


def _astray(rows: Sequence[Row], targets: Sequence[Target], found: Sequence[Target | None]) -> list[Fault]:
    """Rows that say what another target does than the one their slug names, as after a sort that left the slugs behind."""
    by_sentence: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        by_sentence[fields.fold(target.text("target"))].append(target)
    astray = []
    for row, named in zip(rows, found, strict=True):
        others = by_sentence.get(fields.fold(row.target), ()) if named is not None and row.target else ()
        if named is None or named in others:
            continue
        if any(_in_common(row, other) > _in_common(row, named) for other in others):
            astray.append(row)
    if not astray:
        return []
    heading = fields.of_row()["slug"].heading
    told = Message(
        "the slugs don't go with their rows: what stands in rows {rows} is what targets of other slugs say",
        rows=_runs([row.filled.row for row in astray]),
    )
    cure = Message(
        "sort, move and delete whole rows, the column {heading} with them; clear that column, and rows are found "
        "by their sentences and numbers, or export the form anew and edit that",
        heading=heading,
    )
    return [Fault("slugs-astray", Level.ERROR, astray[0].filled.at("slug", heading), told, cure)]


def _runs(numbers: Iterable[int]) -> tuple[str, ...]:
    """Numbers, of which those that follow each other are told as one: 3-30."""
    ends: list[tuple[int, int]] = []
    for number in numbers:
        if ends and number == ends[-1][1] + 1:
            ends[-1] = ends[-1][0], number
        else:
            ends.append((number, number))
    return tuple(str(first) if first == last else f"{first}-{last}" for first, last in ends)


def _in_common(row: Row, target: Target) -> int:
    """In how many columns beside the sentence a row says what a target does; texts count where there are any."""
    texts = [str(row.values.get(key) or "") for key in _COMPARED[1:]]
    same = [
        bool(text) and fields.fold(text) == fields.fold(target.text(key))
        for key, text in zip(_COMPARED[1:], texts, strict=True)
    ]
    return sum(same) + (row.number is not None and row.number == target.number)


def _unknown(row: Row, meant: str) -> Fault:
    """A slug that no target has, while a target is missing that the row may well be."""
    return Fault(
        "slug-unknown",
        Level.ERROR,
        row.filled.at("slug", fields.of_row()["slug"].heading),
        Message("no target has the slug {slug}", slug=row.slug),
        Message("if it is {meant}, write that; if it is a new target, leave the cell blank", meant=meant),
    )


def _by_sentence(rows: Sequence[Row], left: dict[str, Target], found: list[Target | None]) -> None:
    """Rows whose sentence is unchanged; of several the one with the same number."""
    by_sentence: dict[str, list[Target]] = defaultdict(list)
    for target in left.values():
        by_sentence[fields.fold(target.text("target"))].append(target)
    for with_number in (True, False):
        for index, row in enumerate(rows):
            if found[index] is not None or row.slug:
                continue
            same = [t for t in by_sentence.get(fields.fold(row.target), ()) if t.slug in left]
            if with_number:
                same = [t for t in same if t.number == row.number]
            if same:
                found[index] = left.pop(same[0].slug)


def _by_likeness(rows: Sequence[Row], left: dict[str, Target], found: list[Target | None]) -> None:
    """Edited rows: the most alike first; a number they share counts for something."""
    open_rows = [index for index, row in enumerate(rows) if found[index] is None and not row.slug]
    many = len(open_rows) > _MANY or len(left) > _MANY
    pairs = None if many else _alike(rows, open_rows, lambda _: left.values())
    if pairs is None:
        by_number = {target.number: target for target in left.values()}
        pairs = _alike(rows, open_rows, lambda row: filter(None, (by_number.get(row.number),)), endless=True) or []
    for _, index, slug in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if found[index] is None and slug in left:
            found[index] = left.pop(slug)


def _alike(
    rows: Sequence[Row], open_rows: Sequence[int], others: Callable[[Row], Iterable[Target]], *, endless: bool = False
) -> list[tuple[float, int, str]] | None:
    """Which rows and targets are alike, and how much; None where finding it out takes too long.

    Args:
        rows: all of them.
        open_rows: those that are compared, by their places.
        others: the targets that a row is compared with.
        endless: whether it may take as long as it takes.
    """
    pairs = []
    signs = 0
    for index in open_rows:
        for target in others(rows[index]):
            share, read = _share(rows[index], target)
            signs += read
            if signs > _READ and not endless:
                return None
            if share >= _ALIKE:
                pairs.append((share, index, target.slug))
    return pairs


def _share(row: Row, target: Target) -> tuple[float, int]:
    """How much of the texts is the same, 0 to 1, the sentence counting most; and how many signs had to be read for it."""
    total, same, read = 0.0, 0.0, 0
    numbered = row.number is not None and row.number == target.number
    for key in _COMPARED:
        if key not in row.values:
            continue
        before, after = target.text(key)[:500], str(row.values[key] or "")[:500]
        if not before and not after:
            continue
        weight = 3.0 if key == "target" else 1.0
        if key == "target" and not numbered:
            read += (len(before) + len(after)) // 10  # so much less does it take than to compare them
            if _at_most(before, after) < _ALIKE:
                return 0.0, read
        ratio = likeness(before, after)
        read += len(before)
        if key == "target" and ratio < _ALIKE and not numbered:
            return 0.0, read  # two targets may well share a basis and a standard
        total += weight
        same += weight * ratio
    return (same / total if total else 0.0) + (0.1 if numbered else 0.0), read


def _at_most(before: str, after: str) -> float:
    """How alike two texts can be by the signs that both have, in whatever order, as :func:`likeness` counts."""
    both = set(before) & set(after)
    known = both.__contains__
    return 2 * min(sum(map(known, before)), sum(map(known, after))) / (len(before) + len(after))


def numbered(rows: Sequence[Row], found: Sequence[Target | None]) -> list[Row]:
    """The rows with numbers for the new ones among them: that of their place, and what follows moves on.

    That goes for a new row without a number, and for one that took the number of the row it was put before.
    Where the numbers don't rise down the form, nobody can say what a place's number is: nothing is changed.
    """
    given = [row.number for row in rows if row.number is not None]
    # An old row whose number was cleared keeps it.
    kept = [
        row if row.number is not None or target is None else row._replace(number=target.number)
        for row, target in zip(rows, found, strict=True)
    ]
    is_settled = len(set(given)) == len(rows)  # each has a number of its own
    if is_settled or given != sorted(given):
        return kept
    numbered, last, by_new = [], 0, False
    for row, old, target, following in zip(rows, kept, found, _following(rows), strict=True):
        number, is_kept = old.number, row.number is None and target is not None
        if is_kept and (number is None or number <= last or last + 1 != number >= following):
            numbered.append(old)  # it stands elsewhere, and nothing moves for it
            continue
        if number is None or (number <= last and by_new):
            number = last + 1
        if number > LAST_NUMBER:
            return kept  # there is a gap before it, if anywhere
        # A kept one at its place was new when the form came before, and moves on what follows as it did then.
        by_new = target is None or (number == last + 1 and (by_new or is_kept))
        last = number
        numbered.append(row._replace(number=number))
    return numbered


def _following(rows: Sequence[Row]) -> list[int]:
    """Of each row the number that the next one with a number has."""
    found, following = [], LAST_NUMBER + 1
    for row in reversed(rows):
        found.append(following)
        following = row.number or following
    return found[::-1]


def numbers(rows: Sequence[Row]) -> list[Fault]:
    """Rows that have the same number."""
    first: dict[int, Row] = {}
    faults = []
    for row in rows:
        if row.number is None:
            continue
        if row.number in first:
            faults.append(
                Fault(
                    "number-twice",
                    Level.ERROR,
                    row.filled.at("number", fields.of_row()["number"].heading),
                    Message(
                        "the number {n} stands in row {row} already", n=row.number, row=first[row.number].filled.row
                    ),
                    Message("number the rows 1, 2, 3 as they follow each other"),
                )
            )
        first.setdefault(row.number, row)
    return faults
