"""``targets fmt``: files in their canonical form; values stay as they are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from target_registry.assembly import YAML, may_be_written
from target_registry.cli import output
from target_registry.cli.context import Context, registry_path
from target_registry.cli.options import option
from target_registry.cli.paths import with_folders
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.model import Counted, Message
from target_registry.sources import EnvironmentFault, Kind, ReadError

if TYPE_CHECKING:
    from target_registry.sources.transaction import Writing
    from target_registry.sources.worktree import Worktree

_AT_ONCE = 64 * 1024 * 1024
"""Bytes that are held to be written together."""


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "fmt",
        help=say(
            "Write the registry's files, or only PATHs, in their canonical form: keys in the schema's order, "
            "quotes only where needed, comments kept, values unchanged. Files with faults as YAML are left alone.\n\n"
            "Exit code 1 if a file was left alone, or, with --check, would change."
        ),
    )
    @click.argument("paths", metavar="[" + say("PATH") + "]...", nargs=-1)
    @option("--check", "dry", is_flag=True, help=say("Write nothing; only list the files that would change."))
    @click.pass_obj
    def fmt(context: Context, paths: tuple[str, ...], dry: bool) -> int:
        from target_registry.sources import transaction
        from target_registry.sources.worktree import Worktree

        source = Worktree(context.root)
        chosen = [registry_path(path, source.root, context.base) for path in paths]
        if dry:
            return _Run(context, source, None).format(chosen)
        with transaction.exclusive(source.root) as writing:
            return _Run(context, source, writing).format(chosen)

    return fmt


def _is_asked_for(path: str, chosen: frozenset[str]) -> bool:
    """Whether a path is one of some, or below one; all are where none is named."""
    return not chosen or not chosen.isdisjoint(with_folders(path))


class _Run:
    """Files on their way to their canonical form.

    Args:
        context: this call.
        source: the registry's files.
        writing: what writes them; None to write nothing.
    """

    def __init__(self, context: Context, source: Worktree, writing: Writing | None) -> None:
        self._say = context.speech
        self._source = source
        self._writing = writing
        self._files: dict[str, bytes | None] = {}
        self._before: dict[str, bytes | None] = {}
        self._size = 0
        self._changed = 0

    def format(self, chosen: Sequence[str]) -> int:
        """Format the files at and below some paths, or all; give the exit code."""
        from target_registry.documents.writer import Unformattable, canonical, is_canonical

        entries = list(self._source.entries())
        wanted = frozenset(chosen)
        above = {folder for path in wanted for folder in with_folders(path)} - wanted
        with_schema = any(entry.path == "schema/target.schema.json" for entry in entries)
        files = [
            entry
            for entry in entries
            if entry.path.startswith("targets/") and entry.path.endswith(YAML) and _is_asked_for(entry.path, wanted)
        ]
        sealed = [
            entry.path
            for entry in entries
            if entry.kind in (Kind.SEALED, Kind.DEEP)
            and entry.path.startswith("targets")
            and (entry.path in above or _is_asked_for(entry.path, wanted))
        ]
        if not files and not sealed:
            raise EnvironmentFault(Message("there are no YAML files below targets/ to format"))
        alone = sealed
        with output.progress(self._say) as progress:
            for number, entry in enumerate(files):
                if progress is not None:
                    progress(number, len(files))
                name, limit = _schema_of(entry.path)
                try:
                    if entry.kind is not Kind.FILE or not may_be_written(entry.path):
                        raise ReadError(Message("is not a regular file"))
                    raw = self._source.read(entry.path, limit)
                    if with_schema and is_canonical(entry.path, raw, name, limit):
                        continue
                    new = canonical(entry.path, raw, name, limit, with_modeline=with_schema)
                except (Unformattable, ReadError):
                    alone.append(entry.path)
                    continue
                if new != raw:
                    self._put(entry.path, raw, new)
        for path in alone:
            output.complain(self._say.tell(Message("{path} is left alone: run targets check on it", path=path)))
        self._put_in_place()
        checked = Counted("{n} file looked at", "{n} files looked at", len(files))
        moved = (
            Counted("{n} would change", "{n} would change", self._changed)
            if self._writing is None
            else Counted("{n} changed", "{n} changed", self._changed)
        )
        output.write(self._say.tell(Message("{checked}, {moved}", checked=checked, moved=moved)) + "\n")
        return int(bool(alone) or (self._writing is None and bool(self._changed)))

    def _put(self, path: str, before: bytes, new: bytes) -> None:
        self._files[path], self._before[path] = new, before
        self._size += len(before) + len(new)
        self._changed += 1
        if self._size > _AT_ONCE:
            self._put_in_place()

    def _put_in_place(self) -> None:
        """Write what is held, all of it or nothing; a file says the same before and after."""
        if self._writing is not None:
            self._writing.apply(self._files, self._before)
            output.written(self._files)
        for path in self._files:
            told = (
                Message("would change: {path}", path=path)
                if self._writing is None
                else Message("changed: {path}", path=path)
            )
            output.write(terminal(self._say.tell(told)) + "\n")
        self._files, self._before, self._size = {}, {}, 0


def _schema_of(path: str) -> tuple[str, int]:
    """A file's schema, by where it lies and what it is called, and how many bytes it may have."""
    from target_registry import limits
    from target_registry.assembly import record_place

    if record_place(path):
        return "adjustment", limits.ADJUSTMENT_BYTES
    if os.path.basename(path).startswith("plan."):
        return "plan", limits.PLAN_BYTES
    return "target", limits.TARGET_BYTES
