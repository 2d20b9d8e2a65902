"""A figure with the words that say how it is meant, as it is spoken: 不少于30家, 近百分之八点五, 前三位.

It is read sign by sign: a pattern of all that can stand around a number takes longer to make than
the sentences of a proposal take to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from target_registry import numerals, units
from target_registry.aims import INSIDE, SPANS
from target_registry.direction import moving
from target_registry.hanzi import is_chinese
from target_registry.patterns import lazy

_ABOUT_LEADS = ("大约", "约为", "大概", "大致", "约")
_NEAR_LEADS = ("将近", "接近", "近")
_FLOOR_LEADS = (
    "不得低于", "不得少于", "不能低于", "不能少于", "应不低于", "不低于", "不少于", "不小于", "不得小于", "不下",
    "至少达到", "至少", "最少", "达到", "达", "≥", ">=",
)  # fmt: skip
_PASSED_LEADS = ("突破", "超过", "超", "高于", "多于", "大于", ">")
_CEILING_LEADS = (
    "不得超过", "不得高于", "不得多于", "不能超过", "不能高于", "不超过", "不突破", "不超出", "不超", "不高于", "不多于",
    "不大于", "至多", "最多", "最长", "最高", "≤", "<=", "±", "正负",
)  # fmt: skip
_BELOW_LEADS = ("低于", "少于", "小于", "<")
_LEADS = {
    **dict.fromkeys(_ABOUT_LEADS, ("about", 0)),
    **dict.fromkeys(_NEAR_LEADS, ("about", -1)),
    **dict.fromkeys(_FLOOR_LEADS, ("at_least", 0)),
    **dict.fromkeys(_PASSED_LEADS, ("at_least", 1)),
    **dict.fromkeys(_CEILING_LEADS, ("at_most", 0)),
    **dict.fromkeys(_BELOW_LEADS, ("at_most", 1)),
}
_MOST_LEADS = 3
_TAILS = {
    "左右": "about", "上下": "about", "及以上": "at_least", "以上": "at_least", "以内": "at_most", "之内": "at_most",
    "及以下": "at_most", "以下": "at_most",
}  # fmt: skip
# What may follow a number and is no unit.
_NO_UNIT = frozenset("以左上下内的和及与并或且余多至到之为是在月号第等比较含")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZμ")
_RAISED = {"2": "2", "3": "3", "²": "2", "³": "3"}
_MULTIPLES = frozenset("十百千万亿")
_MOST_MULTIPLES = 6
_OF_UNITS = ("千瓦", "千米", "千克")
_BEGUN = frozenset("美平公标")
"""Signs that begin a unit and are none: 三公里, and 三公经费."""
_COUNTED = frozenset(units.COUNTED + "部支期轮成") | _BEGUN
"""The first signs of what a numeral in Chinese characters counts."""
_SPANS = ("工作日", "小时", "分钟", "天")
_WITHIN = ("内", "之内", "以内")
_RANGE_SIGNS = frozenset("-~至到")
_BEFORE_DASH = frozenset(units.COUNTED + "亿万年月日次天时%‰)")
"""Signs behind which a dash is that of a range, and no minus: 9000人-1.2万人."""
_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿")
_FIRST_NUMERALS = frozenset("一二两三四五六七八九十百千")
_TEN = frozenset("0123456789")
_AFTER_POINT = frozenset("零〇一二三四五六七八九")
_MOST_PLACES = 6
_LONGEST_NUMERAL = 12
_LONGEST = 40
"""Signs of a number; a longer one is text, which can't be compared."""
_NUMBER = lazy(
    r"(?:[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]{1,18})?(?![0-9.])|[0-9]{1,18}(?:,[0-9]{3})*(?:\.[0-9]{1,18})?)(?![0-9])"
)
_PART = lazy(r"([0-9]{1,9})/([0-9]{1,9})(?![0-9/.十百千万亿])")
_SHARED_BY = lazy(units.SHARED_BY)
_DIGITS = lazy(r"[0-9]{1,9}")
_MORE = lazy(r"零?([0-9]{1,4})([十百千]{0,3}[万亿]|[千百十](?![瓦米克]))")
_TENTHS = lazy(rf"([一二三四五六七八九1-9])成([一二三四五六七八九1-9])(?![0-9.十百千万亿{units.COUNTED}])")
_INCLUDED = lazy(r"\s*\(含(?:本数)?\)")
STARTS = frozenset("0123456789-翻零前万" + "".join(lead[0] for lead in _LEADS)) | _FIRST_NUMERALS
"""The signs that a figure can begin with."""


