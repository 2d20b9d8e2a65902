"""What a guard may ask beside the change: both plans, both targets, the day, the ladders, the totals."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from target_registry import contradictions, fields
from target_registry.commitments import Comparison, Order, amounts, folding, measures, sentences
from target_registry.commitments.ladders import Ladders
from target_registry.guards import filling
from target_registry.model import EMPTY, Plan, Target, Way, is_number
from target_registry.verdicts import Change, Subject

SENTENCES = (("target",), ("half_year_target",))
AMOUNTS = (("measure", "full_year"), ("measure", "half_year"), ("measure", "aim"))
_UNCLAIMED = Comparison(Order.INCOMPARABLE, ())
_FILLED = Comparison(Order.SAME, ())


class Totals:
    """What the weights of a plan sum to before and after, looked up only when asked.

    Args:
        before: gives the weights, in points, by slug; None for one that can't be read.
        after: the same of the later revision.
    """

    def __init__(
        self,
        before: Callable[[], Mapping[str, Decimal | None]] = dict,
        after: Callable[[], Mapping[str, Decimal | None]] = dict,
    ) -> None:
        self._before = before
        self._after = after

    @cached_property
    def before(self) -> Mapping[str, Decimal | None]:
        """Weights by slug, earlier."""
        return self._before()

    @cached_property
    def after(self) -> Mapping[str, Decimal | None]:
        """Weights by slug, later."""
        return self._after()


@dataclass(eq=False, repr=False)
class Case:
    """What surrounds the changes of one target, or of a plan itself.

    Attributes:
        old_plan: the plan before; None where it is new.
        new_plan: the plan after; None where it is gone.
        before: the target before; None where it is new, or the change is not about one.
        after: the target after.
        as_of: the day by which deadlines have passed or not.
        ladders: the order of commitment words.
        totals: of the plan's weights.
        from_approved: whether what stood before is the approved revision, which may lie before the plan says so.
    """

    old_plan: Plan | None
    new_plan: Plan | None
    before: Target | None
    after: Target | None
    as_of: date
    ladders: Ladders
    totals: Totals
    from_approved: bool = False
    _compared: dict[Way, Comparison] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The plan's year; None where it names none."""
        plan = self.new_plan or self.old_plan
        return plan.year if plan else None

    @property
    def is_approved(self) -> bool:
        """Whether the plan was approved already: what a change says of that itself doesn't count."""
        return self.from_approved or (self.old_plan is not None and self.old_plan.is_guarded)

    @cached_property
    def before_agrees(self) -> bool:
        """Whether the measure said what the sentences said."""
        return _agrees(self.before)

    @cached_property
    def after_agrees(self) -> bool:
        """Whether the measure says what the sentences say."""
        return _agrees(self.after)

    @cached_property
    def deadline(self) -> date | None:
        """The last day of the month that the target had as its deadline; None where that can't be read."""
        year = self.old_plan.year if self.old_plan else None
        month = self.before.deadline_month if self.before else None
        if year is None or month is None or not 1 <= month <= 12:
            return None
        return date(year, month, monthrange(year, month)[1])

    def is_filled(self, change: Change) -> bool:
        """Whether a change only fills in what a plan that isn't approved yet left to be filled in."""
        return (
            change.subject is Subject.TARGET
            and not self.is_approved
            and filling.is_filled(change.before, change.after, change.route)
        )

    def compare(self, change: Change) -> Comparison:
        """How what a value demands compares with what it demanded; guards ask that one after the other."""
        if change.route not in self._compared:
            self._compared[change.route] = self._compare(change)
        return self._compared[change.route]

    def _compare(self, change: Change) -> Comparison:
        one, other = change.before, change.after
        if self.is_filled(change):
            return _FILLED
        if change.subject is Subject.TARGET and change.route in AMOUNTS:
            return self._amounts(change)
        if not all(isinstance(side, str) or side is None for side in (one, other)) or one is None is other:
            return _UNCLAIMED
        before, after = one or "", other or ""
        if change.subject is Subject.TARGET:
            if change.route in SENTENCES:
                return sentences.compare(*self._whole(change.route, before, after), self.ladders)
            if change.route == ("verification",):
                from target_registry.commitments import proofs  # with patterns that only standards need

                return proofs.compare(before, after, self.ladders)
        if before and after and is_text(change) and folding.fold(before) == folding.fold(after):
            return Comparison(Order.SAME, ())
        return _UNCLAIMED

    def _whole(self, route: Way, before: str, after: str) -> tuple[str, str]:
        """Two wordings of a half-year target that say figures alone, with what the target says that is counted."""
        if route == ("target",) or not (self.after and sentences.is_bare(before) and sentences.is_bare(after)):
            return before, after
        thing = sentences.counted(self.after.text("target"))
        return thing + before, thing + after

    def _amounts(self, change: Change) -> Comparison:
        """One step of the way from one measure to the other: the rest is taken as it is after it."""
        old = self.before.measure if self.before else EMPTY
        new = self.after.measure if self.after else EMPTY
        sentence = {"half_year": "half_year_target"}.get(str(change.route[1]), "target")
        before = self.before.text(sentence) if self.before else ""
        after = self.after.text(sentence) if self.after else ""
        before, after = self._whole((sentence,), before, after)
        if change.route[1] == "aim":
            keys = [key for key in ("full_year", "half_year") if key in new]
            found = [
                amounts.compare(
                    measures.demand({**new, "aim": old.get("aim")}, key, after), measures.demand(new, key, after)
                )
                for key in keys[:1]
            ]
            return found[0] if found and "match" not in (change.before, change.after) else _UNCLAIMED
        key = str(change.route[1])
        one = measures.demand({**old, "aim": new.get("aim")}, key, before)
        other = measures.demand(new, key, after)
        return _UNCLAIMED if one is other is None else amounts.compare(one, other)  # such as beside the aim to match


def is_text(change: Change) -> bool:
    """Whether a value is prose, whose punctuation may change without changing what it says.

    Identifiers and choices are none.
    """
    if change.subject is Subject.PLAN:
        return change.route in (("title",), ("department",), ("weight_rules", "reason")) or (
            change.route[:1] == ("key_works",) and change.route[-1:] == ("title",)
        )
    if change.subject is not Subject.TARGET:
        return False
    if len(change.route) == 1:
        known = fields.of_target().get(str(change.route[0]))
        return known is not None and known.kind == "text" and change.route != ("key_work",)
    return change.route in (("measure", "indicator"), ("measure", "reference"))


def share(weight: Any, total: Decimal | None) -> Fraction | None:
    """A weight's share of a total; None where either can't be read."""
    if isinstance(weight, bool) or not isinstance(weight, int | Decimal) or not total:
        return None
    return Fraction(weight) / Fraction(total)


def _agrees(target: Target | None) -> bool:
    """Whether a measure, as far as it can be understood, says what the sentences say; remarks aside."""
    if target is None:
        return True
    measure = target.measure
    numbers = [measure[key] for key in ("full_year", "half_year") if key in measure]
    sound = all(isinstance(measure.get(key), str) and measure[key] for key in ("unit", "aim")) and all(
        is_number(number) for number in numbers
    )
    if not sound or (measure["aim"] != "match" and "full_year" not in measure):
        return True
    return contradictions.are_surely_none(target) or not any(contradictions.find(target, ("full_year", "half_year")))
