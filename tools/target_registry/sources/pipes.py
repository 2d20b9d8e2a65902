"""Pipes that stand where Git has files, at which it would wait for ever.

Source: gitrepository-layout(5) on which files there are.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from target_registry import limits
from target_registry.model import Message
from target_registry.sources import EnvironmentFault, ReadError
from target_registry.sources.files import read_file

_FILES = (
    *("HEAD", "ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "config", "config.worktree", "index", "packed-refs", "shallow"),
    *("commondir", "gitdir", "info/exclude", "info/attributes", "info/grafts", "objects/info/alternates"),
)
"""Files that git may read whatever it is asked. Source: gitrepository-layout(5)."""
_RULES = frozenset((".gitignore", ".gitattributes"))
_WAY = 4096
_SETTINGS = 1024 * 1024


def check_files(root: Path) -> None:
    """Git waits for ever at a pipe that stands where it has a file, and for long at one without end.

    Raises:
        EnvironmentFault: there is one.
    """
    for folder in homes(root):
        for name in _FILES:
            _check(folder / name)
        _measure(folder / "packed-refs")
        _check_below(folder / "refs")


def check_others(root: Path) -> None:
    """The same of what the configuration names, of all that the repository has, and of what the working tree tells Git.

    There may be much of it: this is asked once git is slow.

    Raises:
        EnvironmentFault: there is a pipe among them.
    """
    for folder in homes(root):
        for line in _told(folder / "config", _SETTINGS).splitlines():
            named = line.partition("=")[2].strip().strip('"')
            if named and named != os.devnull and "\0" not in named:
                _check(folder / os.path.expanduser(named))
        _check_below(folder)
        for line in _told(folder / "objects/info/alternates", _SETTINGS).splitlines():
            _check(folder / "objects" / line / "info/alternates")
    for path in _below(root):
        if path.name in _RULES:
            _check(path)
    for folder in root.parents:
        for name in _RULES:
            _check(folder / name)
        if os.path.lexists(folder / ".git"):
            break


def _check_below(folder: Path) -> None:
    for path in _below(folder):
        _check(path)


def _below(folder: Path) -> Iterator[Path]:
    """All below a folder that is no folder, however deep that goes: os.walk calls itself at each step."""
    waiting = [os.fspath(folder)]
    while waiting:
        # One that isn't there, or has no name that the system knows, is git's to tell.
        with suppress(OSError, ValueError), os.scandir(waiting.pop()) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
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
    """Where the files lie of the repository that a folder is in."""
    for home in (folder / ".git" for folder in (root, *root.parents)):
        if os.path.lexists(home):
            _check(home)
            yield from _leading(home)
            return


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
