"""What people see in the cells of a file is what its reader gives, whichever program wrote it."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from target_registry import escape, formats, forms
from target_registry.forms import REPEATED, Grid, Unfit
from target_registry.language import Speech
from target_registry.tables import Column, Row, Table
from tests import form_files as files
from tests.conftest import Run
from tests.form_files import paragraph as p
from tests.form_files import run as r
from tests.form_files import table
from tests.test_form import filed_rows


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def faults(grid: Grid) -> list[list[str]]:
    """Of each cell the start of what is wrong with it."""
    return [[cell.fault.told.text if cell.fault else "" for cell in row] for row in grid.rows]


def read(ending: str, raw: bytes) -> Sequence[Grid]:
    grids = forms.reader(ending).read(raw)
    for grid in grids:
        for row in grid.rows:
            assert [cell.column for cell in row] == list(range(1, len(row) + 1))
            assert {cell.row for cell in row} == {row[0].row}
        numbers = [row[0].row for row in grid.rows]
        assert numbers == sorted(set(numbers))
    return grids


def word(body: str, **others: str) -> Grid:
    (grid,) = read("docx", files.word(body, **others))
    return grid


def cell(inside: str, **others: str) -> tuple[str, str]:
    """Text and fault of a Word cell."""
    (row,) = word(table([inside]), **others).rows
    return row[0].text, row[0].fault.told.text if row[0].fault else ""


def sheet(*lines: str, **more: str) -> Grid:
    (grid,) = read("xlsx", files.excel(files.rows(*lines), **more))
    return grid


# The whole form


def test_the_form_laid_out_in_word_over_pages_comes_back_to_the_character() -> None:
    grids = read("docx", files.the_form_in_word())
    assert [grid.position for grid in grids] == [1, 2, 3, 4]
    assert [grid.before for grid in grids] == [(files.TITLE,), (), (), ()]
    assert all(texts(grid)[0] == list(files.HEADINGS) for grid in grids)
    assert [row for grid in grids for row in texts(grid)[1:]] == filed_rows()
    assert [row[0].continues for row in grids[0].rows] == [False, False, True, False, True, False, True, True, False]
    assert not any(c.fault or c.continues for grid in grids for row in grid.rows for c in row[1:])


def test_the_form_typed_into_excel_comes_back_to_the_character() -> None:
    (grid,) = read("xlsx", files.the_form_in_excel())
    assert (grid.name, grid.position, grid.lettered) == ("2018", 1, True)
    assert texts(grid)[1] == list(files.HEADINGS)
    assert [row + [""] * (11 - len(row)) for row in texts(grid)[2:]] == filed_rows()
    assert [c.continues for c in grid.rows[0]] == [False] + [True] * 10
    assert grid.rows[3][0].continues and not any(c.fault for row in grid.rows for c in row)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize(("ending", "between"), [("docx", "odt"), ("xlsx", "ods")])
def test_what_libreoffice_saves_reads_as_what_it_opened(tmp_path: Path, ending: str, between: str) -> None:
    raw = files.the_form_in_word() if ending == "docx" else files.the_form_in_excel()
    saved, given = read(ending, files.converted(raw, tmp_path, ending, between, ending)), read(ending, raw)
    assert [grid._replace(lines=()) for grid in saved] == [grid._replace(lines=()) for grid in given]


@pytest.mark.parametrize("ending", ["csv", "tsv", "md", "html", "json"])
def test_what_is_exported_as_data_comes_back_to_the_character(run: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"form.{ending}"
    assert run("export", str(path), *(() if path.suffix == ".json" else ("--as-filed",))).code == 0
    (grid,) = read(ending, path.read_bytes())
    assert not any(c.fault for row in grid.rows for c in row)
    if ending == "json":
        assert texts(grid)[0][:5] == ["plan", "number", "slug", "key_work_title", "key_work"]
        assert texts(grid)[1][:5] == ["2018", "1", "retail-sales", filed_rows()[0][0], "consumption"]
        assert "measure.half_year" in texts(grid)[0] and "8.5" in texts(grid)[1]
    else:
        assert texts(grid)[1:] == filed_rows()


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_what_is_exported_to_file_comes_back_to_the_character(run: Run, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"form.{ending}"
    assert run("export", str(path), *(() if path.suffix == ".json" else ("--as-filed",))).code == 0
    grid = read(ending, path.read_bytes())[0]
    start = next(number for number, row in enumerate(texts(grid)) if row[1:2] == ["1"])
    rows = grid.rows[start : start + 28]
    assert [[c.text for c in row[:11]] for row in rows] == filed_rows()
    assert not any(c.fault for row in rows for c in row[1:])
    # A key work that the row above has too is hidden, which takes nothing from it.
    assert {row[0].fault for row in rows} <= {None, REPEATED}


# Word


def test_word_joins_paragraphs_and_reads_signs() -> None:
    inside = p(r("一") + "<w:r><w:br/><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:lastRenderedPageBreak/></w:r>") + p(
        r("二")
    )
    assert cell(inside) == ("一\n\t-\n二", "")


def test_word_takes_space_at_the_edge_only_where_it_is_to_be_kept() -> None:
    assert cell("<w:p><w:r><w:t> 12\n</w:t></w:r></w:p>") == ("12", "")
    assert cell(p(r("12 "))) == ("12 ", "")


def test_word_reads_symbols_of_fonts_that_it_knows() -> None:
    assert cell(p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + r("是"))) == ("☑是", "")
    text, fault = cell(p('<w:r><w:sym w:font="Webdings" w:char="F099"/></w:r>'))
    assert text == "□" and "no character" in fault
    assert cell(p('<w:r><w:sym w:font="宋体" w:char="2103"/></w:r>')) == ("℃", "")


def test_word_shows_the_result_of_a_field_and_not_its_code() -> None:
    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>REF </w:instrText><w:t>code</w:t></w:r>"
    inner = sign("begin") + code + sign("separate") + r("inner") + sign("end")
    outer = sign("begin") + code + inner + sign("separate") + r("9%") + sign("end") + r("左右")
    assert cell(p(outer)) == ("9%左右", "")
    assert cell(p(f'<w:fldSimple w:instr="SEQ x">{r("3")}</w:fldSimple>')) == ("3", "")


def test_word_shows_what_was_chosen_in_old_form_fields() -> None:
    options = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="是"/><w:listEntry w:val="否"/></w:ddList>'
    begin = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert cell(p(begin.format(options) + end)) == ("否", "")
    assert cell(p(begin.format("<w:checkBox><w:checked/></w:checkBox>") + end + r("是"))) == ("☑是", "")


def test_word_reads_tracked_changes_as_accepted_and_says_so() -> None:
    changed = (
        f"<w:ins>{r('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom>{r('去')}</w:moveFrom>"
    )
    text, fault = cell(p(r("前") + changed + f"<w:moveTo>{r('来')}</w:moveTo>"))
    assert text == "前新来" and "tracked changes" in fault
    for mark in ("ins", "del"):
        assert "tracked changes" in cell(p(r("前"), f"<w:rPr><w:{mark}/></w:rPr>") + p(r("后")))[1]
        gone = f"<w:tbl><w:tr><w:trPr><w:{mark}/></w:trPr><w:tc>{p(r('行'))}</w:tc></w:tr></w:tbl>"
        assert "tracked changes" in faults(word(gone))[0][0]
    assert cell(p(r("格", "<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>"))) == ("格", "")


STYLES = (
    f"<w:styles {files.W}>"
    '<w:style w:type="character" w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="older"><w:basedOn w:val="old"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="item"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    "</w:styles>"
)


@pytest.mark.parametrize("how", ["<w:vanish/>", '<w:rStyle w:val="secret"/>', '<w:vanish w:val="1"/>'])
def test_word_leaves_hidden_text_out_and_says_so(how: str) -> None:
    text, fault = cell(p(r("4") + r("0", how)), styles=STYLES)
    assert text == "4" and "hidden text" in fault


def test_word_says_what_is_struck_through() -> None:
    assert "struck" in cell(p(r("4", "<w:strike/>")))[1]
    assert "struck" in cell(p(r("4", "<w:dstrike/>")))[1]
    assert "struck" in cell(p(r("4"), '<w:pStyle w:val="older"/>'), styles=STYLES)[1]
    assert cell(p(r("4", '<w:strike w:val="0"/>'), '<w:pStyle w:val="older"/>'), styles=STYLES) == ("4", "")


def test_word_leaves_readings_out_and_says_so_of_notes_and_boxes() -> None:
    box = "<w:drawing><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:drawing>"
    either = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    ruby = f"<w:r><w:ruby><w:rt>{r('yi')}</w:rt><w:rubyBase>{r('义')}</w:rubyBase></w:ruby></w:r>"
    assert cell(p(ruby + r("乌"))) == ("义乌", "")
    assert cell(p(ruby.replace("yi", "不含") + r("乌")))[1] == "other signs stand above the text"
    for what, told in ((f"<w:r>{either}</w:r>", "a text box"), (note, "a footnote")):
        shown, fault = cell(p(what + ruby + r("乌")))
        assert (shown, told in fault) == ("义乌", True)
    assert "picture" in cell(p(f"<w:r>{either}</w:r>"))[1]


def test_word_takes_one_of_alternatives() -> None:
    either = (
        "<mc:AlternateContent>{}"
        f"<mc:Choice Requires='wps'>{r('甲')}</mc:Choice><mc:Fallback>{r('乙')}</mc:Fallback></mc:AlternateContent>"
    )
    assert cell(p(either.format(""))) == ("甲", "")
    assert cell(p(either.format(f"<mc:Choice xmlns:q='urn:q' Requires='q'>{r('丙')}</mc:Choice>"))) == ("甲", "")


def test_word_looks_into_controls_and_links_and_not_at_prompts() -> None:
    control = f"<w:sdt><w:sdtPr>{{}}</w:sdtPr><w:sdtContent>{r('选择一项。')}</w:sdtContent></w:sdt>"
    assert cell(p(control.format(""))) == ("选择一项。", "")
    assert cell(p(control.format("<w:showingPlcHdr/>") + r("1"))) == ("1", "")
    assert "from elsewhere" in cell(p(control.format('<w:dataBinding w:xpath="/a"/>')))[1]
    assert cell(p(f"<w:hyperlink>{r('见附件')}</w:hyperlink>")) == ("见附件", "")
    around = f"<w:sdt><w:sdtContent>{table([p(r('表'))])}</w:sdtContent></w:sdt>"
    assert texts(word(around)) == [["表"]]
    row = f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtPr>{{}}</w:sdtPr><w:sdtContent><w:tc>{p(r('单击此处输入文字。'))}</w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>"
    assert texts(word(row.format(""))) == [["单击此处输入文字。"]]
    grid = word(row.format("<w:showingPlcHdr/>"))
    assert (texts(grid), faults(grid)) == ([[""]], [[""]])


def test_word_gives_a_table_in_a_cell_as_its_own() -> None:
    outer, inner = read("docx", files.word(table([p(r("外")) + table([p(r("内"))]) + p("")])))
    assert texts(outer) == [["外\n"]] and "table of its own" in faults(outer)[0][0]
    assert texts(inner) == [["内"]]


def test_word_says_that_an_equation_is_none_of_its_text() -> None:
    text, fault = cell(p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"))
    assert text == "x" and "equation" in fault


def merged(inside: str, properties: str) -> str:
    return f"<w:tcPr>{properties}</w:tcPr>{p(r(inside))}"


def test_word_fills_merged_cells_down_and_across() -> None:
    grid = word(
        table(
            [merged("甲", '<w:vMerge w:val="restart"/>'), p(r("1")), p(r("a"))],
            [merged("", "<w:vMerge/>"), p(r("2")), p(r("b"))],
            [merged("合计", '<w:gridSpan w:val="2"/>'), p(r("c"))],
            [merged("", "<w:vMerge/>"), p(r("3")), p(r("d"))],
        )
    )
    assert texts(grid) == [["甲", "1", "a"], ["甲", "2", "b"], ["合计", "合计", "c"], ["", "3", "d"]]
    assert [[c.continues for c in row][:2] for row in grid.rows] == [
        [False, False],
        [True, False],
        [False, True],
        [False, False],
    ]


def test_word_merges_of_old_files_go_across() -> None:
    rows = [merged("甲", '<w:hMerge w:val="restart"/>'), merged("", "<w:hMerge/>"), p(r("乙"))]
    assert texts(word(table(rows, [p(r(t)) for t in "123"]))) == [["甲", "甲", "乙"], ["1", "2", "3"]]


def test_word_counts_the_columns_that_people_see() -> None:
    """Lines drawn by hand leave slivers, which cells span, and rows that start further right."""
    grid = word(
        table([merged(t, '<w:gridSpan w:val="3"/>') for t in "甲乙丙"])[: -len("</w:tbl>")]
        + '<w:tr><w:trPr><w:gridBefore w:val="3"/></w:trPr><w:tc>'
        + merged("2", '<w:gridSpan w:val="3"/>')
        + "</w:tc></w:tr></w:tbl>"
    )
    assert texts(grid) == [["甲", "乙", "丙"], ["", "2"]]
    assert texts(word(table([merged("甲", '<w:gridSpan w:val="9999999"/>')]))) == [["甲"]]


NUMBERING = f"""<w:numbering {files.W}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def numbered(text: str, number: int, level: int = 0) -> str:
    runs = r(text) if text else ""
    return p(runs, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_word_counts_as_its_lists_do() -> None:
    lines = [
        [numbered("扩大消费", 2), numbered("", 1)],
        [numbered("稳定份额", 2), numbered("", 1)],
        [numbered("点", 3), numbered("", 1, 1) + numbered("项", 1, 1)],
        [p(r("手写")), numbered("", 1)],
        [p(r("样式"), '<w:pStyle w:val="item"/>'), numbered("", 4)],
        [numbered("不计", 0), numbered("", 4)],
    ]
    assert texts(word(table(*lines), numbering=NUMBERING, styles=STYLES)) == [
        ["一、扩大消费", "1 "],
        ["二、稳定份额", "2 "],
        ["点", "2.1 \n2.2 项"],
        ["手写", "3 "],
        ["4 样式", "5 "],
        ["不计", "6 "],
    ]


def test_python_docx_and_the_reader_agree_on_merged_cells() -> None:
    document = docx.Document()
    grid = document.add_table(4, 4)
    for row in range(4):
        for column in range(4):
            grid.cell(row, column).text = f"{row}{column}"
    grid.cell(0, 0).merge(grid.cell(1, 1))
    grid.cell(2, 3).merge(grid.cell(3, 3))
    target = io.BytesIO()
    document.save(target)
    (found,) = read("docx", target.getvalue())
    assert texts(found) == [[c.text for c in row.cells] for row in grid.rows]


# Excel


def test_excel_numbers_are_as_typed() -> None:
    values = ["12", "2.5", "1E+20", "0.30000000000000004", "-0", "1e-7", "8.5000000000000006E-2", "100.0"]
    grid = sheet("".join(f"<c><v>{value}</v></c>" for value in values))
    assert texts(grid) == [["12", "2.5", "100000000000000000000", "0.3", "0", "0.0000001", "0.085", "100"]]
    assert "none that Excel knows" in faults(sheet("<c><v>1E+9999</v></c>"))[0][0]
    assert "none that Excel knows" in faults(sheet("<c><v>NaN</v></c>"))[0][0]


@pytest.mark.parametrize(
    ("code", "value", "text", "fault"),
    [
        ("0%", "0.09", "9%", ""),
        ("0.00%", "0.085", "8.5%", ""),
        ('0"%"', "9", "9", "something else"),
        ('0"0"', "4", "4", "something else"),
        ('General"0"', "4", "4", "something else"),
        ('"1"0', "4", "4", "something else"),
        ("[$1]0", "4", "4", "something else"),
        (r"\10", "4", "4", "something else"),
        ('0"万"', "4", "4", "something else"),
        ('"不低于"0', "4", "4", "something else"),
        ("0", "4.4", "4.4", "something else"),
        ("0%", "0.085", "0.085", "something else"),
        ("0.0%", "0.085", "8.5%", ""),
        ("0.00", "1e300", "1" + "0" * 300, ""),
        ("0", "1e-300", "0." + "0" * 299 + "1", "something else"),
        ("[$¥-804]#,##0.00", "4", "4", ""),
        ("0_);(0)", "-4", "-4", ""),
        ("0.00", "2.5", "2.5", ""),
        ('0"分"', "4", "4", ""),
        ("#,##0", "1000", "1000", ""),
        ("@", "12", "12", ""),
        ("[Red]0;[Red]-0", "-3", "-3", ""),
        ("G/通用格式", "12", "12", ""),
        ("0.00E+00", "12", "12", ""),
        ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0", "0", ""),
        ("# ?/?", "0.5", "0.5", "something else"),
        ("m/d", "43163", "2018-03-04", "date"),
        ('m"月"', "43435", "2018-12-01", "date"),
        ("[$-804]aaaa", "43163", "2018-03-04", "date"),
        ("[h]:mm", "0.5", "0.5", "date"),
        (";;;", "4", "4", "number format"),
        ("0;-0;;@", "0", "0", "number format"),
        ('"5"', "4", "4", "number format"),
        ('0.0,"万"', "12000", "12000", "number format"),
        ("[>=1]0;[<1]0%", "0.5", "0.5", "number format"),
    ],
)  # fmt: skip
def test_excel_formats_show_what_people_see(code: str, value: str, text: str, fault: str) -> None:
    quoted = code.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    styles = (
        f'<numFmts><numFmt numFmtId="200" formatCode="{quoted}"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs>'
    )
    columns = '<cols><col min="1" max="1" width="400"/></cols>'
    (grid,) = read("xlsx", files.excel(columns + files.rows(f'<c s="1"><v>{value}</v></c>'), styles=styles))
    assert texts(grid) == [[text]]
    assert fault in faults(grid)[0][0] and bool(fault) == bool(faults(grid)[0][0])


def test_excel_dates_of_either_age_are_told() -> None:
    styles = '<cellXfs><xf numFmtId="14"/><xf numFmtId="57"/></cellXfs>'
    assert texts(sheet('<c s="0"><v>1</v></c><c s="1"><v>60</v></c>', styles=styles)) == [["1900-01-01", "1900-02-28"]]
    raw = files.excel(files.rows('<c s="0"><v>1</v></c>'), styles=styles, book='<workbookPr date1904="1"/>')
    assert texts(read("xlsx", raw)[0]) == [["1904-01-02"]]
    assert "date" in faults(sheet('<c t="d"><v>2018-03-04</v></c>'))[0][0]


def test_excel_texts_come_in_every_way() -> None:
    strings = (
        "<si><t>甲</t></si><si><r><t>乙</t></r><r><rPr><b/></rPr><t>丙</t></r>"
        "<rPh><t>yi</t></rPh></si><si><t>一_x000D_\n二_x005F_x0041_</t></si>"
    )
    line = (
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="inlineStr"><is><t>丁</t></is></c>'
        '<c t="str"><v>戊</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c>'
    )
    grid = sheet(line, strings=strings)
    assert texts(grid) == [["甲", "乙丙", "一\n二_x0041_", "丁", "戊", "TRUE", "#REF!"]]
    assert [bool(fault) for fault in faults(grid)[0]] == [False] * 6 + [True]


def test_excel_says_what_is_computed() -> None:
    grid = sheet(
        "<c><f>1+1</f><v>2</v></c><c><f>A1</f></c><c><v>3</v></c>",
        '<c><f t="array" ref="A2:A3">B1</f><v>5</v></c><c><v>1</v></c>',
        "<c><v>6</v></c><c><v>1</v></c>",
    )
    assert texts(grid) == [["2", "", "3"], ["5", "1"], ["6", "1"]]
    assert [["formula" in fault for fault in row] for row in faults(grid)] == [
        [True, True, False],
        [True, False],
        [True, False],
    ]


def test_excel_says_what_is_struck_through() -> None:
    strings = "<si><r><t>旧</t></r><r><rPr><strike/></rPr><t>新</t></r></si><si><t>行</t></si>"
    styles = '<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>'
    grid = sheet(
        '<c t="s"><v>0</v></c><c t="s" s="1"><v>1</v></c><c s="1"><v>4</v></c><c t="s"><v>1</v></c>',
        strings=strings,
        styles=styles,
    )
    assert [bool(fault) for fault in faults(grid)[0]] == [True, True, True, False]


def test_excel_says_what_stands_where_nobody_looks() -> None:
    raw = files.excel(
        '<cols><col min="2" max="2" hidden="1"/><col min="3" max="3" width="0"/></cols><sheetData>'
        "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>"
        '<row hidden="1"><c><v>1</v></c></row><row ht="0"><c><v>1</v></c></row></sheetData>'
    )
    assert [["hidden" in f for f in row] for row in faults(read("xlsx", raw)[0])] == [
        [False, True, True],
        [True],
        [True],
    ]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_excel_refuses_a_hidden_sheet_with_something_on_it(state: str) -> None:
    states = ("visible", state)
    line = files.rows("<c><v>1</v></c>")
    assert len(read("xlsx", files.excel(line, "<sheetData/>", states=states))) == 1
    with pytest.raises(Unfit) as refused:
        read("xlsx", files.excel(line, line, states=states))
    assert refused.value.message.values["name"] == "sheet2"


def test_excel_fills_merged_cells() -> None:
    raw = files.excel(
        files.rows("<c><v>1</v></c><c/><c><v>9</v></c>", "<c><v>7</v></c><c/><c><v>8</v></c>", "")
        + '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="D1:XFD1048576"/></mergeCells>'
    )
    (grid,) = read("xlsx", raw)
    assert texts(grid) == [["1", "1", "9"], ["1", "1", "8"]]
    assert [[c.continues for c in row] for row in grid.rows] == [[False, True, False], [True, True, False]]


def test_excel_says_where_merged_cells_overlap() -> None:
    """One would be filled with what the other spread."""
    rows = files.rows(*["<c><v>1</v></c><c><v>2</v></c>"] * 3)
    merges = "<mergeCells>" + '<mergeCell ref="{}"/>' * 2 + "</mergeCells>"
    with pytest.raises(Unfit, match="merged cells overlap") as refused:
        read("xlsx", files.excel(rows + merges.format("A1:B2", "B2:B3")))
    assert refused.value.message.values == {"place": "B2"}
    for other in ("B1:B3", "A1:A2"):  # beside it, and the same once more
        (grid,) = read("xlsx", files.excel(rows + merges.format("A1:A2", other)))
        assert texts(grid)[2][0] == "1"


def test_excel_takes_no_word_for_how_large_a_sheet_is() -> None:
    far = '<dimension ref="A1:XFD1048576"/><sheetData><row r="3"><c r="B3"><v>1</v></c></row></sheetData>'
    (grid,) = read("xlsx", files.excel(far))
    assert texts(grid) == [["", "1"]] and grid.rows[0][0].row == 3


def test_excel_reads_every_writer_alike() -> None:
    lines: list[list[str | float]] = [["重点工作", "分值"], ["一、扩大消费", 2.5], ["'=1+1", 4]]
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in lines:
        book.active.append(line)
    by_openpyxl, by_xlsxwriter = io.BytesIO(), io.BytesIO()
    book.save(by_openpyxl)
    with xlsxwriter.Workbook(by_xlsxwriter, {"in_memory": True}) as other:
        page = other.add_worksheet("Sheet")
        for row, line in enumerate(lines):
            page.write_row(row, 0, line)
        chart = other.add_chart({"type": "bar"})
        chart.add_series({"values": "=Sheet!$B$2:$B$3"})
        page.insert_chart("D5", chart)
        page.write_comment("A1", "见 schema")
        page.data_validation("B2:B3", {"validate": "decimal", "criteria": ">", "value": 0})
        page.protect()
    assert read("xlsx", by_openpyxl.getvalue()) == read("xlsx", by_xlsxwriter.getvalue())
    assert texts(read("xlsx", by_openpyxl.getvalue())[0]) == [
        ["重点工作", "分值"],
        ["一、扩大消费", "2.5"],
        ["'=1+1", "4"],
    ]


# Texts

LINE = "重点工作{0}序号{0}备注\r\n一、扩大消费{0}1{0}\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_comes_in_every_encoding_and_with_every_delimiter(encoding: str, delimiter: str) -> None:
    (grid,) = read("csv", LINE.format(delimiter).encode(encoding))
    assert texts(grid) == [["重点工作", "序号", "备注"], ["一、扩大消费", "1", ""]]


def test_csv_keeps_line_breaks_in_quotes_and_counts_rows_as_a_spreadsheet_does() -> None:
    (grid,) = read("csv", 'a,"完成\r\n时限，""月"""\r\n\r\nb,c\n'.encode())
    assert texts(grid) == [["a", '完成\n时限，"月"'], ["b", "c"]]
    assert [row[0].row for row in grid.rows] == [1, 3]


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"a,b\x00c\n", b'a,"b\n', b'a,"b"c\n', b"\xef\xbb\xbf\xff\n", b"\xff\xfea", b"a,\x81\xff\n",
        "社会消费品零售总额".encode()[:-1] + b",\n", "重点工作,序号\n".encode("utf-16-le"),
        "序号,スズキ\n".encode("shift-jis"), b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"a," + b"x" * 200_000,
    ],
)  # fmt: skip
def test_csv_that_cannot_be_told_is_refused(raw: bytes) -> None:
    with pytest.raises(Unfit):
        read("csv", raw)


