"""two targets of a plan have one slug

Why: the slug is a target's identity through the year. With two of them nobody can say
which target a change or a waiver is about.

Bad:
    targets/2018/05-exports.yaml
    targets/2018/06-exports.yaml

Good:
    targets/2018/05-own-brand-exports.yaml
    targets/2018/06-export-share.yaml
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Registry

CODE = "duplicate-slug"
LEVEL = Level.ERROR
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find targets whose slug, case and width aside, an earlier file of the plan has."""
    for plan in registry.plans:
        first: dict[str, str] = {}
        for target in plan.targets:
            slug = unicodedata.normalize("NFKC", target.slug).casefold()
            if slug in first and slug:  # a name without one has a finding of its own
                yield Finding(
                    CODE,
                    LEVEL,
                    target.at(),
                    Message("the slug {slug} is taken by {path}", slug=target.slug, path=first[slug]),
                    Message("give one of the two files another slug, or delete the copy"),
                )
            first.setdefault(slug, target.path)
