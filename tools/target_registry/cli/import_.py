"""``targets import FILE``: a form that people filled in, back into the registry as the smallest change."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from target_registry.cli import output
from target_registry.cli.choosing import LISTED, one_of, plan_id
from target_registry.cli.comparing import as_of_option
from target_registry.cli.context import Context
from target_registry.cli.options import option, whole
from target_registry.cli.showing import SENTENCES, width_option
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.model import Counted, Finding, Level, Message, Route
from target_registry.sources import EnvironmentFault
from target_registry.sources.worktree import Worktree

if TYPE_CHECKING:
    from target_registry.forms import Grid
    from target_registry.intake import Fault
    from target_registry.intake.edits import Intake, Wish
    from target_registry.intake.new_plan import NewPlan
    from target_registry.sources.overlay import Overlay
    from target_registry.sources.transaction import Writing
    from target_registry.verdicts import Change

_OLD = {"doc": "docx", "wps": "docx", "rtf": "docx", "odt": "docx", "xls": "xlsx", "et": "xlsx", "ods": "xlsx"}
"""What files of other kinds are to be saved as, by their endings."""


def command(say: Speech) -> click.Command:
    """Build the command in one language."""
    from target_registry import fields

    @click.command(
        "import",
        help=say(
            "Take a form that people filled in, .docx or .xlsx or what else targets export writes, back into the "
            "registry. The form's rows are compared with the plan's targets; only what differs changes, in as few "
            "lines as can be, and comments stay.\n\n"
            "Nothing is written without --write: first it shows what would change, by severity, as targets diff does. "
            "A cell that can't be understood is named with its place, and nothing is written.\n\n"
            "With --year, a form starts the plan of that year."
        ),
    )
    @click.argument("file", metavar="[" + say("FILE") + "]", required=False)
    @option("--into", metavar=say("PLAN"), help=say("The plan to change: its folder, such as targets/2018."))
    @option("--write", "writing", is_flag=True, help=say("Write what changes; without it, it is only shown."))
    @option("--remove-missing", is_flag=True, help=say("Give up the targets that the form lacks."))
    @option("--measures", is_flag=True, help=say("Let the figures of a measure follow the sentence that was edited."))
    @option(
        "--year", type=whole(*fields.years(), say), metavar=say("YEAR"), help=say("Start a new plan, of this year.")
    )
    @option("--title", metavar=say("TEXT"), help=say("The new plan's title; else what stands over the table."))
    @option(
        "--department", metavar=say("TEXT"), help=say("The new plan's department; else what the title has in brackets.")
    )
    @option("--finish", is_flag=True, help=say("Finish a change that was broken off while it was written."))
    @option("--undo", is_flag=True, help=say("Go back to before a change that was broken off."))
    @as_of_option(say)
    @width_option(say, SENTENCES)
    @click.pass_obj
    def import_(
        context: Context,
        file: str | None,
        into: str | None,
        writing: bool,
        remove_missing: bool,
        measures: bool,
        year: int | None,
        title: str | None,
        department: str | None,
        finish: bool,
        undo: bool,
        as_of: date | None,
        width: int | None,
    ) -> int:
        from target_registry.intake.edits import Wish
        from target_registry.intake.new_plan import NewPlan

        if finish or undo:
            return _complete(context, undo=undo, alone=file is None and finish != undo)
        if file is None:
            raise EnvironmentFault(Message("name the form: targets import FILE"))
        from target_registry.sources import transaction

        wish: Wish | NewPlan = Wish(remove_missing, measures)
        if year is not None:
            wish = NewPlan(_plan_id(into) if into else str(year), year, title or "", department or "")
        if not writing:
            return _Call(context, file, width, as_of, None).take(into, wish)
        root = context.root if year is None else context.any_root
        with transaction.exclusive(root) as held:
            return _Call(context, file, width, as_of, held).take(into, wish)

    return import_


def _plan_id(text: str) -> str:
    """A plan's folder below ``targets/`` as a person names it."""
    name = plan_id(text)
    if not name or name.startswith(("/", "..")) or name == ".":
        raise EnvironmentFault(Message("{text} is no plan; name a folder below targets/, such as 2018", text=text))
    return name


