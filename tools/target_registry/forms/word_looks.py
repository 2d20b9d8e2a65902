"""Whether the text of a Word document can be seen: how it looks by its own properties and by its styles.

Source: ECMA-376 part 1, sections 17.3.1 and 17.3.2 (properties of paragraphs and runs), 17.7.2 (which style goes
before which), 17.7.3 (toggle properties) and 17.18 (measures and colours); [MS-DOCX], section 2.4 (text fill).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from target_registry.forms.word_alternatives import ALTERNATIVES, chosen
from target_registry.forms.word_colours import BLACK, W14, WHITE, Palette, alike, marked
from target_registry.forms.word_lines import USUAL, Spacing
from target_registry.forms.word_numbering import NONE, Label
from target_registry.forms.word_styles import Said, Styles, W, is_on
from target_registry.forms.word_theme import Fonts
from target_registry.patterns import lazy

_Judge = Callable[[Any], str | None]
"""What tells what an element says; None where it says nothing of the matter, as one of several attributes may."""
_Judges = Mapping[str, tuple[tuple[str, _Judge], ...]]
"""For each element that counts, which matters it is of, and what tells what it says of each."""

_YES = "yes"
"""What properties say that switch something on; of what they switch off they say an empty text."""
_MEASURE = lazy(r"\s*([+-]?[0-9]{1,20}(?:\.[0-9]{1,20})?)(mm|cm|in|pt|pc|pi|%)?\s*\Z")
_UNITS = {"mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440, "pt": 20, "pc": 240, "pi": 240, "%": 1}
"""Twips, twentieths of a point, in each unit."""
SEEN = 60
"""Twips in which something can be read: 3 points."""
_HALF_POINT = 10
_CHINESE = "\u2e80"
"""The first of the signs that are Chinese or the like; some before it may be set as these are."""
_KNOWN = 1024
"""Measures that are kept: a document has few, on many runs."""
_FAR = 20_000
"""Twips that no page is wide: what is moved by so many stands on none."""
_DEEP = 8_000
"""Twips by which nobody moves a paragraph within its cell: half a page."""
_BELOW = 5_000
"""Twips that nobody leaves between two paragraphs of a cell."""
_OUTSIDE = -1_000
"""Twips by which nobody moves a paragraph out of its cell: a few hundred are common."""
_OVER = -2_000
"""The same at the side where lines end, which people move to get one more sign into a line."""
_RAISED = 300
"""Twips by which nobody moves signs up or down on their line."""
_STEP = 20
"""Twips from one sign to the next in which it can't be read, or lies on the other: 1 point."""
_OF_A_SIGN = 2.1
"""Twips in a hundredth of a sign, as it usually is."""


@lru_cache(_KNOWN)
def twips(text: str | None, plain: float = 1) -> float | None:
    """A measure in twips; None where it is none.

    Args:
        text: what the file says.
        plain: twips in a number without a unit.
    """
    measure = _MEASURE.match(text or "")
    return None if measure is None else float(measure[1]) * (_UNITS[measure[2]] if measure[2] else plain)


def _is_below(text: str | None, least: float, plain: float = 1) -> bool:
    measure = twips(text, plain)
    return measure is not None and measure < least


def _when(holds: bool) -> str:
    return _YES if holds else ""


def _switch(node: Any) -> str:
    return _when(is_on(node))


def _named(node: Any) -> str:
    return str(node.get(W + "val") or "")


def _small(node: Any) -> str:
    return _when(_is_below(node.get(W + "val"), SEEN, _HALF_POINT))


def _beyond(least: float, most: float, plain: float = 1) -> _Judge:
    """What judges a measure that is usual only from here to there."""

    def judge(node: Any) -> str:
        measure = twips(node.get(W + "val"), plain)
        return _when(measure is not None and not least <= measure <= most)

    return judge


def _laid_over(frame: Any) -> str:
    """Whether a frame is put at a place of the page, whatever stands there."""
    return _when(frame.get(W + "vAnchor") in ("page", "margin") or frame.get(W + "wrap") == "none")


