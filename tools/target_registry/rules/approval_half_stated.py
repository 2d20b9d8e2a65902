"""a plan says that it is approved but not where, or where but not that

Why: an approved plan is guarded by two lines together: the status asks for records, and the approved
revision is what changes are added up against. With one of them alone the plan looks guarded and isn't.

Bad:
    status: approved

Good:
    status: approved
    approved_revision: approved-2018     # a tag
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Registry

CODE = "approval-half-stated"
LEVEL = Level.ERROR
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Find plans that have one of the two lines."""
    for plan in registry.plans:
        # One that says something else than it may counts as said.
        if not plan.readable or not plan.is_half_approved or plan.broken & {"status", "approved_revision"}:
            continue
        if plan.is_approved:
            yield Finding(
                CODE,
                LEVEL,
                plan.at("status"),
                Message("the plan is approved, and approved_revision doesn't say where"),
                Message("name the tag of the approved form, such as approved-2018, in approved_revision"),
            )
        else:
            yield Finding(
                CODE,
                LEVEL,
                plan.at("approved_revision"),
                Message("approved_revision names {rev}, but the status is not approved", rev=plan.approved_revision),
                Message("write status: approved if the plan is, or take approved_revision out"),
            )
