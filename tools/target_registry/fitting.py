"""How a measure's figure fits the figures of a sentence: by value, by unit, by aim."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from target_registry import aims
from target_registry.figures import EITHER, STARTS, Figure, may_have
from target_registry.hanzi import is_chinese
from target_registry.scales import DOUBLING, MULTIPLES, RATIO, common, exact, scaled

_PLACES = ("位", "名")
"""Units that a place in an order needn't name: 前10."""
# A sign before a number that could make it part of something else than a figure of its own: an ordinal, a range, a
# share, a decimal in characters, a numeral.
_NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿")
_JOINED_BEFORE = STARTS | _NUMERALS | frozenset("负第每至之点年月日度前")
_NUMBERED = ("附件", "附表", "热线", "双", "上", "后", "头", "会", "届", "协")
"""What may have a number that is no figure: 附件3, 双11, 上1季度, 大会3次会议."""
# A unit that could be read as no unit, or as another than the text says.
_JOINED_BEHIND = frozenset("成余多号年月日时第强热周小至")
_ENDS_AT = frozenset("到至为")
"""What stands between the figure that something starts from and that which it comes to."""
_GOES_ON = frozenset("百次月工小季年自度时/")
"""Signs with which a unit may go on: 3个百分点 is none of 个, 3人次 none of 人."""


def _readings(figure: Figure) -> list[tuple[Fraction, str]]:
    """What a figure says, in each of the units it can be counted in."""
    if figure.unit == DOUBLING:
        doubled = Fraction(2 ** int(figure.value))
        return [(figure.value, DOUBLING), (doubled, "倍"), (doubled - 1, RATIO)]
    if figure.unit == RATIO:
        return [(figure.value, RATIO)]
    plain = scaled(figure.value, unicodedata.normalize("NFKC", figure.word))
    found = [scaled(figure.value, figure.unit)]
    if (shared := common(*plain)) != plain:
        found.append(shared)
    return [*found, (figure.value, RATIO)] if figure.word == "倍" else found


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
        figures: what :func:`~target_registry.figures.find` found in the sentence, in its order.
    """
    wanted, wanted_unit = scaled(Fraction(value), unicodedata.normalize("NFKC", unit))
    shared = common(wanted, wanted_unit)
    same_unit = same_value = None
    for figure, following in zip_longest(figures, figures[1:]):
        for found, found_unit in _readings(figure):
            if not found and not wanted and not figure.unit:
                return Fit(True, True, figure)
            unit_fits = (
                found_unit == wanted_unit
                if RATIO in (found_unit, wanted_unit)
                else bool(wanted_unit) and found_unit.startswith(wanted_unit) and not _goes_on(figure, unit)
            )
            if shared != (wanted, wanted_unit) and common(found, found_unit) == shared:
                return Fit(True, True, figure)
            if not figure.word and wanted_unit in _PLACES and found == wanted:
                return Fit(True, True, figure)
            if unit_fits and (
                _equal(found, wanted, value, unit)
                or (figure.falling and _equal(-found, wanted, value, unit))  # 下降5% is a growth of -5 %
                or (figure.ranged and found < wanted < _upper(figure, following, wanted_unit))
            ):
                return Fit(True, True, figure)
            if unit_fits and same_unit is None:
                same_unit = figure
        if figure.value == Fraction(value) and same_value is None:
            same_value = figure
    if same_value is not None:
        return Fit(True, False, same_value)
    return Fit(False, same_unit is not None, same_unit or (figures[0] if figures else None))


def _goes_on(figure: Figure, unit: str) -> bool:
    """Whether what a figure counts only begins as a unit: 人次 is none of 人."""
    (_, said), (_, wanted) = scaled(Fraction(1), figure.word), scaled(Fraction(1), unicodedata.normalize("NFKC", unit))
    return said != wanted and said.startswith(wanted) and figure.word != "个年度"  # 30个年度重点项目


def unit_fits(figure: Figure, unit: str) -> bool:
    """Whether a figure is counted in a measure's unit, whatever its value."""
    return fit(int(figure.value), unit, [figure]).unit


