"""How long the form takes out and in: the 28 targets, and 9,999 of them, as Word, Excel and data files.

``make bench`` runs it. The large corpus is the form's rows, many times over, made anew in a temporary
folder. The table shows medians of this one run, and peak memory.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tabulate import tabulate

ROOT = Path(__file__).parents[1]
FORM = ROOT / "tests" / "registry"
TARGETS = str(Path(sys.executable).with_name("targets"))
LARGE = 9_999
"""As many as a plan's file names can number."""
SMALL_ROUNDS = 9
ENDINGS = ("docx", "xlsx", "csv", "json")
OUT_ONLY = ("docx",)
"""Kinds whose large file is refused on its way in: a form of thousands of rows comes back as Excel."""


def corpus(folder: Path) -> None:
    """One plan of many targets."""
    source = FORM / "targets" / "2018"
    rows = [path.read_text("utf-8") for path in sorted(source.glob("[0-9]*.yaml"))]
    home = folder / "targets" / "2018"
    home.mkdir(parents=True)
    total = 0
    for row in range(LARGE):
        text = rows[row % len(rows)]
        total += int(re.search(r"(?m)^weight: (\d+)$", text)[1])  # type: ignore[index]
        (home / f"{row + 1:02}-target-{row + 1}.yaml").write_text(text, "utf-8")
    plan = (source / "plan.yaml").read_text("utf-8")
    (home / "plan.yaml").write_text(plan.replace("total: 90", f"total: {total}"), "utf-8")


def run(arguments: list[str]) -> tuple[float, int]:
    """Seconds and peak memory in MiB of one command."""
    start = time.perf_counter()
    child = subprocess.Popen([TARGETS, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode > 1:
        sys.exit(f"{arguments} failed")
    return time.perf_counter() - start, usage.ru_maxrss // 1024


def rows(folder: Path, registry: Path, rounds: int, what: str) -> Iterator[tuple[str, str, str]]:
    """Each kind of file, out and in."""
    for ending in ENDINGS:
        file = folder / f"form.{ending}"
        both = (("export", ["--force", str(file)]), ("import", [str(file)]))
        for name, arguments in both[:1] if rounds == 1 and ending in OUT_ONLY else both:
            measured = [run(["-C", str(registry), name, *arguments]) for _ in range(rounds)]
            seconds = statistics.median(second for second, _ in measured)
            yield f"{name} .{ending}, {what}", f"{seconds:.2f}", str(max(peak for _, peak in measured))


def main() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = folder / "small", folder / "large"
        shutil.copytree(FORM, small)
        corpus(large)
        heads = ("command", "seconds", "MiB")
        found = [
            *rows(folder, small, SMALL_ROUNDS, "28 targets"),
            *rows(folder, large, 1, f"{LARGE} targets"),
        ]
        print(tabulate(found, heads, disable_numparse=True, colalign=("left", "right", "right")))


if __name__ == "__main__":
    main()
