"""Whether two commits have the same of a target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from target_registry.equality import same
from target_registry.model import About, Target, Way

_WHOLE: tuple[Way, ...] = ((), (About.SLUG,))
"""What is about a target being there under its slug."""
LAYOUT: Way = (About.LAYOUT,)
_MISSING = object()


def look(target: Target | None, route: Way) -> Any:
    """What a target has at a place: of a change's route, or of a blamed value's."""
    if target is None:
        return _MISSING
    if route == (About.NUMBER,):
        return target.number
    if route == (About.FILE,):
        return target.path
    value: Any = target.values
    for step in route:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def equal(one: Target | None, other: Target | None, route: Way) -> bool:
    """Whether a merge can have a value from a parent: both have the same."""
    if one is None or other is None:
        return one is other
    if route in _WHOLE:
        return True
    if route == (About.PATH,):
        return (one.plan, one.well_named) == (other.plan, other.well_named)
    if route == LAYOUT:
        return one.blob == other.blob
    if route == (About.NUMBER,):
        return one.number == other.number
    if not one.readable or not other.readable:
        return one.blob == other.blob
    if route == (About.FILE,):
        return True
    return same(look(one, route), look(other, route))


def unchanged(base: Target | None, own: Target | None, route: Way) -> bool:
    """Whether a parent has of a value, or of all, what the common ancestor had."""
    if base is None or own is None:
        return base is own
    if route in _WHOLE:
        return equal_data(base, own) and base.number == own.number
    return equal(base, own, route)


def equal_data(one: Target | None, other: Target | None) -> bool:
    """Whether two targets say the same, wherever their files lie."""
    if one is None or other is None:
        return one is other
    if not one.readable or not other.readable:
        return one.blob == other.blob
    return same(dict(one.values), dict(other.values))
