"""What moves, and by or to which figure: 下降到, 增长, 由…, and whether it is well that it does."""

from __future__ import annotations

from target_registry.direction import known, things
from target_registry.direction.parts import STOPS, ends_near

_CONTROL = "控制"
_TO = frozenset("至到在为")
_STAYS = ("保持", "稳定", "维持")
_FALLS = ("降", "减")
"""Signs that say of themselves what the verbs of falling do."""
_RATES_OF_FALLS = ("率", "量", "比", "额", "幅度", "比例", "比率", "幅")
_NO_FALLS = frozenset(STOPS + "增升提")
_CAPS = ("控制", "严控", "管控", "压控")
_CAPPING = ("严格", "从严", "合理", "继续", "持续", "切实", "全年", "全市", "全省", "全县", "全区", "将", "把")
"""What may stand before a verb that sets a ceiling."""
_BASELINE = ("从", "由", "自", "每", "相比")


def falls_to(part: str) -> bool:
    """Whether something falls to the figure that follows: 下降到, 控制在."""
    part = part.rstrip()
    if part[-1:] not in _TO or not part:
        return False
    link, part = part[-1], part[:-1]
    if part.endswith(_STAYS) or _ends_with_rate_of_fall(part):
        return False  # 下降幅度为5% says by how much, and 保持在 that it is where it was
    if part.endswith(_CONTROL):
        return True
    falls = known().falls
    is_near = part.endswith(falls) if link == "为" else ends_near(part, falls, 12, _NO_FALLS)
    return is_near or part.endswith((*_FALLS, "压", "缩"))


def _ends_with_rate_of_fall(part: str) -> bool:
    """Whether a part says by how much something falls: 下降幅度, 减量."""
    falls = (*known().falls, _CONTROL, *_FALLS)
    return any(part.endswith(falls, 0, len(part) - len(rate)) for rate in _RATES_OF_FALLS if part.endswith(rate))


def falls_by(part: str) -> bool:
    """Whether something falls by the figure that follows."""
    words = known()
    return ends_near(part, (*words.falls, *_FALLS), 6, _NO_FALLS) and not part.endswith(words.ceilings)


def is_capped(part: str) -> bool:
    """Whether a clause begins with a verb that makes a ceiling of the level that follows: 控制政府债务余额."""
    part = part.strip()
    while lead := next((lead for lead in _CAPPING if part.startswith(lead)), ""):
        part = part[len(lead) :]
    return part.startswith(_CAPS) and not part.startswith(known().control_in_names)


def falls_well(part: str) -> bool:
    """Whether what falls is known to be better so: a verb says that it is meant to fall, or it is a bad thing.

    Where the clause names nothing at all, it is what was spoken of before.
    """
    if part.lstrip().startswith((*known().falls, *_FALLS)):
        return True
    return _is_meant_to_fall(part) or things.is_bad(part)


def _is_meant_to_fall(part: str) -> bool:
    """Whether a verb of a part says that something is meant to fall; 控制 in a name is none."""
    words = known()
    if any(word in part for word in words.meant_to_fall):
        return True
    at = part.find(_CONTROL)
    while at >= 0:
        is_leading = part[at + len(_CONTROL) : at + len(_CONTROL) + 1] in _TO
        if is_leading or not (part.startswith(words.control_in_names, at) or part.endswith(words.controlled, 0, at)):
            return True
        at = part.find(_CONTROL, at + 1)
    return False


def removes(part: str) -> bool:
    """Whether it is told to take something away: whether the figure is of what goes or of what stays can't be told.

    清理拖欠5亿元, 精简审批环节3个.
    """
    return any(word in part for word in known().takes_away)


def grows(part: str) -> bool:
    """Whether something grows by the figure that follows."""
    return part.rstrip().removesuffix("了").endswith(known().grows)


def is_baseline(part: str) -> bool:
    """Whether the figure that follows is where something starts from, or the span that it is counted in."""
    return part.rstrip().endswith(_BASELINE)
