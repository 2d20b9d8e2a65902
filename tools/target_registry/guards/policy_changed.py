"""a schema, a workflow or the code owners changed

Why: whoever changes what judges needn't change a target.

Before:
    file: .github/CODEOWNERS 甲

After:
    file: .github/CODEOWNERS 乙
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "policy-changed"
MIRROR = "policy-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.FILE:
        return Verdict(CODE, Severity.CRITICAL, Message("this file decides how changes are judged and who must agree"))
    return None
