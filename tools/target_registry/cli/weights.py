"""``targets weights``: where the points go, against the plan's declared total."""

from __future__ import annotations

import click

from target_registry.cli.context import Context, choose_plans, plan_option, rev_option
from target_registry.cli.table import format_option, look, show, warn_of_errors, width_option
from target_registry.language import Speech


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
        from target_registry.views import weights as view

        loaded = context.load(rev)
        plans = choose_plans(loaded.registry, plan)
        dimensions = [fields.of_target()[key] for key in view.DIMENSIONS]
        tables = [
            view.view(plan, dimensions, say if form == "text" else Speech(plan.language or say.language))
            for plan in plans
        ]
        tables = [context.dated(table, rev) for table in tables]
        if form == "json":
            from target_registry.formats.json import dump

            text = dump([view.summary(plan, table) for plan, table in zip(plans, tables, strict=True)])
        else:
            text = formats.load(form).render(tables, look(context, width, plans))
        show(context, text, form)
        incomplete = warn_of_errors(context, loaded)
        return int(bool(incomplete) or any(view.difference(plan) for plan in plans))

    return weights
