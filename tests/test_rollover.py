"""Next year's plan from this year's: what goes on is kept, what is to be filled in is marked and listed, nothing else is touched."""

from __future__ import annotations

import itertools
import json
import random
import re
import shutil
from pathlib import Path

import pytest

from target_registry import fields, figures
from target_registry.cli import main
from target_registry.load import Loaded, load
from target_registry.model import Plan
from target_registry.rollover import blank
from target_registry.sources.worktree import Worktree
from tests.conftest import ROOT, Outcome, Run

ZH, EN = fields.UNFILLED["zh"], fields.UNFILLED["en"]


def loaded(root: Path) -> Loaded:
    return load(Worktree(root))


def plan_of(root: Path, identity: str) -> Plan:
    return next(plan for plan in loaded(root).registry.plans if plan.id == identity)


def snapshot(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def roll(run: Run, root: Path, *arguments: str) -> Outcome:
    return run("--lang", "en", "-C", str(root), "rollover", *arguments)


def listed(run: Run, root: Path, year: str = "2019") -> list[str]:
    """What the check says of a year's files, without hints and the sum."""
    lines = run("--lang", "en", "-C", str(root), "check").out.splitlines()
    return [line for line in lines if line.startswith(f"targets/{year}/")]


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), "utf-8")


def fill(root: Path, year: str = "2019") -> None:
    """What a person does with the list: every mark gives way to what holds this year."""
    for path in sorted((root / "targets" / year).rglob("*.yaml")):
        lines = []
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("basis: "):
                lines.append("basis: 2019年国民经济和社会发展计划第1页")
            elif line.startswith("remarks: "):
                lines.append(line.replace(ZH, "已完成"))
            elif re.match(r" +full_year: ", line):
                lines.append(f"  full_year: {'12' if '八分之一' in path.read_text('utf-8') else '11'}")
            else:
                lines.append(line)
        text = "\n".join(lines) + "\n"
        # The year's figure is 11 and the half year's 5, a hundredth or a ratio where there is no unit.
        share = "half_year: " + ZH
        text = text.replace(share, "half_year: 5")
        text = re.sub(rf"^(target: .*?){ZH}", r"\g<1>11", text, flags=re.MULTILINE)
        text = re.sub(rf"^(half_year_target: .*?){ZH}", r"\g<1>5", text, flags=re.MULTILINE)
        text = re.sub(rf"^(verification: .*?){ZH}", r"\g<1>2019", text, flags=re.MULTILINE)
        text = text.replace("占全国11左右", "占全国12%左右").replace("占全国5左右", "占全国5%左右")
        path.write_text(text.replace(f"第{ZH}届", "第三届").replace(f"达{ZH}%", "达35%"), "utf-8")


# The real form.


def test_what_goes_on_stays(run: Run, registry: Path) -> None:
    before = snapshot(registry)
    done = roll(run, registry, "2018", "2019")
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("1 plan carried over\n102 places are to be filled in; targets check lists them\n")
    after = snapshot(registry)
    assert {path: data for path, data in after.items() if path in before} == before
    assert sorted(set(after) - set(before)) == sorted(done.out.splitlines()[:-2])
    assert {path.replace("2019", "2018") for path in set(after) - set(before)} == {
        path for path in before if path.startswith("targets/2018/")
    }
    old, new = plan_of(registry, "2018"), plan_of(registry, "2019")
    # What is the second this year is the third next year, and 30 % is this year's.
    assert [work.title.replace(f"第{ZH}届", "第二届").replace(f"达{ZH}%", "达30%") for work in new.key_works] == [
        work.title for work in old.key_works
    ]
    assert [work.title.count(ZH) for work in new.key_works if ZH in work.title] == [1, 1]
    kept = ("key_work", "category", "deadline_month", "weight", "fiscal_project")
    for was, now in zip(old.targets, new.targets, strict=True):
        assert (now.number, now.slug) == (was.number, was.slug)
        assert {key: now.values.get(key) for key in kept} == {key: was.values.get(key) for key in kept}
        assert now.text("replaces") == f"2018/{was.slug}"
        assert not now.as_filed
        assert re.fullmatch(
            rf"2018年目标：{re.escape(was.text('target').rstrip('。'))}；完成情况：{ZH}", now.text("remarks")
        )
        assert now.text("basis") == f"{ZH}（2018年为：{was.text('basis')}）"


