"""What can be told of a colour by which text is seen, or isn't: whether it is clear, as good as white, or nearly black.

Source: CSS Color Module Level 4, with its sample code for conversions; WCAG 2.2 on contrast.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Sequence
from colorsys import hls_to_rgb, hsv_to_rgb
from functools import lru_cache

from target_registry.patterns import lazy

_NAMES = {
    "aliceblue": 0xF0F8FF, "antiquewhite": 0xFAEBD7, "aqua": 0x00FFFF, "aquamarine": 0x7FFFD4, "azure": 0xF0FFFF, "beige": 0xF5F5DC,
    "bisque": 0xFFE4C4, "black": 0x000000, "blanchedalmond": 0xFFEBCD, "blue": 0x0000FF, "blueviolet": 0x8A2BE2, "brown": 0xA52A2A,
    "burlywood": 0xDEB887, "cadetblue": 0x5F9EA0, "chartreuse": 0x7FFF00, "chocolate": 0xD2691E, "coral": 0xFF7F50,
    "cornflowerblue": 0x6495ED, "cornsilk": 0xFFF8DC, "crimson": 0xDC143C, "cyan": 0x00FFFF, "darkblue": 0x00008B, "darkcyan": 0x008B8B,
    "darkgoldenrod": 0xB8860B, "darkgray": 0xA9A9A9, "darkgreen": 0x006400, "darkgrey": 0xA9A9A9, "darkkhaki": 0xBDB76B,
    "darkmagenta": 0x8B008B, "darkolivegreen": 0x556B2F, "darkorange": 0xFF8C00, "darkorchid": 0x9932CC, "darkred": 0x8B0000,
    "darksalmon": 0xE9967A, "darkseagreen": 0x8FBC8F, "darkslateblue": 0x483D8B, "darkslategray": 0x2F4F4F, "darkslategrey": 0x2F4F4F,
    "darkturquoise": 0x00CED1, "darkviolet": 0x9400D3, "deeppink": 0xFF1493, "deepskyblue": 0x00BFFF, "dimgray": 0x696969,
    "dimgrey": 0x696969, "dodgerblue": 0x1E90FF, "firebrick": 0xB22222, "floralwhite": 0xFFFAF0, "forestgreen": 0x228B22,
    "fuchsia": 0xFF00FF, "gainsboro": 0xDCDCDC, "ghostwhite": 0xF8F8FF, "gold": 0xFFD700, "goldenrod": 0xDAA520, "gray": 0x808080,
    "green": 0x008000, "greenyellow": 0xADFF2F, "grey": 0x808080, "honeydew": 0xF0FFF0, "hotpink": 0xFF69B4, "indianred": 0xCD5C5C,
    "indigo": 0x4B0082, "ivory": 0xFFFFF0, "khaki": 0xF0E68C, "lavender": 0xE6E6FA, "lavenderblush": 0xFFF0F5, "lawngreen": 0x7CFC00,
    "lemonchiffon": 0xFFFACD, "lightblue": 0xADD8E6, "lightcoral": 0xF08080, "lightcyan": 0xE0FFFF, "lightgoldenrodyellow": 0xFAFAD2,
    "lightgray": 0xD3D3D3, "lightgreen": 0x90EE90, "lightgrey": 0xD3D3D3, "lightpink": 0xFFB6C1, "lightsalmon": 0xFFA07A,
    "lightseagreen": 0x20B2AA, "lightskyblue": 0x87CEFA, "lightslategray": 0x778899, "lightslategrey": 0x778899,
    "lightsteelblue": 0xB0C4DE, "lightyellow": 0xFFFFE0, "lime": 0x00FF00, "limegreen": 0x32CD32, "linen": 0xFAF0E6, "magenta": 0xFF00FF,
    "maroon": 0x800000, "mediumaquamarine": 0x66CDAA, "mediumblue": 0x0000CD, "mediumorchid": 0xBA55D3, "mediumpurple": 0x9370DB,
    "mediumseagreen": 0x3CB371, "mediumslateblue": 0x7B68EE, "mediumspringgreen": 0x00FA9A, "mediumturquoise": 0x48D1CC,
    "mediumvioletred": 0xC71585, "midnightblue": 0x191970, "mintcream": 0xF5FFFA, "mistyrose": 0xFFE4E1, "moccasin": 0xFFE4B5,
    "navajowhite": 0xFFDEAD, "navy": 0x000080, "oldlace": 0xFDF5E6, "olive": 0x808000, "olivedrab": 0x6B8E23, "orange": 0xFFA500,
    "orangered": 0xFF4500, "orchid": 0xDA70D6, "palegoldenrod": 0xEEE8AA, "palegreen": 0x98FB98, "paleturquoise": 0xAFEEEE,
    "palevioletred": 0xDB7093, "papayawhip": 0xFFEFD5, "peachpuff": 0xFFDAB9, "peru": 0xCD853F, "pink": 0xFFC0CB, "plum": 0xDDA0DD,
    "powderblue": 0xB0E0E6, "purple": 0x800080, "rebeccapurple": 0x663399, "red": 0xFF0000, "rosybrown": 0xBC8F8F, "royalblue": 0x4169E1,
    "saddlebrown": 0x8B4513, "salmon": 0xFA8072, "sandybrown": 0xF4A460, "seagreen": 0x2E8B57, "seashell": 0xFFF5EE, "sienna": 0xA0522D,
    "silver": 0xC0C0C0, "skyblue": 0x87CEEB, "slateblue": 0x6A5ACD, "slategray": 0x708090, "slategrey": 0x708090, "snow": 0xFFFAFA,
    "springgreen": 0x00FF7F, "steelblue": 0x4682B4, "tan": 0xD2B48C, "teal": 0x008080, "thistle": 0xD8BFD8, "tomato": 0xFF6347,
    "turquoise": 0x40E0D0, "violet": 0xEE82EE, "wheat": 0xF5DEB3, "white": 0xFFFFFF, "whitesmoke": 0xF5F5F5, "yellow": 0xFFFF00,
    "yellowgreen": 0x9ACD32,
    "linktext": 0x0000EE, "visitedtext": 0x551A8B, "activetext": 0xFF0000, "graytext": 0x808080, "mark": 0xFFFF00,
    **dict.fromkeys(
        ("canvas", "field", "window", "menu", "scrollbar", "infobackground", "background", "appworkspace", "activecaption",
         "inactivecaption", "buttonhighlight", "threedhighlight", "threedlightshadow"), 0xFFFFFF),
    **dict.fromkeys(("buttonface", "threedface"), 0xEFEFEF),
    **dict.fromkeys(
        ("canvastext", "fieldtext", "windowtext", "menutext", "infotext", "captiontext", "buttontext", "marktext", "windowframe"), 0),
}  # fmt: skip
"""Colours by name, those of the system as browsers have them by day."""
_CONTRAST = 1.2
"""To white, at which nobody tells a colour from it."""
_PALEST = 0xC0
"""Of each of red, green and blue: yellow is light too, but is seen."""
_DARKEST = 0x4F
"""The same of what nobody tells from black."""
_FAINTEST = 0.2
"""Of the share by which a colour covers what is behind it."""
_HALF = 0.5
"""The same of black that is no mere shade."""
_UNSEEN = frozenset((
    "", "none", "transparent", "inherit", "initial", "unset", "revert", "revert-layer", "repeat", "no-repeat", "repeat-x",
    "repeat-y", "scroll", "fixed", "local", "left", "right", "top", "bottom", "center", "auto", "cover", "contain", "0", "0%", "/",
))  # fmt: skip
"""Words of a background that name no colour and no picture."""
_WORD = lazy(r"[^\s(),]++(?:\([^()]*\))?+|[()]")
_HEX = lazy(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_CALL = lazy(r"([a-z]+)\(([^()]*)\)")
_PART = lazy(r"[-+.%\w]+")
_UNKNOWN = ("var(", "env(", "attr(", "color-mix(", "light-dark(", "contrast-color(", "if(", "(from ")
_LONGEST = 200
"""Characters of a colour; what is longer isn't looked into."""
_GRADIENT = "gradient("
_GRADIENTS = 1_000
"""Characters of a background that has some."""
_TURNS = {"deg": 360, "grad": 400, "rad": math.tau, "turn": 1}

