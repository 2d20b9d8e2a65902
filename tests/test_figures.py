"""What sentences say in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from target_registry import figures, fitting, measuring, numerals


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("社会消费品零售总额增长9%左右", [("9", "%", "about")]),
        ("社会消费品零售总额增长９％左右", [("9", "%", "about")]),
        ("出口总额占全国八分之一左右", [("1/8", "%", "about")]),
        ("自主品牌产品出口额占全省出口额6%以上", [("6", "%", "at_least")]),
        ("新增进出口经营权备案登记企业10000家", [("10000", "家", None)]),
        ("新增企业10,000家", [("10000", "家", None)]),
        ("新增企业1.5万家以上", [("3/2", "万家", "at_least")]),
        ("到账外资不少于120亿美元", [("120", "亿美元", "at_least")]),
        ("失业率控制在4%以内", [("4", "%", "at_most")]),
        ("投诉不超过20件", [("20", "件", "at_most")]),
        ("占比提高2个百分点", [("2", "个百分点", None)]),
        ("本地采购占三成以上", [("3", "成", "at_least")]),
        ("投资三点五亿元", [("7/2", "亿元", None)]),
        ("增长约十二点五个百分点", [("25/2", "个百分点", "about")]),
        ("引进两点零五亿美元以上", [("41/20", "亿美元", "at_least")]),
        ("三点五十分开会", []),
        ("新增10到20个", [("10", "个", None), ("20", "个", None)]),
        ("增长8%到10%", [("8", "%", None), ("10", "%", None)]),
        ("由5个增加到8个", [("5", "个", None), ("8", "个", None)]),
        ("2018至2020年新增8家", [("8", "家", None)]),
        ("2018到2020年新增8家", [("8", "家", None)]),
        ("1至6月增长5%，7到9月增长6%", [("5", "%", None), ("6", "%", None)]),
        ("400-800-1234热线接通率98%", [("98", "%", None)]),
        ("拨打400-8001234", []),
        (
            "新增五到八家，一百至一百二十人",
            [("5", "家", None), ("8", "家", None), ("100", "人", None), ("120", "人", None)],
        ),
        ("每10万人拥有医生20人", [("20", "人", None)]),
        ("二至三季度推进，九至十月完成", []),
        ("一户一表改造100户，推进一件事改革，一次办结率90%", [("100", "户", None), ("90", "%", None)]),
        ("建成一个一站式平台，一村一品", [("1", "个", None)]),
        ("低保标准达到800元/月，均价15000元/平方米", [("800", "元/月", "at_least"), ("15000", "元/平方米", None)]),
        ("拥有量3件/万人，处理50万吨/日", [("3", "件/万人", None), ("50", "万吨/日", None)]),
        ("建成1000㎡文化广场，浓度35μg/m³，26℃", [("1000", "m2", None), ("35", "μg/m3", None), ("26", "°C", None)]),
        ("完成3000万TEU，建成1000m²", [("3000", "万TEU", None), ("1000", "m2", None)]),
        ("控制在2以内，0.6以上", [("2", "", "at_most"), ("3/5", "", "at_least")]),
        (
            "差错率2%及以下，增幅回落到3%，大概30家",
            [("2", "%", "at_most"), ("3", "%", "at_most"), ("30", "家", "about")],
        ),
        ("三日内办结，两小时内响应", [("3", "日", "at_most"), ("2", "小时", "at_most")]),
        ("120急救站点新增30个，110警情下降5%", [("30", "个", None), ("5", "%", None)]),
        ("12306网站，12369举报电话，引进211高校2所", [("2", "所", None)]),
        ("COVID-19，IPv6，35千伏线路，2018届毕业生，2018学年，20世纪90年代，3号楼", []),
        ("由三十家增加到五十家", [("30", "家", None), ("50", "家", None)]),
        ("建成五个园区、三个平台", [("5", "个", None), ("3", "个", None)]),
        ("全省11个设区市PM2.5浓度不高于35微克/立方米", [("11", "个", None), ("35", "微克/立方米", "at_most")]),
        ("11个市出口占全国近八分之一", [("11", "个", None), ("1/8", "%", "about")]),
        ("8个重点行业投资占比约30%", [("8", "个", None), ("30", "%", "about")]),
        ("引进5个百亿元项目", [("5", "个", None)]),
        ("师生比不低于1:12，18:00前办结", []),
        ("详见2018-06-30会议纪要，2018/06/30前确认，2018.6.30印发，2018/06完成", []),
        ("见附件1，５月核定，12月报送", []),
        ("新增2000-12000家", [("2000", "家", None), ("12000", "家", None)]),
        ("完成投资2018.6亿元", [("10093/5", "亿元", None)]),
        ("为期3个月", [("3", "个月", None)]),
        ("装机容量1000MW", [("1000", "MW", None)]),
        ("推进5G建设，新增4A级景区2家，3D打印", [("2", "家", None)]),
        ("完成235国道改建，7×24小时值守", []),
        ("入选国家千人计划人才5名", [("5", "名", None)]),
        ("培训60周岁以上", [("60", "周岁", "at_least")]),
        ("落实全国人大二次会议精神", []),
        ("召开三次会议", [("3", "次", None)]),
        ("新增400-800家", [("400", "家", None), ("800", "家", None)]),
        ("孕产妇死亡率控制在10/10万以下", [("10", "/10万", "at_most")]),
        ("发案率低于3.5/万", [("7/2", "/万", "at_most")]),
        ("举办活动二十场", [("20", "场", None)]),
        ("全省电商镇总数累计达85个", [("85", "个", "at_least")]),
        ("完成约300项", [("300", "项", "about")]),
        ("办好第二届世界油商大会", []),
        ("新建一批境外经贸合作区", []),
        ("加快建设“一带一路”捷克站", []),
        ("2017年同比增长10.6%", [("53/5", "%", None)]),
        ("浙政办发﹝2018﹞14号第2页", []),
        ("省府办印发民营跨国公司三年行动计划（2017—2019年）的通知P4-5", []),
        ("参照《规范》（DB33/T 22038-2017）", []),
        ("2018年6月30日前完成", []),
        ("争取12月底前挂牌", []),
        ("兴夫2018第243号批示", []),
        ("新增企业500 家", [("500", "家", None)]),
        ("新增企业30余家", [("30", "家", None)]),
        ("新增十多个", [("10", "个", None)]),
        ("培训五千人次", [("5000", "人次", None)]),
        ("增长8-10%", [("8", "%", None), ("10", "%", None)]),
        ("增长8%—10%", [("8", "%", None), ("10", "%", None)]),
        ("新增30至35家", [("30", "家", None), ("35", "家", None)]),
        ("增长百分之八点五", [("17/200", "%", None)]),
        ("占全省1/8左右", [("1/8", "%", "about")]),
        ("进出口总额翻一番", [("1", "番", None)]),
        ("安全事故为零", [("0", "", None)]),
        ("近30家", [("30", "家", "about")]),
        ("综合排名保持全国前3位", [("3", "位", "at_most")]),
        ("不少于20场次", [("20", "场次", "at_least")]),
        ("合格率不得低于98%", [("98", "%", "at_least")]),
        ("开行不能少于300列", [("300", "列", "at_least")]),
        ("失业率不得超过5%", [("5", "%", "at_most")]),
        ("费用不应高于5%", [("5", "%", "at_most")]),
        ("负债率不突破60%", [("60", "%", "at_most")]),
        ("新增5万余家", [("5", "万家", None)]),
        ("培训8000-12000人次", [("8000", "人次", None), ("12000", "人次", None)]),
        ("新增2000～2050家", [("2000", "家", None), ("2050", "家", None)]),
        ("2017—2019年新增8家", [("8", "家", None)]),
        ("联系电话0571-87050000", []),
        ("新增企业1万2千家", [("12", "千家", None)]),
        ("完成投资12亿5千万元", [("125", "千万元", None)]),
        ("完成投资3亿2000万元", [("32000", "万元", None)]),
        ("投资1亿3千5百万元", [("135", "百万元", None)]),
        ("占比三成五", [("7/20", "%", None)]),
        ("每万人发明专利拥有量15件", [("15", "件", None)]),
        ("每100户拥有量达50辆", [("50", "辆", "at_least")]),
        ("万元GDP能耗下降3%", [("3", "%", None)]),
        ("服务热线12345接通率98%", [("98", "%", None)]),
        ("发表论文三十篇", [("30", "篇", None)]),
        ("新建绿道三十公里", [("30", "公里", None)]),
        ("新一轮改革", []),
        ("就业8万-12万人", [("8", "万人", None), ("12", "万人", None)]),
        ("增长8%至10%", [("8", "%", None), ("10", "%", None)]),
        ("新增1万2千余家", [("12", "千家", None)]),
        ("新增1万2千-1万8千家", [("12", "千家", None), ("18", "千家", None)]),
        ("发电量达到12亿5千万千瓦时", [("125", "千万千瓦时", "at_least")]),
        ("新增服务热线100条", [("100", "条", None)]),
        ("12345政务服务便民热线按期办结率99.5%", [("199/2", "%", None)]),
        ("12345平台办结率98%", [("98", "%", None)]),
        ("新增12000家服务平台", [("12000", "家", None)]),
        ("建成管网12500 公里，覆盖平台3个", [("12500", "公里", None), ("3", "个", None)]),
        ("改造12345平方米", [("12345", "平方米", None)]),
        ("占比3成5以上", [("7/20", "%", "at_least")]),
        ("1-6月完成投资60亿元", [("60", "亿元", None)]),
        ("双11期间销售额10亿元", [("10", "亿元", None)]),
        ("最多跑一次事项覆盖率100%", [("100", "%", None)]),
        ("打造万亩平台5个", [("5", "个", None)]),
        ("为企业减负10亿元", [("10", "亿元", None)]),
        ("解约率不高于1%", [("1", "%", "at_most")]),
        ("约谈企业10家", [("10", "家", None)]),
        ("统一标准", []),
        ("新增5-8万多家", [("5", "万家", None), ("8", "万家", None)]),
        ("新建道路500公里", [("500", "公里", None)]),
        ("新建2万平方米", [("2", "万平方米", None)]),
        ("发电100万千瓦时", [("100", "万千瓦时", None)]),
        ("浓度降至35微克/立方米", [("35", "微克/立方米", None)]),
        ("投资2000亿元人民币", [("2000", "亿元", None)]),
        ("近万家", [("10000", "家", "about")]),
        ("参保人数800万左右", [("800", "万", "about")]),
        ("费用率万分之五", [("1/2000", "%", None)]),
        ("完成千套", [("1000", "套", None)]),
        ("利润不低于-3亿元", [("-3", "亿元", "at_least")]),
        ("出口增速－3%左右", [("-3", "%", "about")]),
        ("出口增速−3%", [("-3", "%", None)]),
        ("出口增速负3%", [("-3", "%", None)]),
        ("新增30-35家", [("30", "家", None), ("35", "家", None)]),
        ("培育数万家企业", []),
        ("带动上千户增收", []),
        ("新增几十项", []),
        ("Open at least 200 kindergartens", [("200", "kindergartens", "at_least")]),
        ("推进5G建设，24小时值守，迎接40周年", []),
        ("推动“最多跑一次”改革，做好12345热线", []),
        ("打造千亿平台，引进500强企业", []),
        ("参与16+1合作", []),
    ],
)
def test_find(sentence: str, found: list[tuple[str, str, str | None]]) -> None:
    assert [(str(f.value), f.word, f.aim) for f in figures.find(sentence)] == found
    shown = [sentence[start:end] for start, end in figures.places(sentence)]
    assert len(shown) == len(found)
    assert all(part == part.strip() != "" for part in shown)


HOSTILE = [
    "A",
    "1",
    "1A",
    "《",
    "“",
    "《“",
    "一",
    "两百",
    "万",
    "到",
    "第",
    "1.",
    "1-",
    " ",
    "1,000,",
    "分之",
    "1 ",
    "〔2018",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_text_is_long_to_read(unit: str) -> None:
    """Each of these took hours as a pattern would try every way to cut it."""
    text = unit * (1_990 // len(unit))
    assert figures.find(text + "，增长9%")[-1] == figures.find("，增长9%")[-1]
    measuring.propose(text, text, text)


@pytest.mark.parametrize(
    "digits", ["9" * 1900, "9" * 41, "1" + ",000" * 470, "0." + "1" * 1900, "十" * 1900, "亿" * 1900]
)
def test_a_number_beyond_reason_is_no_figure(digits: str) -> None:
    assert figures.find(f"新增{digits}家") == []
    assert figures.find(f"占全国{digits}分之一") == []
    assert [str(figure.value) for figure in figures.find(f"新增{digits}家，增长9%")] == ["9"]


def test_what_no_cell_can_hold_names_no_figure() -> None:
    assert len(figures.find("9%、" * 666)) == 666
    assert figures.find("9%、" * 667) == []


@pytest.mark.parametrize(
    ("digits", "has"), [("9" * 15, True), ("9" * 16, False), ("1234567890123.45", True), ("12345678901234.56", False)]
)
def test_a_measure_has_no_more_digits_than_readers_keep(digits: str, has: bool) -> None:
    assert (measuring.propose(f"新增{digits}家", "", "") is not None) == has
    proposed = measuring.propose("新增9家", f"新增{digits}家", f"上年{digits}家")
    assert proposed
    assert ("half_year" in proposed, "baseline" in proposed) == (has, has)


def test_a_unit_beyond_reason_is_no_multiple() -> None:
    assert fitting.fit(9, "亿" * 20_000, figures.find("新增9家")) == (True, False, figures.find("新增9家")[0])


def test_a_range_among_thousands() -> None:
    found = figures.find("8-10%、" * 300)
    assert len(found) == 600
    assert fitting.fit(11, "%", found)[:2] == (False, True)


@pytest.mark.parametrize(
    ("value", "unit", "sentence", "fits"),
    [
        (9, "%", "增长9%左右", (True, True)),
        (Decimal("12.5"), "%", "占全国八分之一左右", (True, True)),
        (15000, "家", "新增1.5万家", (True, True)),
        (Decimal("1.5"), "万家", "新增15000家", (True, True)),
        (9, "‰", "增长0.9%", (True, True)),
        (30, "%", "占三成以上", (True, True)),
        (9, "%", "增长9‰", (True, False)),
        (2, "倍", "翻一番", (True, True)),
        (100, "%", "翻一番", (True, True)),
        (4, "倍", "翻两番", (True, True)),
        (Decimal("66.7"), "%", "三分之二以上", (True, True)),
        (Decimal("66.6"), "%", "三分之二以上", (False, True)),
        (0, "起", "安全事故为零", (True, True)),
        (2, "百分点", "提高2个百分点", (True, True)),
        (2000, "亿元", "2000亿人民币", (True, True)),
        (Decimal("8.5"), "%", "百分之八点五", (True, True)),
        (30, "家", "新增30余家", (True, True)),
        (5, "万家", "新增5万余家", (True, True)),
        (-3, "亿元", "利润不低于-3亿元", (True, True)),
        (3, "亿元", "利润不低于-3亿元", (False, True)),
        (500, "公里", "新建道路500公里", (True, True)),
        (Decimal("0.05"), "%", "万分之五", (True, True)),
        (8, "%", "增长9%", (False, True)),
        (100, "亿元", "投资100万元", (True, False)),
        (300, "个", "往返300列", (True, False)),
        (2, "%", "提高2个百分点", (True, False)),
        (9, "%的十分之一", "增长9%左右", (True, False)),
        (9, "%%", "增长9%左右", (True, False)),
        (9, "‰以下", "不超过9‰", (True, False)),
    ],
)
def test_fit(value: int | Decimal, unit: str, sentence: str, fits: tuple[bool, bool]) -> None:
    fit = fitting.fit(value, unit, figures.find(sentence))
    assert (fit.value, fit.unit) == fits


@pytest.mark.parametrize(
    ("sentence", "indicator", "unit", "full_year"),
    [
        ("培训8000-12000人次", "培训", "人次", 8000),
        ("每万人发明专利拥有量15件", "每万人发明专利拥有量", "件", 15),
        ("3年内建成5个园区", "3年内建成", "个", 5),
        ("服务热线12345接通率98%", "服务热线12345接通率", "%", 98),
        ("完成投资12亿5千万元", "完成投资", "千万元", 125),
        ("审批时间由20天缩短为5天", "审批时间由20天缩短", "天", 5),
        ("占比由15%提高到18%", "占比由15%提高", "%", 18),
        ("占比由上年的15%提高到18%", "占比由上年的15%提高", "%", 18),
        ("每10万人拥有医生20人", "每10万人拥有医生", "人", 20),
        ("10个县审批时间不超过5天", "10个县审批时间", "天", 5),
    ],
)
def test_a_measure_is_proposed_of_the_figure_that_is_reached(
    sentence: str, indicator: str, unit: str, full_year: int
) -> None:
    measure = measuring.propose(sentence, "", "")
    assert measure is not None
    assert (measure["indicator"], measure["unit"], measure["full_year"]) == (indicator, unit, full_year)


def test_a_measure_in_another_unit_says_the_same() -> None:
    proposed = measuring.propose("新增1.2万家", "新增5000家", "")
    assert proposed == {
        "indicator": "新增", "unit": "万家", "aim": "at_least", "full_year": Decimal("1.2"), "half_year": Decimal("0.5")
    }  # fmt: skip
    assert measuring.converted(proposed, "家") == {**proposed, "unit": "家", "full_year": 12000, "half_year": 5000}
    assert measuring.converted(proposed, "人次") is None


def test_propose_reads_a_measure_from_the_sentences() -> None:
    assert measuring.propose("限额以上企业新增500家以上", "新增250家", "2017年新增400家") == {
        "indicator": "限额以上企业新增",
        "unit": "家",
        "aim": "at_least",
        "full_year": 500,
        "half_year": 250,
        "baseline": 400,
    }
    assert measuring.propose("出口总额占全国八分之一左右", "", "") == {
        "indicator": "出口总额占全国",
        "unit": "%",
        "aim": "about",
        "full_year": Decimal("12.5"),
    }
    assert measuring.propose("培育电商企业5万余家", "", "") == {
        "indicator": "培育电商企业",
        "unit": "万家",
        "aim": "at_least",
        "full_year": 5,
    }
    assert measuring.propose("办理时限压缩至10小时", "", "") == {
        "indicator": "办理时限压缩至",
        "unit": "小时",
        "aim": "at_most",
        "full_year": 10,
    }
    proposed = measuring.propose("培育产值超10亿元的农业全产业链80条", "40条", "")
    assert proposed == {
        "indicator": "培育产值超10亿元的农业全产业链",
        "unit": "条",
        "aim": "at_least",
        "full_year": 80,
        "half_year": 40,
    }
    proposed = measuring.propose("年营收2000万元以上企业达到10家", "", "")
    assert proposed == {"indicator": "年营收2000万元以上企业", "unit": "家", "aim": "at_least", "full_year": 10}
    proposed = measuring.propose("增长9%以上，新增3家", "", "")
    assert proposed is not None and (proposed["unit"], proposed["full_year"]) == ("%", 9)
    assert measuring.propose("占全国三分之一", "", "") is None
    assert measuring.propose("完成任务", "", "") is None


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (10, "十"), (11, "十一"), (15, "十五"), (20, "二十"), (21, "二十一"), (100, "一百"), (105, "一百零五"),
     (110, "一百一十"), (1001, "一千零一"), (2018, "二千零一十八"), (9999, "九千九百九十九")],
)  # fmt: skip
def test_numerals_both_ways(number: int, numeral: str) -> None:
    assert numerals.chinese(number) == numeral
    assert numerals.parse(numeral) == number


def test_every_numeral_is_read_back() -> None:
    assert all(numerals.parse(numerals.chinese(number)) == number for number in range(1, 10_000))


@pytest.mark.parametrize(
    ("numeral", "low", "high"),
    [
        ("两三千", 2_000, 3_000), ("七八百", 700, 800), ("十五六", 15, 16), ("一百二三十", 120, 130), ("三五", 3, 5),
        ("三百五六", 350, 360), ("三百五", 350, 350), ("一万二", 12_000, 12_000), ("一亿二", 120_000_000, 120_000_000),
        ("一亿二千万", 120_000_000, 120_000_000), ("一万亿", 10**12, 10**12), ("二〇一八", 2_018, 2_018), ("三百零五", 305, 305), ("万", 10_000, 10_000), ("亿", 10**8, 10**8),
        ("一百零二三", 102, 103), ("一千零二三十", 1_020, 1_030),
    ],
)  # fmt: skip
def test_numerals_as_they_are_spoken(numeral: str, low: int, high: int) -> None:
    assert numerals.span(numeral) == (low, high)
    assert numerals.parse(numeral) == low


def test_a_numeral_of_two_ends_is_a_range() -> None:
    found = [(int(figure.value), figure.ranged) for figure in figures.find("新增两三千家企业")]
    assert found == [(2_000, True), (3_000, False)]
    for value, fits in ((2_500, True), (2_000, True), (3_000, True), (4_000, False)):
        assert fitting.fit(value, "家", figures.find("新增两三千家企业")).value is fits


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numerals_have_bounds(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        numerals.chinese(number)


@pytest.mark.parametrize("text", ["", "甲", "十a"])
def test_what_is_no_numeral(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the text itself is the message
        numerals.parse(text)
    assert numerals.parse("两万") == 20_000
    assert Fraction(numerals.parse("一"), numerals.parse("八")) == Fraction(1, 8)


def test_raised_and_circled_numbers_are_no_digits() -> None:
    for sentence, values in (
        ("完成10²%以上", {10}),
        ("完成③8.5%", {Fraction(17, 2)}),
        ("完成①②件", set()),
        ("增长９％", {9}),
    ):
        assert {figure.value for figure in figures.find(sentence)} == values


@pytest.mark.parametrize(
    ("sentence", "indicator", "aim"),
    [
        ("加强案件应对，全年为1000家企业开展服务", "加强案件应对", "at_least"),
        ("城镇登记失业率4%", "城镇登记失业率", "at_most"),
        ("企业开办时间1个工作日", "企业开办时间", "at_most"),
        ("优良天数比率90%", "优良天数比率", "at_least"),
    ],
)
def test_a_measure_is_proposed_of_what_is_counted(sentence: str, indicator: str, aim: str) -> None:
    found = measuring.propose(sentence, "", "")
    assert found is not None
    assert (found["indicator"], found["aim"]) == (indicator, aim)


def test_the_figures_of_a_sentence_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read, value = [], figures._value

    def counted(match: re.Match[str], end: int = 0) -> object:
        read.append(match[0])
        return value(match, end)

    monkeypatch.setattr(figures, "_value", counted)
    many = "增长" + "、".join(f"{n}%" for n in range(1, 190))
    measure = measuring.propose(many, many, many)
    assert measure is not None
    assert measure["full_year"] == measure["half_year"] == measure["baseline"] == 1
    assert len(figures.find(many)) == 189
    assert len(read) < 189 + 20


def test_no_more_figures_are_remembered_than_a_form_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "_MEMORY", memory := figures._Memory())
    for n in range(1_000):
        sentence = f"第{n}件" + "、".join(f"{n}%" for n in range(1, 20))
        assert figures.find(sentence) == figures.find(sentence)
        assert sum(1 + len(found) for found in memory._known.values()) <= figures._REMEMBERED


@pytest.mark.parametrize("sentence", ["3年内建成5个园区、" + "3年内、" * 400, "由1%提高到9%、" + "由1%、" * 300])
def test_a_figure_that_stands_often_is_looked_for_once(monkeypatch: pytest.MonkeyPatch, sentence: str) -> None:
    looked, each = [], measuring._each

    def counted(text: str, folded: str) -> Iterator[int]:
        for at in each(text, folded):
            looked.append(at)
            yield at

    monkeypatch.setattr(measuring, "_each", counted)
    assert measuring.propose(sentence, "", "") is not None
    assert len(looked) < 1_000