class Spoken(NamedTuple):
    """A figure as it stands in a sentence.

    ``value`` is in ``unit``, which may hold a multiple; ``upper`` the other end of a range. ``lead`` is what
    leads to the figure, ``aim`` and ``shade`` what it and the words behind say of how it is meant.
    ``is_rank`` tells of 前, ``is_number`` of digits, ``is_negative`` of a minus sign. ``end`` is where it ends.
    A figure of which no value can be told has none; ``is_too_long`` tells that it is one for its length.
    """

    value: Fraction | None
    unit: str
    upper: Fraction | None
    lead: str
    aim: str | None
    shade: int
    is_rank: bool
    is_number: bool
    is_negative: bool
    is_too_long: bool
    end: int


class _Core(NamedTuple):
    """A figure without what stands around it."""

    value: Fraction | None
    unit: str
    end: int
    upper: Fraction | None = None
    over: bool = False
    is_number: bool = False
    is_negative: bool = False
    is_too_long: bool = False


def _by_start(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their first sign, the longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(words, key=len, reverse=True):
        found[word[0]] = (*found.get(word[0], ()), word)
    return found


_LEADS_BY_START = _by_start(_LEADS)
_TAILS_BY_START = _by_start(_TAILS)
_UNITS_BY_START = _by_start(units.WORDS)


def _word(words: dict[str, tuple[str, ...]], text: str, at: int) -> str:
    """The longest of some words that starts at an offset, or nothing."""
    return next((word for word in words.get(text[at : at + 1], ()) if text.startswith(word, at)), "")


def read(text: str, at: int, before: str) -> Spoken | None:
    """The figure that starts at an offset of a narrowed text; None where none does.

    Args:
        text: the sentence.
        at: where to look.
        before: what of the same clause stands before it.
    """
    leads: list[str] = []
    start = at
    while len(leads) < _MOST_LEADS and (lead := _word(_LEADS_BY_START, text, start)):
        leads.append(lead)
        start += len(lead) + text[start + len(lead) : start + len(lead) + 1].isspace()
    said = [_LEADS[lead] for lead in leads]
    ranked = text.startswith("前", start) and _rank().match(text, start) is not None
    core = _core(text, start + ranked, before + text[at:start], ranked)
    if core is None:
        return None
    included = _INCLUDED.match(text, core.end)
    end = _blanks(text, included.end() if included else core.end)
    if tail := _word(_TAILS_BY_START, text, end):
        said.append((_TAILS[tail], 0))
    elif text.startswith(INSIDE, end) and text[end - 1] in SPANS:
        tail = INSIDE
        said.append(("at_most", 0))
    aim, shade = _aim(said, 1 if core.over else 0)
    return Spoken(
        core.value, core.unit, core.upper, text[at:start], aim, shade, ranked, core.is_number, core.is_negative,
        core.is_too_long, end + len(tail),
    )  # fmt: skip


def unit_at(text: str, at: int) -> str:
    """The unit that starts at an offset, or nothing."""
    if word := _word(_UNITS_BY_START, text, at):
        return word
    char = text[at : at + 1]
    if is_chinese(char):
        return "" if char in _NO_UNIT else char
    return text[at : _latin_end(text, at)]


def _latin_end(text: str, at: int) -> int:
    """Where a unit of Latin letters ends: kWh, km², μg/m³."""
    end = at
    while text[end : end + 1] in _LATIN:
        end += 1
    if end == at:
        return end
    if text[end : end + 1] in _RAISED and text[end + 1 : end + 2] not in _TEN:
        end += 1
    if text[end : end + 1] == "/" and text[end + 1 : end + 2] in _LATIN:
        return _latin_end(text, end + 1)
    return end


def _aim(said: list[tuple[str, int]], over: int) -> tuple[str | None, int]:
    """How the words around a figure mean it; of several, the loosest."""
    for aim in ("about", "at_most", "at_least"):
        shades = [shade for one, shade in said if one == aim]
        if shades:
            return aim, min(shades) or over
    return None, over


@cache
def _rank() -> re.Pattern[str]:
    """The 前 of a place in an order or of the first of a number of things."""
    numeral = numerals.NUMERAL
    return re.compile(
        rf"(?<![目之提以此当年会事天日月季])前(?=\s*(?:[0-9]+|{numeral}+)\s*(?:[位名强]|[,，。；;、)）]|行列|\Z)"
        rf"|\s*[0-9.]+\s*%|百分之|\s*[0-9]+/[0-9]|{numeral}+分之)"
    )


def _core(text: str, at: int, before: str, ranked: bool) -> _Core | None:
    """The figure itself; the first reading that fits."""
    char = text[at : at + 1]
    if char in _FIRST_NUMERALS or char in _NUMERALS:
        return _percent(text, at) or _fraction(text, at) or _nought(text, at) or _spelled(text, at, ranked, before)
    if char == "翻":
        return _doubled(text, at)
    return (_fraction(text, at) or _part(text, at) or _digits(text, at, before)) if char.isascii() else None


def _percent(text: str, at: int) -> _Core | None:
    """百分之八点五, 百分之8.5 or 百分之二三十."""
    if not text.startswith("百分之", at):
        return None
    start = at + 3
    sign = -1 if text.startswith("-", start) else 1
    start = _blanks(text, start + (sign < 0))
    if number := _NUMBER.match(text, start):
        value = _decimal(number[0], sign)
        return _Core(value, "%", number.end(), is_too_long=value is None)
    whole = _numeral(text, start)
    if not whole:
        return None
    end = start + len(whole)
    low, high = map(Fraction, numerals.span(whole))
    if text.startswith("点", end) and (part := _numeral(text, end + 1)[:6]):
        for place, digit in enumerate(part, 1):
            low += Fraction(numerals.parse(digit), 10**place)
        end += 1 + len(part)
        high = low
    return _Core(sign * low, "%", end, sign * high if high != low else None)


def _fraction(text: str, at: int) -> _Core | None:
    """八分之一 or 8分之1."""
    bar = _whole_end(text, at)
    start = bar + 2
    if bar == at or not text.startswith("分之", bar):
        return None
    end = _whole_end(text, start)
    if end == start or (text[end - 1] in _TEN and text[end : end + 1] in _TEN):
        return None
    over, under = _whole(text[start:end]), _whole(text[at:bar])
    return _Core(over / under * 100 if under else None, "%", end)


def _whole_end(text: str, at: int) -> int:
    """Where the whole number ends, in numerals or digits, that starts at an offset; the offset where none does."""
    if numeral := _numeral(text, at):
        return at + len(numeral)
    digits = _DIGITS.match(text, at)
    return digits.end() if digits else at


def _whole(said: str) -> Fraction:
    return Fraction(int(said) if said.isascii() else numerals.parse(said))


def _part(text: str, at: int) -> _Core | None:
    """1/8."""
    found = _PART.match(text, at)
    if not found:
        return None
    over, under = int(found[1]), int(found[2])
    return _Core(Fraction(over, under) * 100 if under else None, "%", found.end())


def _digits(text: str, at: int, before: str) -> _Core | None:
    """30余家, -5%, 1.5万家, 8-10%."""
    if tenths := _tenths(text, at):
        return tenths
    negative = text.startswith("-", at)
    if negative and text[at - 1 : at] in _BEFORE_DASH:
        return None
    number = _NUMBER.match(text, _blanks(text, at + 1) if negative else at)
    if not number:
        return None
    if text[number.end() : number.end() + 1] == ":" and text[number.end() + 1 : number.end() + 2] in _TEN:
        return None  # 1:12 and 18:00
    multiple, end = _multiple(text, _blanks(text, number.end()))
    value = _decimal(number[0])
    if value is not None and text[end + (text[end : end + 1] == "零") :][:1] in _TEN:
        value, multiple, end = _mixed(text, end, value, multiple)
    over = text[end : end + 1] in ("余", "多") and _is_counted(text[end + 1 : end + 2])
    end = _blanks(text, end + over)
    if shared := _SHARED_BY.match(text, end):
        return _Core(value, multiple + shared[0], shared.end(), None, over, True, negative, value is None)
    unit = unit_at(text, end)
    end += len(unit)
    said = multiple + _currency(unit)
    sign = _blanks(text, end)
    other = _NUMBER.match(text, _blanks(text, sign + 1)) if text[sign : sign + 1] in _RANGE_SIGNS else None
    if other is None:
        if said == "倍" and value is not None and moving.grows(before):
            value, said = value * 100, "%"
        return _Core(value, said, end, None, over, True, negative, value is None)
    upper_multiple, end = _multiple(text, _blanks(text, other.end()))
    upper = _decimal(other[0])
    if upper is not None and text[end : end + 1] in _TEN:
        upper, upper_multiple, end = _mixed(text, end, upper, upper_multiple)
    upper_unit = unit_at(text, end)
    end += len(upper_unit)
    upper_said = upper_multiple + _currency(upper_unit)
    # 8-10% has one unit for both ends, 8万-12万人 what it counts; ends in two units are no range.
    known = value if said in ("", upper_said) else None
    if value is not None and multiple and not unit:
        known = value * numerals.multiple(multiple) / numerals.multiple(upper_multiple)
    return _Core(known, upper_said, end, upper, over, True, negative, value is None or upper is None)


def _mixed(text: str, at: int, value: Fraction, multiple: str) -> tuple[Fraction, str, int]:
    """A number that goes on behind its unit, 1万2千 or 12亿5千万, as one of the last unit's, that unit, and where it ends."""
    parts, end = [(value, multiple)], at
    while multiple and (more := _MORE.match(text, end)):
        parts.append((Fraction(more[1]), more[2]))
        end = more.end()
    last = parts[-1][1]
    return numerals.mixed(parts) / numerals.multiple(last) if len(parts) > 1 else value, last, end


def _doubled(text: str, at: int) -> _Core | None:
    """翻一番."""
    times = text[at + 1 : at + 2] if text[at + 1 : at + 2] in ("一", "二", "两", "三", "四") else ""
    end = at + 1 + len(times)
    if not text.startswith("番", end):
        return None
    return _Core(Fraction(2 ** numerals.parse(times or "一") - 1) * 100, "%", end + 1)


def _nought(text: str, at: int) -> _Core | None:
    """零 in 事故为零."""
    if text[at] != "零" or text[at - 1 : at] not in ("为", "现", "持"):
        return None
    return _Core(Fraction(0), "", at + 1)


def _is_counted_too(text: str, at: int) -> bool:
    """Whether a counting word follows that is none behind 一, nor before 一: 一张网, 三位一体."""
    char = text[at : at + 1]
    if text.startswith("批次", at):
        return True
    return bool(char) and char in units.COUNTED_TOO and text[at - 1] != "一" and text[at + 1 : at + 2] != "一"


def _spelled(text: str, at: int, ranked: bool, before: str) -> _Core | None:
    """二十场, 三十多家, 两三千家."""
    if text[at] not in _FIRST_NUMERALS:
        return None
    numeral = _numeral(text, at)
    end = at + len(numeral)
    if text[end : end + 1] in _NUMERALS:
        return None  # more signs than any number has, and no unit behind them
    if tenths := _tenths(text, at):
        return tenths
    if text.startswith("点", end):
        return _pointed(text, numeral, end + 1)
    over = text[end : end + 1] in ("余", "多")
    end += over
    if ranked:
        unit = text[end : end + 1] if text[end : end + 1] in ("位", "名") else ""
    else:
        unit = next((word for word in _SPANS if text.startswith(word, end)), "")
        if not unit and any(text.startswith(within, end + 1) for within in _WITHIN) and text[end] in "日年周月":
            unit = text[end]
        elif not unit and (text[end : end + 1] in _COUNTED or _is_counted_too(text, end)):
            unit = unit_at(text, end)
        if not unit or unit in _BEGUN:
            return None
    low, high = map(Fraction, numerals.span(numeral))
    if unit == "倍" and moving.grows(before):
        low, high, unit, end = 100 * low, 100 * high, "%", end + len("倍") - len("%")
    return _Core(low, _currency(unit), end + len(unit), high if high != low else None, over)


def _tenths(text: str, at: int) -> _Core | None:
    """三成五, 3成5."""
    found = _TENTHS.match(text, at)
    if not found:
        return None
    tens, ones = _whole(found[1]), _whole(found[2])
    return _Core(10 * tens + ones, "%", found.end())


def _pointed(text: str, whole: str, at: int) -> _Core | None:
    """三点五亿元: what follows the point, which counts something; 九点五十分 is a time."""
    end = at
    while text[end : end + 1] in _AFTER_POINT and end - at < _MOST_PLACES:
        end += 1
    if end == at:
        return None
    value = Fraction(numerals.parse(whole))
    value += sum(Fraction(numerals.parse(digit), 10**place) for place, digit in enumerate(text[at:end], 1))
    multiple, end = _multiple(text, end)
    over = text[end : end + 1] in ("余", "多")
    unit = unit_at(text, end + over) if text[end + over : end + over + 1] in _COUNTED else ""
    if not unit or unit in _BEGUN:
        return None
    return _Core(value, multiple + _currency(unit), end + over + len(unit), over=over)


_RUN = lazy(f"{numerals.NUMERAL}{{1,{_LONGEST_NUMERAL}}}")


def _numeral(text: str, at: int) -> str:
    """The numeral in Chinese characters that starts at an offset, or nothing."""
    found = _RUN.match(text, at)
    return found[0] if found else ""


def _multiple(text: str, at: int) -> tuple[str, int]:
    end = at
    while end - at < _MOST_MULTIPLES and text[end : end + 1] in _MULTIPLES and not text.startswith(_OF_UNITS, end):
        end += 1
    return text[at:end], end


def _is_counted(char: str) -> bool:
    return is_chinese(char) or char in ("%", "‰")


def _blanks(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


def _decimal(number: str, sign: int = 1) -> Fraction | None:
    """8.5 or 1,000 as a number; None where it is too long for one."""
    return sign * Fraction(number.replace(",", "").replace(" ", "")) if len(number) <= _LONGEST else None


def _currency(unit: str) -> str:
    if unit[:1] in _LATIN:
        return "".join(_RAISED.get(char, char) for char in unit)
    return unit.replace("元人民币", "元").replace("人民币", "元")