def test_the_plan_says_the_new_year_and_is_approved_by_nobody(run: Run, registry: Path) -> None:
    path = registry / "targets/2018/plan.yaml"
    change(path, "language: zh\n", "language: zh # of the form\nstatus: approved\napproved_revision: approved-2018\n")
    path.write_text(
        path.read_text("utf-8")
        + "waivers:\n  - rule: half-year-missing\n    target: import-expo\n    reason: 按部署\n",
        "utf-8",
    )
    assert roll(run, registry, "2018", "2019").code == 0
    text = (registry / "targets/2019/plan.yaml").read_text("utf-8")
    assert text.startswith(
        "# yaml-language-server: $schema=../../schema/plan.schema.json\n"
        "title: 2019年度省政府部门（省商务厅）重点工作绩效目标填报表\n"
        "department: 省商务厅\n"
        "year: 2019\n"
        "language: zh # of the form\n"
        "weight_rules:\n  total: 90\n"
    )
    assert not re.search("status|approved|waiver|half-year-missing", text)


def numbers(text: str) -> list[str]:
    return [figure.text for figure in figures.find(text)]


def test_no_figure_of_last_year_is_left_but_as_the_baseline(run: Run, registry: Path) -> None:
    assert roll(run, registry, "2018", "2019").code == 0
    files = {path.name: path.read_text("utf-8") for path in (registry / "targets/2019").iterdir()}
    quantified = 0
    for was, now in zip(plan_of(registry, "2018").targets, plan_of(registry, "2019").targets, strict=True):
        for key in ("target", "half_year_target"):
            assert numbers(now.text(key)) == []
            assert now.text(key).count(ZH) == len(numbers(was.text(key))) + was.text(key).count("第二届")
            assert (key in now.values) == (key in was.values)
        if "full_year" not in was.measure:
            continue
        quantified += 1
        text = files[Path(now.path).name]
        assert re.findall(r"^  (\w+): (?:【待填】)$", text, re.MULTILINE) == [
            key for key in ("full_year", "half_year") if key in was.measure
        ]
        assert f"  baseline: {was.measure['full_year']}\n" in text
        assert f"  indicator: {was.measure['indicator']}\n" in text
    assert quantified == 12


def test_a_measure_that_keeps_step_keeps_no_base_of_the_year_before_last(run: Run, registry: Path) -> None:
    assert roll(run, registry, "2018", "2019").code == 0
    kept = {target.slug: target for target in plan_of(registry, "2019").targets}["goods-trade-growth"]
    assert kept.measure == {
        "indicator": "货物贸易进出口同比增速", "unit": "%", "aim": "match", "reference": "全国货物贸易进出口平均增速",
    }  # fmt: skip


def test_comments_quotes_and_the_order_of_keys_stay(run: Run, registry: Path) -> None:
    path = registry / "targets/2018/01-retail-sales.yaml"
    path.write_text(
        "# yaml-language-server: $schema=../../schema/target.schema.json\n"
        "# 牵头处室：市场处\n"
        "category: key_quantitative\n"
        "key_work: 'consumption'   # 一\n"
        'target: "社会消费品零售总额增长9%左右" # 全省\n'
        "deadline_month: 12\n"
        "\n"
        "half_year_target: 8.5%左右 # 上半年\n"
        "weight: 4\n"
        "basis: 2018年国民经济和社会发展计划 # 页码待补\n"
        "verification: 省统计局统计数据\n"
        "fiscal_project: false\n"
        "remarks: 2017年同比增长10.6% # 统计公报\n"
        "measure:\n"
        "  indicator: 社会消费品零售总额同比增速\n"
        '  unit: "%"\n'
        "  aim: about\n"
        "  full_year: 9 # 与全国一致\n"
        "  half_year: 8.5\n"
        "  baseline: 10.6\n"
        "# 完\n",
        "utf-8",
    )
    assert roll(run, registry, "2018", "2019").code == 0
    assert (registry / "targets/2019/01-retail-sales.yaml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../../schema/target.schema.json\n"
        "# 牵头处室：市场处\n"
        "category: key_quantitative\n"
        "key_work: 'consumption'   # 一\n"
        'target: "社会消费品零售总额增长【待填】%左右" # 全省\n'
        "deadline_month: 12\n"
        "\n"
        "half_year_target: 【待填】%左右 # 上半年\n"
        "weight: 4\n"
        "basis: 【待填】（2018年为：2018年国民经济和社会发展计划） # 页码待补\n"
        "verification: 省统计局统计数据\n"
        "fiscal_project: false\n"
        "remarks: 2018年目标：社会消费品零售总额增长9%左右；完成情况：【待填】 # 统计公报\n"
        "measure:\n"
        "  indicator: 社会消费品零售总额同比增速\n"
        '  unit: "%"\n'
        "  aim: about\n"
        "  full_year: 【待填】 # 与全国一致\n"
        "  half_year: 【待填】\n"
        "  baseline: 9\n"
        "replaces: 2018/retail-sales\n"
        "# 完\n"
    )


