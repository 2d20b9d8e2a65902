"""What a changed sentence promises: the pairs in ``commitments/`` both ways, and what holds of every text."""

from __future__ import annotations

import re
import re._parser as re_parser  # type: ignore[import-not-found]
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from target_registry import figures, scales
from target_registry.commitments import SAME, Comparison, Order, amounts, combine, measures, proofs, remarks, sentences
from target_registry.commitments.amounts import Demand
from target_registry.commitments.declared import extended
from target_registry.commitments.folding import fold
from target_registry.commitments.ladders import Ladders, builtin
from target_registry.commitments.reading import Token, read
from target_registry.language import Speech
from target_registry.model import Message
from tests.conftest import ROOT

PAIRS = ROOT / "tests" / "commitments"
PARTS = "12.０９-−—,，、 （(）%‰a的。\n～不未家个万亿元以上左右约近增长降至力争完成翻番分之八九零前第年月底《》“”确保全部\u200b\ud800"
texts = st.text(alphabet=PARTS, max_size=40) | st.text(max_size=40)


def pairs(name: str) -> list[Any]:
    """The pairs of a file, each with what is expected of it."""
    groups = yaml.safe_load((PAIRS / f"{name}.yaml").read_text(encoding="utf-8"))
    return [
        pytest.param(pair["before"], pair["after"], expected, id=f"{pair['before']} → {pair['after']}")
        for expected, found in groups.items()
        for pair in found
    ]


def told(comparison: Comparison, language: str = "en") -> list[str]:
    """The reasons as a reader meets them."""
    return [Speech(language).tell(reason) for reason in comparison.reasons]


@pytest.mark.parametrize(("before", "after", "expected"), pairs("sentences"))
def test_sentences(before: str, after: str, expected: str) -> None:
    found = sentences.compare(before, after)
    assert found.order is Order(expected), told(found)
    assert (found.order is Order.SAME) == (not found.reasons)
    mirror = sentences.compare(after, before)
    assert mirror.order is found.order.mirrored, told(mirror)


@pytest.mark.parametrize(("before", "after", "expected"), pairs("proofs"))
def test_proofs(before: str, after: str, expected: str) -> None:
    found = proofs.compare(before, after)
    assert found.order is Order(expected), told(found)
    mirror = proofs.compare(after, before)
    assert mirror.order is found.order.mirrored, told(mirror)


@pytest.mark.parametrize(
    "added", ["；争议由我厅裁定", "；合并统计", "；八成算达标", "；延至明年3月", "；往年存量", "和八成完成率"]
)
def test_what_names_no_proof_is_not_taken_for_a_requirement(added: str) -> None:
    before = "商务部业务系统统一平台"
    assert proofs.compare(before, before + added).order is Order.INCOMPARABLE
    assert proofs.compare(before + added, before).order is not Order.STRONGER


@pytest.mark.parametrize("swap", [False, True])
def test_what_a_standard_lists_is_read_once_however_many_requirements_the_other_has(
    monkeypatch: pytest.MonkeyPatch, swap: bool
) -> None:
    few, many = "一千" * 900, "、".join(f"{number}号台账" for number in range(1000, 1150))
    signs = []

    def reading(text: str, words: Ladders) -> list[Token]:
        signs.append(len(text))
        return read(text, words)

    monkeypatch.setattr(proofs, "read", reading)
    proofs.compare(*((many, few) if swap else (few, many)))
    assert len(signs) > 150  # so the requirements were judged one by one
    assert sum(signs) < 3 * len(few + many)