def allow(figures: Sequence[Figure], meant: Figure, aim: str) -> bool:
    """Whether a sentence allows the aim that a measure has.

    Args:
        figures: what :func:`~target_registry.figures.find` found in the sentence.
        meant: the one of them that is the measure's.
        aim: the measure's; in a range any aim is right.
    """
    said = meant.way if meant.value else EITHER
    lower = next((one for one, other in pairwise(figures) if other is meant), meant)
    return aim in said or meant.ranged or lower.ranged


def _upper(lower: Figure, following: Figure | None, unit: str) -> Fraction:
    """The upper end of a range, in a unit; the lower end where it is in another."""
    for value, found in _readings(following) if following else ():
        if found == unit or found.startswith(unit):
            return value
    return lower.value


def _equal(found: Fraction, wanted: Fraction, value: int | Decimal, unit: str) -> bool:
    """Whether two figures are the same; one without a finite decimal is compared as it can be written."""
    if found == wanted or exact(found) is not None:
        return found == wanted
    places = -Decimal(value).as_tuple().exponent  # type: ignore[operator]  # finite by the reader
    step, _ = scaled(Fraction(1, 10**places), unicodedata.normalize("NFKC", unit))
    return abs(found - wanted) <= step / 2


@lru_cache(maxsize=1_000)
def is_plain_unit(unit: str) -> bool:
    """Whether a unit is one that a sentence names by these very signs, right behind the number."""
    return unit == "%" or (
        len(unit) <= 6
        and all(map(is_chinese, unit))
        and unit[0] not in _JOINED_BEHIND
        and unit[-1] not in MULTIPLES
        and "百分点" not in unit
        and aims.JOINTS.isdisjoint(unit)
        and "人民币" not in unit
    )


def says_plainly(sentence: str, number: int | Decimal, unit: str, aim: str | None) -> bool:
    """What :func:`surely_says` tells of a figure and a sentence that may have any signs.

    Args:
        sentence: of the target.
        number: the measure's.
        unit: the measure's.
        aim: the measure's; None where it doesn't matter.
    """
    try:
        sentence.encode("gbk")
    except UnicodeEncodeError:
        return False
    return is_plain_unit(unit) and surely_says(sentence, f"{Decimal(number):f}{unit}", aim)


def surely_says(sentence: str, amount: str, aim: str | None = None) -> bool:
    """Whether a sentence says a measure's figure, and its aim, in the plainest way; False where that takes a closer look.

    Where it is True, :func:`fit` finds the figure by value and unit among those of :func:`~target_registry.figures.find`, and the figure's
    aim allows the measure's.

    Args:
        sentence: of the target, of signs that GBK has.
        amount: the measure's number in plain digits, and its unit, which is a plain one, right behind.
        aim: the measure's; None where it doesn't matter.
    """
    if amount[0] == "-":
        return False  # a sentence says that something falls, which takes a closer look
    before, figure, behind = sentence.partition(amount)
    if not figure or behind[:1] in _GOES_ON:
        return False
    if before:
        sign = before[-1]
        if sign in _JOINED_BEFORE or not "\u4e00" <= sign <= "\u9fff":
            return False
        if before.endswith(_NUMBERED):
            return False
        if sign == "成" and before[-2:-1] in _NUMERALS:
            return False  # 五成3, and not 建成3个
        if "《" in before and before.rfind("《") > before.rfind("》"):
            return False  # within a title
        if "“" in before and before.rfind("“") > before.rfind("”"):
            return False  # within a quotation
    if "降" in before or "减" in before:
        return False  # what the measure counts may be growth
    if not STARTS.isdisjoint(before) and not _ENDS_AT.isdisjoint(behind):
        return False  # it may be what something starts from
    if aim is None:
        return True
    if aim == "at_least":
        return aims.surely_at_least(sentence)
    if may_have(before):
        return False  # the aim is that of the first figure that fits
    if aim == "about":
        return behind.startswith("左右")
    return aims.surely_at_most(sentence, before, behind)
