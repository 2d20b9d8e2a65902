"""What a word or a day of a sentence belongs to, where that keeps two of them from being ordered.

省级 may be a height to be reached or tell which things are meant, and a day may be one by which something is done or up
to which it goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from target_registry.commitments.additions import clause_before, has_verb
from target_registry.commitments.ladders import Ladders
from target_registry.commitments.reading import Token
from target_registry.patterns import lazy

_SERVING = lazy(
    r"[对向各每]|(?<![成作定评列升确选变命改])为|惠及|覆盖|服务|走访|面向|联系|整合|帮扶|支持|培训|组织|全部|所有|针对|涉及|检查|督查"
)
_RATED = lazy(
    "率|比例|占比|比重|覆盖|全部|所有|均|都|清零|归零|零(?:发|报|事|差|增|投|容|违)|批评|负面|通报|事故|案件|道路|公路|河道|文物|配套|资金"
)
"""What is said of the things that a level tells apart, and not of how many there are to be."""
_DATED = lazy(
    r"[已新前所]?(?:印发|出台|召开|举办|启动|完成|实现|通过验收|办结|报名|建成|形成|排查|发现|出生|到期|开学|签约|签订|开工|竣工|投产|立项|批复|备案|登记|注册|入库|取得|产生|发生|存在|认定|入职|毕业|退役|出让|供地|受理|交办"
    r"|移交|拖欠|欠缴|下达|查出|核定|上市|成立|设立|投运|投用)(?:出|到|投用|投产|入住|建设|备案|验收|脱贫|问题)?的|(?![全各])[^0-9,，。；;、新好]{2,3}[到出]?的[^0-9]|到期|出生|开学|毕业|退役"
    r"|(?:签约|开工|竣工|投产|立项|备案|登记|注册|入库|成立)(?:项目|企业|工程|合同|单位|公司|小区|房屋|用户)(?=.*(?:率|全部|均|都|全覆盖|清零|100%|完工))"
)
_THINGS = lazy(
    "(?:发现)?的?(?:项目|企业|单位|事项|案件|批示[件事]|件|问题|小区|工程|合同|资金|隐患|名单|设备|任务|交办|督办|展会|活动|贫困|信访)"
)
_RATE = lazy("[^0-9]{1,16}率[0-9]")
_DONE_FOR = lazy(
    "[对向]|(?<![成作定评列升确选变命改])为|惠及|覆盖|服务|走访|面向|联系|帮扶|支持|培训|检查|督查|督导|审计|评审|奖励|补贴|补助|资助|公布|处理|免收"
)
"""Verbs of what is done with things that are there already."""
_BURDENS = lazy(
    "会|检查|考核|评比|评优|报表|填报|文件|台账|迎|上报|报送|督导|企业巡查|收[取费缴]|征收|[缴交]费|[上下]?调[^研度]{0,4}(?:费|价|标准)|涨价"
    "|停[电产工业水机供]|限[行电产]|封闭|闭馆|休[渔市业]|轮休|清退|处罚|罚款"
)
"""What is to be held, made or filled in less often."""
_HOLDING = lazy("保留|留存|维持|封存|征收|收取|收费|外包|调减|放宽|放弃|暂不|推迟|(?<!关)停|缓|核减|转嫁")
_LASTING = (
    "继续", "免征", "免收", "免费", "禁止", "不发生", "不得", "每周", "每天", "每日", "供应", "保持", "持续", "有效期", "实行", "执行", "延续", "维持", "坚持",
)  # fmt: skip
_NEAR_DAY = 8
_LASTS = lazy(
    r"不(?!动产|少于|低于|小于|得[少低]于|合格|达标|良|断|仅|但|锈|见面|同|足|规范|文明)|减(?:半|征|免)|(?<!避)免(?!疫|检|责)|缓(?!解|冲|坡)"
    r"|暂停|停止|停[工产业供运]|冻结|封[山湖闭航存库]|休[渔耕]|禁(?!毒|区|渔区)|限[行购产电价]|阶段性|[上下]浮|[控限]制在|降低[^，。；]{0,8}费率|保供|值守|稳定在|保留"
)
"""What lasts up to a day: the earlier that is, the less."""


def is_attained(tokens: Sequence[Token], at: int) -> bool:
    """Whether a level is one to be attained (创建省级园区), and doesn't tell what something is done for (省级园区达标率)."""
    if _SERVING.search(clause_before(tokens, at)) is not None:
        return False
    behind = list(_behind(tokens, at))
    if any(token.demand is not None and (not token.demand.value or token.demand.is_ceiling) for token in behind):
        return False
    return _RATED.search("".join(token.text for token in behind)) is None


def names(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word tells which things are spoken of (签约项目投产率, 服务洽谈项目), and nothing that is to be done."""
    behind = "".join(token.text for token in _behind(tokens, at))
    if _THINGS.match(behind) is None:
        return False
    return _RATE.match(behind) is not None or _DONE_FOR.search(clause_before(tokens, at)) is not None


def dates(tokens: Sequence[Token], at: int) -> bool:
    """Whether a day tells which things are meant, those of before it: 2000年底前建成的小区."""
    return _DATED.match("".join(token.text for token in _behind(tokens, at))) is not None


def is_held(tokens: Sequence[Token], at: int) -> bool:
    """Whether something is kept, charged for or given up (保留部分事项), so that less of it may be better."""
    return _HOLDING.search(clause_before(tokens, at)) is not None


def is_burden(tokens: Sequence[Token], at: int) -> bool:
    """Whether what is done so often may be wished for less often: meetings, or so many times at the most."""
    behind = list(_behind(tokens, at))
    said = clause_before(tokens, at) + "".join(token.text for token in behind)
    limited = any(token.demand is not None and token.demand.is_ceiling for token in behind)
    return limited or _BURDENS.search(said) is not None


def goes_on(tokens: Sequence[Token], at: int, ladders: Ladders) -> bool:
    """Whether something is to go on up to a day (运行至12月底), or nothing tells that it is to be done by it."""
    before = clause_before(tokens, at)
    behind = "".join(token.text for token in _behind(tokens, at))
    near = behind[:_NEAR_DAY]
    if before.endswith(("至", "到")) or any(word in before or near.startswith(word) for word in _LASTING):
        return True
    if _LASTS.search(before) is not None or _LASTS.search(behind) is not None:
        return True
    # So many of something are done once; what is only supported or carried out may go on.
    counted = any(token.demand is not None for token in _behind(tokens, at))
    return bool(behind) and not has_verb(before + behind, ladders, going_on=counted)


def _behind(tokens: Sequence[Token], at: int) -> Iterator[Token]:
    """The tokens of a clause behind one of it."""
    for token in tokens[at + 1 :]:
        if token.opens:
            return
        yield token
