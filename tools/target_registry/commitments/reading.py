"""A sentence as the pieces that are judged: figures, dates, words of the ladders, and everything else.

The reading is :mod:`target_registry.figures`' idea of a figure, with its place in the sentence and
the words that say how it is meant, so that 不少于30家 and 30家以上 are one demand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from target_registry import numerals
from target_registry.commitments.amounts import Demand
from target_registry.commitments.folding import SPACES, kept, narrow
from target_registry.commitments.ladders import Ladders, builtin

_N = numerals.NUMERAL
_NUMBER = r"[0-9]{1,18}(?:,[0-9]{3})*(?:\.[0-9]{1,18})?"
_HAN = "\u4e00-\u9fff"

# Numbers that count nothing: they may change only as a rewording does.
_FIXED = re.compile(
    rf"""
      [\[(〔﹝【]?[0-9]{{4}}[\])〕﹞】]?\s*第?[0-9]+号        # document numbers: 〔2018〕14号
    | [0-9]{{4}}\s*[-~至]\s*[0-9]{{4}}年?                   # 2017—2019年
    | [0-9]{{1,2}}月?\s*[-~至]\s*[0-9]{{1,2}}月(?:份)?       # 1-6月
    | [0-9]{{4}}年(?:度)?(?:[0-9]{{1,2}}月(?:份)?(?:[0-9]{{1,2}}[日号])?)?
    | [0-9]{{1,2}}月(?:份)?(?:[0-9]{{1,2}}[日号])?
    | 第\s*(?:[0-9]+|{_N}+)                                # ordinals
    | [A-Z]{{1,8}}[A-Z0-9/]{{0,12}}\s?(?![0-9][0-9.\-]*\s*[%‰万亿家个项元名次])[0-9][0-9.\-]*   # P4-5, DB33/T 22038-2017
    | [0-9]+(?:[A-Z]|周年|\+[0-9]+|强(?![{_HAN}]?以)|[0-9]{{2}}热线)  # 5G, 40周年, 16+1, 500强
    """,
    re.VERBOSE,
)
_DEADLINE = re.compile(
    r"""
    (?:(?P<year>[0-9]{4})年|今年|当年|本年)?\s*
    (?:
        (?P<month>[0-9]{1,2})月份?
        (?:(?P<part>底|末|初|上旬|中旬|下旬)(?:以前|之前|前)? | (?P<day>[0-9]{1,2})[日号](?:以前|之前|前) | (?P<bare>以前|之前|前))
      | (?P<end>年?(?<=[年0-9])(?:底|末)|年底|年末)(?:以前|之前|前)?
    )
    """,
    re.VERBOSE,
)
_PARTS = {"初": 5, "上旬": 10, "中旬": 20, "下旬": 31, "底": 31, "末": 31}

_ABOUT_LEADS = ("大约", "约为", "大概", "大致", "约")
_NEAR_LEADS = ("将近", "接近", "近")
_FLOOR_LEADS = (
    "不得低于", "不得少于", "不能低于", "不能少于", "应不低于", "不低于", "不少于", "不小于", "不得小于", "不下",
    "至少达到", "至少", "最少", "达到", "达", "≥", ">=",
)  # fmt: skip
_PASSED_LEADS = ("突破", "超过", "超", "高于", "多于", "大于", ">")
_CEILING_LEADS = (
    "不得超过", "不得高于", "不得多于", "不能超过", "不能高于", "不超过", "不突破", "不超出", "不超", "不高于", "不多于",
    "不大于", "至多", "最多", "最长", "最高", "≤", "<=", "±", "正负",
)  # fmt: skip
_BELOW_LEADS = ("低于", "少于", "小于", "<")
_LEADS = {
    **dict.fromkeys(_ABOUT_LEADS, ("about", 0)),
    **dict.fromkeys(_NEAR_LEADS, ("about", -1)),
    **dict.fromkeys(_FLOOR_LEADS, ("at_least", 0)),
    **dict.fromkeys(_PASSED_LEADS, ("at_least", 1)),
    **dict.fromkeys(_CEILING_LEADS, ("at_most", 0)),
    **dict.fromkeys(_BELOW_LEADS, ("at_most", 1)),
}
_TAILS = {
    "左右": "about", "上下": "about", "及以上": "at_least", "以上": "at_least", "以内": "at_most", "之内": "at_most",
    "及以下": "at_most", "以下": "at_most", "内": "at_most",
}  # fmt: skip
_UNIT_WORDS = (
    "个百分点", "百分点", "个工作日", "工作日", "个自然日", "自然日", "个小时", "小时", "个月", "分钟", "平方公里", "平方千米",
    "平方米", "立方米", "公里", "千米", "公顷", "吨标准煤", "吨标煤", "微克/立方米", "标准箱", "标箱", "千瓦时", "千瓦", "公斤", "千克", "毫克", "毫升", "毫米", "厘米", "公升", "英里",
    "兆瓦", "人次", "场次", "班次", "架次", "车次", "列次", "艘次", "件次", "户次", "批次", "美元", "欧元", "港元",
    "日元", "英镑", "元人民币", "人民币", "%", "‰",
)  # fmt: skip
# What may follow a number and is no unit.
_NO_UNIT = "以左上下内的和及与并或且余多至到之为是在月号第等比较含"
_MULTIPLE = "[十百千万亿]{0,6}"
_LONGEST = 40
"""Signs of a number; a longer one is text, which can't be compared."""


