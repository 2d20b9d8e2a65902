"""Who leads to whom in a graph of commits: pure, and linear in what is looked at.

Sources: git-merge-base(1) for best common ancestors, gitrevisions(7) for first parents.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping

from target_registry.sources.log import Graph


def first_parents(commits: Graph, head: str) -> Iterator[str]:
    """A commit, its first parent, that one's first parent, and so on."""
    at: str | None = head
    while at is not None:
        yield at
        at = next(iter(commits[at].parents), None)


def merges(commits: Graph, head: str) -> Mapping[str, str]:
    """Which merge brought each commit into the line of first parents: reachable from it, not from its first parent.

    Commits on the line itself, which no merge brought in, are left out.

    Args:
        commits: the graph.
        head: where the line begins.
    """
    line = list(first_parents(commits, head))
    known = set(line)
    found = {}
    for merge in reversed(line):
        # What an older commit of the line leads to is known by now; the rest came with this one.
        waiting = list(commits[merge].parents[1:])
        while waiting:
            commit = waiting.pop()
            if commit not in known:
                known.add(commit)
                found[commit] = merge
                waiting += commits[commit].parents
    return found


class Ages:
    """Common ancestors of commits of one graph.

    Args:
        commits: the graph.
    """

    def __init__(self, commits: Graph) -> None:
        self._commits = commits
        self._place = {commit: place for place, commit in enumerate(commits)}
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def bases(self, one: str, other: str) -> tuple[str, ...]:
        """The best common ancestors of two commits: several where branches crossed, none where histories are unrelated."""
        key = (one, other) if one <= other else (other, one)
        if key not in self._known:
            self._known[key] = tuple(self._bases(one, other))
        return self._known[key]

    def _bases(self, one: str, other: str) -> Iterator[str]:
        if one == other:
            yield one
            return
        # Children stand before parents, so that all that leads to a commit is seen before it.
        left, right, stale = 1, 2, 4
        marks = {one: left, other: right}
        queue = sorted((self._place[commit], commit) for commit in marks)
        fresh = 2  # in the queue, and not known to lie behind a common ancestor
        while fresh:
            _, commit = heapq.heappop(queue)
            mark = marks[commit]
            if not mark & stale:
                fresh -= 1
            if mark == left | right:
                yield commit
                mark |= stale
            for parent in self._commits[commit].parents:
                before = marks.get(parent)
                now = marks[parent] = (before or 0) | mark
                if before is None:
                    heapq.heappush(queue, (self._place[parent], parent))
                    fresh += not now & stale
                elif now & stale and not before & stale:
                    fresh -= 1
