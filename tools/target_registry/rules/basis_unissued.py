"""the basis is not issued yet

Why: a target rests on a document. One that is still being drafted or circulated can change
or never come, and nobody can look it up.

Bad:
    basis: 商务部下发文件（待发）

Good:
    basis: 2018年国民经济和社会发展计划第1页
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import quotations
from target_registry.model import Finding, Level, Message, Registry
from target_registry.patterns import lazy

CODE = "basis-unissued"
LEVEL = Level.WARNING
WAIVABLE = True

_UNISSUED = lazy(
    r"待(?:印|下)?发|待批|待定|暂无|未(?:正式)?(?:印|下)发|拟(?:印发|下发|出台)|即将(?:印发|下发|出台)|报批中|会签"
    r"|征求意见稿?|讨论稿|送审稿|草案|草稿|正在(?:起草|制定|修订)|[XxＸ×]{2,}号|(?<=[〕﹞\]])\s*号"
)


BEGINNINGS = {
    "待": "[印下发批定《]",
    "暂": "[无《]",
    "未": "[正印下发《]",
    "拟": "[印下出《]",
    "即": "[将《]",
    "报": "[批《]",
    "会": "[签《]",
    "征": "[求《]",
    "讨": "[论《]",
    "送": "[审《]",
    "草": "[案稿《]",
    "正": "[在《]",
    "XxＸ×": "[XxＸ×《]",
    r"〕﹞\]": r"[\s号《]",
}
"""The first two signs of any of these words, or the first and a mark behind which one goes on."""


_SIGNS = frozenset("".join(BEGINNINGS)) - {"\\"}
"""Their first signs."""


def may_have(basis: str) -> bool:
    """Whether a basis may hold such words."""
    return not _SIGNS.isdisjoint(basis)


def words(basis: str) -> str | None:
    """The words of a basis that say its document isn't issued yet."""
    if not may_have(basis):
        return None
    found = _UNISSUED.search(quotations.replaced(basis))
    return found[0] if found else None


def check(registry: Registry) -> Iterator[Finding]:
    """Find words in the basis that say the document is still on its way."""
    for target in registry.targets:
        if found := words(target.text("basis")):
            yield Finding(
                CODE,
                LEVEL,
                target.at("basis"),
                Message("the basis is not issued yet: {words}", words=found),
                Message("rest the target on a document that is in force, or add its number once it is issued"),
            )
