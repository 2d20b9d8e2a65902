"""Canonical YAML: keys in the schema's order, quotes only where a reader could err, comments kept.

The canonical form never changes a value: what was written is read again and compared
before it is given out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Any, NamedTuple

from target_registry import fields, limits
from target_registry.documents import Unwritable, scalars
from target_registry.documents.canonical import pattern, row
from target_registry.documents.layout import comments_of, inner_lines
from target_registry.documents.reader import Node, parse, read
from target_registry.model import Finding, Level, Message
from target_registry.patterns import lazy

MODELINE = lazy(r"#\s*yaml-language-server:")


class Unformattable(Exception):
    """The file can't be read as one sound YAML document; the findings say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__()
        self.findings = findings


def modeline(path: str, name: str) -> str:
    """The comment that tells editors which schema a file has.

    Args:
        path: the file, relative to the registry.
        name: ``plan``, ``target`` or ``adjustment``.
    """
    return f"# yaml-language-server: $schema={'../' * path.count('/')}schema/{name}.schema.json"


def canonical(path: str, raw: bytes, name: str, limit: int, *, with_modeline: bool = True) -> bytes:
    """The canonical form of a file.

    Args:
        path: where it stands, relative to the registry.
        raw: its bytes.
        name: the schema whose order its keys take, ``plan``, ``target`` or ``adjustment``.
        limit: how many bytes such a file may have.
        with_modeline: put the modeline on top where there is none.

    Raises:
        Unformattable: it has faults as YAML; a byte order mark aside, which is dropped.
    """
    before = read(path, raw, limit)
    findings = [
        finding for finding in before.findings if finding.level is Level.ERROR and finding.code != "byte-order-mark"
    ]
    node = None if findings else parse(path, raw, limit, [])
    if node is None or not isinstance(before.data, dict):
        raise Unformattable(findings)
    text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    layout = _Layout(text, node)
    top = modeline(path, name) if with_modeline else None
    written = "\n".join(_document(layout, node, fields.schema(name), name, top)) + "\n"
    after = read(path, written.encode(), max(limit, 2 * len(raw)) + len(written.encode()))
    comments = layout.texts()
    if top is not None and not layout.has_modeline:
        comments.append(top)
    if (
        any(finding.level is Level.ERROR for finding in after.findings)
        or _ordered(after.data) != _ordered(before.data)
        or sorted(comments) != sorted(_comments_of(written))
    ):
        raise AssertionError(f"the canonical form of {path} would not be the same")
    return written.encode()


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
    return _encoded([modeline(path, name), *mapping_lines(data, fields.schema(name), name, 0)])


def _encoded(lines: Sequence[str]) -> bytes:
    for line in lines:
        try:
            line.encode()
        except UnicodeEncodeError:
            raise Unwritable(line.strip()) from None
    return ("\n".join(lines) + "\n").encode()


def emit_record(texts: Mapping[str, str | None], changes: Sequence[Mapping[str, Any]], path: str) -> bytes:
    """A new adjustment record; what is not known yet is a key with nothing behind it, and a comment above.

    Args:
        texts: what it says beside the changes; None for what a person is to fill in.
        changes: the entries, with ``target``, ``field``, ``from`` and ``to``.
        path: where it will stand, relative to the registry.

    Raises:
        Unwritable: something in it is no text.
    """
    schema = fields.schema("adjustment")
    lines = [modeline(path, "adjustment")]
    for key, node in schema["properties"].items():
        if key in texts and texts[key] is None:
            lines += [f"# {node['description']}", f"{key}:"]
        elif key in texts:
            lines.append(f"{key}: {scalar(texts[key])}")
        elif key == "changes":
            lines += mapping_lines({key: list(changes)}, schema, "adjustment", 0)
    return _encoded(lines)


class Entry(NamedTuple):
    """One change in a record that is brought up to date.

    ``position`` is its place, from 1, in the record as it was; None for a new one. ``said`` has
    ``target``, ``field``, ``from`` and ``to``.
    """

    position: int | None
    said: Mapping[str, Any]


