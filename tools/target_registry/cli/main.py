"""The command ``targets``: its options, its language, and what it says when things go wrong."""

from __future__ import annotations

import errno
import gettext
import importlib
import keyword
import os
import sys
from collections.abc import Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, NoReturn

import click

from target_registry import __version__, language
from target_registry.cli import output, signals
from target_registry.cli.context import Context
from target_registry.cli.options import Option, option
from target_registry.cli.signals import Stopped
from target_registry.documents import Unwritable, peek
from target_registry.hanzi import has_chinese
from target_registry.language import LANGUAGES, Speech
from target_registry.model import Message
from target_registry.sources import EnvironmentFault, reason
from target_registry.sources.worktree import find_registry

COMMANDS = {
    "check": Message("Check every file: form, rules and weights."),
    "table": Message("Show the targets as the official form's table."),
    "weights": Message("Sum the weights, by key work, category and more."),
    "show": Message("Show one target with its findings."),
    "diff": Message("Show what changes between two revisions, the worst first."),
    "history": Message("Show every commit that changed a target, and who let it pass."),
    "blame": Message("Show which commit set each value of a target."),
    "adjust": Message("Write the adjustment record that one's changes need."),
    "export": Message("Write the official form as a Word, Excel or data file."),
    "import": Message("Take a filled-in form back into the registry."),
    "init": Message("Start a registry for another department."),
    "rollover": Message("Start next year's plan from this year's."),
    "rules": Message("Say what the checks look for, and why."),
    "fmt": Message("Write files in their canonical form; values stay as they are."),
    "new": Message("Make a new target file."),
}


_LAST_WORDS = "targets: 系统资源不足，无法继续运行（the system has too little left to go on）\n".encode()
"""The last message, for when even printing may fail."""
_NO_MEMORY = Message("there is too little memory; close other programs, or raise the limit with ulimit -v")
_COMPLETING = "_TARGETS_COMPLETE"
"""Set by a shell that asks what could stand next. Source: click's documentation on shell completion."""


def main() -> NoReturn:
    """Run the command of this process's arguments, and end the process.

    It ends at once: taking the interpreter apart piece by piece would make a person wait
    for nothing, since every file is closed and every output flushed by then.
    """
    try:
        code = signals.stoppable(_run)
    except Exception:  # also that nothing more could be said
        if "--debug" in sys.argv:
            raise
        os.write(2, _LAST_WORDS)
        code = 2
    os._exit(code)


