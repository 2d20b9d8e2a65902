"""A stranger's text made safe to show, one function a medium.

A pull request's author controls every value, key and file name; each medium has
its own ways out of a value. Nothing else in the package escapes by itself.
"""

from __future__ import annotations

import re

from target_registry.patterns import lazy

# C0 and C1 controls, DEL, bidi controls, zero-width and other invisible format characters (also those of
# hieroglyphs, shorthand and music), Braille's blank, line and paragraph separators, tags, noncharacters of
# every plane, lone surrogates: none may reach a reader unseen.
# Source: Unicode 16, general categories Cc, Cf, Cs, Zl, Zp, Default_Ignorable_Code_Point, section 23.7.
_BASIC = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
)
"""Of the Basic Multilingual Plane, but for the line feed."""
_BEYOND = "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff" + "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
)
# The many ranges beyond that plane are looked at for a sign of them only.
_INVISIBLE = lazy(f"[\n{_BASIC}\U00010000-\U0010ffff](?<=[\n{_BASIC}{_BEYOND}])")
_INVISIBLE_IN_LINES = lazy(f"[{_BASIC}\U00010000-\U0010ffff](?<=[{_BASIC}{_BEYOND}])")
_ALLOWED_IN_FILES = "\n\r\t"


def hidden_in_file(text: str, allowed: str = _ALLOWED_IN_FILES) -> list[tuple[int, str]]:
    """The characters that no YAML file of a registry may hold, with their offsets.

    Args:
        text: the file's, or a value's.
        allowed: the controls that may stand in it.
    """
    return [(m.start(), m[0]) for m in _INVISIBLE.finditer(text) if m[0] not in allowed]


def visible(text: str) -> str:
    """Write invisible characters as ``<U+200B>``, so that they are seen and do nothing."""
    # As nearly all are: what Python calls printable and Chinese machines have a sign for is seen.
    if text.isprintable():
        try:
            text.encode("gbk")
        except (UnicodeEncodeError, LookupError):  # the second where there is too little memory for its tables
            pass
        else:
            return text
    return _INVISIBLE.sub(named, text)


def one_line(text: str) -> str:
    """A text of several lines in one, with a sign where each ends."""
    return text.replace("\r\n", "\n").replace("\n", "⏎")


def hides(text: str) -> bool:
    """Whether anything in the lines of a text is invisible."""
    return _INVISIBLE_IN_LINES.search(text) is not None


def named(match: re.Match[str]) -> str:
    """A sign by its number, such as ``<U+200B>``."""
    return f"<U+{ord(match[0]):04X}>"


def terminal(text: str) -> str:
    """One line for a terminal or a log.

    Besides control characters this breaks what CI runners obey: ``##[command]`` anywhere in a line, and
    ``::command::`` at its start, which any place can become once the line is wrapped.
    """
    return re.sub(":(?=:)", ": ", _unobeyed(visible(text)))


# GitHub's ##[group], Azure's ##vso[task] and TeamCity's ##teamcity[message].
_BRACKETED = lazy(r"##(?=\w{0,20}\[)")


def _unobeyed(text: str) -> str:
    """A text in which no runner finds a command within a line."""
    return _BRACKETED.sub("## ", text) if "##" in text else text


# What is a workflow command where it begins a line of a runner's log.
_COMMAND = re.compile(r"^([^\S\n]*+):(?=:)", re.MULTILINE)


def log(text: str) -> str:
    """Lines in which only what CI runners obey is broken, by a space: a file that is shown, not written."""
    return _unobeyed(_COMMAND.sub(r"\1: ", text))


def annotation(text: str) -> str:
    """The message of a GitHub workflow command."""
    shown = _unobeyed(visible(text))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def annotation_property(text: str) -> str:
    """A property, such as the file, of a GitHub workflow command."""
    return annotation(text).replace(":", "%3A").replace(",", "%2C")


def html(text: str) -> str:
    """Text of an HTML element or a quoted attribute."""
    shown = "\n".join(visible(line) for line in text.split("\n"))
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        shown = shown.replace(char, entity)
    shown = _COMMAND.sub(r"\1&#58;", shown)
    return _BRACKETED.sub("#&#35;", shown) if "##" in shown else shown


def xml(text: str) -> str:
    """Text of an element of XML, as in Word's files; line breaks stay for the caller to make elements of.

    What HTML needs is what XML needs, and whatever XML 1.0 can't hold is invisible.
    Source: Extensible Markup Language 1.0, sections 2.2 and 2.4.
    """
    return html(text)


_MARKDOWN = lazy(r"[\\`*_{}\[\]<>|~:&^]")
# What GitHub makes mentions, references, links, formulas and pictures of, also where it is written as
# character references: it looks for them once these have become signs again (github/cmark-gfm#181).
# GitLab makes references of figures and names behind ! % & ~ too, of GL-1, [issue:1] and *iteration:1, and additions
# and deletions of {+ +} and [- -] (GitLab Flavored Markdown, references and inline diff).
_LINKED = lazy(
    r"[@#$]|[!&](?=[0-9])|[%~](?=[\w\"])|://|www\.|g[hl]-[0-9]|:[\w+-]+:|\[\w+:|\*iteration:|[{\[][+-]|(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])",
    re.IGNORECASE | re.ASCII,
)