def rewrite_record(path: str, raw: bytes, texts: Mapping[str, str | None], entries: Sequence[Entry]) -> bytes:
    """A record brought up to date: what a person wrote into it stays, comments included.

    Args:
        path: where it will stand, relative to the registry.
        raw: the record as it was, a YAML mapping without faults but empty values.
        texts: what it says beside the changes; None for what a person is to fill in.
        entries: its changes.
    """
    text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    root = parse(path, raw, len(raw), [])
    if root is None:
        raise AssertionError(f"{path} was read before and can't be now")
    layout = _Layout(text, root)
    known = {key.value: (key, value) for key, value in root.pairs}
    schema = fields.schema("adjustment")
    written = _node("mapping", root.line)
    lost = set[str]()
    for name, node in schema["properties"].items():
        key, value = known.pop(name, (_tree(name), _tree(None)))
        if name == "changes":
            written.pairs.append((key, _entries_node(value, entries)))
        elif name in texts:
            placeholder = f"# {node['description']}"
            is_blank = value.kind == "scalar" and value.value is None
            above = layout.above.setdefault(id(key), [])
            if texts[name] is None and is_blank:
                above += [placeholder] * (placeholder not in above)
            elif placeholder in above:
                above.remove(placeholder)
                lost.add(placeholder)
            same = texts[name] is None or (value.kind == "scalar" and value.value == texts[name])
            written.pairs.append((key, value if same else _tree(texts[name])))
        elif value.kind != "scalar" or value.value is not None:
            written.pairs.append((key, value))
    written.pairs += known.values()
    lines = list(_document(layout, written, schema, "adjustment", None))
    kept = _comments_of("\n".join(lines) + "\n")
    for comment in comments_of(text, root).values():
        if comment[1] in kept:
            kept.remove(comment[1])
        elif comment[1] not in lost:
            lines.append(comment[1])
    return ("\n".join(lines) + "\n").encode()


def _entries_node(old: Node, entries: Sequence[Entry]) -> Node:
    """The list of a record's changes, its items those of the old list where they say the same."""
    items = _node("sequence", old.line)
    for position, said in entries:
        if position is None:
            items.items.append(_tree(said))
            continue
        before = old.items[position - 1]
        item = _node("mapping", before.line)
        known = {key.value: (key, value) for key, value in before.pairs}
        for name in ("target", "field", "from", "to"):
            key, value = known.pop(name, (_tree(name), _tree(None)))
            if name in said:
                item.pairs.append((key, value if _plain_of(value) == _ordered(said[name]) else _tree(said[name])))
        item.pairs += known.values()
        items.items.append(item)
    return items


def _node(kind: str, line: int = 0) -> Node:
    return Node(kind, line, 0, line, 0)


def _tree(value: Any) -> Node:
    """The nodes of plain data, which no comment belongs to."""
    if isinstance(value, Mapping):
        node = _node("mapping")
        node.pairs = [(_tree(key), _tree(item)) for key, item in value.items()]
    elif isinstance(value, list | tuple):
        node = _node("sequence")
        node.items = [_tree(item) for item in value]
    else:
        node = _node("scalar")
        node.value = value
    return node


def _plain_of(node: Node) -> Any:
    """What a tree says, in the form that tells the type of its numbers."""
    if node.kind == "mapping":
        return sorted((key.value, _plain_of(value)) for key, value in node.pairs)
    return [_plain_of(item) for item in node.items] if node.kind == "sequence" else _ordered(node.value)


def comments(raw: bytes) -> list[str]:
    """The comments of a file that can be read."""
    return _comments_of(raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))


def record_fault(
    path: str, raw: bytes, texts: Mapping[str, str | None], entries: Sequence[Mapping[str, Any]]
) -> Message | None:
    """Why a record just made would not say, once read again, what it is to say; None where it does.

    Args:
        path: where it will stand.
        raw: its bytes.
        texts: what it is to say beside the changes; what is None there is not looked at.
        entries: its changes.
    """
    document = read(path, raw, limits.ADJUSTMENT_BYTES)
    for finding in document.findings:
        if finding.level is Level.ERROR and finding.code != "empty-value":
            return finding.message
    data = document.data if isinstance(document.data, dict) else {}
    most = fields.schema("adjustment")["properties"]["changes"]["maxItems"]
    if len(entries) > most:
        return Message("a record has at most {n} changes", n=most)
    if _ordered(data.get("changes") or []) != _ordered(list(entries)) or any(
        data.get(key) != value for key, value in texts.items() if value is not None
    ):
        return Message("it would be read otherwise than it was written")
    return None


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
    """A key on its line; one that holds a colon could be taken for a key and a value without a blank between."""
    return scalar(text) if _COLONS.isdisjoint(text) else json.dumps(text, ensure_ascii=False)


