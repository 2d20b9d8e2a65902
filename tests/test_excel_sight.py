"""What of a workbook comes into sight: colours, alignment, views, sizes, and what lies over the cells or behind them."""

from __future__ import annotations

import pytest

from target_registry import limits
from target_registry.forms import Unfit
from target_registry.intake import rows
from tests import form_files as files
from tests.test_excel_forms import BOTH, CELL, gradient, looks, pattern
from tests.test_form_readers import faults, read, sheet, texts

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
TEXT = '<c s="1" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'


def told(raw: bytes) -> str:
    """What is wrong with the only cell, or with the first."""
    return faults(read("xlsx", raw)[0])[0][0]


def refused(raw: bytes) -> str:
    with pytest.raises(Unfit) as caught:
        read("xlsx", raw)
    return caught.value.message.text


def with_part(parts: dict[str, str | bytes], of: str, kind: str, target: str, data: str) -> bytes:
    """The file with one part more, to which another refers."""
    folder = of.rpartition("/")[0]
    return files.zipped(
        {**files.with_relation(parts, of, files.relation(70, kind, target)), f"{folder}/{target}": data}
    )


# Nesting


@pytest.mark.parametrize("count", [limits.FORM_DEPTH, 30_000])
@pytest.mark.parametrize("of", ["sheet", "styles", "strings", "book"])
def test_parts_that_are_nested_without_end_are_refused(of: str, count: int) -> None:
    deep = f"<extLst>{'<a>' * count}{'</a>' * count}</extLst>"
    line = files.rows('<c t="s"><v>0</v></c>')
    strings = f"<si><t>甲</t>{deep if of == 'strings' else ''}</si>"
    more = {"styles": deep if of == "styles" else "", "book": deep if of == "book" else ""}
    assert "levels deep" in refused(files.excel(line + (deep if of == "sheet" else ""), strings=strings, **more))


def test_extensions_of_ordinary_depth_are_let_be() -> None:
    deep = f"<extLst>{'<a>' * 40}{'</a>' * 40}</extLst>"
    assert texts(sheet(CELL, styles=deep, strings=f"<si><t>甲</t>{deep}</si>")) == [["1"]]


def test_a_part_in_another_namespace_is_no_such_part() -> None:
    parts = files.excel_parts(files.rows(CELL))
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    assert "damaged" in refused(files.zipped({**parts, "xl/styles.xml": f'<styleSheet xmlns="{strict}"/>'}))


@pytest.mark.parametrize("kind", ["drawing", "styles"])
def test_parts_that_strict_relations_lead_to_are_not_passed_over(kind: str) -> None:
    strict = f"http://purl.oclc.org/ooxml/officeDocument/relationships/{kind}"
    parts = files.excel_parts(files.rows(CELL))
    assert "otherwise" not in refused(with_part(parts, "xl/sheet1.xml", strict, "a.xml", "<a/>"))


# Formats of numbers


@pytest.mark.parametrize(("used", "is_read"), [(450, True), (550, False)])
def test_formats_of_numbers_that_cells_use_are_bounded(used: int, *, is_read: bool) -> None:
    codes = "".join(f'<numFmt numFmtId="{200 + at}" formatCode="{"0" * 200}{at}"/>' for at in range(used))
    formats = "".join(f'<xf numFmtId="{200 + at}"/>' for at in range(used))
    styles = f"<numFmts>{codes}</numFmts><cellXfs>{formats}</cellXfs>"
    lines = [f'<c s="{at}"><v>1</v></c>' for at in range(used)]
    if is_read:
        assert len(sheet(*lines, styles=styles).rows) == used
    else:
        assert "damaged" in refused(files.excel(files.rows(*lines), styles=styles))


@pytest.mark.parametrize(
    ("code", "fill", "is_told"),
    [
        ("[Red]0", "FFFF0000", True), ("[Color3]0", "FFFF0000", True), ("0;[Red]-0", "FFFF0000", False), ("[Red]0", "FFFFFF00", False),
        ("[&gt;9][Red]0;0", "FFFF0000", True), ("[Blue]General", "", False),
    ],
)  # fmt: skip
def test_a_format_that_gives_a_number_its_backgrounds_colour_is_told(code: str, fill: str, *, is_told: bool) -> None:
    styles = (
        f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><fills><fill/><fill>{pattern(f"rgb={fill!r}") if fill else ""}'
        '</fill></fills><cellXfs><xf numFmtId="200" fillId="1"/></cellXfs>'
    )
    assert ("background" in told(files.excel(files.rows('<c s="0"><v>5</v></c>'), styles=styles))) == is_told


