"""How long a comparison takes: two revisions of 10,000 targets with 100 changed, beside a bare start of Python.

``make bench`` runs it. The corpus is made anew in a temporary folder, always the same: once as
one plan, once as fifty. Commands run alternately; the table shows medians and ratios of this one run.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.small import measure, show

ROOT = Path(__file__).parents[1]
FORM = ROOT / "tests" / "registry" / "targets" / "2018"
TARGETS, CHANGED, AT_MOST = 10_000, 100, 4.0


def git(folder: Path, *arguments: str) -> None:
    """Run Git with an identity of its own."""
    identity = ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def corpus(folder: Path, plans: int) -> None:
    """Two commits of the form's rows, many times over."""
    rows = [path.read_text("utf-8") for path in sorted(FORM.glob("[0-9]*.yaml"))]
    plan = (FORM / "plan.yaml").read_text("utf-8")
    files = []
    for number in range(plans):
        home = folder / "targets" / "2018" / (f"department-{number:02}" if plans > 1 else "")
        home.mkdir(parents=True)
        total = 0
        for row in range(TARGETS // plans):
            text = rows[row % len(rows)]
            total += int(re.search(r"(?m)^weight: (\d+)$", text)[1])  # type: ignore[index]
            path = home / f"{row + 1:02}-target-{row + 1}.yaml"
            path.write_text(text, "utf-8")
            files.append(path)
        (home / "plan.yaml").write_text(plan.replace("total: 90", f"total: {total}"), "utf-8")
    two_commits(folder, files)


def two_commits(folder: Path, files: Sequence[Path]) -> None:
    """Commit a registry, change some of its targets, and commit them."""
    chance = random.Random(2018)  # noqa: S311  no secret
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=before")
    git(folder, "gc", "--quiet")
    for count, path in enumerate(chance.sample(files, min(CHANGED, len(files)))):
        text = path.read_text("utf-8")
        path.write_text(_changed(text, count % 3), "utf-8")
    git(folder, "commit", "--quiet", "--all", "--message=after")


def _changed(text: str, kind: int) -> str:
    """A target with another weight, a hedge, or another deadline."""
    if kind == 0:
        return re.sub(r"(?m)^weight: (\d+)", lambda found: f"weight: {int(found[1]) + 1}", text)
    if kind == 1:
        return re.sub(r"(?m)^target: (.*)$", r"target: 争取\1", text)
    return re.sub(r"(?m)^deadline_month: \d+$", "deadline_month: 7", text)


def main() -> None:
    """Measure, and print the table."""
    targets = str(Path(sys.executable).with_name("targets"))
    with tempfile.TemporaryDirectory() as place:
        pairs = []
        for plans in (1, 50):
            folder = Path(place, str(plans))
            folder.mkdir()
            corpus(folder, plans)
            for form in ("text", "json"):
                name = f"targets diff, {plans} plan{'s' if plans > 1 else ''}, {form}"
                command = [targets, "-C", str(folder), "diff", "HEAD~1", "HEAD", "--format", form]
                bare = [sys.executable, "-c", "import click, subprocess"]
                pairs.append((name, command, "python -c 'import click, subprocess'", bare, AT_MOST))
        show(
            pairs,
            measure(
                {name: run for ours, mine, theirs, other, _ in pairs for name, run in ((ours, mine), (theirs, other))}
            ),
        )


if __name__ == "__main__":
    main()
