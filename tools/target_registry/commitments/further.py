"""A further aim behind what is demanded: 300列以上，力争350列. What is demanded stands as it did without it."""

from __future__ import annotations

from typing import NamedTuple

from target_registry import scales
from target_registry.commitments import Comparison, Order, amounts
from target_registry.commitments.amounts import Demand
from target_registry.commitments.folding import SPACES, narrow
from target_registry.commitments.ladders import Ladders
from target_registry.commitments.reading import Token, read
from target_registry.model import Message
from target_registry.patterns import lazy

_CLAUSES = lazy(r"[,，;；。、\n]")
_TRYING = frozenset({"力争", "争取", "力求", "努力"})
_LONGEST = 40


class Further(NamedTuple):
    """A sentence without its further aim, the figure of that, and its words."""

    rest: str
    aim: Demand
    text: str


def split(text: str, ladders: Ladders) -> Further | None:
    """A sentence taken apart; None where it ends with no aim beyond the figure before it.

    Args:
        text: the sentence.
        ladders: the words to judge by.
    """
    whole = narrow(text).rstrip(SPACES + "。;,、")
    cuts = list(_CLAUSES.finditer(whole))
    if not cuts or len(whole) - cuts[-1].end() > _LONGEST or whole.count("(") != whole.count(")", 0, cuts[-1].start()):
        return None
    cut = cuts[-1]
    if not any(
        word in whole[cut.end() :] for word in _TRYING
    ):  # most sentences: reading them takes a hundred times as long
        return None
    tokens = read(whole[cut.end() :], ladders)
    if len(tokens) < 2 or tokens[0].text not in _TRYING:
        return None
    aim, between = tokens[-1].demand, "".join(token.text for token in tokens[1:-1])
    before = read(whole[: cut.start()], ladders)
    start = max((place for place, token in enumerate(before) if token.opens), default=0)
    floor = before[-1].demand if before else None
    if aim is None or floor is None or between not in "".join(token.text for token in before[start:]):
        return None
    if any(map(_is_no_floor, (aim, floor))) or floor.is_open or any(token.turned for token in (tokens[-1], before[-1])):
        return None
    (low, unit), (high, other) = scales.scaled(floor.value, floor.unit), scales.scaled(aim.value, aim.unit)
    if unit != other or high <= low or _counts_more(tokens[:-1]):
        return None
    return Further(text[: cut.start()], aim, whole[cut.end() :].strip(SPACES))


def _is_no_floor(demand: Demand) -> bool:
    return demand.is_ceiling or demand.is_scope or demand.is_rank or demand.upper is not None


def _counts_more(tokens: list[Token]) -> bool:
    return any(token.demand is not None or token.kind in ("vague", "deadline") for token in tokens)


def is_demanded(aim: Further | None, text: str, ladders: Ladders) -> bool:
    """Whether another sentence demands what is aimed at here.

    Args:
        aim: the aim of one sentence.
        text: the other one.
        ladders: the words to judge by.
    """
    if aim is None:
        return False
    wanted, unit = scales.scaled(aim.aim.value, aim.aim.unit)
    for token in read(text, ladders):
        demand = token.demand
        if demand is None or _is_no_floor(demand) or demand.is_open or demand.aim == "about" or demand.shade < 0:
            continue
        value, other = scales.scaled(demand.value, demand.unit)
        if other == unit and value >= wanted:
            return True
    return False


def compare(before: Further | None, after: Further | None) -> list[Comparison]:
    """What became of the further aim of two sentences; nothing where it is the same."""
    if before is None and after is None:
        return []
    if before is None:
        reason = Message("“{after}” was added as a further aim", after=after.text if after else "")
        return [Comparison(Order.STRONGER, (reason,))]
    if after is None:
        return [Comparison(Order.WEAKER, (Message("the further aim “{before}” was dropped", before=before.text),))]
    found = amounts.compare(before.aim, after.aim)
    return [found] if found.reasons else []
