"""Whether more or less of what a figure counts is better, told by the words that stand before it.

These are looked for with the methods of strings: a pattern with as many Chinese signs takes longer
to make than all the sentences of a proposal take to read.
"""

from __future__ import annotations

from typing import NamedTuple

from target_registry.hanzi import is_chinese

_STOPS = ",，。；;:：、"
CLAUSE_ENDS = frozenset(",，。;；:：!\n")


class _Near(NamedTuple):
    """Words near the end of a part: at most ``reach`` signs from it, and none of the ``barred`` between."""

    words: tuple[str, ...]
    reach: int
    barred: frozenset[str]

    def end(self, part: str) -> bool:
        """Whether a part ends so."""
        for at in range(len(part), len(part) - self.reach - 1, -1):
            if part.endswith(self.words, 0, at):
                return True
            if at <= 0 or part[at - 1] in self.barred:
                return False
        return False


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FALL = _words("下降 降低 减少 压减 压降 压缩 缩短 缩减 缩小 削减 回落 收窄 控制")
_TO = frozenset("至到在为")
_FALLING_TO = _Near(_FALL, 12, frozenset(_STOPS + "增升提"))
_FALLING_BY = _Near((*_FALL, "降", "减"), 6, frozenset(_STOPS + "增升提"))

_LITTLE = _Near(
    _words(
        "失业率 不良率 不良贷款率 差错率 逾期率 投诉率 空置率 负债率 赤字率 退货率 死亡率 死亡人数 事故数 事故起数 事故率"
        " 发生率 浓度 涨幅 能耗 物价指数 消费价格 CPI 时限 时间 用时 耗时"
    ),
    4,
    frozenset(_STOPS + "增升"),
)
_LITTLE_ITSELF = _words(
    "不合格率 不达标率 未达标率 超标率 错误率 杠杆率 违约率 流失率 发病率 患病率 感染率 近视率 犯罪率 发案率 辍学率 返贫率 漏报率 误报率 故障率 缺陷率 次品率 废品率"
    " 损耗率 物耗 水耗 电耗 等待 等候 误差 偏差 偏离度 去化周期 审批周期 办理周期 建设周期 周转周期 回款周期 交付周期"
    " 审批环节 办理环节 办事环节 申报材料 申请材料 办事材料 提交材料 跑腿次数 公务接待费 接待费 亏损 拖欠 欠薪"
    " 药占比 耗占比 剖宫产率 抗菌药物使用率 输液率 再入院率 吸烟率 肥胖率 信访率 败诉率 复吸率 再犯率 再犯罪率 脱管率 债务率 坏账率 不良贷款占比 散煤占比"
    " 高耗能行业占比 劣五类水体占比 劣V类水体占比 重污染天数占比 弃风率 弃光率 弃水率 大班额占比 贫困人口占比 超载率 超限率 晚点率 抛荒率 物流费用占GDP比重"
)
_COUNTS = ("", "数", "数量", "率", "额", "幅度")
_IS = frozenset("为是在约至到达")
_HOSPITALITY = _Near(("三公", "公务接待"), 8, frozenset(_STOPS + "增升"))
_MOST = _words("最多 最长 最高 最晚 最迟")
_EVER = ("历史", "史上")
_NOT_MOST = frozenset(_STOPS + "增升不")

