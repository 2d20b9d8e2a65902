"""A registry in a folder. The only place that touches the files of a working tree."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from target_registry import limits
from target_registry.assembly import YAML
from target_registry.model import Message
from target_registry.sources import NO_FILES, Entry, EnvironmentFault, Kind, Listing, ReadError, each, reason
from target_registry.sources.locks import lock, undisturbed
from target_registry.sources.names import in_git, on_disk

FOLDERS = ("schema", "targets")
PENDING = ".targets-pending"
"""The folder, in the registry's, of a change of many files that is being written."""
JOURNAL = "journal.json"
"""The file in it that is there while the registry may be a mixture of old and new."""
_TRIES = 50
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EINVAL)
"""What a file system says that knows no second names for a file. Source: link(2); the last is that of Windows."""


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
        EnvironmentFault: a change is being written, or its writing was broken off, so that they are a mixture.
    """

    def __init__(self, root: Path) -> None:
        if os.path.lexists(root / PENDING / JOURNAL):
            from target_registry.sources import transaction  # hardly ever needed

            if fault := transaction.unfinished(root):
                raise fault
        self.root = root

    def entries(self) -> Iterator[Entry]:
        """Every path below the registry's folders, sorted, links not followed."""
        for folder in FOLDERS:
            yield from self.below(folder)

    def listings(self) -> Iterator[Listing]:
        """The same, folder by folder."""
        for folder in FOLDERS:
            yield from self._listings(folder)

    def below(self, path: str) -> Iterator[Entry]:
        """A file, or every path below a folder, sorted; nothing where there is neither, or behind a link."""
        found = []
        for listing in self._listings(path):
            before = listing.folder and listing.folder + "/"
            found += [Entry(before + name, Kind.FILE) for name in listing.files]
            found += listing.others
        yield from sorted(found, key=lambda entry: entry.path)

    def _listings(self, path: str) -> Iterator[Listing]:
        """Of a file, or of a folder and those below it; nothing where there is neither, or behind a link."""
        full = self.root / on_disk(path)
        if any(folder.is_symlink() for folder in full.parents if self.root in folder.parents):
            return
        above, _, name = path.rpartition("/")
        if full.is_symlink():
            yield Listing(above, (), (Entry(path, Kind.LINK),))
        elif full.is_dir():
            yield from _below(self.root, path)
        elif full.is_file():
            yield Listing(above, (name,))

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a regular file, never through a link, at most ``limit`` + 1."""
        return read_file(self.root / on_disk(path), limit)

    def read_all(self, folder: str, names: Sequence[str], limit: int) -> Iterator[bytes | ReadError]:
        """The bytes of many files of one folder, never through a link.

        The folder is opened once, step by step and through no link either, and the files by their names in it.
        """
        if os.open not in os.supports_dir_fd or not hasattr(os, "O_DIRECTORY"):
            yield from each(self, folder, names, limit)
            return
        most = min(_USUAL, limit) + 1
        try:
            home = _open_folder(self.root, folder)
        except OSError:
            yield from each(self, folder, names, limit)  # which says of each file what is wrong
            return
        try:
            for name in names:
                try:
                    handle = os.open(on_disk(name), _FLAGS, dir_fd=home)
                    try:
                        raw = os.read(handle, most)
                        rest = os.read(handle, 1)
                    finally:
                        os.close(handle)
                    # What is large, empty, or given out piece by piece takes the longer way.
                    yield raw if raw and not rest else self.read(f"{folder}/{name}", limit)
                except ReadError as error:
                    yield error
                except OSError as error:
                    yield ReadError(Message("can't be read: {reason}", reason=reason(error)))
        finally:
            os.close(home)

    def blob(self, path: str, algorithm: str, known: str) -> str:
        """The id that Git gives a file's bytes; empty where they can't be read, or are more than are compared.

        Git for Windows checks text out with other line ends than it stores: a file that has the known
        id without them is given it.

        Args:
            path: the file.
            algorithm: the repository's, ``sha1`` or ``sha256``.
            known: the id of what the file may be; empty where nothing is known.
        """
        try:
            with suppress(OSError):
                if os.lstat(self.root / on_disk(path)).st_size > limits.COMPARED_BYTES:
                    return ""
            found = _identity(lambda: _chunks(self.root / on_disk(path)), algorithm)
            if not known or found == known:
                return found
            stored = _identity(lambda: _with_unix_line_ends(_chunks(self.root / on_disk(path))), algorithm)
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
            said = os.fsencode(os.readlink(self.root / on_disk(path)))
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


_USUAL = 1 << 12
"""Bytes that nearly no file of a registry is beyond."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_FLAGS |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _open_folder(root: Path, folder: str) -> int:
    """A handle on a folder below a registry, reached through no link.

    Raises:
        OSError: there is none.
    """
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    handle = os.open(root, flags)
    for step in folder.split("/"):
        try:
            inner = os.open(on_disk(step), flags | os.O_NOFOLLOW, dir_fd=handle)
        finally:
            os.close(handle)
        handle = inner
    return handle


