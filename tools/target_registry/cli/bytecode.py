"""What Python keeps of modules that it has compiled: whole, or not at all.

Where the disk is full, or a file may not grow as large, CPython's loader writes as much as fits and believes that it is
all: from then on nothing that imports the module would start. This module is small enough to fit or to fail.

Source: ``importlib.abc.SourceLoader.set_data``, by which a loader writes such a file.
"""

from __future__ import annotations

import os
from collections.abc import Callable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def keep_whole() -> None:
    """From now on take away what was written in part; what is not kept is compiled once more."""
    loader: Any = type(__spec__.loader)
    write: Callable[..., None] | None = getattr(loader, "set_data", None)
    if write is None:  # a loader that writes nothing, as that of a zip file
        return

    def set_data(self: Any, path: str, data: bytes, **how: Any) -> None:
        write(self, path, data, **how)
        try:
            if os.stat(path).st_size != len(data):
                os.unlink(path)
        except OSError:
            pass  # it was not written at all

    loader.set_data = set_data
