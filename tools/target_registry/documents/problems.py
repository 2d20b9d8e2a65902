"""What a YAML parser's complaint means to somebody who is no programmer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from target_registry import fields
from target_registry.documents.parser import SECOND_KEY
from target_registry.model import Message
from target_registry.patterns import lazy

if TYPE_CHECKING:
    from target_registry.documents import brackets


class Problem(NamedTuple):
    """A complaint's meaning; ``at_start`` places it where the parser began, not where it gave up."""

    code: str
    message: Message
    hint: Message
    at_start: bool = False


QUOTE = Message('put the whole value in quotes, as in key: "value"')
_IF_TEXT = Message("if it is text, put the whole value in quotes")
INDENT = Message("indent with spaces, two a level, and a key at the top with none")
_BY_CONTEXT: tuple[tuple[str, Problem], ...] = (
    (
        "while scanning a quoted scalar",
        Problem("unclosed-quote", Message("a quotation mark opens here and is never closed"),
                 Message("close it on the same line with the same mark"), True),
    ),
    (
        "while parsing a quoted scalar",
        Problem("bad-escape", Message("a backslash in double quotes starts an escape that YAML doesn't know"),
                 Message("use single quotes, or write the backslash twice")),
    ),
    ("while scanning a block scalar", Problem("needs-quotes", Message("a value can't start with {sign}"), QUOTE, True)),
    ("while scanning an anchor", Problem("needs-quotes", Message("a value can't start with {sign}"), QUOTE, True)),
    ("while scanning an alias", Problem("needs-quotes", Message("a value can't start with {sign}"), QUOTE, True)),
    ("while scanning a tag", Problem("needs-quotes", Message("a value can't start with {sign}"), QUOTE, True)),
    ("while parsing a tag", Problem("needs-quotes", Message("a value can't start with {sign}"), QUOTE, True)),
    ("while parsing a node", Problem("needs-quotes", Message("a value can't start with {sign}"), QUOTE)),
    ("while scanning a directive", Problem("directive", Message("a line that starts with a percent sign gives YAML orders"),
                                           Message("delete it; a file is read as YAML 1.2"), True)),
    ("while parsing a flow sequence", Problem("unclosed-bracket", Message("a bracket {sign} opens a list here and is not closed"),
                                               _IF_TEXT, True)),
    ("while parsing a flow mapping", Problem("unclosed-bracket", Message("a bracket {sign} opens a mapping here and is not closed"),
                                              _IF_TEXT, True)),
)  # fmt: skip
_BY_PROBLEM: tuple[tuple[str, Problem], ...] = (
    (
        "could not find expected ':'",
        Problem("missing-colon", Message("this line has no “key: value” form"),
                 Message("write the key, a half-width colon, a space, then the value on the same line"), True),
    ),
    ("mapping values are not allowed", Problem("stray-colon", *SECOND_KEY)),
    ("found undefined alias", Problem("anchor", Message("a name after * points to a value that isn't there"), QUOTE, False)),
    ("found duplicate anchor", Problem("anchor", Message("a mark after & stands twice"), QUOTE, False)),
    ("undefined tag handle", Problem("tag", Message("a value can't start with {sign}"), QUOTE)),
    ("found a tab character", Problem("stray-tab", Message("the line is indented with a tab"), INDENT)),
    (
        "did not find expected key",
        Problem("bad-indent", Message("this line doesn't fit the lines above: it is indented differently"),
                 Message("begin the line where its neighbours begin")),
    ),
    (
        "did not find expected '-' indicator",
        Problem("bad-indent", Message("this line doesn't fit the list above"),
                 Message("begin each item with “- ” in the same column")),
    ),
    (
        "block sequence entries are not allowed",
        Problem("bad-indent", Message("a list item can't start here"),
                 Message("begin the list on its own line below the key")),
    ),
    (
        "did not find expected <document start>",
        Problem("bad-indent", Message("this line doesn't fit the lines above"),
                 Message("write each line as “key: value”, beginning in the first column")),
    ),
)  # fmt: skip


