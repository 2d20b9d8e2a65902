"""Which colours a text of a web page may have together with what is behind it, through all elements around it.

A style that gives both colours gives them together; one that gives either goes with what others give. A style of the
element itself counts alone, one of a style sheet beside what is there without it, since it may be for other places.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from target_registry.forms.colours import is_on_its_own
from target_registry.forms.declarations import Paint, Told

Paints = frozenset[Paint]
"""Pairs of colours of which one is what is seen."""
BARE: Paints = frozenset((Paint("", ""),))
"""What is seen where nothing gives a colour."""
BY_NIGHT: Paints = frozenset((Paint("#ffffff", "#121212"),))
"""The same where the page says that it is dark by itself."""
_NONE: Paints = frozenset()
_ANY = "*"
_UNTOLD: Paints = frozenset((Paint(_ANY, _ANY),))
"""What is seen where there are too many colours to tell."""
_MOST = 40
"""Pairs of colours that are told."""


def painted(
    around: Paints, ink: str, ground: str, style: frozenset[Told], own: frozenset[Told], *, sure: bool
) -> Paints:
    """The pairs of colours within an element.

    Args:
        around: those around it.
        ink: the colour of its text by itself or by an attribute; empty where it has none.
        ground: that of what is behind it.
        style: what all styles may do to it.
        own: what its own style does.
        sure: whether its own colour surely counts, if no style gives another one.
    """
    given = frozenset(effect for effect in style if isinstance(effect, Paint)) if style else _NONE
    if not given and not ink and not ground:
        return around
    if own is style:
        paint = next(iter(given), Paint("", ""))
        if len(given) == 1 and paint.ink and paint.ground:
            return given  # as _laid would find
    return _laid(around, Paint(ink, ground), given, given if own is style else given & own, sure=sure)


@lru_cache(1 << 12)
def _laid(around: Paints, plain: Paint, given: Paints, own: Paints, *, sure: bool) -> Paints:
    if len(given) > _MOST:
        return _UNTOLD
    found = set(_over(around, plain)) if plain.ink or plain.ground else set(around)
    if not sure:
        found |= around
    if given != own:
        found |= set(_combined(frozenset(found), given - own))
    for paint in own:
        found = set(_over(frozenset(found), paint))
    return frozenset(found) if len(found) <= _MOST else _UNTOLD


def _over(around: Paints, paint: Paint) -> Iterator[Paint]:
    """The pairs where surely a colour of a pair is given."""
    for ink, ground in around:
        yield Paint(paint.ink or ink, paint.ground or ground)


def _combined(around: Paints, given: Paints) -> Iterator[Paint]:
    """The pairs that colours of several rules of a style sheet make."""
    inks = {paint.ink for paint in given if not paint.ground}
    grounds = {paint.ground for paint in given if not paint.ink}
    yield from (paint for paint in given if paint.ink and paint.ground)
    for ink in inks or {paint.ink for paint in around}:
        for ground in grounds or {paint.ground for paint in around}:
            yield Paint(ink, ground)


@lru_cache(1 << 12)
def is_lost(paints: Paints) -> bool:
    """Whether a text may have the colour of what is behind it."""
    return any(ink and ground and _ANY not in (ink, ground) and is_on_its_own(ink, ground) for ink, ground in paints)


def is_untold(paints: Paints) -> bool:
    """Whether there are too many colours to tell."""
    return any(_ANY in paint for paint in paints)