def _complete(context: Context, *, undo: bool, alone: bool) -> int:
    """Finish or undo what was broken off."""
    from target_registry.sources import transaction

    say, root = context.speech, context.any_root
    if not alone:
        raise EnvironmentFault(Message("--finish and --undo stand alone"))
    if transaction.pending(root) is None:
        raise EnvironmentFault(Message("no change was broken off here"))
    if undo:
        transaction.undo(root)
        output.written((root,))
        output.write(say.tell(Message("everything is as it was before the change")) + "\n")
    else:
        transaction.finish(root)
        output.written((root,))
        output.write(say.tell(Message("the change is finished")) + "\n")
    return 0


class _Call:
    """One form on its way in.

    Args:
        context: this call.
        file: the form's path.
        width: how wide the preview may be; None for the terminal's width.
        as_of: the day that decides whether a deadline has passed; None for today.
        writing: what writes the registry; None to write nothing.
    """

    def __init__(
        self, context: Context, file: str, width: int | None, as_of: date | None, writing: Writing | None
    ) -> None:
        self._writing = writing
        self._day = as_of or date.today()  # noqa: DTZ011  the day of the person who asks
        self._context = context
        self._say = context.speech
        self._file = file
        self._measures = False
        self._width = width or output.columns(SENTENCES)

    def take(self, into: str | None, wish: Wish | NewPlan) -> int:
        """Change the plan that is meant, or start one; give the exit code."""
        from target_registry.intake.edits import Wish

        return self._into_plan(into, wish) if isinstance(wish, Wish) else self._new_plan(wish)

    def _into_plan(self, into: str | None, wish: Wish) -> int:
        """Change a plan that is there."""
        from target_registry.intake import edits

        self._measures = wish.measures
        (plan,) = self._context.load(choose=lambda known: {_meant(known, into)}).registry.plans
        grids = self._grids()
        source = Worktree(self._context.root)
        return self._carry_out(source, edits.into_plan(grids, source, plan, wish), plan.id)

    def _new_plan(self, wanted: NewPlan) -> int:
        """Start a plan."""
        from target_registry import load
        from target_registry.intake.new_plan import new_plan
        from target_registry.inventory import Inventory

        root = self._context.any_root
        source = Worktree(root)
        listed = Inventory(source)
        known = {files.identity for files in listed.plans}
        if wanted.id in known:
            raise EnvironmentFault(
                Message(
                    "there is a plan {plan} already; without --year, its targets are changed; a form of another department "
                    "needs a folder of its own: --into targets/{year}/NAME",
                    plan=wanted.id,
                    year=wanted.year,
                )
            )
        grids = self._grids()
        plans = load.headers(source, listed)
        # One's own department's come first, and of these the nearest year.
        earlier = sorted(
            (plan for plan in plans if plan.year is not None and plan.year != wanted.year),
            key=lambda plan: (_behind_year(plan.id) != _behind_year(wanted.id), abs((plan.year or 0) - wanted.year)),
        )
        if earlier:
            earlier[:1] = load.load(source, choose=lambda _: {earlier[0].id}).registry.plans

        def reason(language: str) -> str:
            return Speech(language).tell(Message("the sum of the weights in the form that the plan was started from"))

        return self._carry_out(source, new_plan(grids, wanted, earlier, reason), wanted.id)

    def _grids(self) -> Sequence[Grid]:
        from target_registry import forms, limits
        from target_registry.sources import ReadError
        from target_registry.sources.files import read_file

        path = Path(self._file)
        ending = path.suffix.lower().removeprefix(".")
        if path.name.startswith(("~$", ".~")):
            raise EnvironmentFault(
                Message("{path} is what an office program leaves while a file is open", path=self._file)
            )
        if ending in _OLD:
            raise EnvironmentFault(
                Message(
                    "{path} is of a kind that can't be imported; save it as .{ending}",
                    path=self._file,
                    ending=_OLD[ending],
                )
            )
        if ending not in forms.READERS:
            known = tuple(f".{name}" for name in forms.READERS)
            raise EnvironmentFault(
                Message("{path} has none of the endings that can be read: {endings}", path=self._file, endings=known)
            )
        try:
            raw = read_file(path, max(limits.FORM_BYTES, limits.FORM_TEXT_BYTES), follow=True)
        except ReadError as error:
            raise EnvironmentFault(Message("{path} {reason}", path=self._file, reason=error.message)) from None
        try:
            return forms.reader(ending).read(raw)
        except forms.Unfit as unfit:
            told = Message("{path}: {reason}", path=self._file, reason=unfit.message)
            if unfit.hint is not None:
                told = Message("{told}; {hint}", told=told, hint=unfit.hint)
            raise EnvironmentFault(told) from None

    def _carry_out(self, source: Worktree, intake: Intake, plan: str) -> int:
        """Show what changes of a plan, and write it where that was asked for."""
        from target_registry.checking import check
        from target_registry.rules import ALL
        from target_registry.sources.overlay import Overlay

        self._faults(intake.faults)
        if intake.refused:
            return self._nothing()
        if not intake.files:
            told = (
                Message("the other cells say what the registry says; there is nothing to write")
                if any(fault.code == "target-missing" or fault.level is Level.WARNING for fault in intake.faults)
                else Message("the form says what the registry says; there is nothing to write")
            )
            output.write(self._say.tell(told) + "\n")
            return 0
        overlay = Overlay(source, intake.files)
        before, after = (check(side, first=plan).findings for side in (source, overlay))
        new = _news(before, after)
        if unsound := [finding for finding in new if finding.level is Level.ERROR and finding.code not in ALL]:
            self._findings(unsound, intake)
            return self._nothing()
        needs_records = self._preview(source, overlay)
        self._findings(new, intake)
        output.write(terminal(self._say.tell(_summary(intake))) + "\n")
        failed = sum(finding.level is Level.ERROR for finding in new)
        if failed:
            told = Counted(
                "targets check will find {n} error that isn't there now",
                "targets check will find {n} errors that aren't there now",
                failed,
            )
            output.write(self._say.tell(told) + "\n")
        if self._writing is None:
            output.write(self._say.tell(Message("nothing was written; --write writes it")) + "\n")
            return int(bool(failed))
        self._writing.apply(intake.files, intake.expected)
        output.written(intake.files)
        written = (
            Counted(
                "{n} file was changed; next: targets adjust, which writes the records, then commit",
                "{n} files were changed; next: targets adjust, which writes the records, then commit",
                len(intake.files),
            )
            if needs_records
            else Counted(
                "{n} file was changed; next: targets check, then commit",
                "{n} files were changed; next: targets check, then commit",
                len(intake.files),
            )
        )
        output.write(self._say.tell(written) + "\n")
        return int(bool(failed))

    def _nothing(self) -> int:
        output.complain(self._say.tell(Message("nothing was written")))
        return 1

    def _preview(self, source: Worktree, overlay: Overlay) -> bool:
        """Show what changes, as ``targets diff`` does; whether some of it needs a record."""
        from target_registry import limits
        from target_registry.reports import review as formats
        from target_registry.review import review
        from target_registry.snapshots import side_of

        name = posixpath.basename(self._file)
        found = review(side_of(source, self._day), side_of(overlay, self._day, name))
        look = formats.Look(self._width, self._context.style, most=limits.FORM_CHANGES)
        output.write(formats.load("text").render(found, self._say, look).text + "\n")
        self._stale(item.change for item in found.judged)
        return any(plan.proposal.uncovered for plan in found.plans)

    def _stale(self, changes: Iterable[Change]) -> None:
        """Say what only takes back what was committed: the form may be older than that."""
        from target_registry.cli.history import opened
        from target_registry.intake.stale import MOST, TooMany, taken_back
        from target_registry.views.history import SHOWN, day
        from target_registry.views.review import field_name

        with suppress(EnvironmentFault), opened(self._context, None) as past:  # without a repository nobody can tell
            try:
                found = [*taken_back(changes, past)]
            except TooMany:
                told = Message(
                    "more than {limit} targets change: whether the form takes a commit back wasn't looked for",
                    limit=MOST,
                )
                self._line(None, Level.INFO, told, Message("make sure that it was exported after the last change"))
                return
            for event, taken in found:
                values = tuple(
                    Message("{field} of target {number}", field=field_name(change), number=change.number)
                    if change.route
                    else Message("target {number} as a whole, which was deleted then", number=change.number)
                    for change in taken
                )
                told = Message(
                    "the form has in these cells what stood there until the commit {commit} of {date}, and would take it back: {values}",
                    commit=event.commit.id[:SHOWN],
                    date=day(event.commit.author.time),
                    values=values,
                )
                hint = Message(
                    "if nobody typed that and the form was exported before, export it anew and fill it in again"
                )
                self._line(None, Level.WARNING, told, hint)

    def _faults(self, faults: Sequence[Fault]) -> None:
        from target_registry import limits
        from target_registry.intake.grouping import grouped

        faults = grouped(faults)
        for fault in faults[: limits.FORM_FAULTS]:
            place = fault.place.told() if fault.place else None
            self._line(place, fault.level, fault.message, fault.hint)
        if (more := len(faults) - limits.FORM_FAULTS) > 0:
            told = Counted("and {n} fault more in the form", "and {n} faults more in the form", more)
            output.write(self._say.tell(told) + "\n")

    def _findings(self, findings: Iterable[Finding], intake: Intake) -> None:
        """Findings about the files as they would be, at the cells that they come from."""
        from target_registry import fields
        from target_registry.reports import text

        for finding in findings:
            row = intake.rows.get(finding.where.path)
            key = next((key for key in _columns(finding.where.route) if row and key in row.filled.cells), "")
            if row is None or not key:
                output.write("\n".join(text.lines(finding, self._say, self._context.style)) + "\n")
                continue
            hint = finding.hint
            if finding.code == "measure-contradicts-sentence" and not self._measures:
                hint = Message("correct the cell; or, if it is right, add --measures, and the measure follows it")
            place = row.filled.at(key, fields.heading(key, "zh")).told()
            self._line(place, finding.level, finding.message, hint, f"[{finding.code}]")

    def _line(
        self, place: Message | None, level: Level, message: Message, hint: Message | None, code: str = ""
    ) -> None:
        from target_registry.reports.text import LEVELS

        name = posixpath.basename(self._file)
        where = Message("{file}, {place}", file=name, place=place) if place else Message("{file}", file=name)
        style = self._context.style
        said = style(f"{self._say.tell(LEVELS[level])}{code}", level.value)
        output.write(f"{style(terminal(self._say.tell(where)), 'place')}: {said} {terminal(self._say.tell(message))}\n")
        if hint is not None:
            cure = terminal(self._say.tell(Message("cure: {hint}", hint=hint)))
            output.write(style(f"    {cure}", "hint") + "\n")


