"""Strict reading and canonical writing: one reading only, and nothing lost."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from target_registry import escape, limits
from target_registry.documents import peek, scalars
from target_registry.documents.reader import read
from target_registry.documents.writer import Unformattable, canonical, emit, is_canonical
from target_registry.plans import LIMITS
from target_registry.schema import judge
from tests.conftest import REGISTRY

TARGETS = sorted((REGISTRY / "targets" / "2018").glob("[0-9]*.yaml"))
PATH = "targets/2018/01-x.yaml"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4),
        ("-4", -4),
        ("0", 0),
        ("8.5", Decimal("8.5")),
        ("0.10", Decimal("0.10")),
        ("true", True),
        ("False", False),
        ("~", None),
        ("no", "no"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("12:30:45", "12:30:45"),
        ("2018-06-30", "2018-06-30"),
        ("1.2.3", "1.2.3"),
        ("=", "="),
        ("P4-5", "P4-5"),
        ("9%", "9%"),
    ],
)
def test_plain_scalars_follow_yaml_1_2(text: str, value: object) -> None:
    resolved = scalars.resolve(text)
    assert resolved == value
    assert type(resolved) is type(value)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("012", None),
        ("0o14", None),
        ("0x1F", None),
        ("0b101", None),
        ("1_000", "1000"),
        ("1e3", "1000"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+5", "5"),
        ("1.5e1", "15"),
        (".inf", None),
        ("-.inf", None),
        (".NaN", None),
        ("-0", None),
        ("00", None),
        ("1234567890123456", None),
        ("1e999", None),
    ],
)
def test_what_readers_disagree_about_is_refused(text: str, plain: str | None) -> None:
    with pytest.raises(scalars.Ambiguous) as caught:
        scalars.resolve(text)
    assert caught.value.plain == plain


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF), min_size=1, max_size=30))
@settings(max_examples=600, deadline=None)
def test_what_is_written_plain_reads_as_itself_everywhere(text: str) -> None:
    """By our reader (YAML 1.2) and by PyYAML's own (YAML 1.1), alone and in a mapping."""
    if escape.hidden_in_file(text) or not scalars.reads_as_text(text):
        return
    line = f"remarks: {text}\n"
    assert read(PATH, line.encode(), 4096).data == {"remarks": text}
    assert yaml.safe_load(line) == {"remarks": text}


VALUES = st.one_of(
    st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFFF, exclude_categories=["Cs"]), min_size=1, max_size=40),
    st.sampled_from(
        ["no", "1:30", "012", "- a", "a: b", "a #b", "#", "%", "null", "", " x ", '"', "'", "\\", "：", "a\nb"]
    ),
    st.integers(-(10**14), 10**14),
    st.decimals(-1000, 1000, allow_nan=False, places=3),
    st.booleans(),
)


@given(
    st.dictionaries(st.sampled_from(["key_work", "target", "weight", "basis", "remarks", "odd"]), VALUES, min_size=1)
)
@settings(max_examples=400, deadline=None)
def test_what_is_written_is_read_back(data: dict[str, object]) -> None:
    data = {
        key: value for key, value in data.items()
        if not (isinstance(value, str) and escape.hidden_in_file(value))
        and not (isinstance(value, Decimal) and value.is_zero() and value.is_signed())
    }  # fmt: skip
    if not data:
        return
    written = emit(data, "target", PATH)
    document = read(PATH, written, limits.TARGET_BYTES)
    assert document.findings == []
    assert {key: (type(value), value) for key, value in document.data.items()} == {
        key: (type(value), value) if not (isinstance(value, Decimal) and value % 1 == 0 and "." not in f"{value:f}")
        else (int, int(value))
        for key, value in data.items()
    }  # fmt: skip
    assert canonical(PATH, written, "target", limits.TARGET_BYTES) == written


@pytest.mark.parametrize("path", TARGETS, ids=lambda path: path.stem)
def test_the_registry_is_canonical(path: object) -> None:
    raw = path.read_bytes()  # type: ignore[attr-defined]
    assert canonical(PATH, raw, "target", limits.TARGET_BYTES) == raw


MESSY = """\
# 表头说明

# 关于分值
weight:   3   # 三分
'key_work': 'quality-exports'
target: "自主品牌产品出口额占全省出口额6%以上"


category: general_quantitative
# 在 measure 之上
measure: {unit: "%", aim: at_least,
  full_year: 6} # 行尾
basis: >-  # 见原件
  2018年全省商务工作要点
  第12条 # 不是注释
remarks: |
  第一行 # 也不是
  第二行
# 结尾
"""

