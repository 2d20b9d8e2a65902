"""What Excel shows and what is read of it: no format, look or layer of a workbook says one thing and holds another."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.workbook import Workbook

from target_registry.forms import REPEATED, Grid, Unfit
from target_registry.forms.excel_styles import Styles
from tests import form_files as files
from tests.test_form_readers import faults, read, sheet, texts


def formatted(code: str, value: str) -> Grid:
    """The sheet with one number in a format."""
    quoted = code.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    styles = f'<numFmts><numFmt numFmtId="200" formatCode="{quoted}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>'
    columns = '<cols><col min="1" max="1" width="400"/></cols>'
    (grid,) = read("xlsx", files.excel(columns + files.rows(f'<c s="0"><v>{value}</v></c>'), styles=styles))
    return grid


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
        '"每月"0', '0"/12"', "0'", "0^2", "0~", '0"\u200b"', "四", '"4"@', "@@", "General%", "0%%", "0.0.0", "[>5]0", '[>=1]0"月";0"日"', '[>=1]0"月";0',
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
        ("G/通用格式", "4.4"), ("General", "-4.4"), ('General"分"', "4.4"), ('0"月底"', "6"), ('[Red]G/通用格式"元"', "4.4"), ('0"家"', "4"),
        ('0.0"元"', "4.4"), ("#,##0.00_ ", "4.4"), ("0.00_);[Red]\\(0.00\\)", "-4.4"), ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", "-4"),
        ("¥#,##0.00", "4"), ("\\¥#,##0.00;\\¥\\-#,##0.00", "-4"), ('"¥"#,##0_);("¥"#,##0)', "-4"),
        ('_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', "4"), ("0.0_ ", "0"), ("[DBNum1][$-804]0", "4"),
        ("[$-804]0", "4"), ("#.##", "4.4"), ("000", "5"), ("0.0E+00", "4.4"), ("[Blue]0;[Red]-0", "-3"), ("[>=60]0;[Red]0", "5"),
        ("0\\ ;\\-0\\ ", "5"), ("General;[Red]-General", "-5"),
        ('_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"??_ ;_ @_ ', "0"), ('"￥"* \\-??_ ', "0"),
    ],
)  # fmt: skip
def test_a_format_of_ordinary_workbooks_is_read(code: str, value: str) -> None:
    found = formatted(code, value)
    assert (texts(found), fault_of(found)) == ([[value]], "")


@pytest.mark.parametrize(("code", "value"), [("#", "0"), ("?", "0"), ("0;;", "-1"), ("[White]@", "4")])
def test_a_format_that_shows_nothing_is_told(code: str, value: str) -> None:
    assert "something else" in fault_of(formatted(code, value))


@pytest.mark.parametrize(
    ("value", "cut"),
    [("3.9999999999", True), ("123456789012", True), ("3.999999999", False), ("12345678901", False), ("0.1", False)],
)
def test_the_format_general_shows_no_more_than_eleven_signs(value: str, *, cut: bool) -> None:
    wide = '<cols><col min="1" max="1" width="20"/></cols>'
    (found,) = read("xlsx", files.excel(wide + files.rows(f"<c><v>{value}</v></c>")))
    assert texts(found) == [[value]]
    assert ("fewer digits" in fault_of(found)) == cut
    assert not fault_of(formatted("0.0000000000", value))


# Looks


def looks(font: str = "", fill: str = "") -> str:
    """Styles whose second format has this font and fill."""
    return (
        f"<fonts><font/><font>{font}</font></fonts><fills><fill/><fill>{fill}</fill></fills>"
        '<cellXfs><xf/><xf fontId=" 1 " fillId="1"/></cellXfs>'
    )


def pattern(colour: str) -> str:
    return f'<patternFill patternType="solid"><fgColor {colour}/></patternFill>'


def gradient(*colours: str) -> str:
    stops = "".join(f'<stop position="0"><color rgb="{colour}"/></stop>' for colour in colours)
    return f"<gradientFill>{stops}</gradientFill>"


BOTH = '<c s="1" t="inlineStr"><is><t>甲</t></is></c><c s="1"><v>4</v></c><c s="1" t="b"><v>1</v></c>'
WHITE = [
    'rgb="FFFFFFFF"',
    'rgb="00ffffff"',
    'theme="0"',
    'theme="0" tint="-0.05"',
    'indexed="1"',
    'indexed=" 9 "',
    'rgb="FFFEFEFE"',
]


@pytest.mark.parametrize("colour", WHITE)
def test_white_on_white_is_told(colour: str) -> None:
    font = f"<color {colour}/>"
    for fill in ("", '<patternFill patternType="none"/>', '<patternFill patternType="gray125"/>', pattern(colour)):
        assert all("background" in told for told in faults(sheet(BOTH, styles=looks(font, fill)))[0])
    for fill in (pattern('rgb="FF4472C4"'), '<patternFill patternType="darkGray"/>', gradient("FF4472C4", "FF1F3864")):
        assert faults(sheet(BOTH, styles=looks(font, fill))) == [["", "", ""]]


@pytest.mark.parametrize(
    ("font", "fill", "is_told"),
    [
        ('<color rgb="FFFF0000"/>', 'rgb="FFFF0000"', True), ('<color rgb="FFFF0000"/>', 'rgb="FFFE0101"', True),
        ('<color rgb="FFFF0000"/>', 'indexed="2"', True), ("", 'rgb="FF000000"', True), ("", 'theme="1"', True),
        ('<color theme="4"/>', 'theme="4"', True), ('<color theme="1"/>', 'rgb="FF101010"', True),
        ('<color theme="4"/>', 'theme="4" tint="0.8"', False), ("", 'rgb="FF404040"', False), ("", 'indexed="64"', True),
        ('<color rgb="FFFF0000"/>', 'rgb="FFFFC7CE"', False), ('<color theme="0"/>', 'theme="1"', False),
        ('<color rgb="FFFF0000"/>', "", False),
    ],
)  # fmt: skip
def test_a_text_of_its_backgrounds_colour_is_told(font: str, fill: str, is_told: bool) -> None:
    (told, *others) = faults(sheet(BOTH, styles=looks(font, pattern(fill))))[0]
    assert {("background" in one) for one in (told, *others)} == {is_told}


@pytest.mark.parametrize(
    ("font", "fault"),
    [
        ('<sz val="1"/>', "too small"), ('<sz val=" 2.5 "/>', "too small"), ('<sz val="3"/>', ""), ("<strike/>", "struck"),
        ('<strike val=" 0 "/>', ""), ('<name val="Wingdings"/>', "signs"), ('<name val="Wingdings 2"/>', "signs"),
        ('<name val="宋体"/><charset val="2"/>', "signs"), ('<name val="宋体"/><charset val="134"/>', ""),
        ('<color theme="0" tint="-0.15"/>', ""), ('<color theme="1"/>', ""), ('<color indexed="64"/>', ""), ('<color auto="1"/>', ""),
    ],
)  # fmt: skip
def test_a_font_that_cannot_be_read_is_told(font: str, fault: str) -> None:
    for told in faults(sheet(BOTH, styles=looks(font)))[0]:
        assert fault in told and bool(told) == bool(fault)


@pytest.mark.parametrize(
    ("run", "cell", "fault"),
    [
        ('<color rgb="FFFFFFFF"/>', "", "background"), ('<sz val="1"/>', "", "too small"), ('<rFont val="Symbol"/>', "", "signs"),
        ("<b/>", '<color rgb="FFFFFFFF"/>', "background"), ('<color rgb="FF000000"/>', '<color rgb="FFFFFFFF"/>', "background"),
        ("<b/>", "", ""), ("<b/>", '<sz val="9"/>', ""),
    ],
)  # fmt: skip
def test_a_run_has_its_own_look_or_that_of_the_cell(run: str, cell: str, fault: str) -> None:
    inside = f"<r><t>4</t></r><r><rPr>{run}</rPr><t>2</t></r><r><rPr>{run}</rPr><t> </t></r>"
    line = f'<c s="1" t="inlineStr"><is>{inside}</is></c><c s="1" t="s"><v>0</v></c>'
    for told in faults(sheet(line, styles=looks(cell), strings=f"<si>{inside}</si>"))[0]:
        assert fault in told and bool(told) == bool(fault)


def test_runs_that_have_looks_of_their_own_need_not_that_of_the_cell() -> None:
    inside = '<r><rPr><color rgb="FF000000"/></rPr><t>4</t></r>'
    assert faults(sheet(f'<c s="1" t="inlineStr"><is>{inside}</is></c>', styles=looks('<color theme="0"/>'))) == [[""]]


def test_codes_of_characters_are_read_in_each_run_for_itself() -> None:
    inside = "<r><t>_x005F</t></r><r><t>_x0041_</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>_x0032_</t></r>"
    assert texts(sheet(f'<c t="inlineStr"><is>{inside}</is></c>')) == [["_x005FA²"]]


@pytest.mark.parametrize(
    ("number", "value", "fault"),
    [(1, "4.4", True), (2, "4.4", False), (41, "4.4", True), (44, "4.4", False), (48, "4.4", True), (49, "4.4", False), (0, "4.4", False)],
)  # fmt: skip
def test_formats_that_files_name_by_number_are_known(number: int, value: str, *, fault: bool) -> None:
    grid = sheet(f'<c s="0"><v>{value}</v></c>', styles=f'<cellXfs><xf numFmtId="{number}"/></cellXfs>')
    assert ("something else" in fault_of(grid)) == fault


# What stands elsewhere, or is hidden


def test_merges_and_columns_of_extensions_are_none() -> None:
    more = '<extLst><ext><mergeCell ref="A1:A2"/><cols><col min="1" max="1" hidden="1"/></cols></ext></extLst>'
    (grid,) = read("xlsx", files.excel(files.rows("<c><v>1</v></c>", "<c><v>2</v></c>") + more))
    assert (texts(grid), faults(grid)) == ([["1"], ["2"]], [[""], [""]])


@pytest.mark.parametrize("row", ['hidden=" 1 "', 'hidden="true "', 'ht="1"', 'ht=" 2 "', 'ht="2.99"'])
def test_rows_that_nobody_reads_are_hidden(row: str) -> None:
    (grid,) = read("xlsx", files.excel(f"<sheetData><row {row}><c><v>1</v></c></row></sheetData>"))
    assert "hidden row" in fault_of(grid)


def test_switches_may_stand_between_blanks() -> None:
    raw = files.excel(
        '<cols><col min=" 1 " max="1 " hidden=" true "/></cols>' + files.rows("<c><v>1</v></c>"), states=[" visible "]
    )
    assert "hidden row" in fault_of(read("xlsx", raw)[0])
    styles = '<cellXfs><xf numFmtId=" 14 "/></cellXfs>'
    raw = files.excel(files.rows("<c><v>1</v></c>"), styles=styles, book='<workbookPr date1904=" 1 "/>')
    assert texts(read("xlsx", raw)[0]) == [["1904-01-02"]]


def test_zeros_that_the_sheet_does_not_show_are_told() -> None:
    views = '<sheetViews><sheetView showZeros="{}"/></sheetViews>'
    line = files.rows("<c><v>0</v></c><c><v>4</v></c>")
    for switch in ("0", " false "):
        assert ["zeros" in told for told in faults(read("xlsx", files.excel(views.format(switch) + line))[0])[0]] == [
            True,
            False,
        ]
    assert faults(read("xlsx", files.excel(views.format("1") + line))[0]) == [["", ""]]


CHOICE = f'<mc:AlternateContent {files.MC}><mc:Choice Requires="x14">{{}}</mc:Choice></mc:AlternateContent>'
CELL = "<c><v>1</v></c>"


@pytest.mark.parametrize(
    "inside",
    [
        f"<sheetData>{CHOICE.format(f'<row>{CELL}</row>')}</sheetData>",
        f"<sheetData><row>{CHOICE.format(CELL)}</row></sheetData>",
        f"<sheetData><row><c>{CHOICE.format('<v>1</v>')}</c></row></sheetData>",
        f'<sheetData><row><c t="inlineStr"><is>{CHOICE.format("<t>甲</t>")}</is></c></row></sheetData>',
        CHOICE.format(f"<sheetData><row>{CELL}</row></sheetData>"),
        f"<sheetData><row>{CELL}</row></sheetData>{CHOICE.format('<mergeCells/>')}",
    ],
)
def test_alternatives_of_which_each_program_may_take_another_are_refused(inside: str) -> None:
    with pytest.raises(Unfit):
        read("xlsx", files.excel(inside))


def test_alternatives_in_other_parts_are_refused_and_others_let_be() -> None:
    line = files.rows('<c t="s"><v>0</v></c>')
    for more in (
        {"strings": CHOICE.format("<si><t>甲</t></si>")},
        {"styles": f"<cellXfs>{CHOICE.format('<xf/>')}</cellXfs>"},
        {"strings": f"<si>{CHOICE.format('<t>甲</t>')}</si>"},
    ):
        with pytest.raises(Unfit):
            read("xlsx", files.excel(line, **{"strings": "<si><t>甲</t></si>", **more}))
    controls = CHOICE.format("<controls/>")
    (grid,) = read("xlsx", files.excel(files.rows(CELL) + controls, book=CHOICE.format("<absPath/>")))
    assert texts(grid) == [["1"]]


# Conditional formats


def conditional(difference: str, rules: str = "", ranges: str = "A1:B1 D1", **more: str) -> list[str]:
    """Of four cells what is wrong with each, where a condition may change the first two."""
    rules = rules or '<cfRule type="expression" dxfId="0" priority="1"><formula>TRUE</formula></cfRule>'
    line = files.rows(
        CELL + '<c t="inlineStr"><is><t>甲</t></is></c><c><v>3</v></c><c t="inlineStr"><is><t></t></is></c>'
    )
    block = f'<conditionalFormatting sqref="{ranges}">{rules}</conditionalFormatting>'
    (grid,) = read("xlsx", files.excel(line + block, styles=f"<dxfs><dxf>{difference}</dxf></dxfs>", **more))
    return [told[:20] for told in faults(grid)[0]]


TOLD = "a conditional format"


@pytest.mark.parametrize(
    ("difference", "told"),
    [
        ('<numFmt numFmtId="200" formatCode="&quot;4&quot;"/>', TOLD), ('<numFmt numFmtId="200" formatCode=";;;"/>', TOLD),
        ("<font><strike/></font>", TOLD), ('<font><color theme="0"/></font>', TOLD),
        ('<font><color theme="0"/></font><fill><patternFill><bgColor rgb="FFFFFFFF"/></patternFill></fill>', TOLD),
        ('<font><color theme="0"/></font><fill><patternFill><bgColor rgb="FFC00000"/></patternFill></fill>', ""),
        ('<font><color rgb="FF9C0006"/></font><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill>', ""),
        ('<font><color rgb="FFC00000"/></font><fill><patternFill><bgColor rgb="FFC00000"/></patternFill></fill>', TOLD),
        ('<fill><patternFill><bgColor rgb="FF000000"/></patternFill></fill>', TOLD),
        ("<font><b/></font><border/>", ""),
    ],
)  # fmt: skip
def test_a_conditional_format_that_changes_what_is_seen_is_told(difference: str, told: str) -> None:
    assert conditional(difference) == [told, told, ""]


def test_bars_and_icons_that_stand_for_the_number_are_told() -> None:
    for shown, told in (('showValue="0"', TOLD), ("", "")):
        for kind in ("dataBar", "iconSet"):
            rule = f'<cfRule type="{kind}" priority="1"><{kind} {shown}><cfvo type="min"/></{kind}></cfRule>'
            assert conditional("", rule) == [told, told, ""]


def test_conditional_formats_of_extensions_count_too() -> None:
    space = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    for difference, told in (("<font><strike/></font>", TOLD), ("<font><b/></font>", "")):
        rule = f'<x14:cfRule type="expression"><xm:f>Sheet2!A1</xm:f><x14:dxf>{difference}</x14:dxf></x14:cfRule>'
        block = f"<x14:conditionalFormatting>{rule}<xm:sqref>A1</xm:sqref></x14:conditionalFormatting>"
        more = f"<extLst><ext {space}><x14:conditionalFormattings>{block}</x14:conditionalFormattings></ext></extLst>"
        (grid,) = read("xlsx", files.excel(files.rows(CELL * 2) + more))
        assert [found[:20] for found in faults(grid)[0]] == [told, ""]


GOES_ON = 'OR(AND($A{0}="",$C{0}&lt;&gt;""),AND($A{0}&lt;&gt;"",EXACT($A{0},$A{1})))'


def test_the_conditions_of_the_export_hide_only_what_says_the_same() -> None:
    here, below, shifted = GOES_ON.format(2, 1), GOES_ON.format(3, 2), GOES_ON.format(9, 8)

    def told(rules: str, ranges: str = "A2:A3") -> bool:
        block = f'<conditionalFormatting sqref="{ranges}">{rules}</conditionalFormatting>'
        styles = '<dxfs><dxf><numFmt numFmtId="200" formatCode=";;;"/></dxf></dxfs>'
        (grid,) = read("xlsx", files.excel(files.rows(CELL * 2, CELL * 2, CELL * 2) + block, styles=styles))
        return any(found and REPEATED.told.text not in found for row in faults(grid) for found in row)

    def hiding(formula: str, ranges: str = "A2:A3") -> bool:
        return told(f'<cfRule priority="4" dxfId="0"><formula>{formula}</formula></cfRule>', ranges)

    assert not hiding(f"AND({here},{below})")
    assert not hiding(f"AND({here},\n NOT({below}))")
    assert not hiding(f"AND({named_by_row(here)},{named_by_row(below)})")
    assert not hiding(f"AND({gone(here)},{gone(below)})") and not hiding(f"AND({gone(here)},{below})", "A3")
    assert hiding(f"AND({gone(here)},{gone(below)})+1") and hiding(f"OR({named_by_row(here)},{below})")
    assert hiding(f"AND({shifted},{below})")
    assert hiding(f"AND({here},{below})", "A3")
    assert hiding(f"AND({here},{below})", "A2:B3")
    assert hiding(f"AND({here},{below})+OR(1,{below})")
    assert hiding(f"NOT({below})")
    assert hiding(f"AND(NOT({here}),{below})")
    assert hiding(f"OR({here},{below})")


def named_by_row(formula: str) -> str:
    """A condition on row 2 as exports of today write it."""
    return re.sub(
        r"\$([AC])(\d)",
        lambda cell: f"INDEX(${cell[1]}:${cell[1]},MAX(ROW()){('-1', '', '+1')[int(cell[2]) - 1]})",
        formula,
    )


def gone(formula: str) -> str:
    """A condition on row 2 of which the row was deleted."""
    return re.sub(r"\$[AC]2", "#REF!", formula)


@pytest.mark.parametrize(
    ("held", "told"),
    [("甲甲甲", ["", "", "r"]), ("甲乙甲", ["", "", "c"]), ("甲乙乙", ["", "", ""]), ("乙甲甲", ["", "", ""])],
)
def test_an_inserted_row_moves_what_the_exports_condition_compares_with(held: str, told: list[str]) -> None:
    formula = f"AND({GOES_ON.format(3, 1)},{GOES_ON.format(4, 3)})"
    block = f'<conditionalFormatting sqref="A3"><cfRule dxfId="0"><formula>{formula}</formula></cfRule></conditionalFormatting>'
    cells = [f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in held]
    styles = '<dxfs><dxf><numFmt numFmtId="200" formatCode=";;;"/></dxf></dxfs>'
    (grid,) = read("xlsx", files.excel(files.rows(*cells) + block, styles=styles))
    assert [found and "cr"[REPEATED.told.text in found] for (found,) in faults(grid)] == told


# Drawings

ANCHOR = (
    "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>9</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
)
TO = "<xdr:to><xdr:col>2</xdr:col><xdr:colOff>{0}</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>{0}</xdr:rowOff></xdr:to>"
BOX = "<xdr:sp><xdr:txBody/></xdr:sp>"
INK = f'<mc:AlternateContent {files.MC}><mc:Choice Requires="x"><xdr:contentPart/></mc:Choice></mc:AlternateContent>'


def drawn(anchors: str, more: str = "", theme: str = "") -> list[list[bool]]:
    """Of three times three cells those that something lies over."""
    space = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    parts = files.excel_parts(files.rows(CELL * 3, CELL * 3, CELL * 3) + more)
    parts["xl/drawings/drawing1.xml"] = f"<xdr:wsDr {space}>{anchors}</xdr:wsDr>"
    parts = files.with_relation(parts, "xl/sheet1.xml", files.relation(1, "drawing", "drawings/drawing1.xml"))
    if theme:
        parts["xl/theme1.xml"] = theme
        parts = files.with_relation(parts, "xl/workbook.xml", files.relation(80, "theme", "theme1.xml"))
    (grid,) = read("xlsx", files.zipped(parts))
    return [["lies over" in told for told in row] for row in faults(grid)]


def lined(
    spared: str = "<a:ln w='28575'/>", offset: int = 0, kind: str = "cxnSp", cy: int = 0, theme: str = ""
) -> bool:
    """Whether a line along the upper edge of row 2 is told."""
    corner = "<xdr:col>{}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>{}</xdr:rowOff>"
    shape = (
        f"<xdr:{kind} xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><xdr:spPr>"
        f"<a:xfrm><a:off x='0' y='9'/><a:ext cx='900' cy='{cy}'/></a:xfrm><a:prstGeom prst='line'/>{spared}</xdr:spPr></xdr:{kind}>"
    )
    anchor = f"<xdr:from>{corner.format(0, offset)}</xdr:from><xdr:to>{corner.format(3, offset)}</xdr:to>{shape}"
    space = "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
    theme = theme and f"<a:theme {space}><a:themeElements>{theme}</a:themeElements></a:theme>"
    return drawn(f"<xdr:twoCellAnchor>{anchor}</xdr:twoCellAnchor>", theme=theme) != NONE


def test_a_thin_line_along_an_edge_lies_over_no_cell() -> None:
    assert not lined() and not lined("<a:ln/>")
    assert lined("<a:ln w='635000'/>") and not lined("<a:ln w='9525'/><a:style idx='1'/>")
    for drawing, is_told in (
        ('<a:ln w="6350" cap="flat"/>', False),
        ("<a:ln cap='flat' w = '635000'/>", True),
        ("<a:glow rad='9'/>", True),
    ):
        assert lined("<a:style idx='1'/>", theme=drawing) is is_told
    assert lined(offset=9000) and lined(kind="pic") and lined(cy=9) and lined("<a:glow rad='9'/>")
    assert (
        lined("<a:xfrm rot='5400000'/>")
        and lined("<a:tailEnd type='arrow'/>")
        and lined("<a:x prst='bentConnector3'/>")
    )


NONE = [[False] * 3] * 3
FIRST = [[False] * 3, [False, True, False], [False] * 3]


@pytest.mark.parametrize(
    ("anchors", "covered"),
    [
        (f"<xdr:twoCellAnchor>{ANCHOR}{TO.format(0)}{BOX}</xdr:twoCellAnchor>", FIRST),
        (f"<xdr:twoCellAnchor>{ANCHOR}{TO.format(5)}<xdr:grpSp><xdr:pic/></xdr:grpSp></xdr:twoCellAnchor>",
         [[False] * 3, [False, True, True], [False, True, True]]),
        (f"<xdr:oneCellAnchor>{ANCHOR}{BOX}</xdr:oneCellAnchor>", FIRST),
        (f'<xdr:oneCellAnchor>{ANCHOR}<xdr:ext cx="9000000" cy="9000000"/>{BOX}</xdr:oneCellAnchor>',
         [[False] * 3, [False, True, True], [False, True, True]]),
        (f"<xdr:twoCellAnchor>{ANCHOR}{TO.format(5)}<xdr:graphicFrame/></xdr:twoCellAnchor>",
         [[False] * 3, [False, True, True], [False, True, True]]),
        (f"<xdr:twoCellAnchor>{ANCHOR}{TO.format(0)}<xdr:cxnSp/></xdr:twoCellAnchor>", FIRST),
        (f"<xdr:twoCellAnchor>{ANCHOR}{TO.format(0)}{INK}</xdr:twoCellAnchor>", FIRST),
        (f"<xdr:twoCellAnchor>{ANCHOR.replace('>1<', '>5<')}{TO.format(0)}<xdr:graphicFrame/></xdr:twoCellAnchor>", NONE),
        (f"<xdr:absoluteAnchor>{BOX}</xdr:absoluteAnchor>", [[True] * 3] * 3),
    ],
)  # fmt: skip
def test_what_lies_under_a_picture_or_a_shape_is_told(anchors: str, covered: list[list[bool]]) -> None:
    assert drawn(anchors) == covered


def test_what_lies_over_a_part_of_a_merged_cell_lies_over_all_of_it() -> None:
    anchors = f"<xdr:twoCellAnchor>{ANCHOR}{TO.format(0)}{BOX}</xdr:twoCellAnchor>"
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    assert drawn(anchors, merged) == [[True, True, False], [True, True, False], [False] * 3]


def test_a_drawing_of_two_sheets_is_read_only_once() -> None:
    parts = files.excel_parts(files.rows(CELL), files.rows(CELL))
    for name in ("xl/sheet1.xml", "xl/sheet2.xml"):
        parts = files.with_relation(parts, name, files.relation(1, "drawing", "drawings/drawing1.xml"))
    with pytest.raises(Unfit):
        read("xlsx", files.zipped({**parts, "xl/drawings/drawing1.xml": "<wsDr/>"}))


@pytest.mark.parametrize("count", [20, 60_000])
def test_ranges_of_conditions_and_drawings_are_bounded(count: int) -> None:
    block = '<conditionalFormatting sqref="A1:IV2000"><cfRule dxfId="0"/></conditionalFormatting>' * count
    line = f'<row>{CELL}</row><row r="2000"><c r="IV2000"><v>1</v></c></row>'
    styles = "<dxfs><dxf><font><strike/></font></dxf></dxfs>"
    with pytest.raises(Unfit):
        read("xlsx", files.excel(f"<sheetData>{line}</sheetData>{block}", styles=styles))


# Export


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="_x0459AF", max_size=24) | st.just("_x005F_x0041_"), max_size=3).map("".join))
def test_codes_of_characters_in_a_text_come_back(text: str) -> None:
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("Sheet")
        for row, one in enumerate((f"甲{text}", f"<r>{text}</r>", f"{text}_x005F_x0041_ ")):
            Styles(book, "zh").put(page, row, 0, one, {})
    (grid,) = read("xlsx", target.getvalue())
    assert texts(grid) == [[f"甲{text}"], [f"<r>{text}</r>"], [f"{text}_x005F_x0041_ "]]
    assert faults(grid) == [[""], [""], [""]]


@pytest.mark.parametrize("figure", ["123456789012345", "0.12345678901234", "12.3456789012", "4", "2.50"])
def test_figures_of_many_digits_are_shown_whole(figure: str) -> None:
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("Sheet")
        page.set_column(0, 0, 20)
        assert Styles(book, "zh").put_figure(page, 0, 0, figure, {})
    (grid,) = read("xlsx", target.getvalue())
    assert (texts(grid), faults(grid)) == ([[figure.rstrip("0") if "." in figure else figure]], [[""]])


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('0"个"', "20个"),
        ('"¥"0', "¥20"),
        ("[$¥-804]#,##0", "¥20"),
        ("0", ""),
        ("General", ""),
        ('0"分";-0"分"', "20分"),
        ('[>=1]0"月";0"月"', "20月"),
        ("[>=60]0;[Red]0", ""),
    ],
)
def test_a_unit_that_a_format_shows_is_told_beside_the_number(code: str, shown: str) -> None:
    cell = formatted(code, "20").rows[0][0]
    assert (cell.text, cell.fault, cell.shown) == ("20", None, shown)
