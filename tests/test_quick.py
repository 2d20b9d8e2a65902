"""The quick reader reads what the strict one reads, or hands over."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from target_registry import limits
from target_registry.documents import quick, reader
from tests.conftest import ROOT

FILES = sorted([*(ROOT / "targets").rglob("*.yaml"), *(ROOT / "tests").rglob("*.yaml")])
PIECES = [
    piece.encode()
    for piece in (
        " ", ":", "#", "- ", "\n", '"', "'", "  ", ": ", " #", "a", "1", "0", ".", "-", "~", "null", "true", "[", "{", "|",
        ">", "&", "*", "!", "%", "@", "?", "\t", "\\", "key:", "key: v\n", "  key: v\n", "  - id: x\n    title: y\n", "：",
        "\u3000", "---\n", "...\n", "<<", "=", "e3", "_", ",", "yes", "2018-01-01", "1:30", "+", "\r\n", "\u200b", "null: 1\n",
    )
]  # fmt: skip


def same(one: Any, other: Any) -> bool:
    """Equal to the type and to the order of keys."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and str(one) == str(other)


def agree(raw: bytes) -> bool:
    """Whether the quick reader took the text; if so, both read the same, and there is nothing to report."""
    found = quick.read("x.yaml", raw, 1 << 16)
    if found is None:
        return False
    strict = reader.read("x.yaml", raw, 1 << 16)
    assert strict.findings == []
    assert strict.broken == set()
    assert same(found.data, strict.data)
    assert found.places == strict.places
    assert found.key_places == strict.key_places
    return True


def test_it_reads_the_registry() -> None:
    assert all(agree(path.read_bytes()) for path in (ROOT / "targets").rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_is_read_alike(path: Path) -> None:
    agree(path.read_bytes())


@pytest.mark.parametrize(
    "raw", [b'basis: "a\rb"\n', b"basis: a\n#\rweight: 3\n", b"measure:\n#\r  unit: a\n  aim: b\n", b'basis: "a\tb"\n']
)
def test_line_ends_and_tabs_within_a_line_are_handed_over(raw: bytes) -> None:
    assert not agree(raw)


@pytest.mark.parametrize(("extra", "taken"), [(0, True), (1, False)])
def test_as_many_keys_are_taken_as_the_strict_reader_takes(extra: int, taken: bool) -> None:
    keys = [f"{first}{second}" for first in "abcdefghij" for second in "klmnopqrst"][: limits.KEYS] + ["z"] * extra
    raw = "".join(f"{key}: 1\n" for key in keys).encode()
    assert agree(raw) is taken
    assert [finding.code for finding in reader.read("x.yaml", raw, 1 << 16).findings] == ["too-complex"] * extra


@pytest.mark.parametrize(("length", "taken"), [(60, True), (1_024, False), (1_025, False), (20_000, False)])
def test_a_key_that_parsers_refuse_is_handed_over(length: int, taken: bool) -> None:
    assert agree(b"k" * length + b": 1\n") is taken


@pytest.mark.parametrize("seed", range(20))
def test_a_mutant_is_read_alike(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    texts = [path.read_bytes()[:3000] for path in FILES]
    taken = 0
    for _ in range(600):
        raw = chance.choice(texts)
        for _ in range(chance.randint(1, 3)):
            at, kind = chance.randrange(len(raw) + 1), chance.random()
            lines = raw.split(b"\n")
            line = chance.randrange(len(lines))
            if kind < 0.5:
                raw = raw[:at] + chance.choice(PIECES) + raw[at:]
            elif kind < 0.7:
                raw = raw[:at] + raw[at + chance.randint(1, 6) :]
            else:
                if kind < 0.85:
                    lines.insert(chance.randrange(len(lines)), lines[line])
                else:
                    lines[line] = b" " * chance.randint(1, 4) + lines[line] if kind < 0.93 else lines[line].lstrip()
                raw = b"\n".join(lines)
        taken += agree(raw)
    assert taken > 10
