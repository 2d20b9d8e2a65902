"""The words around a figure that say how it is meant: 左右 is "about", 不得低于 "at least", 以内 "at most"."""

from __future__ import annotations

from target_registry.automata import either
from target_registry.hanzi import is_chinese
from target_registry.patterns import lazy

_MAY_NOT = "(?:不[得能可应宜会准许]?|严禁|禁止)"
_FREELY = "(?<!不)(?<!不[得能可应宜会准许])(?<!严禁)(?<!禁止)"
# In 签约, 节约 and 履约, 约 doesn't mean "about"; nor does 近 in 附近 and 最近; 前 in 提前 and 目前 is no rank, and 省级以上
# tells whose something is.
_ABOUT_LEADS = r"大[约概致]|(?<![签节预履合条制集简公违邀盟解续毁特契网])约(?![谈束定请见])|接近|(?<![附邻最就亲远])近\Z|about|around"
_AT_LEAST_LEADS = rf"{_MAY_NOT}[低少小]于|至少|{_FREELY}超(?:过|(?![限标期载时员编采支概]))|突破|{_FREELY}[高多大]于|达到|(?<![到送通直下传转抵发])达(?![标产成])|≥|>|at\sleast|more\sthan|over"
_AT_MOST_LEADS = (
    rf"{_MAY_NOT}(?:超过?|突破|[高多大]于)|{_FREELY}[低少小]于(?:或?等于)?\Z|至多|最多|最长(?=\Z|.{{0,6}}[时期待候限办])|最高\Z|控制在|回落[到至]|收窄[到至]|缩小[到至]|精简[到为至]|(?<![目之提以此当年会事天日月季底节学汛庆末初旬周期度份假暑寒夏冬])前\Z"
    r"|[≤<±]|at\smost|no\smore\sthan|within"
)
_TAILS = {"左右": "about", "上下": "about", "以上": "at_least", "以下": "at_most", "以内": "at_most", "之内": "at_most"}
INSIDE = "内"
SPANS = frozenset("年日时天月钟")
"""The ends of spans of time, behind which 内 is a limit."""
_OF_SPANS = frozenset(("", "个", "小", "个小", "分", "个工作", "工作", "个自然", "自然", "周", "季"))
"""What stands before the last sign of a unit of time: 24小时内, 3个工作日内."""
_UP_AND_DOWN = frozenset("游级联文铺")
"""What 上下 belongs to, and says nothing of a figure: 上下游."""
_CURRENCIES = frozenset(("人民币", "元人民币"))
_LIMITS = (("为上限", "at_most"), ("为下限", "at_least"))
_LEVELS = frozenset("国省市县区乡镇村部厅局处科")
# Of several the loosest counts. Most clauses have no sign of some of them, which is told before a pattern is made.
_LEADS = (
    ("about", frozenset("约近大a"), lazy(_ABOUT_LEADS)),
    ("at_most", frozenset("不低少小至最控前回收缩精禁≤<±anw"), lazy(_AT_MOST_LEADS)),
    ("at_least", frozenset("不低少小至超突高多大达≥>amo"), lazy(_AT_LEAST_LEADS)),
)
LED = lazy(rf"(?:{_ABOUT_LEADS}|{_AT_LEAST_LEADS}|{_AT_MOST_LEADS}|到)+\Z")
"""Words that lead to a figure, at the end of what stands before it."""
JOINTS = frozenset("的并、及和")
"""Signs that part what a figure counts from what comes after it."""

UNSURE = {
    "约近不前压缩削≤<＜﹤±Ａ-Ｚａ-ｚⅠ-Ⅻⅰ-ⅹ℅№℡㎎㎜-㎞㎡㏎㏑㏒㏕": "",
    "左": "右",
    "上": "[下限]",
    "禁": "",
    "以": "[下内]",
    "之年日时天月钟": "内",
    "低少小": "于",
    "至": "多",
    "最": "[多长高]",
    "大": "[概致]",
    "回": "落",
    "收": "窄",
    "精": "简",
    "控": "制",
    "a": "(?:bout|round)",
    "m": "o(?:st|re)",
    "w": "ithin",
}
"""Beginnings of words that may mean another aim than "at least", including signs that fold to such letters."""
_UNSURE = lazy(either(UNSURE))
_KEPT = "控制在"
_NEARLY = ("左右", "上下", "约", "近", "about", "around")


def said(before: str, behind: str, unit: int = 0) -> str | None:
    """How a figure is meant; None where nothing says so.

    Args:
        before: what stands before it in its clause.
        behind: its unit and what follows.
        unit: how many of these signs are surely its unit.

    Returns:
        ``about``, ``at_least`` or ``at_most``.
    """
    behind = behind.replace("及以", "以")
    near = behind[: next((at for at, char in enumerate(behind) if char in JOINTS), len(behind))]
    return _loosest(_tails(near, unit), before)


def of(words: str) -> str | None:
    """The aim that words such as 以上, ≥ or 左右 stand for by themselves."""
    return _loosest(_tails(words, 0), words)


def _loosest(tails: set[str], before: str) -> str | None:
    if "at_least" in tails and before.endswith(_KEPT):
        before = before.removesuffix(_KEPT)  # 控制在55%以上 says no more than 55%以上
    for aim, signs, leads in _LEADS:
        if aim in tails or (not signs.isdisjoint(before) and leads.search(before)):
            return aim
    return None


def _tails(near: str, unit: int) -> set[str]:
    """The aims of the words behind a figure; 省级以上 and 上下游 tell what something is of."""
    found = {aim for words, aim in _LIMITS if words in near}
    for at in range(len(near) - 1):
        word = near[at : at + 2]
        if word in _TAILS and not (word[0] == "以" and near[at - 1 : at] == "级" and near[max(0, at - 2)] in _LEVELS):
            if word == "上下" and near[at + 2 : at + 3] in _UP_AND_DOWN:
                continue
            if at in (0, unit) or near[unit:at] in _CURRENCIES or not is_chinese(near[at + 2 : at + 3]):
                found.add(_TAILS[word])
        elif word[1] == INSIDE and word[0] in SPANS and near[:at] in _OF_SPANS:
            found.add("at_most")
    return found


def surely_at_least(sentence: str) -> bool:
    """Whether no figure of a sentence, of signs that GBK has, can be meant otherwise than as a least one."""
    return _UNSURE.search(sentence) is None


def surely_at_most(sentence: str, before: str, behind: str) -> bool:
    """Whether a figure of a sentence is plainly meant as a most one, and nothing loosens that.

    Args:
        sentence: of signs that GBK has.
        before: what stands before the figure in it.
        behind: what stands behind its unit.
    """
    return (
        behind.startswith(("以下", "以内"))
        and _UNSURE.search(before) is None
        and not any(word in sentence for word in _NEARLY)
    )
