"""a waiver is added, changed or removed

Why: a waiver silences the check for one target.

Before:
    waivers: []

After:
    waivers: [{rule: half-year-missing, target: sample, reason: 上半年无安排}]
"""

from __future__ import annotations

from collections.abc import Collection

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "waiver-changed"
MIRROR = "waiver-changed"


def _waivable() -> Collection[str]:
    from target_registry import rules  # with all of them, which few changes need

    return rules.waivable()


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.PLAN and change.route[:1] == ("waivers",):
        rule, _, target = str(change.route[1]).partition("/") if len(change.route) > 1 else ("", "", "")
        if not rule:
            effect = Message("a rule is set aside, or applies again")
        elif rule not in _waivable():
            effect = Message(
                "{rule} can't be waived, so that this line changes nothing of the check of {target}",
                rule=rule,
                target=target,
            )
        elif change.after is None:
            effect = Message("the rule {rule} applies to {target} again", rule=rule, target=target)
        else:
            effect = Message("the rule {rule} is set aside for {target}", rule=rule, target=target)
        return Verdict(CODE, Severity.CRITICAL, effect)
    return None
