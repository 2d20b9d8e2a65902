"""Findings for people: one line each with its place, then the cure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from target_registry import limits
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.model import Counted, Finding, Level, Message

if TYPE_CHECKING:
    from target_registry.reports import Report

LEVELS = {Level.ERROR: Message("error"), Level.WARNING: Message("warning"), Level.INFO: Message("note")}


def render(report: Report, speech: Speech, style: Callable[[str, str], str]) -> str:
    """One finding after the other, then what was checked and how much was found."""
    found = [line for finding in fewer(report.findings) for line in lines(finding, speech, style)]
    return "\n".join([*found, summary(report, speech), *_errors(report, speech)]) + "\n"


_SCREEN = 10
"""Findings that a person sees at a glance."""
_NAMED = 5


def _errors(report: Report, speech: Speech) -> list[str]:
    """Where the errors are, if there are so many warnings that these hide them."""
    errors = [finding for finding in report.findings if finding.level is Level.ERROR]
    if not errors or len(report.findings) <= _SCREEN or len(errors) == len(report.findings):
        return []
    places = [f"{finding.where.path}:{finding.line}" for finding in errors[:_NAMED]]
    if len(errors) > _NAMED:
        message = Message("errors, the first {n} of them: {paths}", n=_NAMED, paths=tuple(places))
    else:
        message = Message("errors: {paths}", paths=tuple(places))
    return [terminal(speech.tell(message))]


def fewer(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings that a person is shown: of very many of one kind in a file some, and how many there are beside.

    Where there are very many of the kind in other files already, one of each further file.
    """
    all_of = Counter((finding.where.path, finding.code) for finding in findings)
    most: dict[tuple[str, str], int] = {}
    seen: Counter[tuple[str, str]] = Counter()
    listed: Counter[str] = Counter()
    for finding in findings:
        kind = finding.where.path, finding.code
        room = most.setdefault(kind, limits.FINDINGS_A_FILE if listed[finding.code] < limits.FINDINGS_A_PLAN else 1)
        seen[kind] += 1
        beside = all_of[kind] - room
        if seen[kind] <= room or beside == 1:
            listed[finding.code] += 1
            yield finding
        elif seen[kind] == all_of[kind]:
            told = Counted("{n} more of this kind isn't listed", "{n} more of this kind aren't listed", beside)
            yield finding._replace(
                message=told,
                hint=Message("mend the listed ones first; {option} lists them all", option="--format json"),
            )


def lines(finding: Finding, speech: Speech, style: Callable[[str, str], str]) -> list[str]:
    """One finding: its place and what it is, then the cure."""
    place = terminal(f"{finding.where.path}:{finding.line}:{finding.column}")
    level = style(f"{speech.tell(LEVELS[finding.level])}[{finding.code}]", finding.level.value)
    said = [f"{style(place, 'place')}: {level} {terminal(speech.tell(finding.message))}"]
    if finding.hint:
        hint = speech.tell(Message("cure: {hint}", hint=finding.hint))
        said.append(style(f"    {terminal(hint)}", "hint"))
    return said


def summary(report: Report, speech: Speech) -> str:
    """One sentence: how much was checked and how much was found."""
    told = speech.tell(
        Message(
            "{plans}, {targets}: {errors}, {warnings}",
            plans=Counted("{n} plan", "{n} plans", report.plans),
            targets=Counted("{n} target", "{n} targets", report.targets),
            errors=Counted("{n} error", "{n} errors", report.number_of(Level.ERROR)),
            warnings=Counted("{n} warning", "{n} warnings", report.number_of(Level.WARNING)),
        )
    )
    if not report.waived:
        return told
    waivers = Counted("{n} waiver", "{n} waivers", report.waived)
    return speech.tell(Message("{summary}; {waivers}", summary=told, waivers=waivers))
