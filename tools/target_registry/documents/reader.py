"""Strict reading: YAML 1.2's core schema, one reading only, every fault with its place.

PyYAML's events (libyaml's where it is built in) are put together here; PyYAML's own
constructors, which follow YAML 1.1 and take the last of two duplicate keys, are not used.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Collection
from functools import cache, cached_property
from typing import Any

import yaml

from target_registry import escape, faults, fields, limits
from target_registry.documents import modelines, scalars
from target_registry.documents.document import Document, keep
from target_registry.model import Counted, Finding, Level, Message, Name, Route, Where
from target_registry.patterns import lazy

_PARSER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


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


Report = Callable[..., None]
_DUPLICATES_SHOWN = 3
"""After so many, the text was pasted twice, and one more line says nothing new."""
# Nothing but comments and "key: value" lines in which no trap can be: most files are of this kind.
_ORDINARY = lazy(r"(?>(?: *(?:- )?[a-z_]+:(?: [^\s\[{｛［【][^\n]*)?| *#[^\n]*|)\n)*+\Z")
_LINE_ENDS = "\u0085\u2028\u2029"
"""Line ends to some programs, by the Unicode Standard, section 5.8; to YAML 1.2 they are characters like others."""
_CONFLICT = lazy(r"^(?:<{7}|>{7}|\|{7}|={7})(?: .*)?$", re.MULTILINE)
# What could stand otherwise than YAML 1.2 has it: a # that touches a sign, a bracket, a quote, which may run on to lines
# that look like any, a line that is no entry.
_LAX = lazy(r"\S#|[\[{\"']|^(?! *(?:- )?[a-z_]+:| *#| *$)", re.MULTILINE)
_MODELINE = lazy(rf"#{modelines.BEGINNING}")
_HASH = lazy(r"\S[ \t]+#[^\s#!]")


class Unparsable(Exception):
    """The text is not YAML, or more of it than is read; the finding is reported already."""


def read(path: str, raw: bytes, limit: int, name: str = "") -> Document:
    """Read the bytes of one YAML file.

    Args:
        path: where it stands, for the findings.
        raw: its bytes.
        limit: how many bytes such a file may have.
        name: its schema's, where that is known: it tells which key a Chinese heading stands for.
    """
    document = Document(path)
    node = parse(path, raw, limit, document.findings, name)
    if node is not None:
        document.data = _plain(document, node, ())
    return document


def parse(path: str, raw: bytes, limit: int, findings: list[Finding], name: str = "") -> Node | None:
    """Read bytes to a tree of nodes; None, with findings, where that can't be done."""
    report = _collector(findings, path)
    try:
        text = _clean(_decode(raw, limit, report), report)
        node = _compose_repaired(text, report, name)
    except Unparsable:
        return None
    if node is not None and _MODELINE.search(text):
        _tell_of_modelines(path, text, node, name, report)
    return node


def _tell_of_modelines(path: str, text: str, node: Node, name: str, report: Report) -> None:
    """Report comments by which editors would take their schema from elsewhere."""
    from target_registry.documents.layout import comments_of

    for line, (column, comment) in comments_of(text, node).items():
        if (place := modelines.foreign(comment, name)) is not None:
            report(
                "foreign-schema",
                line + 1,
                column + 1,
                Message("editors take the schema of this file from {place}, and believe what that says", place=place),
                Message("delete the line; the file's first one is to be {line}", line=modelines.modeline(path, name))
                if name
                else Message("delete the line; {command} writes the right one", command="targets fmt"),
            )


def _collector(findings: list[Finding], path: str = "") -> Report:
    """A function that adds findings to a list, and only counts those beyond the most that are listed."""

    def report(code: str, line: int, column: int, message: Message, hint: Message | None = None) -> None:
        level = Level.WARNING if code in faults.WARNINGS else Level.ERROR
        keep(findings, Finding(code, level, Where(path), message, hint, line, column))

    return report


_BEGINNING = 12
"""Bytes that are as many letters of a key, or half as many."""
_LOST = "\ufffd"
_LOST_TEXT = (
    Message("the sign {sign} stands where text was lost", sign=_LOST),
    Message("write the text anew; it was saved with the wrong encoding"),
)


