"""What a Word document shows without it standing in a cell's text, or hides although it stands there, is told."""

from __future__ import annotations

from html import escape
from itertools import accumulate, pairwise

import pytest

from target_registry.forms import Unfit
from target_registry.intake.rows import Rows
from target_registry.intake.rows import rows as form_rows
from tests import form_files as files
from tests.form_files import paragraph as p
from tests.form_files import run as r
from tests.form_files import table
from tests.test_form_readers import cell, faults, read, word


def sign(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code: str, result: str | None = None) -> str:
    """A field with this code, and a result where one is given."""
    code = f'{sign("begin")}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return code + (sign("separate") + result if result is not None else "") + sign("end")


# Lines of a table


HEADS = ("绩效目标", "目标类别", "完成时限（月）", "半年度目标", "备注")
USUAL = (2000, 1000, 600, 1800, 1600)
KEYS = ("target", "category", "deadline_month", "half_year_target", "remarks")


def lined(*rows: tuple[tuple[str, ...], tuple[int, ...]], before: int = 0, grid: bool = True) -> Rows:
    """The rows of a form, each with its texts and how wide its cells are, below the usual headings."""
    told = [(HEADS, USUAL), *rows]
    places = sorted(
        {0, *(end + before * (row > 0) for row, (_, widths) in enumerate(told) for end in (0, *accumulate(widths)))}
    )
    body = ""
    for row, (texts, widths) in enumerate(told):
        left = before * (row > 0)
        skipped = places.index(left)
        body += f'<w:tr><w:trPr><w:gridBefore w:val="{skipped}"/></w:trPr>'
        for text, width in zip(texts, widths, strict=True):
            span = places.index(left + width) - places.index(left)
            left += width
            body += f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{p(r(text))}</w:tc>'
        body += "</w:tr>"
    columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(places))
    return form_rows(read("docx", files.word(f"<w:tbl>{f'<w:tblGrid>{columns}</w:tblGrid>' * grid}{body}</w:tbl>")))


TEXTS = ("消费增长9%", "一般量化指标", "12", "5%", "力争")