TIDY = """\
# yaml-language-server: $schema=../../schema/target.schema.json
# 表头说明

key_work: quality-exports
target: 自主品牌产品出口额占全省出口额6%以上

category: general_quantitative
# 关于分值
weight: 3  # 三分
basis: "2018年全省商务工作要点 第12条 # 不是注释"  # 见原件
remarks: "第一行 # 也不是\\n第二行\\n"
# 在 measure 之上
measure:
  unit: "%"
  aim: at_least
  full_year: 6  # 行尾
# 结尾
"""


def test_what_is_told_to_be_canonical_at_a_glance_is() -> None:
    chance = random.Random(5)  # noqa: S311  shuffles lines
    sure = 0
    for path in sorted((REGISTRY / "targets").rglob("*.yaml")):
        name = "plan" if path.name == "plan.yaml" else "target"
        place, limit = path.relative_to(REGISTRY).as_posix(), LIMITS[name]
        raw = path.read_bytes()
        assert is_canonical(place, raw, name, limit)
        lines = raw.splitlines(keepends=True)
        for mutant in (
            raw.replace(b": ", b":  ", 1),
            raw + b"\n",
            raw + b"# a remark\n",
            b"".join(lines[1:]),
            b"".join([*lines[:2], *reversed(lines[2:])]),
            raw.replace(b"weight: ", b"weight: 0", 1),
            raw.replace(b": ", b': "', 1).replace(b"\n", b'"\n', 2),
            raw.replace(b"\n", b"\r\n"),
            b"".join(chance.sample(lines, len(lines))),
        ):
            if is_canonical(place, mutant, name, limit):
                sure += 1
                assert canonical(place, mutant, name, limit) == mutant
    assert sure < 40


def test_fmt_orders_keys_and_keeps_comments() -> None:
    assert canonical(PATH, MESSY.encode(), "target", 4096).decode() == TIDY
    assert canonical(PATH, TIDY.encode(), "target", 4096).decode() == TIDY


COMMENTS = st.lists(st.sampled_from(["", "# 甲", "# 乙", " # 缩进"]), max_size=2)


@given(
    st.lists(st.tuples(COMMENTS, st.sampled_from(["", "  # 行尾", " #x"])), min_size=9, max_size=9),
    st.permutations(range(8)),
    COMMENTS,
)
@settings(max_examples=300, deadline=None)
def test_fmt_is_idempotent_and_loses_nothing(
    around: list[tuple[list[str], str]], order: list[int], foot: list[str]
) -> None:
    entries = [
        "key_work: a", "target: 增长9%", "weight: 3", "basis: '甲: 乙'", "remarks: |\n  甲 # 乙\n  丙",
        "fiscal_project: true", 'unit: "%"', "measure:\n  unit: 家\n  # 内\n  aim: about",
    ]  # fmt: skip
    lines = []
    for place in order:
        above, behind = around[place]
        entry = entries[place]
        lines += [*above, entry if "\n" in entry else entry + behind]
    raw = ("\n".join([*lines, *foot]) + "\n").encode()
    once = canonical(PATH, raw, "target", 65536)
    assert canonical(PATH, once, "target", 65536) == once
    assert read(PATH, once, 65536).data == read(PATH, raw, 65536).data
    comments = sum(line.strip().startswith("#") for line in raw.decode().splitlines()) + raw.count(b"  # \xe8\xa1") \
        + raw.count(b" #x")  # fmt: skip
    kept = sum(line.strip().startswith("#") for line in once.decode().splitlines()) + once.count(b"  # \xe8\xa1") \
        + once.count(b"  #x")  # fmt: skip
    assert kept == comments + 1  # the modeline


def test_fmt_leaves_a_comment_above_the_item_that_it_stands_above() -> None:
    # Keys change places within an item, and what stands above its dash does not.
    raw = """\
key_works:
  # 第一项
  - title: 甲
    # 标识
    id: a

  # 第二项
  -
    # 名称
    title: 乙
    id: b
  - # 第三项
    title: 丙
    id: c
commitment_ladders:
  # 等级
  -
    # 档
    - - 揭牌
    - [奠基]
waivers:
  # 豁免一
  [
    # 豁免二
    {target: a, rule: b, reason: 丁},
  ]
"""
    said = canonical("targets/2018/plan.yaml", raw.encode(), "plan", 65536, with_modeline=False)
    assert (
        said.decode()
        == """\
key_works:
  # 第一项
  # 标识
  - id: a
    title: 甲

  # 第二项
  - id: b
    # 名称
    title: 乙
  # 第三项
  - id: c
    title: 丙
commitment_ladders:
  # 等级
  # 档
  - - - 揭牌
    - - 奠基
waivers:
  # 豁免一
  # 豁免二
  - rule: b
    target: a
    reason: 丁
"""
    )
    assert canonical("targets/2018/plan.yaml", said, "plan", 65536, with_modeline=False) == said


