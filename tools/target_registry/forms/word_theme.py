"""The theme of a Word document: the colours and the fonts that its texts name by what they are for.

Source: ECMA-376 part 1, sections 20.1.6 (themes), 17.15.1.20 (which colour stands for which), 17.18.96 (theme fonts) and
17.8 (fonts that stand in for others).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from target_registry.forms.sign_fonts import has_signs
from target_registry.forms.word_styles import W
from target_registry.patterns import lazy

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEX = lazy(r"[0-9A-Fa-f]{6}\Z")
_SLOTS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1", "folHlink": "954F72",
}  # fmt: skip
"""The colours of a theme, and what Office's own has, which Word takes where the file brings none."""
_LONG = {
    "dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
"""Other names of some."""
_MAPPED = {
    "bg1": ("bg1", "lt1"), "background1": ("bg1", "lt1"), "tx1": ("t1", "dk1"), "text1": ("t1", "dk1"),
    "bg2": ("bg2", "lt2"), "background2": ("bg2", "lt2"), "tx2": ("t2", "dk2"), "text2": ("t2", "dk2"),
    "hyperlink": ("hyperlink", "hlink"), "hlink": ("hyperlink", "hlink"),
    "followedHyperlink": ("followedHyperlink", "folHlink"), "folHlink": ("followedHyperlink", "folHlink"),
    **{f"accent{number}": (f"accent{number}", f"accent{number}") for number in range(1, 7)},
}  # fmt: skip
"""By each name that stands for one of them: what the document's settings call it, and which it is unless they say so."""
_LONGEST = 100
"""Characters of the names that a font has besides its own."""
_SYSTEM = {"window": "FFFFFF", "windowText": "000000"}


def colours(theme: Any | None, settings: Any | None) -> dict[str, str]:
    """The colours by the names that texts use; an empty text where the theme has one in a way that no Office writes."""
    slots = dict(_SLOTS)
    scheme = None if theme is None else theme.find(f"{_A}themeElements/{_A}clrScheme")
    for node in () if scheme is None else scheme:
        name = node.tag.rpartition("}")[2]
        if name in slots:
            slots[name] = _written(node)
    mapping = None if settings is None else settings.find(W + "clrSchemeMapping")
    found = {name: slots[slot] for name, slot in _LONG.items()} | slots
    for name, (called, usual) in _MAPPED.items():
        slot = usual if mapping is None else mapping.get(W + called, usual)
        found[name] = slots.get(_LONG.get(slot, slot), "")
    return found


def _written(slot: Any) -> str:
    """A colour of the theme; empty where it is worked out from another."""
    node = next(iter(slot), None)
    if node is None or len(node):
        return ""
    said = node.get("val", "")
    if node.tag == _A + "sysClr":
        said = _SYSTEM.get(said) or node.get("lastClr", "")
    return said.upper() if _HEX.match(said) else ""


_EMBEDDED = tuple(f"{W}embed{face}" for face in ("Regular", "Bold", "Italic", "BoldItalic"))


class Fonts:
    """Which fonts of a document show signs in the places of letters, and which it brings itself."""

    def __init__(self, theme: Any | None = None, table: Any | None = None) -> None:
        self._themed: dict[str, str] = {}
        """The theme's fonts, by the beginning of what texts call them and by the kind of signs."""
        self._others: dict[str, str] = {}
        """Fonts that Word shows by one with signs where a machine lacks them, in small letters."""
        self._brought: set[str] = set()
        """Fonts that the file brings, of which nobody knows what they show, in small letters."""
        self._scripted: dict[str, list[str]] = {"major": [], "minor": []}
        """The theme's fonts for scripts, of which one is taken where it has none for all of East Asia."""
        for size in ("major", "minor"):
            scheme = None if theme is None else theme.find(f"{_A}themeElements/{_A}fontScheme/{_A}{size}Font")
            for node in () if scheme is None else scheme:
                if node.tag == _A + "font":
                    self._scripted[size].append(node.get("typeface", ""))
                else:
                    self._themed[size + node.tag.rpartition("}")[2]] = node.get("typeface", "")
        listed = [] if table is None else table.findall(W + "font")
        for font in listed:
            if any(font.find(embedded) is not None for embedded in _EMBEDDED):
                self._brought.update(_names(font))
        self._brought.update(*(names for names in map(_names, listed) if not self._brought.isdisjoint(names)))
        for font in listed:
            for other in font.iterfind(W + "altName"):
                if signs := next(filter(has_signs, other.get(W + "val", "")[:_LONGEST].split(",")), ""):
                    self._others[font.get(W + "name", "").strip().lower()] = signs.strip()

    def of_letters(self, fonts: Any) -> str | None:
        """The font of letters, where it has signs in their places; Chinese characters have another."""
        return self._signs(fonts, (("ascii", "asciiTheme"), ("hAnsi", "hAnsiTheme")))

    def of_complex(self, fonts: Any) -> str | None:
        """The same of what is set as a complex script."""
        return self._signs(fonts, (("cs", "cstheme"),))

    def brings(self, place: str) -> Callable[[Any], str | None]:
        """What tells whether the file brings the font of one place, such as ascii; None where none is named."""
        themed = "cstheme" if place == "cs" else place + "Theme"

        def judge(fonts: Any) -> str | None:
            name = self._named(fonts, place, themed)
            if name is None:
                return None
            names = [name] if name else self._scripted.get(fonts.get(W + themed, "")[:5], [])
            return "yes" if any(one.strip().lower() in self._brought for one in names) else ""

        return judge

    def _signs(self, fonts: Any, places: tuple[tuple[str, str], ...]) -> str | None:
        named = [self._named(fonts, *place) for place in places]
        known = [name for name in named if name is not None]
        if not known:
            return None
        shown = (self._others.get(name.strip().lower(), name) for name in known)
        return next(filter(has_signs, shown), "")

    def _named(self, fonts: Any, plain: str, themed: str) -> str | None:
        """The font of one place: that of the theme goes before one that is named."""
        if name := fonts.get(W + themed):
            kind = "ea" if "EastAsia" in name else "cs" if "Bidi" in name else "latin"
            return self._themed.get(name[:5] + kind, "")
        found = fonts.get(W + plain)
        return None if found is None else str(found)


def _names(font: Any) -> set[str]:
    """What a font that a document lists is called, in small letters."""
    others = (other.get(W + "val", "")[:_LONGEST] for other in font.iterfind(W + "altName"))
    return {name.strip().lower() for name in (font.get(W + "name", ""), *",".join(others).split(","))} - {""}