_NO_DASH = dict(_BY_PROBLEM)["did not find expected '-' indicator"]
_NO_COLON = dict(_BY_PROBLEM)["could not find expected ':'"]
_TOO_FAR = Problem(
    "bad-indent",
    Message("this line is indented further than the lines it belongs to"),
    Message("begin the line where its neighbours begin"),
)
_UNCLOSED = dict(_BY_CONTEXT)["while scanning a quoted scalar"]
_NO_KEY = Problem(
    _NO_COLON.code, Message("no key stands before the colon"), Message("write the key before it, or delete the line")
)
_DIRECTIVE = dict(_BY_CONTEXT)["while scanning a directive"]
_ENDED = Problem(
    "several-documents",
    Message("three dots end what is read of the file"),
    Message("delete the line, or what stands behind it"),
)
_AFTER_CLOSED = Problem(
    "text-after-quote",
    Message("text follows a value that is closed already by the mark that began it, {sign}"),
    Message("put the whole value in one pair of quotes, of a kind that doesn't stand in it"),
)
TOO_NEAR = Problem(
    "bad-indent",
    Message("this line is indented less than the lines it belongs to"),
    Message("indent it by two spaces under the key that it belongs to"),
)
_STRAY_DASH = Problem(
    "bad-indent",
    Message("a list item can't start here"),
    Message("write the key that the list belongs to, such as key_works, on a line above it; or delete the “- ”"),
)
_NO_ITEM = _STRAY_DASH._replace(hint=Message("delete the line, or only the “- ” where a key stands behind it"))
_BESIDE_DASH = Problem(
    "bad-indent",
    Message("this line doesn't fit the list above"),
    Message("begin it in the column of the key behind “- ” above, or with “- ” if it starts a new item"),
)
_OTHER_COLUMN = Problem(
    "bad-indent",
    Message("the dash of this item stands in another column than those of the items below"),
    _NO_DASH.hint,
)
_DELETE = Message("delete the line")
_WITHOUT_SIGN = Message("delete {sign} and one space behind it, here and in the other lines that begin so")
_NO_SIGN = Message("delete the sign; where no “key: value” stands behind it, delete the line")
_FENCE = lazy(r"\s*(`{3,}|~{3,})[\w.+-]*\s*\Z")
_OF_COMPARISON = lazy(r"@@.*@@|diff --git |index [0-9a-f]{7,}\.\.|\+\+\+ [ab]/")
_MAILED = lazy(r"\s*(?P<sign>>(?: ?>)*)(?=\s|[a-z_]+:|\Z) ?")
_PART = lazy(r"\s*(?:#|\Z|(?:- +)*[^\s:#]+:(?:\s|\Z))")
_START = lazy(r"---(?:\s|\Z)")
_STARTED = lazy(r"---[ \t]+[^\s#]")
_BEHIND_START = Problem(
    "stray-colon",
    Message("something stands behind the three hyphens that begin the file"),
    Message("delete the hyphens, or write what stands behind them on a line of its own"),
)
_LONGEST_KEY = 1_024
"""What a key on its colon's line may have. Source: YAML 1.2.2, section 7.4.2."""
_SHORTER = Message("write one of the schema's keys, such as remarks, a half-width colon and a space before the text")
_DASHES = lazy(r"\s*(?:- +)*")
_BEHIND_KEY = lazy(r":\s|\s#")
_CLOSED = lazy(r"\s*[^\s:#]+:\s+(\[\s*\]|\{\s*\})\s*(?:#.*)?\Z")
_LIST = dict(_BY_PROBLEM)["block sequence entries are not allowed"].hint
_NO_LIST = Message("delete the “- ”, or put the whole value in quotes")
_QUOTING = (
    _LIST,
    QUOTE,
    dict(_BY_PROBLEM)["mapping values are not allowed"].hint,
    _UNCLOSED.hint,
    _AFTER_CLOSED.hint,
    _IF_TEXT,
)
_OTHER_MARK = Message("write {sign} in the place of {found}, which closes no text that {sign} opens")
_PAIRS = {"”": "“", "’": "‘", "＂": "", "＇": "", "″": "", "′": ""}
"""The marks that people close a quote with, and those that open what each closes."""
_QUOTE_END = lazy(r"(?P<text>.*?)(?P<found>[”’＂＇″′])\s*(?:\s#.*)?\Z")
_KEY = lazy(r"\s*(?:- +)*(?P<key>[^\s:#]+):\s")
QUOTED = lazy(r"\s*(?:- +)*[^\s:#\"']+:\s+(?P<sign>[\"'])(?P<rest>.*)")
_OPENING = lazy(r"\s*(?:- +)*(?P<sign>[\"'])(?P<rest>.*)")
"""A line that begins with a mark, as of a key in quotes."""
_INNER_KEY = lazy(r"[{,]\s*(?P<key>[^\s:#{,]+):\s+\Z")
_KEYLESS = lazy(r"\s*(?:- +)*:(?:\s|\Z)")
_END = lazy(r"\.\.\.(?:\s|\Z)")
_LEFT_OVER = dict(_BY_PROBLEM)["did not find expected <document start>"]
_ESCAPED = lazy(r"\\.")
_TEXT = lazy(r"""\s*(?P<dashes>(?:- +)*)(?P<key>[^\s:#"'\[{]+:\s+)?(?P<sign>[^\s"'\[{#])""")
"""A line in which a text begins that is not in quotes."""
_ENTRY = lazy(r"\s*(?:- +)*[^\s:#]+:(?:\s|\Z)")
_MARKED_VALUE = lazy(r"\s*(?:- +)*[^\s:#]+:\s+(?P<sign>[\"'\[{])")