def test_fmt_leaves_a_comment_in_the_group_or_list_that_it_ends() -> None:
    # A line that was commented out is one of these, and belongs where it stood.
    raw = """\
measure:
  unit: 家
  # aim: about

key_works:
  - id: a
    title: 甲
    # 待核
  # - id: b
  #   title: 乙
    # 待定
  -
    id: c
    title: 丙

  # - id: d

# 部门
department: 省商务厅
commitment_ladders:
  - - [揭牌]
    - [奠基]
    # - [筹备]
# 末尾
"""
    said = canonical("targets/2018/plan.yaml", raw.encode(), "plan", 65536, with_modeline=False)
    assert (
        said.decode()
        == """\

# 部门
department: 省商务厅

key_works:
  - id: a
    title: 甲
    # 待核
  # - id: b
  #   title: 乙
  # 待定
  - id: c
    title: 丙

  # - id: d
commitment_ladders:
  - - - 揭牌
    - - 奠基
    # - [筹备]
measure:
  unit: 家
  # aim: about
# 末尾
""".lstrip("\n")
    )
    assert canonical("targets/2018/plan.yaml", said, "plan", 65536, with_modeline=False) == said


@pytest.mark.parametrize("raw", [b"a: [1", b"a: 1\na: 2\n", b"- a\n", b"weight: 010\n", b"\xff", b""])
def test_fmt_leaves_faulty_files_alone(raw: bytes) -> None:
    with pytest.raises(Unformattable):
        canonical(PATH, raw, "target", 4096)


def test_fmt_takes_out_a_byte_order_mark() -> None:
    assert canonical(PATH, b"\xef\xbb\xbfweight: 3\r\n", "target", 4096, with_modeline=False) == b"weight: 3\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 60_000,
        b"{" * 60_000,
        b"- " * 30_000,
        b"? " * 30_000,
        b"a: &x [1]\n" + b"b: *x\n" * 9000,
        b"a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n",
        b"!!python/object/apply:os.system [id]",
        b"a: " + b"9" * 60_000,
        b"a: " + b"0" + b"7" * 60_000,
        b"a: " + b"0" + b"9" * 60_000,
        b"\x00" * 100,
        b"a: \xed\xa0\x80",
        b'"' * 60_000,
        b": " * 30_000,
        b"%" * 60_000,
    ],
    ids=range(15),
)
def test_hostile_files_are_findings(raw: bytes) -> None:
    document = read(PATH, raw, limits.TARGET_BYTES)
    assert document.findings
    assert len(document.findings) <= limits.FINDINGS_A_FILE + 1


@given(st.binary(max_size=300))
@settings(max_examples=500, deadline=None)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    document = read(PATH, raw, 4096)
    for finding in document.findings:
        assert finding.line >= 1
        assert finding.column >= 1


@given(st.lists(st.sampled_from(["a", "key_work", "weight", ":", "：", " ", "　", "\n", "-", "[", "]", "{", "}", ",", "，",
                                 '"', "'", "#", "＃", "&", "*", "!", "|", ">", "%", "@", "1", "０", "\t", "~", "<<"]),
                max_size=40))  # fmt: skip
@settings(max_examples=1500, deadline=None)
def test_any_mixture_of_signs_is_read_or_refused(signs: list[str]) -> None:
    """Where we read a mapping without a finding, PyYAML reads the same keys."""
    text = "".join(signs)
    document = read(PATH, text.encode(), 4096)
    if document.findings or not isinstance(document.data, dict):
        return
    theirs = yaml.safe_load(text)
    assert [str(key) for key in theirs] == list(document.data)


def test_places_point_at_values_and_keys() -> None:
    document = read(PATH, "weight: 3\nmeasure:\n  unit: 家\n".encode(), 4096)
    assert document.place(("measure", "unit")) == (3, 9)
    assert document.place(("measure", "unit"), key=True) == (3, 3)
    assert document.place(("measure", "aim")) == (3, 3)
    assert document.place(("absent",)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "route", "value"),
    [
        ("\t\tweight: 3\n", ("weight",), "3"),
        ("　weight：3\n", ("weight",), "3"),
        ("weight:3\n", ("weight",), "3"),
        ("weight：   3\n", ("weight",), "3"),
        ("measure:\n\tunit：家\n", ("measure", "unit"), "家"),
    ],
)
def test_places_behind_what_was_repaired_are_those_of_the_file(text: str, route: tuple[str, ...], value: str) -> None:
    line, column = read(PATH, text.encode(), 99).place(route)
    assert text.split("\n")[line - 1][column - 1 :].startswith(value)


