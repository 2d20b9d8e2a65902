"""What a measure's figures demand, read beside the sentence that they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from target_registry import limits, scales
from target_registry.commitments.amounts import Demand
from target_registry.commitments.folding import narrow
from target_registry.commitments.reading import Token, read

AIMS = ("about", "at_least", "at_most")
_MOST_DIGITS = 40  # of a figure that can still be shown


def demand(measure: Mapping[str, Any], key: str, sentence: str) -> Demand | None:
    """What a measure's ``full_year`` or ``half_year`` figure demands.

    Args:
        measure: the measure, its values of any type.
        key: ``full_year`` or ``half_year``.
        sentence: the sentence it stands for, which tells whether less is better; one too long to be one tells nothing.

    Returns:
        None where there is no usable figure: it is missing or of the wrong type, or the aim is
        to match another figure.
    """
    value, unit, aim = measure.get(key), measure.get("unit"), measure.get("aim")
    if not isinstance(unit, str) or not isinstance(aim, str) or aim not in AIMS:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    if not _is_sane(value):
        return None
    exact, folded = Fraction(value), narrow(unit)
    wanted = scales.scaled(exact, folded)
    spoken = [token.demand for token in _tokens(sentence) if token.demand is not None]
    meant = [one for one in spoken if scales.scaled(one.value, one.unit) == wanted]
    if meant:
        return _like(meant[0], exact, folded, aim)
    # 下降5% may be measured as a growth of -5 %, of which less is better.
    turned = [one for one in spoken if scales.scaled(-one.value, one.unit) == wanted]
    if turned:
        return Demand(exact, folded, aim, value < 0, undirected=turned[0].undirected)
    alike = [one for one in spoken if scales.scaled(one.value, one.unit)[1] == wanted[1]]
    if not alike:
        return Demand(exact, folded, aim)
    return _like(alike[0], exact, folded, aim)


def _tokens(sentence: str) -> list[Token]:
    return read(sentence) if len(sentence) <= limits.SENTENCE_CHARACTERS else []


def _is_sane(value: int | Decimal) -> bool:
    """Whether a figure is finite and of a size that can be counted with and shown."""
    if isinstance(value, int):
        return -(10**40) < value < 10**40
    if not value.is_finite():
        return False
    return value.adjusted() < _MOST_DIGITS and len(value.as_tuple().digits) - value.adjusted() <= _MOST_DIGITS


def _like(spoken: Demand, value: Fraction, unit: str, aim: str) -> Demand:
    """A measure's demand, of which more or less is better as a sentence says of its own."""
    return Demand(value, unit, aim, spoken.lower_is_better, unclear=spoken.unclear, undirected=spoken.undirected)
