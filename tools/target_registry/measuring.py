"""The measure that a target's sentences name: what to count, in which unit, how much of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from target_registry import aims, figures, limits, scales
from target_registry.direction import moving, spans, things
from target_registry.patterns import lazy

SENTENCES = ("target", "half_year_target", "remarks")
"""Keys of the sentences that a measure is made of."""
_FALLS_TO = lazy(r"(?:降|减|压|缩|控制)[^，,。；;、\d]{0,3}[至到为]\Z")
_NEAR = 40
"""Signs before a figure in which it may say how it is meant."""
_SCOPED = lazy(r"(?:及?以[上下])?(?:的|(?<=[上下])(?![并和及且与])[\u4e00-\u9fff])|(?:设区)?[县市区](?=[^，,。；;]*\d)")
"""What stands behind a figure that says which things are meant: 10亿元的, 2000万元以上企业, 10个县审批时间不超过5天."""
_BY_WHEN = re.compile("[以之]?内")
_WHEN = lazy(r"(?:\A|(?<=[，,；;、]))(?:全年|今年|年内|当年|本年度?)\Z")
"""What stands behind the last comma, and only says when."""
_ENDS = " ，,；;、：:为"
_MATCHED = lazy(
    r"(?P<indicator>[^，,；;。]{2,60}?)[与同和](?P<reference>[^，,；;。]{2,60}?)(?:保持)?(?:同步|持平)[。]?\Z"
)


def measure_of(values: Mapping[str, Any]) -> dict[str, str | int | Decimal] | None:
    """The measure that a target's sentences name; None where its category has none, or they name no figure.

    Args:
        values: the target's, by key.
    """
    if not str(values.get("category", "")).endswith("quantitative"):
        return None
    sentence, half_year, remarks = (str(values.get(key, "")) for key in SENTENCES)
    return propose(sentence, half_year, remarks)


def propose(sentence: str, half_year: str, remarks: str) -> dict[str, str | int | Decimal] | None:
    """A measure for a quantitative target, as its sentences say it; None where they name no figure.

    Args:
        sentence: the target.
        half_year: the half-year target, or nothing.
        remarks: where last year's figure often stands, or nothing.
    """
    if (matched := _MATCHED.match(sentence)) and not figures.find(sentence):
        return _propose_match(matched, remarks)
    at, figure = _first_reached(figures.find(sentence), figures.fold(sentence))
    if figure is None:
        return None
    scale = 100 if figure.unit == scales.RATIO else 1
    full_year = _registrable(figure.value * scale)
    if full_year is None:
        return None
    begun = next(islice(figures.each_place(sentence), at, None), None)
    written = sentence[: begun[0]] if begun else sentence
    named = figures.fold(written)
    if figure.value < 0:
        named = named.rstrip(" -−负")
    aim = figure.aim or ("at_most" if _FALLS_TO.search(named) else "at_least")
    if aim == "at_least" and figure.aim is None and _is_limit(figure, named, figures.fold(sentence)):
        aim = "at_most"
    ending = aims.LED.search(named, max(0, len(named) - _NEAR))
    said = (written if len(written) == len(named) else named)[: ending.start() if ending else len(named)]
    indicator = _WHEN.sub("", said.strip(_ENDS)).strip(_ENDS)
    measure: dict[str, str | int | Decimal] = {
        "indicator": indicator or sentence,
        "unit": figure.word,
        "aim": aim,
        "full_year": full_year,
    }
    for key, text in (("half_year", half_year), ("baseline", remarks)):
        value = next(_counted_in(text, figure.word), None)
        if value is not None:
            measure[key] = value
    return measure


def _is_limit(figure: figures.Figure, named: str, folded: str) -> bool:
    """Whether little is better of a figure that no word says more of: 失业率4%, 3个工作日办结.

    Args:
        figure: the figure.
        named: what stands before it.
        folded: the sentence.
    """
    clause = figures.last_clause(named)
    if moving.falls_by(clause):
        return False
    at = folded.find(figure.text, len(named))
    is_done = figures.is_time(figure.word) and at >= 0 and spans.is_done_in(folded, at + len(figure.text))
    return is_done or things.is_little_better(clause) or moving.is_capped(clause)


def _first_reached(found: Iterable[figures.Figure], folded: str) -> tuple[int, figures.Figure | None]:
    """The first figure that tells what is to be reached, and its place; the first of all where none does.

    None where there is no figure, or the first counts nothing.
    """
    first: figures.Figure | None = None
    passed: set[tuple[str, str]] = set()
    for at, figure in enumerate(found):
        first = first or figure
        if not first.word:
            return 0, None
        said = figure.text, figure.word
        if figure.word and said not in passed:
            if not figure.starts and not _is_scope(figure.text, folded) and not _is_span(figure, folded):
                return at, figure
            passed.add(said)  # it may stand there very often
    return 0, first


def _is_scope(text: str, folded: str) -> bool:
    """Whether a figure only says which things are meant."""
    return any(_SCOPED.match(folded, at + len(text)) for at in _each(text, folded))


def _is_span(figure: figures.Figure, folded: str) -> bool:
    """Whether a figure only says by when something is done: 3年内."""
    text = figure.text
    return figure.word[-1:] in aims.SPANS and any(_BY_WHEN.match(folded, at + len(text)) for at in _each(text, folded))


def _each(text: str, folded: str) -> Iterator[int]:
    """Where a figure stands in a sentence."""
    at = folded.find(text)
    while at >= 0:
        yield at
        at = folded.find(text, at + 1)


def _counted_in(text: str, unit: str) -> Iterator[int | Decimal | None]:
    """The figures of a text that are counted in a unit or in one of its multiples; None for one that no decimal is equal to."""
    one, base = scales.scaled(Fraction(1), unit)
    for figure in figures.find(text):
        value, counted = scales.scaled(figure.value * (100 if figure.unit == scales.RATIO else 1), figure.word)
        if figure.word and counted == base:
            yield _registrable(value / one)


def converted(measure: Mapping[str, str | int | Decimal], unit: str) -> dict[str, str | int | Decimal] | None:
    """A proposed measure in another unit: 1.2万家 as 12000家; None where that counts something else.

    Args:
        measure: as :func:`propose` makes it.
        unit: the one that is wanted.
    """
    (one, base), (other, wanted) = (scales.scaled(Fraction(1), str(said)) for said in (measure["unit"], unit))
    found: dict[str, str | int | Decimal] = {**measure, "unit": unit}
    for key in ("full_year", "half_year", "baseline"):
        if key in measure:
            value = _registrable(Fraction(measure[key]) * one / other)
            if base != wanted or value is None:
                return None
            found[key] = value
    return found


def _propose_match(matched: re.Match[str], remarks: str) -> dict[str, str | int | Decimal]:
    """A measure of a target that keeps step with something: 进出口增长与全国平均增速同步."""
    measure: dict[str, str | int | Decimal] = {
        "indicator": matched["indicator"],
        "unit": "%",
        "aim": "match",
        "reference": matched["reference"],
    }
    value = next((value for value in _counted_in(remarks, "%") if value is not None), None)
    if value is not None:
        measure["baseline"] = value
    return measure


def _registrable(value: Fraction) -> int | Decimal | None:
    """A figure as a measure can have it: with a finite decimal, in as many digits as every reader keeps."""
    exact = scales.exact(value)
    digits = sum(map(str.isdigit, f"{exact:f}")) if isinstance(exact, Decimal) else len(str(abs(exact or 0)))
    return exact if digits <= limits.DIGITS else None
