"""What a sentence says in figures: 增长9%左右 is "about 9 %", 达85个 is "at least 85 个".

Only what counts as an achievement is a figure: years, dates, document numbers,
pages, ordinals and standards' numbers are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from target_registry import numerals

_RATIOS = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "成": Fraction(1, 10)}
_MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_RATIO = "ratio"

# Counting words after which a numeral in Chinese characters is a figure; 一批, 一带一路 are not.
_COUNTED = "家个列次项件名户场亿元万元元倍条座所种份台套辆吨亩%‰"

_NOT_FIGURES = re.compile(
    r"""
      〔?\d{4}〕?第?\d+号                    # document numbers, brackets folded: 〔2018〕14号, 2018第99号
    | \d{4}[—–~-]\d{4}年?                   # 2017—2019年
    | \d{4}年(?:度)?(?:\d{1,2}月(?:份|底|末)?(?:\d{1,2}日)?)?
    | \d{1,2}月(?:份|底|末|\d{1,2}日)        # dates without a year
    | 第[\d零〇一二两三四五六七八九十百千]+[\w]?  # ordinals: 第10页, 第二届
    | [A-Za-z]+[/A-Za-z]*\s*\d[\d.\-]*       # P4-5, DB33/T 22038-2017
    """,
    re.VERBOSE,
)
_FIGURE = re.compile(
    rf"""
    (?P<before>[^，,。；;：:、\d]{{0,8}})
    (?:
        (?<!{numerals.NUMERAL})(?P<denominator>{numerals.NUMERAL}+)分之(?P<numerator>{numerals.NUMERAL}+)
      | (?P<number>(?<![\d.])\d+(?:,\d{{3}})*(?:\.\d+)?)
      | (?P<numeral>(?<!{numerals.NUMERAL}){numerals.NUMERAL}+)(?=[{_COUNTED}成])
    )
    (?P<unit>(?:[十百千万亿]*个百分点|[十百千万亿]*[%‰成]|[十百千万亿]*[^\W\d_]{{0,6}}))
    (?P<after>[^，,。；;\d]{{0,8}})
    """,
    re.VERBOSE,
)
_UNIT = re.compile(r"[十百千万亿]*(?:个百分点|美元|元|[^\W\d_]|[%‰])?")
_ABOUT = re.compile(r"左右|上下|大约|约|近(?=\d)|接近")
_AT_LEAST = re.compile(r"以上|不低于|不少于|不小于|至少|(?<!不)超过?|突破|(?<!不)[高多大]于|达到|达|≥|>")
_AT_MOST = re.compile(r"以下|以内|之内|不超过?|不[高多大]于|(?<!不)[低少小]于|至多|最多|控制在|≤|<")
_FALLING = re.compile(r"降|减|压|缩短|控制")


_ENDING = re.compile(rf"(?:{_ABOUT.pattern}|{_AT_LEAST.pattern}|{_AT_MOST.pattern}|到)+\Z")


class Figure(NamedTuple):
    """A figure of a sentence.

    ``unit`` is the text that follows the number, folded to half width, and ``word`` as much of
    it as is surely the unit; ``aim`` is
    ``about``, ``at_least`` or ``at_most`` where a word says so, else None. ``falling``
    tells that the sentence speaks of something that goes down. ``text`` is the figure as
    it stands there.
    """

    value: Fraction
    unit: str
    word: str
    aim: str | None
    falling: bool
    text: str


def _fold(text: str) -> str:
    """Half-width digits, per cent signs and one kind of bracket."""
    return re.sub(r"[\[(〔﹝【](?=\d{4})|(?<=\d{4})[\])〕﹞】]", "", unicodedata.normalize("NFKC", text))


def _aim(before: str, unit: str, after: str) -> str | None:
    """The word that says how the figure is meant; what follows the number goes first."""
    near = re.split(r"[的并、及和]", unit + after, maxsplit=1)[0]
    if _ABOUT.search(near) or _ABOUT.search(before):
        return "about"
    if _AT_MOST.search(near) or _AT_MOST.search(before):
        return "at_most"
    if _AT_LEAST.search(near) or _AT_LEAST.search(before):
        return "at_least"
    return None


def find(sentence: str) -> list[Figure]:
    """The figures of a Chinese sentence, in its order."""
    text = _NOT_FIGURES.sub(lambda match: "、" * len(match[0]), _fold(sentence))
    found = []
    for match in _FIGURE.finditer(text):
        unit = match["unit"] or ""
        if match["denominator"]:
            bottom = numerals.parse(match["denominator"])
            if not bottom:
                continue
            value, base = Fraction(numerals.parse(match["numerator"]), bottom), _RATIO
            word, shown = "%", f"{match['denominator']}分之{match['numerator']}"
        else:
            number = match["number"] or match["numeral"]
            value = Fraction(number.replace(",", "")) if match["number"] else Fraction(numerals.parse(number))
            base = unit
            word = (_UNIT.match(unit) or [""])[0]
            shown = number + word
        aim = _aim(match["before"], unit, match["after"])
        found.append(Figure(value, base, word, aim, bool(_FALLING.search(match["before"])), shown))
    return found


def _scaled(value: Fraction, unit: str) -> tuple[Fraction, str]:
    """Take the multiples and ratios out of a unit: 1.5, 万家 is 15000, 家; 9, % is 9/100."""
    while len(unit) > 1 and unit[0] in _MULTIPLES:
        value, unit = value * _MULTIPLES[unit[0]], unit[1:]
    if unit[:1] in _RATIOS:
        return value * _RATIOS[unit[0]], _RATIO
    return value, unit


class Fit(NamedTuple):
    """How a measure's figure fits a sentence: its value, its unit, and the figure it meets."""

    value: bool
    unit: bool
    figure: Figure | None


