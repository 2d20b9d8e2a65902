"""The command as a person, a pipe and a CI runner meet it."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import corpus
from target_registry import wrapping
from target_registry.cli import main
from target_registry.cli.context import Context
from target_registry.cli.main import COMMANDS
from tests.conftest import REGISTRY, Run
from tests.test_sources import git


def targets(*arguments: str, cwd: Path = REGISTRY, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run(
        [sys.executable, "-m", "target_registry", *arguments], cwd=cwd, env=env, capture_output=True, check=False
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_is_in_its_language(run: Run, command: str | None, language: str) -> None:
    outcome = run("--lang", language, *([command] if command else []), "--help")
    assert outcome.code == 0
    assert ("用法" in outcome.out) == (language == "zh")
    if language == "zh":
        english = [line for line in outcome.out.splitlines() if " the " in line or "Show" in line]
        assert english == []


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_help_stands_in_columns_of_cells(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run("--lang", "zh", "adjust", "--help").out.splitlines()
    assert all(wrapping.width(line) <= min(columns, 100) for line in lines)
    options = [line for line in lines if line.startswith("  -")]
    meanings = {wrapping.width(line[: line.rindex("  ") + 2]) for line in options}
    assert len(options) > 5 and len(meanings) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "chek"),
        (["check", "--fromat", "json"], "--fromat"),
        (["check", "--format", "xml"], "xml"),
        (["check", "nowhere.yaml"], "there is no file or folder nowhere.yaml"),
        (["check", "../conftest.py"], "../conftest.py lies outside the registry"),
        (["check", "/etc"], "/etc lies outside the registry"),
        (["table", "--columns", "weigth"], "there is no field weigth; did you mean weight?"),
        (["table", "--columns", "measure"], "there is no field measure"),
        (["table", "--where", "weight"], "has no sign"),
        (["table", "--where", "basis>3"], "basis has no order"),
        (["table", "--where", "key_work=99"], "there is no key work 99"),
        (["table", "--columns", "number,,weight"], "a field's name is left out; the fields are"),
        (["table", "--where", "=4"], "a field's name is left out; the fields are"),
        (["check", "-C", "x"], "-C DIR goes before the command"),
        (["check", "--debug"], "--debug goes before the command"),
        (["check", "--lang"], "应写 --lang zh 或 --lang en"),
        (["table", "--as-filed", "--format", "json"], "leave out --as-filed"),
        (["export", "--as-filed", "form.json"], "leave out --as-filed"),
        (["table", "--where", "category=关键"], "关键 is no value of category"),
        (["table", "--where", "weight=many"], "many is no value of weight, which takes numbers"),
        (["table", "--by", "owner"], "there is no field owner"),
        (["table", "--plan", "2019"], "there is no plan 2019; the plans are 2018"),
        (["show", "99"], "there is no target 99"),
        (["show", "零售"], "there is no target 零售; these speak of it: 1 社会消费品零售总额增长9%左右, 2 网络零售额"),
        (["show", "retail-sale"], "did you mean retail-sales?"),
        (["show", "2019/retail-sales"], "there is no target 2019/retail-sales; did you mean retail-sales?"),
        (["show", "targets/2018/commerce/01-retail-sales.yaml"], "there is no target targets/2018/commerce/01-"),
        (["show", "1/2"], "there is no target 1/2; name one by its number or slug"),
        (["rules", "weight-total"], "did you mean weights-total?"),
        (["new"], "missing: --key-work, --target"),
        (["-C", "nowhere", "check"], "is not a folder"),
        (["-C", "targets", "check"], "is no registry"),
        (["--lang", "fr", "check"], "fr，可选 zh（中文）"),
    ],
)
def test_a_mistake_in_the_call_is_one_line(run: Run, arguments: list[str], said: str) -> None:
    language = [] if "--lang" in arguments else ["--lang", "en"]
    outcome = run(*language, *arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("targets: ")
    assert outcome.err.count("\n") == 1
    assert said in outcome.err


def test_no_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run("--lang", "zh", "check")
    assert outcome.code == 2
    assert outcome.err.startswith("targets: ")
    (tmp_path / "targets").mkdir()
    assert run("check").code == 2


def test_the_nearest_registry_above_is_taken(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(REGISTRY / "targets" / "2018")
    assert run("weights").code == 0
    outcome = run("check", "28-trade-friction.yaml")
    assert outcome.out.count("28-trade-friction.yaml") == 2
    assert "27-" not in outcome.out


def test_paths_choose_what_is_reported(run: Run, registry: Path) -> None:
    (registry / "targets/2018/01-retail-sales.yaml").write_text("weight：4\n")
    one = str(registry / "targets/2018/02-online-retail.yaml")
    assert run("-C", str(registry), "check", one).code == 0
    assert run("-C", str(registry), "check", str(registry / "targets")).code == 1
    assert run("-C", str(registry), "check", str(registry)).code == 1


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.GBK"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "TARGETS_LANG": "zh"}, "zh"),
        ({"TARGETS_LANG": "en_US.UTF-8"}, "en"),
    ],
)
def test_the_language_is_chosen(
    run: Run, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    last = run("check").out.splitlines()[-1]
    assert last == (
        "1份填报表、28项目标：0个错误，24个警告" if language == "zh" else "1 plan, 28 targets: 0 errors, 24 warnings"
    )
    assert run("check", "--lang", "en").out.endswith("24 warnings\n")


def test_a_language_that_is_not_spoken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARGETS_LANG", "fr")
    outcome = run("check")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert run("--lang", "en", "weights").code == 0


@pytest.mark.parametrize("folder", [["-C", str(REGISTRY)], [f"-C{REGISTRY}"]])
def test_the_plan_of_the_named_folder_gives_the_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "合计90分" in run(*folder, "weights").out


def test_documents_follow_the_plans_language(run: Run) -> None:
    for form in ("csv", "html", "markdown"):
        assert "制定依据" in run("--lang", "en", "table", "--format", form).out
    assert '<html lang="zh-CN">' in run("--lang", "en", "table", "--format", "html").out
    assert "half year target" in run("--lang", "en", "table", "--width", "160").out


def test_json_of_check(run: Run) -> None:
    outcome = run("--lang", "zh", "check", "--format", "json", "targets/2018/15-import-expo.yaml")
    report = json.loads(outcome.raw)
    assert report["findings"][0] == {
        "path": "targets/2018/15-import-expo.yaml",
        "line": 3,
        "column": 9,
        "code": "figure-missing",
        "level": "warning",
        "message": "目标类别为量化指标，但目标中没有数字",
        "hint": "写明数字和单位，或将目标类别改为定性绩效目标",
    }
    assert [set(finding) for finding in report["findings"]] == [set(report["findings"][0])] * 4


def test_forges_formats(run: Run) -> None:
    github = run("--lang", "zh", "check", "--format", "github").out.splitlines()
    assert len(github) == 25
    assert github[0].startswith(
        "::warning file=tests/registry/targets/2018/04-export-share.yaml,line=8,col=8,title=document-number-brackets::"
    )
    gitlab = json.loads(run("check", "--format", "gitlab").raw)
    assert len({issue["fingerprint"] for issue in gitlab}) == 24
    assert {"description", "check_name", "fingerprint", "severity", "location"} == set(gitlab[0])
    sarif = json.loads(run("check", "--format", "sarif").raw)
    results = sarif["runs"][0]["results"]
    rules = sarif["runs"][0]["tool"]["driver"]["rules"]
    assert len(results) == 24
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120, 160, 200, 400])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_fit_every_width_and_lose_nothing(run: Run, width: int, language: str) -> None:
    from wcwidth import wcswidth

    out = run("--lang", language, "table", "--width", str(width)).out
    assert max(wcswidth(line) for line in out.splitlines()) <= width
    squeezed = "".join(out.split())
    for words in ("一、", "十五、", "P12" if width > 30 else "P"):
        assert words in squeezed
    for command in ("weights", "rules"):
        wide = run("--lang", language, command, "--width", str(width)).out
        assert max(wcswidth(line) for line in wide.splitlines()) <= width


@pytest.mark.parametrize(
    "call",
    [
        ("table",),
        ("blame", "retail-sales"),
        ("diff", "HEAD~1"),
        ("history", "retail-sales"),
        ("import", "form.csv"),
    ],
)
def test_a_pipe_is_as_wide_as_the_help_says(
    registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...]
) -> None:
    target = registry / "targets/2018/01-retail-sales.yaml"
    git(registry, "init", "--quiet")
    for remarks in ("", "remarks: " + "以年度统计公报公布的最终核实数据为准，其他口径一律不采用，" * 5 + "\n"):
        target.write_text(re.sub(r"(?m)^remarks:.*\n", "", target.read_text("utf-8")) + remarks, "utf-8")
        git(registry, "add", "--all")
        git(registry, "commit", "--quiet", "--message", "x")
    monkeypatch.chdir(registry)
    assert run("export", "form.csv").code == 0
    form = registry / "form.csv"
    form.write_text(form.read_text("utf-8-sig").replace("不采用，", "都不采用，"), "utf-8")
    told = " ".join(run("--lang", "en", call[0], "--help").out.split())
    (columns,) = re.findall(r"or (\d+) in a pipe", told)
    widths = {width: run(*call, *width).out for width in ((), ("--width", "100"), ("--width", "120"))}
    assert widths["--width", "100"] != widths["--width", "120"]
    assert widths[()] == widths["--width", columns]


def test_narrow_blocks_hold_every_character(run: Run) -> None:
    rows = json.loads(run("table", "--format", "json").raw)
    squeezed = "".join(run("--lang", "zh", "table", "--width", "60").out.split())
    for row in rows:
        assert "".join(row["target"].split()) in squeezed


def test_where_and_columns(run: Run) -> None:
    rows = json.loads(
        run("table", "--where", "财政保障项目=是", "--where", "目标类别=定性绩效目标", "--format", "json").raw
    )
    assert [row["number"] for row in rows] == [12, 14, 20]
    assert [r["number"] for r in json.loads(run("table", "--where", "半年度目标=", "--format", "json").raw)] == [
        8, 12, 13, 14, 15, 24, 27, 28,
    ]  # fmt: skip
    by = {"完成时限<=6": [8, 12, 13, 24], "分值>=5": [8, 9, 10, 11], "重点工作=十一": [22, 23], "序号！=1": list(range(2, 29)),
          "重点工作=七、争创自由贸易港": [11], "weight>5": [], "完成时限=6月底": [8], "分值≥5分": [8, 9, 10, 11],
          "绩效目标~出口": [3, 4, 5, 6, 7], "重点工作～自由贸易": [10, 11], "类别~关键": [1, 2, 3, 25]}  # fmt: skip
    for condition, numbers in by.items():
        rows = json.loads(run("table", "--where", condition, "--format", "json").raw)
        assert [row["number"] for row in rows] == numbers
    assert "no target meets" in run("--lang", "en", "table", "--where", "weight>5").err
    out = run("table", "--columns", "序号,分值权重", "--where", "weight=5", "--format", "csv").out
    assert out == "\ufeff序号,分值权重（分）\r\n8,5\r\n9,5\r\n10,5\r\n11,5\r\n"
    assert "key_work_title" not in json.loads(run("table", "--columns", "number", "--format", "json").raw)[0]


def test_signs_in_what_is_looked_for_are_left_alone(run: Run, registry: Path) -> None:
    path = registry / "targets/2018/01-retail-sales.yaml"
    path.write_text(path.read_text("utf-8").replace("remarks: 2017年同比增长10.6%", "remarks: 合格率≥90%！"), "utf-8")
    for condition in ("备注=合格率≥90%！", "备注＝合格率≥90%！"):
        rows = json.loads(run("-C", str(registry), "table", "--where", condition, "--format", "json").raw)
        assert [row["number"] for row in rows] == [1]


def test_a_key_work_of_one_plan_is_looked_for_in_all(run: Run, registry: Path) -> None:
    later = registry / "targets/2019"
    shutil.copytree(registry / "targets/2018", later)
    for path in later.iterdir():
        text = path.read_text("utf-8").replace("year: 2018\n", "year: 2019\n").replace("2018年度", "2019年度")
        path.write_text(
            text.replace("id: consumption\n", "id: spending\n").replace(": consumption\n", ": spending\n"), "utf-8"
        )
    call = ("-C", str(registry), "--lang", "en", "table", "--format", "json", "--where")
    found = {
        condition: json.loads(run(*call, condition).raw) for condition in ("key_work=consumption", "key_work!=spending")
    }
    assert [(row["plan"], row["number"]) for row in found["key_work=consumption"]] == [("2018", 1), ("2018", 2)]
    assert len(found["key_work!=spending"]) == 28 + 26
    assert run(*call, "key_work=nothing").err == "targets: no plan has a key work called so: key_work=nothing\n"


def test_summaries_count_every_target_once(run: Run) -> None:
    for field in ("category", "deadline_month", "key_work", "fiscal_project", "basis", "half_year_target", "weight"):
        rows = json.loads(run("table", "--by", field, "--format", "json").raw)
        assert sum(row["targets"] for row in rows) == 28
        assert sum(row["points"] for row in rows) == 90


def test_weights_compare_with_the_declared_total(run: Run, registry: Path) -> None:
    report = json.loads(run("weights", "--format", "json").raw)[0]
    assert (report["declared"], report["total"], report["difference"]) == (90, 90, 0)
    assert {group["by"] for group in report["groups"]} == {"key_work", "category", "deadline_month", "fiscal_project"}
    target = registry / "targets/2018/01-retail-sales.yaml"
    target.write_text(target.read_text().replace("weight: 4", "weight: 4.25"))
    outcome = run("-C", str(registry), "--lang", "en", "weights")
    assert outcome.code == 1
    assert "sum 90.25, 0.25 over the declared 90" in outcome.out


def test_a_table_of_a_broken_registry_says_so(run: Run, registry: Path) -> None:
    (registry / "targets/2018/01-retail-sales.yaml").write_text("weight：4\n")
    outcome = run("-C", str(registry), "--lang", "en", "table")
    assert outcome.code == 1
    assert "the table is not complete; run targets check" in outcome.err


def test_several_plans(run: Run, registry: Path) -> None:
    shutil.move(registry / "targets/2018", registry / "targets/commerce")
    (registry / "targets/2018").mkdir()
    shutil.move(registry / "targets/commerce", registry / "targets/2018/commerce")
    plan = registry / "targets/2018/commerce/plan.yaml"
    plan.write_text(plan.read_text().replace("year: 2018", "department_id: commerce\nyear: 2018"))
    shutil.copytree(registry / "targets/2018/commerce", registry / "targets/2018/trade")
    other = registry / "targets/2018/trade/plan.yaml"
    other.write_text(other.read_text().replace("id: commerce", "id: trade").replace("商务厅", "贸易厅"))
    assert run("-C", str(registry), "check").code == 0
    lines = run("-C", str(registry), "table", "--format", "csv").out.splitlines()
    assert (len(lines), lines[0][:4], lines[-1][:10]) == (57, "\ufeff填报表", "2018/trade")
    outcome = run("-C", str(registry), "--lang", "en", "show", "3")
    assert (outcome.code, "name it as one of these, or add --plan" in outcome.err) == (2, True)
    assert run("-C", str(registry), "show", "3", "--plan", "2018/trade").code == 0
    assert run("-C", str(registry), "--lang", "en", "new").err.startswith("targets: there are several plans")


def test_waivers_are_seen(run: Run, registry: Path) -> None:
    plan = registry / "targets/2018/plan.yaml"
    waiver = "waivers:\n  - rule: half-year-missing\n    target: import-expo\n    reason: 上半年尚无安排\n"
    plan.write_text(plan.read_text() + waiver)
    assert run("-C", str(registry), "--lang", "en", "check").out.endswith("0 errors, 23 warnings; 1 waiver\n")
    assert (
        "已豁免 half-year-missing，理由：上半年尚无安排" in run("-C", str(registry), "--lang", "zh", "show", "15").out
    )


def test_a_waived_weight_still_counts(run: Run, registry: Path) -> None:
    plan, target = registry / "targets/2018/plan.yaml", registry / "targets/2018/15-import-expo.yaml"
    target.write_text(target.read_text().replace("weight: 2", "weight: 12"))
    assert "weights-total" not in run("-C", str(registry), "--lang", "en", "check").out
    waiver = "waivers:\n  - rule: weight-range\n    target: import-expo\n    reason: 经批准\n"
    plan.write_text(plan.read_text() + waiver)
    outcome = run("-C", str(registry), "--lang", "en", "check")
    assert outcome.code == 1
    assert "sum to 100, 10 over the declared 90" in outcome.out


def test_a_folder_above_a_link_is_the_one_above_where_it_leads(run: Run, registry: Path, tmp_path: Path) -> None:
    (registry.parent / "deep").mkdir()
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere/link"
    link.symlink_to(registry.parent / "deep")
    path = "targets/2018/01-retail-sales.yaml"
    assert run("-C", f"{link}/../{registry.name}", "check", path).code == 0


def test_paths_start_from_the_folder_that_c_names(run: Run, registry: Path) -> None:
    outcome = run("-C", str(registry), "--lang", "en", "check", "targets/2018/28-trade-friction.yaml")
    assert outcome.out.endswith("0 errors, 2 warnings\n")


def test_show_and_rules(run: Run) -> None:
    shown = run("--lang", "zh", "show", "waste-recycling").out
    assert "十三、全省城乡生活垃圾回收利用率达30%以上" in shown
    assert "警告[variant-wording]" in shown
    assert run("--lang", "zh", "show", "25").out == shown
    record = json.loads(run("show", "25", "--format", "json").raw)
    assert [finding["code"] for finding in record["findings"]] == ["document-number-brackets", "variant-wording"]
    codes = json.loads(run("rules", "--format", "json").raw)
    for record in codes:
        for language in ("zh", "en"):
            page = run("--lang", language, "rules", record["code"])
            assert page.code == 0
            assert record["code"] in page.out


def test_fmt(run: Run, registry: Path) -> None:
    assert run("-C", str(registry), "fmt", "--check").code == 0
    target = registry / "targets/2018/01-retail-sales.yaml"
    target.write_bytes(
        b"\xef\xbb\xbf" + target.read_bytes().replace(b"\n", b"\r\n").replace(b"weight: 4", b"weight:   4 # x")
    )
    broken = registry / "targets/2018/02-online-retail.yaml"
    broken.write_text("weight：4\n")
    outcome = run("-C", str(registry), "--lang", "en", "fmt", "--check")
    assert (outcome.code, outcome.out) == (
        1, "would change: targets/2018/01-retail-sales.yaml\n29 files looked at, 1 would change\n",
    )  # fmt: skip
    assert outcome.err == "targets: targets/2018/02-online-retail.yaml is left alone: run targets check on it\n"
    outcome = run("-C", str(registry), "--lang", "en", "fmt", str(target))
    assert (outcome.code, outcome.out) == (
        0, "changed: targets/2018/01-retail-sales.yaml\n1 file looked at, 1 changed\n",
    )  # fmt: skip
    assert b"weight: 4  # x\n" in target.read_bytes()
    assert broken.read_text() == "weight：4\n"


def test_fmt_tells_of_folders_that_it_cannot_read_where_they_are_asked_for(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = registry / "targets/2019"
    sealed.mkdir()
    (sealed / "plan.yaml").write_text("x\n")
    real = os.scandir

    def scandir(path: Any) -> Any:
        if str(path).endswith("targets/2019"):
            raise PermissionError(13, "x", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    told = "targets: targets/2019 is left alone: run targets check on it\n"
    for asked, code in (
        ([], 1),
        (["targets"], 1),
        (["targets/2019"], 1),
        (["targets/2019/plan.yaml"], 1),
        (["targets/2018"], 0),
    ):
        outcome = run("-C", str(registry), "--lang", "en", "fmt", *(str(registry / path) for path in asked))
        assert (outcome.code, outcome.err) == (code, told * code), asked


NEW = ["--key-work", "二", "--target", "新增外贸主体500家以上", "--category", "一般量化指标", "--deadline-month", "12",
       "--half-year-target", "新增250家", "--weight", "3", "--basis", "年度计划第3页", "--verification", "统计数据",
       "--fiscal-project", "否"]  # fmt: skip


def test_new_writes_what_check_accepts(run: Run, registry: Path) -> None:
    outcome = run("-C", str(registry), "--lang", "en", "new", "--slug", "new-entities", *NEW)
    assert outcome.code == 0
    assert outcome.out == (
        "written: targets/2018/29-new-entities.yaml\n"
        "registered as measure: 新增外贸主体, at_least 500家\n"
        "weights: sum 93, 3 over the declared 90\n"
        "targets check fails until the weights of the plan add up\n"
    )
    path = registry / "targets/2018/29-new-entities.yaml"
    assert path.read_text() == (
        "# yaml-language-server: $schema=../../schema/target.schema.json\n"
        "key_work: goods-trade\ntarget: 新增外贸主体500家以上\ncategory: general_quantitative\ndeadline_month: 12\n"
        "half_year_target: 新增250家\nweight: 3\nbasis: 年度计划第3页\nverification: 统计数据\nfiscal_project: false\n"
        "measure:\n  indicator: 新增外贸主体\n  unit: 家\n  aim: at_least\n  full_year: 500\n  half_year: 250\n"
    )
    assert run("-C", str(registry), "check", str(path)).out.endswith("29项目标：0个错误，0个警告\n")
    assert run("-C", str(registry), "fmt", "--check").code == 0


def test_show_says_that_the_plan_of_a_target_can_not_be_read(run: Run, registry: Path) -> None:
    (registry / "targets/2018/plan.yaml").write_text("title: [\n", "utf-8")
    outcome = run("-C", str(registry), "--lang", "en", "show", "2")
    assert outcome.code == 1
    assert "targets/2018/plan.yaml:1:9: error[syntax]" in outcome.out
    assert "no findings" not in outcome.out


def test_a_file_that_is_only_shown_holds_nothing_that_a_runner_obeys(run: Run, registry: Path) -> None:
    texts = {"--target": "完成##[error]x", "--remarks": "甲\n::error::x\n##vso[task.x]y", "--basis": "##[add-mask]z"}
    call = ["-C", str(registry), "new", "--slug", "shown", *NEW, *(part for pair in texts.items() for part in pair)]
    shown = run(*call, "--dry-run")
    assert shown.code == 0
    assert not re.search(r"##\w*\[|^\s*::", shown.out, re.MULTILINE)
    assert run(*call).code == 0
    (written,) = (registry / "targets/2018").glob("*-shown.yaml")
    assert all(text.replace("\n", "\\n") in written.read_text("utf-8") for text in texts.values())
    assert shown.out == written.read_text("utf-8").replace("##[", "## [").replace("##vso", "## vso")


def test_new_tells_a_measure_that_keeps_step(run: Run, registry: Path) -> None:
    call = [word if word != "新增外贸主体500家以上" else "服务贸易增长与全国平均增速同步" for word in NEW]
    call = ["12月份" if word == "12" else "与全国同步" if word == "新增250家" else word for word in call]
    outcome = run("-C", str(registry), "--lang", "en", "new", "--slug", "services", *call)
    assert "registered as measure: 服务贸易增长, match 全国平均增速\n" in outcome.out
    assert outcome.code == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["--slug", "retail-sales"], "the slug retail-sales is taken"),
        (["--slug", "Bad Slug"], "is no slug"),
        (["--slug", "../../x"], "is no slug"),
        (["--slug", "x", "--weight", "30"], "weight 30 is above the maximum 10"),
        (["--slug", "x", "--weight", "三"], "which takes numbers"),
        (["--slug", "x", "--category", "其他"], "it takes key quantitative"),
        (["--slug", "x", "--number", "5"], "number 5 is taken"),
        (["--slug", "x", "--key-work", "99"], "there is no key work 99"),
        (["--slug", "x", "--deadline-month", "13"], "expected at most 12"),
        (["--slug", "x", "--target", "a\u202eb"], "U+202E"),
    ],
)
def test_new_writes_nothing_that_is_wrong(run: Run, registry: Path, change: list[str], said: str) -> None:
    before = sorted(path.name for path in registry.rglob("*"))
    outcome = run("-C", str(registry), "--lang", "en", "new", *NEW, *change)
    assert outcome.code in (1, 2)
    assert said in outcome.err
    assert before == sorted(path.name for path in registry.rglob("*"))


def answered(registry: Path, answers: list[str]) -> tuple[str, str]:
    """What ``new`` says, on standard output and error, to a person at a terminal who answers so."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "target_registry", "-C", str(registry), "--lang", "zh", "new"],
        stdin=follower, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(follower)
    os.write(leader, ("\n".join(answers) + "\n").encode())
    out, err = process.communicate(timeout=60)
    os.close(leader)
    assert process.returncode == 0, err.decode()
    return out.decode(), err.decode()