@pytest.mark.parametrize(("before", "after", "expected"), pairs("remarks"))
def test_remarks(before: str, after: str, expected: str) -> None:
    found = remarks.compare(before, after)
    assert found.kind is remarks.Kind(expected)
    assert (found.kind is remarks.Kind.SAME) == (not found.reasons)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2017年新增3000家", "2017年新增3000家，2018年新增2500家", "reservation"),
        ("", "2018年增长8%", "reservation"),
        ("2017年同比增长10.6%", "2017年同比增长10.6%，今年增长8%", "reservation"),
        ("2017年同比增长10.6%", "2017年同比增长10.6%，较2017年增长5%", "reservation"),
        ("2017年新增3000家", "今年新增2500家", "reservation"),
        ("2017年新增3000家", "2018年新增2500家", "reservation"),
        ("2017年新增3000家", "2017年新增3000家，四季度新增500家", "reservation"),
        ("2017年新增3000家", "2017年新增3000家，达到2017年水平90%", "reservation"),
        ("2017年往返运行168次", "2017年往返运行168次，发送14910标箱", "figures"),
        ("2017年同比增长10.6%", "2017年同比增长10.6%，高于全国0.4个百分点", "figures"),
        ("2017年同比增长10.6%", "2017年同比增长9.6%", "figures"),
        ("共三次", "共两次", "figures"),
        ("", "2017 年新增 3000 家", "figures"),
        ("", "截至2017年底，累计5万家", "figures"),
        ("", "2017年目标：新增3000家；完成情况：3500家", "figures"),
        ("", "2018年目标：新增3000家；完成情况：3500家", "reservation"),
        ("", "完成情况：3500家", "reservation"),
        ("", "牵头处室：外贸处，联系电话88888888", "figures"),
        ("", "联系电话8%即可", "reservation"),
        ("2017年同比增长10.6%", "2017年同比增长10.6%，两年平均8%", "reservation"),
        ("2017年同比增长10.6%", "2017年同比增长10.6%，2017年和2018年合并考核", "reservation"),
        ("2017年同比增长10.6%", "2017年同比增长10.6%，2017年为8%，今年同此", "reservation"),
        ("2017年同比增长10.6%", "2017年同比增长10.6%，今年按2017年标准", "reservation"),
        ("2017年同比增长10.6%", "2017年同比增长10.6%，2017年标准为8%，2018年沿用", "reservation"),
        ("2017年同比增长10.6%", "2017年同比增长10.6%，2017年增长8%，2018年相同", "reservation"),
        ("2017年新增3000家", "2017年新增3000家，2017年累计5000家", "figures"),
        ("2017年新增3000家", "2017年新增3000家，2017年合计5000家", "figures"),
    ],
)
def test_a_figure_of_the_plans_own_year_is_no_remark_about_the_past(before: str, after: str, expected: str) -> None:
    assert remarks.compare(before, after, year=2018).kind is remarks.Kind(expected)


@pytest.mark.parametrize(
    ("after", "told"), [("300列-以上", "300列-以上"), ("300列·以上", "300列·以上"), ("300.列以上", "300.列以上")]
)
def test_signs_that_are_no_more_than_looks_are_shown_where_they_are_all_that_differs(after: str, told: str) -> None:
    reasons = sentences.compare("300列以上", after).reasons
    assert reasons
    assert all(reason.values["before"] != reason.values["after"] for reason in reasons)
    assert told in [reason.values["after"] for reason in reasons]


def test_the_pairs_are_many_and_each_stands_once() -> None:
    for name, least in (("sentences", 150), ("proofs", 40), ("remarks", 25)):
        ids = [pair.id for pair in pairs(name)]
        assert len(ids) >= least
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("before", "after", "reasons"),
    [
        ("增长9%左右", "增长8%左右", ["the figure falls from 9%左右 to 8%左右"]),
        ("印发名单", "起草名单", ["“印发” became the weaker “起草”"]),
        ("完成挂牌", "争取完成挂牌", ["“争取” was added, which promises less"]),
        ("新增30家", "新增30人", ["the unit changed: 30家 became 30人"]),
        ("控制在3%以内", "控制在4%以内", ["the limit is loosened from 3%以内 to 4%以内"]),
        (
            "提交省委全面深改领导小组会议审议",
            "提交厅党组会议审议",
            ["“省委全面深改领导小组会议” became “厅党组会议”, and nothing shows that as much is demanded"],
        ),
        ("100吨", "100公斤", ["the unit changed: 100吨 became 100公斤"]),
        ("前3位", "前5位", ["the rank asked for is loosened from 前3位 to 前5位"]),
        ("印发政策的意见", "发布政策意见", ["“印发” became “发布”, which demands as much"]),
        ("6月底前完成", "9月底前完成", ["the deadline is later: 6月底前 became 9月底前"]),
        ("A增长9%、B增长5%", "A增长5%、B增长9%", ["the figure falls from 9% to 5%", "the figure rises from 5% to 9%"]),
        (
            "完成境内外公司注册",
            "完成境外公司注册",
            ["“境内外公司注册” became “境外公司注册”, and nothing shows that as much is demanded"],
        ),
    ],
)
def test_reasons(before: str, after: str, reasons: list[str]) -> None:
    assert told(sentences.compare(before, after)) == reasons