def test_check_lists_each_place_once_and_else_only_what_it_said_of_last_year(run: Run, registry: Path) -> None:
    assert roll(run, registry, "2018", "2019").code == 0
    said = listed(run, registry)
    places = [line.split(" ")[0] for line in said if "[unfilled]" in line]
    marked = [
        f"{path.relative_to(registry).as_posix()}:{number}"
        for path in sorted((registry / "targets/2019").iterdir())
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if ZH in line
    ]
    assert sorted(re.sub(r":\d+:$", "", place) for place in places) == sorted(marked)
    others = {re.sub(r":\d+:\d+:", "", line) for line in said if "[unfilled]" not in line}
    before = {re.sub(r":\d+:\d+:", "", line).replace("2018/", "2019/", 1) for line in listed(run, registry, "2018")}
    assert others < before
    assert not any("error[" in line for line in others)


def test_filled_in_by_hand_it_is_clean(run: Run, registry: Path) -> None:
    assert roll(run, registry, "2018", "2019").code == 0
    fill(registry)
    assert [line for line in listed(run, registry) if "error[" in line] == []
    assert run("-C", str(registry), "check").code == 0
    text = "".join(path.read_text("utf-8") for path in (registry / "targets/2019").iterdir())
    assert ZH not in text


def test_filled_in_on_the_form_its_measures_follow(run: Run, registry: Path, tmp_path: Path) -> None:
    """A figure of a measure that is still blank is whatever the sentence says once it is filled in."""
    import openpyxl

    assert roll(run, registry, "2018", "2019").code == 0
    form = tmp_path / "form.xlsx"
    assert run("-C", str(registry), "export", str(form), "--plan", "2019").code == 0
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("社会消费品零售总额增长"):
                cell.value = "社会消费品零售总额增长8%左右"
            elif cell.value == f"{ZH}%左右":
                cell.value = "7.5%左右"
    book.save(form)
    done = run("-C", str(registry), "import", str(form), "--into", "2019", "--write")
    assert done.code in (0, 1), done.err
    text = (registry / "targets/2019/01-retail-sales.yaml").read_text("utf-8")
    assert "  full_year: 8\n  half_year: 7.5\n  baseline: 9\n" in text


def test_the_year_after_goes_on_from_it(run: Run, registry: Path) -> None:
    assert roll(run, registry, "2018", "2019").code == 0
    before = snapshot(registry)
    unfinished = roll(run, registry, "2019", "2020")
    assert (unfinished.code, unfinished.out) == (2, "")
    assert "plan 2019 has files with faults or places to be filled in" in unfinished.err
    assert snapshot(registry) == before
    fill(registry)
    assert roll(run, registry, "2019", "2020").code == 0
    target = plan_of(registry, "2020").targets[0]
    assert target.text("replaces") == "2019/retail-sales"
    assert target.text("remarks") == f"2019年目标：社会消费品零售总额增长11%左右；完成情况：{ZH}"


