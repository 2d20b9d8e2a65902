"""One judgement of a registry a file; here is the list of them, and nothing else knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from target_registry import faults, manual
from target_registry.manual import Documented, Manual
from target_registry.model import Finding, Level, Registry


class Rule(Documented, Protocol):
    """A module that judges a registry."""

    def check(self, registry: Registry) -> Iterable[Finding]:
        """Find what is wrong. Pure: no file is read, no order of calls assumed."""


class Review(Documented, Protocol):
    """A module that judges what the rules found, before waivers take their findings out."""

    def review(self, registry: Registry, findings: Sequence[Finding]) -> Iterable[Finding]:
        """Find what is wrong."""


from target_registry.rules import (  # noqa: E402  the modules are typed by the protocols above
    adjustment_misnamed,
    as_filed_mismatch,
    basis_unissued,
    closing_punctuation,
    document_number_brackets,
    duplicate_key_work,
    duplicate_number,
    duplicate_plan,
    duplicate_slug,
    empty_key_work,
    figure_missing,
    half_year_beyond,
    half_year_missing,
    half_year_needless,
    ladder_conflict,
    measure_contradicts_category,
    measure_contradicts_sentence,
    measure_missing,
    misnamed_file,
    number_gap,
    outdated_schema,
    plan_folder,
    replaces_unknown,
    stray_file,
    title_mismatch,
    unbalanced_brackets,
    unfilled,
    unknown_key_work,
    unverifiable_wording,
    variant_wording,
    verification_repeats_basis,
    waiver_unknown,
    waiver_unused,
    weight_outlier,
    weight_range,
    weight_step,
    weights_total,
)

RULES: Mapping[str, Rule] = {
    module.CODE: module
    for module in (
        misnamed_file,
        duplicate_number,
        duplicate_slug,
        stray_file,
        unknown_key_work,
        empty_key_work,
        duplicate_key_work,
        weights_total,
        weight_step,
        weight_range,
        measure_contradicts_sentence,
        measure_contradicts_category,
        half_year_beyond,
        plan_folder,
        title_mismatch,
        duplicate_plan,
        as_filed_mismatch,
        number_gap,
        half_year_missing,
        half_year_needless,
        figure_missing,
        measure_missing,
        basis_unissued,
        verification_repeats_basis,
        unbalanced_brackets,
        document_number_brackets,
        closing_punctuation,
        unverifiable_wording,
        weight_outlier,
        variant_wording,
        outdated_schema,
        waiver_unknown,
        adjustment_misnamed,
        ladder_conflict,
        unfilled,
        replaces_unknown,
    )
}
REVIEWS: Mapping[str, Review] = {waiver_unused.CODE: waiver_unused}
ALL: Mapping[str, Documented] = {**RULES, **REVIEWS}
WAIVABLE = frozenset(code for code, rule in ALL.items() if rule.WAIVABLE)


def judge(registry: Registry) -> list[Finding]:
    """All findings of all rules, those that the plans waive taken out."""
    found = [finding for rule in RULES.values() for finding in rule.check(registry)]
    found += [finding for review in REVIEWS.values() for finding in review.review(registry, found)]
    return list(_unwaived(registry, found))


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
    documented |= {rule.CODE: (rule.LEVEL, rule.__doc__ or "") for rule in ALL.values()}
    return {code: (level, manual.parse(text)) for code, (level, text) in sorted(documented.items())}
