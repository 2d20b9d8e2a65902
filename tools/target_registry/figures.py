"""What a sentence says in figures: 增长9%左右 is "about 9 %", 达85个 is "at least 85 个".

Only what counts as an achievement is a figure: years, dates, document numbers,
pages, ordinals and standards' numbers are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from target_registry import aims, limits, numerals, quotations, units
from target_registry.direction import moving, rates, things
from target_registry.patterns import lazy
from target_registry.scales import DOUBLING, MULTIPLES, RATIO

T = TypeVar("T")
_COUNTED = units.COUNTED + "%‰成"
_COUNTED_TOO = f"(?<!一)[{units.COUNTED_TOO}](?![一数])"
_DIGITS = r"(?:(?<!\d)\d{1,3}(?:[ ]\d{3})+(?![\d])(?:\.\d+)?|\d+(?:,\d{3})*(?:\.\d+)?)"
_MORE_DIGITS = r"(?:(?:[十百千]?[万亿]|[千百])零?\d{1,4}(?=[余多]?(?:[十百千]*[万亿]|[千百十](?![瓦米克]))))*"
"""What goes on behind a number's own unit: 1万2千, 12亿5千万."""
_MULTIPLE = "(?:[十百万亿]|千(?![瓦米克])){0,6}"
_OF_SEVERAL_SIGNS = "|".join(sorted(set(units.WORDS) - {"元人民币"}, key=len, reverse=True))
_UNIT_WORD = rf"{_MULTIPLE}(?:{_OF_SEVERAL_SIGNS}|(?!以[上下内]|左右|上下|之内)[^\W\d_a-zA-Z])"
_SYMBOL = r"(?:[A-Za-zμ]{1,4}(?:[23](?![\d.])|[²³])|°C|[A-Za-zμ]{1,5}(?=/))(?:/[A-Za-z]{1,4}[23²³]?(?!\d))?"
"""A unit of Latin letters, as ㎡, ℃ and μg/m³ are when they are folded."""
_NUMERAL = numerals.NUMERAL
# A run beyond this is no figure that anything could be compared with.
_LONGEST = 40
_NOTHING = "、"
_REMEMBERED = 5_000  # sentences and figures together that are kept: a form of the largest size has fewer

# What a number that is no figure has in or beside it.
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_EXCUSING = frozenset("号一年月第时强热双跑性投平议道划附急警电话网举高院大工千届学世纪代后楼×xX+-—–~/.:" + _CAPITALS)
_RANGE_SIGNS = frozenset("-—–~至到")
_BRACKETS = frozenset("[(〔﹝【])〕﹞】")
# Numbers that are no digits, as Unicode has them: general category No.
_OTHER_NUMBERS = lazy("[²³¹¼-¾⁰⁴-⁹₀-₉⅐-⅟↉①-⒛⓪㈠-㈩㉈-㉟㊀-㊉㊱-㊿🄀-🄌]")


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(rf"{_DIGITS}|{_NUMERAL}+")


