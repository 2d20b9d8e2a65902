"""The steps that change what is on the disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from target_registry.sources.beside import all_at_once
from target_registry.sources.files import fill, sync_folder
from target_registry.sources.locks import undisturbed

_WAITING = 16
_TOGETHER = 16 * _WAITING


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

        A signal waits for those that are under way.
        """
        for start in range(0, len(paths), _TOGETHER):
            part = paths[start : start + _TOGETHER]
            with undisturbed():
                all_at_once(_sync_file, part, _WAITING)

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