def test_emit_quotes_as_json_does() -> None:
    assert emit({"target": 'a "b": c'}, "target", PATH).decode().splitlines()[1] == "target: " + json.dumps('a "b": c')


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('basis: "甲"#P4\n', "text-after-quote", (1, 11)),
        ("basis: >#P4\n  甲\n", "text-after-quote", (1, 9)),
        ("- [甲, 乙]#丙\n", "text-after-quote", (1, 9)),
        ("- [甲,#丙\n  乙]\n", "text-after-quote", (1, 6)),
        ('basis: "甲\n乙"\n', "bad-indent", (2, 1)),
        ('basis: "甲\n\t乙"\n', "bad-indent", (2, 1)),
        ('remarks: "甲\nweight: 9"\n', "bad-indent", (2, 1)),
        ("remarks: '甲\nweight: 9\nbasis: 乙'\n", "bad-indent", (2, 1)),
        ('remarks: "甲\n# 乙: 9"\n', "bad-indent", (2, 1)),
        ("remarks:\n|-\n  weight: 9\n", "bad-indent", (2, 1)),
        ("measure:\n  unit:\n  >\n    家\n", "bad-indent", (3, 3)),
        ("measure: {\n  unit: 家\n}\n", "bad-indent", (3, 1)),
        ("key_works:\n- [甲,\n乙]\n", "bad-indent", (3, 1)),
        ("- [-]\n", "needs-quotes", (1, 4)),
        ('basis: "甲\\t乙"\n', "stray-tab", (1, 10)),
        ('basis: "甲\t乙"\n', "stray-tab", (1, 10)),
        ("basis: |-\n  甲\t乙\n", "stray-tab", (2, 4)),
        ('basis: "甲\n  乙\n  丙\\u200b丁"\n', "hidden-character", (3, 4)),
        ('"basis: 甲\nmeasure:\n  unit: "%"\n', "unclosed-quote", (1, 1)),
        ("basis: 甲\n\t\nweight: 4\n", "stray-tab", (2, 1)),
        ("weight: 4 # 分值\rbasis: 甲\n", "hidden-character", (1, 15)),
        ("weight: 4\r\nbasis: 甲\rremarks: 乙\n", "hidden-character", (2, 9)),
        ('basis: "甲\\r乙"\n', "hidden-character", (1, 10)),
        ("measure: {?unit: 家}\n", "needs-quotes", (1, 11)),
        ("%YAML 3.0\n---\na: 1\n", "directive", (1, 1)),
        ("%YAML 1.2\n%YAML 1.2\n---\na: 1\n", "directive", (2, 1)),
        ("# 注\n%TAG x y\n---\na: 1\n", "directive", (2, 1)),
        ("--- key_work: consumption\ntarget: a\n", "stray-colon", (1, 1)),
        ("key_works: []\n  - id: a\n", "bad-indent", (2, 3)),
        ("as_filed: {weight:4分}\n", "missing-space", (1, 12)),
        ("basis: 甲\n\u3000\nweight: 4\n", "wide-indent", (2, 1)),
        ("\u2000\u3000\nweight: 4\n", "wide-indent", (1, 1)),
        ("remarks: |-\n  甲\n\u3000\n  乙\n", "wide-indent", (3, 1)),
        ('basis: "甲\\ufffd乙"\n', "lost-text", (1, 10)),
        ('"wei\\u202eght": 4\n', "hidden-character", (1, 5)),
        ('remarks: "甲\n  乙\n  丙\\q丁"\n', "bad-escape", (3, 4)),
        ('remarks: "甲\nbasis: 乙\nverification: C:\\q"\n', "unclosed-quote", (1, 10)),
    ],
)
def test_what_libyaml_lets_pass_is_refused_as_other_readers_do(text: str, code: str, place: tuple[int, int]) -> None:
    assert [(f.code, (f.line, f.column)) for f in read(PATH, text.encode(), 999).findings] == [(code, place)]


