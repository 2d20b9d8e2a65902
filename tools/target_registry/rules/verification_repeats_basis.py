"""the verification standard only repeats the basis

Why: the basis says why the target is set, the verification standard what will prove it.
The same words in both cells prove nothing.

Bad:
    basis: 商务部下发文件（待发）
    verification: 商务部下发文件（待发）

Good:
    basis: 商务部下发文件（待发）
    verification: 商务部通报的任务完成情况
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry import fields
from target_registry.model import Finding, Level, Message, Registry

CODE = "verification-repeats-basis"
LEVEL = Level.WARNING
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Compare the two cells by their letters and figures alone."""
    for target in registry.targets:
        if fields.unfilled(target.text("basis")):
            continue  # last year's, with a mark beside it
        if repeats(target.text("verification"), target.text("basis")):
            yield Finding(
                CODE,
                LEVEL,
                target.at("verification"),
                Message("the verification standard only repeats the basis"),
                Message("say which document, figure or event will show that the target is reached"),
            )


def repeats(verification: str, basis: str) -> bool:
    """Whether a verification says nothing that its basis doesn't say, but for punctuation and blanks."""
    for char in verification:
        if char not in basis and char.isalnum():
            return False  # most differ in one of the first signs
    said, base = _letters(verification), _letters(basis)
    return bool(said) and (said == base or (len(said) > 3 and said in base))


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