def test_a_dry_run_writes_nothing(run: Run, registry: Path) -> None:
    before = snapshot(registry)
    tried = roll(run, registry, "2018", "2019", "--dry-run")
    assert tried.out.endswith("targets/2019/plan.yaml\n1 plan would be carried over\n")
    assert snapshot(registry) == before
    assert roll(run, registry, "2018", "2019").out.splitlines()[:-2] == tried.out.splitlines()[:-1]


# Several departments.


@pytest.fixture
def province(registry: Path) -> Path:
    """Two departments' plans of one year."""
    folder = registry / "targets/2018"
    for name in ("commerce", "agriculture"):
        shutil.copytree(folder, registry / "targets/new" / name)
        for path in (registry / "targets/new" / name).iterdir():
            text = path.read_text("utf-8").replace("$schema=../../", "$schema=../../../")
            if path.name == "plan.yaml":
                text = text.replace("department: 省商务厅\n", f"department: 省商务厅\ndepartment_id: {name}\n")
                text = text.replace("省商务厅", f"省{name}厅")
            path.write_text(text, "utf-8")
    shutil.rmtree(folder)
    (registry / "targets/new").rename(folder)
    return registry


def test_a_year_carries_over_all_its_departments(run: Run, province: Path) -> None:
    done = roll(run, province, "2018", "2019")
    assert done.code == 0, done.err
    assert "2 plans carried over\n204 places are to be filled in" in done.out
    assert {plan.id for plan in loaded(province).registry.plans} == {
        f"{year}/{name}" for year in (2018, 2019) for name in ("commerce", "agriculture")
    }
    first = (province / "targets/2019/commerce/01-retail-sales.yaml").read_text("utf-8")
    assert first.startswith("# yaml-language-server: $schema=../../../schema/target.schema.json\n")
    assert "replaces: 2018/commerce/retail-sales\n" in first
    assert not [line for line in listed(run, province) if "error[" in line and "[unfilled]" not in line]


@pytest.mark.parametrize("new", ["2019/commerce", "2019", "targets/2019/commerce/", "targets\\2019"])
def test_one_department_s_plan_stays_that_department_s(run: Run, province: Path, new: str) -> None:
    assert roll(run, province, "2018/commerce", new).code == 0
    assert {plan.id for plan in loaded(province).registry.plans if plan.year == 2019} == {"2019/commerce"}


def test_a_plan_that_moves_into_a_department_s_folder_says_so(run: Run, registry: Path) -> None:
    """And its files' way to the schemas gets longer."""
    assert roll(run, registry, "2018", "2019/commerce").code == 0
    for path in (registry / "targets/2019/commerce").iterdir():
        assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../../../schema/")
    assert plan_of(registry, "2019/commerce").values["department_id"] == "commerce"
    assert not [line for line in listed(run, registry) if "error[" in line and "[unfilled]" not in line]


def test_a_second_department_joins_a_year(run: Run, province: Path) -> None:
    assert roll(run, province, "2018/commerce", "2019").code == 0
    before = snapshot(province)
    taken = roll(run, province, "2018", "2019")
    assert (taken.code, taken.out) == (2, "")
    assert "there is a plan 2019/commerce already; nothing was written" in taken.err
    assert snapshot(province) == before
    assert roll(run, province, "2018/agriculture", "2019").code == 0


