"""a file is written otherwise and says the same

Why: order of keys, quotes, comments and the folder are no content. They are told so that nobody
wonders about the file.

Before:
    layout: 键的顺序一

After:
    layout: 键的顺序二
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import About, Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "layout-changed"
MIRROR = "layout-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject in (Subject.TARGET, Subject.PLAN) and change.route in ((About.LAYOUT,), (About.PATH,)):
        return Verdict(CODE, Severity.FORMATTING, Message("the file is written otherwise and says the same"))
    return None
