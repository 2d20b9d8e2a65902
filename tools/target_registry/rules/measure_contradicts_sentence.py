"""the measure and the sentence say different things

Why: people approve the sentence and programs count with the measure. Where the two differ,
what was approved is not what is counted.

Bad:
    target: 社会消费品零售总额增长9%左右
    measure:
      unit: "%"
      aim: about
      full_year: 8

Good:
    target: 社会消费品零售总额增长9%左右
    measure:
      unit: "%"
      aim: about
      full_year: 9
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import contradictions
from target_registry.model import Finding, Level, Registry

CODE = "measure-contradicts-sentence"
LEVEL = Level.ERROR
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Compare each figure of a measure with the sentence it stands for, then the aim."""
    for target in registry.targets:
        for found in contradictions.find(target):
            yield Finding(CODE, LEVEL, found.where, found.message, found.hint)