def test_what_no_cell_can_hold_is_not_compared() -> None:
    long = "9%" * 1001
    for before, after in ((long, "增长9%"), ("增长9%", long), (long, f"前{long}")):
        found = sentences.compare(before, after)
        assert (found.order, found.weakens) == (Order.INCOMPARABLE, True)
        assert [Speech("en").tell(reason) for reason in found.reasons] == [
            "a text of more than 2000 characters isn't compared"
        ]
        assert remarks.compare(before, after).kind is remarks.Kind.RESERVATION
    assert sentences.compare(long, long).order is SAME.order
    assert remarks.compare(long, long).kind is remarks.Kind.SAME


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("媒体报道", "主要媒体报道"),
        ("完成设计批复", "完成初步设计批复"),
        ("保留审批事项20项", "保留审批事项30项"),
        ("保留审批事项30项", "保留审批事项20项"),
        ("新增50家", "新增数十家"),
        ("100吨", "100公斤"),
    ],
)
def test_what_is_incomparable_may_still_weaken(before: str, after: str) -> None:
    found = sentences.compare(before, after)
    assert found.order is Order.INCOMPARABLE
    assert found.weakens


def test_reasons_in_chinese() -> None:
    assert told(sentences.compare("增长9%左右", "增长8%左右"), "zh") == ["数值由“9%左右”降为“8%左右”"]
    assert told(proofs.compare("工作总结", "工作总结或领导批示"), "zh") == ["放宽核验，增加可选项“领导批示”"]
    found = remarks.compare("", "不纳入考核")
    assert told(Comparison(Order.WEAKER, found.reasons), "zh") == ["增加了“不纳入考核”"]


