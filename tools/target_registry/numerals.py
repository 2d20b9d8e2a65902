"""Chinese numerals: the form counts its key works 一、二、… and writes figures such as 八分之一."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
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


def parse(text: str) -> int:
    """Read a Chinese numeral such as 十五, 三百零五, 两万.

    Raises:
        ValueError: the text is no such numeral.
    """
    total = section = digit = 0
    for char in text:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _MYRIADS:
            total = (total + section + digit) * _MYRIADS[char]
            section = digit = 0
        else:
            raise ValueError(text)
    if not text:
        raise ValueError(text)
    return total + section + digit
