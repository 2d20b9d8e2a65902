"""A registry of any size, always the same for one size and seed: plans of twenty to forty targets, a kilobyte each.

    python -m benchmarks.corpus FOLDER --targets 10000

Departments of cities and counties, over ten years, each plan with key works and weights that add up. Sentences,
figures, bases and remarks differ from file to file as people's do; one file in a hundred has something that the
check warns of. Files are as ``targets fmt`` writes them.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
from collections.abc import Iterator
from itertools import count, permutations, product
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SEED = 2018
YEARS = range(2018, 2028)
WARNED = 100
"""One file in as many has something to be warned of."""

_PLACES = tuple(
    zip(
        [
            "hangzhou",
            "ningbo",
            "wenzhou",
            "jiaxing",
            "huzhou",
            "shaoxing",
            "jinhua",
            "quzhou",
            "zhoushan",
            "taizhou",
            "lishui",
            "yuhang",
            "xiaoshan",
            "fuyang",
            "cixi",
            "yuyao",
            "xiangshan",
            "yueqing",
            "ruian",
            "haining",
            "tongxiang",
            "pinghu",
            "deqing",
            "changxing",
            "anji",
            "zhuji",
            "shengzhou",
            "xinchang",
            "yiwu",
            "dongyang",
            "yongkang",
            "lanxi",
            "jiangshan",
            "longyou",
            "daishan",
            "linhai",
            "wenling",
            "yuhuan",
            "longquan",
            "qingtian",
            "jinyun",
        ],
        [
            "杭州市",
            "宁波市",
            "温州市",
            "嘉兴市",
            "湖州市",
            "绍兴市",
            "金华市",
            "衢州市",
            "舟山市",
            "台州市",
            "丽水市",
            "余杭区",
            "萧山区",
            "富阳区",
            "慈溪市",
            "余姚市",
            "象山县",
            "乐清市",
            "瑞安市",
            "海宁市",
            "桐乡市",
            "平湖市",
            "德清县",
            "长兴县",
            "安吉县",
            "诸暨市",
            "嵊州市",
            "新昌县",
            "义乌市",
            "东阳市",
            "永康市",
            "兰溪市",
            "江山市",
            "龙游县",
            "岱山县",
            "临海市",
            "温岭市",
            "玉环市",
            "龙泉市",
            "青田县",
            "缙云县",
        ],
        strict=True,
    )
)
_BUREAUS = tuple(
    zip(
        [
            "commerce",
            "agriculture",
            "water",
            "transport",
            "culture",
            "education",
            "health",
            "housing",
            "ecology",
            "emergency",
        ],
        [
            "商务局",
            "农业农村局",
            "水利局",
            "交通运输局",
            "文化和旅游局",
            "教育局",
            "卫生健康委",
            "住房和城乡建设局",
            "生态环境局",
            "应急管理局",
        ],
        strict=True,
    )
)
# What is counted, in which unit, and about how much of it a year.
_COUNTS = (
    ("新增进出口经营权备案登记外贸小微企业", "家", 3500),
    ("培育省级以上电子商务示范村", "个", 120),
    ("新建改造农村公路", "公里", 800),
    ("新增高标准农田", "亩", 12000),
    ("完成老旧小区改造", "个", 90),
    ("新增城镇公共停车位", "个", 4200),
    ("引进境外投资企业", "家", 260),
    ("开展安全生产专项检查企业", "家", 1800),
    ("组织职业技能培训", "人次", 26000),
    ("新增普惠性幼儿园学位", "个", 3600),
    ("治理水土流失面积", "公顷", 740),
    ("推进重点项目实际完成投资", "亿元", 85),
    ("改造提升乡镇卫生院", "家", 45),
    ("实现农产品网络零售额", "亿元", 60),
    ("发放小微企业创业担保贷款", "万元", 9800),
)
_RATES = (
    ("社会消费品零售总额", "增长"),
    ("网络零售额", "增长"),
    ("服务贸易进出口额", "增长"),
    ("农村居民人均可支配收入", "增长"),
    ("规模以上工业增加值", "增长"),
    ("高新技术产品出口额", "增长"),
    ("城乡居民基本医疗保险参保人数", "增长"),
    ("旅游业总收入", "增长"),
)
_SHARES = (
    ("空气质量优良天数比率", 88),
    ("农村生活污水处理设施出水水质达标率", 80),
    ("义务教育标准化学校比例", 96),
    ("重点建设项目开工率", 92),
    ("政务服务事项网上办理比例", 90),
    ("生活垃圾分类覆盖率", 75),
)
_TASKS = (
    ("印发{place}{topic}工作实施意见", "印发的文件"),
    ("成功举办全市{topic}工作现场会", "会议通知和纪要"),
    ("完成{topic}重点改革任务并通过上级验收", "验收文件"),
    ("建成{place}{topic}综合服务平台并投入运行", "平台上线公告和系统截图"),
    ("出台支持{topic}高质量发展的政策措施", "出台的政策文件"),
)
_TOPICS = (
    "跨境电子商务", "现代流通体系", "农村物流", "对外开放平台", "数字乡村", "公共文化服务", "社区养老服务",
    "河湖长制", "城市有机更新", "应急物资储备", "职业教育产教融合", "基层医疗能力", "绿色低碳转型", "信用体系",
)  # fmt: skip
_OPENINGS = ("围绕{topic}建设，", "深化“{topic}”行动，", "加强{topic}统筹，", "推动{topic}提质扩面，")
_PLANS = ("国民经济和社会发展计划", "政府工作报告重点工作责任分工", "重点工作任务清单", "民生实事项目安排")
_SOURCES = ("统计局统计数据", "主管部门业务系统数据", "海关统计数据", "行业主管部门验收文件", "第三方评估报告数据")
_EFFORTS = (
    "各县（市、区）分解指标按季度通报，年中组织一次专项督查，年底前由牵头处室汇总核实后统一上报",
    "牵头处室会同有关部门建立月度调度机制，对进度滞后的地区实行重点帮扶，并将完成情况纳入年度考核",
    "具体任务由相关处室和直属单位共同承担，按照时间节点推进，遇到重大问题及时报告分管领导协调解决",
    "按照上级统一部署分两批组织实施，首批项目已经完成前期论证，配套资金由市县两级财政共同安排",
    "上年度受外部环境影响增速有所回落，今年将进一步完善扶持政策，加强运行监测分析和要素保障",
)


class Row(NamedTuple):
    """One target before it is a file: its category, its lines behind the weight's, and its measure's."""

    category: str
    deadline: int
    sentence: str
    half_year: str
    verification: str
    remarks: str
    measure: tuple[str, ...]


def _rate(chance: random.Random, year: int) -> Row:
    subject, verb = chance.choice(_RATES)
    topic = chance.choice(_TOPICS)
    full = chance.randrange(40, 160)
    half, last = full - chance.randrange(1, 12), full + chance.randrange(-15, 25)
    about = chance.random() < 0.6
    shown = [f"{value / 10:g}" for value in (full, half, last)]
    ending = "左右" if about else "以上"
    return Row(
        "key_quantitative",
        12,
        f"以{topic}为重点，{subject}{verb}{shown[0]}%{ending}",
        f"{subject}{verb}{shown[1]}%{ending}",
        "",
        f"{year - 1}年{subject}同比{verb}{shown[2]}%",
        (
            f"indicator: {subject}同比增速",
            'unit: "%"',
            f"aim: {'about' if about else 'at_least'}",
            f"full_year: {shown[0]}",
            f"half_year: {shown[1]}",
            f"baseline: {shown[2]}",
        ),
    )


def _count(chance: random.Random, year: int) -> Row:
    subject, unit, about = chance.choice(_COUNTS)
    full = max(4, round(about * chance.uniform(0.2, 1.4)))
    half, last = max(1, full * chance.randrange(35, 60) // 100), max(1, round(full * chance.uniform(0.6, 1.1)))
    return Row(
        chance.choice(("key_quantitative", "general_quantitative")),
        chance.choice((9, 10, 11, 12)),
        f"{chance.choice(_OPENINGS).format(topic=chance.choice(_TOPICS))}{subject}{full}{unit}",
        f"{subject}{half}{unit}",
        "",
        f"{year - 1}年{subject}{last}{unit}",
        (
            f"indicator: {subject}数",
            f"unit: {unit}",
            "aim: at_least",
            f"full_year: {full}",
            f"half_year: {half}",
            f"baseline: {last}",
        ),
    )


def _share(chance: random.Random, year: int) -> Row:
    subject, about = chance.choice(_SHARES)
    full = min(100, about + chance.randrange(-4, 5))
    half, last = full - chance.randrange(3), full - chance.randrange(1, 9)
    return Row(
        "general_quantitative",
        12,
        f"持续推进{chance.choice(_TOPICS)}工作，{subject}达到{full}%以上",
        f"{subject}达到{half}%以上",
        "",
        f"{year - 1}年{subject}为{last}%",
        (
            f"indicator: {subject}",
            'unit: "%"',
            "aim: at_least",
            f"full_year: {full}",
            f"half_year: {half}",
            f"baseline: {last}",
        ),
    )


def _task(chance: random.Random, year: int) -> Row:
    sentence, proof = chance.choice(_TASKS)
    topic, month = chance.choice(_TOPICS), chance.choice((4, 6, 9, 10, 12))
    return Row(
        "qualitative",
        month,
        sentence.format(place="全市", topic=topic) + f"，推动{chance.choice(_TOPICS)}与{topic}协同发展",
        f"形成{topic}工作方案并征求有关部门意见" if month > 6 else "",
        proof,
        "",
        (),
    )


def _spelled(chance: random.Random, year: int) -> Row:
    """Figures as people write them who don't think of machines: in characters, as ranges, with a date between."""
    topic = chance.choice(_TOPICS)
    sentence, measure = chance.choice(
        (
            ("出口总额占全国八分之一左右", ('unit: "%"', "aim: about", "full_year: 12.5")),
            ("线上交易额翻一番", ("unit: 番", "aim: at_least", "full_year: 1")),
            ("培育龙头企业十二家以上", ("unit: 家", "aim: at_least", "full_year: 12")),
            ("12月底前累计建成站点1,250个", ("unit: 个", "aim: at_least", "full_year: 1250")),
            ("事故起数下降5%以上", ('unit: "%"', "aim: at_least", "full_year: -5")),
            ("（含续建项目）完成投资1.5万亿元", ("unit: 亿元", "aim: at_least", "full_year: 15000")),
        )
    )
    return Row(
        "general_quantitative",
        12,
        f"加快{topic}建设，{sentence}",
        f"完成{topic}年度任务的一半左右工作量",
        "",
        f"{topic}领域{year - 1}年指标口径有调整",
        (f"indicator: {topic}年度指标", *measure),
    )


