"""Two texts of one file: a review, every report of it, and the check of the later one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from fuzz import promises
from fuzz.memory import PLAN, RECORD, ROOT, TARGET, Memory, files
from target_registry import reports, rules
from target_registry.load import load
from target_registry.reports import plain
from target_registry.reports import review as formats
from target_registry.review import review
from target_registry.snapshots import side_of
from target_registry.sources.overlay import Overlay

_PATHS = (TARGET, PLAN, RECORD)
_PARTED = b"\n=====\n"
_DAY = date(2018, 9, 1)


def seeds() -> Iterator[bytes]:
    """The cases' changed files, each alone and behind the file as it was."""
    known = files(approved=True)
    for number, path in enumerate(_PATHS):
        yield bytes([number]) + known[path]
    for found in sorted((ROOT / "tests" / "cases" / "changes").rglob("*.yaml")):
        number = 1 if found.name == "plan.yaml" else 2 if "adjustments" in found.parts else 0
        yield bytes([number]) + found.read_bytes()
        yield bytes([number]) + known[_PATHS[number]] + _PARTED + found.read_bytes()


def attempt(data: bytes) -> None:
    """Review what becomes of a target, a plan or a record, and check the registry as it is then.

    Raises:
        AssertionError: a promise is broken.
    """
    if not data:
        return
    path = _PATHS[data[0] % len(_PATHS)]
    before, parted, after = data[1:].partition(_PARTED)
    known = dict(files(approved=True))
    if parted:
        known[path] = before
    source = Memory(known)
    overlay = Overlay(source, {path: after if parted else before})
    found = review(side_of(source, _DAY), side_of(overlay, _DAY, "x"), _DAY)
    speech = promises.speeches()[len(data) % 2]
    for form in ("text", "json", "markdown", "github"):
        text = formats.load(form).render(found, speech, formats.Look(80, plain, "", "")).text
        promises.harmless(text)
        if form == "json":
            json.loads(text)
    loaded = load(overlay)
    located = loaded.located([*loaded.findings, *rules.judge(loaded.registry)])
    report = reports.Report(located, len(loaded.registry.plans), len(loaded.registry.targets))
    for form in reports.FORMATS:
        text = reports.load(form).render(report, speech, plain)
        promises.harmless(text)
        if form in ("json", "gitlab", "sarif"):
            json.loads(text)
