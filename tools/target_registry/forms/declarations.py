"""What declarations of a style do to text that its reader must know, such as hide it or move it elsewhere.

What can't be told from a declaration alone, such as a variable's value, counts as the worst that it may be.

Source: CSS Values and Units Module Level 4 on numbers, lengths and functions, CSS Color Module Level 4 on colours,
and the modules on each property.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from target_registry.forms.colours import has_dark, has_white, is_clear, is_dark, is_plain, is_untold, is_white
from target_registry.forms.sign_fonts import has_signs
from target_registry.patterns import lazy


class Effect(Enum):
    """What a style does to the text in an element."""

    HIDDEN = "hidden"
    STRUCK = "struck"
    TURNED = "turned"
    RAISED = "super"
    LOWERED = "sub"
    MOVED = "moved"
    """It stands elsewhere than in its place."""
    FLOATING = "floating"
    """It may be shown over what stands around it."""
    SHIFTED = "shifted"
    """It is moved by half a line or more."""
    FLAT = "flat"
    """It has no height; alone that hides nothing."""
    NARROW = "narrow"
    """It has no width; alone that hides nothing."""
    TIGHT = "tight"
    """It has less room than a line of text takes; alone that hides nothing."""
    SHORT = "short"
    """It has room for a line of text, but not for three; alone that hides nothing."""
    UNLAID = "unlaid"
    """A part of a table is none any more, and as high and wide as it says."""
    COLUMN = "column"
    """It is a column of a table, of which nothing is shown."""
    FIXED = "fixed"
    """The first row of a table says how wide its columns are, whatever stands in them."""
    CUT = "cut"
    """What has no room isn't shown."""
    WHITE = "white"
    INKED = "inked"
    """It has another colour than white."""
    BACKED = "backed"
    """What is behind it isn't white."""
    BLANK = "blank"
    """What is behind it is white."""
    DARK = "dark"
    """What is behind it is nearly black, beside :attr:`BACKED`."""
    DIM = "dim"
    """Its own colour is nearly black, beside :attr:`INKED`."""
    ADDED = "added"
    """Other text is shown before or after it."""

    UNTOLD = "untold"
    """Its colour can't be told, and may be that of what is behind it."""
    SIGNS = "signs"
    """Its font shows signs instead of letters."""
    PICTURED = "pictured"
    """What is behind it is a picture."""
    NIGHT = "night"
    """The page is dark by itself, and its text light."""

    __hash__ = object.__hash__
    """Enum's own is a function in Python, and every element of a page is asked for each effect."""


class Paint(NamedTuple):
    """The colours that a style gives to text and to what is behind it; empty where it gives none."""

    ink: str
    ground: str


class Share(NamedTuple):
    """A part of something around an element that adds up with what the elements around it take.

    Attributes:
        of: "opacity", or "size", that of the letters; "pixels" where it is that size itself.
        much: how much of it.
    """

    of: str
    much: float


Told = Effect | Paint | Share
"""What is told of a style."""

_NOTHING = frozenset(("", "none", "inherit", "initial", "unset", "revert", "revert-layer", "normal"))
_INHERITED = _NOTHING | {"currentcolor"}
"""What gives text no colour of its own."""
_MAKERS = ("-webkit-", "-moz-", "-ms-", "-o-")
"""Starts of a property's name by which makers of browsers call their own."""
_CUTTING = ("hidden", "clip", "scroll", "auto", "overlay")
_FILTERING = ("opacity", "blur", "brightness", "contrast", "invert", "url", "var")
_LONG = 100
"""Characters of a declaration that isn't kept."""
_PICTURES = ("url(", "image(", "image-set(", "cross-fade(", "element(", "paint(")
_SHARED = frozenset(("opacity", "font-size"))
_RELATIVE = {"smaller": "83%", "larger": "120%"}
_BULLETS = _NOTHING | {"disc", "circle", "square", "inside", "outside"}
"""Signs of a list that say nothing."""
_TINT = lazy(r"#\w+|(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([^()]*\)")
_COLOUR = lazy(r"(?<![-\w.%#])(?:#\w+|[a-z][-a-z]*(?:\([^()]*\))?)")
_REACHED = ("calc(", "min(", "max(", "clamp(")
_BACKGROUNDS = ("background", "background-color", "background-image")