@cache
def _not_figures() -> re.Pattern[str]:
    return re.compile(
        rf"""
      〔?\d{{4}}〕?第?\d+号                    # document numbers, brackets folded: 〔2018〕14号, 2018第99号
    | (?<!\d)(?:19|20)\d\d[—–~至到-](?:19|20)\d\d(?:年|(?![\d余多十百千万亿{_COUNTED}]))  # 2017—2019年, and no 1900-2000家
    | (?<!\d)0\d{{2,3}}[—–-]\d{{7,8}}(?!\d)     # 0571-87050000
    | (?<!\d){units.TOLL_FREE}
    | (?<=热线)\d{{3,}}(?![\d余多十百千万亿{_COUNTED}])  # 服务热线12345, and no 热线100条
    | (?<!\d){units.HOTLINE}
    | \d{{1,2}}月?[—–~至到-]\d{{1,2}}月(?:份)?  # 1-6月, 7到9月
    | (?<=[大协届会])第?[\d一二三四五六七八九十]+次(?:全体)?会议  # 人大二次会议
    | 双1[12](?!\d) | 双十[一二] | 跑[一零]次 | 一次[性办] | 一件事 | 一[户人村镇企事校园区物岗业品乡县]一[^\W\d] | \d+号线
    | \d{{4}}年(?:度)?(?:\d{{1,2}}月(?:份|底|末|初|[上中下]旬)?(?:\d{{1,2}}日)?|底|末)?(?:以?前|之前)?
    | (?<![\d.])(?:19|20)\d\d(?:[-/.]\d{{1,2}}[-/.]\d{{1,2}}|[-/](?:0[1-9]|1[0-2]))(?![\d.余多十百千万亿{_COUNTED}])  # 2018-06-30, 2018/06
    | (?<![\d.])(?:0?[1-9]|1[0-2])月(?:份|底|末|初|[上中下]旬|\d{{1,2}}日)?(?:以?前|之前)?  # dates without a year
    | (?<![\d./])(?:0?[1-9]|1[0-2])[./](?:0?[1-9]|[12]\d|3[01])日?(?:以?前|之前)  # 6.30前
    | 每?[十百千万]{{1,3}}人口?(?=[^\d，,。；;]{{0,8}}[率数])  # 千人床位数, 十万人死亡率
    | 两头(?=在外) | [三四五六]个(?=一(?:批|百|流)) | \d{{2,3}}工程
    | [前后头上][\d一二三]个?季度 | 十[一二三四五]五(?=规划|项目|期间|时期|末|[^\W\d]*规划)
    | (?<!\d)1(?:10|19|20|22)(?=急救|警|报警|接警|火警|电话|热线)
    | (?<!\d)12\d{{3}}(?=网站|电话|举报|交通|平台|投诉|服务热线|[^，,。；;\d]{{0,8}}(?:电话|监督)) | (?<!\d)(?:985|211)(?=高校|院校|大学|工程|[/、])
    | COVID-?\d+ | IPv\d | \d+千伏 | (?:19|20)\d\d(?:届|学年|/20\d\d) | \d+世纪 | \d0(?:年代|后(?!\d)) | \d+号楼
    | 附[件表]\d+ | \d+(?:\.\d+)?:\d+(?:\.\d+)?       # 18:00, 1:12
    | 第[\d零〇一二两三四五六七八九十百千]+[\w]?  # ordinals: 第10页, 第二届
    | [A-Z]{{1,8}}[A-Z0-9/]{{0,12}}\s?(?!\d[\d.\-]*\s*[万亿名{_COUNTED}{units.COUNTED_TOO}])\d[\d.\-]*  # P4-5, DB33/T 22038-2017; not GDP10万元
    | 7[×xX]24(?:小时)? | \d{{1,3}}[国省县]道 | [百千万]人计划
    | \d+(?:[A-Z](?![A-Za-z])|(?<=24)小时(?=值守|自助|开放|服务|供应|运行|营业|在线|不间断|监控|监测|巡|值班|热线|便利)|周年|\+\w|强|\d{{2}}热线)  # 5G, 24小时, 40周年, 16+1, 500强, 12345热线
    | (?:\d{{1,2}}\s)?\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{{0,7}}\.?(?:\s\d{{1,2}}\b)?(?:,?\s\d{{4}}\b)?
    """,
        re.VERBOSE,
    )


@cache
def _range() -> re.Pattern[str]:
    """8-10% and 8万-12万人: the first figure of a range has the second one's unit."""
    number = f"(?:{_DIGITS}{_MORE_DIGITS}|(?<!{_NUMERAL}){_NUMERAL}+)"
    return re.compile(rf"({number}(?P<own>{_MULTIPLE}))\s*[-—–~至到]\s*(?={number}[余多\s]*(?P<unit>{_UNIT_WORD}))")


def _unit_of_range(match: re.Match[str]) -> str:
    """What the first figure of a range counts: with the second one's multiple, unless it has its own."""
    return re.sub(f"\\A{_MULTIPLE}", "", match["unit"]) if match["own"] else match["unit"]


_UNIT_TWICE = lazy(r"(?<=[%‰])[-–~至到](?=\d)")
"""The sign of a range both of whose ends have their unit: 8%-10%."""


_UNIT_STARTS = f"[{_COUNTED}]|批次|{_COUNTED_TOO}|平方|公里|公顷|公斤|美元|标箱|个?工作日|天|小时|分钟|日[以之]?内"
"""How a unit begins that makes a figure of a numeral before it."""


