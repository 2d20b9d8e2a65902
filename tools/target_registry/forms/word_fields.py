"""Fields of a Word document that take in what stands elsewhere: they show what was there when they were last filled in.

Source: ECMA-376, part 1, section 17.16.5 (field definitions), and the names that Word keeps from its older formats.
"""

from __future__ import annotations

from typing import Any

from target_registry.forms.word_styles import W

_FETCHING = frozenset(
    ("includetext", "includepicture", "include", "import", "link", "dde", "ddeauto", "rd", "database", "mergefield")
)


def fetches(part: Any) -> bool:
    """Whether a field of a part fetches its text or its picture, whether or not it stands in the form.

    Args:
        part: the root of its XML.
    """
    codes: list[list[str]] = []  # of the fields that are open, each in pieces, since a code can begin within another
    for node in part.iter(W + "fldSimple", W + "fldChar", W + "instrText"):
        if node.tag == W + "fldSimple":
            if _names_one(node.get(W + "instr", "")):
                return True
        elif node.tag == W + "instrText":
            if codes:
                codes[-1].append(node.text or "")
        elif (kind := node.get(W + "fldCharType")) == "begin":
            codes.append([])
        elif codes and kind in ("separate", "end"):
            if _names_one("".join(codes[-1])):
                return True
            if kind == "end":
                codes.pop()
    return any(_names_one("".join(code)) for code in codes)


def _names_one(code: str) -> bool:
    word = code.split(None, 1)[:1]
    return bool(word) and word[0].strip('"').lower() in _FETCHING
