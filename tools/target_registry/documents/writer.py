"""Canonical YAML: keys in the schema's order, quotes only where a reader could err, comments kept.

The canonical form never changes a value: what was written is read again and compared
before it is given out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Any

from target_registry import fields
from target_registry.documents import Unwritable, scalars
from target_registry.documents.canonical import pattern, row
from target_registry.documents.composer import Node
from target_registry.documents.layout import comments_of, inner_lines, nodes_of
from target_registry.documents.modelines import MODELINE, modeline
from target_registry.documents.reader import parse, read
from target_registry.documents.texts import folded
from target_registry.model import Finding, Level


class Unformattable(Exception):
    """The file can't be read as one sound YAML document; the findings say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__()
        self.findings = findings


def canonical(path: str, raw: bytes, name: str, limit: int, *, with_modeline: bool = True) -> bytes:
    """The canonical form of a file.

    Args:
        path: where it stands, relative to the registry.
        raw: its bytes.
        name: the schema whose order its keys take, ``plan``, ``target`` or ``adjustment``.
        limit: how many bytes such a file may have.
        with_modeline: put the modeline on top where there is none.

    Raises:
        Unformattable: it has faults as YAML, a byte order mark aside, which is dropped; it holds no keys; or its form would be too large.
    """
    before = read(path, raw, limit)
    findings = [
        finding for finding in before.findings if finding.level is Level.ERROR and finding.code != "byte-order-mark"
    ]
    node = None if findings else parse(path, raw, limit, [])
    if node is None or not isinstance(before.data, dict) or not before.data:
        raise Unformattable(findings)
    text = folded(raw.decode("utf-8-sig"))
    layout = Layout(text, node)
    top = modeline(path, name) if with_modeline else None
    written = "\n".join(document(layout, node, fields.schema(name), name, top)) + "\n"
    data = written.encode()
    after = read(path, data, max(limit, 2 * len(raw)) + len(data))
    comments = layout.texts()
    if top is not None and not layout.has_modeline:
        comments.append(top)
    if (
        any(finding.level is Level.ERROR for finding in after.findings)
        or ordered(after.data) != ordered(before.data)
        or sorted(comments) != sorted(comment_texts(written))
    ):
        raise AssertionError(f"the canonical form of {path} would not be the same")
    if len(data) <= max(limit, len(raw)):
        return data
    if top is None or layout.has_modeline:
        raise Unformattable([])  # it would be larger than a file may be
    return canonical(path, raw, name, limit, with_modeline=False)


def is_canonical(path: str, raw: bytes, name: str, limit: int) -> bool:
    """Whether a file surely has its canonical form: told in a fraction of the time that it takes to make that.

    Args:
        path: where it stands, relative to the registry.
        raw: its bytes.
        name: its schema.
        limit: how many bytes such a file may have.
    """
    if name not in ("plan", "target"):
        return False
    said = row(name, raw, limit)
    return said is not None and emit(pattern(name).data(said), name, path) == raw


def emit(data: Mapping[str, Any], name: str, path: str) -> bytes:
    """A new file in canonical form.

    Args:
        data: its keys and values.
        name: its schema, ``plan``, ``target`` or ``adjustment``.
        path: where it will stand, relative to the registry.

    Raises:
        Unwritable: something in it is no text.
    """
    return encoded([modeline(path, name), *mapping_lines(data, fields.schema(name), name, 0)])


def encoded(lines: Sequence[str]) -> bytes:
    """Lines as a file's bytes.

    Raises:
        Unwritable: one holds bytes that are no text.
    """
    for line in lines:
        try:
            line.encode()
        except UnicodeEncodeError:
            raise Unwritable(line.strip()) from None
    return ("\n".join(lines) + "\n").encode()


