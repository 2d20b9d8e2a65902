"""``python -m target_registry`` is the same as ``targets``."""

from __future__ import annotations

from target_registry.cli import later, signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """The console script."""
    signals.watch()  # before what takes a while to import
    later.put_off("inspect")
    from target_registry.cli.main import main as command

    command()


if __name__ == "__main__":
    main()
