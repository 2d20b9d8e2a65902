"""a key work's title starts with a number

Why: the form prints each key work's number from its place in the list, so that one in the title is printed a second
time: 一、一、推进.

Bad:
    key_works:
      - id: opening-up
        title: 一、召开全省对外开放大会

Good:
    key_works:
      - id: opening-up
        title: 召开全省对外开放大会
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import fields
from target_registry.model import Finding, Level, Message, Registry
from target_registry.patterns import lazy

CODE = "numbered-key-work"
LEVEL = Level.WARNING
WAIVABLE = False

# 3.15 is a day, and 一、二、三产业 are three things.
_NO_NUMBER = lazy(r"[^、．.，,]*(?:[．.，,][0-9０-９]|、[一二三四五六七八九十]+[、和及产])")
STARTS = frozenset("(（0123456789０１２３４５６７８９〇零○一二两三四五六七八九十百")
"""Signs that a number begins with."""
_MOST = 200
"""Key works of a plan; a larger number is a year."""


def number_of(title: str) -> str:
    """The number that a title starts with, as it stands there; empty where it starts with none."""
    if title[:1] not in STARTS:
        return ""
    number, rest = fields.parse_key_work(title)
    if number is None or number > _MOST or _NO_NUMBER.match(title):
        return ""
    return title[: title.find(rest)].strip() or str(number)


def check(registry: Registry) -> Iterator[Finding]:
    """Look at the titles of key works."""
    for plan in registry.plans:
        for work in plan.key_works:
            if number := number_of(work.title):
                yield Finding(
                    CODE,
                    LEVEL,
                    plan.at("key_works", work.position - 1, "title"),
                    Message("the title starts with {number}, and the form prints a number before it", number=number),
                    Message("delete {number}; the place in the list is the key work's number", number=number),
                )