VISIBLE = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co")).filter(
    lambda char: escape.visible(char) == char
)
PRINTABLE = st.text(VISIBLE | st.just("\n"), max_size=12)
CELLS = st.lists(st.lists(PRINTABLE, min_size=2, max_size=2), min_size=1, max_size=4)


def exported(kind: str, lines: list[list[str]]) -> bytes:
    columns = (Column("a", "重点工作"), Column("b", "备注"))
    rendered = formats.render(
        kind, [Table("表", columns, tuple(Row(tuple(line)) for line in lines))], formats.Look(80, lambda text, _: text)
    )
    return rendered.encode()


@given(CELLS)
@settings(deadline=None)
def test_csv_takes_back_what_escaping_put_in(lines: list[list[str]]) -> None:
    for kind in ("csv", "tsv"):
        (grid,) = read(kind, exported(kind, lines))
        assert texts(grid)[1:] == lines
        assert not any(c.fault for row in grid.rows for c in row)


@given(st.lists(st.sampled_from(["'", "=", "+", "-1", "@", " ", "a", "＝", "\t"]), max_size=6).map("".join))
def test_escaping_for_spreadsheets_can_be_taken_back(text: str) -> None:
    assert escape.from_spreadsheet(escape.spreadsheet(text)) == text


def trimmed(lines: list[list[str]]) -> list[list[str]]:
    """As a schema takes a text: without blanks at its edges, and here without blank lines' own."""
    return [["x" + "\n".join(part.strip() for part in text.split("\n")) + "x" for text in line] for line in lines]