def test_new_takes_no_number_and_no_slug_that_check_would_refuse(run: Run, registry: Path) -> None:
    before = sorted(path.name for path in (registry / "targets/2018").iterdir())
    taken = run("-C", str(registry), "--lang", "en", "new", *NEW, "--slug", "a", "--number", "28")
    assert (taken.code, "number 28 is taken by targets/2018/28-trade-friction.yaml" in taken.err) == (2, True)
    long = run("-C", str(registry), "--lang", "en", "new", *NEW, "--slug", "y" * 61)
    assert (long.code, "the slug has more than 60 characters" in long.err) == (2, True)
    assert sorted(path.name for path in (registry / "targets/2018").iterdir()) == before
    path = registry / "targets/2018/01-retail-sales.yaml"
    path.rename(path.with_name(f"01-{'x' * 61}.yaml"))
    assert "give it a slug of at most 60 characters" in run("-C", str(registry), "--lang", "en", "check").out


def test_new_proposes_a_slug_in_a_terminal(registry: Path) -> None:
    answered(registry, ["1", "新增外贸主体500家以上", "2", "12", "新增250家", "3", "年度计划", "统计数据", "2", "", ""])
    assert (registry / "targets/2018/29-xin-zeng-wai-mao-zhu-ti.yaml").exists()