def folded(text: str) -> str:
    """A text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _end_of(raw: bytes) -> tuple[int, int]:
    """The line and column, from 1, of what follows these bytes."""
    text = folded(raw.decode("utf-8", "replace"))
    return _places(text)(len(text))


def _places(text: str) -> Callable[[int], tuple[int, int]]:
    """What tells the line and column, from 1, of a character; its lines are counted once, if it is asked at all."""

    @cache
    def starts() -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", text))]

    def place(offset: int) -> tuple[int, int]:
        line = bisect_right(starts(), offset)
        return line, offset - starts()[line - 1] + 1

    return place


def _is_half_nought(raw: bytes) -> bool:
    """Whether a file begins as one of UTF-16 without its mark does: every other byte of its keys is nought."""
    start = raw[:_BEGINNING]
    return len(start) > 1 and 4 * start.count(0) >= len(start) and any(start[::2]) != any(start[1::2])


def _decode(raw: bytes, limit: int, report: Report) -> str:
    if len(raw) > limit:
        report(
            "too-large",
            1,
            1,
            Message("the file is larger than {limit} bytes", limit=limit),
            Message("one file holds one target; split it, or move long texts out of it")
            if limit == limits.TARGET_BYTES
            else Message("shorten its texts, or give up what isn't needed any more"),
        )
        raise Unparsable
    wide = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)  # the first begins as UTF-16's does
    if raw.startswith((*wide, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_half_nought(raw):
        report(
            "not-utf8",
            1,
            1,
            Message("the file is {encoding}, not UTF-8", encoding="UTF-32" if raw.startswith(wide) else "UTF-16"),
            Message("save it again with the encoding UTF-8"),
        )
        raise Unparsable
    if raw.startswith(codecs.BOM_UTF8):
        report(
            "byte-order-mark",
            1,
            1,
            Message("the file starts with a byte order mark"),
            Message("save it as UTF-8 without a byte order mark, or run targets fmt"),
        )
        raw = raw[len(codecs.BOM_UTF8) :]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _end_of(raw[: error.start])
        byte = f"0x{raw[error.start]:02X}"
        try:
            raw.decode("gb18030")
            hint = Message("it looks like GBK: save it again with the encoding UTF-8")
        except UnicodeDecodeError:
            hint = Message("save it again with the encoding UTF-8")
        report("not-utf8", line, column, Message("byte {byte} is not UTF-8", byte=byte), hint)
        raise Unparsable from None


def _clean(text: str, report: Report) -> str:
    """Report characters that can't be seen and take them out; fold line ends."""
    halfway = text.replace("\r\n", "\n")
    text = halfway.replace("\r", "\n")  # folding it once more would make one line end of \r\r\n, which is two
    place = _places(text)
    if "\n" in halfway:
        for lone in re.finditer("\r", halfway):
            report(
                "hidden-character",
                *place(lone.start()),
                Message("an invisible character {code} stands here", code="U+000D"),
                Message("write an ordinary line end instead: some programs see none here, and others do"),
            )
    if "\0" in text:
        report(
            "hidden-character",
            *place(text.index("\0")),
            Message("the file is damaged: it holds NUL characters"),
            Message("take it from the last version in Git, or from a backup"),
        )
        raise Unparsable
    for lost in re.finditer(f"{_LOST}+", text):
        report("lost-text", *place(lost.start()), *_LOST_TEXT)
    hidden = escape.hidden_in_file(text)
    for offset, char in hidden:
        report(
            "hidden-character",
            *place(offset),
            Message("an invisible character {code} stands here", code=f"U+{ord(char):04X}"),
            Message("write an ordinary line end instead: some programs see none here, and others do")
            if char in _LINE_ENDS
            else Message("delete it; it often comes with text pasted from a web page or a chat"),
        )
    if "\n" not in text.strip("\n") and any(char in _LINE_ENDS for _, char in hidden):
        raise Unparsable  # it is all one line, which its author doesn't see
    if hidden:
        gone = {offset for offset, _ in hidden}
        text = "".join(char for offset, char in enumerate(text) if offset not in gone)
    if marker := _CONFLICT.search(text):
        report(
            "conflict-marker",
            *_places(text)(marker.start()),
            Message("two versions of these lines stand here, left by a merge"),
            Message("keep the right one, and delete the lines that start with <<<<<<<, ======= and >>>>>>>"),
        )
        raise Unparsable
    if sum(map(text.count, "[{")) > limits.FLOW_BRACKETS:
        report(
            "too-complex",
            1,
            1,
            Message("the file has more than {limit} square or curly brackets", limit=limits.FLOW_BRACKETS),
            Message("write one “key: value” a line"),
        )
        raise Unparsable
    # Readers differ in what a block of text at the end of a file says that has no line end: it gets one.
    return text if text.endswith("\n") or not text else text + "\n"


def _compose_repaired(text: str, report: Report, name: str) -> Node | None:
    """Compose the text; where Chinese input methods set traps in it, the repaired text."""
    if _ORDINARY.match(text):
        return _composed(text, report)
    from target_registry.documents import traps
    from target_registry.documents.layout import inner_lines, nodes_of

    found, repaired = traps.find(text, name)
    if not found:
        return _composed(text, report)
    try:
        original = _Composer(text, _collector([])).compose()
    except Unparsable:
        original = None
    multiline = inner_lines(original, quoted=True) if original is not None else set()
    sound = original is not None and original.kind == "mapping"
    real = [trap for trap in found if trap.line - 1 not in multiline and not (sound and trap.weak)]
    if not real:
        return _composed(text, report)
    for trap in real:
        report(trap.code, trap.line, trap.column, trap.message, trap.hint)
    try:
        extra: list[Finding] = []
        node = _composed(repaired, _collector(extra))
    except Unparsable:
        return None
    column = traps.back(text, repaired)
    for finding in extra:
        at = column(finding.line - 1, finding.column - 1) + 1
        report(finding.code, finding.line, at, finding.message, finding.hint)
    for part in nodes_of(node) if node is not None else ():
        part.column, part.end_column = column(part.line, part.column), column(part.end_line, part.end_column)
    return node


