"""``targets table``: the plan as the official form's table, or summarised by a field."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from target_registry.cli import output
from target_registry.cli.context import Context, cell_value, plan_option, rev_option
from target_registry.cli.options import option, whole
from target_registry.escape import log
from target_registry.formats import FORMATS
from target_registry.language import Speech
from target_registry.model import Message, Name, Plan, Target
from target_registry.patterns import lazy
from target_registry.sources import EnvironmentFault

if TYPE_CHECKING:
    from target_registry import formats
    from target_registry.fields import Field

_FILED = ("csv", "tsv")
"""The form as it was filed goes to spreadsheets; what is counted goes everywhere else."""


def format_option(say: Speech) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """``--format``, for commands that show tables."""
    return option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="text",
        help=say("For the terminal, a comment, a browser, Excel (csv), pasting (tsv), or programs."),
    )


def width_option(say: Speech) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """``--width``, for commands that show tables in a terminal."""
    return option(
        "--width",
        type=whole(20, 1000, say),
        metavar="N",
        help=say("Columns of the text format; else what COLUMNS says, the terminal's, or 120 in a pipe."),
    )


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "table",
        help=say(
            "Show the targets as the official form's table, its columns in the form's order.\n\n"
            "FIELD is a key such as deadline_month or its heading on the form such as 完成时限."
        ),
    )
    @format_option(say)
    @option("--columns", metavar="FIELD,FIELD,...", help=say("Only these columns, in this order."))
    @option(
        "--where",
        "conditions",
        multiple=True,
        metavar="FIELD=VALUE",
        help=say(
            "Only targets with this value, or with !=, <, <=, >, >=, or ~ for a part of it; given several times, all must hold; an empty value finds blanks."
        ),
    )
    @option("--by", metavar="FIELD", help=say("Summarise: targets and points by this field."))
    @option(
        "--as-filed/--normalised",
        "as_filed",
        default=None,
        help=say("The form's own wording of normalised values, or the listed one; csv and tsv are as filed."),
    )
    @plan_option(say)
    @width_option(say)
    @rev_option(say)
    @click.pass_obj
    def table(
        context: Context,
        form: str,
        columns: str | None,
        conditions: tuple[str, ...],
        by: str | None,
        as_filed: bool | None,
        plan: str | None,
        width: int | None,
        rev: str | None,
    ) -> int:
        from target_registry import fields, formats
        from target_registry.views import form as form_view
        from target_registry.views import weights as weights_view

        wanted = _Conditions(conditions)
        grouping = None if by is None else _field(by)
        shown = [_field(name.strip()) for name in re.split("[,，、]", columns)] if columns else list(fields.form())
        filed = wording(form, as_filed)
        how, plainly = formats.load(form), look(context, width)

        def make(chosen: Plan, many: int) -> _Made:
            speech = say if form == "text" else Speech(chosen.language or say.language)
            if grouping is not None:
                view = weights_view.view(_only(chosen, wanted), [grouping], speech)._replace(note="")
            else:
                of_plan = [fields.of_row()["plan"]] if columns is None and many > 1 and form in _FILED else []
                view = form_view.view(
                    chosen,
                    [*of_plan, *shown],
                    speech.language,
                    as_filed=filed,
                    keep=partial(wanted.keep, chosen),
                    texts=form != "json",
                    records=form == "json",
                )
            piece = how.piece([context.dated(view, rev)], plainly)
            return _Made(bool(view.rows), wanted.unknown(chosen), chosen.language, piece)

        each = context.each(rev, plan, make)
        if each.made and all(made.unknown for made in each.made):
            raise EnvironmentFault(
                each.made[0].unknown
                if len(each.made) == 1 and each.made[0].unknown
                else Message("no plan has a key work called so: {conditions}", conditions=conditions)
            )
        if conditions and not any(made.any_rows for made in each.made):
            output.complain(say.tell(Message("no target meets the conditions")))
        languages = [made.language for made in each.made]
        show(context, how.whole([made.piece for made in each.made], look(context, width, languages)), form)
        return warn_of_errors(context, each.missing)

    return table


def wording(form: str, as_filed: bool | None) -> bool:
    """Whether cells are worded as they were filed.

    Args:
        form: the kind of output.
        as_filed: what the caller asks for; None for what is usual there.

    Raises:
        EnvironmentFault: json is asked for as it was filed, and has no wording at all.
    """
    if as_filed and form == "json":
        raise EnvironmentFault(
            Message("json holds values, with original wordings beside them under as_filed; leave out --as-filed")
        )
    return form in _FILED if as_filed is None else as_filed


class _Made(NamedTuple):
    """What is made of one plan.

    Attributes:
        any_rows: whether anything of it is shown.
        unknown: what it lacks that the conditions name.
        language: its own.
        piece: what the format makes of it.
    """

    any_rows: bool
    unknown: Message | None
    language: str | None
    piece: Any


_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
_WIDE_SIGNS = str.maketrans({"＝": "=", "＜": "<", "＞": ">", "≤": "<=", "≥": ">=", "！": "!", "≠": "!=", "～": "~"})
_CONDITION = lazy(r"([^=<>!~＝＜＞≤≥！≠～]*)([!！<＜>＞]?[=＝]|[<＜>＞≤≥≠~～])(.*)\Z", re.DOTALL)


class _Conditions:
    """What targets are asked for, each a field, a sign, a value as a person writes it.

    Args:
        conditions: each FIELD, a sign, VALUE.

    Raises:
        EnvironmentFault: one is none, or names no field.
    """

    def __init__(self, conditions: Sequence[str]) -> None:
        self._tests: list[tuple[Field, str, str]] = []
        self._known: dict[tuple[str, str, str], Any] = {}
        for condition in conditions:
            match = _CONDITION.match(condition)
            if match is None:
                raise EnvironmentFault(
                    Message(
                        "--where {condition} has no sign; write FIELD=VALUE, or !=, ~, <, <=, >, >=",
                        condition=condition,
                    )
                )
            field, sign = _field(match[1]), match[2].translate(_WIDE_SIGNS)
            if sign not in ("=", "!=", "~") and not field.numeric:
                raise EnvironmentFault(Message("{field} has no order; use =, != or ~", field=Name(field.key)))
            self._tests.append((field, sign, match[3].strip()))

    def keep(self, plan: Plan, target: Target) -> bool:
        """Whether a target meets all of them; a key work that its plan doesn't have is none of its own.

        Raises:
            EnvironmentFault: a value means nothing in its field.
        """
        from target_registry import fields

        for field, sign, text in self._tests:
            value = fields.of(target, field.key)
            if sign == "~":
                work = plan.key_work_by_id.get(str(value)) if field.key == "key_work" else None
                if fields.fold(text) not in fields.fold(work.title if work else field.render(value)):
                    return False
                continue
            wanted = self._value(plan, field, text)
            if isinstance(wanted, Message):
                if sign == "=":
                    return False
                continue
            if sign not in ("=", "!=") and (value is None or wanted is None):
                return False
            if not _SIGNS[sign](value, wanted):
                return False
        return True

    def unknown(self, plan: Plan) -> Message | None:
        """What is to be said of a key work that the plan doesn't have; None where it has all that are named."""
        for field, sign, text in self._tests:
            if field.key == "key_work" and sign != "~" and isinstance(said := self._value(plan, field, text), Message):
                return said
        return None

    def _value(self, plan: Plan, field: Field, text: str) -> Any:
        """A condition's value in a plan, found once; of a key work that the plan lacks, what is to be said of that."""
        asked = plan.id, field.key, text
        if asked not in self._known:
            try:
                self._known[asked] = _wanted(plan, field, text)
            except EnvironmentFault as fault:
                if field.key != "key_work":
                    raise
                self._known[asked] = fault.message
        return self._known[asked]


