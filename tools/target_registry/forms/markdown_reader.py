"""Tables of GitHub Flavored Markdown back to grids, to the character where the registry wrote them.

What GitHub shows otherwise than it stands there, such as a picture or a formula, is told at its cell, and a row that
stands outside of the table refuses the file: both would be lost, or taken for something else.

Source: GitHub Flavored Markdown Spec 0.29, sections 4.10 (tables), 6.1 to 6.3, 6.5 (strikethrough), 6.6 and 6.7 (links and
images), 6.4 (emphasis), 6.8 (autolinks), 6.10 (raw HTML), 4.7 (definitions of links); GitHub's pages on footnotes, emoji and
mathematical expressions; cmark-gfm's extension for a line through what stands between single tildes.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from typing import NamedTuple

from target_registry import limits
from target_registry.forms import BOXED, NOTE, STRUCK, Cell, Flaw, Grid, Unfit
from target_registry.forms.bounds import ALONE, WITHOUT, Bounds
from target_registry.forms.encodings import decoded
from target_registry.model import Message
from target_registry.patterns import lazy

_RULE = lazy(r" {0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+\Z")
_FENCE = lazy(r" {0,3}(`{3,}|~{3,})")
_MARKUP = lazy(r" {0,3}<(?:[!?]|/?[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|\Z))")
"""The start of a line of HTML, which hides what follows, or shows it as something else."""
_OTHERWISE = lazy(
    r" {0,3}(?:>|\#{1,6}(?:[ \t]|\Z)|[-+*](?:[ \t]|\Z)|[0-9]{1,9}[.)](?:[ \t]|\Z)|(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\Z)| {0,3}\t| {4}"
)
"""The start of a line that is no row, whatever bars it has: a quotation, a heading, an entry of a list, a rule, or code."""
_SPLIT = lazy(r"(?<!\\)((?:\\\\)*)\|")
_INLINE = lazy(
    r"(?P<break><br[ \t]*/?>)"
    r"|(?P<nothing><wbr[ \t]*/?>)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    re.IGNORECASE,
)
_TICKS = lazy(r"`+")
_ESCAPED = lazy(r"\\[!-/:-@\[-`{-~]")
_TILDES = lazy(r"~+")
_TAG = lazy(
    r"<(?!(?:br|wbr)[ \t]*/?>)(?:[a-z][a-z0-9-]*(?:[\s/][^<>]*)?>|/[a-z][a-z0-9-]*\s*>|!--|!\[cdata\[|![a-z]|\?)",
    re.IGNORECASE,
)
"""What begins HTML within a line, but for a break."""
_LINK = lazy(
    r"(?<!!)\[[^\[\]]*\]\(|(?P<picture>!\[[^\[\]]*\][(\[])"
    r"|<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>|<[^\s<>@]+@[^\s<>@]+>"
)
_DEFINITION = lazy(r"^[ \t>*+\-0-9.)]*+\[((?:[^\[\]\\]|\\.){1,999})\]:", re.MULTILINE | re.DOTALL)
"""The start of what a link or a footnote stands for, which GitHub shows elsewhere or not at all."""
_LABEL = lazy(r"\\.|\[((?:[^\[\]\\]|\\.)+)\]")
"""What may be such a link or a footnote."""
_ALL_SET = lazy(r"(?P<mark>\*{1,3}|_{1,3})(?P<inside>[^\s*_].*(?<![\s*_\\]))(?P=mark)")
"""A text that is bold or slanting as a whole."""
_STARS = lazy(r"\*+|_+")
_EMOJI = lazy(r":(?=[0-9_+-]*+[a-z]|100:|1234:|[+-]1:)[a-z0-9_+-]++:")
"""What GitHub looks up among the names of its pictures; of its figures it knows four."""
_DOLLAR = lazy(r"\\\\|\\\$")
_FORMULA = lazy(r"\$`x`\$|\$\$[^$]*[^\s$][^$]*\$\$|(?<![\w$])\$(?![\s$])[^$]*(?<!\s)\$(?![0-9A-Za-z])")
"""What GitHub shows as a formula; a $ behind a figure or a letter begins none, and one before them ends none."""
_SETTING = frozenset("\\^_{}")
"""Signs by which a formula shows something else than its letters."""
_FEWEST = 4
"""Cells by which a line is like a row of a form."""
_CODE = "`x`"
"""Stands for a span of code, in which nothing means anything."""
_HTML = Flaw(
    Message("the cell holds HTML, which hides its text or shows it otherwise"),
    Message("write its text as plain text; a < that is meant so is written as &lt;"),
)
_LINKED = Flaw(
    Message("the cell holds a link, of which only the words are shown"),
    Message("write the words alone; a bracket that is meant so is written as \\["),
)
_EQUATION = Flaw(
    Message("the cell holds a formula between two $, which is shown otherwise"), Message("write it as plain text")
)
_SET = Flaw(
    Message("what stands between two * or _ is shown without them, in bold or slanting letters"),
    Message("write \\* or \\_ where the sign itself is meant, and delete the others"),
)
_DRAWN = Flaw(
    Message("a word between two colons may be shown as a picture"), Message("write ： where a colon is meant")
)
_RANGED = Flaw(
    Message("what stands between two ~ is shown as struck through"),
    Message("write ～ where a range is meant, and delete what is struck through"),
)


def read(raw: bytes) -> list[Grid]:
    """Every table of the file, with the lines before it.

    Raises:
        Unfit: the file is no text, too large, holds lines of HTML, or rows that stand outside of its tables.
    """
    text = decoded(raw)
    if text.count("\n") >= limits.FORM_LINES:
        raise Unfit(Message("the file has more than {limit} lines", limit=limits.FORM_LINES), ALONE)
    lines = text.split("\n")
    labels = frozenset(map(_normal, _DEFINITION.findall(text)))
    bounds = Bounds()
    grids: list[Grid] = []
    before: list[str] = []
    fence = ""
    columns = 0
    at = 0
    while at < len(lines):
        line = lines[at]
        opened = _FENCE.match(line)
        begins = not fence and "|" in line and at + 1 < len(lines) and _is_rule(lines[at + 1], line)
        if columns and not begins and _is_like_a_row(line, columns):
            raise _astray(at + 1)
        if fence:
            if opened and opened[1].startswith(fence) and not line.strip("`~ \t"):
                fence = ""
        elif opened:
            fence = opened[1]
        elif _MARKUP.match(line):
            told = Message("line {line} is HTML, which may hide the table or show something else", line=at + 1)
            raise Unfit(told, WITHOUT)
        elif begins:
            columns, end = len(_cells(line)), at + 2
            while end < len(lines) and lines[end].strip() and not _begins_otherwise(lines[end]):
                end += 1
            table = [line, *lines[at + 2 : end]]
            grids.append(Grid("", len(grids) + 1, _grid(table, bounds, labels), tuple(before)))
            before, at = [], end
            continue
        elif line.strip():
            before.append(_shown(line.strip().lstrip("#").strip()))
        at += 1
    return grids


def _begins_otherwise(line: str) -> bool:
    """Whether a line ends the table before it by what it begins."""
    return bool(_FENCE.match(line) or _MARKUP.match(line) or _OTHERWISE.match(line))


def _is_like_a_row(line: str, columns: int) -> bool:
    """Whether a line outside of the tables is written as a row.

    Args:
        line: the line.
        columns: how many columns the table before it has.
    """
    if line.count("|") < _FEWEST - 1 or len(line) > limits.FORM_LINE:
        return False
    found = len(_cells(line))
    return found >= _FEWEST and (found == columns or line.lstrip(" \t>").startswith("|"))


def _astray(line: int) -> Unfit:
    return Unfit(
        Message("line {line} is written as a row, but stands outside of the table", line=line),
        Message("take away what parts it from the rows above, such as a blank line; or delete it"),
    )


def _is_rule(line: str, headings: str) -> bool:
    """Whether a line is the one below a table's headings: as many dashes as there are headings."""
    return len(line) <= limits.FORM_LINE and bool(_RULE.match(line)) and len(_cells(line)) == len(_cells(headings))


