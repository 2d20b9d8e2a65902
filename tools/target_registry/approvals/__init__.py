"""What approval needs of a proposal and lacks: one judgement a file, and the list of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from target_registry.approvals.proposal import Proposal
from target_registry.manual import Documented
from target_registry.model import Finding


class Approval(Documented, Protocol):
    """A module that judges a proposal: the changes of one plan with the records that explain them."""

    def check(self, proposal: Proposal) -> Iterable[Finding]:
        """Find what approval lacks."""


from target_registry.approvals import (  # noqa: E402  the modules are typed by the protocol above
    adjustment_altered,
    adjustment_misplaced,
    adjustment_missing,
    adjustment_repeated,
    adjustment_stale,
    adjustment_unexplained,
    approved_revision_differs,
    approved_revision_missing,
)

APPROVALS: Mapping[str, Approval] = {
    module.CODE: module
    for module in (
        adjustment_missing,
        adjustment_stale,
        adjustment_misplaced,
        adjustment_repeated,
        adjustment_unexplained,
        adjustment_altered,
        approved_revision_missing,
        approved_revision_differs,
    )
}


def judge(proposal: Proposal) -> list[Finding]:
    """All that approval lacks."""
    return [finding for approval in APPROVALS.values() for finding in approval.check(proposal)]
