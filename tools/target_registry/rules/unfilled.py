"""a figure or a text is still to be filled in

Why: a plan that is carried over from last year has 【待填】 wherever this year's figure or document
isn't known yet. Nobody can be held to a blank.

Bad:
    target: 社会消费品零售总额增长【待填】%左右

Good:
    target: 社会消费品零售总额增长9%左右
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import fields
from target_registry.model import Finding, Level, Message, Name, Registry

CODE = "unfilled"
LEVEL = Level.ERROR
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Find texts that hold the mark."""
    for target in registry.targets:
        for field in fields.form():
            if fields.UNFILLED in target.text(field.key):
                yield Finding(
                    CODE,
                    LEVEL,
                    target.at(field.key),
                    Message(
                        "{field} is still to be filled in: {text}", field=Name(field.key), text=target.text(field.key)
                    ),
                    Message("put what holds this year in the place of {mark}", mark=fields.UNFILLED),
                )