def _cells(line: str) -> list[str]:
    """A line's cells, without the bars before the first and behind the last."""
    inner = line.strip().removeprefix("|")
    found = _SPLIT.sub(lambda bar: bar[1] + "\n", inner).split("\n")
    return found[:-1] if len(found) > 1 and not found[-1].strip() else found


def _grid(lines: list[str], bounds: Bounds, labels: frozenset[str]) -> tuple[tuple[Cell, ...], ...]:
    columns = len(_cells(lines[0]))
    rows: list[tuple[Cell, ...]] = []
    above = ""
    for number, line in enumerate(lines, 1):
        if len(line) > limits.FORM_LINE:
            raise Unfit(
                Message("row {row} is longer than {limit} characters", row=number, limit=limits.FORM_LINE), ALONE
            )
        sources = [cell.strip(" \t") for cell in _cells(line)]
        found = [_read(source, labels) for source in sources[:columns]]
        found += [_Read("", None)] * (columns - len(found))
        surplus = _surplus(sources[columns:])
        # A heading is written once beside all its rows: the blanks below it say the same.
        continues = number > 2 and not found[0].text and bool(above)
        if continues:
            found[0] = found[0]._replace(text=above)
        above = found[0].text if number > 1 else ""
        for column, cell in enumerate(found, 1):
            bounds.take(number, column, cell.text)
        rows.append(
            tuple(
                Cell(cell.text, number, column, fault=surplus or cell.fault, continues=continues and column == 1)
                for column, cell in enumerate(found, 1)
            )
        )
    return tuple(rows)