@pytest.mark.parametrize(
    "widths",
    [
        (2060, 940, 600, 1800, 1600), (1800, 1200, 600, 1800, 1600), (2000, 1000, 600, 2300, 1100), (2000, 1000, 600, 1300, 2100),
        (2030, 1010, 590, 1790, 1610), (2000, 1000, 600, 1800, 1660), (2000, 1000, 600, 1800, 1500), (2000, 1000, 780, 1620, 1600),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", [0, 60])
def test_a_cell_belongs_to_the_heading_that_it_stands_under_the_most(widths: tuple[int, ...], before: int) -> None:
    for texts in (TEXTS, (*TEXTS[:3], "", "力争"), (*TEXTS[:3], "5%", "")):
        found = lined((TEXTS, USUAL), (texts, widths), before=before)
        assert [[row.text(key) for key in KEYS] for row in found.found] == [list(TEXTS), list(texts)]
        assert not found.faults
        cells = [cell for row in found.found for cell in row.cells.values()]
        assert [cell.column for cell in cells] == [1, 2, 3, 4, 5] * 2
        assert not any(cell.fault or cell.continues for cell in cells)


@pytest.mark.parametrize(
    ("texts", "widths", "askew"),
    [
        (TEXTS, (2000, 1300, 300, 1800, 1600), ["category"]),  # on the middle of a heading
        (TEXTS, (2000, 1500, 600, 1300, 1600), ["category", "deadline_month"]),  # the third stands under the fourth
        (TEXTS, (2000, 800, 200, 2400, 1600), ["category", "deadline_month"]),  # two under one
        ((*TEXTS, "又"), (2000, 1000, 600, 1800, 800, 800), ["remarks"]),  # one that was split
    ],
)  # fmt: skip
def test_a_line_that_leaves_a_cell_to_two_headings_is_told(
    texts: tuple[str, ...], widths: tuple[int, ...], askew: list[str]
) -> None:
    found = lined((texts, widths))
    (row,) = found.found
    told = [key for key in KEYS if (fault := row.cells[key].fault) and "the lines of this row" in fault.told.text]
    assert set(askew) <= set(told)
    assert all(text in "".join(row.text(key) for key in KEYS) for text in texts)


def test_a_cell_over_two_headings_is_merged_and_a_split_one_with_one_text_is_none() -> None:
    (row,) = lined((TEXTS[:4], (2000, 1000, 600, 3430)), ((*TEXTS[:4],), (2000, 1000, 600, 3400))).found[:1]
    assert row.text("remarks") == "5%" and row.cells["remarks"].continues
    (row,) = lined(((*TEXTS, ""), (2000, 1000, 600, 1800, 400, 1200))).found
    assert row.text("remarks") == "力争" and not row.cells["remarks"].fault


def test_lines_without_known_places_are_told_rather_than_guessed() -> None:
    (row,) = lined((TEXTS, (2000, 1000, 700, 1700, 1600)), grid=False).found
    assert row.cells["deadline_month"].fault or row.cells["half_year_target"].fault
    assert "".join(row.text(key) for key in KEYS) == "".join(TEXTS)


def test_a_cell_beside_all_headings_is_told() -> None:
    found = lined(((*TEXTS, "又"), (*USUAL, 700)), (TEXTS, (2030, *USUAL[1:])))
    assert any(fault.code == "column-unknown" and "又" in str(fault.message.values) for fault in found.faults)


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


@pytest.mark.parametrize(
    "code",
    [
        'DISPLAYBARCODE "9" QR', "MERGEBARCODE a CODE128", r"BARCODE 10001 \u", 'PRINT 27"', "NEXT", "MERGESEQ", r"EQ \s(9)", "AUTONUM",
        "CONTROL x", "HTMLCONTROL x", "a_name",
    ],
)  # fmt: skip
def test_a_field_is_told_whose_result_may_not_be_what_is_shown(code: str) -> None:
    simple = f'<w:fldSimple w:instr="{escape(code)}">{r("5")}</w:fldSimple>'
    assert all("can't be told" in cell(p(inside))[1] for inside in (field(code, r("5")), simple))


@pytest.mark.parametrize(
    "code", ["=2+3", " = SUM(ABOVE)", "REF b \\h", "seq a", "DOCPROPERTY x", "FILLIN x", "HYPERLINK x", "书签"]
)
def test_a_field_is_none_that_shows_its_result(code: str) -> None:
    assert cell(p(field(code, r("5")))) == ("5", "")


def test_fields_that_show_nothing_are_no_fault() -> None:
    for code in ("XE 消费", "TC x", "TA x", "SET a b", "ASK b x", "PRIVATE", "FORMTEXT", "ADDIN CNKISM"):
        assert cell(p(r("甲") + field(code))) == ("甲", ""), code
    assert cell(p(field("FORMTEXT", r("甲")) + field("SEQ x", r("1")))) == ("甲1", "")


def test_what_word_hides_of_a_mark_for_the_index_is_not_read() -> None:
    text, fault = cell(p(r("甲") + field("XE 消费", r("以上")) + r("乙")))
    assert text == "甲乙" and "hidden text" in fault
    text, fault = cell(p(r("甲") + f'<w:fldSimple w:instr="XE a">{r("以上")}</w:fldSimple>' + r("乙")))
    assert text == "甲乙" and "hidden text" in fault


def test_fields_within_a_result_count_as_its_text() -> None:
    inner = field("REF b", r("甲"))
    assert cell(p(field("QUOTE x", inner))) == ("甲", "")
    assert "can't be told" in cell(p(field("QUOTE x", field("XE a"))))[1]
    assert "can't be told" in cell(p(field("QUOTE x", field("SYMBOL 57") + r("甲"))))[1]
    assert "picture" in cell(p(field("EMBED x", "<w:r><w:object/></w:r>")))[1]


def test_a_date_or_a_page_that_word_fills_in_is_told() -> None:
    assert "can't be told" in cell(p("<w:r><w:yearLong/></w:r>"))[1]
    assert "can't be told" in cell(p("<w:r><w:pgNum/></w:r>"))[1]


@pytest.mark.parametrize("code", ["PAGE", "NUMPAGES", "date", r"TIME \@ h", 'IF 1 = 1 "5%" "4%"'])
def test_what_word_fills_in_anew_by_itself_is_told(code: str) -> None:
    text, fault = cell(p(field(code, r("4"))))
    assert text == "4" and "can't be told" in fault


@pytest.mark.parametrize("code", ["= 40+5", "SEQ x", "REF b", "SAVEDATE"])
def test_a_field_that_word_is_told_to_fill_in_anew_is_told(code: str) -> None:
    settings = f"<w:settings {files.W}><w:updateFields{{}}/></w:settings>"
    plain = field(code, r("4"))
    dirty = plain.replace('"begin"', '"begin" w:dirty="true"')
    simple = f'<w:fldSimple w:instr="{code}" w:dirty="1">{r("4")}</w:fldSimple>'
    assert all("can't be told" in cell(p(each))[1] for each in (dirty, simple))
    assert "can't be told" in cell(p(plain), settings=settings.format(' w:val="true"'))[1]
    assert cell(p(plain), settings=settings.format(' w:val="0"')) == ("4", "")
    assert cell(p(dirty.replace('"true"', '"false"'))) == ("4", "")


def test_what_a_person_typed_is_no_result_of_a_field() -> None:
    settings = f"<w:settings {files.W}><w:updateFields/></w:settings>"
    inside = field("FORMTEXT", r("甲")) + field("HYPERLINK x", r("乙")) + field("XE a")
    assert cell(p(inside), settings=settings) == ("甲乙", "")


def test_a_cell_that_stands_in_a_field_is_told() -> None:
    body = table([p(r("4")), p("")], [p(r("5"))])
    code = "<w:r><w:instrText> QUOTE x</w:instrText></w:r>"
    opened = sign("begin") + code
    for start in (opened, opened + sign("separate"), opened.replace("QUOTE", "SET") + sign("separate")):
        caught = faults(word(p(start) + body + p(sign("end"))))
        assert all("stands in a field" in fault for row in caught for fault in row)
        assert faults(word(p(start + sign("end")) + body)) == [["", ""], [""]]
    # Its end may stand in a box, or go with a change.
    box = f"<w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>{p(sign('end'))}</w:txbxContent></v:textbox></w:pict></w:r>"
    for end in (
        box,
        f"<w:del>{sign('end')}</w:del>",
        f"<mc:AlternateContent><mc:Fallback>{sign('end')}</mc:Fallback></mc:AlternateContent>",
    ):
        assert "stands in a field" in faults(word(p(opened + end) + body))[0][0]
    deleted = f"<w:del>{sign('begin')}</w:del>{code}<w:del>{sign('end')}</w:del>"
    assert faults(word(p(sign("end") + deleted + sign("end")) + body)) == [["", ""], [""]]


def test_a_field_that_goes_on_in_the_next_cell_is_told_in_both() -> None:
    start = sign("begin") + "<w:r><w:instrText> SET x</w:instrText></w:r>" + sign("separate")
    first, second = faults(word(table([p(r("4") + start), p(r("5") + sign("end"))])))[0]
    assert "not closed" in first and "stands in a field" in second
    merged = "<w:tcPr><w:vMerge{}/></w:tcPr>"
    rows = (
        [merged.format(' w:val="restart"') + p(r("甲")), p(r("4"))],
        [merged.format("") + p(start), p(r("5") + sign("end"))],
    )
    assert "stands in a field" in faults(word(table(*rows)))[1][1]


# Looks


def styled(kind: str, inside: str) -> str:
    """Styles with one of this kind, named S."""
    return f'<w:styles {files.W}><w:style w:type="{kind}" w:styleId="S">{inside}</w:style></w:styles>'


def defaults(kind: str, inside: str) -> str:
    """Styles that say this of all runs or paragraphs."""
    return (
        f"<w:styles {files.W}><w:docDefaults><w:{kind}Default><w:{kind}>{inside}</w:{kind}></w:{kind}Default>"
        "</w:docDefaults></w:styles>"
    )


def tabled(inside: str, properties: str = '<w:tblStyle w:val="S"/>', shade: str = "", **others: str) -> str:
    """The fault of a cell in a table with properties of its own."""
    around = f"<w:tbl><w:tblPr>{properties}</w:tblPr>"
    body = table([f"<w:tcPr>{shade}</w:tcPr>{inside}"]).replace("<w:tbl>", around)
    return faults(word(body, **others))[0][0]


def look(properties: str, text: str = "4") -> list[str]:
    """The faults of a text with these properties: by itself, by each kind of style, and by the defaults."""
    inside = f"<w:rPr>{properties}</w:rPr>"
    part = f'<w:tblStylePr w:type="band1Horz">{inside}</w:tblStylePr>'
    return [
        cell(p(r(text, properties)))[1],
        cell(p(r(text, '<w:rStyle w:val="S"/>')), styles=styled("character", inside))[1],
        cell(p(r(text), '<w:pStyle w:val="S"/>'), styles=styled("paragraph", inside))[1],
        tabled(p(r(text)), styles=styled("table", inside)),
        tabled(p(r(text)), styles=styled("table", part)),
        cell(p(r(text)), styles=defaults("rPr", properties))[1],
    ]


@pytest.mark.parametrize("size", ["1", "0", "2", "1pt", "0.5mm", "0.02in", "0.1pc", " 2 "])
def test_text_too_small_to_be_seen_is_hidden_wherever_that_is_said(size: str) -> None:
    assert all("hidden text" in fault for fault in look(f'<w:sz w:val="{size}"/>'))
    assert all("hidden text" in fault for fault in look(f'<w:szCs w:val="{size}"/><w:cs/>'))
    assert not any(look(f'<w:sz w:val="21"/><w:szCs w:val="{size}"/>'))


@pytest.mark.parametrize("size", ["21", "6", "10.5pt", "5mm", "x", ""])
def test_text_large_enough_is_none(size: str) -> None:
    assert not any(look(f'<w:sz w:val="{size}"/>'))


def test_a_run_has_its_own_size_before_its_styles() -> None:
    tiny = styled("paragraph", '<w:rPr><w:sz w:val="2"/></w:rPr>')
    assert cell(p(r("4", '<w:sz w:val="21"/>'), '<w:pStyle w:val="S"/>'), styles=tiny) == ("4", "")


@pytest.mark.parametrize(
    ("height", "told"), [("1pt", True), ("0.5mm", True), ("59", True), ("1cm", False), ("400", False)]
)
def test_a_row_too_low_to_be_seen_is_hidden_in_any_measure(height: str, told: bool) -> None:
    row = f'<w:tr><w:trPr><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr><w:tc>{p(r("4"))}</w:tc></w:tr>'
    assert ("hidden row" in faults(word(f"<w:tbl>{row}</w:tbl>"))[0][0]) is told


@pytest.mark.parametrize("toggle", ["vanish", "strike", "dstrike"])
def test_what_any_part_of_a_tables_style_hides_or_strikes_is_told(toggle: str) -> None:
    assert all("hidden" in fault or "struck" in fault for fault in look(f"<w:{toggle}/>"))
    assert not any(look(f'<w:{toggle} w:val="0"/>'))


def test_a_tables_style_that_hides_rows_is_told() -> None:
    hidden = '<w:tblStylePr w:type="firstRow"><w:trPr><w:hidden/></w:trPr></w:tblStylePr>'
    assert "hidden row" in tabled(p(r("4")), styles=styled("table", hidden))
    usual = styled("table", hidden).replace("w:type=", 'w:default="1" w:type=', 1)
    assert "hidden row" in tabled(p(r("4")), "", styles=usual)
    assert not tabled(p(r("4")), "", styles=styled("table", hidden))


def filling(inside: str) -> str:
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    return f"<w14:textFill {w14}>{inside}</w14:textFill>"


@pytest.mark.parametrize(
    "white",
    [
        '<w:color w:val="FFFFFF"/>', '<w:color w:val="fffffe"/>', '<w:color w:val="auto" w:themeColor="background1"/>',
        '<w:color w:val="000000" w:themeColor="light1"/>',
        '<w:color w:val="F2F2F2" w:themeColor="background1" w:themeShade="F2"/>',
        filling("<w14:noFill/>"), filling('<w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill>'),
        filling('<w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill>'),
        filling('<w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill>'),
        '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>', '<w:color w:val="000000"/><w:highlight w:val="black"/>', '<w:highlight w:val="black"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="pct10" w:color="FFFFFF" w:fill="FFFFFF"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="nil"/>', '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="auto"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="solid" w:color="FFFFFF" w:fill="000000"/>',
        '<w:color w:val="FFFFCC"/>', '<w:color w:val="FFFF99"/>', '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>',
        '<w:color w:val="FFFF66"/><w:shd w:val="clear" w:fill="FFFF00"/>', '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000080"/>',
        '<w:color w:val="333333"/><w:shd w:val="clear" w:fill="000000"/>',
    ],
)  # fmt: skip
def test_text_in_the_colour_of_its_background_is_told_wherever_that_is_said(white: str) -> None:
    told = look(white)
    if "shd" in white or "highlight" in white:  # what a table's style shades may be any of its cells
        told = told[:3]
    assert all("colour of its background" in fault for fault in told)
    assert not any(look(white, " "))


@pytest.mark.parametrize(
    "colour",
    [
        '<w:color w:val="FFFF00"/>', '<w:color w:val="D9D9D9"/>', '<w:color w:val="FF0000"/>', '<w:color w:val="0000FF"/>', '<w:color w:val="00FFFF"/>',
        '<w:color w:val="0000FF"/><w:shd w:val="clear" w:fill="000000"/>', '<w:color w:val="FF0000"/><w:shd w:val="clear" w:fill="808080"/>',
        '<w:color w:val="auto"/>', '<w:color w:val="C00000"/>', '<w:color w:val="x"/>', '<w:color w:val="000000"/>',
        '<w:color w:val="BFBFBF" w:themeColor="background1" w:themeShade="BF"/>',
        '<w:color w:val="7F7F7F" w:themeColor="text1" w:themeTint="80"/>',
        filling('<w14:solidFill><w14:srgbClr w14:val="C00000"/></w14:solidFill>'),
        filling('<w14:solidFill><w14:schemeClr w14:val="bg1"><w14:lumMod w14:val="50000"/></w14:schemeClr></w14:solidFill>'),
        filling("<w14:gradFill/>") + '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F497D"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="FFFFFF" w:themeFill="accent1"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000" w:themeFill="text1" w:themeFillTint="BF"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="solid" w:color="auto" w:fill="FFFFFF"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>',
    ],
)  # fmt: skip
def test_other_colours_are_no_fault(colour: str) -> None:
    assert not any(look(colour))


def test_white_text_on_a_background_is_none() -> None:
    """What is behind it may be set by its paragraph, its cell, its row, its table, or a style of one of them."""
    white, dark = r("4", '<w:color w:val="FFFFFF"/>'), '<w:shd w:val="clear" w:color="auto" w:fill="1F497D"/>'
    pale = dark.replace("1F497D", "F2F2F2")
    for shade, told in ((dark, False), (pale, True)):
        faulty = [
            cell(p(white, shade))[1],
            cell(p(white, '<w:pStyle w:val="S"/>'), styles=styled("paragraph", f"<w:pPr>{shade}</w:pPr>"))[1],
            tabled(p(white), shade=shade),
            tabled(p(white), shade),
            tabled(p(white), styles=styled("table", f'<w:tblStylePr w:type="firstRow"><w:tcPr>{shade}</w:tcPr></w:tblStylePr>')),
            faults(word(f"<w:tbl><w:tr><w:tblPrEx>{shade}</w:tblPrEx><w:tc>{p(white)}</w:tc></w:tr></w:tbl>"))[0][0],
        ]  # fmt: skip
        assert [("colour of its background" in fault) for fault in faulty] == [told] * 6
    assert "colour" in tabled(p(white), dark, pale)
    inner = read("docx", files.word(table(["<w:tcPr>" + dark + "</w:tcPr>" + table([p(white)]) + p("")], [p(white)])))
    assert [[bool(fault) for (fault,) in faults(grid)] for grid in inner] == [[True, True], [False]]


A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def theme(*colours: tuple[str, str], latin: str = "Calibri") -> str:
    """A theme with these colours, and a font for letters."""
    scheme = "".join(f"<a:{name}>{colour}</a:{name}>" for name, colour in colours)
    fonts = "".join(
        f'<a:{size}Font><a:latin typeface="{latin}"/><a:ea typeface=""/></a:{size}Font>' for size in ("major", "minor")
    )
    return f"<a:theme {A}><a:themeElements><a:clrScheme>{scheme}</a:clrScheme><a:fontScheme>{fonts}</a:fontScheme></a:themeElements></a:theme>"


OFFICE = (
    ("dk1", '<a:sysClr val="windowText" lastClr="000000"/>'), ("lt1", '<a:sysClr val="window" lastClr="FFFFFF"/>'),
    ("dk2", '<a:srgbClr val="1F497D"/>'), ("lt2", '<a:srgbClr val="EEECE1"/>'), ("accent1", '<a:srgbClr val="4F81BD"/>'),
    ("accent2", '<a:srgbClr val="C0504D"/>'), ("hlink", '<a:srgbClr val="0000FF"/>'),
)  # fmt: skip
WHITE = '<a:srgbClr val="FFFFFF"/>'
MAPPING = (
    '<w:clrSchemeMapping w:bg1="{}" w:t1="{}" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:hyperlink="hyperlink"/>'
)


def settings(inside: str) -> str:
    return f"<w:settings {files.W}>{inside}</w:settings>"


@pytest.mark.parametrize(
    ("colour", "others"),
    [
        ('<w:color w:val="000000" w:themeColor="accent1"/>', {"theme": theme(("accent1", WHITE))}),
        ('<w:color w:val="000000" w:themeColor="accent1"/>', {"theme": theme(("accent1", '<a:hslClr hue="0" sat="0" lum="100000"/>'))}),
        ('<w:color w:val="000000" w:themeColor="accent1"/>', {"theme": theme(("accent1", '<a:srgbClr val="000000"><a:lumOff val="100000"/></a:srgbClr>'))}),
        ('<w:color w:val="000000" w:themeColor="text1"/>', {"settings": settings(MAPPING.format("dark1", "light1"))}),
        ('<w:color w:val="4472C4" w:themeColor="accent1" w:themeTint="00"/>', {}),
        ('<w:color w:val="4472C4" w:themeColor="accent1"/><w:shd w:val="clear" w:fill="000000" w:themeFill="accent1"/>', {}),
        (filling('<w14:solidFill><w14:schemeClr w14:val="accent1"><w14:lumMod w14:val="0"/><w14:lumOff w14:val="100000"/></w14:schemeClr></w14:solidFill>'), {}),
        (filling('<w14:gradFill><w14:gsLst><w14:gs><w14:srgbClr w14:val="FFFFFF"/></w14:gs><w14:gs><w14:schemeClr w14:val="bg1"/></w14:gs></w14:gsLst></w14:gradFill>'), {}),
        (filling('<w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill>').replace("textFill", "textOutline").replace("xmlns", 'w14:w="254000" xmlns'), {}),
        ('<w:color w:val="808080"/><w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>', {}),
    ],
)  # fmt: skip
def test_colours_of_the_theme_and_of_effects_are_worked_out(colour: str, others: dict[str, str]) -> None:
    assert cell(p(r("4", colour)), **others) == ("4", "the text has the colour of its background")


@pytest.mark.parametrize("colour", [
    '<w:color w:val="000000" w:themeColor="text1"/>', '<w:color w:val="0D0D0D" w:themeColor="text1" w:themeTint="F2"/>', '<w:color w:val="44546A" w:themeColor="text2"/>',
    '<w:color w:val="4472C4" w:themeColor="accent1"/>', '<w:color w:val="2F5496" w:themeColor="accent1" w:themeShade="BF"/>',
    '<w:color w:val="0563C1" w:themeColor="hyperlink"/>', '<w:color w:val="FFFFFF" w:themeColor="background1"/><w:shd w:val="clear" w:fill="4472C4" w:themeFill="accent1"/>',
    '<w:color w:val="ED7D31" w:themeColor="accent2"/><w:shd w:val="clear" w:fill="D9E2F3" w:themeFill="accent1" w:themeFillTint="33"/>',
    filling('<w14:gradFill><w14:gsLst><w14:gs><w14:srgbClr w14:val="FFFFFF"/></w14:gs><w14:gs><w14:schemeClr w14:val="accent1"/></w14:gs></w14:gsLst></w14:gradFill>'),
    filling('<w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill>').replace("textFill", "textOutline").replace("xmlns", 'w14:w="9525" xmlns'),
])  # fmt: skip
def test_ordinary_colours_of_a_theme_are_no_fault(colour: str) -> None:
    for others in ({}, {"theme": theme(*OFFICE)}, {"settings": settings(MAPPING.format("light1", "dark1"))}):
        assert cell(p(r("4", colour)), **others) == ("4", "")


def test_text_in_the_colour_of_the_page_or_of_a_tables_style_is_told() -> None:
    red, blue = r("4", '<w:color w:val="FF0000"/>'), r("4", '<w:color w:val="000080"/>')
    parts = files.word_parts(table([p(red)]))
    parts["word/document.xml"] = str(parts["word/document.xml"]).replace(
        "<w:body>", '<w:background w:color="FF0000"/><w:body>'
    )
    assert not faults(read("docx", files.zipped(parts))[0])[0][0]
    shown = files.word_parts(table([p(red)]), settings=settings("<w:displayBackgroundShape/>"))
    shown["word/document.xml"] = parts["word/document.xml"]
    assert "colour of its background" in faults(read("docx", files.zipped(shown))[0])[0][0]
    dark = '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="000080"/></w:tcPr>'
    assert "colour of its background" in tabled(p(blue), styles=styled("table", dark))
    assert not tabled(p(red), styles=styled("table", dark))
    assert not tabled(p(r("4")), styles=styled("table", dark))
    whole = f'<w:tblStylePr w:type="wholeTable">{dark}</w:tblStylePr>'
    assert "colour of its background" in tabled(p(blue), styles=styled("table", whole))
    head = f'<w:tblStylePr w:type="firstRow">{dark}</w:tblStylePr>'
    assert not tabled(p(blue), styles=styled("table", head))


@pytest.mark.parametrize(
    ("properties", "others"),
    [
        ('<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>', {"theme": theme(latin="Wingdings")}),
        ('<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:asciiTheme="majorHAnsi"/>', {"theme": theme(latin="Webdings")}),
        ('<w:rFonts w:cs="Wingdings"/><w:cs/>', {}), ('<w:rFonts w:cs="Wingdings"/><w:rtl/>', {}),
        ('<w:rFonts w:ascii="Nowhere" w:hAnsi="Nowhere"/>', {"fontTable": f'<w:fonts {files.W}><w:font w:name="Nowhere"><w:altName w:val="Arial,Wingdings"/></w:font></w:fonts>'}),
    ],
)  # fmt: skip
def test_signs_of_a_font_that_is_named_by_a_detour_are_told(properties: str, others: dict[str, str]) -> None:
    text, fault = cell(p(r("R 9", properties)), **others)
    assert text == "R 9" and ("signs instead of letters" in fault or "right to left" in fault)


def test_ordinary_fonts_are_no_fault() -> None:
    listed = f'<w:fonts {files.W}><w:font w:name="Wingdings"/><w:font w:name="宋体"><w:altName w:val="SimSun"/></w:font></w:fonts>'
    for properties in (
        '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>',
        '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:cs="Wingdings"/>',
    ):
        assert cell(p(r("R 9", properties)), theme=theme(), fontTable=listed) == ("R 9", "")


EMBEDDED = (
    f'<w:fonts {files.W} xmlns:r="urn:r"><w:font w:name="公文"><w:altName w:val="Gongwen"/><w:embedRegular r:id="rId1"/></w:font>'
    '<w:font w:name="Other"><w:altName w:val="Arial,gongwen"/></w:font><w:font w:name="宋体"/></w:fonts>'
)


@pytest.mark.parametrize(
    ("fonts", "text", "told"),
    [
        ('w:ascii="公文"', "4", True), ('w:hAnsi="公文"', "4", True), ('w:eastAsia="公文"', "否", True), ('w:ascii="GONGWEN "', "4", True),
        ('w:ascii="Other"', "4", True), ('w:eastAsia="公文"', "4", False), ('w:ascii="公文" w:eastAsia="宋体"', "否", False), ('w:ascii="宋体"', "4", False),
        ('w:cs="公文"', "4", False), ('w:ascii="公文"', " ", False), ('w:ascii="公文" w:asciiTheme="minorHAnsi"', "4", False),
        ('w:eastAsiaTheme="minorEastAsia"', "否", True), ('w:eastAsiaTheme="majorEastAsia"', "4", False),
    ],
)  # fmt: skip
def test_a_font_that_the_file_brings_is_told(fonts: str, text: str, *, told: bool) -> None:
    scripted = theme().replace('<a:ea typeface=""/>', '<a:ea typeface=""/><a:font script="Hans" typeface="公文"/>')
    _, fault = cell(p(r(text, f"<w:rFonts {fonts}/>")), fontTable=EMBEDDED, theme=scripted)
    assert ("brings the font" in fault) is told
    assert not cell(p(r(text, f"<w:rFonts {fonts}/>")), fontTable=EMBEDDED.replace("embedRegular", "sig"))[1]


def test_a_font_that_a_style_names_may_be_one_that_the_file_brings() -> None:
    named = '<w:rPr><w:rFonts w:ascii="公文"/></w:rPr>'
    usual = f"<w:styles {files.W}><w:docDefaults><w:rPrDefault>{named}</w:rPrDefault></w:docDefaults></w:styles>"
    for styles in (
        usual,
        styled("table", named),
        styled("table", f'<w:tblStylePr w:type="firstRow">{named}</w:tblStylePr>'),
    ):
        assert "brings the font" in tabled(p(r("4")), fontTable=EMBEDDED, styles=styles)
        assert not tabled(p(r("4", '<w:rFonts w:ascii="宋体"/>')), fontTable=EMBEDDED, styles=styles)


@pytest.mark.parametrize(
    "how",
    [
        '<w:w w:val="1"/>', '<w:w w:val="9%"/>', '<w:spacing w:val="-400"/>', '<w:spacing w:val="-20pt"/>', '<w:spacing w:val="30000"/>',
        '<w:position w:val="-2000"/>', '<w:position w:val="400"/>', '<w:fitText w:val="1"/>', '<w:position w:val="-58"/>',
        '<w:sz w:val="6"/><w:w w:val="10"/><w:spacing w:val="-60"/>',
    ],
)  # fmt: skip
def test_text_squeezed_or_moved_is_told_wherever_that_is_said(how: str) -> None:
    assert all("squeezed or moved" in fault for fault in look(how))


@pytest.mark.parametrize(
    "how",
    [
        '<w:w w:val="66"/>', '<w:w w:val="200"/>', '<w:spacing w:val="-40"/>', '<w:spacing w:val="200"/>', '<w:position w:val="-12"/>',
        '<w:fitText w:val="840" w:id="1"/>', '<w:rtl w:val="0"/>', '<w:position w:val="-30"/>', '<w:sz w:val="15"/><w:w w:val="66"/><w:spacing w:val="-20"/>',
    ],
)  # fmt: skip
def test_text_a_little_narrower_or_higher_is_none(how: str) -> None:
    assert not any(look(how))


def test_text_pressed_into_less_room_than_it_has_signs_is_told() -> None:
    assert "squeezed" in cell(p(r("甲乙丙丁", '<w:fitText w:val="61" w:id="1"/>')))[1]
    assert cell(p(r("甲乙丙丁", '<w:fitText w:val="420" w:id="1"/>'))) == ("甲乙丙丁", "")


def stand(properties: str, text: str = "4") -> list[str]:
    """The faults of a text whose paragraph has these properties: by itself, by styles, and by the defaults."""
    inside = f"<w:pPr>{properties}</w:pPr>"
    part = f'<w:tblStylePr w:type="band1Horz">{inside}</w:tblStylePr>'
    return [
        cell(p(r(text), properties))[1],
        cell(p(r(text), '<w:pStyle w:val="S"/>'), styles=styled("paragraph", inside))[1],
        tabled(p(r(text)), styles=styled("table", inside)),
        tabled(p(r(text)), styles=styled("table", part)),
        cell(p(r(text)), styles=defaults("pPr", properties))[1],
    ]


@pytest.mark.parametrize(
    "how",
    [
        '<w:spacing w:line="1" w:lineRule="exact"/>', '<w:spacing w:line="1pt" w:lineRule="exact"/>', '<w:spacing w:line="2"/>',
        '<w:ind w:left="20000"/>', '<w:ind w:start="-5000"/>', '<w:ind w:firstLine="50cm"/>', '<w:ind w:left="100" w:hanging="3000"/>',
        '<w:framePr w:x="20000" w:y="1"/>', '<w:framePr w:w="10" w:h="10" w:hRule="exact"/>', '<w:framePr w:w="900" w:wrap="none" w:x="3000" w:y="6000"/>',
        '<w:ind w:left="19000"/>', '<w:ind w:left="-1900"/>', '<w:ind w:firstLineChars="19000"/>', '<w:spacing w:before="31680"/>', '<w:spacing w:after="9000"/>',
    ],
)  # fmt: skip
def test_a_paragraph_squeezed_or_moved_is_told_wherever_that_is_said(how: str) -> None:
    assert all("squeezed or moved" in fault for fault in stand(how))
    assert not any(stand(how, ""))


@pytest.mark.parametrize(
    "how",
    [
        '<w:spacing w:line="240" w:lineRule="exact"/>', '<w:spacing w:line="20" w:lineRule="atLeast"/>', '<w:spacing w:before="1"/>',
        '<w:ind w:left="-108" w:right="-108"/>', '<w:ind w:leftChars="-51" w:left="-107"/>', '<w:ind w:left="2520" w:hanging="2520"/>',
        '<w:framePr w:hSpace="180" w:wrap="around" w:hAnchor="text" w:y="1"/>', '<w:ind w:firstLineChars="200" w:firstLine="420"/>', '<w:ind w:hangingChars="400"/>', '<w:ind w:rightChars="-502" w:right="-1054"/>',
        '<w:framePr w:hSpace="180" w:wrap="around" w:vAnchor="page" w:hAnchor="margin" w:y="2161"/>', '<w:spacing w:before="312" w:beforeLines="100" w:after="312"/>', '<w:bidi w:val="0"/>', '<w:shd w:val="clear" w:fill="auto"/>',
    ],
)  # fmt: skip
def test_a_paragraph_as_people_set_it_is_none(how: str) -> None:
    assert not any(stand(how))


def test_a_paragraph_that_says_a_part_takes_the_rest_from_its_style() -> None:
    for style, own, back in (
        ('<w:spacing w:line="1" w:lineRule="exact"/>', '<w:spacing w:before="0"/>', '<w:spacing w:line="240"/>'),
        ('<w:ind w:left="20000"/>', '<w:ind w:right="0" w:hanging="2500"/>', '<w:ind w:left="0"/>'),
    ):
        styles = styled("paragraph", f"<w:pPr>{style}</w:pPr>")
        assert "squeezed or moved" in cell(p(r("4"), f'<w:pStyle w:val="S"/>{own}'), styles=styles)[1]
        assert cell(p(r("4"), f'<w:pStyle w:val="S"/>{back}'), styles=styles) == ("4", "")
    assert cell(p(r("4"), '<w:ind w:hanging="900"/>')) == ("4", "")
    hung = '<w:pStyle w:val="S"/><w:ind w:hanging="2500"/>'
    for left, told in (("0", True), ("2500", False)):
        styles = styled("paragraph", f'<w:pPr><w:ind w:left="{left}"/></w:pPr>')
        assert ("squeezed or moved" in cell(p(r("4"), hung), styles=styles)[1]) is told


@pytest.mark.parametrize(
    ("ind", "own", "told"),
    [
        ('w:left="20000"', "", True), ('w:left="-20000"', "", True), ('w:hanging="6000"', "", True), ('w:left="0" w:hangingChars="4000"', "", True),
        ('w:left="420" w:hanging="420"', "", False), ('w:left="1260" w:hanging="420"', "", False), ('w:left="6000" w:hanging="6000"', "", False),
        ('w:left="6000" w:hanging="6000"', '<w:ind w:left="0"/>', True), ('w:left="20000"', '<w:ind w:left="420"/>', False), ("", '<w:ind w:hanging="6000"/>', True),
    ],
)  # fmt: skip
def test_what_a_list_moves_out_of_its_cell_is_told(ind: str, own: str, told: bool) -> None:
    numbering = (
        f'<w:numbering {files.W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="none"/><w:lvlText w:val=""/>'
        f'<w:pPr><w:ind {ind}/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    styles = styled("paragraph", f"<w:pPr>{listed}{own}</w:pPr>")
    for fault in (
        cell(p(r("4"), listed + own), numbering=numbering)[1],
        cell(p(r("4"), '<w:pStyle w:val="S"/>'), numbering=numbering, styles=styles)[1],
    ):
        assert ("squeezed or moved" in fault) is told


def test_properties_among_alternatives_count_as_word_takes_them() -> None:
    either = '<mc:AlternateContent><mc:Choice xmlns:q="{}" Requires="q"><w:vanish/></mc:Choice><mc:Fallback><w:b/></mc:Fallback></mc:AlternateContent>'
    assert "hidden text" in cell(p(r("4", either.format("http://schemas.microsoft.com/office/word/2010/wordml"))))[1]
    assert cell(p(r("4", either.format("urn:q")))) == ("4", "")


def test_blanks_that_are_hidden_are_no_hidden_text() -> None:
    assert cell(p(r("4") + r(" ", "<w:vanish/>"))) == ("4", "")
    assert cell(p(r("4") + r(" 不", "<w:vanish/>")))[1] == "the cell holds hidden text"


@pytest.mark.parametrize("how", ["<w:caps/>", "<w:smallCaps/>", '<w:caps w:val="true"/>'])
def test_small_letters_that_are_shown_as_capitals_are_told_wherever_that_is_said(how: str) -> None:
    assert all("shown as capitals" in fault for fault in look(how, "10mw"))
    assert look(how, "完成10MW，GDP增长5%") == [""] * 6
    assert not cell(p(r("10mw", how.replace("/>", ' w:val="0"/>').replace(' w:val="true"', ""))))[1]


def test_text_that_runs_from_right_to_left_is_told() -> None:
    assert all("right to left" in fault for fault in (*look("<w:rtl/>", "9%-5%"), *stand("<w:bidi/>", "甲")))
    assert not any((*look("<w:rtl/>", "—"), *stand("<w:bidi/>", "—")))


# Places


def placed(text: str = "4", own: str = "", row: str = "", about: str = "", inside: str = "") -> str:
    """The fault of a cell in the second row of a table with these properties."""
    first = f"<w:tr><w:tc>{p(r('甲'))}</w:tc></w:tr>"
    content = inside or p(r(text))
    body = f"<w:tbl><w:tblPr>{about}</w:tblPr>{first}<w:tr><w:trPr>{row}</w:trPr><w:tc><w:tcPr>{own}</w:tcPr>{content}</w:tc></w:tr></w:tbl>"
    return faults(word(body))[1][0]


FIXED = '<w:tblLayout w:type="fixed"/>'
WIDTH = '<w:tcW w:w="{}" w:type="dxa"/>'
LOW = '<w:trHeight w:val="300" w:hRule="exact"/>'
LINES = p(r("甲", '<w:sz w:val="18"/>'), "") + p("") * 2 + p(r("乙", '<w:sz w:val="18"/>'))


@pytest.mark.parametrize(
    "how",
    [
        {"row": LOW, "inside": LINES}, {"row": LOW, "inside": p(r("4"), '<w:spacing w:before="400"/>')}, {"row": LOW, "text": "甲</w:t><w:br/><w:br/><w:br/><w:t>乙"},
        {"about": FIXED, "own": WIDTH.format(1)}, {"about": FIXED, "own": WIDTH.format(300) + '<w:tcMar><w:start w:w="280" w:type="dxa"/></w:tcMar>'},
        {"own": '<w:tcMar><w:left w:w="30000" w:type="dxa"/></w:tcMar>'}, {"about": '<w:tblCellMar><w:top w:w="30000" w:type="dxa"/></w:tblCellMar>'},
            {"about": FIXED, "own": WIDTH.format(900) + '<w:tcMar><w:top w:w="30000" w:type="dxa"/></w:tcMar>'},
        {"about": FIXED, "own": WIDTH.format(1000), "inside": p(r("4"), '<w:ind w:left="1000"/>')},
        {"about": FIXED, "own": WIDTH.format(1000) + "<w:tcFitText/>", "text": "甲" * 50},
    ],
)  # fmt: skip
def test_text_for_which_its_cell_has_no_room_is_told(how: dict[str, str]) -> None:
    fault = placed(**how)
    assert "no room" in fault or ("w:ind" in how.get("inside", "") and "squeezed or moved" in fault)


@pytest.mark.parametrize(
    "how",
    [
        {"row": LOW}, {"row": LOW, "inside": p(r("4")) + p("") * 9}, {"row": LOW.replace("300", "900"), "inside": LINES}, {"row": LOW.replace("exact", "atLeast"), "inside": LINES},
        {"row": LOW, "inside": LINES, "own": '<w:vMerge w:val="restart"/>'}, {"row": LOW, "inside": LINES, "own": '<w:textDirection w:val="tbRlV"/>'},
        {"own": WIDTH.format(1)}, {"about": FIXED, "own": '<w:tcW w:w="0" w:type="auto"/>'}, {"about": FIXED, "own": '<w:tcW w:w="50" w:type="pct"/>'},
        {"about": FIXED + '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>', "own": WIDTH.format(200)},
        {"about": FIXED, "own": WIDTH.format(1), "text": " "}, {"about": FIXED, "own": WIDTH.format(1000), "inside": p(r("4"), '<w:ind w:left="420"/>')},
        {"about": FIXED, "own": WIDTH.format(1000) + "<w:tcFitText/>", "text": "甲" * 9},
    ],
)  # fmt: skip
def test_text_that_has_room_is_no_fault(how: dict[str, str]) -> None:
    assert not placed(**how)


@pytest.mark.parametrize("own", ["", '<w:tcW w:w="0" w:type="auto"/>', '<w:tcW w:w="0" w:type="dxa"/>'])
def test_a_cell_without_a_width_of_its_own_has_that_of_the_grid(own: str) -> None:
    cells = f"<w:tc><w:tcPr>{own}</w:tcPr>{p(r('甲'))}</w:tc>" * 2
    for widths, layout, told in (
        ((3000, 40), FIXED, True), ((3000, 100), FIXED, True), ((3000, 200), FIXED, False), ((0, 0), FIXED, False), ((3000,), FIXED, False), ((3000, 40), "", False),
    ):  # fmt: skip
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        margins = '<w:tblCellMar><w:left w:w="57" w:type="dxa"/></w:tblCellMar>'
        body = f"<w:tbl><w:tblPr>{layout}{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"
        assert ["no room" in fault for fault in faults(word(body))[0]] == [False, told]
    wide = f"<w:tc><w:tcPr>{WIDTH.format(1600)}</w:tcPr>{p(r('甲'))}</w:tc>"
    for width, told in ((40, True), (700, False)):
        body = f'<w:tbl><w:tblPr>{FIXED}</w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr>{wide}</w:tr></w:tbl>'
        assert ("no room" in faults(word(body))[0][0]) is told


@pytest.mark.parametrize(
    "style",
    [
        "<w:tblPr>{}</w:tblPr>", "<w:tcPr>{}</w:tcPr>", '<w:tblStylePr w:type="lastRow"><w:tcPr>{}</w:tcPr></w:tblStylePr>',
        '<w:tblStylePr w:type="firstRow"><w:tblPr>{}</w:tblPr></w:tblStylePr>',
    ],
)  # fmt: skip
def test_margins_that_a_tables_style_gives_its_cells_count(style: str) -> None:
    kind = "tcMar" if "tcPr" in style else "tblCellMar"
    for width, told in ((9000, True), (108, False)):
        margins = f'<w:{kind}><w:left w:w="{width}" w:type="dxa"/></w:{kind}>'
        for named in ('<w:tblStyle w:val="S"/>', '<w:tblStyle w:val="S"/>' + FIXED):
            styles = styled("table", style.format(margins))
            assert ("no room" in tabled(p(r("4")), named, WIDTH.format(2000), styles=styles)) is told
    own = '<w:tblCellMar><w:left w:w="108" w:type="dxa"/></w:tblCellMar>'
    styles = styled("table", style.format(f'<w:{kind}><w:left w:w="9000" w:type="dxa"/></w:{kind}>'))
    told = "no room" in tabled(p(r("4")), '<w:tblStyle w:val="S"/>' + own, styles=styles)
    assert told is (kind == "tcMar" or "tblStylePr" in style)


SMALL = '<w:sz w:val="18"/>'
BIG = p(r("5%", '<w:sz w:val="44"/>')) + p(r("力争", SMALL))


@pytest.mark.parametrize(
    ("height", "inside", "told"),
    [
        (60, p(r("4", SMALL)), True), (100, p(r("4", SMALL)), True), (130, p(r("4", SMALL)), False), (100, p(r("4", '<w:sz w:val="12"/>')), False),
        (300, p(r("5%", SMALL)) + p(r("力争", SMALL)), True), (330, p(r("5%", SMALL)) + p(r("力争", SMALL)), False),
        (454, p(r("5%", SMALL)) + p("") + p(r("力争", SMALL)), True), (454, p(r("5%", SMALL) + "<w:r><w:br/><w:br/></w:r>" + r("力争", SMALL)), True),
        (454, BIG, True), (454, BIG.replace("44", "18"), False), (454, p(r("5%", SMALL)) + p("", '<w:rPr><w:sz w:val="60"/></w:rPr>') + p(r("乙", SMALL)), True),
        (454, p(r("5%", SMALL)) + p("", '<w:rPr><w:sz w:val="4"/></w:rPr>') + p(r("乙", SMALL)), False),
        (300, p(r("5%", SMALL), '<w:spacing w:after="300"/>') + p(r("力争", SMALL)), True), (200, p(r("甲" * 90, SMALL)), False),
        (454, p(r("甲", SMALL), '<w:spacing w:line="160" w:lineRule="exact"/>') * 3, False), (454, p(r("甲", SMALL), '<w:spacing w:line="480"/>') * 2, True),
        (454, p(r("甲", SMALL), '<w:spacing w:line="400" w:lineRule="atLeast"/>') * 2, True),
    ],
)  # fmt: skip
def test_what_stands_below_the_end_of_a_row_of_a_fixed_height_is_told(height: int, inside: str, told: bool) -> None:
    row = f'<w:trHeight w:val="{height}" w:hRule="{{}}"/>'
    assert ("no room" in placed(row=row.format("exact"), inside=inside)) is told
    assert not placed(row=row.format("atLeast"), inside=inside)


@pytest.mark.parametrize(
    ("height", "where", "told"), [(20000, "bottom", True), (30000, "center", True), (20000, "top", False), (9000, "bottom", False)]
)  # fmt: skip
def test_what_stands_below_the_end_of_the_page_is_told(height: int, where: str, told: bool) -> None:
    row = f'<w:tr><w:trPr><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:vAlign w:val="{where}"/></w:tcPr>{p(r("4"))}</w:tc></w:tr>'
    body = f'<w:tbl>{row}</w:tbl><w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'
    assert ("no room" in faults(word(body))[0][0]) is told


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ('<w:tblpPr w:tblpX="30000" w:tblpY="1"/>', True), ('<w:tblpPr w:tblpY="-9000"/>', True), ('<w:tblInd w:w="-31000" w:type="dxa"/>', True),
        ('<w:tblpPr w:leftFromText="180" w:vertAnchor="page" w:tblpX="850" w:tblpY="9000"/>', False), ('<w:tblInd w:w="-1134" w:type="dxa"/>', False),
    ],
)  # fmt: skip
def test_a_table_off_its_page_is_told(about: str, told: bool) -> None:
    assert ("off the page" in placed(about=about)) is told
    assert not placed(" ", about=about)


@pytest.mark.parametrize(
    ("indent", "told"),
    [
        ('<w:tblInd w:w="-20000" w:type="dxa"/>', True), ('<w:tblInd w:w="31000"/>', True), ('<w:tblInd w:w="-113" w:type="dxa"/>', False),
        ('<w:tblInd w:w="5000" w:type="pct"/>', False), ("", False),
    ],
)  # fmt: skip
def test_a_row_off_the_page_is_told(indent: str, *, told: bool) -> None:
    cells = f"<w:tc>{p(r('4'))}</w:tc><w:tc>{p(r(' '))}</w:tc>"
    moved = f"<w:tr><w:tblPrEx>{indent}</w:tblPrEx>{cells}</w:tr>"
    assert [["the row stands off" in one for one in row] for row in faults(word(f"<w:tbl><w:tr>{cells}</w:tr>{moved}<w:tr>{cells}</w:tr></w:tbl>"))] == [
        [False, False], [told, False], [False, False],
    ]  # fmt: skip
    inner = f"<w:tc>{table([p(r('5'))])}{p(r(''))}</w:tc>"
    outer, nested = read("docx", files.word(f"<w:tbl>{moved.replace(cells, inner)}</w:tbl>"))
    assert ("the row stands off" in faults(nested)[0][0]) == told and outer.rows


PAGE = '<w:sectPr><w:pgSz w:w="10000" w:h="11906"/><w:pgMar w:left="1000" w:right="1000"/>{}</w:sectPr>'


def beside(about: str, *widths: int, row: str = "", more: str = "", last: str = PAGE, styles: str = "") -> list[bool]:
    """Which cells of a row of fixed widths are said to stand beside a page 10,000 twips wide, with margins of 1,000."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = "".join(f"<w:tc><w:tcPr>{WIDTH.format(width)}</w:tcPr>{p(r('4'))}</w:tc>" for width in widths)
    layout = "" if "tblLayout" in about else FIXED
    body = f"<w:tbl><w:tblPr>{about}{layout}</w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>{row}{cells}</w:tr></w:tbl>{more}{last.format('')}"
    others = {"styles": f"<w:styles {files.W}>{styles}</w:styles>"} if styles else {}
    return ["beside the page" in one for one in faults(read("docx", files.word(body, **others))[0])[0]]


@pytest.mark.parametrize(
    ("about", "widths", "told"),
    [
        ("", (4000, 4000, 4000, 4000), [False, False, False, True]), ('<w:tblInd w:w="6000" w:type="dxa"/>', (4000, 4000), [False, True]),
        ('<w:tblInd w:w="-3000" w:type="dxa"/>', (2000, 4000), [True, False]), ('<w:jc w:val="center"/>', (2000, 8000, 4000, 2000), [True, False, False, True]),
        ('<w:jc w:val="right"/>', (2000, 8000, 4000), [True, False, False]), ('<w:jc w:val="end"/><w:tblInd w:w="9000"/>', (4000, 4000), [False, False]),
        ('<w:tblpPr w:tblpX="7000" w:tblpY="1"/>', (4000, 4000), [False, True]), ('<w:tblpPr w:tblpX="-2500" w:tblpY="1"/>', (1000, 4000), [True, False]),
        ('<w:tblpPr w:tblpX="7000" w:tblpXSpec="center" w:tblpY="1"/>', (4000, 4000), [False, False]),
        ('<w:bidiVisual/><w:tblInd w:w="6000"/>', (4000, 4000), [True, False]), ('<w:tblLayout w:type="autofit"/>', (9000, 4000, 4000), [False, False, False]),
        ('<w:tblLayout w:type="autofit"/><w:tblInd w:w="9100"/>', (400, 400), [True, True]), ('<w:tblInd w:w="5000" w:type="pct"/>', (4000, 4000), [False, False]),
        ('<w:tblInd w:w="-108" w:type="dxa"/>', (4000, 4300), [False, False]), ('<w:jc w:val="center"/>', (4000, 5000, 2000), [False, False, False]),
        ('<w:tblInd w:w="0" w:type="auto"/>', (8900, 1000, 100), [False, False, True]), ('<w:tblInd w:w="-999" w:type="dxa"/>', (9998, 1, 400), [False, False, True]),
    ],
)  # fmt: skip
def test_a_cell_beside_its_page_is_told(about: str, widths: tuple[int, ...], told: list[bool]) -> None:
    assert beside(about, *widths) == told


def test_the_page_is_that_of_the_tables_own_section() -> None:
    wide = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="20000"/></w:sectPr></w:pPr></w:p>'
    assert beside("", 9000, 1000) == [False, True]
    assert beside("", 9000, 1000, more=wide) == [False, False]
    within = f"<w:tbl><w:tr><w:tc>{wide}</w:tc></w:tr></w:tbl>"
    assert beside("", 9000, 1000, more=within) == [False, True]
    assert beside("", 9000, 1000, last="") == [False, False]
    columns = PAGE.format('<w:cols w:num="2"/>')
    assert beside('<w:tblInd w:w="-3000"/>', 1000, 9000, last=columns) == [False, False]
    assert beside('<w:jc w:val="center"/>', 9000, 9000, last=columns) == [False, False]


def test_a_row_and_a_style_say_where_a_table_stands() -> None:
    far = '<w:tblInd w:w="7000" w:type="dxa"/>'
    style = f'<w:style w:type="table" w:styleId="a"><w:tblPr>{far}</w:tblPr></w:style>'
    assert beside('<w:tblStyle w:val="a"/>', 4000, 1000, styles=style) == [False, True]
    assert beside('<w:tblStyle w:val="a"/><w:tblInd w:w="0"/>', 4000, 1000, styles=style) == [False, False]
    assert beside("", 4000, 1000, row=f"<w:tblPrEx>{far}</w:tblPrEx>") == [False, True]
    assert beside(far, 4000, 1000, row='<w:trPr><w:jc w:val="right"/></w:trPr>') == [False, False]
    before = '<w:trPr><w:gridBefore w:val="1"/><w:wBefore w:w="8000" w:type="dxa"/></w:trPr>'
    assert beside("", 500, 500, 500, row=before) == [False, False, True]


W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
FOLDED = f"<w15:collapsed {W15}/>"


def head(level: int | None, more: str = "", style: str = "") -> str:
    """A heading of a level; of none, a text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return p(r("标题"), named + ("" if level is None else f'<w:outlineLvl w:val="{level}"/>') + more)


STYLES = (
    f'<w:styles {files.W}><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    f'<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/><w:pPr>{FOLDED}</w:pPr></w:style>'
    f'<w:style w:type="paragraph" w:styleId="3"><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (head(0, FOLDED), True), (head(0, FOLDED) + p(r("甲")) + head(1), True), (head(8, FOLDED), True), (head(None, FOLDED, "1"), True),
        (head(None, "", "2"), True), (head(None, FOLDED, "3"), True), (head(2, FOLDED) + head(None, FOLDED, "1"), True),
        (f"<w:sdt><w:sdtContent>{head(0, FOLDED)}</w:sdtContent></w:sdt>", True), (head(1, FOLDED) + "<w:p/>" + head(None) + head(2, FOLDED), True),
        (head(0), False), (head(0, FOLDED) + head(0), False), (head(1, FOLDED) + head(0), False), (head(0, FOLDED) + head(None, "", "1"), False),
        (head(None, FOLDED), False), (head(9, FOLDED), False), (head(0, f'<w15:collapsed {W15} w:val="0"/>'), False),
        (head(0, f'<w15:collapsed {W15} w15:val="false"/>'), False), (head(0, f'<w15:collapsed {W15} w15:val="1"/>'), True),
        (head(None, f'<w15:collapsed {W15} w:val="0"/>', "2"), False), (head(0, FOLDED) + head(0) + head(1), False),
    ],
)  # fmt: skip
def test_a_table_below_a_heading_that_is_folded_is_told(before: str, *, told: bool) -> None:
    inner = table([p(r("5"))])
    first, second = faults(word(f"{before}{table([p(r('4')), p(r(' '))])}", styles=STYLES))[0]
    assert ("folded up" in first, second) == (told, "")
    grids = read("docx", files.word(f"{before}{table([inner + p(r('4'))])}", styles=STYLES))
    assert ["folded up" in faults(grid)[0][0] for grid in grids] == [told, told]
    # What stands above is shown.
    assert not faults(word(f"{table([p(r('4'))])}{before}", styles=STYLES))[0][0]


