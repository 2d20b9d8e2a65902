"""A registry that no disk holds: a few of the form's files, and others laid over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from target_registry.model import Message
from target_registry.sources import Entry, Kind, Listing, ReadError, by_folder, each
from target_registry.sources.worktree import Worktree

ROOT = Path(__file__).parents[1]
REGISTRY = ROOT / "tests" / "registry"
PLAN = "targets/2018/plan.yaml"
TARGET = "targets/2018/01-retail-sales.yaml"
RECORD = "targets/2018/adjustments/material/2018-09-01-retail-sales.yaml"
_TARGETS = (TARGET, "targets/2018/16-yixinou-trains.yaml", "targets/2018/26-supply-chain-opinions.yaml")
_A_RECORD = """\
reason: 上半年增速低于预期
basis: 省政府专题会议纪要
requested_by: 省商务厅
date: "2018-09-01"
changes:
  - target: retail-sales
    field: weight
    from: 4
    to: 3
"""


class Memory(Worktree):
    """A working tree whose files are held in memory.

    Args:
        files: their bytes by path.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(ROOT)
        self._files = dict(sorted(files.items()))

    def below(self, path: str) -> Iterator[Entry]:
        """Every path below a folder."""
        yield from (Entry(name, Kind.FILE) for name in self._files if name == path or name.startswith(path + "/"))

    def listings(self) -> Iterator[Listing]:
        """The same, folder by folder."""
        return by_folder(self.entries())

    def read_all(self, folder: str, names: Sequence[str], limit: int) -> Iterator[bytes | ReadError]:
        """The bytes of many files of one folder."""
        return each(self, folder, names, limit)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes at a path, at most ``limit`` + 1.

        Raises:
            ReadError: there are none.
        """
        if path not in self._files:
            raise ReadError(Message("it isn't there"))
        return self._files[path][: limit + 1]


@cache
def files(*, approved: bool = False) -> Mapping[str, bytes]:
    """Three targets of the 2018 form with their plan, and a record where the plan is approved."""
    found = {path: (REGISTRY / path).read_bytes() for path in (PLAN, *_TARGETS)}
    if approved:
        found[PLAN] += b"status: approved\napproved_revision: approved-2018\n"
        found[RECORD] = _A_RECORD.encode()
    return found
