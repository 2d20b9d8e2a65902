"""``targets rules [CODE]``: what a check looks for, why, a bad and a good example."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from target_registry.cli import output
from target_registry.cli.context import Context
from target_registry.cli.options import option
from target_registry.cli.showing import look, width_option
from target_registry.language import Speech
from target_registry.manual import Manual
from target_registry.model import Level, Message
from target_registry.sources import EnvironmentFault
from target_registry.tables import Column, Row, Table

if TYPE_CHECKING:
    from target_registry.formats import Look


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "rules",
        help=say(
            "List what the checks look for; with CODE, say what that code means, why it matters, and show a bad "
            "and a good example."
        ),
    )
    @click.argument("code", metavar="[" + say("CODE") + "]", required=False)
    @option(
        "--format", "form", type=click.Choice(("text", "json")), default="text", help=say("For people or programs.")
    )
    @width_option(say)
    @click.pass_obj
    def rules(context: Context, code: str | None, form: str, width: int | None) -> int:
        from target_registry import codes, formats
        from target_registry import rules as judgements
        from target_registry.formats.json import dump

        manuals: dict[str, tuple[Level | None, Manual]] = {**codes.of_findings()}
        manuals |= {name: (None, manual) for name, manual in codes.of_changes().items()}
        if code is not None:
            code = code.strip("[] ").lower()
            if code not in manuals:
                raise EnvironmentFault(_unknown(code, tuple(manuals)))
        chosen = manuals if code is None else {code: manuals[code]}
        waivable = judgements.waivable()
        if form == "json":
            records = [_record(name, *chosen[name], name in waivable, say) for name in chosen]
            output.write_bytes(dump(records if code is None else records[0]).encode())
        elif code is None:
            output.write(formats.render("text", [_overview(chosen, set(waivable), say)], look(context, width)))
        else:
            level, manual = chosen[code]
            output.write(_page(code, level, manual, code in waivable, say, look(context, width)))
        return 0

    return rules


def _unknown(code: str, known: tuple[str, ...]) -> Message:
    from target_registry.nearest import nearest

    close = nearest(code, known)
    if close:
        return Message("there is no code {code}; did you mean {close}?", code=code, close=close)
    return Message("there is no code {code}; targets rules lists them", code=code)


def _level(level: Level | None, say: Speech) -> str:
    """What a finding's level is called; a change has none, for its severity depends on the plan and the day."""
    from target_registry.reports.text import LEVELS

    return say.tell(LEVELS[level]) if level else say.tell(Message("change"))


def _record(code: str, level: Level | None, manual: Manual, waivable: bool, say: Speech) -> dict[str, object]:
    return {
        "code": code,
        "level": level.value if level else "change",
        "waivable": waivable,
        "what": say(manual.what),
        "why": say(manual.why),
        "bad": say(manual.bad),
        "good": say(manual.good),
    }


def _overview(manuals: Mapping[str, tuple[Level | None, Manual]], waivable: set[str], say: Speech) -> Table:
    columns = tuple(
        Column(key, say.tell(heading))
        for key, heading in (("code", Message("code")), ("level", Message("level")), ("what", Message("meaning")))
    )
    from target_registry import codes

    approvals = [code for code in codes.of_approvals() if code in manuals]
    sections = (
        (say.tell(Message("rules about one target, which a plan can waive")), [c for c in manuals if c in waivable]),
        (
            say.tell(Message("rules about whole plans, and the reading of files: these can't be waived")),
            [c for c, (level, _) in manuals.items() if level and c not in waivable and c not in approvals],
        ),
        (say.tell(Message("what approval needs: targets check --base looks for it")), approvals),
        (
            say.tell(Message("changes: targets diff names them")),
            [c for c, (level, _) in manuals.items() if level is None],
        ),
    )
    rows = [
        Row((code, _level(manuals[code][0], say), say(manuals[code][1].what)), {}, heading)
        for heading, codes in sections
        for code in codes
    ]
    return Table(say.tell(Message("what targets check looks for")), columns, tuple(rows), Column("group", ""))


def _page(code: str, level: Level | None, manual: Manual, waivable: bool, say: Speech, look: Look) -> str:
    from target_registry.wrapping import wrap

    columns = min(look.width, 100)
    lines = [
        look.style(f"{_level(level, say)}[{code}]", level.value if level else "heading"),
        *wrap(say(manual.what), columns),
        "",
    ]
    lines += wrap(say(manual.why), columns)
    headings = (Message("before:"), Message("after:")) if manual.of_change else (Message("bad:"), Message("good:"))
    for heading, example in zip(headings, (manual.bad, manual.good), strict=True):
        lines += ["", say.tell(heading), textwrap.indent(say(example), "    ")]
    if waivable:
        lines += ["", *wrap(say.tell(Message("to waive it for one target, write into plan.yaml:")), columns)]
        reason = say.tell(Message("the reason, for those who approve and those who read it later"))
        slug = say.tell(Message("the target's slug"))
        example = f"waivers:\n  - rule: {code}\n    target: {slug}\n    reason: {reason}"
        lines.append(textwrap.indent(example, "    "))
    return "\n".join(lines) + "\n"
