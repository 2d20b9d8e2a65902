"""What the fuzzer puts together besides bytes: YAML's signs, the vocabulary, and what people's keyboards bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from target_registry import fields

_SIGNS = (
    ": ", "- ", " #", "#", "---\n", "...\n", "%YAML 1.2\n", "|\n  ", ">-\n  ", "|2+\n", "? ", "<<: ", "&a ", "*a", "!!str ", "!<x> ",
    "'", '"', "\\u202e", "\\x00", "\\", "{", "}", "[", "]", ", ", "\t", "\r\n", "\r", "\n  ", "\n- ", "~", "null", "true", "No",
    "0x1F", "0o17", "012", "1_000", "1e3", "1e400", ".inf", ".nan", "-0", "1:30", "2018-06-30", "999999999999999", "0.1",
    "\n=====\n", "=cmd|' /C calc'!A0", "##[", "::error::", "|---|\n", "<td>", "</tr>", 'rowspan="9"', "<w:tr>", '<w:gridSpan w:val="9"/>',
    '<c r="B2">', "<f>1</f>", "<v>0</v>", 't="s"', "<!DOCTYPE x>", "&#8238;", "&amp;", "<![CDATA[", "]]>", "<!--",
)  # fmt: skip
_KEYBOARD = (
    "：", "，", "（", "）", "【", "〔", "〕", "“", "”", "《", "》", "、", "。", "％", "１２", "\u3000", "\u00a0", "\u200b", "\u202e", "\ufeff",
    "增长9%左右", "不低于", "8—10%", "八分之一", "翻一番", "三百零五万", "〔2018〕14号", "2018年", "第2页", "左右", "以上",
)  # fmt: skip


def words() -> Iterator[bytes]:
    """All of them."""
    for word in (*_SIGNS, *_KEYBOARD):
        yield word.encode()
    for name in fields.SCHEMAS:
        yield from (word.encode() for word in dict.fromkeys(_vocabulary(fields.schema(name))))


def _vocabulary(node: Mapping[str, Any]) -> Iterator[str]:
    """Keys with their colons, headings and choices of a schema."""
    for key, below in node.get("properties", {}).items():
        yield f"{key}: "
        yield from _vocabulary(below)
    yield from (str(choice["const"]) for choice in node.get("oneOf", ()) if "const" in choice)
    if "title" in node:
        yield node["title"]
    if "items" in node:
        yield from _vocabulary(node["items"])


def dictionary() -> str:
    """The same in the form that libFuzzer reads: a quoted word a line."""
    return "".join(f'"{_escaped(word)}"\n' for word in words())


def _escaped(word: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02X}" for byte in word)
