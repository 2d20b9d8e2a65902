"""What a word or a figure says that only one of two wordings of a sentence has.

Each is judged as one that came; that it went is the mirror of that.
"""

from __future__ import annotations

from collections.abc import Sequence

from target_registry.commitments import Comparison, Order, amounts, combine, reading
from target_registry.commitments.ladders import Ladders
from target_registry.commitments.reading import Token
from target_registry.direction import moving
from target_registry.model import Message
from target_registry.patterns import lazy

_SHARES = frozenset("%‰成")
_ALL = ("全部", "所有", "全覆盖", "一律", "每个", "每家", "每一", "逐一", "逐个", "悉数")
"""What tells that all there are are meant."""
_TRYING = frozenset({"争取", "力争"})
_STRIVING = frozenset({"着力", "全力", "积极", "大力"})
"""What makes an effort of a result: the same as it was only where it is one already."""
_DRAFTS = frozenset({"初稿", "草案", "讨论稿", "征求意见稿", "送审稿", "提纲"})
_EXCEPTING = ("除", "不含", "不包括", "不包含")
_HOLDING = ("举办", "召开", "举行", "组织", "开展")
"""Verbs of what is done so many times."""
_TIMES = frozenset("次场期轮批")
_SHARED = ("率", "比重", "占比", "比例", "增速", "增幅", "速度")
_RELATIVE = lazy(
    r"[周月季旬日夜]|逐|轮|常态|普查|全域|全员|全面|系列|多[轮次场]|成倍|翻番|倍增|大幅|较快|快速|高速|显著|明显|海内外|国内外|等(?:项目|企业)|填平补齐|省市|市县|三级|两级|同步|高于|快于|超过|平均|持平|[两三]位数|[各每]|全体|所有|[0-9一二三四五六七八九十]+(?:大|个|家|项)|月度|季度|年度|天天|全天|全年运行|正式运行|在册|现有"
)
"""What says already how much, how often or which is meant."""
_PRELUDES = ("全年", "全省", "年内", "力争", "争取", "确保", "累计", "共", "推动", "积极")
"""What may stand before such a verb."""
_REACHING = ("达到", "达", "累计", "总数", "总量", "往返", "运行")
_LONGEST_VERB = 4
_LONGEST_ALONE = 3
_ENDING = ("结束", "终止", "停", "关闭", "解除", "撤", "取消", "退")
"""What is no promise of more where it is done before its time."""


def judge(tokens: Sequence[Token], at: int, ladders: Ladders) -> Comparison | None:
    """A token that only the later sentence has; None where nothing can be said of it.

    Args:
        tokens: the sentence.
        at: the token's place in it.
        ladders: the words to judge by.
    """
    token = tokens[at]
    part = _by_itself(token, ladders)
    if part is None:
        return None
    part = _where_it_stands(_Piece(tokens, at, ladders), part, ladders)
    return combine([part, turned(token)]) if token.turned else part


def taken_out(part: Comparison, token: Token) -> Comparison:
    """What an addition says of the same piece taken out."""
    if token.kind == "figure":
        removed = amounts.compare(token.demand, None).reasons
    elif token.kind == "deadline":
        removed = (Message("the deadline “{word}” was dropped", word=token.text),)
    elif Order.WEAKER is part.order:
        removed = (Message("“{word}” was taken out, so that more is promised", word=token.text),)
    elif Order.STRONGER is part.order:
        removed = (Message("“{word}” was taken out, so that less is promised", word=token.text),)
    elif Order.EQUIVALENT is part.order:
        removed = (Message("“{word}” was taken out, which changes no promise", word=token.text),)
    elif token.kind in ("word", "hedge") and part.weakens:
        removed = (Message("“{before}” was taken out, and nothing shows that as much is demanded", before=token.text),)
    else:
        removed = part.reasons
    # A day or a figure that is no longer named can't be held to, while a new day may be later than the month it is due in.
    is_lost = token.kind == "deadline" or (token.kind == "figure" and (part.weakens or _asks(token)))
    return Comparison(part.order.mirrored, removed, is_lost)