_LENGTH = lazy(r"(?<![-\w.])([-+]?(?:\d++(?:\.\d*+)?|\.\d++)(?:e[-+]?\d++)?)([a-z]++|%)?")
_RECKONED = lazy(r"(?<![-\w])(?!(?:-webkit-)?(?:calc|min|max|clamp)\()[-\w]++\(|[*/]|- ")
"""What makes a length that is another than those that stand there."""
_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "em": 16.0, "rem": 16.0, "ex": 8.0,
    "ch": 8.0, "%": 8.0, "": 1.0,
}  # fmt: skip
_BY_FONT = {"em": 8.0, "rem": 8.0, "ex": 4.0, "ch": 4.0, "%": 0.08}
"""The same where the size of the text around matters, which may be half of the usual."""
_FONT = _PIXELS | _BY_FONT
_OTHER = 8.0
"""The same of a unit that goes by the window."""
_LONGEST = 300
"""Characters of a value that has lengths."""
SMALLEST = 4.0
"""Pixels of a text that can be seen: 3 points."""
_LINE = 10.0
"""Pixels of a height in which a line of text can be read."""
_LINES = 40.0
"""Pixels of a height in which some lines can be read."""
_SIGNS = 24.0
"""Pixels of a width in which some signs can be read."""
_BY_PAGE = _PIXELS | {"%": 40.0}
"""Units where a share is of a page or a table."""
_LEADING = _PIXELS | {"": 16.0, "%": 0.16}
"""Units of the height of a line."""
_HALF_A_LINE = 8.0
"""Pixels by which what has a colour covers text beside it."""
_THICK = 6.0
"""Pixels of a line that covers text."""
_LIFTED = 2.0
"""Pixels by which a line under a text is moved up when it goes through that."""
_ASTRAY = 40.0
"""Pixels by which text reaches into what stands beside it."""
_FAR = 100.0
"""Pixels that text is moved by when it isn't seen any more where it belongs."""
_BESIDE = 20.0
"""Pixels that text is moved by when it may be taken for another cell's; raised signs are moved by less."""
_TIGHT = -4.0
"""Pixels between letters by which each covers the one before it."""
FAINTEST = 0.2
"""Of an opacity that can be seen."""
_TINIEST = 0.3
"""Of a scale that leaves text to be seen."""


def told(style: str) -> Iterator[Told]:
    """What declarations do, each effect once or more, and which colours they give.

    Args:
        style: in small letters, without remarks and escapes, strings and addresses empty; a string that shows something
            has one letter, or is the name of a font that has signs instead of letters.
    """
    colour = fill = ground = ""
    for declaration in style.split(";"):
        name, value = _parted(declaration)
        if name not in _JUDGES:
            continue
        if name == "color":
            colour = value
        elif name == "text-fill-color":
            fill = value
        elif name in _BACKGROUNDS:
            ground = value
        elif name in _SHARED:
            yield from _share(name, value)
        elif name == "box-shadow":
            ground = _inset(value) or ground
        if effect := (_judged_once if len(declaration) < _LONG else _judged)(name, value):
            yield effect
        if name in _PLACING and (effect is Effect.MOVED or (name in _MARGINS and _reaches(value, _BESIDE))):
            yield Effect.FLOATING
        if name in _MARGINS and _reaches(value, _ASTRAY):
            yield Effect.MOVED
        if name in _PLACING and (effect is Effect.MOVED or _reaches(value, _HALF_A_LINE, both=name in _OFFSETS)):
            yield Effect.SHIFTED
        if name == "font" and _family(value.rpartition(" ")[2] if '"' not in value else value.partition('"')[2]):
            yield Effect.SIGNS
    yield from _coloured("" if fill in _INHERITED else fill, "" if colour in _INHERITED else colour, ground)