CROSS = '<w:tcBorders><w:tl2br w:val="{}"/><w:tr2bl w:val="{}"/></w:tcBorders>'


def test_a_cell_that_lines_cross_out_is_told() -> None:
    assert "struck" in placed(own=CROSS.format("single", "single")) and "struck" in placed(
        own=CROSS.format("nil", "single")
    )
    assert not placed(own=CROSS.format("nil", "none")) and not placed(" ", own=CROSS.format("single", "single"))
    # One line across a heading has a word on each of its sides.
    head = f"<w:tcPr>{CROSS.format('single', 'nil')}</w:tcPr>{p(r('项目 单位'))}"
    assert cell(head) == ("项目 单位", "") and "struck" in cell(head.replace("nil", "single"))[1]


def test_a_table_whose_first_column_stands_at_the_right_is_read_as_it_is_seen() -> None:
    rows = table([p(r(t)) for t in "甲乙丙"], [f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p(r("丁"))}', p(r("戊"))])
    grid = word(rows.replace("<w:tbl>", "<w:tbl><w:tblPr><w:bidiVisual/></w:tblPr>"))
    assert [[c.text for c in row] for row in grid.rows] == [["丙", "乙", "甲"], ["戊", "丁", "丁"]]


FRAME = '<w:framePr w:w="900" w:h="400" w:wrap="{}" w:vAnchor="{}" w:hAnchor="page" w:x="9000" w:y="3000"/>'
FLOATS = '<w:tblPr><w:tblpPr w:tblpX="9000" w:tblpY="3000" w:vertAnchor="{}"/></w:tblPr>'


def test_a_frame_or_a_table_that_may_lie_over_the_form_is_told() -> None:
    form = table([p(r(t)) for t in "甲乙"])
    small = table([p(r("99"))])
    for frame, told in (
        (FRAME.format("none", "text"), True),
        (FRAME.format("around", "page"), True),
        (FRAME.format("around", "text"), False),
    ):
        grid = word(p(r("99"), frame) + form)
        assert (grid.floating, grid.before) == (("99",) if told else (), ("99",))
        assert not word(p("", frame) + form).floating
    for anchor, told in (("page", True), ("margin", True), ("text", False)):
        grids = read("docx", files.word(form + small.replace("<w:tbl>", f"<w:tbl>{FLOATS.format(anchor)}")))
        assert grids[0].floating == (("99",) if told else ())
    # A form that floats itself, and what goes on with it.
    floats = form.replace("<w:tbl>", f"<w:tbl>{FLOATS.format('page')}")
    assert [grid.floating for grid in read("docx", files.word(floats + floats))] == [(), ()]


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        (FRAME.format("none", "text"), True), (FRAME.format("around", "page"), True), (FRAME.format("around", "margin"), True),
        (FRAME.format("around", "text"), True), (FRAME.format("around", "text").replace('"3000"', '"-3000"'), True),
        ('<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="center" w:y="1"/>', False), ("", False),
        ('<w:pStyle w:val="S"/>', True),
    ],
)  # fmt: skip
def test_a_frame_in_the_head_of_the_pages_that_may_lie_over_the_form_is_told(properties: str, *, told: bool) -> None:
    styles = styled("paragraph", f"<w:pPr>{FRAME.format('around', 'page')}</w:pPr>")
    for inside, words in ((p(r("改为") + r("99"), properties), "改为99"), (p("<w:r><w:pict/></w:r>", properties), "")):
        header = str(files.word_parts(inside)["word/document.xml"])
        assert word(table([p(r("4"))]), header=header, styles=styles).floating == ((words,) if told else ())


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (FLOATS.format("page"), True), (FLOATS.format("margin"), True), (FLOATS.format("text"), True), ("", False),
        (FLOATS.format("text").replace("3000", "120"), False),
    ],
)  # fmt: skip
def test_a_table_in_the_head_of_the_pages_that_may_lie_over_the_form_is_told(about: str, *, told: bool) -> None:
    inside = table([p(r("改为 99"))]).replace("<w:tbl>", f"<w:tbl>{about}") + p("")
    header = str(files.word_parts(inside)["word/document.xml"])
    assert word(table([p(r("4"))]), header=header).floating == (("改为 99",) if told else ())


