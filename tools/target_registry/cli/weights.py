"""``targets weights``: where the points go, against the plan's declared total."""

from __future__ import annotations

from typing import Any, NamedTuple

import click

from target_registry.cli.context import Context, plan_option, rev_option
from target_registry.cli.table import format_option, look, show, warn_of_errors, width_option
from target_registry.language import Speech
from target_registry.model import Plan


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "weights",
        help=say(
            "Sum the weights by key work, category, deadline and fiscal project, against the plan's declared "
            "total.\n\nExit code 1 if the sum differs from the declared total."
        ),
    )
    @format_option(say)
    @plan_option(say)
    @width_option(say)
    @rev_option(say)
    @click.pass_obj
    def weights(context: Context, form: str, plan: str | None, width: int | None, rev: str | None) -> int:
        from target_registry import fields, formats
        from target_registry.formats import json
        from target_registry.views import weights as view

        dimensions = [fields.of_target()[key] for key in view.DIMENSIONS]
        parts = formats.piecewise(form)

        def make(plan: Plan, _: int) -> _Made:
            table = view.view(plan, dimensions, say if form == "text" else Speech(plan.language or say.language))
            said: Any = context.dated(table, rev)
            if form == "json":
                said = json.items([view.summary(plan, table)])
            elif parts is not None:
                said = parts.piece([table])
            return _Made(bool(view.difference(plan)), plan.language, said)

        each = context.each(rev, plan, make)
        said = [made.said for made in each.made]
        languages = [made.language for made in each.made]
        text = parts.whole(said) if parts else formats.load(form).render(said, look(context, width, languages))
        show(context, text, form)
        incomplete = warn_of_errors(context, each.missing)
        return int(bool(incomplete) or any(made.differs for made in each.made))

    return weights


class _Made(NamedTuple):
    """What is made of one plan.

    Attributes:
        differs: whether its weights don't sum to the total that it declares.
        language: its own.
        said: the table, or what the format makes of it.
    """

    differs: bool
    language: str | None
    said: Any