_REMOVES = _words(
    "精简 优化 清理 清偿 清欠 化解 追回 追缴 补足 弥补 消化 处置 扭转 填补 免 取消 整合 合并 简化 砍 节省 防范 治理 整治"
)
_RANKED = tuple(
    rank + link
    for rank in ("排名", "位次", "名次", "排位")
    for link in ("", *"为居在列达到至", "进入", "保持在")
)  # fmt: skip
_EITHER_WAY = _Near(
    _words(
        "投诉 事故 案件 信访 排放 费用 成本 负债 债务 赤字 伤亡 火灾 违法 损失 污染 库存 间隔 离职 利率 费率 周转 纠纷 缺陷 风险 处罚 罚款 收费"
        " 费用比率 费用率 成本率 GDP的比率 GDP比率 税负 税费 租金 电价 水价 气价 油价 房价 物价 菜价 价格 运价 逆差 差额 亏损 能耗 超支 杠杆 坏账 呆账 贫困 负增长 停机 停电 拥堵 延误 负担 逾期 欠 闲置 空置 门槛 限额 上限 僵尸企业 审批事项 许可事项 能源消耗 消耗 用水量 用电量 用能 煤炭 碳 温度 噪声 跑"
    ),
    3,
    frozenset(_STOPS + "增升提降减率"),
)
_EITHER_WAY_ITSELF = _words(
    "材料 环节 周期 时长 缺口 壁垒 限制措施 负面清单 半径 间距 距离 收入比 非税收入占比 煤炭消费占比 综合税率 占用耕地 医疗费用增幅 债务增速"
)
_EITHER_WAY_ANYWHERE = _words("拖欠 欠款 欠账 账款 死亡 伤亡 成本 填埋 流失 经费 亏损 逾期 违约 不合格")
_KEPT = _Near(("保留",), 8, frozenset(_STOPS + "增升提降减"))
_WANTED = _words(
    "增长 增加 提高 提升 扩大 上升 新增 新建 新设 净增 增速 增幅 增量 完成 实现 达 建成 建设 建立 举办 召开 举行 开展 组织 承办 引进 引入 招引 吸引 利用 外资"
    " 培育 培养 培训 孵化 认定 创建 打造 推动 推进 推广 扶持 支持 帮扶 制定 修订 编制 出台 印发 发布 发放 开工 竣工 投产 投用 投入 签约 落地 落户 入选 获 取得"
    " 争取 开通 开行 往返 班列 运行 覆盖 拥有 占 份额 率 总额 产值 收入 营收 利润 投资 出口 进口 贸易 销售 零售 网零 GDP 总数 累计 试点 示范 标准 平台"
    " 形成 总结 研发 专利 解决 化解 治理 整治 淘汰 清理 消除 查处 办结 办理 降 减 压 缩 高于 超 突破 引领 参与 参加 服务 走访 调研 征集 评选 编写 发展 设立"
    " 持续 保持 增收 就业 绿化 植树 造林 供应 储备 生产 产量 接待 旅游 客流 吞吐 企业 项目 活动 高校 人才 毕业 专家 村 镇 园 基地 中心 品牌 店 满意度 知晓度 参与度 普及"
    " 展位 床位 学位 车位 岗位 志愿者 律师 工程师 教师 医生 技师 增加值 交易额 成交 航线 航班 里程 通车 口岸"
)
_WANTED_ITSELF = (*"区仓馆站港园街校", "面积", "额", "两个", "二个", "三个", "四个", "五个")

_EXCEPTED = 20
_THRESHOLD = ("以上", "以下")
_SIZES = ("元", "平方米", "亩", "公顷", "平方公里", "吨", "级", "公里", "千瓦", "座", "分")
"""Units by which things are told apart; others count them."""
_SIZES_OF_SOME = ("岁", "蒸吨", "层", "头", "张", "米")
"""The same where 以上 or 以下 stands behind."""
_COUNTS_OF_SOME = ("户", "人", "次", "天", "日", "名", "台", "辆", "间", "家", "个", "所")
"""The same where the clause goes on to how many of these: 20户以上自然村通达率100%."""
_RATED = ("率", "覆盖", "清零", "为零", "归零", "比例", "占比", "全部", "下降", "%")
_MAKES = _words(
    "建成 新增 新建 改造 完成 培育 引进 创建 打造 举办 开展 组织 培训 走访 服务 建设 发展 实现 达到 达 净增 认定 扶持 帮扶 新设 设立 开工 竣工"
)
_RANKS_GO_ON = ("行列", "之列", "以内", "左右", "方阵", "梯队", "水平")
_EMPLOYERS = ("企业", "单位", "公司", "用人", "团队", "机构", "的")
_JOINED = frozenset("和与及并或且而、")
_OTHERS = frozenset(("%", "个", "家", "人"))
"""Units of what is counted as a rule."""

