"""The text of a file of text: UTF-8, UTF-16 as Excel's “Unicode text” has it, or GB18030 as Chinese Excel saves."""

from __future__ import annotations

import codecs

from target_registry import limits
from target_registry.forms import Unfit, kinds
from target_registry.forms.bounds import sized
from target_registry.model import Message
from target_registry.patterns import lazy

_CURE = Message("open it and save it as UTF-8; Excel calls it CSV UTF-8")
_ASCII = lazy("[\x00-\x7f]+")
_USUAL = 0.75
"""The least share of a Chinese text's characters that are in GB 2312."""


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
    sound = len(_ASCII.sub("", replaced)) - lost
    del replaced
    if sound > lost:
        raise _unsure(place)
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as broken:
        raise _unsure(broken.start) from broken
    beyond = _ASCII.sub("", text)
    # Shift-JIS, Big5 and others give GB18030's rare characters; Chinese texts are made of the 7,445 of GB 2312.
    if len(beyond.encode("gb2312", "ignore")) // 2 < len(beyond) * _USUAL:
        raise _unsure(place)
    return text


def _unsure(place: int) -> Unfit:
    found = Message("the file's encoding can't be told: byte {place} fits neither UTF-8 nor GB18030", place=place + 1)
    return Unfit(found, _CURE)