# Controls and alternatives


def control(inside: str, properties: str = "<w:showingPlcHdr/>") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize("prompt", ["55%", "完成", "年底", "8", "请于年底完成", "请完成5家", "选择甲方案", "click 5"])
def test_a_prompt_that_reads_like_a_text_is_told(prompt: str) -> None:
    told = "the cell shows the prompt of a control, which nobody can tell from a text"
    assert cell(p(r("4") + control(r(prompt)))) == ("4", told)
    assert cell(control(p(r(prompt))) + p(r("4"))) == ("4", told)
    rows = f"<w:tbl>{control(f'<w:tr><w:tc>{p(r(prompt))}</w:tc></w:tr>')}</w:tbl>"
    cells = f"<w:tbl><w:tr>{control(f'<w:tc>{p(r(prompt))}</w:tc>')}</w:tr></w:tbl>"
    for body in (rows, cells, control(rows)):
        grid = word(body)
        assert (grid.rows[0][0].text, faults(grid)) == ("", [[told]])


@pytest.mark.parametrize("prompt", [
    "单击此处输入文字。", "单击或点击此处输入文字。", "单击或点击以输入日期。", "选择一项。", "请选择", "请输入文本", "点击此处输入文字", "请填写绩效目标", "     ", "",
    "Click or tap here to enter text.", "Click here to enter a date.", "Choose an item.", "[日期]",
])  # fmt: skip
def test_an_ordinary_prompt_is_none(prompt: str) -> None:
    assert cell(p(r("4") + control(r(prompt)))) == ("4", "")
    assert cell(control(p(r(prompt))) + p(r("4"))) == ("4", "")


