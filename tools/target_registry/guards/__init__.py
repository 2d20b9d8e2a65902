"""One judgement of a change a file; here is the list of them, and nothing else knows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict


class Guard(Protocol):
    """A module that judges a change. Its docstring is its documentation.

    ``MIRROR`` is the code that the same change has when it is made backwards: what weakens one
    way strengthens the other.
    """

    CODE: str
    MIRROR: str
    __doc__: str | None

    def judge(self, change: Change, case: Case) -> Verdict | None:
        """What the change means; None where it is none of this guard's business."""


from target_registry.guards import (  # noqa: E402  the modules are typed by the protocol above
    approval_rules_changed,
    as_filed_changed,
    baseline_changed,
    basis_changed,
    blank_emptied,
    blank_filled,
    category_changed,
    contradiction_ended,
    contradiction_made,
    deadline_earlier,
    deadline_later,
    deadline_passed,
    file_readable,
    file_unreadable,
    fiscal_project_changed,
    half_year_added,
    half_year_dropped,
    indicator_changed,
    key_work_added,
    key_work_changed,
    key_work_removed,
    key_work_reworded,
    key_works_reordered,
    layout_changed,
    measure_added,
    measure_dropped,
    measure_strengthened,
    measure_weakened,
    plan_added,
    plan_changed,
    plan_removed,
    policy_changed,
    predecessor_changed,
    punctuation_changed,
    record_altered,
    remarks_figure_changed,
    remarks_reworded,
    renumbered,
    reservation_added,
    reservation_removed,
    reworded,
    reworded_equally,
    sentence_strengthened,
    sentence_weakened,
    slug_changed,
    status_changed,
    target_added,
    target_removed,
    total_changed,
    unit_changed,
    unknown_field,
    verification_loosened,
    verification_tightened,
    waiver_changed,
    weight_changed,
    weight_renormalised,
    weight_rules_changed,
)

BY_SUBJECT: Mapping[Subject, tuple[Guard, ...]] = {
    Subject.TARGET: (
        target_added,
        target_removed,
        slug_changed,
        renumbered,
        layout_changed,
        key_work_changed,
        category_changed,
        deadline_later,
        deadline_earlier,
        half_year_dropped,
        half_year_added,
        sentence_weakened,
        sentence_strengthened,
        verification_loosened,
        verification_tightened,
        measure_weakened,
        measure_strengthened,
        reworded,
        reworded_equally,
        punctuation_changed,
        weight_changed,
        weight_renormalised,
        basis_changed,
        blank_filled,
        blank_emptied,
        fiscal_project_changed,
        remarks_reworded,
        remarks_figure_changed,
        reservation_added,
        reservation_removed,
        indicator_changed,
        unit_changed,
        baseline_changed,
        measure_dropped,
        measure_added,
        as_filed_changed,
        predecessor_changed,
        unknown_field,
        deadline_passed,
        file_unreadable,
        file_readable,
        contradiction_made,
        contradiction_ended,
    ),
    Subject.PLAN: (
        layout_changed,
        punctuation_changed,
        total_changed,
        weight_rules_changed,
        waiver_changed,
        status_changed,
        approval_rules_changed,
        key_work_added,
        key_work_removed,
        key_work_reworded,
        key_works_reordered,
        plan_changed,
        plan_added,
        plan_removed,
        file_unreadable,
        file_readable,
    ),
    Subject.FILE: (policy_changed,),
    Subject.RECORD: (record_altered,),
}
"""Which guards look at what; a guard may look at several things."""

GUARDS: Mapping[str, Guard] = {guard.CODE: guard for guards in BY_SUBJECT.values() for guard in guards}


def judge(change: Change, case: Case) -> tuple[Verdict, ...]:
    """What all guards say of a change, the worst first; what none knows is material."""
    found = [verdict for guard in BY_SUBJECT[change.subject] if (verdict := guard.judge(change, case)) is not None]
    if not found:
        found = [Verdict(unknown_field.CODE, Severity.MATERIAL, Message("nothing is known about this field"))]
    return tuple(sorted(found, key=lambda verdict: -verdict.severity.rank))
