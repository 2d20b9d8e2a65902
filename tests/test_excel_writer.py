"""The official form as a workbook: it opens as it was filed, checks what is typed, and holds nothing but text."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from target_registry import escape, fields
from target_registry.forms import REPEATED, excel_help, excel_reader, excel_writer
from target_registry.language import Speech
from target_registry.load import load
from target_registry.model import KeyWork, Plan, Target
from target_registry.sources.worktree import Worktree
from target_registry.tables import Form
from target_registry.views import official
from tests.conftest import REGISTRY, Run
from tests.test_form import filed_rows

FIRST, TOTAL = 3, 31
"""Rows of the 2018 form, counted from 1."""


@cache
def plan() -> Plan:
    return load(Worktree(REGISTRY)).registry.plans[0]


def form(plan_of: Plan | None = None, *, as_filed: bool = False) -> Form:
    return official.view(plan_of or plan(), as_filed=as_filed)


def made(targets: list[dict[str, Any]], *, total: str | None = "10", works: tuple[str, ...] = ("甲", "乙")) -> Plan:
    """A plan of these targets."""
    return Plan(
        "2018", "targets/2018/plan.yaml",
        {"title": "表", "language": "zh", "weight_rules": {"total": Decimal(total)} if total else {}},
        tuple(KeyWork(f"k{at}", title, at) for at, title in enumerate(works, 1)), (),
        tuple(
            Target("2018", f"{at:02}-t.yaml", at, f"t-{at}", True, {"key_work": "k1", **values})
            for at, values in enumerate(targets, 1)
        ),
    )  # fmt: skip


def opened(raw: bytes, *, values: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(raw), data_only=values)


def sheets(raw: bytes, *, values: bool = False) -> tuple[Worksheet, Worksheet]:
    first, second = opened(raw, values=values).worksheets
    return first, second


def texts(sheet: Worksheet, row: int, columns: int = 11) -> list[str]:
    return ["" if cell.value is None else str(cell.value) for cell in sheet[row][:columns]]


def member(raw: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return file.read(name).decode("utf-8")


def test_the_form_as_filed_stands_in_it_cell_for_cell(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    assert run("export", str(path), "--as-filed").code == 0
    first, _ = sheets(path.read_bytes())
    assert [texts(first, row) for row in range(FIRST, TOTAL)] == filed_rows()
    assert first["A1"].value == plan().title
    assert texts(first, 2)[4] == "完成\n时限\n（月）"
    assert first.freeze_panes == "C3"


def test_numbers_are_numbers_and_everything_else_is_text() -> None:
    first, _ = sheets(excel_writer.write(form()))
    for row in range(FIRST, TOTAL):
        kinds = [cell.data_type for cell in first[row] if cell.value is not None]
        assert kinds == ["n" if cell.column in (2, 5, 7) else "s" for cell in first[row] if cell.value is not None]
        # What is typed over a text stays a text: 8.5% no 0.085.
        assert all(cell.number_format == "@" for cell in first[row] if cell.column not in (2, 5, 7))


def test_slugs_are_visible_and_locked_and_what_people_fill_in_is_not() -> None:
    first, _ = sheets(excel_writer.write(form()))
    assert first["L2"].value == fields.of_row()["slug"].heading
    assert [first.cell(row, 12).value for row in range(FIRST, TOTAL)] == [target.slug for target in plan().targets]
    locked = {cell.coordinate for row in first.iter_rows() for cell in row if cell.protection.locked}
    expected = {f"L{row}" for row in range(FIRST, TOTAL)}
    expected |= {cell.coordinate for row in (1, 2, TOTAL) for cell in first[row]}
    assert locked == expected


def test_the_sheet_is_protected_without_a_password_and_rows_can_be_inserted() -> None:
    first, second = sheets(excel_writer.write(form()))
    assert first.protection.sheet and not first.protection.password
    assert not first.protection.insertRows and not first.protection.formatRows  # whether it is forbidden
    assert second.protection.sheet and not second.protection.password


def validations(sheet: Worksheet) -> dict[str, Any]:
    return {str(check.sqref): check for check in sheet.data_validations.dataValidation}


def test_what_may_be_typed_is_checked() -> None:
    first, second = sheets(excel_writer.write(form()))
    checks = validations(first)
    assert set(checks) == {f"{letter}3:{letter}30" for letter in "ABDEGJ"}
    key_works = checks["A3:A30"].formula1
    assert re.fullmatch(rf"'?{second.title}'?!\$A\$4:\$A\$18", key_works)
    assert [second.cell(row, 1).value for row in range(4, 19)] == list(form().key_works)
    assert (checks["D3:D30"].type, checks["D3:D30"].formula1) == ("list", '"关键量化指标,一般量化指标,定性绩效目标"')
    assert checks["J3:J30"].formula1 == '"是,否"'
    assert [(c.type, c.formula1, c.formula2) for c in (checks["B3:B30"], checks["E3:E30"], checks["G3:G30"])] == [
        ("whole", "1", "9999"), ("whole", "1", "12"), ("decimal", "0.000000001", "100"),
    ]  # fmt: skip
    for check in checks.values():
        assert check.showInputMessage and check.showErrorMessage
        assert (check.errorStyle or "stop") == ("warning" if check is checks["A3:A30"] else "stop")
        assert 0 < len(check.promptTitle) <= 32 and 0 < len(check.errorTitle) <= 32
        assert 0 < len(check.prompt) <= 255 and 0 < len(check.error) <= 225


def test_each_heading_has_a_note() -> None:
    first, _ = sheets(excel_writer.write(form()))
    notes = [cell.comment.text if cell.comment else "" for cell in first[2]]
    assert all(notes) and len(notes) == 12
    assert notes[7].startswith("目标所依据的文件，写明文件名称")
    assert not any("plan.yaml" in note or "true" in note for note in notes)


def test_help_keeps_within_what_excel_takes() -> None:
    speech = Speech("zh")
    long = fields.of_target()["weight"]._replace(heading="权" * 40, description="一" * 300 + "。" + "二" * 10 + "。")
    check = excel_help.validation(long, speech, None)
    assert check is not None
    assert len(check["input_title"]) == 32
    assert len(check["input_message"]) == 255 and check["input_message"].endswith("…")
    assert excel_help.fitting(["一二。", "三四。", "五六。"], 8) == "一二。\n三四。"


def test_it_prints_across_on_a4_with_its_headings_on_every_page() -> None:
    first, second = sheets(excel_writer.write(form()))
    for sheet in (first, second):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_options.horizontalCentered
    assert first.print_area == f"'{first.title}'!$A$1:$K$31"
    assert first.print_title_rows == "$2:$2"
    foot = member(excel_writer.write(form()), "xl/worksheets/sheet1.xml").partition("<oddFooter>")[2]
    assert all(sentence in foot for sentence in form().standing)
    assert "&amp;P" in foot and "&amp;N" in foot


def test_the_total_is_live_and_says_what_it_is_against_the_declared_one() -> None:
    raw = excel_writer.write(form())
    first, _ = sheets(raw)
    cached, spread = sheets(raw, values=True)
    assert first["A31"].value == Speech("zh")("total")
    assert first["G31"].value == "=SUM(G2:INDEX($G:$G,ROW()-1))"
    assert cached["G31"].value == 90
    assert first["H31"].value.startswith("=IF(COUNTA(") and "G31-90" in first["H31"].value
    assert "90" in cached["H31"].value
    assert cached["H31"].value in str(spread["A2"].value)


@pytest.mark.parametrize(
    ("weights", "total", "points", "says"),
    [
        (["4", "6"], "10", 10, "as the declared total of {declared}"),
        (["4", "6.5"], "10", 10.5, "{off} over the declared total of {declared}"),
        (["0.1", "0.2"], "10", 0.3, "{off} short of the declared total of {declared}"),
        (["4"], None, 4, "the plan declares no total"),
    ],
)
def test_what_the_total_comes_to(weights: list[str], total: str | None, points: float, says: str) -> None:
    raw = excel_writer.write(form(made([{"target": "x", "weight": Decimal(w)} for w in weights], total=total)))
    first, _ = sheets(raw, values=True)
    row = FIRST + len(weights)
    assert first.cell(row, 7).value == points
    expected = Speech("zh")(says).format(off=abs(Decimal(str(points)) - 10), declared=10)
    assert first.cell(row, 8).value == expected


def test_what_is_no_plain_number_as_filed_stays_text_and_is_said_not_to_count() -> None:
    odd = {"target": "x", "deadline_month": 12, "weight": 4, "as_filed": {"deadline_month": "12月底", "weight": "4分"}}
    plain = {"target": "y", "deadline_month": 6, "weight": Decimal("6.50"), "category": "qualitative"}
    raw = excel_writer.write(form(made([odd, plain]), as_filed=True))
    first, second = sheets(raw, values=True)
    assert [first.cell(row, 5).value for row in (3, 4)] == ["12月底", 6]
    assert [first.cell(row, 7).value for row in (3, 4)] == ["4分", 6.5]
    assert first.cell(4, 7).number_format == "0.00"
    assert first.cell(5, 7).value == 6.5
    assert first.cell(5, 8).value == Speech("zh")("a weight that is no number isn't counted")
    # Formulas would miss the four points: the numbers stand as they were counted.
    assert second["C4"].value == 10.5
    assert sheets(raw)[1]["C4"].value == 10.5


def test_weights_by_key_work_and_category_are_live_and_drawn() -> None:
    raw = excel_writer.write(form())
    first, second = sheets(raw)
    _, cached = sheets(raw, values=True)
    assert second["C4"].value == f"=SUMPRODUCT(--EXACT('{first.title}'!$A$2:$A$31,$A4),'{first.title}'!$G$2:$G$31)"
    by_key_work = {row.cells[0]: row.cells[1:3] for row in form().weights[0].rows}
    shown = {str(cached.cell(at, 1).value): (cached.cell(at, 2).value, cached.cell(at, 3).value) for at in range(4, 20)}
    assert {key: tuple(map(str, numbers)) for key, numbers in shown.items()} == by_key_work
    assert cached["C26"].value == 90 and cached["B26"].value == 28
    for name, groups in (("chart1", 15), ("chart2", 3)):
        values = member(raw, f"xl/charts/{name}.xml").partition("<c:val>")[2]
        assert f'<c:ptCount val="{groups}"/>' in values and values.count("<c:pt ") == groups


def test_a_value_as_it_was_filed_leaves_numbers_that_say_they_stand_still() -> None:
    second = sheets(excel_writer.write(form(as_filed=True)))[1]
    assert second["C4"].data_type == "f"
    assert [second.cell(row, 3).value for row in (23, 24, 25)] == [16, 29, 45]
    assert second["A27"].value == Speech("zh")("numbers as they were exported: they don't follow changes of the form")


def test_a_plan_without_targets_is_a_form_to_fill_in() -> None:
    first, second = sheets(excel_writer.write(form(made([]))))
    assert first["A13"].value == Speech("zh")("total")
    assert not any(first.cell(row, column).protection.locked for row in range(3, 13) for column in range(1, 13))
    assert set(validations(first)) == {f"{letter}3:{letter}12" for letter in "ABDEGJ"}
    assert second["A4"].value == form(made([])).key_works[0]


def test_a_plan_without_key_works_is_written_too() -> None:
    nothing = made([{"target": "x", "weight": 3}], works=())
    first, second = sheets(excel_writer.write(form(nothing)))
    assert first["A3"].value == "k1" and "A3:A3" not in validations(first) and "A3" not in validations(first)
    assert (second["A4"].value, second["C4"].data_type) == ("k1", "f")


def test_an_english_plan_has_an_english_form() -> None:
    english = Plan(**{**vars_of(plan()), "values": {**plan().values, "language": "en"}})
    first, second = sheets(excel_writer.write(form(english)))
    assert [first.title, second.title] == ["Form", "Weights"]
    assert texts(first, 2)[:3] == ["key work", "number", "target"]
    assert validations(first)["J3:J30"].formula1 == '"yes,no"'


def vars_of(some: Plan) -> dict[str, Any]:
    names = ("id", "path", "values", "key_works", "waivers", "targets", "broken", "readable", "adjustments", "blob")
    return {name: getattr(some, name) for name in names}


def test_nothing_is_hidden_and_nothing_leads_out_of_the_file() -> None:
    raw = excel_writer.write(form())
    book = opened(raw)
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible"]
    for sheet in book.worksheets:
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())
    assert list(book.defined_names) == []
    names = re.findall(r'definedName name="([^"]*)"', member(raw, "xl/workbook.xml"))
    assert sorted(names) == ["_xlnm.Print_Area", "_xlnm.Print_Titles"]
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        assert not [name for name in file.namelist() if re.search("vbaProject|externalLink|embeddings|printer", name)]
        for name in file.namelist():
            assert b'TargetMode="External"' not in file.read(name)
    core = member(raw, "docProps/core.xml")
    assert "<dc:creator></dc:creator>" in core and "1980-01-01T00:00:00Z" in core


ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@'\"<>&\t\n\r\0\x1b\ud800\ufffe\u200b\u202e_x0041甲%{}!$"),
        st.characters(),
    ),
    max_size=40,
)
HOSTILE = st.one_of(
    ODD,
    ODD.map(lambda text: f"<r>{text}</r>"),
    ODD.map(lambda text: f"={text}"),
    st.sampled_from(
        [
            "=cmd|'/c calc'!A1", '=WEBSERVICE("http://a.example")', "@SUM(1)", "+1", "-1", "'=1", "_x000D_",
            "http://a.example", "{=1+1}", "#REF!", "1e3", "007", "</t></si>", "<r></r>", "&G", "&&P", "甲" * 300,
        ]
    ),
)  # fmt: skip


def own_formulas(raw: bytes, empty: bytes) -> set[str]:
    """Formulas that a file has and another of as many rows has not."""
    of = [
        {formula for name in ("sheet1", "sheet2") for formula in re.findall("<f>[^<]*</f>", member(book, f"xl/worksheets/{name}.xml"))}
        for book in (raw, empty)
    ]  # fmt: skip
    return of[0] - of[1]


@settings(max_examples=60, deadline=None)
@given(text=HOSTILE, title=HOSTILE, work=HOSTILE, slug=HOSTILE, revision=HOSTILE)
def test_a_strangers_text_is_only_ever_text(text: str, title: str, work: str, slug: str, revision: str) -> None:
    cells = dict.fromkeys(("target", "half_year_target", "basis", "verification", "remarks"), text)
    hostile = made([{**cells, "weight": 4}], works=(work, "乙"))
    plain = made([{"target": "x", "weight": 4}])
    dressed = form(hostile)
    row = dressed.table.rows[0]
    dressed = dressed._replace(
        table=dressed.table._replace(title=title, rows=(row._replace(record={**row.record, "slug": slug}),)),
        standing=(revision * 20, "approved"),
    )
    raw = excel_writer.write(dressed)
    assert own_formulas(raw, excel_writer.write(form(plain))) == set()
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        for name in file.namelist():
            etree.fromstring(file.read(name))
            assert b'"External"' not in file.read(name)
    first, second = sheets(raw)
    shown = escape.workbook(text)
    for cell in (first["C3"], first["F3"], first["H3"]):
        assert told(cell) == shown
        assert cell.data_type == ("s" if shown else "n")
        assert not shown or not escape.needs_quote(shown) or cell.quotePrefix
    assert told(first["A1"]) == escape.workbook(title)
    assert told(first["L3"]) == escape.workbook(slug)
    assert told(first["A3"]) == told(second["A4"]) == escape.workbook(f"一、{work}")
    foot = re.search("<oddFooter>(.*)</oddFooter>", member(raw, "xl/worksheets/sheet1.xml"), re.DOTALL)
    assert foot is not None
    unescaped = foot[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("_x005F_", "_")
    assert len(unescaped.encode("utf-16-le")) <= 510
    assert set(re.findall("&(.)", unescaped.replace("&&", ""))) == {"L", "R", "P", "N", '"', "9"}


def told(cell: Cell | Any) -> str:
    """A cell's text; the reading library leaves signs written as _x005F_ as they are."""
    return str(cell.value or "").replace("_x005F_", "_")


