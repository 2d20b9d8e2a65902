"""The words that promises are made of, and which of two promises less.

A ladder lists rungs from strongest to weakest; the words of a rung demand as much as each
other. A word may stand on several ladders, and words without a common one can't be ordered.
The words are data, ``ladders.json``: what is too ambiguous to order is left out of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from target_registry.commitments import Order
from target_registry.commitments.folding import narrow
from target_registry.patterns import lazy

Ladder = tuple[tuple[str, ...], ...]
_DATA = Path(__file__).with_name("ladders.json")


class Place(NamedTuple):
    """Where a word stands: which ladder, and which rung of it from the top."""

    ladder: int
    rung: int


@dataclass(eq=False, repr=False)
class Ladders:
    """Every word that is judged as a whole.

    ``hedges`` (力争) and ``softeners`` (推动, 主要: they say how, or of how much) weaken by being there,
    ``firmers`` strengthen, ``neutral`` words do neither. ``vague`` ones stand where a figure could;
    ``escapes`` take part of a promise back; patterns, by the signs they can begin with, find more of both by
    what stands near.
    ``reservations`` are patterns of what does so only in remarks: a target may well be to 取消 something.
    ``reversers``, such as 不, turn what follows round, so that nothing behind one is ordered. ``plain``
    are longer words in which one of the others is only letters: 约 in 节约. ``ordinary`` are softeners that
    are parts of names too (初步设计), and soften for sure only before one of the ``verbs``, or of the
    ``plain_verbs``, which stand on no ladder. ``hasteners`` (加快) change no promise before ``efforts`` alone: of a
    result they make an effort. ``declared`` are a plan's own words, which never cut a built-in one in two.

    Of other verbs, those ``happening`` may be tried for (争取入选); those ``bringing_about`` make things that aren't
    there before, so that a number of them is one to be reached (新增); those ``done_to`` a thing have two signs, and a 的
    makes of them what has been done (整治的河道); those ``finished`` are done once and for all (办结), and those
    ``going_on`` for as long as one likes (开展); the ``working`` ones are efforts (做好).
    """

    ladders: tuple[Ladder, ...] = ()
    hedges: frozenset[str] = frozenset()
    softeners: frozenset[str] = frozenset()
    firmers: frozenset[str] = frozenset()
    neutral: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    escapes: frozenset[str] = frozenset()
    escape_patterns: Mapping[str, str] = field(default_factory=dict)
    hedge_patterns: Mapping[str, str] = field(default_factory=dict)
    reservations: tuple[str, ...] = ()
    reversers: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    plain_verbs: frozenset[str] = frozenset()
    happening: frozenset[str] = frozenset()
    bringing_about: frozenset[str] = frozenset()
    done_to: frozenset[str] = frozenset()
    finished: frozenset[str] = frozenset()
    going_on: frozenset[str] = frozenset()
    working: frozenset[str] = frozenset()
    hasteners: frozenset[str] = frozenset()
    efforts: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()

    @cached_property
    def places(self) -> Mapping[str, tuple[Place, ...]]:
        """Where each word stands."""
        found: dict[str, list[Place]] = defaultdict(list)
        for number, ladder in enumerate(self.ladders):
            for height, rung in enumerate(ladder):
                for word in rung:
                    found[word].append(Place(number, height))
        return {word: tuple(places) for word, places in found.items()}

    @cached_property
    def families(self) -> Mapping[str, int]:
        """Words that some chain of ladders connects have the same number."""
        leader = list(range(len(self.ladders)))

        def top(number: int) -> int:
            while leader[number] != number:
                number = leader[number]
            return number

        for places in self.places.values():
            for place in places[1:]:
                leader[top(place.ladder)] = top(places[0].ladder)
        return {word: top(places[0].ladder) for word, places in self.places.items()}

    @cached_property
    def _by_start(self) -> Mapping[str, tuple[str, ...]]:
        """The words by their first two signs, or by the only one, the longest first: some forty begin with 一."""
        words = {
            *self.places, *self.hedges, *self.softeners, *self.firmers, *self.neutral, *self.hasteners, *self.vague,
            *self.escapes, *self.reversers, *self.plain,
        }  # fmt: skip
        found: dict[str, list[str]] = defaultdict(list)
        for word in words - self.declared:
            found[word[:2]].append(word)
        return {start: tuple(sorted(words, key=len, reverse=True)) for start, words in found.items()}

    @cached_property
    def _declared_by_start(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.declared:
            found[word[0]].append(word)
        return {start: tuple(sorted(words, key=len, reverse=True)) for start, words in found.items()}

    @cached_property
    def _escapes_by_sign(self) -> Mapping[str, list[re.Pattern[str]]]:
        return _by_sign(self.escape_patterns)

    @cached_property
    def _hedges_by_sign(self) -> Mapping[str, list[re.Pattern[str]]]:
        return _by_sign(self.hedge_patterns)

    @cached_property
    def signs(self) -> frozenset[str]:
        """With which something can begin that :meth:`hedge_at` or :meth:`match` finds."""
        begun = (start[0] for start in self._by_start)
        return frozenset().union(begun, self._declared_by_start, self._escapes_by_sign, self._hedges_by_sign)

    @cached_property
    def reservation(self) -> re.Pattern[str]:
        """What of a remark conditions, redefines or puts off the target, or says whose duty it isn't."""
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.reservations) or r"(?!)")

    @cached_property
    def extents(self) -> frozenset[str]:
        """Words that say how much of something is meant: a negation behind one turns it round too."""
        ladders = {place.ladder for word in self.vague for place in self.places.get(word, ())}
        return frozenset(word for number in ladders for rung in self.ladders[number] for word in rung)

    def hedge_at(self, text: str, at: int) -> str:
        """A word that weakens by what follows it, such as 计划 in 计划新增, where one starts at an offset."""
        found = self.hedge_pattern_at(text, at)
        return found if found and len(self.match(text, at)) <= len(found) else ""

    def hedge_pattern_at(self, text: str, at: int) -> str:
        """The same, even where a longer word starts there."""
        return _pattern_at(self._hedges_by_sign, text, at)

    def is_escape(self, word: str) -> bool:
        """Whether a word or clause takes part of a promise back."""
        return word in self.escapes or any(
            pattern.fullmatch(word) for pattern in self._escapes_by_sign.get(word[:1], ())
        )

    def softens(self, word: str) -> bool:
        """Whether a word weakens what is promised by being there."""
        return word in self.hedges or word in self.softeners or self.is_escape(word)

    def match(self, text: str, at: int) -> str:
        """The longest word of a narrowed text that starts at an offset, or nothing."""
        found = self.builtin_match(text, at)
        for word in self._declared_by_start.get(text[at : at + 1], ()):
            if len(word) <= len(found):
                break
            if text.startswith(word, at) and not self._cuts(text, at, at + len(word)):
                return word
        return found

    def builtin_match(self, text: str, at: int) -> str:
        """The same without the words that a plan declares."""
        if escape := _pattern_at(self._escapes_by_sign, text, at):
            return escape
        start = text[at : at + 2]
        for word in self._by_start.get(start, ()):
            if text.startswith(word, at):
                return word
        return start[:1] if start[:1] in self._by_start else ""

    def _cuts(self, text: str, start: int, end: int) -> bool:
        """Whether a built-in word begins inside a span and ends behind it."""
        return any(at + len(self.builtin_match(text, at)) > end for at in range(start, end))

    def compare(self, before: str, after: str) -> Order:
        """What a word that took another's place demands; INCOMPARABLE without a common ladder.

        Where ladders disagree on two words, they are INCOMPARABLE too.
        """
        if before == after:
            return Order.SAME
        orders = {
            Order.EQUIVALENT if old.rung == new.rung else Order.WEAKER if old.rung < new.rung else Order.STRONGER
            for old in self.places.get(before, ())
            for new in self.places.get(after, ())
            if old.ladder == new.ladder
        }
        return orders.pop() if len(orders) == 1 else Order.INCOMPARABLE

    def circle(self) -> list[str]:
        """Words whose order leads from one back to itself, or none; every sound set of ladders has none."""
        equal: dict[str, str] = {}

        def name(word: str) -> str:
            while equal.get(word, word) != word:
                word = equal[word]
            return word

        for ladder in self.ladders:
            for rung in ladder:
                for word in rung[1:]:
                    if name(word) != name(rung[0]):
                        equal[name(word)] = name(rung[0])
        below: dict[str, set[str]] = defaultdict(set)
        for ladder in self.ladders:
            for upper, lower in pairwise(ladder):
                below[name(upper[0])].add(name(lower[0]))
        # Take away, again and again, what has nothing below it: what stays leads in a circle.
        left = dict(below)
        while True:
            loose = [word for word, lowers in left.items() if not lowers & left.keys()]
            if not loose:
                break
            for word in loose:
                del left[word]
        while True:
            held = {word for lowers in left.values() for word in lowers}
            loose = [word for word in left if word not in held]
            if not loose:
                return sorted(left)
            for word in loose:
                del left[word]