@cache
def _figure() -> re.Pattern[str]:
    """A figure, with what stands behind it."""
    return re.compile(
        rf"""
    (?=[\d翻负−-]|{_NUMERAL})  # most signs begin none, which is told at once
    (?:
        (?<!{_NUMERAL})(?P<denominator>{_NUMERAL}+)分之(?P<numerator>{_NUMERAL}+(?:点{_NUMERAL}+)?|{_DIGITS})
      | (?<!{_NUMERAL})(?<![\d.])(?P<tenths>{_NUMERAL}|\d)成(?P<hundredths>[一二三四五六七八九1-9])(?![\d.十百千万亿{_COUNTED}])
      | (?P<fraction>(?<![\d./])\d+/\d+(?![\d十百千万亿]))
      | (?:(?P<minus>(?<![\dA-Za-z.%‰亿万元家个年月日])[−-]\s?|(?<!减)负)(?=\d))?(?P<number>(?<![\d.每]){_DIGITS}{_MORE_DIGITS})
      | 翻(?P<doubled>[一二两三四]?)番
      | (?P<zero>(?<=[为现持])零|零(?=发生|事故|增长|死亡|差错|伤亡|投诉|感染|新增|违规))
      | (?P<spelled>(?<![每点零〇一二两三四五六七八九十百千万亿])[零一二两三四五六七八九十百千]+点[零〇一二三四五六七八九]+)(?=[余多]?[百千万亿]*(?:{_UNIT_STARTS}))
      | (?P<numeral>(?<![每\d零〇一二两三四五六七八九十百千万亿])(?![万亿][元亩]){_NUMERAL}+)(?=[余多]?(?:{_UNIT_STARTS}))
    )
    (?:[余多来]|\s)*
    (?P<unit>{units.SHARED_BY}|{_MULTIPLE}(?:个百分点|[%‰成]|微克/立方米|{_SYMBOL}|(?:[^\W\d_]|/(?=[^\W\d_])){{0,20}}))
    (?P<after>[^，,。；;\d]{{0,8}})
    """,
        re.VERBOSE,
    )


_BEFORE = lazy(r"[^，,。；;：:、\d]*\Z")
_NEAR_BEFORE = 12
_FAR_BEFORE = 24
STARTS = frozenset("由从自")
"""What stands before a figure that something starts from."""
_RISES_TO = lazy(r"[提增扩上下降减升缩压拓发达回变][高升长加大涨少低短减缩展]?[到至为]")
"""What stands behind such a figure, where it doesn't follow at once: 由上年的30%提高到50%."""
_CLAUSE = lazy(r"[，,。；;：:、]")


