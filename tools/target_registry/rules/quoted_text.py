"""a whole text stands in quotation marks

Why: a Chinese keyboard types “” where YAML would have "". They become part of the text and go into the form, and a
figure within them is no promise but a quotation.

Bad:
    target: “新增进出口经营权备案登记企业10000家”

Good:
    target: 新增进出口经营权备案登记企业10000家
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import fields
from target_registry.model import Finding, Level, Message, Registry
from target_registry.patterns import lazy

CODE = "quoted-text"
LEVEL = Level.WARNING
WAIVABLE = True

_QUOTED = lazy(r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|＂[^＂]*＂|＇[^＇]*＇|\"[^\"]*\"")
STARTS = frozenset(("“", "‘", "「", "『", "＂", "＇", '"'))
"""Signs that a quotation begins with."""
PLAIN = "“[^”\n]*”"
"""Those of them that a plain file can hold."""


def is_quoted(text: str) -> bool:
    """Whether a text is one quotation."""
    return text[:1] in STARTS and _QUOTED.fullmatch(text) is not None


def check(registry: Registry) -> Iterator[Finding]:
    """Find texts that are one quotation."""
    for where, text in fields.texts(registry):
        if is_quoted(text):
            yield Finding(
                CODE,
                LEVEL,
                where,
                Message("the whole text stands in {marks}", marks=text[0] + text[-1]),
                Message("delete the {marks} around it", marks=text[0] + text[-1]),
            )