def _one_of(words: Iterable[str]) -> str:
    """A pattern of some words, the longest that fits first; what they begin with alike stands in it once."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    ends = tails.pop("", None) is not None
    branches = [re.escape(first) + (f"(?:{_one_of(rest)})" if any(rest) else "") for first, rest in tails.items()]
    return "|".join([*branches, *([""] if ends else [])])


_UNIT = rf"(?:{_one_of(_UNIT_WORDS)}|成(?![{_HAN}])|(?![{_NO_UNIT}])[{_HAN}]|(?i:[a-z]+))"
_LEAD = re.compile(_one_of(_LEADS))
# Counting words after which a numeral in Chinese characters is a figure; 一批, 一带一路 are not.
_COUNTED = "家个列次项件名人户场元倍条座所种份台套辆吨亩成篇部支艘架期轮份美平公标"
_RANGE_SIGNS = frozenset("-~至")
_NUMERALS = frozenset("一二两三四五六七八九十百千")
_UPPER = rf"(?:\s*[-~至]\s*(?P<upper>{_NUMBER})(?![0-9])\s*(?P<upper_multiple>{_MULTIPLE})(?P<upper_unit>{_UNIT})?)?"
_NUMERAL = rf"""
        (?P<numeral>[一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿]{{0,11}})(?P<many>[余多])?
        (?(rank)(?P<place>[位名])?|(?P<counted>(?:工作日|小时|(?=[{_COUNTED}]){_UNIT})))
