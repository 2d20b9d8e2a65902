"""What of a sentence is only its looks: punctuation, spacing, width, the style of brackets and quotes.

What could change a figure or a word is never folded: decimal points, minus signs, dashes of a
range, comparison signs, per cent; circled, raised and Roman numbers; and no invisible character.
"""

from __future__ import annotations

import unicodedata

from target_registry.patterns import lazy

SPACES = " \t\n\r\xa0"
_STOPS = ",;:!、。…‥·•"
_QUOTES = "\"'“”‘’„‟「」『』﹁﹂﹃﹄"
_BRACKETS = "()[]{}【】〔〕﹝﹞《》〈〉〖〗"
_LOOKS = frozenset(SPACES + _STOPS + _QUOTES + _BRACKETS)
_DOUBTFUL = _LOOKS | set(".-")
"""Signs that may be no more than looks."""
_DIGITS = frozenset("0123456789")

# Full-width ASCII by its offset; NFKC would also turn ① into 1 and 10² into 102.
_SAME = {
    code: plain
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1 and plain != chr(code)
}
"""Radicals and doubles of characters, as text from a PDF has them, by the characters that they look like."""
_NARROW = (
    {0xFF01 + step: 0x21 + step for step in range(94)}
    | _SAME
    | dict.fromkeys(map(ord, "—–‐‑−―"), "-")
    | {ord("\u3000"): " ", ord("〜"): "~", ord("∼"): "~", ord("≧"): "≥", ord("≦"): "≤"}
)
_THOUSANDS = lazy(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])")
# Between two digits something must stay, or 1、2 would become 12.
_BETWEEN = "、"


def narrow(text: str) -> str:
    """Full-width signs made half-width, one kind of dash and of tilde: a character for a character."""
    return text.translate(_NARROW)


def kept(narrowed: str) -> list[tuple[int, str]]:
    """The characters of a :func:`narrow` text that are more than looks, each with its offset."""
    silent = {
        match.start() + at for match in _THOUSANDS.finditer(narrowed) for at, char in enumerate(match[0]) if char == ","
    }
    found: list[tuple[int, str]] = []
    gap = ""
    for at, char in enumerate(narrowed):
        if char in _DOUBTFUL:
            if at in silent:
                continue
            if not _stays(narrowed, at, char):
                gap += char
                continue
        if gap and found and found[-1][1] in _DIGITS:
            joins = char in _DIGITS or char == "." or (char == "-" and gap.strip(SPACES))
            if joins:
                found.append((at - 1, _BETWEEN))
        gap = ""
        found.append((at, char))
    return found


def _stays(text: str, at: int, char: str) -> bool:
    """Whether a character is more than looks."""
    if char == ".":
        return text[at + 1 : at + 2] in _DIGITS and text[at - 1 : at] != "."
    if char == "-":
        return _is_sign(text, at)
    return char not in _LOOKS


def _is_sign(text: str, at: int) -> bool:
    """Whether a dash stands before a number: a minus sign or a range. Of a long dash, its last stroke may."""
    end = at + 1
    while end < len(text) and text[end] in _LOOKS:
        end += 1
    before_number = text[end : end + 1] in _DIGITS or (
        text[end : end + 1] == "." and text[end + 1 : end + 2] in _DIGITS
    )
    if not before_number:
        return False
    start = at
    while start and text[start - 1] == "-":
        start -= 1
    return start == at or text[start - 1 : start] in {*_DIGITS, "%", "‰"}


def fold(text: str) -> str:
    """A text without its looks; two that fold alike are the same words and the same figures."""
    narrowed = narrow(text)
    if _DOUBTFUL.isdisjoint(narrowed):
        return narrowed
    return "".join([char for _, char in kept(narrowed)])
