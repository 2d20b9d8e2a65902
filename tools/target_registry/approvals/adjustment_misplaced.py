"""an adjustment record lies in the folder of another severity

Why: the folder decides who must approve. A critical change recorded as a material one would pass by
those who decide on it.

Bad:
    adjustments/material/2018-06-01-oil-merchants.yaml   # and it removes a target

Good:
    adjustments/critical/2018-06-01-oil-merchants.yaml
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.approvals.proposal import Proposal, severity_name
from target_registry.model import Finding, Level, Message

CODE = "adjustment-misplaced"
LEVEL = Level.ERROR
WAIVABLE = False


def check(proposal: Proposal) -> Iterator[Finding]:
    """Find covered changes whose record lies in another folder than theirs."""
    for item, record, asked in proposal.misplaced:
        yield Finding(
            CODE,
            LEVEL,
            record.at("changes", asked.position - 1),
            Message(
                "this change is {severity}, and the record lies in {folder}",
                severity=severity_name(item.severity),
                folder=f"adjustments/{record.folder}/",
            ),
            Message("move it into a record in {folder}", folder=f"adjustments/{item.severity.value}/"),
        )
