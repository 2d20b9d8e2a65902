"""Two verification standards: which asks for more proof.

A standard is a list of requirements, all of which must be met (并、和、；), and a requirement a list of
alternatives, one of which will do (或). More requirements ask for more, more alternatives for less. In
A、B或C the pause mark joins alternatives as 或 does; whether it does so in A或B、C can't be told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from target_registry.commitments import Comparison, Order, brackets, combine, sentences
from target_registry.commitments.folding import SPACES, fold, narrow
from target_registry.commitments.ladders import Ladders, builtin
from target_registry.commitments.reading import Token, is_soft, read
from target_registry.model import Message
from target_registry.patterns import lazy

# So many blanks and stops in a row count; of more nobody could tell what they join.
_BLANK = r"\s{0,16}+"
_SLASH = rf"(?:[和与及]{_BLANK})?/{_BLANK}"
_OR = lazy(rf"[,，、;；。\s]{{0,16}}+(?:{_SLASH}或者?|或者|或(?!许|将|缺)是?)")
# Words that join, where they aren't part of another: 并购, 及时, 和谐.
_AND = lazy(
    rf"[;；、,，。\n](?!{_BLANK}(?:{_SLASH})?或){_BLANK}(?:并且|并|且|同时|以及|及|和)?|(?<![合归兼吞一])并且?(?![购网轨行列表联])|(?<!而)且"
    rf"|以及|(?<![涉普危以推波顾来])及(?![时格早其至第]|{_BLANK}/{_BLANK}或)|(?<![共温祥饱柔缓调总谐求议])和(?![谐平解睦田]|{_BLANK}/{_BLANK}或)|同时"
)
_ONE_OF = lazy(r"(?:等)?(?:其中)?(?:之一|任意一项|任一项?|任选其一|其一|均可|皆可|都可)(?:即可|以)?")
_ANY = lazy(f"{_AND.pattern}|{_OR.pattern}")
_WHOLE = lazy(r"《[^《》]*》|“[^“”]*”|[(（][^()（）]*[)）]")
_LOOSE = frozenset(",，。\n")
_PAUSE = lazy(rf"{_BLANK}、{_BLANK}")
_MOST_JOINTS = 200
"""Of two standards together; what holds more is judged as one sentence."""
_PARTED = lazy(r"[;；。\n]")
# Of a short word that names no proof by itself, the last alternative says what it is of: 海关或企业统计数据.
_SHORT = 4
_PROOFS_END = frozenset("报告件要表单书料据示录明会函证稿案章册")
# What an added clause must not say, or it is no further requirement but a way round one.
_SUSPICIOUS = lazy(
    r"[不未无免非勿没否可代替视除外如若]|例外|为准|为主|参考|参照|即可|均认|自行|必要|特殊|情况|[任择]选"
    r"|缺失|缺报|同等|核减|容错|缓报|调整|内部|上报|企业报表|调查数据|快报|估算|测算|会议通知|受理"
)

# How words end that surely name a proof: the signs above end others as well (协会, 需要, 展示).
_PROOF = lazy(
    r"(?:记录|报告|文件|材料|证明|数据|报表|台账|通知|批复|意见|名单|清单|目录|证书|照片|合同|协议|凭证|发票|纪要|公告|方案|规划"
    r"|系统|平台|[单表证册])\Z"
)


class Requirement(NamedTuple):
    """What must be proved, as its alternatives; ``loose`` where only a comma joins it to the rest.

    ``joint`` is the word that makes alternatives of several, or joins one to the requirement before it;
    ``open`` tells that what stands beside 或 may be a requirement by itself.
    """

    alternatives: tuple[str, ...]
    loose: bool = False
    joint: str = ""
    open: bool = False


def compare(before: str, after: str, ladders: Ladders | None = None) -> Comparison:
    """Order two wordings of a verification standard.

    Args:
        before: the standard as it was, empty where there was none.
        after: the standard as it is.
        ladders: the words to judge by, the built-in ones where none are given.
    """
    words = ladders or builtin()
    whole = sentences.compare(before, after, words)
    if whole.order is not Order.INCOMPARABLE or not fold(before) or not fold(after):
        return whole
    if brackets.compare(before, after) or sentences.beyond(before, after):
        return whole
    if sum(len(_ANY.findall(narrow(text))) for text in (before, after)) > _MOST_JOINTS:
        return whole._replace(weakens=True)
    old, new = _requirements(before), _requirements(after)
    parts = _parts(old, new, words)
    if parts and any(one.open for one in old + new):
        return Comparison(Order.INCOMPARABLE, whole.reasons, True)
    if not parts:
        pieces = [piece for one in old for piece in one.alternatives]
        # 企业和银行的数据 isn't 银行的数据和企业: only what names a proof by itself may change places.
        if not all(any(token.text in words.places for token in read(piece, words)) for piece in pieces):
            return whole
        return Comparison(Order.EQUIVALENT, (Message("the same requirements in another order"),))
    found = combine(parts)
    if found.order is not Order.INCOMPARABLE:
        return found
    return combine([*(part for part in parts if part.order is Order.WEAKER), whole])


def _requirements(text: str) -> list[Requirement]:
    """A standard as requirements; titles, quotations and brackets are never cut."""
    narrowed = narrow(text)
    hidden = _WHOLE.sub(lambda match: "■" * len(match[0]), narrowed)
    found: list[Requirement] = []
    start = 0
    for match in [*_PARTED.finditer(hidden), None]:
        end = match.start() if match else len(hidden)
        if match and _OR.match(hidden, match.start()):
            continue
        choice = _ONE_OF.search(hidden, start, end)
        if choice:
            pieces = [_ONE_OF.sub("", fold(piece)) for piece in _split(_ANY, hidden[start:end], narrowed[start:end])]
            several = tuple(dict.fromkeys(piece for piece in pieces if piece))
            whole = several if len(several) > 1 else (fold(narrowed[start:end]),)
            found.append(Requirement(whole, joint=choice[0]))
        else:
            found += _joined(hidden[start:end], narrowed[start:end])
        start = match.end() if match else end
    # What is asked for twice is asked for.
    return list({one.alternatives: one for one in reversed(found)}.values())[::-1]


def _joined(hidden: str, text: str) -> list[Requirement]:
    """A part without 之一: what 和, a comma or a pause mark joins, and in A、B或C all of it as one."""
    found: list[Requirement] = []
    joints = list(_AND.finditer(hidden))
    ors = [match.start() for match in _OR.finditer(hidden)]
    firm = [match for match in joints if not _PAUSE.fullmatch(match[0])]
    ends = [*(match.start() for match in firm), len(hidden)]
    kept, unsure = [], set()
    for match in joints:
        if _PAUSE.fullmatch(match[0]):
            begin = max((other.end() for other in firm if other.start() < match.start()), default=0)
            end = next(end for end in ends if end >= match.end())
            if any(match.end() <= at < end for at in ors):
                if any(begin <= at < match.start() for at in ors):
                    unsure.add(end)
                continue
            if any(begin <= at < match.start() for at in ors):
                unsure.add(end)
        kept.append(match)
    start, loose, before = 0, False, ""
    for joint in [*kept, None]:
        end = joint.start() if joint else len(hidden)
        comma = joint is not None and joint[0].strip(SPACES) in _LOOSE
        pieces = [
            fold(part)
            for piece, shade in zip(
                _split(_OR, hidden[start:end], text[start:end]),
                _split(_OR, hidden[start:end], hidden[start:end]),
                strict=True,
            )
            for part in (_split(_PAUSE, shade, piece) if _OR.search(hidden, start, end) else [piece])
        ]
        alternatives = tuple(dict.fromkeys(piece for piece in pieces if piece))
        if alternatives:
            either = _OR.search(hidden, start, end)
            word = either[0].strip(SPACES + ",;、。") if either and len(alternatives) > 1 else before
            limit = next(one for one in ends if one >= end)
            found.append(Requirement(alternatives, loose or (comma and not found), word, limit in unsure))
        start, loose = (joint.end() if joint else end), comma
        before = joint[0].strip(SPACES) if joint else ""
    return found


def _split(joint: re.Pattern[str], hidden: str, text: str) -> list[str]:
    """Cut a text where its hidden form has a joint."""
    pieces, start = [], 0
    for match in joint.finditer(hidden):
        pieces.append(text[start : match.start()])
        start = match.end()
    return [*pieces, text[start:]]


def _parts(old: list[Requirement], new: list[Requirement], words: Ladders) -> list[Comparison]:
    """Each difference of two lists of requirements; none where they ask for the same."""
    left, right = list(old), list(new)
    parts: list[Comparison] = []
    # First those that are the same, then those that share an alternative, then the rest in their order.
    for one in old:
        same = next((other for other in right if set(other.alternatives) == set(one.alternatives)), None)
        if same is not None:
            left.remove(one)
            right.remove(same)
    parts += _joints(left, right, turned=False)
    parts += _joints(right, left, turned=True)
    for one in list(left):
        related = next((other for other in right if set(other.alternatives) & set(one.alternatives)), None)
        if related is not None:
            left.remove(one)
            right.remove(related)
            parts.append(_alternatives(one.alternatives, related.alternatives, words))
    for one, other in zip(left, right, strict=False):
        parts.append(_alternatives(one.alternatives, other.alternatives, words))
    shorter = min(len(left), len(right))
    asked_now, asked_before = _Proofs(new, words), _Proofs(old, words)
    parts += [_requirement(one, asked_now, words, added=False) for one in left[shorter:]]
    parts += [_requirement(one, asked_before, words, added=True) for one in right[shorter:]]
    return parts


def _joints(singles: list[Requirement], choices: list[Requirement], *, turned: bool) -> list[Comparison]:
    """Requirements of one standard that are alternatives in the other: 和 became 或, or where turned, 或 became 和."""
    parts = []
    for choice in list(choices):
        alone = {one.alternatives[0]: one for one in singles if len(one.alternatives) == 1}
        members = [alone[text] for text in choice.alternatives if text in alone]
        if len(members) < 2 or len(members) < len(choice.alternatives):
            continue
        choices.remove(choice)
        for one in members:
            singles.remove(one)
        joint = next((one.joint for one in reversed(members) if one.joint), "和")
        if not turned:
            reason = Message(
                "“{before}” became “{after}”, so that one of them will do", before=joint, after=choice.joint
            )
            parts.append(Comparison(Order.WEAKER, (reason,)))
        elif len(members) == 2:
            reason = Message("“{before}” became “{after}”, so that both are required", before=choice.joint, after=joint)
            parts.append(Comparison(Order.STRONGER, (reason,)))
        else:
            reason = Message("“{before}” became “{after}”, so that all are required", before=choice.joint, after=joint)
            parts.append(Comparison(Order.STRONGER, (reason,)))
    return parts


def _completed(alternatives: tuple[str, ...], wanted: tuple[str, ...], words: Ladders) -> tuple[str, ...]:
    """Alternatives of which the last completes the others (海关或企业统计数据), where the other standard has them so."""
    last = read(alternatives[-1], words)
    if len(alternatives) < 2 or not last or last[-1].text not in words.places:
        return alternatives
    end = last[-1].text
    return tuple(
        text + end if len(text) <= _SHORT and text[-1] not in _PROOFS_END and text + end in wanted else text
        for text in alternatives
    )


def _shown(alternatives: Sequence[str]) -> str:
    return "或".join(alternatives)


class _Proofs:
    """The proofs that a standard names, which are read once, however many requirements are judged beside them."""

    def __init__(self, requirements: Sequence[Requirement], words: Ladders) -> None:
        self._requirements = requirements
        self._ladders = words
        self._weaker: dict[str, bool] = {}

    @cached_property
    def _words(self) -> frozenset[str]:
        """Those of its words that a ladder can order."""
        alternatives = {text for one in self._requirements for text in one.alternatives}
        read_words = {token.text for text in alternatives for token in read(text, self._ladders)}
        return frozenset(read_words & self._ladders.places.keys())

    def outdo(self, tokens: Sequence[Token]) -> bool:
        """Whether a requirement is a weaker proof of its kind than one of these: who lists both may mean that either will do."""
        return any(self._outdo(token.text) for token in tokens if token.kind == "word")

    def _outdo(self, word: str) -> bool:
        if word not in self._weaker:
            self._weaker[word] = any(self._ladders.compare(proof, word) is Order.WEAKER for proof in self._words)
        return self._weaker[word]


def _requirement(one: Requirement, others: _Proofs, words: Ladders, *, added: bool) -> Comparison:
    """A requirement that only one of the two standards has.

    Args:
        one: the requirement.
        others: the other standard's proofs.
        words: to judge by.
        added: whether the later one has it.
    """
    text = _shown(one.alternatives)
    tokens = read(text, words)
    # Behind a comma may stand a requirement as well as a way round one (，由各市自评).
    # What names no proof may be anything: a way to count (；合并统计), or somebody's say (；争议由我厅裁定).
    if (
        one.loose
        or (added and not _ends_as_proof(text, tokens, words))
        or _SUSPICIOUS.search(text)
        or any(is_soft(token, words) for token in tokens)
        or others.outdo(tokens)
    ):
        if added:
            reason = Message("“{after}” was added, and nothing shows that as much is demanded", after=text)
        else:
            reason = Message("“{before}” was taken out, and nothing shows that as much is demanded", before=text)
        return Comparison(Order.INCOMPARABLE, (reason,))
    if added:
        return Comparison(Order.STRONGER, (Message("“{after}” is required as well now", after=text),))
    return Comparison(Order.WEAKER, (Message("“{before}” is no longer required", before=text),))


def _ends_as_proof(text: str, tokens: Sequence[Token], words: Ladders) -> bool:
    """Whether a requirement ends with the word for something that proves."""
    return bool(_PROOF.search(text)) or any(
        token.text in words.places and text.endswith(token.text) for token in tokens
    )


def _alternatives(old: tuple[str, ...], new: tuple[str, ...], words: Ladders) -> Comparison:
    """One requirement against another."""
    old, new = _completed(old, new, words), _completed(new, old, words)
    gone = [text for text in old if text not in new]
    come = [text for text in new if text not in old]
    parts = [sentences.compare(before, after, words) for before, after in zip(gone, come, strict=False)]
    parts += [
        Comparison(Order.WEAKER, (Message("“{after}” will do as well now", after=text),)) for text in come[len(gone) :]
    ]
    parts += [
        Comparison(Order.STRONGER, (Message("“{before}” alone won't do any more", before=text),))
        for text in gone[len(come) :]
    ]
    return combine(parts)