@given(CELLS)
@settings(deadline=None)
def test_markdown_and_html_come_back_to_the_character(lines: list[list[str]]) -> None:
    lines = trimmed(lines)
    for kind, ending in (("markdown", "md"), ("html", "html")):
        (grid,) = read(ending, exported(kind, lines))
        assert texts(grid)[1:] == lines
        assert not any(c.fault for row in grid.rows for c in row)


def test_markdown_of_people_is_read_as_github_shows_it() -> None:
    source = "# 填报表\n\n说明\n\n| 重点工作 | `序|号` | 备注\n|:--|--:|---|\n"
    assert read("md", source.encode()) == []
    source = (
        "# 填报表\n\n```\n| a | b |\n|---|---|\n```\n说明\n\n| 重点工作 | 备注 |\n|:--|--:|\n"
        "| 一、甲 | a\\|b&#124;c&lt;<br>d `` `\\|` `` \\*|\n|  | **合计** | 多余 |\n| 二 |\n\n| 无关 |\n"
    )
    (grid,) = read("md", source.encode())
    assert grid.before == ("填报表", "说明")
    assert texts(grid) == [["重点工作", "备注"], ["一、甲", "a|b|c<\nd `|` *"], ["一、甲", "合计"], ["二", ""]]
    assert [row[0].continues for row in grid.rows] == [False, False, True, False]


