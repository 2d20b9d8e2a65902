"""What a change writes down of itself before it begins: its files, by the sums of what they held and will hold.

A journal is also data that a stranger may have put there: it can name nothing but YAML files below ``targets/``, and
contents are only what its sums say.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import NamedTuple

from target_registry import limits
from target_registry.assembly import may_be_written
from target_registry.sources import EnvironmentFault, ReadError
from target_registry.sources.files import read_file
from target_registry.sources.names import folded
from target_registry.sources.pending import JOURNAL, busy, damaged
from target_registry.sources.places import limited


class Item(NamedTuple):
    """A file that changes: the sums of what it held and will hold, None where it isn't there."""

    path: str
    old: str | None
    new: str | None


class Journal(NamedTuple):
    """A change: its files, and the folders that it has to make."""

    items: tuple[Item, ...]
    folders: tuple[str, ...]


def sum_of(data: bytes | None) -> str | None:
    """What tells a file's bytes from others'; None where there is no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def read_journal(folder: Path) -> Journal:
    """The journal, if it is one.

    Raises:
        EnvironmentFault: it can't be read, or says what no journal says.
    """
    try:
        raw = read_file(folder / JOURNAL, limits.JOURNAL_BYTES)
        found = json.loads(raw) if _may_be_journal(raw) else None
    except ReadError as error:
        if not os.access(folder / JOURNAL, os.R_OK):
            raise busy(folder) from error
        raise damaged(folder) from error
    except (ValueError, RecursionError) as error:
        raise damaged(folder) from error
    if not isinstance(found, dict) or found.keys() != {"items", "folders"}:
        raise damaged(folder)
    listed, folders = found["items"], found["folders"]
    if not isinstance(listed, list) or not isinstance(folders, list) or not listed:
        raise damaged(folder)
    items = []
    for entry in listed:
        if not isinstance(entry, list) or len(entry) != 3:
            raise damaged(folder)
        path, old, new = entry
        if not isinstance(path, str) or not may_be_written(path) or not _is_sum(old) or not _is_sum(new) or old == new:
            raise damaged(folder)
        items.append(Item(path, old, new))
    above = {parent.as_posix() for item in items for parent in Path(item.path).parents}
    if len({folded(item.path) for item in items}) != len(items) or not all(
        isinstance(name, str) and name in above and name.startswith("targets/") for name in folders
    ):
        raise damaged(folder)
    return Journal(tuple(items), tuple(folders))


def _may_be_journal(raw: bytes) -> bool:
    """Whether bytes hold as few lists and values as a journal of that size does, told before they take memory."""
    if len(raw) > limits.JOURNAL_BYTES:
        return False
    return raw.count(b"[") <= 2 + len(raw) // _ITEM and raw.count(b",") <= 4 + len(raw) // _FOLDER


_ITEM = 80
"""Bytes of a file in a journal at the least: its path, and the sum of what it held or will hold."""
_FOLDER = 12
"""Bytes of a folder in it at the least."""


def _is_sum(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef"))


def check_contents(folder: Path, journal: Journal) -> None:
    """What is kept is what the journal says, all of it, before the first step.

    Raises:
        EnvironmentFault: it isn't.
    """
    for number, item in enumerate(journal.items):
        for side, wanted in (("old", item.old), ("new", item.new)):
            if wanted is None:
                continue
            name = f"{side}-{number}"
            try:
                kept = sum_of(limited(folder / name, name))
            except EnvironmentFault:
                kept = None
            if kept != wanted:
                raise damaged(folder)
