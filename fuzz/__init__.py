"""Coverage-guided fuzzing: ``python -m fuzz reader``, ``imports`` or ``diff``.

Each entry point is a module with ``seeds``, inputs to begin with, and ``attempt``, which does with one
input what a stranger can bring about and raises where a promise is broken. What is found is kept below
``tests/fuzz_cases``, and ``tests/test_fuzz_cases.py`` runs it through ``attempt`` ever after, without atheris.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

NAMES = ("reader", "imports", "diff")
"""Each a module of this package."""


class EntryPoint(Protocol):
    """A module that is fuzzed."""

    def seeds(self) -> Iterator[bytes]:
        """Inputs to begin with."""

    def attempt(self, data: bytes) -> None:
        """Do with one input what it is for; whatever is raised is a find."""


def load(name: str) -> EntryPoint:
    """The module of an entry point."""
    module: EntryPoint = import_module(f"{__name__}.{name}")
    return module