# What is refused.


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2017", "2019", "there is no plan 2017; the plans are 2018"),
        ("", "2019", "there is no plan"),
        ("201", "2019", "there is no plan 201;"),
        ("../2018", "2019", "there is no plan ../2018"),
        ("2018/plan.yaml", "2019", "there is no plan"),
        ("2018", "2018", "2018 is not after 2018"),
        ("2018", "2017", "2017 is not after 2018"),
        ("2018", "1948", "1948 is no folder of a plan"),
        ("2018", "3000", "3000 is no folder of a plan"),
        ("2018", "", "is no folder of a plan"),
        ("2018", "19", "is no folder of a plan"),
        ("2018", "二〇一九", "is no folder of a plan"),
        ("2018", "２０１９", "is no folder of a plan"),
        ("2018", "../x", "is no folder of a plan"),
        ("2018", "2019/..", "is no folder of a plan"),
        ("2018", "2019/../../etc", "is no folder of a plan"),
        ("2018", "/2019/../x", "is no folder of a plan"),
        ("2018", "2019/a/b", "is no folder of a plan"),
        ("2018", "2019/Commerce", "is no folder of a plan"),
        ("2018", "2019/商务", "is no folder of a plan"),
        ("2018", "2019\n", "is no folder of a plan"),
        ("2018", "2019/" + "a" * 61, "is no folder of a plan"),
    ],
)
def test_where_it_can_t_lead(run: Run, registry: Path, old: str, new: str, told: str) -> None:
    before = snapshot(registry.parent)
    refused = roll(run, registry, old, new)
    assert (refused.code, refused.out) == (2, "")
    assert told in refused.err
    assert refused.err.count("\n") == 1
    assert snapshot(registry.parent) == before


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("01-retail-sales.yaml", "weight: 4", "weight: 三分"),
        ("01-retail-sales.yaml", "weight: 4", "weihgt: 4"),
        ("01-retail-sales.yaml", "target: 社会", "target：社会"),
        ("01-retail-sales.yaml", "target: 社会消费品零售总额增长9%左右\n", ""),
        ("01-retail-sales.yaml", "remarks: 2017年同比增长10.6%", f"remarks: {ZH}"),
        ("plan.yaml", "year: 2018", "year: 2018年"),
        ("plan.yaml", "language: zh", "language: [zh"),
    ],
)
def test_files_with_faults_are_not_carried_over(run: Run, registry: Path, name: str, before: str, after: str) -> None:
    """What could not be read would be missing in the next year, and nobody would know."""
    change(registry / "targets/2018" / name, before, after)
    there = snapshot(registry)
    refused = roll(run, registry, "2018", "2019")
    assert (refused.code, refused.out) == (2, "")
    assert f"the first in targets/2018/{name}, line " in refused.err
    assert snapshot(registry) == there


def test_no_plan_is_made_where_records_lie(run: Run, registry: Path) -> None:
    refused = roll(run, registry, "2018", "2019/adjustments")
    assert (refused.code, refused.out) == (2, "")
    assert "2019/adjustments is no folder of a plan" in refused.err
    assert not (registry / "targets/2019").exists()


def test_a_slug_longer_than_records_take_is_told_before_it_is_in_the_way(run: Run, registry: Path) -> None:
    folder = registry / "targets/2018"
    long = folder / f"01-{'x' * 61}.yaml"
    (folder / "01-retail-sales.yaml").rename(long)
    told = run("--lang", "en", "-C", str(registry), "check", "--format", "json")
    found = [finding for finding in json.loads(told.out)["findings"] if finding["code"] == "misnamed-file"]
    assert [finding["hint"] for finding in found] == ["give it a slug of at most 60 characters"]
    long.rename(folder / f"01-{'x' * 60}.yaml")
    assert "misnamed-file" not in run("-C", str(registry), "check").out
    assert roll(run, registry, "2018", "2019").code == 0


@pytest.mark.parametrize("name", ["retail-sales.yaml", "1-retail-sales.yaml", "00-retail-sales.yaml", "01-Retail.yaml"])
def test_files_without_a_number_or_a_slug_are_not_carried_over(run: Run, registry: Path, name: str) -> None:
    (registry / "targets/2018/01-retail-sales.yaml").rename(registry / "targets/2018" / name)
    there = snapshot(registry)
    refused = roll(run, registry, "2018", "2019")
    assert (refused.code, refused.out) == (2, "")
    assert "run targets check" in refused.err
    assert snapshot(registry) == there


@pytest.mark.parametrize("what", ["plan", "target", "folder", "link", "file"])
def test_what_is_there_is_not_touched(run: Run, registry: Path, tmp_path: Path, what: str) -> None:
    new = registry / "targets/2019"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if what == "plan":
        shutil.copytree(registry / "targets/2018", new)
        change(new / "plan.yaml", "year: 2018", "year: 2019")
    elif what == "target":
        new.mkdir()
        (new / "28-trade-friction.yaml").write_text("mine\n")
    elif what == "folder":
        (new / "28-trade-friction.yaml").mkdir(parents=True)
    elif what == "link":
        new.symlink_to(elsewhere)
    else:
        new.write_text("mine\n")
    there = snapshot(tmp_path)
    refused = roll(run, registry, "2018", "2019")
    assert (refused.code, refused.out) == (2, ""), refused.out
    assert refused.err.count("\n") == 1
    assert snapshot(tmp_path) == there
    assert list(elsewhere.iterdir()) == []