def explain(
    error: yaml.MarkedYAMLError,
    text: str,
    last_quoted: tuple[int, int, int] | None = None,
    read: tuple[int, int] = (0, 0),
) -> tuple[str, int, int, Message, Message]:
    """As :func:`_explain` has it, with a cure that suits the key: quotes help no number."""
    code, line, column, message, hint = _explain(error, text, last_quoted, read)
    key = _key_at(text.split("\n"), line - 1, column - 1)
    is_unclosed = hint.text in (_UNCLOSED.hint.text, _OTHER_MARK.text)
    if key is None or not (is_unclosed or hint in _QUOTING) or (is_unclosed and key in fields.shaped()):
        return code, line, column, message, hint  # what has a shape may stand in quotes
    from target_registry.documents import cures  # sound files with quotes load this room, and need none

    hint = cures.unquoted(key) or (_NO_LIST if hint == _LIST and key in fields.of_text() else hint)
    return code, line, column, message, hint


def _key_at(lines: Sequence[str], number: int, column: int) -> str | None:
    """The key whose value stands at a place; None where no key does, or one whose value is a text all the same."""
    line = lines[number]
    entry = _KEY.match(line)
    if entry is None:
        return None
    if (inner := _INNER_KEY.search(line[:column])) is not None:
        return inner["key"] if entry["key"] != "as_filed" else None
    indent = _indent(line)
    above = next((one for one in reversed(lines[:number]) if _is_content(one) and _indent(one) < indent), "")
    return None if above.startswith("as_filed:") else entry["key"]


