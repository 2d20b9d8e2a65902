"""Whether two values of YAML say the same, and whether they are written alike."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: 4 and 4.0 do, 4 and "4" don't, nor do 1 and true."""
    if one is other:
        return True
    if type(one) is str or type(other) is str:
        return type(one) is type(other) and bool(one == other)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | Decimal) and isinstance(other, int | Decimal):
        return one == other
    return type(one) is type(other) and bool(one == other)


def exact(one: Any, other: Any) -> bool:
    """Whether two values are written alike, too: 4 and 4.0 say the same, and are not."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(exact(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(exact, one, other))
    return type(one) is type(other) and str(one) == str(other)


def written(value: Any) -> Hashable:
    """What two values have in common that are :func:`exact`, and no others: to look one up among many."""
    if isinstance(value, Mapping):
        return Mapping, frozenset((key, written(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return list, tuple(map(written, value))
    return type(value), str(value)