def test_a_text_longer_than_a_cell_is_cut() -> None:
    raw = excel_writer.write(form(made([{"target": "🌾" * 20_000, "weight": 4}, {"target": "长" * 40_000}])))
    first, _ = sheets(raw)
    for row in (3, 4):
        text = str(first.cell(row, 3).value)
        assert len(text.encode("utf-16-le")) // 2 <= 32_767 and text.endswith("…")
    assert max(dimension.height or 0 for dimension in first.row_dimensions.values()) <= 409


def test_the_same_form_gives_the_same_bytes(tmp_path: Path) -> None:
    made_files = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.xlsx"
        subprocess.run(
            [sys.executable, "-m", "target_registry", "-C", str(REGISTRY), "export", str(path)],
            check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC-{seed}"},
        )  # fmt: skip
        made_files.append(path.read_bytes())
    assert made_files[0] == made_files[1]


def test_thousands_of_targets() -> None:
    count = 3_000
    values = {
        "target": "社会消费品零售总额增长9%左右",
        "category": "qualitative",
        "weight": Decimal("0.5"),
        "deadline_month": 12,
    }
    raw = excel_writer.write(form(made([values] * count, total="1500")))
    first, second = sheets(raw, values=True)
    assert first.cell(FIRST + count, 7).value == 1500
    assert (second["B4"].value, second["C4"].value) == (count, 1500)
    assert set(validations(first)) == {f"{letter}3:{letter}{FIRST + count - 1}" for letter in "ABDEGJ"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_calculates_the_same_and_keeps_it(tmp_path: Path) -> None:
    raw = excel_writer.write(form())
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "form.xlsx").write_bytes(raw)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "out"), str(tmp_path / "in" / "form.xlsx")],
        check=True, capture_output=True,
    )  # fmt: skip
    again = (tmp_path / "out" / "form.xlsx").read_bytes()
    for before, after in zip(sheets(raw, values=True), sheets(again, values=True), strict=True):
        for row in before.iter_rows():
            for cell in row:
                value = after[cell.coordinate].value
                if isinstance(cell.value, float):
                    assert value == pytest.approx(cell.value, abs=1e-6), cell.coordinate
                else:
                    assert (value or None) == (cell.value or None), cell.coordinate
    assert {check.type for check in validations(sheets(again)[0]).values()} == {"list", "whole", "decimal"}


