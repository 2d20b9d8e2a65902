"""What a Word document shows without it standing in a cell's text, or hides although it stands there, is told."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    "how",
    [
        '<w:w w:val="1"/>', '<w:w w:val="9%"/>', '<w:spacing w:val="-400"/>', '<w:spacing w:val="-20pt"/>', '<w:spacing w:val="30000"/>',
        '<w:position w:val="-2000"/>', '<w:position w:val="400"/>', '<w:fitText w:val="1"/>',
    ],
)  # fmt: skip
def test_text_squeezed_or_moved_is_told_wherever_that_is_said(how: str) -> None:
    assert all("squeezed or moved" in fault for fault in look(how))


@pytest.mark.parametrize(
    "how",
    [
        '<w:w w:val="66"/>', '<w:w w:val="200"/>', '<w:spacing w:val="-40"/>', '<w:spacing w:val="200"/>', '<w:position w:val="-12"/>',
        '<w:fitText w:val="840" w:id="1"/>', '<w:rtl w:val="0"/>',
    ],
)  # fmt: skip
def test_text_a_little_narrower_or_higher_is_none(how: str) -> None:
    assert not any(look(how))


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
        '<w:framePr w:x="20000" w:y="1"/>', '<w:framePr w:w="10" w:h="10" w:hRule="exact"/>',
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
        '<w:framePr w:hSpace="180" w:wrap="around" w:hAnchor="text" w:y="1"/>', '<w:bidi w:val="0"/>', '<w:shd w:val="clear" w:fill="auto"/>',
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
    assert cell(p(r("4"), '<w:ind w:hanging="2500"/>')) == ("4", "")


def test_blanks_that_are_hidden_are_no_hidden_text() -> None:
    assert cell(p(r("4") + r(" ", "<w:vanish/>"))) == ("4", "")
    assert cell(p(r("4") + r(" 不", "<w:vanish/>")))[1] == "the cell holds hidden text"


def test_text_that_runs_from_right_to_left_is_told() -> None:
    assert all("right to left" in fault for fault in (*look("<w:rtl/>", "9%-5%"), *stand("<w:bidi/>", "甲")))
    assert not any((*look("<w:rtl/>", "—"), *stand("<w:bidi/>", "—")))


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
        old('<v:line style="position:absolute" strokeweight="90pt"/>'),
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
        drawn("<a:blip/>", "inline"), drawn("<a:blip/>", said='behindDoc="1"'), drawn(LINE.format("9525")),
        old('<v:line style="position:absolute"/>'), old('<v:rect style="position:absolute;z-index:-1"/>'), old('<v:rect style="width:3pt"/>'),
    ],
)  # fmt: skip
def test_a_picture_beside_or_behind_text_is_none(picture: str) -> None:
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
    numbering = (
        f'<w:numbering {files.W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{label}"/><w:rPr><w:rFonts {fonts}/></w:rPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    text, fault = cell(p(r("8"), '<w:numPr><w:numId w:val="1"/></w:numPr>'), numbering=numbering)
    assert not fault
    return text


def test_bullets_and_labels_that_are_words_are_read() -> None:
    assert labelled("bullet", "不再要求") == "不再要求8"
    assert labelled("bullet", "1") == "1 8"
    assert labelled("bullet", "≥") == "≥8"
    assert labelled("bullet", "甲", 'w:ascii="Wingdings"') == "甲8"
    assert labelled("none", "不再要求%1") == "不再要求8"
    assert labelled("none", "%1") == "8"


@pytest.mark.parametrize("sign", "•●○■□◆◇▪►–-·*√➢★※→\uf06c\uf0b7")
def test_usual_bullets_are_not(sign: str) -> None:
    assert labelled("bullet", sign) == "8"


def test_letters_that_are_signs_in_their_font_are_not() -> None:
    assert labelled("bullet", "o", 'w:ascii="Courier New"') == "8"
    assert labelled("bullet", "l", 'w:ascii="Wingdings"') == "8"
    assert labelled("bullet", "Ø", 'w:hAnsi="Wingdings 2"') == "8"


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
