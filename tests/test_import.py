"""The form out, edited, and back in: real files, and exactly the lines that were meant."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.table import Table as WordTable

from target_registry import limits
from target_registry.forms import READERS
from tests.conftest import REGISTRY, Run
from tests.test_form import filed_rows
from tests.test_intake import HEADINGS
from tests.test_sources import git

ENDINGS = sorted(set(READERS) - {"htm"})
TITLE = "2018年度省政府部门（省商务厅）重点工作绩效目标填报表"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a registry."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "targets").rglob("*"))
        if path.is_file()
    }


def lines(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Lines that went and came, of each file that differs."""
    found = {}
    for path in sorted({*before, *after}):
        old, new = (side.get(path, b"").decode("utf-8").splitlines() for side in (before, after))
        if old != new:
            compared = difflib.unified_diff(old, new, lineterm="", n=0)
            found[path] = [line for line in compared if not line.startswith(("---", "+++", "@@"))]
    return found


@pytest.mark.parametrize("wording", ["--as-filed", "--normalised"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_an_unedited_round_trip_changes_nothing(
    registry: Path, run: Run, tmp_path: Path, ending: str, wording: str
) -> None:
    file = str(tmp_path / f"form.{ending}")
    before = contents(registry)
    asked = () if ending == "json" else (wording,)  # which has values only
    assert run("--lang", "en", "-C", str(registry), "export", file, *asked).code == 0
    outcome = run("--lang", "en", "-C", str(registry), "import", file, "--write")
    noted, _, said = outcome.out.rpartition("the form says")
    assert ("left out: plan, key_work_title, measure.indicator" in noted) == (ending == "json"), "a record has more"
    assert (outcome.code, said, outcome.err) == (
        0,
        " what the registry says; there is nothing to write\n",
        "",
    )
    assert contents(registry) == before


@pytest.fixture
def workbook(registry: Path, run: Run, tmp_path: Path) -> Callable[[Mapping[str, object]], str]:
    """Export a workbook, put values over texts, and give its path."""

    def edit(values: Mapping[str, object]) -> str:
        path = tmp_path / "form.xlsx"
        assert run("--lang", "en", "-C", str(registry), "export", str(path)).code == 0
        book = openpyxl.load_workbook(path)
        left = dict(values)
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                if (text := str(cell.value)) in left:
                    cell.value = left.pop(text)  # type: ignore[assignment]
        assert not left
        book.save(path)
        return str(path)

    return edit


def test_three_edited_cells_change_three_lines(
    registry: Path, run: Run, workbook: Callable[[Mapping[str, object]], str]
) -> None:
    commented = registry / "targets" / "2018" / "01-retail-sales.yaml"
    commented.write_text(
        commented.read_text("utf-8")
        .replace("\ntarget: ", "\n# 与统计局核对过\ntarget: ")
        .replace("weight: 4", "weight: 4  # 去年3分"),
        "utf-8",
    )
    file = workbook(
        {
            "社会消费品零售总额增长9%左右": "社会消费品零售总额增长10%左右",
            "厅备案文件": "省商务厅备案文件",
            "班列数150列左右": "班列数160列左右",
        }
    )
    before = contents(registry)
    shown = run("--lang", "en", "-C", str(registry), "import", file)
    assert contents(registry) == before
    assert shown.out.endswith("nothing was written; --write writes it\n")
    written = run("--lang", "en", "-C", str(registry), "import", file, "--write")
    assert lines(before, contents(registry)) == {
        "targets/2018/01-retail-sales.yaml": [
            "-target: 社会消费品零售总额增长9%左右",
            "+target: 社会消费品零售总额增长10%左右",
        ],
        "targets/2018/16-yixinou-trains.yaml": [
            "-half_year_target: 班列数150列左右",
            "+half_year_target: 班列数160列左右",
        ],
        "targets/2018/17-czech-station.yaml": ["-verification: 厅备案文件", "+verification: 省商务厅备案文件"],
    }
    for outcome in (shown, written):
        assert "row 3, column C (绩效目标): error[measure-contradicts-sentence]" in outcome.out
        assert outcome.code == 1


def test_a_form_older_than_a_commit_is_told_what_it_takes_back(
    registry: Path, run: Run, workbook: Callable[[Mapping[str, object]], str]
) -> None:
    for call in (("init", "-q", "."), ("add", "-A"), ("commit", "-qm", "as it was")):
        git(registry, *call)
    form = workbook({"省统计局统计数据": "省统计局公报"})
    for name, before, after in (
        ("09-cooperation-parks", "weight: 5", "weight: 6"),
        ("10-ftz-replication", "weight: 5", "weight: 4"),
    ):
        path = registry / f"targets/2018/{name}.yaml"
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    git(registry, "commit", "-qam", "points move")
    asked = ("--lang", "en", "-C", str(registry), "import", form, "--as-of", "2018-03-01", "--width", "200")
    said = run(*asked).out
    commit = git(registry, "rev-parse", "HEAD")[:12]
    assert f"the form has in these cells what stood there until the commit {commit} of " in said
    assert "would take it back: weight of target 9, weight of target 10\n" in said
    assert said.count("warning the form has") == 1  # and nothing of the cell that was edited
    for name in ("09-cooperation-parks", "10-ftz-replication"):
        git(registry, "checkout", "-q", "HEAD~", "--", f"targets/2018/{name}.yaml")
    git(registry, "commit", "-qam", "and back")
    assert "the form has what stood there" not in run(*asked).out
    (registry / "targets/2018/28-trade-friction.yaml").unlink()
    git(registry, "commit", "-qam", "one less")
    assert "would take it back: target 28 as a whole, which was deleted then\n" in run(*asked).out


def test_a_cell_that_cannot_be_understood_stops_everything(
    registry: Path, run: Run, workbook: Callable[[Mapping[str, object]], str]
) -> None:
    file = workbook({"厅备案文件": "省商务厅备案文件", "关键量化指标": "重要指标"})
    before = contents(registry)
    outcome = run("--lang", "en", "-C", str(registry), "import", file, "--write")
    assert contents(registry) == before
    assert outcome.code == 1
    assert "row 3, column D (目标类别): error 重要指标 is no value of this column" in outcome.out
    assert outcome.err == "targets: nothing was written\n"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("=1+1", "cell-not-plain"),
        ("目标\u202e倒写", "bidi"),
        (0, "weight"),
        ("甲" * 2001, "long"),
        ("甲" * 20_000, "longer than any"),
        ("8.5%\ufffd左右", "lost"),
    ],
)
def test_what_no_file_may_hold_is_refused_at_its_cell(
    registry: Path, run: Run, workbook: Callable[[Mapping[str, object]], str], value: object, code: str
) -> None:
    heading = {"weight": "4"}.get(code, "社会消费品零售总额增长9%左右")
    file = workbook({heading: value})
    before = contents(registry)
    outcome = run("--lang", "en", "-C", str(registry), "import", file, "--write")
    assert contents(registry) == before
    assert outcome.code == 1
    assert "row 3, column " in outcome.out
    assert outcome.err == "targets: nothing was written\n"


