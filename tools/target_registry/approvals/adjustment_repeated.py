"""two adjustment records ask for one change

Why: two records of one change can give two reasons, and only one of them was approved as such.

Bad:
    changes:                  # in two records
      - target: retail-sales
        field: weight
        from: 4
        to: 3

Good:
    changes:                  # in one record
      - target: retail-sales
        field: weight
        from: 4
        to: 3
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.approvals.proposal import Proposal
from target_registry.model import Finding, Level, Message

CODE = "adjustment-repeated"
LEVEL = Level.ERROR
WAIVABLE = False


def check(proposal: Proposal) -> Iterator[Finding]:
    """Find entries that cover what another one covers."""
    for record, asked, first in proposal.repeated:
        yield Finding(
            CODE,
            LEVEL,
            record.at("changes", asked.position - 1),
            Message("{path} asks for this change already", path=first.path),
            Message("delete one of the two entries"),
        )
