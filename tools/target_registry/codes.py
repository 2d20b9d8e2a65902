"""Every code that a finding or a change can have, with its documentation."""

from __future__ import annotations

from collections.abc import Mapping

from target_registry import approvals, guards, manual, rules
from target_registry.manual import Manual
from target_registry.model import Level


def of_findings() -> Mapping[str, tuple[Level, Manual]]:
    """The level and the documentation of every code that a check can give, sorted by code."""
    found = {**rules.manuals(), **of_approvals()}
    return dict(sorted(found.items()))


def of_approvals() -> Mapping[str, tuple[Level, Manual]]:
    """Of these, what a check against a base can give."""
    return {
        code: (module.LEVEL, manual.parse(manual.documentation(module)))
        for code, module in sorted(approvals.APPROVALS.items())
    }


def of_changes() -> Mapping[str, Manual]:
    """The documentation of every code that a change can have, sorted by code."""
    return {code: manual.parse(manual.documentation(module)) for code, module in sorted(guards.GUARDS.items())}
