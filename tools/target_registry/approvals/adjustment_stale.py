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

import json
from collections.abc import Iterator

from target_registry.approvals.proposal import Proposal, told, whole
from target_registry.model import Asked, Finding, Level, Message, is_number
from target_registry.verdicts import Change

CODE = "adjustment-stale"
LEVEL = Level.ERROR
WAIVABLE = False


_TAKEN_BACK = Message(
    "if the change was taken back, delete this entry, or the whole record if it has no other; otherwise make the change"
)
_NEEDLESS = Message(
    "the change needs no record as it is now: delete this entry, or the whole record if it has no other"
)


def check(proposal: Proposal) -> Iterator[Finding]:
    """Find entries of new records that match no change."""
    needed = {id(item.change) for item in proposal.recordable}
    for record, asked in proposal.unmatched:
        actual = proposal.actual(asked)
        about = {"field": _field(asked), "target": asked.target or proposal.plan}
        yield Finding(
            CODE,
            LEVEL,
            record.at("changes", asked.position - 1),
            Message(
                "the record has {field} of {target} go from {from_} to {to}, and it goes from {before} to {after}",
                **about,
                from_=_shown(asked.before, actual.before),
                to=_shown(asked.after, actual.after),
                before=_shown(actual.before, asked.before),
                after=_shown(actual.after, asked.after),
            )
            if actual
            else Message("the record asks for a change of {field} of {target} that isn't made", **about),
            _cure(proposal, actual, needed),
        )


def _cure(proposal: Proposal, actual: Change | None, needed: set[int]) -> Message:
    """What is to be done with an entry, whose change is another one, or none."""
    if actual is None:
        return _TAKEN_BACK
    if id(actual) not in needed:
        return _NEEDLESS  # a record in which somebody wrote is left to people
    return Message("run {command}, which brings the record up to date", command=proposal.command("adjust"))


def _shown(value: object, other: object) -> object:
    """A value for a sentence; a dash where there is nothing.

    Args:
        value: the value.
        other: the one it stands beside, which may look the same and be of another kind.
    """
    if value is None:
        return "—"
    if isinstance(value, str):
        return value if isinstance(other, str) else Message("the text “{value}”", value=value)
    if is_number(value):
        return str(value) if is_number(other) and value == other else value
    return json.dumps(value, ensure_ascii=False, default=float)


def _field(asked: Asked) -> object:
    return told(asked.field) if asked.field else whole(asked.target)
