"""a quantitative target names no figure

Why: a quantitative target is judged by a figure. Without one, whether it was reached is a
matter of opinion.

Bad:
    target: 完成商务部下达的进口博览会工作任务
    category: general_quantitative

Good:
    target: 组织500家企业参加进口博览会
    category: general_quantitative
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import figures
from target_registry.model import Finding, Level, Message, Registry

CODE = "figure-missing"
LEVEL = Level.WARNING
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find quantitative targets with neither a figure in the sentence nor a measure."""
    for target in registry.targets:
        if (
            target.is_quantitative
            and target.text("target")
            and "measure" not in target.values
            and "measure" not in target.broken
            and not figures.find(target.text("target"))
        ):
            yield Finding(
                CODE,
                LEVEL,
                target.at("target"),
                Message("the category is quantitative, but the target names no figure"),
                Message("write the figure and its unit, or choose the category qualitative"),
            )
