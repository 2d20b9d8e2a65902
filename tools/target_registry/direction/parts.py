"""The part of a clause that stands before a figure: what it ends with, and where the clause itself ends."""

from __future__ import annotations

STOPS = ",，。；;:：、"
CLAUSE_ENDS = frozenset(",，。;；:：!\n")
IS = frozenset("为是在约至到达")
_LINKS = (
    *IS, "达到", "控制", "保持", "稳定", "维持", "平均", "平均值", "均值", "年均", "年均值", "全年", "同比", "总体", "水平", "总水平", "分别",
    "均", "不", "应", "须", "力争", "争取", "确保", "超过", " ", "(", ")",
)  # fmt: skip
"""What may stand between a thing and its figure."""


def ends_near(part: str, words: tuple[str, ...], reach: int, barred: frozenset[str]) -> bool:
    """Whether a part ends with one of some words, or so near to one.

    Args:
        part: of a clause.
        words: what is looked for.
        reach: how many signs may stand behind it.
        barred: those that may not be among them.
    """
    for at in range(len(part), len(part) - reach - 1, -1):
        if part.endswith(words, 0, at):
            return True
        if at <= 0 or part[at - 1] in barred:
            return False
    return False


def thing(part: str) -> str:
    """A part without the words that lead from a thing to its figure."""
    bare = part.rstrip()
    while link := next((link for link in _LINKS if bare.endswith(link)), ""):
        bare = bare[: -len(link)]
    return bare


def clause(text: str, start: int, end: int) -> str:
    """What of a part belongs to the clause that it begins in."""
    for at in range(start, min(end, len(text))):
        if text[at] in CLAUSE_ENDS:
            return text[start:at]
    return text[start:end]
