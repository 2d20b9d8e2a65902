"""a document number's year stands in other brackets than 〔〕

Why: GB/T 9704-2012, the standard for the format of official documents, sets the year of a
document number in the brackets 〔〕 (U+3014 and U+3015). With others, the same document
can't be found by searching.

Bad:
    basis: 浙政办发﹝2018﹞14号第2页

Good:
    basis: 浙政办发〔2018〕14号第2页
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import fields
from target_registry.model import Finding, Level, Message, Registry
from target_registry.patterns import lazy

CODE = "document-number-brackets"
LEVEL = Level.WARNING
WAIVABLE = True

_PAIRS = ("[]", "（）", "()", "﹝﹞", "【】", "［］", "〖〗", "<>", "〈〉", "「」")
_NUMBER = lazy(
    r"([^\W\d_]{1,12})\s*([\[（(﹝【［〖〔<〈「])\s*([0-9]{4})\s*([\]）)﹞】］〗〕>〉」])\s*第?([0-9]+)\s*号"
)


OPENING = frozenset(pair[0] for pair in _PAIRS)
"""One of these stands before the year of a number that this rule reports."""


def check(registry: Registry) -> Iterator[Finding]:
    """Find document numbers in other brackets; one finding a cell."""
    for where, text in fields.texts(registry):
        for found in _NUMBER.finditer(text):
            if found[2] + found[4] in _PAIRS:
                yield Finding(
                    CODE,
                    LEVEL,
                    where,
                    Message(
                        "the document number {found} has its year in {brackets}",
                        found=found[0],
                        brackets=found[2] + found[4],
                    ),
                    Message("write {right}, as GB/T 9704-2012 has it", right=f"{found[1]}〔{found[3]}〕{found[5]}号"),
                )
                break