def _meant(known: Sequence[str], into: str | None) -> str:
    """The id of the plan that a form goes into.

    Args:
        known: the ids of all plans.
        into: the one that was named, or None.

    Raises:
        EnvironmentFault: there is no such plan, or there are several and none was named.
    """
    if into is not None and _plan_id(into) not in known and len(known) <= LISTED:
        names = tuple(known)
        raise EnvironmentFault(
            Message("there is no plan {name}; the plans are {plans}, and --year starts one", name=into, plans=names)
        )
    return one_of(known, into, "--into")


def _behind_year(identity: str) -> str:
    """What a plan's id says behind its year: commerce of 2018/commerce."""
    return identity.partition("/")[2]


def _columns(route: Route) -> Iterator[str]:
    """The columns to which a value belongs, the nearest first: a measure's figures come from the sentences."""
    if len(route) > 1 and route[0] in ("measure", "as_filed"):
        yield {"half_year": "half_year_target", "baseline": "remarks"}.get(str(route[1]), str(route[1]))
    yield from (str(step) for step in route[:1])
    yield "target"


def _summary(intake: Intake) -> Message:
    parts = (
        Counted("{n} target changes", "{n} targets change", intake.changed),
        Counted("{n} target is new", "{n} targets are new", intake.added),
        Counted("{n} target goes", "{n} targets go", intake.removed),
        Counted("{n} file changes", "{n} files change", len(intake.files)),
    )
    return Message("{parts}", parts=tuple(part for part in parts if part.n))


def _news(before: Iterable[Finding], now: Iterable[Finding]) -> list[Finding]:
    """Findings that weren't there before."""
    known = {_key(finding) for finding in before}
    return [finding for finding in now if _key(finding) not in known]


def _key(finding: Finding) -> tuple[object, ...]:
    """What a finding says of which target, whatever number that has."""
    where = finding.where._replace(path=_NUMBER.sub("/", finding.where.path))
    return finding.code, where, finding.message.text, repr(finding.message.values)


_NUMBER = re.compile(r"/[0-9]{2,4}-(?=[^/]*\Z)")
