"""What kind of file some bytes are, whatever the file's name says."""

from __future__ import annotations

import re

from target_registry.model import Message
from target_registry.patterns import lazy

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = lazy(rb"\s*<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
ZIP = b"PK\x03\x04"


def locked(raw: bytes) -> bool:
    """Whether it is an Office file that a password keeps shut."""
    return raw.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in raw


def packed(raw: bytes) -> Message | None:
    """The name of a kind that is no text; None where the bytes begin like none of these."""
    if locked(raw):
        return Message("an Office file with a password")
    if raw.startswith(_OLE):
        return Message("a file of the old kind (.doc, .xls, .wps or .et)")
    if raw.startswith(b"%PDF-"):
        return Message("a PDF")
    if raw.startswith(b"{\\rtf"):
        return Message("a Rich Text file")
    if raw.startswith((ZIP, b"PK\x05\x06")):
        return Message("a zipped file, such as .docx, .xlsx or .zip")
    if raw.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")):
        return Message("a picture")
    return None


def plain(raw: bytes) -> Message:
    """The name of a kind of text."""
    start = raw[:4096].removeprefix(b"\xef\xbb\xbf")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.replace(b"\x00", b"")[2:]
    if _MARKUP.match(start):
        return Message("a web page")
    if start.lstrip().startswith(b"<"):
        return Message("an XML document")
    if b"\x00" not in start and start.strip():
        return Message("plain text")
    return Message("a file of no known kind")
