"""The words around a figure that say how it is meant: 左右 is "about", 不得低于 "at least", 以内 "at most"."""

from __future__ import annotations

from target_registry.automata import either
from target_registry.patterns import lazy

_MAY_NOT = "不[得能可应宜会]?"
_FREELY = "(?<!不)(?<!不[得能可应宜会])"
# 签约, 节约, 履约 and their like are no 约, 附近 and 最近 no 近, 提前 and 目前 no 前, 省级以上 tells whose it is.
_ABOUT_LEADS = r"大约|(?<![签节预履合条制集简公违邀盟])约|接近|(?<![附邻最就亲远])近\Z|about|around"
_ABOUT_TAILS = "左右|上下"
_AT_LEAST_LEADS = (
    rf"{_MAY_NOT}[低少小]于|至少|{_FREELY}超过?|突破|{_FREELY}[高多大]于|达到|达|≥|>|at\sleast|more\sthan|over"
)
_AT_MOST_LEADS = (
    rf"{_MAY_NOT}(?:超过?|突破|[高多大]于)|{_FREELY}[低少小]于\Z|至多|最多|控制在|(?<![目之提以此当年会事天日月季])前\Z"
    r"|[≤<±]|at\smost|no\smore\sthan|within"
)
_NO_LEVEL = "(?<![国省市县区乡镇村部厅局处科]级)"
_AT_LEAST_TAILS = f"{_NO_LEVEL}以上"
_AT_MOST_TAILS = f"{_NO_LEVEL}以下|以内|之内|(?<=[年日时天月钟])内"

# Of several the loosest counts.
_SAID = (
    ("about", lazy(_ABOUT_LEADS), lazy(_ABOUT_TAILS)),
    ("at_most", lazy(_AT_MOST_LEADS), lazy(_AT_MOST_TAILS)),
    ("at_least", lazy(_AT_LEAST_LEADS), lazy(_AT_LEAST_TAILS)),
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
    "至最": "多",
    "控": "制在",
    "a": "(?:bout|round)",
    "m": "o(?:st|re)",
    "w": "ithin",
}
"""Words of an aim that may not be "at least", by how they begin, and signs that become letters of them once folded."""
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
    near = behind[: next((at for at, char in enumerate(behind) if char in JOINTS), len(behind))]
    return next((aim for aim, leads, tails in _SAID if tails.search(near) or leads.search(before)), None)


def of(words: str) -> str | None:
    """The aim that words such as 以上, ≥ or 左右 stand for by themselves."""
    return next((aim for aim, leads, tails in _SAID if tails.search(words) or leads.search(words)), None)


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