def one_more_verb(tokens: Sequence[Token], start: int, end: int, ladders: Ladders) -> str:
    """One more verb behind another, for the same thing (制定并印发), or nothing.

    Args:
        tokens: the sentence.
        start: where what is looked at begins in it.
        end: where that ends.
        ladders: the words to judge by.
    """
    piece = tokens[start:end]
    if len(piece) != 2 or not start or piece[0].text != "并" or any(token.opens for token in piece):
        return ""
    verbs = tokens[start - 1], piece[1]
    if any(
        one.kind != "word" or one.text not in ladders.verbs or one.turned or ladders.softens(one.text) for one in verbs
    ):
        return ""
    order = ladders.compare(verbs[0].text, verbs[1].text)
    # Of 签约并对接项目20个 the lesser verb may be what is counted.
    if order is not Order.STRONGER and (
        order is not Order.INCOMPARABLE or _Piece(tokens, end - 1, ladders).has_figure_behind
    ):
        return ""
    return piece[0].text + piece[1].text


def turned(token: Token) -> Comparison:
    """What is to be said of a change behind a negation."""
    reason = Message("a negation stands before “{word}”, so that its change can't be ordered", word=token.text)
    return Comparison(Order.INCOMPARABLE, (reason,))


def clause_before(tokens: Sequence[Token], at: int) -> str:
    """What of a token's clause stands before it."""
    start = next((place for place in range(at, -1, -1) if tokens[place].opens), 0)
    return "".join(token.text for token in tokens[start:at])


class _Piece:
    """A token where it stands in its sentence."""

    def __init__(self, tokens: Sequence[Token], at: int, ladders: Ladders) -> None:
        self._tokens = tokens
        self._at = at
        self._ladders = ladders
        self.token = tokens[at]

    @property
    def before(self) -> str:
        """What of its clause stands before it."""
        return clause_before(self._tokens, self._at)

    @property
    def behind(self) -> Sequence[Token]:
        """What of its clause stands behind it."""
        rest = range(self._at + 1, len(self._tokens))
        end = next((place for place in rest if self._tokens[place].opens), len(self._tokens))
        return self._tokens[self._at + 1 : end]

    @property
    def is_of_all(self) -> bool:
        """Whether its clause speaks of all there are."""
        clause = self.before + self.token.text + _text(self.behind)
        return any(word in clause for word in _ALL)

    @property
    def is_beside_a_figure(self) -> bool:
        """Whether a figure stands right beside it, whatever that counts."""
        beside = (self._at - 1, self._at + 1)
        return any(self._tokens[at].demand is not None for at in beside if 0 <= at < len(self._tokens))

    @property
    def is_counted(self) -> bool:
        """Whether its sentence has a figure."""
        return _has_figure(self._tokens)

    @property
    def is_of_result(self) -> bool:
        """Whether a figure says how much is reached, and surely nothing of which things are meant.

        It ends its clause, and stands behind what grows or is a share (增长9%, 回收利用率30%), or counts what its clause
        begins to bring about (新增企业3500家, 举办活动10场).
        """
        demand, before = self.token.demand, self.before
        if demand is None or self.behind or _RELATIVE.search(before):
            return False
        if demand.unit[-1:] in _SHARES:
            return moving.grows(before) or before.endswith(_SHARED) or "占" in before
        if moving.grows(before):
            return True
        if before.endswith(_REACHING):
            return demand.unit not in reading.TIME_UNITS
        before = _without_preludes(before)
        if before.startswith(_HOLDING):
            return demand.unit[-1:] in _TIMES
        return before.startswith(tuple(self._ladders.bringing_about))

    @property
    def verb_before(self) -> str:
        """The verb that stands right before it, or nothing."""
        if self.token.opens:
            return ""
        word, signs = self._tokens[self._at - 1].text, self.before[-2:]
        if word in self._ladders.places:
            return word
        return signs if signs in self._ladders.plain_verbs else ""

    @property
    def word_before(self) -> str:
        """What its clause begins with, where that may be a verb without a thing (整治的河道), or nothing."""
        before = _without_preludes(self.before)
        if before.endswith(tuple(self._ladders.done_to)):
            return before[-2:]
        return before if len(before) <= _LONGEST_ALONE else ""

    @property
    def is_behind_verb(self) -> bool:
        """Whether a verb of the ladders stands right before it."""
        return not self.token.opens and self._tokens[self._at - 1].text in self._ladders.verbs

    @property
    def has_verb_behind(self) -> bool:
        """Whether behind it a verb, a figure or a day stands in its clause."""
        verbs = tuple(self._ladders.verbs)
        if any(token.kind in ("figure", "deadline") or token.text.endswith(verbs) for token in self.behind):
            return True
        text = _text(self.behind)
        return any(verb in text for verb in (*self._ladders.plain_verbs, *self._ladders.happening))

    @property
    def has_figure_behind(self) -> bool:
        """Whether behind it a figure stands in its clause."""
        return _has_figure(self.behind)

    @property
    def is_before_effort(self) -> bool:
        """Whether what follows at once is an effort and no result."""
        return _text(self.behind[:2]).startswith(tuple(self._ladders.efforts))

    @property
    def is_only_effort(self) -> bool:
        """Whether what follows at once is an effort, or is only tried for."""
        text = _text(self.behind[:4])
        return text.startswith(
            (*self._ladders.efforts, *self._ladders.hedges, *self._ladders.softeners, *self._ladders.working)
        )

    @property
    def is_before_verb(self) -> bool:
        """Whether a verb follows at once."""
        behind = self.behind
        if behind and behind[0].kind == "word":
            return behind[0].text in self._ladders.verbs or behind[0].text in self._ladders.softeners
        ahead = ""
        for token in behind[:_LONGEST_VERB]:
            if token.kind != "char":
                break
            ahead += token.text
        return any(ahead.startswith(verb) for verb in self._ladders.plain_verbs)


