"""What Excel makes of a number before people see it: the number itself, a percentage, a date, or something else.

Source: ECMA-376 part 1, sections 18.8.30 (numFmt, with the built-in ones of Chinese Excel) and 18.8.31 (codes).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from target_registry.patterns import lazy

_BUILT_IN: Mapping[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    **dict.fromkeys((5, 6, 37, 38, 41, 42, 61), "#,##0"), **dict.fromkeys((7, 8, 39, 40, 43, 44, 62), "#,##0.00"),
    48: "##0.0E+0", 59: "0", 60: "0.00", 67: "0%", 68: "0.00%", 69: "# ?/?", 70: "# ??/??",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)), "yyyy-mm-dd"),
}  # fmt: skip
_NUMBER = lazy(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?\Z")
_DOUBLE = Context(prec=15, traps=[])
"""A binary float tells this many digits for sure; Excel shows no more."""
_LARGEST = 308
_DIGITS = 400
_LONGEST = 255
"""Characters of a code, as Excel limits them."""
# What a code says with more than one character, and single characters, each of a kind.
_TOKEN = lazy(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]*)(?P<locale>[^\]]*)\]?'
    r"|_(?P<width>.)|\*(?P<fill>.)|(?P<elapsed>\[(?:h+|m+|s+)\])|\[(?P<bracket>[^\]]*)\]?"
    r"|(?P<general>general|g/通用格式)|(?P<exponent>e[+-])|(?P<end>;)|(?P<sign>[0#?.,%@]+|[a-z])|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
_BRACKET = lazy(
    r"(?:black|blue|cyan|green|magenta|red|yellow|color ?[0-9]{1,2}|dbnum[0-9]|natnum[0-9]{1,2}|[<>=]{1,2}-?[0-9.]+)\Z",
    re.IGNORECASE,
)
"""Colours, numerals and conditions that leave the number as it is."""
_WHITE = lazy(r"\[(?:white|color ?0*2)\]", re.IGNORECASE)
_INK = lazy(r"(black|blue|cyan|green|magenta|red|yellow|(?<=color)[0-9]{1,2}|(?<=color )[0-9]{1,2})\Z", re.IGNORECASE)
"""The colour that a bracket names, or its number."""
_LOCALE = lazy(r"(?:-(?!F[48]00\Z)[0-9A-F]{1,4})?\Z", re.IGNORECASE)
"""A language alone; longer ones ask for another nation's digits, and these two for a date."""
_CURRENCIES = frozenset(("", "¥", "￥", "$", "US$", "€", "£", "HK$", "CNY", "RMB", "USD", "人民币"))
_UNITS = frozenset((*"元分个项家人名户次件份场天年月日条篇", "月底", "月末", "月份"))
"""What may stand behind a number: no part of one, and no limit."""
_DIGITS_SHOWN = lazy(r"([0#?](?:,?[0#?])*)?(?:\.([0#?]*))?(%?)\Z")
_POWER = lazy(r"0(?:\.(0*))?e[+-]0+\Z", re.IGNORECASE)
_GENERAL = frozenset(("general", "@"))
GENERAL_WIDTH = 11
"""Characters of a number that the format General shows; it rounds whatever has more."""
_DATE = lazy(r"[ymdhsegba]", re.IGNORECASE)
_CONDITION = lazy(r"\[[<>=]")


class Shown(Enum):
    """How a cell's value and what people see go together."""

    TYPED = auto()
    PERCENT = auto()
    DATE = auto()
    CUT = auto()
    """The format General shows only the first of its digits."""
    OTHER = auto()


def built_in(number: int) -> str:
    """The code of a format that files name by its number alone."""
    return _BUILT_IN.get(number, "General")


def shown(code: str, value: Decimal | None) -> Shown:
    """How a format shows a number, or, for None, a text."""
    code = code or "General"
    if len(code) > _LONGEST:
        return Shown.OTHER
    told = _told(code, None if value is None else (value > 0) - (value < 0))
    if value is None or told.kind not in (Shown.TYPED, Shown.PERCENT):
        return told.kind
    if told.places is None:
        return Shown.CUT if len(typed(value)) > GENERAL_WIDTH else told.kind
    own = -int(value.normalize().as_tuple().exponent)  # finite, as numbers of a file are
    if told.power:
        own += value.adjusted() if value else 0
    elif told.kind is Shown.PERCENT:
        own -= 2
    return told.kind if own <= told.places else Shown.OTHER  # what people see is rounded


