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
        basis, verification = (_letters(target.text(key)) for key in ("basis", "verification"))
        if verification and (verification == basis or (len(verification) > 3 and verification in basis)):
            yield Finding(
                CODE,
                LEVEL,
                target.at("verification"),
                Message("the verification standard only repeats the basis"),
                Message("say which document, figure or event will show that the target is reached"),
            )


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