def test_html_of_others_is_read_as_a_browser_shows_it() -> None:
    page = """<html><head><meta charset="gb2312"><title>x</title><style>td{}</style></head><body>
    <h1>填报表</h1><p>说明</p><script type="application/json">"<table><tr><td>no</td></tr></table>"</script>
    <table><thead><tr><th>重点工作<th>完成<br>时限<th colspan=2>备&nbsp;注</thead>
    <tr><td rowspan=1000000000>一、扩大
       消费<td><p>1</p><p>2</p><td>&lt;a&gt;<td>c
    <tr><td style="display:none">2</td><td>x<span hidden>y</span><td><s>旧</s>
    </table><table><tr><td colspan=1000000000>甲<tr><td>1<td>2</table></body></html>"""
    first, second = read("html", page.encode())
    assert first.before == ("填报表", "说明")
    assert texts(first) == [
        ["重点工作", "完成\n时限", "备\xa0注", "备\xa0注"],
        ["一、扩大消费", "1\n2", "<a>", "c"],
        ["一、扩大消费", "", "x", "旧"],
    ]
    assert [row[0].continues for row in first.rows] == [False, False, True]
    assert [bool(fault) for fault in faults(first)[2]] == [False, True, True, True]
    assert texts(second) == [["甲", "甲"], ["1", "2"]]