# Colours


def themed(font: str, slots: str = "", fonts: str = "") -> str:
    parts = files.excel_parts(files.rows(BOTH), styles=looks(font))
    theme = f"<a:theme {A}><a:themeElements><a:clrScheme>{slots}</a:clrScheme><a:fontScheme>{fonts}</a:fontScheme></a:themeElements></a:theme>"
    return told(with_part(parts, "xl/workbook.xml", "theme", "theme1.xml", theme))


@pytest.mark.parametrize(
    ("place", "slot", "is_told"),
    [
        ("4", '<a:accent1><a:srgbClr val="FFFFFF"/></a:accent1>', True), ("3", '<a:dk2><a:srgbClr val="FEFEFE"/></a:dk2>', True),
        ("1", '<a:dk1><a:sysClr val="window" lastClr="000000"/></a:dk1>', True),
        ("4", '<a:accent1><a:srgbClr val="4472C4"><a:lumOff val="100000"/></a:srgbClr></a:accent1>', True),
        ("4", "<a:accent1><a:hslClr/></a:accent1>", True), ("4", '<a:accent1><a:srgbClr val="4472C4"/></a:accent1>', False),
        ("1", '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>', False),
    ],
)  # fmt: skip
def test_colours_are_those_of_the_workbooks_own_theme(place: str, slot: str, *, is_told: bool) -> None:
    assert ("background" in themed(f'<color theme="{place}"/>', slot)) == is_told


def test_fonts_are_those_of_the_workbooks_own_theme() -> None:
    dark = '<a:dk1><a:srgbClr val="000000"/></a:dk1>'
    signs = '<a:minorFont><a:latin typeface="Wingdings"/></a:minorFont>'
    font = '<name val="Calibri"/><scheme val="minor"/>'
    assert "signs" in themed(font, dark, signs)
    assert not themed(font, dark, signs.replace("Wingdings", "Calibri"))
    assert not themed('<name val="Calibri"/>', dark, signs)


def test_indexed_colours_are_those_of_the_workbooks_own_palette() -> None:
    for own, is_told in (("00FFFFFF", True), ("00FF0000", False)):
        palette = f"<colors><indexedColors>{f'<rgbColor rgb={own!r}/>' * 64}</indexedColors></colors>"
        grid = sheet(BOTH, styles=looks('<color indexed="10"/>') + palette)
        assert {"background" in one for one in faults(grid)[0]} == {is_told}


@pytest.mark.parametrize(
    ("font", "fill", "is_told"),
    [
        ("FFFFFFFF", '<patternFill patternType="gray0625"><fgColor rgb="FFFFFFFF"/><bgColor rgb="FFFFFFFF"/></patternFill>', True),
        ("FF000000", '<patternFill patternType="gray125"/>', False), ("FF000000", '<patternFill patternType="lightUp"/>', False),
        ("FF000000", '<patternFill patternType="mediumGray"/>', False), ("FF000000", '<patternFill patternType="darkGray"/>', True),
        ("FF000000", '<patternFill patternType="solid"/>', True), ("FFFFFFFF", '<patternFill patternType="solid"/>', False),
        ("FFFFFFFF", gradient("FFFFFFFF", "FFFFFFFF"), True), ("FF808080", gradient("FF000000", "FFFFFFFF"), True),
        ("FF000000", gradient("FFDDEBF7", "FFFFFFFF"), False), ("FF000000", '<patternFill patternType="other"/>', True),
        ("FF000000", pattern('theme="99"'), True), ("FF000000", pattern('indexed="99"'), True), ("zz", "", True),
    ],
)  # fmt: skip
def test_what_is_behind_a_text_is_known_or_told(font: str, fill: str, *, is_told: bool) -> None:
    grid = sheet(BOTH, styles=looks(f'<color rgb="{font}"/>', fill))
    assert {"background" in one for one in faults(grid)[0]} == {is_told}


