"""What a figure demands: the results that would pass it.

"At least 9" is passed by 9 and more, "at most 9" by 9 and less, "about 9" also by results a little
short of 9. Of two demands, the one that more results pass is the weaker.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from target_registry import scales
from target_registry.commitments import Comparison, Order, combine
from target_registry.model import Message

# How far "about" may fall short of its figure; the form doesn't say, so that what depends on it isn't ordered.
_SLACK = Fraction(1, 10)


class Demand(NamedTuple):
    """A figure with what it asks for.

    ``value`` is in ``unit``, which may hold a multiple (10, 亿元). ``aim`` is ``about``, ``at_least`` or
    ``at_most``, None where no word says it: then it is a floor, or a ceiling where ``lower_is_better``.
    ``upper`` is the other end of a range. ``shade`` is 1 where the figure itself must be passed
    (超过9), -1 where less will do (近9). ``text`` is the figure as it stands in its sentence.
    ``is_rank`` tells of a place in an order; ``unclear`` that nothing says whether more or less is better;
    ``is_scope`` that it says which things are meant (2000万元以上企业), and not how much is reached;
    ``undirected`` that not even a word of its aim tells which way is better (出口下降3%以上).
    """

    value: Fraction
    unit: str
    aim: str | None = None
    lower_is_better: bool = False
    upper: Fraction | None = None
    shade: int = 0
    text: str = ""
    is_rank: bool = False
    unclear: bool = False
    is_scope: bool = False
    undirected: bool = False

    @property
    def shown(self) -> str | Message:
        """The figure as a reader knows it: as it stands in its sentence, or with its aim in words."""
        if self.text:
            return self.text
        figure = f"{_written(self.value)}{self.unit}"
        if self.aim == "about":
            return Message("about {figure}", figure=figure)
        if self.aim == "at_least":
            return Message("at least {figure}", figure=figure)
        if self.aim == "at_most":
            return Message("at most {figure}", figure=figure)
        return figure

    @property
    def is_open(self) -> bool:
        """Whether its growth may be a promise of more as well as of less."""
        # Within -3%, or about it, may be a limit of a loss.
        is_loss = self.value < 0 and (self.aim in ("about", "at_most") or self.lower_is_better)
        return self.is_scope or self.undirected or is_loss or (self.unclear and self.aim in (None, "about"))

    @property
    def is_ceiling(self) -> bool:
        """Whether smaller results pass it."""
        return self.aim == "at_most" or (self.aim != "at_least" and self.lower_is_better)


def _written(value: Fraction) -> str:
    """A figure in digits, or as a fraction where it has no short decimal."""
    if value.denominator == 1:
        return str(value)
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == value else str(value)


class _Floor(NamedTuple):
    """A demand turned so that more is always stronger: its worst and best end, and how firmly it is meant."""

    low: Fraction
    high: Fraction
    about: bool
    shade: int


def _floor(demand: Demand) -> tuple[_Floor, str]:
    low, unit = scales.common(*scales.scaled(demand.value, demand.unit))
    high = low if demand.upper is None else scales.common(*scales.scaled(demand.upper, demand.unit))[0]
    low, high = min(low, high), max(low, high)
    if demand.is_ceiling:
        low, high = -high, -low
    return _Floor(low, high, demand.aim == "about", demand.shade), unit


def compare(before: Demand | None, after: Demand | None) -> Comparison:
    """Order two demands; None stands for no figure.

    A figure dropped is WEAKER, one added STRONGER. Other kinds of units, and a floor that became a
    ceiling, are INCOMPARABLE.
    """
    if before is None and after is None:
        return Comparison(Order.SAME)
    if before is None or after is None:
        return _alone(before, after)
    gaps = {"before": before.shown, "after": after.shown}
    (old, old_unit), (new, new_unit) = _floor(before), _floor(after)
    if old_unit != new_unit:
        return Comparison(Order.INCOMPARABLE, (Message("the unit changed: {before} became {after}", **gaps),), True)
    if (before.is_open or after.is_open) and not _alike(before, after):
        reason = Message("{before} became {after}, and nothing tells whether more or less is better", **gaps)
        return Comparison(Order.INCOMPARABLE, (reason,), True)
    if before.is_ceiling != after.is_ceiling:
        reason = Message("{before} became {after}, a floor for a ceiling or the reverse", **gaps)
        return Comparison(Order.INCOMPARABLE, (reason,), True)
    return _ordered(old, new, before, after)


def _alike(before: Demand, after: Demand) -> bool:
    """Whether two demands differ in nothing but how they are written."""
    return _floor(before) == _floor(after)


def _alone(before: Demand | None, after: Demand | None) -> Comparison:
    if before is not None:
        return Comparison(Order.WEAKER, (Message("the figure {before} was dropped", before=before.shown),))
    return Comparison(Order.STRONGER, (Message("the figure {after} was added", after=after.shown if after else ""),))


def _ordered(old: _Floor, new: _Floor, before: Demand, after: Demand) -> Comparison:
    """Order two floors in one unit."""
    gaps = {"before": before.shown, "after": after.shown}
    if (old.low, old.high) == (new.low, new.high):
        firmness = (not new.about, new.shade), (not old.about, old.shade)
        if firmness[0] == firmness[1]:
            if before == after or (before.text and before.text == after.text):
                return Comparison(Order.SAME)
            return Comparison(Order.EQUIVALENT, (Message("{before} and {after} demand the same", **gaps),))
        if firmness[0] < firmness[1]:
            return Comparison(Order.WEAKER, (Message("{before} became the looser {after}", **gaps),))
        return Comparison(Order.STRONGER, (Message("{before} became the stricter {after}", **gaps),))
    parts = []
    if new.low < old.low or new.high < old.high:
        parts.append(Comparison(Order.WEAKER, (_moved(before, after, -1),)))
    if new.low > old.low or new.high > old.high:
        parts.append(Comparison(Order.STRONGER, (_moved(before, after, 1),)))
    # Only the figure's size makes up for a looser word, and only where it is more than "about" can give away.
    near = abs(new.low - old.low) <= _SLACK * max(abs(new.low), abs(old.low))
    if new.about != old.about and near:
        looser = new.about
        text = "{before} became the looser {after}" if looser else "{before} became the stricter {after}"
        parts.append(Comparison(Order.WEAKER if looser else Order.STRONGER, (Message(text, **gaps),)))
    return combine(parts)


def _moved(before: Demand, after: Demand, direction: int) -> Message:
    """The reason for a figure that moved towards weaker (-1) or stronger (1)."""
    gaps = {"before": before.shown, "after": after.shown}
    if before.is_rank and after.is_rank:
        if direction < 0:
            return Message("the rank asked for is loosened from {before} to {after}", **gaps)
        return Message("the rank asked for is tightened from {before} to {after}", **gaps)
    if before.is_ceiling:
        if direction < 0:
            return Message("the limit is loosened from {before} to {after}", **gaps)
        return Message("the limit is tightened from {before} to {after}", **gaps)
    if direction < 0:
        return Message("the figure falls from {before} to {after}", **gaps)
    return Message("the figure rises from {before} to {after}", **gaps)
