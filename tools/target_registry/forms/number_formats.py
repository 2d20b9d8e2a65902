"""What Excel makes of a number before people see it: the number itself, a percentage, a date, or something else.

Source: ECMA-376 part 1, sections 18.8.30 (numFmt, with the built-in ones of Chinese Excel) and 18.8.31 (codes).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Context, Decimal
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from target_registry.patterns import lazy

_BUILT_IN: Mapping[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy-mm-dd"),
}  # fmt: skip
_NUMBER = lazy(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?\Z")
_DOUBLE = Context(prec=15, traps=[])
"""A binary float tells this many digits for sure; Excel shows no more."""
_LARGEST = 308
_DIGITS = 400
_LONGEST = 255
"""Characters of a code, as Excel limits them."""
# Texts in quotes, escaped signs, currencies, fillers, colours and conditions in brackets; elapsed time such as [h] is a date's.
_LITERAL = lazy(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]?|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]?',
    re.IGNORECASE | re.DOTALL,
)
_TELLING = lazy(
    r"[0-9０-９零〇一二两三四五六七八九十百千万亿半倍成%％‰.+\-－—(（)）<>≤≥~～不超低高少多于以上下左右约近]"
)
"""What makes another number, or a limit, of one that it stands beside; 分 or 家 doesn't."""
_PLACES = lazy(r"\.([0#?]+)")
_FRACTION = lazy(r"[0#?]\s*/")
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
    kind, places = _told(code, None if value is None else (value > 0) - (value < 0))
    if value is None or places is None or kind not in (Shown.TYPED, Shown.PERCENT):
        return kind
    shifted = value.scaleb(2) if kind is Shown.PERCENT else value
    own = -int(shifted.normalize().as_tuple().exponent)  # finite, as numbers of a file are
    return kind if own <= places else Shown.OTHER  # what people see is rounded


@lru_cache(maxsize=1_000)  # a workbook has few formats and many cells
def _told(code: str, sign: int | None) -> tuple[Shown, int | None]:
    """How a format shows numbers of a sign, or, for None, texts; and to how many places, None for as many as there are."""
    sections = _sections(code)
    if sign is None:
        texts = sections[3:4] or [section for section in sections[-1:] if "@" in section.signs]
        plain = all("@" in section.signs and not section.literal.strip() for section in texts)
        return Shown.TYPED if plain else Shown.OTHER, None
    chosen = 1 if sign < 0 and len(sections) > 1 else 2 if sign == 0 and len(sections) > 2 else 0
    # Conditions choose sections in their own way: then each must show the same.
    some = sections[:3] if _CONDITION.search(code) else [sections[chosen]]
    kinds = {(_section(section.signs), _places(section.signs)) for section in some}
    if len(kinds) > 1 or any(_misleads(section.literal, sign) for section in some):
        return Shown.OTHER, None
    return kinds.pop()


def _misleads(literal: str, sign: int) -> bool:
    """Whether what stands beside a number makes another one of it, the sign of one below zero and a dash for nought aside."""
    if sign < 0:
        literal = literal.strip("-() ")
    return _TELLING.search(literal) is not None and not (sign == 0 and literal.strip() == "-")


class _Part(NamedTuple):
    """One of a format's sections: the signs that stand for digits, and what is shown as it stands."""

    signs: str
    literal: str


def _sections(code: str) -> list[_Part]:
    found = [_Part("", "")]
    at = 0
    for match in _LITERAL.finditer(code):
        found = _with(found, code[at : match.start()])
        said = match["quoted"] or match["escaped"] or match["currency"] or ""
        found[-1] = found[-1]._replace(literal=found[-1].literal + said)
        at = match.end()
    return _with(found, code[at:])


def _with(found: list[_Part], signs: str) -> list[_Part]:
    """Sections with signs behind them, which may begin further ones."""
    first, *rest = signs.split(";")
    return [*found[:-1], found[-1]._replace(signs=found[-1].signs + first), *(_Part(one, "") for one in rest)]


def _places(section: str) -> int | None:
    if _GENERAL.search(section) or _EXPONENT.search(section):
        return None
    found = _PLACES.search(section)
    return len(found[1]) if found else 0


def _section(section: str) -> Shown:
    if _GENERAL.search(section):
        return Shown.TYPED
    if _DATE.search(_EXPONENT.sub("", section)):
        return Shown.DATE
    if not re.search(r"[0#?]", section) or _SCALED.search(section) or _FRACTION.search(section):
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
