"""What libyaml lets pass and YAML 1.2 forbids, or reads as something else: other readers refuse it.

Source: YAML 1.2.2, chapters 6.1 (indentation), 6.6 (comments), 7.3.3 (plain style) and 8.1 (block scalars).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from target_registry.documents.layout import comments_of, scalars_of
from target_registry.documents.problems import QUOTE, TOO_NEAR
from target_registry.model import Message

if TYPE_CHECKING:
    from target_registry.documents.composer import Node

_TOUCHING = re.compile(r"\S#")
_HEADER = re.compile(r"[|>][-+0-9]*#")


class Laxity(NamedTuple):
    """One of them: its code, its place from 1, what was found, and the cure."""

    code: str
    line: int
    column: int
    message: Message
    hint: Message


def find(text: str, root: Node) -> Iterator[Laxity]:
    """What a text's reader let pass.

    Args:
        text: what was read.
        root: the tree that was made of it.
    """
    lines = text.split("\n")
    if _TOUCHING.search(text):
        yield from _comments(lines, root)
    comments: dict[int, tuple[int, str]] | None = None
    stack = [(root, -1, False)]
    while stack:
        node, indent, in_flow = stack.pop()
        sign = lines[node.line][node.column : node.column + 1] if node.line < len(lines) else ""
        in_flow = in_flow or (node.kind, sign) in (("mapping", "{"), ("sequence", "["))
        if in_flow:
            yield from _signs(lines, node)
        elif sign in ("|", ">") and node.kind == "scalar" and not node.plain and node.column <= indent:
            yield Laxity(TOO_NEAR.code, node.line + 1, node.column + 1, TOO_NEAR.message, TOO_NEAR.hint)
        if node.end_line > node.line and (in_flow or (node.kind == "scalar" and sign in ('"', "'"))):
            comments = comments_of(text, root) if comments is None else comments
            for line in range(node.line + 1, min(node.end_line + 1, len(lines))):
                here = lines[line][: node.end_column] if line == node.end_line else lines[line]
                begins = len(here) - len(here.lstrip(" "))
                if here.strip() and begins <= indent and comments.get(line, (-1,))[0] != begins:
                    yield Laxity(TOO_NEAR.code, line + 1, begins + 1, TOO_NEAR.message, TOO_NEAR.hint)
                    break
            if in_flow and indent >= 0:
                continue  # what stands within was judged with it
        below = indent if in_flow else node.column
        stack += [(item, below, in_flow) for item in reversed(node.items)]
        for key, value in reversed(node.pairs):
            stack += [(value, below if in_flow else key.column, in_flow), (key, below, in_flow)]


def _signs(lines: list[str], node: Node) -> Iterator[Laxity]:
    """A sign of YAML's own within brackets that is taken for text, or cut from the text that it begins."""
    line, column = node.line, node.column
    sign = "-"
    if node.kind == "scalar" and column and lines[line][column - 1] == "?":
        column, sign = column - 1, "?"
    elif not (node.plain and node.value == sign):
        return
    yield Laxity("needs-quotes", line + 1, column + 1, Message("a value can't start with {sign}", sign=sign), QUOTE)


def _comments(lines: list[str], root: Node) -> Iterator[Laxity]:
    """Comments that touch what stands before them."""
    scalars = sorted(scalars_of(root), key=lambda node: (node.line, node.column))
    starts = [(node.line, node.column) for node in scalars]
    for number, line in enumerate(lines):
        for match in re.finditer("#", line):
            place = (number, match.start())
            before = scalars[at - 1] if (at := bisect_right(starts, place)) else None
            if before is not None and place < (before.end_line, before.end_column):
                header = _HEADER.match(line, before.column) if before.line == number and not before.plain else None
                if header is None or header.end() != match.end():
                    continue  # within a scalar
            if match.start() and line[match.start() - 1] not in " \t":
                yield Laxity(
                    "text-after-quote",
                    number + 1,
                    match.start() + 1,
                    Message("a # stands right behind {sign}", sign=line[match.start() - 1]),
                    Message(
                        "write a space before # if a comment starts here; if it is text, put the whole value in quotes"
                    ),
                )
            break
