"""What fuzzing found stays mended: each find below ``fuzz_cases/<entry point>/`` once more, without a fuzzer."""

from __future__ import annotations

from pathlib import Path

import pytest

import fuzz
from fuzz.words import dictionary

FOUND = sorted(path for path in Path(__file__).with_name("fuzz_cases").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_find_is_mended(path: Path) -> None:
    fuzz.load(path.parent.name).attempt(path.read_bytes())


@pytest.mark.parametrize("name", fuzz.NAMES)
def test_an_entry_point_takes_its_seeds(name: str) -> None:
    entry = fuzz.load(name)
    for seed in list(entry.seeds())[::7]:
        entry.attempt(seed)


def test_the_dictionary_is_one_that_libfuzzer_reads() -> None:
    assert all(line[0] == line[-1] == '"' and line.isascii() for line in dictionary().splitlines())
