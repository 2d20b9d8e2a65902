"""The quick way through a large registry finds what the long one does, to the letter."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks import corpus
from target_registry import (
    aims,
    clearance,
    contradictions,
    escape,
    figures,
    fitting,
    heads,
    limits,
    plans,
    reports,
    rules,
    schema,
    workers,
)
from target_registry import load as module
from target_registry.checking import Checked, check
from target_registry.documents import canonical, reader
from target_registry.inventory import Inventory
from target_registry.language import Speech
from target_registry.load import load
from target_registry.model import FileName, Finding, Level, Message, Plan, Registry, Target, Where
from target_registry.plans import Reader, Sheet
from target_registry.rules import unverifiable_wording
from target_registry.sources.overlay import Overlay
from target_registry.sources.worktree import Worktree
from tests.conftest import ROOT, Run
from tests.test_quick import same

CASES = sorted(path.parent for path in (ROOT / "tests" / "cases").rglob("targets") if path.is_dir())
FILES = sorted((ROOT / "tests").rglob("*.yaml"))
SAY = Speech("en")
CLEARANCE = clearance.Clearance()
PLAIN = CLEARANCE.plain()
SOUND = next(text for path, text in corpus.files(20) if "plan.yaml" not in path).encode()
# What people and attackers change in a file: lines go, come twice, change places, and get words that rules look for.
PIECES = (
    "。", "，", "（", "）", "(2018)12号", "浙政发﹝2018﹞3号", "《", "》", "“", "”", "1）", "争取", "积极谋划", "努力", "约", "左右", "以上",
    "以内", "不超过", "不低于", "前", "近", "12", "9%", "3家", "0", "八分之一", "翻一番", "十二家", "征求意见稿", "待发", "XX号", "〕号",
    "【待填】", "[to fill in]", " ", "\u3000", "\u200b", "：", ":", "#", '"', "'", '。"', '"一"', "①", "Ⅱ", "ａｂｏｕｔ", "＜", "％", "５", "百分点", "个", "第",
    "至", "-", "~", "年", "月", "\n", "\n\n", "# x\n", "null", "true", "1e3", "-0", "0.50", "1_000", "é", "\ue000", "𠀀", "\x07", "\ufeff",
)  # fmt: skip


def told(findings: list[Finding] | tuple[Finding, ...]) -> list[str]:
    """Findings as one reads them, with their places."""
    return [
        f"{f.where.path}:{f.line}:{f.column} {f.level} {f.code} {SAY.tell(f.message)} | {f.hint and SAY.tell(f.hint)}"
        for f in findings
    ]


def the_long_way(root: Path) -> list[str]:
    loaded = load(Worktree(root))
    return told(loaded.located([*loaded.findings, *rules.judge(loaded.registry)]))


def checked(root: Path, processes: int = 1) -> Checked:
    return check(Worktree(root), processes=processes)


@pytest.fixture(params=[True, False], ids=["large", "small"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is quick for each file is made for few files too, or for none."""
    monkeypatch.setattr(module, "_LARGE", 1 if request.param else 10**9)


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.relative_to(ROOT / "tests" / "cases").as_posix())
def test_a_case_is_judged_alike(case: Path) -> None:
    found = checked(case)
    assert told(list(found.findings)) == the_long_way(case)
    registry = load(Worktree(case)).registry
    assert (found.plans, found.targets) == (len(registry.plans), len(registry.targets))
    assert found.waivers == sum(len(plan.waivers) for plan in registry.plans)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "registry"
    corpus.write(folder, 250)
    return folder