def _each_figure(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """Each figure of a text, what stands before it in its clause (some signs, and a 前 behind them), and what behind it.

    A figure ends with the first word of its unit: another one may follow at once, as in 由三十家增加到五十家.
    """
    for (match, last), following in _with_next(_matches(text)):
        start = match.start()
        before = _BEFORE.search(text, max(last, start - _NEAR_BEFORE - 1), start)
        told = before[0] if before else ""
        if len(told) > _NEAR_BEFORE and told[-1] != "前":
            told = told[1:]
        end = following[0].start() if following else len(text)
        yield match, told, text[match.start("unit") : min(match.end("after"), end)]


def _matches(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Each figure, and where what belongs to the one before it ends."""
    end = 0
    while match := _figure().search(text, end):
        start, unit = match.start(), match.start("unit")
        if start == end > 0 and match["numeral"] and MULTIPLES.keys() >= set(match["numeral"]):
            end = start + len(match["numeral"])  # 5个百亿元项目: what the figure before it counts
            continue
        yield match, end
        end = max(unit + len((_UNIT.match(match["unit"]) or [""])[0]), start + 1)


def _with_next(items: Iterator[T]) -> Iterator[tuple[T, T | None]]:
    """Each item, and the one behind it, which is looked for only then."""
    item = next(items, None)
    while item is not None:
        following = next(items, None)
        yield item, following
        item = following


_UNIT = lazy(
    rf"(?!以[上下内]|左右|上下|之内)(?:{units.SHARED_BY}|{_MULTIPLE}(?:{_SYMBOL}|[A-Za-z]{{2,}})|{_UNIT_WORD}(?:/(?:{_OF_SEVERAL_SIGNS}|[十百千万]{{0,3}}[^\W\d_a-zA-Z]))?|[A-Za-z]+)"
)
_FALLING = lazy(r"降|减|(?<!血)压|缩短|控制|杜绝")
_DROPS = lazy(r"(?:下降|减少|降低)[^，,。；;]{0,4}\Z")


class Figure(NamedTuple):
    """A figure of a sentence.

    ``unit`` is the text that follows the number, folded to half width, and ``word`` as much of
    it as is surely the unit; ``aim`` is
    ``about``, ``at_least`` or ``at_most`` where a word says so, else None. ``falling``
    tells that the sentence speaks of something that goes down, ``drops`` that it does so by this figure. ``text`` is the figure as
    it stands there; ``ranged`` tells that it is the lower end of a range, whose upper end follows. ``way`` is which
    aims it may have where no word, or only 达到, says it: that of 失业率5% may be a most one. ``starts`` tells that
    something comes from there: 由60%提高到80%.
    """

    value: Fraction
    unit: str
    word: str
    aim: str | None
    falling: bool
    text: str
    ranged: bool = False
    drops: bool = False
    way: tuple[str, ...] = ("at_least",)
    starts: bool = False


@cache
def _year_bracket() -> re.Pattern[str]:
    """A bracket around a year."""
    return re.compile(r"[\[(〔﹝【](?=\d{4})|(?<=\d{4})[\])〕﹞】]")


def _narrow(text: str) -> str:
    """Signs as they are usually written, but for numbers that are raised, lowered or circled: 10² is not 102."""
    if not _OTHER_NUMBERS.search(text):
        return unicodedata.normalize("NFKC", text)
    return "".join(map(_narrow_sign, text))


@lru_cache(maxsize=4096)
def _narrow_sign(char: str) -> str:
    return char if _OTHER_NUMBERS.match(char) else unicodedata.normalize("NFKC", char)


def fold(text: str) -> str:
    """Half-width digits, per cent signs and one kind of bracket."""
    text = _narrow(text)
    return text if _BRACKETS.isdisjoint(text) else _year_bracket().sub("", text)


def find(sentence: str) -> list[Figure]:
    """The figures of a sentence, in its order; none for a sentence longer than a cell may be."""
    return list(_MEMORY.figures(sentence)) if len(sentence) <= limits.SENTENCE_CHARACTERS else []


def reached(sentence: str) -> list[Figure]:
    """The figures of a sentence that something comes to: 80% in 由60%提高到80%; all of them where it comes to none."""
    found = find(sentence)
    return [figure for figure in found if not figure.starts] or found


class _Memory:
    """Figures of the last sentences: an import asks for those of each when it makes a measure, and its rules ask again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Figure, ...]] = {}
        self._held = 0

    def figures(self, sentence: str) -> tuple[Figure, ...]:
        """Those of a sentence, read where they aren't known."""
        found = self._known.get(sentence)
        if found is None:
            found = tuple(_each(sentence))
            self._held += 1 + len(found)
            if self._held > _REMEMBERED:  # all are forgotten at once: a limit by number would hold hundreds for each
                self._known.clear()
                self._held = 1 + len(found)
            self._known[sentence] = found
        return found


_MEMORY = _Memory()


def _each(sentence: str) -> Iterator[Figure]:
    folded = fold(_unmarked(sentence))
    if not may_have(folded):
        return
    text = _bare(folded)
    if not _RANGE_SIGNS.isdisjoint(text):
        text = _range().sub(lambda match: f"{match[1]}{_unit_of_range(match)}—", _UNIT_TWICE.sub("—", text))
    for match, before, behind in _each_figure(text):
        read = _value(match)
        if read is None:
            continue
        value, unit, word, shown = read
        aim = aims.said(before, behind, len(word) if behind.startswith(word) else 0)
        falling = bool(_FALLING.search(before))
        starts = _starts(before, behind.removeprefix(word))
        way = _way(text[max(0, match.start() - _FAR_BEFORE) : match.start()], aim, word)
        drops = falling and _DROPS.search(before) is not None
        ranged = text[match.start("unit") + len(word) : match.start("unit") + len(word) + 1] == "—"
        upper = read if match["number"] else _value(match, 1) or read
        if upper[0] != value:  # 两三千家 is a range in one numeral
            yield Figure(value, unit, word, aim, falling, shown, True, drops, way, starts)
            value = upper[0]
        yield Figure(value, unit, word, aim, falling, shown, ranged, drops, way, starts)


def _starts(before: str, behind: str) -> bool:
    """Whether something starts from a figure, from what stands in its clause before it, and behind its unit."""
    if STARTS.isdisjoint(before):
        return False
    return before.rstrip()[-1:] in STARTS or _RISES_TO.search(behind) is not None


def numbers(sentence: str) -> int:
    """How many numbers a sentence has, figures or not, which is told much sooner than the figures are."""
    return sum(1 for _ in _numbers().finditer(sentence))


