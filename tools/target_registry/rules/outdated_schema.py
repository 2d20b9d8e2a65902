"""the registry's copy of a schema differs from the tool's

Why: editors show hints by the registry's copy, and the check judges by the tool's own. A
change of the copy alone changes what people are told, not what is accepted.

Bad:
    schema/target.schema.json        # edited here, or from another version of the tool

Good:
    schema/target.schema.json        # the file that comes with the tool
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Registry, Where

CODE = "outdated-schema"
LEVEL = Level.WARNING
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Report the copies that loading found to differ."""
    for path in registry.outdated_schemas:
        yield Finding(
            CODE,
            LEVEL,
            Where(path),
            Message("this schema differs from the one the check judges by"),
            Message("replace it by the tool's own, or install the tool's version that it belongs to"),
        )
