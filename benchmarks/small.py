"""How long a person waits: help, and a check of the 28 targets, beside what they are measured against.

``make bench`` runs it. Commands run alternately, each several times, on the same files; the
table shows medians and ratios of this one run, since machines differ and are noisy. Peers
are installed into an environment of their own, ``benchmarks/.peers``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Iterable, Mapping
from pathlib import Path

from tabulate import tabulate

ROOT = Path(__file__).parents[1]
PEERS = Path(__file__).with_name(".peers")
PINNED = ("check-jsonschema==0.39.0",)
ROUNDS = 15


def peer(name: str) -> str:
    """The path of a peer's command, installed where it isn't yet."""
    command = PEERS / "bin" / name
    if not command.exists():
        venv.create(PEERS, with_pip=True)
        pip = [str(PEERS / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, "install", *PINNED], check=True)
    return str(command)


def measure(commands: dict[str, list[str]]) -> dict[str, float]:
    """The median seconds of each command, run alternately."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
            taken[name].append(time.perf_counter() - start)
    # The first round warms the disk and is left out.
    return {name: statistics.median(seconds[1:]) for name, seconds in taken.items()}


def show(pairs: Iterable[tuple[str, list[str], str, list[str], float]], seconds: Mapping[str, float]) -> None:
    """Print what was measured: ours, theirs, the ratio, and what it is to be at most."""
    rows = [
        (
            ours,
            f"{seconds[ours] * 1000:.0f}",
            theirs,
            f"{seconds[theirs] * 1000:.0f}",
            f"{seconds[ours] / seconds[theirs]:.2f}",
            goal,
        )
        for ours, _, theirs, _, goal in pairs
    ]
    heads = ("ours", "ms", "measured against", "ms", "ratio", "at most")
    print(tabulate(rows, heads, disable_numparse=True, colalign=("left", "right", "left", "right", "right", "right")))


def main() -> None:
    """Measure, and print the table."""
    targets = str(Path(sys.executable).with_name("targets"))
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "targets" / "2018").glob("[0-9]*.yaml"))
    pairs = (
        (
            "targets --help",
            [targets, "--help"],
            "python -c 'import click'",
            [sys.executable, "-c", "import click"],
            2.0,
        ),
        (
            "targets check",
            [targets, "check"],
            "check-jsonschema",
            [peer("check-jsonschema"), "--schemafile", "schema/target.schema.json", *files],
            0.5,
        ),
    )
    show(
        pairs,
        measure(
            {name: command for ours, run, theirs, other, _ in pairs for name, command in ((ours, run), (theirs, other))}
        ),
    )


if __name__ == "__main__":
    main()
