"""a file below targets/ is neither a plan nor a target of one

Why: a file in the wrong place looks registered and is not: it counts in no table and no
weight. Every file below targets/ is either checked or reported.

Bad:
    targets/05-own-brand-exports.yaml
    targets/2018/notes.docx

Good:
    targets/2018/05-own-brand-exports.yaml
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Registry, Where

CODE = "stray-file"
LEVEL = Level.ERROR
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Report what loading could not place."""
    for stray in registry.strays:
        yield Finding(CODE, LEVEL, Where(stray.path), stray.reason, stray.hint)