def _explain(
    error: yaml.MarkedYAMLError, text: str, last_quoted: tuple[int, int, int] | None, read: tuple[int, int]
) -> tuple[str, int, int, Message, Message]:
    """Say where a parser's complaint comes from, in plain words.

    Args:
        error: what the parser raised.
        text: what it read.
        last_quoted: first line, column and last line, from 0, of the last value in quotes.
        read: the line, from 0, that the last value begins in, and the first that isn't known to be sound.

    Returns:
        The code, the line and column from 1, the message, and the cure.
    """
    context, problem = error.context or "", error.problem or ""
    mark: Any = error.problem_mark or error.context_mark
    lines = text.split("\n")
    if (opened := _opened(lines, error, read)) is not None:
        cure = _other_mark(lines[opened[0]][opened[1] :]) or _UNCLOSED.hint
        return _UNCLOSED.code, opened[0] + 1, opened[1] + 1, _UNCLOSED.message, cure
    if mark is not None and (long := _long_key(lines, mark)) is not None:
        return long
    if context.startswith(_IN_BRACKETS) and (fault := _within_brackets(text, lines, mark)) is not None:
        return fault.code, fault.line + 1, fault.column + 1, fault.message, fault.hint
    if "cannot start any token" in problem and mark is not None:
        sign = _char(text, mark)
        found = (
            dict(_BY_PROBLEM)["found a tab character"]
            if sign == "\t"
            else Problem("needs-quotes", Message("a value can't start with {sign}"), QUOTE)
        )
    else:
        found = _look_up(problem, _BY_PROBLEM) or _look_up(context, _BY_CONTEXT) or Problem(
            "syntax", Message("the file can't be read as YAML from here on"),
            Message("write one “key: value” a line and put values with odd signs in quotes"),
        )  # fmt: skip
    if found.at_start and error.context_mark is not None:
        mark = error.context_mark
    if mark is None:
        return found.code, 1, 1, found.message, found.hint
    line = lines[mark.line] if mark.line < len(lines) else ""
    if line.startswith("%") and not any(map(_is_content, (one for one in lines[: mark.line] if one[:1] != "%"))):
        return _DIRECTIVE.code, mark.line + 1, 1, _DIRECTIVE.message, _DIRECTIVE.hint
    if _STARTED.match(line) and found.code in ("stray-colon", "bad-indent"):
        return _BEHIND_START.code, mark.line + 1, 1, _BEHIND_START.message, _BEHIND_START.hint
    if (strange := _at_mark(lines, mark)) is not None:
        number, cause = strange
        return cause.code, number + 1, _indent(lines[number]) + 1, cause.message, cause.hint
    if (earlier := _cause(lines, mark, found, error.context_mark)) is not None:
        number, cause = earlier
        return cause.code, number + 1, _indent(lines[number]) + 1, cause.message, cause.hint
    if found.code == "stray-tab" and (tab := _next_tab(lines, mark)) is not None:
        return found.code, tab[0] + 1, tab[1] + 1, found.message, found.hint
    if found.code in ("bad-indent", "stray-colon", "missing-colon"):
        if last_quoted and last_quoted[0] < mark.line == last_quoted[2]:
            # Its own mark closes it here: one that isn't closed is told by now.
            closed = Message(_AFTER_CLOSED.message.text, sign=lines[last_quoted[0]][last_quoted[1]])
            return _AFTER_CLOSED.code, mark.line + 1, mark.column + 1, closed, _AFTER_CLOSED.hint
        if found.code == "bad-indent" and (marked := _MARKED_VALUE.match(line)) and mark.column > marked.end():
            closed = Message(_AFTER_CLOSED.message.text, sign=marked["sign"])
            return _AFTER_CLOSED.code, mark.line + 1, mark.column + 1, closed, _AFTER_CLOSED.hint
    entry = _ENTRY.match(line)
    # What stands behind a line's own colon is out of place in that line, wherever this one stands.
    is_behind = entry is not None and mark.column >= entry.end()
    if found.code in ("bad-indent", "stray-colon") and not is_behind and (misplaced := _misplaced(lines, mark)):
        number, problem_here = misplaced
        if problem_here is _STRAY_DASH:
            problem_here = _below_a_closed_list(lines[:number]) or problem_here
        return problem_here.code, number + 1, _indent(lines[number]) + 1, problem_here.message, problem_here.hint
    if found.code == "stray-colon" and entry is not None and not is_behind:
        above = max((i for i in range(mark.line) if _is_content(lines[i])), default=None)
        if above is not None and not _ENTRY.match(lines[above]):
            return _NO_COLON.code, above + 1, _indent(lines[above]) + 1, _NO_COLON.message, _NO_COLON.hint
        return _TOO_FAR.code, mark.line + 1, _indent(line) + 1, _TOO_FAR.message, _TOO_FAR.hint
    if found.code == "needs-quotes" and mark.column == 0:  # no value stands there
        message = Message("a line can't start with {sign}", sign=_char(text, mark))
        return found.code, mark.line + 1, 1, message, _NO_SIGN
    message = Message(found.message.text, sign=_char(text, mark)) if "{sign}" in found.message.text else found.message
    return found.code, *_place(text, mark), message, found.hint