def test_rows_that_are_filled_in_from_elsewhere_are_told() -> None:
    w15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    row = f"<w:tr><w:tc>{p(r('4'))}</w:tc></w:tr>"
    item = control(row, f"<w15:repeatingSectionItem {w15}/>")
    bound = f'<w15:dataBinding {w15} w:xpath="/a"/><w15:repeatingSection {w15}/>'
    assert "from elsewhere" in faults(word(f"<w:tbl>{control(item, bound)}</w:tbl>"))[0][0]
    assert "from elsewhere" in faults(word(control(f"<w:tbl>{row}</w:tbl>", bound)))[0][0]
    assert not faults(word(f"<w:tbl>{control(item, f'<w15:repeatingSection {w15}/>')}</w:tbl>"))[0][0]


@pytest.mark.parametrize(
    ("namespace", "shown"),
    [
        ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "甲"), ("urn:schemas-microsoft-com:vml", "甲"),
        ("http://schemas.microsoft.com/office/drawing/2016/5/9/chartex", "甲"), ("http://schemas.microsoft.com/office/word/2012/wordml", "甲"),
        ("http://schemas.openxmlformats.org/nonsense", "乙"), ("http://schemas.microsoft.com/office/word/2029/wordml/zzz", "乙"), ("urn:q", "乙"),
    ],
)  # fmt: skip
def test_of_alternatives_the_one_is_read_that_word_shows(namespace: str, shown: str) -> None:
    choice = f'<mc:Choice xmlns:q="{namespace}" Requires="q">{r("甲")}</mc:Choice><mc:Fallback>{r("乙")}</mc:Fallback>'
    assert cell(p(f"<mc:AlternateContent>{choice}</mc:AlternateContent>")) == (shown, "")


