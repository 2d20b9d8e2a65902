"""The tool as the workflow and the action install it, once for all tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.automation.runner import (
    ACTION,
    CHECK,
    INSTALL,
    ROOT,
    Runner,
    built_with,
    copy_tool,
    environment,
    make_hostile,
    pinned,
)


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages that the tool and its build need: the only thing that is downloaded.

    Of each that constraints.txt pins there is an empty version 99 too, for whom forgets the constraints.
    """
    folder = tmp_path_factory.mktemp("wheels")
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--dest", folder,
         "--constraint", ROOT / "constraints.txt", *built_with()],
        env=environment(), check=True,
    )  # fmt: skip
    for name in pinned():
        with zipfile.ZipFile(folder / f"{name.replace('-', '_')}-99-py3-none-any.whl", "w") as wheel:
            about = f"{name.replace('-', '_')}-99.dist-info"
            wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 99\n")
            wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{about}/RECORD", "")
    return folder


class Installed(NamedTuple):
    """The tool as a script installed it, with a hostile registry beside or around it."""

    path: Path
    temporary: Path
    marker: Path
    wheels: Path


def _install(path: Path, folder: Path, wheels: Path) -> Installed:
    runner = Runner(path, folder, folder / "temp", wheels)
    runner.lay_out()
    marker = make_hostile(runner.registry)
    tool = folder / "action" if runner.is_action else runner.workspace / "tool"
    copy_tool(tool)
    # As where the caller's job lets its own tests import from the working folder.
    careless = {"PYTHONPATH": str(runner.registry)} if runner.is_action else {}
    done = runner.run(only=[INSTALL], action_path=tool, around=careless).ran[INSTALL]
    assert done.code == 0, done.log
    shutil.rmtree(tool)
    return Installed(path, runner.temporary, marker, wheels)


@pytest.fixture(scope="session")
def by_workflow(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> Installed:
    """What check.yml installs."""
    return _install(CHECK, tmp_path_factory.mktemp("workflow"), wheels)


@pytest.fixture(scope="session")
def by_action(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> Installed:
    """What action.yml installs."""
    return _install(ACTION, tmp_path_factory.mktemp("action"), wheels)


@pytest.fixture(params=["by_workflow", "by_action"])
def installed(request: pytest.FixtureRequest) -> Installed:
    """Each of the two."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Installed)
    return found


def fresh(installed: Installed, folder: Path) -> Runner:
    """A fresh workspace with the real registry."""
    runner = Runner(installed.path, folder, installed.temporary, installed.wheels)
    runner.lay_out()
    return runner


@pytest.fixture
def runner(installed: Installed, tmp_path: Path) -> Runner:
    """A fresh workspace with the real registry, for each of the two."""
    return fresh(installed, tmp_path)


@pytest.fixture
def action(by_action: Installed, tmp_path: Path) -> Runner:
    """The same for the action alone, which has inputs."""
    return fresh(by_action, tmp_path)


@pytest.fixture
def committed(by_workflow: Installed, tmp_path: Path) -> Runner:
    """The registry with everything committed, and a tool installed to call."""
    return fresh(by_workflow, tmp_path)
