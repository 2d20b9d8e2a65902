"""Findings to bytes for people and machines: one format a file, and the list of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple, Protocol

from target_registry import limits
from target_registry.documents import MEND_FIRST, MORE
from target_registry.inventory import ROOT
from target_registry.language import Speech
from target_registry.model import Counted, Finding, Level, Where


class Report(NamedTuple):
    """What a check found.

    ``prefix`` leads from the repository's top to the registry's folder, with a slash at its
    end, or is empty: forges want paths from the top.
    """

    findings: Sequence[Finding]
    plans: int
    targets: int
    prefix: str = ""
    waived: int = 0

    def number_of(self, level: Level) -> int:
        """How many findings have a level."""
        return Counter(finding.level for finding in self.findings)[level]


def listed(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Findings as many as a report may hold, in their order; in the place of the others one that counts them.

    No error is left out for anything less. Formats for forges make some five copies of a report.
    """
    if len(findings) <= limits.LISTED:
        return findings
    levels = list(Level)
    worst_first = sorted(range(len(findings)), key=lambda at: levels.index(findings[at].level))
    others = worst_first[limits.LISTED :]
    told = Counted("{n} more finding isn't listed", "{n} more findings aren't listed", len(others))
    further = Finding(MORE, findings[others[0]].level, Where(ROOT), told, MEND_FIRST, 1, 1)
    return [*(findings[at] for at in sorted(worst_first[: limits.LISTED])), further]


class Format(Protocol):
    """A module that writes a report."""

    def render(self, report: Report, speech: Speech, style: Callable[[str, str], str]) -> str:
        """The whole output, a newline at its end.

        Args:
            report: what to say.
            speech: the language to say it in.
            style: colours a text for a terminal: (text, name of a style) to text.
        """


def plain(text: str, _: str) -> str:
    """No colour."""
    return text


FORMATS = ("text", "json", "github", "gitlab", "sarif")
"""Each a module of this package."""


def load(name: str) -> Format:
    """The module of a format, imported only now: some need what others don't."""
    if name not in FORMATS:
        raise ValueError(name)
    module: Format = import_module(f"{__name__}.{name}")
    return module