def markdown(text: str) -> str:
    """Text of a GitHub Flavored Markdown table cell, so that it is only ever text.

    What Markdown or HTML could use is written as a character reference; a line of which GitHub could make
    a mention, a reference or a link stands in a code span. Newlines become line breaks.
    """
    return "<br>".join(_markdown(line) for line in text.split("\n"))


def _markdown(line: str) -> str:
    if _LINKED.search(line):
        return code_span(line)
    return _MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", visible(line))


_TICKS = lazy(r"`+")


def code_span(text: str, *, in_table: bool = True) -> str:
    """A code span of GitHub Flavored Markdown that shows exactly this text.

    Nothing in a code span is a mention, a reference, a link or markup. A fence longer than any
    in the text holds backticks; a pipe gets the backslash that tables want, and where a
    backslash stands before it, it stands in a span of its own, because table cells are split before
    anything else is read. Very many backticks are parted too: GitHub's parser knows no fence of more
    than 80. Source: GitHub Flavored Markdown Spec, sections 4.10 and 6.3.

    Args:
        text: the text.
        in_table: whether it stands in a table's cell; elsewhere a pipe is a sign like any other.
    """
    shown = visible(one_line(text))
    # Runners obey ##[command] wherever it stands in a line of their log; a report may end up there.
    parting = r"(?<=##)(?=\w{0,20}\[)|(`{1,40})(?=`{40})"
    parts = [part for part in re.split(rf"(?<=\\)(?=\|)|{parting}" if in_table else parting, shown) if part]
    return "<wbr>".join(_span(part.replace("|", "\\|") if in_table else part) for part in parts)


def code(text: str) -> str:
    """A code span of Markdown that stands in a line of its own, a list or a heading."""
    return code_span(text, in_table=False)


def code_block(text: str, language: str) -> str:
    """A fenced code block of Markdown that shows this text, and ends where it ends.

    Only what CI runners obey is broken, for a report may end up in a log.

    Source: GitHub Flavored Markdown Spec, section 4.5.
    """
    shown = log("\n".join(visible(line) for line in text.rstrip("\n").split("\n")))
    fence = "`" * max(3, max((len(run) for run in _TICKS.findall(shown)), default=0) + 1)
    return f"{fence}{language}\n{shown}\n{fence}"


def _span(text: str) -> str:
    fence = "`" * (max((len(run) for run in _TICKS.findall(text)), default=0) + 1)
    # A space at both ends is taken off; one is added where the text has them, or touches the fence.
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    if not text.strip(" "):
        return fence + text.replace(" ", "\u00a0") + fence
    return fence + pad + text + pad + fence


_FORMULA = lazy(r"'*\s*[=+\-@＝＋－＠\t\r]")
_NUMBER = lazy(r"[+-]?[0-9]+(\.[0-9]+)?%?\Z")


def spreadsheet(text: str) -> str:
    """A cell that a spreadsheet opens as text: one that could start a formula gets a leading ``'``.

    So does one that has such a mark of its own already, or it would lose it on the way back.
    """
    if text[:1].isalnum():
        return text  # as nearly all
    if _FORMULA.match(text) and not _NUMBER.match(text):
        return "'" + text
    return text


def from_spreadsheet(text: str) -> str:
    """The text that :func:`spreadsheet` made a cell of."""
    return text[1:] if text.startswith("'") and spreadsheet(text[1:]) == text else text


_WORKBOOK_CELL = 32_767


def workbook(text: str) -> str:
    """Text of a string cell of a workbook, line breaks as they are, cut where a cell ends.

    Source: Excel specifications and limits, of what a cell holds; a sign beyond U+FFFF counts twice.
    """
    shown = "\n".join(visible(line) for line in text.split("\n"))
    if len(shown) > _WORKBOOK_CELL // 2:
        units = shown.encode("utf-16-le")
        if len(units) > 2 * _WORKBOOK_CELL:
            return units[: 2 * _WORKBOOK_CELL - 2].decode("utf-16-le", "ignore") + "…"
    return shown


def needs_quote(text: str) -> bool:
    """Whether a cell of a workbook is to be marked as quoted: once edited, it would be no text any more."""
    return _FORMULA.match(text) is not None or text.startswith("'")


def page_foot(text: str, room: int) -> str:
    """Text in the foot of a workbook's pages, where ``&`` begins a code, in at most ``room`` characters."""
    shown = visible(text)
    while len(shown.encode("utf-16-le")) // 2 + shown.count("&") > room:
        shown = shown.removesuffix("…")[:-1] + "…"
    return shown.replace("&", "&&")


def json(document: str) -> str:
    """A JSON document whose strings hold nothing that a terminal or a CI runner obeys."""
    shown = _INVISIBLE_IN_LINES.sub(lambda match: _json_escape(ord(match[0])), document)
    return _BRACKETED.sub(r"#\\u0023", shown) if "##" in shown else shown


def _json_escape(code: int) -> str:
    if code > 0xFFFF:
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"
