"""Whether changed remarks touch a figure, or take part of the target back.

Remarks promise nothing by themselves, but what they take back (不纳入考核, 可视情况调整), make depend on
something, or have counted otherwise (空车计入) softens the target above them, and last year's figure is
what the target is measured by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from target_registry.commitments import sentences
from target_registry.commitments.folding import SPACES, fold, narrow
from target_registry.commitments.ladders import Ladders, builtin
from target_registry.commitments.reading import Token, is_soft, read
from target_registry.model import Message
from target_registry.patterns import lazy

_DIGITS = lazy(r"-?[0-9]+(?:[.\-~/][0-9]+)*")
_SIGNS = "-.~±<>≤≥"
_TITLE = lazy(r"《[^《》]*》|〈[^〈〉]*〉")
_ABOUT = frozenset({"约", "大约", "大致", "左右"})
_ENDS = ",。;、:"
_STOPS = lazy(f"[{_ENDS}!?]")
_SENTENCES = lazy(r"[。;\n]")
_CLAUSES = lazy(r"[,、]")
_PAST = lazy(r"\s*(?:截[至止]\s*)?(?:(20[0-9]{2})\s*年|[上去前往]年|上年度)(?!水平|基础|基数)")
"""How a clause begins that tells of an earlier year."""
_NOW = lazy(
    r"今年|本年|明年|次年|全年|任务|目标|计划|安排|[商议会确]定|力争|争取|确保|不低于|不少于|以内|达标|达到|[较比]20|水平|截至年底|(?<!年)[前第]?[一二三四1-4]个?季度"
)
_RESTATED = lazy(r"全年(?:任务|目标|指标|要求)?(?:按|调整|调减|改|变|定|为|完成)")
_YEAR = lazy(r"(20[0-9]{2})\s*年")
_TARGET_OF = lazy(r"(20[0-9]{2})\s*年度?的?(?:目标|任务|计划)")
"""What was to be reached in a year, as a plan that was carried over says it."""
_OUTCOME = lazy(r"\s*完成情况")
"""How the clause behind it begins that says what was."""
_CONTACT = lazy(r"电话|手机|传真|热线|邮编|QQ")
_LONG_NUMBER = lazy(r"[0-9]{5,}\Z")
_LONGEST_TOLD = 24
_NUMBERS = ("figure", "deadline", "fixed")


class Kind(Enum):
    """What a change of remarks touches; of several, the last of these."""

    SAME = "same"
    WORDING = "wording"
    FIGURES = "figures"
    RESERVATION = "reservation"


class Remark(NamedTuple):
    """A kind of change, and why."""

    kind: Kind
    reasons: tuple[Message, ...] = ()


def compare(before: str, after: str, ladders: Ladders | None = None, *, year: int | None = None) -> Remark:
    """Tell what a change of remarks touches.

    Args:
        before: the remarks as they were, empty where there were none.
        after: the remarks as they are.
        ladders: the words to judge by, the built-in ones where none are given.
        year: the plan's; of earlier ones remarks may tell. None where it has none, and this one counts.
    """
    words = ladders or builtin()
    if before != after and (why := sentences.beyond(before, after)) is not None:
        return Remark(Kind.RESERVATION, (why,))  # it may be, for all that anyone knows
    old, new = read(before, words), read(after, words)
    same = fold(before) == fold(after)
    reservations = [
        Message("the remarks now say “{word}”", word=word) for word in _reservations(before, after, old, new, words)
    ]
    if not reservations:  # what tells of nothing that has been tells how the target is to be taken
        named = (_told(word, _plain(after)) for word in _new_figures(before, after, words, year))
        reservations = [
            Message("the remarks now hold “{figure}”, which is no earlier year's", figure=text)
            for text in dict.fromkeys(named)
        ]
    figures = _changed(_numbers(old), _numbers(new))
    if reservations:
        return Remark(Kind.RESERVATION, (*reservations, *figures))
    if figures:
        return Remark(Kind.FIGURES, tuple(figures))
    if same:
        return Remark(Kind.SAME)
    return Remark(Kind.WORDING, (Message("other words, the same figures"),))


_SHOWN = 20


def takes_back(text: str, year: int | None, ladders: Ladders | None = None) -> tuple[str, ...]:
    """What in a half-year target that is new takes part of the year's back, or says it anew; in one too long to be read, its beginning.

    Args:
        text: the half-year target.
        year: the plan's; None where it has none.
        ladders: the words to judge by, the built-in ones where none are given.
    """
    if sentences.beyond(text) is not None:
        return (f"{text[:_SHOWN]}…",)  # it may, for all that anyone knows
    words = ladders or builtin()
    whole = _plain(text)
    found = [*_escapes(read(text, words), words), *_reserved(text, words)]
    found += [match[0] for match in _RESTATED.finditer(whole)]
    found += [match[0] for match in _YEAR.finditer(whole) if year is not None and int(match[1]) > year]
    return tuple(dict.fromkeys(_told(word, whole) for word in found))


def _reservations(before: str, after: str, old: list[Token], new: list[Token], words: Ladders) -> list[str]:
    """What the later remarks reserve and the earlier don't, each told as the clause it stands in."""
    whole = _plain(after)
    reserved = (word.rstrip(_ENDS) for word in _reserved(after, words) - _reserved(before, words))
    found = [_told(word, whole) for word in reserved if word]
    found += [_told(word, whole) for word in _escapes(new, words) - _escapes(old, words)]
    # One hedge for another (争取, 力争) takes nothing more back.
    hedges = list((_hedges(new, words) - _hedges(old, words)).elements())
    if len(hedges) > (_hedges(old, words) - _hedges(new, words)).total():
        found += [_told(word, whole) for word in dict.fromkeys(hedges)]
    return list(dict.fromkeys(found))


