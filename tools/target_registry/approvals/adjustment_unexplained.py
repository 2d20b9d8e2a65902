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

from target_registry.approvals.proposal import Proposal
from target_registry.hollow import is_hollow
from target_registry.model import Finding, Level, Message

CODE = "adjustment-unexplained"
LEVEL = Level.ERROR
WAIVABLE = False


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
