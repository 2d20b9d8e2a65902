"""The paths of a registry that a change may touch, and what stands there."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from target_registry import limits
from target_registry.assembly import may_be_written
from target_registry.model import Message
from target_registry.sources import EnvironmentFault, ReadError, reason
from target_registry.sources.files import read_file
from target_registry.sources.names import folded


def check_paths(paths: Sequence[str]) -> None:
    """A change touches files of a registry only, and no two that some systems take for one.

    Raises:
        EnvironmentFault: one is no place for such a file, or two differ in capital letters only.
    """
    for path in paths:
        if not may_be_written(path):
            raise EnvironmentFault(Message("{path} is no place for a file of a registry", path=path))
    known: dict[str, str] = {}
    for path in paths:
        other = known.setdefault(folded(path), path)
        if other != path:
            raise _twin(path, other)


def check_twins(root: Path, path: str, listed: dict[Path, Mapping[str, str]]) -> None:
    """A new file's name, and its folders', are not those of others in another case.

    Args:
        root: the registry's folder.
        path: the new file, relative to it.
        listed: folders that were listed before, and what stands in them; is added to.

    Raises:
        EnvironmentFault: they are.
    """
    folder = root
    for part in path.split("/"):
        if folder not in listed:
            names = os.listdir(folder) if folder.is_dir() else []
            listed[folder] = {folded(name): name for name in names}
        there = listed[folder].get(folded(part), part)
        if there != part:
            raise _twin(path, (folder / there).relative_to(root).as_posix())
        folder /= part


def _twin(path: str, other: str) -> EnvironmentFault:
    return EnvironmentFault(
        Message(
            "{path} and {other} differ in capital letters only, and some computers take the two for one",
            path=path,
            other=other,
        )
    )


def bytes_at(root: Path, path: str) -> bytes | None:
    """What stands at a path of the registry; None where nothing does.

    Raises:
        EnvironmentFault: the way leads through a link, or it is no regular file, or too large.
    """
    full = root
    for part in path.split("/"):
        full /= part
        try:
            found = full.lstat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise EnvironmentFault(
                Message("{path} can't be read: {reason}", path=path, reason=reason(error))
            ) from error
        if full != root / path and (not stat.S_ISDIR(found.st_mode) or _is_junction(found)):
            raise EnvironmentFault(Message("{folder} is not a folder", folder=str(full)))
    if not stat.S_ISREG(found.st_mode):
        raise EnvironmentFault(Message("{path} is not a regular file", path=path))
    return limited(full, path)


def _is_junction(found: os.stat_result) -> bool:
    """Whether it is a folder of Windows that leads elsewhere."""
    return getattr(found, "st_reparse_tag", 0) == 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT


def limited(full: Path, path: str) -> bytes:
    """The bytes of a file that a change may hold.

    Args:
        full: where it is.
        path: its name for the message.

    Raises:
        EnvironmentFault: it can't be read, or is larger than such a file may be.
    """
    try:
        data = read_file(full, limits.EDITED_BYTES)
    except ReadError as error:
        raise EnvironmentFault(Message("{path} {why}", path=path, why=error.message)) from error
    if len(data) > limits.EDITED_BYTES:
        raise EnvironmentFault(Message("{path} is larger than {limit} bytes", path=path, limit=limits.EDITED_BYTES))
    return data
