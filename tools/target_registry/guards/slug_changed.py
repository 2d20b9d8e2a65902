"""a target's slug is another one

Why: the slug is the identity: it connects a target with its history, its waivers and its adjustment
records.

Before:
    slug: new-traders

After:
    slug: new-companies
"""

from __future__ import annotations

from target_registry.guards.case import Case
from target_registry.model import About, Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "slug-changed"
MIRROR = "slug-changed"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if change.subject is Subject.TARGET and change.route == (About.SLUG,):
        return Verdict(
            CODE,
            Severity.CRITICAL,
            Message(
                "the target is called {after} now; its history is found under {before} only",
                before=str(change.before),
                after=str(change.after),
            ),
        )
    return None
