"""The smallest change of a file: only the bytes of the values that change, all others as they were.

Cut and set in the text by the reader's own marks, not written anew from a tree: a tree's writer, such
as ruamel.yaml's, gives back the lines that nobody touched only where the file is canonical already.
What was cut is then proved: read again strictly, it must say what was asked for and keep every
comment, or it is not given out.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from target_registry import fields
from target_registry.documents import read
from target_registry.documents.composer import Node
from target_registry.documents.layout import HEADER, comments_of
from target_registry.documents.modelines import MODELINE
from target_registry.documents.reader import parse
from target_registry.documents.writer import Unformattable, item_lines, mapping_lines, scalar
from target_registry.equality import same
from target_registry.model import Finding, Level, Message, Route, Where
from target_registry.patterns import lazy

_MARK = "\ufeff"
_LINE = lazy(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_DASHES = lazy(r" *(?:- +)+\Z")
_UNSAFE_IN_FLOW = lazy(r"[,\[\]{}:#?]")
_SEVERAL_LINES = lazy(r"[\n\r\t]")

_Place = tuple[int, int]
_Rank = Callable[[str | int], int]


def edit(path: str, raw: bytes, name: str, changes: Mapping[Route, Any], limit: int) -> bytes:
    """A file with some of its values changed, and nothing else.

    Comments, blank lines, the order of keys, line ends, a byte order mark and how other values
    are quoted stay. A changed value keeps its quotes where it can, and the comment behind it. A
    new key goes where the schema's order puts it. The comment behind a key that is removed stays,
    on a line of its own.

    Args:
        path: where it stands, relative to the registry.
        raw: its bytes.
        name: the schema whose order new keys take: ``plan``, ``target`` or ``adjustment``.
        changes: new values by their routes in the file as it is; None removes a key or an item,
            with the last one of a group the group. The index behind a list's last adds an item.
        limit: how many bytes such a file may have.

    Raises:
        Unformattable: it can't be read as one sound document, or not be changed that way; the
            findings say why.
        IndexError: a route leads past the end of a list.
        TypeError: a route leads through a value that holds nothing.
    """
    before = read(path, raw, limit)
    _refuse(before.findings)
    if not isinstance(before.data, dict):
        raise Unformattable([_tangled(path, changes)])
    changes = {route: value for route, value in changes.items() if not _is_there(before.data, route, value)}
    if not changes:
        return raw
    expected = changed(before.data, changes)
    text = _Text(path, raw, name, limit)
    comments = Counter(text.comments())
    findings: list[Finding] = []
    try:
        _change(text, before.data, changes)
        for written in text.written():
            after = read(path, written, limit)
            findings = findings or _errors(after.findings)
            if _errors(after.findings) or not same(after.data, expected):
                continue
            if comments <= Counter(_Text(path, written, name, limit).comments()):
                return written
    except _Tangled:
        pass
    raise Unformattable(findings or [_tangled(path, changes)])


def changed(data: Mapping[str, Any], changes: Mapping[Route, Any]) -> dict[str, Any]:
    """Plain data with some values changed, as ``edit`` changes a file.

    Args:
        data: a document's data, which stays as it is.
        changes: as for ``edit``.

    Raises:
        IndexError: a route leads past the end of a list.
        TypeError: a route leads through a value that holds nothing.
    """
    result: dict[str, Any] = copy.deepcopy(dict(data))
    for route, value in _in_order(changes):
        _put(result, route, copy.deepcopy(value))
    for route in _backwards(changes):
        _drop(result, route)
    return result


class _Tangled(Exception):
    """The text around a value is written in a way that can't be cut."""


def _tangled(path: str, changes: Mapping[Route, Any]) -> Finding:
    route = min(changes, key=len, default=())
    return Finding(
        "syntax",
        Level.ERROR,
        Where(path, route),
        Message("{key} can't be changed without changing the lines around it", key=".".join(map(str, route))),
        Message("run targets fmt on the file, and try again"),
    )


def _errors(findings: Sequence[Finding]) -> list[Finding]:
    return [f for f in findings if f.level is Level.ERROR and f.code != "byte-order-mark"]


def _refuse(findings: Sequence[Finding]) -> None:
    if errors := _errors(findings):
        raise Unformattable(errors)


