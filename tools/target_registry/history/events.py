"""What is told of a target's past: the commits that changed it, and where each of its values comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from target_registry.model import About, Plan, Target, Way
from target_registry.review import Review
from target_registry.sources.log import Logged
from target_registry.verdicts import Judged, Severity


class Comparison(NamedTuple):
    """A commit beside one of its parents: the changes of the target. ``parent`` is None for a root."""

    parent: str | None
    review: Review
    judged: tuple[Judged, ...]


@dataclass(eq=False, repr=False)
class Event:
    """A commit that changed the target.

    Attributes:
        commit: what it says of itself.
        merge: the merge that brought it into the line of first parents; None for a commit of that line.
        comparisons: with each parent, those without a change left out.
    """

    commit: Logged
    merge: Logged | None
    comparisons: tuple[Comparison, ...]

    @property
    def judged(self) -> tuple[Judged, ...]:
        """All its changes of the target."""
        return tuple(item for comparison in self.comparisons for item in comparison.judged)

    @property
    def severity(self) -> Severity:
        """The worst of all."""
        return max((item.severity for item in self.judged), key=lambda severity: severity.rank)

    @property
    def record(self) -> str | None:
        """The path of the adjustment record that covers a change, the first if they have several."""
        return next((item.record for item in self.judged if item.record), None)

    @property
    def pull_request(self) -> str | None:
        """The number that the merge names, else the commit itself."""
        return (self.merge.pull_request if self.merge else None) or self.commit.pull_request

    @property
    def reviewed_by(self) -> tuple[str, ...]:
        """Names from the trailers of the commit and of its merge."""
        return _names(self.commit.reviewed_by, self.merge.reviewed_by if self.merge else ())

    @property
    def approved_by(self) -> tuple[str, ...]:
        """The same of those who approved."""
        return _names(self.commit.approved_by, self.merge.approved_by if self.merge else ())

    @property
    def claims(self) -> frozenset[str]:
        """Names that nobody but the author of the change gives: no other person committed or merged with them.

        What a merge brought in was written before anybody took it, by whatever name of a committer.
        """
        author = self.commit.author
        names: dict[bool, set[str]] = {True: set(), False: set()}
        said = [(self.commit, author if self.merge else self.commit.committer)]
        if self.merge:
            said.append((self.merge, self.merge.author))
        for logged, who in said:
            names[who.is_same(author)].update(_names(logged.reviewed_by, logged.approved_by))
        return frozenset(names[True] - names[False])


@dataclass(eq=False, repr=False)
class History:
    """What became of a target up to a revision.

    Attributes:
        plan: the plan's id at that revision.
        slug: the target's slug.
        target: the target there; None where it is gone.
        events: the commits that changed it, children before parents, otherwise the newest first.
        cut: the commits at which a shallow clone begins; what changed before them isn't known.
        uncommitted: whether the working tree has changes of the target.
    """

    plan: str
    slug: str
    target: Target | None
    events: tuple[Event, ...]
    cut: tuple[str, ...] = ()
    uncommitted: bool = False

    @property
    def language(self) -> str | None:
        """What the plan is written in, as the newest change has it."""
        plans = (plan.plan for event in self.events for found in event.comparisons for plan in found.review.plans)
        return next((plan.language for plan in plans if plan is not None and plan.id == self.plan), None)

    @property
    def earlier(self) -> tuple[str, ...]:
        """The slugs that the target had before this one."""
        changes = (item.change for event in self.events for item in event.judged)
        return tuple(
            dict.fromkeys(str(c.before) for c in changes if c.route == (About.SLUG,) and c.target == self.slug)
        )


class Origin(NamedTuple):
    """A value that the target has, and the commit that set it.

    ``route`` leads to it; ``(About.NUMBER,)`` and ``(About.FILE,)`` are about the file. ``is_cut`` tells that a
    shallow clone begins with this commit, so that the value may be older.
    """

    route: Way
    value: Any
    commit: Logged
    merge: Logged | None
    is_cut: bool

    @property
    def pull_request(self) -> str | None:
        """The number that the merge names, else the commit itself."""
        return (self.merge.pull_request if self.merge else None) or self.commit.pull_request


class Blame(NamedTuple):
    """Where each value of a target comes from. ``plan`` is there for its key works."""

    plan: Plan
    target: Target
    origins: tuple[Origin, ...]
    cut: tuple[str, ...] = ()
    uncommitted: bool = False


def _names(*trailers: Sequence[str]) -> tuple[str, ...]:
    """Names without addresses, each once."""
    values = [value for found in trailers for value in found]
    return tuple(dict.fromkeys(value.partition(" <")[0].strip() or value for value in values))