def test_a_run_in_the_automatic_colour_is_black() -> None:
    inside = '<r><rPr><color auto="1"/></rPr><t>4</t></r>'
    assert faults(sheet(f'<c s="1" t="inlineStr"><is>{inside}</is></c>', styles=looks('<color theme="0"/>'))) == [[""]]


def recoloured(rules: str, *differences: str, font: str = "", fill: str = "") -> bool:
    block = f'<conditionalFormatting sqref="A1:B1">{rules}</conditionalFormatting>'
    styles = looks(font, fill) + f"<dxfs>{''.join(f'<dxf>{one}</dxf>' for one in differences)}</dxfs>"
    (grid,) = read("xlsx", files.excel(files.rows(BOTH) + block, styles=styles))
    first, second, third = faults(grid)[0]
    assert first == second and not third
    return "conditional" in first


INK = '<font><color rgb="FF{}"/></font>'
GROUND = '<fill><patternFill><bgColor rgb="FF{}"/></patternFill></fill>'
FIRST, SECOND = '<cfRule dxfId="0"/>', '<cfRule dxfId="1"/>'


def test_a_condition_that_gives_the_text_its_own_background_is_told() -> None:
    yellow = pattern('rgb="FFFFFF00"')
    assert recoloured(FIRST, INK.format("FFFF00"), fill=yellow)
    assert not recoloured(FIRST, INK.format("FF0000"), fill=yellow)
    assert not recoloured(FIRST, INK.format("FFFFFF"), fill=pattern('rgb="FF1F3864"'))
    assert recoloured(FIRST, GROUND.format("C00000"), font='<color rgb="FFC00000"/>')
    assert not recoloured(FIRST, GROUND.format("FFC7CE"), font='<color rgb="FFC00000"/>')


WHITE = "<dxfs><dxf><font><color theme='0'/></font></dxf><dxf><numFmt numFmtId='200' formatCode=';;;'/></dxf></dxfs>"
ERRORS = '<cfRule type="{}" dxfId="{}"><formula>{}</formula></cfRule>'
ZEROS = '<cfRule type="cellIs" operator="{}" dxfId="{}"><formula>{}</formula></cfRule>'


@pytest.mark.parametrize(
    ("rule", "ranges", "held", "is_told"),
    [
        (ERRORS.format("containsErrors", 0, "ISERROR(A1)"), "A1:B1", "4", False),
        (ERRORS.format("expression", 1, "ISNA(A1)"), "A1:B1", "4", False),
        (ERRORS.format("containsErrors", 0, "ISERROR(B1)"), "A1:B1", "4", True),
        (ERRORS.format("containsErrors", 0, "ISERROR($C1)"), "A1:B1", "4", True),
        (ERRORS.format("containsErrors", 0, "NOT(ISERROR(A1))"), "A1:B1", "4", True),
        (ERRORS.format("notContainsErrors", 0, "ISERROR(A1)"), "A1:B1", "4", True),
        (ERRORS.format("containsErrors", 0, "ISERROR(A1)"), "A1 B1", "4", True),
        (ERRORS.format("containsErrors", 0, "ISERROR(B1)"), "B1:A1", "4", True),
        (ERRORS.format("containsErrors", 0, "ISERROR(A1)") + ERRORS.format("expression", 0, "TRUE"), "A1:B1", "4", True),
        (ZEROS.format("equal", 0, "0"), "A1:B1", "4", False), (ZEROS.format("equal", 1, "0"), "A1:B1", "4", False),
        (ZEROS.format("equal", 0, "0"), "A1:B1", "0", True), (ZEROS.format("equal", 1, "0"), "A1:B1", "0", True), (ZEROS.format("equal", 1, "4"), "A1:B1", "4", True),
        (ZEROS.format("notEqual", 0, "0"), "A1:B1", "4", True), (ZEROS.format("equal", 0, "C1"), "A1:B1", "4", True),
    ],
)  # fmt: skip
def test_conditions_of_errors_and_zeros_change_no_other_cells(
    rule: str, ranges: str, held: str, *, is_told: bool
) -> None:
    block = f'<conditionalFormatting sqref="{ranges}">{rule}</conditionalFormatting>'
    found = told(files.excel(files.rows(f"<c><v>{held}</v></c>") + block, styles=WHITE))
    assert ("conditional" in found) is is_told