def scalar(value: Any) -> str:
    """One value as YAML on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return text if scalars.reads_as_text(text) else json.dumps(text, ensure_ascii=False)


_COLONS = frozenset(":：﹕")


def _key(text: str) -> str:
    """A key on its line; one that holds a colon, or begins with a blank of any kind, could be taken for less than a key."""
    is_plain = _COLONS.isdisjoint(text) and text == text.strip()
    return scalar(text) if is_plain else json.dumps(text, ensure_ascii=False)


def ordered(value: Any) -> Any:
    """Data with the order of its keys and the type of its numbers made comparable."""
    if isinstance(value, dict):
        return sorted((key, ordered(item)) for key, item in value.items())
    if isinstance(value, list):
        return [ordered(item) for item in value]
    return (type(value).__name__, str(value))


def _rank(properties: Mapping[str, Any]) -> Mapping[str, int]:
    return {key: position for position, key in enumerate(properties)}


def mapping_lines(data: Mapping[str, Any], node: Mapping[str, Any], name: str, indent: int) -> Iterator[str]:
    """The lines of a mapping, its keys in the schema's order.

    Args:
        data: the mapping.
        node: its place in the schema.
        name: the schema.
        indent: how many spaces stand before its keys.
    """
    properties = node.get("properties", {})
    rank, pad = _rank(properties), " " * indent
    for key in sorted(data, key=lambda key: rank.get(key, len(rank))):
        value, below = data[key], fields.resolve(name, properties.get(key, {}))
        if isinstance(value, Mapping) and value:
            yield f"{pad}{_key(key)}:"
            yield from mapping_lines(value, below, name, indent + 2)
        elif isinstance(value, list | tuple) and value:
            yield f"{pad}{_key(key)}:"
            yield from item_lines(value, below.get("items", {}), name, indent + 2)
        else:
            yield f"{pad}{_key(key)}: {_empty(value) or scalar(value)}"


def item_lines(items: Sequence[Any], node: Mapping[str, Any], name: str, indent: int) -> Iterator[str]:
    """The lines of a list's items; as ``mapping_lines``, with the place of an item in the schema."""
    pad = " " * indent
    for item in items:
        if isinstance(item, Mapping) and item:
            lines = list(mapping_lines(item, node, name, indent + 2))
        elif isinstance(item, list | tuple) and item:
            lines = list(item_lines(item, node.get("items", {}), name, indent + 2))
        else:
            lines = [_empty(item) or scalar(item)]
        yield f"{pad}- {lines[0].lstrip()}"
        yield from lines[1:]


def _empty(value: Any) -> str | None:
    """How a group or a list that holds nothing is written."""
    if isinstance(value, Mapping) and not value:
        return "{}"
    return "[]" if isinstance(value, list | tuple) and not value else None


