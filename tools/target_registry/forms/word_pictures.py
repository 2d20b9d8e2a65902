"""Pictures of a Word document that lie over its text, and what in them holds words.

Source: ECMA-376 part 1, sections 20.4.2.3 (anchors) and 20.1 (shapes); part 4, section 19 (VML).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from target_registry.forms.word_looks import twips
from target_registry.forms.word_styles import W
from target_registry.patterns import lazy

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_ANCHOR = _PLACES + "anchor"
_INLINE = _PLACES + "inline"
_VML = "{urn:schemas-microsoft-com:vml}"
_WORDS = (W + "txbxContent", _VML + "textpath", _DRAWING + "t")
PICTURES = frozenset((W + "drawing", W + "pict", W + "object"))
_SPELLED = (W + "t", _VML + "textpath", _DRAWING + "t")
_SHAPES = tuple(
    _VML + name for name in ("arc", "curve", "group", "image", "line", "oval", "polyline", "rect", "roundrect", "shape")
)
_PLACED = lazy(r"(?i)(?:^|;)\s*position\s*:\s*(?:absolute|relative)")
_BEHIND = lazy(r"(?i)(?:^|;)\s*z-index\s*:\s*-")
_LINES = ("line", "straightConnector1")
_SPECK = 38_100
"""How wide or high a picture may be that nobody sees, in 914,400ths of an inch: 3 points."""
_WIDEST = 76_200
"""How wide a line may be that covers no text, in 914,400ths of an inch: 6 points."""

_PER_TWIP = 635
"""914,400ths of an inch in a twip."""
_ANY_VML = _VML + "*"
_OF_LINES = frozenset(_VML + name for name in ("line", "path", "fill", "stroke", "imagedata", "handles"))
"""What a plain line has within it, none of which is shown beside the line itself."""
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SOURCES = frozenset(("src", _RELATIONS + "id", _RELATIONS + "pict", _RELATIONS + "href"))
"""What names the picture that a line of VML has."""


def has_words(picture: Any) -> bool:
    """Whether a picture holds words."""
    return next(picture.iter(*_WORDS), None) is not None


def floating(block: Any) -> Iterator[str]:
    """What floats before the text from a place outside of tables, and may lie over one: its words, of a picture nothing."""
    for picture in block.iter(*PICTURES):
        if next(picture.iterancestors(*PICTURES), None) is None and covers(picture):
            pieces = (node.get("string", "") or node.text or "" for node in picture.iter(*_SPELLED))
            yield " ".join("".join(pieces).split())


def is_seen(picture: Any) -> bool:
    """Whether a picture is more than lines, such as forms have across a heading, and specks, which come with text of the web."""
    drawn = [place for place in picture.iter(_ANCHOR, _INLINE) if not _is_speck(place)]
    shapes = [shape for shape in picture.iter(*_SHAPES) if shape.tag != _VML + "group"]
    has_place = next(picture.iter(_ANCHOR, _INLINE, *_SHAPES), None) is not None
    return not (has_place and all(map(_is_line, drawn)) and all(map(_is_old_line, shapes)))


def _is_speck(place: Any) -> bool:
    extent = place.find(_PLACES + "extent")
    sides = () if extent is None else (extent.get("cx", ""), extent.get("cy", ""))
    return any(side.isascii() and side.isdigit() and len(side) < 8 and int(side) < _SPECK for side in sides)


def covers(picture: Any) -> bool:
    """Whether a picture may lie over text: it floats before it, and is no line, such as forms have across a heading."""
    if any(
        anchor.get("behindDoc") not in ("1", "true") and not _is_line(anchor) and not _parts(anchor)
        for anchor in picture.iter(_ANCHOR)
    ):
        return True
    return any(_floats(shape.get("style", "")) and not _is_old_line(shape) for shape in picture.iter(*_SHAPES))


def _parts(anchor: Any) -> bool:
    """Whether text makes room for what is anchored, which stays in its cell."""
    is_in_cell = anchor.get("layoutInCell") in ("1", "true")
    return is_in_cell and any(anchor.find(_PLACES + wrap) is not None for wrap in ("wrapSquare", "wrapTopAndBottom"))


def _floats(style: str) -> bool:
    return _PLACED.search(style) is not None and _BEHIND.search(style) is None


def _is_line(anchor: Any) -> bool:
    """Whether nothing is anchored but lines."""
    data = anchor.find(f"{_DRAWING}graphic/{_DRAWING}graphicData")
    shapes = () if data is None else list(data)
    kinds = [shape.get("prst") for shape in anchor.iter(_DRAWING + "prstGeom")]
    others = next(anchor.iter(_DRAWING + "custGeom", _DRAWING + "blip"), None)
    return (
        len(shapes) == len(kinds) == 1
        and kinds[0] in _LINES
        and others is None
        and not any(_is_wide(line.get("w", "0")) for line in anchor.iter(_DRAWING + "ln"))
    )


def _is_wide(width: str) -> bool:
    return not (width.isascii() and width.isdigit()) or len(width) > 8 or int(width) > _WIDEST


def _is_old_line(shape: Any) -> bool:
    """Whether a shape of VML is nothing but a thin line, which has no inside to be filled."""
    if shape.tag != _VML + "line" or any(part.tag not in _OF_LINES for part in shape.iter(_ANY_VML)):
        return False
    if any(set(image.keys()) & _SOURCES for image in shape.iter(_VML + "imagedata")):
        return False
    widths = [shape.get("strokeweight"), *(stroke.get("weight") for stroke in shape.iter(_VML + "stroke"))]
    return not any(width and _is_thick(width) for width in widths)


def _is_thick(width: str) -> bool:
    """Whether a line of VML is so thick that it covers text; without a unit its width is in 914,400ths of an inch."""
    measure = twips(width, 1 / _PER_TWIP)
    return measure is None or abs(measure) > _WIDEST / _PER_TWIP
