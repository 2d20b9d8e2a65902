"""Two wordings of a sentence: which demands more.

Figures and words of the ladders are judged one against another; all the rest must be the same, or
nothing shows that as much is demanded. The judgement of two sentences is the mirror of the
judgement of the same two the other way round.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from target_registry.commitments import Comparison, Order, amounts, combine
from target_registry.commitments.folding import fold
from target_registry.commitments.ladders import Ladders, builtin
from target_registry.commitments.reading import Token, read
from target_registry.model import Message

# Differing pieces that close together are told as one.
_CLOSE = 2
_SHARES = frozenset("%‰成")


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
    old_text, new_text = fold(before), fold(after)
    if not new_text and old_text:
        return [Comparison(Order.WEAKER, (Message("the sentence “{before}” was dropped", before=before),))]
    if not old_text and new_text:
        return [Comparison(Order.STRONGER, (Message("the sentence “{after}” was added", after=after),))]
    old, new = read(before, ladders), read(after, ladders)
    if old_text == new_text and _numbers(old) == _numbers(new):
        return []
    return _Judgement(old, new, ladders).parts()


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
        for old_start, old_end, new_start, new_end in _gaps(pairs, len(self.old), len(self.new)):
            judged, clear = self._gap(old_start, old_end, new_start, new_end)
            found += judged
            if not clear:
                unknown.append((old_start, old_end, new_start, new_end))
        # The same words with other negations before them aren't the same.
        for old_at, new_at in pairs:
            if self.old[old_at].turned != self.new[new_at].turned:
                found.append(self._turned(self.old[old_at]))
        return found + [self._unknown(*span) for span in _merged(unknown)]

    def _gap(self, old_start: int, old_end: int, new_start: int, new_end: int) -> tuple[list[Comparison], bool]:
        """Judge what stands between two pieces that are the same; the truth value tells that nothing is left open."""
        old, new = self.old[old_start:old_end], self.new[new_start:new_end]
        matched = _align([self._class(token) for token in old], [self._class(token) for token in new])
        judged, clear = [], True
        for old_at, new_at in matched:
            judged.append(self._pair(old[old_at], new[new_at]))
        taken_old, taken_new = {at for at, _ in matched}, {at for _, at in matched}
        lost = [token for at, token in enumerate(old) if at not in taken_old]
        came = [token for at, token in enumerate(new) if at not in taken_new]
        for gone, others, swap in ((lost, came, False), (came, lost, True)):
            for figure in [token for token in gone if token.kind == "figure"]:
                vague = next((token for token in others if token.text in self.ladders.vague), None)
                if vague is not None:
                    judged.append(self._vague(figure, vague, swap))
                    gone.remove(figure)
                    others.remove(vague)
        for token in lost:
            part = self._single(token)
            if part is None:
                clear = False
            else:
                judged.append(_mirrored(part, token))
        for token in came:
            part = self._single(token)
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

    def _pair(self, old: Token, new: Token) -> Comparison:
        """One figure, deadline or word against another."""
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
        if added:
            reason = Message("the vague “{before}” became the figure {after}", before=vague.text, after=figure.text)
            return Comparison(Order.STRONGER, (reason,))
        reason = Message("the figure {before} became the vague “{after}”", before=figure.text, after=vague.text)
        return Comparison(Order.WEAKER, (reason,))

    def _single(self, token: Token) -> Comparison | None:
        """A token that only the later sentence has; None where nothing can be said of it."""
        part = self._plain_single(token)
        if part is not None and token.turned:
            return combine([part, self._turned(token)])
        return part

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
        if token.text in self.ladders.neutral:
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
    else:
        removed = part.reasons
    # A day that is no longer named can't be held to, while a new one may be later than the month it is due in.
    return Comparison(part.order.mirrored, removed, token.kind == "deadline")


def _asks(token: Token) -> bool:
    """Whether a figure that came or went asks for something by itself.

    不超过30家 may cap what is achieved, 0 asks for nothing, 一次 for no more than doing it, and 50% may be all that is left of the whole.
    """
    demand = token.demand
    if demand is None or not token.grounded or demand.is_open:
        return False
    least = 0 if demand.unit[-1:] in _SHARES else 1
    return demand.lower_is_better or (not demand.is_ceiling and demand.value > least)


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
        return [(left, right) for right, left in _common(new, old)]
    return _common(old, new)


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The longest common subsequence by bits: one addition of long numbers a token (Hyyrö 2004).

    The time does not depend on how often a token is repeated, as that of difflib does.
    """
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    places: dict[Hashable, int] = {}
    for at, key in enumerate(right):
        places[key] = places.get(key, 0) | 1 << at
    full = (1 << len(right)) - 1
    row, rows = full, [full]
    for key in left:
        meets = row & places.get(key, 0)
        row = ((row + meets) | (row - meets)) & full
        rows.append(row)
    pairs = []
    at, other = len(left), len(right)
    while at and other:
        bit = 1 << (other - 1)
        if rows[at] & bit:
            other -= 1
        elif not rows[at - 1] & bit:
            at -= 1
        else:
            at, other = at - 1, other - 1
            pairs.append((start + at, start + other))
    pairs.reverse()
    tail = [(len(old) - end + step, len(new) - end + step) for step in range(end)]
    return [(at, at) for at in range(start)] + pairs + tail


def _gaps(pairs: list[tuple[int, int]], old_end: int, new_end: int) -> list[tuple[int, int, int, int]]:
    """What lies between the pairs, as spans of both sides."""
    found, old_at, new_at = [], 0, 0
    for old, new in [*pairs, (old_end, new_end)]:
        if old > old_at or new > new_at:
            found.append((old_at, old, new_at, new))
        old_at, new_at = old + 1, new + 1
    return found


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
