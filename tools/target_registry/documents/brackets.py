"""What is wrong within brackets: the parser tells where they open, and the fault may stand many lines below.

Only files at fault come here: reading the others doesn't load it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import yaml

from target_registry import fields
from target_registry.documents.parser import PARSER, SECOND_KEY
from target_registry.model import Message
from target_registry.patterns import lazy

_PARTNERS = {"[": "]", "{": "}"}
_OPENERS = {"]": "[", "}": "{", ")": "(", "）": "（", "｝": "｛", "］": "［", "】": "【"}
"""What people close a bracket with, and the sign that opens what each closes."""
_WIDE = "，、；"
_SEPARATORS = f"{_WIDE};"
_ENTRY = lazy(r"\s*(?P<dash>(?:- +)*)(?:(?P<key>[^\s:#\[\]{}]+):(?:\s|\Z))?")
_COMMA = Message("write a half-width comma and a space")
_MISSING = (
    Message("a comma is missing between two entries in brackets"),
    Message("write a half-width comma and a space here; if it is one text, put the whole value in quotes"),
)


class Fault(NamedTuple):
    """What is wrong, and its place from 0."""

    code: str
    line: int
    column: int
    message: Message
    hint: Message


class _Read(NamedTuple):
    """What stands around the token that the parser can't take.

    ``opened`` are the brackets that are open there, ``before`` is the token in front of it, ``at`` itself, ``end`` where
    the scalar ends that begins there; ``inner`` are the later lines of quoted texts.
    """

    opened: list[Any]
    before: Any
    at: Any
    end: Any
    inner: set[int]


def find(text: str, lines: Sequence[str], mark: Any) -> Fault | None:
    """What is wrong within brackets that hold a group or a list; None where a bracket isn't closed, or begins a text.

    Args:
        text: what was read.
        lines: its lines.
        mark: the place of what the parser can't take.
    """
    read = _scan(text, mark)
    if read is None or not read.opened or _is_of_text(lines, read.opened[0]):
        return None
    outer = read.opened[0]
    if _is_left(lines, outer, mark.line, read.inner):
        return _wide_closing(lines, read)
    if isinstance(read.at, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
        return _unlike(lines, read.opened[-1], mark.line, mark.column)
    if isinstance(read.at, yaml.StreamEndToken | yaml.DocumentStartToken | yaml.DocumentEndToken | yaml.BlockEndToken):
        return _wide_closing(lines, read)
    return _between(lines, read)


def _scan(text: str, mark: Any) -> _Read | None:
    """Take a text apart up to a mark; None where that can't be done."""
    scanner = PARSER(text)
    opened: list[Any] = []
    inner: set[int] = set()
    before: Any = None
    try:
        with suppress(yaml.YAMLError):
            while (token := scanner.get_token()) is not None:
                start, end = token.start_mark, token.end_mark
                if (start.line, start.column) >= (mark.line, mark.column):
                    behind = scanner.peek_token() if isinstance(token, yaml.KeyToken) else token
                    return _Read(opened, before, token, behind.end_mark, inner)
                if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
                    opened.append(start)
                elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken) and opened:
                    opened.pop()
                elif isinstance(token, yaml.ScalarToken) and not token.plain:
                    inner.update(range(start.line + 1, end.line + 1))
                before = token
    finally:
        scanner.dispose()
    return None


def _is_of_text(lines: Sequence[str], outer: Any) -> bool:
    """Whether a bracket begins the value of a key that takes no group: there it is part of a text, or a slip."""
    entry = _ENTRY.match(lines[outer.line])
    key = entry["key"] if entry else None
    return key is not None and (key in fields.of_text() or key in fields.unquoted())


def _is_left(lines: Sequence[str], outer: Any, last: int, inner: set[int]) -> bool:
    """Whether a line up to the last one is no part any more of what a bracket opens: it isn't closed where it ends."""
    closing = _PARTNERS[lines[outer.line][outer.column]]
    if any(line.lstrip().startswith(closing) for line in lines[outer.line + 1 :]):
        return False  # no other line can begin so
    entry = _ENTRY.match(lines[outer.line])
    column = entry.end("dash") if entry else 0
    is_keyed = bool(entry and entry["key"])
    for number in range(outer.line + 1, min(last + 1, len(lines))):
        line = lines[number]
        found = _ENTRY.match(line)
        if number in inner or found is None:
            continue
        indent = found.start("dash")
        if found["dash"] and indent < column:
            return True
        if found["key"] and (indent < column or (is_keyed and indent == column)):
            return True
    return False


