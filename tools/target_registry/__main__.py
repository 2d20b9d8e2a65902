"""``python -m target_registry`` is the same as ``targets``."""

from __future__ import annotations

import gc

from target_registry.cli import bytecode

bytecode.keep_whole()  # before more is imported

from target_registry.cli import later, signals  # noqa: E402

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """The console script."""
    signals.watch()  # before what takes a while to import
    gc.set_threshold(100_000)  # a short life makes little garbage: looking for it costs a tenth of the time
    later.put_off("inspect")
    later.put_off("ipaddress")
    with later.Named("uuid", "UUID"):
        from target_registry.cli.main import main as command

    command()


if __name__ == "__main__":
    main()
