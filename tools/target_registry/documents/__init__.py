"""Bytes to documents with the place of every value. The only room that knows YAML."""

from __future__ import annotations

from target_registry.documents.document import MEND_FIRST, MORE, Document, Places, Unwritable, keep

__all__ = ["MEND_FIRST", "MORE", "Document", "Places", "Unwritable", "keep", "read"]


def read(path: str, raw: bytes, limit: int, name: str = "") -> Document:
    """Read the bytes of one YAML file, strictly.

    Args:
        path: where it stands, for the findings.
        raw: its bytes.
        limit: how many bytes such a file may have.
        name: its schema's, where that is known: it tells which key a Chinese heading stands for.
    """
    from target_registry.documents import quick

    document = quick.read(path, raw, limit, name)
    if document is None:
        from target_registry.documents import reader  # with the YAML parser, which plain files don't need

        document = reader.read(path, raw, limit, name)
    return document
