"""What Excel makes of a number before people see it: the number itself, a percentage, a date, or something else.

Source: ECMA-376 part 1, sections 18.8.30 (numFmt, with the built-in ones of Chinese Excel) and 18.8.31 (codes).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Context, Decimal
from enum import Enum, auto

from target_registry.patterns import lazy

_BUILT_IN: Mapping[int, str] = {
    9: "0%", 10: "0.00%",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy-mm-dd"),
}  # fmt: skip
_NUMBER = lazy(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?\Z")
_DOUBLE = Context(prec=15, traps=[])
"""A binary float tells this many digits for sure; Excel shows no more."""
_LARGEST = 308
_DIGITS = 400
_LONGEST = 255
"""Characters of a code, as Excel limits them."""
# Texts in quotes, escaped signs, fillers, colours and conditions in brackets; elapsed time such as [h] is a date's.
_LITERAL = lazy(r'"[^"]*"?|\\.|!.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]?', re.IGNORECASE | re.DOTALL)
_GENERAL = lazy(r"general|g/通用格式|@", re.IGNORECASE)
_DATE = lazy(r"[ymdhsegba]", re.IGNORECASE)
_EXPONENT = lazy(r"e[+-]", re.IGNORECASE)
_CONDITION = lazy(r"\[[<>=]")
_SCALED = lazy(r"[0#?],+(?![0#?])")


class Shown(Enum):
    """How a cell's value and what people see go together."""

    TYPED = auto()
    PERCENT = auto()
    DATE = auto()
    OTHER = auto()


def built_in(number: int) -> str:
    """The code of a format that files name by its number alone."""
    return _BUILT_IN.get(number, "General")


def shown(code: str, value: Decimal | None) -> Shown:
    """How a format shows a number, or, for None, a text."""
    if not code:
        return Shown.TYPED
    if len(code) > _LONGEST:
        return Shown.OTHER
    sections = _LITERAL.sub("", code).split(";")
    if value is None:
        return Shown.OTHER if len(sections) > 3 and "@" not in sections[3] else Shown.TYPED
    chosen = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    # Conditions choose sections in their own way: then each must show the same.
    kinds = {_section(section) for section in (sections[:3] if _CONDITION.search(code) else [sections[chosen]])}
    return kinds.pop() if len(kinds) == 1 else Shown.OTHER


def _section(section: str) -> Shown:
    if _GENERAL.search(section):
        return Shown.TYPED
    if _DATE.search(_EXPONENT.sub("", section)):
        return Shown.DATE
    if not re.search(r"[0#?]", section) or _SCALED.search(section):
        return Shown.OTHER
    return Shown.PERCENT if "%" in section else Shown.TYPED


def number(text: str) -> Decimal | None:
    """The number that a file writes; None where it is none, or further out than Excel's own."""
    if len(text) > _DIGITS or not _NUMBER.match(text):
        return None
    found = _DOUBLE.create_decimal(text)
    return found if found.is_finite() and -_LARGEST <= found.adjusted() <= _LARGEST else None


def typed(value: Decimal) -> str:
    """A number as one would type it: no exponent, no zeros that say nothing."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def day(value: Decimal, *, since_1904: bool) -> str:
    """The day that a number is as a date; the number itself where it is none."""
    days = int(value) + (1462 if since_1904 else 0)
    if not 0 < days < 2_958_466:
        return typed(value)
    # Excel counts a 29 February 1900, as Lotus 1-2-3 did.
    return (dt.date(1899, 12, 31 if days < 60 else 30) + dt.timedelta(days)).isoformat()