def beside(code: str, value: Decimal) -> tuple[str, str]:
    """What a format shows before and behind a number that isn't negative, such as ¥ and 个; of others nothing.

    Args:
        code: a format that shows the number itself.
        value: the number.
    """
    if value < 0 or not code or len(code) > _LONGEST:
        return "", ""
    sections = _sections(code)
    if _CONDITION.search(code):
        return sections[0].beside  # all are alike in that, or the format doesn't show the number itself
    return sections[2 if value == 0 and len(sections) > 2 else 0].beside


def least(code: str, value: Decimal) -> str:
    """What a format shows of a number at the least, its unit with it; a point for each that may stand between digits.

    Args:
        code: a format that shows the number itself, or as a percentage.
        value: the number.
    """
    if not code or len(code) > _LONGEST or _CONDITION.search(code):
        return typed(value)
    section = _sections(code)[_of_sign((value > 0) - (value < 0), _sections(code))]
    digits = _DIGITS_SHOWN.match(section.signs)
    if digits is None:
        return "".join((section.beside[0], typed(value), section.beside[1])) if section.signs in _GENERAL else ""
    whole, _, rest = typed(abs(value) * (100 if digits[3] else 1)).partition(".")
    rest = rest.ljust((digits[2] or "").count("0"), "0")
    whole = whole.rjust((digits[1] or "").count("0"), "0")
    return "".join((section.beside[0], whole, "." if rest else "", rest, digits[3], section.beside[1]))


def inks(code: str, value: Decimal | None) -> tuple[str, ...]:
    """The colours that a format may give a number, or, for None, a text: in small letters, or by number.

    Args:
        code: a format.
        value: the number.
    """
    if "[" not in code or len(code) > _LONGEST:
        return ()
    sections = _sections(code)
    if value is None:
        chosen = sections[3:4] or sections[-1:]
    elif _CONDITION.search(code):
        chosen = sections[:3]
    else:
        chosen = sections[_of_sign((value > 0) - (value < 0), sections) :][:1]
    return tuple(section.ink for section in chosen if section.ink)


class _Told(NamedTuple):
    """How a format shows numbers of a sign, or texts.

    Attributes:
        kind: what people see.
        places: behind the point, at most; None for as many as fit.
        power: whether it shows a number of one digit before the point, and a power of ten.
    """

    kind: Shown
    places: int | None = None
    power: bool = False


_OTHER = _Told(Shown.OTHER)


@lru_cache(maxsize=4_000)  # as below, for each sign
def _told(code: str, sign: int | None) -> _Told:
    """How a format shows numbers of a sign, or, for None, texts."""
    sections = _sections(code)
    if _WHITE.search(code):
        return _OTHER
    if sign is None:
        texts = sections[3:4] or [section for section in sections[-1:] if "@" in section.signs]
        return _Told(Shown.TYPED if all(map(_shows_text, texts)) else Shown.OTHER)
    if _CONDITION.search(code):
        # Conditions choose sections in their own way: then there must be one for all else, and each show the same.
        found = {(_number(section, sign, own_sign=True), section.beside) for section in sections[:3]}
        return found.pop()[0] if len(found) == 1 and len(sections) > 1 and sign >= 0 else _OTHER
    chosen = _of_sign(sign, sections)
    return _number(sections[chosen], sign, own_sign=chosen == 0)


def _of_sign(sign: int, sections: Sequence[_Section]) -> int:
    """Which section shows numbers of a sign, where none asks for more than that."""
    return 1 if sign < 0 and len(sections) > 1 else 2 if sign == 0 and len(sections) > 2 else 0


