"""``targets new``: a new target file from a few questions or options."""

from __future__ import annotations

import posixpath
import sys
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from target_registry.assembly import may_be_target
from target_registry.cli import output
from target_registry.cli.choosing import one_of
from target_registry.cli.context import Context, cell_value, plan_option
from target_registry.cli.options import Option, option, whole
from target_registry.escape import log, terminal
from target_registry.language import Speech
from target_registry.model import LONGEST_SLUG, FileName, Message, Plan, Term, file_name
from target_registry.sources import EnvironmentFault

if TYPE_CHECKING:
    from target_registry.fields import Field


def command(say: Speech) -> click.Command:
    """Build the command in one language; its options are the form's columns."""
    from target_registry import fields

    @click.command(
        "new",
        help=say(
            "Make a new target file. In a terminal it asks for what the options don't say; elsewhere the options "
            "must say it all. The number is the next free one, and a figure in the target is registered as its "
            "measure.\n\n"
            "Nothing is written unless targets check would accept the file."
        ),
    )
    @option(
        "--slug",
        metavar=say("SLUG"),
        help=say("The target's name in its file's name: a-z, 0-9 and hyphens; else made of its sentence in pinyin."),
    )
    @option("--number", type=whole(1, 9999, say), metavar=say("N"), help=say("Its number; else the next free one."))
    @plan_option(say)
    @option("--dry-run", is_flag=True, help=say("Show the file instead of writing it."))
    @click.pass_obj
    def new(
        context: Context, /, slug: str | None, number: int | None, plan: str | None, dry_run: bool, **cells: str | None
    ) -> int:
        (chosen,) = context.load(choose=lambda known: {one_of(known, plan)}).registry.plans
        asking = sys.stdin is not None and sys.stdin.isatty()
        data = _Answers(chosen, say, cells, asking).collect()
        slug = _slug(slug, chosen, say, asking, str(data["target"]))
        return _write(context, chosen, number, slug, data, dry_run=dry_run)

    for field in fields.form():
        if field.key != "number":
            help_text = say.tell(Message("{field}.", field=_label(field, say)))
            new.params.insert(
                -1,
                Option([f"--{field.key.replace('_', '-')}"], metavar=_metavar(field, say), help=help_text),
            )
    return new


def _label(field: Field, say: Speech) -> str:
    heading = field.name(say.language)
    heading = heading[0].upper() + heading[1:]
    if not field.choices:
        return heading
    separator = "、" if say.language == "zh" else ", "
    return (
        heading
        + ("：" if say.language == "zh" else ": ")
        + separator.join(field.label(value, say.language) for value, _ in field.choices)
    )


def _metavar(field: Field, say: Speech) -> str:
    number = say("N")
    return {"integer": number, "number": number, "choice": say("CHOICE")}.get(field.kind, say("TEXT"))


class _Answers:
    """A target's values, from options first and questions second."""

    def __init__(self, plan: Plan, say: Speech, cells: dict[str, str | None], asking: bool) -> None:
        self._plan = plan
        self._say = say
        self._cells = cells
        self._asking = asking

    def collect(self) -> dict[str, Any]:
        """Every value, and the measure that the sentences name."""
        from target_registry import fields, measuring

        data: dict[str, Any] = {}
        missing = []
        for field in fields.form():
            if field.key == "number":
                continue
            given = self._cells.get(field.key)
            if given is None and self._asking and self._wanted(field, data):
                value = self._ask(field)
            elif given is None:
                value = None
            else:
                value = self._read(field, given)
            if value is None and field.required:
                missing.append(f"--{field.key.replace('_', '-')}")
            elif value is not None:
                data[field.key] = value
        if missing:
            raise EnvironmentFault(Message("missing: {options}", options=tuple(missing)))
        if measure := measuring.measure_of(data):
            data["measure"] = measure
        return data

    def _wanted(self, field: Field, data: dict[str, Any]) -> bool:
        """Whether a question makes sense: no half-year target is due where the deadline is June or before."""
        return not (field.key == "half_year_target" and data.get("deadline_month", 12) <= 6)

    def _read(self, field: Field, text: str) -> Any:
        from target_registry.views import key_work_names

        choices = tuple(field.label(choice, self._say.language) for choice, _ in field.choices)
        return cell_value(self._plan, field, text, choices, key_work_names(self._plan))

    def _sound(self, field: Field, value: Any) -> Any:
        """A value that the schema and the plan's range of weights accept."""
        from target_registry.documents import Document
        from target_registry.rules.weight_range import out_of_range
        from target_registry.schema import judge

        judged = judge(Document("", {field.key: value}), "target")
        for finding in judged.findings:
            if finding.where.route == (field.key,):
                raise EnvironmentFault(finding.message)
        if field.key == "weight" and (message := out_of_range(self._plan, Decimal(value))):
            raise EnvironmentFault(message)
        return value

    def _ask(self, field: Field) -> Any:
        """Ask until the answer can be read; an empty one leaves an optional cell blank."""
        heading = field.name(self._say.language)
        options: list[tuple[Any, str]] = list(field.choices)
        if field.key == "key_work":
            options = [(work.id, work.title) for work in self._plan.key_works]
        elif options:
            options = [(value, field.label(value, self._say.language)) for value, _ in options]
        for position, (_, label) in enumerate(options, start=1):
            click.echo(f"  {position:>2}  {terminal(label)}", err=True)

        def answer(text: str) -> Any:
            text = text.strip()
            if not text:
                if field.required:
                    raise click.UsageError(self._say.tell(Message("this cell can't be blank")))
                return ""
            if options and text.isascii() and text.isdigit() and 1 <= int(text) <= len(options):
                return options[int(text) - 1][0]
            try:
                return self._sound(field, self._read(field, text))
            except EnvironmentFault as fault:
                raise click.UsageError(self._say.tell(fault.message)) from None

        hint = "" if field.required else self._say.tell(Message(" (Enter leaves it blank)"))
        value = output.ask(heading + hint, "", answer)
        return None if value == "" else value


