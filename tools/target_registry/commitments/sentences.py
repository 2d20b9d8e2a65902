"""Two wordings of a sentence: which demands more.

Figures and words of the ladders are judged one against another; all the rest must be the same, or
nothing shows that as much is demanded. The judgement of two sentences is the mirror of the
judgement of the same two the other way round.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from target_registry import limits
from target_registry.commitments import Comparison, Order, amounts, combine, direction, further
from target_registry.commitments.folding import fold, narrow
from target_registry.commitments.ladders import Ladders, builtin
from target_registry.commitments.reading import Token, read
from target_registry.model import Message
from target_registry.patterns import lazy
from target_registry.subsequence import common, gaps

# Differing pieces that close together are told as one.
_CLOSE = 2
_SHARES = frozenset("%‰成")
# Where a piece of a word differs, so many characters to either side are told with it, up to one of these.
_AROUND = 6
_LONGEST_TOLD = 12
_JOINING = frozenset("的了和与及并在对为等、或以交届次至到由向把将于从给")
_FILLERS = frozenset({"的", "了"})
_STOPS = str.maketrans(dict.fromkeys(",。;:!?", "\n"))
_DENYING = frozenset("不未无免非别勿没否莫禁除")
# A clause that begins or speaks so leans on the one before it, and may not change places.
_LEANING_START = (
    "其中", "并", "且", "该", "此", "其", "同时", "但", "则", "后", "再", "然后", "随后", "或", "及", "和", "与", "而", "又", "也", "均",
    "都", "分别", "达", "占", "总数", "累计", "同比", "环比", "比", "较", "增长", "增加", "提高", "提升", "下降", "降低", "减少", "上述", "以上", "以下", "前者", "后者",
)  # fmt: skip
_ROUND = lazy(r"\(([^()]*)\)")
_LISTED = lazy(r"[0-9一二三四五六七八九十]+\Z")
TOO_LONG = Message("a text of more than {limit} characters isn't compared", limit=limits.SENTENCE_CHARACTERS)
_ALL = ("全部", "所有", "全覆盖", "一律", "每个", "每家", "每一", "逐一", "逐个", "悉数")
"""What tells that all there are are meant."""
_LEVEL = ("国家级", "省级", "市级", "县级", "区级")
_SERVING = lazy(
    r"[对向各每]|(?<![成作定评列升确选变命改])为|惠及|覆盖|服务|走访|面向|联系|整合|帮扶|支持|培训|组织|全部|所有|针对|涉及|检查|督查"
)
_DEFINITE = frozenset({"有关", "相关"})
"""What means things that are known, and not how many."""
_SEVERAL = 3
"""Things that 一批 and 多家 surely are."""
_TRYING = frozenset({"争取", "力争"})
_HAPPENING = ("入选", "挂牌", "授牌", "获批", "获得", "落地", "落户", "列入", "不发生", "为零")
_DRAFTS = frozenset({"初稿", "草案", "讨论稿", "征求意见稿", "送审稿", "提纲"})
_EXCEPTING = ("除", "不含", "不包括", "不包含")
_BRINGING_ABOUT = (
    "新增", "净增", "新建", "新设", "引进", "引入", "招引", "吸引", "签约", "举办", "召开", "举行", "组织", "开展", "培训",
)  # fmt: skip
"""Verbs whose things are not there before, so that a number of them is a number to be reached."""
_PRELUDES = ("全年", "全省", "年内", "力争", "争取", "确保", "累计", "共", "推动", "积极")
_REACHING = ("达到", "达", "累计", "总数", "总量", "往返", "运行")
_LEANING = ("上述", "前述", "前者", "后者", "分别", "先", "再", "其他", "其余", "同期")


def compare(before: str, after: str, ladders: Ladders | None = None) -> Comparison:
    """Order two wordings of a target, a half-year target, a standard or a remark.

    Args:
        before: the sentence as it was, empty where there was none.
        after: the sentence as it is.
        ladders: the words to judge by, the built-in ones where none are given.

    Returns:
        what ``after`` demands, measured by ``before``; never an error, whatever the text.
    """
    return combine(parts(before, after, ladders or builtin()))


def parts(before: str, after: str, ladders: Ladders) -> list[Comparison]:
    """Each difference by itself, for :func:`~target_registry.commitments.combine`; none where they are the same."""
    if before == after:
        return []
    if max(len(before), len(after)) > limits.SENTENCE_CHARACTERS:
        return [Comparison(Order.INCOMPARABLE, (TOO_LONG,), weakens=True)]  # it may, for all that anyone knows
    old_text, new_text = fold(before), fold(after)
    if not new_text and old_text:
        return [Comparison(Order.WEAKER, (Message("the sentence “{before}” was dropped", before=before),))]
    if not old_text and new_text:
        return [Comparison(Order.STRONGER, (Message("the sentence “{after}” was added", after=after),))]
    aims = further.split(before, ladders), further.split(after, ladders)
    old_rest, new_rest = (aim.rest if aim else text for aim, text in zip(aims, (before, after), strict=True))
    return [*_differences(old_rest, new_rest, ladders), *further.compare(*aims)]


def _differences(before: str, after: str, ladders: Ladders) -> list[Comparison]:
    """The same of two sentences that aim no further."""
    bracketed = brackets(before, after)
    old, new = read(before, ladders), read(after, ladders)
    if fold(before) == fold(after) and _numbers(old) == _numbers(new):
        if _denials(before, ladders) != _denials(after, ladders):
            return [*bracketed, _moved_stop(before, after, ladders)]
        return bracketed
    if _same_clauses(before, after, ladders):
        return [*bracketed, Comparison(Order.EQUIVALENT, (Message("the same clauses in another order"),))]
    return [*bracketed, *_Judgement(old, new, ladders).parts()]


def brackets(before: str, after: str) -> list[Comparison]:
    """What stands in round brackets in one sentence alone, and without them in the other: they may make it optional."""
    old, new = _bracketed(before), _bracketed(after)
    reasons = [Message("round brackets now stand around “{word}”", word=word) for word in _only(new, old)]
    reasons += [Message("no round brackets stand around “{word}” any more", word=word) for word in _only(old, new)]
    return [Comparison(Order.INCOMPARABLE, (reason,)) for reason in reasons]


def _only(one: tuple[list[str], str], other: tuple[list[str], str]) -> list[str]:
    """What stands in brackets in one text alone, and outside of them in the other."""
    return [word for word in one[0] if word not in other[0] and word in other[1]]


def _bracketed(text: str) -> tuple[list[str], str]:
    """What stands in round brackets, but for numbers of lists, and all the rest."""
    narrowed = narrow(text)
    inner = dict.fromkeys(fold(match[1]) for match in _ROUND.finditer(narrowed))
    return [word for word in inner if word and not _LISTED.match(word)], fold(_ROUND.sub("|", narrowed))


def _clauses(text: str) -> list[str]:
    """What stands between commas and full stops, without its looks but with its pause marks."""
    narrowed = narrow(text)
    found = ["、".join(fold(item) for item in piece.split("、")) for piece in narrowed.translate(_STOPS).split("\n")]
    return [piece for piece in found if piece.strip("、")]


def _denials(text: str, ladders: Ladders) -> list[str]:
    """The clauses that deny something or take it back."""
    return [clause for clause in _clauses(text) if _denies(clause, ladders)]


def _denies(clause: str, ladders: Ladders) -> bool:
    at = 0
    while at < len(clause):
        word = ladders.match(clause, at)
        if word in ladders.reversers or (word and ladders.is_escape(word)) or (not word and clause[at] in _DENYING):
            return True
        at += len(word) or 1
    return False


def _moved_stop(before: str, after: str, ladders: Ladders) -> Comparison:
    """The reason for a comma that stands elsewhere beside a negation."""
    old, new = _denials(before, ladders), _denials(after, ladders)
    at = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    gaps = {"before": (old[at:] or [before])[0], "after": (new[at:] or [after])[0]}
    reason = Message("the punctuation beside a negation changed: “{before}” became “{after}”", **gaps)
    return Comparison(Order.INCOMPARABLE, (reason,))


def _same_clauses(before: str, after: str, ladders: Ladders) -> bool:
    """Whether whole clauses, each of which stands by itself, only changed places."""
    old, new = _clauses(before), _clauses(after)
    return len(old) > 1 and sorted(old) == sorted(new) and all(_stands_alone(clause, ladders) for clause in old)


def _stands_alone(clause: str, ladders: Ladders) -> bool:
    """Whether a clause names what is done, and nothing in it reaches beyond it: no day, hedge or negation."""
    if clause.startswith(_LEANING_START) or any(word in clause for word in _LEANING) or _denies(clause, ladders):
        return False
    tokens = read(clause, ladders)
    if tokens[0].kind == "figure" or any(token.kind in ("deadline", "fixed", "hedge") for token in tokens):
        return False
    words = [token.text for token in tokens if token.kind == "word"]
    return any(word in ladders.places for word in words) and not any(
        word in ladders.hedges or word in ladders.vague or ladders.is_escape(word) for word in words
    )


def _numbers(tokens: Sequence[Token]) -> list[object]:
    """The figures of a sentence: a title's or a quotation's are none."""
    return [token.demand for token in tokens if token.demand is not None]


class _Judgement:
    """The differences between two lists of tokens."""

    def __init__(self, old: list[Token], new: list[Token], ladders: Ladders) -> None:
        self.old, self.new, self.ladders = old, new, ladders

    def parts(self) -> list[Comparison]:
        """Each difference, in no order."""
        found: list[Comparison] = []
        unknown: list[tuple[int, int, int, int]] = []
        pairs = _align([_exact(token) for token in self.old], [_exact(token) for token in self.new])
        for old_start, old_end, new_start, new_end in gaps(pairs, len(self.old), len(self.new)):
            judged, clear = self._gap(old_start, old_end, new_start, new_end)
            found += judged
            if not clear:
                unknown.append((old_start, old_end, new_start, new_end))
        # The same words with other negations before them aren't the same.
        for old_at, new_at in pairs:
            if self.old[old_at].turned != self.new[new_at].turned:
                found.append(self._turned(self.old[old_at]))
        found += [self._unknown(*span) for span in _merged([self._widened(*span) for span in _merged(unknown)])]
        # That a 的 came or went is worth a word only where nothing else did.
        telling = [part for part in found if not _is_filler(part)]
        return telling or found

    def _widened(self, old_start: int, old_end: int, new_start: int, new_end: int) -> tuple[int, int, int, int]:
        """A span with what stands alike beside it, so that it is told in whole words."""
        if min(old_end - old_start, new_end - new_start) == 0 and max(old_end - old_start, new_end - new_start) > 2:
            return old_start, old_end, new_start, new_end
        spans = [span for span in (self.old[old_start:old_end], self.new[new_start:new_end]) if span]
        # A word of the ladders at an end is whole already.
        cut_left, cut_right = (all(span[edge].kind == "char" for span in spans) for edge in (0, -1))
        for _ in range(_AROUND if cut_right else 0):
            if max(old_end - old_start, new_end - new_start) >= _LONGEST_TOLD:
                break
            if old_end >= len(self.old) or new_end >= len(self.new) or not self._is_around(old_end, new_end):
                break
            if self._opens(self.old, old_end) or self._opens(self.new, new_end):
                break
            old_end, new_end = old_end + 1, new_end + 1
        for _ in range(_AROUND if cut_left else 0):
            if max(old_end - old_start, new_end - new_start) >= _LONGEST_TOLD:
                break
            if not old_start or not new_start or not self._is_around(old_start - 1, new_start - 1):
                break
            if self._opens(self.old, old_start) or self._opens(self.new, new_start):
                break
            old_start, new_start = old_start - 1, new_start - 1
        return old_start, old_end, new_start, new_end

    @staticmethod
    def _opens(tokens: list[Token], at: int) -> bool:
        return at < len(tokens) and tokens[at].opens

    def _is_around(self, old_at: int, new_at: int) -> bool:
        old, new = self.old[old_at], self.new[new_at]
        return old.kind == new.kind == "char" and old.text == new.text and old.text not in _JOINING

    def _gap(self, old_start: int, old_end: int, new_start: int, new_end: int) -> tuple[list[Comparison], bool]:
        """Judge what stands between two pieces that are the same; the truth value tells that nothing is left open."""
        old, new = self.old[old_start:old_end], self.new[new_start:new_end]
        if not old and (more := self._and_more(self.new, new_start, new_end)):
            return [
                Comparison(Order.STRONGER, (Message("“{after}” was added, so that more is promised", after=more),))
            ], True
        if not new and (less := self._and_more(self.old, old_start, old_end)):
            return [
                Comparison(Order.WEAKER, (Message("“{before}” was taken out, so that less is promised", before=less),))
            ], True
        matched = _align([self._class(token) for token in old], [self._class(token) for token in new])
        judged, clear = [], True
        for old_at, new_at in matched:
            judged.append(self._pair(old_start + old_at, new_start + new_at))
        taken_old, taken_new = {at for at, _ in matched}, {at for _, at in matched}
        lost = [token for at, token in enumerate(old) if at not in taken_old]
        came = [token for at, token in enumerate(new) if at not in taken_new]
        settled: set[int] = set()
        for gone, others, swap in ((lost, came, False), (came, lost, True)):
            dropped = [token for token in gone if token.kind == "figure"]
            blurred = [token for token in others if token.kind == "vague" or token.text in self.ladders.vague]
            told = list(zip(dropped, blurred, strict=False))
            judged += [self._vague(figure, vague, swap) for figure, vague in told]
            settled.update(id(token) for pair in told for token in pair)
        left, added = (set(map(id, tokens)) - settled for tokens in (lost, came))
        for at, token in enumerate(old):
            if id(token) not in left:
                continue
            part = self._single(token, self.old, old_start + at)
            if part is None:
                clear = False
            else:
                judged.append(_mirrored(part, token))
        for at, token in enumerate(new):
            if id(token) not in added:
                continue
            part = self._single(token, self.new, new_start + at)
            if part is None:
                clear = False
            else:
                judged.append(part)
        if not clear:
            # In a passage that is new as a whole, a hedge that went with the old one is no strengthening.
            judged = [part for part in judged if part.order in (Order.WEAKER, Order.INCOMPARABLE)]
        return judged, clear

    def _and_more(self, tokens: list[Token], start: int, end: int) -> str:
        """One more verb behind another, for the same thing (制定并印发), or nothing."""
        if (
            end - start != 2
            or not start
            or tokens[start].text != "并"
            or any(token.opens for token in tokens[start:end])
        ):
            return ""
        verbs = tokens[start - 1], tokens[start + 1]
        if any(
            one.text not in self.ladders.verbs or one.turned or one.kind != "word" or self.ladders.softens(one.text)
            for one in verbs
        ):
            return ""
        return "并" + tokens[start + 1].text

    def _class(self, token: Token) -> Hashable:
        """Tokens of one class can be judged against each other."""
        if token.kind in ("figure", "deadline"):
            return token.kind
        if token.kind == "word" and token.text in self.ladders.families:
            return self.ladders.families[token.text]
        return _exact(token)

    def _pair(self, old_at: int, new_at: int) -> Comparison:
        """One figure, deadline or word against another."""
        old, new = self.old[old_at], self.new[new_at]
        if (
            old.kind == new.kind == "word"
            and old.text.removesuffix("以上").endswith(_LEVEL)
            and new.text.removesuffix("以上").endswith(_LEVEL)
            and (_serves(self.old, old_at) or _serves(self.new, new_at))
        ):
            # 省级以上开发区 are fewer than 县级以上开发区: which things are meant, and no height to be reached.
            gaps = {"before": old.text, "after": new.text}
            reason = Message("“{before}” became “{after}”, which means other things or people", **gaps)
            return Comparison(Order.INCOMPARABLE, (reason,), True)
        if old.turned or new.turned:
            return combine([self._plain_pair(old, new), self._turned(old)])
        return self._plain_pair(old, new)

    def _plain_pair(self, old: Token, new: Token) -> Comparison:
        if old.kind == "figure":
            return amounts.compare(old.demand, new.demand)
        gaps = {"before": old.text, "after": new.text}
        if old.kind == "deadline":
            return _deadlines(old, new)
        order = self.ladders.compare(old.text, new.text)
        if order is Order.WEAKER:
            return Comparison(order, (Message("“{before}” became the weaker “{after}”", **gaps),))
        if order is Order.STRONGER:
            return Comparison(order, (Message("“{before}” became the stronger “{after}”", **gaps),))
        if order is Order.EQUIVALENT:
            return Comparison(order, (Message("“{before}” became “{after}”, which demands as much", **gaps),))
        return Comparison(
            Order.INCOMPARABLE, (Message("“{before}” became “{after}”, and no ladder orders the two", **gaps),)
        )

    def _turned(self, token: Token) -> Comparison:
        reason = Message("a negation stands before “{word}”, so that its change can't be ordered", word=token.text)
        return Comparison(Order.INCOMPARABLE, (reason,))

    def _vague(self, figure: Token, vague: Token, added: bool) -> Comparison:
        if (
            vague.kind == "vague"
            or vague.text in _DEFINITE
            or figure.demand is None
            or figure.demand.is_open
            or figure.demand.value < _SEVERAL
        ):
            one, other = (vague, figure) if added else (figure, vague)
            gaps = {"before": one.text, "after": other.text}
            reason = Message("“{before}” became “{after}”, and no ladder orders the two", **gaps)
            return Comparison(Order.INCOMPARABLE, (reason,), True)
        if added:
            reason = Message("the vague “{before}” became the figure {after}", before=vague.text, after=figure.text)
            return Comparison(Order.STRONGER, (reason,))
        reason = Message("the figure {before} became the vague “{after}”", before=figure.text, after=vague.text)
        return Comparison(Order.WEAKER, (reason,))

    def _single(self, token: Token, tokens: list[Token], at: int) -> Comparison | None:
        """A token that only the later sentence has; None where nothing can be said of it."""
        part = self._plain_single(token)
        if part is not None and token.demand is not None:
            # 全部企业 that became 全部3家企业 are no more than 3, and 9%（5%） may mean the second.
            if _of_all(tokens, at):
                reason = Message("the figure {after} was added where all were promised", after=token.demand.shown)
                part = Comparison(Order.INCOMPARABLE, (reason,), True)
            elif _beside_another(tokens, at):
                reason = Message("the figure {after} was added beside another one", after=token.demand.shown)
                part = Comparison(Order.INCOMPARABLE, (reason,), True)
            elif part.order is Order.STRONGER and not self._is_of_result(tokens, at):
                # 复制推广经验 that became 复制推广3项经验 may be cut down to these three.
                reason = Message(
                    "the figure {after} was added, which may narrow what is meant", after=token.demand.shown
                )
                part = Comparison(Order.INCOMPARABLE, (reason,))
        if part is not None and token.text == "的" and not token.opens and (verb := self._verb_before(tokens, at)):
            # 建成的园区 is a park that is there already, and nothing to be built.
            reason = Message("behind “{word}”, a 的 makes of what is done what has been done", word=verb)
            part = Comparison(Order.INCOMPARABLE, (reason,), True)
        if part is not None and token.text in self.ladders.hasteners and not self._before_effort(tokens, at):
            # 尽快出台 is done once it is done quickly: of a result it makes an effort.
            reason = Message("“{after}” was added, and nothing shows that as much is demanded", after=token.text)
            part = Comparison(Order.INCOMPARABLE, (reason,))
        if part is not None and token.text in self.ladders.ordinary and not self._before_verb(tokens, at):
            # 主要媒体 and 初步设计 are things by themselves: without the word, another thing is promised.
            part = Comparison(Order.INCOMPARABLE, part.reasons, True)
        if part is not None and token.text in _TRYING and token.text in self.ladders.verbs:
            if not self._has_verb(tokens, at):  # 争取国家级试点: without the word nothing is done any more
                part = Comparison(Order.INCOMPARABLE, part.reasons, True)
        elif (
            part is not None and token.text in _DRAFTS and not token.opens and tokens[at - 1].text in self.ladders.verbs
        ):
            part = Comparison(Order.INCOMPARABLE, part.reasons, True)  # without the draft nothing is said to be done
        elif part is not None and token.text == "至少" and not self._is_of_figure(tokens, at):
            part = Comparison(Order.INCOMPARABLE, part.reasons)  # 至少完成甲，完成乙 leaves the second open
        elif part is not None and token.text.startswith(_EXCEPTING) and _counts(tokens):
            # Of a number that is to be reached, what is left out makes it the harder.
            part = Comparison(Order.INCOMPARABLE, part.reasons, True)
        if part is not None and token.turned:
            return combine([part, self._turned(token)])
        return part

    def _is_of_result(self, tokens: list[Token], at: int) -> bool:
        """Whether a figure that came says how much is reached, and surely nothing of which things are meant.

        It ends its clause, and stands behind what grows or is a share (增长9%, 回收利用率30%), or counts what its clause
        begins to bring about (新增企业3500家, 举办活动10场).
        """
        demand = tokens[at].demand
        if demand is None or (at + 1 < len(tokens) and not tokens[at + 1].opens):
            return False
        start = next((place for place in range(at, -1, -1) if tokens[place].opens), 0)
        before = "".join(token.text for token in tokens[start:at])
        if demand.unit[-1:] in _SHARES:
            return direction.grows(before) or direction.is_share_of(before)
        if direction.grows(before) or before.endswith(_REACHING):
            return True
        begins = before
        while shorter := next((begins.removeprefix(word) for word in _PRELUDES if begins.startswith(word)), ""):
            begins = shorter
        return begins.startswith(_BRINGING_ABOUT)

    def _verb_before(self, tokens: list[Token], at: int) -> str:
        """The verb that stands right before a token, or nothing."""
        if tokens[at - 1].text in self.ladders.places:
            return tokens[at - 1].text
        start = max(0, at - 2)
        behind = (
            ""
            if any(token.opens for token in tokens[start + 1 : at])
            else "".join(token.text for token in tokens[start:at])
        )
        return behind if behind in self.ladders.plain_verbs else ""

    def _has_verb(self, tokens: list[Token], at: int) -> bool:
        """Whether behind a token a verb stands in its clause."""
        end = next((place for place in range(at + 1, len(tokens)) if tokens[place].opens), len(tokens))
        behind = tokens[at + 1 : end]
        if any(
            token.kind in ("figure", "deadline") or token.text.endswith(tuple(self.ladders.verbs)) for token in behind
        ):
            return True
        clause = "".join(token.text for token in behind)
        return any(verb in clause for verb in (*self.ladders.plain_verbs, *_HAPPENING))

    def _is_of_figure(self, tokens: list[Token], at: int) -> bool:
        """Whether behind a token a figure stands in its clause."""
        end = next((place for place in range(at + 1, len(tokens)) if tokens[place].opens), len(tokens))
        return _counts(tokens[at + 1 : end])

    def _before_effort(self, tokens: list[Token], at: int) -> bool:
        """Whether what follows at once is an effort and no result."""
        if tokens[at + 1 : at + 2] and not tokens[at + 1].opens:
            ahead = "".join(token.text for token in tokens[at + 1 : at + 3])
            return ahead.startswith(tuple(self.ladders.efforts))
        return False

    def _before_verb(self, tokens: list[Token], at: int) -> bool:
        """Whether a verb follows at once."""
        follows = tokens[at + 1 : at + 2]
        if not follows or follows[0].opens:
            return False
        if follows[0].kind == "word":
            return follows[0].text in self.ladders.verbs or follows[0].text in self.ladders.softeners
        ahead = ""
        for token in tokens[at + 1 : at + 5]:
            if token.kind != "char" or token.opens:
                break
            ahead += token.text
        return any(ahead.startswith(verb) for verb in self.ladders.plain_verbs)

    def _plain_single(self, token: Token) -> Comparison | None:
        if token.kind == "figure":
            part = amounts.compare(None, token.demand)
            return part if _asks(token) else Comparison(Order.INCOMPARABLE, part.reasons)
        if token.kind == "deadline":
            # It may be later than the month the target is due in, which the sentence doesn't say.
            return Comparison(Order.INCOMPARABLE, (Message("the deadline “{word}” was added", word=token.text),))
        if token.kind not in ("word", "hedge"):
            return None
        if token.kind == "hedge" or self.ladders.softens(token.text):
            return Comparison(Order.WEAKER, (Message("“{word}” was added, which promises less", word=token.text),))
        if token.text in self.ladders.firmers:
            return Comparison(Order.STRONGER, (Message("“{word}” was added, which promises more", word=token.text),))
        if token.text in self.ladders.neutral | self.ladders.hasteners:
            return Comparison(
                Order.EQUIVALENT, (Message("“{word}” was added, which changes no promise", word=token.text),)
            )
        return None

    def _unknown(self, old_start: int, old_end: int, new_start: int, new_end: int) -> Comparison:
        before = "".join(token.text for token in self.old[old_start:old_end])
        after = "".join(token.text for token in self.new[new_start:new_end])
        if not after:
            reason = Message("“{before}” was taken out, and nothing shows that as much is demanded", before=before)
        elif not before:
            reason = Message("“{after}” was added, and nothing shows that as much is demanded", after=after)
        else:
            reason = Message(
                "“{before}” became “{after}”, and nothing shows that as much is demanded", before=before, after=after
            )
        return Comparison(Order.INCOMPARABLE, (reason,))


def _mirrored(part: Comparison, token: Token) -> Comparison:
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
    # A day that is no longer named can't be held to, while a new one may be later than the month it is due in.
    return Comparison(
        part.order.mirrored,
        removed,
        token.kind == "deadline" or (token.kind == "figure" and (part.weakens or _asks(token))),
    )


def _is_filler(part: Comparison) -> bool:
    """Whether a part tells of nothing but a 的 or 了 that came or went."""
    return part.order is Order.EQUIVALENT and all(reason.values.get("word") in _FILLERS for reason in part.reasons)


def _asks(token: Token) -> bool:
    """Whether a figure that came or went asks for something by itself.

    不超过30家 may cap what is achieved, 0 asks for nothing, 一次 for no more than doing it, and 50% may be all that is left of the whole.
    """
    demand = token.demand
    if demand is None or not token.grounded or demand.is_open:
        return False
    least = 0 if demand.unit[-1:] in _SHARES else 1
    return demand.lower_is_better or (not demand.is_ceiling and demand.value > least)


def _of_all(tokens: list[Token], at: int) -> bool:
    """Whether the clause of a figure speaks of all there are, so that the figure may be what they are cut down to."""
    start = next((place for place in range(at, 0, -1) if tokens[place].opens), 0)
    end = next((place for place in range(at + 1, len(tokens)) if tokens[place].opens), len(tokens))
    clause = "".join(token.text for token in tokens[start:end])
    return any(word in clause for word in _ALL)


def _beside_another(tokens: list[Token], at: int) -> bool:
    """Whether a figure stands right beside another one, whatever that counts."""
    return any(tokens[place].demand is not None for place in (at - 1, at + 1) if 0 <= place < len(tokens))


def _counts(tokens: list[Token]) -> bool:
    """Whether a sentence has a figure."""
    return any(token.demand is not None for token in tokens)


def _serves(tokens: list[Token], at: int) -> bool:
    """Whether something is done for or to what a word belongs to (对县级以上开发区), rather than attained."""
    start = next((place for place in range(at, -1, -1) if tokens[place].opens), 0)
    return _SERVING.search("".join(token.text for token in tokens[start:at])) is not None


def _deadlines(old: Token, new: Token) -> Comparison:
    """Earlier is stronger; a year that only one of them names leaves them unordered."""
    gaps = {"before": old.text, "after": new.text}
    if old.due is None or new.due is None or (old.due[0] and 1) != (new.due[0] and 1):
        reason = Message("“{before}” became “{after}”, and nothing shows that as much is demanded", **gaps)
        return Comparison(Order.INCOMPARABLE, (reason,))
    if new.due > old.due:
        return Comparison(Order.WEAKER, (Message("the deadline is later: {before} became {after}", **gaps),))
    if new.due < old.due:
        return Comparison(Order.STRONGER, (Message("the deadline is earlier: {before} became {after}", **gaps),))
    return Comparison(Order.EQUIVALENT, (Message("{before} and {after} demand the same", **gaps),))


def _exact(token: Token) -> Hashable:
    if token.kind == "figure":
        return token.text, token.demand
    return token.kind in ("word", "hedge") and token.kind, token.text


def _align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The longest common subsequence, as pairs of places; the mirror of itself when the two are swapped."""
    if repr(old) > repr(new):
        return [(left, right) for right, left in common(new, old)]
    return common(old, new)


def _merged(spans: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Spans that stand close together, as one."""
    found: list[tuple[int, int, int, int]] = []
    for old_start, old_end, new_start, new_end in spans:
        if found and old_start - found[-1][1] <= _CLOSE and new_start - found[-1][3] <= _CLOSE:
            first = found.pop()
            found.append((first[0], old_end, first[2], new_end))
        else:
            found.append((old_start, old_end, new_start, new_end))
    return found
