"""A sentence as the pieces that are judged: figures, dates, words of the ladders, and everything else.

A figure is read by :mod:`target_registry.commitments.spoken` with its place in the sentence and the words that say
how it is meant, so that 不少于30家 and 30家以上 are one demand. :mod:`target_registry.figures` reads it for measures; a
test holds the two together.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from target_registry import numerals, units
from target_registry.commitments import spoken
from target_registry.commitments.amounts import Demand
from target_registry.commitments.folding import SPACES, kept, narrow
from target_registry.commitments.ladders import Ladders, builtin
from target_registry.direction import moving, parts, rates, scope, spans, things
from target_registry.patterns import lazy

# What a number that counts nothing has in or beside it.
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIXING = frozenset("号月年热周强平务诉道×x+-~:/.至到" + _CAPITALS)
_DATING = frozenset("年月季前")


@cache
def _fixed_digits() -> re.Pattern[str]:
    """Numbers that count nothing: they may change only as a rewording does."""
    return re.compile(
        rf"""
      [0-9]{{4}}[\])〕﹞】]?\s*第?[0-9]+号                # document numbers: 2018〕14号
    | 0[0-9]{{2,3}}-[0-9]{{7,8}}(?![0-9])                 # 0571-87050000
    | {units.HOTLINE}
    | [0-9]+(?:\.[0-9]+)?:[0-9]+(?:\.[0-9]+)?             # 18:00, and 1:12: whether more of it is better nobody can tell
    | {units.TOLL_FREE}
    | (?:19|20)[0-9]{{2}}\s*[-~至到]\s*(?:19|20)[0-9]{{2}}(?:年|(?![0-9余多十百千万亿%‰家个列次项件名人户场元]))  # 2017—2019年
    | (?:19|20)[0-9]{{2}}([-/.])[0-9]{{1,2}}\1[0-9]{{1,2}}(?![0-9.]*[%‰余多十百千万亿])   # 2018-06-30
    | [0-9]{{1,2}}月?\s*[-~至到]\s*[0-9]{{1,2}}月(?:份)?      # 1-6月, 7到9月
    | [0-9]{{4}}年(?:度)?(?:[0-9]{{1,2}}月(?:份)?(?:[0-9]{{1,2}}[日号])?)?
    | [0-9]{{1,2}}月(?:份)?(?:[0-9]{{1,2}}[日号])?
    | 7[×xX]24(?:小时)? | [0-9]{{1,3}}[国省县]道
    | [0-9]+(?:[A-Z](?![A-Za-z])|周年|\+[0-9]+|强(?![^\W\d]?以)|[0-9]{{2}}热线)  # 5G, 40周年, 16+1, 500强
    """,
        re.VERBOSE,
    )


@cache
def _fixed() -> re.Pattern[str]:
    """The same, where a word or a bracket begins them."""
    return re.compile(
        rf"""
      [\[(〔﹝【][0-9]{{4}}[\])〕﹞】]?\s*第?[0-9]+号          # document numbers: 〔2018〕14号
    | 第\s*(?:[0-9]+|{numerals.NUMERAL}+)                  # ordinals
    | 双(?:1[12](?![0-9])|十[一二])                         # days of sales
    | [A-Z]{{1,8}}[A-Z0-9/]{{0,12}}\s?(?![0-9][0-9.\-]*\s*[%‰万亿家个项元名次])[0-9][0-9.\-]*   # P4-5, DB33/T 22038-2017
    """,
        re.VERBOSE,
    )


@cache
def _deadline() -> re.Pattern[str]:
    return re.compile(
        r"""
    (?:(?P<year>[0-9]{4})年|今年|当年|本年|(?P<next>明年|次年|下一?年))?\s*
    (?:
        第?(?P<until>[一二三四1-4])季度(?:以前|之前|前)
      | 第?(?P<quarter>[一二三四1-4])季度(?:底|末|结束)(?:以前|之前|前)
      | 第?(?P<ended>[一二三四1-4])季度(?:底|末|_DONE)
      |
        (?P<month>[0-9]{1,2})月份?
        (?:(?P<part>底|末|初|上旬|中旬|下旬)(?:以前|之前|前)? | (?P<day>[0-9]{1,2})[日号](?:以前|之前|前) | (?P<bare>以前|之前|前))
      | (?P<half>[上下])半年(?:以前|之前|前|底|末|_DONE)
      | (?P<done>[0-9]{1,2})月份?_DONE
      | (?(year)(?<=年)_DONE|(?!))
      | (?P<end>年?(?<=[年0-9])(?:底|末)|年底|年末)(?:以前|之前|前)?
    )
    | (?:(?P<dated>20[0-9]{2})[-/.])?(?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]|[12][0-9]|3[01])日?(?:以前|之前|前)  # 2018-06-30前, 6.30前
    """.replace("_DONE", rf"(?={'|'.join(_DONE)})"),
        re.VERBOSE,
    )


_DONE = (
    "完成", "建成", "开工", "竣工", "投产", "投用", "印发", "出台", "召开", "举办", "启动", "上线", "通过验收", "办结", "实现",
)  # fmt: skip
"""What is done in a month or a year, so that this is when it is due."""
_LISTED = lazy(r"[0-9]{1,2}[.、](?![0-9])")
"""The number of an item of a list, where a clause begins with it."""
_PARTS = {"初": 5, "上旬": 10, "中旬": 20, "下旬": 31, "底": 31, "末": 31}

_LEAP = 2000
"""A year of which every month is as long as it can be."""

_VAGUE_STARTS = frozenset("数几好上成个两三四五")


@cache
def _vague_number() -> re.Pattern[str]:
    """A number of which only the size is told, without its unit."""
    return re.compile(
        r"(?:(?<![总人个户家次件台指参倍函基系岁分点多少])数|几|好几|上(?=[百千万亿])|成(?=[百千万亿]))[十百千万亿]+[余多]?(?!分之|[0-9])|(?P<places>[个两三四五]位数)"
    )


# A span of time is a limit or a promise to go on; only these say which.
TIME_UNITS = frozenset(
    {
        "天",
        "日",
        "工作日",
        "自然日",
        "个工作日",
        "个自然日",
        "小时",
        "个小时",
        "分钟",
        "分",
        "秒",
        "月",
        "个月",
        "周",
        "星期",
        "旬",
        "季",
        "季度",
        "个季度",
        "年",
        "年度",
        "个年度",
    }
)
_REMEMBERED = 1_000  # characters of a sentence whose tokens are kept
_NEAR = 18  # characters before a figure that may say what it is
_DENIED = frozenset("不未没无非勿难")
_BREAKS = frozenset(",，。;；:：!\n")
_OPENING_QUOTES = frozenset('《〈“「『‘"')


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile(r"《[^《》]*》|〈[^〈〉]*〉|“[^“”]*”|「[^「」]*」|『[^『』]*』|‘[^‘’]*’|\"[^\"]*\"")


class Token(NamedTuple):
    """One piece of a sentence.

    ``kind`` is ``figure``, ``vague`` (数十家), ``deadline``, ``fixed`` (a number that counts nothing), ``word``
    (of the ladders), ``hedge`` (one by what follows it) or ``char``. ``text`` is without its looks.
    ``due`` is a deadline as year, month and day, the year 0 where none is named. ``turned`` tells that a
    negation stands before it in its clause, or behind it where that turns it round as well;
    ``grounded`` tells of a figure that its clause says what it counts, or of what it is a share;
    ``opens`` that a clause begins with it.
    """

    kind: str
    text: str
    demand: Demand | None = None
    due: tuple[int, int, int] | None = None
    turned: bool = False
    grounded: bool = True
    opens: bool = False


_BREAK = Token("break", "")


class _Text:
    """A narrowed text with what of it is kept, quoted, and where its clauses begin."""

    def __init__(self, text: str) -> None:
        self.all = narrow(text)
        signs = frozenset(self.all)
        self.is_fixing = not signs.isdisjoint(_FIXING)
        self.is_dating = not signs.isdisjoint(_DATING)
        self.quoted = bytearray(len(self.all))
        for match in () if signs.isdisjoint(_OPENING_QUOTES) else _quoted().finditer(self.all):
            self.quoted[match.start() : match.end()] = b"\1" * len(match[0])
        self.kept: dict[int, str] = {}
        for at, char in kept(self.all):
            # A separator kept between digits shares its offset with nothing else that is kept.
            self.kept[at] = self.kept.get(at, "") + char

    def slice(self, start: int, end: int) -> str:
        """A part without its looks."""
        return "".join([self.kept.get(at, "") for at in range(start, end)])


def read(sentence: str, ladders: Ladders | None = None) -> list[Token]:
    """Cut a sentence into tokens; joined, their texts are the sentence without its looks."""
    remembered = len(sentence) <= _REMEMBERED
    return list((_remembered if remembered else _read)(sentence, ladders or builtin()))


@lru_cache(maxsize=512)  # a sentence is compared, and its figures again with the measure's
def _remembered(sentence: str, words: Ladders) -> tuple[Token, ...]:
    return _read(sentence, words)


def _read(sentence: str, words: Ladders) -> tuple[Token, ...]:
    found: list[Token] = []
    clause: list[Token] = []
    for token in [*_tokens(_Text(sentence), words), _BREAK]:
        if token.kind != "break":
            clause.append(token)
            continue
        found += _turned(clause, words)
        clause = []
    return tuple(found)


def _turned(clause: list[Token], words: Ladders) -> Iterator[Token]:
    """A clause whose figures and extents know of a negation behind them: 部分企业未完成."""
    last = max((at for at, token in enumerate(clause) if token.kind == "reverser"), default=-1)
    for at, one in enumerate(clause):
        token = one if at else one._replace(opens=True)
        if token.kind == "reverser":
            yield token._replace(kind="char")
        elif at < last and (token.kind == "figure" or token.text in words.extents):
            yield token._replace(turned=True)
        else:
            yield token


def is_soft(token: Token, ladders: Ladders) -> bool:
    """Whether a piece weakens by being there."""
    return token.kind == "hedge" or (token.kind == "word" and ladders.softens(token.text))


def _tokens(text: _Text, ladders: Ladders) -> Iterator[Token]:
    at, clause, turned = 0, 0, False
    whole = text.all
    while at < len(whole):
        if whole[at] in _BREAKS:
            # A comma kept between digits is a character of its own, and breaks all the same.
            if shown := text.kept.get(at):
                yield Token("char", shown)
            yield _BREAK
            at, clause, turned = at + 1, at + 1, False
            continue
        if whole[at] in SPACES or text.quoted[at] or not (whole[at] in _BEGINNING or whole[at] in ladders.signs):
            if shown := text.kept.get(at):
                yield Token("char", shown)
            at += 1
            continue
        vague = _vague_end(whole, at)
        if vague and not text.quoted[vague - 1]:
            yield Token("vague", text.slice(at, vague), turned=turned)
            at = vague
            continue
        # 一次性 and 第三方 are words, though a number starts them.
        may_be_spelled = whole[at] in _SPELLED
        spelled = ladders.match(whole, at) if may_be_spelled else ""
        found = None if spelled else _number(text, at, clause, turned)
        if found:
            token, end = found
            # A figure that grows by doubling says 增长100% in other words.
            if (
                whole.startswith("翻", at)
                and token.kind == "figure"
                and not moving.grows(whole[max(clause, at - 4) : at])
            ):
                yield Token("word", "增长", turned=turned)
            yield token
            at = end
            continue
        if (hedge := ladders.hedge_at(whole, at)) and not text.quoted[at : at + len(hedge)].count(1):
            yield Token("hedge", hedge, turned=turned)
            at += len(hedge)
            continue
        word = spelled if may_be_spelled else ladders.match(whole, at)
        if word and text.quoted[at : at + len(word)].count(1) == 0 and not (_BREAKS & set(word)):
            if word in ladders.plain:
                yield from (Token("char", char) for char in word)
            elif word in ladders.reversers:
                turned = True
                yield Token("reverser", word)
            else:
                yield Token("word", word, turned=turned)
            at += len(word)
            continue
        if shown := text.kept.get(at):
            yield Token("char", shown)
        at += 1


def _number(text: _Text, at: int, clause: int, turned: bool) -> tuple[Token, int] | None:
    """The number that starts at an offset, with its words and unit, and where it ends."""
    whole = text.all
    if (char := whole[at]) not in _STARTS and not ("A" <= char <= "Z"):
        return None
    before = whole[at - 1 : at]
    if char in _DIGITS and (before in _DIGITS or (before == "." and whole[at - 2 : at - 1] in _DIGITS)):
        return None
    dated = _deadline().match(whole, at) if text.is_dating else None
    if dated and not text.quoted[dated.end() - 1]:
        return Token("deadline", text.slice(at, dated.end()), due=_due(dated), turned=turned), dated.end()
    fixed = None
    if char in _DIGITS and not whole[clause:at].strip() and (listed := _LISTED.match(whole, at)):
        return Token("fixed", text.slice(at, listed.end())), listed.end()
    if char not in _DIGITS:
        fixed = _fixed().match(whole, at) if char in _FIXED_STARTS else None
    elif text.is_fixing:
        fixed = _fixed_digits().match(whole, at)
    if fixed and not text.quoted[fixed.end() - 1]:
        said = whole[at : fixed.end()] if ":" in fixed[0] else text.slice(at, fixed.end())
        return Token("fixed", said), fixed.end()
    near = max(clause, at - _NEAR)
    part = whole[near:at]
    found = spoken.read(whole, at, part) if char in spoken.STARTS else None
    if found is None or text.quoted[found.end - 1] or (found.lead and before in _DENIED):
        return None
    shown = text.slice(at, found.end)
    if found.is_too_long or (found.value is not None and moving.is_baseline(part)):
        return Token("fixed", shown), found.end
    if found.value is None:
        return None
    demand = _directed(_demand(found, found.value, part, shown), part, whole, found.end)
    grounded = rates.is_share_of(part) if demand.unit[-1:] in _SHARES else bool(text.slice(near, at))
    return Token("figure", shown, demand, None, turned, grounded), found.end


def _vague_end(text: str, at: int) -> int:
    """Where the vague number that starts at an offset ends, with its unit; 0 where none does."""
    match = _vague_number().match(text, at) if text[at] in _VAGUE_STARTS else None
    if match is None:
        return 0
    return match.end() if match["places"] else match.end() + len(spoken.unit_at(text, match.end()))


_DIGITS = frozenset("0123456789")
_SPELLED = frozenset("第前一二两三四五六七八九十百千零")
_FIXED_STARTS = frozenset("第双[(〔﹝【" + _CAPITALS)
_STARTS = spoken.STARTS | _FIXED_STARTS | frozenset("今当本年明次上下")
_BEGINNING = _VAGUE_STARTS | _STARTS
"""With which something begins that is no word of the ladders."""
_SHARES = frozenset("%‰成")


def _directed(demand: Demand, part: str, text: str, end: int) -> Demand:
    """A figure with what tells whether more or less of what it counts is better: the part before it, the text behind it."""
    if scope.is_scope(part, demand.unit, text, end, ranked=demand.is_rank):
        return demand._replace(is_scope=True)
    if demand.is_rank:
        return demand._replace(undirected=True) if scope.leaves_ranks(part) else demand
    if moving.falls_to(part) or moving.falls_by(part):
        return demand if moving.falls_well(part) else demand._replace(undirected=True)
    if things.is_favour(part, demand.text) or (demand.lower_is_better and demand.aim == "at_least"):
        return demand._replace(undirected=True)
    if demand.lower_is_better and demand.aim != "at_most":
        goes_on = demand.unit in TIME_UNITS and spans.goes_on(part)
        if goes_on or moving.removes(part):
            return demand._replace(lower_is_better=False, unclear=True)
    if demand.lower_is_better:
        return demand
    if demand.unit in TIME_UNITS:
        if spans.is_granted(text, end):
            return demand._replace(undirected=True)
        if spans.is_of_time(part):
            return demand._replace(unclear=True)
        if spans.goes_on(part):
            return demand
        if spans.is_done_in(text, end):
            return demand._replace(lower_is_better=True)
        return demand._replace(unclear=True)
    if things.goes_either_way(part) or things.is_incident(part, demand.unit):
        return demand._replace(unclear=True)
    known = not part.strip(SPACES) or things.is_wanted(part) or things.is_wanted(parts.clause(text, end, end + _NEAR))
    return demand if known else demand._replace(unclear=True)


def _due(match: re.Match[str]) -> tuple[int, int, int]:
    """A deadline as year, month and day; 6月前 is before the month begins, 三季度前 before the quarter does, and months of next year go on from 12."""
    if match["m"]:
        return int(match["dated"] or 0), int(match["m"]), int(match["d"])
    year, later = int(match["year"] or 0), 12 * bool(match["next"])
    if quarter := match["quarter"] or match["ended"]:
        month = 3 * ("一二三四".find(quarter) + 1 or int(quarter))
        return year, month + later, monthrange(_LEAP, month)[1]
    if until := match["until"]:
        return year, 3 * ("一二三四".find(until) + 1 or int(until)) - 2 + later, 0
    if match["half"]:
        return (year, 6 + later, 30) if match["half"] == "上" else (year, 12 + later, 31)
    if match["done"] and 1 <= int(match["done"]) <= 12:
        return year, int(match["done"]) + later, monthrange(year or _LEAP, int(match["done"]))[1]
    if not match["month"]:
        return year, 12 + later, 31
    month = int(match["month"])
    day = int(match["day"]) if match["day"] else _PARTS[match["part"]] if match["part"] else 0
    if match["part"] and 1 <= month <= 12:
        day = min(day, monthrange(year or _LEAP, month)[1])
    return year, month + later, day


def _demand(found: spoken.Spoken, value: Fraction, part: str, shown: str) -> Demand:
    """What a figure demands, from its words and from what stands before it in its clause."""
    ranked = found.is_rank or (found.is_number and scope.is_ranked(part))
    lower = ranked or moving.falls_to(part) or (things.is_little_better(part) and not moving.falls_by(part))
    lower = lower or rates.is_share_of_a_limit(part) or (moving.is_capped(part) and not moving.falls_by(part))
    aim = found.aim or ("at_most" if found.is_rank else None)
    if lower and found.lead in ("达", "达到") and not shown.endswith("以上"):
        aim = None  # it comes down to so much
    if found.is_negative:
        value = -value
        lower = lower or (value < 0 and moving.falls_by(part))
    unit = "" if ranked and found.unit in ("位", "名") else found.unit
    return Demand(value, unit, aim, lower, found.upper, found.shade, shown, ranked)
