"""a new adjustment record asks for what isn't changed

Why: those who approve read the record. What it says must be what is merged, to the letter.

Bad:
    changes:
      - target: retail-sales
        field: half_year_target
        from: 8.5%左右
        to: 8%左右      # and the file says 7.5%左右

Good:
    changes:
      - target: retail-sales
        field: half_year_target
        from: 8.5%左右
        to: 7.5%左右
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.approvals.proposal import Proposal, told
from target_registry.model import Asked, Finding, Level, Message

CODE = "adjustment-stale"
LEVEL = Level.ERROR
WAIVABLE = False


def check(proposal: Proposal) -> Iterator[Finding]:
    """Find entries of new records that match no change."""
    for record, asked in proposal.unmatched:
        actual = proposal.actual(asked)
        yield Finding(
            CODE,
            LEVEL,
            record.at("changes", asked.position - 1),
            Message(
                "the record asks for another change of {field} of {target} than is made",
                field=_field(asked),
                target=asked.target or proposal.plan,
            )
            if actual
            else Message(
                "the record asks for a change of {field} of {target} that isn't made",
                field=_field(asked),
                target=asked.target or proposal.plan,
            ),
            Message("run {command}, which brings the record up to date", command=proposal.command("adjust")),
        )


def _field(asked: Asked) -> object:
    return told(asked.field) if asked.field else Message("the whole target")
