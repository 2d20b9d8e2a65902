"""A registry in a folder. The only place that touches the files of a working tree."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from target_registry.model import Message
from target_registry.sources import Entry, EnvironmentFault, Kind, ReadError, reason

FOLDERS = ("schema", "targets")


def find_registry(start: Path, *, exact: bool) -> Path:
    """The registry's folder: ``start`` itself, or else the nearest one above it.

    A registry is a folder that holds ``targets/``.

    Raises:
        EnvironmentFault: there is none.
    """
    start = start.absolute()
    if not start.is_dir():
        raise EnvironmentFault(Message("{folder} is not a folder", folder=str(start)))
    for folder in (start,) if exact else (start, *start.parents):
        if (folder / "targets").is_dir():
            return folder
    if exact:
        raise EnvironmentFault(Message("{folder} is no registry: it has no folder named targets", folder=str(start)))
    raise EnvironmentFault(
        Message(
            "no registry here: neither {folder} nor a folder above it has a folder named targets; name one with -C DIR",
            folder=str(start),
        )
    )


class Worktree:
    """The files of a folder, as they are now.

    Args:
        root: the registry's folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def entries(self) -> Iterator[Entry]:
        """Every path below the registry's folders, sorted, links not followed."""
        for folder in FOLDERS:
            yield from self.below(folder)

    def below(self, path: str) -> Iterator[Entry]:
        """A file, or every path below a folder, sorted; nothing where there is neither."""
        full = self.root / path
        if full.is_symlink():
            yield Entry(path, Kind.LINK, 0)
        elif full.is_dir():
            yield from sorted(self._below(path))
        elif full.is_file():
            yield Entry(path, Kind.FILE, full.stat().st_size)

    def _below(self, folder: str) -> Iterator[Entry]:
        try:
            with os.scandir(self.root / folder) as found:
                children = list(found)
        except OSError:
            yield Entry(folder, Kind.SEALED, 0)
            return
        for child in children:
            path = f"{folder}/{child.name}"
            if child.is_symlink():
                yield Entry(path, Kind.LINK, 0)
            elif child.is_dir(follow_symlinks=False):
                yield from self._below(path)
            elif child.is_file(follow_symlinks=False):
                yield Entry(path, Kind.FILE, child.stat(follow_symlinks=False).st_size)
            else:
                yield Entry(path, Kind.OTHER, 0)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a regular file, never through a link, at most ``limit`` + 1."""
        return read_file(self.root / path, limit, follow=False)

    def close(self) -> None:
        """Nothing is held open."""


def read_file(path: Path, limit: int, *, follow: bool = True) -> bytes:
    """The bytes of a regular file, at most ``limit`` + 1.

    Args:
        path: the file.
        limit: how many bytes are expected at the most.
        follow: read also through a symbolic link, which only a file that the caller named may be.

    Raises:
        ReadError: it can't be read, or is something else, such as a pipe.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | (0 if follow else getattr(os, "O_NOFOLLOW", 0))
    flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        raise ReadError(Message("can't be read: {reason}", reason=reason(error))) from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ReadError(Message("is not a regular file"))
        chunks, left = [], limit + 1
        while left > 0 and (chunk := os.read(handle, left)):
            chunks.append(chunk)
            left -= len(chunk)
        return b"".join(chunks)
    except OSError as error:
        raise ReadError(Message("can't be read: {reason}", reason=reason(error))) from error
    finally:
        os.close(handle)


def write(path: Path, data: bytes, *, new: bool = False) -> None:
    """Put a file in place whole, or leave what was there.

    The bytes go to a temporary file beside it, reach the disk, and take the name in
    one step.

    Args:
        path: the file to write.
        data: all of its bytes.
        new: refuse to replace a file that is there.

    Raises:
        EnvironmentFault: it can't be written, or is there already.
    """
    import tempfile  # only few calls write

    temporary = None
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise EnvironmentFault(Message("{path} is not a regular file", path=str(path)))
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        if new:
            os.link(temporary, path)
            os.unlink(temporary)
        else:
            os.replace(temporary, path)
        temporary = None
        _sync_folder(path.parent)
    except FileExistsError as error:
        raise EnvironmentFault(Message("{path} is there already", path=str(path))) from error
    except OSError as error:
        raise EnvironmentFault(
            Message("{path} can't be written: {reason}", path=str(path), reason=reason(error))
        ) from error
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def make_folder(root: Path, folder: Path) -> None:
    """Make a folder below a registry, and those above it, through no symbolic link.

    Raises:
        EnvironmentFault: one of them is something else than a folder, or can't be made.
    """
    for part in reversed([folder, *folder.parents]):
        if part == root or root not in part.parents:
            continue
        if part.is_symlink() or (part.exists() and not part.is_dir()):
            raise EnvironmentFault(Message("{folder} is not a folder", folder=str(part)))
        try:
            part.mkdir(exist_ok=True)
        except OSError as error:
            raise EnvironmentFault(
                Message("{path} can't be written: {reason}", path=str(part), reason=reason(error))
            ) from error


def write_new(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files that aren't there yet, with the folders they need, all or none of them.

    One that is there already with the same bytes is in nobody's way, so that what was broken off by
    force can be done again.

    Args:
        root: the folder to write below; it is made where need be.
        files: their bytes by path, relative to it, in the order of writing.

    Raises:
        EnvironmentFault: one is in the way or can't be written; nothing was written.
    """
    missing: list[tuple[Path, bytes]] = []
    folders: dict[Path, None] = {}
    for path, data in files.items():
        full = root / path
        if not os.path.lexists(full):
            missing.append((full, data))
            # From the outermost on, so that none is deleted before what it holds.
            folders |= dict.fromkeys(parent for parent in reversed(full.parents) if not os.path.lexists(parent))
        elif full.is_symlink() or not full.is_file() or full.read_bytes() != data:
            raise EnvironmentFault(Message("{path} is there already; nothing was written", path=path))
    written: list[Path] = []
    try:
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EnvironmentFault(
                Message("{path} can't be written: {reason}", path=str(root), reason=reason(error))
            ) from error
        for full, data in missing:
            make_folder(root, full.parent)
            written.append(full)
            write(full, data, new=True)
    except BaseException:
        for full in written:
            with suppress(OSError):
                full.unlink()
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        raise


def remove(path: Path) -> None:
    """Delete a file.

    Raises:
        EnvironmentFault: it can't be deleted.
    """
    try:
        path.unlink()
        _sync_folder(path.parent)
    except OSError as error:
        raise EnvironmentFault(
            Message("{path} can't be deleted: {reason}", path=str(path), reason=reason(error))
        ) from error


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle on a folder to flush.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
