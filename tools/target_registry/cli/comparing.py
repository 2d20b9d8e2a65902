"""What the commands that compare two revisions share: how they are named, opened, and judged."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import click

from target_registry.cli import output
from target_registry.cli.context import Context
from target_registry.cli.options import option
from target_registry.language import Speech
from target_registry.model import Counted, Message
from target_registry.patterns import lazy
from target_registry.sources import EnvironmentFault

if TYPE_CHECKING:
    from target_registry.review import Review
    from target_registry.sources.git import Repository
    from target_registry.sources.revision import Revision

_BRACES = lazy(r"\{[^{}]*\}")


def as_of_option(say: Speech) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """``--as-of DATE``: by which day deadlines have passed or not."""
    return option(
        "--as-of",
        metavar=say("DATE"),
        help=say("Judge deadlines as of this day, such as 2018-06-30; else the later commit's day, or today."),
        callback=day_of,
    )


def day_of(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    """The day that an option names, as its callback.

    Raises:
        EnvironmentFault: it is none.
    """
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # Python reads 20180630 and 2018-W26-6 as well
        raise EnvironmentFault(Message("{text} is no date; write one like 2018-06-30", text=text))
    return day


def one_revision(name: str, instead: Callable[[str, str], Message]) -> str:
    """A revision where no range will do.

    Args:
        name: what the caller wrote.
        instead: says what to write, from the range's two ends.

    Raises:
        EnvironmentFault: it is a range.
    """
    if ends := _ends(name):
        raise EnvironmentFault(instead(ends[0], ends[1]))
    return name


@contextmanager
def reviewed(
    context: Context,
    base: str,
    head: str | None,
    *,
    cached: bool = False,
    as_of: date | None = None,
    only_mine: bool = False,
) -> Iterator[Review]:
    """Compare two revisions, and let go of Git afterwards.

    Args:
        context: this call.
        base: a revision, ``A..B``, or ``A...B`` for what B has since the two parted.
        head: a revision; None for the working tree, or the index.
        cached: compare with the index instead of the working tree.
        as_of: the day that decides whether a deadline has passed.
        only_mine: where the base has gone on since, compare with where the two parted.

    Raises:
        EnvironmentFault: a revision isn't there, the call says two things, or the branch is older than an approval of
            what it changes.
    """
    from target_registry.assembly import WATCHED
    from target_registry.sources.git import Repository
    from target_registry.sources.revision import Index, Revision
    from target_registry.sources.worktree import Worktree

    today = date.today()  # noqa: DTZ011  the day of the person who asks
    base, head, since_parting = _names(base, head)
    if head is not None and cached:
        raise EnvironmentFault(Message("--cached compares with the index, so there can be no second revision"))
    root = context.root
    repository = Repository(root)
    try:
        first = Revision(root, base, repository)
        later: Revision | Index | Worktree
        if head is not None:
            later = Revision(root, head, repository)
        else:
            later = Index(root, repository) if cached else Worktree(root)
            if cached:
                _warn_of_another_index(context, repository)
        start = first
        if since_parting and isinstance(later, Revision):
            parted = repository.merge_bases(first.commit, later.commit)
            start = _start(context, first, parted)
        elif only_mine or not isinstance(later, Revision):
            start = _parted(context, first, head, only_mine=only_mine)
        name = f"{base}..." if since_parting and start.name != base else base
        start.begin_difference(later, WATCHED)
        from target_registry.review import review  # in the time that Git takes
        from target_registry.snapshots import side_of

        found = review(side_of(start, today, name), side_of(later, today), as_of)
        if only_mine and (plans := _approved_since(start, first, found)):
            raise _outdated(base, plans)
        yield found
    finally:
        repository.close()


def _parted(context: Context, first: Revision, head: str | None, *, only_mine: bool) -> Revision:
    """What a branch is compared with: its base, or where the two parted; says so where the base has gone on since.

    Args:
        context: this call.
        first: the base.
        head: the branch's name; None for the one that is checked out.
        only_mine: leave out what the base has got since.

    Raises:
        EnvironmentFault: where they parted is to be known, and isn't.
    """
    repository, base = first.repository, first.name
    tip = repository.commits.find(head or "HEAD")
    # The quick question: where clocks were wrong it counts also what both have, and never too little.
    if tip is None or not repository.count(tip.id, first.commit):
        return first
    try:
        parted = repository.merge_bases(first.commit, tip.id)
    except EnvironmentFault as fault:
        if only_mine:
            raise
        _warn_of_unknown(context, base, fault)
        return first
    start = _start(context, first, parted) if only_mine else first
    ahead = repository.count_since(parted, first.commit)
    if ahead and (not only_mine or start is not first):
        _warn(context, base, head, ahead, only_mine=only_mine)
    return start


def _start(context: Context, first: Revision, parted: tuple[str, ...]) -> Revision:
    """The state from which two branches went on; the base's own, with a word, where they crossed and there are several.

    A merge takes nothing from a branch that doesn't differ from the base: compared with that, nothing can be missing.

    Args:
        context: this call.
        first: the base.
        parted: the commits at which the histories parted.
    """
    from target_registry.assembly import WATCHED
    from target_registry.sources.revision import Revision

    if parted == (first.commit,):
        return first
    start, *others = (Revision(first.root, commit, first.repository) for commit in parted)
    if any(start.difference(other, WATCHED) for other in others):
        _warn_of_crossing(context, first.name, parted)
        return first
    return start


def _approved_since(start: Revision, first: Revision, found: Review) -> tuple[str, ...]:
    """The plans of which a base says since a branch parted from it that they are approved, or are no more.

    Args:
        start: where the two parted.
        first: the base.
        found: what the branch changes.
    """
    if start is first:
        return ()
    states = ((plan.id, state.path) for plan in found.plans if (state := plan.old or plan.new) is not None)
    return tuple(identity for identity, path in states if _approval(start, path) != _approval(first, path))


def _approval(revision: Revision, path: str) -> tuple[object, object]:
    """What a plan's own file says of its approval; nothing where it isn't there, or can't be read."""
    from target_registry import limits
    from target_registry.documents import read
    from target_registry.sources import ReadError

    try:
        data = read(path, revision.read(path, limits.PLAN_BYTES), limits.PLAN_BYTES, "plan").data
    except ReadError:
        data = None
    return (data.get("status"), data.get("approved_revision")) if isinstance(data, dict) else (None, None)


