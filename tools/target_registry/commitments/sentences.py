"""Two wordings of a sentence: which demands more.

Figures and words of the ladders are judged one against another; all the rest must be the same, or
nothing shows that as much is demanded. The judgement of two sentences is the mirror of the
judgement of the same two the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import zip_longest

from target_registry import limits, numerals
from target_registry.commitments import Comparison, Order, additions, amounts, belonging, brackets, combine, further
from target_registry.commitments.folding import fold, narrow
from target_registry.commitments.ladders import Ladders, builtin
from target_registry.commitments.reading import Token, read
from target_registry.model import Message
from target_registry.patterns import lazy
from target_registry.subsequence import common, gaps

# Differing pieces that close together are told as one.
_CLOSE = 2
# Where a piece of a word differs, so many characters to either side are told with it, up to one of these.
_AROUND = 10
_LONGEST_TOLD = 20
_JOINING = frozenset("的了和与及并在对为等、或以交届次至到由向把将于从给")
_FILLERS = frozenset({"的", "了"})
_STOPS = str.maketrans(dict.fromkeys(",。;:!?", "\n"))
_DENYING = frozenset("不未无免非别勿没否莫禁除")
# A clause that begins or speaks so leans on the one before it, and may not change places.
_LEANING_START = (
    "其中", "并", "且", "该", "此", "其", "同时", "但", "则", "后", "再", "然后", "随后", "或", "及", "和", "与", "而", "又", "也", "均",
    "都", "分别", "达", "占", "总数", "累计", "同比", "环比", "比", "较", "增长", "增加", "提高", "提升", "下降", "降低", "减少", "上述", "以上", "以下", "前者", "后者",
)  # fmt: skip
_TOO_LONG = Message("a text of more than {limit} characters isn't compared", limit=limits.SENTENCE_CHARACTERS)
_TOO_MANY = Message("a text of more than {limit} numbers isn't compared", limit=limits.SENTENCE_FIGURES)
_NUMBER = lazy(rf"\d+(?:,\d{{3}})*|{numerals.NUMERAL}+")


def beyond(*texts: str) -> Message | None:
    """Why texts aren't compared at all; None where they are."""
    if max(map(len, texts)) > limits.SENTENCE_CHARACTERS:
        return _TOO_LONG
    # Hardly any text has so many signs at all.
    if max(map(len, texts)) > limits.SENTENCE_FIGURES and any(
        len(_NUMBER.findall(text)) > limits.SENTENCE_FIGURES for text in texts
    ):
        return _TOO_MANY
    return None


_LEVEL = ("国家级", "省级", "市级", "县级", "区级")
_BARE_DAY = lazy(r"(?:[0-9]{4}年(?:度)?)?(?:[0-9]{1,2}月份?|[上下]半年|第?[一二三四1-4]季度)?\Z")
"""A year, a month or a part of a year, without a word that something is due by then."""
_OFTEN = ("每日", "每天", "每周", "每旬", "每月", "每季度", "每季", "每半年", "每年")
_SHARED_OUT = frozenset("各每逐")
_DEFINITE = frozenset({"有关", "相关"})
"""What means things that are known, and not how many."""
_SEVERAL = 3
"""Things that 一批 and 多家 surely are."""
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
    return _told_apart(combine(parts(before, after, ladders or builtin())), before, after)


_CONTEXT = 6
"""Characters that are shown on both sides of the signs in which two sentences differ."""


def _told_apart(found: Comparison, before: str, after: str) -> Comparison:
    """The same with what differs shown as it is written, where it reads alike without its looks: 300-列 and 300列."""
    if before == after or not any(_quotes_one(reason) for reason in found.reasons):
        return found
    start = _alike(before, after)
    room = min(len(before), len(after)) - start
    end = min(_alike(before[::-1], after[::-1]), room)
    written = {
        name: text[max(0, start - _CONTEXT) : len(text) - max(0, end - _CONTEXT)]
        for name, text in (("before", before), ("after", after))
    }
    reasons = (
        Message(reason.text, **(reason.values | written)) if _quotes_one(reason) else reason for reason in found.reasons
    )
    return found._replace(reasons=tuple(reasons))


def _alike(one: str, other: str) -> int:
    """How many characters two different texts begin with that are the same."""
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


def _quotes_one(reason: Message) -> bool:
    """Whether a reason quotes the same before and after."""
    said = reason.values.get("before")
    return isinstance(said, str) and said == reason.values.get("after")


