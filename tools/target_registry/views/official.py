"""What does the official form say, and of which state of the plan is it? What its documents are made from."""

from __future__ import annotations

from target_registry import fields
from target_registry.language import Speech
from target_registry.model import Counted, Message, Plan
from target_registry.tables import Form
from target_registry.views import form, weights

_SPREADS = ("key_work", "category")


def view(
    plan: Plan,
    *,
    as_filed: bool,
    revision: str = "",
    commit: str = "",
    departures: int | None = None,
    faults: int = 0,
) -> Form:
    """A plan as its official form, in its own language.

    Args:
        plan: what is to be filed.
        as_filed: the form's own wording of normalised values.
        revision: what the caller calls the revision it was read from; empty for the working tree.
        commit: that revision's id.
        departures: in how many values it differs from its approved revision; None where that isn't known.
        faults: for how many reasons it isn't all that its files may mean.
    """
    speech = Speech(plan.language or "zh")
    known = fields.of_target()
    return Form(
        plan=plan.id,
        language=speech.language,
        table=form.view(plan, fields.form(), speech.language, as_filed=as_filed),
        key_works=tuple(fields.render_key_work(work, speech.language) for work in plan.key_works),
        total=plan.weight_rule("total"),
        standing=standing(plan, speech, revision, commit, departures, faults),
        weights=tuple(weights.view(plan, [known[key]], speech) for key in _SPREADS),
    )


def standing(
    plan: Plan, speech: Speech, revision: str, commit: str, departures: int | None, faults: int = 0
) -> tuple[str, ...]:
    """Which state of the plan this is, and whether it is approved.

    The day is left out on purpose: the same state gives the same document.
    """
    source = (
        Message("made from {rev}, commit {commit}", rev=revision, commit=commit[:12])
        if commit
        else Message("made from files that may not be committed yet")
    )
    if faults:
        verdict: Message = Counted(
            "not complete, for {n} fault in the plan's files: not to be filed",
            "not complete, for {n} faults in the plan's files: not to be filed",
            faults,
        )
    elif not plan.is_approved:
        verdict = Message("a draft, not approved")
    elif not plan.approved_revision:
        verdict = Message("approved")
    elif departures is None:
        verdict = Message("approved as {rev}, with which this can't be compared here", rev=plan.approved_revision)
    elif departures:
        verdict = Counted(
            "approved as {rev}, and {n} value is another since then",
            "approved as {rev}, and {n} values are others since then",
            departures,
            rev=plan.approved_revision,
        )
    else:
        verdict = Message("approved as {rev}", rev=plan.approved_revision)
    return speech.tell(source), speech.tell(verdict)