def test_a_readme_in_the_new_folder_is_in_nobody_s_way(run: Run, registry: Path) -> None:
    (registry / "targets/2019").mkdir()
    (registry / "targets/2019/README.md").write_text("mine\n")
    assert roll(run, registry, "2018", "2019").code == 0


# Sentences.


@pytest.mark.parametrize(
    ("sentence", "blanked"),
    [
        ("新增企业10家，培育企业10家", "新增企业【】家，培育企业【】家"),
        ("增长９％左右", "增长【】％左右"),
        ("出口总额占全国八分之一左右", "出口总额占全国【】左右"),
        ("增长5%—8%", "增长【】%—【】%"),
        ("增长５—８％", "增长【】—【】％"),
        ("增长8-10%，新增3家", "增长【】-【】%，新增【】家"),
        ("新增企业10000家", "新增企业【】家"),
        ("新增企业10,000家", "新增企业【】家"),
        ("新增企业1万家", "新增企业【】万家"),
        ("新增企业1.5万家以上", "新增企业【】万家以上"),
        ("举办活动二十余场", "举办活动【】余场"),
        ("产值翻一番", "产值【】"),
        ("重大事故为零", "重大事故为【】"),
        ("占比提高2个百分点", "占比提高【】个百分点"),
        ("4月底前完成3项", "4月底前完成【】项"),
        ("2018年4月底前完成3项", "【】年4月底前完成【】项"),
        ("比2017年增长9%", "比【】年增长【】%"),
        ("到2020年建成", "到2020年建成"),
        ("实施2017—2019年行动计划", "实施2017—2019年行动计划"),
        ("落实《2018年工作要点》和国发〔2018〕39号", "落实《2018年工作要点》和国发〔2018〕39号"),
        ("办好第二届世界油商大会", "办好第【】届世界油商大会"),
        ("出席第12届年会，第三次修订", "出席第【】届年会，第三次修订"),
        ("落实第十三届全国人大二次会议精神", "落实第十三届全国人大二次会议精神"),
        (
            "学习贯彻党的第十九届中央委员会决定，办好第3届油商大会",
            "学习贯彻党的第十九届中央委员会决定，办好第【】届油商大会",
        ),
        ("完成投资三点五亿元，新增10到20家", "完成投资【】亿元，新增【】到【】家"),
        ("新建一批“一带一路”境外经贸合作区", "新建一批“一带一路”境外经贸合作区"),
        ("建设5G基站500个", "建设5G基站【】个"),
        ("𠮷祥㎡：㈠新增3家", "𠮷祥㎡：㈠新增【】家"),
        ("Exports grow by 9% by June 30, 2018", "Exports grow by 【】% by June 30, 【】"),
        ("", ""),
    ],
)
def test_figures_and_years_give_way_and_their_surroundings_stay(sentence: str, blanked: str) -> None:
    assert blank(sentence, 2018, "【】") == blanked


def test_each_figure_has_its_place() -> None:
    """Whatever its digits are written with, what stands at a figure's place is the figure, and all else stays."""
    dice = random.Random(2019)  # noqa: S311  no secret
    pieces = [
        "新增", "9", "９", "%", "％", "家", "万", "1,000", "八分之一", "—", "-", "5", "～", "，", "2018", "年", "〔", "〕", "号",
        "《", "》", "第", "翻", "番", "零", "三", "月底", "P4", " ", "个百分点", "①", "㈠", "ﬁ", "e\u0301", "2/3", "以上",
    ]  # fmt: skip
    for _ in range(3000):
        sentence = "".join(dice.choice(pieces) for _ in range(dice.randint(0, 14)))
        places = figures.places(sentence)
        assert all(0 <= start < end <= len(sentence) for start, end in places), sentence
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(places)), sentence
        if "\u0301" not in sentence:
            found = figures.find(sentence)
            # 八分之一八 has two ends in one place.
            twins = sum(
                one.ranged and (one.text, one.unit) == (two.text, two.unit) for one, two in itertools.pairwise(found)
            )
            assert len(places) in (len(found), len(found) - twins), sentence


