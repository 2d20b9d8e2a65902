"""A zip file taken apart without trusting what it says of itself.

The names and places of its entries come from :mod:`zipfile`; their bytes are inflated here, against a
bound that all entries share, and must be what size and checksum promise. Entries that overlap, which
is how a small file unpacks to terabytes, and names that lead elsewhere are refused.
Source: APPNOTE.TXT 6.3.10, sections 4.3 and 4.4.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from target_registry import limits
from target_registry.forms import Unfit
from target_registry.forms.bounds import ALONE
from target_registry.model import Message

_HEADER = struct.Struct("<4s5H3L2H")
_LOCKED = 0x1


def damaged(part: str = "") -> Unfit:
    """The refusal of a file that is broken, at a part of it where that is known."""
    found = Message("the file is damaged in its part {part}", part=part) if part else Message("the file is damaged")
    return Unfit(
        found, Message("open it, save it under a new name and try that; if it can't be opened, export it again")
    )


def unpack(raw: bytes) -> Mapping[str, bytes]:
    """The entries of a zip file by name, in small letters: a part's name is the same in capitals.

    Raises:
        Unfit: the file is damaged, made to overwhelm, or unpacks to more than a form needs.
    """
    # Each entry of the directory starts with these bytes; zipfile would build all of them first.
    if raw.count(b"PK\x01\x02") > limits.FORM_PARTS:
        raise Unfit(Message("the file holds more than {limit} parts", limit=limits.FORM_PARTS), ALONE)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError, OSError) as broken:
        raise damaged() from broken
    if entries and entries[0].header_offset:
        raise damaged()
    parts: dict[str, bytes] = {}
    left = limits.FORM_UNPACKED
    end = 0
    for entry in entries:
        name = _name(entry)
        start, stop = _place(raw, entry)
        if entry.header_offset < end or name in parts:
            raise damaged(entry.filename)
        end = stop
        if entry.is_dir():
            if entry.file_size:
                raise damaged(entry.filename)
            continue
        parts[name] = _inflate(raw[start:stop], entry, left)
        left -= len(parts[name])
    return parts


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name, if it is one that a part can have."""
    name = entry.orig_filename
    steps = name.rstrip("/").split("/")
    if name != entry.filename or "\\" in name or ":" in name or {"", ".", ".."} & set(steps):
        raise damaged(name)
    return name.lower()


def _place(raw: bytes, entry: zipfile.ZipInfo) -> tuple[int, int]:
    """Where an entry's bytes begin and end; its own header must tell the same as the directory."""
    offset = entry.header_offset
    if not 0 <= offset <= len(raw) - _HEADER.size:
        raise damaged(entry.filename)
    signature, _, flags, method, *_, name_length, extra_length = _HEADER.unpack_from(raw, offset)
    start = offset + _HEADER.size + name_length + extra_length
    stop = start + entry.compress_size
    name = raw[offset + _HEADER.size :][:name_length]
    if (flags | entry.flag_bits) & _LOCKED:
        raise Unfit(Message("the file is protected by a password"), Message("take the password off and save it again"))
    if signature != b"PK\x03\x04" or method != entry.compress_type or stop > len(raw):
        raise damaged(entry.filename)
    if name.decode("utf-8" if flags & 0x800 else "cp437", "replace") != entry.orig_filename:
        raise damaged(entry.filename)
    return start, stop


def _inflate(packed: bytes, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The entry's bytes, never more than are left to be unpacked."""
    if entry.compress_type == zipfile.ZIP_STORED:
        data = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = inflater.decompress(packed, left + 1)
        except zlib.error as broken:
            raise damaged(entry.filename) from broken
        if len(data) <= left and (not inflater.eof or inflater.unused_data):
            raise damaged(entry.filename)
    else:
        raise damaged(entry.filename)
    if len(data) > left:
        raise Unfit(
            Message("the file unpacks to more than {limit} bytes", limit=limits.FORM_UNPACKED),
            ALONE,
        )
    if len(data) != entry.file_size or zlib.crc32(data) != entry.CRC:
        raise damaged(entry.filename)
    return data