def _slug(slug: str | None, plan: Plan, say: Speech, asking: bool, sentence: str) -> str:
    """The slug that was named or is asked for, free in the plan; one of the target's own words is proposed."""
    taken = {target.slug for target in plan.targets}

    def valid(text: str) -> str:
        text = text.strip()
        if len(text) > LONGEST_SLUG:
            raise click.UsageError(say.tell(Message("the slug has more than {limit} characters", limit=LONGEST_SLUG)))
        if not FileName.parse(file_name(1, text)).well_formed:
            raise click.UsageError(
                say.tell(Message("{slug} is no slug: use a-z, 0-9 and single hyphens, such as retail-sales", slug=text))
            )
        if text in taken:
            raise click.UsageError(say.tell(Message("the slug {slug} is taken", slug=text)))
        return text

    if slug is None:
        from target_registry.intake import naming

        proposed = naming.propose(sentence, taken, "target")
        if not asking:
            return proposed
        return output.ask(say.tell(Message("slug for the file's name, such as retail-sales")), proposed, valid)
    return valid(slug)


def _write(context: Context, plan: Plan, number: int | None, slug: str, data: dict[str, Any], *, dry_run: bool) -> int:
    """Judge the file as if it were there; write it only if nothing is wrong with it."""
    from target_registry.documents.writer import emit
    from target_registry.sources import transaction

    with nullcontext() if dry_run else transaction.exclusive(context.root) as writing:
        if taken := next((one for one in plan.targets if one.number == number), None):
            raise EnvironmentFault(
                Message(
                    "number {number} is taken by {path}; without --number it is the next free one",
                    number=number or 0,
                    path=taken.path,
                )
            )
        path = f"targets/{plan.id}/{file_name(number or _next(context.root, plan), slug)}"
        written = emit(data, "target", path)
        after = _judge(context, plan, path, written)
        if after is None:
            return 1
        if writing is None:
            output.write_bytes(log(written.decode()).encode())
            return 0
        writing.apply({path: written}, {path: None})
        output.written((path,))
    _tell(context.speech, path, data, after)
    return 0


def _next(root: Path, plan: Plan) -> int:
    """The number after a plan's last one, as its folder is now."""
    from target_registry.sources.worktree import Worktree

    folder = f"targets/{plan.id}"
    names = (posixpath.split(entry.path) for entry in Worktree(root).below(folder))
    own = (FileName.parse(name).number or 0 for where, name in names if where == folder and may_be_target(name))
    return max(own, default=0) + 1


def _judge(context: Context, plan: Plan, path: str, written: bytes) -> Plan | None:
    """The plan with the file in it; None, and the reasons are told, where the file is not in order."""
    from target_registry import reports
    from target_registry.checking import check
    from target_registry.load import load
    from target_registry.model import Level
    from target_registry.reports import text as findings_text
    from target_registry.sources.overlay import Overlay
    from target_registry.sources.worktree import Worktree

    say = context.speech
    after = Overlay(Worktree(context.root), {path: written})
    own = [finding for finding in check(after, first=plan.id).findings if finding.where.path == path]
    for finding in own:
        output.remark("\n".join(findings_text.lines(finding, say, reports.plain)) + "\n")
    if any(finding.level is Level.ERROR for finding in own):
        output.complain(say.tell(Message("nothing was written")))
        return None
    (changed,) = load(after, choose=lambda _: {plan.id}).registry.plans
    return changed


def _tell(say: Speech, path: str, data: dict[str, Any], plan: Plan) -> None:
    from target_registry.views.weights import difference, verdict

    output.write(terminal(say.tell(Message("written: {path}", path=path))) + "\n")
    if "measure" in data:
        measure = data["measure"]
        full = f"{measure['full_year']}{measure['unit']}" if "full_year" in measure else measure["reference"]
        figure = Message(
            "registered as measure: {indicator}, {aim} {figure}",
            indicator=measure["indicator"],
            aim=Term("aim", measure["aim"]),
            figure=full,
        )
        output.write(terminal(say.tell(figure)) + "\n")
    output.write(terminal(say.tell(Message("weights: {verdict}", verdict=verdict(plan, say)))) + "\n")
    if difference(plan):
        output.write(say.tell(Message("targets check fails until the weights of the plan add up")) + "\n")
