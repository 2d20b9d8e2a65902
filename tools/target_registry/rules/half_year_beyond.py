"""the half-year figure is beyond the full-year figure

Why: half of the way can't be further than all of it. One of the two figures is wrong, or
the year's target was lowered and the half-year's forgotten. Growth, and limits, may be
higher by June, and are left alone.

Bad:
    measure:
      unit: 家
      aim: at_least
      full_year: 10000
      half_year: 12000

Good:
    measure:
      unit: 家
      aim: at_least
      full_year: 10000
      half_year: 5000
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import scales
from target_registry.contradictions import full_year_contradicts
from target_registry.model import Finding, Level, Message, Registry, Target
from target_registry.patterns import lazy

CODE = "half-year-beyond"
LEVEL = Level.ERROR
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Compare the two figures where what is counted adds up.

    Growth of 8 % in June and of 7 % in the year is no contradiction, and a ceiling may be stricter in June, or be
    reached from above: of these nothing is said.
    """
    for target in registry.targets:
        measure = target.measure
        half, full = measure.get("half_year"), measure.get("full_year")
        if half is None or full is None:
            continue
        if half > full and _adds_up(target) and not full_year_contradicts(target):
            yield Finding(
                CODE,
                LEVEL,
                target.at("measure", "half_year"),
                Message("the half-year figure {half} is beyond the full-year figure {full}", half=half, full=full),
                Message("correct one of the two, and its sentence with it"),
            )


_GROWTH = lazy("增|涨|速|幅|同比|升|降|减|压|缩")
_SHARES = lazy("覆盖|完成|普及|进度|建成|开工|竣工")
"""What of a whole is done step by step; other shares go up and down."""


def _adds_up(target: Target) -> bool:
    """Whether what is counted by June is a part of what is counted by December: so many done, a share that is covered."""
    measure = target.measure
    if measure["aim"] == "at_most" or measure["full_year"] < 0:
        return False
    if scales.is_ratio(measure["unit"]):
        said = f"{measure['indicator']}\n{target.text('target')}\n{target.text('half_year_target')}"
        return _SHARES.search(said) is not None and _GROWTH.search(said) is None
    return not scales.is_level(measure["unit"])
