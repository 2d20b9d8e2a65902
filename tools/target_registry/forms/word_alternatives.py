"""Alternatives in a Word document: of several contents, the one that Word shows.

Source: ECMA-376 part 3, sections 9 and 10 (markup compatibility); [MS-DOCX], [MS-ODRAWXML] and [MS-OI29500], sections
2 of each (the names that Office understands).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = frozenset((f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"))
_OPEN = "http://schemas.openxmlformats.org/"
_WORD = "http://schemas.microsoft.com/office/word/"
_DRAWING = "http://schemas.microsoft.com/office/drawing/"
_UNDERSTOOD = frozenset(
    (
        f"{MC[1:-1]}", f"{_OPEN}wordprocessingml/2006/main", f"{_OPEN}officeDocument/2006/math",
        f"{_OPEN}officeDocument/2006/relationships", f"{_OPEN}schemaLibrary/2006/main",
        "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office", "urn:schemas-microsoft-com:office:word",
        "http://schemas.microsoft.com/office/2019/extlst", "http://schemas.microsoft.com/office/thememl/2012/main",
        *(f"{_OPEN}drawingml/2006/{name}" for name in (
            "main", "picture", "chart", "chartDrawing", "diagram", "lockedCanvas", "wordprocessingDrawing",
        )),
        *(f"{_WORD}{name}" for name in (
            "2006/wordml", "2010/wordml", "2012/wordml", "2015/wordml/symex", "2016/wordml/cid", "2018/wordml",
            "2018/wordml/cex", "2020/wordml/sdtdatahash", "2020/oembed", "2023/wordml/word16du", "2024/wordml/sdtformatlock",
            "2010/wordprocessingCanvas", "2010/wordprocessingDrawing", "2010/wordprocessingGroup", "2010/wordprocessingInk",
            "2010/wordprocessingShape", "2012/wordprocessingDrawing",
        )),
        *(f"{_DRAWING}{name}" for name in (
            "2007/8/2/chart", "2008/diagram", "2010/chartDrawing", "2010/diagram", "2010/main", "2010/picture",
            "2010/slicer", "2010/compatibility", "2012/chart", "2012/chartStyle", "2012/main", "2012/slicer", "2013/main/command",
            "2014/chart", "2014/chart/ac", "2014/chartex", "2014/main", "2015/06/chart", "2015/10/21/chartex", "2015/9/8/chartex",
            "2016/11/diagram", "2016/11/main", "2016/12/diagram", "2016/5/10/chartex", "2016/5/11/chartex",
            "2016/5/12/chartex", "2016/5/13/chartex", "2016/5/14/chartex", "2016/5/9/chartex", "2016/SVG/main", "2016/ink",
            "2017/03/chart", "2017/decorative", "2017/model3d", "2018/animation", "2018/hyperlinkcolor",
            "2020/classificationShape", "2021/livefeed", "2022/oembed",
        )),
    )
)  # fmt: skip
"""The namespaces that Word understands today; a choice that asks for another one it passes over."""


def chosen(node: Any) -> Iterable[Any]:
    """An element's children; of alternatives the one that Word shows."""
    if node.tag != f"{MC}AlternateContent":
        return node  # type: ignore[no-any-return]  # an element is iterable
    return next(([choice] for choice in node if choice.tag == f"{MC}Fallback" or _is_understood(choice)), [])


def _is_understood(choice: Any) -> bool:
    known = choice.nsmap
    return all((known.get(prefix) or "") in _UNDERSTOOD for prefix in choice.get("Requires", "").split())


def unwraps(root: Any, raw: bytes) -> bool:
    """Whether a part has elements of which only the content counts, where all else that is unknown goes with its content.

    Args:
        root: its tree.
        raw: the same as bytes, which are looked through first: no Office program writes such elements.
    """
    return b"ProcessContent" in raw and any(node.get(f"{MC}ProcessContent", "").strip() for node in root.iter())