def pasted(line: str) -> Problem | None:
    """What is wrong with a line that came with what was pasted, such as a mail or a comparison; None where it didn't."""
    if fence := _FENCE.match(line):
        message = Message(
            "a line of {sign} is how a chat or a web page marks a text off, and no part of it", sign=fence[1]
        )
        return Problem(_NO_COLON.code, message, _DELETE)
    if _OF_COMPARISON.match(line):
        return Problem(
            _NO_COLON.code, Message("this line is of a comparison of two versions, not of the file"), _DELETE
        )
    if quoted := _MAILED.match(line):
        message = Message(
            "the sign {sign} at the start of the line is how a mail marks a quotation", sign=quoted["sign"]
        )
        is_part = _PART.match(line, quoted.end()) is not None
        if not is_part and _indent(line):
            return None  # it may be a text below its key
        cure = Message(_WITHOUT_SIGN.text, sign=quoted["sign"]) if is_part else _DELETE
        return Problem(_NO_COLON.code, message, cure)
    return None


def _at_mark(lines: Sequence[str], mark: Any) -> tuple[int, Problem] | None:
    """The line, from 0, at or right above a mark that came with what was pasted, and what is wrong with it."""
    above = next((i for i in range(min(mark.line, len(lines)) - 1, -1, -1) if _is_content(lines[i])), None)
    for number in (mark.line, above):
        if number is None or number >= len(lines):
            continue
        indent = _indent(lines[number])
        # What is indented may belong to a text.
        is_of_text = indent > 0 and (number != mark.line or mark.column != indent)
        if not is_of_text and (problem := pasted(lines[number])) is not None:
            return number, problem
    return None


def _within_brackets(text: str, lines: Sequence[str], mark: Any) -> brackets.Fault | None:
    """What is wrong within brackets; None where they aren't closed."""
    from target_registry.documents import brackets  # sound files with quotes load this room, and need none

    return brackets.find(text, lines, mark)


def _long_key(lines: Sequence[str], mark: Any) -> tuple[str, int, int, Message, Message] | None:
    """A key that is longer than any may be before its colon; to the parser it is none, and another line suffers from it."""
    line = lines[mark.line] if mark.line < len(lines) else ""
    start = _DASHES.match(line, 0, mark.column)
    if start is None or line[mark.column : mark.column + 1] != ":" or mark.column - start.end() <= _LONGEST_KEY:
        return None
    key = line[start.end() : mark.column]
    if key[0] not in "\"'" and _BEHIND_KEY.search(key):
        return None  # it is a second one
    message = Message(
        "a key of {count} characters stands here, expected at most {limit}", count=len(key), limit=_LONGEST_KEY
    )
    return "too-long", mark.line + 1, start.end() + 1, message, _SHORTER


def _below_a_closed_list(above: Sequence[str]) -> Problem | None:
    """What is wrong with a list's item below lines of which the last says that the list is empty; None below others."""
    closed = _CLOSED.match(next(filter(_is_content, reversed(above)), ""))
    if closed is None:
        return None
    brackets = "".join(closed[1].split())
    cure = Message("delete the {brackets} behind the key above: it says that the list has no items", brackets=brackets)
    return _STRAY_DASH._replace(hint=cure)