def _by_sign(patterns: Mapping[str, str]) -> Mapping[str, list[re.Pattern[str]]]:
    """Patterns by each of the signs that they can begin with."""
    found: dict[str, list[re.Pattern[str]]] = defaultdict(list)
    for signs, pattern in patterns.items():
        made = lazy(pattern)
        for sign in signs:
            found[sign].append(made)
    return dict(found)


def _pattern_at(patterns: Mapping[str, Sequence[re.Pattern[str]]], text: str, at: int) -> str:
    """What the first of some patterns, given by the signs that they can begin with, finds at an offset, or nothing."""
    for pattern in patterns.get(text[at : at + 1], ()):
        if found := pattern.match(text, at):
            return found[0]
    return ""


@cache
def builtin() -> Ladders:
    """The ladders that come with the tool."""
    import json  # help texts start without it

    data = json.loads(_DATA.read_text(encoding="utf-8"))
    return Ladders(
        ladders=tuple(tuple(tuple(map(narrow, rung)) for rung in ladder) for ladder in data.pop("ladders")),
        escape_patterns=data.pop("escape_patterns"),
        hedge_patterns=data.pop("hedge_patterns"),
        reservations=tuple(data.pop("reservations")),
        **{kind: frozenset(words) for kind, words in data.items()},
    )
