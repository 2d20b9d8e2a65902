"""two adjustment records ask for one change

Why: two records of one change can give two reasons, and only one of them was approved as such. A copy
of a record that was approved with an earlier change gives the reason of that one.

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
    """Find copies of earlier records, and entries that cover what another one covers."""
    for record, path in proposal.copies:
        yield Finding(
            CODE,
            LEVEL,
            record.at(),
            Message("{path} says the same to the letter, and was approved with an earlier change", path=path),
            Message("write into it why this change is asked for, or delete it if nothing is changed"),
        )
    for record, asked, first in proposal.repeated:
        yield Finding(
            CODE,
            LEVEL,
            record.at("changes", asked.position - 1),
            Message("{path} asks for this change already", path=first.path),
            Message("delete one of the two entries"),
        )
