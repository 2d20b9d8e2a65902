"""The words around a figure that say how it is meant: 左右 is "about", 不得低于 "at least", 以内 "at most"."""

from __future__ import annotations

from target_registry.automata import either
from target_registry.patterns import lazy

_MAY_NOT = "不[得能可应宜会]?"
_FREELY = "(?<!不)(?<!不[得能可应宜会])"
# In 签约, 节约 and 履约, 约 doesn't mean "about"; nor does 近 in 附近 and 最近; 前 in 提前 and 目前 is no rank, and 省级以上
# tells whose something is.
_ABOUT_LEADS = r"大[约概致]|(?<![签节预履合条制集简公违邀盟解续毁特契])约(?![谈束定请见])|接近|(?<![附邻最就亲远])近\Z|about|around"
_AT_LEAST_LEADS = (
    rf"{_MAY_NOT}[低少小]于|至少|{_FREELY}超过?|突破|{_FREELY}[高多大]于|达到|达|≥|>|at\sleast|more\sthan|over"
)
_AT_MOST_LEADS = (
    rf"{_MAY_NOT}(?:超过?|突破|[高多大]于)|{_FREELY}[低少小]于\Z|至多|最[多长]|控制在|回落[到至]|收窄[到至]|缩小[到至]|精简[到为至]|(?<![目之提以此当年会事天日月季])前\Z"
    r"|[≤<±]|at\smost|no\smore\sthan|within"
)
_TAILS = {"左右": "about", "上下": "about", "以上": "at_least", "以下": "at_most", "以内": "at_most", "之内": "at_most"}
INSIDE = "内"
SPANS = frozenset("年日时天月钟")
"""The ends of spans of time, behind which 内 is a limit."""
_LEVELS = frozenset("国省市县区乡镇村部厅局处科")
# Of several the loosest counts. Most clauses have no sign of some of them, which is told before a pattern is made.
_LEADS = (
    ("about", frozenset("约近大a"), lazy(_ABOUT_LEADS)),
    ("at_most", frozenset("不低少小至最控前回收缩精≤<±anw"), lazy(_AT_MOST_LEADS)),
    ("at_least", frozenset("不低少小至超突高多大达≥>amo"), lazy(_AT_LEAST_LEADS)),
)
LED = lazy(rf"(?:{_ABOUT_LEADS}|{_AT_LEAST_LEADS}|{_AT_MOST_LEADS}|到)+\Z")
"""Words that lead to a figure, at the end of what stands before it."""
JOINTS = frozenset("的并、及和")
"""Signs that part what a figure counts from what comes after it."""

UNSURE = {
    "约近不前≤<＜﹤±Ａ-Ｚａ-ｚⅠ-Ⅻⅰ-ⅹ℅№℡㎎㎜-㎞㎡㏎㏑㏒㏕": "",
    "左": "右",
    "上": "下",
    "以": "[下内]",
    "之年日时天月钟": "内",
    "低少小": "于",
    "至": "多",
    "最": "[多长]",
    "大": "[概致]",
    "回": "落",
    "收": "窄",
    "缩": "小",
    "精": "简",
    "控": "制在",
    "a": "(?:bout|round)",
    "m": "o(?:st|re)",
    "w": "ithin",
}
"""Beginnings of words that may mean another aim than "at least", including signs that fold to such letters."""
_UNSURE = lazy(either(UNSURE))
_NEARLY = ("左右", "上下", "约", "近", "about", "around")


def said(before: str, behind: str) -> str | None:
    """How a figure is meant; None where nothing says so.

    Args:
        before: what stands before it in its clause.
        behind: its unit and what follows.

    Returns:
        ``about``, ``at_least`` or ``at_most``.
    """
    behind = behind.replace("及以", "以")
    near = behind[: next((at for at, char in enumerate(behind) if char in JOINTS), len(behind))]
    return _loosest(_tails(near), before)


def of(words: str) -> str | None:
    """The aim that words such as 以上, ≥ or 左右 stand for by themselves."""
    return _loosest(_tails(words), words)


def _loosest(tails: set[str], before: str) -> str | None:
    for aim, signs, leads in _LEADS:
        if aim in tails or (not signs.isdisjoint(before) and leads.search(before)):
            return aim
    return None


def _tails(near: str) -> set[str]:
    """The aims of the words behind a figure; 省级以上 tells whose something is."""
    found = set[str]()
    for at in range(len(near) - 1):
        word = near[at : at + 2]
        if word in _TAILS and not (word[0] == "以" and near[at - 1 : at] == "级" and near[max(0, at - 2)] in _LEVELS):
            found.add(_TAILS[word])
        elif word[1] == INSIDE and word[0] in SPANS:
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
