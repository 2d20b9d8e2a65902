"""A registry in a folder. The only place that touches the files of a working tree."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from target_registry.assembly import YAML
from target_registry.model import Message
from target_registry.sources import NO_FILES, Entry, EnvironmentFault, Kind, ReadError, reason

FOLDERS = ("schema", "targets")
PENDING = ".targets-pending"
"""The folder, in the registry's, of a change of many files that is being written."""
JOURNAL = "journal.json"
"""The file in it that is there while the registry may be a mixture of old and new."""


def find_registry(start: Path, *, exact: bool) -> Path:
    """The registry's folder: ``start`` itself, or else the nearest one above it.

    A registry is a folder that holds ``targets/``.

    Raises:
        EnvironmentFault: there is none.
    """
    start = start.absolute()
    if not os.path.isdir(start):  # pathlib's own raises where the name is too long
        raise EnvironmentFault(Message("{folder} is not a folder", folder=str(start)))
    for folder in (start,) if exact else (start, *start.parents):
        if os.path.isdir(folder / "targets"):
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

    Raises:
        EnvironmentFault: the writing of a change was broken off, so that they are a mixture.
    """

    def __init__(self, root: Path) -> None:
        if os.path.lexists(root / PENDING / JOURNAL):
            from target_registry.sources import transaction  # hardly ever needed

            raise transaction.unfinished(root)
        self.root = root

    def entries(self) -> Iterator[Entry]:
        """Every path below the registry's folders, sorted, links not followed."""
        for folder in FOLDERS:
            yield from self.below(folder)

    def below(self, path: str) -> Iterator[Entry]:
        """A file, or every path below a folder, sorted; nothing where there is neither, or behind a link."""
        full = self.root / path
        if any(folder.is_symlink() for folder in full.parents if self.root in folder.parents):
            return
        if full.is_symlink():
            yield Entry(path, Kind.LINK)
        elif full.is_dir():
            yield from sorted(_below(self.root, path), key=lambda entry: entry.path)
        elif full.is_file():
            yield Entry(path, Kind.FILE)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a regular file, never through a link, at most ``limit`` + 1."""
        return read_file(self.root / path, limit)

    def blob(self, path: str, algorithm: str, known: str) -> str:
        """The id that Git gives a file's bytes, however many; empty where they can't be read.

        Git for Windows checks text out with other line ends than it stores: a file that has the known
        id without them is given it.

        Args:
            path: the file.
            algorithm: the repository's, ``sha1`` or ``sha256``.
            known: the id of what the file may be; empty where nothing is known.
        """
        try:
            found = _identity(lambda: _chunks(self.root / path), algorithm)
            if not known or found == known:
                return found
            stored = _identity(lambda: _with_unix_line_ends(_chunks(self.root / path)), algorithm)
        except ReadError:
            return ""
        return stored if stored == known else found

    def link(self, path: str, algorithm: str) -> str:
        """The id that Git gives a symbolic link: that of what it says; empty where it can't be read.

        Args:
            path: the link.
            algorithm: the repository's, ``sha1`` or ``sha256``.
        """
        try:
            said = os.fsencode(os.readlink(self.root / path))
        except OSError:
            return ""
        return _identity(lambda: (said,), algorithm)

    def close(self) -> None:
        """Nothing is held open."""


def read_file(path: Path, limit: int, *, follow: bool = False) -> bytes:
    """The bytes of a regular file, at most ``limit`` + 1.

    Args:
        path: the file.
        limit: how many bytes are expected at the most.
        follow: read also through a symbolic link, which only a file that the caller named may be.

    Raises:
        ReadError: it can't be read, or is something else, such as a pipe.
    """
    found, left = [], limit + 1
    for chunk in _chunks(path, left, follow=follow):
        found.append(chunk[:left])
        left -= len(found[-1])
        if not left:
            break
    return b"".join(found)


def _chunks(path: Path, size: int = 1 << 20, *, follow: bool = False) -> Iterator[bytes]:
    """The bytes of a regular file, piece by piece.

    Raises:
        ReadError: it can't be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | (0 if follow else getattr(os, "O_NOFOLLOW", 0))
    flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        raise ReadError(Message("can't be read: {reason}", reason=reason(error))) from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ReadError(NO_FILES[Kind.OTHER])
        while chunk := os.read(handle, size):
            yield chunk
    except OSError as error:
        raise ReadError(Message("can't be read: {reason}", reason=reason(error))) from error
    finally:
        os.close(handle)


def _below(root: Path, start: str) -> Iterator[Entry]:
    """Every path below a folder, in no order; in a folder of folders without end as well."""
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as found:
                children = list(found)
        except OSError as error:
            yield Entry(folder, Kind.DEEP if error.errno == errno.ENAMETOOLONG else Kind.SEALED)
            continue
        if folder != start and any(child.name == ".git" for child in children):
            yield Entry(folder, Kind.SUBMODULE)
            continue
        if folder.lower().endswith(YAML):  # whatever it holds, it is not the file that its name promises
            yield Entry(folder, Kind.FOLDER)
        for child in children:
            path = f"{folder}/{child.name}"
            if child.is_symlink():
                yield Entry(path, Kind.LINK)
            elif child.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:
                yield Entry(path, Kind.FILE if child.is_file(follow_symlinks=False) else Kind.OTHER)


def _identity(read: Callable[[], Iterable[bytes]], algorithm: str) -> str:
    """The id that Git gives bytes as a blob, which begins with how many there are.

    Source: gitformat-pack(5), "object name".

    Args:
        read: gives the bytes, piece by piece, each time anew.
        algorithm: the repository's, ``sha1`` or ``sha256``.
    """
    import hashlib  # only a working tree that is compared needs it

    size = sum(len(chunk) for chunk in read())
    digest = hashlib.new(algorithm, b"blob %d\0" % size, usedforsecurity=False)
    for chunk in read():
        digest.update(chunk)
    return digest.hexdigest()


def _with_unix_line_ends(chunks: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for chunk in chunks:
        data = held + chunk
        held = b"\r" if data.endswith(b"\r") else b""
        yield data[: len(data) - len(held)].replace(b"\r\n", b"\n")
    yield held


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
        sync_folder(path.parent)
    except FileExistsError as error:
        raise EnvironmentFault(Message("{path} is there already", path=str(path))) from error
    except OSError as error:
        raise EnvironmentFault(
            Message("{path} can't be written: {reason}", path=str(path), reason=reason(error))
        ) from error
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def inside(root: Path, path: str) -> Path:
    """Where a file of a registry is to be written or deleted: below its folder, through no link.

    Args:
        root: the registry's folder.
        path: of the registry, with slashes.

    Raises:
        EnvironmentFault: it leads elsewhere.
    """
    *folders, name = path.split("/")
    folder = root
    for step in folders:
        folder /= step
        if step in ("", ".", "..") or folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise EnvironmentFault(Message("{folder} is not a folder", folder=str(folder)))
    top = os.path.realpath(root)
    if os.path.commonpath((top, os.path.realpath(folder))) != top:  # such as through a junction of Windows
        raise EnvironmentFault(Message("{folder} is not a folder", folder=str(folder)))
    return folder / name


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
            write(full, data, new=True)
            written.append(full)
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
        sync_folder(path.parent)
    except OSError as error:
        raise EnvironmentFault(
            Message("{path} can't be deleted: {reason}", path=str(path), reason=reason(error))
        ) from error


def sync_folder(folder: Path) -> None:
    """Let what was written to, made in or deleted from a folder reach the disk."""
    if os.name == "nt":  # Windows has no handle on a folder to flush.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