def test_signs_that_newer_versions_write_are_read() -> None:
    w16se = "http://schemas.microsoft.com/office/word/2015/wordml/symex"
    signs = '<w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="{}"/>'
    choice = (
        f'<mc:Choice xmlns:w16se="{w16se}" Requires="w16se">{signs}</mc:Choice><mc:Fallback><w:t>x</w:t></mc:Fallback>'
    )
    for code, shown in (("2611", "☑"), ("1F60A", "😊")):
        assert cell(p(f"<w:r><mc:AlternateContent>{choice.format(code)}</mc:AlternateContent></w:r>" + r("是"))) == (
            f"{shown}是",
            "",
        )


def test_what_word_leaves_out_of_a_text_is_not_read() -> None:
    assert cell(p('<w:r><w:t>2017年<q:x xmlns:q="urn:q">不</q:x>同比<w:b/>增长</w:t></w:r>')) == ("2017年同比增长", "")
    parts = files.word_parts(table([p(r("甲 ProcessContent"))]))
    assert read("docx", files.zipped(parts))[0].rows[0][0].text == "甲 ProcessContent"
    unwrapped = str(parts["word/document.xml"]).replace(
        "<w:document ", '<w:document xmlns:q="urn:q" mc:Ignorable="q" mc:ProcessContent="q:x" '
    )
    with pytest.raises(Unfit, match="unknown elements"):
        read("docx", files.zipped({**parts, "word/document.xml": unwrapped}))