_GOES_ON = _Near(
    _words(
        "持续 保持 连续 运行 开放 营业 培训 学习 授课 展期 展出 服务 值守 留存 保存 提前 有效期 质保 保修 满 累计 坚持 维持 公开 驻点 续航 停留"
    ),
    6,
    frozenset(_STOPS),
)
_TRIALS = ("试", "公示", "延长")
_DONE = _words(
    "完成 办结 办好 办理 办完 审结 审批 批复 出件 出具 建成 答复 回复 反馈 送达 通关 放行 开业 拿地 开工 到账 兑付 响应 处置 整改"
)
_WITHIN = ("之内", "之中", "以内", "以中", "内", "中")
_GROWING = _words("增长 提高 增加 提升 扩大")
_BASELINE = ("从", "由", "自", "每", "相比")
_RISES = (*_GROWING, *_words("上涨 上升 增幅 涨幅 增速 增长率 净增 新增"))
_OVER_TIME = _words("同比 环比 比上年 较上年 比去年 较去年 年均 平均")
_SHARE_OF = _Near((*"率比占重速幅度额降减增", *_GROWING, *_FALL), 5, frozenset(_STOPS + "完实"))


_MEANT_TO_FALL = _words("控制 压减 压降 压缩 压控 缩短 削减 收窄 精简 遏制 治理 整治")
_BAD = (
    *_LITTLE.words,
    *_LITTLE_ITSELF,
    *_HOSPITALITY.words,
    *_EITHER_WAY.words,
    *_EITHER_WAY_ITSELF,
    *_EITHER_WAY_ANYWHERE,
    *_words(
        "支出 人次跑 次数 天数 跌幅 降幅 亏 废 污 毒 病 残 劣 落后产能 过剩产能 氨氮 需氧量 氮氧化物 二氧化硫 PM 细颗粒物 臭氧"
    ),
)
_BAD_SIGNS = frozenset("空缺漏误逾退废损亏死伤病违失差错欠负赤贫")
_RATE_REACH = 8


def falls_to(part: str) -> bool:
    """Whether something falls to the figure that follows: 下降到, 控制在."""
    part = part.rstrip()
    if part[-1:] not in _TO or not part:
        return False
    part = part[:-1]
    return part.endswith(("降", "减", "压", "缩")) or _FALLING_TO.end(part)


def falls_by(part: str) -> bool:
    """Whether something falls by the figure that follows."""
    return _FALLING_BY.end(part)


def falls_well(part: str) -> bool:
    """Whether what falls is known to be better so: a verb says that it is meant to fall, or it is a bad thing.

    Where the clause names nothing at all, it is what was spoken of before.
    """
    if part.lstrip().startswith(_FALLING_BY.words):
        return True
    return any(word in part for word in _MEANT_TO_FALL) or any(word in part for word in _BAD) or _has_bad_rate(part)


def _has_bad_rate(part: str) -> bool:
    """Whether a part speaks of a rate of something bad: 空驶率, 缺勤率, 漏检率."""
    at = part.find("率")
    while at >= 0:
        if not _BAD_SIGNS.isdisjoint(part[max(0, at - 2) : at]):
            return True
        at = part.find("率", at + 1)
    return False


def is_little_better(part: str) -> bool:
    """Whether the figure that follows counts what is to be little: 失业率, 审批环节, 最长."""
    if _LITTLE.end(part) or _HOSPITALITY.end(part):
        return True
    for links in range(3):
        thing = part[: len(part) - links]
        for count in _COUNTS:
            if thing.endswith(count) and thing.endswith(_LITTLE_ITSELF, 0, len(thing) - len(count)):
                return True
        if thing[-1:] not in _IS:
            break
    for at in range(len(part) - 1, max(len(part) - 5, 0), -1):
        if part[at] in _NOT_MOST:
            break
        if part.endswith(_MOST, 0, at) and not part.endswith(_EVER, 0, at - 2):
            return True
    return False


