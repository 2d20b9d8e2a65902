"""``targets adjust BASE``: the adjustment record of one's own changes, filled in but for the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from target_registry.cli import output
from target_registry.cli.comparing import as_of_option, day_of, reviewed
from target_registry.cli.context import Context
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.model import IDENTIFIER, Adjustment, Judged, Message, Severity
from target_registry.sources import EnvironmentFault

if TYPE_CHECKING:
    from target_registry.review import PlanReview

_LONGEST = 60


def command(say: Speech) -> click.Command:
    """Build the command in one language."""

    @click.command(
        "adjust",
        help=say(
            "Write the adjustment records that the changes since BASE need: one for the critical, one for the "
            "material ones of each approved plan, with everything filled in but the reason.\n\n"
            "Run again after further changes, it brings the records up to date and keeps what was written into them. "
            "Without BASE the last commit is meant."
        ),
    )
    @click.argument("base", metavar="[BASE]", default="HEAD")
    @click.option("--reason", metavar=say("TEXT"), help=say("Why; else to be written into the file."))
    @click.option("--basis", metavar=say("TEXT"), help=say("The document it rests on; else that of the targets."))
    @click.option("--by", metavar=say("TEXT"), help=say("Who asks; else the plan's department."))
    @click.option("--date", "day", metavar="DATE", help=say("The day of the request; else today."))
    @click.option("--slug", metavar="SLUG", help=say("What follows the date in the record's name."))
    @as_of_option(say)
    @click.pass_obj
    def adjust(
        context: Context,
        base: str,
        reason: str | None,
        basis: str | None,
        by: str | None,
        day: str | None,
        slug: str | None,
        as_of: str | None,
    ) -> int:
        from target_registry.sources.worktree import make_folder, remove, write

        if slug is not None and not (IDENTIFIER.match(slug) and len(slug) <= _LONGEST):
            message = Message("{slug} is no slug: small letters and digits, parted by hyphens", slug=slug)
            raise EnvironmentFault(message)
        texts = {"reason": reason, "basis": basis, "requested_by": by}
        given = {key: " ".join(text.split()) for key, text in texts.items() if text and text.strip()}
        today = day_of(day) or date.today()  # noqa: DTZ011  the day of the person who asks
        files: dict[str, bytes] = {}
        stale: list[str] = []
        open_reason = False
        with reviewed(context, base, None, as_of=as_of) as review:
            for plan in review.plans:
                for severity in (Severity.CRITICAL, Severity.MATERIAL):
                    made = _record(plan, severity, given, today, slug)
                    if made is None:
                        continue
                    path, data, others = made
                    files[path] = data
                    open_reason = open_reason or b"\nreason: #" in data or data.startswith(b"reason: #")
                    stale += others
                stale += _needless(plan)
            drafts = [plan.id for plan in review.plans if not plan.proposal.needs_records]
        root = context.root
        before = {path: Path(root, path).read_bytes() if Path(root, path).is_file() else None for path in files}
        for path, data in files.items():
            if before[path] != data:
                make_folder(root, Path(root, path).parent)
                write(Path(root, path), data)
        gone = [path for path in dict.fromkeys(stale) if path not in files]
        for path in gone:
            remove(Path(root, path))
        for path, data in files.items():
            said = (
                Message("as it should be: {path}", path=path)
                if before[path] == data
                else Message("written: {path}", path=path)
            )
            output.write(terminal(say.tell(said)) + "\n")
        for path in gone:
            output.write(
                terminal(say.tell(Message("deleted, for it asks for nothing any more: {path}", path=path))) + "\n"
            )
        if open_reason:
            output.write(
                say.tell(Message("now write the reason into it, then run targets check --base {base}", base=base))
                + "\n"
            )
        if not files and not gone:
            output.write(_nothing(drafts, say) + "\n")
        return 0

    return adjust


def _nothing(drafts: Sequence[str], say: Speech) -> str:
    if drafts:
        return terminal(
            say.tell(Message("plan {plans} is a draft and needs no adjustment records", plans=tuple(drafts)))
        )
    return say.tell(Message("no change needs an adjustment record"))


def _new_records(plan: PlanReview, severity: Severity) -> list[Adjustment]:
    return [record for record in plan.proposal.records if record.folder == severity.value]


def _record(
    plan: PlanReview, severity: Severity, given: Mapping[str, str], today: date, slug: str | None
) -> tuple[str, bytes, list[str]] | None:
    """The one record of a plan's changes of one severity: its path, its bytes, and records that it takes the place of."""
    from target_registry.documents.writer import emit_record

    if not plan.proposal.needs_records or plan.plan is None:
        return None
    items = [item for item in plan.proposal.recordable if item.severity is severity]
    existing = _new_records(plan, severity)
    if not items:
        return None
    old = existing[0] if existing else None
    day = today.isoformat()
    if old is not None and not given and slug is None:
        path = old.path
        day = old.texts.get("date", day)
    else:
        name = slug or _slug(items)
        path = f"targets/{plan.plan.id}/adjustments/{severity.value}/{day}-{name}.yaml"
        taken = {record.path for record in existing}
        before = {record.path for record in (plan.old.adjustments if plan.old else ())}
        extra = 2
        while path in before - taken:
            path = f"targets/{plan.plan.id}/adjustments/{severity.value}/{day}-{name}-{extra}.yaml"
            extra += 1
    texts = {
        "reason": None,
        "basis": _basis(plan, items),
        "requested_by": str(plan.plan.values.get("department", "")) or None,
        **({key: old.texts[key] for key in ("reason", "basis", "requested_by") if key in old.texts} if old else {}),
        **given,
        "date": day,
    }
    data = emit_record(texts, [_asked(item) for item in items], path)
    return path, data, [record.path for record in existing]


def _needless(plan: PlanReview) -> list[str]:
    """New records of severities that no change has any more."""
    needed = {item.severity.value for item in plan.proposal.recordable} if plan.proposal.needs_records else set()
    if not plan.proposal.needs_records:
        return []
    return [record.path for record in plan.proposal.records if record.folder not in needed and record.readable]


def _asked(item: Judged) -> dict[str, Any]:
    from target_registry.approvals.proposal import recorded

    change = item.change
    entry = {
        "target": change.target,
        "field": change.field,
        "from": recorded(change.before),
        "to": recorded(change.after),
    }
    return {key: value for key, value in entry.items() if value is not None}


def _slug(items: Sequence[Judged]) -> str:
    slugs = [slug for slug in dict.fromkeys(item.change.target for item in items) if slug and IDENTIFIER.match(slug)]
    return slugs[0][:_LONGEST].strip("-") if slugs else "plan"


def _basis(plan: PlanReview, items: Sequence[Judged]) -> str | None:
    """The documents that the targets rest on, each once."""
    slugs = {item.change.target for item in items if item.change.target}
    found = dict.fromkeys(
        target.text("basis")
        for side in (plan.new, plan.old)
        for target in (side.targets if side else ())
        if target.slug in slugs and target.text("basis")
    )
    joined = "；".join(found)
    return re.sub(r"\s+", " ", joined)[:2000].strip() or None