def mutated(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            place = chance.randrange(len(lines[at]) + 1)
            kept = place + chance.choice((0, 0, 1, 2))
            lines[at] = lines[at][:place] + chance.choice(PIECES) + lines[at][kept:]
    return "\n".join(lines)


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("seed", range(6))
def test_a_province_of_mutants_is_judged_alike(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    for path, text in corpus.files(120, seed):
        full = tmp_path / path
        full.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(chance.choice((0, 1, 1, 2))):
            text = mutated(chance, text)  # noqa: PLW2901  again and again
        name = full
        if chance.random() < 0.03:
            name = full.with_name(chance.choice((f"{full.stem} (1).yaml", full.name.upper(), f"9{full.name}", "x.txt")))
        if chance.random() < 0.98:
            name.write_text(text, "utf-8", newline="\n")
    assert told(list(checked(tmp_path).findings)) == the_long_way(tmp_path)


def test_references_between_plans_are_judged_alike(tmp_path: Path) -> None:
    for path, text in corpus.files(90):
        full = tmp_path / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, "utf-8", newline="\n")
    first, second, *_ = sorted((tmp_path / "targets" / "2018").iterdir(), key=lambda path: path.name) + sorted(
        (tmp_path / "targets" / "2019").iterdir()
    )
    one, other = sorted(second.glob("0*.yaml"))[:2]
    plan = first.relative_to(tmp_path / "targets").as_posix()
    slug = min(first.glob("0*.yaml")).stem.partition("-")[2]
    one.write_text(one.read_text("utf-8") + f"replaces: {plan}/{slug}\n", "utf-8")
    other.write_text(other.read_text("utf-8") + f"replaces: {plan}/{slug}x\n", "utf-8")
    (second / "plan.yaml").write_text(
        (first / "plan.yaml").read_text("utf-8")
        + f"waivers:\n  - rule: replaces-unknown\n    target: {slug}\n    reason: 另有说明\n",
        "utf-8",
    )
    found = told(list(checked(tmp_path).findings))
    assert found == the_long_way(tmp_path)
    assert any("replaces-unknown" in line for line in found)
    assert any("duplicate-plan" in line for line in found)


HEADINGS = (
    "推进农村物流重点工作", "推进农村物流重点工作。", "“推进农村物流重点工作”", "'\"推进农村物流重点工作\"'", "'\"推进农村物流重点工作。\"'", '"推进农村物流重点工作;"',
    "'「推进农村物流重点工作」'", "无", "'\"无\"'", '"无"', "待定", "推进（农村物流重点工作", "1）推进农村物流重点工作", "(2018)12号文件重点工作", "【待填】", "'【待填】'",
)  # fmt: skip


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("key", ["    title", "title", "department"])
@pytest.mark.parametrize("said", HEADINGS)
def test_headings_are_judged_alike(province: Path, key: str, said: str, tmp_path: Path) -> None:
    home = next(province.glob("targets/*/*"))
    copied = tmp_path / home.relative_to(province)
    shutil.copytree(home, copied)
    plan = copied / "plan.yaml"
    plan.write_text(re.sub(f"(?m)^{key}: .*$", f"{key}: {said}", plan.read_text("utf-8"), count=1), "utf-8")
    assert told(list(checked(tmp_path).findings)) == the_long_way(tmp_path)


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("processes", [2, 3, 7])
def test_the_number_of_processes_changes_nothing(province: Path, processes: int) -> None:
    assert told(list(checked(province, processes).findings)) == told(list(checked(province).findings))


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("processes", [2, 3])
def test_a_registry_is_loaded_alike_by_several_processes(province: Path, processes: int) -> None:
    one, several = load(Worktree(province)), load(Worktree(province), processes=processes)
    assert [t.path for t in several.registry.targets] == [t.path for t in one.registry.targets]
    assert [dict(t.values) for t in several.registry.targets] == [dict(t.values) for t in one.registry.targets]
    judged = [told(found.located([*found.findings, *rules.judge(found.registry)])) for found in (one, several)]
    assert judged[0] == judged[1]
    assert judged[0]


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("processes", [1, 2, 3])
def test_what_is_made_of_each_plan_is_made_alike_by_several_processes(
    province: Path, tmp_path: Path, processes: int
) -> None:
    root = tmp_path / "faulty"
    shutil.copytree(province, root)
    for path in sorted(root.glob("targets/*/*/0*.yaml"))[::7]:
        path.write_text("target: [\n", encoding="utf-8")
    source = Worktree(root)
    listed = Inventory(source)
    loaded = load(source)
    plans = loaded.registry.plans
    wanted = {plan.id for plan in plans[1:]}

    def make(plan: Plan) -> list[tuple[str, dict[str, Any]]]:
        return [(target.path, dict(target.values)) for target in plan.targets]

    each = module.each(source, listed, wanted, make, processes=processes)
    assert each.made == [make(plan) for plan in plans[1:]]
    folder = plans[0].path.rpartition("/")[0] + "/"
    paths = [finding.where.path for finding in loaded.findings] + [stray.path for stray in loaded.registry.strays]
    assert each.missing == sum(not path.startswith(folder) for path in paths) > 0
    assert module.each(source, listed, {plan.id for plan in plans}, make, processes=processes).missing == len(paths)


def test_what_is_wrong_with_another_plan_makes_no_table_incomplete(registry: Path, run: Run) -> None:
    shutil.copytree(registry / "targets/2018", registry / "targets/2019")
    (registry / "targets/2019/01-retail-sales.yaml").write_text("target: [\n", "utf-8")
    (registry / "targets/2019/sub").mkdir()
    shutil.copy(registry / "targets/2018/01-retail-sales.yaml", registry / "targets/2019/sub")
    for command in (("table",), ("weights",), ("table", "--format", "json")):
        called = ("-C", str(registry), *command)
        outcome = run(*called, "--plan", "2018")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out
        assert run(*called, "--plan", "2019").code == 1
        assert run(*called).code == 1


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_a_table_of_many_plans_is_that_of_each(province: Path, form: str, run: Run) -> None:
    """What a format for machines makes of one plan doesn't depend on the others."""
    whole = run("-C", str(province), "table", "--format", form, "--columns", "number,target,weight").out
    plans = [plan.id for plan in load(Worktree(province)).registry.plans]
    alone = [
        run("-C", str(province), "table", "--format", form, "--columns", "number,target,weight", "--plan", plan).out
        for plan in plans
    ]
    if form == "json":
        assert json.loads(whole) == [row for one in alone for row in json.loads(one)]
    else:
        header = whole.split("\n", 1)[0] + "\n"
        assert whole == header + "".join(one.removeprefix(header) for one in alone)


def test_neither_hash_seed_nor_locale_changes_a_byte(province: Path) -> None:
    def output(**environment: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-m", "target_registry", "-C", str(province), "--lang", "zh", "check", "--format", "json"],
            env={**os.environ, **environment},
            capture_output=True,
            check=False,
        ).stdout

    wanted = output(PYTHONHASHSEED="1", LC_ALL="C")
    assert wanted
    assert output(PYTHONHASHSEED="2", LC_ALL="C.UTF-8") == wanted
    assert output(PYTHONHASHSEED="3", LC_ALL="POSIX", PYTHONUTF8="1") == wanted


@pytest.mark.parametrize("of", ["OF_TARGETS", "OF_PLANS"])
def test_a_rule_that_nothing_answers_for_is_asked_about_everything(
    province: Path, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    class Rule:
        CODE = "newest"

        @staticmethod
        def check(registry: Registry) -> Iterator[Finding]:
            for plan in registry.plans:
                for target in plan.targets if of == "OF_TARGETS" else ():
                    yield Finding("newest", Level.WARNING, target.at("weight"), Message("looked at"))
                if of == "OF_PLANS":
                    yield Finding("newest", Level.WARNING, Where(plan.path), Message("looked at"))

    before = checked(province)
    with monkeypatch.context() as patch:
        for codes in (getattr(rules, of), rules.RULES, rules.ALL):
            patch.setitem(vars(codes)["_codes"], "newest", Rule)
        after = checked(province)
    found = [finding for finding in after.findings if finding.code == "newest"]
    assert len(found) == (after.targets if of == "OF_TARGETS" else after.plans)
    others = [
        (finding.code, finding.where.path, finding.line) for finding in after.findings if finding.code != "newest"
    ]
    assert others == [(finding.code, finding.where.path, finding.line) for finding in before.findings]


def test_no_rule_of_a_target_or_a_plan_slows_a_large_registry() -> None:
    assert set(clearance.COVERED) == {*rules.OF_TARGETS, *rules.OF_PLANS}
    assert {code for code, where in clearance.COVERED.items() if where == "target"} == set(rules.OF_TARGETS)
    assert set(rules.RULES) == {*rules.OF_TARGETS, *rules.OF_PLANS, *rules.OF_REGISTRIES}


def test_an_approved_plan_is_as_clear(province: Path) -> None:
    row = canonical.row("plan", next(province.glob("targets/*/*/plan.yaml")).read_bytes(), limits.PLAN_BYTES)
    assert row is not None and heads.of_row()(row)
    routes = canonical.pattern("plan").routes

    def said(**values: str) -> heads.Head | None:
        return heads.of_row()(tuple(values.get(str(route[0]), cell) for route, cell in zip(routes, row, strict=True)))

    assert said(status="approved", approved_revision="approved-2018") == said(status="draft") == heads.of_row()(row)
    assert not said(status="approved") and not said(approved_revision="approved-2018") and not said(waivers="  - x")


def test_most_of_a_province_is_clear(province: Path) -> None:
    # Else all of the above would hold for nothing.
    sheets = [Reader(Worktree(province)).targets(files)[0] for files in checked(province).listed.plans]
    assert sum(map(len, sheets)) == 250
    assert sum(len(list(clearance.Clearance().doubts(sheet))) for sheet in sheets) < 30


# ---- the pattern, and the automaton of its plainest texts


def doubts(row: canonical.Row, hints: Sequence[int] | None) -> set[str]:
    """The rules that are to look at one target."""
    sheet = Sheet([("01-x.yaml", 1, "x", row, b"", hints)])
    return {code for _, codes in CLEARANCE.doubts(sheet) for code in codes}


def said_plainly(text: str) -> canonical.Row | None:
    """A text as the automaton takes it; if so, no rule that sees it otherwise is left out for its hints."""
    raw = text.encode("utf-8", "surrogatepass")
    # Others stand around it, so that it is seen where it begins and ends.
    said = PLAIN.rows([SOUND, raw, b"", SOUND]) if PLAIN else [None] * 4
    assert said[2] is None
    assert not PLAIN or said[0] == said[3] == PLAIN.rows([SOUND])[0] is not None
    if said[1] is None:
        return None
    row, hints = said[1]
    assert doubts(row, None) <= doubts(row, hints), text
    return row


@pytest.mark.skipif(PLAIN is None, reason="RE2 is not installed")
def test_the_automaton_takes_most_of_a_province(province: Path) -> None:
    texts = [path.read_text("utf-8") for path in province.glob("targets/*/*/[0-9]*.yaml")]
    assert len(texts) == 250
    assert [text for text in texts if said_plainly(text) is None] == []


@pytest.mark.skipif(PLAIN is None, reason="RE2 is not installed")
def test_no_sign_is_plain_that_is_unseen_or_a_mark() -> None:
    text = next(text for path, text in corpus.files(20) if "plan.yaml" not in path)
    assert said_plainly(text)
    assert PLAIN
    head, tail = re.split(r"(?<=\nverification: .)", text)
    taken = []
    for char in map(chr, range(0x110000)):
        written = f"{head}{char}{tail}"
        if PLAIN.rows([written.encode("utf-8", "surrogatepass")]) != [None]:
            row = said_plainly(written)
            assert row
            assert canonical.pattern("target").row(written) == row
            taken.append(char)
    assert len(taken) > 20_900
    assert [char for char in taken if not canonical._is_readable(char) or escape.visible(char) != char] == []
    assert set(taken).isdisjoint('《》〈〉（）()〔〕﹝﹞【】[]［］{}｛｝“”‘’「」『』"<＜〖〗:#\n')


def test_without_the_automaton_all_is_said_alike(province: Path) -> None:
    def output(code: str) -> bytes:
        call = f"{code}; from target_registry import __main__, load; load._LARGE = 1; __main__.main()"
        words = ["-C", str(province), "--lang", "zh", "check", "--format", "json"]
        return subprocess.run([sys.executable, "-c", call, *words], capture_output=True, check=False).stdout

    wanted = output("import sys")
    assert wanted
    assert output("import sys; sys.modules['re2'] = None") == wanted


def agrees(name: str, text: str) -> bool:
    """Whether the pattern takes a text; if so, the strict reader and the schema have nothing to say of it."""
    row = canonical.pattern(name).row(text)
    if (told := said_plainly(text)) is not None:
        assert (name, told) == ("target", row)
    if row is None:
        return False
    document = reader.read("x.yaml", text.encode(), 1 << 18)
    assert document.findings == []
    found = canonical.document("x.yaml", name, row, text.encode())
    assert same(found.data, document.data)
    assert (found.places, found.key_places) == (document.places, document.key_places)
    judged = schema.judge(document, name)
    assert judged.findings == []
    assert judged.broken == frozenset()
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_is_read_alike(path: Path) -> None:
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        return
    agrees("plan" if path.name == "plan.yaml" else "target", text)


def test_it_takes_the_registry() -> None:
    folder = ROOT / "tests" / "registry" / "targets" / "2018"
    taken = [agrees("target", path.read_text("utf-8")) for path in folder.glob("[0-9]*.yaml")]
    assert taken == [True] * 28
    assert agrees("plan", (folder / "plan.yaml").read_text("utf-8"))


@pytest.mark.parametrize("seed", range(8))
def test_a_mutant_is_read_alike(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    texts = [(path.rpartition("/")[2] == "plan.yaml", text) for path, text in corpus.files(60, seed)]
    taken = 0
    for _ in range(700):
        is_plan, text = chance.choice(texts)
        for _ in range(chance.choice((1, 1, 2))):
            text = mutated(chance, text)
        taken += agrees("plan" if is_plan else "target", text)
    assert taken > 40


def test_no_sign_it_takes_is_unseen() -> None:
    taken = []
    for code in range(0x20, 0x110000):
        char = chr(code)
        if code != 0x7F and canonical._is_readable(char):
            taken.append(char)
    assert len(taken) > 20_000
    assert [char for char in taken if escape.visible(char) != char] == []
    assert [char for char in taken if char.isspace()] == [" "]


@pytest.mark.parametrize(
    "change",
    [
        lambda node: node["properties"]["target"].update(minLength=3),
        lambda node: node.update(dependentRequired={"remarks": ["basis"]}),
        lambda node: node["properties"]["weight"].update(multipleOf=1),
        lambda node: node["properties"]["measure"]["then"].update(minProperties=9),
        lambda node: node.update(additionalProperties=True),
    ],
)
def test_a_keyword_that_it_does_not_know_leaves_files_to_the_schema(
    change: Callable[[dict[str, object]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    import copy

    from target_registry import fields

    changed = copy.deepcopy(fields.schema("target"))
    change(changed)
    monkeypatch.setattr(fields, "schema", lambda _: changed)
    text = (ROOT / "tests/registry/targets/2018/01-retail-sales.yaml").read_text("utf-8")
    assert canonical.Pattern("target").row(text) is None


# ---- figures told at a glance


@pytest.mark.parametrize("seed", range(5))
def test_what_a_sentence_surely_says_is_no_contradiction(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    words = ("增长", "达到", "培育企业", "全年", "第", "以上", "左右", "以内", "不超过", "约", "降低", "控制在", "前", "，", "、", "《", "》", "“", "”",
             "三", "十", "百", "2018年", "12月", "至", "的", "家", "个", "%", "％", "5", "12.5", "8", "万", "亿元", "百分点", "点", "之", "号", "（", "）",
             "①", "ａｂｏｕｔ", "about ", "＜", "-", "余", "多", "零", "翻一番", "八分之一", " ", "公里", "at most ",
             "不得", "低于", "高于", "超过", "签约", "省级", "以下", "内", "工作日", "±", "提前", "数", "上千", "平方米", "次", "千", "瓦时", "突破", "降至",
             "由", "从", "自", "提高到", "扩大为", "每", "五成", "建成", "附件", "热线", "季度", "会议", "大会")  # fmt: skip
    taken = 0
    for _ in range(8000):
        number = chance.choice(("5", "8", "12.5", "12", "3"))
        unit = chance.choice(
            (
                "%",
                "家",
                "个",
                "亿元",
                "万家",
                "公里",
                "号",
                "年",
                "成",
                "人次",
                "千瓦",
                "万平方米",
                "小时",
                "工作日",
                "级",
            )
        )
        aim = chance.choice(("about", "at_least", "at_most"))
        pieces = [chance.choice(words) for _ in range(chance.randrange(1, 7))]
        pieces.insert(chance.randrange(len(pieces) + 1), number + unit)
        sentence = "".join(pieces)
        try:
            sentence.encode("gbk")
        except UnicodeEncodeError:
            continue
        if not figures.may_have(sentence):
            assert figures.find(sentence) == []
        measure = {"indicator": "x", "unit": unit, "aim": aim, "full_year": canonical.number(number)}
        target = Target(
            "2018", "x", 1, "x", True, {"category": "key_quantitative", "target": sentence, "measure": measure}
        )
        if not fitting.is_plain_unit(unit):
            continue
        if fitting.surely_says(sentence, number + unit, aim):
            taken += 1
            assert contradictions.are_surely_none(target)
            assert [SAY.tell(found.message) for found in contradictions.find(target)] == [], (
                sentence,
                number,
                unit,
                aim,
            )
        elif fitting.surely_says(sentence, number + unit):
            fit = fitting.fit(canonical.number(number), unit, figures.find(sentence))
            assert (fit.value, fit.unit) == (True, True), (sentence, number, unit)
    assert taken > 50


def test_no_sign_becomes_a_part_of_a_figure_unseen() -> None:
    words = set("aboutroundmstwihn<≤±约近不前左上以之低少小至最控年日时天月钟")
    counted = set("余多番%‰成" + figures._COUNTED)
    readable = [char for char in map(chr, range(0x80, 0x10000)) if canonical._is_readable(char)]
    folded = {char: set(unicodedata.normalize("NFKC", char).lower()) for char in readable}
    assert [c for c in readable if folded[c] & words - {c} and aims.surely_at_least(c)] == []
    assert [c for c in readable if any(map(str.isdecimal, folded[c])) and not figures.may_have(c)] == []
    assert [c for c in readable if folded[c] & counted - {c} and not figures.may_have(f"十{c}")] == []


@pytest.mark.parametrize(
    ("sentence", "measure", "reported"),
    [
        ("全省增长-5%", {"unit": "%", "aim": "at_least", "full_year": -5}, False),
        ("全省增长-5%", {"unit": "%", "aim": "at_least", "full_year": 5}, True),
        ("全省增长负5%", {"unit": "%", "aim": "at_least", "full_year": 5}, True),
        ("增长十％", {"unit": "%", "aim": "match", "reference": "全国"}, True),
        ("增长五％确保增长5%左右", {"unit": "%", "aim": "about", "full_year": 5}, True),
        ("企业﹤目标5家", {"unit": "家", "aim": "at_least", "full_year": 5}, True),
        ("wⅰthin目标5家", {"unit": "家", "aim": "at_least", "full_year": 5}, True),
        ("开通5目的地左右", {"unit": "目的地", "aim": "about", "full_year": 5}, True),
        ("全省增长5%", {"unit": "%", "aim": "at_least", "full_year": 5}, False),
        ("利用率由30%提高到50%", {"unit": "%", "aim": "at_least", "full_year": 30}, True),
        ("利用率由 30%提高到50%", {"unit": "%", "aim": "at_least", "full_year": 30}, True),
        ("利用率从上年的30%左右提升至50%", {"unit": "%", "aim": "at_least", "full_year": 30}, True),
        ("利用率从上年的30%左右提升至50%", {"unit": "%", "aim": "at_least", "full_year": 50}, False),
        ("每30%的贷款发放", {"unit": "%", "aim": "at_least", "full_year": 30}, True),
        ("自主品牌出口占比达到30%", {"unit": "%", "aim": "at_least", "full_year": 30}, False),
    ],
)
def test_what_only_a_closer_look_shows_is_looked_at(
    sentence: str, measure: dict[str, object], reported: bool, tmp_path: Path
) -> None:
    for path, text in corpus.files(20):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8", newline="\n")
    said = {"indicator": "增长", **measure}
    lines = "".join(f"  {key}: {value}\n".replace(" %", ' "%"') for key, value in said.items())
    name = min(tmp_path.glob("targets/*/*/01-*.yaml"))
    text = name.read_text("utf-8").partition("measure:")[0] + f"measure:\n{lines}"
    text = re.sub(r"(?m)^category: .*", "category: key_quantitative", text)
    text = re.sub(r"(?m)^target: .*", f"target: {sentence}", text)
    name.write_text(text, "utf-8", newline="\n")
    assert canonical.row("target", text.encode(), 1 << 16)
    found = told(list(checked(tmp_path).findings))
    assert found == the_long_way(tmp_path)
    assert any("measure-contradicts-sentence" in line for line in found) == reported


def test_names_of_many_files_are_told_as_each_is_by_itself() -> None:
    chance = random.Random(5)  # noqa: S311  no secret
    parts = (
        "01",
        "1",
        "9999",
        "12345",
        "00",
        "-",
        "--",
        "a",
        "x9",
        "work-1",
        "A",
        "b_c",
        "\n",
        ".",
        ".yaml",
        ".yml",
        "a" * 190,
    )
    for _ in range(3_000):
        names = [
            f"{chance.randint(0, 120):02}-{''.join(chance.choices(parts, k=chance.randint(1, 4)))}.yaml"
            if chance.random() < 0.5
            else f"{number:02}-{chance.choice(('a', 'work-1-target-2', '2'))}.yaml"
            for number in range(1, chance.randint(2, 6))
        ]
        names += ["plan.yaml"] * chance.randint(0, 1)
        good, said, rest = plans._well_formed(names)
        parsed = {name: FileName.parse(name) for name in names}
        assert good == [name for name in names if parsed[name].well_formed]
        assert [(int(number), slug) for number, slug in said] == [
            (parsed[name].number, parsed[name].slug) for name in good
        ]
        assert rest == [name for name in names if not parsed[name].well_formed]


# ---- processes


def test_results_come_in_the_order_of_the_items() -> None:
    assert workers.spread(lambda n: n * n, range(50), 3) == [n * n for n in range(50)]
    seen: list[int] = []
    assert workers.spread(lambda n: n, range(5), 1, seen.append) == [0, 1, 2, 3, 4]
    # More than a pipe surely takes share their numbers.
    begun: list[int] = []
    assert workers.spread(lambda n: n * n, range(2_500), 2, begun.append) == [n * n for n in range(2_500)]
    assert set(begun) <= set(range(0, 2_500, 3))
    assert seen == [0, 1, 2, 3, 4]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that begin as copies")
def test_what_a_process_takes_with_it_is_done_again() -> None:
    parent = os.getpid()

    def task(number: int) -> int:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert workers.spread(task, range(20), 3) == list(range(20))


def test_where_no_process_can_be_had_this_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", refused, raising=False)
    assert workers.spread(lambda n: n * n, range(50), 3) == [n * n for n in range(50)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that begin as copies")
def test_a_process_that_can_not_begin_its_work_touches_nothing_of_this_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands around the call is let go of once, by the process that holds it."""
    parent, let_go = os.getpid(), []

    def refused() -> None:
        if os.getpid() != parent:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(workers, "unwatched", refused)
    reading, writing = os.pipe()
    try:
        assert workers.spread(lambda n: n * n, range(50), 3) == [n * n for n in range(50)]
    finally:
        let_go.append(os.getpid())
        os.write(writing, b"x")
    assert os.read(reading, 10) == b"x"
    assert let_go == [parent]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that begin as copies")
def test_what_a_task_raises_is_raised() -> None:
    def task(number: int) -> int:
        if number == 13:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match="13"):
        workers.spread(task, range(20), 3)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that begin as copies")
@pytest.mark.parametrize("slow_here", [True, False])
def test_the_first_item_that_fails_is_the_one_that_is_told(slow_here: bool) -> None:
    parent = os.getpid()

    def task(number: int) -> int:
        if (os.getpid() == parent) == slow_here:
            time.sleep(0.005)
        if number >= 3:
            raise ValueError(number)
        return number

    for _ in range(10):
        with pytest.raises(ValueError, match=r"^3$"):
            workers.spread(task, range(20), 3)


@pytest.mark.parametrize(
    ("verification", "proves"),
    [
        ("工作总结", False), ("系统总结", False), ("系统性报告", False), ("自查报告或审计报告", False),
        ("系统截图", True), ("审计报告", True), ("第三方评估报告", True), ("检测报告", True), ("省级通报", True),
        ("工作总结或国务院批复文件", False), ("国务院批复文件", True),
    ],
)  # fmt: skip
def test_what_proves_an_effort_comes_from_others(verification: str, proves: bool) -> None:
    assert (unverifiable_wording.words("全力争取自由贸易港落地", verification) is None) == proves


@pytest.mark.parametrize(
    ("remarks", "contradicts"),
    [
        ("见附件1", False), ("详见2018-06-30会议纪要", False), ("2018/06/30前确认", False), ("详见2018.6.30纪要", False),
        ("由省统计局3人小组核定", False), ("５月核定", False), ("2017年12.1亿元", False), ("2017年同比增长10.6%", False),
        ("2017年同比增长8.6%", True), ("2017年同比增长8.6%，见附件1", True),
    ],
)  # fmt: skip
def test_remarks_contradict_a_baseline_by_a_figure_of_its_unit(remarks: str, contradicts: bool) -> None:
    measure = {"indicator": "增速", "unit": "%", "aim": "about", "full_year": 9, "baseline": Decimal("10.6")}
    values: dict[str, Any] = {
        "target": "增长9%左右",
        "category": "key_quantitative",
        "remarks": remarks,
        "measure": measure,
    }
    target = Target("2018", "targets/2018/01-a.yaml", 1, "a", True, values)
    assert bool([*contradictions.find(target)]) == contradicts


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "aim", "contradicts"),
    [
        ("审批时间由20天缩短为5天", 5, "天", "at_most", False),
        ("全省11个设区市PM2.5浓度不高于35微克/立方米", 35, "微克/立方米", "at_most", False),
        ("全省11个设区市PM2.5浓度不高于35微克/立方米", 35, "微克/立方米", "at_least", True),
        ("10个县审批时间不超过5天", 5, "天", "at_least", True),
        ("18岁以下儿童参保率约99%", 99, "%", "about", False),
        ("由三十家增加到五十家", 50, "家", "at_least", False),
        ("低保标准达到800元/月", 800, "元/月", "at_least", False),
        ("建成1000㎡文化广场", 1000, "㎡", "at_least", False),
        ("差错率2%及以下", 2, "%", "at_most", False),
    ],
)
def test_a_figure_behind_another_has_words_of_its_own(
    sentence: str, value: int, unit: str, aim: str, contradicts: bool
) -> None:
    measure = {"indicator": "指标", "unit": unit, "aim": aim, "full_year": value}
    values: dict[str, Any] = {"target": sentence, "category": "key_quantitative", "measure": measure}
    target = Target("2018", "targets/2018/01-a.yaml", 1, "a", True, values)
    assert bool([*contradictions.find(target)]) == contradicts


MEASURES = yaml.safe_load((ROOT / "tests" / "commitments" / "measures.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("said", [pytest.param(one, id=one["sentence"]) for one in MEASURES["right"]])
def test_a_measure_as_its_sentence_says_it_is_no_contradiction(said: dict[str, Any]) -> None:
    assert [SAY.tell(found.message) for found in contradictions.find(measured(said), ("full_year",))] == []


@pytest.mark.parametrize("said", [pytest.param(one, id=one["sentence"]) for one in MEASURES["contradicted"]])
def test_a_measure_that_its_sentence_contradicts_is_told(said: dict[str, Any]) -> None:
    assert [*contradictions.find(measured(said), ("full_year",))]


def measured(said: dict[str, Any]) -> Target:
    measure = {"indicator": "指标", "unit": said["unit"], "aim": said["aim"], "full_year": said["full_year"]}
    if isinstance(measure["full_year"], float):
        measure["full_year"] = Decimal(str(measure["full_year"]))
    values = {"target": said["sentence"], "category": "key_quantitative", "measure": measure}
    return Target("2018", "targets/2018/01-x.yaml", 1, "x", True, values)


def test_files_out_of_place_beyond_the_most_are_only_counted(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven trees make a million paths of a revision; each costs a kilobyte once something is said of it."""
    monkeypatch.setattr(limits, "FINDINGS", 3)
    for number in range(5):
        (registry / f"targets/0{number}-lost.yaml").write_text("target: 建成\n", "utf-8")
    strays = Inventory(Worktree(registry)).strays
    assert [stray.path for stray in strays] == [f"targets/0{number}-lost.yaml" for number in range(3)] + ["targets"]
    assert SAY.tell(strays[-1].reason) == "2 more files are out of place and aren't listed"
    assert strays[-1].lost


def _findings(levels: str) -> list[Finding]:
    names = {"e": Level.ERROR, "w": Level.WARNING, "i": Level.INFO}
    return [Finding("x", names[one], Where(f"{at}.yaml"), Message("x"), None, 1, 1) for at, one in enumerate(levels)]


@pytest.mark.parametrize(
    ("levels", "kept", "counted"),
    [
        ("wew", "wew", ""),
        ("wwewe", "wee", "2 warning"),
        ("eeeee", "eee", "2 error"),
        ("iweei", "wee", "2 info"),
        ("iiiwe", "iwe", "2 info"),
    ],
)
def test_a_report_leaves_no_error_out_for_anything_less(
    levels: str, kept: str, counted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LISTED", 3)
    found = reports.listed(_findings(levels))
    assert "".join(finding.level.value[0] for finding in found[:3]) == kept
    assert [finding.where.path for finding in found[:3]] == sorted(finding.where.path for finding in found[:3])
    if counted:
        many, level = counted.split()
        assert [(one.code, one.level.value) for one in found[3:]] == [("more-findings", level)]
        assert SAY.tell(found[3].message) == f"{many} more findings aren't listed"
    else:
        assert len(found) == 3


@pytest.mark.parametrize("processes", [1, 2])
def test_a_check_ends_where_it_can_hold_no_more_and_says_so(
    processes: int, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the same plans that it has looked at, however many processes did."""
    for year in range(2000, 2020):
        folder = tmp_path / f"targets/{year}"
        folder.mkdir(parents=True)
        (folder / "plan.yaml").write_text("title: 表\n", "utf-8")
        for number in range(1, 51):
            (folder / f"{number:02}-x{number}.yaml").write_text("target: 建成\n", "utf-8")
    whole = check(Worktree(tmp_path), processes=processes)
    assert whole.plans == 20
    monkeypatch.setattr(limits, "GATHERED", len(whole.findings) // 4)
    part = check(Worktree(tmp_path), processes=processes)
    assert part.plans == 6
    first, *others = part.findings
    assert (first.code, first.level, first.where) == ("more-findings", Level.ERROR, Where("targets"))
    assert SAY.tell(first.message).endswith("14 more plans weren't looked at")
    told = [(finding.code, finding.where) for finding in whole.findings if finding.where.path < "targets/2006/"]
    assert [(finding.code, finding.where) for finding in others] == told
    outcome = run("-C", str(tmp_path), "--lang", "en", "check", "targets/2019/01-x1.yaml")
    assert outcome.code == 1
    assert "14 more plans weren't looked at" in outcome.out


def test_more_files_than_memory_is_meant_for_are_refused(
    registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One plan of them is shown all the same, and a form starts another; seven trees of Git make a million files."""
    form = registry / "form.csv"
    assert run("-C", str(registry), "export", str(form)).code == 0
    shutil.copytree(registry / "targets/2018", registry / "targets/2019")
    monkeypatch.setattr(limits, "LOADED", 40)
    for command in ("table", "weights", "show 1"):
        outcome = run("-C", str(registry), "--lang", "en", *command.split())
        assert outcome.code == 2
        assert "files; at most 40 are read together" in outcome.err
    for command in (
        "table --plan 2018",
        "weights --plan 2018",
        "show 1 --plan 2018",
        f"export --plan 2018 {registry / 'o.csv'}",
        f"import {form} --year 2031 --title 表 --department 省商务厅",
    ):
        assert "files; at most" not in run("-C", str(registry), "--lang", "en", *command.split()).err


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("processes", [1, 2])
def test_a_change_that_is_not_made_is_judged_as_one_that_is(province: Path, tmp_path: Path, processes: int) -> None:
    """Files that come, go and change, in folders that are there and in new ones."""
    paths = sorted(province.glob("targets/*/*/*.yaml"))
    lost, broken, moved, plan = (paths[at].relative_to(province).as_posix() for at in (3, 40, 90, 100))
    text = (province / moved).read_bytes()
    files = {
        lost: None,
        broken: b"target: [\n",
        moved: None,
        plan: (province / plan).read_bytes().replace(b"weight: ", b"weight: 1"),
        "targets/2031/new/01-a.yaml": text,
        f"{moved.rpartition('/')[0]}/sub/01-b.yaml": text,
        "schema/target.schema.json": b"{}",
    }
    made = tmp_path / "made"
    shutil.copytree(province, made)
    for path, data in files.items():
        if data is None:
            (made / path).unlink()
        else:
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_bytes(data)
    overlay = Overlay(Worktree(province), files)
    found, wanted = check(overlay, processes=processes), check(Worktree(made), processes=processes)
    assert told(list(found.findings)) == told(list(wanted.findings))
    assert (found.plans, found.targets) == (wanted.plans, wanted.targets)
    assert len(wanted.findings) > len(checked(province).findings)
    as_listed = {entry.path for listing in overlay.listings() for entry in listing.others} | {
        f"{listing.folder}/{name}" for listing in overlay.listings() for name in listing.files
    }
    assert as_listed == {entry.path for entry in overlay.entries()}


def test_the_plan_that_is_asked_for_is_looked_at_however_much_is_wrong_with_others(
    registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(registry / "targets/2018", registry / "targets/2016")
    for path in (registry / "targets/2016").glob("0*.yaml"):
        path.write_text("target: [\n", "utf-8")
    (registry / "targets/2018/01-retail-sales.yaml").write_text("weight: much\n", "utf-8")
    monkeypatch.setattr(limits, "GATHERED", 5)
    monkeypatch.setattr("target_registry.inventory._PORTION", 1)
    for first, looked_at in (("", False), ("2018", True)):
        found = check(Worktree(registry), first=first).findings
        assert any("2018/01-" in finding.where.path for finding in found) is looked_at
