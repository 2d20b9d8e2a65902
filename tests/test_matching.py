"""Which row is which target is found in bounded work, and ordinary forms don't feel the bound."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from target_registry import nearest
from target_registry.forms import Grid
from target_registry.intake import Filled, matching
from target_registry.intake.values import Row
from target_registry.model import Target

SIGNS = "推动实施出口增长百分之完成企业家目标建设印发推进开展落实"


def row(number: int | None, **values: str) -> Row:
    return Row(Filled(Grid("", 1, ()), number or 1, {}), values, {}, number, "", None)


def target(number: int, **values: str) -> Target:
    return Target("2018", f"{number}.yaml", number, f"t{number}", True, values)


def sentences(count: int, length: int, seed: int) -> list[str]:
    dice = random.Random(seed)  # noqa: S311  # not for secrets
    return ["".join(dice.choices(SIGNS, k=length)) for _ in range(count)]


def found(rows: Sequence[Row], targets: Sequence[Target]) -> list[str]:
    return [one.slug if one else "" for one in matching.match(rows, targets)[0]]


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many signs each comparison reads."""
    lengths: list[int] = []

    def counted(one: str, other: str) -> float:
        lengths.append(len(one))
        return nearest.likeness(one, other)

    monkeypatch.setattr(matching, "likeness", counted)
    return lengths


def test_many_long_texts_that_match_nothing_are_not_all_compared(compared: list[int]) -> None:
    keys = ("target", "basis", "verification", "remarks")
    rows = [row(n, **dict.fromkeys(keys, text)) for n, text in enumerate(sentences(195, 480, 1), 1)]
    targets = [target(n, **dict.fromkeys(keys, text)) for n, text in enumerate(sentences(195, 480, 2), 1)]
    assert found(rows, targets) == [""] * 195
    assert sum(compared) < 2 * 1_000_000


def test_beyond_the_bound_rows_are_known_by_their_numbers() -> None:
    texts = sentences(195, 480, 1)
    rows = [row(n, target=text[:400]) for n, text in enumerate(texts, 1)]
    targets = [target(n, target=text) for n, text in enumerate(texts, 1)]
    assert found(rows, targets) == [f"t{n}" for n in range(1, 196)]


def test_a_hundred_edited_rows_are_compared_with_all(compared: list[int]) -> None:
    """Rows that are edited, moved and without a number, as long as those of a real form."""
    texts = sentences(100, 40, 1)
    rows = [row(None, target=f"{text[:30]}左右") for text in reversed(texts)]
    targets = [target(n, target=text) for n, text in enumerate(texts, 1)]
    assert found(rows, targets) == [f"t{n}" for n in range(100, 0, -1)]
    assert len(compared) > 100


def test_texts_with_few_signs_in_common_are_not_compared(compared: list[int]) -> None:
    assert found([row(1, target="举办油商大会")], [target(2, target="网络零售额增长20%")]) == [""]
    assert compared == []
    assert found([row(1, target="网络零售额增长15%")], [target(2, target="网络零售额增长20%")]) == ["t2"]
    assert compared == [10]
