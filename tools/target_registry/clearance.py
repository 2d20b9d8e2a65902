"""What the rules surely have nothing to say of, told in a fraction of the time that they take.

In a large registry almost every target is sound. A target that is clear is given to no rule of one target, a plan
that is clear to no rule of one plan; whatever is not surely clear is given to all of them, so that nothing here can
hide a finding but by calling something clear that isn't. ``COVERED`` names the rules that are answered for here, and
tests hold the two against each other: the examples of the rules, corpora and mutants. A rule that it doesn't name is
asked about everything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter

from target_registry import aims, contradictions, fields, figures, fitting, rules
from target_registry.automata import either
from target_registry.documents import canonical
from target_registry.documents.canonical import Row
from target_registry.documents.plain import Plain
from target_registry.heads import Head, points
from target_registry.model import Registry, Route
from target_registry.patterns import lazy
from target_registry.plans import Sheet
from target_registry.rules import (
    basis_unissued,
    closing_punctuation,
    document_number_brackets,
    key_work_order,
    numbered_key_work,
    plan_folder,
    quoted_text,
    title_mismatch,
    unbalanced_brackets,
    unverifiable_wording,
    verification_repeats_basis,
    weight_outlier,
    weight_range,
)

COVERED = {
    "as-filed-mismatch": "target",
    "variant-wording": "target",
    "unfilled": "target",
    # Its file's name is well-formed before it comes here.
    "misnamed-file": "target",
    "measure-contradicts-sentence": "target",
    "measure-contradicts-category": "target",
    "half-year-beyond": "target",
    "half-year-missing": "target",
    "half-year-needless": "target",
    "figure-missing": "target",
    "measure-missing": "target",
    "basis-unissued": "target",
    "verification-repeats-basis": "target",
    "unbalanced-brackets": "target",
    "document-number-brackets": "target",
    "closing-punctuation": "target",
    "quoted-text": "target",
    "unverifiable-wording": "target",
    "duplicate-number": "plan",
    "duplicate-slug": "plan",
    "duplicate-sentence": "plan",
    "number-gap": "plan",
    "unknown-key-work": "plan",
    "empty-key-work": "plan",
    "duplicate-key-work": "plan",
    "key-work-order": "plan",
    "numbered-key-work": "plan",
    "weights-total": "plan",
    "weight-step": "plan",
    "weight-range": "plan",
    "weight-outlier": "plan",
    # They look at what a head doesn't have: waivers, records, ladders of its own, half an approval.
    "waiver-unknown": "plan",
    "waiver-unexplained": "plan",
    "adjustment-misnamed": "plan",
    "ladder-conflict": "plan",
    "approval-half-stated": "plan",
    "plan-folder": "plan",
    "title-mismatch": "plan",
}
"""Rules of one target or one plan, and what answers for each here: what is told of a target, or of a plan."""

# What is doubtful of a target, as the codes of the rules that are to look at it.
_ALL = tuple(code for code, where in COVERED.items() if where == "target")
_CLOSING = ("closing-punctuation",)
_QUOTED = ("quoted-text",)
_BLANKS = ("unfilled",)
_BRACKETS = ("unbalanced-brackets", "document-number-brackets")
_HALF_YEAR = ("half-year-missing", "half-year-needless")
_BASIS = ("basis-unissued",)
_WORDING = ("unverifiable-wording",)
_REPEATED = ("verification-repeats-basis",)
_SENTENCES = ("duplicate-sentence",)
_FIGURES = (
    "measure-contradicts-sentence",
    "measure-contradicts-category",
    "half-year-beyond",
    "figure-missing",
    "measure-missing",
)

_WANTED = (
    ("target",), ("category",), ("deadline_month",), ("half_year_target",), ("basis",), ("verification",), ("remarks",),
    ("measure", "unit"), ("measure", "aim"), ("measure", "full_year"), ("measure", "half_year"), ("measure", "baseline"),
    ("measure", "indicator"),
)  # fmt: skip
_EACH_MARK = lazy(r"""[《》〈〉（）()〔〕﹝﹞【】\[\]［］{}｛｝“”‘’「」『』"<＜〖〗]""")


_SAID_BLANK = frozenset((*fields.TO_COME, *fields.NOTHING))
_MARKS = tuple(fields.UNFILLED.values())
_BLANK = "|".join(map(re.escape, sorted(_SAID_BLANK)))
# What an automaton tells of a plain file, line by line, and the rules that are to look at the target then.
_HINTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (rf'[^\n]*[{"".join(map(re.escape, sorted(closing_punctuation.SIGNS - {":"})))}]"?', _CLOSING),
    (f"[^\n]*: {quoted_text.PLAIN}", _QUOTED),
    (rf"basis: [^\n]*(?:{either(basis_unissued.BEGINNINGS)})[^\n]*", _BASIS),
    (rf"target: [^\n]*(?:{either(unverifiable_wording.BEGINNINGS)})[^\n]*", _WORDING),
    (rf"target: [^\n]*(?:{either(aims.UNSURE)})[^\n]*", ()),
    (rf'(?:target|half_year_target|basis|verification|remarks|  indicator): "?(?:{_BLANK})"?', _BLANKS),
)
_UNSURE_AIM = 5
"""The number of the last one, which is for :func:`fitting.surely_says`."""


