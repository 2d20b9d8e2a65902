"""the plan differs from the revision that it says it was approved as

Why: who approves a plan by naming a revision approves what stands there. What is changed between that
revision and the approval would be seen by nobody, and each later change would be compared with
values that the plan never had.

Bad:
    status: approved
    approved_revision: approved-2018     # where a weight is 4, and here it is 3

Good:
    status: approved
    approved_revision: approved-2018     # a tag of what this plan says
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.approvals.proposal import Proposal
from target_registry.model import Counted, Finding, Level, Message

CODE = "approved-revision-differs"
LEVEL = Level.ERROR
WAIVABLE = False


def check(proposal: Proposal) -> Iterator[Finding]:
    """Find a plan that names an approved revision anew, from which it differs materially."""
    if not proposal.departures:
        return
    yield Finding(
        CODE,
        LEVEL,
        proposal.place_of_approval,
        Counted(
            "{n} value is another one in the approved revision {name}",
            "{n} values are others in the approved revision {name}",
            proposal.departures,
            name=proposal.new_revision or "",
        ),
        Message(
            "see them with {command}; name the revision that has what is approved, or take them back",
            command=proposal.since_approval,
        ),
    )