@pytest.mark.parametrize(
    "head",
    [
        'basis: "甲\n  乙"\n', "basis: '甲\n  乙'\n", "basis: 甲\n  乙\n", 'basis: |-\n  "甲\n', 'basis: >-\n  a: "甲\n',
        'basis: "甲"  # "乙\n', 'basis: 甲\n  "乙\n', 'basis: 甲"\n', '# "注\nbasis: 甲\n',
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("remarks: [x\n", "unclosed-bracket"), ('remarks: "x\n', "unclosed-quote"), ("remarks: %x\n", "needs-quotes"),
        ("remarks: a: b\n", "stray-colon"), ("xyz\n", "missing-colon"),
        ('remarks: "a\\qb"\n', "bad-escape"), ('remarks: "x" y\n', "text-after-quote"), ("remarks: @x\n", "needs-quotes"),
    ],
)  # fmt: skip
def test_a_fault_behind_a_sound_text_with_quotes_is_told_where_it_is(head: str, fault: str, code: str) -> None:
    found = read(PATH, f"{head}{fault}".encode(), 999).findings
    assert [(f.code, f.line) for f in found] == [(code, head.count("\n") + 1)]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('a: 1\n只是文字\nbasis: "甲\n  乙"\n', "missing-colon", (2, 1)),
        ('a: 1\n...\nbasis: "甲\n  乙"\n', "several-documents", (2, 1)),
        ('m:\n  =======\n  unit: "%" # 5"\n', "missing-colon", (2, 3)),
        ("m:\n  =======\n  unit: '%' # it's\n", "missing-colon", (2, 3)),
        ('basis: >-\n  "甲\n  乙\n \tverification: 丙\n', "stray-tab", (4, 2)),
        ('- |\n  "甲\n\t- 乙\n', "stray-tab", (3, 1)),
        ('basis: 甲\n  "乙 x: y\n', "stray-colon", (2, 7)),
        ('basis: "甲\n  乙" 丙\nc: d\n', "text-after-quote", (2, 6)),
        ('basis: "甲"乙"丙\n', "text-after-quote", (1, 11)),
        ("basis: 'it''s' x\n", "text-after-quote", (1, 16)),
        # These are closed by the mark of another one, or by none.
        ('basis: "甲\n  c: d\n  e: "f"\n', "unclosed-quote", (1, 8)),
        ('a:\n  basis: "甲\n  c: d\nb: "%"\n', "unclosed-quote", (2, 10)),
        ('basis: "甲\n说明"乙"丙\n', "unclosed-quote", (1, 8)),
        ("basis: '甲''\nc: d\n", "unclosed-quote", (1, 8)),
        ('- |\n "x\n- "b\n- c "d"\n', "unclosed-quote", (3, 3)),
        ('a: "b\\"\nc: "d"\n', "unclosed-quote", (1, 4)),
    ],
)
def test_only_a_quote_that_is_not_closed_is_told_as_one(text: str, code: str, place: tuple[int, int]) -> None:
    (found,) = read(PATH, text.encode(), limits.TARGET_BYTES).findings
    assert (found.code, found.line, found.column) == (code, *place)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('measure: {\n  a: b,\n  unit: "%"，\n  aim: x\n  }\n', "fullwidth-bracket", (3, 12)),
        ("measure: {\n  a: b,\n  unit: 家，\n  aim: x\n  }\n", "fullwidth-bracket", (3, 10)),
        ('measure: {\n  unit: "%"、\n  aim: x\n  }\n', "fullwidth-bracket", (2, 12)),
        ("measure: {unit: 家、aim: x}\n", "fullwidth-bracket", (1, 18)),
        ('measure: {\n  unit: "%";\n  aim: x\n  }\n', "syntax", (2, 12)),
        ("measure: {\n  unit: 家;\n  aim: x\n  }\n", "syntax", (2, 10)),
        ('measure: {\n  unit: "%"\n  aim: x\n  }\n', "syntax", (2, 12)),
        ("measure: {\n  unit: 家\n\n  aim: x\n  }\n", "syntax", (2, 10)),
        ("measure: {unit: 家 aim: x}\n", "syntax", (1, 18)),
        ("measure: {\nunit: 家\naim: x\n}\n", "syntax", (2, 8)),
        ("x:\n  - [[a],\n     [b]\n     [c]]\n", "syntax", (3, 9)),
        ("key_works:\n  - {id: a，\n    title: b}\n", "fullwidth-bracket", (2, 11)),
        ("measure: {a: b: c}\n", "stray-colon", (1, 15)),
        ('measure: {\n  unit: "%"],\n  aim: x\n  }\n', "unclosed-bracket", (2, 12)),
        ("measure: {\n  unit: 家\n]\nweight: 4\n", "unclosed-bracket", (3, 1)),
        ("measure: {\n  unit: 家\n｝\nweight: 4\n", "fullwidth-bracket", (3, 1)),
        ("measure: {\n  unit: 家｝\nweight: 4\n", "fullwidth-bracket", (2, 10)),
        # These are closed nowhere.
        ("measure: {\n  unit: 家\nweight: 4\n", "unclosed-bracket", (1, 10)),
        ("measure: {\n  unit: 家,\nweight: 4\nbasis: x\n", "unclosed-bracket", (1, 10)),
        ("- [a, b\n- [c]\n", "unclosed-bracket", (1, 3)),
        # These are texts.
        ("basis: [2018}年\n", "unclosed-bracket", (1, 8)),
    ],
)
def test_a_fault_within_brackets_is_told_where_it_is(text: str, code: str, place: tuple[int, int]) -> None:
    found = read(PATH, text.encode(), limits.TARGET_BYTES).findings
    assert [(finding.code, finding.line, finding.column) for finding in found] == [(code, *place)]


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("r: 甲\n  乙\nm:\n", "  {key}: 1\n  b: 2\n"), ("---\n", "{key}: 1\na: 2\n"), ("", '"{key}": 1\n'), ("", "- {key}: 1\n"),
        ("a: 1\n", "甲 {key}: 1\nb: 1\n"), ("k:\n- a\n", "{key}: 1\n"), ("a:\n", '  {key}: "b\n    2"\n'),
    ],
)  # fmt: skip
def test_a_key_that_no_parser_takes_for_one_is_told_at_its_own_line(head: str, tail: str) -> None:
    (found,) = read(PATH, f"{head}{tail}".format(key="k" * 1_100).encode(), limits.TARGET_BYTES).findings
    assert (found.code, found.line) == ("too-long", head.count("\n") + 1)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("words\n# c\na: b\n", "missing-colon", 1),
        ("# m\nwords # c\na: b\n", "missing-colon", 2),
        ("---\n'words'\n# c\na: b\n", "missing-colon", 2),
        ("{a: b}\na: b\n", "bad-indent", 2),
        ("# m\n- x\na: b\n", "bad-indent", 2),
        ("- x\n  y\n# c\na: b\n", "bad-indent", 1),
        ("a: b\nmeasure: # c\n  - x\n  unit: 家\n", "bad-indent", 3),
        ("key_works:\n  - id: a\n  title: b\n  - id: c\n", "bad-indent", 3),
        # A dash that touches its key, and one that stands in no other's column.
        ("key_works:\n  -id: a\n    title: b\n  - id: c\n    title: d\n", "missing-space", 2),
        ("waivers:\n  -rule: half-year-missing\n    target: a\n    reason: b\n", "missing-space", 2),
        ("key_works:\n  - id: a\n    title: b\n  -id: c\n    title: d\n", "missing-space", 4),
        ("key_works:\n - id: a\n    title: b\n  - id: c\n    title: d\n", "bad-indent", 2),
        ("key_works:\n   - id: a\n    title: b\n  - id: c\n    title: d\n", "bad-indent", 2),
    ],
)
def test_a_line_that_others_suffer_from_is_told_itself(text: str, code: str, line: int) -> None:
    (found,) = read(PATH, text.encode(), limits.TARGET_BYTES).findings
    assert (found.code, found.line) == (code, line)