def places(sentence: str) -> list[tuple[int, int]]:
    """Where the number of each figure begins and ends in a sentence as it is written; its unit stands behind.

    Args:
        sentence: its digits and signs may be full-width.
    """
    return list(each_place(sentence))


def each_place(sentence: str) -> Iterator[tuple[int, int]]:
    """The places that :func:`places` gives, each worked out only when it is asked for.

    Args:
        sentence: its digits and signs may be full-width.
    """
    # As _each reads it, with the place of every character it is made of.
    unmarked = _unmarked(sentence)
    if fold(unmarked) == unmarked:
        origin, text = list(range(len(sentence))), _bare(unmarked)
    else:
        folded = [(char, place) for place, own in enumerate(unmarked) for char in _narrow_sign(own)]
        brackets = {match.start() for match in _year_bracket().finditer("".join(char for char, _ in folded))}
        folded = [pair for index, pair in enumerate(folded) if index not in brackets]
        origin = [place for _, place in folded]
        text = _bare("".join(char for char, _ in folded))
    for match in reversed(list(_range().finditer(text))):
        gap = slice(match.end(1), match.end())
        dash = origin[match.end() - 1]
        unit = _unit_of_range(match)
        text = f"{text[: gap.start]}{unit}—{text[gap.stop :]}"
        origin[gap] = [*[dash] * len(unit), dash]
    for match, _, _ in _each_figure(text):
        if _value(match) is None:
            continue
        groups = ("denominator", "fraction", "number", "doubled", "zero", "tenths", "spelled", "numeral")
        held = match.groupdict()
        group = next(name for name in groups if held.get(name) is not None)
        start, end = match.span(group)
        if group == "denominator":
            end = match.end("numerator")
        elif group == "tenths":
            end = match.end("hundredths")
        elif group == "doubled":  # 翻一番 as a whole
            start, end = start - 1, end + 1
        if start == 0 or origin[start] != origin[start - 1]:  # not within one character, as the 2 of ㎡
            yield origin[start], origin[end - 1] + 1


def _unmarked(sentence: str) -> str:
    """A sentence as long, without marks around all of it: as Chinese keyboards type YAML's, they quote nothing."""
    if sentence[:1] == "“" and sentence.find("”") == len(sentence) - 1:
        return f" {sentence[1:-1]} "
    return sentence


@lru_cache(maxsize=8)  # a measure is made of the figures of a sentence, then of their places
def _bare(folded: str) -> str:
    """A folded sentence with signs in the place of all that is no figure, each character's."""
    text = _with_over_first(quotations.replaced(folded, _NOTHING, quotations.TITLES_AND_QUOTES))
    if len(text) > _LONGEST:
        text = _numbers().sub(lambda match: match[0] if len(match[0]) <= _LONGEST else _nothing(match), text)
    return text if _EXCUSING.isdisjoint(text) else _not_figures().sub(_nothing, text)


_OVER = lazy(r"(?<=\d)(\s*[十百千万亿]{1,6})([余多])")


def _with_over_first(text: str) -> str:
    """A text as long, in which 余 and 多 stand before the unit always: 5万余家 as 5余万家."""
    return _OVER.sub(r"\2\1", text) if "余" in text or "多" in text else text


def _nothing(match: re.Match[str]) -> str:
    """A sign for each of a text's that is no figure."""
    return _NOTHING * len(match[0])


_RAISED = str.maketrans("²³", "23")


def _value(match: re.Match[str], end: int = 0) -> tuple[Fraction, str, str, str] | None:
    """A figure's value, unit, surest part of the unit, and how it is shown.

    Args:
        match: the figure.
        end: which end of a numeral such as 两三千: 0 the lower, 1 the upper.
    """
    unit = (match["unit"] or "").translate(_RAISED)
    word = (_UNIT.match(unit) or [""])[0]
    if match["fraction"]:
        over, under = match["fraction"].split("/")
        return (Fraction(int(over), int(under)), RATIO, "%", match["fraction"]) if int(under) else None
    if match["number"]:
        sign = "-" if match["minus"] else ""
        if _MIXED.search(match["number"]):
            return _mixed(sign, match["number"], unit), unit, word, sign + match["number"] + word
        return _exactly(sign + match["number"]), unit, word, sign + match["number"] + word
    if match["denominator"]:
        bottom = numerals.parse(match["denominator"])
        top = _decimal(match["numerator"], end)
        return (top / bottom, RATIO, "%", f"{match['denominator']}分之{match['numerator']}") if bottom else None
    if match["doubled"] is not None:
        times = numerals.parse(match["doubled"] or "一")
        return Fraction(times), DOUBLING, DOUBLING, f"翻{match['doubled']}番"
    if match["tenths"]:
        tenths = int(match["tenths"]) if match["tenths"].isdecimal() else numerals.parse(match["tenths"])
        last = match["hundredths"]
        share = Fraction(10 * tenths + (int(last) if last.isdecimal() else numerals.parse(last)), 100)
        return share, RATIO, "%", f"{match['tenths']}成{match['hundredths']}"
    if match["zero"]:
        return Fraction(0), "", "", match["zero"]
    if match["spelled"]:
        return _decimal(match["spelled"], end), unit, word, match["spelled"] + word
    if _is_vague(match):
        return None
    return Fraction(numerals.span(match["numeral"])[end]), unit, word, match["numeral"] + word


