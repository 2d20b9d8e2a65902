"""a key work's title is reworded

Why: the heading is a promise too, and some hold figures.

Before:
    key_works: [{id: one, title: 全省城乡生活垃圾回收利用率达30%以上}]

After:
    key_works: [{id: one, title: 推进全省城乡生活垃圾回收利用}]
"""

from __future__ import annotations

from target_registry.commitments import Order, sentences
from target_registry.guards import effects
from target_registry.guards.case import Case
from target_registry.model import Message
from target_registry.verdicts import Change, Severity, Subject, Verdict

CODE = "key-work-reworded"
MIRROR = "key-work-reworded"


def judge(change: Change, case: Case) -> Verdict | None:
    """Judge one change; None where it is of another kind."""
    if (
        change.subject is Subject.PLAN
        and change.route[:1] == ("key_works",)
        and change.route[2:] == ("title",)
        and case.compare(change).order is not Order.SAME
    ):
        comparison = sentences.compare(str(change.before), str(change.after), case.ladders)
        if comparison.order is Order.WEAKER or comparison.weakens:
            return Verdict(CODE, Severity.MATERIAL, effects.weakened(comparison))
        return Verdict(CODE, Severity.MATERIAL, Message("the key work says something else"))
    return None