def counted(sentence: str) -> str:
    """What a sentence says before its first figure, of what that counts: nothing where it names none."""
    tokens = [] if beyond(sentence) else read(sentence)
    at = next((at for at, token in enumerate(tokens) if token.kind == "figure"), 0)
    return "".join(token.text for token in tokens[:at])


def is_bare(sentence: str) -> bool:
    """Whether a sentence begins with a figure, without a word of what it counts: 8.5%左右."""
    return not beyond(sentence) and any(token.kind == "figure" for token in read(sentence)[:1])


def parts(before: str, after: str, ladders: Ladders) -> list[Comparison]:
    """Each difference by itself, for :func:`~target_registry.commitments.combine`; none where they are the same."""
    if before == after:
        return []
    if (why := beyond(before, after)) is not None:
        return [Comparison(Order.INCOMPARABLE, (why,), weakens=True)]  # it may, for all that anyone knows
    old_text, new_text = fold(before), fold(after)
    if not new_text and old_text:
        return [Comparison(Order.WEAKER, (Message("the sentence “{before}” was dropped", before=before),))]
    if not old_text and new_text:
        return [Comparison(Order.STRONGER, (Message("the sentence “{after}” was added", after=after),))]
    aims = further.split(before, ladders), further.split(after, ladders)
    old_rest, new_rest = (aim.rest if aim else text for aim, text in zip(aims, (before, after), strict=True))
    found = _differences(old_rest, new_rest, ladders)
    # What was aimed at and is demanded now is no aim that was dropped.
    if not all(aims) and (
        further.is_demanded(aims[0], new_rest, ladders) or further.is_demanded(aims[1], old_rest, ladders)
    ):
        return found
    return [*found, *further.compare(*aims)]


def _differences(before: str, after: str, ladders: Ladders) -> list[Comparison]:
    """The same of two sentences that aim no further."""
    bracketed = brackets.compare(before, after)
    old, new = read(before, ladders), read(after, ladders)
    alike = fold(before) == fold(after)
    if alike and _numbers(old) == _numbers(new):
        if _denials(before, ladders) != _denials(after, ladders):
            return [*bracketed, _moved_stop(before, after, ladders)]
        if (other := _other_clause(before, after, ladders)) is not None:
            return [*bracketed, other]
        return bracketed
    if alike and (other := _other_clause(before, after, ladders)) is not None:
        bracketed.append(other)
    if _same_clauses(before, after, ladders):
        return [*bracketed, Comparison(Order.EQUIVALENT, (Message("the same clauses in another order"),))]
    return [*bracketed, *_Judgement(old, new, ladders).parts()]


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


def _other_clause(before: str, after: str, ladders: Ladders) -> Comparison | None:
    """The reason for a comma that went or came beside a hedge, or that parts what it didn't; None where none did."""
    old, new = _clauses(before), _clauses(after)
    if old == new:
        return None
    hedged = [[clause for clause in clauses if _is_hedged(clause, ladders)] for clauses in (old, new)]
    moved = len(old) == len(new) and [fold(clause) for clause in old] != [fold(clause) for clause in new]
    if hedged[0] == hedged[1] and not moved:
        return None
    one, other = next(pair for pair in zip_longest(old, new, fillvalue="") if pair[0] != pair[1])
    reason = Message("“{before}” became “{after}”, and nothing shows that as much is demanded", before=one, after=other)
    return Comparison(Order.INCOMPARABLE, (reason,))


