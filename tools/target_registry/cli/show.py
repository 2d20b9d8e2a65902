"""``targets show TARGET``: one target with its key work and its findings."""

from __future__ import annotations

import click

from target_registry.cli import output
from target_registry.cli.choosing import choose_target, chosen_of
from target_registry.cli.context import Context, plan_option, rev_option
from target_registry.cli.options import option
from target_registry.cli.showing import look, width_option
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.model import Message


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "show",
        help=say("Show one target, named by its number or its slug, with its key work and its findings."),
    )
    @click.argument("target", metavar=say("TARGET"))
    @option(
        "--format", "form", type=click.Choice(("text", "json")), default="text", help=say("For people or programs.")
    )
    @plan_option(say)
    @width_option(say)
    @rev_option(say)
    @click.pass_obj
    def show(context: Context, target: str, form: str, plan: str | None, width: int | None, rev: str | None) -> int:
        from target_registry import formats
        from target_registry.reports import json as findings_json
        from target_registry.reports import text as findings_text
        from target_registry.views import form as form_view
        from target_registry.views import target as target_view

        loaded = context.load(rev, lambda known: chosen_of(known, plan))
        found_plan, found = choose_target(loaded.registry.plans, target)
        # What can't be read of the plan's own file, such as the title of a key work, is missing here too.
        paths = (found.path,) if found_plan.readable else (found.path, found_plan.path)
        findings = [
            finding for finding in context.check(rev, first=found_plan.id).findings if finding.where.path in paths
        ]
        if form == "json":
            from target_registry.formats.json import dump

            record = form_view.record(found_plan, found)
            record["findings"] = [findings_json.record(finding, say) for finding in findings]
            output.write_bytes(dump(record).encode("utf-8", "backslashreplace"))
            return int(not (found.readable and found_plan.readable))
        table = target_view.view(found_plan, found, say)
        text = formats.render("text", [table], look(context, width))
        for finding in findings:
            text += "\n" + "\n".join(findings_text.lines(finding, say, context.style))
        for waiver in found_plan.waivers:
            if waiver.target == found.slug:
                waived = Message("waived: {rule}, because {reason}", rule=waiver.rule, reason=waiver.reason)
                text += "\n" + terminal(say.tell(waived))
        if not findings:
            text += "\n" + say.tell(Message("no findings"))
        output.write(text.rstrip("\n") + "\n")
        return int(not (found.readable and found_plan.readable))

    return show
