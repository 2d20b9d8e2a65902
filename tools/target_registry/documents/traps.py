"""What a Chinese keyboard and a word processor do to YAML, found line by line.

Each trap is repaired in memory, so that the rest of the file can still be judged; the
file itself is never touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from target_registry import fields
from target_registry.documents.quick import COMMAS
from target_registry.model import Message, Name
from target_registry.nearest import Guesses
from target_registry.patterns import lazy

_COLONS = "：︰﹕∶"
_WIDE_BLANKS = "\u3000\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_LINE = lazy(
    rf"""
    (?P<indent>[\ \t{_WIDE_BLANKS}]*)
    (?P<dash>(?:-[\ {_WIDE_BLANKS}]+)*)
    (?P<key>["']?[^\s:#"'{_COLONS}，。；、]{{1,30}}["']?)
    (?P<gap>[\ \t{_WIDE_BLANKS}]*)
    (?P<colon>[:{_COLONS}])
    (?P<after>.*)\Z
    """,
    re.VERBOSE | re.DOTALL,
)
_BLOCK_SCALAR = lazy(r":\s*[|>][0-9+-]*\s*(?:#.*)?\Z")
_BRACKETS = str.maketrans({"｛": "{", "｝": "}", "［": "[", "］": "]", "【": "[", "】": "]"})
_OPENING = ("｛", "［", "【", "{", "[")
_SEPARATORS = lazy(rf"[，,]\s*|[{_COLONS}]\s*")
_TIGHT_DASH = lazy(rf"-(?P<key>[a-z_]+)(?=[ \t{_WIDE_BLANKS}]*[:{_COLONS}])")
_VALUED = lazy(rf"[ ]*(?:- +)*[\"']?(?P<key>[a-z_]+)[\"']?[ ]*[:{_COLONS}][ ]*[^ \[{{]")
_COMMA_END = lazy(r"[,，;；][ \t]*\Z")
_ADDED = lazy(rf"\+(?=\s*(?:#|\Z|(?:-\ +)*[^\s:#{_COLONS}]+[:{_COLONS}]))")
"""A line as a comparison shows one that was added."""
_WIDE_DASH = lazy(r"(?:[－—–•·●]\s*|\*\s+)(?=[A-Za-z_]+\s*[:：])")


class Trap(NamedTuple):
    """One trap: its code, its place from 1, what was found, the cure, and how sure it is.

    A weak trap counts only where the file can't be read as it stands.
    """

    code: str
    line: int
    column: int
    message: Message
    hint: Message
    weak: bool


def find(text: str, name: str = "") -> tuple[list[Trap], str]:
    """Look for traps.

    Args:
        text: of a file.
        name: the file's schema, where that is known.

    Returns:
        The traps in the file's order, and the text with each of them repaired, line for line.
    """
    lines = text.split("\n")
    traps = _without_commas(lines)
    block_indent: int | None = None
    is_added = False
    guesses = Guesses()
    for number, line in enumerate(lines, start=1):
        bare = line.rstrip("\r")
        indent = len(bare) - len(bare.lstrip(" "))
        is_blank = not bare.strip(" \t")
        if block_indent is not None:
            if is_blank or indent > block_indent:
                continue
            if bare.strip():  # a line of wide blanks is meant to be a blank one
                block_indent = None
        if is_blank or bare.lstrip().startswith("#"):
            continue
        if _ADDED.match(bare):
            traps += [] if is_added else [_of_comparison(number)]
            is_added, bare = True, bare[1:]
        found, repaired = _in_line(bare, number, name, guesses)
        traps += found
        lines[number - 1] = repaired
        if _BLOCK_SCALAR.search(repaired):
            block_indent = len(repaired) - len(repaired.lstrip(" "))
    return traps, "\n".join(lines)


def _without_commas(lines: list[str]) -> list[Trap]:
    """Take out the commas at the ends of a file's lines, as JSON has them, where most entries end so; the first is told.

    One of the entries at least has to take no free text, which could end so.
    """
    entries = [(at, entry["key"]) for at, line in enumerate(lines) if (entry := _VALUED.match(line))]
    ended = {at: key for at, key in entries if _COMMA_END.search(lines[at]) and not _goes_on(lines, at)}
    if len(ended) < COMMAS or 2 * len(ended) < len(entries) or any(map(_opens, lines)):
        return []
    if fields.of_free_text().issuperset(ended.values()):
        return []
    first = next(iter(ended))
    column = len(lines[first].rstrip()) - 1
    message = Message("the line ends with {sign}, and so do others", sign=lines[first][column])
    cure = Message("delete the commas or semicolons at the ends of the lines: in YAML a line's end ends an entry")
    for number in ended:
        lines[number] = _COMMA_END.sub("", lines[number]).rstrip(" \t")
    return [Trap("syntax", first + 1, column + 1, message, cure, weak=False)]


def _opens(line: str) -> bool:
    """Whether a bracket stands in a line behind which none is closed."""
    return max(line.rfind("["), line.rfind("{")) > max(line.rfind("]"), line.rfind("}"))


def _goes_on(lines: list[str], number: int) -> bool:
    """Whether a text goes on below its line."""
    line, below = lines[number], lines[number + 1] if number + 1 < len(lines) else ""
    return (
        bool(below.strip())
        and len(below) - len(below.lstrip()) > len(line) - len(line.lstrip())
        and not _LINE.match(below)
    )


def _of_comparison(number: int) -> Trap:
    """A line that was pasted from a comparison; the others have the same cure."""
    message = Message("the sign {sign} at the start of the line is of a comparison of two versions", sign="+")
    cure = Message(
        "delete {sign} here and in the other lines that begin so; of two versions of a line keep one", sign="+"
    )
    return Trap("missing-colon", number, 1, message, cure, weak=False)


def back(text: str, repaired: str) -> Callable[[int, int], int]:
    """What tells where in a text a place of the repaired one stands.

    Returns:
        From a line and a column, both from 0, of the repaired text to the column in the other; at its line's end at
        the most.
    """
    lines, others = text.split("\n"), repaired.split("\n")

    @cache
    def alike(line: int) -> tuple[int, int]:
        here, there = lines[line], others[line]
        before = _alike(here, there)
        behind = _alike(here[::-1], there[::-1])
        return before, min(behind, len(here) - before, len(there) - before)

    def column(line: int, at: int) -> int:
        if line >= len(lines) or lines[line] == others[line]:
            return at
        before, behind = alike(line)
        if at < before:
            return at
        longer = len(others[line]) - len(lines[line])
        if at >= len(others[line]) - behind:
            return min(len(lines[line]), at - longer)
        return min(at, len(lines[line]) - behind)

    return column


def _alike(one: str, other: str) -> int:
    """How many signs two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _in_line(line: str, number: int, name: str, guesses: Guesses) -> tuple[list[Trap], str]:
    traps: list[Trap] = []
    shift = 0

    def trap(code: str, at: int, message: Message, hint: Message, *, weak: bool = False) -> None:
        traps.append(Trap(code, number, at + 1 + shift, message, hint, weak))

    blank = re.match(rf"[ \t{_WIDE_BLANKS}]*", line)
    lead = blank[0] if blank else ""
    if odd := lead.strip(" "):
        at = lead.index(odd[0])
        if odd[0] == "\t":
            trap(
                "stray-tab",
                at,
                Message("the line is indented with a tab"),
                Message("indent with spaces, two a level, and a key at the top with none"),
            )
        elif not line.strip():
            trap(
                "wide-indent",
                at,
                Message("the line holds nothing but {char}", char=_character(odd[0])),
                Message("delete the line, or what stands in it"),
            )
        else:
            trap(
                "wide-indent",
                at,
                Message("the line is indented with {char}, not with a space", char=_character(odd[0])),
                Message(
                    "switch the input method to half width; indent with spaces, two a level, and a key at the top with none"
                ),
            )
        fixed = "".join("  " if char in "\t\u3000" else " " for char in lead)
        shift, line = len(lead) - len(fixed), fixed + line[len(lead) :]
        lead = fixed
    body = line[len(lead) :]
    if body.startswith("＃"):
        trap(
            "fullwidth-hash",
            len(lead),
            Message("a comment starts with the full-width sign ＃"),
            Message("write a half-width # and a space"),
        )
        return traps, lead + "#" + body[1:]
    if dash := _WIDE_DASH.match(body):
        trap(
            "fullwidth-dash",
            len(lead),
            Message("a list item starts with {found}", found=dash[0].strip()),
            Message("write a half-width - and a space"),
        )
        shift += dash.end() - len("- ")
        line = lead + "- " + body[dash.end() :]
    elif (dash := _TIGHT_DASH.match(body)) and _is_of_item(dash["key"], name, is_below=bool(lead)):
        trap(
            "missing-space",
            len(lead) + 1,
            Message("no space stands after the dash before {key}", key=dash["key"]),
            Message("write a space behind the dash: {example}", example=f"- {dash['key']}: …"),
        )
        shift -= 1
        line = f"{lead}- {body[1:]}"
    match = _LINE.match(line)
    if match is None:
        return traps, line
    return traps, _in_entry(match, trap, name, guesses)


