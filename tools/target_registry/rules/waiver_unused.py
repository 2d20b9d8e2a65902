"""a waiver no longer applies

Why: a waiver that waives nothing hides the next finding of its kind without anybody's
agreement.

Bad:
    waivers:
      - rule: half-year-missing
        target: import-expo            # which has a half-year target by now
        reason: 任务由商务部下达，时间未定

Good:
    waivers: []
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from target_registry.model import Finding, Level, Message, Registry

CODE = "waiver-unused"
LEVEL = Level.WARNING
WAIVABLE = False


def review(registry: Registry, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Find waivers that meet none of the findings; those of unknown rules and targets aside."""
    met = {(finding.code, finding.where.slug, finding.where.path) for finding in findings}
    known = {finding.where.path: finding.where.route for finding in findings if finding.code == "waiver-unknown"}
    for plan in registry.plans:
        paths = {target.slug: target.path for target in plan.targets if target.readable}
        seen: set[tuple[str, str]] = set()
        for waiver in plan.waivers:
            place = ("waivers", waiver.position - 1)
            if (waiver.rule, waiver.target) in seen:
                message = Message("{rule} is waived for {slug} a second time", rule=waiver.rule, slug=waiver.target)
                yield Finding(CODE, LEVEL, plan.at(*place), message, Message("delete the waiver"))
                continue
            seen.add((waiver.rule, waiver.target))
            if waiver.target not in paths or known.get(plan.path, ())[:2] == place:
                continue
            if (waiver.rule, waiver.target, paths[waiver.target]) not in met:
                yield Finding(
                    CODE,
                    LEVEL,
                    plan.at(*place),
                    Message("{rule} finds nothing in {slug} any more", rule=waiver.rule, slug=waiver.target),
                    Message("delete the waiver"),
                )