def _wanted(plan: Plan, field: Field, text: str) -> Any:
    """A condition's value as the field has it: named by label, key or number, a key work by any of its names."""
    if not text:
        return None
    choices = tuple(f"{choice} {label}" for choice, label in field.choices)
    return cell_value(plan, field, text, choices, tuple(work.id for work in plan.key_works))


def _field(name: str) -> Field:
    from target_registry import fields
    from target_registry.nearest import nearest

    found = fields.find(name.strip())
    if found is not None and found.kind != "group":
        return found
    known = [*fields.of_row(), *(f.key for f in fields.of_target().values() if f.kind != "group")]
    by_heading = {fields.heading(key, "zh"): key for key in known}
    close = nearest(name.strip(), known) or by_heading.get(nearest(name.strip(), by_heading) or "")
    raise EnvironmentFault(
        Message("there is no field {name}; did you mean {key}?", name=name, key=Name(close))
        if close
        else Message("there is no field {name}; the fields are {keys}", name=name, keys=tuple(map(Name, known)))
    )


def _only(plan: Plan, wanted: _Conditions) -> Plan:
    from dataclasses import replace

    return replace(plan, targets=tuple(target for target in plan.targets if wanted.keep(plan, target)))


def look(context: Context, width: int | None, languages: Iterable[str | None] = ()) -> formats.Look:
    """The terminal's width and colours; pipes get a width that reads well in a file.

    A document's language is that of its first plan that has one.
    """
    from target_registry import formats

    language = next(filter(None, languages), context.speech.language)
    return formats.Look(width or output.columns(120), context.style, language)


def show(context: Context, text: str, form: str) -> None:
    """Write a rendered table: to the terminal as text, otherwise as UTF-8."""
    if form == "text":
        output.write(text)
    else:
        # What is printed may end up in a runner's log; these two formats have no escapes of their own.
        shown = log(text) if form in ("csv", "tsv") else text
        output.write_bytes(shown.encode("utf-8", "backslashreplace"))


def warn_of_errors(context: Context, missing: int) -> int:
    """What a table owes its reader: to say that files could not be read whole, for so many reasons. 1 if so."""
    if not missing:
        return 0
    from target_registry.model import Counted

    output.complain(
        context.speech.tell(
            Counted(
                "{n} finding means that the table is not complete; run targets check",
                "{n} findings mean that the table is not complete; run targets check",
                missing,
            )
        )
    )
    return 1
