"""``targets history TARGET``: every commit that changed a target, field by field, with who let it pass."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from target_registry.cli import output
from target_registry.cli.choosing import choose_plans, choose_target, plan_id
from target_registry.cli.context import Context, plan_option
from target_registry.cli.options import option
from target_registry.cli.showing import SENTENCES, width_option
from target_registry.language import Speech
from target_registry.model import Counted, FileName, Message
from target_registry.sources import EnvironmentFault

if TYPE_CHECKING:
    from target_registry.history import Blame, History, Past


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "history",
        help=say(
            "Show every commit that changed a target, named by its number, slug or file: what changed field by "
            "field, who wrote, merged, reviewed and approved it, and the adjustment record.\n\n"
            "A target that is gone is found by its slug. Only commits are read."
        ),
    )
    @click.argument("target", metavar=say("TARGET"))
    @option("--reverse", "oldest_first", is_flag=True, help=say("The oldest commit first."))
    @form_option(say)
    @plan_option(say)
    @width_option(say, SENTENCES)
    @past_option(say)
    @click.pass_obj
    def history(
        context: Context,
        target: str,
        oldest_first: bool,
        form: str,
        plan: str | None,
        width: int | None,
        rev: str | None,
    ) -> int:
        from target_registry.history import history as history_of
        from target_registry.reports import history as formats

        look = formats.Look(width or output.columns(SENTENCES), context.style, oldest_first)
        with opened(context, rev) as past:
            identity, slug = chosen(past, target, plan)
            found = history_of(past, identity, slug, compare_folder=rev is None)
            speech = Speech(found.language) if form == "markdown" and found.language else say
            rendered = formats.load(form).render(found, speech, look)
        write(rendered.text, form, found, say)
        if rendered.dropped:
            output.complain(
                say.tell(
                    Counted(
                        "{n} commit has no room in the report",
                        "{n} commits have no room in the report",
                        rendered.dropped,
                    )
                )
            )
        return int(bool(rendered.dropped))

    return history


def form_option(say: Speech) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """``--format``, for what is told of commits."""
    return option(
        "--format",
        "form",
        type=click.Choice(("text", "markdown", "json")),
        default="text",
        help=say("For the terminal, a comment, or programs."),
    )


def past_option(say: Speech) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """``--rev REV``: where to look back from."""
    return option("--rev", metavar=say("REV"), help=say("Look back from this Git revision; else from HEAD."))


@contextmanager
def opened(context: Context, rev: str | None) -> Iterator[Past]:
    """The commits that lead to a revision; Git is let go of afterwards.

    Raises:
        EnvironmentFault: there is no such revision.
    """
    from target_registry.history import Past
    from target_registry.sources.git import Repository

    repository = Repository(context.root)
    try:
        yield Past(context.root, repository, "HEAD" if rev is None else rev)
    finally:
        repository.close()


def chosen(past: Past, wanted: str, plan: str | None) -> tuple[str, str]:
    """The plan and the slug of the target that was named, which may be there no more.

    Raises:
        EnvironmentFault: there never was one, or there are several.
    """
    from target_registry.history import once

    try:
        found, target = choose_target(choose_plans(past.registry, plan), wanted)
    except EnvironmentFault as fault:
        name = posixpath.basename(wanted.replace("\\", "/"))
        slug = FileName.parse(name).slug if name.lower().endswith((".yaml", ".yml")) else name
        folder = None if plan is None else plan_id(plan)
        plans = once(past, slug, folder)
        if len(plans) == 1:
            return plans[0], slug
        if plans:
            paths = tuple(f"targets/{identity}" for identity in plans)
            raise EnvironmentFault(
                Message("{name} was in several plans, {paths}; add --plan", name=wanted, paths=paths)
            ) from None
        raise fault from None
    return found.id, target.slug


def write(rendered: str, form: str, found: History | Blame, say: Speech) -> None:
    """Write a report; what a program must know beside its data goes to standard error."""
    from target_registry.views.history import notes

    if form == "text":
        output.write(rendered)
        return
    output.write_bytes(rendered.encode("utf-8", "backslashreplace"))
    if form == "json":
        for message in notes(found):
            output.complain(say.tell(message))
