"""the original wording stands for another value

Why: as_filed keeps how the form wrote a value, so that the form can be printed as it was
filed. Where it means something else, the two printed forms contradict each other.

Bad:
    category: key_quantitative
    as_filed:
      category: 定性绩效目标

Good:
    category: key_quantitative
    as_filed:
      category: 关键量化目标
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import fields
from target_registry.model import Finding, Level, Message, Name, Plan, Registry, Target

CODE = "as-filed-mismatch"
LEVEL = Level.ERROR
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Read each original wording and compare it with the registered value."""
    for plan in registry.plans:
        for target in plan.targets:
            for key, wording in target.as_filed.items():
                if meaning(plan, target, key, wording) is False:
                    label = fields.of_target()[key].render(target.values[key])
                    yield Finding(
                        CODE,
                        LEVEL,
                        target.at("as_filed", key),
                        Message("the original wording {wording} doesn't mean {value}", wording=wording, value=label),
                        Message("correct it, or correct {key}", key=Name(key)),
                    )


def meaning(plan: Plan, target: Target, key: str, wording: str) -> bool | None:
    """Whether an original wording means the value that is registered; None where it can't be read, or there is none."""
    if key not in target.values:
        return None
    return fields.of_target()[key].means(wording, target.values[key], plan.folder_year)