Lights = tuple[float, float, float]
"""Red, green and blue, each from 0 to 255."""


def is_untold(colour: str) -> bool:
    """Whether a colour can't be told from what stands there, as one that a variable holds.

    Args:
        colour: as a style names it, in small letters.
    """
    return len(colour) > _LONGEST or ("(" in colour and any(word in colour for word in _UNKNOWN))


def is_clear(colour: str) -> bool:
    """Whether what is behind a colour is seen through it.

    Args:
        colour: as a style names it, in small letters.
    """
    return _cover(colour) < _FAINTEST


def _cover(colour: str) -> float:
    """The share by which a colour covers what is behind it."""
    if found := _HEX.fullmatch(colour):
        digits = found[1]
        return int(digits[3] * 2 if len(digits) == 4 else digits[6:], 16) / 255 if len(digits) in (4, 8) else 1
    if "(" not in colour:
        return float(colour != "transparent")
    inside = colour.partition("(")[2].partition(")")[0]
    parts = _PART.findall(inside[:_LONGEST])
    has_cover = "/" in inside or (inside.count(",") == 3 and len(parts) == 4)
    return _number(parts[-1], 1) if has_cover and parts else 1


def is_white(colour: str) -> bool:
    """Whether a colour, or a background that is nothing else, is as good as white.

    Args:
        colour: as a style or an attribute names it, in small letters.
    """
    return (lights := _lights(colour)) is not None and _is_pale(lights)


