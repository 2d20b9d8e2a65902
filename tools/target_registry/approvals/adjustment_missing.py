"""an approved plan is changed without an adjustment record

Why: once a plan is approved, each material or critical change is asked for in writing, with its
reason and its basis. Without that nobody can say later why a target was lowered.

Bad:
    half_year_target: 8%左右     # 8.5%左右 in the approved plan, and no record says why

Good:
    changes:                     # in adjustments/material/2018-06-01-retail-sales.yaml
      - target: retail-sales
        field: half_year_target
        from: 8.5%左右
        to: 8%左右
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.approvals.proposal import Proposal, told, whole
from target_registry.model import Finding, Level, Message
from target_registry.verdicts import Change

CODE = "adjustment-missing"
LEVEL = Level.ERROR
WAIVABLE = False


def check(proposal: Proposal) -> Iterator[Finding]:
    """Find changes that need a record and have none."""
    for item in proposal.uncovered:
        change, folder = item.change, item.severity.value
        field = told(change.field) if change.field else whole(change.target)
        yield Finding(
            CODE,
            LEVEL,
            change.where,
            Message(
                "the plan is approved, and no adjustment record covers this change of {field} of {target}",
                field=field,
                target=change.target or proposal.plan,
            ),
            _cure(proposal, change, f"adjustments/{folder}/"),
        )


def _cure(proposal: Proposal, change: Change, folder: str) -> Message:
    """What is to be done about a change without a record, which belongs into a folder."""
    command = proposal.command("adjust")
    if not change.gone:
        return Message("run {command}; it writes the record in {folder}", command=command, folder=folder)
    if not proposal.base:  # nothing is written so far
        return Message(
            "if it was left out by mistake, put its row back; else run {command} once this is written, which writes the "
            "record in {folder}",
            command=command,
            folder=folder,
        )
    return Message(
        "if it was deleted by mistake, run {restore}; else run {command}, which writes the record in {folder}",
        restore=proposal.restoring(change.where.path),
        command=command,
        folder=folder,
    )
