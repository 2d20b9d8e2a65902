"""two plans are for one department and one year

Why: a department has one form a year. Two of them would be summed, tabled and approved
side by side.

Bad:
    # both in targets/2018/plan.yaml and targets/2018/commerce/plan.yaml
    department: 省商务厅
    year: 2018

Good:
    # only in targets/2018/commerce/plan.yaml
    department: 省商务厅
    year: 2018
"""

from __future__ import annotations

from collections.abc import Iterator

from target_registry.model import Finding, Level, Message, Registry

CODE = "duplicate-plan"
LEVEL = Level.ERROR
WAIVABLE = False


def check(registry: Registry) -> Iterator[Finding]:
    """Find plans whose department and year an earlier plan has."""
    first: dict[tuple[object, object], str] = {}
    for plan in registry.plans:
        identity = (plan.values.get("year"), plan.values.get("department"))
        if None in identity:
            continue
        if identity in first:
            yield Finding(
                CODE,
                LEVEL,
                plan.at("department"),
                Message("{path} is a plan of the same department and year", path=first[identity]),
                Message("delete one of the two, or correct its department or year"),
            )
        first.setdefault(identity, plan.path)