def removes(part: str) -> bool:
    """Whether it is told to take something away: whether the figure is of what goes or of what stays can't be told.

    清理拖欠5亿元, 精简审批环节3个.
    """
    return any(word in part for word in _REMOVES)


def is_ranked(part: str) -> bool:
    """Whether the figure that follows is a place in an order."""
    return part.endswith(_RANKED)


def goes_either_way(part: str) -> bool:
    """Whether more of what is counted may be good or bad: 办理案件100件, 投诉100件, 能耗增长3%."""
    if part.endswith(_EITHER_WAY_ITSELF) or _EITHER_WAY.end(part) or _KEPT.end(part):
        return True
    if any(word in part for word in _EITHER_WAY_ANYWHERE) or _has_bad_rate(part[-_RATE_REACH:]):
        return True
    told = part.rstrip().removesuffix("了")
    rise = next((word for word in _RISES if told.endswith(word)), "")
    if not rise:
        return False
    thing = told.removesuffix(rise)
    for link in _OVER_TIME:
        thing = thing.removesuffix(link)
    return thing.endswith((*_LITTLE_ITSELF, *_EITHER_WAY_ITSELF)) or _LITTLE.end(thing) or _EITHER_WAY.end(thing)


def is_wanted(part: str) -> bool:
    """Whether a part names what is wanted, so that its figure is a floor."""
    return part.endswith(_WANTED_ITSELF) or any(word in part for word in _WANTED)


def is_scope(part: str, unit: str, text: str, end: int, *, ranked: bool = False) -> bool:
    """Whether a figure says which things are meant: 2000万元以上企业, 除10个县外, 前100名企业.

    Args:
        part: what of its clause stands before it.
        unit: the figure's.
        text: the sentence.
        end: where the figure ends in it, with the words behind it.
        ranked: whether it is a place in an order.
    """
    behind = clause(text, end, end + _EXCEPTED).lstrip(" ")
    if "除" in part and "外" in behind:
        return True
    if not is_chinese(behind[:1]) or behind[0] in _JOINED:
        return False
    if ranked:
        return not behind.startswith(_RANKS_GO_ON)
    if (
        unit.endswith(_SIZES) or unit.endswith("岁") or (unit == "米" and behind.startswith("覆盖"))
    ):  # 60岁老年人, 500米覆盖率
        return True
    is_told_of = text.endswith(_THRESHOLD, 0, end) or part.endswith("满") or behind.startswith(("床位以上", "床位以下"))
    return is_told_of and (
        unit == "年"
        or unit.endswith(_SIZES_OF_SOME)
        or (unit == "人" and behind.startswith((*_EMPLOYERS, "大班")))
        or (unit in (*_OTHERS, *_COUNTS_OF_SOME) and behind[0] == "的")
        or (unit in _COUNTS_OF_SOME and not part.endswith(_MAKES) and any(word in behind for word in _RATED))
    )


def goes_on(part: str) -> bool:
    """Whether a span of time is a promise to go on so long; a trial is none."""
    return _GOES_ON.end(part) and not any(word in part for word in _TRIALS)


def is_done_in(text: str, at: int) -> bool:
    """Whether something is to be done in the span of time that ends at an offset."""
    at += next((len(word) for word in _WITHIN if text.startswith(word, at)), 0)
    while text[at : at + 1].isspace():
        at += 1
    return text.startswith(_DONE, at)


def grows(part: str) -> bool:
    """Whether something grows by the figure that follows."""
    return part.rstrip().removesuffix("了").endswith(_GROWING)


def is_baseline(part: str) -> bool:
    """Whether the figure that follows is where something starts from, or the span that it is counted in."""
    return part.rstrip().endswith(_BASELINE)


def is_share_of(part: str) -> bool:
    """Whether it is told what a share is a share of."""
    return _SHARE_OF.end(part)


def clause(text: str, start: int, end: int) -> str:
    """What of a part belongs to the clause that it begins in."""
    for at in range(start, min(end, len(text))):
        if text[at] in CLAUSE_ENDS:
            return text[start:at]
    return text[start:end]
