"""What every command starts from: the registry's folder, the language, the loaded registry."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from target_registry.cli import output
from target_registry.cli.choosing import chosen_of
from target_registry.cli.options import option
from target_registry.language import Speech
from target_registry.model import Message, Name, Plan
from target_registry.sources import EnvironmentFault, Source
from target_registry.sources.names import in_git
from target_registry.sources.worktree import Worktree, find_registry

if TYPE_CHECKING:
    from target_registry.checking import Checked
    from target_registry.fields import Field
    from target_registry.load import Each, Loaded
    from target_registry.tables import Table

Made = TypeVar("Made")


class Context:
    """One call of the command.

    Args:
        folder: what ``-C`` named; None for the nearest registry at or above the working folder.
        speech: the language of this call.
        colour: as asked; None for colour on a terminal.

    Attributes:
        commit: the id of the revision that was read last; empty where that was the working tree.
    """

    def __init__(self, folder: str | None, speech: Speech, colour: bool | None) -> None:
        self.speech = speech
        self.style: Callable[[str, str], str] = output.style(colour)
        self._folder = folder
        self.commit = ""

    @property
    def base(self) -> Path:
        """The folder that paths on the command line start from: the one that ``-C`` names, as with git."""
        return Path.cwd() if self._folder is None else Path(self._folder)

    @property
    def root(self) -> Path:
        """The registry's folder."""
        if self._folder is not None:
            return find_registry(Path(self._folder), exact=True)
        return find_registry(Path.cwd(), exact=False)

    @property
    def any_root(self) -> Path:
        """The registry's folder, or the one that is to become one."""
        try:
            return self.root
        except EnvironmentFault:
            if not self.base.is_dir():
                raise
            return self.base.absolute()

    def source(self, rev: str | None) -> Source:
        """The working tree, or a revision."""
        if rev is None:
            return Worktree(self.root)
        from target_registry.sources.revision import Revision

        revision = Revision(self.root, rev)
        self.commit = revision.commit
        return revision

    def dated(self, table: Table, rev: str | None) -> Table:
        """A table that says of which revision it is, so that an old one can't pass for today's.

        People read what it says; csv, tsv and json hold rows alone.
        """
        if rev is None:
            return table
        stand = self.speech.tell(Message("as of {rev}, commit {commit}", rev=rev, commit=self.commit[:12]))
        return table._replace(note=f"{table.note}\n{stand}" if table.note else stand)

    def load(self, rev: str | None = None, choose: Callable[[Sequence[str]], Collection[str]] | None = None) -> Loaded:
        """Read the registry, or its state at a revision.

        Args:
            rev: the revision, or None for the working tree.
            choose: the plans to be read, of the ids of all; None for all.

        Raises:
            EnvironmentFault: there is nothing to show.
        """
        from target_registry.load import load

        source = self.source(rev)
        try:
            with output.progress(self.speech) as progress:
                loaded = load(source, progress, choose=choose)
        finally:
            source.close()
        if not loaded.registry.plans:
            self.complain_of_nothing(rev)
        return loaded

    def each(self, rev: str | None, wanted: str | None, make: Callable[[Plan, int], Made]) -> Each[Made]:
        """Make something of each plan, or of one, and let the plan go.

        Args:
            rev: the revision, or None for the working tree.
            wanted: the plan as it was named, or None for all.
            make: told the plan, and how many there are; pure, and what it makes can be pickled.

        Raises:
            EnvironmentFault: there is nothing to show, or no such plan.
        """
        from target_registry import load
        from target_registry.inventory import Inventory

        source = self.source(rev)
        try:
            listed = Inventory(source)
            if not listed.plans:
                self.complain_of_nothing(rev)
            named = chosen_of([files.identity for files in listed.plans], wanted)
            with output.progress(self.speech) as progress:
                return load.each(source, listed, frozenset(named), lambda plan: make(plan, len(named)), progress)
        finally:
            source.close()

    def check(self, rev: str | None = None, *, may_be_empty: bool = False, first: str = "") -> Checked:
        """Check the registry, or its state at a revision; files out of place are also something to report.

        Args:
            rev: the revision, or None for the working tree.
            may_be_empty: whether no plan at all is a result, too, as where it is compared with what there was.
            first: the id of the plan that is looked at in any case.

        Raises:
            EnvironmentFault: there is nothing to check.
        """
        from target_registry.checking import check

        source = self.source(rev)
        try:
            with output.progress(self.speech) as progress:
                checked = check(source, progress, first=first)
        finally:
            source.close()
        if not checked.plans and not checked.listed.strays and not may_be_empty:
            self.complain_of_nothing(rev)
        return checked

    def complain_of_nothing(self, rev: str | None) -> NoReturn:
        """Say that there is no plan.

        Raises:
            EnvironmentFault: in any case.
        """
        raise EnvironmentFault(
            Message("there is no plan in {folder} at {rev}", folder=str(self.root / "targets"), rev=rev)
            if rev
            else Message(
                "there is no plan in {folder}: a plan is a folder with a plan.yaml",
                folder=str(self.root / "targets"),
            )
        )

    def repository_prefix(self) -> str:
        """The way from the repository's top to the registry, with a slash at its end, or nothing."""
        root = self.root.resolve()
        for folder in (root, *root.parents):
            if (folder / ".git").exists():
                below = root.relative_to(folder).as_posix()
                return "" if below == "." else below + "/"
        return ""