def _chunks(path: Path, size: int = 1 << 20, *, follow: bool = False) -> Iterator[bytes]:
    """The bytes of a regular file, piece by piece.

    Raises:
        ReadError: it can't be read.
    """
    flags = _FLAGS & ~getattr(os, "O_NOFOLLOW", 0) if follow else _FLAGS
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


def _below(root: Path, start: str) -> Iterator[Listing]:
    """What stands in a folder and in those below it, in no order; in a folder of folders without end as well."""
    top = os.fspath(root)
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(f"{top}/{on_disk(folder)}") as found:
                children = list(found)
            files = [in_git(child.name) for child in children if child.is_file(follow_symlinks=False)]
            plain = len(files) == len(children)  # as nearly every folder of a plan is
            rest = [] if plain else [child for child in children if not child.is_file(follow_symlinks=False)]
        except (FileNotFoundError, NotADirectoryError):
            continue  # it has gone since the one above it was listed
        except PermissionError:
            yield _itself(folder, Kind.SEALED)
            continue
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            yield _itself(folder, Kind.DEEP)
            continue
        if folder != start and (".git" in files or any(child.name == ".git" for child in rest)):
            yield _itself(folder, Kind.SUBMODULE)
            continue
        if folder.lower().endswith(YAML):  # whatever it holds, it is not the file that its name promises
            yield _itself(folder, Kind.FOLDER)
        others = []
        for child in rest:
            path = f"{folder}/{in_git(child.name)}"
            if child.is_symlink():
                others.append(Entry(path, Kind.LINK))
            elif child.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:
                others.append(Entry(path, Kind.OTHER))
        files.sort()
        yield Listing(folder, files, others)


def _itself(folder: str, kind: Kind) -> Listing:
    """A folder as something that stands in the one above it."""
    return Listing(folder.rpartition("/")[0], (), (Entry(folder, kind),))


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


def new_mode() -> int:
    """Who may read and write a new file: whom the caller's umask lets, and always its owner."""
    mask = os.umask(0o077)
    os.umask(mask)
    return (0o666 & ~mask) | 0o600


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
    is_done = False
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
        raise EnvironmentFault(
            Message("{path} can't be written: {reason}", path=str(path), reason=reason(error))
        ) from error
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


def fill(handle: int, data: bytes) -> None:
    """Write all of some bytes to an open file, however few the system takes at a time.

    Raises:
        OSError: it takes no more.
    """
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


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
        is_own = is_locked = False
        try:
            is_locked = lock(handle)
            is_own = is_locked and _is_at(handle, temporary)
        except OSError:
            if is_locked:
                with suppress(OSError):
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
        elif not _holds(full, data):
            raise EnvironmentFault(Message("{path} is there already; nothing was written", path=path))
        else:  # a kill may have come between its two names
            with suppress(OSError):
                _discard(root / _temporary_name(full))
    written: list[Path] = []
    try:
        _make_folders(root, root)
        for full, data in missing:
            _make_folders(root, full.parent)
            with undisturbed():
                write(full, data, new=True, folder=root)
                written.append(full)
    except BaseException:
        with undisturbed():
            for full in written:
                with suppress(OSError):
                    full.unlink()
            for folder in reversed(folders):
                with suppress(OSError):
                    folder.rmdir()
        raise


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file holds these bytes; what can't be read doesn't."""
    try:
        return read_file(path, len(data)) == data
    except ReadError:
        return False


def sync_folder(folder: Path) -> None:
    """Let what was written to, made in or deleted from a folder reach the disk, where a folder can be flushed at all.

    Sources: fsync(2) on EINVAL; file systems of networks give the others.
    """
    if os.name == "nt":  # Windows has no handle on a folder to flush.
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # one may write to a folder that one may not read
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP, errno.ENOSYS):
            raise
    finally:
        os.close(handle)
