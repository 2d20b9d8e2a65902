"""How wide a text is in a terminal, told without the library and with it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from target_registry import wrapping


def test_every_plain_sign_is_as_wide_as_the_library_says() -> None:
    for code in range(0x20, 0x10000):
        char = chr(code)
        if char in wrapping._NARROW or any(first <= char <= last for first, last in (*wrapping._WIDE, (" ", "~"))):
            assert wrapping._CELLS[char] == wcswidth(char), hex(code)


@given(st.text(st.sampled_from("增长9%左右，“一带一路”—abc ㎡①é"), max_size=60))
def test_a_text_is_as_wide_as_the_library_says(text: str) -> None:
    assert wrapping.width(text) == max(wcswidth(text), 0)


@given(st.text(st.sampled_from("增长9%左右，“一带一路”—abc （）《》"), max_size=200), st.integers(8, 60))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrapping.wrap(text, columns)
    # Closing punctuation that may not begin a line takes what stands before it along.
    assert all(wrapping.width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.text(st.sampled_from("增长9%左右，“一带一路”—abc、、 （）((《》…\u3000"), max_size=120), st.integers(0, 40))
def test_lines_by_sums_turn_where_those_turn_that_are_measured_piece_by_piece(text: str, columns: int) -> None:
    found = wrapping.pieces(text, columns)
    assert list(wrapping._by_sums(found, columns)) == list(wrapping._by_piece(found, columns))


def test_a_word_before_closing_punctuation_turns_whole() -> None:
    assert wrapping.wrap("判断完成时限是否已过，如2018-06-30；", 34) == ["判断完成时限是否已过，如", "2018-06-30；"]
    assert wrapping.wrap("2018-06-30；", 10) == ["2018-06-3", "0；"]


def test_closing_marks_in_a_row_begin_no_line() -> None:
    assert wrapping.wrap("也可写栏目名称（如“完成时限”）。", 28) == ["也可写栏目名称（如“完成时", "限”）。"]


_CATEGORIES: Any = sorted(wrapping._ALONE)


@given(st.text(st.characters(categories=_CATEGORIES, max_codepoint=0xFFFF), max_size=60))
def test_signs_that_stand_alone_add_up_to_what_the_library_says(text: str) -> None:
    assert wrapping.width(text) == max(wcswidth(text), 0)


_CLUSTERS = ("增", "长", "é", "①", "e\u0301", "👍", "👍🏽", "👨\u200d👩\u200d👧", "\u1100\u1161", "क्ष")


@given(st.lists(st.sampled_from(_CLUSTERS), max_size=80), st.integers(20, 60))
def test_signs_of_several_characters_are_told_as_wide_as_they_are(signs: list[str], columns: int) -> None:
    text = "".join(signs)
    lines = wrapping.wrap(text, columns)
    assert all(wrapping.width(line) <= columns for line in lines)
    assert "".join(lines) == text


@pytest.mark.parametrize("text", ["《" * 500 + "甲" + "》" * 500, "（" * 1000, "…" * 1000, "甲）" * 500, "(（" * 500])
def test_a_long_run_of_marks_fills_its_lines(text: str) -> None:
    lines = wrapping.wrap(text, 40)
    assert len(lines) <= 2 * wrapping.width(text) / 40 + 2
    assert "".join(lines) == text


def test_a_line_is_measured_by_its_end_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = []

    def width(text: str) -> int:
        measured.append(len(text))
        return wcswidth(text)

    monkeypatch.setattr(wrapping, "width", width)
    wrapping.wrap("👍" * 1000, 1000)
    assert sum(measured) < 1000 * 100