@lru_cache(1 << 10)
def _coloured(fill: str, colour: str, ground: str) -> tuple[Told, ...]:
    """The same, kept: most rules of a style sheet give no colour, or one of a few."""
    return tuple(_colours(fill, colour, ground))


def _colours(fill: str, colour: str, ground: str) -> Iterator[Told]:
    """What the colours do that declarations give.

    Args:
        fill: what text is filled with; empty where that is its colour.
        colour: the text's colour; empty where none is given.
        ground: what is behind it, as the last declaration of it says.
    """
    ink = fill or colour
    if ground and has_dark(ground):
        yield Effect.DARK
    if ink and is_dark(ink):
        yield Effect.DIM
    if "currentcolor" in ground and not fill:
        yield Effect.HIDDEN
    if ink and is_untold(ground) and not is_dark(ink):
        yield Effect.UNTOLD
    if ink or not is_plain(ground):
        yield Paint(ink, "" if is_plain(ground) else ground)


def _parted(declaration: str) -> tuple[str, str]:
    """A property's name and its value."""
    name, _, said = declaration.partition(":")
    return _own(name.strip()), said.partition("!")[0].strip()


def _judged(name: str, value: str) -> Effect | None:
    """What one declaration of a property that matters does."""
    return _JUDGES[name](value)


_judged_once = lru_cache(1 << 12)(_judged)
"""The same, kept: the styles of a page say the same few things."""


def adds(style: str) -> bool:
    """Whether declarations for what stands before or after an element's text show something there.

    Args:
        style: as for :func:`told`.
    """
    return any(
        name == "content" and not _NOTHING.issuperset(value.replace('""', "").split(" "))
        for name, value in map(_parted, style.split(";"))
    )


def _own(name: str) -> str:
    """A property's name, without a maker's."""
    if name.startswith("-"):
        for maker in _MAKERS:
            name = name.removeprefix(maker)
    return name


def _lengths(value: str, units: dict[str, float]) -> Iterator[float]:
    """The lengths in a value, as pixels."""
    for number, unit in _LENGTH.findall(value):
        yield float(number) * units.get(unit, _OTHER)


def _may_differ(value: str) -> bool:
    """Whether a value has other lengths than those that stand there, or too many to look at."""
    return len(value) > _LONGEST or ("(" in value and _RECKONED.search(value) is not None)


def _is_small(value: str, units: dict[str, float], least: float = SMALLEST) -> bool:
    """Whether a length may be too small for text to be seen."""
    return _may_differ(value) or any(length < least for length in _lengths(value, units))


def _drawn(value: str) -> Iterator[float]:
    """The lengths in a value that has colours too, as pixels; one that may differ has no end."""
    bare = _TINT.sub(" ", value) if "#" in value or "(" in value else value
    if _may_differ(bare) or any(call in bare for call in _REACHED):
        yield float("inf")
    yield from _lengths(bare, _PIXELS)


def _inset(value: str) -> str:
    """The colour of a shadow that fills what it is on; empty where none does."""
    if "inset" not in value or all(abs(length) < _HALF_A_LINE for length in _drawn(value)):
        return ""
    colours = [word for word in _COLOUR.findall(value) if word != "inset" and not word.startswith(_REACHED)]
    seen = [colour for colour in colours or ["currentcolor"] if not is_clear(colour) and not is_untold(colour)]
    return next(filter(is_dark, seen), seen[0] if seen else "")