@pytest.mark.parametrize(
    ("text", "code", "line", "cure"),
    [
        ("```yaml\nbasis: 甲\n```\n", "missing-colon", 1, "delete the line"),
        ("basis: 甲\n```\n", "missing-colon", 2, "delete the line"),
        ("m:\n  a: b\n@@ -1,3 +1,3 @@\n  c: d\n", "missing-colon", 3, "delete the line"),
        ("a: b\n> weight: 4\n", "missing-colon", 2, "delete {sign} and one space behind it, here and in the other lines that begin so"),
        ("m:\n>   a: b\n", "missing-colon", 2, "delete {sign} and one space behind it, here and in the other lines that begin so"),
        ("a: b\n> 甲\n", "missing-colon", 2, "delete the line"),
        ("a: b\n+weight: 4\n+basis: 甲\n", "missing-colon", 2, "delete {sign} here and in the other lines that begin so; of two versions of a line keep one"),
        ("m:\n+  a: b\n  c: d\n", "missing-colon", 2, "delete {sign} here and in the other lines that begin so; of two versions of a line keep one"),
        ("a: b\n`weight: 4`\n", "needs-quotes", 2, "delete the sign; where no “key: value” stands behind it, delete the line"),
        ("a: b,\nbasis: 甲,\nweight: 4,\n", "syntax", 1, "delete the commas or semicolons at the ends of the lines: in YAML a line's end ends an entry"),
        ('x: a\nm:,\n  basis: "甲",\n  unit: b，\n  aim: c;\n', "syntax", 2, "delete the commas or semicolons at the ends of the lines: in YAML a line's end ends an entry"),
        # These are texts.
        ("remarks:\n  > 甲\n", "needs-quotes", 2, 'put the whole value in quotes, as in key: "value"'),
        ("remarks: 甲\n  > 乙: 丙\n", "stray-colon", 2, "put a value that holds a colon and a space in quotes"),
    ],
)  # fmt: skip
def test_what_came_with_a_pasted_text_is_told_as_such(text: str, code: str, line: int, cure: str) -> None:
    (found,) = read(PATH, text.encode(), limits.TARGET_BYTES).findings
    assert found.hint is not None
    assert (found.code, found.line, found.hint.text) == (code, line, cure)


