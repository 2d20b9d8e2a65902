"""Tables of GitHub Flavored Markdown back to grids, to the character where the registry wrote them.

Source: GitHub Flavored Markdown Spec 0.29, sections 4.10 (tables), 6.1 to 6.3.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left

from target_registry import limits
from target_registry.forms import STRUCK, Cell, Grid, Unfit
from target_registry.forms.bounds import ALONE, WITHOUT, Bounds
from target_registry.forms.encodings import decoded
from target_registry.model import Message
from target_registry.patterns import lazy

_RULE = lazy(r" {0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+\Z")
_FENCE = lazy(r" {0,3}(`{3,}|~{3,})")
_MARKUP = lazy(r" {0,3}<(?:[!?]|/?[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|\Z))")
"""The start of a line of HTML, which hides what follows, or shows it as something else."""
_SPLIT = lazy(r"(?<!\\)((?:\\\\)*)\|")
_INLINE = lazy(
    r"(?P<break><br[ \t]*/?>)"
    r"|(?P<nothing><wbr[ \t]*/?>)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    re.IGNORECASE,
)
_STRUCK = lazy(r"(?<![\\~])~~[^~]+~~(?!~)")
_TICKS = lazy(r"`+")


def read(raw: bytes) -> list[Grid]:
    """Every table of the file, with the lines before it.

    Raises:
        Unfit: the file is no text, too large, or holds lines of HTML.
    """
    text = decoded(raw)
    if text.count("\n") >= limits.FORM_LINES:
        raise Unfit(Message("the file has more than {limit} lines", limit=limits.FORM_LINES), ALONE)
    lines = text.split("\n")
    bounds = Bounds()
    grids: list[Grid] = []
    before: list[str] = []
    fence = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        opened = _FENCE.match(line)
        if fence:
            if opened and opened[1].startswith(fence) and not line.strip("`~ \t"):
                fence = ""
        elif opened:
            fence = opened[1]
        elif _MARKUP.match(line):
            told = Message("line {line} is HTML, which may hide the table or show something else", line=at + 1)
            raise Unfit(told, WITHOUT)
        elif "|" in line and at + 1 < len(lines) and _is_rule(lines[at + 1], line):
            end = at + 2
            while end < len(lines) and lines[end].strip() and not _begins_otherwise(lines[end]):
                end += 1
            table = [line, *lines[at + 2 : end]]
            grids.append(Grid("", len(grids) + 1, _grid(table, bounds), tuple(before)))
            before, at = [], end
            continue
        elif line.strip():
            before.append(_shown(line.strip().lstrip("#").strip()))
        at += 1
    return grids


def _begins_otherwise(line: str) -> bool:
    """Whether a line ends the table before it by what it begins."""
    return bool(_FENCE.match(line) or _MARKUP.match(line))


def _is_rule(line: str, headings: str) -> bool:
    """Whether a line is the one below a table's headings: as many dashes as there are headings."""
    return len(line) <= limits.FORM_LINE and bool(_RULE.match(line)) and len(_cells(line)) == len(_cells(headings))


def _cells(line: str) -> list[str]:
    """A line's cells, without the bars before the first and behind the last."""
    inner = line.strip().removeprefix("|")
    found = _SPLIT.sub(lambda bar: bar[1] + "\n", inner).split("\n")
    return found[:-1] if len(found) > 1 and not found[-1].strip() else found


def _grid(lines: list[str], bounds: Bounds) -> tuple[tuple[Cell, ...], ...]:
    columns = len(_cells(lines[0]))
    rows: list[tuple[Cell, ...]] = []
    above = ""
    for number, line in enumerate(lines, 1):
        if len(line) > limits.FORM_LINE:
            raise Unfit(
                Message("row {row} is longer than {limit} characters", row=number, limit=limits.FORM_LINE), ALONE
            )
        sources = [cell.strip(" \t") for cell in _cells(line)[:columns]]
        texts = [_shown(source) for source in sources]
        texts += [""] * (columns - len(texts))
        struck = {at for at, source in enumerate(sources, 1) if "`" not in source and _STRUCK.search(source)}
        # A heading is written once beside all its rows: the blanks below it say the same.
        continues = number > 2 and not texts[0] and bool(above)
        if continues:
            texts[0] = above
        above = texts[0] if number > 1 else ""
        for column, text in enumerate(texts, 1):
            bounds.take(number, column, text)
        rows.append(
            tuple(
                Cell(
                    text,
                    number,
                    column,
                    fault=STRUCK if column in struck else None,
                    continues=continues and column == 1,
                )
                for column, text in enumerate(texts, 1)
            )
        )
    return tuple(rows)


def _shown(source: str) -> str:
    """What a cell's Markdown shows: bold letters are its letters, code is as it stands, the rest is text."""
    source = source.replace("\\|", "|")
    for mark in ("**", "__"):
        if len(source) > 2 * len(mark) and source.startswith(mark) and source.endswith(mark):
            source = source[2:-2]
            break
    runs = [run.span() for run in _TICKS.finditer(source)]
    by_length: dict[int, list[int]] = {}
    for start, end in runs:
        by_length.setdefault(end - start, []).append(start)
    shown, at = [], 0
    for start, end in runs:
        if start < at:
            continue
        opens = start + _is_escaped(source, start, at)
        closing = by_length.get(end - opens, [])
        index = bisect_left(closing, end)
        if opens < end and index < len(closing):
            shown += [_text(source[at:opens]), _code(source[end : closing[index]])]
            at = closing[index] + end - opens
    return "".join(shown) + _text(source[at:])


def _is_escaped(source: str, place: int, at: int) -> bool:
    """Whether an odd number of backslashes stands before a place, back to another at most."""
    before = place
    while before > at and source[before - 1] == "\\":
        before -= 1
    return (place - before) % 2 == 1


def _text(source: str) -> str:
    return _INLINE.sub(_inline, source)


def _code(source: str) -> str:
    padded = source.startswith(" ") and source.endswith(" ") and source.strip(" ")
    return source[1:-1] if padded else source


def _inline(found: re.Match[str]) -> str:
    if found["entity"]:
        return html.unescape(found["entity"])
    if found["escaped"]:
        return found["escaped"]
    return "\n" if found["break"] else ""