def registry_path(path: str, root: Path, base: Path, *, must_exist: bool = True) -> str:
    """A path from a folder as one from the registry's, with slashes.

    Raises:
        EnvironmentFault: it isn't there, or lies outside.
    """
    if not path:  # as where a variable isn't set
        raise EnvironmentFault(Message("a path is empty; name a file or a folder, or none for all of them"))
    full = Path(os.path.abspath(Path(os.path.realpath(base), path)))  # a folder above a link is the one above its goal
    if must_exist and not os.path.lexists(full):
        raise EnvironmentFault(Message("there is no file or folder {path}", path=path))
    try:
        return in_git(Path(os.path.realpath(full.parent), full.name).relative_to(root.resolve()).as_posix())
    except ValueError:
        message = Message("{path} lies outside the registry {folder}", path=path, folder=str(root))
        raise EnvironmentFault(message) from None


def rev_option(say: Speech) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """``--rev REV``, which every command that reads takes."""
    return option("--rev", metavar=say("REV"), help=say("Read a Git revision instead of the working tree."))


def plan_option(say: Speech) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """``--plan PLAN``, for commands that can show one plan of several."""
    return option("--plan", metavar=say("PLAN"), help=say("Only this plan: its folder below targets/, such as 2018."))


def cell_value(plan: Plan, field: Field, text: str, choices: tuple[str, ...], works: tuple[str, ...]) -> Any:
    """What a person's words in a call mean in a field; a key work by any of its names.

    Args:
        plan: whose key works are meant.
        field: the field.
        text: what was written.
        choices: how to name the field's choices, where it has some, in an answer.
        works: how to name the plan's key works in an answer.

    Raises:
        EnvironmentFault: it means nothing there; the message says what would.
    """
    from target_registry import fields
    from target_registry.views import key_work_named

    if field.key == "key_work":
        if work := key_work_named(plan, text):
            return work.id
        if not plan.readable:
            raise EnvironmentFault(Message("{path} can't be read; run targets check on it", path=plan.path))
        raise EnvironmentFault(
            Message("there is no key work {id}; there are {ids}", id=text.strip(), ids=works)
            if works
            else Message("there is no key work {id}; the plan has none", id=text.strip())
        )
    try:
        return field.read(text)
    except fields.Unreadable:
        name = Name(field.key)
        raise EnvironmentFault(
            Message("{value} is no value of {field}; it takes {choices}", value=text, field=name, choices=choices)
            if choices
            else Message("{value} is no value of {field}, which takes numbers", value=text, field=name)
        ) from None
