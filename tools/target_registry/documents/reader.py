"""Strict reading: YAML 1.2's core schema, one reading only, every fault with its place.

PyYAML's events (libyaml's where it is built in) are put together by ``composer``; PyYAML's own
constructors, which follow YAML 1.1 and take the last of two duplicate keys, are not used.
"""

from __future__ import annotations

import re
from typing import Any

from target_registry import faults
from target_registry.documents import modelines
from target_registry.documents.composer import Composer, Node
from target_registry.documents.document import Document, keep
from target_registry.documents.texts import Report, Unparsable, clean, decode
from target_registry.model import Counted, Finding, Level, Message, Name, Route, Where
from target_registry.patterns import lazy

# Nothing but comments and "key: value" lines in which no trap can be: most files are of this kind.
_ORDINARY = lazy(r"(?>(?: *(?:- )?[a-z_]+:(?: [^\s\[{｛［【][^\n]*(?<![,，;；]))?| *#[^\n]*|)\n)*+\Z")
# What could stand otherwise than YAML 1.2 has it: a # that touches a sign, a bracket, a quote, which may run on to lines
# that look like any, a line that is no entry.
_LAX = lazy(r"\S#|[\[{\"']|^(?! *(?:- )?[a-z_]+:| *#| *$)", re.MULTILINE)
_MODELINE = lazy(rf"#{modelines.BEGINNING}")
_HASH = lazy(r"\S[ \t]+#[^\s#!]")


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
        text = clean(decode(raw, limit, report), report)
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
        original = Composer(text, _collector([])).compose()
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
    node = Composer(text, report).compose()
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


_JOINED = lazy(r"([a-z_]+):\S")


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