def test_conditions_that_do_so_together_are_told() -> None:
    assert recoloured(FIRST + SECOND, INK.format("FFFF00"), GROUND.format("FFFF00"))
    both = INK.format("FFFFFF") + GROUND.format("C00000")
    assert not recoloured(FIRST + SECOND, INK.format("9C0006") + GROUND.format("FFC7CE"), both)
    assert recoloured(FIRST + SECOND, INK.format("C00000"), both)


def test_scales_and_bars_in_the_texts_colour_are_told() -> None:
    scale = '<cfRule type="colorScale"><colorScale><color rgb="FF{}"/><color rgb="FF{}"/></colorScale></cfRule>'
    bar = '<cfRule type="dataBar"><dataBar><color rgb="FF{}"/></dataBar></cfRule>'
    assert recoloured(scale.format("000000", "000000"))
    assert recoloured(scale.format("000000", "FFFFFF"), font='<color rgb="FF808080"/>')
    assert not recoloured(scale.format("F8696B", "63BE7B"))
    assert recoloured(bar.format("000000"))
    assert not recoloured(bar.format("638EC6"))


def test_scales_of_extensions_count_too() -> None:
    space = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    for colour, is_told in (("FF000000", True), ("FFF8696B", False)):
        rule = (
            f'<x14:cfRule type="colorScale"><x14:colorScale><x14:color rgb="{colour}"/></x14:colorScale></x14:cfRule>'
        )
        block = f"<x14:conditionalFormatting>{rule}<xm:sqref>A1</xm:sqref></x14:conditionalFormatting>"
        more = f"<extLst><ext {space}><x14:conditionalFormattings>{block}</x14:conditionalFormattings></ext></extLst>"
        assert ("conditional" in told(files.excel(files.rows(CELL) + more))) == is_told


@pytest.mark.parametrize(
    ("name", "elements", "cell", "head_and_row"),
    [
        ("Own", {"wholeTable": INK.format("FFFFFF")}, "", (True, True)),
        ("Own", {"wholeTable": INK.format("FFFFFF")}, '<color rgb="FFC00000"/>', (False, False)),
        ("Own", {"headerRow": INK.format("FFFFFF")}, "", (True, False)),
        ("Own", {"headerRow": INK.format("FFFFFF") + GROUND.format("1F3864")}, "", (False, False)),
        ("Own", {"wholeTable": INK.format("FFFFFF") + GROUND.format("1F3864"), "firstRowStripe": GROUND.format("FFFFFF")}, "", (False, True)),
        ("Own", {"wholeTable": "<font><strike/></font>"}, "", (True, True)),
        ("TableStyleMedium2", {}, "", (False, False)), ("TableStyleDark2", {}, "", (False, False)), ("", {}, "", (False, False)),
    ],
)  # fmt: skip
def test_a_table_whose_style_hides_texts_is_told(
    name: str, elements: dict[str, str], cell: str, head_and_row: tuple[bool, bool]
) -> None:
    differences = "".join(f"<dxf>{difference}</dxf>" for difference in elements.values())
    listed = "".join(f'<tableStyleElement type="{of}" dxfId="{at}"/>' for at, of in enumerate(elements))
    styles = f'{looks(cell)}<dxfs>{differences}</dxfs><tableStyles><tableStyle name="Own">{listed}</tableStyle></tableStyles>'
    parts = files.excel_parts(files.rows(BOTH, BOTH, BOTH), styles=styles)
    table = f'<table {files.S} ref="A1:C2"><tableStyleInfo name="{name}" showRowStripes="1"/></table>'
    (grid,) = read("xlsx", with_part(parts, "xl/sheet1.xml", "table", "table1.xml", table))
    assert [bool(row[0]) for row in faults(grid)] == [*head_and_row, False]


def test_a_cells_own_ground_in_a_table_of_white_texts_is_told() -> None:
    parts = files.excel_parts(files.rows(BOTH), styles=looks("", pattern('rgb="FFFFFFFF"')))
    table = f'<table {files.S} ref="A1:C2" headerRowCount="0"><tableStyleInfo name="TableStyleDark2"/></table>'
    assert "background" in told(with_part(parts, "xl/sheet1.xml", "table", "table1.xml", table))