def is_dark(colour: str) -> bool:
    """Whether a colour, or a background that is nothing else, is so dark that black text can't be told from it.

    Args:
        colour: as a style or an attribute names it, in small letters.
    """
    return (lights := _lights(colour)) is not None and _is_dim(lights) and _cover(colour) >= _HALF


def has_white(background: str) -> bool:
    """Whether a background is as good as white, or goes over into white.

    Args:
        background: as a style names it, in small letters.
    """
    return is_white(background) or _is_long(background) or any(map(_is_pale, _stops(background)))


def has_dark(background: str) -> bool:
    """Whether a background is nearly black, or goes over into that; the argument as of :func:`has_white`."""
    return is_dark(background) or _is_long(background) or any(map(_is_dim, _stops(background)))


def _is_long(background: str) -> bool:
    """Whether a gradient has more colours than are looked at."""
    return len(background) > _GRADIENTS and _GRADIENT in background


_NEAR = 0x20
"""Of each of red, green and blue, by which two colours may differ and nobody reads one on the other."""
_FAINT = 1.35
"""The contrast, as WCAG measures it, below which a text is only found by who looks for it.

WCAG asks for 4.5. The palest grey that people write with, D9D9D9, has 1.41 on white, and black on the navy of Office, 002060,
has 1.37; pale yellow has 1.02 to 1.06 on white, and black on 000080 has 1.31.
"""
_DIMMEST = 0x3F
"""Of each of red, green and blue: of two colours as dark as that nobody sees the difference, though the measure has up to 2."""
_OTHER_HUE = 0x80, 0x80, 0x9A
"""Of red, green and blue: colours so far apart are told by their hue however alike their light is, as yellow on white."""


