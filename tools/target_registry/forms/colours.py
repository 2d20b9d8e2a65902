"""What can be told of a colour by which text is seen, or isn't: whether it is clear, or as good as white.

Source: CSS Color Module Level 4.
"""

from __future__ import annotations

from collections.abc import Callable

from target_registry.patterns import lazy

_WHITES = frozenset((
    "white", "snow", "ivory", "floralwhite", "ghostwhite", "whitesmoke", "mintcream", "azure", "aliceblue", "seashell",
    "window", "canvas", "buttonhighlight", "threedhighlight", "field",
))  # fmt: skip
_WHITEST = 0xF0
"""Of each of red, green and blue, in which the first digit is the highest: at which nobody tells a colour from white."""
_BLACKS = frozenset(("black", "windowtext", "canvastext", "buttontext", "infotext", "menutext"))
_DARKEST = 0x4F
"""The same of what nobody tells from black."""
_FAINTEST = 0.2
"""Of the share by which a colour covers what is behind it."""
_UNSEEN = frozenset((
    "", "none", "transparent", "inherit", "initial", "unset", "revert", "revert-layer", "repeat", "no-repeat", "repeat-x",
    "repeat-y", "scroll", "fixed", "local", "left", "right", "top", "bottom", "center", "auto", "cover", "contain", "0", "0%", "/",
))  # fmt: skip
"""Words of a background that name no colour and no picture."""
_HEX = lazy(r"#?([0-9a-f]{3,8})")
_CALL = lazy(r"(rgb|hsl)a?\(([^()]*)\)")
_PART = lazy(r"[-+.%\w]+")
_UNKNOWN = ("var(", "env(", "attr(", "color-mix(", "light-dark(", "if(")
_LONGEST = 200
"""Characters of a colour; what is longer isn't looked into."""


def is_untold(colour: str) -> bool:
    """Whether a colour can't be told from what stands there, as one that a variable holds.

    Args:
        colour: as a style names it, in small letters.
    """
    return "(" in colour and any(word in colour for word in _UNKNOWN)


def is_clear(colour: str) -> bool:
    """Whether what is behind a colour is seen through it.

    Args:
        colour: as a style names it, in small letters.
    """
    if found := _HEX.fullmatch(colour):
        digits = found[1]
        return len(digits) in (4, 8) and int(digits[3] * 2 if len(digits) == 4 else digits[6:], 16) < _FAINTEST * 255
    if "(" not in colour:
        return colour == "transparent"
    inside = colour.partition("(")[2].partition(")")[0]
    parts = _PART.findall(inside[:_LONGEST])
    has_cover = "/" in inside or (inside.count(",") == 3 and len(parts) == 4)
    return bool(has_cover and parts) and _number(parts[-1], 1) < _FAINTEST


def is_white(colour: str) -> bool:
    """Whether a colour, or a background that is nothing else, is as good as white.

    Args:
        colour: as a style or an attribute names it, in small letters.
    """
    return _is_all(colour, lambda light: light >= _WHITEST, _WHITES)


def is_dark(colour: str) -> bool:
    """Whether a colour, or a background that is nothing else, is so dark that black text can't be told from it.

    Args:
        colour: as a style or an attribute names it, in small letters.
    """
    return _is_all(colour, lambda light: light <= _DARKEST, _BLACKS)


def _is_all(colour: str, test: Callable[[float], bool], named: frozenset[str]) -> bool:
    """Whether a colour's red, green and blue, each from 0 to 255, pass a test; of two digits the first one counts."""
    if found := _HEX.fullmatch(colour):
        digits = found[1]
        return all(test(int(digit, 16) << 4) for digit in (digits[:3] if len(digits) < 5 else digits[:6:2]))
    if found := _CALL.fullmatch(colour[:_LONGEST]):
        values = _PART.findall(found[2])[:3]
        if len(values) < 3:
            return False
        if found[1] == "hsl":
            return test(_number(values[2].rstrip("%") + "%", 255))
        return all(test(_number(value, 255)) for value in values)
    words = [word for word in colour[:_LONGEST].split() if word not in _UNSEEN]
    return len(words) == 1 and (words[0] in named or (words[0] != colour and _is_all(words[0], test, named)))


_NAMES = {
    "white": "ffffff", "black": "000000", "red": "ff0000", "lime": "00ff00", "blue": "0000ff", "yellow": "ffff00",
    "cyan": "00ffff", "aqua": "00ffff", "magenta": "ff00ff", "fuchsia": "ff00ff", "maroon": "800000", "green": "008000",
    "navy": "000080", "olive": "808000", "purple": "800080", "teal": "008080", "silver": "c0c0c0", "gray": "808080",
    "grey": "808080", "orange": "ffa500",
}  # fmt: skip
NEAR = 0x20
"""Of each of red, green and blue, by which two colours may differ and nobody reads one on the other."""


def is_on_its_own(ink: str, ground: str) -> bool:
    """Whether a text can't be read because what is behind it has as good as its colour.

    Args:
        ink: the text's colour, as a style or an attribute names it, in small letters.
        ground: that of what is behind it.
    """
    one, other = _lights(ink), _lights(ground)
    if one is None or other is None:
        return bool(ink) and ink == ground
    return all(abs(a - b) < NEAR for a, b in zip(one, other, strict=True))


def _lights(colour: str) -> tuple[int, ...] | None:
    """A colour's red, green and blue, each from 0 to 255; None where that can't be told."""
    colour = _NAMES.get(colour, colour)
    if found := _HEX.fullmatch(colour):
        digits = found[1]
        if len(digits) not in (3, 4, 6, 8):
            return None
        return (
            tuple(int(digit * 2, 16) for digit in digits[:3]) if len(digits) < 5 else tuple(bytes.fromhex(digits[:6]))
        )
    if (found := _CALL.fullmatch(colour[:_LONGEST])) and found[1] == "rgb":
        values = _PART.findall(found[2])[:3]
        return tuple(round(_number(value, 255)) for value in values) if len(values) == len("rgb") else None
    return None


def is_plain(background: str) -> bool:
    """Whether a background shows nothing of its own.

    Args:
        background: as a style names it, in small letters.
    """
    return len(background) <= _LONGEST and all(word in _UNSEEN for word in background.split())


def _number(text: str, whole: float) -> float:
    """A number, or a share of a whole; what is none is the whole."""
    try:
        return float(text[:-1]) * whole / 100 if text.endswith("%") else float(text)
    except ValueError:
        return 0 if text == "none" else whole
