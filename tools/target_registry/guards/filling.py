"""Places left to be filled in, 【待填】, and what was filled in there."""

from __future__ import annotations

import re

from target_registry import fields, units
from target_registry.model import Way
from target_registry.patterns import lazy

_FIGURE = lazy(
    rf"[0-9][0-9.,]*\s*[十百千万亿]*(?:{'|'.join(map(re.escape, units.WORDS))}|[家个列次项件名人户场元倍条座种份台套辆吨亩])?\Z"
)
_LONGEST = 200
"""Signs that one place takes; what is longer is a text of its own."""


def is_filled(before: object, after: object, route: Way) -> bool:
    """Whether a text differs from an earlier one only by what stands now where it had places to be filled in.

    Remarks may take a promise back: in them only a figure counts as filled in.

    Args:
        before: the earlier value.
        after: the later one.
        route: the key.
    """
    if not isinstance(before, str) or not isinstance(after, str) or before == after:
        return False
    if (mark := fields.unfilled(before)) is None:
        return False
    parts = map(re.escape, before.split(mark))
    found = re.fullmatch(f"(.{{1,{_LONGEST}}}?)".join(parts), after, re.DOTALL)
    if found is None:
        return False
    return route != ("remarks",) or all(piece == mark or _FIGURE.match(piece) for piece in found.groups())