# Plain data


def _in_order(changes: Mapping[Route, Any]) -> list[tuple[Route, Any]]:
    """What is set, items that are added to a list in their order."""
    return sorted(
        ((route, value) for route, value in changes.items() if value is not None),
        key=lambda change: [step for step in change[0] if isinstance(step, int)],
    )


def _backwards(changes: Mapping[Route, Any]) -> list[Route]:
    """What is removed, a list's last items first, so that the routes of the others stay true."""
    removed = [
        route
        for route, value in changes.items()
        if value is None and not any(changes.get(route[:end], route) is None for end in range(1, len(route)))
    ]
    return sorted(removed, key=lambda route: [step for step in route if isinstance(step, int)], reverse=True)


def _put(data: Any, route: Route, value: Any) -> None:
    here = data
    for step, following in zip(route, [*route[1:], None], strict=True):
        new: Any = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if not isinstance(here, list):
                raise TypeError(route)
            if step > len(here) or step < 0:
                raise IndexError(route)
            if step == len(here):
                here.append(new)
        elif not isinstance(here, dict):
            raise TypeError(route)
        elif step not in here:
            here[step] = new
        if following is None:
            here[step] = value
        here = here[step]


def _drop(data: dict[str, Any], route: Route) -> None:
    parents: list[Any] = [data]
    for step in route[:-1]:
        parents.append(parents[-1][step])
    for parent, step in zip(reversed(parents), reversed(route), strict=True):
        del parent[step]
        if parent:
            break


def _find(data: Any, route: Route) -> Any:
    """The value at a route; None where there is none."""
    for step in route:
        there = range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
        if step not in there:
            return None
        data = data[step]
    return data


def _is_there(data: Any, route: Route, value: Any) -> bool:
    found = _find(data, route)
    return found is value or (found is not None and value is not None and same(found, value))


# The text


def _change(text: _Text, data: dict[str, Any], changes: Mapping[Route, Any]) -> None:
    simple: dict[Route, Any] = {}
    added: dict[Route, Any] = {}
    removed: dict[Route, Any] = {}
    for route, value in changes.items():
        _sort_out(_find(data, route), route, value, simple, added, removed)
    text.rewrite(simple)
    for route, values in _together(data, _in_order(added)):
        text.add(route, *values)
    for route in _backwards(removed):
        text.remove(route)


def _sort_out(
    old: Any, route: Route, new: Any, simple: dict[Route, Any], added: dict[Route, Any], removed: dict[Route, Any]
) -> None:
    """Take a change apart into scalars that change, what is new, and what is gone."""
    if new is None:
        removed[route] = None
    elif isinstance(old, dict) and isinstance(new, Mapping) and old and new:
        for key in (*old, *(key for key in new if key not in old)):
            if not _is_there(old, (key,), new.get(key)):
                _sort_out(old.get(key), (*route, key), new.get(key), simple, added, removed)
    elif isinstance(old, list) and isinstance(new, list | tuple) and old and new:
        for index in range(max(len(old), len(new))):
            there, wanted = _find(old, (index,)), new[index] if index < len(new) else None
            if wanted is None or there is None or not same(there, wanted):
                _sort_out(there, (*route, index), wanted, simple, added, removed)
    elif old is None or isinstance(old, dict | list) or isinstance(new, Mapping | list | tuple):
        added[route] = new
    else:
        simple[route] = new


def _together(data: Any, added: Sequence[tuple[Route, Any]]) -> Iterator[tuple[Route, list[Any]]]:
    """What is added, items behind a list's last at once: for each addition the text is read anew."""

    def place(addition: tuple[Route, Any]) -> Route:
        (*above, step), there = addition[0], _find(data, addition[0][:-1])
        return tuple(above) if there and isinstance(there, list) and _find(there, (step,)) is None else addition[0]

    for _, some in groupby(added, place):
        (route, value), *more = some
        yield route, [value, *(further for _, further in more)]


class _Entry(NamedTuple):
    """A key with its value, or an item of a list: where it begins, where it ends, and the value."""

    start: _Place
    end: _Place
    value: Node
    step: str | int


