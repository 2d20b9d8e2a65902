"""Whether more or less of what a figure counts is better, told by the words that stand before it.

These are looked for with the methods of strings: a pattern with as many Chinese signs takes longer
to make than all the sentences of a proposal take to read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from target_registry.hanzi import is_chinese

_STOPS = ",，。；;:：、"
_KNOWN = 512
"""Parts that are remembered: both sides of a change say nearly the same."""
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


_FALL = _words("下降 降低 减少 压减 压降 压缩 缩短 缩减 缩小 削减 回落 收窄")
_TO = frozenset("至到在为")
_CONTROL = "控制"
_CAPS = ("控制", "严控", "管控", "压控")
_CAPPING = ("严格", "从严", "合理", "继续", "持续", "切实", "全年", "全市", "全省", "全县", "全区", "将", "把")
"""What may stand before a verb that sets a ceiling."""
_IN_NAMES = tuple(
    "控制" + word
    for word in _words(
        "率 机构 性 中心 点 示范 规范 体系 制度 机制 站 所 室 系统 线 指标 论 技术 能力 权 器 台 手册 办法 方案"
    )
)
"""Names that begin with 控制, which is no verb there: 控制性详细规划."""
_OF_CONTROL = _words(
    "预防 内部 防治 防 质量 自动 风险 病 血压 血糖 血脂 过程 交通 总量 成本 消毒 感染 疫情 数控 智能 远程 飞行 姿态"
)
"""What 控制 is of, where it is no verb: 预防控制, 内部控制."""
_STAYS = ("保持", "稳定", "维持")
_FALLING_TO = _Near(_FALL, 12, frozenset(_STOPS + "增升提"))
_RATES_OF_FALLS = tuple(
    fall + rate
    for fall in (*_FALL, _CONTROL, "降", "减")
    for rate in ("率", "量", "比", "额", "幅度", "比例", "比率", "幅")
)
_FALLING_BY = _Near((*_FALL, "降", "减"), 6, frozenset(_STOPS + "增升提"))

_LITTLE = _words(
    "失业率 不良率 不良贷款率 差错率 逾期率 投诉率 空置率 负债率 赤字率 退货率 死亡率 死亡人数 事故数 事故起数 事故率"
    " 发生率 浓度 涨幅 能耗 物价指数 消费价格 CPI 时限 时间 用时 耗时"
)
_SPENT = _words(
    "办理 审批 办结 通关 等待 等候 候诊 候车 排队 响应 到达 到场 处置 处理 开办 报装 接电 送达 出件 答复 反馈 回复 退税 拨付 兑付 审核 审查 验收 评审 检测"
    " 抢修 修复 停电 停机 停水 在途 周转 卸船 装卸 获得电力 复核 接报 出警 救援 转运 反应 接通 注册 登记 交付"
)
"""What is to take little time, where 时间 stands right behind it; of other time there may be a wish for more."""
_GIVEN_TIME = _words(
    "允许 延时 错时 周末 免费 夜间 节假日 双休日 可 无故障 开放 服务时 质保 保修 保质 保存 留存 展示 停放 缓冲 宽限 休息"
)
"""What makes a gift of time that is taken otherwise: 延时办理时间, 免费停放时限."""
_LITTLE_ITSELF = _words(
    "不合格率 不达标率 未达标率 超标率 错误率 杠杆率 违约率 流失率 发病率 患病率 感染率 近视率 犯罪率 发案率 辍学率 返贫率 漏报率 误报率 故障率 缺陷率 次品率 废品率"
    " 损耗率 物耗 水耗 电耗 等待 等候 误差 偏差 偏离度 去化周期 审批周期 办理周期 建设周期 周转周期 回款周期 交付周期"
    " 审批环节 办理环节 办事环节 申报材料 申请材料 办事材料 提交材料 跑腿次数 公务接待费 接待费 亏损 拖欠 欠薪"
    " 药占比 耗占比 剖宫产率 抗菌药物使用率 输液率 再入院率 吸烟率 肥胖率 信访率 败诉率 复吸率 再犯率 再犯罪率 脱管率 债务率 坏账率 不良贷款占比 散煤占比"
    " 高耗能行业占比 劣五类水体占比 劣V类水体占比 重污染天数占比 弃风率 弃光率 弃水率 大班额占比 贫困人口占比 超载率 超限率 晚点率 抛荒率 物流费用占GDP比重"
)
_COUNTS = ("", "数", "数量", "率", "额", "幅度")
_IS = frozenset("为是在约至到达")
_LINKS = (
    *_IS, *_words("达到 控制 保持 稳定 维持 平均 平均值 均值 年均 年均值 全年 同比 总体 水平 总水平 分别 均 不 应 须 力争 争取 确保 超过"), " ", "(", ")",
)  # fmt: skip
"""What may stand between a thing and its figure."""
_GOOD_RATES = tuple(
    word + "率"
    for word in _words(
        "覆盖 达标 合格 完成 办结 满意 及格 入学 入园 入托 升学 就业 参保 参合 普及 普惠 利用 使用 应用 治愈 好转 有效 绿化 绿地 森林 林木 植被 自给 处理 处置 回收 收集 清运 分类 净化 收储"
        " 开工 竣工 投产 达产 投运 投用 建成 开通 通达 通车 联通 联网 接入 入网 入户 上线 上云 登记 注册 申报 备案 通过 合规 公开 公示 整改 兑付 兑现 履约 履行 签约 落地 落实 实施 执行 拨付 支付 到位"
        " 优良 良好 优秀 优质 优等 良品 良种 一等品 成品 贡献 转化 收缴 征收 入库 追缴 追回 挽回 清偿 偿还 还款 回款 检测 抽检 检验 监测 监控 监管 监督 检查 巡查 巡河 审查 审核 评估 评价 测评 排查 建档 管理 筛查 接种 规范"
        " 诊疗 首诊 签约服务 随访 规范管理 供给 供应 保障 保证 保供 巩固 巩固提升 获取 到达 到场 到岗 到课 出勤 参训 培训 参与 参加 参会 知晓 认可 认同 认知 采纳 采用 答复 回复 响应 回应 受理 立案 移送 送达 妥投 配送 签订 放开 盘活 征缴"
        " 可办 调处 保持 保护 可靠 正常 分流 清扫 亮灯 定检 诊断 阅读 应保尽保 县域就诊 年报 留浙 献血 安葬 创建 焚烧 机扫"
        " 准确 正确 精准 命中 识别 成功 及时 准点 正点 准时 按期 按时 成活 存活 保存 保有 上座 出租 入住 入驻 配备 配置 配套 持证 持有 血压控制 血糖控制 血脂控制 防治控制 危害控制 利润 毛利 收益 产出 回报 回访 复购 解决 化解 调解 结案 结题 审结 执结 侦破 破案 查处"
        " 清零 消除 去除 减排 节水 节能 节约 替代 装配 渗透 占有 拥有 安装 验收 交付 救助 供养 惠及 受益 享受 直达 畅通 完好 转移就业 留用 留存 录用 聘用 录取 毕业 巩固学 出庭 应诉 出庭应诉 服判息诉 息诉 撤诉 履职 预警 实名 续签 续约 续保"
        " 存续 更新 改造 修复 复垦 复绿 治理 整治 建设 孵化 育成 出栏 商品 成材 网办 即办 掌办 一网通办 办成 实现 直通 打卡 报到 打通 销售 成交 产销 投资收益 纳管 纳统 入统 在线 在岗 全程代办 便捷 一致 吻合 匹配 共享 归集 挂接 运行 使用 服务 供水 供气 供热"
        " 城镇化 城市化 绿化 美化 亮化 硬化 净化 序化 洁化 彩化 机械化 信息化 数字化 智能化 网络化 电气化 自动化 电子化 机动化 标准化 规范化 规模化 产业化 集约化 组织化 专业化 职业化 品牌化 良种化 国产化"
        " 本地化 证券化 无害化 资源化 减量化 清洁化 电动化 低碳化 绿色化 市场化 法治化 普及化 均等化 可视化 无纸化 网格化 商品化 设施化 雨污分流 分担 通公交 通客车 基层就诊 体检 流转 挂钩 林网化 水利化 一体化 全程电子化 覆绿 转化 孵化 优化 成果转化 分流"
        " 通水 通电 通网 通气 通邮 进站 生产 复种 灌溉 自主 国产 本地 本土 省内 配套 复工 复产 复学 返岗 满员 满编 支持 帮扶 结对 走访 培养 晋升 优良路 优良天数比 优良天数 优良水质 好评 表扬 点赞 五星 AQI优良"
    )
)
"""Rates of which more is better, whatever the thing is."""
_DENYING = frozenset("不未非无难")
_SPOILED = _words(
    "超期 超时 延期 逾期 重复 违规 违法 虚假 带病 空载 未按期 未按时 未及时 不按期 不及时 低效 富营养 同质 盐渍 高龄 水资源开发 诈骗 刑事 民转刑 过度 无效 恶意 非法"
)
"""What makes a rate bad that it stands before: 超期办结率, 重复参保率."""
_NOT_TO_BE_USED = _words("抗菌 抗生素 目录外 自费 激素 注射剂 输液 塑料 散煤 农药 化肥 一次性 违规 燃煤")
_NO_GOOD_RATES = _words(
    "非粮化率 非农化率 老龄化率 老化率 荒漠化率 石漠化率 沙化率 空心化率 碎片化率 酸化率 盐碱化率 退化率 劣化率 恶化率 负面评价率 差评率"
)
_RATES = ("率", "占比", "比重", "比例", "比率", "比")
_SHARES = ("占比", "比重", "比例", "比率", "比")
_GOOD_SHARES = _words(
    "高新 高新技术 科技 科技型 研发投入 研发经费 货物贸易 研发 创新 创新型 数字 数字化 服务业 第三产业 三产 战略性新兴 新兴产业 先进制造 装备制造 新产品 高技术 高技能 技能人才 人才 大专以上 本科以上 研究生以上 清洁能源 可再生能源 可再生"
    " 非化石 非化石能源 新能源 绿色 有机 优质 优良 优秀 达标 合格 教育 民生 环保 节能环保 文化 旅游 体育 健康 普惠 普惠性 公办 民营 民间 出口 进口 外贸 一般贸易 服务贸易 跨境电商 电商 网络零售 机电 自主品牌 品牌"
    " 规上 规模以上 制造业 工业 实体 直接融资 中长期 信用 信用贷款 小微 涉农 绿色贷款 首贷 普惠小微 非公 公共交通 公交 绿色出行 电动 装配式 二星 三星 星级 一级 特级 二级以上 三级以上 Ⅰ类 Ⅱ类 Ⅲ类 三类以上 II类 III类"
    " 税收 地方税 城镇 中等收入 农民 工资性 股权 上市 专利 发明 双一流 持证 女性 党员 国产 自给 再生 综合利用 回收 数字经济 高端 示范 标准化 规模化 机械化 信息化 规范 良种 零售 外资 海铁联运 特色"
    " 全科医生 护理型 专职 志愿者 专任 双师型 双师 高层次 高级职称 外籍 线上 网上办理 自动化 智能 智能化 零跑 即办 即办件 网办 掌办 抽查 抽检 以上村 以上的村 以上行政村 以上的行政村 本地 本地采购 销售 参与 首诊"
)
"""Of what a large share is better, where it ends the name of what has it; of others nobody can tell."""
_KINDS = tuple(
    sorted(
        _words(
            "增加值 总产值 产值 营业收入 主营业务收入 收入 总额 余额 金额 额 总量 数量 量 人数 数 面积 里程 份额 规模 投资 消费 装机容量 装机 容量 发电 贷款 融资 专利 产业 行业 业 企业 单位 产品 农产品 项目 人员 干部 人口 群体"
            " 教师 医师 护士 员工 职工 学历 床位 天数 水质 断面 审计 水体 建筑 公交车 汽车 车辆 车 船舶 事项 馆 园 幼儿园 学校 医院 幼儿 在园幼儿 学生 村 社区 乡镇 县 岗位 技术 能源 材料 服务 交易 贸易 核心 基地 农业 工程 设施 标准 制造"
        ),
        key=len,
        reverse=True,
    )
)
"""What the name of a thing goes on to behind the word that makes it good: 新能源公交车, 优良天数."""
_MOST_KINDS = 4
_HAVING = _words("设置 配备 建有 开设 开展")
_SHARING = _words("占用 占地 占有 占道 占领 侵占 抢占 占补")
"""In which 占 tells of no share."""
_GRAVE_THINGS = _words(
    "舆情 群体性 溺水 酒驾 醉驾 近视 举报 塌陷 纠错 临聘 代偿 督办 退库 差评 宕机 中断 异常 黑名单 被执行 曝光 差错 退回 驳回 倒闭 破产 注销 红色预警 橙色预警 恶性 坠 踩踏 中毒 停运 倒数 末位 退出企业 企业退出 新增低收入 新增困难 新增低保 罚没 故障 裁员 减员 泄露 泄漏 欺凌 乱收费 被诉 被罚 查封 滞留 缺口 空心 灾 病 疫 癌 毒 贫 违建 违法 违规 违纪 违章 烂尾 失信 薄弱 空壳 停工 停产 关停 散乱污 超标 超时 超期 超限 超载 超编 超采 超支 超概 超标准 延期 延误 拖延 终止 吸毒 返贫 致贫 大班额 隐患 撂荒 抛荒 荒废"
    " 建设用地 占用耕地 财政供养 编外 公务用车 公车 三公 培训费 会议费 差旅 运维费 运行维护费 行政经费 一般性支出 支出占 控制数 结转 结余 沉淀 存量 调整率 变更 重办 返工 返修 排队 离职 流动率 辞职 外流 外转 流出 转出 转诊 县外 市外 省外 异地就医"
    " 直排 偷排 溢流 排放 垃圾 化肥 农药 高耗能 高污染 两高 煤炭 煤 化石 四五类 二三类 四类 五类 劣 危桥 危房 危废 危险废物 黑臭 污染天数 损失 财损 倍差 基尼 差距 摩擦 涉案 撤资 外迁 离浙 二次包装 过度 出血 阳性 传播 感染 受害 成灾 灾害 死 伤 残"
    " 抗菌 抗生素 输液 药品收入 药占 耗材 检查收入 次均 人均费用 自付 负面 通报批评 投诉 信访 上访 越级 重复率 诈骗 盗窃 案发 发案 警情 纠纷 零就业 失业 欠 逾期 坏账 不良 负债 亏损 赤字 杠杆 库存 积压 滞销 空置 闲置 低效 僵尸 落后 过剩 物流总费用 物流费用 物流成本 流失"
)
"""Of what more is hardly ever better, so that no general word makes it so."""
_DEALT_WITH = _words(
    "解决 排查 整治 治理 查处 查办 侦破 破获 拆除 处置 处理 化解 清理 清退 取缔 淘汰 整改 消除 防治 防控 防范 救助 帮扶 救治 治愈 预防 演练 减灾 防灾 抗灾 救灾 脱贫 摘帽 扶贫 消薄 转化 再就业 盘活 消化 改造 关闭 腾退 挽回 追缴 追回 办结 办理 监测 检测 检查 调解 评审 普查"
    " 预警 保险 培训 宣传 教育 处理率 回收 利用 分类 清运 收集 修复 复垦 复绿 复耕 抽检 打击 起诉 审理 审结 公开 公示 开工 投产 项目建设"
)
"""What is done against bad things: how much of it is the better nobody can tell from these words alone."""
_SPENDING = _words("支出 培训费 会议费 差旅 接待费 维护费 运维费 公车 公务用车")
_IN_SPITE = _words(
    "疫苗 无故障 非化石 病床 残疾人 慢病管理 防疫 垃圾分类 垃圾焚烧 垃圾处理 避灾 省外资金 市外资金 省外营销 禁毒 异地就医定点 国际传播 再就业 增收 水土流失 传播活动 失业保险 救灾 减灾 防灾"
    " 民生支出 教育支出 科技支出 R&D 无毒 无违建 零填埋 贫困地区农产品 配方肥替代化肥"
)
"""What is good although a bad thing stands in it."""
_FAVOURS = _words("奖励 补助 补贴 资助 扶持 支持 贷款 授信 额度 奖补 报销 赔付 保额")
"""What is given at the most: a lower limit is less for those who are given it."""
_AT_MOST = ("最高", "最多", "至多", "不超过", "不高于")
_LIMITS = _words(
    "不超过 不高于 不多于 不得超过 不得高于 控制在 压缩至 压缩到 压减至 降至 降到 下降到 减至 减少到 缩短至 缩短到"
)
_NO_FALLS = ("控制数", "控制价", "控制线", "控制指标", "控制规模", "控制面积")
_WANTED_SO = _words("工资 收入 薪 待遇 补贴 养老金 低保 溶解氧 负氧离子")
"""Things whose 涨幅, or whose 浓度, is to be large."""
_PRICES = ("价", "CPI", "租", "费")
"""Things whose 涨幅 is to be small; of others nobody can tell."""
_HOSPITALITY = ("三公", "公务接待")
_SPENT_MONEY = frozenset('经费用支出总额预决算数”」"')
_MOST = _words("最多 最长 最高 最晚 最迟")
_UTMOST = ("最长", "最高")
_OF_TIME = ("时", "等", "待", "期", "办", "限")
"""Behind 最长, what tells that it is of time."""
_TIMES = ("时间", "时限", "用时", "耗时")
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
_LEAVING = ("退出", "摆脱", "倒数", "移出", "跌出", "末")
_EITHER_WAY = _Near(
    _words(
        "投诉 事故 案件 信访 排放 费用 成本 负债 债务 赤字 伤亡 火灾 违法 损失 污染 库存 间隔 离职 利率 费率 周转 纠纷 缺陷 风险 处罚 罚款 收费"
        " 费用比率 费用率 成本率 GDP的比率 GDP比率 税负 税费 租金 电价 水价 气价 油价 房价 物价 菜价 价格 运价 逆差 差额 亏损 能耗 超支 杠杆 坏账 呆账 贫困 负增长 停机 停电 拥堵 延误 负担 逾期 欠 闲置 空置 门槛 限额 上限 僵尸企业 审批事项 许可事项 能源消耗 消耗 用水量 用电量 用能 煤炭 碳 温度 噪声 跑"
    ),
    3,
    frozenset(_STOPS + "增升提降减率"),
)
_EITHER_WAY_ITSELF = _words(
    "支出 新增编制 印发文件 制发文件 发文 性会议 涉企检查 入企检查 材料 环节 周期 时长 缺口 壁垒 限制措施 负面清单 半径 间距 距离 收入比 非税收入占比 煤炭消费占比 综合税率 占用耕地 医疗费用增幅 债务增速"
)
_EITHER_WAY_ANYWHERE = _words("拖欠 欠款 欠账 账款 死亡 伤亡 成本 填埋 流失 经费 亏损 逾期 违约 不合格")
_KEPT = _Near(("保留",), 8, frozenset(_STOPS + "增升提降减"))
_WANTED = _words(
    "增长 增加 提高 提升 扩大 上升 新增 新建 新设 净增 增速 增幅 增量 完成 实现 达 建成 建设 建立 举办 召开 举行 开展 组织 承办 引进 引入 招引 吸引 利用 外资"
    " 培育 培养 培训 孵化 认定 创建 打造 推动 推进 推广 扶持 支持 帮扶 制定 修订 编制 出台 印发 发布 发放 开工 竣工 投产 投用 投入 签约 落地 落户 入选 获 取得"
    " 争取 开通 开行 往返 班列 运行 覆盖 拥有 份额 总额 产值 收入 营收 利润 投资 出口 进口 贸易 销售 零售 网零 GDP 总数 累计 试点 示范 标准 平台"
    " 形成 总结 研发 专利 解决 化解 治理 整治 淘汰 清理 消除 查处 办结 办理 降 减 压 缩 高于 超 突破 引领 参与 参加 服务 走访 调研 征集 评选 编写 发展 设立"
    " 持续 保持 增收 就业 绿化 植树 造林 供应 储备 生产 产量 接待 旅游 客流 吞吐 企业 项目 活动 高校 人才 毕业 专家 村 镇 园 基地 中心 品牌 店 满意度 知晓度 参与度 普及"
    " 展位 床位 学位 车位 岗位 志愿者 律师 工程师 教师 医生 技师 增加值 交易额 成交 航线 航班 里程 通车 口岸"
    " 改造 接种 调解 排查 发表 惠及 救助 筛查 放流 存栏 亩均 素养 素质 病床 贷款 工厂 线路 经验 证书 批示 参保 参合 托位 泊位 停车位 充电桩 充电站 基站 农田 绿地 公园 装机 利税 税收 疫苗 商标 地理标志 荣誉 奖 市场主体 公司 工商户 幼儿园 医院 道路 公路 管网 电站 农机"
    " 机器人 设备 品种 学科 实验室 团队 博士 硕士 院士 认证 厕所 驿站 书屋 图书 作品 剧目 课题 论文 成果 会员 捐赠 融资 保费 存款 授信 营业额 执行额 合同 订单 客运 货运 光伏 风电 储能 发电 新能源 库容 安全感 寿命 受教育年限 抽检 打井 基础养老金 执业医师 优良天数 盘活 联运"
)
_GENERAL = _words(
    "新增 增加 净增 实现 达 完成 获 取得 累计 总数 总额 超 突破 形成 持续 保持 入选 增量 发展 中心 减 降 压 缩"
)
"""Words that say nothing of whether it is a good thing that is counted: what that is has to be known."""
_WANTED_THINGS = tuple(word for word in _WANTED if word not in _GENERAL)
_PRELUDES = _words(
    "全年 年内 今年 本年 全省 全市 全县 全区 上半年 下半年 年度 季度 月 底 末 前 的 了 力争 争取 确保 计划 预计 拟 至少 最少 不少于 约 近 基本 共计 合计 共 任务 数 到 至 再 每年 每月"
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
_THINGS = ("家", "个", "项", "条", "件", "处", "场", "批")
"""Units of what is done or made so many times."""
_HOLDERS = _words(
    "自然村 行政村 村庄 学校 院校 高校 人口大县 大县 城市 县城 建制镇 乡镇 集镇 社区 小区 景区 景点 场馆 车站 口岸 企业 单位 工厂 医院 机构 水库 灌区 用户 账号 App APP 平台 商场 市场 楼宇 园区 工地 养殖场 渔船 船舶 用能"
)
"""What is told apart by how large it is."""
_RANKS_GO_ON = ("行列", "之列", "以内", "左右", "方阵", "梯队", "水平")
_EMPLOYERS = ("企业", "单位", "公司", "用人", "团队", "机构", "的")
_JOINED = frozenset("和与及并或且而、")
_OTHERS = frozenset(("%", "个", "家", "人"))
"""Units of what is counted as a rule."""

_GOES_ON = _words(
    "提前 连续运行 安全运行 稳定运行 正常运行 连续 安全生产 志愿服务 驻点服务 培训 脱产学习 集中学习 学习 授课 展出 值守 在岗 驻点 驻村 留存 保存 有效期 质保 保修 质保期 保修期 开放 续航"
)
"""What a span of time that follows at once is surely a promise to go on for; of another, 累计3小时, nobody can tell."""
_FULL = ("满", "达到", "达", "为", "时间", "天数", "时长")
_TRIALS = ("试", "公示", "延长")
_DONE = _words(
    "完成 办结 办好 办理 办完 审结 审批 批复 出件 出具 建成 答复 回复 反馈 送达 通关 放行 开业 拿地 开工 到账 兑付 响应 处置 整改"
)
_SINCE = _words("毕业 成立 退役 注册 设立 入职 投产 出生 上市 创办 登记")
_RIGHTS = ("可", "给予", "享受", "免", "有权")
_WITHIN = ("之内", "之中", "以内", "以中", "内", "中")
_GROWING = _words("增长 提高 增加 提升 扩大")
_BASELINE = ("从", "由", "自", "每", "相比")
_RISES = (*_GROWING, *_words("上涨 上升 增幅 涨幅 增速 增长率 净增 新增"))
_OVER_TIME = _words("同比 环比 比上年 较上年 比去年 较去年 年均 平均")
_SHARE_OF = _Near((*"率比占重速幅度额降减增", *_GROWING, *_FALL), 5, frozenset(_STOPS + "完实"))


_MEANT_TO_FALL = _words("压减 压降 压缩 压控 缩短 削减 收窄 精简 遏制 治理 整治")
_BAD = (
    *_LITTLE,
    *_LITTLE_ITSELF,
    *_HOSPITALITY,
    *_EITHER_WAY.words,
    *_EITHER_WAY_ITSELF,
    *_EITHER_WAY_ANYWHERE,
    *_words(
        "支出 人次跑 次数 天数 跌幅 降幅 亏 废 污 毒 病 残 劣 落后产能 过剩产能 氨氮 需氧量 氮氧化物 二氧化硫 PM 细颗粒物 臭氧"
    ),
)
_BAD_SIGNS = frozenset("空缺漏误逾退废损亏死伤病违失差错欠负赤贫")
_IN_ANY_CASE = ("研发", "R&D", "水土流失治理", "水土流失综合治理", "民生支出", "教育支出", "科技支出", "健康支出")
_RATE_REACH = 8
_NEAR_TIME = 8
"""Signs before a figure in which it is told what the time is of."""


def falls_to(part: str) -> bool:
    """Whether something falls to the figure that follows: 下降到, 控制在."""
    part = part.rstrip()
    if part[-1:] not in _TO or not part:
        return False
    link, part = part[-1], part[:-1]
    if part.endswith((*_RATES_OF_FALLS, *_STAYS)):
        return False  # 下降幅度为5% says by how much, and 保持在 that it is where it was
    if part.endswith(_CONTROL):
        return True
    is_near = part.endswith(_FALL) if link == "为" else _FALLING_TO.end(part)
    return is_near or part.endswith(("降", "减", "压", "缩"))


def falls_by(part: str) -> bool:
    """Whether something falls by the figure that follows."""
    return _FALLING_BY.end(part) and not part.endswith(_NO_FALLS)


def is_capped(part: str) -> bool:
    """Whether a clause begins with a verb that makes a ceiling of the level that follows: 控制政府债务余额."""
    part = part.strip()
    while lead := next((lead for lead in _CAPPING if part.startswith(lead)), ""):
        part = part[len(lead) :]
    return part.startswith(_CAPS) and not part.startswith(_IN_NAMES)


def _is_meant_to_fall(part: str) -> bool:
    """Whether a verb of a part says that something is meant to fall; 控制 in a name is none."""
    if any(word in part for word in _MEANT_TO_FALL):
        return True
    at = part.find(_CONTROL)
    while at >= 0:
        is_leading = part[at + len(_CONTROL) : at + len(_CONTROL) + 1] in _TO
        if is_leading or not (part.startswith(_IN_NAMES, at) or part.endswith(_OF_CONTROL, 0, at)):
            return True
        at = part.find(_CONTROL, at + 1)
    return False


def falls_well(part: str) -> bool:
    """Whether what falls is known to be better so: a verb says that it is meant to fall, or it is a bad thing.

    Where the clause names nothing at all, it is what was spoken of before.
    """
    if part.lstrip().startswith(_FALLING_BY.words):
        return True
    return _is_meant_to_fall(part) or any(word in part for word in _BAD) or _has_bad_rate(part)


def _has_bad_rate(part: str) -> bool:
    """Whether a part speaks of a rate of something bad: 空驶率, 缺勤率, 漏检率."""
    at = part.find("率")
    while at >= 0:
        if not _BAD_SIGNS.isdisjoint(part[max(0, at - 2) : at]):
            return True
        at = part.find("率", at + 1)
    return False


@lru_cache(_KNOWN)
def is_little_better(part: str) -> bool:
    """Whether the figure that follows counts what is to be little: 失业率, 审批环节, 最长."""
    if is_good_rate(part):
        return False
    bare = _thing(part)
    if bare.endswith(_TIMES):
        return _is_time_spent(bare)
    if _is_little(bare) or _is_hospitality(bare):
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
            # 最高奖 is a prize, and 最长隧道 a tunnel.
            return not part.endswith(_UTMOST, 0, at) or any(word in part[at:] for word in _OF_TIME)
    return False


def _is_time_spent(bare: str) -> bool:
    """Whether a part that ends with time names such as is to be little: 通关时间, 审批时限."""
    if any(word in bare for word in _GIVEN_TIME):
        return False
    return not bare.endswith("时间") or bare.removesuffix("时间").endswith(_SPENT)


def _is_little(bare: str) -> bool:
    """Whether a part ends with a thing of which little is better."""
    if not bare.endswith(_LITTLE) or any(word in bare for word in _WANTED_SO):
        return False
    return not bare.endswith("涨幅") or any(word in bare for word in _PRICES)


def _is_hospitality(bare: str) -> bool:
    """Whether a part ends with what is spent on cars, journeys and receptions: 三公经费支出, and not 三公经费公开单位."""
    return any(word in bare and _SPENT_MONEY.issuperset(bare[bare.rfind(word) + len(word) :]) for word in _HOSPITALITY)


def _thing(part: str) -> str:
    """A part without the words that lead from a thing to its figure."""
    bare = part.rstrip()
    while link := next((link for link in _LINKS if bare.endswith(link)), ""):
        bare = bare[: -len(link)]
    return bare


def is_good_rate(part: str) -> bool:
    """Whether the figure that follows is a rate of which more is better: 办结率, 投诉处理率."""
    bare = _thing(part)
    if not bare.endswith(_GOOD_RATES) or bare.endswith(_NO_GOOD_RATES):
        return False
    rate = max((rate for rate in _GOOD_RATES if bare.endswith(rate)), key=len)
    thing = bare[: -len(rate)]
    if thing[-1:] in _DENYING or thing.endswith(_SPOILED):
        return False
    return not (rate in ("使用率", "应用率") and any(word in thing for word in _NOT_TO_BE_USED))


def removes(part: str) -> bool:
    """Whether it is told to take something away: whether the figure is of what goes or of what stays can't be told.

    清理拖欠5亿元, 精简审批环节3个.
    """
    return any(word in part for word in _REMOVES)


def leaves_ranks(part: str) -> bool:
    """Whether a place in an order that follows is one to get away from: 退出倒数前20名."""
    return any(word in part for word in _LEAVING)


def is_ranked(part: str) -> bool:
    """Whether the figure that follows is a place in an order."""
    return part.endswith(_RANKED)


@lru_cache(_KNOWN)
def goes_either_way(part: str) -> bool:
    """Whether more of what is counted may be good or bad: 办理案件100件, 投诉100件, 能耗增长3%."""
    if is_good_rate(part) or any(word in part for word in _IN_ANY_CASE):
        return False
    if part.lstrip().startswith(_IN_NAMES):
        return True  # 控制机构数 may be capped, and 控制机构 may be counted
    if part.endswith(_EITHER_WAY_ITSELF) or _EITHER_WAY.end(part) or _KEPT.end(part):
        return True
    if any(word in part for word in _LITTLE):
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
    return thing.endswith((*_LITTLE, *_LITTLE_ITSELF, *_EITHER_WAY_ITSELF)) or _EITHER_WAY.end(thing)


def _is_grave(thing: str) -> bool:
    """Whether a thing is one of which more is hardly ever better."""
    for word in _IN_SPITE:
        thing = thing.replace(word, "")
    return any(word in thing for word in _GRAVE_THINGS)


def is_made(part: str) -> bool:
    """Whether a part says that what is counted is made, or grows."""
    return any(word in part for word in _MAKES) or any(word in part for word in _GROWING)


def is_granted(text: str, at: int) -> bool:
    """Whether a span of time that ends at an offset is one in which people have a right."""
    return text.startswith(_RIGHTS, at)


@lru_cache(_KNOWN)
def is_wanted(part: str) -> bool:
    """Whether a part names what is wanted, so that its figure is a floor.

    A rate or a share is wanted by what it is of; a general word, such as 新增, makes nothing good that is bad.
    """
    if is_good_rate(part):
        return True
    bare = _thing(part)
    if bare in _RATES:
        return True
    for word, is_good in (("高于", is_wanted), ("低于", is_little_better)):
        thing, higher, _ = part.partition(word)
        if higher:  # 达标率高于全国平均 by so much
            return is_good(thing) if _thing(thing) else word == "高于"
    if bare.endswith(_RATES) or _is_share(bare):
        return _is_good_share(bare)
    if _is_grave(bare) and (any(word in bare for word in _SPENDING) or not any(word in bare for word in _DEALT_WITH)):
        return False
    if part.endswith(_WANTED_ITSELF):
        return True
    if any(word in part for word in _WANTED_THINGS):
        return True
    return any(word in part for word in _GENERAL) and _says_no_thing(bare)


def _says_no_thing(bare: str) -> bool:
    """Whether a part has nothing but general words, so that what is counted was spoken of before."""
    for word in (*_GENERAL, *_PRELUDES):
        bare = bare.replace(word, "")
    return not any(map(is_chinese, bare))


def _is_share(bare: str) -> bool:
    """Whether a part says of what something is a share: 出口占全国."""
    for word in _SHARING:
        bare = bare.replace(word, "")
    return "占" in bare


def _is_good_share(bare: str) -> bool:
    """Whether a large share is better, told by what the name of the thing that has it ends with.

    A good word elsewhere in the name tells nothing: 新能源限电率, 代课教师占比, 刑事案件占全省比重.
    """
    if bare.endswith("率") and not bare.endswith("比率"):
        return False  # good rates have been asked for
    thing = bare.removesuffix(next((rate for rate in _SHARES if bare.endswith(rate)), ""))
    if _is_share(thing):
        thing = thing[: thing.rfind("占")]
    if _is_grave(thing):
        return False
    if any(word in thing for word in _HAVING):
        return True
    for _ in range(_MOST_KINDS):
        thing = thing.rstrip('”」"的')
        if thing.endswith(_GOOD_SHARES):
            return True
        kind = next((kind for kind in _KINDS if thing.endswith(kind)), "")
        if not kind:
            return False
        thing = thing[: -len(kind)]
    return thing.endswith(_GOOD_SHARES)


def is_incident(part: str, unit: str) -> bool:
    """Whether what is counted happens, and nothing is told to be done against it: 新增酒驾100起."""
    return unit.endswith("起") and not any(word in part for word in _DEALT_WITH)


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
    if part.endswith(_SINCE) and text.endswith(_WITHIN, 0, end):
        return True  # 毕业5年内高校毕业生
    if not (is_chinese(behind[:1]) or behind[:1].isalpha()) or behind[0] in _JOINED:
        return False
    if ranked:
        return not behind.startswith(_RANKS_GO_ON)
    is_told_of = text.endswith(_THRESHOLD, 0, end) or part.endswith("满") or behind.startswith(("床位以上", "床位以下"))
    is_size = is_told_of and unit not in ("%", "") and not unit.endswith(_THINGS) and not part.endswith(_MAKES)
    if is_size and behind.startswith(_HOLDERS):
        return True
    if (
        unit.endswith(_SIZES) or unit.endswith("岁") or (unit == "米" and behind.startswith("覆盖"))
    ):  # 60岁老年人, 500米覆盖率
        return True
    return is_told_of and (
        unit == "年"
        or unit.endswith(_SIZES_OF_SOME)
        or (unit == "人" and behind.startswith((*_EMPLOYERS, "大班")))
        or (unit in (*_OTHERS, *_COUNTS_OF_SOME) and behind[0] == "的")
        or (unit in _COUNTS_OF_SOME and not part.endswith(_MAKES) and any(word in behind for word in _RATED))
    )


def goes_on(part: str) -> bool:
    """Whether a span of time is a promise to go on so long; a trial is none."""
    part = part.rstrip()
    told = part.removesuffix(next((word for word in _FULL if part.endswith(word)), ""))
    return told.endswith(_GOES_ON) and not any(word in part for word in _TRIALS)


def is_done_in(text: str, at: int) -> bool:
    """Whether something is to be done in the span of time that ends at an offset."""
    at += next((len(word) for word in _WITHIN if text.startswith(word, at)), 0)
    while text[at : at + 1].isspace():
        at += 1
    return text.startswith(_DONE, at) and not any(word in text[at : at + _NEAR_TIME] for word in _TRIALS)


def is_favour(part: str, shown: str) -> bool:
    """Whether a figure is the most that somebody is given: a lower one saves, and is less help."""
    return (shown.startswith(_AT_MOST) or any(word in part for word in _MOST)) and any(
        word in part for word in _FAVOURS
    )


def is_share_of_a_limit(part: str) -> bool:
    """Whether the figure that follows is how much of something is allowed: 不超过上年的90%."""
    return part.endswith("的") and any(word in part for word in _LIMITS)


def is_of_time(part: str) -> bool:
    """Whether a span of time is told as such, 服务时间: whether it is given or taken nobody can tell."""
    return _thing(part).endswith("时间")


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
