"""Whether the text of a Word document can be seen: how it looks by its own properties and by its styles.

Source: ECMA-376 part 1, sections 17.3.1 and 17.3.2 (properties of paragraphs and runs), 17.7.2 (which style goes
before which), 17.7.3 (toggle properties) and 17.18 (measures and colours); [MS-DOCX], section 2.4 (text fill).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from target_registry.forms.sign_fonts import has_signs
from target_registry.forms.word_colours import BLACK, UNKNOWN, W14, WHITE, alike, colour, filled, ground, marked
from target_registry.forms.word_styles import Said, Styles, W, is_on
from target_registry.patterns import lazy

_Judge = Callable[[Any], str | None]
"""What tells what an element says; None where it says nothing of the matter, as one of several attributes may."""
_Judges = Mapping[str, tuple[str, _Judge]]
"""For each element that counts, which matter it is of, and what tells what it says."""

_YES = "yes"
"""What properties say that switch something on; of what they switch off they say an empty text."""
_MEASURE = lazy(r"\s*([+-]?[0-9]{1,20}(?:\.[0-9]{1,20})?)(mm|cm|in|pt|pc|pi|%)?\s*\Z")
_UNITS = {"mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440, "pt": 20, "pc": 240, "pi": 240, "%": 1}
"""Twips, twentieths of a point, in each unit."""
_SEEN = 60
"""Twips in which something can be read: 3 points."""
_HALF_POINT = 10
_KNOWN = 1024
"""Measures that are kept: a document has few, on many runs."""
_FAR = 20_000
"""Twips that no page is wide: what is moved by so many stands on none."""
_OUTSIDE = -2_000
"""Twips by which nobody moves a paragraph out of its cell: a few hundred are common."""


@lru_cache(_KNOWN)
def _twips(text: str | None, plain: float = 1) -> float | None:
    """A measure in twips; None where it is none.

    Args:
        text: what the file says.
        plain: twips in a number without a unit.
    """
    measure = _MEASURE.match(text or "")
    return None if measure is None else float(measure[1]) * (_UNITS[measure[2]] if measure[2] else plain)


def _is_below(text: str | None, least: float, plain: float = 1) -> bool:
    measure = _twips(text, plain)
    return measure is not None and measure < least


def _when(holds: bool) -> str:
    return _YES if holds else ""


def _switch(node: Any) -> str:
    return _when(is_on(node))


def _named(node: Any) -> str:
    return str(node.get(W + "val") or "")


def _small(node: Any) -> str:
    return _when(_is_below(node.get(W + "val"), _SEEN, _HALF_POINT))


def _beyond(least: float, most: float, plain: float = 1) -> _Judge:
    """What judges a measure that is usual only from here to there."""

    def judge(node: Any) -> str:
        measure = _twips(node.get(W + "val"), plain)
        return _when(measure is not None and not least <= measure <= most)

    return judge


def _low(spacing: Any) -> str | None:
    """Whether lines are so low that their signs are cut off: as a height, or as a part of a line's own, in 240ths."""
    height = _twips(spacing.get(W + "line"))
    if height is None:
        return None
    rule = spacing.get(W + "lineRule", "auto")
    return _when(height < _SEEN if rule == "exact" else height < 24 and rule == "auto")


def _indented(indent: Any) -> str | None:
    """Whether a paragraph is moved off its page, or out of its cell."""
    sides = [_twips(text) or 0 for text in indent.attrib.values()]
    start = _twips(indent.get(W + "left") or indent.get(W + "start"))
    if start is not None:
        sides.append(start - (_twips(indent.get(W + "hanging")) or 0))
    if any(not _OUTSIDE <= side < _FAR for side in sides):
        return _YES
    return None if start is None else ""


def _framed(frame: Any) -> str:
    """Whether a paragraph stands in a frame that is off the page, or too small for a sign."""
    places = [_twips(frame.get(W + name)) or 0 for name in ("x", "y")]
    sizes = [frame.get(W + "w"), frame.get(W + "h") if frame.get(W + "hRule") == "exact" else None]
    return _when(any(not _OUTSIDE <= place < _FAR for place in places) or any(_is_below(size, _SEEN) for size in sizes))


def _signs(fonts: Any) -> str | None:
    """The font of letters, where it has signs in their places; Chinese characters have another."""
    if fonts.get(W + "asciiTheme"):
        return ""
    named = [name for name in (fonts.get(W + "ascii"), fonts.get(W + "hAnsi")) if name]
    return next(filter(has_signs, named), "") if named else None


