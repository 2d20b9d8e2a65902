"""a value was filed under a variant name

Why: the form wrote 关键量化目标 where its own list says 关键量化指标. The registry counts
both as one and keeps the original; the next form should use the listed name.

Bad:
    category: key_quantitative
    as_filed:
      category: 关键量化目标

Good:
    category: key_quantitative
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import fields
from target_registry.model import Finding, Level, Message, Registry, Target
from target_registry.rules import as_filed_mismatch

CODE = "variant-wording"
LEVEL = Level.WARNING
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find original wordings that were kept."""
    for plan in registry.plans:
        for target in plan.targets:
            for key, wording in target.as_filed.items():
                meant = as_filed_mismatch.meaning(plan, target, key, wording)
                if key in target.values and meant is not False:
                    yield from _told(target, key, wording, is_read=meant is not None)


def _told(target: Target, key: str, wording: str, *, is_read: bool) -> Iterator[Finding]:
    """What is to be said of a wording that means the value, or that can't be read."""
    field = fields.of_target()[key]
    label = field.render(target.values[key])
    if wording == label:
        message = Message("the original wording {wording} is no variant", wording=wording)
        hint = Message("delete the line: there is nothing to keep")
    elif is_read and field.numeric:
        return  # 12月 and 4分 are how people write numbers, no variants
    else:
        message = Message("filed as {wording}, counted as {label}", wording=wording, label=label)
        hint = Message("use {label} in the next form; as_filed keeps the original", label=label)
    yield Finding(CODE, LEVEL, target.at("as_filed", key), message, hint)