_KINDS = (_rate,) * 6 + (_count,) * 10 + (_share,) * 6 + (_task,) * 5 + (_spelled,)
"""One in twenty-eight is spelled out, as in the real form."""


def _target(chance: random.Random, year: int, place: str, key_work: str, weight: str) -> str:
    """A file's text, as ``targets fmt`` writes it."""
    row = chance.choice(_KINDS)(chance, year)
    basis = (
        f"{year}年{place}{chance.choice(_PLANS)}第{chance.randrange(1, 60)}条，"
        f"《{place}{chance.choice(_TOPICS)}发展“十三五”规划》（{place[0]}政发〔{chance.randrange(2016, year + 1)}〕{chance.randrange(1, 99)}号）"
    )
    verification = row.verification or f"{place}{chance.choice(_SOURCES)}"
    remarks = "；".join(filter(None, (row.remarks, chance.choice(_EFFORTS))))
    if chance.randrange(WARNED) == 0:
        remarks += "。"
    lines = [
        "# yaml-language-server: $schema=../../../schema/target.schema.json",
        f"key_work: {key_work}",
        f"target: {row.sentence}",
        f"category: {row.category}",
        f"deadline_month: {row.deadline}",
        *([f"half_year_target: {row.half_year}"] if row.half_year else []),
        f"weight: {weight}",
        f"basis: {basis}",
        f"verification: {verification}，年终由{place}考核办会同牵头处室核定",
        f"fiscal_project: {chance.choice(('true', 'false', 'false'))}",
        f"remarks: {remarks}",
        *(["measure:", *(f"  {line}" for line in row.measure)] if row.measure else []),
    ]
    return "\n".join(lines) + "\n"


