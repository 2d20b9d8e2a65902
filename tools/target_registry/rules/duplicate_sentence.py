"""two targets of a plan have one sentence

Why: a target that is entered twice counts twice, and its points are taken from others. What is to be reached in two
steps or by two offices says so in its sentence.

Bad:
    targets/2018/01-retail-sales.yaml       # target: 社会消费品零售总额增长9%左右
    targets/2018/07-consumption.yaml        # target: 社会消费品零售总额增长9%左右

Good:
    targets/2018/01-retail-sales.yaml       # target: 社会消费品零售总额增长9%左右
    targets/2018/07-consumption.yaml        # target: 网络零售额增长20%左右
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import fields
from target_registry.model import Finding, Level, Message, Registry

CODE = "duplicate-sentence"
LEVEL = Level.WARNING
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find targets that say to the letter what an earlier one of the plan says; blanks to be filled in aside."""
    for plan in registry.plans:
        first: dict[str, str] = {}
        for target in plan.targets:
            sentence = target.text("target")
            if not sentence or fields.unfilled(sentence):
                continue
            if sentence in first:
                yield Finding(
                    CODE,
                    LEVEL,
                    target.at("target"),
                    Message("{path} has the same sentence", path=first[sentence]),
                    Message("delete one of the two, or say in each what is its own"),
                )
            first.setdefault(sentence, target.path)
