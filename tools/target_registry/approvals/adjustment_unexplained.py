"""an adjustment record gives no reason, no basis or nobody who asks

Why: whoever approves decides by the reason, and whoever looks it up years later has nothing else.
无, a lone full stop and TODO are none.

Bad:
    reason: 无

Good:
    reason: 一季度出口订单减少
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import fields
from target_registry.approvals.proposal import Proposal
from target_registry.commitments.folding import fold
from target_registry.model import Finding, Level, Message

CODE = "adjustment-unexplained"
LEVEL = Level.ERROR
WAIVABLE = False

_NOTHING = frozenset(
    ["无", "略", "暂无", "没有", "无理由", "没有理由", "无依据", "不详", "未知", "待补", "待补充", "待定", "待填", "待写",
     "同上", "同前", "理由", "原因", "依据", "不适用", "测试", "暂缺", "如题", "空", "没", "无略", "见附件", "见文件", "详见附件",
     "详见文件", "无详见附件", "无详见文件", "工作需要", "实际需要", "todo", "tbd", "na", "n/a", "none", "null", "nil", "test"]
)  # fmt: skip
"""Words that stand where something should."""


def check(proposal: Proposal) -> Iterator[Finding]:
    """Look at the words of each new record."""
    for record in proposal.records:
        reason, basis, asker = (record.texts.get(key, "") for key in ("reason", "basis", "requested_by"))
        cure = Message("write it for those who approve, and for those who look it up later")
        for key, text, told in (
            ("reason", reason, Message("the record gives no reason but {text}", text=reason)),
            ("basis", basis, Message("the record names no basis but {text}", text=basis)),
            ("requested_by", asker, Message("the record says no more of who asks than {text}", text=asker)),
        ):
            if is_hollow(text):
                yield Finding(CODE, LEVEL, record.at(key), told, cure)


def is_hollow(text: str) -> bool:
    """Whether a text is there and says nothing; one that is missing is the schema's to tell."""
    if not text:
        return False
    folded = fold(text).casefold()
    return (
        fields.unfilled(text) is not None
        or not any(char.isalpha() for char in folded)
        or "".join(char for char in folded if char.isalpha() or char == "/") in _NOTHING
        or (folded.isascii() and len({char for char in folded if char.isalpha()}) == 1)  # x, aaa
    )