# Alignment


def aligned(alignment: str, text: str = "4", *, width: int = 8, more: str = "", font: str = "") -> str:
    styles = (
        f"<fonts><font/><font>{font}</font></fonts><cellXfs><xf/><xf fontId='1'><alignment {alignment}/></xf></cellXfs>"
    )
    columns = f'<cols><col min="1" max="1" width="{width}"/></cols>'
    return told(files.excel(columns + files.rows(TEXT.format(text)) + more, styles=styles))


@pytest.mark.parametrize(
    ("alignment", "text", "said"),
    [
        ('horizontal="fill"', "4", "as often as it fits"), ('horizontal="fill"', "甲乙丙丁", ""), ('horizontal="fill"', " ", ""),
        ('horizontal="left" indent="250"', "甲", "indented so far"), ('horizontal="left" indent="2"', "甲", ""),
        ('shrinkToFit="1"', "甲" * 90, "shrunk"), ('shrinkToFit="1"', "甲" * 6, ""), ('shrinkToFit="1" wrapText="1"', "甲" * 90, ""),
        ('readingOrder="2"', "100~200", "right to left"), ('readingOrder="1"', "100~200", ""), ('readingOrder="0"', "100~200", ""),
        ('horizontal="center" vertical="center" wrapText="1"', "甲", ""), ('textRotation="90"', "甲", ""),
    ],
)  # fmt: skip
def test_an_alignment_by_which_something_else_is_seen_is_told(alignment: str, text: str, said: str) -> None:
    found = aligned(alignment, text)
    assert said in found and bool(found) == bool(said)


def test_a_merged_cell_is_as_wide_as_all_its_columns() -> None:
    merged = '<mergeCells><mergeCell ref="A1:J1"/></mergeCells>'
    assert aligned('shrinkToFit="1"', "甲" * 40)
    assert not aligned('shrinkToFit="1"', "甲" * 40, more=merged)


@pytest.mark.parametrize(
    ("value", "width", "is_told"),
    [
        ("4.6", "1.7", True),
        ("4.6", "4", False),
        ("14", "1.7", False),
        ("33.333333", "8.57", True),
        ("33.33", "8.57", False),
    ],
)
def test_a_number_that_its_column_rounds_is_told(value: str, width: str, *, is_told: bool) -> None:
    columns = f'<cols><col min="1" max="1" width="{width}"/></cols>'
    assert ("fewer digits" in told(files.excel(columns + files.rows(f"<c><v>{value}</v></c>")))) == is_told


@pytest.mark.parametrize(
    ("value", "code", "width", "is_told"),
    [
        ("10", "", "1.6", True), ("11", "General", "1.9", True), ("5", "0.0000000", "3", True), ("0.085", "0.00%", "2.5", True), ("4", '0"月底"', "3", True),
        ("10", "", "2.29", False), ("4", "", "1.7", False), ("12", "0", "2.71", False), ("5", "0.00", "4.3", False), ("0.05", "0%", "2.71", False),
        ("4", '0"分"', "3.71", False), ("1000", "#,##0", "4.71", False), ("20180630", "", "8.71", False), ("4", "@", "2", False), ("5", "0.###", "2", False),
    ],
)  # fmt: skip
def test_a_number_that_surely_finds_no_room_in_its_column_is_told(
    value: str, code: str, width: str, *, is_told: bool
) -> None:
    quoted = code.replace('"', "&quot;")
    styles = (
        f'<numFmts><numFmt numFmtId="200" formatCode="{quoted}"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs>'
    )
    columns = f'<cols><col min="1" max="1" width="{width}"/></cols>'
    found = told(files.excel(columns + files.rows(f'<c s="1"><v>{value}</v></c>'), styles=styles))
    assert ("too narrow" in found) == is_told == bool(found)


def test_digits_of_a_small_font_need_less_room() -> None:
    number = '<cols><col min="1" max="1" width="2.3"/></cols>' + files.rows('<c s="1"><v>100</v></c>')
    styles = (
        "<fonts><font><sz val='11'/></font><font><sz val='{}'/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
    )
    assert "too narrow" in told(files.excel(number, styles=styles.format(11)))
    assert not told(files.excel(number, styles=styles.format(6)))


