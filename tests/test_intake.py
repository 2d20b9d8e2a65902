"""A filled-in form becomes the smallest edits of the registry, or is refused with the place of what can't be understood."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from target_registry import fields, forms, rules
from target_registry.forms import Cell, Grid
from target_registry.forms.excel_places import letters
from target_registry.intake import Fault, Place, edits, values
from target_registry.intake.edits import Intake, Wish
from target_registry.intake.new_plan import NewPlan, new_plan
from target_registry.language import Speech
from target_registry.load import Loaded, load
from target_registry.model import Level, Plan
from target_registry.sources.overlay import Overlay
from target_registry.sources.worktree import Worktree
from target_registry.views import official
from tests.conftest import REGISTRY
from tests.form_files import the_form_in_excel
from tests.test_form import filed_rows

HEADINGS = [field.heading for field in fields.form()]


def grid(rows: Sequence[Sequence[str]], *, name: str = "", position: int = 1, before: Sequence[str] = ()) -> Grid:
    """Texts as a grid; a text that is None goes on from the cell above."""
    return Grid(
        name,
        position,
        tuple(
            tuple(Cell(text, row, column) for column, text in enumerate(texts, start=1))
            for row, texts in enumerate(rows, start=1)
        ),
        tuple(before),
        bool(name),
    )


def rows_of(plan: Plan, *, with_slug: bool = False) -> list[list[str]]:
    """The form of a plan as rows with its headings."""
    table = official.view(plan, as_filed=False).table
    headings = [*HEADINGS, *(["标识"] if with_slug else [])]
    rows = [[row.group, *row.cells, *([row.record["slug"]] if with_slug else [])] for row in table.rows]
    return [headings, *rows]


class Registry:
    """A copy of the real registry, to import into."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "registry"
        shutil.copytree(REGISTRY, self.root)
        self.source = Worktree(self.root)

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return load(self.source).registry.plans[0]

    def take(self, *rows: Sequence[Sequence[str]], wish: Wish | None = None) -> Intake:
        """Work out what a form asks, given as rows of texts."""
        grids = [grid(texts, position=position) for position, texts in enumerate(rows, start=1)]
        return edits.into_plan(grids, self.source, self.plan, wish or Wish())

    def after(self, intake: Intake) -> Loaded:
        """The registry as it would be."""
        return load(Overlay(self.source, intake.files))

    def lines(self, intake: Intake) -> dict[str, tuple[list[str], list[str]]]:
        """Which lines go and which come, by path."""
        found = {}
        for path, data in intake.files.items():
            there = self.root / path
            old = there.read_text(encoding="utf-8").splitlines() if there.exists() else []
            new = data.decode("utf-8").splitlines() if data is not None else []
            found[path] = ([line for line in old if line not in new], [line for line in new if line not in old])
        return found


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path)


def codes(faults: Sequence[Fault], level: Level | None = None) -> list[str]:
    return [fault.code for fault in faults if level is None or fault.level is level]


@pytest.mark.parametrize("with_slug", [True, False])
def test_an_unedited_form_changes_nothing(registry: Registry, *, with_slug: bool) -> None:
    intake = registry.take(rows_of(registry.plan, with_slug=with_slug))
    assert (intake.files, intake.faults) == ({}, [])


def test_the_form_as_it_was_filed_changes_nothing(registry: Registry) -> None:
    intake = registry.take([HEADINGS, *filed_rows()])
    assert (intake.files, intake.faults) == ({}, [])


@pytest.mark.parametrize("with_slug", [True, False])
def test_three_edited_cells_are_three_lines_in_three_files(registry: Registry, *, with_slug: bool) -> None:
    rows = rows_of(registry.plan, with_slug=with_slug)
    rows[1][2] = "社会消费品零售总额增长10%左右"
    rows[9][8] = "省政府办公厅发文"
    rows[28][6] = "5"
    intake = registry.take(rows)
    assert intake.faults == []
    assert registry.lines(intake) == {
        "targets/2018/01-retail-sales.yaml": (
            ["target: 社会消费品零售总额增长9%左右"],
            ["target: 社会消费品零售总额增长10%左右"],
        ),
        "targets/2018/09-cooperation-parks.yaml": (
            ["verification: 以省政府办公厅名义印发全省国际产业合作园指导意见"],
            ["verification: 省政府办公厅发文"],
        ),
        "targets/2018/28-trade-friction.yaml": (["weight: 4"], ["weight: 5"]),
    }
    after = registry.after(intake).registry
    found = {(finding.code, finding.where.slug) for finding in rules.judge(after)}
    assert ("measure-contradicts-sentence", "retail-sales") in found
    assert (intake.changed, intake.added, intake.removed) == (3, 0, 0)