_OF_RUNS: _Judges = {
    W + "rFonts": ("font", _signs),
    W + "rStyle": ("style", _named),
    W + "vertAlign": ("shift", _named),
    W + "vanish": ("vanish", _switch),
    W + "strike": ("strike", _switch),
    W + "dstrike": ("dstrike", _switch),
    W + "sz": ("small", _small),
    W + "szCs": ("small complex", _small),
    W + "cs": ("complex", _switch),
    W + "rtl": ("turned", _switch),
    W + "color": ("colour", colour),
    W14 + "textFill": ("filling", filled),
    W + "shd": ("ground", ground),
    W + "highlight": ("mark", marked),
    # A sign a tenth as wide as it is, signs that lie on each other or pages apart, and signs lines above or below.
    W + "w": ("narrow", _beyond(10, 1000)),
    W + "spacing": ("close", _beyond(-60, 2000)),
    W + "position": ("moved", _beyond(-600, 600, _HALF_POINT)),
    W + "fitText": ("fitted", _beyond(_SEEN, float("inf"))),
}
_OF_PARAGRAPHS: _Judges = {
    W + "bidi": ("turned", _switch),
    W + "shd": ("ground", ground),
    W + "spacing": ("low", _low),
    W + "ind": ("moved", _indented),
    W + "framePr": ("framed", _framed),
}
_TOGGLES = ("vanish", "strike", "dstrike")
"""What is on in a run if one of its styles switches it on."""
_SQUEEZED = ("narrow", "close", "moved", "fitted", "low", "framed")
_GRAVE = frozenset((*_SQUEEZED, "small", "small complex", "complex", "turned"))
"""What a table's style may do to text in spite of its paragraph's style: that depends on the version of Word."""


class Look(NamedTuple):
    """How a run looks.

    Attributes:
        vanishes: whether it is hidden, or too small to be seen.
        struck: whether it is struck through.
        shift: whether it stands above or below the line, in Word's own word.
        turned: whether it runs from right to left.
        squeezed: whether it is squeezed or moved so that it can't be read.
        colour: its own colour; empty where Word chooses one that can be seen.
        ground: what is behind it; empty where nothing is set.
        font: that of its letters, where it shows signs instead of them; else empty.
    """

    vanishes: bool
    struck: bool
    shift: str
    turned: bool
    squeezed: bool
    colour: str
    ground: str
    font: str


class Place(NamedTuple):
    """How a paragraph stands.

    Attributes:
        style: its style.
        turned: whether it runs from right to left.
        squeezed: whether it is squeezed or moved so that it can't be read.
        ground: what is behind it, were nothing set on its runs.
    """

    style: str
    turned: bool
    squeezed: bool
    ground: str


