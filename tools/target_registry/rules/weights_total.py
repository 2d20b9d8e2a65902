"""the weights don't sum to the plan's declared total

Why: points are shares of the department's year. A sum that is off means that a target is
missing, stands twice, or had its weight changed without another giving way.

Bad:
    weight_rules:
      total: 90        # and the weights of all targets sum to 86

Good:
    weight_rules:
      total: 90        # and the weights of all targets sum to 90
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Plan, Registry
from target_registry.rules import duplicate_number, duplicate_slug, number_gap, weight_range, weight_step

CODE = "weights-total"
LEVEL = Level.ERROR
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Compare exact sums; silent where a weight is at fault already, or a file is out of place."""
    # A weight that was waived through counts as it stands.
    waived = {(plan.id, waiver.rule, waiver.target) for plan in registry.plans for waiver in plan.waivers}
    plans = {target.path: plan.id for plan in registry.plans for target in plan.targets}
    doubtful = {
        finding.where.path
        for rule in (duplicate_number, duplicate_slug, weight_range, weight_step)
        for finding in rule.check(registry)
        if (plans.get(finding.where.path), rule.CODE, finding.where.slug) not in waived
    }
    for plan in registry.plans:
        declared = plan.weight_rule("total")
        # A plan that is begun has no targets yet; one that was approved has lost them.
        if declared is None or not (plan.targets or plan.is_approved) or _has_doubts(plan, registry, doubtful):
            continue
        difference = plan.weight_total - declared
        if not difference:
            continue
        message = (
            Message(
                "the weights of {count} targets sum to {sum}, {difference} short of the declared {declared}",
                count=len(plan.targets),
                sum=plan.weight_total,
                difference=-difference,
                declared=declared,
            )
            if difference < 0
            else Message(
                "the weights of {count} targets sum to {sum}, {difference} over the declared {declared}",
                count=len(plan.targets),
                sum=plan.weight_total,
                difference=difference,
                declared=declared,
            )
        )
        yield Finding(CODE, LEVEL, plan.at("weight_rules", "total"), message, _cure(plan, short=difference < 0))


def _has_doubts(plan: Plan, registry: Registry, doubtful: set[str]) -> bool:
    return (
        not plan.all_readable
        or any(target.weight is None or target.path in doubtful for target in plan.targets)
        or registry.has_lost_targets
    )


def _cure(plan: Plan, *, short: bool) -> Message:
    """What could be missing, or what could be too much."""
    if short:
        if gaps := tuple(number_gap.missing(plan)):
            return Message("could be missing: the target with the number {numbers}", numbers=gaps)
        named = {target.text("key_work") for target in plan.targets}
        if empty := tuple(work.id for work in plan.key_works if work.id not in named):
            return Message("could be missing: the targets of the key work {ids}", ids=empty)
        return Message(
            "give the points to other targets; if a target is missing, it comes after number {last}; "
            "run targets weights and compare with the form",
            last=max((t.number for t in plan.targets if t.number is not None), default=0),
        )
    return Message("take the points from other targets, or change the total and say why; run targets weights")