def _measured(name: str = "val", plain: float = 1, *others: str) -> _Judge:
    """What gives a measure as a number of twips; nothing where none of the attributes is one."""

    def judge(node: Any) -> str | None:
        found = (twips(node.get(W + each), plain) for each in (name, *others))
        return next((str(measure) for measure in found if measure is not None), None)

    return judge


def _apart(spacing: Any) -> str | None:
    """Whether a paragraph stands far below what is above it, where nobody looks for it."""
    found = [twips(spacing.get(W + name)) for name in ("before", "after")]
    known = [gap for gap in found if gap is not None]
    return _when(any(gap >= _BELOW for gap in known)) if known else None


def _low(spacing: Any) -> str | None:
    """Whether lines are so low that their signs are cut off: as a height, or as a part of a line's own, in 240ths."""
    height = twips(spacing.get(W + "line"))
    if height is None:
        return None
    rule = spacing.get(W + "lineRule", "auto")
    return _when(height < SEEN if rule == "exact" else height < 24 and rule == "auto")


def _indented(indent: Any) -> str | None:
    """Whether a paragraph is moved off its page, or out of its cell."""
    said = {name.rpartition("}")[2]: text for name, text in indent.attrib.items()}
    sides = [
        (name.removesuffix("Chars"), twips(text, _OF_A_SIGN if name.endswith("Chars") else 1) or 0)
        for name, text in said.items()
        if name.removesuffix("Chars") != "hanging"
    ]
    start = twips(said.get("left") or said.get("start"))
    if start is not None:
        sides.append(("first", start - (twips(said.get("hanging")) or 0)))
    if any(not (_OVER if name in ("right", "end") else _OUTSIDE) <= side < _DEEP for name, side in sides):
        return _YES
    return None if start is None else ""


def _farther(*names: str) -> _Judge:
    """What gives the largest of measures that may be told in twips or in signs; nothing where none of them is there."""

    def judge(node: Any) -> str | None:
        told = [(twips(node.get(W + name)), twips(node.get(f"{W}{name}Chars"), _OF_A_SIGN)) for name in names]
        found = [measure for pair in told for measure in pair if measure is not None]
        return str(max(found, key=abs)) if found else None

    return judge


def _first(indent: Any) -> str | None:
    """How far in a paragraph's first line begins, or, below zero, how far it hangs out."""
    hangs = _farther("hanging")(indent)
    return _farther("firstLine")(indent) if hangs is None else str(-float(hangs))


def _is_outside(said: Said) -> bool:
    """Whether all that is said of a paragraph's indents together, some by its style or its list, moves it out of its cell."""
    start, end, first = (float(said.get(name) or 0) for name in ("start", "end", "first"))
    return not (_OUTSIDE <= start < _DEEP and _OUTSIDE <= start + first < _DEEP and _OVER <= end < _DEEP)


def _framed(frame: Any) -> str:
    """Whether a paragraph stands in a frame of its own: those in tables that float have no size, and stay where they are."""
    if any(frame.get(W + name) for name in ("w", "h")) and not frame.get(W + "dropCap"):
        return _YES
    places = [twips(frame.get(W + name)) or 0 for name in ("x", "y")]
    return _when(any(not _OUTSIDE * 2 <= place < _FAR for place in places))


