"""What the check is measured beside: validators of YAML files, each installed from its registry into a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
HOME = Path(__file__).with_name(".peers")
SCHEMA = str(ROOT / "schema" / "target.schema.json")
PYTHON = ("check-jsonschema==0.39.0", "yamale==6.1.0", "sourcemeta-jsonschema==17.3.0")
NODE = ("ajv-cli@5.0.0",)
YAMALE = """\
key_work: str()
target: str()
category: enum('key_quantitative', 'general_quantitative', 'qualitative')
deadline_month: int(min=1, max=12)
half_year_target: str(required=False)
weight: num(min=0, max=100)
basis: str()
verification: str()
fiscal_project: bool()
remarks: str(required=False)
measure: include('measure', required=False)
---
measure:
  indicator: str()
  unit: str()
  aim: enum('about', 'at_least', 'at_most', 'match')
  full_year: num(required=False)
  half_year: num(required=False)
  baseline: num(required=False)
  reference: str(required=False)
"""


class Peer(NamedTuple):
    """One validator. ``most`` is the largest corpus that it is run on: one that takes minutes is spared larger ones."""

    name: str
    command: Callable[[Path], Sequence[str]]
    most: int


def _files(folder: Path) -> list[str]:
    return sorted(str(path) for path in (folder / "targets").rglob("*.yaml"))


def installed() -> list[Peer]:
    """The peers that could be had here; one whose registry isn't reached, or that needs a missing npm, is left out."""
    found = []
    if not (HOME / "bin" / "python").exists():
        venv.create(HOME, with_pip=True)
    pip = [str(HOME / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", *PYTHON]
    if subprocess.run(pip, check=False).returncode == 0:
        yamale = HOME / "target.yamale"
        yamale.write_text(YAMALE, "utf-8")
        sourcemeta = str(_binary())
        found += [
            Peer(
                "sourcemeta jsonschema --fast",
                lambda folder: (
                    *(sourcemeta, "validate", "--fast", SCHEMA, str(folder / "targets"), "--extension", ".yaml"),
                ),
                1_000_000,
            ),
            Peer(
                "check-jsonschema",
                lambda folder: (str(HOME / "bin" / "check-jsonschema"), "--schemafile", SCHEMA, *_files(folder)),
                10_000,
            ),
            Peer("yamale", lambda folder: (str(HOME / "bin" / "yamale"), "-s", str(yamale), str(folder)), 10_000),
        ]
    if npm := shutil.which("npm"):
        ajv = HOME / "node_modules" / ".bin" / "ajv"
        install = [npm, "install", "--prefix", str(HOME), "--no-audit", "--no-fund", "--loglevel=error", *NODE]
        if ajv.exists() or subprocess.run(install, check=False, stdout=subprocess.DEVNULL).returncode == 0:
            found.append(
                Peer(
                    "ajv-cli",
                    lambda folder: (
                        *(str(ajv), "validate", "--spec=draft2020", "--strict=false", "-s", SCHEMA),
                        *("-d", f"{folder}/targets/**/*.yaml"),
                    ),
                    1_000_000,
                )
            )
    return found


def _binary() -> Path:
    """The compiled program itself, where its package has one for this machine, without Python's start before it."""
    machine = os.uname().machine.replace("aarch64", "arm64")
    system = sys.platform.replace("win32", "windows")
    for path in HOME.glob(f"lib/python*/site-packages/sourcemeta_jsonschema/jsonschema-{system}-{machine}"):
        path.chmod(0o755)
        return path
    return HOME / "bin" / "jsonschema"


def farm(corpus: Path, folder: Path) -> None:
    """The corpus' targets by hard links, without its plans: the peers have no schema for these."""
    for path in (corpus / "targets").rglob("*.yaml"):
        if path.name != "plan.yaml":
            link = folder / path.relative_to(corpus)
            link.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, link)