def test_new_asks_in_a_terminal(registry: Path) -> None:
    answers = [
        "1",
        "新增外贸主体500家以上",
        "2",
        "13月",
        "十二月",
        "12",
        "新增250家",
        "3",
        "年度计划",
        "统计数据",
        "2",
        "",
        "New",
        "new-one",
    ]
    out, err = answered(registry, answers)
    assert "written" not in out
    assert "29-new-one.yaml" in out
    assert "不得大于12" in err
    assert "应填数字" in err
    written = (registry / "targets/2018/29-new-one.yaml").read_text()
    assert "deadline_month: 12\n" in written
    assert "fiscal_project: false\n" in written


def test_a_closed_pipe_is_quiet() -> None:
    command = f"{sys.executable} -m target_registry table --width 60 | head -n 1"
    done = subprocess.run(["bash", "-c", command], cwd=REGISTRY, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.decode().startswith("2018年度")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("form", ["text", "csv"])
def test_a_full_disk_is_one_line(form: str) -> None:
    command = f"{sys.executable} -m target_registry --lang en table --format {form} > /dev/full"
    done = subprocess.run(["bash", "-c", command], cwd=REGISTRY, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (2, b"targets: the output can't be written: the disk is full\n")


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1", "cp936"])
def test_any_encoding_of_the_terminal(encoding: str) -> None:
    done = targets("table", "--width", "80", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    csv = targets("table", "--format", "csv", PYTHONIOENCODING=encoding)
    assert csv.stdout == targets("table", "--format", "csv").stdout


def test_hash_seed_and_locale_change_nothing() -> None:
    first = targets("check", PYTHONHASHSEED="1").stdout
    assert first == targets("check", PYTHONHASHSEED="2", LC_ALL="C").stdout


@pytest.mark.parametrize("fault", [ZeroDivisionError, EOFError])  # click takes the second for the end of an answer
def test_a_fault_of_the_program_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], fault: type[Exception]
) -> None:
    from target_registry import checking

    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(checking, "check", broken)
    assert main.run(["--lang", "en", "check"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err == (
        f"targets: internal error, {fault.__name__}: this is a fault of the program; "
        "please report it with the output of --debug\n"
    )
    with pytest.raises(fault):
        main.run(["--debug", "check"])


def test_of_many_plans_a_message_names_some(run: Run, tmp_path: Path) -> None:
    for path, text in corpus.files(500):
        full = tmp_path / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, "utf-8")
    call = ("-C", str(tmp_path), "--lang", "en", "table", "--plan")
    assert (
        run(*call, "2018/hangzhou-comerce").err
        == "targets: there is no plan 2018/hangzhou-comerce; did you mean 2018/hangzhou-commerce?\n"
    )
    said = run(*call, "nowhere").err
    assert said.startswith("targets: there is no plan nowhere; there are ")
    assert said.count("hangzhou") == 5
    said = run("-C", str(tmp_path), "--lang", "en", "export", str(tmp_path / "x.csv")).err
    assert said.endswith("; choose one with --plan\n")
    assert said.count("hangzhou") == 5


def test_of_some_files_it_is_told_that_others_have_errors(registry: Path, run: Run) -> None:
    path = registry / "targets/2018/01-retail-sales.yaml"
    path.write_text(path.read_text("utf-8").replace("weight: 4", "weight: 3"), "utf-8")
    found = run("-C", str(registry), "--lang", "en", "check", str(path))
    assert found.code == 0
    assert found.err == "targets: errors in other files: 1; a check without paths lists them\n"


def test_a_note_of_several_lines_is_told_line_by_line(registry: Path, run: Run) -> None:
    subprocess.run(["git", "init", "-q"], cwd=registry, check=True)
    subprocess.run(["git", "add", "."], cwd=registry, check=True)
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *identity, "commit", "-qm", "x"], cwd=registry, check=True)
    out = run("-C", str(registry), "--lang", "en", "weights", "--rev", "HEAD").out
    assert "<U+000A>" not in out
    assert out.splitlines()[-1].startswith("as of HEAD, commit ")


