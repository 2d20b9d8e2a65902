"""The key works that a form names: those the plan has, those it has under other words, and new ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from target_registry import fields, numerals
from target_registry.intake import naming
from target_registry.intake.values import Row
from target_registry.model import KeyWork, Route, Target
from target_registry.nearest import likeness

_ALIKE = 0.6


class Works(NamedTuple):
    """The plan's key works as the form has them.

    Attributes:
        order: id and title of each.
        by_title: their ids, by the folded titles that rows have.
        by_place: ids by number and folded title, since two may be called alike.
    """

    order: tuple[tuple[str, str], ...]
    by_title: Mapping[str, str]
    by_place: Mapping[tuple[int | None, str], str]

    def of(self, row: Row) -> str | None:
        """The id of a row's key work; None where the row has no such cell."""
        if row.work is None:
            return None
        number, title = row.work[0], fields.fold(row.work[1])
        return self.by_place.get((number, title)) or self.by_title[title]


def unknown(rows: Sequence[Row], known: Sequence[KeyWork]) -> int:
    """How many key works the rows name that the plan doesn't have by title or id."""
    named = {fields.fold(row.work[1]) for row in rows if row.work}
    return len(named - {fields.fold(text) for work in known for text in (work.id, work.title)})


def resolve(
    rows: Sequence[Row], known: Sequence[KeyWork], named: Mapping[str, str], matched: Sequence[Target | None] = ()
) -> Works:
    """Find every row's key work.

    A title that the plan lacks is the new wording of the key work whose targets all stand under it, by its number, or
    that is like it, if no row names that one as it was; otherwise it is a new key work, after the one before
    it in the form.

    Args:
        rows: what was filled in.
        known: the plan's key works.
        named: ids that key works elsewhere have, by folded title, for the new ones.
        matched: the plan's target of each row.
    """
    order = [(work.id, work.title) for work in known]
    # A form for programs names them by their ids; people name one by its number alone.
    ids = {fields.fold(sign): work.id for work in known for sign in _numerals(work.position)}
    ids |= {fields.fold(work.id): work.id for work in known}
    ids |= {fields.fold(work.title): work.id for work in reversed(known)}
    titles = {fields.fold(row.work[1]): row.work for row in rows if row.work}
    places: dict[tuple[int | None, str], str] = {(work.position, fields.fold(work.title)): work.id for work in known}
    named_so = {(row.work[0], fields.fold(row.work[1])) for row in rows if row.work}
    claimed = {ids[folded] for folded in titles if folded in ids} | {
        places[place] for place in named_so & places.keys()
    }
    free = [work for work in known if work.id not in claimed]
    moved_whole = _moved_whole(rows, matched)
    before: str | None = None
    for folded, (number, title) in titles.items():
        if folded not in ids:
            whole = moved_whole.get(folded)
            old = next((work for work in free if work.id == whole and number in (None, work.position)), None)
            old = old or _reworded(number, title, free)
            if old is not None:
                free.remove(old)
                ids[folded] = old.id
                order[[identity for identity, _ in order].index(old.id)] = (old.id, title)
            else:
                taken = {identity for identity, _ in order}
                identity = named.get(folded, "")
                if not identity or identity in taken:
                    identity = naming.propose(title, taken, "work")
                ids[folded] = identity
                place = [known_id for known_id, _ in order].index(before) + 1 if before else len(order)
                order.insert(place, (identity, title))
        before = ids[folded]
    return Works(tuple(order), ids, places)


def _numerals(position: int) -> Iterator[str]:
    """A key work's number, as a cell may say it alone."""
    for numeral in (numerals.chinese(position), str(position)):
        yield from (numeral, f"{numeral}、", f"{numeral}.")


def _moved_whole(rows: Sequence[Row], matched: Sequence[Target | None]) -> Mapping[str, str]:
    """Titles that have all targets of one key work, and of no other, with its id: by folded title."""
    homes: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, set[str]] = defaultdict(set)
    for row, target in zip(rows, matched, strict=False):
        if row.work and target is not None:
            title, home = fields.fold(row.work[1]), target.text("key_work")
            homes[title].add(home)
            titles[home].add(title)
    return {title: home for title, (home, *more) in homes.items() if not more and len(titles[home]) == 1}


def _reworded(number: int | None, title: str, free: Sequence[KeyWork]) -> KeyWork | None:
    alike = [(likeness(work.title, title), work) for work in free]
    best = max(alike, key=lambda pair: (pair[0], pair[1].position == number), default=None)
    return best[1] if best and best[0] >= _ALIKE else None


def changes(known: Sequence[KeyWork], works: Works) -> Iterator[tuple[Route, Any]]:
    """What changes in the plan's list, by its place."""
    for index, (identity, title) in enumerate(works.order):
        if index >= len(known):
            yield ("key_works", index), {"id": identity, "title": title}
            continue
        if known[index].id != identity:
            yield ("key_works", index, "id"), identity
        if known[index].title != title:
            yield ("key_works", index, "title"), title
