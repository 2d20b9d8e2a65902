"""The text of a file of text: UTF-8, UTF-16 as Excel's “Unicode text” has it, or GB18030 as Chinese Excel saves."""

from __future__ import annotations

import codecs

from target_registry import limits
from target_registry.forms import Unfit, kinds
from target_registry.forms.bounds import sized
from target_registry.model import Message

_CURE = Message("open it and save it as UTF-8; Excel calls it CSV UTF-8")


def decoded(raw: bytes) -> str:
    r"""The text, its lines ended by ``\n`` alone.

    Raises:
        Unfit: the file is empty or too large, is no text, or its encoding can't be told for sure.
    """
    sized(raw, limits.FORM_TEXT_BYTES)
    if (found := kinds.packed(raw)) is not None:
        raise Unfit(
            Message("the file is {found}, whatever its name says, not a file of text", found=found),
            Message("give it the ending that its kind has, or save it anew as what its name says"),
        )
    text = _decode(raw)
    if "\x00" in text:
        raise Unfit(Message("the file holds NUL bytes, which no text has"), _CURE)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(raw: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    ):  # fmt: skip
        if raw.startswith(mark):
            try:
                return raw.decode(name)
            except UnicodeDecodeError as broken:
                raise _unsure(broken.start) from broken
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as broken:
        place = broken.start
    # Where most of it is sound UTF-8, a byte was lost; read as GB18030 it would be other, real characters.
    replaced = raw.decode("utf-8", "replace")
    lost = replaced.count("\ufffd")
    sound = sum(char > "\x7f" for char in replaced) - lost
    if sound > lost:
        raise _unsure(place)
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as broken:
        raise _unsure(broken.start) from broken
    if not all(_usual(char) for char in set(text)):
        raise _unsure(place)
    return text


def _usual(char: str) -> bool:
    """Whether a Chinese text has it: other encodings, read as GB18030, give private, unassigned and rare characters."""
    code = ord(char)
    return code < 0x3400 or 0x4E00 <= code < 0xA000 or 0xF900 <= code < 0x10000 or 0x3400 <= code < 0x4DC0


def _unsure(place: int) -> Unfit:
    found = Message("the file's encoding can't be told: byte {place} fits neither UTF-8 nor GB18030", place=place + 1)
    return Unfit(found, _CURE)