def _composed(text: str, report: Report) -> Node | None:
    """The root of a text as it stands, its stray tabs reported."""
    node = _Composer(text, report).compose()
    if node is not None and _LAX.search(text):
        from target_registry.documents import laxities

        for lax in laxities.find(text, node):
            report(lax.code, lax.line, lax.column, lax.message, lax.hint)
    if node is not None and _HASH.search(text):
        from target_registry.documents.layout import comments_of

        lines = text.split("\n")
        for line, (column, comment) in comments_of(text, node).items():
            if comment[1:2] not in ("", " ", "#", "!") and lines[line][:column].strip():
                report(
                    "swallowed-text",
                    line + 1,
                    column + 1,
                    Message("{text} is not read: a # behind a space starts a comment", text=comment),
                    Message("if it belongs to the text, put the whole value in quotes; if not, write a space after #"),
                )
    if node is not None and "\t" in text:
        from target_registry.documents.layout import stray_tabs

        for line, column in stray_tabs(text, node):
            report("stray-tab", line + 1, column + 1, Message("a tab stands here"), Message("write a space instead"))
    return node


class _Composer:
    """Events of one document to nodes, without recursion and within the limits."""

    def __init__(self, text: str, report: Report) -> None:
        self._text = text
        self._report = report
        self._last_quoted: tuple[int, int, int] | None = None
        self._last = self._read = 0
        """Where the last value begins, and from where on nothing is known to be sound: lines from 0."""
        self._key = ""
        self._is_key = False
        self._takes_number = False
        self._duplicates = 0

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def compose(self) -> Node | None:
        """The document's root, or None where the file is empty.

        Raises:
            Unparsable: with its finding reported.
        """
        parser = _PARSER(self._text)
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
        stack: list[tuple[Node, Node | None]] = []  # open collections, each with its pending key
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
            self._takes_number = self._key in fields.numbers()
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
                from target_registry.documents.problems import QUOTE, unquoted  # most files need no explanation

                node.broken = True
                message = Message("a value can't start with {sign}", sign=event.style)
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
            node.broken = True
            self._at(
                "ambiguous-number",
                event.start_mark,
                Message("{text} has more digits than programs keep", text=event.value)
                if ambiguous.too_long
                else Message("{text} is a number that programs read in different ways", text=event.value),
                Message("write {plain}", plain=ambiguous.plain)
                if ambiguous.plain is not None and self._takes_number
                else Message(
                    'write {plain}, or "{text}" in quotes if it is text', plain=ambiguous.plain, text=event.value
                )
                if ambiguous.plain is not None
                else Message("write plain decimal digits such as 12 or 0.5")
                if self._takes_number
                else Message(
                    'write plain decimal digits such as 12 or 0.5, or "{text}" in quotes if it is text',
                    text=event.value,
                ),
            )

    def _unescaped(self, node: Node, event: Any) -> None:
        """Report what an escape can write that the file's own text may not hold: it is as invisible in the value."""
        if _LOST in event.value:
            self._report("lost-text", *self._written_at(event, _LOST), *_LOST_TEXT)
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


_JOINED = lazy(r"([a-z_]+):\S")


def _as_written(key: Node) -> object:
    """What stands where a key should."""
    if key.kind != "scalar":
        return Message("a group or a list")
    return Message("nothing (~, null)") if key.value is None else str(key.value)


def _plain(document: Document, node: Node, route: Route) -> Any:
    """Nodes to plain data, with the place of everything noted in the document."""
    document.places[route] = (node.line + 1, node.column + 1)
    if node.broken:
        document.broken.add(route)
        return None
    if node.kind == "sequence":
        return [_plain(document, item, (*route, index)) for index, item in enumerate(node.items)]
    if node.kind == "mapping":
        data = {}
        for key, value in node.pairs:
            below = (*route, key.value)
            document.key_places[below] = (key.line + 1, key.column + 1)
            data[key.value] = _plain(document, value, below)
        return data
    if node.value is None and route:
        document.broken.add(route)
        keep(document.findings, _blank(document, node, route))
    return node.value


def _blank(document: Document, node: Node, route: Route) -> Finding:
    line, column = document.key_places.get(route, (node.line + 1, node.column + 1))
    if isinstance(route[-1], str) and (joined := _JOINED.match(route[-1])):
        return Finding(
            "missing-space",
            Level.ERROR,
            Where(document.path, route),
            Message("no space stands after the colon of {key}", key=joined[1]),
            Message("write a half-width colon and a space: {example}", example=f"{joined[1]}: …"),
            line,
            column,
        )
    name: object = Name(route[-1]) if isinstance(route[-1], str) else Counted("item {n}", "item {n}", route[-1] + 1)
    return Finding(
        "empty-value",
        Level.ERROR,
        Where(document.path, route),
        Message("{key} has no value", key=name),
        Message("fill it in; only where the cell may stay blank, delete the line"),
        line,
        column,
    )