def _cause(lines: Sequence[str], mark: Any, found: Problem, begun: Any) -> tuple[int, Problem] | None:
    """The line, from 0, that a complaint really is of, and what is wrong with it: one that is no entry at all."""
    line = lines[mark.line] if mark.line < len(lines) else ""
    if found.code in ("bad-indent", "stray-colon") and _KEYLESS.match(line):
        return mark.line, _NO_KEY
    if found.code in ("bad-indent", "stray-colon") and (item := _odd_item(lines, mark.line)) is not None:
        return item, _OTHER_COLUMN
    if found is _LEFT_OVER:
        for number in range(min(mark.line, len(lines) - 1), -1, -1):
            if lines[number].startswith("%"):
                return number, _DIRECTIVE
            if _END.match(lines[number]):
                return number, _ENDED
        content = (number for number, one in enumerate(lines) if _is_content(one) and not _START.match(one))
        if (first := next(content, None)) is not None and _is_words(lines[first]):
            return first, _NO_COLON
    if found is _NO_DASH and begun is not None and begun.line < mark.line and _takes_no_list(lines[: begun.line]):
        return begun.line, _NO_ITEM
    if found is _NO_DASH and not line.lstrip().startswith("-"):
        return mark.line, _BESIDE_DASH
    return None


def _odd_item(lines: Sequence[str], number: int) -> int | None:
    """The item right above a line, from 0, whose dash is the only one out of its column; None where no such one is."""
    above = next((i for i in range(number - 1, -1, -1) if _is_content(lines[i])), number)
    if above == number or not lines[above].lstrip().startswith("- ") or lines[number].lstrip().startswith("- "):
        return None
    column = _indent(lines[number]) - len("- ")
    below = next((line for line in lines[number + 1 :] if _is_content(line) and _indent(line) <= column), "")
    is_item = below.lstrip().startswith("- ") and _indent(below) == column
    return above if is_item and _indent(lines[above]) != column else None


def _is_words(line: str) -> bool:
    """Whether a line is neither an entry nor an item nor begins with a bracket."""
    return not _ENTRY.match(line) and not line.lstrip().startswith(("- ", "[", "{"))


def _takes_no_list(above: Sequence[str]) -> bool:
    """Whether no list can stand below some lines: none is a file's whole, and none is a group's value."""
    last = next((line for line in reversed(above) if _is_content(line) and not _START.match(line)), None)
    if last is None:
        return True
    entry = _KEY.match(f"{last} ")
    field = {**fields.of_plan(), **fields.of_target()}.get(entry["key"]) if entry else None
    return field is not None and field.kind == "group"


def _next_tab(lines: Sequence[str], mark: Any) -> tuple[int, int] | None:
    """Where the tab stands that was found; in a blank line, libyaml marks the end of the line before."""
    for number in range(mark.line, len(lines)):
        column = lines[number].find("\t", mark.column if number == mark.line else 0)
        if column >= 0:
            return number, column
    return None


def _look_up(words: str, table: tuple[tuple[str, Problem], ...]) -> Problem | None:
    return next((found for part, found in table if part in words), None)


def _char(text: str, mark: Any) -> str:
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    return line[mark.column] if mark.column < len(line) else ""


def _opened(lines: list[str], error: yaml.MarkedYAMLError, read: tuple[int, int]) -> tuple[int, int] | None:
    """The place, from 0, of a quote that is never closed, or closed by another one's; None where a complaint has another cause."""
    mark: Any = error.problem_mark or error.context_mark
    if mark is None:
        return _open_quote(lines, 0, len(lines))
    if (error.context or "").startswith(_ESCAPING):
        begun: Any = error.context_mark or mark
        if not any(map(_ENTRY.match, lines[begun.line + 1 : mark.line + 1])):
            return None  # it is the escape that is wrong
    last, sound = read
    return _open_quote(lines, sound if mark.line >= sound else last, mark.line + 1)


