"""Rates and shares: of which of them more is better, told by what they are of."""

from __future__ import annotations

from target_registry.direction import known
from target_registry.direction.parts import STOPS, ends_near, thing

_SHARES = ("占比", "比重", "比例", "比率", "比")
RATES = ("率", *_SHARES)
_DENYING = frozenset("不未非无难")
_USES = ("使用", "应用")
_MOST_KINDS = 4
_NO_SHARE_OF = frozenset(STOPS + "完实")


def is_good_rate(part: str) -> bool:
    """Whether the figure that follows is a rate of which more is better: 办结率, 投诉处理率."""
    bare = thing(part)
    words = known()
    if not bare.endswith("率") or bare.endswith(words.bad_rates):
        return False
    bare = bare[:-1]
    rate = max((rate for rate in words.good_rates if bare.endswith(rate)), key=len, default="")
    if not rate:
        return False
    rated = bare[: -len(rate)]
    if rated[-1:] in _DENYING or rated.endswith(words.spoiled):
        return False
    return not (rate in _USES and any(word in rated for word in words.not_to_be_used))


def has_bad_rate(part: str) -> bool:
    """Whether a part speaks of a rate of something bad: 空驶率, 缺勤率, 漏检率."""
    at = part.find("率")
    while at >= 0:
        near = part[max(0, at - 2) : at]
        if any(sign in near for sign in known().bad_signs):
            return True
        at = part.find("率", at + 1)
    return False


def is_share(bare: str) -> bool:
    """Whether a part says of what something is a share: 出口占全国."""
    for word in known().no_shares:
        bare = bare.replace(word, "")
    return "占" in bare


def is_grave(bare: str) -> bool:
    """Whether a thing is one of which more is hardly ever better."""
    words = known()
    for word in words.good_in_spite:
        bare = bare.replace(word, "")
    return any(word in bare for word in words.grave)


def is_good_share(bare: str) -> bool:
    """Whether a large share is better, told by what the name of the thing that has it ends with.

    A good word elsewhere in the name tells nothing: 新能源限电率, 代课教师占比, 刑事案件占全省比重.
    """
    if bare.endswith("率") and not bare.endswith("比率"):
        return False  # good rates have been asked for
    words = known()
    name = bare.removesuffix(next((rate for rate in _SHARES if bare.endswith(rate)), ""))
    if is_share(name):
        name = name[: name.rfind("占")]
    if is_grave(name):
        return False
    if any(word in name for word in words.having):
        return True
    for _ in range(_MOST_KINDS):
        name = name.rstrip('”」"的')
        if name.endswith(words.good_shares):
            return True
        kind = max((kind for kind in words.kinds if name.endswith(kind)), key=len, default="")
        if not kind:
            return False
        name = name[: -len(kind)]
    return name.endswith(words.good_shares)


def is_share_of(part: str) -> bool:
    """Whether it is told what a share is a share of."""
    return ends_near(part, (*"率比占重速幅度额降减增", *known().grows, *known().falls), 5, _NO_SHARE_OF)


def is_share_of_a_limit(part: str) -> bool:
    """Whether the figure that follows is how much of something is allowed: 不超过上年的90%."""
    return part.endswith("的") and any(word in part for word in known().limits)