class Layout:
    """A text's comments and blank lines, each given to the entry it belongs to.

    ``head`` stands above everything, ``foot`` below; ``above`` and ``behind`` hold what
    stands over an entry and at the end of its line, by the node that begins it. ``over`` holds
    what stands over the dash of a list's item, by the item's first key: keys change places. ``below``
    holds what ends a group or a list, at least as far to the right as that, by its node.
    """

    def __init__(self, text: str, root: Node) -> None:
        self.head: list[str] = []
        self.foot: list[str] = []
        self.above: dict[int, list[str]] = {}
        self.over: dict[int, list[str]] = {}
        self.behind: dict[int, str] = {}
        self.below: dict[int, list[str]] = {}
        entries = sorted(_entries(root), key=lambda node: (node.line, node.column))
        starts = [node.line for node in entries]
        lines = text.split("\n")
        comments = comments_of(text, root)
        own_line: dict[int, tuple[int, str]] = {}
        for line, (column, comment) in comments.items():
            if lines[line][:column].strip(" -"):
                owner = max((n for n in entries if n.line <= line), key=lambda n: (n.line, n.column), default=None)
                if owner is None:
                    self.foot.append(comment)
                else:
                    key = id(owner)
                    self.behind[key] = f"{self.behind[key]} {comment}" if key in self.behind else comment
            else:
                own_line[line] = column, comment
        covered = inner_lines(root)
        dashes = _dashes(root, lines)
        around = _around(root, lines)
        pending: list[tuple[int, int, str]] = []
        position = 0
        for line in range(len(lines) + 1):
            while position < len(entries) and starts[position] == line:
                if pending:
                    key = id(entries[position])
                    dash = dashes.get(key, -1)
                    start = line if dash < 0 else dash
                    ended = self._ended(
                        [each for each in pending if each[0] < start],
                        around[id(entries[position - 1])] if position else (),
                        len(lines[start]) - len(lines[start].lstrip(" ")),
                    )
                    pending = [*ended, *(each for each in pending if each[0] >= start)]
                    if over := [comment for at, _, comment in pending if at <= dash]:
                        self.over[key] = over
                    if above := [comment for at, _, comment in pending if at > dash]:
                        self.above[key] = above
                    pending = []
                position += 1
            if line == len(lines):
                break
            if line in own_line:
                pending.append((line, *own_line[line]))
            elif not lines[line].strip() and line not in covered:
                pending.append((line, 0, ""))
        rest = self._ended(pending, around[id(entries[-1])] if entries else (), 0)
        self.foot += [comment for _, _, comment in rest]
        if entries:
            self._split_head(entries[0], [key for key, _ in root.pairs])

    def _ended(
        self, pending: Sequence[tuple[int, int, str]], around: Sequence[tuple[int, int]], begins: int
    ) -> list[tuple[int, int, str]]:
        """Give what ends a group or a list to that.

        Args:
            pending: lines with their columns and comments, between two entries.
            around: the groups and lists that the entry before is in, each with the column that it begins in.
            begins: where the line of the entry behind begins.

        Returns:
            What is left.
        """
        taken = 0
        blanks: list[str] = []
        for at, (_, column, comment) in enumerate(pending, 1):
            if not comment:
                blanks.append("")
                continue
            around = [(left, node) for left, node in around if left <= column]
            if not around or around[-1][0] <= begins:
                break
            self.below.setdefault(around[-1][1], []).extend([*blanks, comment])
            blanks, taken = [], at
        return list(pending[taken:])

    def _split_head(self, first: Node, keys: Sequence[Node]) -> None:
        """What a blank line parts from the first entry belongs to the file, not to the entry.

        So does the modeline, over whichever key it stands: keys change places, and it must stay on top.
        """
        above = _squeezed(self.above.get(id(first), []))
        last_blank = max((i for i, line in enumerate(above) if not line), default=-1)
        self.head, self.above[id(first)] = above[: max(last_blank, 0)], above[last_blank + 1 :]
        found = len(list(takewhile(MODELINE.match, self.head)))
        for above in [self.above[id(key)] for key in keys if id(key) in self.above]:
            for line in [line for line in above if MODELINE.match(line)]:
                above.remove(line)
                self.head.insert(found, line)
                found += 1

    @property
    def has_modeline(self) -> bool:
        """Whether the file says already which schema it has."""
        return bool(self.head and MODELINE.match(self.head[0]))

    def texts(self) -> list[str]:
        """Every comment, a joined one as it is joined."""
        found = [*self.head, *self.foot, *self.behind.values()]
        for above in (*self.above.values(), *self.over.values(), *self.below.values()):
            found += above
        return [comment for comment in found if comment]


def _entries(root: Node) -> Iterator[Node]:
    """The nodes that begin a line of their own in canonical form: keys and list items."""
    for key, value in root.pairs:
        yield key
        yield from _entries(value)
    for item in root.items:
        if item.kind == "mapping" and item.pairs:
            yield from _entries(item)
        else:
            yield item
            yield from _entries(item)


def _around(
    root: Node, lines: Sequence[str], outer: tuple[tuple[int, int], ...] = ()
) -> dict[int, tuple[tuple[int, int], ...]]:
    """The groups and lists that each entry is in, from the outermost, each with the column that it begins in.

    Those in brackets aside: what stands in them has no column of its own.
    """
    found = {}
    if not lines[root.line].startswith(("{", "["), root.column):
        outer = (*outer, (root.column, id(root)))
    for entry, value in (*root.pairs, *((item, item) for item in root.items)):
        found[id(entry)] = outer
        if value.pairs or value.items:
            found |= _around(value, lines, outer)
    return found


def _dashes(root: Node, lines: Sequence[str]) -> dict[int, int]:
    """The line, from 0, on which each list's item that is a group begins, by the item's first key."""
    found = {}
    for node in nodes_of(root):
        for item in node.items:
            if item.pairs:
                key, line = item.pairs[0][0], item.line
                if not lines[line][: item.column].strip() and not lines[line].startswith("{", item.column):
                    # The dash stands on a line of its own, comments and blank lines perhaps below it.
                    line -= 1
                    while line > 0 and (not lines[line].strip() or lines[line].lstrip().startswith("#")):
                        line -= 1
                found[id(key)] = line
    return found


