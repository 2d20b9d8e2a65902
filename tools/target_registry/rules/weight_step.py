"""a weight is not a multiple of the plan's step

Why: a plan that counts in whole points is compared in whole points; a stray half point is
nearly always a slip of the keyboard.

Bad:
    weight: 2.3        # the plan's weight_rules say step: 1

Good:
    weight: 2
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Registry

CODE = "weight-step"
LEVEL = Level.ERROR
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find weights that the step doesn't divide, in exact decimals."""
    for plan in registry.plans:
        step = plan.weight_rule("step")
        for target in plan.targets:
            if step and target.weight is not None and target.weight % step:
                yield Finding(
                    CODE,
                    LEVEL,
                    target.at("weight"),
                    Message("weight {weight} is not a multiple of {step}", weight=target.weight, step=step),
                    Message(
                        "write {lower} or {upper}",
                        lower=target.weight // step * step,
                        upper=(target.weight // step + 1) * step,
                    )
                    if target.weight > step
                    else Message("write {step}", step=step),
                )
