"""What Excel shows and what is read of it: no format, look or layer of a workbook says one thing and holds another."""

from __future__ import annotations

import pytest

from target_registry.forms import Grid
from tests.test_form_readers import faults, sheet, texts


def formatted(code: str, value: str) -> Grid:
    """The sheet with one number in a format."""
    quoted = code.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    styles = f'<numFmts><numFmt numFmtId="200" formatCode="{quoted}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>'
    return sheet(f'<c s="0"><v>{value}</v></c>', styles=styles)


def fault_of(grid: Grid) -> str:
    """What is wrong with the only cell."""
    ((only,),) = faults(grid)
    return only


# Formats of numbers


@pytest.mark.parametrize(
    "code",
    [
        "-0", "+0", "0-0", "0‰", "0万", "半0", "不低于General", "<0", ">0", "±0", "0以上", "0²", "0½", "½0", "0E+0", "0E-0",
        "0*4", "*40", "0General", "General0", '"减"0', '"负"0', '0"点"0', '0"余"', '0"几"', '0"½"', '0"k"', '0"折"', "0k",
        '0"以上"', "[White]0", "[Color 2]0", "[color02]0", "(0)", "0 0", "0_ 0", "%0", "0%0", "0,", "0.0,", "0/4",
        "０0", '"壹"0', "0\\.0", "0!.0", '0"."0', '0"分"0', '0"万元"', "[$4-804]0", "0[$万-804]", "[$-D000000]0", "[$-F800]0",
        '"每月"0', '0"/12"', "0'", "0^2", "0~", '0"\u200b"', "四", '"4"@', "@@", "General%", "0%%", "0.0.0", "[>5]0",
        "[4]0", "0;0;0", '0"成"', '0"倍"', '0"个百分点"',
    ],
)  # fmt: skip
def test_a_format_that_shows_more_than_the_number_is_told(code: str) -> None:
    assert "something else" in fault_of(formatted(code, "-4.4" if code == "0;0;0" else "4.4"))
    if code not in ("0E+0", "0E-0"):
        assert fault_of(formatted(code, "-5" if code == "0;0;0" else "5"))


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("G/通用格式", "4.4"), ("General", "-4.4"), ('General"分"', "4.4"), ('[Red]G/通用格式"元"', "4.4"), ('0"家"', "4"),
        ('0.0"元"', "4.4"), ("#,##0.00_ ", "4.4"), ("0.00_);[Red]\\(0.00\\)", "-4.4"), ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", "-4"),
        ("¥#,##0.00", "4"), ("\\¥#,##0.00;\\¥\\-#,##0.00", "-4"), ('"¥"#,##0_);("¥"#,##0)', "-4"),
        ('_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', "4"), ("0.0_ ", "0"), ("[DBNum1][$-804]0", "4"),
        ("[$-804]0", "4"), ("#.##", "4.4"), ("000", "5"), ("0.0E+00", "4.4"), ("[Blue]0;[Red]-0", "-3"), ("[>=60]0;[Red]0", "5"),
        ("0\\ ;\\-0\\ ", "5"), ("General;[Red]-General", "-5"),
    ],
)  # fmt: skip
def test_a_format_of_ordinary_workbooks_is_read(code: str, value: str) -> None:
    found = formatted(code, value)
    assert (texts(found), fault_of(found)) == ([[value]], "")


@pytest.mark.parametrize(
    ("code", "value"), [("#", "0"), ("?", "0"), ("0.0%;;", "0.5"), ("0;;", "-1"), ("[White]@", "4")]
)
def test_a_format_that_shows_nothing_is_told(code: str, value: str) -> None:
    assert "something else" in fault_of(formatted(code, value))


@pytest.mark.parametrize(
    ("value", "cut"),
    [("3.9999999999", True), ("123456789012", True), ("3.999999999", False), ("12345678901", False), ("0.1", False)],
)
def test_the_format_general_shows_no_more_than_eleven_signs(value: str, *, cut: bool) -> None:
    found = sheet(f"<c><v>{value}</v></c>")
    assert texts(found) == [[value]]
    assert ("fewer digits" in fault_of(found)) == cut
    assert not fault_of(formatted("0.0000000000", value))