def test_a_day_that_is_none_is_told_whether_it_matters_or_not(run: Run) -> None:
    outcome = run("--lang", "en", "check", "--as-of", "2018-02-30")
    assert (outcome.code, outcome.out) == (2, "")
    assert "2018-02-30 is no date" in outcome.err


def test_what_a_shell_completes(registry: Path) -> None:
    """Fish gives the word itself where others count."""
    for shell, word, told in (
        ("bash", "1", "plain,check"),
        ("zsh", "1", "check"),
        ("fish", "ch", "plain,check"),
        ("zsh", "x", ""),
    ):
        asked = {"_TARGETS_COMPLETE": f"{shell}_complete", "COMP_WORDS": "targets ch", "COMP_CWORD": word}
        done = subprocess.run(
            [sys.executable, "-m", "target_registry", "--lang", "en"], cwd=registry, env={**os.environ, **asked},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if told:
            assert (done.returncode, told in done.stdout) == (0, True), (shell, done)
        else:
            assert (done.returncode, done.stderr) == (
                2,
                "targets: COMP_CWORD is no number, so nothing can be completed\n",
            )


@pytest.mark.parametrize("lacking", ["COMP_WORDS", "COMP_CWORD"])
def test_a_shell_that_does_not_say_what_to_complete(registry: Path, run: Run, lacking: str) -> None:
    said = {"_TARGETS_COMPLETE": "bash_complete", "COMP_WORDS": "targets ch", "COMP_CWORD": "1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in said.items():
            patch.setenv(name, value)
        patch.delenv(lacking)
        outcome = run("-C", str(registry), "--lang", "en")
    assert (outcome.code, outcome.err) == (2, f"targets: {lacking} isn't set, so nothing can be completed\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that a process is in stays there")
@pytest.mark.parametrize("command", [["check"], ["export", "x.csv"], ["diff", "HEAD"], ["import", "--finish"]])
def test_in_a_folder_that_is_not_there_any_more(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    before = Path.cwd()
    os.chdir(gone)
    try:
        gone.rmdir()
        assert main.run(["--lang", "en", *command]) == 2
    finally:
        os.chdir(before)
    said = capsys.readouterr().err
    assert said == "targets: the folder that this was called in isn't there any more; go to another\n"


def test_too_little_memory_is_no_fault_of_the_program(registry: Path, run: Run) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise MemoryError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Context, "check", exhausted)
        outcome = run("-C", str(registry), "--lang", "en", "check")
    assert (outcome.code, outcome.err.startswith("targets: there is too little memory; ")) == (2, True)


def test_an_export_says_what_of_its_plan_it_lacks(registry: Path, run: Run, tmp_path: Path) -> None:
    call = ("-C", str(registry), "--lang", "en", "export", str(tmp_path / "x.csv"), "--force", "--plan")
    target = registry / "targets/2018/01-retail-sales.yaml"
    (registry / "targets/2018/29-copy.yaml").symlink_to(target)
    lacking = run(*call, "2018")
    assert (lacking.code, lacking.err) == (
        1,
        "targets: 1 finding means that the table is not complete; run targets check\n",
    )
    (registry / "targets/2018/29-copy.yaml").unlink()
    assert run("-C", str(registry), "rollover", "2018", "2019").code == 0
    assert run(*call, "2019").code == 0, "what is yet to be filled in is what a form is for"
    target.write_text(target.read_text("utf-8").replace("weight: 4", "weight: much"), "utf-8")
    assert run(*call, "2018").code == 1
    assert run(*call, "2019").code == 0, "the fault is another plan's"