def test_the_figures_of_a_measure_follow_in_its_own_unit(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[6][2] = rows[6][2].replace("10000家", "1.2万家")
    intake = registry.take(rows, wish=Wish(measures=True))
    assert "  full_year: 12000" in registry.lines(intake)["targets/2018/06-new-traders.yaml"][1]


def test_the_figure_of_a_fall_stays_below_zero(registry: Registry) -> None:
    path = registry.root / "targets/2018/02-online-retail.yaml"
    text = path.read_text("utf-8").replace("target: 网络零售额增长20%", "target: 网络零售额下降20%")
    text = re.sub(r"  aim: .*\n  full_year: 20", "  aim: at_most\n  full_year: -20", text)
    path.write_text(text, "utf-8")
    rows = rows_of(registry.plan)
    rows[2][2] = rows[2][2].replace("20%", "25%")
    intake = registry.take(rows, wish=Wish(measures=True))
    assert "  full_year: -25" in registry.lines(intake)["targets/2018/02-online-retail.yaml"][1]
    assert "aim" not in str(registry.lines(intake))


def test_what_a_file_says_for_nothing_goes_where_its_cell_is_cleared(registry: Registry) -> None:
    path = registry.root / "targets/2018/01-retail-sales.yaml"
    path.write_text(path.read_text("utf-8").replace("remarks: 2017年同比增长10.6%", "remarks: 无"), "utf-8")
    rows = rows_of(registry.plan)
    assert rows[1][10] == "无"
    assert registry.take(rows).files == {}
    rows[1][10] = ""
    assert registry.lines(registry.take(rows))["targets/2018/01-retail-sales.yaml"] == (["remarks: 无"], [])


def test_a_sum_of_some_rows_is_not_compared(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows.insert(3, ["小计", "", "", "", "", "", "8", "", "", "", ""])
    assert registry.take(rows).faults == []


@pytest.mark.parametrize("said", ["无", "暂无", "/", "——", " - "])
def test_a_cell_that_says_there_is_nothing_is_blank(registry: Registry, said: str) -> None:
    rows = rows_of(registry.plan)
    rows[1][10] = said  # remarks
    rows[14][5] = said  # a half-year target where there was none
    assert registry.plan.targets[13].text("half_year_target") == ""
    intake = registry.take(rows)
    assert intake.faults == []
    assert registry.lines(intake) == {"targets/2018/01-retail-sales.yaml": (["remarks: 2017年同比增长10.6%"], [])}
    rows[2][8] = said  # what may not be blank
    assert codes(registry.take(rows).faults) == ["cell-blank"]


def test_a_text_that_merging_equal_cells_doubled_is_the_same(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[1][8] = f"{rows[1][8]}\n{rows[1][8]}"
    assert registry.take(rows).files == {}


@pytest.mark.parametrize(("column", "said"), [(1, "1"), (6, "10"), (4, "12")])
def test_a_number_in_one_cell_for_two_targets_is_refused(registry: Registry, column: int, said: str) -> None:
    whole = grid(rows_of(registry.plan))
    rows = [list(row) for row in whole.rows]
    for at, continues in ((1, False), (2, True)):
        rows[at][column] = rows[at][column]._replace(text=said, continues=continues)
    merged = whole._replace(rows=tuple(map(tuple, rows)))
    intake = edits.into_plan([merged], registry.source, registry.plan, Wish())
    assert "cell-not-plain" in codes(intake.faults, Level.ERROR)
    assert "merged" in next(fault for fault in intake.faults if fault.code == "cell-not-plain").message.text


@pytest.mark.parametrize(
    ("column", "said", "meant"),
    [
        (6, "5分", 5), (6, "12月", None), (6, "12月底", None), (1, "1月", None), (1, "1分", None), (4, "12分", None),
        (4, "2018年12月", 12), (4, "２０１８年6月底", 6), (4, "2018年12月31日前", 12), (4, "2018年底", 12), (4, "2019年12月", None),
        (4, "2018年", None), (4, "2018.12", None), (4, "12月31日", 12), (4, "6月底前", 6), (4, "9月30日前", 9), (4, "12月份", 12),
        (4, "10月1日前", None), (4, "12月15日", None), (4, "12月前", None), (4, "2月30日", None), (4, "6月31日", None), (4, "年底", 12), (4, "第三季度", 9), (4, "第三季度末", 9), (4, "第一季度底", 3), (4, "二季度末", 6), (4, "上半年", 6),
    ],
)  # fmt: skip
def test_a_unit_of_another_column_is_none(registry: Registry, column: int, said: str, meant: int | None) -> None:
    rows = rows_of(registry.plan)
    rows[1][column] = said
    intake = registry.take(rows)
    assert ("cell-unreadable" in codes(intake.faults)) == (meant is None)
    if meant is not None and column == 6:
        assert registry.after(intake).registry.plans[0].targets[0].values["weight"] == meant
    if meant not in (None, 12) and column == 4:
        assert registry.after(intake).registry.plans[0].targets[0].values["deadline_month"] == meant


@pytest.mark.parametrize(
    ("code", "column", "said"),
    [
        ('0"月"', 7, "4月"), ('0"年"', 7, "4年"), ('0"天"', 7, "4天"), ('0"家"', 7, "4家"), ('"¥"0', 7, "¥4"), ('0"元"', 7, "4元"),
        ('[>=1]0"月";0"月"', 7, "4月"), ('0"日"', 5, "12日"), ('0"分"', 5, "12分"), ('0"年"', 5, "12年"), ('0"月"', 2, "1月"),
        ('0"分"', 7, ""), ('0.0"分"', 7, ""), ("0.00", 7, ""), ('0"月"', 5, ""), ('0"月底"', 5, ""), ('0"月份"', 5, ""), ("0_ ", 2, ""),
    ],
)  # fmt: skip
def test_a_format_adds_no_unit_of_another_column(registry: Registry, code: str, column: int, said: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(the_form_in_excel()))
    book.worksheets[0].cell(3, column).number_format = code
    target = io.BytesIO()
    book.save(target)
    intake = edits.into_plan(forms.reader("xlsx").read(target.getvalue()), registry.source, registry.plan, Wish())
    assert intake.files == {}
    assert [(fault.place.row, fault.place.column, fault.message.values["value"]) for fault in intake.faults if fault.place] == (
        [(3, column, said)] if said else []
    )  # fmt: skip
    assert all(fault.hint and fault.hint.text == "set the format to General" for fault in intake.faults)


def test_a_key_works_number_with_a_unit_is_no_number(registry: Registry) -> None:
    rows = grid(rows_of(registry.plan))
    two = rows.rows[2][0]._replace(text="2")
    first, second = (
        rows._replace(rows=(*rows.rows[:2], (cell, *rows.rows[2][1:]), *rows.rows[3:]))
        for cell in (two, two._replace(shown="2个"))
    )
    assert edits.into_plan([first], registry.source, registry.plan, Wish()).changed == 1
    assert any(
        b"2\xe4\xb8\xaa" in (data or b"")
        for data in edits.into_plan([second], registry.source, registry.plan, Wish()).files.values()
    )


def test_a_cell_of_a_record_is_told_by_its_record_and_line(registry: Registry) -> None:
    keys = [field.key for field in fields.form()]
    told = {row["target"]: row for row in (dict(zip(keys, texts, strict=True)) for texts in rows_of(registry.plan)[1:])}
    records: list[dict[str, object]] = [{**row, "number": int(row["number"])} for row in told.values()]
    records[14]["deadline_month"] = "12日"
    records[3]["number"] = 3
    records[0]["owner"] = "甲"
    raw = json.dumps(records, ensure_ascii=False, indent=1)
    grids = forms.reader("json").read(raw.encode())
    found = edits.into_plan(grids, registry.source, registry.plan, Wish()).faults
    places = [Speech("en").tell(fault.place.told()) for fault in found if fault.place]
    line = raw[: raw.index("12日")].count("\n") + 1 - keys.index("deadline_month") - 1
    assert places[0] == "the keys of the records"
    assert f"record 15, line {line}, deadline_month (完成时限（月）)" in places
    assert any(re.fullmatch(r"record 4, line [0-9]+, number \(序号\)", place) for place in places)
    (twice,) = (fault for fault in found if fault.code == "number-twice")
    assert twice.message.values["row"] == 3
    # On one line, the number tells which one it is.
    (flat,) = forms.reader("json").read(json.dumps(records, ensure_ascii=False).encode())
    assert flat.starts == (1,) * 28
    assert Speech("en").tell(Place(flat, 15, 5).told()) == "record 15, line 1, deadline_month"
    assert Speech("en").tell(Place(flat, 15).told()) == "record 15, line 1"


@pytest.mark.parametrize(("said", "level"), [("90", None), ("95", Level.WARNING), ("共90分", None)])
def test_a_sum_of_the_forms_own_is_compared_with_its_rows(registry: Registry, said: str, level: Level | None) -> None:
    rows = [*rows_of(registry.plan), ["合计", "", "", "", "", "", said, "", "", "", ""]]
    intake = registry.take(rows)
    assert codes(intake.faults) == (["sum-differs"] if level else [])
    assert intake.files == {}


def test_every_sum_is_compared_with_the_rows_that_it_sums_up(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[9:9] = [["小计", "", "", "", "", "", "77", "", "", "", ""]]
    rows += [["合计（28项）", "", "", "", "", "", weight, "", "", "", ""] for weight in ("80", "90", "九十")]
    intake = registry.take(rows)
    assert [(fault.code, fault.message.values) for fault in intake.faults] == [
        ("sum-differs", {"sum": 77, "total": 30}),
        ("sum-differs", {"sum": 80, "total": 90}),
        ("sum-unread", {"text": "九十"}),
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "小计量标准修订5项", "", "", "", "3", "商务工作要点", "工作总结", "否", "新增"],
        ["", "", "总计培训1000人次", "", "", "", "", "商务工作要点", "工作总结", "否", ""],
        ["", "29", "新增5家", "", "", "", "3", "商务工作要点", "工作总结", "否", "合计"],
    ],
)
def test_a_target_is_no_sum_for_a_word(registry: Registry, row: list[str]) -> None:
    intake = registry.take([*rows_of(registry.plan), row])
    assert "cell-blank" in codes(intake.faults, Level.ERROR)


def test_what_a_sum_holds_beside_is_told(registry: Registry) -> None:
    intake = registry.take(
        [*rows_of(registry.plan), ["合计", "", "第1项改为3分", "", "", "", "90", "", "", "", "另增一项"]]
    )
    assert [(fault.code, fault.message.values["text"]) for fault in intake.faults] == [
        ("row-left-out", "第1项改为3分 另增一项")
    ]


def test_headings_that_stand_once_more_in_another_order_hold_from_there_on(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    swapped = [[*row[:7], row[8], row[7], *row[9:]] for row in (HEADINGS, *rows[15:])]
    intake = registry.take([*rows[:15], *swapped])
    assert (intake.files, intake.faults) == ({}, [])
    swapped[0] = [heading.replace("半年度目标", "第三季度目标") for heading in swapped[0]]
    assert "column-lost" in codes(registry.take([*rows[:15], *swapped]).faults, Level.ERROR)


def test_rows_under_no_headings_are_refused_and_other_tables_are_told(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    signed = [["填表人：张三", "审核人：李四"]]
    assert codes(registry.take(rows, signed).faults, Level.INFO) == ["table-left-out"]
    intake = registry.take(rows[:15], [row[:10] for row in rows[15:]], wish=Wish(remove_missing=True))
    assert (codes(intake.faults, Level.ERROR), intake.files) == (["headings-missing"], {})
    sheets = [grid(rows[:15], name="填报表"), grid(rows[15:], name="续表", position=2)]
    intake = edits.into_plan(sheets, registry.source, registry.plan, Wish())
    assert (codes(intake.faults, Level.ERROR), intake.files) == (["headings-missing"], {})
    sheets = [grid(rows, name="填报表"), grid([["取消第3项"]], name="说明", position=2)]
    assert codes(edits.into_plan(sheets, registry.source, registry.plan, Wish()).faults) == ["table-left-out"]


def test_what_may_lie_over_the_table_is_told_once(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    for floating, said in ((("15%", "", "20%"), "15% 20%"), (("",), None)):
        tables = [grid(rows[:15])._replace(floating=floating), grid(rows[15:], position=2)._replace(floating=floating)]
        intake = edits.into_plan(tables, registry.source, registry.plan, Wish())
        assert [(fault.code, fault.level, fault.message.values.get("text")) for fault in intake.faults] == [
            ("table-covered", Level.WARNING, said)
        ]
        assert intake.files == {}


def test_what_stands_under_no_heading_is_told(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[1] = [*rows[1], "", "不计入考核"]
    (fault,) = registry.take(rows).faults
    assert (fault.code, fault.place and fault.place.column, fault.hint) == ("column-unknown", 13, None)
    assert fault.message.values["text"] == "不计入考核"


def test_what_stands_under_no_heading_of_a_table_that_goes_on_is_told(registry: Registry) -> None:
    rows = [[*row, ""] for row in rows_of(registry.plan)]
    rows[20][11] = "不计入考核"
    (fault,) = registry.take(rows[:15], rows[15:]).faults
    assert (fault.code, fault.message.values["text"]) == ("column-unknown", "不计入考核")


def test_a_cell_for_two_columns_is_refused(registry: Registry) -> None:
    whole = grid(rows_of(registry.plan))
    row = [*whole.rows[1]]
    row[10] = row[10]._replace(text=row[9].text, continues=True)
    merged = whole._replace(rows=(whole.rows[0], tuple(row), *whole.rows[2:]))
    intake = edits.into_plan([merged], registry.source, registry.plan, Wish())
    assert [(fault.code, fault.place and fault.place.column) for fault in intake.faults] == [("cell-not-plain", 11)]


def test_records_of_another_plan_are_refused(registry: Registry) -> None:
    rows = [[*row, "2019" if at else "plan"] for at, row in enumerate(rows_of(registry.plan))]
    assert "other-plan" in codes(registry.take(rows).faults, Level.ERROR)


def test_the_figures_of_a_measure_follow_where_that_is_asked_for(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[1][2] = "社会消费品零售总额增长10%以上"
    intake = registry.take(rows, wish=Wish(measures=True))
    assert registry.lines(intake)["targets/2018/01-retail-sales.yaml"][1] == [
        "target: 社会消费品零售总额增长10%以上",
        "  aim: at_least",
        "  full_year: 10",
    ]


def test_a_cleared_cell_takes_its_key_away_and_a_filled_one_adds_it(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[1][10], rows[8][5] = "", "完成方案初稿"
    assert registry.lines(registry.take(rows)) == {
        "targets/2018/01-retail-sales.yaml": (["remarks: 2017年同比增长10.6%"], []),
        "targets/2018/08-yiwu-pilot-plan.yaml": ([], ["half_year_target: 完成方案初稿"]),
    }


def test_where_lines_break_on_paper_is_no_change(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[1][2] = "社会消费品零售总额\n增长9%左右"
    rows[1][0] = "一、进一步搞活流通、\n扩大消费，积极培育新的消费热点，促进消费升级"
    assert registry.take(rows).files == {}


def test_widths_units_and_words_are_read_as_people_mean_them(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[1][4], rows[1][6], rows[1][9] = "１２月底", "4 分", "×"
    rows[1][3] = "关键量化目标"
    assert registry.take(rows).files == {}


def test_numbers_in_circles_are_the_numbers_of_rows(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    for number, sign in ((1, "①"), (20, "⑳"), (21, "㉑"), (28, "㉘")):
        rows[number][1] = sign
    assert registry.take(rows).faults == []
    assert [values._ordinal(sign) for sign in "㉟㊱㊿"] == ["35", "36", "50"]


def test_a_star_at_a_heading_is_none_of_it(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[0][0], rows[0][2], rows[0][4] = "重点工作*", "* 绩效目标（必填）", "完成\n时限\n（月）＊"
    intake = registry.take(rows)
    assert (intake.files, intake.faults) == ({}, [])


@pytest.mark.parametrize(
    ("signed", "left_out"),
    [
        ({0: "填报人：", 1: "张三", 3: "联系电话：", 4: "87050000"}, True), ({1: "填报人：", 2: "张三", 4: "13800000000"}, True),
        ({1: "填报人：", 2: "张三", 4: "12"}, False), ({1: "29", 2: "联系单位：省商务厅", 4: "87050000"}, False),
    ],
)  # fmt: skip
def test_signatures_below_the_table_are_no_target(registry: Registry, signed: dict[int, str], left_out: bool) -> None:
    rows = rows_of(registry.plan)
    rows.append([signed.get(column, "") for column in range(11)])
    assert (codes(registry.take(rows).faults) == ["row-left-out"]) is left_out


def test_headings_vary_and_columns_may_lack(registry: Registry) -> None:
    rows = [row[:10] for row in rows_of(registry.plan)]
    rows[0] = ["重点 工作", "序\n号", "绩效目标", "指标类别", "完成\n时限\n（月）", "半年度目标", "分值权重\n（分）",
               "制定依据", "核验标准", "财政保\n障项目\n（是／否）"]  # fmt: skip
    intake = registry.take([["附件1"], ["2018年度省政府部门（省商务厅）重点工作绩效目标填报表"], *rows])
    assert (intake.files, intake.faults) == ({}, [])


def test_a_form_in_several_tables_with_and_without_repeated_headings(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[8][0] = ""  # the first row after the break; the seventh stands under the same key work
    first, second, third = rows[:7], [rows[0], *rows[7:20]], rows[20:]
    second[1] = ["", *second[1][1:]]
    second[2] = ["四、推进义乌国际贸易综合改革试验区建设", *second[2][1:]]
    intake = registry.take(first, second, third)
    assert (intake.files, intake.faults) == ({}, [])


def test_a_copy_of_the_form_beside_it_is_one_fault(registry: Registry) -> None:
    rows = rows_of(registry.plan, with_slug=True)
    other = [list(row) for row in rows]
    other[3][2] = "另一句话，省内另有安排"
    intake = edits.into_plan(
        [grid(rows, name="填报表"), grid(other, name="填报表 (2)", position=2)], registry.source, registry.plan, Wish()
    )
    assert intake.files == {}
    assert codes(intake.faults) == ["form-twice"]
    place = intake.faults[0].place
    assert place is not None
    assert (place.grid.name, place.row) == ("填报表 (2)", 2)
    assert intake.faults[0].message.values["same"] == 28


def test_sheets_of_one_form_may_share_a_sentence(registry: Registry) -> None:
    rows = rows_of(registry.plan, with_slug=True)
    again = [rows[0], rows[1], *rows[20:]]
    intake = registry.take(rows[:20], again)
    assert codes(intake.faults, Level.ERROR) == ["target-twice", "number-twice"]  # the row's own, and no copy


def test_sections_sums_and_notes_are_no_targets(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    body: list[list[str]] = []
    work = ""
    for row in rows[1:]:
        if row[0] != work:
            work = row[0]
            body.append([work, *[""] * 10])
        body.append(["", *row[1:]])
    total = ["合计", *[""] * 5, "90", *[""] * 4]
    note = ["注：分值为暂定", *[""] * 10]
    intake = registry.take([rows[0], *body, total, note])
    assert intake.files == {}
    assert codes(intake.faults) == ["row-left-out"]


@pytest.mark.parametrize("sentence", ["总计完成招商引资100亿元", "合计"])
def test_a_target_that_begins_as_a_sum_does_is_a_target(registry: Registry, sentence: str) -> None:
    rows = rows_of(registry.plan)
    rows[3][2] = sentence
    intake = registry.take(rows)
    assert [sentence.encode() in (data or b"") for data in intake.files.values()] == [True]


def test_a_column_whose_heading_is_unknown_is_told_where_one_is_missing(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[0][6] = "所占比例数"
    rows[3][6] = "3"
    intake = registry.take(rows)
    assert intake.files == {}
    assert [(fault.code, fault.place and fault.place.column) for fault in intake.faults] == [("column-unknown", 7)]


@pytest.mark.parametrize(
    ("column", "heading"),
    [
        (4, "完成时限（季度）"), (4, "完成时限（天）"), (4, "完成\n时限\n（年）"), (4, "完成时限 ( 日 )"), (4, "完成时间（单位：天）"), (4, "时限（个月）*"),
        (4, "完成时限（分）"), (6, "分值\n权重\n（月）"), (6, "权重（单位: 万元）"), (4, "完成时限（双月）"), (4, "完成时限（请填季度）"), (4, "完成时限（月）（原）"),
        (6, "权重（%）"), (6, "分值（百分制）"), (6, "分值权重（千分制）"), (6, "分值权重（扣分）"), (6, "分值权重（原）"), (6, "分值权重（2019年）"), (6, "权重（请填写百分比）"),
        (6, "分值权重（分）作废（必填）"), (5, "半年度目标（完成情况）"), (5, "半年度目标（万元）"), (10, "备注（作废）"), (10, "备注（元）"), (7, "依据（2019年）"), (9, "财政保障项目（建议）"),
    ],
)  # fmt: skip
def test_a_column_of_another_unit_is_another_column(registry: Registry, column: int, heading: str) -> None:
    rows = rows_of(registry.plan)
    rows[0][column], rows[1][column] = heading, "2"
    intake = registry.take(rows)
    assert [(fault.code, fault.level, fault.message.values["heading"]) for fault in intake.faults] == [
        ("column-unknown", Level.WARNING, heading)
    ]
    assert intake.files == {}


@pytest.mark.parametrize(
    ("column", "heading"),
    [
        (4, "完成时限（月）"), (4, "完成时间（月份）"), (4, "完成时限（单位：月）"), (4, "完成时限（年月）"), (4, "完成时限（必填）"), (4, "完成时限（1-12月）"),
        (4, "完成时限（月）（必填）"), (4, "完成时限（年/月）"), (4, "完成时限（如2018年12月）"), (4, "完成时限（×月底前）"), (4, "完成时限（month）"),
        (6, "分值权重（分）"), (6, "权重（满分100分）"), (6, "分值（100分）"), (6, "权重"), (6, "权重（分，必填）"), (6, "分值（总分90）"), (6, "分值（每项1-5分）"), (6, "分值（共90分）"),
        (5, "半年度目标（选填）"), (5, "半年度目标（截至6月底）"), (5, "半年度目标（1-6月）"), (5, "半年度目标（没有的不填）"), (7, "制定依据（文件名称及文号）"), (8, "核验标准（及佐证材料）"),
        (9, "财政保障项目（请填写“是”或“否”）"), (9, "财政保障项目（有/无）"), (9, "财政保障项目（√）"), (3, "目标类别（关键/一般/定性）"), (3, "目标类别（请从下拉框中选择）"),
        (10, "备注（如有）"), (10, "备注（2017年完成情况）"), (10, "备注（详见填表说明）"), (2, "绩效目标（可量化、可考核）"), (2, "绩效目标（不超过100字）"), (2, "绩效目标（全年目标）"),
        (1, "序号（1）"), (0, "重点工作（一）"), (0, "重点工作（请勿修改）"), (0, "重点工作（任务名称）"), (2, "绩效目标（必填项，请填写具体内容）"),
        (0, "重点工作（Key work）"), (0, "重点工作（共15项）"), (2, "绩效目标（量化指标请写明数字）"), (2, "绩效目标（简明扼要）"), (2, "绩效目标（与年度工作要点一致）"),
        (4, "完成时限（只填数字）"), (4, "完成时限（1—12）"), (4, "完成时限（精确到月）"), (5, "半年度目标（至6月底应达到的进度）"), (5, "半年度目标（定性目标可不填）"),
        (6, "权重（分值）"), (6, "分值权重（整数）"), (7, "制定依据（上级文件要求）"), (8, "核验标准（完成标志）"), (10, "备注（去年同期）"), (10, "备注（其他需要说明的情况）"),
    ],
)  # fmt: skip
def test_brackets_that_say_how_a_column_is_filled_in_are_let_be(registry: Registry, column: int, heading: str) -> None:
    rows = rows_of(registry.plan)
    rows[0][column] = heading
    intake = registry.take(rows)
    assert (intake.files, intake.faults) == ({}, [])


@pytest.mark.parametrize(
    "heading", ["绩效目标（2019年）", "绩效目标（建议）", "年度目标（完成情况）", "（原）绩效目标"]
)
def test_targets_of_another_kind_are_none_of_the_form(registry: Registry, heading: str) -> None:
    rows = rows_of(registry.plan)
    rows[0][2] = heading
    intake = registry.take(rows)
    assert intake.files == {}
    assert [(fault.code, fault.level, fault.message.values["heading"]) for fault in intake.faults] == [
        ("column-unknown", Level.ERROR, heading)
    ]


def test_a_column_beside_that_says_it_is_another_is_left_out(registry: Registry) -> None:
    rows = [[*row, row[6]] for row in rows_of(registry.plan)]
    rows[0][6], rows[0][11] = "分值权重（原）", "分值权重（分）"
    rows[1][6] = "99"
    intake = registry.take(rows)
    assert (intake.files, codes(intake.faults)) == ({}, ["columns-left-out"])


def test_behind_the_last_number_that_can_be_a_new_row_takes_a_gap(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[28][1] = "9999"
    rows.append([*rows[28]])
    rows[29][1:3] = ["", "培育外贸主体2000家以上"]
    intake = registry.take(rows)
    made = [path for path, data in intake.files.items() if data is not None]
    assert any(path.startswith("targets/2018/28-") for path in made)
    assert not any("10000" in path for path in made)


def test_a_new_row_becomes_a_new_file(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    new = ["十五、妥善应对贸易救济案件，保障我省优进优出战略发展", "29", "培育外贸主体2000家以上", "一般量化指标", "11月", "培育外贸主体1000家",
           "3分", "浙政办发〔2018〕14号第2页", "省商务厅印发的名单", "否", ""]  # fmt: skip
    intake = registry.take([*rows, new])
    assert intake.faults == []
    ((path, data),) = intake.files.items()
    assert path == "targets/2018/29-pei-yu-wai-mao-zhu-ti.yaml"
    assert data is not None
    assert data.decode().splitlines() == [
        "# yaml-language-server: $schema=../../schema/target.schema.json",
        "key_work: trade-remedies",
        "target: 培育外贸主体2000家以上",
        "category: general_quantitative",
        "deadline_month: 11",
        "half_year_target: 培育外贸主体1000家",
        "weight: 3",
        "basis: 浙政办发〔2018〕14号第2页",
        "verification: 省商务厅印发的名单",
        "fiscal_project: false",
        "measure:",
        "  indicator: 培育外贸主体",
        "  unit: 家",
        "  aim: at_least",
        "  full_year: 2000",
        "  half_year: 1000",
        "as_filed:",
        "  deadline_month: 11月",
        "  weight: 3分",
    ]  # fmt: skip


def test_a_row_in_the_middle_renumbers_what_follows(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    new = [rows[2][0], "2", "培育外贸主体2000家以上", *rows[2][3:]]
    moved = [[row[0], str(int(row[1]) + 1), *row[2:]] for row in rows[2:]]
    intake = registry.take([rows[0], rows[1], new, *moved])
    assert codes(intake.faults, Level.ERROR) == []
    assert (intake.changed, intake.added) == (27, 1)
    after = registry.after(intake)
    assert [target.number for target in after.registry.targets] == list(range(1, 30))
    assert {t.slug for t in registry.plan.targets} < {t.slug for t in after.registry.targets}


@pytest.mark.parametrize("number", ["", "2"])
def test_a_new_row_takes_the_number_of_its_place(registry: Registry, number: str) -> None:
    rows = rows_of(registry.plan)
    new = [rows[1][0], number, "培育外贸主体2000家以上", *rows[2][3:]]
    intake = registry.take([*rows[:2], new, *rows[2:]])
    assert codes(intake.faults) == []
    after = registry.after(intake).registry.plans[0].targets
    assert [target.number for target in after] == list(range(1, 30))
    assert after[1].text("target") == "培育外贸主体2000家以上"
    assert [target.slug for target in after[2:]] == [target.slug for target in registry.plan.targets[1:]]


def test_cleared_numbers_of_old_rows_stay_what_they_are(registry: Registry) -> None:
    rows = [[row[0], "", *row[2:]] for row in rows_of(registry.plan)]
    rows[0][1] = "序号"
    assert registry.take(rows).files == {}


def written(intake: Intake, root: Path) -> None:
    for path, data in intake.files.items():
        if data is None:
            (root / path).unlink()
        else:
            (root / path).write_bytes(data)


@pytest.mark.parametrize("number", ["", "3"])
def test_a_form_that_comes_twice_changes_nothing_more(registry: Registry, number: str) -> None:
    rows = rows_of(registry.plan)
    new = [rows[1][0], number, "培育外贸主体2000家以上", *rows[2][3:]]
    form = [*rows[:3], new, *rows[3:]]
    written(registry.take(form), registry.root)
    again = registry.take(form)
    assert codes(again.faults, Level.ERROR) == ([] if number == "" else ["number-twice"])
    assert again.files == {}
    assert [target.number for target in registry.plan.targets] == list(range(1, 30))


def test_a_cleared_number_is_nobody_elses(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[1][1], rows[2][1] = "", "1"
    assert registry.take(rows).files == {}, "the second row moves on to where it is"
    rows[1][1], rows[2][1], rows[9][1] = "9", "2", ""
    assert codes(registry.take(rows).faults, Level.ERROR) == ["number-twice"]


def test_an_old_row_without_a_number_elsewhere_moves_nothing(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[20][1] = ""
    assert registry.take([*rows[:3], rows[20], *rows[3:20], *rows[21:]]).files == {}


def test_a_row_that_ends_before_its_table_has_blanks_there(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    remarked = next(at for at, row in enumerate(rows) if at and row[10])
    registry_says = registry.plan.targets[remarked - 1]
    rows[remarked] = rows[remarked][:10]
    intake = registry.take(rows)
    assert list(intake.files) == [registry_says.path]
    assert all(gone.startswith("remarks:") for gone in registry.lines(intake)[registry_says.path][0])


@pytest.mark.parametrize("said", ["4²", "4₅", "④", "⒋", "½", "Ⅳ"])
def test_a_raised_or_circled_digit_is_no_part_of_a_number(registry: Registry, said: str) -> None:
    rows = rows_of(registry.plan)
    rows[1][6] = said
    assert codes(registry.take(rows).faults, Level.ERROR) == ["cell-unreadable"]
    rows[1][6] = "４．５"
    assert registry.lines(registry.take(rows))["targets/2018/01-retail-sales.yaml"][1][0] == "weight: 4.5"


def test_a_column_more_than_the_form_has_is_told(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    intake = registry.take([[*row, "责任处室" if number == 0 else "外贸处"] for number, row in enumerate(rows)])
    assert (codes(intake.faults), intake.files) == (["columns-left-out"], {})


@pytest.mark.parametrize(
    ("blanks", "is_told"), [("\xa0" * 150, True), ("\u3000" * 60, True), ("\n" * 12, False), ("\u3000" * 8, False)]
)
def test_a_text_far_behind_blanks_is_refused_whatever_the_file(
    registry: Registry, blanks: str, *, is_told: bool
) -> None:
    rows = rows_of(registry.plan)
    rows[1][8] = f"省统计局统计数据{blanks}或企业自报"
    intake = registry.take(rows)
    assert codes(intake.faults) == ["cell-not-plain"] * is_told
    assert bool(intake.files) != is_told


def test_slugs_that_a_sort_left_behind_are_no_changes(registry: Registry) -> None:
    rows = rows_of(registry.plan, with_slug=True)
    body = sorted(rows[1:], key=lambda row: row[9] + row[8])
    sorted_ = [rows[0], *([*row[:11], old[11]] for row, old in zip(body, rows[1:], strict=True))]
    intake = registry.take(sorted_)
    assert codes(intake.faults) == ["slugs-astray"]
    moved = {at for at, (row, old) in enumerate(zip(body, rows[1:], strict=True), 2) if row is not old}
    told = intake.faults[0].message.values["rows"]
    assert isinstance(told, tuple)
    runs = [str(each).split("-") for each in told]
    assert {at for run in runs for at in range(int(run[0]), int(run[-1]) + 1)} == moved
    assert len(runs) < len(moved)
    # So is one that numbered its rows anew; and the cure does what it promises.
    for number, row in enumerate(sorted_[1:], 1):
        row[1] = str(number)
    assert "slugs-astray" in codes(registry.take(sorted_).faults)
    cleared = registry.take([rows[0], *([*row, ""] for row in (row[:11] for row in body))])
    assert (cleared.files, cleared.faults) == ({}, [])


def test_cells_that_moved_up_beside_the_slugs_give_up_no_target(registry: Registry) -> None:
    rows = rows_of(registry.plan, with_slug=True)
    slugs = [row[11] for row in rows]
    form = [row[:11] for at, row in enumerate(rows) if at != 4] + [[""] * 11]
    up = [[*row, slug] for row, slug in zip(form, slugs, strict=True)]
    assert codes(registry.take(up).faults, Level.ERROR) == ["slugs-astray"]
    intake = registry.take([[*row[:11], "" if at else "标识"] for at, row in enumerate(up)])
    assert codes(intake.faults) == ["target-missing"]
    assert intake.faults[0].message.values["targets"] == (f"4 {rows[4][2]}",)
    assert intake.files == {}


def test_sentences_that_were_swapped_are_edits(registry: Registry) -> None:
    rows = rows_of(registry.plan, with_slug=True)
    rows[3][2], rows[4][2] = rows[4][2], rows[3][2]
    intake = registry.take(rows)
    assert "slugs-astray" not in codes(intake.faults)
    assert len(intake.files) == 2


def test_a_slug_that_was_changed_is_no_new_target(registry: Registry) -> None:
    rows = rows_of(registry.plan, with_slug=True)
    rows[8][11] = "yiwu-pilot"
    intake = registry.take(rows)
    assert codes(intake.faults, Level.ERROR) == ["slug-unknown"]
    assert intake.files == {}


def test_a_missing_row_stays_unless_it_is_given_up(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    del rows[5]
    kept = registry.take(rows)
    assert (kept.files, codes(kept.faults)) == ({}, ["target-missing"])
    gone = registry.take(rows, wish=Wish(remove_missing=True))
    assert gone.files == {"targets/2018/05-own-brand-exports.yaml": None}
    assert gone.faults == []


def test_a_key_work_may_be_reworded_or_new(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[1][0] = rows[2][0] = "一、进一步搞活流通、扩大消费，促进消费升级"
    rows[28][0] = "十六、推进公平贸易"
    intake = registry.take(rows)
    assert registry.lines(intake) == {
        "targets/2018/plan.yaml": (
            ["    title: 进一步搞活流通、扩大消费，积极培育新的消费热点，促进消费升级"],
            ["    title: 进一步搞活流通、扩大消费，促进消费升级", "  - id: tui-jin-gong-ping-mao-yi", "    title: 推进公平贸易"],
        ),
        "targets/2018/28-trade-friction.yaml": (["key_work: trade-remedies"], ["key_work: tui-jin-gong-ping-mao-yi"]),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column", "text", "code"),
    [
        (1, 3, "重要指标", "cell-unreadable"),
        (1, 6, "三分", "cell-unreadable"),
        (1, 4, "十二月", "cell-unreadable"),
        (1, 9, "部分", "cell-unreadable"),
        (1, 1, "1_0", "cell-unreadable"),
        (1, 1, "-1", "cell-unreadable"),
        (1, 1, "0", "cell-unreadable"),
        (1, 1, "10000", "cell-unreadable"),
        (1, 1, "99999999999999", "cell-unreadable"),
        (1, 1, "2", "number-twice"),
        (1, 6, "", "cell-blank"),
        (1, 2, "", "target-blank"),
        (2, 11, "retail-sales", "target-twice"),
        (2, 11, "零售", "slug-malformed"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_place(
    registry: Registry, row: int, column: int, text: str, code: str
) -> None:
    rows = rows_of(registry.plan, with_slug=True)
    rows[5][2] = "另一项改动"
    rows[row][column] = text
    intake = registry.take(rows)
    assert intake.files == {}
    faults = [fault for fault in intake.faults if fault.level is Level.ERROR]
    assert code in codes(faults)
    place = next(fault.place for fault in faults if fault.code == code)
    assert place is not None
    wrong = row if code != "number-twice" else 2
    assert (place.row, place.column) == (wrong + 1, column + 1)
    assert all(fault.hint is not None for fault in faults)


def test_a_number_that_a_missing_target_has_is_refused(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[5] = [*rows[5][:2], "完全不同的一项工作", "定性绩效目标", "3", "", "3", "另一份文件", "另一个标准", "是", ""]
    intake = registry.take(rows)
    assert codes(intake.faults, Level.ERROR) == ["number-taken"]
    assert intake.files == {}


def test_a_table_that_is_no_form(registry: Registry) -> None:
    assert codes(registry.take([["姓名", "电话"], ["张", "1"]]).faults) == ["no-form"]
    assert codes(registry.take([HEADINGS]).faults) == ["no-rows"]
    assert codes(registry.take().faults) == ["no-form"]


def test_another_plans_form_is_doubted(registry: Registry) -> None:
    rows = [
        HEADINGS,
        *([rows[0], str(i), f"新的工作{'甲乙丙丁'[i % 4] * i}", *rows[3:]] for i, rows in enumerate(filed_rows(), 101)),
    ]
    intake = registry.take([["2019年度省政府部门（省农业厅）重点工作绩效目标填报表"], *rows])
    assert codes(intake.faults, Level.WARNING) == ["other-form"]
    assert codes(intake.faults, Level.ERROR) == ["other-year"]
    assert intake.files == {}
    for year in ("二〇一九", "二○一九", "２０１９"):
        assert "other-year" in codes(registry.take([[f"{year}年度重点工作绩效目标填报表"], *rows]).faults, Level.ERROR)
    assert not codes(registry.take([["二〇一八年度重点工作绩效目标填报表（二十年规划）"], *rows]).faults, Level.ERROR)
    intake = registry.take([["2018年度省政府部门（省农业厅）重点工作绩效目标填报表"], *rows])
    assert {"other-form", "other-title"} <= set(codes(intake.faults, Level.WARNING))


def test_a_heading_of_all_targets_of_a_key_work_is_its_new_wording(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[1][0] = rows[2][0] = "一、千方百计扩大内需"
    intake = registry.take(rows)
    assert registry.lines(intake) == {
        "targets/2018/plan.yaml": (
            ["    title: 进一步搞活流通、扩大消费，积极培育新的消费热点，促进消费升级"],
            ["    title: 千方百计扩大内需"],
        ),
    }


@pytest.mark.parametrize("above", ["同上", "同 上", "（同上）"])
def test_a_key_work_by_its_number_or_by_the_row_above(registry: Registry, above: str) -> None:
    rows = rows_of(registry.plan)
    rows[2][0], rows[3][0] = above, "二、"
    intake = registry.take(rows)
    assert (intake.files, intake.faults) == ({}, [])


@pytest.mark.parametrize(
    "sign",
    [
        "同上", "〃", "″", "〞", "”", "同 上", "同　上", "同\n上", "（同上）", "(同上)", "【同 上】", "“同上”", "同上。", "（同上）；", "同上行", "同上一行", "见上", "详见上栏", "如前述",
        "同上一栏", "同前", "同左", "同上述", " 同上 ",
    ],
)  # fmt: skip
def test_a_cell_that_points_at_another_is_refused(registry: Registry, sign: str) -> None:
    rows = rows_of(registry.plan)
    rows[5][7] = sign
    rows.append([rows[28][0], "29", "举办培训活动5场", *rows[28][3:7], "某文件", sign, "是", ""])
    intake = registry.take(rows)
    assert intake.files == {}
    assert [(fault.code, fault.place.row, fault.place.column) for fault in intake.faults if fault.place] == [
        ("cell-ditto", 6, 8),
        ("cell-ditto", 30, 9),
    ]


@pytest.mark.parametrize(
    "said", ["同上级文件", "同上年持平", "同上，另附清单", "同左侧清单", "同前期", "上同", "同上" * 20]
)
def test_a_text_that_begins_as_one_that_points_does_is_a_text(registry: Registry, said: str) -> None:
    rows = rows_of(registry.plan)
    rows[5][7] = said
    intake = registry.take(rows)
    assert (intake.faults, intake.changed) == ([], 1)


def test_notes_below_the_table_and_headings_over_nothing_are_listed(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[20:20] = [["（一）外贸处负责的目标"]]
    rows += [
        ["合计", *[""] * 5, "90"],
        ["一、请各处室于3月1日前报送。"],
        ["", "", "注：分值权重为百分制"],
        ["1.联系人张三"],
    ]
    intake = registry.take(rows)
    assert intake.files == {}
    assert [(fault.code, fault.place.row) for fault in intake.faults if fault.place] == [
        ("row-left-out", 21),
        ("row-left-out", 32),
        ("row-left-out", 33),
        ("row-left-out", 34),
    ]


def test_the_forms_rows_make_a_plan_with_the_same_findings(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    source = Worktree(folder)
    title = "2018年度省政府部门（省商务厅）重点工作绩效目标填报表"
    given = new_plan(
        [grid([HEADINGS, *filed_rows()], before=["附件", title])], NewPlan("2018", 2018), (), lambda _: "合计说明"
    )
    assert given.faults == []
    loaded = load(Overlay(source, given.files))
    assert loaded.findings == []
    plan = loaded.registry.plans[0]
    assert (plan.title, plan.values["department"], str(plan.weight_rule("total"))) == (title, "省商务厅", "90")
    found = sorted(
        (f.code, t.number) for f in rules.judge(loaded.registry) for t in plan.targets if t.path == f.where.path
    )
    original = load(Worktree(REGISTRY)).registry
    expected = sorted(
        (f.code, t.number) for f in rules.judge(original) for t in original.targets if t.path == f.where.path
    )
    assert found == expected
    table = official.view(plan, as_filed=True).table
    assert [[row.group, *row.cells] for row in table.rows] == filed_rows()


def test_a_new_years_plan_keeps_the_names_of_what_goes_on(registry: Registry) -> None:
    rows = [[cell.replace("2018", "2019") for cell in row] for row in rows_of(registry.plan)]
    rows[1][2] = "社会消费品零售总额增长8%左右"
    title = "2019年度省政府部门（省商务厅）重点工作绩效目标填报表"
    intake = new_plan([grid(rows, before=[title])], NewPlan("2019", 2019), [registry.plan], lambda _: "合计说明")
    assert {path.removeprefix("targets/2019/") for path in intake.files} == {
        path.name for path in (registry.root / "targets" / "2018").iterdir()
    }


@pytest.mark.parametrize("numbers", [("1", "1", "2"), ("1", "2", "2"), ("1", "", "1")])
def test_a_new_plan_has_no_number_twice(registry: Registry, numbers: Sequence[str]) -> None:
    """Nobody can say which of two is right; what has no number takes that of its place."""
    rows = rows_of(registry.plan)[:4]
    given = [rows[0], *([row[0], number, *row[2:]] for row, number in zip(rows[1:], numbers, strict=True))]
    title = "2019年度省政府部门（省商务厅）填报表"
    for earlier in ([], [registry.plan]):
        intake = new_plan([grid(given, before=[title])], NewPlan("2019", 2019), earlier, lambda _: "合计说明")
        assert codes(intake.faults, Level.ERROR) == ["number-twice"]
        (fault,) = [fault for fault in intake.faults if fault.level is Level.ERROR]
        assert fault.message.values["row"] in (2, 3)
        assert intake.files == {}


def test_columns_are_named_as_sheets_name_them() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703, 16384)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


def test_two_key_works_called_alike_are_told_apart_by_their_numbers(registry: Registry) -> None:
    path = registry.root / "targets/2018/plan.yaml"
    titles = [work.title for work in registry.plan.key_works]
    path.write_text(path.read_text("utf-8").replace(f"title: {titles[1]}", f"title: {titles[0]}"), "utf-8")
    assert registry.take(rows_of(registry.plan)).files == {}


@pytest.mark.parametrize("said", ["#N/A", "#REF!", " #VALUE! ", "#DIV/0!", "#NAME?", "########"])
@pytest.mark.parametrize("column", [6, 10])
def test_what_a_spreadsheet_shows_of_a_failure_is_no_value(registry: Registry, said: str, column: int) -> None:
    rows = rows_of(registry.plan)
    rows[1][column] = said
    (fault,) = registry.take(rows).faults
    assert (fault.code, fault.level, fault.message.values["text"]) == ("cell-unreadable", Level.ERROR, said.strip())


@pytest.mark.parametrize("said", ["#", "##", "#1楼", "见#N/A", "N/A"])
def test_a_text_with_a_number_sign_is_a_text(registry: Registry, said: str) -> None:
    rows = rows_of(registry.plan)
    rows[1][10] = said
    assert registry.take(rows).faults == []


def test_a_tab_stop_is_told_as_one(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    rows[1][10], rows[2][10] = "甲\t乙", "甲\t乙\u200b"
    assert [fault.message.text for fault in registry.take(rows).faults] == [
        "the cell holds a tab stop: {text}", "the cell holds a character that nobody sees: {text}",
    ]  # fmt: skip


def test_a_foreign_table_that_is_read_as_the_forms_is_told(registry: Registry) -> None:
    rows = rows_of(registry.plan)
    intake = registry.take(rows, [[f"通讯{row}{column}" for column in range(11)] for row in range(3)])
    assert codes(intake.faults, Level.WARNING) == ["table-taken"]
    place = intake.faults[0].place
    assert place is not None and (place.grid.position, place.row) == (2, 1)


def test_of_two_rows_of_headings_the_lower_one_names_the_columns(registry: Registry) -> None:
    upper = ["重点工作", "序号", "绩效目标", "", "", "", "分值", "依据与核验", "", "财政保障", "备注"]
    intake = registry.take([["2018年度省政府部门（省商务厅）重点工作绩效目标填报表"], upper, *rows_of(registry.plan)])
    assert (intake.files, intake.faults) == ({}, [])
    merged = ["重点工作", "序号", "绩效目标", "目标类别", "完成时限（月）", "半年度目标", "", "", "", "", ""]
    intake = registry.take([merged, *rows_of(registry.plan)])
    assert (intake.files, intake.faults) == ({}, [])