def _share(name: str, value: str) -> Iterator[Share]:
    """How much of what is around an element its letters, or its colours, take."""
    found = _LENGTH.fullmatch(_RELATIVE.get(value, value))
    if not found:
        return
    number, unit = float(found[1]), found[2]
    if name == "opacity":
        yield Share(name, number / 100 if unit == "%" else number)
    elif unit in ("%", "em"):
        yield Share("size", number / 100 if unit == "%" else number)
    else:
        yield Share("pixels", number * _PIXELS.get(unit, _OTHER))


def _is_less(value: str, least: float) -> bool:
    """Whether a share is less than one, or can't be told."""
    found = _LENGTH.fullmatch(value)
    if not found:
        return "(" in value
    return float(found[1]) / (100 if found[2] == "%" else 1) < least


def _hidden_by(*values: str) -> Callable[[str], Effect | None]:
    """How a property is judged that hides text by a few values."""
    return lambda value: Effect.HIDDEN if value in values or "(" in value else None


def _hidden_unless(*values: str) -> Callable[[str], Effect | None]:
    """A judge that takes every value but those listed for one that hides the text."""
    return lambda value: None if value in _NOTHING or value in values else Effect.HIDDEN


def _faint(value: str) -> Effect | None:
    return Effect.HIDDEN if _is_less(value, FAINTEST) else None


def _tiny(value: str) -> Effect | None:
    return Effect.HIDDEN if _is_less(value, _TINIEST) else None


def _font_size(value: str) -> Effect | None:
    return Effect.HIDDEN if _is_small(value, _FONT) else None


def _font(value: str) -> Effect | None:
    size, _, leading = value.partition("/")
    return _font_size(size) or _leading(leading.partition(" ")[0])


def _leading(value: str) -> Effect | None:
    return Effect.FLAT if _is_small(value, _LEADING) else None


def _height(value: str) -> Effect | None:
    if _is_small(value, _PIXELS):
        return Effect.FLAT
    if _is_small(value, _BY_PAGE, _LINE):
        return Effect.TIGHT
    return Effect.SHORT if _is_small(value, _BY_PAGE, _LINES) else None


def _tracks(effect: Effect) -> Callable[[str], Effect | None]:
    """How rows, or columns, of a grid are judged that may have no room."""
    return lambda value: effect if value not in _NOTHING and _is_small(value, _PIXELS) else None


def _display(value: str) -> Effect | None:
    if value == "none" or "(" in value:
        return Effect.HIDDEN
    if value in ("table-column", "table-column-group"):
        return Effect.COLUMN
    return None if value in _NOTHING or "table" in value else Effect.UNLAID


def _layer(value: str) -> Effect | None:
    """What stands below others may stand below what is behind it."""
    return Effect.MOVED if value.startswith("-") or "(" in value else None


def _width(value: str) -> Effect | None:
    if _is_small(value, _PIXELS):
        return Effect.NARROW
    return Effect.TIGHT if _is_small(value, _BY_PAGE, _SIGNS) else None


def _layout(value: str) -> Effect | None:
    return Effect.FIXED if value == "fixed" or "(" in value else None


def _outline(value: str) -> Effect | None:
    return Effect.HIDDEN if any(length > _BESIDE for length in _drawn(value)) else None


def _outline_offset(value: str) -> Effect | None:
    return Effect.HIDDEN if _reaches(value, _LIFTED) else None


def _stroke(value: str) -> Effect | None:
    return Effect.HIDDEN if any(length > _THICK / 2 for length in _drawn(value)) else None


def _thickness(value: str) -> Effect | None:
    return Effect.STRUCK if any(length > _THICK for length in _drawn(value)) else None


def _underline(value: str) -> Effect | None:
    return Effect.STRUCK if _reaches(value, _LIFTED) else None


def _marker(value: str) -> Effect | None:
    """What a list sets before its entries."""
    return None if _BULLETS.issuperset(value.split()) else Effect.ADDED


def _emphasis(value: str) -> Effect | None:
    return Effect.ADDED if '"a"' in value or "var(" in value else None