def _between(lines: Sequence[str], read: _Read) -> Fault:
    """What is wrong between two entries."""
    at, before = read.at.start_mark, read.before
    line, column = at.line, at.column
    if isinstance(read.at, yaml.ValueToken):
        start = before.start_mark
        return _within(lines[line], line, start.column, column) if start.line == line else _above(lines, read, line)
    if isinstance(before, yaml.ValueToken | yaml.FlowEntryToken | yaml.KeyToken):
        return _within(lines[line], line, column, read.end.column)
    if (sign := lines[line][column : column + 1]) in _SEPARATORS and sign:
        return _instead(line, column, sign)
    return _end(lines, read, before.end_mark.line, before.end_mark.column)


def _within(text: str, line: int, begin: int, end: int) -> Fault:
    """What is wrong in what the parser took for a key: it holds the end of a value and the key behind it."""
    signs = [column for column in range(begin, end) if text[column] in _SEPARATORS]
    if signs:
        return _instead(line, signs[-1], text[signs[-1]])
    blank = text[begin:end].rstrip().rfind(" ")
    return (
        Fault("syntax", line, begin + blank, *_MISSING) if blank > 0 else Fault("stray-colon", line, end, *SECOND_KEY)
    )


def _above(lines: Sequence[str], read: _Read, line: int) -> Fault:
    """What is wrong at the end of the last line with text above a line."""
    above = next(number for number in range(line - 1, -1, -1) if lines[number].strip() or not number)
    return _end(lines, read, above, len(lines[above].rstrip()))


def _end(lines: Sequence[str], read: _Read, line: int, column: int) -> Fault:
    """What is wrong at the end of an entry."""
    sign = lines[line][column - 1 : column]
    is_plain = isinstance(read.before, yaml.ScalarToken) and read.before.plain
    if is_plain and sign and sign in _SEPARATORS:
        return _instead(line, column - 1, sign)
    if is_plain and _closes(lines[line], sign):
        return _unlike(lines, read.opened[-1], line, column - 1)
    return Fault("syntax", line, column, *_MISSING)


def _instead(line: int, column: int, sign: str) -> Fault:
    """Another sign where a comma should stand."""
    if sign in _WIDE:
        message = Message("the full-width sign {found} stands where YAML needs a half-width one", found=sign)
        return Fault("fullwidth-bracket", line, column, message, _COMMA)
    return Fault("syntax", line, column, Message("{found} stands where a comma is needed", found=sign), _COMMA)


def _closes(line: str, sign: str) -> bool:
    """Whether a sign closes a bracket that isn't opened in its line by the same kind."""
    return sign in _OPENERS and line.count(sign) > line.count(_OPENERS[sign])


def _wide_closing(lines: Sequence[str], read: _Read) -> Fault | None:
    """A bracket that is closed by a full-width one: what stands below was never meant to be within it."""
    outer = read.opened[0]
    for number in range(outer.line + 1, min(read.at.start_mark.line + 1, len(lines))):
        line = lines[number].rstrip()
        for column in {len(line) - len(line.lstrip()), len(line) - 1}:
            if number not in read.inner and line and line[column] in "｝］】" and _closes(line, line[column]):
                return _unlike(lines, read.opened[-1], number, column)
    return None


def _unlike(lines: Sequence[str], opened: Any, line: int, column: int) -> Fault:
    """A bracket that is closed by one of another kind."""
    sign, found = lines[opened.line][opened.column], lines[line][column]
    return Fault(
        "unclosed-bracket" if found.isascii() else "fullwidth-bracket",
        line,
        column,
        Message(
            "the bracket {sign} of line {line} is not closed by {found}", sign=sign, line=opened.line + 1, found=found
        ),
        Message("write {closing} here if it ends here; if not, delete {found}", closing=_PARTNERS[sign], found=found),
    )
