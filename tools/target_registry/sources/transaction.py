"""A change of many files, all or nothing, whatever happens in the middle of it.

New and old contents are kept in ``.targets-pending/`` first; then its journal takes its name in one
step, and from there on the change counts as begun: each file is put in place, the journal is
deleted, the folder goes. Without a journal the registry is as it was, or as it was to become. With
one, both contents of every file are still there, so that the change can be finished or undone, and
that as often as it is broken off itself.

A journal is also data that a stranger may have put there: it can name nothing but YAML files below
``targets/``, contents are only what its sums say, and one that Git tracks is refused.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from target_registry import limits
from target_registry.assembly import may_be_written
from target_registry.model import Message
from target_registry.sources import EnvironmentFault, ReadError, reason
from target_registry.sources.locks import lock, undisturbed
from target_registry.sources.worktree import JOURNAL, PENDING, fill, new_mode, read_file, sync_folder

_LOCK = "lock"
_DRAFT = "journal.tmp"
_NEXT = "next"
_TRIES = 50
_WAITING = 16
_TOGETHER = 16 * _WAITING
_PATIENCE = 3.0
"""Seconds to wait for another process that writes, before it is told who is in the way."""
_PAUSE = 0.02
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


class Pending(NamedTuple):
    """A change that was begun and not ended.

    Attributes:
        paths: every file of it, relative to the registry.
        written: those of them that are as they were to become.
    """

    paths: tuple[str, ...]
    written: tuple[str, ...]


class Disk:
    """The steps that change what is on the disk, one method each, so that a test can stop before any of them."""

    def make_folder(self, folder: Path) -> None:
        """Make a folder."""
        folder.mkdir()

    def write(self, path: Path, data: bytes, mode: int) -> None:
        """Write a new file."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o600)
        try:
            fill(handle, data)
        finally:
            os.close(handle)
        os.chmod(path, mode)

    def sync_files(self, paths: Sequence[Path]) -> None:
        """Let files reach the disk; many at once, since each waits for the disk and hardly for anything else.

        A signal waits for those that are under way: one that comes to a thread's beginning or end can leave
        this process waiting for that thread for ever.
        """
        for start in range(0, len(paths), _TOGETHER):
            part = paths[start : start + _TOGETHER]
            with undisturbed():
                try:
                    with ThreadPoolExecutor(_WAITING) as pool:
                        for _ in pool.map(_sync_file, part):
                            pass
                except RuntimeError:  # no more threads are to be had
                    for path in part:
                        _sync_file(path)

    def link(self, path: Path, other: Path) -> None:
        """Give a file a second name, where the file system knows such; else copy it."""
        try:
            os.link(path, other, follow_symlinks=False)
        except (OSError, NotImplementedError):
            self.write(other, path.read_bytes(), stat.S_IMODE(path.lstat().st_mode))
            _sync_file(other)

    def replace(self, path: Path, other: Path) -> None:
        """Move a file to a name, over what is there."""
        os.replace(path, other)

    def delete(self, path: Path) -> None:
        """Delete a file."""
        path.unlink()

    def delete_folder(self, folder: Path) -> None:
        """Delete an empty folder."""
        folder.rmdir()

    def sync(self, folder: Path) -> None:
        """Let a folder's entries reach the disk."""
        sync_folder(folder)


