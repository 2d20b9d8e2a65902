"""The 2018 form comes out as it went in: 28 rows by 11 columns, to the character."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.conftest import Run

FORM = Path(__file__).parent / "forms" / "2018-commerce.txt"


def filed_rows() -> list[list[str]]:
    """The form's rows as they were filed, a key work's title on each of its rows."""
    lines = FORM.read_text(encoding="utf-8").split("\n")
    first = next(number for number, line in enumerate(lines) if line.strip().startswith("一、"))
    rows, key_work = [], ""
    block: list[str] = []
    for line in [*lines[first:], ""]:
        if line:
            block.append(line.strip())
        elif block:
            assert len(block) == 11
            key_work = block[0] or key_work
            rows.append([key_work, *block[1:]])
            block = []
    return rows


def test_csv_gives_back_every_cell(run: Run) -> None:
    outcome = run("table", "--format", "csv")
    assert outcome.code == 0
    assert outcome.raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(outcome.raw.decode("utf-8-sig"), newline="")))
    assert rows[0] == [
        "重点工作", "序号", "绩效目标", "目标类别", "完成时限（月）", "半年度目标", "分值权重（分）",
        "制定依据", "核验标准", "财政保障项目（是/否）", "备注",
    ]  # fmt: skip
    assert len(rows) == 29
    assert rows[1:] == filed_rows()


def test_the_form_says_what_the_plan_declares() -> None:
    rows = filed_rows()
    assert len(rows) == 28
    assert len({row[0] for row in rows}) == 15
    assert sum(int(row[6]) for row in rows) == 90


def test_one_cell_is_normalised_and_kept(run: Run) -> None:
    filed = filed_rows()
    counted = run("table", "--format", "csv", "--normalised").raw.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(counted, newline="")))[1:]
    differing = [(row, column) for row in range(28) for column in range(11) if rows[row][column] != filed[row][column]]
    assert differing == [(24, 3)]
    assert (filed[24][3], rows[24][3]) == ("关键量化目标", "关键量化指标")


def test_json_has_the_schemas_keys(run: Run) -> None:
    rows = json.loads(run("table", "--format", "json").raw)
    assert len(rows) == 28
    assert rows[15] == {
        "plan": "2018",
        "number": 16,
        "slug": "yixinou-trains",
        "key_work_title": "九、推进“义新欧”班列常态化市场化运行，加快建设“一带一路”捷克站和迪拜站",
        "key_work": "yixinou",
        "target": "推动“义新欧”班列全年往返300列以上",
        "category": "general_quantitative",
        "deadline_month": 12,
        "half_year_target": "班列数150列左右",
        "weight": 2,
        "basis": "2018年商务工作要点P4",
        "verification": "班列统计数据",
        "fiscal_project": True,
        "remarks": "2017年往返运行168次",
        "measure": {
            "indicator": "“义新欧”班列往返运行列数",
            "unit": "列",
            "aim": "at_least",
            "full_year": 300,
            "half_year": 150,
            "baseline": 168,
        },
    }
    assert "half_year_target" not in rows[7]


# The findings that the issue of the form expects, and no others: (code, number of the target).
EXPECTED = {
    ("half-year-missing", 14), ("half-year-missing", 15), ("half-year-missing", 27), ("half-year-missing", 28),
    ("figure-missing", 15),
    ("basis-unissued", 15), ("basis-unissued", 27),
    ("verification-repeats-basis", 15),
    ("unbalanced-brackets", 11), ("unbalanced-brackets", 14),
    ("closing-punctuation", 7), ("closing-punctuation", 19),
    ("unverifiable-wording", 11),
    ("variant-wording", 25),
    *(("document-number-brackets", number) for number in (4, 5, 6, 7, 10, 11, 14, 25, 26, 28)),
}  # fmt: skip


def test_check_finds_what_reviewers_care_about(run: Run) -> None:
    outcome = run("check", "--format", "json")
    assert outcome.code == 0
    report = json.loads(outcome.raw)
    assert report["summary"] == {"plans": 1, "targets": 28, "errors": 0, "warnings": len(EXPECTED), "infos": 0}
    found = {
        (finding["code"], int(finding["path"].removeprefix("targets/2018/")[:2])) for finding in report["findings"]
    }
    assert found == EXPECTED
    assert {finding["level"] for finding in report["findings"]} == {"warning"}
    assert run("check", "--strict").code == 1
