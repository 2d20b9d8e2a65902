"""The check of a whole province beside validators of its files: one command makes the corpus, fetches the peers, measures.

    python -m benchmarks --sizes 28 1000 10000 100000 --chart cost.svg

Commands run alternately on the same files, in the registry's folder; the table shows medians, peak memory of the
largest process, and how many times as long as the check each one takes, all of this one run: machines differ and
are noisy, so the ratios are what counts. The check judges schema, rules and weights, the peers the schema alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tabulate import tabulate

from benchmarks import corpus, peers, revisions

TARGETS = str(Path(sys.executable).with_name("targets"))
OURS = "targets check"
MADE_OF_IT = {
    "targets table --format csv": ("table", "--format", "csv"),
    "targets table --format json": ("table", "--format", "json"),
    "targets weights --format csv": ("weights", "--format", "csv"),
    "targets weights --format json": ("weights", "--format", "json"),
}
"""Other commands over the whole registry."""
DIFF = f"targets diff, {revisions.CHANGED} changed"
BARE = "python -c 'import click, subprocess'"
"""A start of Python with what the comparison needs, before it does anything."""


def run(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Seconds of one command in a folder, and the peak memory of its largest process in MiB."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command[:4]} ended with {child.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def measured(commands: Mapping[str, Sequence[str]], rounds: int, folder: Path) -> dict[str, tuple[float, float]]:
    """Median seconds and the most memory of each command, run in turn in a folder; one round before them warms the disk."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            taken[name].append(run(command, folder))
    return {
        name: (statistics.median(seconds for seconds, _ in runs[1:]), max(memory for _, memory in runs))
        for name, runs in taken.items()
    }


def of_size(size: int, rounds: int, known: Sequence[peers.Peer]) -> dict[str, tuple[float, float]]:
    """Everything on a corpus of so many targets."""
    with tempfile.TemporaryDirectory() as place:
        registry, links = Path(place, "registry"), Path(place, "links")
        corpus.write(registry, size)
        peers.farm(registry, links)
        commands = {OURS: [TARGETS, "check"]}
        commands |= {peer.name: list(peer.command(links)) for peer in known if size <= peer.most}
        commands |= {name: [TARGETS, *command] for name, command in MADE_OF_IT.items()}
        plan = min((registry / "targets").glob("*/*")).relative_to(registry / "targets").as_posix()
        for ending in ("csv", "json"):
            words = ("export", f"{place}/form.{ending}", "--force", "--plan", plan)
            commands[f"targets export form.{ending}"] = [TARGETS, *words]
        if shutil.which("git"):
            revisions.two_commits(registry, sorted((registry / "targets").glob("*/*/[0-9]*.yaml")))
            commands[DIFF] = [TARGETS, "diff", "HEAD~1", "HEAD"]
            commands[BARE] = [sys.executable, "-c", "import click, subprocess"]
        return measured(commands, rounds, registry)


def chart(results: Mapping[int, Mapping[str, tuple[float, float]]]) -> str:
    """Seconds against the number of targets, both on logarithmic axes, as SVG."""
    from math import log10

    names = [
        OURS,
        *dict.fromkeys(
            name for found in results.values() for name in found if name != BARE and not name.startswith("targets")
        ),
    ]
    colours = ("#c00000", "#1f4e79", "#548235", "#7f6000", "#5b2c83")
    points = {
        name: [(size, found[name][0]) for size, found in sorted(results.items()) if name in found] for name in names
    }
    seconds = [second for found in points.values() for _, second in found]
    left, right = log10(min(results)), log10(max(results)) or 1
    low, high = log10(min(seconds)), log10(max(seconds))

    def x(size: float) -> float:
        return 70 + 470 * (log10(size) - left) / ((right - left) or 1)

    def y(second: float) -> float:
        return 330 - 290 * (log10(second) - low) / ((high - low) or 1)

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" width="760" height="390" font-family="sans-serif" font-size="12">',
        '<rect width="760" height="390" fill="white"/>',
        '<text x="305" y="380" text-anchor="middle">targets</text><text x="20" y="25">seconds</text>',
    ]
    for size in results:
        parts.append(f'<line x1="{x(size):.0f}" y1="40" x2="{x(size):.0f}" y2="330" stroke="#ddd"/>')
        parts.append(f'<text x="{x(size):.0f}" y="350" text-anchor="middle">{size:,}</text>')
    step = 10 ** int(low - 1)
    while step <= max(seconds):
        if step >= min(seconds):
            parts.append(f'<line x1="70" y1="{y(step):.0f}" x2="540" y2="{y(step):.0f}" stroke="#ddd"/>')
            parts.append(f'<text x="60" y="{y(step) + 4:.0f}" text-anchor="end">{step:g}</text>')
        step *= 10
    for place, (name, found) in enumerate(points.items()):
        colour = colours[place % len(colours)]
        line = " ".join(f"{x(size):.0f},{y(second):.0f}" for size, second in found)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(size):.0f}" cy="{y(second):.0f}" r="3" fill="{colour}"/>' for size, second in found]
        parts.append(f'<text x="560" y="{50 + 20 * place}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[28, 1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--chart", type=Path, help="where to write the chart of cost against size")
    parser.add_argument("--alone", action="store_true", help="without the peers, and so without any registry")
    given = parser.parse_args()
    known = [] if given.alone else peers.installed()
    results = {}
    for size in given.sizes:
        results[size] = of_size(size, given.rounds, known)
        ours = results[size][OURS][0]
        rows = [
            (name, f"{seconds:.2f}", f"{seconds / ours:.2f}", f"{memory:.0f}")
            for name, (seconds, memory) in results[size].items()
        ]
        print(f"{size:,} targets")
        heads = ("command", "seconds", "times the check", "MiB")
        print(tabulate(rows, heads, disable_numparse=True, colalign=("left", "right", "right", "right")))
        if BARE in results[size]:
            print(f"The comparison takes {results[size][DIFF][0] / results[size][BARE][0]:.1f} times the bare start.")
        print(flush=True)
    if given.chart:
        given.chart.write_text(chart(results), "utf-8")


if __name__ == "__main__":
    main()
