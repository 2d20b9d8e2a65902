"""an adjustment record of an earlier change is altered

Why: a record was approved as it stood. It covers the pull request that added it, and no other.

Bad:
    reason: 另有安排              # 一季度出口订单减少 when it was approved

Good:
    reason: 一季度出口订单减少    # as it was approved
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.approvals.proposal import Proposal
from target_registry.model import Finding, Level, Message

CODE = "adjustment-altered"
LEVEL = Level.ERROR
WAIVABLE = False


def check(proposal: Proposal) -> Iterator[Finding]:
    """Find records that were there before and say something else now, or are gone."""
    for change in proposal.altered:
        message = (
            Message("the record is gone") if change.gone else Message("the record was approved as it stood before")
        )
        yield Finding(
            CODE, LEVEL, change.where, message, Message("put it back, and write a new record for a new change")
        )
