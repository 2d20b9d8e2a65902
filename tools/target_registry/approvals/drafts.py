"""The adjustment records that a proposal needs, filled in but for the reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from target_registry.approvals.proposal import Proposal, recorded
from target_registry.documents.writer import emit_record
from target_registry.model import IDENTIFIER, Judged, Severity

LONGEST = 60
"""Characters of a record's slug."""
_LONGEST_BASIS = 2000
_KEPT = ("reason", "basis", "requested_by")


class Draft(NamedTuple):
    """A record to be written.

    ``replaces`` are new records that it takes the place of, itself among them where it was there.
    """

    severity: Severity
    path: str
    data: bytes
    lacks_reason: bool
    replaces: tuple[str, ...]


def draft(
    proposal: Proposal,
    today: date,
    given: Mapping[str, str] | None = None,
    slug: str | None = None,
    taken: Collection[str] = (),
) -> list[Draft]:
    """One record for all critical, one for all material changes of a plan that is approved.

    What a new record of the same severity says already is kept.

    Args:
        proposal: the changes of one plan.
        today: the day of the request.
        given: texts that are known, by key: ``reason``, ``basis``, ``requested_by``.
        slug: what follows the date in the names; else that of the first target.
        taken: paths of records that are there already; those of this proposal aside, none is replaced.

    Raises:
        Unwritable: something in a record is no text.
    """
    own = {record.path for record in proposal.records}
    kept = frozenset(taken) - own
    severities = (Severity.CRITICAL, Severity.MATERIAL)
    found = [_draft(proposal, severity, today, given or {}, slug, kept) for severity in severities]
    return [made for made in found if made is not None]


def needless(proposal: Proposal) -> list[str]:
    """Paths of new records of severities that no change has any more."""
    if not proposal.needs_records:
        return []
    needed = {item.severity.value for item in proposal.recordable}
    return [record.path for record in proposal.records if record.folder not in needed and record.readable]


def _draft(
    proposal: Proposal,
    severity: Severity,
    today: date,
    given: Mapping[str, str],
    slug: str | None,
    taken: Collection[str],
) -> Draft | None:
    items = [item for item in proposal.recordable if item.severity is severity]
    plan = proposal.new if proposal.new is not None and proposal.new.blob else proposal.old
    if not proposal.needs_records or not items or plan is None:
        return None
    existing = [record for record in proposal.records if record.folder == severity.value]
    old = existing[0] if existing else None
    day = today.isoformat()
    if old is not None and not given and slug is None:
        path, day = old.path, old.texts.get("date", day)
    else:
        path = _free_path(taken, f"targets/{plan.id}/adjustments/{severity.value}/{day}-{slug or _slug(items)}")
    texts: dict[str, str | None] = {
        "reason": None,
        "basis": _basis(proposal, items),
        "requested_by": str(plan.values.get("department", "")) or None,
        **({key: old.texts[key] for key in _KEPT if key in old.texts} if old else {}),
        **given,
        "date": day,
    }
    data = emit_record(texts, [_entry(item) for item in items], path)
    return Draft(severity, path, data, texts["reason"] is None, tuple(record.path for record in existing))


def _free_path(taken: Collection[str], stem: str) -> str:
    """A name that no record of an earlier proposal has."""
    path, extra = f"{stem}.yaml", 2
    while path in taken:
        path, extra = f"{stem}-{extra}.yaml", extra + 1
    return path


def _entry(item: Judged) -> dict[str, Any]:
    change = item.change
    said = {
        "target": change.target,
        "field": change.field,
        "from": recorded(change.before),
        "to": recorded(change.after),
    }
    return {key: value for key, value in said.items() if value is not None}


def _slug(items: Sequence[Judged]) -> str:
    slugs = [item.change.target for item in items if item.change.target and IDENTIFIER.match(item.change.target)]
    return slugs[0][:LONGEST].strip("-") if slugs else "plan"


def _basis(proposal: Proposal, items: Sequence[Judged]) -> str | None:
    """The documents that the targets rest on, each once."""
    slugs = {item.change.target for item in items if item.change.target}
    found = dict.fromkeys(
        target.text("basis")
        for side in (proposal.new, proposal.old)
        for target in (side.targets if side else ())
        if target.slug in slugs and target.text("basis")
    )
    return re.sub(r"\s+", " ", "；".join(found))[:_LONGEST_BASIS].strip() or None
