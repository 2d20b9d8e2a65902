"""What a Word document shows without it standing in a cell's text, or hides although it stands there, is told."""

from __future__ import annotations

import pytest

from tests.form_files import paragraph as p
from tests.form_files import run as r
from tests.test_form_readers import cell


def sign(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code: str, result: str | None = None) -> str:
    """A field with this code, and a result where one is given."""
    code = f'{sign("begin")}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return code + (sign("separate") + result if result is not None else "") + sign("end")


# Fields


@pytest.mark.parametrize(
    "code",
    ["SYMBOL 57", "MACROBUTTON x 或5%", "GOTOBUTTON x 或5%", r"eq \o\ac(○,9)", r"EQ \f(1,2)", "LISTNUM", r"ADVANCE \u20", "PAGE", ""],
)  # fmt: skip
def test_a_field_without_a_result_is_told(code: str) -> None:
    for result in (None, ""):
        text, fault = cell(p(r("另增") + field(code, result) + r("%")))
        assert text == "另增%" and "can't be told" in fault
    simple = f'<w:fldSimple w:instr="{code}"/>'
    assert "can't be told" in cell(p(simple))[1]
    assert cell(p(sign("begin") + field(code) + sign("separate") + r("乙") + sign("end"))) == ("乙", "")


def test_a_field_drawn_by_its_code_is_told_whatever_its_result_says() -> None:
    assert "can't be told" in cell(p(field("SYMBOL 57", r("8"))))[1]
    split = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (" ", "SY", "MBOL 57"))
    assert "can't be told" in cell(p(sign("begin") + split + sign("separate") + r("8") + sign("end")))[1]
    assert "can't be told" in cell(p(sign("begin") + split + sign("separate") + r("8")))[1]
    made = sign("begin") + field("QUOTE", r("SYMBOL 57")) + sign("separate") + r("8") + sign("end")
    assert "can't be told" in cell(p(made))[1]


def test_fields_that_show_nothing_are_no_fault() -> None:
    for code in ("XE 消费", "TC x", "TA x", "SET a b", "ASK b x", "PRIVATE", "FORMTEXT", "ADDIN CNKISM"):
        assert cell(p(r("甲") + field(code))) == ("甲", ""), code
    assert cell(p(field("FORMTEXT", r("甲")) + field("PAGE", r("1")))) == ("甲1", "")


def test_what_word_hides_of_a_mark_for_the_index_is_not_read() -> None:
    text, fault = cell(p(r("甲") + field("XE 消费", r("以上")) + r("乙")))
    assert text == "甲乙" and "hidden text" in fault
    text, fault = cell(p(r("甲") + f'<w:fldSimple w:instr="XE a">{r("以上")}</w:fldSimple>' + r("乙")))
    assert text == "甲乙" and "hidden text" in fault


def test_fields_within_a_result_count_as_its_text() -> None:
    inner = field("REF b", r("甲"))
    assert cell(p(field("IF 1=1", inner))) == ("甲", "")
    assert "can't be told" in cell(p(field("IF 1=1", field("XE a"))))[1]
    assert "can't be told" in cell(p(field("IF 1=1", field("SYMBOL 57") + r("甲"))))[1]
    assert "picture" in cell(p(field("EMBED x", "<w:r><w:object/></w:r>")))[1]


def test_a_date_or_a_page_that_word_fills_in_is_told() -> None:
    assert "can't be told" in cell(p("<w:r><w:yearLong/></w:r>"))[1]
    assert "can't be told" in cell(p("<w:r><w:pgNum/></w:r>"))[1]
