"""``python -m fuzz NAME --seconds N``: fuzz an entry point; what is found becomes a case, and the exit code 1."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import fuzz
from fuzz.memory import ROOT

CASES = ROOT / "tests" / "fuzz_cases"
_MOST_BYTES = {"reader": 4_000, "imports": 8_000, "diff": 4_000}
_SECONDS_AN_INPUT = 30
_MEGABYTES = 2_000
_SECONDS_TO_MINIMISE = 120


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("name", choices=fuzz.NAMES)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0, help="of the inputs; 0 for others each time")
    parser.add_argument("--corpus", type=Path, help="a folder in which inputs that reach something new are kept")
    parser.add_argument("--inside", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if find_spec("atheris") is None:
        print("atheris is not installed here: pip install --constraint constraints.txt -e '.[dev,fuzz]'")
        return 2
    if options.inside is not None:
        return _inside(options.name, options.inside)
    return _run(options.name, options.seconds, options.seed, options.corpus)


def _inside(name: str, arguments: list[str]) -> int:
    """Hand this process over to libFuzzer, which ends it."""
    import atheris

    with atheris.instrument_imports(include=["target_registry", "yaml"]):
        entry = fuzz.load(name)
        for seed in islice(entry.seeds(), 20):
            entry.attempt(seed)  # so that what is imported only when it is needed is instrumented as well
    atheris.Setup([name, *arguments], entry.attempt)
    atheris.Fuzz()
    return 0


def _run(name: str, seconds: int, seed: int, kept: Path | None) -> int:
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        seeds, found, words = folder / "seeds", folder / "found", folder / "words"
        corpus = kept or folder / "corpus"
        for made in (seeds, found, corpus):
            made.mkdir(parents=True, exist_ok=True)
        entry = fuzz.load(name)
        for number, raw in enumerate(entry.seeds()):
            (seeds / str(number)).write_bytes(raw)
        from fuzz.words import dictionary

        words.write_text(dictionary(), "ascii")
        command = [
            sys.executable, "-m", "fuzz", name, "--inside", f"-dict={words}", f"-max_total_time={seconds}", f"-seed={seed}",
            f"-max_len={_MOST_BYTES[name]}", f"-timeout={_SECONDS_AN_INPUT}", f"-report_slow_units={_SECONDS_AN_INPUT}",
            f"-rss_limit_mb={_MEGABYTES}", f"-artifact_prefix={found}/", "-print_final_stats=1", str(corpus), str(seeds),
        ]  # fmt: skip
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)} if seed else None
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
        said = ended.stderr.decode(errors="replace")
        figures = dict(line[6:].split(": ", 1) for line in said.splitlines() if line.startswith("stat::"))
        tried, new = (figures.get(key, "?").strip() for key in ("number_of_executed_units", "new_units_added"))
        print(f"{name}: {tried} inputs, {new} of them reached something new", flush=True)
        finds = sorted(found.iterdir())
        for find in finds:
            print(f"{name}: found {_keep(name, find.read_bytes()).relative_to(ROOT)}")
        if ended.returncode and not finds:
            print(said[-3000:])
        return int(bool(finds) or ended.returncode != 0)


def _keep(name: str, data: bytes) -> Path:
    """Make a find as small as it can be, and a case of it."""
    attempt = fuzz.load(name).attempt
    sign = _raised(attempt, data)
    small = _minimised(attempt, data, sign) if sign else data
    path = CASES / name / hashlib.sha256(small).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(small)
    print(sign or "it takes too long, or too much memory")
    return path


def _raised(attempt: Callable[[bytes], None], data: bytes) -> str:
    """What an input raises, and where; nothing where it raises nothing."""
    try:
        attempt(data)
    except Exception as error:  # noqa: BLE001  whatever is raised is what was looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {place.name}, line {place.lineno} of {Path(place.filename).name}"
    return ""


def _minimised(attempt: Callable[[bytes], None], data: bytes, sign: str) -> bytes:
    """Take out piece after piece, as long as the same is raised at the same place."""
    until = time.monotonic() + _SECONDS_TO_MINIMISE
    size = max(len(data) // 2, 1)
    while size and time.monotonic() < until:
        at = 0
        while at < len(data) and time.monotonic() < until:
            shorter = data[:at] + data[at + size :]
            if _raised(attempt, shorter) == sign:
                data = shorter
            else:
                at += size
        size //= 2
    return data


if __name__ == "__main__":
    sys.exit(main())
