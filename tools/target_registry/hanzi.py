"""Which signs are Chinese characters: the common ones, of Unicode's first block for them."""

from __future__ import annotations


def is_chinese(char: str) -> bool:
    """Whether a sign is a common Chinese character."""
    return "\u4e00" <= char <= "\u9fff"


def has_chinese(text: str) -> bool:
    """Whether a text holds a common Chinese character."""
    return any(map(is_chinese, text))