def _told(word: str, text: str) -> str:
    """The clause a word stands in first, or the word where that is long."""
    at = text.find(word)
    end = at + len(word)
    before = _STOPS.split(text[max(0, at - _LONGEST_TOLD) : at])[-1]
    after = _STOPS.split(text[end : end + _LONGEST_TOLD], maxsplit=1)[0]
    clause = before + word + after
    return clause if at >= 0 and len(clause) <= _LONGEST_TOLD and not _STOPS.search(word) else word


def _plain(text: str) -> str:
    """A remark without spaces, and without what titles say."""
    return _TITLE.sub("", "".join(char for char in narrow(text) if char not in SPACES))


def _reserved(text: str, words: Ladders) -> Counter[str]:
    """What reserves something by what stands near, each as often as it stands there."""
    return Counter(match[0] for match in words.reservation.finditer(_plain(text)))


def _escapes(tokens: Sequence[Token], words: Ladders) -> Counter[str]:
    """The words that take back, each as often as it stands there."""
    return Counter(token.text for token in tokens if token.kind == "word" and words.is_escape(token.text))


def _hedges(tokens: Sequence[Token], words: Ladders) -> Counter[str]:
    """The words that hedge; last year's figure may be about right.

    What says how or of how much, such as 推动 and 主要, softens a promise, which remarks are not.
    """
    return Counter(
        token.text
        for token in tokens
        if is_soft(token, words)
        and token.text not in words.softeners | _ABOUT
        and not (token.kind == "word" and words.is_escape(token.text))
    )


def _numbers(tokens: Sequence[Token]) -> list[str]:
    """Every number, date and document number, in order, those in titles too."""
    found: list[str] = []
    loose = ""
    for token in [*tokens, Token("word", "")]:
        if token.kind == "char":
            loose += token.text
            continue
        found += _DIGITS.findall(loose)
        if token.kind in _NUMBERS:
            found.append(loose[len(loose.rstrip(_SIGNS)) :] + token.text)
        loose = ""
    return found


def _new_figures(before: str, after: str, words: Ladders, year: int | None) -> list[str]:
    """Figures that tell of nothing that has been, beyond as many as did so before."""
    old, new = (_figures(text, words, year) for text in (before, after))
    known = Counter(text for text, _ in old)
    present = [text for text, is_past in old if not is_past]
    found = []
    for text, is_past in new:
        known[text] -= 1
        if known[text] < 0 and not is_past:
            found.append(text)
    changed = len(present) - sum((Counter(present) & Counter(text for text, _ in new)).values())
    return found[changed:]


def _figures(text: str, words: Ladders, year: int | None) -> list[tuple[str, bool]]:
    """The figures of remarks, and whether each tells of what has been: a clause goes on from the one before it."""
    found = []
    is_past = False
    for sentence in _SENTENCES.split(narrow(text)):
        is_past = is_past and _OUTCOME.match(sentence) is not None
        for clause in _CLAUSES.split(sentence):
            named = _PAST.match(clause)
            is_past = (is_past or (named is not None and _is_earlier(named[1], year))) and not _tells_of_now(
                clause, year
            )
            is_contact = _CONTACT.search(clause) is not None
            found += [
                (token.text, is_past)
                for token in read(clause, words)
                if token.kind == "figure" and not (is_contact and _LONG_NUMBER.match(token.text))
            ]
    return found


def _is_earlier(named: str | None, year: int | None) -> bool:
    return named is None or int(named) < (year or date.today().year)  # noqa: DTZ011  where nothing names the plan's


def _tells_of_now(clause: str, year: int | None) -> bool:
    """Whether a clause tells of the plan's own year, or sets what was against what is to be."""
    clause = _TARGET_OF.sub(lambda match: "" if _is_earlier(match[1], year) else match[0], clause)
    return _NOW.search(clause) is not None or any(not _is_earlier(named, year) for named in _YEAR.findall(clause))


def _changed(old: list[str], new: list[str]) -> list[Message]:
    """What came, went or was put in another order."""
    if old == new:
        return []
    gone, come = list((Counter(old) - Counter(new)).elements()), list((Counter(new) - Counter(old)).elements())
    if len(gone) == len(come) and gone:
        return [
            Message("the figure {before} became {after}", before=before, after=after)
            for before, after in zip(gone, come, strict=True)
        ]
    dropped = [Message("the figure {before} was dropped", before=text) for text in gone]
    added = [Message("the figure {after} was added", after=text) for text in come]
    return dropped + added or [Message("the figures stand in another order")]
