"""What a figure counts: whether more or less of it is better, or nobody can tell."""

from __future__ import annotations

from functools import lru_cache

from target_registry.direction import known
from target_registry.direction.parts import IS, STOPS, ends_near, thing
from target_registry.direction.rates import RATES, has_bad_rate, is_good_rate, is_good_share, is_grave, is_share
from target_registry.hanzi import is_chinese

_KNOWN = 512
"""Parts that are remembered: both sides of a change say nearly the same."""
_COUNTS = ("", "数", "数量", "率", "额", "幅度")
_PRICES = ("价", "CPI", "租", "费")
"""Things whose 涨幅 is to be small; of others nobody can tell."""
_SPENT_MONEY = frozenset('经费用支出总额预决算数”」"')
_TIMES = ("时间", "时限", "用时", "耗时")
_MOST = ("最多", "最长", "最高", "最晚", "最迟")
_UTMOST = ("最长", "最高")
_OF_TIME = ("时", "等", "待", "期", "办", "限")
"""Behind 最长, what tells that it is of time."""
_EVER = ("历史", "史上")
_NOT_MOST = frozenset(STOPS + "增升不")
_AT_MOST = ("最高", "最多", "至多", "不超过", "不高于")
_NOT_KEPT = frozenset(STOPS + "增升提降减")
_NOT_EITHER_WAY = _NOT_KEPT | {"率"}
_RATE_REACH = 8


@lru_cache(_KNOWN)
def is_little_better(part: str) -> bool:
    """Whether the figure that follows counts what is to be little: 失业率, 审批环节, 最长."""
    if is_good_rate(part):
        return False
    bare = thing(part)
    if bare.endswith(_TIMES):
        return _is_time_spent(bare)
    if _is_little(bare) or _is_hospitality(bare):
        return True
    for links in range(3):
        name = part[: len(part) - links]
        for count in _COUNTS:
            if name.endswith(count) and name.endswith(known().little_right_before, 0, len(name) - len(count)):
                return True
        if name[-1:] not in IS:
            break
    for at in range(len(part) - 1, max(len(part) - 5, 0), -1):
        if part[at] in _NOT_MOST:
            break
        if part.endswith(_MOST, 0, at) and not part.endswith(_EVER, 0, at - 2):
            # 最高奖 is a prize, and 最长隧道 a tunnel.
            return not part.endswith(_UTMOST, 0, at) or any(word in part[at:] for word in _OF_TIME)
    return False


def _is_time_spent(bare: str) -> bool:
    """Whether a part that ends with time names such as is to be little: 通关时间, 审批时限."""
    if any(word in bare for word in known().time_given):
        return False
    return not bare.endswith("时间") or bare.removesuffix("时间").endswith(known().time_taken)


def _is_little(bare: str) -> bool:
    """Whether a part ends with a thing of which little is better."""
    if not bare.endswith(known().little) or any(word in bare for word in known().rise_wanted):
        return False
    return not bare.endswith("涨幅") or any(word in bare for word in _PRICES)


def _is_hospitality(bare: str) -> bool:
    """Whether a part ends with what is spent on cars, journeys and receptions: 三公经费支出, and not 三公经费公开单位."""
    return any(
        word in bare and _SPENT_MONEY.issuperset(bare[bare.rfind(word) + len(word) :]) for word in known().hospitality
    )


@lru_cache(_KNOWN)
def goes_either_way(part: str) -> bool:
    """Whether more of what is counted may be good or bad: 办理案件100件, 投诉100件, 能耗增长3%."""
    words = known()
    if is_good_rate(part) or any(word in part for word in words.good_in_any_case):
        return False
    if part.lstrip().startswith(words.control_in_names):
        return True  # 控制机构数 may be capped, and 控制机构 may be counted
    if part.endswith(words.either_way_right_before) or _is_near_either(part):
        return True
    if ends_near(part, ("保留",), 8, _NOT_KEPT) or any(word in part for word in words.little):
        return True
    if any(word in part for word in words.either_way_anywhere) or has_bad_rate(part[-_RATE_REACH:]):
        return True
    told = part.rstrip().removesuffix("了")
    rise = next((word for word in (*words.grows, *words.rises) if told.endswith(word)), "")
    if not rise:
        return False
    name = told.removesuffix(rise)
    for link in words.over_time:
        name = name.removesuffix(link)
    doubtful = (*words.little, *words.little_right_before, *words.either_way_right_before)
    return name.endswith(doubtful) or _is_near_either(name)


def _is_near_either(part: str) -> bool:
    """Whether a part ends near a thing of which more may be good or bad."""
    return ends_near(part, known().either_way_near, 3, _NOT_EITHER_WAY)


def is_bad(part: str) -> bool:
    """Whether a part speaks of something bad, so that it is well that it falls."""
    words = known()
    groups = (
        words.little,
        words.little_right_before,
        words.hospitality,
        words.either_way_near,
        words.either_way_right_before,
        words.either_way_anywhere,
        words.bad,
    )
    return any(word in part for group in groups for word in group) or has_bad_rate(part)


def is_made(part: str) -> bool:
    """Whether a part says that what is counted is made, or grows."""
    words = known()
    return any(word in part for word in words.makes) or any(word in part for word in words.grows)


@lru_cache(_KNOWN)
def is_wanted(part: str) -> bool:
    """Whether a part names what is wanted, so that its figure is a floor.

    A rate or a share is wanted by what it is of; a general word, such as 新增, makes nothing good that is bad.
    """
    if is_good_rate(part):
        return True
    bare = thing(part)
    if bare in RATES:
        return True
    for word, is_good in (("高于", is_wanted), ("低于", is_little_better)):
        name, higher, _ = part.partition(word)
        if higher:  # 达标率高于全国平均 by so much
            return is_good(name) if thing(name) else word == "高于"
    if bare.endswith(RATES) or is_share(bare):
        return is_good_share(bare)
    words = known()
    if is_grave(bare) and (
        any(word in bare for word in words.spending) or not any(word in bare for word in words.dealt_with)
    ):
        return False
    if part.endswith(words.wanted_endings):
        return True
    if any(word in part for word in words.wanted):
        return True
    return any(word in part for word in words.general) and _says_no_thing(bare)


def _says_no_thing(bare: str) -> bool:
    """Whether a part has nothing but general words, so that what is counted was spoken of before."""
    for word in (*known().general, *known().preludes):
        bare = bare.replace(word, "")
    return not any(map(is_chinese, bare))


def is_incident(part: str, unit: str) -> bool:
    """Whether what is counted happens, and nothing is told to be done against it: 新增酒驾100起."""
    return unit.endswith("起") and not any(word in part for word in known().dealt_with)


def is_favour(part: str, shown: str) -> bool:
    """Whether a figure is the most that somebody is given: a lower one saves, and is less help."""
    is_limited = shown.startswith(_AT_MOST) or any(word in part for word in _MOST)
    return is_limited and any(word in part for word in known().given)