def _is_hedged(clause: str, ladders: Ladders) -> bool:
    """Whether a clause speaks of what is only tried for, so that it matters how far it goes."""
    return any(token.kind == "hedge" or token.text in ladders.hedges for token in read(clause, ladders))


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
    if tokens[0].text not in ladders.places or not _SHARED_OUT.isdisjoint(clause):
        return False  # of whom, where or how often something is done may be said of what follows, too
    words = [token.text for token in tokens if token.kind == "word"]
    return not any(word in ladders.hedges or word in ladders.vague or ladders.is_escape(word) for word in words)


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
                found.append(additions.turned(self.old[old_at]))
        open_ones = [self._unknown(*span) for span in _merged([self._widened(*span) for span in _merged(unknown)])]
        found = [part for part in found if not any(_is_told_by(part, whole) for whole in open_ones)] + open_ones
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
        if not old and (more := additions.one_more_verb(self.new, new_start, new_end, self.ladders)):
            return [
                Comparison(Order.STRONGER, (Message("“{after}” was added, so that more is promised", after=more),))
            ], True
        if not new and (less := additions.one_more_verb(self.old, old_start, old_end, self.ladders)):
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
            part = additions.judge(self.old, old_start + at, self.ladders)
            if part is None:
                clear = False
            else:
                judged.append(additions.taken_out(part, token))
        for at, token in enumerate(new):
            if id(token) not in added:
                continue
            part = additions.judge(self.new, new_start + at, self.ladders)
            if part is None:
                clear = False
            else:
                judged.append(part)
        if not clear:
            # In a passage that is new as a whole, a hedge that went with the old one is no strengthening.
            judged = [part for part in judged if part.order in (Order.WEAKER, Order.INCOMPARABLE)]
        return judged, clear

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
        if (reason := self._unordered(old_at, new_at)) is not None:
            return Comparison(Order.INCOMPARABLE, (reason,), True)
        if old.turned or new.turned:
            return combine([self._plain_pair(old, new), additions.turned(old)])
        return self._plain_pair(old, new)

    def _unordered(self, old_at: int, new_at: int) -> Message | None:
        """Why two words or days can't be ordered by themselves, for what they belong to; None where they can."""
        old, new = self.old[old_at], self.new[new_at]

        def either(judge: Callable[[Sequence[Token], int], bool]) -> bool:
            return judge(self.old, old_at) or judge(self.new, new_at)

        gaps = {"before": old.text, "after": new.text}
        others = Message("“{before}” became “{after}”, which means other things or people", **gaps)
        is_day = old.kind == "deadline"
        if (
            old.kind == new.kind == "word"
            and old.text.removesuffix("以上").endswith(_LEVEL)
            and new.text.removesuffix("以上").endswith(_LEVEL)
            and not (belonging.is_attained(self.old, old_at) and belonging.is_attained(self.new, new_at))
        ):
            return others  # 省级以上开发区 are fewer than 县级以上开发区: which are meant, and no height to be reached
        if is_day and either(lambda tokens, at: belonging.goes_on(tokens, at, self.ladders)):
            return Message("{before} became {after}, up to which something is to go on", **gaps)
        if is_day and either(belonging.dates):
            return others
        if old.kind == new.kind == "word" and not self._is_of_manner(old, new) and either(belonging.names):
            return others
        if {old.text, new.text} <= self.ladders.extents and either(belonging.is_held):
            return Message("“{before}” became “{after}”, and no ladder orders the two", **gaps)
        if old.text in _OFTEN and either(belonging.is_burden):
            return Message("“{before}” became “{after}”, and no ladder orders the two", **gaps)
        return None

    def _is_of_manner(self, *tokens: Token) -> bool:
        """Whether one of some words says how, or of how much, something is done."""
        words = self.ladders
        return any(
            token.text in kind
            for token in tokens
            for kind in (words.extents, words.hedges, words.firmers, words.softeners)
        )

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


def _is_told_by(part: Comparison, whole: Comparison) -> bool:
    """Whether two words that nothing orders stand within a passage that nothing orders either."""
    if part.order is not Order.INCOMPARABLE or part.weakens or len(part.reasons) != 1:
        return False
    said, around = part.reasons[0].values, whole.reasons[0].values
    return all(key in said and str(said[key]) in str(around.get(key, "")) for key in ("before", "after"))


def _is_filler(part: Comparison) -> bool:
    """Whether a part tells of nothing but a 的 or 了 that came or went."""
    return part.order is Order.EQUIVALENT and all(reason.values.get("word") in _FILLERS for reason in part.reasons)


def _deadlines(old: Token, new: Token) -> Comparison:
    """Earlier is stronger; a year that only one of them names leaves them unordered."""
    gaps = {"before": old.text, "after": new.text}
    if old.due is None or new.due is None or (old.due[0] and 1) != (new.due[0] and 1):
        reason = Message("“{before}” became “{after}”, and nothing shows that as much is demanded", **gaps)
        return Comparison(Order.INCOMPARABLE, (reason,))
    if new.due != old.due and (_BARE_DAY.match(old.text) or _BARE_DAY.match(new.text)):
        # 2018年完成数 may be what is measured by, and 3月开工的项目 which are meant.
        reason = Message("“{before}” became “{after}”, and nothing shows that as much is demanded", **gaps)
        return Comparison(Order.INCOMPARABLE, (reason,), True)
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
