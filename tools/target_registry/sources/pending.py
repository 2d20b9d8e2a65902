"""The folder in which a change of many files is kept while it is written, and what is said where it isn't in order."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from target_registry.model import Message
from target_registry.sources import EnvironmentFault, ReadError
from target_registry.sources.files import read_file

PENDING = ".targets-pending"
"""The folder, in the registry's, of a change of many files that is being written."""
JOURNAL = "journal.json"
"""The file in it that is there while the registry may be a mixture of old and new."""
LOCK = "lock"
DRAFT = "journal.tmp"
NEXT = "next"


def check_folder(root: Path) -> None:
    """The folder of a change is a plain folder, and none that came with the repository.

    Raises:
        EnvironmentFault: it isn't, or Git can't read the repository and so can't tell.
    """
    folder = root / PENDING
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise EnvironmentFault(
            Message(
                "{folder} is not a folder, so that no command here left it: see what it is, and delete it",
                folder=str(folder),
            )
        )
    try:
        is_committed = _is_committed(root)
    except EnvironmentFault as fault:
        raise EnvironmentFault(
            Message(
                "it can't be told whether {folder} came with the repository, so nothing is done with it: {reason}",
                folder=str(folder),
                reason=fault.message,
            )
        ) from fault
    if is_committed:
        raise EnvironmentFault(
            Message(
                "{folder} came with the repository, and nothing in it was left by a command here: "
                "delete it with git rm -r {name}",
                folder=str(folder),
                name=PENDING,
            )
        )


def _is_committed(root: Path) -> bool:
    """Whether Git has the folder of a change in the last commit or the index; no Git and no repository have none.

    Raises:
        EnvironmentFault: Git can't tell.
    """
    from target_registry.sources.git import Repository
    from target_registry.sources.pipes import homes
    from target_registry.sources.program import Program

    try:
        Program(root)
    except EnvironmentFault:  # it isn't installed
        return False
    if next(homes(root), None) is None:
        return False
    repository = Repository(root)
    try:
        return repository.has(PENDING)
    finally:
        repository.close()


def broken_off() -> EnvironmentFault:
    """A change stands half done, and nobody is writing it any more."""
    return EnvironmentFault(
        Message(
            "a change was broken off while it was written; finish it with targets import --finish, "
            "or go back with targets import --undo"
        )
    )


def busy(folder: Path) -> EnvironmentFault:
    """Another process is writing a change, with its number where that is known."""
    if not os.access(folder / LOCK, os.R_OK):
        return EnvironmentFault(
            Message(
                "somebody else's change of this registry is being written, or was broken off; "
                "let whoever made it end it"
            )
        )
    with suppress(ReadError):
        number = read_file(folder / LOCK, 32).strip()
        if number.isdigit() and len(number) < 12:
            return EnvironmentFault(
                Message(
                    "process {number} is writing to this registry; try again when it has ended",
                    number=number.decode("ascii"),
                )
            )
    return EnvironmentFault(Message("another process is writing to this registry; try again when it has ended"))


def damaged(folder: Path) -> EnvironmentFault:
    """What stands in the folder was left by no change, or is not all that a change leaves."""
    return EnvironmentFault(
        Message(
            "{folder} doesn't hold what a change leaves there; see with git status whether the files "
            "below targets are right, then delete it",
            folder=str(folder),
        )
    )
