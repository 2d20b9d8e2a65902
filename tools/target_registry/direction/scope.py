"""Figures that are no result by themselves: they say which things are meant, or a place in an order."""

from __future__ import annotations

from target_registry.direction import known
from target_registry.direction.parts import clause
from target_registry.direction.spans import WITHIN
from target_registry.hanzi import is_chinese

_EXCEPTED = 20
_THRESHOLD = ("以上", "以下")
_BEDS = ("床位以上", "床位以下")
_SIZES = ("元", "平方米", "亩", "公顷", "平方公里", "吨", "级", "公里", "千瓦", "座", "分", "岁")
"""Units by which things are told apart; others count them."""
_SIZES_OF_SOME = ("蒸吨", "层", "头", "张", "米")
"""The same where 以上 or 以下 stands behind."""
_COUNTS_OF_SOME = ("户", "人", "次", "天", "日", "名", "台", "辆", "间", "家", "个", "所")
"""The same where the clause goes on to how many of these: 20户以上自然村通达率100%."""
_RATED = ("率", "覆盖", "清零", "为零", "归零", "比例", "占比", "全部", "下降", "%")
_THINGS = ("家", "个", "项", "条", "件", "处", "场", "批")
"""Units of what is done or made so many times."""
_EMPLOYERS = ("企业", "单位", "公司", "用人", "团队", "机构", "的", "大班")
_JOINED = frozenset("和与及并或且而、")
_OTHERS = frozenset(("%", "个", "家", "人"))
"""Units of what is counted as a rule."""
_RANKS_GO_ON = ("行列", "之列", "以内", "左右", "方阵", "梯队", "水平")
_RANKED = tuple(
    rank + link
    for rank in ("排名", "位次", "名次", "排位")
    for link in ("", *"为居在列达到至", "进入", "保持在")
)  # fmt: skip
_LEAVING = ("退出", "摆脱", "倒数", "移出", "跌出", "末")


def is_scope(part: str, unit: str, text: str, end: int, *, ranked: bool = False) -> bool:
    """Whether a figure says which things are meant: 2000万元以上企业, 除10个县外, 前100名企业.

    Args:
        part: what of its clause stands before it.
        unit: the figure's.
        text: the sentence.
        end: where the figure ends in it, with the words behind it.
        ranked: whether it is a place in an order.
    """
    words = known()
    behind = clause(text, end, end + _EXCEPTED).lstrip(" ")
    if "除" in part and "外" in behind:
        return True
    if part.endswith(words.since) and text.endswith(WITHIN, 0, end):
        return True  # 毕业5年内高校毕业生
    if not (is_chinese(behind[:1]) or behind[:1].isalpha()) or behind[0] in _JOINED:
        return False
    if ranked:
        return not behind.startswith(_RANKS_GO_ON)
    is_told_of = text.endswith(_THRESHOLD, 0, end) or part.endswith("满") or behind.startswith(_BEDS)
    is_size = is_told_of and unit not in ("%", "") and not unit.endswith(_THINGS) and not part.endswith(words.makes)
    if is_size and behind.startswith(words.told_apart):
        return True
    if unit.endswith(_SIZES) or (unit == "米" and behind.startswith("覆盖")):
        return True  # 60岁老年人, 500米覆盖率
    return is_told_of and (
        unit == "年"
        or unit.endswith(_SIZES_OF_SOME)
        or (unit == "人" and behind.startswith(_EMPLOYERS))
        or (unit in (*_OTHERS, *_COUNTS_OF_SOME) and behind[0] == "的")
        or (unit in _COUNTS_OF_SOME and not part.endswith(words.makes) and any(word in behind for word in _RATED))
    )


def is_ranked(part: str) -> bool:
    """Whether the figure that follows is a place in an order."""
    return part.endswith(_RANKED)


def leaves_ranks(part: str) -> bool:
    """Whether a place in an order that follows is one to get away from: 退出倒数前20名."""
    return any(word in part for word in _LEAVING)
