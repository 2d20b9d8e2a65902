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
from target_registry.model import Finding, Level, Message, Registry
from target_registry.rules import as_filed_mismatch

CODE = "variant-wording"
LEVEL = Level.WARNING
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find original wordings that were kept."""
    for target in registry.targets:
        for key, wording in target.as_filed.items():
            if key not in target.values or as_filed_mismatch.contradicts(target, key, wording):
                continue
            label = fields.of_target()[key].render(target.values[key])
            if fields.of_target()[key].numeric and wording != label:
                continue  # 12月 and 4分 are how people write numbers, no variants
            if wording == label:
                message = Message("the original wording {wording} is no variant", wording=wording)
                hint = Message("delete the line: there is nothing to keep")
            else:
                message = Message("filed as {wording}, counted as {label}", wording=wording, label=label)
                hint = Message("use {label} in the next form; as_filed keeps the original", label=label)
            yield Finding(CODE, LEVEL, target.at("as_filed", key), message, hint)