def _by_itself(token: Token, ladders: Ladders) -> Comparison | None:
    """What a token says that came, wherever it stands."""
    if token.kind == "figure":
        part = amounts.compare(None, token.demand)
        return part if _asks(token) else Comparison(Order.INCOMPARABLE, part.reasons)
    if token.kind == "deadline":
        # It may be later than the month the target is due in, which the sentence doesn't say.
        return Comparison(Order.INCOMPARABLE, (Message("the deadline “{word}” was added", word=token.text),))
    if token.kind not in ("word", "hedge"):
        return None
    if token.kind == "hedge" or ladders.softens(token.text):
        return Comparison(Order.WEAKER, (Message("“{word}” was added, which promises less", word=token.text),))
    if token.text in ladders.firmers:
        return Comparison(Order.STRONGER, (Message("“{word}” was added, which promises more", word=token.text),))
    if token.text in ladders.neutral | ladders.hasteners:
        return Comparison(Order.EQUIVALENT, (Message("“{word}” was added, which changes no promise", word=token.text),))
    return None


def _where_it_stands(piece: _Piece, part: Comparison, ladders: Ladders) -> Comparison:
    """What a token says in its place, where that is less sure than what it says by itself."""
    token = piece.token
    if token.demand is not None:
        return _of_figure(piece, part, token.demand.shown)
    if token.text == "的" and (verb := piece.verb_before or piece.word_before):
        # 建成的园区 is a park that is there already, and nothing to be built.
        reason = Message("behind “{word}”, a 的 makes of what is done what has been done", word=verb)
        return Comparison(Order.INCOMPARABLE, (reason,), True)
    if token.text in ladders.hasteners and (not piece.is_before_effort or piece.has_figure_behind):
        # 尽快出台 is done once it is done quickly: of a result it makes an effort.
        reason = Message("“{after}” was added, and nothing shows that as much is demanded", after=token.text)
        return Comparison(Order.INCOMPARABLE, (reason,))
    if token.text in _STRIVING and not piece.is_only_effort:
        # 全力实现 is done once all that can be done was done.
        reason = Message("“{after}” was added, and nothing shows that as much is demanded", after=token.text)
        return Comparison(Order.INCOMPARABLE, (reason,))
    if token.text == "提前" and _text(piece.behind[:2]).startswith(_ENDING):
        return Comparison(Order.INCOMPARABLE, part.reasons)
    if token.text == "均" and any(one.kind == "char" and one.text in ladders.reversers for one in piece.behind):
        return Comparison(Order.INCOMPARABLE, part.reasons)  # 三项均不达标 are fewer than 三项不达标
    if token.text == "至少" and not piece.has_figure_behind:
        return Comparison(Order.INCOMPARABLE, part.reasons)  # 至少完成甲，完成乙 leaves the second open
    is_doubtful = (
        # 主要媒体 and 初步设计 are things by themselves: without the word, another thing is promised.
        (token.text in ladders.ordinary and not piece.is_before_verb)
        # Of 争取国家级试点 and 完成初稿, what is left without the word says of nothing that it is done.
        or (token.text in _TRYING & ladders.verbs and not piece.has_verb_behind)
        or (token.text in _DRAFTS and piece.is_behind_verb)
        # Of a number that is to be reached, what is left out makes it the harder.
        or (token.text.startswith(_EXCEPTING) and piece.is_counted)
    )
    loses = part.order is Order.WEAKER
    return Comparison(Order.INCOMPARABLE, part.reasons, True, loses) if is_doubtful else part