def test_html_gives_a_table_in_a_cell_as_its_own() -> None:
    outer, inner = read("html", "<table><tr><td>外<table><tr><td>内</table></table>".encode())
    assert texts(outer) == [["外"]] and "table of its own" in faults(outer)[0][0]
    assert (texts(inner), inner.position) == ([["内"]], 2)


def test_json_is_read_exactly() -> None:
    text = '[{"weight": 2.50, "big": 1e400, "yes": true, "blank": null, "n": 12}, {"other": "x"}]'
    (grid,) = read("json", text.encode())
    assert texts(grid) == [
        ["weight", "big", "yes", "blank", "n", "other"], ["2.50", "1e400", "true", "", "12", ""], ["", "", "", "", "", "x"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "{", "{}", "[1]", '[{"a": 1, "a": 2}]', '[{"a": NaN}]', '[{"a": Infinity}]', '[{"a": [1]}]',
        '[{"a": {"b": {"c": 1}}}]', "[" * 100_000, '[{"a":' * 50_000, "1" * 5_000, '"\ud800"',
        "[" + ",".join(f'{{"k{n}": 1}}' for n in range(2_000)) + "]",
    ],
)  # fmt: skip
def test_json_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(Unfit):
        read("json", text.encode("utf-8", "surrogatepass"))


def test_json_knows_its_own_export(run: Run) -> None:
    raw = run("table", "--format", "json").raw
    (grid,) = read("json", raw)
    records = [dict(zip(texts(grid)[0], line, strict=True)) for line in texts(grid)[1:]]
    assert [record["slug"] for record in records] == [record["slug"] for record in json.loads(raw)]


@pytest.mark.parametrize(
    ("kind", "raw", "said"),
    [
        ("md", b"a\n" * 10_001, "more than 10000 lines"),
        ("md", b"|\n" * 2_000_000, "more than 10000 lines"),
        ("html", b"<p>x" * 100_001, "more than 100000 signs of markup"),
        ("html", b"<br>" * 1_000_000, "more than 100000 signs of markup"),
    ],
)
def test_what_is_no_form_by_its_length_is_refused_before_it_is_read(kind: str, raw: bytes, said: str) -> None:
    with pytest.raises(Unfit) as refused:
        read(kind, raw)
    assert said in Speech("en").tell(refused.value.message)


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="stylesheet" href="a.css">',
        "<LINK HREF=a.css REL='preload StyleSheet'>",
        "<style>td{} @import 'a.css';</style>",
        "<style>@\\49 mport/**/url(a.css);</style>",
    ],
)
def test_a_web_page_whose_look_stands_elsewhere_is_refused(head: str) -> None:
    with pytest.raises(Unfit, match="stands in another file"):
        read("html", f"{head}<table><tr><td>x</table>".encode())


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="icon" href="a.ico">',
        '<link rel="alternate stylesheet" href="a.css">',
        '<link rel="stylesheet">',
        "<style>td{content:'@import url(a.css)'}</style>",
    ],
)
def test_a_web_page_that_looks_as_it_says_is_read(head: str) -> None:
    assert len(read("html", f"{head}<table><tr><td>x</table>".encode())) == 1


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>一</td></tr><tr><td>二",
        "<table><tr><td>一</td></tr></table><table><tr><td>二</td></tr></tab",
        "<table><tr><td>外<table><tr><td>内</td></tr></table>",
    ],
)
def test_a_page_that_is_cut_off_loses_no_row_in_silence(page: str) -> None:
    with pytest.raises(Unfit, match="ends within a table"):
        read("html", page.encode())