def test_a_number_shrunk_to_fit_or_in_a_wide_merged_cell_finds_room() -> None:
    merged = '<mergeCells><mergeCell ref="A1:J1"/></mergeCells>'
    columns = '<cols><col min="1" max="1" width="1.6"/></cols>'
    number = columns + files.rows('<c s="1"><v>100</v></c>')
    shrinks = '<cellXfs><xf/><xf><alignment shrinkToFit="1"/></xf></cellXfs>'
    assert "too narrow" in told(files.excel(number))
    assert not told(files.excel(number, styles=shrinks))
    assert not told(files.excel(number + merged))


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("2017年" + "\n" * 19 + "甲", True), ("\n" * 40 + "甲", True), ("2017年" + " " * 400 + "甲", True), ("甲" + "\u3000" * 120 + "乙", True),
        ("甲\n\n乙\n\n\n丙", False), ("甲" + " " * 40 + "乙", False), ("甲" + " " * 41 + "乙", True),
        ("甲" + "\u3000" * 20 + "乙", False), ("甲" + "\u3000" * 40 + "乙", True), ("甲" + "\u2003" * 21 + "乙", True), ("\xa0" * 50 + "乙", True), ("\u3000\u3000甲\n\u3000\u3000乙", False), ("甲" + "\n" * 40, False), ("甲" + " " * 400, False),
    ],
)  # fmt: skip
def test_what_stands_far_behind_blanks_is_told(text: str, *, is_told: bool) -> None:
    assert ("out of sight" in told(files.excel(files.rows(TEXT.format(text))))) == is_told


# Views, rows and columns


@pytest.mark.parametrize(
    ("before", "row", "said"),
    [
        ('<sheetFormatPr defaultRowHeight="0.5" customHeight="1"/>', "", "hidden row"), ('<sheetFormatPr defaultRowHeight="13.5"/>', "", ""),
        ('<sheetFormatPr defaultRowHeight="0.5" customHeight="1"/>', 'ht="15"', ""), ("", 'ht="3" customHeight="1"', "hidden row"),
        ("", 'ht="9" customHeight="1"', ""), ('<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>', "", ""),
        ('<sheetFormatPr defaultRowHeight="15" defaultColWidth="0.1"/>', "", "hidden row"),
        ('<sheetFormatPr defaultRowHeight="15" baseColWidth="0"/>', "", "hidden row"),
        ('<sheetFormatPr defaultRowHeight="13.5" defaultColWidth="9" baseColWidth="10"/>', "", ""),
        ('<sheetFormatPr defaultColWidth="0.1"/><cols><col min="1" max="1" width="9"/></cols>', "", ""),
        ('<cols><col min="1" max="1" width="1"/></cols>', "", "hidden row"), ('<cols><col min="1" max="1" width="2.7"/></cols>', "", ""),
        ('<cols><col min="1" max="1" style="1"/></cols>', "", ""),
    ],
)  # fmt: skip
def test_rows_and_columns_of_no_size_are_hidden(before: str, row: str, said: str) -> None:
    found = told(files.excel(f"{before}<sheetData><row {row}>{CELL}</row></sheetData>"))
    assert said in found and bool(found) == bool(said)


@pytest.mark.parametrize(
    ("view", "pane", "hidden"),
    [
        ('topLeftCell="A2"', '<pane ySplit="1" topLeftCell="A3" state="frozen"/>', [[True, True], [False, False]]),
        ('topLeftCell="B1"', '<pane xSplit="1" topLeftCell="C1" state="frozenSplit"/>', [[True, False], [True, False]]),
        ('topLeftCell="A2"', '<pane xSplit="1" topLeftCell="B2" state="frozen"/>', [[False] * 2] * 2),
        ('topLeftCell="A2"', '<pane ySplit="900" topLeftCell="A3"/>', [[False] * 2] * 2),
        ("", '<pane ySplit="1" topLeftCell="A20" state="frozen"/>', [[False] * 2] * 2), ('topLeftCell="B2"', "", [[False] * 2] * 2),
    ],
)  # fmt: skip
def test_what_frozen_panes_cannot_show_is_told(view: str, pane: str, hidden: list[list[bool]]) -> None:
    views = f"<sheetViews><sheetView {view}>{pane}</sheetView></sheetViews>"
    (grid,) = read("xlsx", files.excel(views + files.rows(CELL * 2, CELL * 2)))
    assert [["frozen" in one for one in row] for row in faults(grid)] == hidden