@pytest.mark.parametrize("kind", ["styles", "settings"])
def test_parts_of_which_programs_take_different_ones_are_refused(kind: str) -> None:
    parts = files.word_parts(table([p(r("4"))]), **{kind: f"<w:{kind} {files.W}/>"})
    twice = files.with_relation(parts, "word/document.xml", files.relation(9, kind, f"{kind}2.xml"))
    with pytest.raises(Unfit, match="more than one part of the kind"):
        read("docx", files.zipped({**twice, f"word/{kind}2.xml": f"<w:{kind} {files.W}/>"}))
    again = files.with_relation(parts, "word/document.xml", files.relation(9, kind, f"{kind}.xml"))
    assert read("docx", files.zipped(again))
    strict = f"http://purl.oclc.org/ooxml/officeDocument/relationships/{kind}"
    with pytest.raises(Unfit, match="the file is"):
        read(
            "docx",
            files.zipped(files.with_relation(parts, "word/document.xml", files.relation(9, strict, f"{kind}2.xml"))),
        )


def test_a_second_main_part_is_refused() -> None:
    parts = files.word_parts(table([p(r("4"))]))
    top = str(parts["_rels/.rels"]).replace(
        "</Relationships>", files.relation(9, "officeDocument", "word/other.xml") + "</Relationships>"
    )
    with pytest.raises(Unfit, match="more than one part of the kind"):
        read("docx", files.zipped({**parts, "_rels/.rels": top, "word/other.xml": parts["word/document.xml"]}))


# Pictures


WP = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def drawn(shape: str, how: str = "anchor", said: str = "", wrap: str = "") -> str:
    graphic = f"{wrap}<a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:{how} {WP} {said}>{graphic}</wp:{how}></w:drawing></w:r>"


def old(shape: str) -> str:
    return f"<w:r><w:pict><v:group {WP}>{shape}</v:group></w:pict></w:r>"


LINE = '<wps:wsp><a:prstGeom prst="line"/><a:ln w="{}"/></wps:wsp>'


@pytest.mark.parametrize(
    "picture",
    [
        drawn("<a:blip/>"), drawn("<a:blip/>", said='behindDoc="0"'), drawn('<wps:wsp><a:prstGeom prst="rect"/></wps:wsp>'),
        drawn(LINE.format("20000000")), drawn(LINE.format("9525") * 2), drawn("<wps:wsp><a:custGeom/></wps:wsp>"), drawn(""),
        drawn("<a:blip/>", said='layoutInCell="0"', wrap="<wp:wrapSquare/>"), drawn("<a:blip/>", said='layoutInCell="1"', wrap="<wp:wrapNone/>"),
        drawn("<a:blip/>", said='layoutInCell="1"', wrap="<wp:wrapTight/>"),
        old('<v:shape style="width:1pt;position:absolute;left:3pt"/>'), old('<v:rect style="POSITION: relative; z-index:1"/>'),
        old('<v:line style="position:absolute" strokeweight="90pt"/>'), old('<v:line style="position:absolute" strokeweight="x"/>'),
        old('<v:line style="position:absolute"><v:stroke weight="30pt"/></v:line>'), old('<v:line style="position:absolute"><v:shadow on="t"/></v:line>'),
        old('<v:line style="position:absolute"><v:stroke linestyle="thinThin" weight="12700000"/></v:line>'),
    ],
)  # fmt: skip
def test_a_picture_that_may_lie_over_text_is_told(picture: str) -> None:
    for inside in (p(picture + r("4")), p(r("4")) + p(picture)):
        text, fault = cell(inside)
        assert text.strip() == "4" and "can lie over the text" in fault


@pytest.mark.parametrize(
    "picture",
    [
        drawn("<a:blip/>", said='layoutInCell="1"', wrap="<wp:wrapSquare/>"),
        drawn("<a:blip/>", said='layoutInCell="1"', wrap="<wp:wrapTopAndBottom/>"),
        drawn("<a:blip/>", "inline"), drawn("<a:blip/>", said='behindDoc="1"'), drawn(LINE.format("9525") * 2, "inline"),
        old('<v:rect style="position:absolute;z-index:-1"/>'), old('<v:rect style="width:3pt"/>'), "<w:r><w:object/></w:r>",
    ],
)  # fmt: skip
def test_a_picture_beside_or_behind_text_is_told(picture: str) -> None:
    assert cell(p(picture + r("4"))) == ("4", "a picture stands beside the text of the cell")
    assert cell(p(picture))[1] == "the cell holds a picture, not a text"


SPECK = '<wp:extent cx="9525" cy="9525"/>'


RED_HEAD = (
    '<v:line style="position:absolute;z-index:251659264" from="0,7.5pt" to="442.2pt,7.5pt" strokecolor="red" strokeweight="1.5pt"/>',
    '<v:line style="position:absolute" filled="f"><v:path arrowok="t"/><v:fill on="f"/><v:stroke weight="1.5pt" color="#FF0000"/><v:imagedata/></v:line>',
    '<v:line style="position:absolute" strokeweight="19050"/>', '<v:line style="position:absolute" strokeweight="0.75mm"/>',
)  # fmt: skip
"""Lines as they stand below the head of an official letter."""


