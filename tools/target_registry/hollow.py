"""Whether a reason, a basis or a name says nothing: 无, a lone full stop, TODO."""

from __future__ import annotations

from target_registry import fields
from target_registry.commitments.folding import fold
from target_registry.patterns import lazy

_NOTHING = frozenset(
    ["无", "略", "暂无", "没有", "无理由", "没有理由", "无依据", "不详", "未知", "待补", "待补充", "待定", "待填", "待写",
     "同上", "同前", "见上", "见前", "如上", "理由", "原因", "依据", "不适用", "测试", "暂缺", "如题", "空", "没", "无略", "见附件", "见文件", "详见附件",
     "详见文件", "无详见附件", "无详见文件", "工作需要", "实际需要", "todo", "tbd", "na", "n/a", "none", "null", "nil", "test"]
)  # fmt: skip
"""Words that stand where something should."""
_LABEL = lazy(r"(?:理由|原因|依据|说明)+")
_TO_COME = ("todo", "tbd", "fixme")
"""With which a text begins that is yet to be written."""


def is_hollow(text: str) -> bool:
    """Whether a text is there and says nothing; one that is missing is the schema's to tell."""
    if not text:
        return False
    folded = fold(text).casefold()
    said = "".join(char for char in folded if char.isalpha() or char == "/")
    return (
        fields.unfilled(text) is not None
        or not any(char.isalpha() for char in said)
        or said in _NOTHING
        or _LABEL.sub("", said, count=1) in _NOTHING
        or said.startswith(_TO_COME)
        or (folded.isascii() and len(set(said)) == 1)  # x, aaa
    )
