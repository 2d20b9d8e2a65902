"""a figure or a text is still to be filled in

Why: a plan that is carried over from last year has 【待填】, in English [to fill in], wherever this year's
figure or document isn't known yet. 待定 and 无 say no more than that. Nobody can be held to a blank.

Bad:
    target: 社会消费品零售总额增长【待填】%左右

Good:
    target: 社会消费品零售总额增长9%左右
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from target_registry import fields
from target_registry.model import Finding, Level, Message, Name, Registry, Target, Where

CODE = "unfilled"
LEVEL = Level.ERROR
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Find texts that hold the mark; where a figure or a choice is to stand, the schema's judgement has found it."""
    for plan in registry.plans:
        for key in ("title", "department"):
            yield from _blank(plan.values.get(key), plan.at(key), key)
        for work in plan.key_works:
            mark = fields.unfilled(work.title) or (work.title if fields.says_nothing(work.title) else None)
            if mark:
                message = Message(
                    "the title of key work {id} is still to be filled in: {text}", id=work.id, text=work.title
                )
                yield Finding(CODE, LEVEL, plan.at("key_works", work.position - 1, "title"), message, _this_year(mark))
    for target in registry.targets:
        for field in fields.form():
            key, text = field.key, target.text(field.key)
            if key == "key_work" or (key == "remarks" and fields.says_nothing(text)):
                continue  # the one is named by an id, the other may say that there is nothing to remark
            yield from _blank(text, target.at(key), key, partial(_cure, target, key), required=field.required)
        yield from _blank(target.measure.get("indicator"), target.at("measure", "indicator"), "indicator")


def _this_year(mark: str) -> Message:
    return Message("put what holds this year in the place of {mark}", mark=mark)


def _blank(
    text: object, where: Where, key: str, cure: Callable[[str], Message] = _this_year, *, required: bool = True
) -> Iterator[Finding]:
    """What is wrong with a text that is none yet.

    Args:
        text: what stands there.
        where: its place.
        key: its field's.
        cure: what is to be done about a mark.
        required: whether it may not be left out.
    """
    if fields.says_nothing(text):
        message = Message("{field} says nothing: {text}", field=Name(key), text=str(text))
        hint = (
            Message("fill it in; it may not be left out")
            if required
            else Message("delete the line: a blank cell is a key left out")
        )
        yield Finding(CODE, LEVEL, where, message, hint)
    elif mark := fields.unfilled(text):
        message = Message("{field} is still to be filled in: {text}", field=Name(key), text=str(text))
        yield Finding(CODE, LEVEL, where, message, cure(mark))


def _cure(target: Target, key: str, mark: str) -> Message:
    """Last year's document or figure stands beside the mark, and may go on holding."""
    if key == "basis":
        return Message("name this year's document; where last year's still holds, keep it and delete the rest")
    if key == "remarks" and "replaces" in target.values:
        return Message("say what was reached last year, and correct baseline in measure by it where there is one")
    return _this_year(mark)
