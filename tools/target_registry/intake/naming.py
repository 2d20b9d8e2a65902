"""Names for what a form brings and doesn't name: slugs of targets and ids of key works, in pinyin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from target_registry.hanzi import is_chinese

_SYLLABLES = 6
_WORDS = 5
_LONGEST = 40


def propose(text: str, taken: Container[str], otherwise: str) -> str:
    """A free name for a text: its first words, or the first syllables of its Chinese.

    Args:
        text: what is to be named.
        taken: names that others have.
        otherwise: the name of a text that holds nothing to make one of.
    """
    name = _pinyin(text) or _words(text) or otherwise
    if name not in taken:
        return name
    # The next that is free lies behind those that are taken without a gap: it is looked for in ever larger steps.
    low, high = 1, 2
    while f"{name}-{high}" in taken:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{name}-{middle}" in taken else (low, middle)
    return f"{name}-{high}"


def _pinyin(text: str) -> str:
    chinese = "".join(filter(is_chinese, text))[:_SYLLABLES]
    if not chinese:
        return ""
    from pypinyin import lazy_pinyin  # a dictionary of 40,000 characters, which only new rows need

    syllables = [_ascii(syllable) for syllable in lazy_pinyin(chinese, errors="ignore")]
    return "-".join(syllable for syllable in syllables if syllable)[:_LONGEST].strip("-")


def _words(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", _ascii(text))
    name = "-".join(words[:_WORDS])[:_LONGEST].strip("-")
    return "" if name.isdigit() else name


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return plain.lower().replace("'", "")
