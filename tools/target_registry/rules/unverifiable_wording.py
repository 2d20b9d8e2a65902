"""the target promises an effort, and no proof is named

Why: whether somebody strove can't be verified. Such words need a proof that somebody else
gives: a notice, a decision, a register. A summary of one's own work is none.

Bad:
    target: 全力争取自由贸易港落地
    verification: 工作总结或省领导肯定性批示

Good:
    target: 全力争取自由贸易港落地
    verification: 国务院批复文件
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from target_registry import quotations
from target_registry.model import Finding, Level, Message, Registry
from target_registry.patterns import lazy

CODE = "unverifiable-wording"
LEVEL = Level.WARNING
WAIVABLE = True

_EFFORT = lazy(r"(?:积极|全力|努力|大力|尽力|尽快)?(?:争取|力争)|积极(?:谋划|探索)|努力|尽力")
_ALTERNATIVES = lazy(r"或者?|/")
_PROOF = lazy(
    r"文件|通知|批复|备案|公告|公示|公布|名单|证书|挂牌|验收|数据|统计|系统(?!总结|梳理|地|性)|审议通过|发文|印发|协议|合同|认定|批准|批示|纪要|决定|令"
    r"|审计|检测|检验|鉴定|监测|测评|第三方|通报"
)
_NO_PROOF = lazy(r"总结|报告|汇报|材料|自评|自查|自述|说明|台账|简报|小结")


BEGINNINGS = {"争": "[取《]", "力": "[争《]", "积": "[极《]", "努尽": "[力《]"}
"""As much of these words as always stands together, or a mark within which something else stands."""


_SIGNS = frozenset("".join(BEGINNINGS))
"""Their first signs."""


def may_have(sentence: str) -> bool:
    """Whether a sentence may hold words of effort."""
    return not _SIGNS.isdisjoint(sentence)


def words(sentence: str, verification: str) -> str | None:
    """The words of effort in a sentence, where its verification names no outside proof."""
    if not verification or not may_have(sentence):
        return None
    found = _EFFORT.search(quotations.replaced(sentence))
    if not found or _proves(_ALTERNATIVES.split(verification)):
        return None
    return found[0]


def _proves(ways: Sequence[str]) -> bool:
    """Whether each way of verifying names an outside proof; one may share the last one's noun: A或B的认定通知."""
    *first, last = ways
    return bool(_PROOF.search(last)) and all(_PROOF.search(way) or not _NO_PROOF.search(way) for way in first)


def check(registry: Registry) -> Iterator[Finding]:
    """Find words of effort where one way of verifying them names no outside proof."""
    for target in registry.targets:
        verification = target.text("verification")
        found = words(target.text("target"), verification)
        if found is None:
            continue
        yield Finding(
            CODE,
            LEVEL,
            target.at("target"),
            Message(
                "“{words}” can't be verified, and {verification} is no outside proof",
                words=found,
                verification=verification,
            ),
            Message("say what will have been reached, or name the document that will prove it"),
        )