def word_form(path: Path) -> None:
    """The filed form as somebody else lays it out: merged key works, in two tables, with repeated headings."""
    document = docx.Document()
    document.add_paragraph("附件")
    document.add_paragraph(TITLE)
    rows = filed_rows()
    for part in (rows[:7], rows[7:]):
        table = document.add_table(rows=1, cols=11)
        for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
            cell.text = heading.replace("（", "\n（")
        _fill(table, part)
        document.add_paragraph("（续表）")
    document.save(str(path))


def _fill(table: WordTable, rows: list[list[str]]) -> None:
    first = None
    for row in rows:
        cells = table.add_row().cells  # type: ignore[no-untyped-call]
        for cell, text in zip(cells[1:], row[1:], strict=True):
            cell.text = text
        if first is not None and first.text == row[0]:
            first.merge(cells[0]).text = row[0]
        else:
            first = cells[0]
            first.text = row[0]


def test_somebody_elses_word_table_becomes_a_plan(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    word_form(tmp_path / "form.docx")
    outcome = run("--lang", "en", "-C", str(folder), "import", "--year", "2018", str(tmp_path / "form.docx"), "--write")
    assert (outcome.code, outcome.err) == (0, "")
    checked = run("--lang", "en", "-C", str(folder), "check")
    assert checked.code == 0
    assert checked.out.endswith("1 plan, 28 targets: 0 errors, 24 warnings\n")
    found = sorted(line.split("[")[1].split("]")[0] for line in checked.out.splitlines() if ": warning[" in line)
    original = run("--lang", "en", "-C", str(REGISTRY), "check").out
    assert found == sorted(line.split("[")[1].split("]")[0] for line in original.splitlines() if ": warning[" in line)
    exported = tmp_path / "again.docx"
    assert run("--lang", "en", "-C", str(folder), "export", str(exported), "--as-filed").code == 0
    table = docx.Document(str(exported)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == filed_rows()


def test_a_year_that_is_there_is_not_started_again(registry: Path, run: Run, tmp_path: Path) -> None:
    word_form(tmp_path / "form.docx")
    outcome = run("--lang", "en", "-C", str(registry), "import", "--year", "2018", str(tmp_path / "form.docx"))
    assert (outcome.code, outcome.out) == (2, "")
    assert "there is a plan 2018 already" in outcome.err and "--into targets/2018/NAME" in outcome.err


def test_the_callers_mistakes_get_one_sentence(registry: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    shutil.copy(__file__, tmp_path / "renamed.docx")
    for arguments in (
        [],
        [str(tmp_path / "none.xlsx")],
        [str(tmp_path / "folder.xlsx")],
        [str(tmp_path / "renamed.docx")],
        ["form.pdf"],
        ["--finish"],
        ["--undo", "form.xlsx"],
        [str(tmp_path / "renamed.docx"), "--into", "2017"],
        [str(tmp_path / "renamed.docx"), "--into", "../../etc"],
    ):
        outcome = run("--lang", "en", "-C", str(registry), "import", *arguments)
        assert (outcome.code, outcome.out) == (2, ""), arguments
        assert outcome.err.count("\n") == 1
        assert outcome.err.startswith("targets: ")


def test_an_export_is_no_folder(registry: Path, run: Run, tmp_path: Path) -> None:
    outcome = run("-C", str(registry), "--lang", "en", "export", f"{tmp_path}/form.csv/")
    assert (outcome.code, outcome.err.endswith("form.csv/: it is a folder\n")) == (2, True)
    assert not (tmp_path / "form.csv").exists()


def test_an_export_replaces_nothing_unasked(registry: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    file.write_bytes(b"mine")
    outcome = run("--lang", "en", "-C", str(registry), "export", str(file))
    assert (outcome.code, file.read_bytes()) == (2, b"mine")
    assert run("--lang", "en", "-C", str(registry), "export", str(file), "--force").code == 0
    assert file.read_bytes().startswith(b"PK")
    for name in ("form", "form.pdf", "no/such/folder.docx"):
        assert run("--lang", "en", "-C", str(registry), "export", str(tmp_path / name)).code == 2


COLUMNS = "序号,重点工作,绩效目标,目标类别,完成时限（月）,半年度目标,分值权重（分）,制定依据,核验标准,财政保障项目（是/否）,备注\n"


def test_a_form_of_very_many_key_works_is_refused(registry: Path, run: Run, tmp_path: Path) -> None:
    rows = "".join(f"{n},一、工作{n}甲乙,目标{n}增长9%,关键量化指标,12,4%,4,依据,标准,否,\n" for n in range(1, 300))
    (tmp_path / "form.csv").write_text(COLUMNS + rows, "utf-8")
    outcome = run(
        "-C", str(registry), "--lang", "en", "import", str(tmp_path / "form.csv"), "--into", "2018", "--write"
    )
    assert outcome.code == 1
    assert "more than 200 key works" in outcome.out


@pytest.mark.parametrize("arguments", [("--into", "2018"), ("--year", "2019", "--title", "2019年度省商务厅绩效目标")])
def test_a_form_of_very_many_figures_is_refused(
    registry: Path, run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    figures = "、".join(f"{n}%" for n in range(1, 100))
    rows = "".join(f"{n},一、甲,目标{n}增长{figures},关键量化指标,12,{figures},4,依据,标准,否,\n" for n in range(1, 20))
    (tmp_path / "form.csv").write_text(COLUMNS + rows, "utf-8")
    form = ("import", str(tmp_path / "form.csv"), "--department", "省商务厅", *arguments)
    outcome = run("-C", str(registry), "--lang", "en", *form)
    assert (outcome.code, outcome.out.count("\n")) == (1, 2)
    assert "the sentences of the form hold more than 1500 numbers" in outcome.out


@pytest.mark.parametrize(
    ("rows", "cell", "told"),
    [(301, "标准", "the form has more than 300 targets"), (250, "标" * 700, "hold more than 75000 characters")],
)
def test_a_form_of_very_many_targets_is_refused(
    registry: Path, run: Run, tmp_path: Path, rows: int, cell: str, told: str
) -> None:
    form = "".join(f"{n},一、甲,办好第{n}件实事,定性目标,6,,4,依据,{cell},否,\n" for n in range(1, rows + 1))
    (tmp_path / "form.csv").write_text(COLUMNS + form, "utf-8")
    outcome = run("-C", str(registry), "--lang", "en", "import", str(tmp_path / "form.csv"), "--into", "2018")
    assert (outcome.code, outcome.out.count("\n")) == (1, 2)
    assert told in outcome.out


@pytest.mark.parametrize(("rows", "listed", "beside"), [(100, 101, ""), (120, 100, "21 more changes aren't")])
def test_changes_beyond_those_that_are_listed_are_counted(
    registry: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, listed: int, beside: str
) -> None:
    monkeypatch.setattr(limits, "FORM_CHANGES", 100)
    form = "".join(f"{n},一、甲,办好第{n}件实事,定性目标,6,,4,依据,标准,否,\n" for n in range(1, rows + 1))
    (tmp_path / "form.csv").write_text(COLUMNS + form, "utf-8")
    title = ("--title", "2019年度省商务厅绩效目标", "--department", "省商务厅")
    outcome = run("-C", str(registry), "--lang", "en", "import", str(tmp_path / "form.csv"), "--year", "2019", *title)
    assert outcome.out.count("    a new ") == listed
    assert f"to be decided: {rows + 1} material changes" in outcome.out
    (told,) = [line for line in outcome.out.splitlines() if "listed" in line] or [""]
    assert told.startswith(beside)
    assert bool(told) == bool(beside)


def test_faults_beyond_those_that_are_listed_are_counted(registry: Path, run: Run, tmp_path: Path) -> None:
    rows = "".join(f"1,一、甲,目标增长9%,指标{n},月{n},4%,分{n},依据,标准,否{n},\n" for n in range(300))
    (tmp_path / "form.csv").write_text(COLUMNS + rows, "utf-8")
    outcome = run("-C", str(registry), "--lang", "en", "import", str(tmp_path / "form.csv"), "--into", "2018")
    assert outcome.code == 1
    assert len(outcome.out.splitlines()) < 2_100
    assert "faults more in the form" in outcome.out.splitlines()[-1]


def test_the_same_fault_of_many_cells_is_told_once(registry: Path, run: Run, tmp_path: Path) -> None:
    rows = "".join(f"{n},一、甲,目标增长9%,指标,12,4%,4,依据,标准,否,\n" for n in range(1, 300))
    (tmp_path / "form.csv").write_text(COLUMNS + rows, "utf-8")
    outcome = run("-C", str(registry), "--lang", "en", "import", str(tmp_path / "form.csv"), "--into", "2018")
    (line,) = [line for line in outcome.out.splitlines() if "指标" in line and "cure" not in line]
    assert "so do 299 cells, the last in table 1, row 300, column 4" in line


@pytest.mark.parametrize(
    "row",
    [
        "填表人：张三,,联系电话：0571-87050000,,填表日期：2018年3月1日,,,,,,",
        "填表人,,张三,,,审核人,,李四,,,",
        "合计,,,,,,90,,,,\n说明,1,目标应量化,,,,,,,,\n,2,分值合计90,,,,,,,,",
        ",,,共28项,,,90,,,,",
        ",,,分值合计,,,90,,,,",
    ],
)
def test_what_stands_below_the_targets_is_no_target(registry: Path, run: Run, tmp_path: Path, row: str) -> None:
    run("-C", str(registry), "export", str(tmp_path / "form.csv"))
    text = (tmp_path / "form.csv").read_text("utf-8-sig")
    (tmp_path / "form.csv").write_text(text + row + "\n", "utf-8")
    outcome = run("-C", str(registry), "--lang", "en", "import", str(tmp_path / "form.csv"), "--into", "2018")
    assert outcome.code == 0, outcome.out
    assert "the form says what the registry says" in outcome.out


@pytest.mark.parametrize("row", ["1,2,3,4,5,6,7,8,9,10,11", "甲,乙,丙,丁,戊,己,庚,辛,壬,癸,子"])
def test_a_row_that_numbers_the_columns_is_no_target(registry: Path, run: Run, tmp_path: Path, row: str) -> None:
    run("-C", str(registry), "export", str(tmp_path / "form.csv"))
    head, _, rest = (tmp_path / "form.csv").read_text("utf-8-sig").partition("\n")
    (tmp_path / "form.csv").write_text(f"{head}\n{row}\n{rest}", "utf-8")
    outcome = run("-C", str(registry), "--lang", "en", "import", str(tmp_path / "form.csv"), "--into", "2018")
    assert outcome.code == 0, outcome.out
    assert "this row is no target and is left out: " in outcome.out


@pytest.mark.parametrize("number", ["2.", "2、", "（2）", "(2)", "②", "２．"])
def test_the_number_of_a_row_may_be_one_of_a_list(registry: Path, run: Run, tmp_path: Path, number: str) -> None:
    run("-C", str(registry), "export", str(tmp_path / "form.csv"))
    text = (tmp_path / "form.csv").read_text("utf-8-sig")
    assert ",2,网络零售额" in text
    (tmp_path / "form.csv").write_text(text.replace(",2,网络零售额", f",{number},网络零售额"), "utf-8")
    outcome = run("-C", str(registry), "--lang", "en", "import", str(tmp_path / "form.csv"), "--into", "2018")
    assert "the form says what the registry says" in outcome.out, outcome.out


def test_a_sign_that_only_one_font_shows_is_told(registry: Path, run: Run, tmp_path: Path) -> None:
    run("-C", str(registry), "export", str(tmp_path / "form.csv"))
    text = (tmp_path / "form.csv").read_text("utf-8-sig")
    (tmp_path / "form.csv").write_text(text.replace("网络零售额增长20%", "网络零售额增长\uf0b320%"), "utf-8")
    outcome = run("-C", str(registry), "--lang", "en", "import", str(tmp_path / "form.csv"), "--into", "2018")
    assert "a sign that only one font shows: 网络零售额增长<U+F0B3>20%" in outcome.out


def test_a_column_without_a_heading_is_told(registry: Path, run: Run, tmp_path: Path) -> None:
    run("-C", str(registry), "export", str(tmp_path / "form.csv"))
    text = (tmp_path / "form.csv").read_text("utf-8-sig").replace("半年度目标", "", 1)
    (tmp_path / "form.csv").write_text(text, "utf-8")
    outcome = run("-C", str(registry), "--lang", "en", "import", str(tmp_path / "form.csv"), "--into", "2018")
    assert "row 2, column 6: warning this stands under no heading, and is left out: 8.5%左右" in outcome.out
    assert "if one of these is meant, head it so: 半年度目标" in outcome.out


def test_what_stands_below_the_rest_of_a_merged_heading_is_told(registry: Path, run: Run, tmp_path: Path) -> None:
    form = tmp_path / "form.html"
    assert run("-C", str(registry), "export", str(form)).code == 0
    first, *rest = (
        form.read_text("utf-8").replace('<th scope="col">备注', '<th scope="col" colspan="2">备注').split("</tr>")
    )
    rest[1] += "<td>另有说明</td>"
    form.write_text("</tr>".join((first, *rest)), "utf-8")
    outcome = run("--lang", "en", "-C", str(registry), "import", str(form))
    assert "warning this stands under no heading, and is left out: 另有说明" in outcome.out


def test_a_target_that_cannot_be_read_is_no_internal_error(registry: Path, run: Run, tmp_path: Path) -> None:
    run("-C", str(registry), "export", str(tmp_path / "form.csv"))
    place = registry / "targets" / "2018" / "03-goods-trade-growth.yaml"
    place.unlink()
    place.symlink_to("04-export-share.yaml")
    before = contents(registry)
    call = ("-C", str(registry), "--lang", "en", "import", str(tmp_path / "form.csv"), "--into", "2018", "--write")
    for more in ((), ("--remove-missing",)):
        outcome = run(*call, *more)
        assert (outcome.code, outcome.err) == (1, "targets: nothing was written\n")
        assert contents(registry) == before


def test_a_target_that_is_too_large_can_go(registry: Path, run: Run, tmp_path: Path) -> None:
    run("-C", str(registry), "export", str(tmp_path / "form.csv"))
    lines = (tmp_path / "form.csv").read_text("utf-8-sig").splitlines(keepends=True)
    place = registry / "targets" / "2018" / "28-trade-friction.yaml"
    (tmp_path / "form.csv").write_text("".join(lines[:-1]), "utf-8")
    place.write_bytes(place.read_bytes() + b"#" * 70_000 + b"\n")
    call = ("-C", str(registry), "import", str(tmp_path / "form.csv"), "--into", "2018", "--write", "--remove-missing")
    run(*call)
    assert not place.exists()


def test_names_are_those_of_ones_own_department(registry: Path, run: Run, tmp_path: Path) -> None:
    """Of last year's plans, one of another department may have a target that is called the same."""
    form = COLUMNS + "1,一、甲,办好实事,定性目标,6,,4,依据,标准,否,\n"
    (tmp_path / "form.csv").write_text(form, "utf-8")
    shutil.rmtree(registry / "targets/2018")

    def take(plan: str) -> None:
        title = ("--title", f"{plan[:4]}年度绩效目标", "--department", plan[5:])
        call = ("import", str(tmp_path / "form.csv"), "--into", plan, "--year", plan[:4], *title, "--write")
        assert run("-C", str(registry), *call).code == 0

    for department in ("a", "b"):
        take(f"2018/{department}")
        (registry / f"targets/2018/{department}/01-ban-hao-shi-shi.yaml").rename(
            registry / f"targets/2018/{department}/01-of-{department}.yaml"
        )
    for department in ("a", "b", "c"):
        take(f"2019/{department}")
    assert [path.name for path in sorted(registry.glob("targets/2019/*/0*"))] == [
        "01-of-a.yaml",
        "01-of-b.yaml",
        "01-of-a.yaml",
    ]


@pytest.mark.parametrize(
    ("change", "arguments", "told"),
    [
        (lambda rows: rows[0].__setitem__(1, "甲" * 2001), ("--into", "2018"), "table 1, row 2, column 2 (重点工作): error"),
        (
            lambda rows: rows.__setitem__(slice(None), [[str(n), f"工作甲{n}", f"出台文件{n}", "定性绩效目标", "12", "初稿", "1", "文", "据", "否", ""] for n in range(29, 219)]),
            ("--into", "2018"),
            "form.csv: error with those of the form, the plan would have 205 key works; it may have 200",
        ),
        (lambda _: None, ("--year", "2019", "--title", " "), "the form doesn't say its title"),
        (lambda _: None, ("--year", "2019", "--title", "省" * 2001), "form.csv: error the form's title has more than 2000"),
        (
            lambda rows: rows.extend([str(n), f"工作{n % 9}", f"出台文件{n}", "定性绩效目标", "12", "初稿", "100", "文", "据", "否", ""] for n in range(29, 139)),
            ("--year", "2019", "--title", "2019年度绩效目标"),
            "form.csv: error the weights of the form sum to 11004; they may sum to 10000",
        ),
    ],
)  # fmt: skip
def test_what_a_plans_file_can_not_hold_is_told_of_the_form(
    registry: Path, run: Run, tmp_path: Path, change: Callable[[list[list[str]]], None], arguments: tuple[str, ...], told: str
) -> None:  # fmt: skip
    """Not of a line of plan.yaml, which nobody has written."""
    rows = [["1", "一、甲", "目标增长9%", "关键量化指标", "12", "4%", "4", "依据", "标准", "否", ""]]
    change(rows)
    (tmp_path / "form.csv").write_text(COLUMNS + "".join(",".join(row) + "\n" for row in rows), "utf-8")
    call = ("import", str(tmp_path / "form.csv"), "--department", "省商务厅", *arguments)
    outcome = run("-C", str(registry), "--lang", "en", *call)
    assert outcome.code == 1
    assert told in outcome.out
    assert "plan.yaml" not in outcome.out