def _surplus(sources: list[str]) -> Flaw | None:
    """What is wrong with all cells of a row that has more than its table has columns: nobody can tell which is one too many.

    Args:
        sources: what stands beyond the columns, which nobody is shown.
    """
    text = " | ".join(filter(None, sources))
    if not text:
        return None
    return Flaw(
        Message("the row has more cells than the table has columns, and this isn't shown: {text}", text=text),
        Message("write a bar that belongs to a text as \\|, and delete what is one too many"),
    )


class _Read(NamedTuple):
    """What a cell's Markdown shows, and what is wrong with it."""

    text: str
    fault: Flaw | None


def _shown(source: str) -> str:
    """What Markdown shows outside of a table."""
    return _parted(source)[0]


def _read(source: str, labels: frozenset[str]) -> _Read:
    text, bare = _parted(source)
    return _Read(text, _flaw(bare) or _reference(source, labels))


def _parted(source: str) -> tuple[str, str]:
    """What Markdown shows, and the same before it is read, with a sign for each span of code.

    Bold and slanting letters are shown as letters where all of it is set so, code as it stands, the rest as text.
    """
    source = source.replace("\\|", "|")
    if whole := _ALL_SET.fullmatch(source):
        inside = _spans(whole["inside"])
        if whole["mark"][0] not in _ESCAPED.sub("!", inside[1]):
            return inside
    return _spans(source)


def _spans(source: str) -> tuple[str, str]:
    runs = [run.span() for run in _TICKS.finditer(source)]
    by_length: dict[int, list[int]] = {}
    for start, end in runs:
        by_length.setdefault(end - start, []).append(start)
    shown, bare, at = [], [], 0
    for start, end in runs:
        if start < at:
            continue
        opens = start + _is_escaped(source, start, at)
        closing = by_length.get(end - opens, [])
        index = bisect_left(closing, end)
        if opens < end and index < len(closing):
            shown += [_text(source[at:opens]), _code(source[end : closing[index]])]
            bare += [source[at:opens], _CODE]
            at = closing[index] + end - opens
    return "".join(shown) + _text(source[at:]), "".join(bare) + source[at:]


def _flaw(source: str) -> Flaw | None:
    """What is wrong with a cell's Markdown, in which a sign stands for each span of code."""
    priced = _DOLLAR.sub(lambda pair: "!" if pair[0] == "\\$" else pair[0], source)
    if any(_is_formula(inside) for inside in priced.split("$")[1:-1]) or _FORMULA.search(priced):
        return _EQUATION
    bare = _ESCAPED.sub("!", source)
    if _TAG.search(bare):
        return _HTML
    if link := _LINK.search(bare):
        return BOXED if link["picture"] else _LINKED
    if "~" in bare and (struck := _struck(bare)):
        return struck
    if _is_set(bare):
        return _SET
    return _DRAWN if _EMOJI.search(_text(source)) else None


def _reference(source: str, labels: frozenset[str]) -> Flaw | None:
    """What is wrong with a cell that names what is said elsewhere in the file: the target of a link, or a footnote."""
    if not labels:
        return None
    named = {_normal(found) for found in _LABEL.findall(source)} & labels
    return (NOTE if any(label.startswith("^") for label in named) else _LINKED) if named else None


def _normal(label: str) -> str:
    return " ".join(label.replace("\\|", "|").casefold().split())


def _is_set(source: str) -> bool:
    """Whether a text that has stars or low lines is shown without some: one that opens stands before one that closes."""
    opened: set[str] = set()
    for run in _STARS.finditer(source):
        mark, (start, end) = run[0][0], run.span()
        while source[start - 1 : start] == "~":  # tildes are passed over
            start -= 1
        while source[end : end + 1] == "~":
            end += 1
        before, after = source[start - 1 : start] or " ", source[end : end + 1] or " "
        opens, closes = _leans(after, before), _leans(before, after)
        if mark == "_":  # within a word it is a letter
            opens, closes = (
                opens and (not closes or _is_punctuation(before)),
                closes and (not opens or _is_punctuation(after)),
            )
        if closes and mark in opened:
            return True
        if opens:
            opened.add(mark)
    return False


def _is_formula(inside: str) -> bool:
    """Whether what stands between two dollar signs is shown as a formula that is more than its letters."""
    return inside == inside.strip() and not _SETTING.isdisjoint(inside)


def _struck(source: str) -> Flaw | None:
    """What is wrong with a text that has tildes: two of them, or two pairs, strike what is between them."""
    open_runs: set[int] = set()
    for run in _TILDES.finditer(source):
        start, end = run.span()
        before, after = source[start - 1 : start] or " ", source[end : end + 1] or " "
        if end - start in open_runs and _leans(before, after):
            return STRUCK if end - start > 1 else _RANGED
        if end - start < 3 and _leans(after, before):
            open_runs.add(end - start)
    return None


def _leans(on: str, off: str) -> bool:
    """Whether a run of tildes belongs to a text on one of its sides.

    Args:
        on: the sign on that side.
        off: that on the other side.
    """
    return not on.isspace() and (not _is_punctuation(on) or off.isspace() or _is_punctuation(off))


def _is_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in ("PS" if sign.isascii() else "P")


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
