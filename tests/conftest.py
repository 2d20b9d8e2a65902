"""What the tests share: a copy of the registry, and a call of the command."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from target_registry.cli.main import run as run_command

# The same examples on every machine, and none kept; TARGETS_EXAMPLES=5000 tries more by hand.
_BY_HAND = os.environ.get("TARGETS_EXAMPLES")
EXAMPLES = int(_BY_HAND or 60)
settings.register_profile(
    "targets", derandomize=_BY_HAND is None, database=None, deadline=None, print_blob=True, max_examples=EXAMPLES
)
settings.load_profile("targets")

ROOT = Path(__file__).parents[1]
REGISTRY = ROOT / "tests" / "registry"
"""The 2018 form as it was filed: what the tests read, so that a change of the live one in targets/ fails none."""


class Outcome(NamedTuple):
    """What one call of the command left behind."""

    code: int
    out: str
    err: str
    raw: bytes


Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """One language, one width, no colour, whatever the machine says."""
    for name in ("TARGETS_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.chdir(REGISTRY)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Call ``targets`` in this process."""

    def call(*arguments: str) -> Outcome:
        capfdbinary.readouterr()
        code = run_command(["--debug", *arguments])
        out, err = capfdbinary.readouterr()
        return Outcome(code, out.decode(), err.decode(), out)

    return call


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A copy of the form's registry that may be broken."""
    folder = tmp_path / "registry"
    for name in ("targets", "schema"):
        shutil.copytree((ROOT if name == "schema" else REGISTRY) / name, folder / name)
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-cases", action="store_true", help="write what the commands say as what the cases expect")
