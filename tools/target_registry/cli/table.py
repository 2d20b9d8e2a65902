"""``targets table``: the plan as the official form's table, or summarised by a field."""

from __future__ import annotations

import re
from functools import partial
from typing import Any, NamedTuple

import click

from target_registry.cli import output
from target_registry.cli.conditions import Conditions, field_named
from target_registry.cli.context import Context, plan_option, rev_option
from target_registry.cli.options import option
from target_registry.cli.showing import format_option, look, show, warn_of_errors, width_option
from target_registry.language import Speech
from target_registry.model import Message, Plan
from target_registry.sources import EnvironmentFault

_FILED = ("csv", "tsv")
"""The form as it was filed goes to spreadsheets; what is counted goes everywhere else."""


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "table",
        help=say(
            "Show the targets as the official form's table, its columns in the form's order.\n\n"
            "FIELD is a key such as deadline_month or its heading on the form such as 完成时限."
        ),
    )
    @format_option(say)
    @option("--columns", metavar=say("FIELD,FIELD,..."), help=say("Only these columns, in this order."))
    @option(
        "--where",
        "conditions",
        multiple=True,
        metavar=say("FIELD=VALUE"),
        help=say(
            "Only targets with this value, or with !=, <, <=, >, >=, or ~ for a part of it; given several times, all must hold; an empty value finds blanks."
        ),
    )
    @option("--by", metavar=say("FIELD"), help=say("Summarise: targets and points by this field."))
    @option(
        "--as-filed/--normalised",
        "as_filed",
        default=None,
        help=say("The form's own wording of normalised values, or the listed one; csv and tsv are as filed."),
    )
    @plan_option(say)
    @width_option(say)
    @rev_option(say)
    @click.pass_obj
    def table(
        context: Context,
        form: str,
        columns: str | None,
        conditions: tuple[str, ...],
        by: str | None,
        as_filed: bool | None,
        plan: str | None,
        width: int | None,
        rev: str | None,
    ) -> int:
        from target_registry import fields, formats
        from target_registry.views import form as form_view
        from target_registry.views import weights as weights_view

        wanted = Conditions(conditions)
        grouping = None if by is None else field_named(by)
        shown = [field_named(name.strip()) for name in re.split("[,，、]", columns)] if columns else list(fields.form())
        filed = wording(form, as_filed)
        how, plainly = formats.load(form), look(context, width)

        def make(chosen: Plan, many: int) -> _Made:
            speech = say if form == "text" else Speech(chosen.language or say.language)
            if grouping is not None:
                view = weights_view.view(_only(chosen, wanted), [grouping], speech)._replace(note="")
            else:
                of_plan = [fields.of_row()["plan"]] if columns is None and many > 1 and form in _FILED else []
                view = form_view.view(
                    chosen,
                    [*of_plan, *shown],
                    speech.language,
                    as_filed=filed,
                    keep=partial(wanted.keep, chosen),
                    texts=form != "json",
                    records=form == "json",
                )
            piece = how.piece([context.dated(view, rev)], plainly)
            return _Made(bool(view.rows), wanted.unknown(chosen), chosen.language, piece)

        each = context.each(rev, plan, make)
        if each.made and all(made.unknown for made in each.made):
            raise EnvironmentFault(
                each.made[0].unknown
                if len(each.made) == 1 and each.made[0].unknown
                else Message("no plan has a key work called so: {conditions}", conditions=conditions)
            )
        if conditions and not any(made.any_rows for made in each.made):
            output.complain(say.tell(Message("no target meets the conditions")))
        languages = [made.language for made in each.made]
        show(context, how.whole([made.piece for made in each.made], look(context, width, languages)), form)
        return warn_of_errors(context, each.missing)

    return table


def wording(form: str, as_filed: bool | None) -> bool:
    """Whether cells are worded as they were filed.

    Args:
        form: the kind of output.
        as_filed: what the caller asks for; None for what is usual there.

    Raises:
        EnvironmentFault: json is asked for as it was filed, and has no wording at all.
    """
    if as_filed and form == "json":
        raise EnvironmentFault(
            Message("json holds values, with original wordings beside them under as_filed; leave out --as-filed")
        )
    return form in _FILED if as_filed is None else as_filed


class _Made(NamedTuple):
    """What is made of one plan.

    Attributes:
        any_rows: whether anything of it is shown.
        unknown: what it lacks that the conditions name.
        language: its own.
        piece: what the format makes of it.
    """

    any_rows: bool
    unknown: Message | None
    language: str | None
    piece: Any


def _only(plan: Plan, wanted: Conditions) -> Plan:
    from dataclasses import replace

    return replace(plan, targets=tuple(target for target in plan.targets if wanted.keep(plan, target)))