def _other_mark(opened: str) -> Message | None:
    """The cure for a quote at whose end a mark of another kind stands; None where none does, or it has its partner."""
    end = _QUOTE_END.match(opened)
    if end is None or end["text"].count(_PAIRS[end["found"]] or "\n") > end["text"].count(end["found"]):
        return None
    return Message(_OTHER_MARK.text, sign=opened[0], found=end["found"])


_IN_BRACKETS = "while parsing a flow "
_ESCAPING = "while parsing a quoted scalar"


def _open_quote(lines: Sequence[str], begin: int, end: int) -> tuple[int, int] | None:
    """The place, from 0, of the first value of some lines that opens a quote which nothing closes but another one's mark."""
    number, text, is_block = begin, -1, False
    while number < end:
        line = lines[number]
        if _is_content(line) and _indent(line) <= text:
            text = -1
        start = QUOTED.match(line) or _OPENING.match(line)
        if text >= 0 and (is_block or not QUOTED.match(line)):
            start = None  # a mark within a text opens nothing
        elif (header := _TEXT.match(line)) and (header["key"] or header["dashes"]):
            text, is_block = header.end("dashes") - (not header["key"]), header["sign"] in ("|", ">")
        if start is not None:
            closed = _closing(lines, number, start)
            if closed is None:
                return number, start.start("sign")
            number = closed
        number += 1
    return None


def _closing(lines: Sequence[str], number: int, start: re.Match[str]) -> int | None:
    """The line, from 0, that closes a quote; None where an entry stands before it, which nobody means to quote."""
    sign, rest, indent, is_odd = start["sign"], start["rest"], _indent(lines[number]), False
    while (end := _end_mark(rest, sign)) < 0:
        number += 1
        if number == len(lines):
            return None
        rest = lines[number]
        is_entry, is_far = _ENTRY.match(rest) is not None, _indent(rest) <= indent
        if is_entry and is_far:
            return None
        is_odd = is_entry or is_far
    behind = rest[end + 1 :].strip()
    return None if is_odd and behind and behind[0] not in "#,]}" else number


def _end_mark(text: str, sign: str) -> int:
    """Where in a text a quote's mark closes it; -1 where none does."""
    return (_ESCAPED.sub("  ", text) if sign == '"' else text.replace("''", "  ")).find(sign)


def _misplaced(lines: list[str], mark: Any) -> tuple[int, Problem] | None:
    """The line, from 0, that is out of its column, where another line is the first to suffer from it."""
    number, line = mark.line, lines[mark.line] if mark.line < len(lines) else ""
    above = [i for i in range(number) if _is_content(lines[i])]
    if not above:
        return None
    first, last = above[0], above[-1]
    if line.lstrip().startswith("- ") and not any(lines[i].lstrip().startswith("- ") for i in above):
        return number, _STRAY_DASH
    if _indent(line) == 0 and _indent(lines[first]) > 0 and mark.column == 0:
        return first, _TOO_FAR
    if lines[last].lstrip().startswith("- ") and _indent(line) <= _indent(lines[last]) and _ENTRY.match(line):
        return number, _BESIDE_DASH
    if _indent(lines[last]) < _indent(line) and _ENTRY.match(lines[last]) and len(above) > 1:
        before = lines[above[-2]]
        opens_group = before.rstrip().endswith(":") and _indent(before) == _indent(lines[last])
        if opens_group or (_indent(before) == _indent(line) and not before.lstrip().startswith("- ")):
            return last, TOO_NEAR
    return None


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _place(text: str, mark: Any) -> tuple[int, int]:
    """A place a reader can find: the end of the file is the end of its last line with text."""
    lines = text.split("\n")
    if mark.line < len(lines) and lines[mark.line].strip():
        return mark.line + 1, mark.column + 1
    last = max((i for i, line in enumerate(lines[: mark.line + 1]) if line.strip()), default=0)
    return last + 1, len(lines[last]) + 1