def _in_entry(match: re.Match[str], trap: Callable[..., None], name: str, guesses: Guesses) -> str:
    """Traps of a line that looks like ``key: value``; the line repaired."""
    key, after, line = match["key"].strip("\"'"), match["after"], match.string
    if (quote := match["key"][:1]) in ('"', "'") and not match["key"].endswith(quote, 1):
        return line  # the colon stands within quotes
    headings = _headings(name, is_below=bool(match["indent"] or match["dash"]))
    known = headings.get(fields.fold(key))
    # Most keys are spelled right and followed by a colon: likeness is looked for only where it matters.
    if known is None and key in headings.values():
        known = key
    elif known is None and key.isascii() and (match["colon"] != ":" or after.lstrip()[:1] in _OPENING):
        known = guesses.nearest(key, tuple(headings.values()), 0.75)
    head = match["indent"] + match["dash"] + match["key"]
    if match["colon"] != ":":
        trap(
            "fullwidth-colon",
            match.start("colon"),
            Message("a full-width colon {found} stands after {key}", found=match["colon"], key=key),
            Message("write a half-width colon and a space: {example}", example=f"{known or key}: …"),
            weak=known is None and not re.fullmatch(r"[a-z_]+", key),
        )
        if known and key != known and not key.isascii():
            head = match["indent"] + match["dash"] + known
        after = " " + after.lstrip(" \t" + _WIDE_BLANKS) if after else ""
        line = f"{head}:{after}"
    elif known == key and after and after[0] not in " \r\t":
        wide = after[0] in _WIDE_BLANKS
        trap(
            "missing-space",
            match.end("colon"),
            Message("{char} stands after the colon, not a space", char=_character(after[0]))
            if wide
            else Message("no space stands after the colon of {key}", key=key),
            Message("write a half-width colon and a space: {example}", example=f"{key}: …"),
        )
        after = " " + after.lstrip(" \t" + _WIDE_BLANKS)
        line = f"{head}:{after}"
    value = after.strip()
    if known in fields.groups() and value[:1] in _OPENING:
        fixed = _SEPARATORS.sub(lambda m: ", " if m[0][0] in "，," else ": ", value.translate(_BRACKETS))
        wide_signs = [i for i, char in enumerate(value) if char in "｛｝［］【】，" + _COLONS]
        if wide_signs:
            sign = value[wide_signs[0]]
            trap(
                "fullwidth-bracket",
                match.string.index(sign, match.start("after")),
                Message("the full-width sign {found} stands where YAML needs a half-width one", found=sign),
                Message("better write one “key: value” a line, indented under {key}", key=Name(known)),
            )
            line = f"{head}: {fixed}"
    return line


def _is_of_item(key: str, name: str, *, is_below: bool) -> bool:
    """Whether a key is one of a list's item where it stands; in the first column it may be the file's own."""
    return key in fields.of_items() and (is_below or key not in _headings(name, is_below=False).values())


def _headings(name: str, *, is_below: bool) -> Mapping[str, str]:
    """The keys that a line can begin with, by what people call them.

    The form's headings are the targets' own: 重点工作 is another key in a plan.
    """
    return fields.keys_at(name, is_below=is_below) if name in ("plan", "adjustment") else fields.key_of_heading()


def _character(char: str) -> Message:
    """An odd blank by name: an ideographic space (U+3000)."""
    code = f"U+{ord(char):04X}"
    if char == "\u3000":
        return Message("an ideographic space ({code})", code=code)
    if char == "\u00a0":
        return Message("a no-break space ({code})", code=code)
    return Message("{name} ({code})", name=unicodedata.name(char, "?").lower(), code=code)
