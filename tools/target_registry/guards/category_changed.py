"""a target's category is another one

Why: the category decides whether figures or facts are assessed, and how strictly.

Before:
    category: key_quantitative

After:
    category: qualitative
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "category-changed"
MIRROR = "category-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == ("category",):
        return Verdict(CODE, Severity.MATERIAL, Message("the target is assessed in another way"))
    return None
