"""``targets adjust BASE``: the adjustment record of one's own changes, filled in but for the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from target_registry.cli import output
from target_registry.cli.comparing import as_of_option, day_of, one_revision, reviewed
from target_registry.cli.context import Context
from target_registry.cli.options import option
from target_registry.escape import terminal
from target_registry.language import Speech
from target_registry.model import EMPTY, IDENTIFIER, LONGEST_SLUG, Finding, Level, Message, Name
from target_registry.sources import EnvironmentFault, Source

if TYPE_CHECKING:
    from target_registry.approvals.drafts import Draft
    from target_registry.approvals.proposal import Proposal
    from target_registry.review import Review

_OPTIONS = {"reason": "--reason", "basis": "--basis", "requested_by": "--by"}


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
    @option("--reason", metavar=say("TEXT"), help=say("Why; else to be written into the file."))
    @option("--basis", metavar=say("TEXT"), help=say("The document it rests on; else that of the targets."))
    @option("--by", metavar=say("TEXT"), help=say("Who asks; else the plan's department."))
    @option("--date", "day", metavar=say("DATE"), help=say("The day of the request; else today."), callback=day_of)
    @option("--slug", metavar=say("SLUG"), help=say("What follows the date in the record's name."))
    @as_of_option(say)
    @click.pass_obj
    def adjust(
        context: Context,
        base: str,
        reason: str | None,
        basis: str | None,
        by: str | None,
        day: date | None,
        slug: str | None,
        as_of: date | None,
    ) -> int:
        from target_registry.approvals import drafts
        from target_registry.reports import text as findings_text
        from target_registry.sources import transaction

        one_revision(
            base,
            lambda one, _: Message(
                "{range} names two revisions, and records are written into the working tree; write targets adjust {base}",
                range=base,
                base=one,
            ),
        )
        if slug is not None and len(slug) > LONGEST_SLUG:
            raise EnvironmentFault(Message("the slug has more than {limit} characters", limit=LONGEST_SLUG))
        if slug is not None and not IDENTIFIER.match(slug):
            message = Message("{slug} is no slug: small letters and digits, parted by hyphens", slug=slug)
            raise EnvironmentFault(message)
        texts = {"reason": reason, "basis": basis, "requested_by": by}
        given = {key: " ".join(text.split()) for key, text in texts.items() if text and text.strip()}
        wanted = drafts.Wanted(given, day, slug)
        with transaction.exclusive(context.root) as writing:
            with reviewed(context, base, None, as_of=as_of, only_mine=True) as review:
                proposals = [plan.proposal for plan in review.plans]
                sides = (review.pair.base, review.pair.head)
                approved = sides[0].approved_records(proposal.plan for proposal in proposals)
                proposals = [replace(one, approved=approved.get(one.plan, {})) for one in proposals]
                taken = {path for proposal in proposals for side in sides for path in side.records(proposal.plan)}
            if broken := tuple(path for proposal in proposals for path in _broken(proposal)):
                output.complain(
                    say.tell(Message("{paths} can't be read: mend it first; nothing was written", paths=broken))
                )
                return 1
            today = date.today()  # noqa: DTZ011  the day of the person who asks
            before, source = review.pair.head.raw, review.pair.head.source
            documents = review.pair.head.documents
            found = [drafts.draft(proposal, wanted, today, before, documents, taken) for proposal in proposals]
            made = [record for plan in found for record in plan.records]
            moved = {old: new for plan in found for old, new in plan.moved.items()}
            empty = [path for plan in found for path in plan.empty]
            left = [path for plan in found for path in plan.left]
            files: dict[str, bytes | None] = {record.path: record.data for record in made}
            files |= dict.fromkeys((*moved, *empty))
            _judge_texts(given)
            _judge_places(review, [record.path for record in made])
            writing.apply(files, {path: before.get(path) for path in files})
            output.written(files)
        refused = {
            record.path: faults
            for proposal, plan in zip(proposals, found, strict=True)
            for record in plan.records
            if (faults := _faults(source, proposal, record, review.pair.base.identity(record.data)))
        }
        said = [_told(record, before.get(record.path) == record.data, record.path in refused) for record in made]
        said += [
            Message("moved: what {path} said stands in {new} now", path=old, new=new) for old, new in moved.items()
        ]
        said += [Message("deleted, for it asks for nothing any more: {path}", path=path) for path in empty]
        said += [
            Message(
                "left alone: {path} asks for nothing that is changed, and somebody wrote into it; delete it if it is of no use",
                path=path,
            )
            for path in left
        ]
        for line in said:
            output.write(terminal(say.tell(line)) + "\n")
        if any(record.lacks_reason for record in made):
            output.write(
                terminal(
                    say.tell(Message("now write the reason into it, then run {command}", command=_check(base, as_of)))
                )
                + "\n"
            )
        for finding in (finding for faults in refused.values() for finding in faults):
            output.write("\n".join(findings_text.lines(finding, say, context.style)) + "\n")
        if not said:
            plans = [proposal.plan for proposal in proposals if not proposal.needs_records]
            output.write(_nothing(plans, base, say) + "\n")
        return int(bool(refused))

    return adjust


def _told(record: Draft, stands: bool, is_refused: bool) -> Message:
    """What became of a record.

    Args:
        record: as it is now.
        stands: whether it stood so before.
        is_refused: whether the check has something to say of it.
    """
    if is_refused:
        if stands:
            return Message("the changes are listed as they should be, but the check refuses {path}", path=record.path)
        return Message("written, but the check refuses it: {path}", path=record.path)
    if stands:
        return Message("as it should be: {path}", path=record.path)
    return Message("written: {path}", path=record.path)


def _faults(source: Source, proposal: Proposal, record: Draft, identity: str) -> list[Finding]:
    """What the check says of a record by itself, but that its reason isn't written yet.

    Args:
        source: where it stands.
        proposal: the changes of its plan.
        record: as it is now.
        identity: the id of its bytes.
    """
    from target_registry.approvals import adjustment_repeated, adjustment_unexplained
    from target_registry.model import Plan, Registry
    from target_registry.plans import Reader
    from target_registry.rules import adjustment_misnamed
    from target_registry.sources import Entry, Kind

    reader = Reader(source)
    read = reader.adjustment(proposal.plan, Entry(record.path, Kind.FILE), record.data)
    if read is None:
        return []
    plan = Plan(proposal.plan, "", EMPTY, (), (), (), adjustments=(read,))
    alone = replace(proposal, records=(replace(read, blob=identity),))
    found = [
        *reader.findings,
        *adjustment_misnamed.check(Registry((plan,))),
        *adjustment_unexplained.check(alone),
        *adjustment_repeated.check(alone),
    ]
    located = [reader.documents[record.path].located(finding) for finding in found]
    kept = [f for f in located if f.level is Level.ERROR and not (record.lacks_reason and _is_of_reason(f))]
    return sorted(kept, key=lambda finding: (finding.line, finding.column, finding.code))


def _is_of_reason(finding: Finding) -> bool:
    key = finding.message.values.get("key")
    is_missing = finding.code == "missing-key" and isinstance(key, Name) and key.key == "reason"
    return is_missing or (finding.where.route == ("reason",) and not finding.where.key)


def _judge_texts(given: Mapping[str, str]) -> None:
    """Refuse words that say nothing.

    Args:
        given: a record's texts by their keys.
    """
    from target_registry.hollow import is_hollow

    for key, text in given.items():
        if is_hollow(text):
            raise EnvironmentFault(
                Message(
                    "{text} says nothing to those who approve; write it, or leave {option} out; nothing was written",
                    text=text,
                    option=_OPTIONS[key],
                )
            )


def _judge_places(review: Review, paths: Sequence[str]) -> None:
    """Refuse to write what no commit will hold.

    Args:
        review: of what the records are of.
        paths: theirs.
    """
    from target_registry.sources.revision import Revision

    base = review.pair.base.source
    left_out: frozenset[str] = frozenset()
    if isinstance(base, Revision):
        with suppress(EnvironmentFault):  # a link on the way, of which the writing tells more
            left_out = base.repository.ignored(paths)
    if left_out:
        raise EnvironmentFault(
            Message(
                "Git is told to leave {path} out of every commit, as git check-ignore -v --no-index {path} shows; "
                "take that line out; nothing was written",
                path=min(left_out),
            )
        )


def _broken(proposal: Proposal) -> Iterator[str]:
    """Paths of files that hold a fault, so that what a record is to say of them isn't known."""
    yield from (record.path for record in proposal.unreadable)
    if proposal.needs_records and proposal.new is not None:
        changed = {item.change.where.path for item in proposal.judged if item.change.after == "unreadable"}
        yield from sorted(changed)


def _nothing(plans: Sequence[str], base: str, say: Speech) -> str:
    if plans:
        return terminal(
            say.tell(Message("plan {plans} is a draft and needs no adjustment records", plans=tuple(plans)))
        )
    if base == "HEAD":
        return say.tell(
            Message(
                "no change since the last commit needs an adjustment record; for those of a whole branch, name the one that "
                "it is to be merged into, as in {command}",
                command="targets adjust main",
            )
        )
    return terminal(say.tell(Message("no change since {base} needs an adjustment record", base=base)))


def _check(base: str, as_of: date | None) -> str:
    """The check that proves the records, by the same day."""
    return f"targets check --base {base}" + (f" --as-of {as_of}" if as_of else "")