class _Text:
    """A file's lines without their ends, in which things are cut and set; places count from 0."""

    def __init__(self, path: str, raw: bytes, name: str, limit: int) -> None:
        self._path = path
        self._name = name
        self._limit = limit
        text = raw.decode("utf-8")
        self._mark = _MARK if text.startswith(_MARK) else ""
        found = [match.groups() for match in _LINE.finditer(text.removeprefix(_MARK))]
        if found[-1] == ("", ""):
            found.pop()
        self._lines: list[str] = [line for line, _ in found]
        self._ends: list[str] = [end for _, end in found]
        self._ended = bool(self._ends and self._ends[-1])
        self._within = frozenset(line for line, end in found if end and line.startswith(" "))
        self._newline = next((end for end in self._ends if end), "\n")
        self._read: Node | None = None
        """What the lines say as they are now, once that was asked for."""

    def written(self) -> Iterator[bytes]:
        """The file's bytes: its last line ended as the last was, but for one that may be a block's; else ended."""
        last = len(self._lines) - 1
        for ended in dict.fromkeys((self._ended, True)):
            text = "".join(
                line + ((end or self._newline) if ended or number < last or line in self._within else "")
                for number, (line, end) in enumerate(zip(self._lines, self._ends, strict=True))
            )
            # What can't be UTF-8 fails the proof.
            yield (self._mark + text).encode("utf-8", "surrogatepass")

    def comments(self) -> list[str]:
        """Every comment, those behind the sign of a block of text as well."""
        root = self._root()
        return [comment for _, comment in self._comments(root, 0, len(self._lines) - 1)]

    def rewrite(self, values: Mapping[Route, Any]) -> None:
        """Put new scalars where scalars stand, from the last to the first, so that no place moves."""
        root = self._root()
        spots = []
        for route, value in values.items():
            node, in_flow = self._reach(root, route)
            spots.append(((node.line, node.column), node, in_flow, value))
        for start, node, in_flow, value in sorted(spots, key=lambda spot: spot[0], reverse=True):
            sign = self._sign(node)
            behind = ""
            end = self._end(node)
            if sign in ("|", ">"):
                header = HEADER.match(self._lines[node.line], node.column)
                behind = (header and header[1]) or ""
            self._splice(start, end, _scalar(value, sign, in_flow=in_flow) + behind)

    def add(self, route: Route, value: Any, *more: Any) -> None:
        """Set a key or an item that is new, or that was or becomes a group or a list.

        Args:
            route: where.
            value: what.
            more: further items, behind one that is put behind a list's last.
        """
        root = self._root()
        depth = 0  # what is there already of the way
        while depth < len(route) - 1 and self._has(root, route[: depth + 1]):
            depth += 1
        for step in reversed(route[depth + 1 :]):
            value = [value] if isinstance(step, int) else {step: value}
        route = route[: depth + 1]
        parent, in_flow = self._reach(root, route[:-1])
        step = route[-1]
        schema = self._schema(route[:-1])
        entries = list(self._entries(parent, in_flow))
        old = next((entry for entry in entries if entry.step == step), None)
        if in_flow:
            self._add_in_flow(parent, entries, old, self._rank(schema), step, value, *more)
            return
        lines = (
            list(mapping_lines({step: value}, schema, self._name, entries[0].start[1]))
            if isinstance(step, str)
            else list(item_lines([value, *more], schema.get("items", {}), self._name, entries[0].start[1]))
        )
        if old is not None:
            self._exchange(root, entries, old, lines)
        else:
            self._insert(entries, self._rank(schema), step, lines)

    def remove(self, route: Route) -> None:
        """Take out a key or an item, and what held nothing else."""
        root = self._root()
        while True:
            if not route:
                raise _Tangled
            parent, in_flow = self._reach(root, route[:-1])
            entries = list(self._entries(parent, in_flow))
            if len(entries) > 1:
                break
            route = route[:-1]
        entry = next(entry for entry in entries if entry.step == route[-1])
        if in_flow:
            self._remove_in_flow(entries, entry)
        else:
            self._exchange(root, entries, entry, [])

    # Where things stand

    def _root(self) -> Node:
        if self._read is None:
            self._read = parse(self._path, next(self.written()), 2 * self._limit, [])
        if self._read is None:
            raise _Tangled
        return self._read

    def _sign(self, node: Node) -> str:
        return self._lines[node.line][node.column : node.column + 1]

    def _in_flow(self, node: Node) -> bool:
        return (node.kind, self._sign(node)) in (("mapping", "{"), ("sequence", "["))

    def _reach(self, root: Node, route: Route) -> tuple[Node, bool]:
        """The node at a route, and whether it stands in, or is, a group in braces or a list in brackets."""
        node, in_flow = root, self._in_flow(root)
        for step in route:
            if isinstance(step, int):
                node = node.items[step]
            else:
                node = next(value for key, value in node.pairs if key.value == step)
            in_flow = in_flow or self._in_flow(node)
        return node, in_flow

    def _has(self, root: Node, route: Route) -> bool:
        try:
            self._reach(root, route)
        except (IndexError, StopIteration):
            return False
        return True

    def _end(self, node: Node) -> _Place:
        """Where a node's own text ends, without the blank lines and comments below it."""
        if node.kind != "scalar":
            inner = node.pairs[-1][1] if node.pairs else node.items[-1] if node.items else None
            if inner is None or self._in_flow(node):
                return node.end_line, node.end_column
            return self._end(inner)
        if node.plain or self._sign(node) not in ("|", ">"):
            return node.end_line, node.end_column
        last = node.end_line if node.end_column else node.end_line - 1
        header = self._lines[node.line][node.column :].split("#")[0]
        while "+" not in header and last > node.line and not self._lines[last].strip():
            last -= 1
        return last, len(self._lines[last])

    def _entries(self, parent: Node, in_flow: bool) -> Iterator[_Entry]:
        for key, value in parent.pairs:
            yield _Entry((key.line, key.column), self._end(value), value, key.value)
        above = parent.line - 1
        for index, item in enumerate(parent.items):
            start = (item.line, item.column)
            if not in_flow:
                start = self._dash(parent, item, above, first=not index)
            end = self._end(item)
            yield _Entry(start, end, item, index)
            above = end[0]

    def _dash(self, parent: Node, item: Node, above: int, *, first: bool) -> _Place:
        """Where the dash before an item stands."""
        column = parent.column
        for line in range(item.line, above, -1):
            before = self._lines[line][:column]
            if self._lines[line][column : column + 1] == "-" and (first or not before.strip()):
                return line, column
        raise _Tangled

    def _schema(self, route: Route) -> Mapping[str, Any]:
        node: Mapping[str, Any] = fields.schema(self._name)
        for step in route:
            below = node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, {})
            node = fields.resolve(self._name, below)
        return node

    def _comments(self, root: Node, first: int, last: int) -> list[tuple[int, str]]:
        """The comments of some lines, each with its line."""
        found = comments_of("\n".join(self._lines), root)
        return [(line, comment) for line, (_, comment) in found.items() if first <= line <= last]

    # Cutting and setting

    def _splice(self, start: _Place, end: _Place, text: str) -> None:
        """Put text in place of what stands between two places."""
        merged = self._lines[start[0]][: start[1]] + text + self._lines[end[0]][end[1] :]
        self._replace(start[0], end[0], [merged])

    def _replace(self, first: int, last: int, lines: Sequence[str]) -> None:
        """Put lines in place of others; the last keeps its kind of end."""
        around = self._ends[last] if last >= first else self._ends[first - 1] if first else ""
        end = around or self._newline
        self._read = None
        self._ends[first : last + 1] = [end] * len(lines)
        self._lines[first : last + 1] = lines

    @staticmethod
    def _rank(schema: Mapping[str, Any]) -> _Rank:
        """The place of a key, or of an item, among its neighbours."""
        places = {key: place for place, key in enumerate(schema.get("properties", {}))}
        return lambda step: step if isinstance(step, int) else places.get(step, len(places))

    def _insert(self, entries: Sequence[_Entry], rank: _Rank, step: str | int, lines: list[str]) -> None:
        """Set new lines behind the nearest earlier key, or before the nearest later one."""
        after = _nearest(entries, rank, step)
        if after is not None:
            at = after.end[0] + 1
            # Comments that are indented further belong to the group above.
            while at < len(self._lines) and re.match(rf" {{{after.start[1] + 1},}}#", self._lines[at]):
                at += 1
            self._replace(at, at - 1, lines)
            return
        before = min(entries, key=lambda entry: rank(entry.step))
        line, column = before.start
        prefix = self._lines[line][:column]
        if not prefix.strip():
            while line and (comment := self._lines[line - 1].strip()).startswith("#") and not MODELINE.match(comment):
                line -= 1
            self._replace(line, line - 1, lines)
        elif _DASHES.match(prefix):
            rest = " " * column + self._lines[line][column:]
            self._replace(line, line, [prefix + lines[0].lstrip(), *lines[1:], rest])
        else:
            raise _Tangled

    def _exchange(self, root: Node, entries: Sequence[_Entry], entry: _Entry, lines: list[str]) -> None:
        """Put lines, or nothing, in place of an entry; the comments that stood in it stay below them."""
        (first, column), (last, _) = entry.start, entry.end
        prefix = self._lines[first][:column]
        if not prefix.strip():
            kept = [" " * column + comment for _, comment in self._comments(root, first, last)]
            self._replace(first, last, [*lines, *kept])
        elif not _DASHES.match(prefix):
            raise _Tangled
        elif lines:
            kept = [" " * column + comment for _, comment in self._comments(root, first, last)]
            self._replace(first, last, [prefix + lines[0].lstrip(), *lines[1:], *kept])
        else:  # the next one takes its place behind the dash
            following = entries[entries.index(entry) + 1]
            line, column = following.start
            pad = " " * (len(prefix) - len(prefix.lstrip()))
            kept = [pad + comment for _, comment in self._comments(root, first, line - 1)]
            self._replace(first, line, [*kept, prefix + self._lines[line][column:]])

    def _add_in_flow(
        self, parent: Node, entries: Sequence[_Entry], old: _Entry | None, rank: _Rank, step: str | int, *values: Any
    ) -> None:
        text = ", ".join(map(_flow, values))
        if old is not None:
            self._splice((old.value.line, old.value.column), old.end, text)
            return
        if isinstance(step, str):
            text = f"{_scalar(step, '', in_flow=True)}: {text}"
        if not entries:
            start, end = (parent.line, parent.column + 1), (parent.end_line, parent.end_column - 1)
            self._splice(start, end, text)
            return
        after = _nearest(entries, rank, step)
        if after is not None:
            self._splice(after.end, after.end, f", {text}")
        else:
            start = min(entries, key=lambda entry: rank(entry.step)).start
            self._splice(start, start, f"{text}, ")

    def _remove_in_flow(self, entries: Sequence[_Entry], entry: _Entry) -> None:
        start, end = entry.start, entry.end
        line = self._lines[end[0]]
        if comma := re.compile(r"\s*,[ \t]*").match(line, end[1]):
            end = (end[0], comma.end())
        elif entry is entries[-1] and len(entries) > 1:
            before = entries[-2].end
            between = self._lines[before[0]][before[1] : start[1] if before[0] == start[0] else None]
            if before[0] == start[0] and not between.strip(" \t,"):
                start = before
        self._splice(start, end, " " if self._lines[end[0]].startswith("#", end[1]) else "")
        if not self._lines[start[0]].strip():
            self._replace(start[0], start[0], [])


def _nearest(entries: Sequence[_Entry], rank: _Rank, step: str | int) -> _Entry | None:
    """The last of the entries that go before a new one."""
    earlier = [(rank(entry.step), place) for place, entry in enumerate(entries) if rank(entry.step) <= rank(step)]
    return entries[max(earlier)[1]] if earlier else None


def _scalar(value: Any, sign: str, *, in_flow: bool) -> str:
    """A value on one line, in the quotes of the one before it, whose first sign is given, where they can hold it."""
    text = scalar(value)
    if not isinstance(value, str):
        return text
    if sign == "'" and not _SEVERAL_LINES.search(value):
        return "'" + value.replace("'", "''") + "'"
    if sign == '"' or (in_flow and _UNSAFE_IN_FLOW.search(value)):
        return json.dumps(value, ensure_ascii=False)
    return text


def _flow(value: Any) -> str:
    """A value of any kind on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key, '', in_flow=True)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value, "", in_flow=True)
