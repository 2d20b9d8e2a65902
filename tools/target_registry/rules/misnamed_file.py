"""a file's name isn't a number and a slug

Why: the name is the target's identity. Number and slug are read from it and stand nowhere
else, so a name that can be read in two ways is a target that can be lost.

Bad:
    targets/2018/5-Own_Brand.yml

Good:
    targets/2018/05-own-brand.yaml
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator

from target_registry.model import LAST_NUMBER, LONGEST_SLUG, Finding, Level, Message, Registry, Where, file_name

CODE = "misnamed-file"
LEVEL = Level.ERROR
WAIVABLE = True


def check(registry: Registry) -> Iterator[Finding]:
    """Find plan and target files with names of another form."""
    for plan in registry.plans:
        if not plan.path.endswith("/plan.yaml"):
            name = posixpath.basename(plan.path)
            message = Message("{name} is not a plan's file name", name=name)
            yield Finding(CODE, LEVEL, Where(plan.path), message, _rename("plan.yaml"))
        for target in plan.targets:
            if not target.well_named:
                name = posixpath.basename(target.path)
                slug = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKC", target.slug).casefold()).strip("-")
                is_number = target.number is not None and 0 < target.number <= LAST_NUMBER
                better = file_name(target.number or 0, slug) if slug and is_number else None
                hint = _FORM
                if better and better != name:
                    hint = Message(
                        "rename it to {name}; where there is such a file, compare the two and delete one", name=better
                    )
                if len(slug) > LONGEST_SLUG:
                    hint = Message("give it a slug of at most {limit} characters", limit=LONGEST_SLUG)
                yield Finding(
                    CODE,
                    LEVEL,
                    target.at(),
                    Message("{name} is not a target's file name", name=name),
                    hint,
                )


_FORM = Message(
    "name it by its number, from 01 to {last}, a hyphen, and a slug of a-z, 0-9 and hyphens, then .yaml",
    last=LAST_NUMBER,
)


def _rename(name: str) -> Message:
    return Message("rename it to {name}", name=name)