def fit(value: int | Decimal, unit: str, figures: Sequence[Figure]) -> Fit:
    """Find the figure of a sentence that a measure's value and unit stand for.

    Args:
        value: the measure's figure, in its unit.
        unit: the measure's unit, such as ``%``, ``家`` or ``亿元``.
        figures: what :func:`find` found in the sentence, in its order.
    """
    wanted, wanted_unit = _scaled(Fraction(value), unicodedata.normalize("NFKC", unit))
    same_unit = same_value = None
    for figure in figures:
        found, found_unit = (figure.value, _RATIO) if figure.unit == _RATIO else _scaled(figure.value, figure.unit)
        unit_fits = (
            found_unit == wanted_unit if _RATIO in (found_unit, wanted_unit) else found_unit.startswith(wanted_unit)
        )
        if unit_fits and found == wanted:
            return Fit(True, True, figure)
        if unit_fits and same_unit is None:
            same_unit = figure
        if figure.value == Fraction(value) and same_value is None:
            same_value = figure
    if same_value is not None and same_unit is None:
        return Fit(True, False, same_value)
    return Fit(False, same_unit is not None, same_unit or (figures[0] if figures else None))


def is_ratio(unit: str) -> bool:
    """Whether a unit is a share rather than a count: %, ‰, 成, 百分点."""
    folded = unicodedata.normalize("NFKC", unit)
    return folded[:1] in _RATIOS or folded.endswith("百分点")


def propose(sentence: str, half_year: str, remarks: str) -> dict[str, str | int | Decimal] | None:
    """A measure for a quantitative target, as its sentences say it; None where they name no figure.

    Args:
        sentence: the target.
        half_year: the half-year target, or nothing.
        remarks: where last year's figure often stands, or nothing.
    """
    found = find(sentence)
    if not found or not found[0].word:
        return None
    figure = found[0]
    scale = 100 if figure.unit == _RATIO else 1
    full_year = _exact(figure.value * scale)
    if full_year is None:
        return None
    aim = figure.aim or "at_least"
    named = re.split(re.escape(figure.text), _fold(sentence), maxsplit=1)[0]
    indicator = _ENDING.sub("", named).strip(" ，,：:为")
    measure: dict[str, str | int | Decimal] = {
        "indicator": indicator or sentence,
        "unit": figure.word,
        "aim": aim,
        "full_year": full_year,
    }
    for key, text in (("half_year", half_year), ("baseline", remarks)):
        for other in find(text):
            if other.word == figure.word:
                value = _exact(other.value * (100 if other.unit == _RATIO else 1))
                if value is not None:
                    measure[key] = value
                break
    return measure


def _exact(value: Fraction) -> int | Decimal | None:
    """A fraction as a decimal, where it has a finite one."""
    if value.denominator == 1:
        return int(value)
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return decimal if Fraction(decimal) == value else None