_OF_RUNS: _Judges = {
    W + "rStyle": (("style", _named),),
    W + "vertAlign": (("shift", _named),),
    W + "vanish": (("vanish", _switch),),
    W + "strike": (("strike", _switch),),
    W + "dstrike": (("dstrike", _switch),),
    W + "caps": (("caps", _switch),),
    W + "smallCaps": (("small caps", _switch),),
    W + "sz": (("small", _small), ("size", _measured("val", _HALF_POINT))),
    W + "szCs": (("small complex", _small),),
    W + "cs": (("complex", _switch),),
    W + "rtl": (("turned", _switch),),
    W + "highlight": (("mark", marked),),
    # A sign a tenth as wide as it is, signs that lie on each other or pages apart, and signs lines above or below.
    W + "w": (("narrow", _beyond(10, 1000)), ("scale", _measured())),
    W + "spacing": (("close", _beyond(-60, 2000)), ("gap", _measured())),
    W + "position": (("moved", _beyond(-_RAISED, _RAISED, _HALF_POINT)),),
    W + "fitText": (("fitted", _beyond(SEEN, float("inf"))), ("fit", _measured())),
}
_OF_PARAGRAPHS: _Judges = {
    W + "bidi": (("turned", _switch),),
    W + "spacing": (
        ("low", _low),
        ("apart", _apart),
        ("before", _measured("before")),
        ("after", _measured("after")),
        ("line", _measured("line")),
        ("rule", lambda spacing: spacing.get(W + "lineRule")),
    ),
    W + "ind": (
        ("moved", _indented),
        ("indent", _measured("left", 1, "start")),
        ("start", _farther("left", "start")),
        ("end", _farther("right", "end")),
        ("first", _first),
    ),
    W + "framePr": (("framed", _framed), ("over", _laid_over)),
}
_TOGGLES = ("vanish", "strike", "dstrike", "caps", "small caps")
"""What is on in a run if one of its styles switches it on."""
_PARTS = frozenset(
    (
        "firstRow", "lastRow", "firstCol", "lastCol", "band1Vert", "band2Vert", "band1Horz", "band2Horz",
        "neCell", "nwCell", "seCell", "swCell",
    )
)  # fmt: skip
"""The parts of a table that its style may set apart."""
_SQUEEZED = ("narrow", "close", "moved", "fitted", "low", "apart", "framed")
_PLACES = ("ascii", "hAnsi", "eastAsia", "cs")
"""What has a font of its own: signs of ASCII, others of the West, Chinese ones, and complex scripts."""
_BROUGHT = tuple(f"brought {place}" for place in _PLACES)
_GRAVE = frozenset((*_SQUEEZED, *_BROUGHT, "small", "small complex", "complex", "turned"))
"""What a table's style may do to text in spite of its paragraph's style: that depends on the version of Word."""


class Look(NamedTuple):
    """How a run looks.

    Attributes:
        vanishes: whether it is hidden, or too small to be seen.
        struck: whether it is struck through.
        capital: whether small letters are shown as capitals.
        shift: whether it stands above or below the line, in Word's own word.
        turned: whether it runs from right to left.
        squeezed: whether it is squeezed or moved so that it can't be read.
        colour: its own colour; empty where Word chooses one that can be seen.
        ground: what is behind it; empty where nothing is set.
        font: that of its letters, where it shows signs instead of them; else empty.
        size: how high its signs are, in twips.
        fit: the room that all its signs together are pressed into, in twips; 0 where they are not.
        letters_brought: whether the file brings the font of its letters and figures, so that nobody knows what that shows.
        others_brought: the same of its other signs.
    """

    vanishes: bool
    struck: bool
    capital: bool
    shift: str
    turned: bool
    squeezed: bool
    colour: str
    ground: str
    font: str
    size: float
    fit: float
    letters_brought: bool
    others_brought: bool

    def is_brought(self, text: str) -> bool:
        """Whether a text of this look is shown, were it a part of it, in a font that the file brings."""
        return (self.letters_brought and any("!" <= char < _CHINESE for char in text)) or (
            self.others_brought and any(char > "~" for char in text)
        )


class Place(NamedTuple):
    """How a paragraph stands.

    Attributes:
        style: its style.
        turned: whether it runs from right to left.
        squeezed: whether it is squeezed or moved so that it can't be read.
        ground: what is behind it, were nothing set on its runs.
        spacing: how its lines stand below each other.
        indent: how far from its cell's side it begins, in twips.
        over: whether it is put at a place of the page, and may lie over what stands there.
    """

    style: str
    turned: bool
    squeezed: bool
    ground: str
    spacing: Spacing
    indent: float
    over: bool


