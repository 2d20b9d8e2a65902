"""Where a target's measure and its sentences say different things: what a rule reports and a guard asks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from target_registry import fields, figures, fitting
from target_registry.model import Message, Name, Target, Term, Where
from target_registry.patterns import lazy

_SENTENCES = {"full_year": "target", "half_year": "half_year_target", "baseline": "remarks"}


REACHED = "完成情况："
"""What stands in remarks before the figure that was reached, behind the one that was aimed at."""
_CARRIED_OVER = lazy(rf"年目标：[^；]*；{REACHED}(.*)", re.DOTALL)
"""Remarks as ``targets rollover`` writes them."""


class Contradiction(NamedTuple):
    """One figure or aim that isn't the sentence's: its place, what stands where, and the cure."""

    where: Where
    message: Message
    hint: Message


def find(target: Target, keys: Collection[str] = tuple(_SENTENCES)) -> Iterator[Contradiction]:
    """What one target's measure and sentences say differently.

    Args:
        target: whose measure is sound.
        keys: the figures of the measure to look at.
    """
    if not target.measure or not target.is_quantitative:
        return
    contradicted = {
        key: contradiction
        for key, sentence in _SENTENCES.items()
        if key in keys and key in target.measure and _is_said(target, sentence)
        for contradiction in _figure(target, key, sentence)
    }
    # A wrong unit is one fault, however many sentences it contradicts.
    yield from {found.where: found for found in reversed(list(contradicted.values()))}.values()
    if _is_said(target, "target"):
        yield from _aim(target)


def are_surely_none(target: Target) -> bool:
    """Whether the year's and the half-year's figures are said in the plainest way, which is told much sooner.

    Args:
        target: whose measure is sound.
    """
    measure = target.measure
    return "full_year" in measure and all(
        fitting.says_plainly(target.text(_SENTENCES[key]), measure[key], measure["unit"], aim)
        for key, aim in (("full_year", measure["aim"]), ("half_year", None))
        if key in measure
    )


def _is_said(target: Target, sentence: str) -> bool:
    """Whether a sentence is sound and whole: one that is still to be filled in contradicts nothing."""
    return sentence not in target.broken and not fields.unfilled(target.text(sentence))


def full_year_contradicts(target: Target) -> bool:
    """Whether the year's figure is not the one of the sentence, so that nothing can be built on it."""
    return "full_year" in target.measure and any(_figure(target, "full_year", "target"))


def _figure(target: Target, key: str, sentence: str) -> Iterator[Contradiction]:
    measure, text = target.measure, target.text(sentence)
    found = figures.find(text) if key == "baseline" else figures.reached(text)
    if key == "baseline" and (told := _CARRIED_OVER.search(text)):
        found = [figure for figure in figures.find(told[1]) if fitting.unit_fits(figure, measure["unit"])] or found
    value, unit = measure[key], measure["unit"]
    fit = fitting.fit(value, unit, found)
    falls = bool(fit.figure and fit.figure.drops and _is_growth(measure, key))
    if fit.value and fit.unit and falls:
        other = fitting.fit(value, unit, [figure for figure in found if not figure.drops])
        falls = not (other.value and other.unit)  # another one of the sentence may be what the measure counts
    if fit.value and fit.unit and not falls:
        return
    amount = f"{Decimal(value).normalize():f}{' ' if unit[0].isascii() and unit[0].isalpha() else ''}{unit}"
    if key == "baseline" and (fit.value or not fit.unit):
        return  # last year's figure may be counted in another unit, or not be told
    if not found:
        if text:
            message = Message("measure says {amount}, but {key} names no figure", amount=amount, key=Name(sentence))
        else:
            message = Message("measure says {amount}, but {key} is blank", amount=amount, key=Name(sentence))
        # A measure without its figure for the year is none.
        needless = Name("measure" if key == "full_year" else key)
        hint = Message("write the figure into {key}, or delete {measure}", key=Name(sentence), measure=needless)
        # A sentence that lost its figure is the place to look; a blank one has no line.
        yield Contradiction(target.at(sentence) if text else target.at("measure", key), message, hint)
        return
    shown = fit.figure.text if fit.figure else ""
    if fit.value and fit.unit:
        yield Contradiction(
            target.at("measure", key),
            Message(
                "measure says that {indicator} is {amount}, but {key} says that it falls by {figure}",
                indicator=measure["indicator"], amount=amount, key=Name(sentence), figure=shown,
            ),
            Message("write the figure of a fall with a minus, or correct whichever of the two is wrong"),
        )  # fmt: skip
        return
    if fit.value:
        yield Contradiction(
            target.at("measure", "unit"),
            Message("the unit is {unit}, but {key} says {figure}", unit=unit, key=Name(sentence), figure=shown),
            Message("write the unit as the sentence has it"),
        )
        return
    yield Contradiction(
        target.at("measure", key),
        Message(
            "measure says {amount}, but {key} says {figure}",
            amount=amount,
            key=Name(sentence),
            figure=shown,
        ),
        Message("correct whichever of the two is wrong"),
    )


def _is_growth(measure: Mapping[str, Any], key: str) -> bool:
    """Whether a measure counts growth, of which its figure is above zero: 下降20% is a growth of -20 %."""
    return measure["unit"] == "%" and measure[key] > 0 and _GROWTH.search(measure["indicator"]) is not None


_GROWTH = lazy(r"\A[^降减落负]*(?:增速|增长率?|增幅)[^降减落负]*\Z")


_TURNED = {"at_least": "at_most", "at_most": "at_least", "about": "about"}


def _aim(target: Target) -> Iterator[Contradiction]:
    aim = target.measure["aim"]
    found = figures.reached(target.text("target"))
    if aim == "match":
        if said := next((figure for figure in found if fitting.unit_fits(figure, target.measure["unit"])), None):
            yield Contradiction(
                target.at("measure", "aim"),
                Message("the aim is to match, but {key} says {figure}", key=Name("target"), figure=said.text),
                Message("choose another aim, and give the measure the figure as full_year"),
            )
        return
    fit = fitting.fit(target.measure["full_year"], target.measure["unit"], found)
    if fit.figure is None or not (fit.value and fit.unit):
        return
    # To fall by 3% or more is to grow by -3% at most, and some write that it is at least so.
    falls = target.measure["full_year"] < 0 < fit.figure.value
    meant = {aim, _TURNED[aim]} if falls else {aim}
    if not any(fitting.allow(found, fit.figure, one) for one in meant):
        right = fit.figure.way[0]
        yield Contradiction(
            target.at("measure", "aim"),
            Message(
                "the aim is {aim}, but {key} says {figure} in the sense of {right}",
                aim=Term("aim", aim),
                key=Name("target"),
                figure=fit.figure.text,
                right=Term("aim", right),
            ),
            Message("write aim: {right}, or change the sentence", right=right),
        )