class Looks:
    """How the runs and paragraphs of a document look, by what they say and by their styles."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._styled: dict[tuple[str, ...], Said] = {}
        self._found: dict[str, dict[str, Said]] = {}
        self._looks: dict[tuple[Any, ...], Look] = {}
        self._places: dict[tuple[Any, ...], Place] = {}

    def run(self, properties: Any | None, paragraph: str, table: str) -> Look:
        """How a run looks.

        Args:
            properties: what it says itself.
            paragraph: its paragraph's style.
            table: the style of the table that it stands in; empty outside tables.
        """
        own = _said(properties, _OF_RUNS)
        key = (paragraph, table, *own.items())
        if key not in self._looks:
            styled = self._style_of_run(own.get("style", ""), paragraph, table)
            self._looks[key] = _look({**styled, **own})
        return self._looks[key]

    def paragraph(self, properties: Any | None, table: str, behind: str) -> Place:
        """How a paragraph stands.

        Args:
            properties: what it says itself.
            table: the style of the table that it stands in; empty outside tables.
            behind: what is behind it, were nothing set on itself.
        """
        style = self._styles.paragraph(properties)
        own = _said(properties, _OF_PARAGRAPHS)
        key = (style, table, behind, *own.items())
        if key not in self._places:
            said = {**self._style_of_paragraph(style, table), **own}
            squeezed = any(said.get(name) for name in _SQUEEZED)
            self._places[key] = Place(style, bool(said.get("turned")), squeezed, said.get("ground") or behind)
        return self._places[key]

    def ground(self, table: str) -> str:
        """What a table's style puts behind its cells; unknown unless it is next to nothing, for some may have it only."""
        return self._styles.inherited(table, self._known("ground"), _grounds).get("ground", "")

    def hides_rows(self, table: str) -> bool:
        """Whether a table's style hides rows, were it only some."""
        return bool(self._styles.inherited(table, self._known("rows"), _hides))

    def _style_of_run(self, character: str, paragraph: str, table: str) -> Said:
        """What styles say of a run that says nothing itself."""
        key = ("run", character, paragraph, table)
        if key not in self._styled:
            named = (self._styles.of_characters, paragraph, table, character)
            usual, low, around, high = (self._line(style, "rPr", _OF_RUNS) for style in named)
            anyway = _said(self._styles.defaults("rPr"), _OF_RUNS)
            around = {**around, **self._parts(table, "rPr", _OF_RUNS)}
            around.pop("ground", None)  # that of a whole table is unknown rather than this
            said = {**anyway, **around, **low, **_graver(around), **usual, **high}
            for toggle in _TOGGLES:
                said[toggle] = _when(any(part.get(toggle) for part in (anyway, usual, low, around, high)))
            self._styled[key] = said
        return self._styled[key]

    def _style_of_paragraph(self, style: str, table: str) -> Said:
        """What styles say of a paragraph that says nothing itself."""
        key = ("paragraph", style, table)
        if key not in self._styled:
            anyway = _said(self._styles.defaults("pPr"), _OF_PARAGRAPHS)
            around = {**self._line(table, "pPr", _OF_PARAGRAPHS), **self._parts(table, "pPr", _OF_PARAGRAPHS)}
            around.pop("ground", None)
            self._styled[key] = {**anyway, **around, **self._line(style, "pPr", _OF_PARAGRAPHS), **_graver(around)}
        return self._styled[key]

    def _known(self, matter: str) -> dict[str, Said]:
        """What has been found of the styles in one matter."""
        return self._found.setdefault(matter, {})

    def _line(self, style: str, name: str, judges: _Judges) -> Said:
        """What a style says, and where it says nothing those that it is based on."""
        return self._styles.inherited(style, self._known(name), lambda node: _said(node.find(W + name), judges))

    def _parts(self, table: str, name: str, judges: _Judges) -> Said:
        """What a table's style does to the text of any of its parts, such as the first row: as if all were such parts."""
        return self._styles.inherited(
            table, self._known(f"{name} of parts"), lambda node: _of_parts(node, name, judges)
        )


def _grounds(style: Any) -> Said:
    is_dark = any((found := ground(node)) and not alike(found, WHITE) for node in style.iter(W + "shd"))
    return {"ground": UNKNOWN} if is_dark else {}


def _hides(style: Any) -> Said:
    return {"rows": _YES} if any(map(is_hidden_row, style.iter(W + "trPr"))) else {}


def _of_parts(style: Any, name: str, judges: _Judges) -> Said:
    said: Said = {}
    for node in style.iterfind(W + "tblStylePr"):
        part = _said(node.find(W + name), judges)
        said |= {matter: _YES for matter, text in part.items() if text and (matter in _TOGGLES or matter in _GRAVE)}
        painted = part.get("filling") or part.get("colour", "")
        if alike(painted, WHITE) and not part.get("mark"):
            said["colour"] = painted
    return said


def is_hidden_row(properties: Any) -> bool:
    """Whether a row is hidden, or too low to be seen."""
    hidden = properties.find(W + "hidden")
    height = properties.find(W + "trHeight")
    is_flat = height is not None and height.get(W + "hRule") == "exact" and _is_below(height.get(W + "val"), _SEEN)
    return is_flat or (hidden is not None and is_on(hidden))


def _said(properties: Any | None, judges: _Judges) -> Said:
    """What properties say; of what they say twice, the graver."""
    said: Said = {}
    if properties is not None:
        for node in properties:
            if (judged := judges.get(node.tag)) is not None:
                matter, judge = judged
                if (text := judge(node)) is not None:
                    said[matter] = text or said.get(matter, "")
    return said


def _graver(said: Said) -> Said:
    return {matter: text for matter, text in said.items() if text and matter in _GRAVE}


def _look(said: Said) -> Look:
    mark = said.get("mark", "")
    is_complex = said.get("complex") or said.get("turned")
    return Look(
        bool(said.get("vanish") or said.get("small") or (is_complex and said.get("small complex"))),
        bool(said.get("strike") or said.get("dstrike")),
        said.get("shift", ""),
        bool(said.get("turned")),
        any(said.get(matter) for matter in _SQUEEZED),
        said.get("filling") or said.get("colour") or (BLACK if mark == BLACK else ""),
        mark or said.get("ground", ""),
        said.get("font", ""),
    )