def _overflow(value: str) -> Effect | None:
    return Effect.CUT if value.startswith(_CUTTING) or "(" in value else None


def _fill(value: str) -> Effect | None:
    if is_untold(value):
        return Effect.UNTOLD
    return Effect.HIDDEN if is_clear(value) else None


def _colour(value: str) -> Effect | None:
    if value in _INHERITED:
        return None
    return _fill(value) or (Effect.WHITE if is_white(value) else Effect.INKED)


def _background(value: str) -> Effect | None:
    if is_plain(value):
        return None
    if any(call in value for call in _PICTURES):
        return Effect.PICTURED
    return Effect.BLANK if has_white(value) else Effect.BACKED


def _scheme(value: str) -> Effect | None:
    """Of several schemes the reader's own counts, which is that of the day."""
    return Effect.NIGHT if "dark" in value and "light" not in value else None


def _indent(value: str) -> Effect | None:
    far = _may_differ(value) or any(abs(length) >= _FAR for length in _lengths(value, _PIXELS))
    return Effect.HIDDEN if far else None


def _margin(value: str) -> Effect | None:
    far = _may_differ(value) or any(length <= -_FAR for length in _lengths(value, _PIXELS))
    return Effect.HIDDEN if far else None


def _reaches(value: str, far: float, *, both: bool = False) -> bool:
    """Whether a margin, or an offset, lets something reach over what stands beside it.

    Args:
        value: its value.
        far: how far, in pixels.
        both: whether it does so in both directions.
    """
    return _may_differ(value) or any(length < -far or (both and length > far) for length in _lengths(value, _PIXELS))


def _offset(value: str) -> Effect | None:
    if far := _margin(value):
        return far
    return Effect.MOVED if any(abs(length) > _BESIDE for length in _lengths(value, _PIXELS)) else None


def _spacing(value: str) -> Effect | None:
    tight = _may_differ(value) or any(length <= _TIGHT for length in _lengths(value, _PIXELS))
    return Effect.HIDDEN if tight else None


def _filter(value: str) -> Effect | None:
    return Effect.HIDDEN if any(word in value for word in _FILTERING) else None


def _content(value: str) -> Effect | None:
    return Effect.HIDDEN if "url(" in value else None


def _position(value: str) -> Effect | None:
    return Effect.MOVED if value in ("absolute", "fixed") or "(" in value else None


def _moved_unless(*values: str) -> Callable[[str], Effect | None]:
    """How a property is judged that moves text, but for a few values and nothing."""
    return lambda value: None if value in _NOTHING or value in values else Effect.MOVED


def _flow(value: str) -> Effect | None:
    return Effect.MOVED if "reverse" in value or "(" in value else None


def _decoration(value: str) -> Effect | None:
    return Effect.STRUCK if "line-through" in value or "var(" in value else _thickness(value)


def _bidi(value: str) -> Effect | None:
    return Effect.TURNED if "override" in value or "(" in value else None


def _direction(value: str) -> Effect | None:
    return Effect.TURNED if value == "rtl" or "(" in value else None


def _family(value: str) -> Effect | None:
    """Of several fonts the first one counts."""
    return Effect.SIGNS if has_signs(value.partition(",")[0]) else None


def _kind_of_signs(value: str) -> Effect | None:
    """What Word writes of signs of such a font."""
    return Effect.SIGNS if value == "symbol" else None


def _alignment(value: str) -> Effect | None:
    return Effect(value) if value in ("super", "sub") else _indent(value) if _LENGTH.search(value) else None


def _containment(value: str) -> Effect | None:
    if "strict" in value or "size" in value or "(" in value:
        return Effect.HIDDEN
    return Effect.CUT if "paint" in value or "content" in value else None


def _shown_otherwise(value: str) -> Effect | None:
    """Of a property that shows other signs than the text has."""
    return None if value in _NOTHING else Effect.SIGNS


