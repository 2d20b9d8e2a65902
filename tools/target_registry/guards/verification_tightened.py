"""the verification standard asks for more

Why: stricter proof is no concession, but must be prepared in time.

Before:
    verification: 省政府办公厅印发文件或工作总结

After:
    verification: 省政府办公厅印发文件
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards import effects
from target_registry.guards.case import Case
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "verification-tightened"
MIRROR = "verification-loosened"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is not Subject.TARGET or change.route != ("verification",) or change.after is None:
        return None
    comparison = case.compare(change)
    if comparison.order is Order.STRONGER:
        return Verdict(CODE, Severity.NOTABLE, effects.strengthened(comparison))
    return None
