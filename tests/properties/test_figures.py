"""Figures and numerals in any text: found within it, and never a failure."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from target_registry import figures, fitting, measuring, numerals
from tests.properties.texts import ANYTHING

_PIECES = (
    *"零〇一二两三四五六七八九十百千万亿点分之余多翻番成倍个家元年月日号第约达超至", *"0123456789", *"０５９", ",", "，", ".", "/", "%", "％", "‰", "-", "—", "～",
    "〔", "〕", "(", "）", "《", "》", "“", "”", "百分点", "万美元", "亿元", "左右", "以上", "不低于", "不超过", "增长", "下降", "2018年", "P4-5", " ", "A", "㎡", "①", "½", "㈠", "٣", "𝟗", "到",
    "三点五亿元", "10到20个", "8%-10%", "10/10万", "3成5", "三成五", "百分之八点五", "八分之一", "翻一番", "两三千家", "1万2千家", "为零", "400-800-1234",
)  # fmt: skip
SENTENCES = st.one_of(ANYTHING, st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))


@given(SENTENCES)
def test_figures_are_found_in_any_text(text: str) -> None:
    for figure in figures.find(text):
        assert isinstance(figure.value, Fraction)
        assert figure.aim in (None, "about", "at_least", "at_most")
    assert figures.find(text) == figures.find(text)


@given(SENTENCES)
def test_their_places_lie_within_the_text(text: str) -> None:
    last = 0
    for start, end in figures.places(text):
        assert 0 <= last <= start < end <= len(text)
        last = end


@given(SENTENCES, SENTENCES, SENTENCES)
def test_a_measure_is_proposed_or_not(sentence: str, half_year: str, remarks: str) -> None:
    measure = measuring.propose(sentence, half_year, remarks)
    if measure is not None:
        assert {"indicator", "unit", "aim"} <= measure.keys()
        assert fitting.fit(4, str(measure["unit"]), figures.find(sentence)) is not None


@given(st.integers(1, 9999))
def test_a_numeral_is_read_as_it_is_written(number: int) -> None:
    assert numerals.parse(numerals.chinese(number)) == number


@given(SENTENCES)
def test_any_text_is_a_numeral_or_none(text: str) -> None:
    numeral = re.compile(f"{numerals.NUMERAL}+")
    if numeral.fullmatch(text):
        assert numerals.parse(text) >= 0
    else:
        with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
            numerals.parse(text)
