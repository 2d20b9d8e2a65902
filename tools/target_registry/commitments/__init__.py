"""Whether a changed sentence promises less than before.

A sentence is a promise; of two, one may demand more, less, or as much, or the two can't be
ordered. What can't be ordered counts as less, so that nothing softened passes as a rewording:
every judgement here is made to be sure where it says "as much" or "more".
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from target_registry.model import Message


class Order(Enum):
    """What the later of two sentences demands, measured by the earlier one."""

    SAME = "same"
    """The same words; at most punctuation, spacing, width or brackets differ."""
    EQUIVALENT = "equivalent"
    """Other words for a demand that is shown to be equal."""
    STRONGER = "stronger"
    WEAKER = "weaker"
    INCOMPARABLE = "incomparable"
    """Nothing shows that as much is demanded; to be treated as weaker."""

    @property
    def mirrored(self) -> Order:
        """The order of the two sentences the other way round."""
        return _MIRRORED.get(self, self)


_MIRRORED = {Order.STRONGER: Order.WEAKER, Order.WEAKER: Order.STRONGER}
# Weakenings are told first: they are what a reader must not miss.
_TOLD = (Order.WEAKER, Order.INCOMPARABLE, Order.STRONGER, Order.EQUIVALENT, Order.SAME)


class Comparison(NamedTuple):
    """An order, and why: short clauses, weakenings first; none where the sentences are the same.

    ``weakens`` tells that a part is known to demand less, or to demand a figure or a day that can't be
    compared, whatever else changed beside it; ``loses`` that a part is known to demand less.
    """

    order: Order
    reasons: tuple[Message, ...] = ()
    weakens: bool = False
    loses: bool = False


SAME = Comparison(Order.SAME)


def combine(parts: Iterable[Comparison]) -> Comparison:
    """What several differences make together; none make :data:`SAME`.

    One that weakens beside one that strengthens can't be weighed against each other: the whole
    is INCOMPARABLE, as it is where one part is. Every reason is kept once, weakenings first.
    """
    found = sorted(parts, key=lambda part: _TOLD.index(part.order))
    orders = {part.order for part in found}
    if Order.INCOMPARABLE in orders or {Order.WEAKER, Order.STRONGER} <= orders:
        order = Order.INCOMPARABLE
    else:
        order = next((one for one in _TOLD if one in orders), Order.SAME)
    # That a part is as it was is worth a word only where all is.
    telling = [part for part in found if part.order not in (Order.EQUIVALENT, Order.SAME)] or found
    reasons = {repr(reason): reason for part in telling for reason in part.reasons}
    loses = any(part.loses or part.order is Order.WEAKER for part in found)
    weakens = loses or any(part.weakens for part in found)
    return Comparison(order, tuple(reasons.values()), weakens, loses)
