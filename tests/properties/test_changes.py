"""What changes between any two registries: told in every report, without a failure and without harm."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz import diff as entry
from fuzz import promises
from fuzz.memory import PLAN, Memory
from target_registry.documents.writer import emit
from target_registry.reports import plain
from target_registry.reports import review as formats
from target_registry.review import review
from target_registry.snapshots import side_of
from target_registry.sources.overlay import Overlay
from tests.conftest import EXAMPLES
from tests.properties.texts import ANYTHING, plans, targets

_DAY = date(2018, 9, 1)
ROWS = st.dictionaries(st.integers(1, 4), targets(works=("consumption", "work-1")), max_size=3)


def files(plan: dict[str, Any], rows: dict[int, dict[str, Any]]) -> dict[str, bytes]:
    """A registry's files; a target's slug is that of its number."""
    found = {PLAN: emit(plan, "plan", PLAN)}
    for number, row in rows.items():
        path = f"targets/2018/{number:02}-t{number}.yaml"
        found[path] = emit(row, "target", path)
    return found


@given(plans(), plans(), ROWS, ROWS, st.booleans())
@settings(max_examples=max(EXAMPLES // 2, 1))
def test_any_two_registries_have_a_difference(
    old: dict[str, Any],
    new: dict[str, Any],
    before: dict[int, dict[str, Any]],
    after: dict[int, dict[str, Any]],
    approved: bool,
) -> None:
    if approved:
        old = {**old, "status": "approved"}
    one, other = files(old, before), files(new, after)
    source = Memory(one)
    gone: dict[str, bytes | None] = dict.fromkeys(one)
    found = review(side_of(source, _DAY), side_of(Overlay(source, {**gone, **other}), _DAY), _DAY)
    assert (found.severity is None) == (one == other)
    for speech in promises.speeches():
        for form in ("text", "json", "markdown", "github"):
            text = formats.load(form).render(found, speech, formats.Look(80, plain, "", "")).text
            promises.harmless(text)
            if form == "json":
                said = json.loads(text)
                assert len(said["changes"]) == len(found.judged)
            if form == "markdown":
                assert len(text) <= 60_000


@given(
    st.integers(0, 2),
    st.sampled_from(["target", "basis", "title", "reason", "weight", "changes", "key_works"]),
    ANYTHING,
    ANYTHING,
)
@settings(max_examples=max(EXAMPLES // 2, 1))
def test_any_two_texts_of_a_file_have_one(which: int, key: str, before: str, after: str) -> None:
    texts = [f"{key}: {text}\n".encode("utf-8", "surrogatepass") for text in (before, after)]
    entry.attempt(bytes([which]) + b"\n=====\n".join(texts))