def comment_texts(text: str) -> list[str]:
    """Each comment of a text, in order."""
    node = parse("", text.encode(), len(text.encode()), [])
    return [] if node is None else [comment for _, comment in comments_of(text, node).values()]


def _squeezed(lines: list[str], *, leading: bool = False) -> list[str]:
    """No blank line twice, and none at the start unless ``leading``."""
    return [line for i, line in enumerate(lines) if line or (lines[i - 1] if i else leading)]


def document(layout: Layout, root: Node, node: Mapping[str, Any], name: str, top: str | None) -> Iterator[str]:
    """The lines of a whole file, its comments where they belong.

    Args:
        layout: its comments and blank lines.
        root: what it says.
        node: its schema.
        name: the schema's.
        top: the comment that names the schema; None for the file's own.
    """
    head = layout.head
    if top is not None and not layout.has_modeline:
        yield top
    yield from head
    if head and not (len(head) == 1 and MODELINE.match(head[0])):
        yield ""
    body = list(_mapping(layout, root, node, name, 0))
    yield from body[1:] if body and not body[0] else body
    foot = _squeezed(layout.foot)
    while foot and not foot[-1]:
        foot.pop()
    yield from foot


def _above(layout: Layout, entry: Node, pad: str) -> Iterator[str]:
    for line in _squeezed(layout.above.get(id(entry), []), leading=True):
        yield f"{pad}{line}" if line else ""


def _below(layout: Layout, root: Node, pad: str) -> Iterator[str]:
    for line in _squeezed(layout.below.get(id(root), []), leading=True):
        yield f"{pad}{line}" if line else ""


def _behind(layout: Layout, entry: Node) -> str:
    comment = layout.behind.get(id(entry))
    return f"  {comment}" if comment else ""


def _mapping(layout: Layout, root: Node, node: Mapping[str, Any], name: str, indent: int) -> Iterator[str]:
    properties = node.get("properties", {})
    rank, pad = _rank(properties), " " * indent
    for key, value in sorted(root.pairs, key=lambda pair: rank.get(pair[0].value, len(rank))):
        below = fields.resolve(name, properties.get(key.value, {}))
        yield from _above(layout, key, pad)
        start = f"{pad}{_key(str(key.value))}:"
        if value.pairs:
            yield start + _behind(layout, key)
            yield from _mapping(layout, value, below, name, indent + 2)
        elif value.items:
            yield start + _behind(layout, key)
            yield from _sequence(layout, value, below.get("items", {}), name, indent + 2)
        else:
            empty = {"mapping": "{}", "sequence": "[]"}.get(value.kind)
            shown = empty or ("" if value.value is None else scalar(value.value))
            yield f"{start} {shown}{_behind(layout, key)}" if shown else f"{start}{_behind(layout, key)[1:]}"
    yield from _below(layout, root, pad)


def _sequence(layout: Layout, root: Node, node: Mapping[str, Any], name: str, indent: int) -> Iterator[str]:
    pad = " " * indent
    for item in root.items:
        if item.pairs:
            over = [comment for key, _ in item.pairs for comment in layout.over.get(id(key), ())]
            yield from _dashed(list(_mapping(layout, item, node, name, indent + 2)), over, pad)
        elif item.items:
            over = layout.above.get(id(item), [])
            yield from _dashed(list(_sequence(layout, item, {}, name, indent + 2)), over, pad)
        else:
            empty = {"mapping": "{}", "sequence": "[]"}.get(item.kind)
            yield from _above(layout, item, pad)
            yield f"{pad}- {empty or scalar(item.value)}{_behind(layout, item)}"
    yield from _below(layout, root, pad)


def _dashed(lines: Sequence[str], over: Sequence[str], pad: str) -> Iterator[str]:
    """The lines of an item of a list, with its dash; what stands over its first entry goes over that.

    Args:
        lines: its entries, with what stands over each.
        over: what stands over its dash.
        pad: what stands before that.
    """
    first = next(i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    above = _squeezed([*over, *(line.strip() for line in lines[:first])], leading=True)
    yield from (pad + line if line else "" for line in above)
    yield f"{pad}- {lines[first].lstrip()}"
    yield from lines[first + 1 :]


def comments(raw: bytes) -> list[str]:
    """The comments of a file that can be read."""
    return comment_texts(folded(raw.decode("utf-8-sig")))