@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE html [<!ENTITY a "aaa">]>', "<!doctype html\n[\n]>", '<!DOCTYPE html SYSTEM "a"[<!ELEMENT x ANY>]>', '<!ENTITY a "b">',
    ],
)  # fmt: skip
def test_a_page_declares_nothing(start: str) -> None:
    with pytest.raises(Unfit, match="declares entities"):
        read("html", f"{start}<table><tr><td>&a;</td></tr></table>".encode())
    public = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
    )
    assert texts(read("html", f"{public}<table><tr><td>1</td></tr></table>".encode())[0]) == [["1"]]


@pytest.mark.parametrize("toggle", ["vanish", "strike"])
def test_word_hides_and_strikes_by_defaults_and_by_the_tables_style(toggle: str) -> None:
    on = f"<w:rPr><w:{toggle}/></w:rPr>"
    told = "hidden" if toggle == "vanish" else "struck"
    for styles in (
        f"<w:docDefaults><w:rPrDefault>{on}</w:rPrDefault></w:docDefaults>",
        f'<w:style w:type="character" w:default="1" w:styleId="a">{on}</w:style>',
    ):
        assert told in cell(p(r("4")), styles=f"<w:styles {files.W}>{styles}</w:styles>")[1]
    styles = f'<w:styles {files.W}><w:style w:type="table" w:styleId="T">{on}</w:style></w:styles>'
    for named, struck in (("T", True), ("U", False)):
        properties = f'<w:tblPr><w:tblStyle w:val="{named}"/></w:tblPr>'
        grid = word(table([p(r("4"))]).replace("<w:tbl>", f"<w:tbl>{properties}"), styles=styles)
        assert (told in faults(grid)[0][0]) is struck


def test_word_says_what_is_turned_round_or_bound() -> None:
    assert "right to left" in cell(p(f'<w:bdo w:val="rtl">{r("12")}</w:bdo>'))[1]
    assert cell(p(f'<w:bdo w:val="ltr">{r("12")}</w:bdo>')) == ("12", "")
    bound = '<w15:dataBinding xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'
    control = f"<w:sdt><w:sdtPr>{bound}</w:sdtPr><w:sdtContent>{r('4')}</w:sdtContent></w:sdt>"
    assert "filled in from elsewhere" in cell(p(control))[1]


def test_word_passes_over_a_choice_that_it_does_not_know() -> None:
    for asked, shown in (
        ("office/nonexistent/2099", "乙"),
        ("office/word/2010/nothing", "乙"),
        ("office/word/2010/wordml", "甲"),
    ):
        either = (
            f'<mc:AlternateContent xmlns:q="http://schemas.microsoft.com/{asked}">'
            f"<mc:Choice Requires='q'>{r('甲')}</mc:Choice><mc:Fallback>{r('乙')}</mc:Fallback></mc:AlternateContent>"
        )
        assert cell(p(either)) == (shown, "")


@pytest.mark.parametrize("code", ['@"以下"', ';;;"不低于"@', '0;0;0;"见附件"'])
def test_excel_formats_that_say_more_than_a_text_are_told(code: str) -> None:
    quoted = code.replace('"', "&quot;")
    styles = f'<numFmts><numFmt numFmtId="200" formatCode="{quoted}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>'
    grid = sheet('<c s="0" t="inlineStr"><is><t>8.5%左右</t></is></c>', styles=styles)
    assert "number format" in faults(grid)[0][0]


def test_excel_reads_only_what_it_shows() -> None:
    line = '<row><c t="inlineStr"><is><t>{}</t></is></c></row>'
    elsewhere = f"<extLst><ext>{line.format('乙')}</ext></extLst>"
    (grid,) = read("xlsx", files.excel(f"<sheetData>{line.format('甲')}</sheetData>{elsewhere}{line.format('丙')}"))
    assert texts(grid) == [["甲"]]
    strings = "<si><t>甲</t><extLst><ext><t>乙</t></ext></extLst></si>"
    assert texts(sheet('<c t="s"><v>0</v></c>', strings=strings)) == [["甲"]]


@pytest.mark.parametrize("height", ["0.01", "0e0", ".0", "0"])
def test_excel_rows_too_low_to_be_seen_are_hidden(height: str) -> None:
    (grid,) = read("xlsx", files.excel(f'<sheetData><row ht="{height}"><c><v>1</v></c></row></sheetData>'))
    assert "hidden row" in faults(grid)[0][0]


@pytest.mark.parametrize(
    "what",
    [
        "8.5<textarea>的一半</textarea>", "8.5<select><option>x</select>", '8.5<input value="的一半">', '8.5<img alt="x">',
        '<bdo dir="rtl">12</bdo>', '<span style="unicode-bidi: bidi-override">12</span>', '<span style="display/**/: none">x</span>',
        '<span style="opacity:0">x</span>', '<span style="font-size: 0px">x</span>', "<details>x</details>",
        f'<span style="{"color:red;" * 300}display:none">x</span>',
    ],
)  # fmt: skip
def test_html_says_what_a_page_shows_otherwise(what: str) -> None:
    (grid,) = read("html", f"<table><tr><td>{what}</td></tr></table>".encode())
    assert faults(grid)[0][0]


@pytest.mark.parametrize(
    "sheet",
    [
        ".x{display:none}", "td .x { visibility : hidden }", "@media all{.x{display:none}}", "/* }*/.x{display:none", "#y{display:none}",
        ".a,.x{display:none}", "i{mso-hide:all}", "<!-- .x{display:none} -->", "@charset 'a';.x{display:none}", ".x{dis\\70lay:none}",
        ".x{text-decoration:line-through red}", "i:nth-child(1){display:none}", "i[class]{display:none}", "*{display:none}",
        ".x{display:NONE !important}", ".中{display:none}",
        ".x{display:none} @media print{.x{display:block}}", ".x{display:none!important} .x{display:block}", "[class]{display:none}",
        ":not(.q){display:none}", ":nth-child(1){display:none}", "i:lang(zh){display:none}", ".\\78{display:none}",
        '.a{content:"/*"} .x{display:none}', ".x{display:none ! important}", "} .x{display:none",
    ],
)  # fmt: skip
def test_html_heeds_what_style_sheets_hide(sheet: str) -> None:
    page = f"<style>{sheet}</style><table><tr><td>8<i class='w X 中' id='y'>.5</i></td></tr></table>"
    (grid,) = read("html", page.encode())
    assert faults(grid)[0][0]


def test_html_finds_a_style_sheet_whatever_its_tag_says() -> None:
    for tag in ("<STYLE title='<'>", f"<style title='{'a' * 2000}'>", "<style\nmedia=all>"):
        page = f"{tag}.x{{display:none}}</style><table><tr><td class=x>8.5</td></tr></table>"
        assert faults(read("html", page.encode())[0])[0][0], tag
    page = "<table><tr><td class=x style='display:table-cell'>8.5</td></tr></table><style>.x{display:none}</style>"
    assert faults(read("html", page.encode())[0])[0][0]


