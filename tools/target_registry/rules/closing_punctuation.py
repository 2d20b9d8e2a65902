"""a cell ends with sentence punctuation

Why: the cells of the form are headings, not sentences; a full stop or comma at the end
shows that a text was cut or pasted, and makes equal cells unequal.

Bad:
    target: 鼓励推动30个具有示范和带动效应的跨国并购项目。

Good:
    target: 鼓励推动30个具有示范和带动效应的跨国并购项目
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import fields
from target_registry.model import Finding, Level, Message, Registry
from target_registry.patterns import lazy

CODE = "closing-punctuation"
LEVEL = Level.WARNING
WAIVABLE = True

_CLOSING = lazy(r"(?:[。．；;，,、：:！!？?]|(?<=[^\x00-\x7f])\.)\Z")
SIGNS = frozenset("。．；;，,、：:！!？?.")
"""What a text must end with for this rule to say something of it."""


def check(registry: Registry) -> Iterator[Finding]:
    """Find cells and headings that end with a full stop, comma or the like."""
    for where, text in fields.texts(registry):
        if found := _CLOSING.search(text):
            yield Finding(
                CODE,
                LEVEL,
                where,
                Message("the text ends with {sign}", sign=found[0]),
                Message("delete the {sign} at the end", sign=found[0]),
            )