def _run() -> int:
    output.take_over()
    code = run(sys.argv[1:])
    try:
        output.flush()
    except BrokenPipeError:
        return 141
    except OSError:
        return 2
    return code


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 fine, 1 findings, 2 the caller or the environment."""
    output.prepare()
    streams = sys.stdout, sys.stderr
    arguments, asked = _take_language(list(arguments))
    speech = Speech(_language(arguments, asked))
    language.adopt(speech.language)
    try:
        _check_language(asked)
        return _carried_out(arguments, speech)
    except EnvironmentFault as fault:
        output.complain(speech.tell(fault.message))
    except Unwritable as error:
        output.complain(speech.tell(error.message))
    except click.Abort as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            return 130  # in the middle of its work; only a question is sure to come before all writing
        output.complain(speech.tell(Message("stopped; nothing was written")))
        return error.__cause__.code if isinstance(error.__cause__, Stopped) else 130
    except click.NoSuchOption as error:
        misplaced = _BEFORE_COMMANDS.get(error.option_name)
        output.complain(speech.tell(misplaced) if misplaced else _told(error, speech) + _see_help(error, speech))
    except click.ClickException as error:
        output.complain(_told(error, speech) + _see_help(error, speech))
    except output.ReaderGone:
        output.silence()
        return 141  # as a program ended by SIGPIPE: the reader had enough
    except output.Unsaid as error:
        _complain_of_output(error, speech)
    except SystemExit:
        if sys.stdout is streams[0]:
            raise  # what a shell asked for while its user typed
        # click's way out where the reader of its own words has gone
        sys.stdout, sys.stderr = streams
        output.silence()
        return 141
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        signals.obey()
        if "--debug" in arguments:
            raise
        _complain_of_system(error, speech)
    except MemoryError:
        signals.obey()
        output.complain(speech.tell(_NO_MEMORY))
    except Exception as error:
        signals.obey()
        if "--debug" in arguments:
            raise
        message = Message(
            "internal error, {name}: this is a fault of the program; please report it with the output of --debug",
            name=type(error).__name__,
        )
        output.complain(speech.tell(message))
    return 2


class _Ended(Exception):
    """An ``EOFError`` that no question raised, such as that of a module which was cut off: click takes each for a person's.

    Args:
        error: the one that it was.
    """

    def __init__(self, error: EOFError) -> None:
        super().__init__()
        self.error = error


_BEFORE_COMMANDS = {
    "-C": Message("-C DIR goes before the command, as with git"),
    "--debug": Message("--debug goes before the command: targets --debug check"),
}
"""Options that every command has, and where they stand."""


def _check_language(asked: str | None) -> None:
    """Refuse a language that there isn't.

    Args:
        asked: what ``--lang`` names; None where it isn't there, so that the environment counts.
    """
    if asked == _NOTHING:
        raise EnvironmentFault(Message("--lang names no language; write --lang zh or --lang en"))
    named = os.environ.get(language.VARIABLE) if asked is None else asked
    if named and language.of_name(named) is None:
        raise EnvironmentFault(
            Message("there is no language {name}; choose zh or en", name=named)
            if asked is not None
            else Message(
                "{variable} names a language that there isn't, {name}; set it to zh or en",
                variable=language.VARIABLE,
                name=named,
            )
        )


def _carried_out(arguments: list[str], speech: Speech) -> int:
    """Run the command that is named; a call without one is told what it could have said."""
    if os.environ.get(_COMPLETING, "").endswith("_complete"):
        for name in ("COMP_WORDS", "COMP_CWORD"):
            if name not in os.environ:
                raise EnvironmentFault(Message("{name} isn't set, so nothing can be completed", name=name))
    counts = os.environ.get(_COMPLETING, "").startswith(("bash_", "zsh_"))  # fish gives the word itself there
    if counts and not os.environ.get("COMP_CWORD", "0").isdecimal():
        raise EnvironmentFault(Message("{name} is no number, so nothing can be completed", name="COMP_CWORD"))
    try:
        result = _command(speech).main(arguments, prog_name="targets", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as asked:
        output.write((asked.ctx.get_help() if asked.ctx else "") + "\n")
        return 2
    except _Ended as ended:
        raise ended.error from None
    return result if isinstance(result, int) else 0


def _complain_of_output(unsaid: output.Unsaid, speech: Speech) -> None:
    output.silence()
    why = reason(unsaid.error)
    message = (
        Message("the files are written, but what was to be said of it can't be: {reason}", reason=why)
        if unsaid.is_done
        else Message("the output can't be written: {reason}", reason=why)
    )
    output.complain(speech.tell(message))


def _complain_of_system(error: OSError, speech: Speech) -> None:
    if error.errno == errno.ENOSPC:
        output.silence()
    place = error.filename if isinstance(error.filename, str) else ""
    if error.errno == errno.ENOENT and not place and _is_nowhere():
        output.complain(speech.tell(Message("the folder that this was called in isn't there any more; go to another")))
        return
    message = (
        Message("{path}: {reason}", path=place, reason=reason(error))
        if place
        else Message("{text}", text=reason(error))
    )
    output.complain(speech.tell(message))


def _is_nowhere() -> bool:
    """Whether the working folder was deleted."""
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False


def _told(error: click.ClickException, speech: Speech) -> str:
    """What click says, with the full stop of the language: where it joins pieces, it sets its own."""
    said = error.format_message()
    if speech.language != "zh":
        return said
    return (said.removesuffix(".") + "。" if said.endswith(".") else said).replace("。 ", "。")


def _see_help(error: click.ClickException, speech: Speech) -> str:
    context = getattr(error, "ctx", None)
    if context is None:
        return ""
    return speech.tell(Message(" (see {command} --help)", command=context.command_path))


_NOTHING = "--"
"""Stands for the language that ``--lang`` at the end of a call doesn't name."""


def _take_language(arguments: list[str]) -> tuple[list[str], str | None]:
    """Take ``--lang`` out, wherever it stands: help texts are made in the language it names."""
    asked = None
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--lang":
            asked = next(words, _NOTHING)
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        else:
            rest.append(word)
    return rest, asked


def _language(arguments: Sequence[str], asked: str | None) -> str:
    """``--lang``, then the environment, then the first plan, then English."""
    return language.of_name(asked) or language.of_environment(os.environ) or _plan_language(arguments) or "en"


