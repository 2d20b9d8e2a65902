"""What stands between marks such as 《》 and “”: titles and quotations, which say nothing by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

TITLES = "《》"
TITLES_AND_QUOTES = "《》“”"


def spans(text: str, marks: str = TITLES) -> Iterator[tuple[int, int]]:
    """Where a mark opens, up to behind the next that closes it; one that is never closed opens nothing.

    A pattern would look for the end of each unclosed mark anew.

    Args:
        text: any text.
        marks: an opening and a closing mark, and so on.
    """
    closing = dict(zip(marks[::2], marks[1::2], strict=True))
    past = 0
    for match in re.finditer(f"[{''.join(closing)}]", text):
        if match.start() < past or match[0] not in closing:
            continue
        end = text.find(closing[match[0]], match.end())
        if end < 0:
            del closing[match[0]]
            continue
        past = end + 1
        yield match.start(), past


def replaced(text: str, by: str = "", marks: str = TITLES) -> str:
    """A text with another sign for each sign of what stands between marks, and for the marks."""
    if not any(mark in text for mark in marks[::2]):
        return text
    pieces, start = [], 0
    for begin, end in spans(text, marks):
        pieces += [text[start:begin], by * (end - begin)]
        start = end
    return "".join([*pieces, text[start:]])
