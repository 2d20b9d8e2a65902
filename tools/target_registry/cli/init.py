"""``targets init DIR``: a registry for another department."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from target_registry import fields
from target_registry.cli import output
from target_registry.cli.context import Context
from target_registry.cli.options import option, whole
from target_registry.escape import terminal
from target_registry.hanzi import has_chinese
from target_registry.language import Speech
from target_registry.model import Counted, Message, Name, Plan, Registry
from target_registry.sources import EnvironmentFault
from target_registry.sources.atomic import write_new
from target_registry.sources.worktree import FOLDERS

if TYPE_CHECKING:
    from target_registry.starter import Wish

T = TypeVar("T")
_FORGES = ("github", "gitea", "gitlab", "none")


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
    @click.argument("folder", metavar=say("DIR"))
    @option("--department", metavar=say("TEXT"), help=say("The department that fills in the form."))
    @option("--year", type=whole(*fields.years(), say), metavar=say("YEAR"), help=say("The year; else this one."))
    @option("--title", metavar=say("TEXT"), help=say("The form's title; else made of year and department."))
    @option("--total", metavar=say("N"), help=say("What all weights sum to; else 100."))
    @option(
        "--key-work",
        "works",
        multiple=True,
        metavar=say("TEXT"),
        help=say("A key work's title; give one for each, in order."),
    )
    @option(
        "--language",
        type=click.Choice(("zh", "en")),
        help=say("The form's language; else that of the department's name."),
    )
    @option("--forge", type=click.Choice(_FORGES), help=say("Where pull requests are made; else github."))
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
        forge: str | None,
    ) -> int:
        from target_registry import starter

        root = _root(context.base, folder)
        wish = _Answers(say, language).wish(department, year, title, total, works, forge)
        files = starter.files(wish)
        write_new(root, files)
        output.written(files)
        for path in files:
            output.write(terminal(path) + "\n")
        told = Counted("{n} file written to {folder}", "{n} files written to {folder}", len(files), folder=folder)
        output.write(say.tell(told, terminal) + "\n")
        next_step = Message("README.md there says what comes next")
        output.write(say.tell(next_step) + "\n")
        return 0

    return init


class _Answers:
    """What the new registry is to be, from options first and questions second."""

    def __init__(self, say: Speech, language: str | None) -> None:
        self._say = say
        self._language = language
        self._asking = sys.stdin is not None and sys.stdin.isatty()

    def wish(
        self,
        department: str | None,
        year: int | None,
        title: str | None,
        total: str | None,
        works: tuple[str, ...],
        forge: str | None,
    ) -> Wish:
        """Everything, asked for where it has to be.

        Raises:
            EnvironmentFault: something is missing, and there is nobody to ask; or no plan takes it.
        """
        from target_registry import starter
        from target_registry.intake import naming

        missing = [
            option for option, given in (("--department", department), ("--key-work", works or None)) if given is None
        ]
        if missing and not self._asking:
            raise EnvironmentFault(Message("missing: {options}", options=tuple(missing)))
        example = Message("department, such as {example}", example="省商务厅")
        name = self._answer(department, example, "", lambda text: _sound("department", text))
        # Who names the department in Chinese files a Chinese form, whatever the terminal speaks.
        language = self._language or ("zh" if has_chinese(name) else self._say.language)
        this = str(date.today().year)  # noqa: DTZ011  the year of the person who asks
        year = year or self._answer(None, Message("year"), this, _year)
        made = (
            f"{year}年度{name}重点工作绩效目标填报表"
            if language == "zh"
            else f"Key works and performance targets {year}, {name}"
        )
        title = self._answer(title, Message("title of the form"), made, lambda text: _title(text, name, year))
        points = self._answer(total, Message("sum of all weights"), "100", _points)
        named: dict[str, str] = {}
        for work in self._works(works):
            named[naming.propose(work, named, "work")] = work
        place = Message("where pull requests are made: {choices}", choices=_FORGES)
        forge = self._answer(forge, place, _FORGES[0], _forge)
        wish = starter.Wish(name, year, title, language, points, tuple(named.items()), "" if forge == "none" else forge)
        if fault := _objection(starter.plan(wish)):
            raise EnvironmentFault(fault)
        return wish

    def _answer(self, given: str | None, question: Message, otherwise: str, read: Callable[[str], T]) -> T:
        """What an option says, or a person who is asked until it can be read, or what it is otherwise."""

        def value(text: str) -> T:
            try:
                return read(text)
            except EnvironmentFault as fault:
                raise click.UsageError(self._say.tell(fault.message, terminal)) from None

        if given is not None or not self._asking:
            return read(otherwise if given is None else given)
        return output.ask(self._say.tell(question), otherwise, value)

    def _works(self, given: tuple[str, ...]) -> list[str]:
        """The titles of the key works, without the numerals that stand before them on a form."""
        found: list[str] = []

        def read(text: str) -> str:
            if not text.strip() and found and not given:
                return ""
            if not text.strip():
                raise EnvironmentFault(Message("a form has one key work at least"))
            title = fields.parse_key_work(_sound("title", text))[1]
            if fields.fold(title) in map(fields.fold, found):
                raise EnvironmentFault(Message("the key work {title} is named twice", title=title))
            return title

        for text in given:
            found += [read(text)]
        while not given:
            question = Message("key work {n} (Enter ends the list)", n=len(found) + 1)
            if not (title := self._answer(None, question, "", read)):
                break
            found.append(title)
        return found


def _forge(text: str) -> str:
    """One of the forges, or none."""
    if text.strip().lower() not in _FORGES:
        raise EnvironmentFault(
            Message("there is no {name} to choose; choose one of {choices}", name=text, choices=_FORGES)
        )
    return text.strip().lower()


def _sound(key: str, text: str) -> str:
    """A text that the plan takes in the place of a key."""
    text = text.strip()
    if not text:
        raise EnvironmentFault(Message("{key} can't be blank", key=Name(key)))
    if fault := _objection({key: text}):
        raise EnvironmentFault(fault)
    return text


def _title(text: str, department: str, year: int) -> str:
    """A title that says nothing else than the plan does."""
    from target_registry.rules import title_mismatch

    title = _sound("title", text)
    values = {"title": title, "department": department, "year": year}
    plan = Plan(str(year), f"targets/{year}/plan.yaml", values, (), (), ())
    for finding in title_mismatch.check(Registry((plan,))):
        raise EnvironmentFault(finding.message)
    return title


def _year(text: str) -> int:
    digits = unicodedata.normalize("NFKC", text).strip().removesuffix("年")
    if not re.fullmatch(r"[0-9]{4}", digits) or _objection({"year": int(digits)}):
        raise EnvironmentFault(Message("{text} is no year; write four digits, such as 2019", text=text))
    return int(digits)


def _points(text: str) -> Any:
    try:
        value = fields.of_target()["weight"].read(text)
    except fields.Unreadable:
        value = None
    if value is None or _objection({"weight_rules": {"total": value}}):
        raise EnvironmentFault(Message("{total} is no sum of weights; write a number, such as 100", total=text))
    return value


def _objection(part: Mapping[str, Any]) -> Message | None:
    """What is wrong with some of a plan's keys, as the check would find it in the file."""
    from target_registry.documents import Unwritable, read
    from target_registry.documents.writer import emit
    from target_registry.limits import PLAN_BYTES
    from target_registry.schema import judge

    path = "targets/plan.yaml"
    try:
        document = read(path, emit(part, "plan", path), PLAN_BYTES)
    except Unwritable as error:
        return error.message
    judged = judge(document, "plan").findings
    found = [
        *document.findings,
        *(finding for finding in judged if finding.where.route[:1] and finding.where.route[0] in part),
    ]
    return found[0].message if found else None


def _root(base: Path, folder: str) -> Path:
    """Where the registry is to be: a folder that is none yet and that lies in none.

    Raises:
        EnvironmentFault: it can't be there.
    """
    root = Path(os.path.abspath(base / folder))
    if root.exists() and not root.is_dir():
        raise EnvironmentFault(Message("{folder} is not a folder", folder=folder))
    if os.path.lexists(root / "targets") and not _is_empty(root / "targets"):
        raise EnvironmentFault(
            Message(
                "{folder} is a registry already; targets rollover or targets import starts another plan in it",
                folder=folder,
            )
        )
    real = Path(os.path.realpath(root))
    if real.name == "targets":
        raise EnvironmentFault(
            Message(
                "name the folder something else than targets, which is the name of a folder that every registry has"
            )
        )
    for above in (real, *real.parents):
        if above.name in FOLDERS and (above.parent / "targets").is_dir():
            raise EnvironmentFault(
                Message("{folder} lies among the files of the registry {root}", folder=folder, root=str(above.parent))
            )
    return root


def _is_empty(folder: Path) -> bool:
    """Whether it is a folder in which no file is: all that is left of a registry whose making was broken off."""
    return folder.is_dir() and not folder.is_symlink() and not any(files for _, _, files in os.walk(folder))