def _plan(year: int, place: str, bureau: str, department: str, works: list[tuple[str, str]], total: str) -> str:
    return "\n".join(
        [
            "# yaml-language-server: $schema=../../../schema/plan.schema.json",
            f"title: {year}年度{place}部门（{place}{bureau}）重点工作绩效目标填报表",
            f"department: {place}{bureau}",
            f"department_id: {department}",
            f"year: {year}",
            "language: zh",
            "weight_rules:",
            f"  total: {total}",
            *([] if total == "100" else ["  reason: 其余分值由考核办统一安排"]),
            "  step: 0.5",
            "  minimum: 1",
            "  maximum: 10",
            "key_works:",
            *(f"  - id: {key}\n    title: {title}" for key, title in works),
            "",
        ]
    )


def _homes() -> Iterator[tuple[str, str, str, str, int]]:
    """Places, bureaus and years without end: once each bureau is named, its branches."""
    for branch in count():
        for (place_id, place), (bureau_id, bureau), year in product(_PLACES, _BUREAUS, YEARS):
            if branch:
                yield place_id, place, f"{bureau_id}-{branch}", f"{bureau}第{branch}分局", year
            else:
                yield place_id, place, bureau_id, bureau, year


def files(targets: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """Paths below a registry, and their texts.

    Args:
        targets: how many target files.
        seed: another one, another corpus.
    """
    chance = random.Random(f"{seed}/{targets}")  # noqa: S311  no secret
    left = targets
    for place_id, place, bureau_id, bureau, year in _homes():
        if not left:
            return
        size = min(left, chance.randrange(20, 41))
        left -= size
        department = f"{place_id}-{bureau_id}"
        home = f"targets/{year}/{department}"
        topics = chance.sample([*permutations(_TOPICS, 2)], min(size, max(2, size // 2)))
        works = [(f"work-{n}", f"推进{one}与{other}重点工作") for n, (one, other) in enumerate(topics, 1)]
        total = 0
        for number in range(1, size + 1):
            half_points = chance.randrange(6, 11)
            total += half_points
            work, _ = works[(number - 1) * len(works) // size]
            slug = f"{work}-target-{number}"
            yield f"{home}/{number:02}-{slug}.yaml", _target(chance, year, place, work, f"{half_points / 2:g}")
        yield f"{home}/plan.yaml", _plan(year, place, bureau, department, works, f"{total / 2:g}")


def write(folder: Path, targets: int, seed: int = SEED) -> None:
    """Write a registry into a folder that isn't there yet, its schemas beside it."""
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "schema", folder / "schema")
    made = set()
    for path, text in files(targets, seed):
        full = os.path.join(folder, path)
        home = os.path.dirname(full)
        if home not in made:
            os.makedirs(home)
            made.add(home)
        with open(full, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


def main() -> None:
    """Write one."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--targets", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    write(given.folder, given.targets, given.seed)


if __name__ == "__main__":
    main()
