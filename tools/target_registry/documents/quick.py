"""The plainest files read line by line, without a YAML parser: what ``fmt`` writes is of this kind.

Whatever could be read in two ways, or holds anything to be reported, is handed to the strict
reader. What is read here is what the strict reader reads; a test compares the two.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

from target_registry import escape, limits
from target_registry.documents import modelines, scalars
from target_registry.documents.document import Document
from target_registry.model import Route
from target_registry.patterns import lazy

# Blank lines, comments on lines of their own, "key:" and "key: value", in a list with "- " before it. YAML has a limit
# for keys, which is far beyond any that is known here.
_LINE = lazy(r"(?: *#[^\n]*| *|( *)(- )?([a-z_]{1,64}):(?: ([^\s\[{｛［【][^\n]*))?)\n")
_QUOTED = lazy(r'"[^"\\]*"\Z')
_UNSAFE = lazy(r"[-?:,\[\]{}#&*!|>'\"%@`]|.*(?:: | #|[\t\r]|[ :]\Z)")
_COMMA_END = lazy(r"[,，;；] *\n")
COMMAS = 3
"""So many lines that end with a comma are no accident."""
_MODELINE = lazy(rf"#{modelines.BEGINNING}[^\n]*")
_NO_KEYS = frozenset(("null", "true", "false"))
_LINES = 5_000
_LEVELS = 6
_LOST = "\ufffd"


class _Level:
    """A mapping that is being read: where its lines stand, its data, its route, and the list it is an item of."""

    __slots__ = ("data", "indent", "items", "route")

    def __init__(self, indent: int, data: dict[str, Any], route: Route, items: list[Any] | None = None) -> None:
        self.indent = indent
        self.data = data
        self.route = route
        self.items = items


def read(path: str, raw: bytes, limit: int, name: str = "") -> Document | None:
    """Read a file of the plainest kind; None where the strict reader must look.

    Args:
        path: where it stands.
        raw: its bytes.
        limit: how many bytes such a file may have.
        name: its schema's, where that is known.
    """
    if len(raw) > limit:
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\r" in text or "\t" in text:  # a line end to the strict reader, and what no text may hold
        return None
    if _LOST in text or escape.hidden_in_file(text) or text.count("[") + text.count("{") > limits.FLOW_BRACKETS:
        return None
    if len(_COMMA_END.findall(text)) >= COMMAS and not _are_texts(text):
        return None  # they may be JSON's
    if any(modelines.foreign(found[0], name) is not None for found in _MODELINE.finditer(text)):
        return None  # unless it stands in quotes
    document = Document(path)
    document.data = _mapping(text)
    document.locate = partial(_locate, text)
    return document if document.data else None


def _are_texts(text: str) -> bool:
    """Whether each line that ends with a comma is a key and its free text."""
    from target_registry import fields  # seldom

    ended = (line for line in text.split("\n") if line.rstrip(" ").endswith((",", "，", ";", "；")))
    return fields.of_free_text().issuperset(line.lstrip(" -").partition(":")[0] for line in ended)


def _locate(text: str, document: Document) -> None:
    """Note where everything stands: most files of a comparison are never asked for that."""
    _mapping(text, document)


def _mapping(text: str, document: Document | None = None) -> dict[str, Any] | None:
    """All lines of a text as one mapping; None at the first line that is not of the plainest kind."""
    places, key_places = (document.places, document.key_places) if document else ({}, {})
    root: dict[str, Any] = {}
    levels = [_Level(0, root, ())]
    pending: str | None = None  # a key whose value stands in the lines below it
    at = number = 0
    while at < len(text):
        line = _LINE.match(text, at)
        number += 1
        if line is None or number > _LINES:
            return None
        at = line.end()
        spaces, dash, key, value = line.groups()
        if key is None:
            continue
        indent = len(spaces)
        top = levels[-1]
        if pending is not None:
            if indent != top.indent + 2 or len(levels) > _LEVELS:
                return None
            if document:
                places[(*top.route, pending)] = (number, indent + 1)
            levels.append(_opened(top, pending, indent, is_list=bool(dash)))
            if dash:
                _item(levels, document, number, indent)
            pending = None
        else:
            wanted = indent + 2 if dash else indent
            while levels[-1].indent > wanted:
                levels.pop()
            if levels[-1].indent != wanted or (dash and levels[-1].items is None):
                return None
            if dash:
                _item(levels, document, number, indent)
        top = levels[-1]
        if key in top.data or key in _NO_KEYS or len(top.data) >= limits.KEYS:
            return None
        if document:
            route = (*top.route, key)
            key_places[route] = (number, top.indent + 1)
            places.setdefault((), (number, top.indent + 1))
            if value is not None:
                places[route] = (number, top.indent + len(key) + 3)
        if value is None:
            pending = key
            top.data[key] = None
            continue
        found = _scalar(value)
        if found is None:
            return None
        top.data[key] = found
    return None if pending is not None else root


def _opened(top: _Level, key: str, indent: int, *, is_list: bool) -> _Level:
    """The mapping, or the list of mappings, that stands below a key."""
    route = (*top.route, key)
    if is_list:
        items: list[Any] = []
        top.data[key] = items
        return _Level(indent + 2, {}, route, items)
    below: dict[str, Any] = {}
    top.data[key] = below
    return _Level(indent, below, route)


def _item(levels: list[_Level], document: Document | None, line: int, indent: int) -> None:
    """Begin an item of the list that the innermost level belongs to."""
    top = levels[-1]
    items = top.items if top.items is not None else []
    route = top.route if not items else top.route[:-1]
    top.data = {}
    top.route = (*route, len(items))
    items.append(top.data)
    if document:
        document.places[top.route] = (line, indent + 3)


@lru_cache(maxsize=4096)  # many files say the same of their category, basis and standard
def _scalar(text: str) -> Any:
    """A value on one line; None where it is none that every reader takes for the same."""
    if text[0] == '"':
        return text[1:-1] if _QUOTED.match(text) else None
    if _UNSAFE.match(text):
        return None
    if scalars.is_doubtful(text):
        return None
    try:
        return scalars.resolve(text)
    except scalars.Ambiguous:
        return None