def test_the_year_of_a_proof_is_marked_and_its_figures_stay(run: Run, registry: Path) -> None:
    assert roll(run, registry, "2018", "2019").code == 0
    said = {target.slug: target.text("verification") for target in plan_of(registry, "2019").targets}
    assert said["waste-recycling"] == f"{ZH}年省政府十件民生实事工作督查"
    assert said["ecommerce-towns"] == "拥有3个电商村的乡镇为“电商镇”"


def test_texts_that_grow_too_long_keep_their_mark(run: Run, registry: Path) -> None:
    path = registry / "targets/2018/08-yiwu-pilot-plan.yaml"
    target = {t.slug: t for t in plan_of(registry, "2018").targets}["yiwu-pilot-plan"]
    for key in ("target", "basis"):
        change(path, f"{key}: {target.text(key)}\n", f"{key}: {'长' * 1999}句\n")
    assert roll(run, registry, "2018", "2019").code == 0
    rolled = {t.slug: t for t in plan_of(registry, "2019").targets}["yiwu-pilot-plan"]
    for key in ("basis", "remarks"):
        assert 1990 < len(rolled.text(key)) <= 2000
        assert ZH in rolled.text(key)


def test_an_english_plan_is_marked_in_english(run: Run, registry: Path) -> None:
    change(registry / "targets/2018/plan.yaml", "language: zh", "language: en")
    change(
        registry / "targets/2018/01-retail-sales.yaml", "社会消费品零售总额增长9%左右", "Retail sales grow by about 9%"
    )
    assert roll(run, registry, "2018", "2019").code == 0
    text = (registry / "targets/2019/01-retail-sales.yaml").read_text("utf-8")
    for line in (
        f"target: Retail sales grow by about {EN}%",
        f'basis: "{EN} (2018: 2018年国民经济和社会发展计划)"',
        f'remarks: "2018 target: Retail sales grow by about 9%; achieved: {EN}"',
        f'  full_year: "{EN}"',
    ):
        assert f"{line}\n" in text
    assert ZH not in "".join(path.read_text("utf-8") for path in (registry / "targets/2019").iterdir())
    assert len([line for line in listed(run, registry) if "[unfilled]" in line]) == 102
    assert not [line for line in listed(run, registry) if "error[" in line and "[unfilled]" not in line]


def test_any_words_are_answered_in_one_sentence(registry: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Random folders: never a traceback, never a file but those of a plan below ``targets/``."""
    dice = random.Random(2018)  # noqa: S311  no secret
    pieces = ["2018", "2019", "20", "19", "/", "..", ".", "\\", "targets", "commerce", "a", "-", " ", "\n", "省", "\udcff",
              "\u202e", "~", "*", "%", "９", "plan.yaml", "\x1b"]  # fmt: skip
    before = snapshot(registry.parent)
    for _ in range(150):
        words = ["".join(dice.choice(pieces) for _ in range(dice.randint(0, 4))) for _ in range(2)]
        if dice.random() < 0.5:
            words[0] = "2018"
        code = main.run(["--lang", "en", "--debug", "-C", str(registry), "rollover", "--", *words])
        out, err = capfd.readouterr()
        assert code in (0, 2), (words, err)
        assert err.count("\n") == (code == 2), words
        after = snapshot(registry.parent)
        if code == 0:
            new = [path for path in after if path not in before]
            assert len(new) == 29, words
            assert all(re.fullmatch(r"registry/targets/\d{4}/([a-z-]+/)?[\w-]+\.yaml", path) for path in new), words
            for path in new:
                (registry.parent / path).unlink()
            shutil.rmtree(registry / "targets" / new[0].split("/")[2])
        else:
            assert out == ""
            assert after == before, words


def test_the_schemas_stand_where_the_files_look_for_them(run: Run, registry: Path) -> None:
    assert roll(run, registry, "2018", "2019").code == 0
    for path in (registry / "targets/2019").iterdir():
        found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text("utf-8"))
        assert found is not None
        assert (path.parent / found[1]).resolve().is_file()
    assert (ROOT / "schema").is_dir()
