"""YAML's events to nodes: what a parser says of a text, put together within the limits, every fault with its place."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from typing import Any

import yaml

from target_registry import escape, fields, limits
from target_registry.documents import scalars
from target_registry.documents.parser import PARSER
from target_registry.documents.texts import LOST, LOST_TEXT, Report, Unparsable
from target_registry.model import Message
from target_registry.patterns import lazy


class Node:
    """A piece of a document: its place, its end, and what it holds.

    ``pairs`` are a mapping's keys and values, ``keys`` its keys by what they say, ``items`` a list's
    items, ``value`` what a scalar stands for. Lines and columns count from 0 here, as libyaml's marks do.
    """

    __slots__ = (
        "broken",
        "column",
        "end_column",
        "end_line",
        "inside",
        "items",
        "keys",
        "kind",
        "line",
        "pairs",
        "plain",
        "rest",
        "value",
    )

    def __init__(self, kind: str, line: int, column: int, end_line: int, end_column: int) -> None:
        self.kind = kind
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.value: Any = None
        self.plain = True
        self.broken = False
        self.inside: Node | None = None  # the list it is an item of
        self.rest: Node | None = None  # where its later keys belong, if an item's dash was forgotten
        self.pairs: list[tuple[Node, Node]] = []
        self.keys: dict[str, Node] = {}
        self.items: list[Node] = []

    def add(self, key: Node, value: Node) -> None:
        """Put an entry into a mapping that has none of this key."""
        self.pairs.append((key, value))
        self.keys[key.value] = key


_DUPLICATES_SHOWN = 3
"""After so many, the text was pasted twice, and one more line says nothing new."""


class Composer:
    """Events of one document to nodes, without recursion and within the limits."""

    def __init__(self, text: str, report: Report) -> None:
        self._text = text
        self._report = report
        self._last_quoted: tuple[int, int, int] | None = None
        self._last = self._read = 0
        """Where the last value begins, and from where on nothing is known to be sound: lines from 0."""
        self._key = ""
        self._is_key = False
        self._stack: list[tuple[Node, Node | None]] = []
        """Open collections, each with its pending key."""
        self._duplicates = 0

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def compose(self) -> Node | None:
        """The document's root, or None where the file is empty.

        Raises:
            Unparsable: with its finding reported.
        """
        parser = PARSER(self._text)
        try:
            return self._document(parser)
        except yaml.MarkedYAMLError as error:
            from target_registry.documents.problems import explain  # most files need no explanation

            self._report(*explain(error, self._text, self._last_quoted, (self._last, self._read)))
            raise Unparsable from None
        except (yaml.YAMLError, RecursionError):
            self._report(
                "syntax",
                1,
                1,
                Message("the file can't be read as YAML"),
                Message("write one “key: value” a line and put values with odd signs in quotes"),
            )
            raise Unparsable from None
        finally:
            parser.dispose()

    def _document(self, parser: Any) -> Node | None:
        root: Node | None = None
        stack = self._stack
        documents = events = 0
        while True:
            event = parser.get_event()
            events += 1
            mark = event.start_mark
            if isinstance(event, yaml.StreamEndEvent):
                break
            if events > limits.EVENTS or len(stack) > limits.DEPTH:
                self._at(
                    "too-complex",
                    mark,
                    Message("the file is nested deeper than {limit} levels", limit=limits.DEPTH)
                    if len(stack) > limits.DEPTH
                    else Message("the file has more than {limit} keys, values and brackets", limit=limits.EVENTS),
                    Message("write one “key: value” a line"),
                )
                raise Unparsable
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if event.version or event.tags:
                    self._at(
                        "directive",
                        mark,
                        Message("a line that starts with a percent sign gives YAML orders"),
                        Message("delete it; a file is read as YAML 1.2"),
                    )
                if documents > 1:
                    self._at(
                        "several-documents",
                        mark,
                        Message("a second document starts here"),
                        Message("one file holds one document: delete the line ---, or split the file"),
                    )
                    raise Unparsable
                continue
            if isinstance(event, yaml.StreamStartEvent | yaml.DocumentEndEvent):
                continue
            if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                node, _ = stack.pop()
                end: Any = event.end_mark
                node.end_line, node.end_column = end.line, end.column
                continue
            key = stack[-1][1] if stack else None
            self._key = str(key.value) if key is not None else ""
            self._is_key = bool(stack) and key is None and stack[-1][0].kind == "mapping"
            node = self._node(event)
            if stack:
                stack[-1] = self._attach(stack[-1], node)
            else:
                root = node
            if node.kind != "scalar":
                stack.append((node, None))
        if root is None or (root.kind == "scalar" and root.value is None and not root.broken):
            self._report(
                "empty-file",
                1,
                1,
                Message("the file is empty"),
                Message("write what belongs into it, or delete it"),
            )
            return None
        return root

    def _attach(self, top: tuple[Node, Node | None], node: Node) -> tuple[Node, Node | None]:
        parent, key = top
        if parent.kind == "sequence":
            parent.items.append(node)
            node.inside = parent
            return parent, None
        if key is None:
            return parent, node
        self._pair(parent, key, node)
        return parent, None

    def _pair(self, opened: Node, key: Node, value: Node) -> None:
        place = (key.line + 1, key.column + 1)
        if key.kind != "scalar" or not isinstance(key.value, str):
            if not key.broken:
                self._report(
                    "odd-key",
                    *place,
                    Message("{key} is no word that a key can be", key=_as_written(key)),
                    Message("write each entry as “key: value”, its key a word of the schema"),
                )
            return
        if key.plain and key.value == "<<":
            self._report(
                "merge-key",
                *place,
                Message("a merge key << takes its values from elsewhere"),
                Message("write the values out"),
            )
            return
        mapping = opened.rest or opened
        earlier = mapping.keys.get(key.value)
        if earlier is not None and earlier is mapping.pairs[0][0] and mapping.inside is not None:
            self._report(
                "bad-indent",
                *place,
                Message("a new item of the list starts here without “- ”"),
                Message("write “- ” before it, in the column of the other items"),
            )
            item = Node("mapping", key.line, key.column, value.end_line, value.end_column)
            item.inside = mapping.inside
            item.add(key, value)
            mapping.inside.items.append(item)
            opened.rest = item
            return
        if earlier is not None:
            self._duplicates += 1
            if self._duplicates > _DUPLICATES_SHOWN:
                return
            self._report(
                "duplicate-key",
                *place,
                Message("{key} stands here a second time, first in line {line}", key=key.value, line=earlier.line + 1),
                Message("keep one of the two lines; if the whole text was pasted twice, delete one copy"),
            )
            return
        if len(mapping.pairs) >= limits.KEYS:
            self._report(
                "too-complex",
                *place,
                Message("more than {limit} keys stand side by side", limit=limits.KEYS),
                Message("keep those that the schema has"),
            )
            raise Unparsable
        mapping.add(key, value)

    def _node(self, event: Any) -> Node:
        start, end = event.start_mark, event.end_mark
        node = Node("scalar", start.line, start.column, end.line, end.column)
        if isinstance(event, yaml.AliasEvent):
            self._at(
                "anchor",
                start,
                Message("*{name} points to a value elsewhere", name=event.anchor),
                Message("write the value out")
                if self._key in fields.unquoted()
                else Message("write the value out, or put the text in quotes"),
            )
            node.broken = True
            return node
        if event.anchor:
            self._at(
                "anchor",
                start,
                Message("&{name} marks a value to be used elsewhere", name=event.anchor),
                Message("delete the mark")
                if self._key in fields.unquoted()
                else Message("delete the mark, or put the text in quotes"),
            )
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            node.broken = True
            self._at(
                "tag",
                start,
                Message("{tag} tells readers to make something else of the value", tag=tag),
                Message("delete it")
                if self._key in fields.unquoted()
                else Message("delete it, or put the text in quotes"),
            )
        if isinstance(event, yaml.MappingStartEvent):
            node.kind = "mapping"
        elif isinstance(event, yaml.SequenceStartEvent):
            node.kind = "sequence"
        else:
            node.plain = event.style is None or event.style == ""
            self._scalar(node, event)
            # What stands in lines of its own ends where the next line begins.
            last = end.line if end.column else end.line - 1
            self._last, self._read = start.line, start.line if self._is_key else last + 1
        return node

    def _scalar(self, node: Node, event: Any) -> None:
        if not node.plain or event.tag is not None:
            if event.style in (">", "|") and not event.value.strip():
                from target_registry.documents.cures import unquoted  # most files need no explanation
                from target_registry.documents.problems import QUOTE, pasted

                node.broken = True
                message = Message("a value can't start with {sign}", sign=event.style)
                strange = pasted(self._lines[node.line])
                if strange is not None:
                    self._at(strange.code, event.start_mark, strange.message, strange.hint)
                else:
                    self._at("needs-quotes", event.start_mark, message, unquoted(self._key) or QUOTE)
            if event.style in ("'", '"'):
                self._last_quoted = (node.line, node.column, node.end_line)
            node.value = event.value
            node.plain = node.plain and event.tag is None
            if event.style == '"':
                self._unescaped(node, event)
            if "\t" in event.value:
                place = self._written_at(event, "\t")
                self._report("stray-tab", *place, Message("a tab stands here"), Message("write a space instead"))
            return
        try:
            node.value = scalars.resolve(event.value)
            is_text = isinstance(node.value, str) and not self._is_key and self._key not in fields.unquoted()
            if is_text and self._key not in fields.days() and scalars.is_doubtful(event.value):
                self._at(
                    "doubtful-text",
                    event.start_mark,
                    Message("{text} is a text here, and other programs read something else", text=event.value),
                    Message('put it in quotes: "{text}"', text=event.value),
                )
        except scalars.Ambiguous as ambiguous:
            from target_registry.documents.cures import number  # most files need no explanation

            node.broken = True
            self._at(
                "ambiguous-number",
                event.start_mark,
                Message("{text} has more digits than programs keep", text=event.value)
                if ambiguous.too_long
                else Message("{text} is a number that programs read in different ways", text=event.value),
                number("as_filed" if self._is_filed() else self._key, event.value, ambiguous),
            )

    def _is_filed(self) -> bool:
        """Whether what is read stands in a target's ``as_filed``."""
        return any(opened.pairs[-1:] and opened.pairs[-1][0].value == "as_filed" for opened, _ in self._stack[-2:-1])

    def _unescaped(self, node: Node, event: Any) -> None:
        """Report what an escape can write that the file's own text may not hold: it is as invisible in the value."""
        if LOST in event.value:
            self._report("lost-text", *self._written_at(event, LOST), *LOST_TEXT)
        # A carriage return moves a line's later half over it.
        hidden = escape.hidden_in_file(event.value, allowed="\n\t")
        if not hidden:
            return
        code = f"U+{ord(hidden[0][1]):04X}"
        self._report(
            "hidden-character",
            *self._written_at(event, {char for _, char in hidden}),
            Message("the key holds the invisible character {code}", code=code)
            if self._is_key
            else Message("the value holds the invisible character {code}", code=code),
            Message("delete the backslash and what belongs to it, such as \\u and its digits"),
        )
        gone = {offset for offset, _ in hidden}
        node.value = "".join(char for at, char in enumerate(event.value) if at not in gone)

    def _written_at(self, event: Any, chars: Collection[str]) -> tuple[int, int]:
        """The line and column, from 1, of the first of some characters in a value, as itself or as an escape."""
        start, end = event.start_mark, event.end_mark
        lines = self._lines
        written = _WRITTEN if event.style == '"' else _SIGN
        for number in range(start.line, min(end.line + 1, len(lines))):
            first = start.column if number == start.line else 0
            last = end.column if number == end.line else len(lines[number])
            for found in written.finditer(lines[number], first, last):
                is_indent = found[0] == "\t" and not lines[number][: found.start()].strip()
                if (_said(found) if event.style == '"' else found[0]) in chars and not is_indent:
                    return number + 1, found.start() + 1
        return start.line + 1, start.column + 1

    def _at(self, code: str, mark: Any, message: Message, hint: Message | None = None) -> None:
        self._report(code, mark.line + 1, mark.column + 1, message, hint)


_WRITTEN = lazy(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|[^\\]", re.DOTALL)
_SIGN = lazy(r"[^\n]")
_ESCAPES = dict(zip("0abtnvfre_NLP", "\0\a\b\t\n\v\f\r\x1b\u00a0\u0085\u2028\u2029", strict=True))
"""What stands behind a backslash, and what it means. Source: YAML 1.2.2, section 5.7."""


def _said(written: re.Match[str]) -> str:
    """The character that stands in double quotes as itself or as an escape."""
    text = written[0]
    if text[0] != "\\":
        return text
    return chr(int.from_bytes(bytes.fromhex(text[2:]))) if text[1] in "xuU" else _ESCAPES.get(text[1], text[1])


def _as_written(key: Node) -> object:
    """What stands where a key should."""
    if key.kind != "scalar":
        return Message("a group or a list")
    return Message("nothing (~, null)") if key.value is None else str(key.value)