def _plan_language(arguments: Sequence[str]) -> str | None:
    folder = None
    for word, following in zip_longest(arguments, arguments[1:]):
        if word == "-C":
            folder = following
        elif word.startswith("-C"):
            folder = word.removeprefix("-C")
    try:
        root = find_registry(Path(folder or "."), exact=folder is not None)
        if (root / "targets").is_symlink():
            return None
        plan = _first_plan(root / "targets")
        if plan is not None:
            with plan.open("rb") as file:
                return peek.language(file.read(4096))
        return _language_of_targets(root / "targets")
    except (EnvironmentFault, OSError, ValueError):
        pass
    return None


def _language_of_targets(targets: Path) -> str | None:
    """Chinese where the first target's file holds some: its plan may be what is lost."""
    for year in sorted(os.listdir(targets)):
        folder = targets / year
        for name in sorted(os.listdir(folder)) if folder.is_dir() and not folder.is_symlink() else ():
            path = folder / name
            if name.endswith(".yaml") and path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    return "zh" if has_chinese(file.read(4096).decode("utf-8", "replace")) else None
    return None


def _first_plan(targets: Path) -> Path | None:
    """The plan of the first year's folder that has one, else of the first department's; no others are looked for."""
    years = sorted(os.listdir(targets))
    for name in chain(
        years,
        (
            f"{year}/{inner}"
            for year in years
            if (targets / year).is_dir()
            for inner in sorted(os.listdir(targets / year))
        ),
    ):
        folder = targets / name
        plan = folder / "plan.yaml"
        if not folder.is_symlink() and plan.is_file() and not plan.is_symlink():
            return plan
    return None


class _Commands(click.Group):
    """Commands imported when they are called, and listed without being imported."""

    def __init__(self, speech: Speech, **options: Any) -> None:
        super().__init__(**options)
        self._say = speech

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        module = importlib.import_module(f"target_registry.cli.{name}")
        command: click.Command = module.command(self._say)
        command.options_metavar = self._say("[OPTIONS]")
        _add_help(command, self._say)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except EOFError as error:
            raise _Ended(error) from None

    def get_help(self, ctx: click.Context) -> str:
        _lay_out(ctx)
        return super().get_help(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(gettext.gettext("Commands")):
            formatter.write_dl([(name, self._say.tell(text)) for name, text in COMMANDS.items()])


def _lay_out(context: click.Context) -> None:
    """Let help be laid out by its cells."""
    from target_registry.cli.helping import Formatter  # seldom

    context.formatter_class = Formatter


def _help(context: click.Context) -> str:
    _lay_out(context)
    return context.get_help()


def _add_help(command: click.Command, say: Speech) -> None:
    """Give a command ``--help``: click's own would read its whole catalogue before anyone asks for help."""

    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted and not context.resilient_parsing:
            output.write(_help(context) + "\n")
            context.exit()

    command.add_help_option = False
    told = say("Show this message and exit.")
    command.params.append(
        Option(["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, help=told, callback=show)
    )


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        output.write(f"targets {__version__}\n")
        context.exit()


def _command(say: Speech) -> click.Group:
    @click.group(
        cls=_Commands,
        speech=say,
        name="targets",
        help=say(
            "Performance targets as code: check, weigh and table the YAML files of a registry.\n\n"
            "A registry is a folder that holds targets/; without -C it is the nearest one at or above "
            "the working folder."
        ),
        epilog=say("Exit codes: 0 fine, 1 findings, 2 a mistake in the call or a fault of the system."),
        options_metavar=say("[OPTIONS]"),
        subcommand_metavar=say("COMMAND [ARGS]..."),
        context_settings={"max_content_width": 100},
    )
    @option("-C", "folder", metavar=say("DIR"), help=say("The registry's folder."))
    @option(
        "--lang",
        "_lang",
        type=click.Choice(LANGUAGES),
        help=say("The language to speak; else TARGETS_LANG, the locale, or the plan decides."),
    )
    @option("--color/--no-color", "colour", default=None, help=say("Colour, also where it isn't a terminal."))
    @option("--debug", is_flag=True, help=say("Show where a fault of the program happened."))
    @option(
        "--version",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_version,
        help=say("Show the version and exit."),
    )
    @click.pass_context
    def targets(context: click.Context, folder: str | None, _lang: str, colour: bool | None, debug: bool) -> None:
        context.obj = Context(folder, say, colour)

    _add_help(targets, say)
    return targets