def test_a_mixture_is_incomparable_and_names_the_weakening_first() -> None:
    up, down = Comparison(Order.STRONGER, (Message("up"),)), Comparison(Order.WEAKER, (Message("down"),))
    equal, unknown = Comparison(Order.EQUIVALENT, (Message("equal"),)), Comparison(Order.INCOMPARABLE, (Message("?"),))
    assert told(combine([up, down])) == ["down", "up"]
    assert combine([up, down]).order is Order.INCOMPARABLE
    assert told(combine([up, unknown, down, down])) == ["down", "?", "up"]
    assert combine([up, equal]).order is Order.STRONGER
    assert combine([down, equal, SAME]).order is Order.WEAKER
    assert combine([equal, SAME]).order is Order.EQUIVALENT
    assert combine([]) == SAME


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("增长 ９％ 左右。", "增长9%左右"),
        ("1,000家", "1000家"),
        ("1，000家", "1000家"),
        ("1,00家", "1、00家"),
        ("1、2、3", "1、2、3"),
        ("8 — 10%", "8-10%"),
        ("增长−5%", "增长-5%"),
        ("8．5％", "8.5%"),
        ("中国—东盟", "中国东盟"),
        ("①½10²㎡Ⅱ", "①½10²㎡Ⅱ"),
        ("（国发〔2017〕39号）", "国发2017、39号"),
        ("新\u200b增", "新\u200b增"),
        ("≥30±1~2<3", "≥30±1~2<3"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def demand(value: str, unit: str = "%", aim: str | None = None, *, lower: bool = False) -> Demand:
    """A demand for the table below."""
    return Demand(Fraction(value), unit, aim, lower)


@pytest.mark.parametrize(
    ("before", "after", "order"),
    [
        (demand("9"), demand("9", aim="at_least"), Order.EQUIVALENT),
        (demand("9"), demand("8"), Order.WEAKER),
        (demand("9"), demand("9", "‰"), Order.WEAKER),
        (demand("9", aim="at_least"), demand("9", aim="about"), Order.WEAKER),
        (demand("9", aim="about"), demand("8", aim="about"), Order.WEAKER),
        (demand("9", aim="at_least"), demand("9.1", aim="about"), Order.INCOMPARABLE),
        (demand("9", aim="at_least"), demand("12", aim="about"), Order.STRONGER),
        (demand("9", aim="about"), demand("7", aim="at_least"), Order.WEAKER),
        (demand("9", aim="at_least"), demand("9", aim="at_most"), Order.INCOMPARABLE),
        (demand("4", aim="at_most"), demand("5", aim="at_most"), Order.WEAKER),
        (demand("3", aim="about", lower=True), demand("4", aim="about", lower=True), Order.WEAKER),
        (demand("3", aim="about", lower=True), demand("3", aim="at_most"), Order.STRONGER),
        (demand("10", "亿元"), demand("10", "万元"), Order.WEAKER),
        (demand("1", "亿元"), demand("10000", "万元"), Order.EQUIVALENT),
        (demand("1", "亿元"), demand("1", "亿美元"), Order.INCOMPARABLE),
        (demand("9"), demand("9", "个百分点"), Order.INCOMPARABLE),
        (demand("9"), None, Order.WEAKER),
        (None, demand("9"), Order.STRONGER),
        (None, None, Order.SAME),
    ],
)
def test_amounts(before: Demand | None, after: Demand | None, order: Order) -> None:
    assert amounts.compare(before, after).order is order
    assert amounts.compare(after, before).order is order.mirrored


def test_a_measure_is_a_demand_whose_direction_the_sentence_gives() -> None:
    measure = {"unit": "%", "aim": "about", "full_year": Decimal("3.5"), "half_year": 3}
    rising = measures.demand(measure, "full_year", "增长3.5%左右")
    assert rising == Demand(Fraction(7, 2), "%", "about", lower_is_better=False)
    falling = measures.demand(measure, "half_year", "控制在3%左右")
    assert falling is not None and falling.lower_is_better
    fall = measures.demand({"unit": "%", "aim": "at_least", "full_year": 5}, "full_year", "单位能耗下降5%")
    assert fall is not None and not fall.lower_is_better
    growth = measures.demand({"unit": "%", "aim": "about", "full_year": -5}, "full_year", "单位能耗下降5%")
    assert growth is not None and growth.lower_is_better


@pytest.mark.parametrize(
    "measure",
    [
        {},
        {"unit": "%", "aim": "match", "full_year": 9},
        {"unit": "%", "aim": "about"},
        {"unit": "%", "aim": "about", "full_year": "9"},
        {"unit": "%", "aim": "about", "full_year": True},
        {"unit": "%", "aim": "about", "full_year": 9.0},
        {"unit": "%", "aim": "about", "full_year": Decimal("NaN")},
        {"unit": "%", "aim": "about", "full_year": Decimal("1e999999")},
        {"unit": "%", "aim": "about", "full_year": Decimal("1e-999999")},
        {"unit": "%", "aim": "about", "full_year": 10**5000},
        {"unit": ["%"], "aim": "about", "full_year": 9},
        {"unit": "%", "aim": ["about"], "full_year": 9},
        {"unit": "%", "aim": None, "full_year": {"a": 1}},
    ],
)
def test_a_measure_without_a_usable_figure_demands_nothing(measure: dict[str, object]) -> None:
    assert measures.demand(measure, "full_year", "增长9%") is None


def test_the_ladders_contradict_neither_themselves_nor_each_other() -> None:
    words = builtin()
    assert words.circle() == []
    for strong in words.places:
        for weak in words.places:
            orders = {
                (upper.rung > lower.rung) - (upper.rung < lower.rung)
                for upper in words.places[strong]
                for lower in words.places[weak]
                if upper.ladder == lower.ladder
            }
            assert len(orders) <= 1, (strong, weak)


def starts(pattern: Any) -> set[str]:
    """The signs that a parsed pattern can begin with."""
    kind, value = pattern[0]
    if str(kind) == "BRANCH":
        return {sign for branch in value[1] for sign in starts(branch)}
    if str(kind) == "SUBPATTERN":
        return starts(value[-1])
    if str(kind) == "IN":
        return {chr(code) for _, code in value}
    assert str(kind) == "LITERAL"
    return {chr(value)}


def test_patterns_stand_under_all_the_signs_that_they_begin_with() -> None:
    for patterns in (builtin().escape_patterns, builtin().hedge_patterns):
        for signs, pattern in patterns.items():
            assert starts(re_parser.parse(pattern)) == set(signs), pattern


def test_no_word_both_weakens_and_strengthens() -> None:
    words = builtin()
    for one in words.hedges | words.softeners | words.escapes:
        assert one not in words.firmers | words.neutral | words.plain
    assert not words.plain & set(words.places)


def test_verbs_of_what_is_done_to_a_thing_have_two_signs() -> None:
    """That is how many of them are looked at before a 的."""
    assert {len(word) for word in builtin().done_to} == {2}


def test_a_plan_adds_ladders_of_its_own() -> None:
    words = extended(builtin(), [[["放行"], ["验放"], ["接单", "收单"]]])
    assert sentences.compare("货物放行", "货物接单", words).order is Order.WEAKER
    assert sentences.compare("货物接单", "货物放行", words).order is Order.STRONGER
    assert sentences.compare("货物接单", "货物收单", words).order is Order.EQUIVALENT
    assert sentences.compare("货物放行", "货物接单").order is Order.INCOMPARABLE
    assert extended(builtin(), None) is builtin()
    assert extended(builtin(), [[["印发"], ["起草"]]]).compare("印发", "起草") is Order.WEAKER


@pytest.mark.parametrize(
    ("plan", "named"),
    [
        ([[["起草"], ["印发"]]], "起草 and 印发"),
        ([[["十二月"], ["六月"]]], "六月 holds"),
        ([[["下降"], ["增长"]]], "下降"),
        ([[["九家"], ["奠基"]]], "九家"),
        ([[["揭牌，挂牌"], ["奠基"]]], "揭牌，挂牌 is no word"),
        ([[["起草", "印发"]]], "起草 and 印发"),
        ([[["起草完毕"], ["印发完毕"]]], "起草完毕 and 印发完毕"),
        ([[["放行"], ["印发"]], [["起草"], ["放行"]]], "放行"),
        ([[["争取完成"], ["完成"]]], "争取"),
        ([[["全部放行"], ["放行"]]], "全部"),
        ([[["不放行"], ["放行"]]], "不"),
        ([[["放行"], ["接单"]], [["接单"], ["放行"]]], "放行"),
        ([[["放行"], ["放行"]]], "放行"),
        ([[["放行30家"], ["接单"]]], "放行30家"),
        ([[[""], ["接单"]]], "no word"),
        ([[[3], ["接单"]]], "3"),
        ("放行", "list of ladders"),
        ([["放行", "接单"]], "list of rungs"),
        ([[]], "list of rungs"),
        ([[["字" * 30]]], "no word"),
        ([[[chr(0x4E00 + at) for at in range(81)]]], "have 81"),
        ([[[chr(0x4E00 + at) for at in range(15_000)]]], "have 15000"),
    ],
)
def test_a_plan_cannot_turn_a_weakening_round(plan: object, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        extended(builtin(), plan)


def test_a_plan_word_never_cuts_a_builtin_one_in_two() -> None:
    words = extended(builtin(), [[["甲努"], ["甲"]]])
    assert sentences.compare("甲力完成", "甲努力完成", words).order is not Order.STRONGER


@given(texts)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert sentences.compare(text, text).order is Order.SAME
    assert proofs.compare(text, text).order is Order.SAME
    assert remarks.compare(text, text).kind is remarks.Kind.SAME


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_reading_loses_nothing(text: str) -> None:
    """Joined, the pieces are the sentence; only 翻番 says its 增长 in one piece more."""
    joined = "".join(token.text for token in read(text))
    assert joined.replace("增长翻", "翻") == fold(text).replace("增长翻", "翻")


@given(texts, texts)
def test_any_two_texts_mirror_each_other(before: str, after: str) -> None:
    assert sentences.compare(before, after).order.mirrored is sentences.compare(after, before).order
    # What is taken out of a standard is less, whatever it was; what is added to it may be nothing that proves.
    there, back = proofs.compare(before, after).order, proofs.compare(after, before).order
    assert there.mirrored is back or Order.INCOMPARABLE in (there, back)
    remarks.compare(before, after)


@given(texts, texts)
def test_appended_text_never_strengthens_unseen(before: str, after: str) -> None:
    """Whatever is not known to strengthen, counts as weaker."""
    found = sentences.compare(before + "完成", before + "完成" + after + "甲乙丙")
    assert found.order in (Order.INCOMPARABLE, Order.WEAKER)


HOSTILE = ["的", "完成", "9%、", "约 ", "不", "A", "《", "- ", "十", "除", "达到", "1,000", "力争完成9%，", "第", "前", "、", " ",
           "\n", "； ", "、或", "-", "1", "1 ", "亿", "和 ", "遇一则，", "数十家", "一、", "或/"]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_text_is_long_to_judge(unit: str) -> None:
    """What grew with the cube of a cell took hours at this length."""
    text = unit * (1_990 // len(unit))
    before, after = text, f"家{text[3:1000]}数{text[1000:]}"
    assert sentences.compare(before, after).order.mirrored is sentences.compare(after, before).order
    # What is taken out of a standard is less, whatever it was; what is added to it may be nothing that proves.
    there, back = proofs.compare(before, after).order, proofs.compare(after, before).order
    assert there.mirrored is back or Order.INCOMPARABLE in (there, back)
    assert remarks.compare(before, after + "可顺延").kind is remarks.Kind.RESERVATION


def test_very_many_figures_against_a_vague_one() -> None:
    before, after = "9家" * 1000, "的" * 1990 + "数十家"
    found = sentences.compare(before, after)
    assert found.order is Order.INCOMPARABLE
    assert found.weakens


def test_thousands_of_requirements_are_judged_as_one_sentence() -> None:
    before = "、".join(f"甲{at}报告" for at in range(3000))
    found = proofs.compare(before, before.replace("甲1500报告、", ""))
    assert found.order is Order.INCOMPARABLE
    assert found.weakens


@pytest.mark.parametrize(
    "digits", ["{}" + "9" * 1900, "{}" + ",000" * 470, "0.{}" + "1" * 1900, "百分之{}" + "9" * 1900]
)
def test_numbers_beyond_reason_are_not_compared(digits: str) -> None:
    before, after = (f"新增{digits.format(first)}家" for first in (1, 2))
    for one, other in ((before, after), (after, before)):
        assert sentences.compare(one, other).order is Order.INCOMPARABLE
        assert proofs.compare(one, other).order is Order.INCOMPARABLE
        assert remarks.compare(one, other).kind is remarks.Kind.FIGURES


@given(texts, texts)
def test_remarks_never_lose_a_digit_unseen(before: str, after: str) -> None:
    digits = [re.findall("[0-9]", fold(text)) for text in (before, after)]
    if digits[0] != digits[1]:
        assert remarks.compare(before, after).kind in (remarks.Kind.FIGURES, remarks.Kind.RESERVATION)


READ_OTHERWISE = {
    "出口翻两番",  # the one counts 番, the other by how much it grows
    "最多跑1次",
    "最多跑2次",
    "至少完成5件",
    "高于全国平均2个百分点",
    "高于全国平均1个百分点",
    "出口高于全国平均增长1%",
    "不超过上年的90%",  # how much of last year's is allowed
    "不超过上年的95%",
    "PM2.5浓度达到30微克/立方米",  # of which little is better
    "PM2.5浓度达到32微克/立方米",
    "水质达标率高于全国平均10个百分点",
    "水质达标率高于全国平均8个百分点",
    "利润控制在-3亿元",  # 控制在 is an aim to the one, and a fall to the other
    "利润控制在-5亿元",
}
"""Sentences in which words that don't touch the figure count for the one reader and not for the other."""


def test_measures_and_changes_read_one_figure_alike() -> None:
    """What checks a measure and what compares two wordings agree on how a sentence's only figure is meant."""
    compared, unlike = 0, set()
    for _, group in sorted(yaml.safe_load((PAIRS / "sentences.yaml").read_text(encoding="utf-8")).items()):
        for sentence in {text for pair in group for text in (pair["before"], pair["after"])}:
            measured = figures.find(sentence)
            promised = [token.demand for token in read(sentence) if token.demand is not None]
            if len(measured) != 1 or len(promised) != 1:
                continue
            compared += 1
            (figure,), (demand,) = measured, promised
            wanted, _ = scales.scaled(demand.value, demand.unit)
            is_ratio = figure.unit == scales.RATIO
            value = figure.value if is_ratio else scales.scaled(figure.value, figure.word)[0]
            if value not in (wanted, -wanted) or figure.aim != demand.aim:
                unlike.add(sentence)
    assert compared > 400
    assert unlike == READ_OTHERWISE


def test_a_text_of_very_many_numbers_is_not_compared() -> None:
    before = "一9%二9家" * 60
    assert sentences.compare(before, before).order is Order.SAME
    for text in (before.replace("9", "8"), "增长9%"):
        for one, other in ((before, text), (text, before)):
            found = sentences.compare(one, other)
            assert (found.order, found.weakens) == (Order.INCOMPARABLE, True)
            assert told(found) == ["a text of more than 200 numbers isn't compared"]
            assert remarks.compare(one, other).kind is remarks.Kind.RESERVATION
    assert remarks.takes_back(before, 2018)


@pytest.mark.parametrize("sign", sorted({*"年月日前底末初上下半季度今当本明次", *"一三亿万千百翻零第双A1-/.%"}))
def test_every_sentence_is_read_to_its_end(sign: str) -> None:
    """Each token takes a sign at the least: one that took none would be found again for ever."""
    for word in ("上线", "完成", "建成", "半年完成", "前", "底", ""):
        for text in (f"2018年{sign}{word}", f"2018{sign}{word}6月{word}", f"平台6{sign}年{word}运行"):
            assert len(read(text)) <= len(text) + 1
