"""What a figure comes to, whatever it is counted in: 1.5万家 is 15000家, and 9% is 9/100."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from fractions import Fraction

from target_registry import units

_RATIOS = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "成": Fraction(1, 10)}
MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
RATIO = "ratio"
DOUBLING = "番"
_MOST_MULTIPLES = 24  # of a unit: 十万亿 has three, and what holds more is no unit
_SAME_WITHOUT = ("个百分点", "个基点", "个工作日", "个自然日", "个小时", "个季度")
_LEVELS = ("天", "日", "小时", "分钟", "分贝", "度", "个月", "周", "年")


def scaled(value: Fraction, unit: str) -> tuple[Fraction, str]:
    """Take the multiples and ratios out of a unit: 1.5, 万家 is 15000, 家; 9, % is 9/100."""
    for char in unit[: min(len(unit) - 1, _MOST_MULTIPLES)]:
        if char not in MULTIPLES or unit.startswith("百分点"):
            break
        value, unit = value * MULTIPLES[char], unit[1:]
    if unit in _RATIOS:
        return value * _RATIOS[unit], RATIO
    return value, unit.removeprefix("个") if unit.startswith(_SAME_WITHOUT) else unit.replace("人民币", "元", 1)


def common(value: Fraction, unit: str) -> tuple[Fraction, str]:
    """A figure, scaled, in the commonest of the units that say the same: 30μg/m³ is 30微克/立方米."""
    times, known = units.SAME.get(unit.replace("μ", "u"), (1, unit))
    return value * times, known


def is_ratio(unit: str) -> bool:
    """Whether a unit is a share rather than a count: %, ‰, 成, 百分点."""
    folded = unicodedata.normalize("NFKC", unit)
    return folded[:1] in _RATIOS or folded.endswith("百分点")


def is_level(unit: str) -> bool:
    """Whether a unit measures how high something stands, or how long it takes, rather than how much adds up: 天, 微克/立方米."""
    return is_ratio(unit) or "/" in unit or unit.endswith(_LEVELS)


def exact(value: Fraction) -> int | Decimal | None:
    """A fraction as a decimal, where it has a finite one."""
    if value.denominator == 1:
        return int(value)
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return decimal if Fraction(decimal) == value else None
