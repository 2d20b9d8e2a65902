"""The words that tell whether more or less is better: that the data is sound, and what each group is for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product

import pytest

from target_registry.direction import Words, known, moving, rates, read, scope, spans, things

GROUPS = read()
# Of what is meant, these say the opposite; that no verb of taking away or of falling is among the first is another idea.
GOOD = ("wanted", "wanted_endings", "general", "grows", "good_shares", "good_in_spite", "good_in_any_case")
BAD = (
    "little", "little_right_before", "hospitality", "bad", "grave", "spending", "spoiled", "not_to_be_used",
    "either_way_near", "either_way_right_before", "either_way_anywhere", "bad_rates",
)  # fmt: skip
APART = [
    *product(GOOD, BAD),
    ("good_rates", "bad_rates"),
    ("good_rates", "spoiled"),
    ("falls", "grows"),
    ("falls", "rises"),
    ("meant_to_fall", "grows"),
    ("time_taken", "time_given"),
    ("done_in", "goes_on"),
    ("wanted", "general"),
    ("general", "preludes"),
    ("grows", "rises"),
    *combinations(("little", "little_right_before", "bad"), 2),
]


def test_every_group_is_known_by_its_name_and_says_what_it_is() -> None:
    assert list(Words.__annotations__) == list(GROUPS)
    for name, group in GROUPS.items():
        assert set(group) - {"in_order"} == {"note", "words"}, name
        assert group["note"].strip(), name


@pytest.mark.parametrize("name", GROUPS)
def test_the_words_of_a_group_are_sorted_and_stand_there_once(name: str) -> None:
    words = GROUPS[name]["words"]
    assert len(words) == len(set(words))
    assert all(word and word == word.strip() for word in words)
    assert GROUPS[name].get("in_order") is True or words == sorted(words)


@pytest.mark.parametrize(("one", "other"), APART)
def test_no_word_stands_in_two_groups_that_contradict_each_other(one: str, other: str) -> None:
    assert set(GROUPS[one]["words"]) & set(GROUPS[other]["words"]) == set()


def test_no_good_rate_is_one_that_is_to_be_low() -> None:
    rated = {word + "率" for word in known().good_rates}
    assert rated & {*known().little, *known().little_right_before, *known().grave} == set()


def test_where_words_are_taken_away_no_earlier_one_spoils_a_later() -> None:
    words = known()
    spoiled = [
        (before, after)
        for group in (words.good_in_spite, words.no_shares, words.over_time, (*words.general, *words.preludes))
        for at, before in enumerate(group)
        for after in group[at + 1 :]
        if before in after
    ]
    assert spoiled == []


def is_scope(said: str) -> bool:
    """Whether the figure of a sentence, marked by brackets behind its number and its words, tells which things are meant."""
    before, told, behind = said.replace("]", "[").split("[")
    number = "".join(char for char in told if char.isdigit())
    unit = told.removeprefix(number).removesuffix("以上").removesuffix("内")
    text = before + told + behind
    return scope.is_scope(before, unit, text, len(before + told))


def is_done_in(said: str) -> bool:
    return spans.is_done_in(said, said.index("日") + 1)


def is_favour(said: str) -> bool:
    return things.is_favour(said, "")


def is_incident(said: str) -> bool:
    return things.is_incident(said, "起")


# A group, what asks for it, a part of which that is true by a word of the group, and one of which it isn't.
EXAMPLES = [
    ("falls", moving.falls_to, "成本回落到", "成本上升到"),
    ("meant_to_fall", moving.falls_well, "遏制销量下降", "销量下降"),
    ("control_in_names", things.goes_either_way, "控制性详细规划", "详细规划"),
    ("controlled", moving.falls_well, "控制销量下降", "内部控制单位下降"),
    ("ceilings", moving.falls_by, "用地压缩", "压缩用地控制线"),
    ("grows", moving.grows, "进出口增长", "进出口"),
    ("rises", things.goes_either_way, "审批周期上升", "出口上升"),
    ("over_time", things.goes_either_way, "审批周期同比增长", "出口同比增长"),
    ("limits", rates.is_share_of_a_limit, "不超过上年的", "去年的"),
    ("takes_away", moving.removes, "精简审批环节", "审批环节"),
    ("little", things.is_little_better, "失业率控制在", "就业率控制在"),
    ("little_right_before", things.is_little_better, "接待费", "接待费公开单位"),
    ("hospitality", things.is_little_better, "三公经费", "三公经费公开单位"),
    ("bad", moving.falls_well, "废水下降", "销量下降"),
    ("time_taken", things.is_little_better, "审批时间", "服务时间"),
    ("time_given", things.is_little_better, "办理时间", "延时办理时间"),
    ("rise_wanted", things.is_little_better, "颗粒物浓度", "溶解氧浓度"),
    ("grave", things.is_wanted, "新增企业", "新增违建企业"),
    ("good_in_spite", things.is_wanted, "疫苗接种", "疫病接种"),
    ("dealt_with", is_incident, "酒驾", "查处酒驾"),
    ("spending", things.is_wanted, "治理危房项目", "治理危房项目支出"),
    ("either_way_near", things.goes_either_way, "投诉", "表扬"),
    ("either_way_right_before", things.goes_either_way, "审批环节", "审批环节评审专家"),
    ("either_way_anywhere", things.goes_either_way, "拖欠工程款的企业", "企业"),
    ("good_in_any_case", things.goes_either_way, "成本", "研发成本"),
    ("wanted", things.is_wanted, "培训人才", "某"),
    ("wanted_endings", things.is_wanted, "某区", "某"),
    ("general", things.is_wanted, "完成", "某完成"),
    ("preludes", things.is_wanted, "全年力争新增", "某新增"),
    ("makes", things.is_made, "新建停车位", "停车位"),
    ("given", is_favour, "最高奖励", "最高气温"),
    ("good_rates", rates.is_good_rate, "办结率", "离婚率"),
    ("spoiled", rates.is_good_rate, "办结率", "超期办结率"),
    ("not_to_be_used", rates.is_good_rate, "设备使用率", "抗生素使用率"),
    ("bad_rates", rates.is_good_rate, "评价率", "负面评价率"),
    ("bad_signs", rates.has_bad_rate, "空驶率", "办结率"),
    ("good_shares", rates.is_good_share, "新能源占比", "某占比"),
    ("kinds", rates.is_good_share, "新能源公交车占比", "新能源某占比"),
    ("having", rates.is_good_share, "配备校医学校占比", "校医学校占比"),
    ("no_shares", rates.is_share, "出口占全国", "占地"),
    ("told_apart", is_scope, "[100户以上]自然村", "[100户以上]困难家庭"),
    ("since", is_scope, "毕业[5年内]高校毕业生", "培养[5年内]高校毕业生"),
    ("goes_on", spans.goes_on, "安全运行", "累计"),
    ("done_in", is_done_in, "3个工作日内办结", "3个工作日内公示"),
]


def test_every_group_has_an_example() -> None:
    assert [name for name, *_ in EXAMPLES] == list(GROUPS)


@pytest.mark.parametrize(("name", "asks", "true", "false"), EXAMPLES)
def test_a_group_does_what_its_note_says(name: str, asks: Callable[[str], bool], true: str, false: str) -> None:
    assert asks(true) and not asks(false)
