"""A change of many files, all or nothing, whatever happens in the middle of it.

New and old contents are kept in ``.targets-pending/`` first; then its journal takes its name in one
step, and from there on the change counts as begun: each file is put in place, the journal is
deleted, the folder goes. Without a journal the registry is as it was, or as it was to become. With
one, both contents of every file are still there, so that the change can be finished or undone, and
that as often as it is broken off itself. A folder that Git tracks is a stranger's, and is refused.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from target_registry import limits
from target_registry.model import Message
from target_registry.sources import EnvironmentFault, reason
from target_registry.sources.disk import Disk
from target_registry.sources.files import new_mode
from target_registry.sources.journal import Item, Journal, check_contents, read_journal, sum_of
from target_registry.sources.locks import undisturbed
from target_registry.sources.pending import DRAFT, JOURNAL, NEXT, PENDING, broken_off, check_folder
from target_registry.sources.places import bytes_at, check_paths, check_twins
from target_registry.sources.turns import clear, held

_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


class Pending(NamedTuple):
    """A change that was begun and not ended.

    Attributes:
        paths: every file of it, relative to the registry.
        written: those of them that are as they were to become.
    """

    paths: tuple[str, ...]
    written: tuple[str, ...]


class Writing:
    """A registry that no other command writes to meanwhile.

    Args:
        root: the registry's folder.
        folder: the locked one of a change; or why there can be none, as in a registry that can only be read.
        disk: makes the steps.
    """

    def __init__(self, root: Path, folder: Path | EnvironmentFault, disk: Disk) -> None:
        self._root = root
        self._folder = folder
        self._disk = disk

    def apply(self, files: Mapping[str, bytes | None], expected: Mapping[str, bytes | None]) -> None:
        """Write and delete files, all or none of them.

        Args:
            files: the new bytes by path, relative to the registry and with slashes; None deletes the file.
            expected: what stood in these files, and in others that the change depends on, when it was
                worked out; None where there was none.

        Raises:
            EnvironmentFault: nothing was written; or, where even going back failed, the message says how
                to finish or to go back.
            ValueError: it isn't said what was expected in a file that changes.
        """
        if missing := sorted(files.keys() - expected.keys()):
            raise ValueError(missing)
        check_paths([*files, *expected])
        if not files:
            return
        if isinstance(self._folder, EnvironmentFault):
            raise self._folder
        root, folder, disk = self._root, self._folder, self._disk
        try:
            clear(folder, disk)
            journal = _stage(root, folder, files, expected, disk)
            if journal.items:
                _commit(root, folder, journal, disk)
        except OSError as error:
            raise _fault(error, folder) from error


@contextmanager
def exclusive(root: Path, *, disk: Disk | None = None) -> Iterator[Writing]:
    """Let no other command write to a registry while this one works a change out and writes it.

    Others wait for a short time, and then say who is in the way. Where nothing can be written at all,
    that is told when something is to be.

    Args:
        root: the registry's folder.
        disk: makes the steps.

    Raises:
        EnvironmentFault: another command writes, or one was broken off.
    """
    disk = disk or Disk()
    folder = root / PENDING
    with ExitStack() as stack:
        refused = None
        try:
            stack.enter_context(held(root, disk))
        except OSError as error:
            refused = _fault(error, folder)
            if error.errno not in _READ_ONLY:
                raise refused from error
        if refused is None and os.path.lexists(folder / JOURNAL):
            raise broken_off()
        yield Writing(root, refused or folder, disk)


def apply(
    root: Path,
    files: Mapping[str, bytes | None],
    expected: Mapping[str, bytes | None],
    *,
    disk: Disk | None = None,
) -> None:
    """Write and delete files, all or none of them, as :meth:`Writing.apply` does."""
    with exclusive(root, disk=disk) as writing:
        writing.apply(files, expected)


def pending(root: Path) -> Pending | None:
    """The change that stands half done in a registry, if there is one.

    Raises:
        EnvironmentFault: what stands there is no such change, or a stranger's.
    """
    folder = root / PENDING
    if not os.path.lexists(folder / JOURNAL):
        return None
    check_folder(root)
    journal = read_journal(folder)
    written = tuple(item.path for item in journal.items if sum_of(bytes_at(root, item.path)) == item.new)
    return Pending(tuple(item.path for item in journal.items), written)


def finish(root: Path, *, disk: Disk | None = None) -> None:
    """Bring a change that was broken off to its end; without one, nothing happens.

    Raises:
        EnvironmentFault: it can't be done; the message says why.
    """
    _settle(root, "new", disk or Disk())


def undo(root: Path, *, disk: Disk | None = None) -> None:
    """Bring everything back to before a change that was broken off; without one, nothing happens.

    Raises:
        EnvironmentFault: it can't be done; the message says why.
    """
    _settle(root, "old", disk or Disk())


def _fault(error: OSError, folder: Path) -> EnvironmentFault:
    """One sentence about what the system refused."""
    path = error.filename2 or error.filename or folder
    return EnvironmentFault(Message("{path} can't be written: {reason}", path=str(path), reason=reason(error)))


def _stage(
    root: Path,
    folder: Path,
    files: Mapping[str, bytes | None],
    expected: Mapping[str, bytes | None],
    disk: Disk,
) -> Journal:
    """Keep the new and the old contents, and write the journal under a name that means nothing yet."""
    for path, before in expected.items():
        if bytes_at(root, path) != before:
            raise _in_the_meantime(path)
    changes = [(path, expected[path], data) for path, data in files.items() if data != expected[path]]
    items = tuple(Item(path, sum_of(old), sum_of(new)) for path, old, new in changes)
    made: dict[str, None] = {}
    listed: dict[Path, Mapping[str, str]] = {}
    device = folder.stat().st_dev
    for path, old, new in changes:
        if new is not None and len(new) > limits.EDITED_BYTES:
            raise EnvironmentFault(Message("{path} is larger than {limit} bytes", path=path, limit=limits.EDITED_BYTES))
        if old is None:
            check_twins(root, path, listed)
        parent = (root / path).parent
        while not parent.exists():
            made[parent.relative_to(root).as_posix()] = None
            parent = parent.parent
        if not os.access(parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(parent))
        if parent.stat().st_dev != device:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(parent))
    if not items:
        return Journal((), ())
    kept = []
    for number, (path, old, new) in enumerate(changes):
        mode = new_mode() if old is None else stat.S_IMODE((root / path).lstat().st_mode) & 0o777
        for side, data in (("old", old), ("new", new)):
            if data is not None:
                kept.append(folder / f"{side}-{number}")
                disk.write(kept[-1], data, mode)
    journal = Journal(items, tuple(sorted(made)))
    written = json.dumps(journal._asdict()).encode("ascii")
    if len(written) > limits.JOURNAL_BYTES:
        raise EnvironmentFault(Message("{path} is larger than {limit} bytes", path=JOURNAL, limit=limits.JOURNAL_BYTES))
    disk.write(folder / DRAFT, written, 0o600)
    kept.append(folder / DRAFT)
    disk.sync_files(kept)
    disk.sync(folder)
    return journal


def _in_the_meantime(path: str) -> EnvironmentFault:
    return EnvironmentFault(Message("{path} has changed in the meantime; nothing was written", path=path))


def _commit(root: Path, folder: Path, journal: Journal, disk: Disk) -> None:
    """Let the change count as begun, and carry it out; or go back where that fails.

    Raises:
        OSError: it failed, and everything is as it was.
        EnvironmentFault: the same; or even going back failed, and the message says what to do.
    """
    begun: list[int] = []
    with undisturbed():
        try:
            disk.replace(folder / DRAFT, folder / JOURNAL)
            disk.sync(folder)
            disk.sync(root)
            _carry_out(root, folder, journal, "new", disk, begun=begun)
        except BaseException as error:
            if os.path.lexists(folder / JOURNAL):
                try:
                    # The others are as they were, or what somebody made of them meanwhile.
                    _carry_out(root, folder, journal, "old", disk, only=begun)
                except (OSError, EnvironmentFault, _Changed) as worse:
                    raise broken_off() from worse
            if isinstance(error, _Changed):
                raise _in_the_meantime(error.path) from error
            raise


class _Changed(Exception):
    """A file of a change is neither what it was nor what it was to become.

    Args:
        path: the file's.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def _carry_out(
    root: Path,
    folder: Path,
    journal: Journal,
    side: str,
    disk: Disk,
    *,
    only: Sequence[int] | None = None,
    begun: list[int] | None = None,
) -> None:
    """Make files what one side says, then let the change be over.

    Args:
        root: the registry's folder.
        folder: the change's.
        journal: what changes.
        side: ``old`` or ``new``.
        disk: makes the steps.
        only: the places in the journal of the files that are looked at; None for all.
        begun: takes the place of each file in the moment before it is touched.

    Raises:
        _Changed: somebody else wrote to one of them.
    """
    items = [(number, item) for number, item in enumerate(journal.items) if only is None or number in only]
    states = [sum_of(bytes_at(root, item.path)) for _, item in items]
    for (_, item), state in zip(items, states, strict=True):
        if state not in (item.old, item.new):
            raise _Changed(item.path)
    touched: dict[Path, None] = {}
    for (number, item), state in zip(items, states, strict=True):
        place = root / item.path
        wanted = item.new if side == "new" else item.old
        touched |= dict.fromkeys(parent for parent in place.parents if parent == root or root in parent.parents)
        if state == wanted:
            continue
        if wanted is not None:
            for parent in reversed([parent for parent in place.parents if not parent.exists()]):
                disk.make_folder(parent)
            if os.path.lexists(folder / NEXT):
                disk.delete(folder / NEXT)
            disk.link(folder / f"{side}-{number}", folder / NEXT)
        if sum_of(bytes_at(root, item.path)) != state:  # saved by an editor since all of them were looked at
            raise _Changed(item.path)
        if begun is not None:
            begun.append(number)
        if wanted is None:
            disk.delete(place)
        else:
            disk.replace(folder / NEXT, place)
    if side == "old":
        for made in sorted(journal.folders, key=len, reverse=True):
            if (root / made).is_dir() and not os.listdir(root / made):
                disk.delete_folder(root / made)
    for parent in touched:
        if parent.is_dir():
            disk.sync(parent)
    disk.delete(folder / JOURNAL)


def _settle(root: Path, side: str, disk: Disk) -> None:
    if not os.path.lexists(root / PENDING):
        return
    folder = root / PENDING
    try:
        with held(root, disk):
            if os.path.lexists(folder / JOURNAL):
                journal = read_journal(folder)
                check_contents(folder, journal)
                with undisturbed():
                    _carry_out(root, folder, journal, side, disk)
    except _Changed as error:
        raise EnvironmentFault(
            Message(
                "{path} was changed after the writing was broken off; put it back with git, or delete {folder} "
                "to leave all files as they are",
                path=error.path,
                folder=str(folder),
            )
        ) from error
    except OSError as error:
        raise _fault(error, folder) from error