def is_unreadable(ink: Sequence[float], ground: Sequence[float]) -> bool:
    """Whether nobody reads a text of one colour on another: by red, green and blue, each from 0 to 255."""
    apart = [abs(one - other) for one, other in zip(ink, ground, strict=True)]
    if any(map(operator.ge, apart, _OTHER_HUE)):
        return False
    if max(apart) < _NEAR or max(*ink, *ground) <= _DIMMEST:
        return True
    one, other = _luminance(ink) + 0.05, _luminance(ground) + 0.05
    return max(one, other) < _FAINT * min(one, other)


def is_on_its_own(ink: str, ground: str) -> bool:
    """Whether a text can't be read because what is behind it has as good as its colour.

    Args:
        ink: the text's colour, as a style or an attribute names it, in small letters.
        ground: that of what is behind it.
    """
    one, other = _lights(ink), _lights(ground)
    if one is None or other is None:
        return bool(ink) and ink == ground
    return is_unreadable(one, other)


def is_plain(background: str) -> bool:
    """Whether a background shows nothing of its own.

    Args:
        background: as a style names it, in small letters.
    """
    return len(background) <= _LONGEST and all(word in _UNSEEN for word in background.split())


def _is_pale(lights: Lights) -> bool:
    if min(lights) < _PALEST:
        return False
    return 1.05 / (_luminance(lights) + 0.05) < _CONTRAST


def _is_dim(lights: Lights) -> bool:
    return max(lights) <= _DARKEST


def _luminance(lights: Sequence[float]) -> float:
    """How light a colour is to the eye, from 0 to 1."""
    red, green, blue = map(_linear, lights)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(1 << 10)
def _linear(light: float) -> float:
    share = light / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _stops(background: str) -> list[Lights]:
    """The colours of a gradient."""
    if _GRADIENT not in background:
        return []
    words = _WORD.findall(background[:_GRADIENTS].partition(_GRADIENT)[2])
    return [lights for word in words if (lights := _single(word)) is not None]


@lru_cache(1 << 12)
def _lights(colour: str) -> Lights | None:
    """A colour's red, green and blue, also where words beside it name no colour; None where that can't be told."""
    if (found := _single(colour)) is not None or len(colour) > _LONGEST or " " not in colour:
        return found
    words = [word for word in _WORD.findall(colour) if word not in _UNSEEN]
    return _single(words[0]) if len(words) == 1 else None


def _single(colour: str) -> Lights | None:
    """The same of one word."""
    if (named := _NAMES.get(colour)) is not None:
        return _split(named)
    if found := _HEX.fullmatch(colour):
        digits = found[1]
        return _split(int(digits[:6] if len(digits) > 4 else "".join(digit * 2 for digit in digits[:3]), 16))
    if len(colour) > _LONGEST or not (call := _CALL.fullmatch(colour)) or is_untold(colour):
        return None
    words = _PART.findall(call[2])
    space = words.pop(0) if call[1] == "color" and words else call[1].removesuffix("a")
    convert = _SPACES.get(space)
    return convert(words[:3]) if convert and len(words) > 2 else None


def _split(number: int) -> Lights:
    return float(number >> 16), float(number >> 8 & 0xFF), float(number & 0xFF)


def _number(text: str, whole: float) -> float:
    """A number, or a share of a whole; what is none is the whole."""
    try:
        return float(text[:-1]) * whole / 100 if text.endswith("%") else float(text)
    except ValueError:
        return 0 if text == "none" else whole


def _turn(text: str) -> float:
    """A hue as a share of the circle."""
    number = text.rstrip("degratun")
    whole = _TURNS.get(text[len(number) :], 360)
    share = _number(number, 0) / whole
    return share % 1 if math.isfinite(share) else 0


def _shares(parts: Sequence[str], whole: float) -> Iterator[float]:
    """Numbers, or shares, as shares of a whole from 0 to 1."""
    for part in parts:
        yield min(max(_number(part, whole) / whole, 0), 1)


def _full(shares: Sequence[float]) -> Lights:
    red, green, blue = (min(max(share, 0), 1) * 255 for share in shares)
    return red, green, blue


