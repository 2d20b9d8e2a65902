"""a bracket or a quotation mark has no partner

Why: a stray bracket shows that words were cut or pasted, and what was lost is often the
document's name.

Bad:
    basis: 政府工作报告责任分解（浙政办发〔2018〕19号）第24页）

Good:
    basis: 政府工作报告责任分解（浙政办发〔2018〕19号）第24页
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import fields
from target_registry.model import Finding, Level, Message, Registry
from target_registry.patterns import lazy

CODE = "unbalanced-brackets"
LEVEL = Level.WARNING
WAIVABLE = True

_PAIRS = {"）": "（", ")": "(", "》": "《", "〉": "〈", "〕": "〔", "﹞": "﹝", "】": "【", "]": "[", "］": "［",
          "}": "{", "｝": "｛", "”": "“", "’": "‘", "」": "「", "』": "『"}  # fmt: skip
_OPENING = frozenset(_PAIRS.values())
# 1）, 2）: a list's numbers need no opening bracket.
_LISTED = lazy(r"(?:^|(?<=[\s，,；;。：:、]))[0-9一二三四五六七八九十]+[)）]")


BEFORE_LISTED = frozenset("0123456789一二三四五六七八九十")
"""What stands before a bracket that closes the number of a list, and so needs no partner."""
LISTED = frozenset(")）")
"""Brackets that may do so."""


def paired(signs: str) -> bool:
    """Whether the marks among the signs of a text come in pairs, if none closes a list's number."""
    return unpaired(signs) is None


def check(registry: Registry) -> Iterator[Finding]:
    """Find the first bracket without a partner in each cell and heading."""
    for where, text in fields.texts(registry):
        if (place := unpaired(text)) is not None:
            around = text[max(0, place - 8) : place + 5]
            yield Finding(
                CODE,
                LEVEL,
                where,
                Message("the mark {char} in “{words}” has no partner", char=text[place], words=around),
                Message("delete it, or add its partner"),
            )


def unpaired(text: str) -> int | None:
    """Where the first bracket or quotation mark of a text without a partner stands."""
    listed = set() if LISTED.isdisjoint(text) else {match.end() - 1 for match in _LISTED.finditer(text)}
    open_marks: list[int] = []
    for place, char in enumerate(text):
        if char in _OPENING:
            open_marks.append(place)
        elif char in _PAIRS and place not in listed:
            if not open_marks or text[open_marks[-1]] != _PAIRS[char]:
                return place
            open_marks.pop()
    if open_marks:
        return open_marks[0]
    return text.index('"') if text.count('"') % 2 else None