def _names(base: str, head: str | None) -> tuple[str, str | None, bool]:
    """Two names and whether the first means where the two parted."""
    ends = _ends(base)
    if ends is None:
        return base, head, False
    if head is not None:
        raise EnvironmentFault(Message("{range} names two revisions, so there can be no third", range=base))
    return ends


def _ends(name: str) -> tuple[str, str, bool] | None:
    """The two ends of a range and whether it begins where they parted; an empty end is HEAD, as with git.

    Dots in braces are words that a commit's message is to have.
    """
    plain = _BRACES.sub(lambda found: " " * len(found[0]), name)
    for sign in ("...", ".."):
        if (at := plain.find(sign)) >= 0:
            return name[:at] or "HEAD", name[at + len(sign) :] or "HEAD", sign == "..."
    return None


def _warn(context: Context, base: str, head: str | None, ahead: int, *, only_mine: bool) -> None:
    """Say that the base has gone on: what others merged since would look like one's own doing, backwards."""
    told = (
        Counted(
            "{base} has {n} commit that {head} lacks; compared with where the two parted",
            "{base} has {n} commits that {head} lacks; compared with where the two parted",
            ahead,
            base=base,
            head=head,
        )
        if head is not None
        else Counted(
            "{base} has {n} commit that this branch lacks; compared with where the two parted",
            "{base} has {n} commits that this branch lacks; compared with where the two parted",
            ahead,
            base=base,
        )
        if only_mine
        else Counted(
            "{base} has {n} commit that this branch lacks, whose changes show backwards here; {base}... leaves them out",
            "{base} has {n} commits that this branch lacks, whose changes show backwards here; {base}... leaves them out",
            ahead,
            base=base,
        )
    )
    output.complain(context.speech.tell(told))


def _warn_of_unknown(context: Context, base: str, fault: EnvironmentFault) -> None:
    """Say that nobody can tell whether the base has gone on."""
    told = Message(
        "what only {base} has shows backwards here, and can't be told apart: {reason}", base=base, reason=fault.message
    )
    output.complain(context.speech.tell(told))


def _warn_of_another_index(context: Context, repository: Repository) -> None:
    """Say that the environment names an index at which nobody looks."""
    named = os.environ.get("GIT_INDEX_FILE")
    if named and repository.index is None:
        told = Message(
            "GIT_INDEX_FILE names {path}, which is no index of this repository; compared with the repository's own",
            path=named,
        )
        output.complain(context.speech.tell(told))


def _warn_of_crossing(context: Context, base: str, parted: tuple[str, ...]) -> None:
    """Say that branches crossed: there is no one state from which both went on."""
    told = Message(
        "the histories parted at several commits, {commits}; compared with {base} itself, whose own changes since show "
        "backwards here: merge {base} into the branch, and compare again",
        commits=tuple(commit[:12] for commit in parted),
        base=base,
    )
    output.complain(context.speech.tell(told))


def _outdated(base: str, plans: tuple[str, ...]) -> EnvironmentFault:
    """A branch is older than the approval by which it is to be judged."""
    return EnvironmentFault(
        Message(
            "{base} has changed the approval of {plans} since the two parted, and that decides which changes need records: "
            "merge {base} into the branch first",
            base=base,
            plans=plans,
        )
    )
