"""The same said of many cells is said once: of a hidden column, or of a condition over half a sheet."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from target_registry.intake import Fault
from target_registry.model import Message

_MANY = 3
"""Cells of which the same is said once."""


def grouped(faults: Sequence[Fault]) -> list[Fault]:
    """Faults in their order; of many cells of one sheet with the same fault the first stands for all."""
    alike: dict[Hashable, list[Fault]] = {}
    for fault in faults:
        alike.setdefault(_kind(fault), []).append(fault)
    return [found for group in alike.values() for found in _told(group)]


def _kind(fault: Fault) -> Hashable:
    """What two faults have in common that are told as one."""
    place = fault.place
    if place is None or place.column is None:
        return id(fault)
    return fault.code, place.grid.position, place.grid.name, *map(_said, (fault.message, fault.hint))


def _said(message: Message | None) -> Hashable:
    return None if message is None else (message.text, repr(sorted(message.values.items(), key=lambda pair: pair[0])))


def _told(group: list[Fault]) -> list[Fault]:
    first, last = group[0], group[-1].place
    if len(group) < _MANY or last is None:
        return group
    message = Message(
        "{told} (so do {n} cells, the last in {place})", told=first.message, n=len(group), place=last.told()
    )
    return [first._replace(message=message)]