"""
# The same groups, of which none is ever found.
_NO_UPPER = "(?:(?!)(?P<upper>)(?P<upper_multiple>)(?P<upper_unit>))?"
_NO_NUMERAL = "(?!)(?P<numeral>)(?P<many>)(?P<place>)(?P<counted>)"


@cache
def _figure(*, ranged: bool, spelled: bool) -> re.Pattern[str]:
    """The pattern of a figure, made only as large as a text needs: most have no range and no numeral in characters."""
    return re.compile(
        rf"""
    (?P<lead>(?:(?:{_one_of(_LEADS)})\s?){{0,3}})(?P<rank>(?<![目之提以此当年会事天日月季])前(?=\s*(?:[0-9]+|{_N}+)\s*(?:[位名强]|[,，。；;、)）]|行列|\Z)
        |\s*[0-9.]+\s*%|百分之|\s*[0-9]+/[0-9]|{_N}+分之))?
    (?:
        百分之(?P<percent>-?\s*(?:{_NUMBER}(?![0-9])|{_N}{{1,12}}(?:点{_N}{{1,6}})?))
      | (?P<denominator>{_N}{{1,12}}|[0-9]{{1,9}})分之(?P<numerator>{_N}{{1,12}}|[0-9]{{1,9}}(?![0-9]))
      | (?P<over>[0-9]{{1,9}})/(?P<under>[0-9]{{1,9}})(?![0-9/.])
      | (?P<sign>-\s*)?(?P<number>{_NUMBER})(?![0-9])\s*(?P<multiple>{_MULTIPLE})(?P<more>[余多](?=[{_HAN}%‰]))?\s*(?P<unit>{_UNIT})?
        {_UPPER if ranged else _NO_UPPER}
      | 翻(?P<doubled>[一二两三四])?番
      | (?P<zero>(?<=[为现持])零)
      | {_NUMERAL if spelled else _NO_NUMERAL}
    )
    (?:\s*\(含(?:本数)?\))?\s*(?P<tail>{_one_of(tail for tail in _TAILS if tail != "内")}|(?<=[年日时天月钟])内)?
    """,
        re.VERBOSE,
    )


_VAGUE_STARTS = frozenset("数几好上成个两三四五")


@cache
def _vague_number() -> re.Pattern[str]:
    """A number of which only the size is told; made only where a text has a sign it can begin with."""
    return re.compile(
        rf"(?:(?<![总人个户家次件台指参倍函基系岁分点多少])数|几|好几|上(?=[百千万亿])|成(?=[百千万亿]))[十百千万亿]+[余多]?(?!分之|[0-9])(?:{_UNIT})?|[个两三四五]位数"
    )


_FALL = r"下降|降低|减少|压减|压降|压缩|缩短|缩减|缩小|削减|回落|收窄|控制"
_FALLING_TO = re.compile(rf"(?:(?:{_FALL})[^,，。；;:：、增升提]{{0,12}}|[降减压缩])[至到在为]\s*\Z")
_FALLING_BY = re.compile(rf"(?:{_FALL}|[降减])[^,，。；;:：、增升提]{{0,6}}\Z")
_LESS_IS_BETTER = re.compile(
    r"(?:失业率|不良率|不良贷款率|差错率|逾期率|投诉率|空置率|负债率|赤字率|退货率|死亡率|死亡人数|事故数|事故起数|事故率"
    r"|发生率|浓度|涨幅|能耗|物价指数|消费价格|CPI|时限|时间|用时|耗时)(?:[^,，。；;:：、增升]{0,4})\Z"
    r"|(?:杠杆率|违约率|流失率|发病率|患病率|感染率|近视率|犯罪率|发案率|辍学率|返贫率|漏报率|误报率|故障率|缺陷率|次品率|废品率"
    r"|损耗率|物耗|水耗|电耗|等待|等候|误差|偏差|偏离度|(?:去化|审批|办理|建设|周转|回款|交付)周期|(?:审批|办理|办事)环节"
    r"|(?:申报|申请|办事|提交)材料|跑腿次数|公务接待费|亏损|拖欠|欠薪)(?:数量?|率|额|幅度)?[为是在约至到达]{0,2}\Z"
    r"|(?:三公|公务接待)[^,，。；;:：、增升]{0,8}\Z|(?<!历史)(?<!史上)最[多长高晚迟][^,，。；;:：、增升不]{1,4}\Z"
)
# What takes such a thing away: 清理拖欠5亿元, 精简审批环节3个. Whether the figure is of what goes or of what stays can't be told.
_REMOVES = re.compile(
    r"精简|优化|清理|清偿|清欠|化解|追回|追缴|补足|弥补|消化|处置|扭转|填补|免|取消|整合|合并|简化|砍|节省|防范|治理|整治"
)
_RANKED = re.compile(r"(?:排名|位次|名次|排位)(?:[为居在列达到至]|进入|保持在)?\Z")
# Of these, more may be good or bad (办理案件100件, 投诉100件): a change of the figure is not ordered.
_EITHER_WAY = re.compile(
    r"(?:投诉|事故|案件|信访|排放|费用|成本|负债|债务|赤字|伤亡|火灾|违法|损失|污染|库存|间隔|离职|利率|费率|周转|纠纷|缺陷|风险|处罚|罚款|收费"
    r"|税负|负担|逾期|欠|闲置|空置|门槛|限额|上限|僵尸企业|审批事项|许可事项|能源消耗|消耗|用水量|用电量|用能|煤炭|碳|温度|噪声|跑)"
    r"[^,，。；;:：、增升提降减率]{0,3}\Z|(?:材料|环节|周期|时长|缺口|壁垒|限制措施|负面清单)\Z"
    r"|保留[^,，。；;:：、增升提降减]{0,8}\Z"
)
# What such words name is wanted: its figure is a floor, as long as nothing above says otherwise.
_WANTED = re.compile(
    r"增长|增加|提高|提升|扩大|上升|新增|新建|新设|净增|增[速幅量]|完成|实现|达|建成|建设|建立|举办|召开|举行|开展|组织|承办|引进|引入|招引|吸引|利用|外资"
    r"|培育|培养|培训|孵化|认定|创建|打造|推动|推进|推广|扶持|支持|帮扶|制定|修订|编制|出台|印发|发布|发放|开工|竣工|投产|投用|投入|签约|落地|落户|入选|获|取得"
    r"|争取|开通|开行|往返|班列|运行|覆盖|拥有|占|份额|率|总额|产值|收入|营收|利润|投资|出口|进口|贸易|销售|零售|网零|GDP|总数|累计|试点|示范|标准|平台"
    r"|形成|总结|研发|专利|解决|化解|治理|整治|淘汰|清理|消除|查处|办结|办理|降|减|压|缩|高于|超|突破|引领|参与|参加|服务|走访|调研|征集|评选|编写|发展|设立"
    r"|持续|保持|增收|就业|绿化|植树|造林|供应|储备|生产|产量|接待|旅游|客流|吞吐|[^,，]{0,4}企业|项目|活动|高校|人才|毕业|专家|村|镇|园|基地|中心|品牌|店|满意度|知晓度|参与度|普及|[区仓馆站港园街校]\Z"
    r"|展位|床位|学位|车位|岗位|志愿者|律师|工程师|教师|医生|技师|增加值|交易额|成交|航线|航班|里程|通车|示范|口岸|面积\Z|额\Z|[两二三四五]个\Z"
)
# A span of time is a limit or a promise to go on; only these say which.
_TIME_UNITS = frozenset(
    {
        "天",
        "日",
        "工作日",
        "自然日",
        "个工作日",
        "个自然日",
        "小时",
        "个小时",
        "分钟",
        "分",
        "秒",
        "月",
        "个月",
        "周",
        "星期",
        "季度",
    }
)
_GOES_ON = re.compile(
    r"(?:持续|保持|连续|运行|开放|营业|培训|学习|授课|展期|展出|服务|值守|留存|保存|提前|延长|有效期|质保|保修|满|累计|坚持|维持|试用|公示|公开|驻点|续航|停留)"
    r"[^,，。；;:：、]{0,6}\Z"
)
_DONE_IN = re.compile(
    r"(?:[之以]?[内中])?\s*(?:完成|办结|办好|办理|办完|审结|审批|批复|出件|出具|建成|答复|回复|反馈|送达|通关|放行|开业|拿地|开工|到账|兑付|响应|处置|整改)"
)
_GROWING = re.compile(r"(?:增长|提高|增加|提升|扩大)了?\s*\Z")
_BASELINE = re.compile(r"(?:[从由自每]|相比|占比由)\s*\Z")
_SHARE_OF = re.compile(
    rf"(?:[率比占重速幅度额]|份额|增长|提高|增加|提升|扩大|{_FALL}|[降减增])[^,，。；;:：、完实]{{0,5}}\Z"
)
_REMEMBERED = 1_000  # characters of a sentence whose tokens are kept
_NEAR = 18  # characters before a figure that may say what it is
_DENIED = frozenset("不未没无非勿难")
_BREAKS = frozenset(",，。;；:：!\n")
_CLAUSE_END = re.compile(r"[,，。;；:：!\n]")
_QUOTED = re.compile(r"《[^《》]*》|〈[^〈〉]*〉|“[^“”]*”|「[^「」]*」|『[^『』]*』|‘[^‘’]*’|\"[^\"]*\"")


class Token(NamedTuple):
    """One piece of a sentence.

    ``kind`` is ``figure``, ``vague`` (数十家), ``deadline``, ``fixed`` (a number that counts nothing), ``word``
    (of the ladders), ``hedge`` (one by what follows it) or ``char``. ``text`` is without its looks.
    ``due`` is a deadline as year, month and day, the year 0 where none is named. ``turned`` tells that a
    negation stands before it in its clause, or behind it where that turns it round as well;
    ``grounded`` tells of a figure that its clause says what it counts, or of what it is a share;
    ``opens`` that a clause begins with it.
    """

    kind: str
    text: str
    demand: Demand | None = None
    due: tuple[int, int, int] | None = None
    turned: bool = False
    grounded: bool = True
    opens: bool = False


_BREAK = Token("break", "")


class _Text:
    """A narrowed text with what of it is kept, quoted, and where its clauses begin."""

    def __init__(self, text: str) -> None:
        self.all = narrow(text)
        signs = frozenset(self.all)
        self.ranged = not signs.isdisjoint(_RANGE_SIGNS)
        self.spelled = not signs.isdisjoint(_NUMERALS)
        self.quoted = bytearray(len(self.all))
        for match in _QUOTED.finditer(self.all):
            self.quoted[match.start() : match.end()] = b"\1" * len(match[0])
        self._kept: dict[int, str] = {}
        for at, char in kept(self.all):
            # A separator kept between digits shares its offset with nothing else that is kept.
            self._kept[at] = self._kept.get(at, "") + char

    def slice(self, start: int, end: int) -> str:
        """A part without its looks."""
        return "".join(self._kept.get(at, "") for at in range(start, end))


def read(sentence: str, ladders: Ladders | None = None) -> list[Token]:
    """Cut a sentence into tokens; joined, their texts are the sentence without its looks."""
    remembered = len(sentence) <= _REMEMBERED
    return list((_remembered if remembered else _read)(sentence, ladders or builtin()))


@lru_cache(maxsize=512)  # a sentence is compared, and its figures again with the measure's
def _remembered(sentence: str, words: Ladders) -> tuple[Token, ...]:
    return _read(sentence, words)


def _read(sentence: str, words: Ladders) -> tuple[Token, ...]:
    found: list[Token] = []
    clause: list[Token] = []
    for token in [*_tokens(_Text(sentence), words), _BREAK]:
        if token.kind != "break":
            clause.append(token)
            continue
        found += _turned(clause, words)
        clause = []
    return tuple(found)


def _turned(clause: list[Token], words: Ladders) -> Iterator[Token]:
    """A clause whose figures and extents know of a negation behind them: 部分企业未完成."""
    last = max((at for at, token in enumerate(clause) if token.kind == "reverser"), default=-1)
    for at, one in enumerate(clause):
        token = one._replace(opens=not at)
        if token.kind == "reverser":
            yield token._replace(kind="char")
        elif at < last and (token.kind == "figure" or token.text in words.extents):
            yield token._replace(turned=True)
        else:
            yield token


def is_soft(token: Token, ladders: Ladders) -> bool:
    """Whether a piece weakens by being there."""
    return token.kind == "hedge" or (token.kind == "word" and ladders.softens(token.text))


def _tokens(text: _Text, ladders: Ladders) -> Iterator[Token]:
    at, clause, turned = 0, 0, False
    whole = text.all
    while at < len(whole):
        if whole[at] in _BREAKS:
            # A comma kept between digits is a character of its own, and breaks all the same.
            if shown := text.slice(at, at + 1):
                yield Token("char", shown)
            yield _BREAK
            at, clause, turned = at + 1, at + 1, False
            continue
        if whole[at] in SPACES or text.quoted[at]:
            if shown := text.slice(at, at + 1):
                yield Token("char", shown)
            at += 1
            continue
        vague = _vague_number().match(whole, at) if whole[at] in _VAGUE_STARTS else None
        if vague and not text.quoted[vague.end() - 1]:
            yield Token("vague", text.slice(at, vague.end()), turned=turned)
            at = vague.end()
            continue
        # 一次性 and 第三方 are words, though a number starts them.
        spelled = whole[at] in _SPELLED and ladders.match(whole, at)
        found = None if spelled else _number(text, at, clause, turned)
        if found:
            token, end = found
            # A figure that grows by doubling says 增长100% in other words.
            if (
                whole.startswith("翻", at)
                and token.kind == "figure"
                and not _GROWING.search(whole, max(clause, at - 4), at)
            ):
                yield Token("word", "增长", turned=turned)
            yield token
            at = end
            continue
        if (hedge := ladders.hedge_at(whole, at)) and not text.quoted[at : at + len(hedge)].count(1):
            yield Token("hedge", hedge, turned=turned)
            at += len(hedge)
            continue
        word = ladders.match(whole, at)
        if word and text.quoted[at : at + len(word)].count(1) == 0 and not (_BREAKS & set(word)):
            if word in ladders.plain:
                yield from (Token("char", char) for char in word)
            elif word in ladders.reversers:
                turned = True
                yield Token("reverser", word)
            else:
                yield Token("word", word, turned=turned)
            at += len(word)
            continue
        if shown := text.slice(at, at + 1):
            yield Token("char", shown)
        at += 1


def _number(text: _Text, at: int, clause: int, turned: bool) -> tuple[Token, int] | None:
    """The number that starts at an offset, with its words and unit, and where it ends."""
    whole = text.all
    if (char := whole[at]) not in _STARTS and not ("A" <= char <= "Z"):
        return None
    before = whole[at - 1 : at]
    if char in _DIGITS and (before in _DIGITS or (before == "." and whole[at - 2 : at - 1] in _DIGITS)):
        return None
    if (match := _DEADLINE.match(whole, at)) and not text.quoted[match.end() - 1]:
        return Token("deadline", text.slice(at, match.end()), due=_due(match), turned=turned), match.end()
    if (match := _FIXED.match(whole, at)) and not text.quoted[match.end() - 1]:
        return Token("fixed", text.slice(at, match.end())), match.end()
    match = _figure(ranged=text.ranged, spelled=text.spelled).match(whole, at)
    if not match or text.quoted[match.end() - 1]:
        return None
    if match["lead"] and before in _DENIED:
        return None
    if any(match[number] and len(match[number]) > _LONGEST for number in ("number", "upper", "percent")):
        return Token("fixed", text.slice(at, match.end())), match.end()
    near = max(clause, at - _NEAR)
    demand = _demand(match, whole[near:at] + match["lead"], text.slice(at, match.end()))
    if demand is None:
        return None
    demand = _directed(demand, whole, near, at, match.end())
    if _BASELINE.search(whole, near, at):
        return Token("fixed", text.slice(at, match.end())), match.end()
    share = demand.unit[-1:] in {"%", "‰", "成"}
    grounded = bool(_SHARE_OF.search(whole, near, at) if share else text.slice(near, at))
    return Token("figure", text.slice(at, match.end()), demand, None, turned, grounded), match.end()


_DIGITS = frozenset("0123456789")
_SPELLED = frozenset("第前一二两三四五六七八九十百千零")
_STARTS = frozenset(
    "0123456789-百翻零前第[(〔﹝【今当本年" + "".join(lead[0] for lead in _LEADS) + "一二两三四五六七八九十千"
)


def _directed(demand: Demand, text: str, near: int, at: int, end: int) -> Demand:
    """A figure with what tells whether more or less of what it counts is better."""
    if demand.is_rank:
        return demand
    if _FALLING_TO.search(text, near, at) or _FALLING_BY.search(text, near, at):
        return demand
    if demand.lower_is_better and demand.aim != "at_most":
        goes_on = demand.unit in _TIME_UNITS and _GOES_ON.search(text, near, at)
        if goes_on or _REMOVES.search(text, near, at):
            return demand._replace(lower_is_better=False, unclear=True)
    if demand.lower_is_better:
        return demand
    if demand.unit in _TIME_UNITS:
        if _GOES_ON.search(text, near, at):
            return demand
        return demand._replace(lower_is_better=True) if _DONE_IN.match(text, end) else demand._replace(unclear=True)
    if _EITHER_WAY.search(text, near, at):
        return demand._replace(unclear=True)
    tail = _CLAUSE_END.split(text[end : end + _NEAR], maxsplit=1)[0]
    known = not text[near:at].strip(SPACES) or _WANTED.search(text, near, at) or _WANTED.search(tail)
    return demand if known else demand._replace(unclear=True)


def _due(match: re.Match[str]) -> tuple[int, int, int]:
    """A deadline as year, month and day; 6月前 is before the month begins."""
    year = int(match["year"] or 0)
    if not match["month"]:
        return year, 12, 31
    day = int(match["day"]) if match["day"] else _PARTS[match["part"]] if match["part"] else 0
    return year, int(match["month"]), day


def _decimal(text: str) -> Fraction:
    """八点五, 8.5 or 1,000 as a number."""
    text = text.replace(",", "").replace(" ", "")
    if text[-1] in "0123456789":
        return Fraction(text)
    whole, _, part = text.lstrip("-").partition("点")
    value = Fraction(numerals.parse(whole))
    for place, digit in enumerate(part, 1):
        value += Fraction(numerals.parse(digit), 10**place)
    return -value if text.startswith("-") else value


def _demand(match: re.Match[str], before: str, shown: str) -> Demand | None:
    """What a figure demands, from its words and from what stands before it in its clause."""
    read = _value(match, before)
    if read is None:
        return None
    value, unit, upper = read
    aim, shade = _aim(match)
    start = before[: len(before) - len(match["lead"])]
    ranked = match["rank"] is not None or (match["number"] is not None and bool(_RANKED.search(start)))
    lower = ranked or bool(
        _FALLING_TO.search(start) or (_LESS_IS_BETTER.search(start) and not _FALLING_BY.search(start))
    )
    if match["rank"]:
        aim = aim or "at_most"
    if match["sign"] and value < 0 and _FALLING_BY.search(start):
        lower = True
    return Demand(value, unit, aim, lower, upper, shade, shown, ranked)


def _value(match: re.Match[str], before: str) -> tuple[Fraction, str, Fraction | None] | None:
    """A figure's value, unit, and the other end of its range."""
    if match["percent"]:
        return _decimal(match["percent"].replace(" ", "")), "%", None
    if match["denominator"]:
        top, bottom = _decimal(match["numerator"]), _decimal(match["denominator"])
        return (top / bottom * 100, "%", None) if bottom else None
    if match["over"]:
        return (Fraction(int(match["over"]), int(match["under"])) * 100, "%", None) if int(match["under"]) else None
    if match["zero"]:
        return Fraction(0), "", None
    if match["number"] is None and match["numeral"] is None:
        return Fraction(2 ** numerals.parse(match["doubled"] or "一") - 1) * 100, "%", None
    if match["numeral"]:
        return Fraction(numerals.parse(match["numeral"])), _currency(match["counted"] or match["place"]), None
    value = _decimal(match["number"])
    unit = match["multiple"] + _currency(match["unit"])
    if match["sign"]:
        value = -value
    if match["upper"] is None:
        return (value * 100, "%", None) if unit == "倍" and _GROWING.search(before) else (value, unit, None)
    upper_unit = match["upper_multiple"] + _currency(match["upper_unit"])
    # 8-10% has one unit for both ends; ends in two units are no range.
    return (value, upper_unit, _decimal(match["upper"])) if unit in ("", upper_unit) else None


def _currency(unit: str | None) -> str:
    return (unit or "").replace("元人民币", "元").replace("人民币", "元")


def _aim(match: re.Match[str]) -> tuple[str | None, int]:
    """How the words around a figure mean it; of several, the loosest."""
    said = [_LEADS[lead] for lead in _LEAD.findall(match["lead"])]
    if match["tail"]:
        said.append((_TAILS[match["tail"]], 0))
    over = 1 if match["more"] or match["many"] else 0
    for aim in ("about", "at_most", "at_least"):
        shades = [shade for one, shade in said if one == aim]
        if shades:
            return aim, min(shades) or over
    return None, over