_NAMED = "use lower-case letters a-z, digits and single hyphens, such as retail-sales"


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("category: 012", "write one of {choices}"),
        ("fiscal_project: +1", "write one of {choices}"),
        ("category: @x", "write one of {choices}"),
        ("deadline_month: .5", "write a whole number, such as {example}"),
        ("deadline_month: 1e1", "write {plain}"),
        ("weight: .5", "write {plain}"),
        ("weight: 0x1F", "write plain decimal digits such as 12 or 0.5"),
        ("basis: 04", 'put it in quotes: "{text}"'),
        ("id: 012", 'put it in quotes: "{text}"'),
        ("id: +1", _NAMED),
        ("id: [x", _NAMED),
        ("key_work: 1e1", "write the id that the key work has in plan.yaml"),
        ("key_work: a: b", "write the id that the key work has in plan.yaml"),
        ('key_work: "x', "close it on the same line with the same mark"),
        ('unit: "%”', "write {sign} in the place of {found}, which closes no text that {sign} opens"),
        ("id: 'a’ # 甲", "write {sign} in the place of {found}, which closes no text that {sign} opens"),
        ('basis: "甲“乙”', "close it on the same line with the same mark"),
        ('weight: "4”', "write the number alone, as digits"),
        ("replaces: @x", "write the earlier plan's folder and the target's slug, such as 2017/retail-sales"),
        ("date: 2018: 3", "write year-month-day, such as 2018-07-02"),
        ("as_filed: {weight: 04}", 'put it in quotes: "{text}"'),
        ("as_filed:\n  deadline_month: 012", 'put it in quotes: "{text}"'),
        ("as_filed:\n  weight: 4\n  category: @x", 'put the whole value in quotes, as in key: "value"'),
        ("as_filed: {category: @x}", 'put the whole value in quotes, as in key: "value"'),
        ("measure: {unit: 家, aim: @x}", "write one of {choices}"),
        ("measure: {unit: @x}", 'put the whole value in quotes, as in key: "value"'),
        ("other: 04", 'write {plain}, or "{text}" in quotes if it is text'),
        ("basis: [x", "if it is text, put the whole value in quotes"),
    ],
)
def test_a_cure_suits_the_key(line: str, cure: str) -> None:
    (found,) = read(PATH, f"{line}\n".encode(), limits.TARGET_BYTES).findings
    assert found.hint is not None
    assert found.hint.text == cure


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("replaces: 2017", "write the earlier plan's folder and the target's slug, such as 2017/retail-sales"),
        ("replaces: retail-sales", "write the earlier plan's folder and the target's slug, such as 2017/retail-sales"),
        ("replaces: [2017]", "write the earlier plan's folder and the target's slug, such as 2017/retail-sales"),
        ("date: 20180301", "write year-month-day, such as 2018-07-02"),
        ("changes: [{field: Half_Year}]", "write the field's key, and join its steps by dots, as in half_year_target or measure.full_year"),
        ("basis: 2018", "put it in quotes: {example}"),
        ("department_id: 2018", "put it in quotes: {example}"),
        ("department_id: -2018", _NAMED),
    ],
)  # fmt: skip
def test_a_cure_of_the_schema_leads_to_no_other_refusal(line: str, cure: str) -> None:
    key = line.split(":", maxsplit=1)[0]
    name = "target" if key == "replaces" else "plan" if key == "department_id" else "adjustment"
    found = judge(read(PATH, f"{line}\n".encode(), limits.TARGET_BYTES), name).findings
    assert [f.hint.text for f in found if f.where.route[:1] == (key,) and f.code != "missing-key" and f.hint] == [cure]


