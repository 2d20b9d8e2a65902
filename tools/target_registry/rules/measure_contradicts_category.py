"""a qualitative target has a measure

Why: the category says how the target is judged. A measure under a qualitative target would
be counted by programs and judged by nobody.

Bad:
    category: qualitative
    measure:
      indicator: 利用率
      unit: "%"
      aim: at_least
      full_year: 30

Good:
    category: general_quantitative
    measure:
      indicator: 利用率
      unit: "%"
      aim: at_least
      full_year: 30
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Name, Registry

CODE = "measure-contradicts-category"
LEVEL = Level.ERROR
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find measures under targets whose category isn't quantitative."""
    for target in registry.targets:
        if target.measure and target.text("category") and not target.is_quantitative:
            yield Finding(
                CODE,
                LEVEL,
                target.at("category"),
                Message("the category is qualitative, but the target has {key}", key=Name("measure")),
                Message("choose a quantitative category, or delete the measure"),
            )
