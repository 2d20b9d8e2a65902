"""the plan as it was approved can't be found

Why: each change is compared with the approved plan, so that many small cuts can't add up unseen.
Without that revision nobody sees the sum.

Bad:
    status: approved
    approved_revision: main     # a branch, which moves

Good:
    status: approved
    approved_revision: approved-2018     # a tag
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.approvals.proposal import Proposal
from target_registry.model import Finding, Level, Message

CODE = "approved-revision-missing"
LEVEL = Level.ERROR
WAIVABLE = False


def check(proposal: Proposal) -> Iterator[Finding]:
    """Find an approved plan whose approved revision is not named or not there."""
    if not proposal.lacks_approved_revision and not proposal.lacks_new_revision:
        return
    named = proposal.approved_revision if proposal.lacks_approved_revision else proposal.new_revision
    yield Finding(
        CODE,
        LEVEL,
        proposal.place_of_approval,
        Message("the repository has no tag and no commit {name}", name=named)
        if named
        else Message("the plan is approved, and approved_revision doesn't say where"),
        Message("name a tag or a whole commit id in approved_revision, and fetch it: git fetch --tags"),
    )