@pytest.mark.parametrize(
    "text",
    [
        "measure: {\n  unit: 家,\n  aim: about,\n  full_year: 9,\n  half_year: 8\n  }\n",
        "remarks: |-\n  a: b,\n  c: d,\n  e: f,\n",
        'remarks: "甲\n  a: b,\n  c: d,\n  e: f,\n  丙"\n',
        "target: 甲，\nbasis: 乙，\nremarks: 丙，\n",
        "target: 甲，\n  乙\nbasis: 甲，\n  乙\nremarks: 甲，\n  乙\n",
    ],
)
def test_commas_that_belong_at_the_ends_of_lines_are_let_be(text: str) -> None:
    assert not read(PATH, text.encode(), limits.TARGET_BYTES).findings


def test_a_sound_file_loads_no_explanations() -> None:
    code = "import sys; from target_registry.documents import reader; "
    code += "assert not reader.read('x', b'a: \"b\\n  c\"\\nm: {d: \"e\"}\\n', 99).findings; "
    code += "assert not {f'target_registry.documents.{room}' for room in ('brackets', 'cures')} & set(sys.modules)"
    subprocess.run([sys.executable, "-P", "-c", code], check=True)


def test_text_of_sixteen_bits_without_its_mark_is_told_as_such() -> None:
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le"):
        (found,) = read(PATH, "key_work: 消费\n".encode(encoding), 999).findings
        assert (found.code, found.line, found.message.values) == ("not-utf8", 1, {"encoding": "UTF-16"})


def test_a_doubled_conversion_of_line_ends_leaves_lines_of_their_own() -> None:
    found = read(PATH, "weight: 4\r\r\nbasis: 甲\r\r\n: 乙\r\n".encode(), 99).findings
    assert [(f.code, f.line, f.column) for f in found] == [
        ("hidden-character", 1, 10),
        ("hidden-character", 3, 9),
        ("missing-colon", 5, 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- [甲, # 丙\n# 丁\n  乙]\n",
        'basis: "甲#P4"\n',
        "basis: 甲#P4\n",
        'basis: "甲\n\n  乙"\n',
        "[甲,\n乙]\n",
        "key_works:\n- [甲,\n 乙]\n",
        "basis: | # 注\n  甲#乙\n",
        'measure: {"unit":"#"}\n',
    ],
)
def test_what_every_reader_takes_is_taken(text: str) -> None:
    assert read(PATH, text.encode(), 999).findings == []


def test_a_block_at_the_end_of_a_file_has_its_line_end() -> None:
    assert read(PATH, "basis: |\n  甲".encode(), 99).data == {"basis": "甲\n"}
    assert read(PATH, "basis: |-\n  甲".encode(), 99).data == {"basis": "甲"}


LINES = st.sampled_from(
    [
        "weight: 4", "weight: 2", "key_work: a", "key_work: b", 'remarks: "甲', "remarks: '甲", '乙"', "remarks: 乙'", 'weight: 9"', "remarks: |", "remarks: >-",
        "  weight: 3", "measure:", "  unit: 家", "# weight: 1", "basis: 甲 # 乙", 'basis: "甲"', "weight : 5", '"weight": 6', "weight: 6 # 分", "remarks:", "",
    ]
)  # fmt: skip


@settings(max_examples=2000)
@given(st.lists(LINES, max_size=8))
def test_a_weight_taken_without_reading_is_what_is_read(lines: list[str]) -> None:
    raw = "".join(f"{line}\n" for line in lines).encode()
    taken = peek.weight(raw)
    read_whole = read(PATH, raw, limits.TARGET_BYTES)
    if taken is not None and not read_whole.findings:
        assert (read_whole.data["key_work"], read_whole.data["weight"]) == taken


def test_a_form_that_would_be_too_large_does_without_its_modeline() -> None:
    raw = ("weight:  4\n" + "# " + "甲" * 300 + "\n").encode()
    path = "targets/2018/01-a.yaml"
    whole = canonical(path, raw, "target", 4096)
    assert whole.startswith(b"# yaml-language-server")
    without = canonical(path, raw, "target", len(whole) - 1)
    assert whole.endswith(without) and without.startswith(b"weight: 4")
    with pytest.raises(Unformattable):
        canonical(path, b"a:\n- b\n", "target", 8)