def _is_vague(match: re.Match[str]) -> bool:
    """Whether a numeral tells only of what size something is: 数万家, 几十项, 上千户, 成百家."""
    before = match.string[max(0, match.start() - 2) : match.start()]
    if not MULTIPLES.keys() >= set(match["numeral"]):
        return False
    return before[-1:] in ("数", "几") or (
        before[-1:] in ("上", "成") and before not in ("以上", "完成") and match["numeral"][0] != "十"
    )


_MIXED = lazy(r"[十百千万亿]")
_PART = lazy(r"(\d[\d,.]*)([十百千万亿]*)")


def _mixed(sign: str, number: str, unit: str) -> Fraction:
    """1万2 in 1万2千家 as a number of what the unit counts, which begins with 千 there."""
    last = (re.match(_MULTIPLE, unit) or [""])[0]
    parts = [(_exactly(part[1]), part[2] or last) for part in _PART.finditer(number)]
    total = numerals.mixed(parts) / numerals.multiple(last)
    return -total if sign else total


def _exactly(digits: str) -> Fraction:
    """1,250 or 8.5 as a number; whole ones, which most are, without a look for a point or an exponent."""
    plain = digits.replace(",", "").replace(" ", "")
    return Fraction(int(plain) if "." not in plain else plain)


def _decimal(text: str, end: int) -> Fraction:
    """八点五 or 8.5 as a number, or an end of 二三十."""
    if text[0].isdigit():
        return _exactly(text)
    whole, _, part = text.partition("点")
    digits = "".join(str(numerals.parse(digit)) for digit in part)
    return Fraction(f"{numerals.span(whole)[end]}.{digits or 0}")


_UPWARD, _DOWNWARD, EITHER = ("at_least",), ("at_most",), ("at_least", "at_most")


def last_clause(part: str) -> str:
    """What stands behind the last comma of a part that ends before a figure."""
    return _CLAUSE.split(part[-_FAR_BEFORE:])[-1]


_TIMES = ("天", "日", "小时", "分钟", "秒", "个月", "周", "年")


def is_time(unit: str) -> bool:
    """Whether a unit is one of time."""
    return unit.endswith(_TIMES)


def _way(part: str, aim: str | None, unit: str) -> tuple[str, ...]:
    """Which aims a figure may have.

    Args:
        part: what stands before it.
        aim: what the words around it say.
        unit: what it counts.
    """
    clause = last_clause(part)
    if aim == "at_least" and clause.endswith(("达", "达到")) and things.is_little_better(clause.rstrip("达到")):
        return EITHER
    if aim:
        return (aim,)
    if moving.falls_to(clause):
        return _DOWNWARD
    if moving.is_capped(clause) and not moving.falls_by(clause):
        return EITHER
    if is_time(unit) or _FALLING.search(clause) or not things.is_wanted(clause):
        return EITHER
    if things.is_little_better(clause) or things.goes_either_way(clause) or things.is_incident(clause, unit):
        return EITHER
    return _UPWARD if rates.is_good_rate(clause) or things.is_made(clause) else EITHER


_MAY_BE_FIGURE = lazy(
    rf"[\d\u2460-\u249b\u33a1]|番|分之|[为现持]零|零[发事增死差伤投感新违]|[零〇一二两三四五六七八九十百千万亿][余多来％﹪公美平标工天小分日批{_COUNTED}{units.COUNTED_TOO}]"
)


def may_have(sentence: str) -> bool:
    """Whether a sentence may hold a figure; where this is False, :func:`find` finds none in it.

    Args:
        sentence: of signs that GBK has, or folded to plain ones.
    """
    return _MAY_BE_FIGURE.search(sentence) is not None
