"""The ladders that a plan declares beside the built-in ones, and why they may be refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard

from target_registry import figures, limits, numerals
from target_registry.commitments import Order, sentences
from target_registry.commitments.folding import fold
from target_registry.commitments.ladders import Ladder, Ladders
from target_registry.hanzi import is_chinese
from target_registry.model import Message
from target_registry.patterns import lazy

_SHAPE = Message("ladders are a list of ladders, each a list of rungs, each a list of words, none of them empty")


class Refused(ValueError):
    """A plan's ladders can't be taken; the message names the words and says why."""

    def __init__(self, message: Message) -> None:
        told = {
            name: " and ".join(value) if isinstance(value, tuple) else value for name, value in message.values.items()
        }
        super().__init__(message.text.format_map(told))
        self.message = message


def extended(ladders: Ladders, plan_value: object) -> Ladders:
    """Ladders with the ones that a plan declares, strongest rung first.

    Args:
        ladders: the built-in ones.
        plan_value: a list of ladders, each a list of rungs, each a list of words; None for none.

    Raises:
        Refused: it has another shape, a word holds a figure, a hedge, a negation or a
            reservation, or an order contradicts one that is known; the text names the words.
    """
    if plan_value is None:
        return ladders
    added = tuple(_shaped(plan_value))
    words = {word for ladder in added for rung in ladder for word in rung}
    for word in sorted(words - set(ladders.places)):
        _refuse_trap(word, ladders)
    whole = replace(
        ladders,
        ladders=ladders.ladders + added,
        declared=ladders.declared | (words - set(ladders.places) - ladders.plain),
    )
    for ladder in added:
        _refuse_contradiction(ladder, ladders)
    if circle := whole.circle():
        raise Refused(Message("the order of {words} contradicts itself or another ladder", words=tuple(circle)))
    return whole


_TURNS = (
    "增加", "减少", "增长", "下降", "提高", "降低", "上升", "上涨", "下跌", "扩大", "缩小", "压缩", "高于", "低于", "多于", "少于", "超过", "以上", "以下", "以内",
    "至少", "至多", "最多", "最少",
)  # fmt: skip
"""Words that tell which way a figure goes: to call one of a pair the stronger would turn every sentence with them round."""
_BETWEEN = frozenset("，、；,;/／|")
_COUNTED = lazy(rf"{numerals.NUMERAL}(?:个?月|[日天年旬周]|季度|番|分之)|[上中下]旬|[年月季]底|半年")


def _refuse_trap(word: str, ladders: Ladders) -> None:
    """A plan's word may not swallow one that softens or turns round, nor tell how much, by when or which way."""
    counted = _COUNTED.search(word)
    told = next((turn for turn in _TURNS if turn in word), None) or (counted[0] if counted else None)
    if told or figures.may_have(word):
        raise _judged_by_itself(word, told or word)
    for at in range(len(word)):
        inside = ladders.hedge_at(word, at) or ladders.builtin_match(word, at)
        if (
            inside
            and inside not in ladders.plain
            and (
                ladders.hedge_pattern_at(word, at)
                or ladders.softens(inside)
                or inside in ladders.reversers | ladders.firmers
            )
        ):
            raise _judged_by_itself(word, inside)


def _judged_by_itself(word: str, inside: str) -> Refused:
    return Refused(Message("{word} holds {inside}, which is judged by itself", word=word, inside=inside))


def _refuse_contradiction(ladder: Ladder, ladders: Ladders) -> None:
    """What the built-in ladders order, a plan's may only repeat."""
    ranked = [(height, word) for height, rung in enumerate(ladder) for word in rung]
    for place, (upper, strong) in enumerate(ranked):
        for lower, weak in ranked[place + 1 :]:
            parts = {part.order for part in sentences.parts(strong, weak, ladders)} - {Order.INCOMPARABLE, Order.SAME}
            if parts - ({Order.EQUIVALENT} if upper == lower else {Order.WEAKER}):
                raise Refused(Message("the order of {words} contradicts the built-in ladders", words=(strong, weak)))


def _shaped(value: object) -> Iterator[Ladder]:
    """A plan's ladders, narrowed and checked."""
    if not _is_list(value):
        raise Refused(_SHAPE)
    count = 0
    for ladder in value:
        if not _is_list(ladder) or not ladder:
            raise Refused(_SHAPE)
        rungs = []
        for rung in ladder:
            if not _is_list(rung) or not rung:
                raise Refused(_SHAPE)
            count += len(rung)
            rungs.append(tuple(_word(word) for word in rung))
        seen = Counter(word for rung in rungs for word in rung)
        if twice := sorted(word for word, times in seen.items() if times > 1):
            raise Refused(Message("{words} stands twice on one ladder", words=tuple(twice)))
        yield tuple(rungs)
    if count > limits.LADDER_WORDS:
        raise Refused(
            Message(
                "a plan's ladders may have {most} words, and these have {count}", most=limits.LADDER_WORDS, count=count
            )
        )


def _word(value: object) -> str:
    # 揭牌，挂牌 is two words, and one item of a list.
    folded = fold(value) if isinstance(value, str) and _BETWEEN.isdisjoint(value) else ""
    letters = all(is_chinese(char) or (char.isascii() and char.isalpha()) for char in folded)
    if not folded or not letters or len(folded) > limits.LADDER_CHARACTERS:
        raise Refused(
            Message(
                "{word} is no word of 1 to {longest} letters without figures",
                word=str(value)[:40],
                longest=limits.LADDER_CHARACTERS,
            )
        )
    return folded


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)
