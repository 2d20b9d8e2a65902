"""a waiver names a rule or a target that doesn't exist

Why: such a waiver waives nothing, and whoever wrote it believes it does.

Bad:
    waivers:
      - rule: half-year-mising
        target: import-expo
        reason: 任务由商务部下达，时间未定

Good:
    waivers:
      - rule: half-year-missing
        target: import-expo
        reason: 任务由商务部下达，时间未定
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from target_registry import rules
from target_registry.model import Finding, Level, Message, Registry
from target_registry.nearest import Guesses

CODE = "waiver-unknown"
LEVEL = Level.ERROR
WAIVABLE = False


@cache
def _codes() -> frozenset[str]:
    """Those of all findings: a plan may have a thousand waivers."""
    return frozenset(rules.manuals())


def check(registry: Registry) -> Iterator[Finding]:
    """Find waivers of rules that the tool doesn't have, or for targets that the plan doesn't have."""
    for plan in registry.plans:
        guesses = Guesses()
        slugs = [target.slug for target in plan.targets]
        for waiver in plan.waivers:
            place = ("waivers", waiver.position - 1)
            if waiver.rule not in rules.waivable():
                yield Finding(CODE, LEVEL, plan.at(*place, "rule"), *_no_rule(waiver.rule, guesses))
            if waiver.target not in slugs:
                message = Message("there is no target {slug} in this plan", slug=waiver.target)
                hint = _meant(waiver.target, slugs, guesses) or Message(
                    "write the target's slug: what its file name says after the number"
                )
                yield Finding(CODE, LEVEL, plan.at(*place, "target"), message, hint)


def _no_rule(rule: str, guesses: Guesses) -> tuple[Message, Message]:
    """What is wrong with a waiver of what can't be waived, and the cure."""
    hint = Message("targets rules lists the rules that can be waived")
    if rule in _codes():
        return Message("{rule} can't be waived: it isn't about one target", rule=rule), hint
    from target_registry import approvals  # seldom

    if rule in approvals.APPROVALS:
        return (
            Message("{rule} can't be waived: it tells what approval lacks", rule=rule),
            Message(
                "delete the waiver, and add what is lacking; {command} tells what that is",
                command=f"targets rules {rule}",
            ),
        )
    return Message("there is no rule {rule} to waive", rule=rule), _meant(rule, rules.waivable(), guesses) or hint


def _meant(word: str, known: Collection[str], guesses: Guesses) -> Message | None:
    close = guesses.nearest(word, known)
    return Message("did you mean {word}?", word=close) if close else None