MOVES = """
import sys, time, uno
from com.sun.star.beans import PropertyValue
target, source, pipe = sys.argv[1:]
here = uno.getComponentContext()
resolver = here.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
for _ in range(120):
    try:
        there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.5)
desk = there.ServiceManager.createInstance("com.sun.star.frame.Desktop")
hidden, kind = PropertyValue("Hidden", 0, True, 0), PropertyValue("FilterName", 0, "Calc MS Excel 2007 XML", 0)
book = desk.loadComponentFromURL("file://" + source, "_blank", 0, (hidden,))
sheet = book.Sheets.getByIndex(0)
sheet.unprotect("")
rows = sheet.Rows
rows.removeByIndex(2, 1)   # the first target's
rows.removeByIndex(5, 1)   # another's
rows.insertByIndex(28, 1)  # below the last
rows.insertByIndex(2, 1)   # above the first
for row in (2, 29):
    sheet.getCellByPosition(0, row).String = sheet.getCellByPosition(0, row + 1 if row == 2 else row - 1).String
    sheet.getCellByPosition(2, row).String = f"新增目标{row}"
    sheet.getCellByPosition(6, row).Value = 3
book.storeToURL("file://" + target, (kind,))
desk.terminate()
"""


def has_uno() -> bool:
    """Whether LibreOffice can be told what to do."""
    probe = [PYTHON, "-c", "import uno"]
    return shutil.which("soffice") is not None and Path(PYTHON).exists() and not subprocess.call(probe, stderr=-3)