class Looks:
    """How the runs and paragraphs of a document look, by what they say and by their styles."""

    def __init__(self, styles: Styles, palette: Palette, fonts: Fonts) -> None:
        self._styles = styles
        self._palette = palette
        grounds = {W + "shd": (("ground", palette.ground),)}
        self._of_paragraphs = {**_OF_PARAGRAPHS, **grounds}
        self._of_runs = {
            **_OF_RUNS,
            **grounds,
            W + "rFonts": (
                ("font", fonts.of_letters),
                ("font complex", fonts.of_complex),
                *((f"brought {place}", fonts.brings(place)) for place in _PLACES),
            ),
            W + "color": (("colour", palette.colour),),
            W14 + "textFill": (("filling", palette.filled),),
            W14 + "textOutline": (("outline", palette.outlined),),
        }
        self._styled: dict[tuple[str, ...], Said] = {}
        self._found: dict[str, dict[str, Said]] = {}
        self._looks: dict[tuple[Any, ...], Look] = {}
        self._places: dict[tuple[Any, ...], Place] = {}
        self._levels: dict[Any, Said] = {}

    def run(self, properties: Any | None, paragraph: str, table: str, level: Any | None = None) -> Look:
        """How a run looks.

        Args:
            properties: what it says itself; of a label, what the paragraph's mark says.
            paragraph: its paragraph's style.
            table: the style of the table that it stands in; empty outside tables.
            level: what a label's level says, which goes before that.
        """
        own = {**_said(properties, self._of_runs), **self._said_by_level(level, self._of_runs)}
        key = (paragraph, table, *own.items())
        if key not in self._looks:
            styled = self._style_of_run(own.get("style", ""), paragraph, table)
            self._looks[key] = _look({**styled, **own})
        return self._looks[key]

    def _said_by_level(self, level: Any | None, judges: _Judges) -> Said:
        """What a list's level says of its labels or of its paragraphs, worked out once for all of them."""
        if level is None:
            return {}
        if level not in self._levels:
            self._levels[level] = _said(level, judges)
        return self._levels[level]

    def paragraph(self, properties: Any | None, table: str, behind: str, label: Label = NONE) -> Place:
        """How a paragraph stands.

        Args:
            properties: what it says itself.
            table: the style of the table that it stands in; empty outside tables.
            behind: what is behind it, were nothing set on itself.
            label: what its list says, which goes before its style if the paragraph itself names the list.
        """
        style = self._styles.paragraph(properties)
        own = _said(properties, self._of_paragraphs)
        listed = self._said_by_level(label.place, self._of_paragraphs)
        key = (style, table, behind, label.is_own, *listed.items(), "", *own.items())
        if key not in self._places:
            styled = self._style_of_paragraph(style, table)
            said = {**styled, **listed, **own} if label.is_own else {**listed, **styled, **own}
            squeezed = any(said.get(name) for name in _SQUEEZED) or _is_outside(said)
            self._places[key] = Place(
                style,
                bool(said.get("turned")),
                squeezed,
                said.get("ground") or behind,
                _spacing(said),
                float(said.get("indent") or 0),
                bool(said.get("over")),
            )
        return self._places[key]

    def ground(self, table: str) -> str:
        """What a table's style puts behind its cells: several colours where some may have another one."""
        found = self._styles.inherited(table, self._known("ground"), self._grounds)
        whole = found.get("", WHITE)
        return (
            ""
            if all(alike(ground, WHITE) for ground in found.values())
            else "|".join(dict.fromkeys((whole, *found.values())))
        )

    def hides_rows(self, table: str) -> bool:
        """Whether a table's style hides rows, were it only some."""
        return bool(self._styles.inherited(table, self._known("rows"), _hides))

    def _style_of_run(self, character: str, paragraph: str, table: str) -> Said:
        """What styles say of a run that says nothing itself."""
        key = ("run", character, paragraph, table)
        if key not in self._styled:
            named = (self._styles.of_characters, paragraph, table, character)
            usual, low, around, high = (self._line(style, "rPr", self._of_runs) for style in named)
            anyway = _said(self._styles.defaults("rPr"), self._of_runs)
            around = {**around, **self._parts(table, "rPr", self._of_runs)}
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
            anyway = _said(self._styles.defaults("pPr"), self._of_paragraphs)
            around = {**self._line(table, "pPr", self._of_paragraphs), **self._parts(table, "pPr", self._of_paragraphs)}
            around.pop("ground", None)
            self._styled[key] = {**anyway, **around, **self._line(style, "pPr", self._of_paragraphs), **_graver(around)}
        return self._styled[key]

    def _grounds(self, style: Any) -> Said:
        """What a table's style itself puts behind cells: all of them under no name, and the parts of the table."""
        named = {part.get(W + "type", ""): part for part in style.iterfind(W + "tblStylePr")}
        found = {name: self._front(part) for name, part in named.items() if name in _PARTS}
        whole = named.get("wholeTable")
        found[""] = (self._front(whole) if whole is not None else "") or self._front(style)
        return {name: ground for name, ground in found.items() if ground}

    def _front(self, style: Any) -> str:
        """The frontmost of the grounds that a style, or a part of it, sets."""
        shades = (style.find(f"{W}{name}/{W}shd") for name in ("rPr", "pPr", "tcPr", "trPr", "tblPr"))
        return next((found for shade in shades if shade is not None and (found := self._palette.ground(shade))), "")

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


