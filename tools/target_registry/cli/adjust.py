"""``targets adjust BASE``: the adjustment record of one's own changes, filled in but for the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from target_registry.cli import output
from target_registry.cli.comparing import as_of_option, day_of, one_revision, reviewed
from target_registry.cli.context import Context
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.model import IDENTIFIER, Message
from target_registry.sources import EnvironmentFault


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
        from target_registry.approvals import drafts
        from target_registry.sources.worktree import make_folder, remove, write

        one_revision(
            base,
            lambda one, _: Message(
                "{range} names two revisions, and records are written into the working tree; write targets adjust {base}",
                range=base,
                base=one,
            ),
        )
        if slug is not None and not (IDENTIFIER.match(slug) and len(slug) <= drafts.LONGEST):
            message = Message("{slug} is no slug: small letters and digits, parted by hyphens", slug=slug)
            raise EnvironmentFault(message)
        texts = {"reason": reason, "basis": basis, "requested_by": by}
        given = {key: " ".join(text.split()) for key, text in texts.items() if text and text.strip()}
        today = day_of(day) or date.today()  # noqa: DTZ011  the day of the person who asks
        with reviewed(context, base, None, as_of=as_of, only_mine=True) as review:
            proposals = [plan.proposal for plan in review.plans]
            sides = (review.pair.base, review.pair.head)
            taken = {path for proposal in proposals for side in sides for path in side.records(proposal.plan)}
        if broken := tuple(record.path for proposal in proposals for record in proposal.unreadable):
            output.complain(
                say.tell(Message("{paths} can't be read: mend it first; nothing was written", paths=broken))
            )
            return 1
        made = [record for proposal in proposals for record in drafts.draft(proposal, today, given, slug, taken)]
        files = {record.path: record.data for record in made}
        stale = [path for record in made for path in record.replaces]
        stale += [path for proposal in proposals for path in drafts.needless(proposal)]
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
        if any(record.lacks_reason for record in made):
            output.write(
                terminal(
                    say.tell(Message("now write the reason into it, then run {command}", command=_check(base, as_of)))
                )
                + "\n"
            )
        if not files and not gone:
            plans = [proposal.plan for proposal in proposals if not proposal.needs_records]
            output.write(_nothing(plans, say) + "\n")
        return 0

    return adjust


def _nothing(plans: Sequence[str], say: Speech) -> str:
    if plans:
        return terminal(
            say.tell(Message("plan {plans} is a draft and needs no adjustment records", plans=tuple(plans)))
        )
    return say.tell(Message("no change needs an adjustment record"))


def _check(base: str, as_of: str | None) -> str:
    """The check that proves the records, by the same day."""
    return f"targets check --base {base}" + (f" --as-of {as_of}" if as_of else "")
