"""the verification standard asks for less

Why: what counts as proof decides whether a target was met. Weaker proof makes any target easier.

Before:
    verification: 省政府办公厅印发文件

After:
    verification: 省政府办公厅印发文件或工作总结
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards import effects
from target_registry.guards.case import Case
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "verification-loosened"
MIRROR = "verification-tightened"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route != ("verification",) or change.before is None:
        return None
    comparison = case.compare(change)
    if comparison.order is Order.WEAKER or comparison.weakens:
        return Verdict(CODE, Severity.MATERIAL, effects.weakened(comparison))
    return None