_SIDES = ("left", "right", "top", "bottom", "inline", "block", "inline-start", "inline-end", "block-start", "block-end")
_MARGINS = frozenset(("margin", *(f"margin-{side}" for side in _SIDES)))
_OFFSETS = ("inset", *_SIDES[:4], *(f"inset-{side}" for side in _SIDES[4:]))
_TURNS = ("transform", "translate", "rotate", "offset-path")
_PLACING = _MARGINS.union(_OFFSETS, _TURNS, ("position",))
"""Properties that may put text over what stands around it."""
_JUDGES: dict[str, Callable[[str], Effect | None]] = {
    "display": _display,
    "z-index": _layer,
    "visibility": _hidden_by("hidden", "collapse"),
    "mso-hide": _hidden_by("all"),
    "opacity": _faint,
    "zoom": _tiny,
    "font-size": _font_size,
    "font-family": _family,
    "mso-char-type": _kind_of_signs,
    "font": _font,
    "text-fill-color": _colour,
    "color-scheme": _scheme,
    "color": _colour,
    "text-indent": _indent,
    "letter-spacing": _spacing,
    "word-spacing": _spacing,
    "filter": _filter,
    "content": _content,
    "position": _position,
    "float": _moved_unless(),
    "order": _moved_unless("0"),
    "line-height": _leading,
    "table-layout": _layout,
    "outline-offset": _outline_offset,
    "text-underline-offset": _underline,
    "text-decoration-thickness": _thickness,
    "box-shadow": lambda _: None,
    **dict.fromkeys(("outline", "outline-width"), _outline),
    **dict.fromkeys(("text-stroke", "text-stroke-width"), _stroke),
    **dict.fromkeys(("list-style", "list-style-type", "list-style-image"), _marker),
    **dict.fromkeys(("text-emphasis", "text-emphasis-style"), _emphasis),
    "text-decoration": _decoration,
    "text-decoration-line": _decoration,
    "unicode-bidi": _bidi,
    "direction": _direction,
    "vertical-align": _alignment,
    "clip": _hidden_unless("auto"),
    "content-visibility": _hidden_unless("visible", "auto"),
    "contain": _containment,
    "text-transform": _shown_otherwise,
    **dict.fromkeys(("font-variant-position", "font-feature-settings", "font-variant-alternates"), _shown_otherwise),
    **dict.fromkeys(
        (
            "clip-path", "mask", "mask-image", "mask-border", "mask-border-source", "mask-box-image",
            "mask-box-image-source", "scale",
            "animation", "animation-name", "line-clamp", "text-security", "mix-blend-mode", "font-size-adjust",
        ),
        _hidden_unless(),
    ),
    **dict.fromkeys(("width", "max-width", "inline-size", "max-inline-size"), _width),
    **dict.fromkeys(("height", "max-height", "block-size", "max-block-size"), _height),
    **dict.fromkeys(("grid", "grid-template", "grid-template-rows", "grid-auto-rows"), _tracks(Effect.FLAT)),
    **dict.fromkeys(("grid-template-columns", "grid-auto-columns"), _tracks(Effect.NARROW)),
    **dict.fromkeys(("overflow", "overflow-x", "overflow-y", "overflow-inline", "overflow-block"), _overflow),
    **dict.fromkeys(_TURNS, _moved_unless()),
    **dict.fromkeys(_MARGINS, _margin),
    **dict.fromkeys(_OFFSETS, _offset),
    **dict.fromkeys(("padding", *(f"padding-{side}" for side in _SIDES)), _indent),
    **dict.fromkeys(_BACKGROUNDS, _background),
    **dict.fromkeys(("flex-direction", "flex-flow", "flex-wrap"), _flow),
    **dict.fromkeys(
        ("grid-area", *(f"grid-{line}{end}" for line in ("row", "column") for end in ("", "-start", "-end"))),
        _moved_unless("auto"),
    ),
}  # fmt: skip
"""How each property is judged that may matter."""
