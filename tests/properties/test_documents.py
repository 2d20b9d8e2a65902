"""The reader, the writer and the editor on any bytes and any legal data."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz import reader as entry
from fuzz.words import words
from target_registry import limits, schema
from target_registry.documents import quick
from target_registry.documents.editor import changed, edit
from target_registry.documents.reader import read
from target_registry.documents.writer import Unformattable, canonical, comments, emit, scalar
from target_registry.model import Level, Route
from tests.properties.texts import ANYTHING, CELLS, MEASURES, plans, sorted_by_key, targets
from tests.test_quick import same

PATH = "targets/2018/01-x.yaml"
LIMIT = limits.TARGET_BYTES
_WORDS = sorted(set(words()))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document(raw: bytes) -> None:
    entry.attempt(raw)


@given(ANYTHING)
def test_any_text_is_a_document(text: str) -> None:
    entry.attempt(text.encode("utf-8", "surrogatepass"))


@given(st.lists(st.sampled_from([*_WORDS, b"\n", b"\n", b"  ", b": ", b"- "]), max_size=25).map(b"".join))
def test_any_words_of_yaml_are_a_document(raw: bytes) -> None:
    entry.attempt(raw)


@given(ANYTHING)
def test_any_value_behind_a_key_is_read_in_one_way(text: str) -> None:
    entry.attempt(f"target: {text}\nbasis: 甲\n".encode("utf-8", "surrogatepass"))


def _plain_enough(data: Any) -> bool:
    """Whether every text of some data can stand on a line as it is, which is what the quick reader is for."""
    if isinstance(data, dict):
        return all(map(_plain_enough, data.values()))
    if isinstance(data, list):
        return all(map(_plain_enough, data))
    return "\\" not in scalar(data) and str(data)[:1] not in "-[{｛［【"


@given(targets())
def test_a_target_is_read_as_it_was_written(data: dict[str, Any]) -> None:
    raw = emit(data, "target", PATH)
    document = read(PATH, raw, LIMIT)
    assert document.findings == []
    assert same(sorted_by_key(document.data), sorted_by_key(data))
    assert schema.judge(document, "target").findings == []
    assert canonical(PATH, raw, "target", LIMIT) == raw
    if _plain_enough(data):
        assert quick.read(PATH, raw, LIMIT) is not None


@given(plans())
def test_a_plan_is_read_as_it_was_written(data: dict[str, Any]) -> None:
    raw = emit(data, "plan", "targets/2018/plan.yaml")
    document = read(PATH, raw, limits.PLAN_BYTES)
    assert document.findings == []
    assert same(sorted_by_key(document.data), sorted_by_key(data))
    assert canonical("targets/2018/plan.yaml", raw, "plan", limits.PLAN_BYTES) == raw


@given(targets(), targets())
def test_an_edit_says_what_was_asked_for(before: dict[str, Any], after: dict[str, Any]) -> None:
    raw = emit(before, "target", PATH)
    changes: dict[Route, Any] = {(key,): after.get(key) for key in {**before, **after}}
    written = edit(PATH, raw, "target", changes, LIMIT)
    document = read(PATH, written, LIMIT)
    assert document.findings == []
    assert document.data == after == changed(before, changes)
    assert comments(written) == comments(raw)


COMMENTS = st.lists(CELLS.map(lambda text: " ".join(text.split())), min_size=1, max_size=3)
STYLES = st.sampled_from(["plain", "single", "double", "literal", "folded"])


def _styled(text: str, style: str) -> str:
    """A text in one of YAML's styles, as people write them by hand."""
    if style == "single" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    if style in ("literal", "folded") and not text.startswith((" ", "\n", "\t")):
        sign = "|-" if style == "literal" else ">-"
        return f"{sign}\n" + "\n".join(f"  {line}" if line.strip() else "" for line in text.split("\n"))
    return text if style == "plain" else scalar(text)


@given(st.dictionaries(st.sampled_from(["target", "basis", "remarks"]), st.tuples(CELLS, STYLES), min_size=1), COMMENTS)
def test_the_canonical_form_keeps_data_and_comments(texts: dict[str, tuple[str, str]], said: list[str]) -> None:
    lines = [f"{key}: {_styled(text, style)}" for key, (text, style) in texts.items()]
    raw = ("\n".join(f"# {comment}\n{line}" for comment, line in zip(said * 3, lines, strict=False)) + "\n").encode()
    before = read(PATH, raw, LIMIT)
    if not isinstance(before.data, dict) or any(f.level is Level.ERROR for f in before.findings):
        with pytest.raises(Unformattable):
            canonical(PATH, raw, "target", LIMIT)
        return
    written = canonical(PATH, raw, "target", LIMIT)
    after = read(PATH, written, LIMIT)
    assert after.data == before.data
    assert sorted(comments(written)) == sorted([*comments(raw), written.decode().split("\n", 1)[0]])
    assert canonical(PATH, written, "target", LIMIT) == written


@given(MEASURES)
def test_figures_keep_their_digits(measure: dict[str, Any]) -> None:
    data = read(PATH, emit({"measure": measure}, "target", PATH), LIMIT).data
    assert {key: (type(value), str(value)) for key, value in data["measure"].items()} == {
        key: (type(value), str(value)) for key, value in measure.items()
    }
