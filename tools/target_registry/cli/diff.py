"""``targets diff BASE [HEAD]``: what changes, in the reader's words, the worst first."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

import click

from target_registry.cli import output
from target_registry.cli.comparing import as_of_option, reviewed
from target_registry.cli.context import Context
from target_registry.cli.options import option
from target_registry.cli.showing import SENTENCES, width_option
from target_registry.escape import visible
from target_registry.language import Speech
from target_registry.model import Counted, Message
from target_registry.patterns import lazy
from target_registry.sources import EnvironmentFault
from target_registry.verdicts import Severity


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "diff",
        help=say(
            "Show what changes between two revisions, or from BASE to the working tree: by severity, in plain "
            "words, with the adjustment records that approval needs.\n\n"
            "BASE and HEAD are branches, tags or commits; A..B compares the two, A...B what B has since "
            "they parted. Without BASE the last commit is meant.\n\n"
            "Exit code 1 with --exit-code if anything changed, with --fail-on if a change is that severe; and if a file "
            "can't be read, or a Markdown report has no room for all that must be decided."
        ),
    )
    @click.argument("base", metavar="[BASE]", default="HEAD")
    @click.argument("head", metavar="[HEAD]", required=False)
    @option("--cached", "--staged", is_flag=True, help=say("Compare with what is staged in the index."))
    @option(
        "--format",
        "form",
        type=click.Choice(("text", "markdown", "json", "github")),
        default="text",
        help=say("For the terminal, a pull request, programs, or GitHub annotations (ten at most)."),
    )
    @option(
        "--fail-on",
        type=click.Choice([severity.value for severity in Severity]),
        help=say("Exit with 1 if a change is at least this severe."),
    )
    @option("--exit-code", is_flag=True, help=say("Exit with 1 if anything changed."))
    @as_of_option(say)
    @option("--link", metavar=say("URL"), default="", help=say("Put before paths to link them, in Markdown."))
    @width_option(say, SENTENCES)
    @click.pass_obj
    def diff(
        context: Context,
        base: str,
        head: str | None,
        cached: bool,
        form: str,
        fail_on: str | None,
        exit_code: bool,
        as_of: date | None,
        link: str,
        width: int | None,
    ) -> int:
        link = _address(link)
        columns = width or output.columns(SENTENCES)
        with reviewed(context, base, head, cached=cached, as_of=as_of) as review:
            from target_registry.reports import review as formats  # once Git is at work
            from target_registry.views.review import incomplete

            look = formats.Look(columns, context.style, link, context.repository_prefix())
            language = next((p.plan.language for p in review.plans if p.plan and p.plan.language), None)
            speech = Speech(language) if form == "markdown" and language else say
            rendered = formats.load(form).render(review, speech, look)
            unread = incomplete(review) if form in ("json", "github") else None
        if form == "text":
            output.write(rendered.text)
        else:
            output.write_bytes(rendered.text.encode("utf-8", "backslashreplace"))
        if unread:
            output.complain(say.tell(unread))
        if left_out := review.pair.head.left_out:
            told = Counted(
                "{n} file that targets check counts is left out, because Git ignores it: {paths}",
                "{n} files that targets check counts are left out, because Git ignores them: {paths}",
                len(left_out),
                paths=left_out[:_NAMED],
            )
            output.complain(say.tell(told))
        if rendered.dropped:
            output.complain(
                say.tell(
                    Counted(
                        "{n} change that must be decided has no room in the report",
                        "{n} changes that must be decided have no room in the report",
                        rendered.dropped,
                    )
                )
            )
        worst = review.severity
        severe = worst is not None and fail_on is not None and worst.rank >= Severity(fail_on).rank
        return int(bool(rendered.dropped) or bool(review.unread) or severe or (exit_code and worst is not None))

    return diff


_NAMED = 5
"""Files that are named of those that are left out."""
_ADDRESS = lazy(r"https?://[^\s/]", re.IGNORECASE)


def _address(link: str) -> str:
    """What is put before paths, so that it can stand in a link.

    Raises:
        EnvironmentFault: it is no address on the web.
    """
    if not link:
        return ""
    if not _ADDRESS.match(link) or visible(link) != link or " " in link:
        raise EnvironmentFault(Message("{link} is no address to put before paths; write one with https://", link=link))
    return quote(link, safe="%/:?#@!$&*+,;=~")
