"""A file put in place whole or not at all, and new files all or none."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from target_registry.model import Message
from target_registry.sources import EnvironmentFault, ReadError, reason
from target_registry.sources.disk import Disk
from target_registry.sources.files import fill, new_mode, read_file, sync_folder
from target_registry.sources.locks import lock, undisturbed
from target_registry.sources.turns import held

_TRIES = 50
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EINVAL)
"""What a file system says that knows no second names for a file. Source: link(2); the last is that of Windows."""


def write(path: Path, data: bytes, *, new: bool = False, folder: Path | None = None) -> None:
    """Put a file in place whole, or leave what was there.

    The bytes go to a temporary file, reach the disk, and take the name in one step. What a process
    that was killed left of one is taken away when the same file is written again.

    Args:
        path: the file to write.
        data: all of its bytes.
        new: refuse to replace a file that is there.
        folder: where the temporary file stands, on the same disk; else beside the file.

    Raises:
        EnvironmentFault: it can't be written, is being written, or is there already.
    """
    with undisturbed():
        _write(path, data, (folder or path.parent) / _temporary_name(path), new=new)


def _write(path: Path, data: bytes, temporary: Path, *, new: bool) -> None:
    handle = None
    is_done = is_replaced = False
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise EnvironmentFault(Message("{path} is not a regular file", path=str(path)))
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else new_mode()
        handle = _create(temporary, path)
        fill(handle, data)
        os.fsync(handle)
        os.chmod(temporary, mode)
        if os.name == "nt":  # where nothing that is open takes another name
            os.close(handle)
            handle = None
        if new:
            _name_anew(temporary, path)
        else:
            os.replace(temporary, path)
            is_replaced = True
        sync_folder(path.parent)
        is_done = True
    except FileExistsError as error:
        raise EnvironmentFault(Message("{path} is there already", path=str(path))) from error
    except OSError as error:
        if error.errno == errno.ENOENT and not path.parent.is_dir():
            nowhere = Message(
                "{path} can't be written: there is no folder {folder}", path=str(path), folder=str(path.parent)
            )
            raise EnvironmentFault(nowhere) from error
        told = (
            Message(
                "{path} is written, and the disk doesn't say that it will stay so: {reason}",
                path=str(path),
                reason=reason(error),
            )
            if is_replaced
            else Message("{path} can't be written: {reason}", path=str(path), reason=reason(error))
        )
        raise EnvironmentFault(told) from error
    finally:
        with suppress(OSError):
            _let_go(handle, temporary, path if new and not is_done else None)


def _let_go(handle: int | None, temporary: Path, path: Path | None) -> None:
    """Close a temporary file and take its name away, and one that it was given too early."""
    if handle is None:
        if os.name == "nt":
            os.unlink(temporary)
        return
    try:
        for name in (path, temporary):
            if name is None:
                continue
            try:
                # What is locked is this process's; a name that is another file's by now is not.
                is_own = _is_at(handle, name)
            except OSError:
                is_own = name is temporary  # which nobody else takes while it is locked
            if is_own:
                os.unlink(name)
    finally:
        os.close(handle)


def _temporary_name(path: Path) -> str:
    """A file's own, so that two that write it meet, and short, however long the file's is."""
    import hashlib  # only few calls write

    known = hashlib.sha256(os.fspath(path).encode("utf-8", "backslashreplace")).hexdigest()
    return f".targets-{known[:16]}.tmp"


_OWN = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _create(temporary: Path, path: Path) -> int:
    """A handle on a new temporary file, locked for this process.

    Raises:
        EnvironmentFault: another process writes the same file.
    """
    for _ in range(_TRIES):
        try:
            handle = os.open(temporary, _OWN | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            if not _discard(temporary):
                break
            continue
        is_own = False
        try:
            is_own = lock(handle) and _is_at(handle, temporary)
        except OSError:
            with suppress(OSError):
                if _is_at(handle, temporary):
                    os.unlink(temporary)
            raise
        finally:
            if not is_own:
                os.close(handle)
        if is_own:
            return handle
    raise EnvironmentFault(Message("another process is writing {path}; try again when it has ended", path=str(path)))


def _discard(temporary: Path) -> bool:
    """Take away what a process that was killed left of a temporary file; whether no living one has it."""
    try:
        handle = os.open(temporary, _OWN | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return True
    try:
        if not lock(handle):
            return False
        if _is_at(handle, temporary):
            os.unlink(temporary)
        return True
    finally:
        os.close(handle)


def tidy(path: Path) -> None:
    """Take away what a process that was killed left beside a file that is there."""
    with suppress(OSError):
        _discard(path.parent / _temporary_name(path))


def _is_at(handle: int, path: Path) -> bool:
    """Whether an open file has this name still."""
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(path))
    except FileNotFoundError:
        return False


def _name_anew(temporary: Path, path: Path) -> None:
    """Give a file a name that no other has.

    Raises:
        FileExistsError: another has it.
    """
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError from None
        os.rename(temporary, path)


def write_new(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files that aren't there yet, with the folders they need, all or none of them.

    One that is there already with the same bytes is in nobody's way, so that what was broken off by
    force can be done again.

    Args:
        root: the folder to write below; it is made where need be.
        files: their bytes by path, relative to it, in the order of writing.

    Raises:
        EnvironmentFault: one is in the way or can't be written, or another process writes there; nothing was written.
    """
    made = [parent for parent in (root, *root.parents) if not os.path.lexists(parent)]
    _make_folders(root, root)
    try:
        with held(root, Disk()):
            _write_all(root, files)
    except BaseException as error:
        with undisturbed():
            for folder in made:
                with suppress(OSError):
                    folder.rmdir()
        if isinstance(error, OSError):
            raise EnvironmentFault(
                Message("{path} can't be written: {reason}", path=str(root), reason=reason(error))
            ) from error
        raise