def _sync_file(path: Path) -> None:
    # Windows flushes only what is open to be written.
    handle = os.open(path, (os.O_RDWR if os.name == "nt" else os.O_RDONLY) | getattr(os, "O_NOFOLLOW", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Item(NamedTuple):
    """A file that changes: the sums of what it held and will hold, None where it isn't there."""

    path: str
    old: str | None
    new: str | None


class _Journal(NamedTuple):
    """A change: its files, and the folders that it has to make."""

    items: tuple[_Item, ...]
    folders: tuple[str, ...]


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
        _check_paths([*files, *expected])
        if not files:
            return
        if isinstance(self._folder, EnvironmentFault):
            raise self._folder
        root, folder, disk = self._root, self._folder, self._disk
        try:
            _clear(folder, disk)
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
            stack.enter_context(_held(root, disk))
        except OSError as error:
            refused = _fault(error, folder)
            if error.errno not in _READ_ONLY:
                raise refused from error
        if refused is None and os.path.lexists(folder / JOURNAL):
            raise _broken_off()
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
    _check_folder(root)
    journal = _read_journal(folder)
    written = tuple(item.path for item in journal.items if _sum(_bytes(root, item.path)) == item.new)
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


def unfinished(root: Path) -> EnvironmentFault | None:
    """Why a registry that had a journal can't be read now; None where that has come to its end.

    A change that is being written is waited for, for a short time.
    """
    folder = root / PENDING
    end = time.monotonic() + _PATIENCE
    while os.path.lexists(folder / JOURNAL):
        try:
            _check_folder(root)
        except EnvironmentFault as fault:
            return fault
        except FileNotFoundError:
            continue
        if not _is_being_written(folder):
            # It may just have come to its end.
            return _broken_off() if os.path.lexists(folder / JOURNAL) else None
        if time.monotonic() > end:
            return _busy(folder)
        time.sleep(_PAUSE)
    return None


def _broken_off() -> EnvironmentFault:
    return EnvironmentFault(
        Message(
            "a change was broken off while it was written; finish it with targets import --finish, "
            "or go back with targets import --undo"
        )
    )


def _busy(folder: Path) -> EnvironmentFault:
    if not os.access(folder / _LOCK, os.R_OK):
        return EnvironmentFault(
            Message(
                "somebody else's change of this registry is being written, or was broken off; "
                "let whoever made it end it"
            )
        )
    with suppress(ReadError):
        number = read_file(folder / _LOCK, 32).strip()
        if number.isdigit() and len(number) < 12:
            return EnvironmentFault(
                Message(
                    "process {number} is writing to this registry; try again when it has ended",
                    number=number.decode("ascii"),
                )
            )
    return EnvironmentFault(Message("another process is writing to this registry; try again when it has ended"))


def _damaged(folder: Path) -> EnvironmentFault:
    return EnvironmentFault(
        Message(
            "{folder} doesn't hold what a change leaves there; see with git status whether the files "
            "below targets are right, then delete it",
            folder=str(folder),
        )
    )


def _fault(error: OSError, folder: Path) -> EnvironmentFault:
    """One sentence about what the system refused."""
    path = error.filename2 or error.filename or folder
    return EnvironmentFault(Message("{path} can't be written: {reason}", path=str(path), reason=reason(error)))


# What a path may be, and what stands there


def _check_paths(paths: Sequence[str]) -> None:
    for path in paths:
        if not may_be_written(path):
            raise EnvironmentFault(Message("{path} is no place for a file of a registry", path=path))
    folded: dict[str, str] = {}
    for path in paths:
        other = folded.setdefault(_folded(path), path)
        if other != path:
            raise _twin(path, other)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _twin(path: str, other: str) -> EnvironmentFault:
    return EnvironmentFault(
        Message(
            "{path} and {other} differ in capital letters only, and some computers take the two for one",
            path=path,
            other=other,
        )
    )


def _check_folder(root: Path) -> None:
    """The folder of a change is a plain folder, and none that came with the repository.

    Raises:
        EnvironmentFault: it isn't.
    """
    folder = root / PENDING
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise EnvironmentFault(Message("{folder} is not a folder", folder=str(folder)))
    from target_registry.sources.git import Repository

    try:
        tracked = Repository(root).ask("ls-files", "-z", "--", f":(icase,literal){PENDING}")
    except EnvironmentFault:  # no Git, no repository
        return
    if tracked:
        raise EnvironmentFault(
            Message(
                "{folder} came with the repository, and nothing in it was left by a command here: "
                "delete it with git rm -r {name}",
                folder=str(folder),
                name=PENDING,
            )
        )


def _bytes(root: Path, path: str) -> bytes | None:
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
    return _limited(full, path)


def _is_junction(found: os.stat_result) -> bool:
    """Whether it is a folder of Windows that leads elsewhere."""
    return getattr(found, "st_reparse_tag", 0) == 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT


def _limited(full: Path, path: str) -> bytes:
    try:
        data = read_file(full, limits.EDITED_BYTES)
    except ReadError as error:
        raise EnvironmentFault(Message("{path} {why}", path=path, why=error.message)) from error
    if len(data) > limits.EDITED_BYTES:
        raise EnvironmentFault(Message("{path} is larger than {limit} bytes", path=path, limit=limits.EDITED_BYTES))
    return data


def _sum(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


# Before the commit point


def _stage(
    root: Path,
    folder: Path,
    files: Mapping[str, bytes | None],
    expected: Mapping[str, bytes | None],
    disk: Disk,
) -> _Journal:
    """Keep the new and the old contents, and write the journal under a name that means nothing yet."""
    for path, before in expected.items():
        if _bytes(root, path) != before:
            raise _in_the_meantime(path)
    changes = [(path, expected[path], data) for path, data in files.items() if data != expected[path]]
    items = tuple(_Item(path, _sum(old), _sum(new)) for path, old, new in changes)
    made: dict[str, None] = {}
    listed: dict[Path, Mapping[str, str]] = {}
    device = folder.stat().st_dev
    for path, old, new in changes:
        if new is not None and len(new) > limits.EDITED_BYTES:
            raise EnvironmentFault(Message("{path} is larger than {limit} bytes", path=path, limit=limits.EDITED_BYTES))
        if old is None:
            _check_twins(root, path, listed)
        parent = (root / path).parent
        while not parent.exists():
            made[parent.relative_to(root).as_posix()] = None
            parent = parent.parent
        if not os.access(parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(parent))
        if parent.stat().st_dev != device:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(parent))
    if not items:
        return _Journal((), ())
    kept = []
    for number, (path, old, new) in enumerate(changes):
        mode = new_mode() if old is None else stat.S_IMODE((root / path).lstat().st_mode) & 0o777
        for side, data in (("old", old), ("new", new)):
            if data is not None:
                kept.append(folder / f"{side}-{number}")
                disk.write(kept[-1], data, mode)
    journal = _Journal(items, tuple(sorted(made)))
    written = json.dumps(journal._asdict()).encode("ascii")
    if len(written) > limits.JOURNAL_BYTES:
        raise EnvironmentFault(Message("{path} is larger than {limit} bytes", path=JOURNAL, limit=limits.JOURNAL_BYTES))
    disk.write(folder / _DRAFT, written, 0o600)
    kept.append(folder / _DRAFT)
    disk.sync_files(kept)
    disk.sync(folder)
    return journal


def _in_the_meantime(path: str) -> EnvironmentFault:
    return EnvironmentFault(Message("{path} has changed in the meantime; nothing was written", path=path))


def _check_twins(root: Path, path: str, listed: dict[Path, Mapping[str, str]]) -> None:
    """A new file's name, and its folders', are not those of others in another case."""
    folder = root
    for part in path.split("/"):
        if folder not in listed:
            names = os.listdir(folder) if folder.is_dir() else []
            listed[folder] = {_folded(name): name for name in names}
        there = listed[folder].get(_folded(part), part)
        if there != part:
            raise _twin(path, (folder / there).relative_to(root).as_posix())
        folder /= part


# From the commit point on


def _commit(root: Path, folder: Path, journal: _Journal, disk: Disk) -> None:
    """Let the change count as begun, and carry it out; or go back where that fails.

    Raises:
        OSError: it failed, and everything is as it was.
        EnvironmentFault: the same; or even going back failed, and the message says what to do.
    """
    begun: list[int] = []
    with undisturbed():
        try:
            disk.replace(folder / _DRAFT, folder / JOURNAL)
            disk.sync(folder)
            disk.sync(root)
            _carry_out(root, folder, journal, "new", disk, begun=begun)
        except BaseException as error:
            if os.path.lexists(folder / JOURNAL):
                try:
                    # The others are as they were, or what somebody made of them meanwhile.
                    _carry_out(root, folder, journal, "old", disk, only=begun)
                except (OSError, EnvironmentFault, _Changed) as worse:
                    raise _broken_off() from worse
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
    journal: _Journal,
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
    states = [_sum(_bytes(root, item.path)) for _, item in items]
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
            if os.path.lexists(folder / _NEXT):
                disk.delete(folder / _NEXT)
            disk.link(folder / f"{side}-{number}", folder / _NEXT)
        if _sum(_bytes(root, item.path)) != state:  # saved by an editor since all of them were looked at
            raise _Changed(item.path)
        if begun is not None:
            begun.append(number)
        if wanted is None:
            disk.delete(place)
        else:
            disk.replace(folder / _NEXT, place)
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
        with _held(root, disk):
            if os.path.lexists(folder / JOURNAL):
                journal = _read_journal(folder)
                _check_contents(folder, journal)
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


def _clear(folder: Path, disk: Disk) -> None:
    """Take away what a change left; its journal is the first to go, so that no other is ever without its contents."""
    left = [name for name in sorted(os.listdir(folder)) if name != _LOCK]
    if left:
        disk.sync(folder)
    for name in left:
        disk.delete(folder / name)


def _leave(folder: Path, disk: Disk) -> None:
    """Take the folder away, as far as that can be done: the registry is whole, and the next change clears up the rest.

    On Windows, where an open file stays, the lock goes when it is let go of.
    """
    with suppress(OSError):
        _clear(folder, disk)
        if sys.platform != "win32":
            disk.delete(folder / _LOCK)
            disk.delete_folder(folder)


def _read_journal(folder: Path) -> _Journal:
    """The journal, if it is one.

    Raises:
        EnvironmentFault: it can't be read, or says what no journal says.
    """
    try:
        raw = read_file(folder / JOURNAL, limits.JOURNAL_BYTES)
        found = json.loads(raw) if _may_be_journal(raw) else None
    except ReadError as error:
        if not os.access(folder / JOURNAL, os.R_OK):
            raise _busy(folder) from error
        raise _damaged(folder) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(folder) from error
    if not isinstance(found, dict) or found.keys() != {"items", "folders"}:
        raise _damaged(folder)
    listed, folders = found["items"], found["folders"]
    if not isinstance(listed, list) or not isinstance(folders, list) or not listed:
        raise _damaged(folder)
    items = []
    for entry in listed:
        if not isinstance(entry, list) or len(entry) != 3:
            raise _damaged(folder)
        path, old, new = entry
        if not isinstance(path, str) or not may_be_written(path) or not _is_sum(old) or not _is_sum(new) or old == new:
            raise _damaged(folder)
        items.append(_Item(path, old, new))
    above = {parent.as_posix() for item in items for parent in Path(item.path).parents}
    if len({_folded(item.path) for item in items}) != len(items) or not all(
        isinstance(name, str) and name in above and name.startswith("targets/") for name in folders
    ):
        raise _damaged(folder)
    return _Journal(tuple(items), tuple(folders))


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


def _check_contents(folder: Path, journal: _Journal) -> None:
    """What is kept is what the journal says, all of it, before the first step."""
    for number, item in enumerate(journal.items):
        for side, wanted in (("old", item.old), ("new", item.new)):
            if wanted is None:
                continue
            name = f"{side}-{number}"
            try:
                kept = _sum(_limited(folder / name, name))
            except EnvironmentFault:
                kept = None
            if kept != wanted:
                raise _damaged(folder)


# One at a time


@contextmanager
def _held(root: Path, disk: Disk) -> Iterator[None]:
    """The folder of a change, locked for this process; taken away again where no change stands half done in it.

    Raises:
        EnvironmentFault: another process has it, or it is none of a change.
        OSError: it can't be made.
    """
    folder = root / PENDING
    handles: list[int] = []
    try:
        try:
            _acquire(root, disk, handles)
            with suppress(OSError):  # who it is is only for others to know
                os.ftruncate(handles[0], 0)
                os.write(handles[0], b"%d\n" % os.getpid())
            yield
        finally:
            _release(folder, handles, disk)
    finally:  # a signal may have come to the first word of that; a second one ends the process where it stands
        _release(folder, handles, disk)


def _release(folder: Path, handles: list[int], disk: Disk) -> None:
    """Let go of a lock that is held, and of the folder if nothing stands half done in it."""
    with undisturbed():
        if not handles:
            return
        try:
            if not os.path.lexists(folder / JOURNAL):
                _leave(folder, disk)
        finally:
            with suppress(OSError):
                os.close(handles.pop())
        if sys.platform == "win32":
            with suppress(OSError):
                if os.listdir(folder) == [_LOCK]:
                    (folder / _LOCK).unlink()
                    folder.rmdir()


def _acquire(root: Path, disk: Disk, handles: list[int]) -> None:
    """Put a handle on the lock into a list, in which it is found whatever comes next."""
    folder = root / PENDING
    end, tries = time.monotonic() + _PATIENCE, 0
    while tries < _TRIES:
        if os.path.lexists(folder):
            with suppress(FileNotFoundError):
                _check_folder(root)
        with undisturbed():
            is_free = _attempt(folder, disk, handles)
        if handles:
            return
        if is_free:
            tries += 1  # the folder has just gone with another change
            continue
        if time.monotonic() > end:
            break
        time.sleep(_PAUSE)
    raise _busy(folder)


def _attempt(folder: Path, disk: Disk, handles: list[int]) -> bool:
    """Try to lock the file that has the lock's name now, not one that another process just deleted.

    Returns:
        Whether no other process has it.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)
    is_new = False
    with suppress(FileExistsError):
        disk.make_folder(folder)
        is_new = True
    try:
        handle = os.open(folder / _LOCK, flags, 0o600)
    except FileNotFoundError:
        return True
    except OSError:
        if is_new:
            with suppress(OSError):
                disk.delete_folder(folder)
        raise
    is_free = is_own = False
    try:
        is_free = lock(handle)
        with suppress(FileNotFoundError):
            is_own = is_free and os.path.samestat(os.fstat(handle), os.lstat(folder / _LOCK))
        if is_own:
            handles.append(handle)
    except OSError:
        if is_new and is_free:
            with suppress(OSError):
                os.unlink(folder / _LOCK)
                disk.delete_folder(folder)
        raise
    finally:
        if not is_own:
            os.close(handle)
    return is_free


def _is_being_written(folder: Path) -> bool:
    try:
        handle = os.open(folder / _LOCK, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        return error.errno in (errno.EACCES, errno.EPERM)  # another's, who alone can tell
    try:
        return not lock(handle)
    except OSError:
        return False
    finally:
        os.close(handle)
