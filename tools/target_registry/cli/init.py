"""``targets init DIR``: a registry for another department."""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from target_registry.cli import output
from target_registry.cli.context import Context
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.model import Message
from target_registry.sources import EnvironmentFault, reason

_FORGES = ("github", "gitea", "gitlab", "none")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "init",
        help=say(
            "Start a registry in DIR for a department: an empty plan, the schemas, settings of editors, and the "
            "workflows and templates of a forge. In a terminal it asks for what the options don't say.\n\n"
            "DIR is made if need be. Files that are there are never touched: if one is in the way, nothing is written."
        ),
    )
    @click.argument("folder", metavar="DIR")
    @click.option("--department", metavar=say("TEXT"), help=say("The department that fills in the form."))
    @click.option("--year", type=click.IntRange(1949, 2999), metavar="YEAR", help=say("The year; else this one."))
    @click.option("--title", metavar=say("TEXT"), help=say("The form's title; else made of year and department."))
    @click.option("--total", metavar="N", help=say("What all weights sum to; else 100."))
    @click.option(
        "--key-work",
        "works",
        multiple=True,
        metavar=say("TEXT"),
        help=say("A key work's title; give one for each, in order."),
    )
    @click.option(
        "--language",
        type=click.Choice(("zh", "en")),
        help=say("The form's language; else that of the department's name."),
    )
    @click.option("--forge", type=click.Choice(_FORGES), default="github", help=say("Where pull requests are made."))
    @click.pass_obj
    def init(
        context: Context,
        folder: str,
        department: str | None,
        year: int | None,
        title: str | None,
        total: str | None,
        works: tuple[str, ...],
        language: str | None,
        forge: str,
    ) -> int:
        from target_registry import starter

        answers = _Answers(say, language)
        root = context.base / folder
        _free(root, ())
        wish = answers.wish(department, year, title, total, works, "" if forge == "none" else forge)
        files = starter.files(wish)
        _free(root, files)
        _sound(files)
        _write(root, files)
        for path in files:
            output.write(terminal(path) + "\n")
        output.write(say.tell(Message("{n} files written; targets check accepts them", n=len(files))) + "\n")
        if wish.forge:
            told = Message("next: put your teams in the place of OWNER in CODEOWNERS, then git init and commit")
            output.write(say.tell(told) + "\n")
        return 0

    return init


class _Answers:
    """What the new registry is to be, from options first and questions second."""

    def __init__(self, say: Speech, language: str | None) -> None:
        self._say = say
        self._language = language
        self._asking = sys.stdin is not None and sys.stdin.isatty()
        self._missing: list[str] = []

    def wish(
        self,
        department: str | None,
        year: int | None,
        title: str | None,
        total: str | None,
        works: tuple[str, ...],
        forge: str,
    ) -> Any:
        """Everything, asked for where it has to be.

        Raises:
            EnvironmentFault: something is missing, and there is nobody to ask; or it can't be so.
        """
        from target_registry import starter
        from target_registry.intake import naming

        said = self._say
        department = self._text(
            department, Message("department, such as {example}", example="省商务厅"), "--department"
        )
        # Who names the department in Chinese files a Chinese form, whatever the terminal speaks.
        language = self._language or ("zh" if _CHINESE.search(department) else said.language)
        if year is None:
            this = date.today().year  # noqa: DTZ011  the year of the person who asks
            year = int(self._default(said.tell(Message("year")), str(this), click.IntRange(1949, 2999)))
        if title is None:
            made = (
                f"{department}: key works and performance targets {year}"
                if language == "en"
                else f"{year}年度{department}重点工作绩效目标填报表"
            )
            title = str(self._default(said.tell(Message("title of the form")), made))
        points = self._points(total)
        if not works and self._asking:
            works = self._works()
        if not works:
            self._missing.append("--key-work")
        if self._missing:
            raise EnvironmentFault(Message("missing: {options}", options=tuple(self._missing)))
        named: dict[str, str] = {}
        for work in works:
            named[naming.propose(work, named, "work")] = work.strip()
        return starter.Wish(department, year, title.strip(), language, points, tuple(named.items()), forge)

    def _points(self, total: str | None) -> Any:
        from target_registry import fields

        total = total if total is not None else str(self._default(self._say.tell(Message("sum of all weights")), "100"))
        try:
            value = fields.of_target()["weight"].read(total)
        except fields.Unreadable:
            value = None
        if not isinstance(value, int | Decimal) or isinstance(value, bool) or value <= 0:
            raise EnvironmentFault(Message("{total} is no sum of weights; write a number, such as 100", total=total))
        return value

    def _text(self, given: str | None, question: Message, option: str) -> str:
        if given is None and self._asking:
            given = str(click.prompt(self._say.tell(question), err=True))
        if given is None or not given.strip():
            self._missing.append(option)
            return ""
        return given.strip()

    def _default(self, question: str, value: str, kind: click.IntRange | None = None) -> Any:
        return click.prompt(question, default=value, type=kind, err=True) if self._asking else value

    def _works(self) -> tuple[str, ...]:
        found: list[str] = []
        while True:
            question = self._say.tell(Message("key work {n} (Enter ends the list)", n=len(found) + 1))
            answer = str(click.prompt(question, default="", show_default=False, err=True)).strip()
            if not answer and found:
                return tuple(found)
            if answer:
                found.append(answer)


def _free(root: Path, files: Any) -> None:
    """Make sure that nothing is in the way."""
    if root.exists() and not root.is_dir():
        raise EnvironmentFault(Message("{folder} is not a folder", folder=str(root)))
    if (root / "targets").exists():
        raise EnvironmentFault(
            Message(
                "{folder} is a registry already; targets rollover or targets import starts another plan in it",
                folder=str(root),
            )
        )
    for path in files:
        if os.path.lexists(root / path):
            raise EnvironmentFault(Message("{path} is there already; nothing was written", path=str(root / path)))


def _sound(files: dict[str, bytes]) -> None:
    """Judge the plan before it is written: what was answered may be what no plan takes."""
    from target_registry.documents import read
    from target_registry.limits import PLAN_BYTES
    from target_registry.schema import judge

    path, raw = list(files.items())[-1]
    document = read(path, raw, PLAN_BYTES)
    found = [*document.findings, *judge(document, "plan").findings]
    if found:
        raise EnvironmentFault(found[0].message)


def _write(root: Path, files: dict[str, bytes]) -> None:
    from target_registry.sources.worktree import make_folder, write

    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFault(
            Message("{path} can't be written: {reason}", path=str(root), reason=reason(error))
        ) from error
    for path, data in files.items():
        make_folder(root, (root / path).parent)
        write(root / path, data, new=True)
