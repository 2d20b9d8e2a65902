"""``targets fmt``: files in their canonical form; values stay as they are."""

from __future__ import annotations

import os
from pathlib import Path

import click

from target_registry.cli import output
from target_registry.cli.context import Context, registry_path
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.model import Counted, Message
from target_registry.sources import EnvironmentFault, Kind, ReadError


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
    @click.option("--check", "dry", is_flag=True, help=say("Write nothing; only list the files that would change."))
    @click.pass_obj
    def fmt(context: Context, paths: tuple[str, ...], dry: bool) -> int:
        from target_registry.documents.writer import Unformattable, canonical
        from target_registry.sources.worktree import Worktree, write

        root = context.root
        source = Worktree(root)
        entries = list(source.entries())
        chosen = [registry_path(path, root, context.base) for path in paths]
        with_schema = any(entry.path == "schema/target.schema.json" for entry in entries)
        files = [
            entry
            for entry in entries
            if entry.path.startswith("targets/")
            and entry.path.endswith((".yaml", ".yml"))
            and (not chosen or any(c in (".", entry.path) or entry.path.startswith(c + "/") for c in chosen))
        ]
        if not files:
            raise EnvironmentFault(Message("there are no YAML files below targets/ to format"))
        changed = left = 0
        for entry in files:
            name, limit = _schema_of(entry.path)
            try:
                if entry.kind is not Kind.FILE:
                    raise ReadError(Message("is not a regular file"))
                raw = source.read(entry.path, limit)
                new = canonical(entry.path, raw, name, limit, with_modeline=with_schema)
            except (Unformattable, ReadError):
                left += 1
                output.complain(say.tell(Message("{path} is left alone: run targets check on it", path=entry.path)))
                continue
            if new == raw:
                continue
            changed += 1
            if not dry:
                write(Path(root, entry.path), new)
            verb = (
                Message("would change: {path}", path=entry.path) if dry else Message("changed: {path}", path=entry.path)
            )
            output.write(terminal(say.tell(verb)) + "\n")
        checked = Counted("{n} file looked at", "{n} files looked at", len(files))
        moved = (
            Counted("{n} would change", "{n} would change", changed)
            if dry
            else Counted("{n} changed", "{n} changed", changed)
        )
        output.write(say.tell(Message("{checked}, {moved}", checked=checked, moved=moved)) + "\n")
        return int(bool(left) or (dry and bool(changed)))

    return fmt


def _schema_of(path: str) -> tuple[str, int]:
    """A file's schema, by where it lies and what it is called, and how many bytes it may have."""
    from target_registry import limits
    from target_registry.assembly import record_place

    if record_place(path):
        return "adjustment", limits.ADJUSTMENT_BYTES
    if os.path.basename(path).startswith("plan."):
        return "plan", limits.PLAN_BYTES
    return "target", limits.TARGET_BYTES