class _Section(NamedTuple):
    """One of a format's sections, taken apart.

    Attributes:
        signs: what stands for the value: places of digits, General, letters of dates.
        before: what is shown before it as it stands.
        after: the same behind it.
        plain: whether nothing stands within the value, fills the cell, or is unknown here.
        ink: the colour that it names, or its number; empty for none.
    """

    signs: str
    before: str
    after: str
    plain: bool
    ink: str

    @property
    def beside(self) -> tuple[str, str]:
        """What is shown before the value and behind it, without blanks around."""
        return self.before.strip(), self.after.strip()


class _Pieces:
    """Collects the tokens of a section; a code has hundreds, and a workbook many codes."""

    def __init__(self) -> None:
        self._signs: list[str] = []
        self._before: list[str] = []
        self._after: list[str] = []
        self._plain = True
        self._ink = ""

    def section(self) -> _Section:
        """What they come to."""
        signs, before, after = ("".join(each) for each in (self._signs, self._before, self._after))
        return _Section(signs.lower(), before, after, self._plain, self._ink)

    def take(self, match: re.Match[str]) -> None:
        """Take one more token."""
        match match.lastgroup:
            case "general":
                self._take_sign("general")
            case "sign" | "exponent" | "elapsed":
                self._take_sign(match[0])
            case "width":
                self._take_text(" ")
            case "fill":
                self._plain &= match["fill"] == " "
                self._take_text(" ")
            case "bracket":
                self._plain &= _BRACKET.match(match["bracket"]) is not None
                ink = _INK.search(match["bracket"])
                self._ink = ink[1].lower() if ink else self._ink
            case "locale":
                self._plain &= _LOCALE.match(match["locale"]) is not None
                self._take_text(match["currency"])
            case "quoted" | "escaped":
                self._take_text(match["quoted"] or match["escaped"] or "")
            case _:
                self._take_text(match[0])

    def _take_sign(self, sign: str) -> None:
        """Take what stands for the value; nothing may stand within that."""
        self._plain &= not any(self._after)
        self._signs.append(sign)

    def _take_text(self, text: str) -> None:
        (self._after if self._signs else self._before).append(text)


@lru_cache(maxsize=1_000)  # a workbook has few formats and many cells
def _sections(code: str) -> tuple[_Section, ...]:
    found = [_Pieces()]
    for match in _TOKEN.finditer(code):
        if match["end"]:
            found.append(_Pieces())
        else:
            found[-1].take(match)
    return tuple(pieces.section() for pieces in found)


def _shows_text(section: _Section) -> bool:
    """Whether a section shows a text as it is, and nothing beside it."""
    return section.signs == "@" and section.plain and not (section.before + section.after).strip()


def _number(section: _Section, sign: int, *, own_sign: bool) -> _Told:
    """How a section shows numbers of a sign; where it isn't made for that alone, Excel writes the minus itself."""
    told = _value(section.signs)
    if told.kind is Shown.DATE:
        return told
    before, after = section.beside
    dash = before.endswith("-") and before[:-1].strip() in _CURRENCIES and not after
    if sign == 0 and section.plain and dash and section.signs and set(section.signs) <= set("#?"):
        return told  # a dash for nought
    if sign == 0 and told.places is not None and "0" not in section.signs:
        return _OTHER  # nothing is shown
    if sign < 0 and not own_sign:
        if before.startswith("(") and after.endswith(")"):
            before, after = before[1:].strip(), after[:-1].strip()
        elif before.count("-") == 1:
            before = before.strip("-").strip()
        else:
            return _OTHER
    fits = before in _CURRENCIES and (after in _UNITS or after in _CURRENCIES)
    return told if section.plain and fits else _OTHER


def _value(signs: str) -> _Told:
    """What the signs of a section make of a number."""
    if signs in _GENERAL:
        return _Told(Shown.TYPED)
    if power := _POWER.match(signs):
        return _Told(Shown.TYPED, len(power[1] or ""), power=True)
    digits = _DIGITS_SHOWN.match(signs)
    if digits and (digits[1] or digits[2]):
        return _Told(Shown.PERCENT if digits[3] else Shown.TYPED, len(digits[2] or ""))
    bare = signs
    for other in ("general", "e+", "e-"):
        bare = bare.replace(other, "")
    return _Told(Shown.DATE) if _DATE.search(bare) and "%" not in bare else _OTHER


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
