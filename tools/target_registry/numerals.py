"""Chinese numerals: the form counts its key works 一、二、… and writes figures such as 八分之一."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from target_registry.patterns import lazy

_DIGITS = "零一二三四五六七八九"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = 10_000
NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"


def chinese(number: int) -> str:
    """Write 1 to 9999 as a Chinese numeral: 15 is 十五, 20 is 二十, 105 is 一百零五.

    Raises:
        ValueError: the number is outside 1 to 9999.
    """
    if not 1 <= number <= 9999:
        raise ValueError(number)
    text, zero = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // value % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + unit
        zero = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def mixed(parts: Iterable[tuple[int | Fraction, str]]) -> Fraction:
    """What digits say with the units behind each of them: 1万2千 is 12000, 1亿3千5百万 is 135 million.

    Args:
        parts: each number with the signs, of 十百千万亿, behind it.
    """
    total = section = Fraction(0)
    for number, units in parts:
        section += number * multiple(units.rstrip("万亿"))
        if myriads := units[len(units.rstrip("万亿")) :]:
            total, section = total + section * multiple(myriads), Fraction(0)
    return total + section


def multiple(units: str) -> int:
    """How many one of some units is: 千万 is 10,000,000; 1 where there is none."""
    found = 1
    for unit in units:
        found *= _UNITS.get(unit) or {"万": _MYRIAD, "亿": _MYRIAD**2}[unit]
    return found


def parse(text: str) -> int:
    """Read a Chinese numeral such as 十五, 三百零五, 两万; the lower end of one such as 两三千.

    Raises:
        ValueError: the text is no such numeral.
    """
    return span(text)[0]


@lru_cache(maxsize=256)  # its ends are asked for one after the other
def span(text: str) -> tuple[int, int]:
    """Both ends of what a Chinese numeral says: 两三千 is 2000 to 3000, 十五 is 15 and no other number.

    Two digits side by side, the first the lower, leave open which is meant; other digits side by side are places,
    as in 二〇一八. The last digit of 三百五 and 一万二 counts the next lower unit, unless a 零 stands before it. A unit
    alone is one of its kind: 万 is 10000.

    Raises:
        ValueError: the text is no such numeral.
    """
    if not 0 < len(text) <= _LONGEST:
        raise ValueError(text)
    lower = _read(text, 0)
    return lower, _read(text, -1) if _PAIR.search(text) else lower


_PAIR = lazy(f"[{''.join(_VALUES)}]{{2}}")
"""Digits side by side, without which a numeral says one number."""
_LONGEST = 40
"""Signs of a numeral, more than any number in use has."""


def _read(text: str, end: int) -> int:
    """The lower (0) or the upper (-1) end."""
    total = myriads = section = 0
    digits: list[int] = []
    below = 1
    for char in text:
        if char in _VALUES:
            digits.append(_VALUES[char])
            continue
        number = _digits(digits, end)
        if char in _UNITS:
            section += (number or 1) * _UNITS[char]
            below = _UNITS[char] // 10
        elif char == "万":
            myriads, section, below = (myriads + section + number or 1) * _MYRIAD, 0, _MYRIAD // 10
        elif char == "亿":
            total, myriads, section = (total + myriads + section + number or 1) * _MYRIAD**2, 0, 0
            below = _MYRIAD**2 // 10
        else:
            raise ValueError(text)
        digits = []
    last = _digits(digits, end)
    return total + myriads + section + (last * below if last < 10 and 0 not in digits else last)


def _digits(digits: list[int], end: int) -> int:
    """What digits side by side say; a 零 before them only holds a place."""
    while len(digits) > 1 and not digits[0]:
        digits = digits[1:]
    if len(digits) == 2 and 0 < digits[0] < digits[1]:
        return digits[end]
    number = 0
    for digit in digits:
        number = number * 10 + digit
    return number
