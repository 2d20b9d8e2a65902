"""the half-year figure is beyond the full-year figure

Why: half of the way can't be further than all of it. One of the two figures is wrong, or
the year's target was lowered and the half-year's forgotten.

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

from target_registry import figures
from target_registry.contradictions import full_year_contradicts
from target_registry.model import Finding, Level, Message, Registry

CODE = "half-year-beyond"
LEVEL = Level.ERROR
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Compare the two figures in the direction of the aim.

    A ceiling on a rate is reached from above, so that June stands higher than December; a
    ceiling on a count fills up, so that June stands lower. Of a concentration or a span of time either may be meant.
    """
    for target in registry.targets:
        measure = target.measure
        half, full = measure.get("half_year"), measure.get("full_year")
        if half is None or full is None:
            continue
        if measure["aim"] == "at_most" and figures.is_level(measure["unit"]) and not figures.is_ratio(measure["unit"]):
            continue
        falling = measure["aim"] == "at_most" and figures.is_ratio(measure["unit"])
        if (half < full if falling else half > full) and not full_year_contradicts(target):
            yield Finding(
                CODE,
                LEVEL,
                target.at("measure", "half_year"),
                Message("the half-year figure {half} is beyond the full-year figure {full}", half=half, full=full),
                Message("correct one of the two, and its sentence with it"),
            )
