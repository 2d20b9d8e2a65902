"""Where in a text its scalars, its comments and its tabs stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from target_registry.patterns import lazy

if TYPE_CHECKING:
    from target_registry.documents.composer import Node


HEADER = lazy(r"[|>][-+0-9]*([ \t]+(#.*))?")
"""A block scalar's sign, and the comment behind it."""


def nodes_of(root: Node) -> Iterator[Node]:
    """Every node of a tree, keys included, each before what it holds."""
    yield root
    for key, value in root.pairs:
        yield key
        yield from nodes_of(value)
    for item in root.items:
        yield from nodes_of(item)


def scalars_of(root: Node) -> Iterator[Node]:
    """Every scalar of a tree, keys included."""
    return (node for node in nodes_of(root) if node.kind == "scalar")


def inner_lines(root: Node, *, quoted: bool = False) -> set[int]:
    """Lines, from 0, after the first of scalars that run over several; with ``quoted`` not of plain ones."""
    return {
        line
        for node in scalars_of(root)
        if not (quoted and node.plain)
        for line in range(node.line + 1, node.end_line + 1)
    }


class _Spans:
    """Where scalars stand in a text, none of which overlaps another."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._all = sorted((n.line, n.column, n.end_line, n.end_column) for n in nodes)

    def __contains__(self, place: tuple[int, int]) -> bool:
        """Whether a place, a line and a column from 0, is within one: the last that begins at it or before it."""
        line, column = place
        before = bisect_left(self._all, (line, column + 1))
        return before > 0 and place < self._all[before - 1][2:]


def comments_of(text: str, root: Node) -> dict[int, tuple[int, str]]:
    """The comment of each line that has one, with its column: by line, from 0; those behind a block's sign as well."""
    lines = text.split("\n")
    spans = _Spans(scalars_of(root))
    found = {}
    for number, line in enumerate(lines):
        for match in re.finditer(r"(?:^|(?<=[ \t]))#", line):
            if (number, match.start()) not in spans:
                found[number] = (match.start(), line[match.start() :].rstrip())
                break
    for node in scalars_of(root):
        if node.plain or node.line >= len(lines):
            continue
        if (header := HEADER.match(lines[node.line], node.column)) and header[1]:
            found[node.line] = (header.start(2), header[2].rstrip())
    return dict(sorted(found.items()))


def stray_tabs(text: str, root: Node) -> Iterator[tuple[int, int]]:
    """Tabs that stand neither in a comment nor in a quoted or block scalar: line and column, from 0.

    libyaml takes some of them for blanks or for text; PyYAML's own scanner refuses the file.
    """
    comments = comments_of(text, root)
    spans = _Spans(n for n in scalars_of(root) if not n.plain and n.value is not None)
    for number, line in enumerate(text.split("\n")):
        if "\t" not in line or not line.strip():
            continue
        for match in re.finditer("\t+", line):
            place = (number, match.start())
            in_comment = number in comments and comments[number][0] < match.start()
            if not in_comment and place not in spans:
                yield place