def _rgb(parts: Sequence[str]) -> Lights:
    return _full(tuple(_shares(parts, 255)))


def _screen(parts: Sequence[str]) -> Lights:
    return _full(tuple(_shares(parts, 1)))


def _screen_linear(parts: Sequence[str]) -> Lights:
    return _full(tuple(map(_curved, _shares(parts, 1))))


def _hsl(parts: Sequence[str]) -> Lights:
    saturation, lightness = _shares(parts[1:], 100)
    return _full(hls_to_rgb(_turn(parts[0]), lightness, saturation))


def _hwb(parts: Sequence[str]) -> Lights:
    white, black = _shares(parts[1:], 100)
    if white + black >= 1:
        return _full((white / (white + black),) * 3)
    return _full(hsv_to_rgb(_turn(parts[0]), 1 - white / (1 - black), 1 - black))


def _lab(parts: Sequence[str]) -> Lights:
    return _of_lab(_number(parts[0], 100), _number(parts[1], 125), _number(parts[2], 125))


def _lch(parts: Sequence[str]) -> Lights:
    return _of_lab(_number(parts[0], 100), *_around(_number(parts[1], 150), parts[2]))


def _oklab(parts: Sequence[str]) -> Lights:
    return _of_oklab(_number(parts[0], 1), _number(parts[1], 0.4), _number(parts[2], 0.4))


def _oklch(parts: Sequence[str]) -> Lights:
    return _of_oklab(_number(parts[0], 1), *_around(_number(parts[1], 0.4), parts[2]))


def _around(chroma: float, hue: str) -> tuple[float, float]:
    angle = _turn(hue) * math.tau
    return chroma * math.cos(angle), chroma * math.sin(angle)


def _of_lab(lightness: float, a: float, b: float) -> Lights:
    middle = (_bounded(lightness, 100) + 16) / 116
    x, y, z = (
        share**3 if share > 6 / 29 else (share - 4 / 29) * 108 / 841
        for share in (middle + _bounded(a, 500) / 500, middle, middle - _bounded(b, 200) / 200)
    )
    x, z = x * 0.9643, z * 0.8251
    return _full(tuple(map(_curved, (
        3.1342 * x - 1.6172 * y - 0.4907 * z, -0.9787 * x + 1.9162 * y + 0.0335 * z, 0.0719 * x - 0.2290 * y + 1.4057 * z,
    ))))  # fmt: skip


def _of_oklab(lightness: float, a: float, b: float) -> Lights:
    lightness, a, b = _bounded(lightness, 1), _bounded(a, 1), _bounded(b, 1)
    one, two, three = (
        (lightness + 0.3963 * a + 0.2158 * b) ** 3, (lightness - 0.1056 * a - 0.0639 * b) ** 3, (lightness - 0.0895 * a - 1.2915 * b) ** 3,
    )  # fmt: skip
    return _full(tuple(map(_curved, (
        4.0767 * one - 3.3077 * two + 0.2310 * three, -1.2684 * one + 2.6098 * two - 0.3413 * three,
        -0.0042 * one - 0.7034 * two + 1.7076 * three,
    ))))  # fmt: skip


def _bounded(number: float, most: float) -> float:
    return max(-most, min(number, most)) if math.isfinite(number) else most


def _curved(share: float) -> float:
    return 12.92 * share if share <= 0.0031308 else 1.055 * float(share ** (1 / 2.4)) - 0.055


_SPACES: dict[str, Callable[[Sequence[str]], Lights]] = {
    "rgb": _rgb, "hsl": _hsl, "hwb": _hwb, "lab": _lab, "lch": _lch, "oklab": _oklab, "oklch": _oklch, "srgb-linear": _screen_linear,
    **dict.fromkeys(("srgb", "display-p3", "a98-rgb", "prophoto-rgb", "rec2020"), _screen),
}  # fmt: skip
"""How red, green and blue are told of what a function holds; wider spaces count as the screen's."""
