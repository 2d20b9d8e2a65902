"""``targets weights``: where the points go, against the plan's declared total."""

from __future__ import annotations

from typing import Any, NamedTuple

import click

from target_registry.cli.context import Context, plan_option, rev_option
from target_registry.cli.showing import format_option, look, show, warn_of_errors, width_option
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
        how, plainly = formats.load(form), look(context, width)

        def make(plan: Plan, _: int) -> _Made:
            table = view.view(plan, dimensions, say if form == "text" else Speech(plan.language or say.language))
            piece: Any
            if form == "json":
                piece = json.items([view.summary(plan, table)])
            else:
                piece = how.piece([context.dated(table, rev)], plainly)
            return _Made(bool(view.difference(plan)), plan.language, piece)

        each = context.each(rev, plan, make)
        languages = [made.language for made in each.made]
        show(context, how.whole([made.piece for made in each.made], look(context, width, languages)), form)
        incomplete = warn_of_errors(context, each.missing)
        return int(bool(incomplete) or any(made.differs for made in each.made))

    return weights


class _Made(NamedTuple):
    """What is made of one plan.

    Attributes:
        differs: whether its weights don't sum to the total that it declares.
        language: its own.
        piece: what the format makes of them.
    """

    differs: bool
    language: str | None
    piece: Any
