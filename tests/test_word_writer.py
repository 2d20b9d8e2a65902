"""The form in Word: as it was filed to the character, laid out to be filed, the same bytes each time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from target_registry import fields
from target_registry.escape import visible
from target_registry.forms import paper, word_writer
from target_registry.tables import Column, Form, Row, Table
from target_registry.wrapping import width
from tests.conftest import REGISTRY, Run
from tests.test_escape import HOSTILE
from tests.test_form import FORM, filed_rows

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def form(
    *rows: tuple[str, tuple[str, ...]], title: str = "填报表", language: str = "zh", standing: str = "草案"
) -> Form:
    """A form of rows, each with its key work."""
    first, *others = (Column(field.key, field.name(language), field.numeric) for field in fields.form())
    table = Table(title, tuple(others), tuple(Row(cells, group=group) for group, cells in rows), first)
    return Form("2018", language, table, (), Decimal(90), (standing, "未经批准"), ())


def cells(*known: str) -> tuple[str, ...]:
    """The cells of a row beside the key work, blank from where none is said."""
    return (*known, *([""] * (10 - len(known))))


def opened(written: bytes) -> Document:
    return docx.Document(io.BytesIO(written))


def texts(written: bytes) -> list[list[str]]:
    """What a reader of another make sees: merged cells filled down."""
    (table,) = opened(written).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def part(written: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        return etree.fromstring(package.read(name))


def body(written: bytes) -> etree._Element:
    return part(written, "word/document.xml")


@pytest.fixture
def filed(run: Run, tmp_path: Path) -> bytes:
    """The real form as the command writes it."""
    file = tmp_path / "form.docx"
    outcome = run("export", "--as-filed", str(file))
    assert outcome.code == 0, outcome.err
    return file.read_bytes()


def test_another_reader_gets_every_cell_as_filed(filed: bytes) -> None:
    rows = texts(filed)[1:]
    assert sum(map(len, rows)) == 308
    assert rows == filed_rows()


def test_the_header_is_broken_as_the_filed_form_breaks_it(filed: bytes) -> None:
    title, headings = FORM.read_text(encoding="utf-8").split("\n\n")[0].split("\n", 1)
    assert texts(filed)[0] == [heading.strip() for heading in headings.split("\t")[1:]]
    assert opened(filed).paragraphs[0].text == title


def test_a_key_work_is_one_cell_beside_its_targets(filed: bytes) -> None:
    rows = body(filed).findall(f".//{W}tr")[1:]
    merges = [row.find(f"{W}tc/{W}tcPr/{W}vMerge") for row in rows]
    expected: list[str | None] = []
    titles = [row[0] for row in filed_rows()]
    for number, title in enumerate(titles):
        alone = titles.count(title) == 1
        expected.append(None if alone else "restart" if title not in titles[:number] else "continue")
    assert [None if merge is None else merge.get(f"{W}val", "continue") for merge in merges] == expected
    assert {"restart", "continue", None} == set(expected)


def test_a_page_repeats_the_header_and_breaks_no_row(filed: bytes) -> None:
    rows = body(filed).findall(f".//{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 28
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_a_row_taller_than_half_a_page_may_break() -> None:
    written = word_writer.write(
        form(
            ("一、甲", cells("1", "长" * 2000)),
            ("二、" + "长" * 2000, cells("2", "短")),
            ("三、丙", cells("3", "x\n" * 30 + "x")),
            ("四、丁", cells("4", "短")),
        )
    )
    rows = body(written).findall(f".//{W}tr")
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, False, False, False, True]


def test_the_page_is_a4_across_and_the_table_fits_it(filed: bytes) -> None:
    (section,) = opened(filed).sections
    assert section.orientation is WD_ORIENT.LANDSCAPE
    width, height, left, right = section.page_width, section.page_height, section.left_margin, section.right_margin
    assert width is not None and height is not None and left is not None and right is not None
    assert (round(width.mm), round(height.mm)) == (297, 210)
    grid = [int(column.get(f"{W}w")) for column in body(filed).iter(f"{W}gridCol")]
    assert len(grid) == 11
    assert sum(grid) * 635 == width - left - right  # twips and English metric units
    for row in body(filed).iter(f"{W}tr"):
        assert [int(found.get(f"{W}w")) for found in row.iter(f"{W}tcW")] == grid


def test_figures_and_choices_stand_in_the_middle(filed: bytes) -> None:
    row = body(filed).findall(f".//{W}tr")[1]
    styles = [style.get(f"{W}val") for style in row.iter(f"{W}pStyle")]
    keys = [field.key for field in fields.form()]
    centred = {key for key, style in zip(keys, styles, strict=True) if style == "FormMark"}
    assert centred == {"number", "category", "deadline_month", "weight", "fiscal_project"}
    assert len(row.findall(f".//{W}vAlign")) == 11


def test_a_blank_cell_holds_nothing(filed: bytes) -> None:
    row = body(filed).findall(f".//{W}tr")[15]
    blank = [cell.find(f".//{W}r") is None for cell in row.findall(f"{W}tc")]
    assert [not text for text in filed_rows()[14][1:]] == blank[1:]
    assert any(blank[1:])


def test_fonts_are_named_for_both_scripts(filed: bytes) -> None:
    styles = part(filed, "word/styles.xml")
    default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    for fonts in styles.iter(f"{W}rFonts"):
        assert all(fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    assert default.find(f"{W}lang").get(f"{W}eastAsia") == "zh-CN"
    listed = {font.get(f"{W}name") for font in part(filed, "word/fontTable.xml").iter(f"{W}font")}
    used = {fonts.get(f"{W}{script}") for fonts in styles.iter(f"{W}rFonts") for script in ("ascii", "eastAsia")}
    assert used == listed
    # Quotes between Chinese characters are as wide as these.
    hints = [run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") for run in body(filed).iter(f"{W}r")]
    assert set(hints) == {"eastAsia"}


def test_an_english_plan_is_an_english_document() -> None:
    written = word_writer.write(
        form(("1. Trade", cells("1", "“Exports” grow", "general quantitative")), title="Targets", language="en")
    )
    assert texts(written)[0][:4] == ["key work", "number", "target", "category"]
    footer = opened(written).sections[0].footer
    assert [paragraph.text for paragraph in footer.paragraphs][1] == "草案; 未经批准"
    shown = "".join(part(written, "word/footer1.xml").itertext())
    assert shown.startswith("page 1 of 1")
    assert not list(body(written).iter(f"{W}rFonts"))
    properties = opened(written).core_properties
    assert (properties.title, properties.language, properties.author) == ("Targets", "en-US", "")


def test_the_footer_counts_pages_and_says_which_state_this_is(filed: bytes) -> None:
    footer = part(filed, "word/footer1.xml")
    assert [field.get(f"{W}instr").strip() for field in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]
    assert opened(filed).sections[0].footer.paragraphs[1].text.count("；") == 1
    written = word_writer.write(form(standing="依据 main（提交 0123456789ab）生成"))
    assert opened(written).sections[0].footer.paragraphs[1].text == "依据 main（提交 0123456789ab）生成；未经批准"


def test_nothing_is_fetched_counted_or_asked(filed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(filed)) as package:
        names = package.namelist()
        assert names[0] == "[Content_Types].xml"
        assert len(names) == len(set(names))
        for name in names:
            text = package.read(name).decode()
            assert not re.search("TargetMode|updateFields|attachedTemplate|instrText|hyperlink", text), name
        for name in names:
            if name.endswith(".rels"):
                folder = name.split("_rels/")[0]
                for relation in etree.fromstring(package.read(name)):
                    assert folder + relation.get("Target") in names
        typed = {override.get("PartName") for override in part(filed, names[0]) if override.get("PartName")}
        assert typed == {f"/{name}" for name in names if not name.endswith(".rels") and name != names[0]}


# What the standard's schema lets an element hold, in this order (ECMA-376, part 1, annex A.1), as far as it is used.
# All is optional; what may be repeated has a star.
CONTENT = {
    "body": "p tbl p sectPr",
    "sectPr": "footerReference pgSz pgMar docGrid",
    "tbl": "tblPr tblGrid tr*",
    "tblPr": "tblStyle tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tr": "trPr tc*",
    "tc": "tcPr p",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "p": "pPr (?:r|fldSimple)*",
    "pPr": "pStyle keepNext keepLines spacing ind jc outlineLvl rPr",
    "r": "rPr (?:t|br)*",
    "rPr": "rFonts b color sz szCs lang",
    "styles": "docDefaults style*",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "font": "altName panose1 charset family pitch",
}


def test_elements_stand_in_the_schemas_order(filed: bytes) -> None:
    models = {
        tag: "".join(f"(?:{name.removesuffix('*')} ){'*' if name.endswith('*') else '?'}" for name in content.split())
        for tag, content in CONTENT.items()
    }
    for name in ("document", "styles", "settings", "fontTable", "footer1"):
        for element in part(filed, f"word/{name}.xml").iter(*(f"{W}{tag}" for tag in CONTENT)):
            tag = etree.QName(element).localname
            children = "".join(f"{etree.QName(child).localname} " for child in element.iterchildren(tag=etree.Element))
            assert re.fullmatch(models[tag], children), f"{tag}: {children}"


def test_the_same_form_gives_the_same_bytes(tmp_path: Path, filed: bytes) -> None:
    for seed, zone in (("1", "UTC-9"), ("2", "UTC+5")):
        file = tmp_path / f"{seed}.docx"
        command = [sys.executable, "-m", "target_registry", "-C", str(REGISTRY), "export", "--as-filed", str(file)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        assert file.read_bytes() == filed
    with zipfile.ZipFile(io.BytesIO(filed)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    made = opened(filed).core_properties
    assert made.created is not None and made.created == made.modified and made.created.year == 1980


def test_a_form_without_rows_is_a_document() -> None:
    assert len(texts(word_writer.write(form()))) == 1


@given(st.lists(HOSTILE, min_size=11, max_size=11), HOSTILE)
@settings(deadline=None)
def test_any_text_is_only_text(written: list[str], title: str) -> None:
    group, *others = written
    raw = word_writer.write(form((group, tuple(others)), title=title, standing=title))
    assert texts(raw)[1] == [shown(text) for text in written]
    document = opened(raw)
    assert document.paragraphs[0].text == shown(title)
    assert document.sections[0].footer.paragraphs[1].text == shown(title) + "；未经批准"
    assert document.core_properties.title == visible(title.replace("\n", " "))
    assert len(list(body(raw).iter(f"{W}tr"))) == 2


def shown(text: str) -> str:
    """A text with its line breaks, and everything else that is not seen made visible."""
    return "\n".join(map(visible, text.split("\n")))


@pytest.mark.parametrize(
    "payload",
    [
        '</w:t></w:r><w:fldSimple w:instr="DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"/>',
        '{ INCLUDETEXT "http://x.example/a" }',
        "]]><![CDATA[<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
        "=cmd|'/C calc'!A0",
        " leading and trailing ",
    ],
)
def test_payloads_stay_text(payload: str) -> None:
    raw = word_writer.write(form((payload, cells(*[payload] * 10)), title=payload, standing=payload))
    assert texts(raw)[1] == [payload] * 11
    assert len(list(part(raw, "word/footer1.xml").iter(f"{W}fldSimple"))) == 2


def test_no_heading_breaks_within_a_line() -> None:
    for language in ("zh", "en"):
        columns = paper.columns(form(language=language), total=15138, character=180, padding=114)
        assert sum(column.width for column in columns) == 15138
        for column in columns:
            for line in column.heading if language == "zh" else column.heading[0].split():
                assert width(line) / 2 <= (column.width - 114) / 180, line


def test_a_column_without_a_width_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    without = tuple(field._replace(width=0, lines=()) if field.key == "basis" else field for field in fields.form())
    monkeypatch.setattr(fields, "form", lambda: without)
    columns = paper.columns(form(), total=15138, character=180, padding=114)
    (basis,) = (column for column in columns if column.key == "basis")
    assert basis.heading == ("制定依据",)
    assert basis.width > 900