def test_sheets_without_tabs_are_refused_where_there_are_several() -> None:
    views = '<bookViews><workbookView showSheetTabs="0"/></bookViews>'
    assert "tabs" in refused(files.excel(files.rows(CELL), files.rows(CELL), book=views))
    assert len(read("xlsx", files.excel(files.rows(CELL), "<sheetData/>", book=views))) == 1
    assert len(read("xlsx", files.excel(files.rows(CELL), files.rows(CELL), book=views.replace("0", "1")))) == 2


def test_values_that_are_shown_without_their_format_are_told() -> None:
    view = '<sheetViews><sheetView showFormulas="{}"/></sheetViews>'
    line = files.rows('<c s="1"><v>0.106</v></c><c><v>4</v></c>')
    styles = '<cellXfs><xf/><xf numFmtId="10"/></cellXfs>'
    for switch, is_told in (("1", True), ("0", False)):
        (grid,) = read("xlsx", files.excel(view.format(switch) + line, styles=styles))
        assert texts(grid) == [["10.6%", "4"]]
        assert ["what cells hold" in one for one in faults(grid)[0]] == [is_told, False]


def test_readings_that_the_cell_shows_are_told() -> None:
    inside = "<is><t>甲</t><rPh sb='0' eb='1'><t>乙</t></rPh></is>"
    assert "readings" in told(files.excel(files.rows(f'<c t="inlineStr" ph="1">{inside}</c>')))
    assert not told(files.excel(files.rows(f'<c t="inlineStr">{inside}</c>')))
    assert not told(files.excel(files.rows('<c t="inlineStr" ph="1"><is><t>甲</t><phoneticPr fontId="1"/></is></c>')))


@pytest.mark.parametrize(
    ("border", "is_told"),
    [
        ('<border diagonalUp="1"><diagonal style="thin"/></border>', True), ('<border diagonalUp="1"><diagonal/></border>', False),
        ('<border><left style="thin"/><diagonal style="thin"/></border>', False),
    ],
)  # fmt: skip
def test_a_text_that_a_line_crosses_out_is_told(border: str, *, is_told: bool) -> None:
    styles = f'<borders><border/>{border}</borders><cellXfs><xf/><xf borderId="1"/></cellXfs>'
    (grid,) = read("xlsx", files.excel(files.rows(f'{BOTH}<c s="1"/>'), styles=styles))
    assert {"struck" in one for one in faults(grid)[0]} == {is_told}


def test_a_heading_that_a_line_divides_is_one() -> None:
    cells = [f'<c s="{{}}" t="inlineStr"><is><t>{text}</t></is></c>' for text in files.HEADINGS]
    styles = '<borders><border/><border diagonalUp="1"><diagonal style="thin"/></border></borders>'
    styles += '<fonts><font/><font><color rgb="FFFFFFFF"/></font></fonts>'
    styles += '<cellXfs><xf/><xf borderId="1"/><xf borderId="1" fontId="1"/></cellXfs>'
    for style, is_told in (("1", False), ("2", True)):
        line = "".join(cell.format(style if at == 0 else "0") for at, cell in enumerate(cells))
        grids = list(read("xlsx", files.excel(files.rows(line), styles=styles)))
        assert ("cell-not-plain" in [fault.code for fault in rows.rows(grids).faults]) is is_told


def squeezed(row: str, text: str, alignment: str = 'wrapText="1"', size: int = 10, more: str = "") -> bool:
    """Whether the first cell of a row is told to be too low for its text."""
    styles = f'<fonts><font/><font><sz val="{size}"/></font></fonts>'
    styles += f'<cellXfs><xf/><xf fontId="1"><alignment {alignment}/></xf></cellXfs>'
    cell = f'<c s="1" t="inlineStr"><is>{text}</is></c>'
    data = f"<sheetData><row {row}>{cell}</row><row ht='30'>{CELL}</row><row>{CELL}</row></sheetData>"
    return "too low" in told(files.excel('<cols><col min="1" max="9" width="12"/></cols>' + data + more, styles=styles))