def _hides(style: Any) -> Said:
    return {"rows": _YES} if any(map(is_hidden_row, style.iter(W + "trPr"))) else {}


def _of_parts(style: Any, name: str, judges: _Judges) -> Said:
    said: Said = {}
    for node in style.iterfind(W + "tblStylePr"):
        part = _said(node.find(W + name), judges)
        said |= {matter: _YES for matter, text in part.items() if text and (matter in _TOGGLES or matter in _GRAVE)}
        if _is_pressed(part):
            said["close"] = _YES
        painted = part.get("filling") or part.get("colour", "")
        if alike(painted, WHITE) and not part.get("mark"):
            said["colour"] = painted
    return said


def is_hidden_row(properties: Any) -> bool:
    """Whether a row is hidden, or too low to be seen."""
    hidden = properties.find(W + "hidden")
    height = properties.find(W + "trHeight")
    is_flat = height is not None and height.get(W + "hRule") == "exact" and _is_below(height.get(W + "val"), SEEN)
    return is_flat or (hidden is not None and is_on(hidden))


def _said(properties: Any | None, judges: _Judges) -> Said:
    """What properties say; of what they say twice, the graver."""
    said: Said = {}
    if properties is not None:
        for node in chosen(properties):
            if node.tag in ALTERNATIVES:
                said |= _said(node, judges)
            for matter, judge in judges.get(node.tag, ()):
                if (text := judge(node)) is not None:
                    said[matter] = text or said.get(matter, "")
    return said


def _graver(said: Said) -> Said:
    return {matter: text for matter, text in said.items() if text and matter in _GRAVE}


def _spacing(said: Said) -> Spacing:
    """How the lines of a paragraph stand; without a rule their distance is a part of their own height, in 240ths."""
    before, after, line = (float(said.get(name) or 0) for name in ("before", "after", "line"))
    rule = said.get("rule") or "auto"
    times = line / 240 if rule == "auto" and line > 0 else 1
    is_fixed, is_least = rule == "exact", rule == "atLeast"
    return Spacing(before, after, times, line if is_least else 0, line if is_fixed else 0)


def _is_pressed(said: Said) -> bool:
    """Whether size, width and spacing together leave signs no room, though each alone may be usual."""
    width = float(said.get("size") or USUAL) * float(said.get("scale") or 100) / 100
    return width + float(said.get("gap") or 0) < _STEP


def _look(said: Said) -> Look:
    mark = said.get("mark", "")
    is_complex = bool(said.get("complex") or said.get("turned"))
    return Look(
        bool(said.get("vanish") or said.get("small") or (is_complex and said.get("small complex"))),
        bool(said.get("strike") or said.get("dstrike")),
        bool(said.get("caps") or said.get("small caps")),
        said.get("shift", ""),
        bool(said.get("turned")),
        any(said.get(matter) for matter in _SQUEEZED) or _is_pressed(said),
        said.get("outline") or said.get("filling") or said.get("colour") or (BLACK if mark == BLACK else ""),
        mark or said.get("ground", ""),
        said.get("font complex" if is_complex else "font", ""),
        float(said.get("size") or USUAL),
        float(said.get("fit") or 0),
        any(said.get(name) for name in (_BROUGHT[3:] if is_complex else _BROUGHT[:2])),
        any(said.get(name) for name in (_BROUGHT[3:] if is_complex else _BROUGHT[2:3])),
    )