def _write_all(root: Path, files: Mapping[str, bytes]) -> None:
    """The same in a folder that is there, and that nobody else writes new files to."""
    missing: list[tuple[Path, bytes]] = []
    folders: dict[Path, None] = {}
    for path, data in files.items():
        full = root / path
        if not os.path.lexists(full):
            missing.append((full, data))
            # From the outermost on, so that none is deleted before what it holds.
            folders |= dict.fromkeys(parent for parent in reversed(full.parents) if not os.path.lexists(parent))
        elif not _holds(full, data):
            raise EnvironmentFault(Message("{path} is there already; nothing was written", path=path))
        else:  # a kill may have come between its two names
            with suppress(OSError):
                _discard(root / _temporary_name(full))
    written: list[tuple[Path, bytes]] = []
    try:
        for full, data in missing:
            _make_folders(root, full.parent)
            with undisturbed():
                write(full, data, new=True, folder=root)
                written.append((full, data))
    except BaseException:
        with undisturbed():
            for full, data in written:
                with suppress(OSError):
                    if _holds(full, data):  # whatever else stands there by now is somebody's own
                        full.unlink()
            for folder in reversed(folders):
                with suppress(OSError):
                    folder.rmdir()
        raise


def _make_folders(root: Path, folder: Path) -> None:
    """Make a folder below a registry, and those above it, through no symbolic link below the registry's.

    Raises:
        EnvironmentFault: one of them is something else than a folder, or can't be made.
    """
    for part in reversed([folder, *folder.parents]):
        try:
            if not os.path.lexists(part):
                with suppress(FileExistsError):
                    part.mkdir()
                sync_folder(part.parent)
            if not part.is_dir() or (root in part.parents and part.is_symlink()):
                raise EnvironmentFault(Message("{folder} is not a folder", folder=str(part)))
        except OSError as error:
            raise EnvironmentFault(
                Message("{path} can't be written: {reason}", path=str(part), reason=reason(error))
            ) from error


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file holds these bytes; what can't be read doesn't."""
    try:
        return read_file(path, len(data)) == data
    except ReadError:
        return False
