"""The colours of a workbook: by red, green and blue, by the place in its theme, or by that in its palette.

A colour's red, green and blue are told as three bytes, and as none where it can't be told, as that of a system or one
made of another one: a hostile workbook has a hundred thousand colours, and many of them may be behind a text.
Source: ECMA-376 part 1, sections 18.8.3 (color), 18.8.27 (indexedColors), 20.1.6.2 (clrScheme).
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from target_registry.forms import number_formats
from target_registry.forms.colours import is_unreadable
from target_registry.forms.markup import walk
from target_registry.forms.sign_fonts import has_signs
from target_registry.patterns import lazy

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RGB = lazy(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})\Z")
_BLACK, _WHITE = "000000", "ffffff"
UNTOLD = b""
"""A colour that can't be told."""
PAPER = (b"\xff\xff\xff",)
"""What is behind a text in a cell that isn't filled."""
_PALETTE = (
    *2 * ("000000", "ffffff", "ff0000", "00ff00", "0000ff", "ffff00", "ff00ff", "00ffff"),
    "800000", "008000", "000080", "808000", "800080", "008080", "c0c0c0", "808080",
    "9999ff", "993366", "ffffcc", "ccffff", "660066", "ff8080", "0066cc", "ccccff",
    "000080", "ff00ff", "ffff00", "00ffff", "800080", "800000", "008080", "0000ff",
    "00ccff", "ccffff", "ccffcc", "ffff99", "99ccff", "ff99cc", "cc99ff", "ffcc99",
    "3366ff", "33cccc", "99cc00", "ffcc00", "ff9900", "ff6600", "666699", "969696",
    "003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333",
)  # fmt: skip
"""The indexed colours of a workbook that has none of its own."""
_WINDOW = {64: _BLACK, 65: _WHITE, 80: "ffffe1", 81: _BLACK, 32767: _BLACK}
"""Those behind them, which are a window's."""
_SLOTS = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
"""The colours of a theme as cells count them."""
_OFFICE = dict(
    zip(
        _SLOTS,
        (
            _WHITE,
            _BLACK,
            "eeece1",
            "1f497d",
            "4f81bd",
            "c0504d",
            "9bbb59",
            "8064a2",
            "4bacc6",
            "f79646",
            "0000ff",
            "800080",
        ),
        strict=True,
    )
)
"""The theme of a workbook that has none."""
_SYSTEM = {"window": bytes.fromhex(_WHITE), "windowText": bytes.fromhex(_BLACK)}
_STEPS = 8
"""Colours that are looked at between two that go over into one another: each is as good as the next."""


class Colour(NamedTuple):
    """A colour as a part names it.

    Attributes:
        kind: where its value leads: ``theme``, ``rgb`` or ``indexed``; empty where it leads nowhere.
        value: its place there, or its digits.
        tint: how much lighter or darker it is made.
    """

    kind: str
    value: str
    tint: str = ""


BLACK, WHITE = Colour("rgb", _BLACK), Colour("rgb", _WHITE)


def named(attributes: Mapping[str, str], automatic: Colour = BLACK) -> Colour:
    """The colour that an element names.

    Args:
        attributes: the element's own; of several that name a colour Excel takes the first in this order.
        automatic: what it is where none does.
    """
    for kind in ("theme", "rgb", "indexed"):
        if kind in attributes:
            return Colour(kind, attributes[kind].strip().lower(), attributes.get("tint", "").strip())
    return automatic


class Theme:
    """What a workbook's theme and palette say of colours and fonts."""

    def __init__(self) -> None:
        self._slots = {slot: bytes.fromhex(colour) for slot, colour in _OFFICE.items()}
        self._signs: set[str] = set()
        self._palette = [bytes.fromhex(colour) for colour in _PALETTE]
        self._known: dict[Colour, bytes] = {}

    def read(self, part: str, data: bytes) -> None:
        """Take what a part of a theme says.

        Raises:
            Unfit: it is damaged.
        """
        self._slots = {}
        path: list[str] = []

        def start(name: str, attributes: Mapping[str, str]) -> None:
            around = path[-1] if path else ""
            path.append(name)
            if len(path) > 3 and path[2] == "clrScheme":
                self._take_colour(path[3], name, attributes)
            elif around in ("majorFont", "minorFont") and has_signs(attributes.get("typeface", "")):
                self._signs.add(around.removesuffix("Font"))

        walk(part, data, _DRAWING, start, lambda _: path.pop())

    def _take_colour(self, slot: str, name: str, attributes: Mapping[str, str]) -> None:
        if name == slot:
            return
        value = attributes.get("val", "")
        colour = _digits(value) if name == "srgbClr" else _SYSTEM.get(value, UNTOLD)
        # What stands within a colour changes it.
        self._slots[slot] = UNTOLD if slot in self._slots else colour

    def take_palette(self, colours: Sequence[Colour]) -> None:
        """Take the colours that a workbook has in the places of the first indexed ones."""
        own = [self.rgb(colour) for colour in colours[: len(_PALETTE)]]
        self._palette[: len(own)] = own
        self._known.clear()

    def has_signs(self, scheme: str | None) -> bool:
        """Whether a font of the theme, ``major`` or ``minor``, has signs in the places of letters."""
        return scheme in self._signs

    def rgb(self, colour: Colour) -> bytes:
        """A colour's red, green and blue."""
        if colour not in self._known:
            light = number_formats.number(colour.tint) if colour.tint else None
            found = self._plain(colour)
            self._known[colour] = _tinted(found, max(-1.0, min(1.0, float(light)))) if light and found else found
        return self._known[colour]

    def _plain(self, colour: Colour) -> bytes:
        value = colour.value
        if colour.kind == "rgb":
            return _digits(value)
        if not (value.isascii() and value.isdigit() and len(value) < 6):
            return UNTOLD
        place = int(value)
        if colour.kind == "theme":
            return self._slots.get(_SLOTS[place], UNTOLD) if place < len(_SLOTS) else UNTOLD
        return self._palette[place] if place < len(self._palette) else _digits(_WINDOW.get(place, ""))


def _digits(text: str) -> bytes:
    """A colour that is written as its digits."""
    found = _RGB.match(text)
    return bytes.fromhex(found[1]) if found else UNTOLD


def _tinted(colour: bytes, tint: float) -> bytes:
    """A colour made darker, or lighter, by a share."""
    hue, light, strength = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return bytes(round(part * 255) for part in colorsys.hls_to_rgb(hue, light, strength))


def blends(stops: Sequence[bytes]) -> tuple[bytes, ...]:
    """The colours of which one goes over into the next, and those between them."""
    if UNTOLD in stops:
        return (UNTOLD,)
    found = list(stops[:1])
    for before, after in pairwise(stops):
        found += [mixed(before, after, step / _STEPS) for step in range(1, _STEPS)] + [after]
    return tuple(dict.fromkeys(found))


def mixed(one: bytes, other: bytes, share: float) -> bytes:
    """A colour with a share of another one."""
    return bytes(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def is_lost(ink: bytes, grounds: Iterable[bytes]) -> bool:
    """Whether a text may be unreadable on one of the colours that are behind it."""
    if ink == UNTOLD:
        return True
    return any(ground == UNTOLD or is_unreadable(ink, ground) for ground in grounds)