PYTHON = "/usr/bin/python3"
"""The system's own, for which LibreOffice's bridge is installed."""


@pytest.mark.skipif(not has_uno(), reason="LibreOffice, or its bridge to Python, is not installed")
def test_the_total_and_the_conditions_survive_rows_deleted_and_inserted_in_libreoffice(tmp_path: Path) -> None:
    source, target, pipe = tmp_path / "form.xlsx", tmp_path / "again.xlsx", f"targets-{os.getpid()}"
    source.write_bytes(excel_writer.write(form()))
    weights = [float(str(target.values["weight"])) for target in plan().targets]
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--norestore",
         f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        subprocess.run([PYTHON, "-c", MOVES, str(target), str(source), pipe], check=True, capture_output=True)
        office.wait(60)
    finally:
        office.kill()
    raw = target.read_bytes()
    first, second = sheets(raw, values=True)
    total = next(row for row in range(FIRST, 40) if first.cell(row, 1).value == Speech("zh")("total"))
    points = sum(weights) - weights[0] - weights[4] + 6
    assert first.cell(total, 7).value == points and f"{points:g}" in str(second["A2"].value)
    assert second["C19"].value == points  # by key work
    assert "#REF!" not in member(raw, "xl/worksheets/sheet1.xml") + member(raw, "xl/worksheets/sheet2.xml")
    (grid, _) = excel_reader.read(raw)
    hidden = {row[0].row: row[0].fault for row in grid.rows if row[0].row in range(FIRST, total)}
    assert set(hidden.values()) <= {None, REPEATED}
