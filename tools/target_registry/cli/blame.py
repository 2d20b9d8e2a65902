"""``targets blame TARGET``: for every field the commit that set its present value."""

from __future__ import annotations

import click

from target_registry.cli.context import Context, plan_option
from target_registry.cli.history import chosen, form_option, opened, past_option, write
from target_registry.cli.showing import look, width_option
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.wrapping import wrap


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "blame",
        help=say(
            "Show for every field of a target the commit that set its present value.\n\n"
            "Only commits are read. A commit marked with ^ is the first of a shallow clone: the value may be older."
        ),
    )
    @click.argument("target", metavar=say("TARGET"))
    @form_option(say)
    @plan_option(say)
    @width_option(say)
    @past_option(say)
    @click.pass_obj
    def blame(context: Context, target: str, form: str, plan: str | None, width: int | None, rev: str | None) -> int:
        from target_registry import formats
        from target_registry.history import blame as blame_of
        from target_registry.views.history import notes, table

        with opened(context, rev) as past:
            identity, slug = chosen(past, target, plan)
            found = blame_of(past, identity, slug, compare_folder=rev is None)
        shown, look_of = table(found, say), look(context, width)
        lines: list[str] = []
        if form == "text":  # on top, where it is read first
            told = [terminal(say.tell(message)) for message in notes(found)]
            lines = [context.style(line, "warning") for text in told for line in wrap(text, look_of.width)]
            shown = shown._replace(note="")
        rendered = formats.render(form, [shown], look_of)
        write("".join(f"{line}\n" for line in lines) + rendered, form, found, say)
        return 0

    return blame
