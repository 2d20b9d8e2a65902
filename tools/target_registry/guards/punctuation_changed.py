"""only punctuation, spacing, width or the style of brackets differ

Why: such a change says nothing else than before.

Before:
    basis: 浙政办发﹝2018﹞14号第2页

After:
    basis: 浙政办发〔2018〕14号第2页
"""

from __future__ import annotations

from target_registry.commitments import Order
from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Verdict

CODE = "punctuation-changed"
MIRROR = "punctuation-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if case.compare(change).order is Order.SAME and not case.is_filled(change):
        return Verdict(CODE, Severity.EDITORIAL, Message("only punctuation, spacing, width or brackets differ"))
    return None