@pytest.mark.parametrize(
    "sheet",
    [
        "",
        "}",
        "{}",
        "x",
        ".x{color:red}",
        "rt{display:none}",
        ".x:hover{display:none}",
        "td:empty{display:none}",
        ".x .y{display:none}",
        "[hidden]{display:none}",
        ".x::before{display:none}",
    ],
)
def test_html_lets_other_style_sheets_be(sheet: str) -> None:
    (grid,) = read("html", f"<style>{sheet}</style><table><tr><td class=x>8.5</td></tr></table>".encode())
    assert (texts(grid), faults(grid)) == ([["8.5"]], [[""]])


def test_raised_and_lowered_signs_stay_so() -> None:
    """Otherwise 10² would be read as 102."""
    for markup, shown in (
        ("10<sup>2</sup>m<sup><b>-1</b></sup>x", "10²m⁻¹x"),
        ("CO<sub>2</sub>1", "CO₂1"),
        ("1<span style='vertical-align: super'>3</span>", "1³"),
        ("1<i class=a>3</i>", "1₃"),
        ("2<sup>nd</sup>x<sup>n</sup>", "2ndxⁿ"),
        ("10<sup>２</sup>", "10²"),
    ):
        page = f"<style>.a{{vertical-align:sub}}</style><table><tr><td style='vertical-align:top'>{markup}</td></tr></table>"
        assert texts(read("html", page.encode())[0]) == [[shown]]
    raised = '<w:vertAlign w:val="superscript"/>'
    assert cell(p(r("10") + r("2", raised) + r("个"))) == ("10²个", "")
    styled = (
        f'<w:styles {files.W}><w:style w:type="character" w:styleId="T"><w:rPr>{raised}</w:rPr></w:style></w:styles>'
    )
    assert cell(p(r("10") + r("2", '<w:rStyle w:val="T"/>')), styles=styled) == ("10²", "")
    assert cell(p(r("10") + r("2", '<w:rStyle w:val="T"/><w:vertAlign w:val="baseline"/>')), styles=styled) == (
        "102",
        "",
    )
    strings = '<si><r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r><r><t>5</t></r></si>'
    assert texts(sheet('<c t="s"><v>0</v></c>', strings=strings)) == [["10²5"]]


def test_html_lets_hidden_fields_be() -> None:
    (grid,) = read("html", b'<table><tr><td>8.5<input type="hidden" value="1"></td></tr></table>')
    assert (texts(grid), faults(grid)) == ([["8.5"]], [[""]])


def test_markdown_says_what_is_struck_through() -> None:
    (grid,) = read("md", b"| a | b |\n|---|---|\n| ~~8.5~~ | `~~8~~` |\n")
    assert [bool(fault) for fault in faults(grid)[1]] == [True, False]


def test_json_takes_an_exponent_beyond_all_as_it_stands() -> None:
    (grid,) = read("json", b'[{"a": 1e99999999999999999999, "b": 1e-99999999999999999999}]')
    assert texts(grid)[1] == ["1e99999999999999999999", "1e-99999999999999999999"]


def test_csv_says_what_parts_its_cells() -> None:
    (grid,) = read("csv", "sep=;\n甲;乙,丙\n".encode())
    assert (texts(grid), grid.rows[0][0].row) == ([["甲", "乙,丙"]], 2)


def test_word_says_where_a_field_is_left_open() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert "not closed" in cell(p(r("8.5%") + begin + r("还有一半")))[1]


def test_word_says_what_is_too_small_to_be_seen() -> None:
    assert "hidden text" in cell(p(r("4", '<w:sz w:val="1"/>')))[1]
    assert cell(p(r("4", '<w:sz w:val="21"/>'))) == ("4", "")
    for height, told in (("1", True), ("400", False)):
        row = f'<w:tr><w:trPr><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr><w:tc>{p(r("4"))}</w:tc></w:tr>'
        assert ("hidden row" in faults(word(f"<w:tbl>{row}</w:tbl>"))[0][0]) is told


@pytest.mark.parametrize("start", ["<!-- x", "<div>", "  </p>", "<pre", "<?x", "<br/>", "<x-y z=1>"])
def test_markdown_that_holds_lines_of_html_is_refused(start: str) -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    for text in (f"{start}\n\n{table}", f"{table}{start}\n"):
        with pytest.raises(Unfit, match="is HTML"):
            read("md", text.encode())


@pytest.mark.parametrize("start", ["<https://example.org>", "< 5", "<5", "    <div>", "`<div>`"])
def test_markdown_that_only_looks_like_html_is_read(start: str) -> None:
    assert len(read("md", f"{start}\n\n| a | b |\n|---|---|\n| <br> | 2 |\n".encode())) == 1


