"""A file's bytes to the text that is read: UTF-8, without what nobody sees, with one kind of line end."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

from target_registry import escape, limits
from target_registry.model import Message
from target_registry.patterns import lazy

Report = Callable[..., None]
_LINE_ENDS = "\u0085\u2028\u2029"
"""Line ends to some programs, by the Unicode Standard, section 5.8; to YAML 1.2 they are characters like others."""
_CONFLICT = lazy(r"^(?:<{7}|>{7}|\|{7}|={7})(?: .*)?$", re.MULTILINE)

_BEGINNING = 12
"""Bytes that are as many letters of a key, or half as many."""
LOST = "\ufffd"
LOST_TEXT = (
    Message("the sign {sign} stands where text was lost", sign=LOST),
    Message("write the text anew; it was saved with the wrong encoding"),
)


class Unparsable(Exception):
    """The text is not YAML, or more of it than is read; the finding is reported already."""


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


def decode(raw: bytes, limit: int, report: Report) -> str:
    """The text of a file's bytes.

    Raises:
        Unparsable: it is too large, or in another encoding; the finding is reported already.
    """
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


def clean(text: str, report: Report) -> str:
    """Report characters that can't be seen and take them out; fold line ends.

    Raises:
        Unparsable: it is damaged, or too complex to be read; the finding is reported already.
    """
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
    for lost in re.finditer(f"{LOST}+", text):
        report("lost-text", *place(lost.start()), *LOST_TEXT)
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
