"""One judgement of a registry a file; here is the list of them, and nothing else knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from target_registry import faults, manual
from target_registry.manual import Documented, Manual
from target_registry.model import Finding, Level, Registry, Route


class Rule(Documented, Protocol):
    """A module that judges a registry."""

    def check(self, registry: Registry) -> Iterable[Finding]:
        """Find what is wrong. Pure: no file is read, no order of calls assumed."""


class Review(Documented, Protocol):
    """A module that judges what the rules found, before waivers take their findings out."""

    def review(self, registry: Registry, findings: Sequence[Finding]) -> Iterable[Finding]:
        """Find what is wrong."""


class _Modules(Mapping[str, Any]):
    """Modules of this package by their codes, each imported when it is asked for: a sound registry needs few of them."""

    def __init__(self, *codes: str) -> None:
        self._codes: dict[str, Any] = dict.fromkeys(codes)

    def __getitem__(self, code: str) -> Any:
        module = self._codes[code]
        if module is None:
            module = self._codes[code] = import_module(f"{__name__}.{code.replace('-', '_')}")
        return module

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


OF_TARGETS = _Modules(
    "misnamed-file",
    "measure-contradicts-sentence",
    "measure-contradicts-category",
    "half-year-beyond",
    "as-filed-mismatch",
    "half-year-missing",
    "half-year-needless",
    "figure-missing",
    "measure-missing",
    "basis-unissued",
    "verification-repeats-basis",
    "unbalanced-brackets",
    "document-number-brackets",
    "closing-punctuation",
    "quoted-text",
    "unverifiable-wording",
    "variant-wording",
    "unfilled",
)
"""Rules that look at each target, and each plan's own texts, by itself: whatever else the registry holds."""
OF_PLANS = _Modules(
    "duplicate-number",
    "duplicate-slug",
    "duplicate-sentence",
    "unknown-key-work",
    "empty-key-work",
    "duplicate-key-work",
    "key-work-order",
    "numbered-key-work",
    "weights-total",
    "weight-step",
    "weight-range",
    "plan-folder",
    "title-mismatch",
    "number-gap",
    "weight-outlier",
    "waiver-unknown",
    "waiver-unexplained",
    "adjustment-misnamed",
    "ladder-conflict",
    "approval-half-stated",
)
"""Rules that look at each plan with its targets by itself, and at files out of place."""
OF_REGISTRIES = _Modules(
    "stray-file",
    "duplicate-plan",
    "outdated-schema",
    "replaces-unknown",
)
"""Rules that compare plans, or look at what belongs to none."""
RULES: Mapping[str, Rule] = _Modules(*OF_TARGETS, *OF_PLANS, *OF_REGISTRIES)
REVIEWS: Mapping[str, Review] = _Modules("waiver-unused")
ALL: Mapping[str, Documented] = _Modules(*RULES, *REVIEWS)


@cache
def waivable() -> frozenset[str]:
    """The codes of the rules that a plan may set aside for one target."""
    return frozenset(code for code, rule in ALL.items() if rule.WAIVABLE)


def judge(registry: Registry) -> list[Finding]:
    """All findings of all rules, but for those that the plans waive, and those about a text that is still to be filled in."""
    return settle(registry, find(registry, RULES))


def find(registry: Registry, codes: Iterable[str]) -> list[Finding]:
    """What some of the rules find, before anything is waived."""
    return [finding for code in codes for finding in RULES[code].check(registry)]


def settle(registry: Registry, found: list[Finding]) -> list[Finding]:
    """What is left of all the rules' findings once waivers count, with what is to be said of the waivers.

    Args:
        registry: its plans with their waivers; of their targets only slugs, paths and whether they could be read matter.
        found: what the rules found.
    """
    if any(plan.waivers for plan in registry.plans):
        found = [*found, *(finding for review in REVIEWS.values() for finding in review.review(registry, found))]
        found = list(_unwaived(registry, found))
    blanks = {_cell(finding) for finding in found if finding.code == _UNFILLED}
    return [f for f in found if f.code == _UNFILLED or _cell(f) not in blanks] if blanks else found


_UNFILLED = "unfilled"


def _cell(finding: Finding) -> tuple[str, Route]:
    route = finding.where.route
    return finding.where.path, route[: 2 if route[:1] == ("key_works",) else 1]


def _unwaived(registry: Registry, found: Iterable[Finding]) -> Iterator[Finding]:
    waived = {
        (waiver.rule, target.path)
        for plan in registry.plans
        for waiver in plan.waivers
        for target in plan.targets
        if target.slug == waiver.target
    }
    for finding in found:
        if (finding.code, finding.where.path) not in waived:
            yield finding


def manuals() -> Mapping[str, tuple[Level, Manual]]:
    """The level and the documentation of every code a check can give, sorted by code."""
    documented = {
        code: (Level.WARNING if code in faults.WARNINGS else Level.ERROR, text) for code, text in faults.MANUALS.items()
    }
    documented |= {rule.CODE: (rule.LEVEL, manual.documentation(rule)) for rule in ALL.values()}
    return {code: (level, manual.parse(text)) for code, (level, text) in sorted(documented.items())}