def _ordered(value: Any) -> Any:
    """Data with the order of its keys and the type of its numbers made comparable."""
    if isinstance(value, dict):
        return sorted((key, _ordered(item)) for key, item in value.items())
    if isinstance(value, list):
        return [_ordered(item) for item in value]
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


class _Layout:
    """A text's comments and blank lines, each given to the entry it belongs to.

    ``head`` stands above everything, ``foot`` below; ``above`` and ``behind`` hold what
    stands over an entry and at the end of its line, by the node that begins it.
    """

    def __init__(self, text: str, root: Node) -> None:
        self.head: list[str] = []
        self.foot: list[str] = []
        self.above: dict[int, list[str]] = {}
        self.behind: dict[int, str] = {}
        entries = sorted(_entries(root), key=lambda node: (node.line, node.column))
        starts = [node.line for node in entries]
        lines = text.split("\n")
        comments = comments_of(text, root)
        own_line: dict[int, str] = {}
        for line, (column, comment) in comments.items():
            if lines[line][:column].strip():
                owner = max((n for n in entries if n.line <= line), key=lambda n: (n.line, n.column), default=None)
                if owner is None:
                    self.foot.append(comment)
                else:
                    key = id(owner)
                    self.behind[key] = f"{self.behind[key]} {comment}" if key in self.behind else comment
            else:
                own_line[line] = comment
        covered = inner_lines(root)
        pending: list[str] = []
        position = 0
        for line in range(len(lines) + 1):
            while position < len(entries) and starts[position] == line:
                if pending:
                    self.above.setdefault(id(entries[position]), []).extend(pending)
                    pending = []
                position += 1
            if line == len(lines):
                break
            if line in own_line:
                pending.append(own_line[line])
            elif not lines[line].strip() and line not in covered:
                pending.append("")
        self.foot += pending
        if entries:
            self._split_head(entries[0], [key for key, _ in root.pairs])

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
        for above in self.above.values():
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


def _comments_of(text: str) -> list[str]:
    node = parse("", text.encode(), len(text.encode()), [])
    return [] if node is None else [comment for _, comment in comments_of(text, node).values()]


def _squeezed(lines: list[str], *, leading: bool = False) -> list[str]:
    """No blank line twice, and none at the start unless ``leading``."""
    return [line for i, line in enumerate(lines) if line or (lines[i - 1] if i else leading)]


def _document(layout: _Layout, root: Node, node: Mapping[str, Any], name: str, top: str | None) -> Iterator[str]:
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


def _above(layout: _Layout, entry: Node, pad: str) -> Iterator[str]:
    for line in _squeezed(layout.above.get(id(entry), []), leading=True):
        yield f"{pad}{line}" if line else ""


def _behind(layout: _Layout, entry: Node) -> str:
    comment = layout.behind.get(id(entry))
    return f"  {comment}" if comment else ""


def _mapping(layout: _Layout, root: Node, node: Mapping[str, Any], name: str, indent: int) -> Iterator[str]:
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


def _sequence(layout: _Layout, root: Node, node: Mapping[str, Any], name: str, indent: int) -> Iterator[str]:
    pad = " " * indent
    for item in root.items:
        if item.pairs:
            lines = list(_mapping(layout, item, node, name, indent + 2))
            first = next(i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
            yield from (pad + line.strip() if line else "" for line in lines[:first])
            yield f"{pad}- {lines[first].lstrip()}"
            yield from lines[first + 1 :]
        elif item.items:
            yield from _above(layout, item, pad)
            lines = list(_sequence(layout, item, {}, name, indent + 2))
            yield f"{pad}- {lines[0].lstrip()}"
            yield from lines[1:]
        else:
            empty = {"mapping": "{}", "sequence": "[]"}.get(item.kind)
            yield from _above(layout, item, pad)
            yield f"{pad}- {empty or scalar(item.value)}{_behind(layout, item)}"
