"""The key works that a form names: those the plan has, those it has under other words, and new ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from target_registry import fields
from target_registry.intake import naming
from target_registry.intake.values import Row
from target_registry.model import KeyWork, Route
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


def resolve(rows: Sequence[Row], known: Sequence[KeyWork], named: Mapping[str, str]) -> Works:
    """Find every row's key work.

    A title that the plan lacks is the new wording of the key work that has its number, or its likeness,
    if no row names that one as it was; otherwise it is a new key work, after the one before it in the form.

    Args:
        rows: what was filled in.
        known: the plan's key works.
        named: ids that key works elsewhere have, by folded title, for the new ones.
    """
    order = [(work.id, work.title) for work in known]
    # A form for programs names them by their ids.
    ids = {fields.fold(work.id): work.id for work in known}
    ids |= {fields.fold(work.title): work.id for work in reversed(known)}
    titles = {fields.fold(row.work[1]): row.work for row in rows if row.work}
    places: dict[tuple[int | None, str], str] = {(work.position, fields.fold(work.title)): work.id for work in known}
    named_so = {(row.work[0], fields.fold(row.work[1])) for row in rows if row.work}
    claimed = {ids[folded] for folded in titles if folded in ids} | {
        places[place] for place in named_so & places.keys()
    }
    free = [work for work in known if work.id not in claimed]
    before: str | None = None
    for folded, (number, title) in titles.items():
        if folded not in ids:
            old = _reworded(number, title, free)
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
