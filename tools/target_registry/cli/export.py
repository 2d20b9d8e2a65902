"""``targets export FILE``: the official form as a file, by its ending."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from target_registry.cli import output
from target_registry.cli.choosing import one_of
from target_registry.cli.context import Context, plan_option, rev_option
from target_registry.cli.options import option
from target_registry.cli.showing import warn_of_errors
from target_registry.cli.table import wording
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.model import Message, Plan
from target_registry.sources import EnvironmentFault

if TYPE_CHECKING:
    from target_registry.load import Loaded

_TABLES = {"csv": "csv", "tsv": "tsv", "json": "json", "md": "markdown", "html": "html", "htm": "html"}
"""The format of a table, by the ending of its file."""
_TO_BE_FILLED_IN = ("unfilled", "missing-key", "empty-value")
"""Findings of places that are yet to be filled in, which a form has."""


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "export",
        help=say(
            "Write the official form to FILE, by its ending: .docx to file, .xlsx to print and to edit, and "
            ".csv, .tsv, .json, .md or .html.\n\n"
            "Whatever .docx or .xlsx people edit comes back with targets import."
        ),
    )
    @click.argument("file", metavar=say("FILE"))
    @plan_option(say)
    @option(
        "--as-filed/--normalised",
        default=None,
        help=say("The form's own wording of normalised values, or the listed one; csv and tsv are as filed."),
    )
    @option("--force", is_flag=True, help=say("Replace FILE if it is there."))
    @rev_option(say)
    @click.pass_obj
    def export(
        context: Context, file: str, plan: str | None, as_filed: bool | None, force: bool, rev: str | None
    ) -> int:
        from target_registry.sources.atomic import tidy, write

        path = Path(file)
        ending = path.suffix.lower().removeprefix(".")
        _known(ending, file)
        if file.endswith(("/", os.sep)):
            raise EnvironmentFault(Message("{path}: {reason}", path=file, reason=Message("it is a folder")))
        if not force and os.path.lexists(path):
            tidy(path)
            raise EnvironmentFault(Message("{path} is there already; --force replaces it", path=file))
        loaded = context.load(rev, lambda known: {one_of(known, plan)})
        (chosen,) = loaded.registry.plans
        filed = wording(ending, as_filed)
        missing = _missing(loaded, chosen)
        write(path, _document(context, chosen, ending, rev, as_filed=filed, faults=missing), new=not force)
        output.written((path,))
        output.write(terminal(say.tell(Message("written: {path}", path=file))) + "\n")
        return warn_of_errors(context, missing)

    return export


def _missing(loaded: Loaded, plan: Plan) -> int:
    """For how many reasons a form isn't all that its plan's files may mean."""
    from target_registry.load import incomplete

    folder = plan.path.rpartition("/")[0] + "/"
    return incomplete(
        (f for f in loaded.findings if f.code not in _TO_BE_FILLED_IN and f.where.path.startswith(folder)),
        (stray for stray in loaded.registry.strays if stray.path.startswith(folder)),
    )


def _known(ending: str, file: str) -> None:
    from target_registry.forms import WRITERS

    endings = tuple(f".{known}" for known in (*WRITERS, *_TABLES))
    if ending not in WRITERS and ending not in _TABLES:
        raise EnvironmentFault(
            Message("{path} has none of the endings that can be written: {endings}", path=file, endings=endings)
        )


def _document(context: Context, plan: Plan, ending: str, rev: str | None, *, as_filed: bool, faults: int) -> bytes:
    """The file's bytes."""
    from target_registry import formats, forms
    from target_registry.reports import plain
    from target_registry.views import official

    departures = None
    if plan.is_approved and plan.approved_revision:
        from target_registry.review import departures as since  # with Git, which no draft needs

        departures = since(context.root, plan, rev)
    form = official.view(
        plan, as_filed=as_filed, revision=rev or "", commit=context.commit, departures=departures, faults=faults
    )
    if ending in forms.WRITERS:
        return forms.writer(ending).write(form)
    table = form.table._replace(note="\n".join(form.standing))
    look = formats.Look(120, plain, form.language)
    return formats.render(_TABLES[ending], [table], look).encode("utf-8")
