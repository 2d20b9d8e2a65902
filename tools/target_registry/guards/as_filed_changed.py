"""the original wording of a value changed

Why: the form is printed with it; what is counted stays.

Before:
    as_filed: {category: 关键量化目标}

After:
    as_filed: {category: 关键指标}
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import Change, Message, Severity, Subject, Verdict

CODE = "as-filed-changed"
MIRROR = "as-filed-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route[:1] == ("as_filed",):
        return Verdict(CODE, Severity.NOTABLE, Message("the form prints this cell otherwise"))
    return None