def test_a_row_too_low_for_its_text_is_told() -> None:
    line, lines = "<t>8.5%</t>", "<t>" + "8.5%\n" * 7 + "</t>"
    merged = '<mergeCells><mergeCell ref="A1:{}"/></mergeCells>'
    assert squeezed('ht="6"', line) and squeezed('ht="7"', line)
    assert not squeezed('ht="8"', line) and not squeezed("", line) and not squeezed('ht="6"', line, size=6)
    assert squeezed('ht="8"', "<r><t>8</t></r><r><rPr><sz val='20'/></rPr><t>5</t></r>")
    assert squeezed('ht="13.5"', lines) and not squeezed('ht="13.5"', lines, "")  # on one line without wrapping
    assert not squeezed('ht="85"', lines) and not squeezed('ht="13.5"', lines, 'wrapText="1" textRotation="255"')
    assert squeezed('ht="13.5"', lines, 'horizontal="distributed"') and not squeezed(
        'ht="409"', f"<t>{'甲' * 9000}</t>"
    )
    # Where programs break a line beside is their own affair, and sorting leaves rows as high as they were.
    assert not squeezed('ht="27"', f"<t>{'甲' * 60}</t>")
    assert squeezed('ht="13.5"', lines, more=merged.format("A2")) is True
    assert not squeezed('ht="60"', lines, more=merged.format("A2"))
    assert not squeezed('ht="6"', lines, more=merged.format("A3"))  # a row whose height the program finds
    assert not squeezed('ht="27"', f"<t>{'甲' * 60}</t>", more=merged.format("I1"))


def test_a_heading_in_a_low_row_is_one() -> None:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in files.HEADINGS)
    grids = list(read("xlsx", files.excel(f"<sheetData><row ht='6'>{cells}</row></sheetData>")))
    assert "too low" in faults(grids[0])[0][0] and not rows.rows(grids).faults


# What lies over the cells, or behind them


def test_a_picture_behind_the_cells_is_told_of_those_that_show_it() -> None:
    styles = looks("", pattern('rgb="FFFFFF00"'))
    (grid,) = read(
        "xlsx", files.excel(files.rows(f"{CELL}{BOTH}") + '<picture r:id="rId1" xmlns:r="urn:r"/>', styles=styles)
    )
    assert ["behind" in one for one in faults(grid)[0]] == [True, False, False, False]


NOTE = (
    '<v:shape style="visibility:{}"><v:textbox><div><br></div></v:textbox><x:ClientData ObjectType="{}">{}'
    "<x:Anchor>\n 0, 15, 0, 10, 1, 5, 1, 0</x:Anchor></x:ClientData></v:shape>"
)


@pytest.mark.parametrize(
    ("shape", "covered", "said"),
    [
        (NOTE.format("hidden", "Note", ""), [False] * 3, ""), (NOTE.format("hidden", "Note", "<x:Visible>False</x:Visible>"), [False] * 3, ""),
        (NOTE.format("hidden", "Note", "<x:Visible/>"), [True, True, False], "comment"),
        (NOTE.format("visible", "Note", ""), [True, True, False], "comment"),
        (NOTE.format("hidden", "Note", "") + NOTE.format("visible", "Label", ""), [True, True, False], "lies over"),
        ('<x:ClientData ObjectType="Button"><x:Anchor>0, 1</x:Anchor></x:ClientData>', [True] * 3, "lies over"),
        ('<v:shape id="LH"><v:imagedata o:relid="rId1"/></v:shape>', [False] * 3, ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_old_drawings_lie_over_cells_too(shape: str, covered: list[bool], said: str, encoding: str) -> None:
    parts = files.excel_parts(files.rows(CELL * 3))
    types = parts["[Content_Types].xml"]
    assert isinstance(types, str)
    parts["[Content_Types].xml"] = types.replace(
        "<Default", '<Default Extension="vml" ContentType="x/vml"/><Default', 1
    )
    parts = files.with_relation(parts, "xl/sheet1.xml", files.relation(7, "vmlDrawing", "a.vml"))
    (grid,) = read("xlsx", files.zipped({**parts, "xl/a.vml": f"<xml>{shape}</xml>".encode(encoding)}))
    assert [bool(one) for one in faults(grid)[0]] == covered
    assert all(said in one for one in faults(grid)[0] if one)
