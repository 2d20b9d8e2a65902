"""What keeps git from its own files: pipes in their places, at which it would wait for ever, or that the caller may not read them.

Source: gitrepository-layout(5) on which files there are.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from target_registry import limits
from target_registry.model import Message
from target_registry.patterns import lazy
from target_registry.sources import EnvironmentFault, ReadError, reason
from target_registry.sources.files import read_file

_FILES = (
    *("HEAD", "ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "config", "config.worktree", "index", "packed-refs", "shallow"),
    *("commondir", "gitdir", "info/exclude", "info/attributes", "info/grafts", "objects/info/alternates"),
)
"""Files that git may read whatever it is asked. Source: gitrepository-layout(5)."""
_RULES = frozenset((".gitignore", ".gitattributes"))
_WAY = 4096
_SETTINGS = 1024 * 1024
_LENT = 1000
"""Lines that name folders to borrow objects from; each takes git time in each of its processes."""
_REFERENCES = 100_000
_FOUND = 1_000_000
"""Files and folders that are looked at: a link may lead to all that the machine has."""
_OBJECTS = lazy(r"(?:[0-9a-f]{2}|pack|info)\Z")


def check_files(root: Path) -> None:
    """Git waits for ever at a pipe that stands where it has a file, and for long at one without end.

    Raises:
        EnvironmentFault: there is one.
    """
    for folder in homes(root):
        _check_home(folder)


def _check_home(folder: Path) -> None:
    for name in _FILES:
        _check(folder / name)
    _measure(folder / "packed-refs")
    _check_below(folder / "refs", _REFERENCES)
    for _ in _lenders(folder / "objects"):
        pass


def check_rights(root: Path) -> None:
    """Whoever calls may read what git reads; asked once git has failed.

    Raises:
        EnvironmentFault: something may not be read.
    """
    for home in homes(root):
        waiting, left = [home / name for name in (*_FILES, "refs", "objects")], _FOUND
        while waiting and left:
            left -= 1
            path = waiting.pop()
            with suppress(ValueError):
                is_folder = os.path.isdir(path)  # pathlib's own raises where the way to it may not be gone
                if os.path.lexists(path) and not os.access(path, os.R_OK | (os.X_OK if is_folder else 0)):
                    raise EnvironmentFault(
                        Message(
                            "{path} can't be read: {reason}", path=str(path), reason=reason(OSError(errno.EACCES, ""))
                        )
                    )
                if is_folder:
                    with suppress(OSError):
                        waiting += path.iterdir()


def check_others(root: Path) -> None:
    """The same of what the configuration names, of all that the repository has, and of what the working tree tells Git.

    There may be much of it: this is asked once git is slow.

    Raises:
        EnvironmentFault: there is a pipe among them.
    """
    for folder in homes(root):
        for name in ("config", "config.worktree"):
            _check_settings(folder / name)
        _check_below(folder)
        for objects in _lenders(folder / "objects"):
            with suppress(OSError, ValueError), os.scandir(objects) as found:
                for entry in found:
                    if _OBJECTS.match(entry.name) and entry.is_dir(follow_symlinks=False):
                        _check_below(Path(entry.path))
    for folder in dict.fromkeys((_real(root), top(root) or _real(root))):
        for path in _below(folder):
            # Git looks into each folder that it may take for a repository of its own, or where that leads.
            if path.name in _RULES or ".git" in path.relative_to(folder).parts:
                _check(path)
            if path.name == ".git":
                for home in _leading(path):
                    _check_home(home)
    for folder in _real(root).parents:
        for name in _RULES:
            _check(folder / name)
        if os.path.lexists(folder / ".git"):
            break


def _check_settings(file: Path) -> None:
    """The files that a file of settings names, and what those that it includes name in turn."""
    waiting, known = [file], {file}
    while waiting:
        file = waiting.pop()
        for line in _told(file, _SETTINGS).splitlines():
            key, _, value = line.partition("=")
            named = value.strip().strip('"')
            if named and named != os.devnull and "\0" not in named:
                place = Path(os.path.normpath(file.parent / os.path.expanduser(named)))
                _check(place)
                if key.strip().lower().endswith("path") and place not in known:
                    known.add(place)
                    waiting.append(place)


def _lenders(objects: Path) -> Iterator[Path]:
    """The folders of objects from which a repository's borrows, and from which these do.

    Raises:
        EnvironmentFault: one of them names others in a pipe, or they are more than git goes through at once.
    """
    waiting, known, left = [objects], {objects}, _LENT
    while waiting:
        named = waiting.pop() / "info/alternates"
        _check(named)
        raw = b""
        with suppress(ReadError, ValueError):
            raw = read_file(named, _SETTINGS)
        for line in raw.splitlines():
            left -= 1
            if left < 0:
                raise EnvironmentFault(
                    Message(
                        "{path} names more than {n} other folders of objects, as in no repository",
                        path=str(objects / "info/alternates"),
                        n=_LENT,
                    )
                )
            lender = Path(os.path.normpath(named.parents[1] / os.fsdecode(line)))
            if lender not in known:
                known.add(lender)
                waiting.append(lender)
                yield lender


def _check_below(folder: Path, most: int = _FOUND) -> None:
    for path in _below(folder, most):
        _check(path)


def _below(folder: Path, most: int = _FOUND) -> Iterator[Path]:
    """What is below a folder and neither a folder nor a plain file but ``.git``, which may lead elsewhere.

    However deep: os.walk calls itself at each step.
    """
    waiting = [os.fspath(folder)]
    while waiting:
        # One that isn't there, or has no name that the system knows, is git's to tell.
        with suppress(OSError, ValueError), os.scandir(waiting.pop()) as found:
            for entry in found:
                most -= 1
                if not most:
                    return
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.name == ".git" or not entry.is_file(follow_symlinks=False):
                    yield Path(entry.path)


def _check(path: Path) -> None:
    with suppress(OSError, ValueError):  # there is none, or no such name, which is git's to tell
        mode = os.stat(path).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise EnvironmentFault(Message("{path} is not a regular file", path=str(path)))


def _measure(path: Path) -> None:
    """Git looks through all of a file of references for each name that it is asked for.

    Raises:
        EnvironmentFault: it is larger than those of any repository.
    """
    with suppress(OSError, ValueError):
        if os.stat(path).st_size > limits.GIT_BYTES:
            raise EnvironmentFault(
                Message(
                    "{path} is larger than {limit} bytes, as no file of Git's is",
                    path=str(path),
                    limit=limits.GIT_BYTES,
                )
            )


def homes(root: Path) -> Iterator[Path]:
    """Where the files lie of the repository that a folder is in, and of what git passes over on the way there."""
    real = _real(root)
    for folder in (real, *real.parents):
        home = folder / ".git"
        if os.path.lexists(home):
            _check(home)
            yield from _leading(home)
            if is_repository(home):
                return
        else:
            _check(folder / "HEAD")  # git looks whether the folder itself is a repository without a working tree


def top(root: Path) -> Path | None:
    """The folder whose ``.git`` is, or leads to, the repository that a folder is in; None where there is none."""
    real = _real(root)
    return next((folder for folder in (real, *real.parents) if is_repository(folder / ".git")), None)


def is_repository(home: Path) -> bool:
    """Whether Git takes what is called ``.git`` for a repository, or for what leads to one, and doesn't pass over it.

    Args:
        home: what is called so.
    """
    return os.path.isfile(home) or all(os.path.lexists(home / name) for name in _REPOSITORY)


_REPOSITORY = ("HEAD", "objects", "refs")
"""What a folder has that git takes for a repository. Source: gitrepository-layout(5)."""


def _real(root: Path) -> Path:
    """A folder as git knows it, which goes to where a link leads first."""
    return Path(os.path.realpath(root))


def _leading(home: Path) -> Iterator[Path]:
    """Where a repository's files lie: ``.git``, or where that leads to, and what several working trees share."""
    if home.is_file():
        home = home.parent / _told(home).removeprefix("gitdir:").strip()
    yield home
    common = home / "commondir"
    if common.is_file():
        yield home / _told(common).strip()


def _told(path: Path, most: int = _WAY) -> str:
    """What a file says that leads to another place; nothing if it has more bytes than the most."""
    try:
        said = read_file(path, most)
    except (ReadError, ValueError):  # a name with a NUL in it is none
        return ""
    return os.fsdecode(said) if len(said) <= most else ""
