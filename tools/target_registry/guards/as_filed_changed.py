"""the original wording of a value changed

Why: the form is printed with it; what is counted stays.

Before:
    as_filed: {category: 关键量化目标}

After:
    as_filed: {category: 关键量化指标（类）}
"""

from __future__ import annotations

from target_registry import fields
from target_registry.guards.case import Case
from target_registry.model import Message, Target
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "as-filed-changed"
MIRROR = "as-filed-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route[:1] == ("as_filed",):
        if _says_the_same(case.after, case.year):
            return Verdict(CODE, Severity.NOTABLE, Message("the form prints this cell otherwise"))
        return Verdict(
            CODE, Severity.MATERIAL, Message("the form prints something else in this cell than what is counted")
        )
    return None


def _says_the_same(target: Target | None, year: int | None) -> bool:
    """Whether each original wording can be read, and says the value that is counted."""
    known = fields.of_target()
    return target is None or all(
        isinstance(wording, str) and key in known and known[key].means(wording, target.values.get(key), year)
        for key, wording in target.as_filed.items()
    )
