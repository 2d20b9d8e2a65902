"""Adjustment records: a new one as it is written, and one that is there with other entries, its comments kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from target_registry import fields, limits
from target_registry.documents.composer import Node
from target_registry.documents.layout import comments_of
from target_registry.documents.modelines import modeline
from target_registry.documents.reader import parse, read
from target_registry.documents.texts import folded
from target_registry.documents.writer import (
    Layout,
    comment_texts,
    document,
    encoded,
    mapping_lines,
    ordered,
    scalar,
)
from target_registry.model import Level, Message


class Entry(NamedTuple):
    """One change in a record that is brought up to date.

    ``position`` is its place, from 1, in the record as it was; None for a new one. ``said`` has
    ``target``, ``field``, ``from`` and ``to``.
    """

    position: int | None
    said: Mapping[str, Any]


def most_changes() -> int:
    """How many changes a record may list."""
    return int(fields.schema("adjustment")["properties"]["changes"]["maxItems"])


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
    return encoded(lines)


def rewrite_record(path: str, raw: bytes, texts: Mapping[str, str | None], entries: Sequence[Entry]) -> bytes:
    """A record brought up to date: what a person wrote into it stays, comments included.

    Args:
        path: where it will stand, relative to the registry.
        raw: the record as it was, a YAML mapping without faults but empty values.
        texts: what it says beside the changes; None for what a person is to fill in.
        entries: its changes.
    """
    text = folded(raw.decode("utf-8-sig"))
    root = parse(path, raw, len(raw), [])
    if root is None:
        raise AssertionError(f"{path} was read before and can't be now")
    layout = Layout(text, root)
    known = {key.value: (key, value) for key, value in root.pairs}
    schema = fields.schema("adjustment")
    written = _node("mapping", root.line)
    lost = set[str]()
    for name, node in schema["properties"].items():
        key, value = known.pop(name, (_tree(name), _tree(None)))
        if name == "changes":
            written.pairs.append((key, _entries_node(value, entries, layout)))
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
    lines = list(document(layout, written, schema, "adjustment", None))
    kept = comment_texts("\n".join(lines) + "\n")
    for comment in comments_of(text, root).values():
        if comment[1] in kept:
            kept.remove(comment[1])
        elif comment[1] not in lost:
            lines.append(comment[1])
    return ("\n".join(lines) + "\n").encode()


def _entries_node(old: Node, entries: Sequence[Entry], layout: Layout) -> Node:
    """The list of a record's changes, its items those of the old list where they say the same."""
    items = _node("sequence", old.line)
    layout.below[id(items)] = layout.below.pop(id(old), [])
    for position, said in entries:
        if position is None:
            items.items.append(_tree(said))
            continue
        before = old.items[position - 1]
        item = _node("mapping", before.line)
        layout.below[id(item)] = layout.below.pop(id(before), [])
        known = {key.value: (key, value) for key, value in before.pairs}
        for name in ("target", "field", "from", "to"):
            key, value = known.pop(name, (_tree(name), _tree(None)))
            if name in said:
                item.pairs.append((key, value if _plain_of(value) == ordered(said[name]) else _tree(said[name])))
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
    return [_plain_of(item) for item in node.items] if node.kind == "sequence" else ordered(node.value)


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
    if len(entries) > most_changes():
        return Message("a record has at most {n} changes", n=most_changes())
    if ordered(data.get("changes") or []) != ordered(list(entries)) or any(
        data.get(key) != value for key, value in texts.items() if value is not None
    ):
        return Message("it would be read otherwise than it was written")
    return None