def markdown(inside: str) -> tuple[str, str]:
    """What is read of a cell of Markdown, and the start of what is wrong with it."""
    (grid,) = read("md", f"| 目标 | 备注 |\n|---|---|\n| 增长 | {inside} |\n".encode())
    return texts(grid)[1][1], faults(grid)[1][1]


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("2017<!-- 9% -->", "HTML"), ("<span hidden>9%</span>", "HTML"), ("<del>9%</del>", "HTML"), ("<S>9%</S>", "HTML"),
        ("<b title='>'>9%</b>", "HTML"), ("9%</b>", "HTML"), ("<?x 9%?>", "HTML"), ("`a` <i>9%</i>", "HTML"),
        ("![9%](a.png)", "picture"), ("![9%][a]", "picture"), ("[9%](a.html)", "link"),
        ("$\\color{white}{9}$", "formula"), ("$10^2$", "formula"), ("$$a_1$$", "formula"),
        ("~~9%~~", "struck"), ("~9%~", "struck"), ("~~9~5%~~", "struck"), ("**~~9%~~** `x`", "struck"), ("~~9`%`~~", "struck"),
        ("5~8家、9~10家", "struck"),
        ("**省统计局**数据", "bold"), ("*省*统计局", "bold"), ("_省_ 统计局", "bold"), ("***省***局", "bold"), ("**省**统计**局**", "bold"),
        ("3*4*5", "bold"), ("**甲** 和 **乙**", "bold"), ("`a`*b*", "bold"), ("**a*b**", "bold"), ("$9$局", "formula"), ("$$9$$局", "formula"),
        ("$`x^2`$局", "formula"), ("约 $a$。", "formula"), ("完成:100:家", "colons"), (":heavy_minus_sign:局", "colons"), ("&#58;+1\\:", "colons"),
        ("<https://x.cn/>", "link"), ("<a@b.cn>", "link"),
    ],
)  # fmt: skip
def test_markdown_says_what_is_shown_otherwise(inside: str, told: str) -> None:
    assert told in markdown(inside)[1]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("增长<br>9%", "增长\n9%"), ("<5% 且 >3%", "<5% 且 >3%"), ("指标<A类>", "指标<A类>"), ("\\<b>9%", "<b>9%"), ("&lt;b&gt;", "<b>"),
        ("`<b>9%</b>`", "<b>9%</b>"), ("5~8家", "5~8家"), ("\\~9\\~", "~9~"), ("9% ~ 10% ~ 11%", "9% ~ 10% ~ 11%"), ("~~~9%~~~", "~~~9%~~~"),
        ("`~~9~~` ~~", "~~9~~ ~~"), ("5$和6$", "5$和6$"), ("5$、a_b、6 $", "5$、a_b、6 $"), ("[2017]33号", "[2017]33号"), ("\\[2018](试行)", "[2018](试行)"), ("a\\|b", "a|b"),
        ("*备注*", "备注"), ("***8***", "8"), ("__8__", "8"), ("** 8 **", "** 8 **"), ("10*5", "10*5"), ("2 * 3 * 4", "2 * 3 * 4"), ("* 甲 *", "* 甲 *"),
        ("a_b_c", "a_b_c"), ("\\*8\\*", "*8*"), ("**\\*8**", "*8"), ("`*a*` *", "*a* *"), ("8:30:00", "8:30:00"), ("比例1:2:3", "比例1:2:3"),
        ("`:100:`", ":100:"), ("甲:乙:丙", "甲:乙:丙"), ("US$10、US$20", "US$10、US$20"), ("$5和$6", "$5和$6"), ("\\$9\\$局", "$9$局"),
        ("$5 和 6 $", "$5 和 6 $"), ("10亿$、5亿$", "10亿$、5亿$"), ("局[^1]", "局[^1]"), ("[局外][a]", "[局外][a]"),
    ],
)  # fmt: skip
def test_markdown_that_shows_what_it_says_is_read(inside: str, shown: str) -> None:
    assert markdown(inside) == (shown, "")


@pytest.mark.parametrize(
    ("inside", "definition", "told"),
    [
        ("局[^1]", "[^1]: 除外", "footnote"), ("局[^注]", "  [^注]:\n    除外", "footnote"), ("[局]", '[局]: http://x "t"', "link"),
        ("[局外][A  b]", "[a\nB]: http://x", "link"), ("[局][]", "> [局]: x", "link"), ("[`局`]", "- [`局`]: x", "link"),
        ("[a\\|b]", "[a\\|b]: x", "link"), ("\\[局]", "[局]: x", ""), ("[乙]", "[局]: x", ""), ("局[^2]", "[^1]: 除外", ""), ("[局]", "见[局]: x", ""),
    ],
)  # fmt: skip
def test_markdown_says_what_stands_elsewhere_in_the_file(inside: str, definition: str, told: str) -> None:
    table = f"| 目标 | 备注 |\n|---|---|\n| 增长 | {inside} |\n"
    for whole in (f"{definition}\n\n{table}", f"{table}\n{definition}\n"):
        (grid,) = read("md", whole.encode())
        fault = faults(grid)[1][1]
        assert told in fault and bool(fault) is bool(told)


def test_markdown_says_what_stands_beyond_its_columns() -> None:
    (grid,) = read("md", "| 甲 | 乙 |\n|---|---|\n| 1 | A|B |\n| 2 | 3 | |\n".encode())
    assert [row[1].text for row in grid.rows] == ["乙", "A", "3"]
    assert [[fault[:25] for fault in row] for row in faults(grid)[1:]] == [["the row has more cells th"] * 2, ["", ""]]
    fault = grid.rows[1][0].fault
    assert fault is not None and fault.told.values == {"text": "B"}


HEAD = "| a | b | c | d |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |\n"


@pytest.mark.parametrize(
    ("between", "line"),
    [
        ("\n| 5 | 6 | 7 | 8 |\n", 5), ("\n说明\n\n5 | 6 | 7 | 8\n", 7), ("> | 5 | 6 | 7 | 8 |\n", 4), ("    | 5 | 6 | 7 | 8 |\n", 4),
        ("- 5 | 6 | 7 | 8\n", 4), ("1. 5 | 6 | 7 | 8\n", 4), ("# 5 | 6 | 7 | 8\n", 4), ("```\n| 5 | 6 | 7 | 8 |\n```\n", 5), ("\n| 5 | 6 | 7 | 8 | 9 |\n", 5),
    ],
)  # fmt: skip
def test_a_row_of_markdown_outside_of_its_table_is_told(between: str, line: int) -> None:
    with pytest.raises(Unfit, match="stands outside of the table") as refused:
        read("md", (HEAD + between).encode())
    assert refused.value.message.values == {"line": line}


@pytest.mark.parametrize(
    "after",
    [
        "\n填表人：张三 | 审核人：李四\n",
        "\n| a | b | c | d |\n|---|---|---|---|\n| 5 | 6 | 7 | 8 |\n",
        "5 | 6 | 7 | 8\n",
        "\n---\n注\n",
    ],
)
def test_what_else_stands_below_a_table_of_markdown_is_let_be(after: str) -> None:
    assert texts(read("md", (HEAD + after).encode())[0])[1] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "said", ["=1+1", '"=HYPERLINK(""http://x"",""9%"")"', '="4"', "= 1+1", "@SUM(1)", "+8-10%", "-1*2", "+sum(1)"]
)
def test_csv_says_where_a_spreadsheet_works_out_what_it_shows(said: str) -> None:
    (grid,) = read("csv", f"目标,备注\n增长,{said}\n".encode())
    assert faults(grid)[1] == ["", "the cell holds a formula, and a form takes only what was typed"]


@pytest.mark.parametrize("said", ["'=1+1", "=", "-5", "+4", "-8.5%左右", "- 完成", "@张三", "1=1", "—", "-"])
def test_csv_without_formulas_is_read(said: str) -> None:
    (grid,) = read("csv", f"目标,备注\n增长,{said}\n".encode())
    assert faults(grid)[1] == ["", ""]


@pytest.mark.parametrize("sign", [";", "\t"])
def test_csv_may_have_a_title_with_commas(sign: str) -> None:
    rows = [sign.join(f"{row}{column}" for column in "abcde") for row in range(3)]
    (grid,) = read("csv", "\n".join(["2018年度填报表,含逗号,再逗号,四", *rows]).encode())
    assert texts(grid)[1] == ["0a", "0b", "0c", "0d", "0e"]
    (grid,) = read("csv", b"a,b\n1;2;3;4;5,6\n7,8\n")
    assert texts(grid) == [["a", "b"], ["1;2;3;4;5", "6"], ["7", "8"]]