class Clearance:
    """Tells what no rule reports."""

    def __init__(self) -> None:
        at: Mapping[Route, int] = {route: place for place, route in enumerate(canonical.pattern("target").routes)}
        self._usable = all(route in at for route in (*_WANTED, ("key_work",), ("weight",)))
        self._cells = itemgetter(*(at.get(route, 0) for route in _WANTED))
        self._filed = [place for route, place in at.items() if route[0] == "as_filed"]
        self._replaces = at.get(("replaces",))
        self._asked = tuple(code for code in rules.OF_TARGETS if code not in COVERED)
        self._answers_for_plans = COVERED.keys() >= rules.OF_PLANS.keys()
        self._plan_facts = itemgetter(at.get(("key_work",), 0), at.get(("weight",), 0), at.get(("target",), 0))

    def plain(self) -> Plain | None:
        """What tells the plainest targets, with hints that :meth:`doubts` understands."""
        lines = "(?:[^\n]*\n)*"
        return canonical.pattern("target").plain([f"{lines}{line}\n{lines}" for line, _ in _HINTS])

    def replacing(self, sheet: Sheet) -> list[int]:
        """The places of the targets that say that they replace another, which is for a rule of the whole registry."""
        place = self._replaces
        return [] if place is None else [at for at, row in enumerate(sheet.rows()) if row[place]]

    def doubts(self, sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The places of targets, and the codes of the rules of one target that may have something to say of them."""
        for at, (_, _, _, row, _, hints) in enumerate(sheet):
            if doubts := self._doubts(row, hints) + self._asked:
                yield at, doubts

    def _doubts(self, row: Row, hints: Sequence[int] | None) -> tuple[str, ...]:
        if not self._usable:
            return _ALL
        doubts: tuple[str, ...] = ()
        (
            sentence, category, deadline, june, basis, verification, remarks, unit, aim, full, half, baseline, indicator,
        ) = self._cells(row)  # fmt: skip
        if hints is None:
            for place in self._filed:
                if row[place]:
                    return _ALL
            doubts = _of_texts(
                [canonical.unquoted(text) for text in (sentence, june, basis, verification, remarks, indicator) if text]
            )
            if basis_unissued.words(basis):
                doubts += _BASIS
            if unverifiable_wording.words(sentence, verification):
                doubts += _WORDING
        elif len(hints) > 1:
            for number in hints:
                doubts += _HINTS[number - 1][1] if number else ()
        if (not june) == (len(deadline) > 1 or deadline > "6"):
            doubts += _HALF_YEAR
        if verification_repeats_basis.repeats(verification, basis):
            doubts += _REPEATED
        if not unit:
            return doubts if category == "qualitative" else doubts + _FIGURES
        if hints is not None and aim == "at_least" and _UNSURE_AIM not in hints:
            aim = None  # whatever figure the sentence says, that is its aim
        if category == "qualitative" or not _all_figures_said(sentence, june, remarks, unit, aim, full, half, baseline):
            return doubts + _FIGURES
        return doubts

    def of_texts(self, head: Head) -> bool:
        """Whether no rule of one target has anything to say of a plan's own texts."""
        texts = [head.title, head.department, *head.titles]
        return not self._asked and all(texts) and not _of_texts(texts)

    def doubts_of_plan(
        self, identity: str, head: Head, aside: Registry, sheet: Sheet
    ) -> tuple[tuple[str, ...], Sequence[int]]:
        """What is doubtful of a plan whose targets are all on a sheet.

        Args:
            identity: the plan's id.
            head: what its own file says.
            aside: nothing but what is out of place anywhere.
            sheet: its targets.

        Returns:
            The codes of the rules of one plan that may have something to say, and the places of the targets that they
            are to look at.
        """
        works, weights, sentences = zip(*map(self._plan_facts, sheet.rows()), strict=True) if sheet else ((), (), ())
        if aside.has_lost_targets or not self._is_clear(identity, head, sheet, works, weights):
            return tuple(rules.OF_PLANS), range(len(sheet))
        bare = [sentence.strip('"') for sentence in sentences]
        if len(set(bare)) == len(bare):
            return (), ()
        many = Counter(bare)
        return _SENTENCES, [at for at, sentence in enumerate(bare) if many[sentence] > 1]

    def _is_clear(self, identity: str, head: Head, sheet: Sheet, works: Sequence[str], weights: Sequence[str]) -> bool:
        """Whether no rule but that of equal sentences has anything to say of a plan, if no target is lost."""
        if not self._usable or not self._answers_for_plans:
            return False
        numbers, wanted = sheet.numbers(), list(range(1, len(sheet) + 1))
        if numbers != wanted:
            if sorted(numbers) != wanted:
                return False
            works = [work for _, work in sorted(zip(numbers, works, strict=True))]
        if len(set(sheet.slugs())) < len(sheet) or not key_work_order.as_listed(head.works, works):
            return False
        if len(set(head.titles)) < len(head.titles):
            return False
        if not numbered_key_work.STARTS.isdisjoint([title[:1] for title in head.titles]):
            return False
        if not plan_folder.agrees(identity, head.year, head.department_id):
            return False
        if not title_mismatch.agrees(head.title, head.year, head.department):
            return False
        return _weights_clear(head, Counter(weights))


def _of_texts(texts: Sequence[str]) -> tuple[str, ...]:
    """The rules that may have something to say of the ends and the marks of texts, none of which is empty."""
    doubts: tuple[str, ...] = ()
    together = "\n".join(texts)
    if not closing_punctuation.SIGNS.isdisjoint([text[-1] for text in texts]):
        doubts = _CLOSING
    if not quoted_text.STARTS.isdisjoint([text[0] for text in texts]) and any(map(quoted_text.is_quoted, texts)):
        doubts += _QUOTED
    if not _SAID_BLANK.isdisjoint([text.strip() for text in texts]) or any(mark in together for mark in _MARKS):
        doubts += _BLANKS
    if not _EACH_MARK.search(together):
        return doubts
    for text in texts:
        doubtful = _marks["".join(_EACH_MARK.findall(text))]
        if doubtful and doubtful(text):
            return doubts + _BRACKETS
    return doubts


def _doubt(signs: str) -> Callable[[str], bool] | None:
    """What tells whether the marks of a text with such signs are doubtful; None where they are in order in any."""
    if not unbalanced_brackets.paired(signs):
        return lambda _: True
    opening = "".join(sorted(document_number_brackets.OPENING.intersection(signs)))
    closing = "".join(sorted(unbalanced_brackets.LISTED.intersection(signs)))
    if not opening and not closing:
        return None

    def judge(text: str) -> bool:
        for mark in opening:
            at = text.find(mark)
            while at >= 0:
                behind = text[at + 1 : at + 2]
                if behind.isdigit() or behind.isspace():
                    return True  # perhaps a year in the wrong marks
                at = text.find(mark, at + 1)
        for mark in closing:
            at = text.find(mark)
            while at >= 0:
                if text[at - 1] in unbalanced_brackets.BEFORE_LISTED:
                    return True  # perhaps the number of a list
                at = text.find(mark, at + 1)
        return False

    return judge


_marks = canonical.Verdicts(_doubt)


def _all_figures_said(
    sentence: str, june: str, remarks: str, unit: str, aim: str | None, full: str, half: str, baseline: str
) -> bool:
    """Whether the sentences surely say the figures of the measure; one that isn't there is empty."""
    unit = canonical.unquoted(unit)
    if not fitting.is_plain_unit(unit):
        return False
    if not full:  # it keeps up with something
        if half or figures.may_have(sentence):
            return False
    elif not fitting.surely_says(sentence, full + unit, aim) and not _said_otherwise(
        sentence, full, unit, aim or "at_least"
    ):
        return False
    elif half:
        # Of what falls June may lie above December: that is for the rule.
        if not june or aim == "at_most":
            return False
        if not fitting.surely_says(june, half + unit) and not _said_otherwise(june, half, unit):
            return False
        if canonical.number(half) > canonical.number(full):
            return False
    elif june and figures.may_have(june):
        return False
    if not baseline or not remarks:
        return True
    return contradictions.REACHED not in remarks and (
        fitting.surely_says(remarks, baseline + unit) or _said_otherwise(remarks, baseline, unit)
    )


def _said_otherwise(sentence: str, number: str, unit: str, aim: str | None = None) -> bool:
    """Whether a sentence says a figure of a measure by other signs than the measure's own.

    Args:
        sentence: what is filed; remarks may say what something starts from too, which takes a closer look.
        number: the measure's, as it is written.
        unit: the measure's.
        aim: the measure's, where that is to be said.
    """
    found = figures.reached(canonical.unquoted(sentence))
    fit = fitting.fit(canonical.number(number), unit, found)
    if fit.figure is None or not (fit.value and fit.unit) or (fit.figure.drops and not number.startswith("-")):
        return False
    return aim is None or fitting.allow(found, fit.figure, aim)


def _weights_clear(head: Head, weights: Mapping[str, int]) -> bool:
    by_value = sorted((points(written), many) for written, many in weights.items())
    total, step = head.weight_rule("total"), head.weight_rule("step")
    if total is not None and sum(value * many for value, many in by_value) != total:
        return False
    if not by_value:
        return True
    least, most = by_value[0][0], by_value[-1][0]
    if weight_range.out_of_range(head, least) or weight_range.out_of_range(head, most):
        return False
    if step and any(value % step for value, _ in by_value):
        return False
    return weight_outlier.within(least, most, [value for value, many in by_value for _ in range(many)])