def _of_figure(piece: _Piece, part: Comparison, shown: str | Message) -> Comparison:
    # 全部企业 that became 全部3家企业 are no more than 3, and 9%（5%） may mean the second.
    if piece.is_of_all:
        reason = Message("the figure {after} was added where all were promised", after=shown)
        return Comparison(Order.INCOMPARABLE, (reason,), True)
    if piece.is_beside_a_figure:
        reason = Message("the figure {after} was added beside another one", after=shown)
        return Comparison(Order.INCOMPARABLE, (reason,), True)
    if part.order is Order.STRONGER and not piece.is_of_result:
        # 复制推广经验 that became 复制推广3项经验 may be cut down to these three.
        reason = Message("the figure {after} was added, which may narrow what is meant", after=shown)
        return Comparison(Order.INCOMPARABLE, (reason,))
    return part


def _asks(token: Token) -> bool:
    """Whether a figure that came or went asks for something by itself.

    不超过30家 may cap what is achieved, 0 asks for nothing, 一次 for no more than doing it, and 50% may be all that is left of the whole.
    """
    demand = token.demand
    if demand is None or not token.grounded or demand.is_open:
        return False
    least = 0 if demand.unit[-1:] in _SHARES else 1
    return demand.lower_is_better or (not demand.is_ceiling and demand.value > least)


def has_verb(text: str, ladders: Ladders, *, going_on: bool = False) -> bool:
    """Whether a text has a verb of what is done once, as most of the ladders' are.

    Args:
        text: a clause.
        ladders: the words to judge by.
        going_on: whether one of what may go on as well (实施, 支持) will do.
    """
    verbs = (ladders.verbs | ladders.plain_verbs) - (frozenset() if going_on else ladders.going_on)
    return any(verb in text for kind in (verbs, ladders.happening, ladders.done_to, ladders.finished) for verb in kind)


def _without_preludes(before: str) -> str:
    """The beginning of a clause without what may stand before a verb."""
    while prelude := next((word for word in _PRELUDES if before.startswith(word)), ""):
        before = before[len(prelude) :]
    return before


def _has_figure(tokens: Sequence[Token]) -> bool:
    return any(token.demand is not None for token in tokens)


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)