@pytest.mark.parametrize("shape", RED_HEAD)
def test_a_line_of_old_files_hides_nothing(shape: str) -> None:
    assert cell(p(old(shape) + r("4"))) == ("4", "")
    assert word(p(old(shape)) + table([p(r("5%"))])).floating == ()


@pytest.mark.parametrize(
    "picture", [drawn(LINE.format("9525")), drawn(LINE.format("9525"), "inline"), old('<v:line style="position:absolute"/>'), drawn("<a:blip/>", "inline", wrap=SPECK)]
)  # fmt: skip
def test_a_line_or_a_speck_is_no_picture(picture: str) -> None:
    assert cell(p(picture + r("4"))) == ("4", "")
    assert "picture" in cell(p(picture))[1]


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (drawn("<a:blip/>"), ""),
        (drawn("<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>15%  起</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>"), "15% 起"),
        (old('<v:rect style="position:absolute"><v:textbox><w:txbxContent><w:p><w:r><w:t>15%</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect>'), "15%"),
        (old('<v:shape style="position:absolute"><v:textpath string="15%"/></v:shape>'), "15%"),
    ],
)  # fmt: skip
def test_what_floats_from_outside_of_a_table_is_told(picture: str, words: str) -> None:
    body = table([p(r("5%"))])
    for whole in (
        p(picture) + body,
        body + p(r("说明") + picture),
        f"<w:sdt><w:sdtContent>{p(picture)}</w:sdtContent></w:sdt>{body}",
    ):
        grid = word(whole)
        assert (grid.floating, grid.rows[0][0].fault) == ((words,), None)
    grid = word(body, header=str(files.word_parts(p(picture))["word/document.xml"]))
    assert grid.floating == (words,)


@pytest.mark.parametrize(
    "picture", [drawn("<a:blip/>", "inline"), drawn("<a:blip/>", said='behindDoc="1"'), drawn(LINE.format("9525"))]
)
def test_what_stays_in_its_line_or_behind_the_text_is_not(picture: str) -> None:
    grid = word(p(picture) + table([p(picture + r("5%"))]))
    assert grid.floating == ()


# Automatic numbers


def labelled(kind: str, label: str, fonts: str = "") -> str:
    """What a cell says before whose text stands this label."""
    text, fault = listed(kind, label, look=f"<w:rFonts {fonts}/>")
    assert not fault
    return text


def listed(
    kind: str, label: str, start: str = '<w:start w:val="1"/>', *, look: str = "", mark: str = "", more: str = "",
    text: str = "8", over: str = "",
) -> tuple[str, str]:  # fmt: skip
    """Text and fault of a cell before whose text stands this label."""
    numbering = (
        f'<w:numbering {files.W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">{start}'
        f'<w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{label}"/><w:rPr>{look}</w:rPr></w:lvl></w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{over}</w:num></w:numbering>'
    )
    inside = p(r(text) if text else "", f'<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr>{mark}</w:rPr>')
    return cell(inside, numbering=numbering)


def test_bullets_and_labels_that_are_words_are_read() -> None:
    assert labelled("bullet", "不再要求") == "不再要求8"
    assert labelled("bullet", "1") == "1 8"
    assert labelled("bullet", "≥") == "≥8"
    assert labelled("bullet", "甲", 'w:ascii="Wingdings"') == "甲8"
    assert labelled("none", "不再要求%1") == "不再要求8"
    assert labelled("none", "%1") == "8"


@pytest.mark.parametrize("sign", "•●○■◆◇▪►–-·*➢★※→\uf06c\uf0b7")
def test_usual_bullets_are_not(sign: str) -> None:
    assert labelled("bullet", sign) == "8"


def test_letters_that_are_signs_in_their_font_are_not() -> None:
    assert labelled("bullet", "o", 'w:ascii="Courier New"') == "8"
    assert labelled("bullet", "l", 'w:ascii="Wingdings"') == "8"
    assert labelled("bullet", "Ø", 'w:hAnsi="Wingdings 2"') == "8"


@pytest.mark.parametrize(
    ("look", "told"),
    [
        ("<w:vanish/>", "hidden text"), ('<w:sz w:val="2"/>', "hidden text"), ("<w:strike/>", "struck"),
        ('<w:color w:val="FFFFFF"/>', "colour of its background"), ('<w:w w:val="1"/>', "squeezed"),
        ('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>', "signs instead of letters"),
    ],
)  # fmt: skip
def test_a_label_that_looks_otherwise_than_its_text_is_told(look: str, told: str) -> None:
    assert told in listed("decimal", "%1.", look=look)[1]
    assert told in listed("decimal", "%1.", mark=look)[1]
    text, fault = listed("decimal", "%1.", look="<w:vanish/>")
    assert (text, fault) == ("8", "the cell holds hidden text")
    for usual in ('<w:b/><w:color w:val="C00000"/>', '<w:rFonts w:hint="eastAsia"/>'):
        assert listed("decimal", "%1.", look=usual, mark=usual) == ("1. 8", "")
    assert listed("decimal", "%1.", look='<w:color w:val="auto"/>', mark='<w:color w:val="FFFFFF"/>') == ("1. 8", "")
    assert listed("bullet", "\uf06c", look='<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>') == ("8", "")


@pytest.mark.parametrize(
    ("kind", "start", "shown"),
    [
        ("upperRoman", 4, "IV"), ("lowerRoman", 1999, "mcmxcix"), ("chineseLegalSimplified", 5, "伍"), ("ideographTraditional", 3, "丙"),
        ("ideographDigital", 9, "九"), ("chineseCounting", 15, "十五"), ("japaneseCounting", 20, "二十"), ("decimalEnclosedCircleChinese", 10, "⑩"),
        ("decimalEnclosedParen", 2, "⑵"), ("decimalZero", 3, "03"), ("decimalFullWidth", 12, "１２"), ("upperLetter", 26, "Z"),
    ],
)  # fmt: skip
def test_numbers_of_many_kinds_are_read_as_word_writes_them(kind: str, start: int, shown: str) -> None:
    text, fault = listed(kind, "%1、", f'<w:start w:val="{start}"/>')
    assert (text, fault) == (f"{shown}、8", "")


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("hex", 16), ("ordinal", 2), ("cardinalText", 3), ("custom", 1), ("numberInDash", 1), ("chineseLegalSimplified", 10),
        ("ideographDigital", 10), ("chineseCounting", 105), ("lowerLetter", 27), ("upperRoman", 0), ("decimalEnclosedCircle", 21),
    ],
)  # fmt: skip
def test_a_number_that_may_be_written_otherwise_is_told(kind: str, start: int) -> None:
    assert "can't be told" in listed(kind, "%1、", f'<w:start w:val="{start}"/>')[1]


def test_a_label_is_read_whole_or_told() -> None:
    assert listed("decimal", "长" * 50) == ("长" * 50 + "8", "")
    assert "can't be told" in listed("decimal", "长" * 51)[1]
    assert "can't be told" in listed("bullet", "•", more='<w:lvlPicBulletId w:val="0"/>')[1]


def test_lists_count_as_the_standard_says() -> None:
    assert listed("decimal", "%1", "") == ("0 8", "")
    own = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="第%1"/></w:lvl></w:lvlOverride>'
    assert listed("decimal", "%1", over=own) == ("第3 8", "")
    legal = '<w:isLgl w:val="{}"/>'
    assert listed("upperRoman", "%1、", more=legal.format(1)) == ("1、8", "")
    assert listed("upperRoman", "%1、", more=legal.format(0)) == ("I、8", "")


def test_a_level_that_is_not_to_start_anew_goes_on() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/>{more}<w:lvlText w:val="%{at + 1}"/></w:lvl>'
        for at, more in enumerate(("", "{}"))
    )
    numbering = f'<w:numbering {files.W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    lines = [[p("", f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr>')] for at in (0, 1, 1, 0, 1)]
    for restart, last in (("", "1 "), ('<w:lvlRestart w:val="1"/>', "1 "), ('<w:lvlRestart w:val="0"/>', "3 ")):
        grid = word(table(*lines), numbering=numbering.format(restart))
        assert [row[0].text for row in grid.rows] == ["1 ", "1 ", "2 ", "2 ", last]


@pytest.mark.parametrize(
    ("sign", "font"), [("√", ""), ("×", "宋体"), ("□", ""), ("\uf0fc", "Wingdings"), ("ü", "Wingdings")]
)
def test_a_tick_that_stands_almost_alone_is_read(sign: str, font: str) -> None:
    look = f'<w:rFonts w:ascii="{font}"/>' if font else ""
    shown = "✓" if font == "Wingdings" else sign
    assert listed("bullet", sign, look=look, text="") == (shown, "")
    assert listed("bullet", sign, look=look, text="是") == (f"{shown}是", "")
    assert listed("bullet", sign, look=look, text="完成验收工作") == ("完成验收工作", "")


@pytest.mark.parametrize(
    ("font", "text", "shown"),
    [
        ("Symbol", "\uf0b320%", "≥20%"),
        ("symbol", "³20%", "≥20%"),
        ("Wingdings 2", "R是", "☑是"),
        ("Wingdings", "ü 是", "✓ 是"),
        ("宋体", "R", "R"),
    ],
)
def test_signs_of_a_symbol_font_are_read_where_they_are_known(font: str, text: str, shown: str) -> None:
    assert signs(font, text) == (shown, "")


@pytest.mark.parametrize("code", ["110000", "-5", "FFFFFFFFFF", "x", ""])
def test_a_sign_whose_number_is_none_is_told(code: str) -> None:
    text, fault = cell(p(f'<w:r><w:sym w:font="Symbol" w:char="{code}"/></w:r>'))
    assert text == "□" and fault.startswith("the cell holds a sign of the font")


@pytest.mark.parametrize(
    ("font", "text"), [("Wingdings", "l"), ("Webdings", "R"), ("Symbol", "m"), ("Wingdings", "\uf06c")]
)
def test_what_no_text_can_say_of_a_symbol_font_is_told(font: str, text: str) -> None:
    assert signs(font, text)[1].startswith("the cell's font shows signs")


def signs(font: str, text: str) -> tuple[str, str]:
    """What a text in a font is read as, and what is wrong with it."""
    return cell(p(r(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')))
