"""What a Word document's styles say of text that matters to its reader: whether it is shown, struck through, numbered.

Source: ECMA-376 part 1, section 17.7 (styles) and 17.7.3 (toggle properties).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TOGGLES = ("vanish", "strike", "dstrike")


def value(node: Any | None, name: str) -> str | None:
    """What a child says in its ``val``; None where there is no such child."""
    child = None if node is None else node.find(W + name)
    found = None if child is None else child.get(W + "val")
    return None if found is None else str(found)


def whole(text: str, otherwise: int) -> int:
    """A whole number that a file writes, within what any means."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def switch(properties: Any | None, name: str) -> bool | None:
    """Whether a property is switched on; None where nothing is said."""
    child = None if properties is None else properties.find(W + name)
    return None if child is None else child.get(W + "val", "1") not in ("0", "false", "off")


_LINE = 100
"""Styles that are based on each other."""


class Styles:
    """The styles by id."""

    def __init__(self, root: Any | None) -> None:
        self._nodes: dict[str, Any] = {}
        self._default = ""
        self._toggles: dict[tuple[str, ...], list[bool]] = {}
        self._shifts: dict[str, str] = {}
        self._known: dict[tuple[str, str], bool] = {}
        self._numbers: dict[str, tuple[str, int] | None] = {}
        self._defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._of_characters = ""
        for node in () if root is None else root.iterfind(W + "style"):
            name = node.get(W + "styleId", "")
            self._nodes[name] = node
            if node.get(W + "type") == "paragraph" and node.get(W + "default") in ("1", "true"):
                self._default = name
            elif node.get(W + "type") == "character" and node.get(W + "default") in ("1", "true"):
                self._of_characters = name

    def _is_on(self, style: str, name: str) -> bool:
        """Whether a style switches one of the toggles on."""
        key = (style, name)
        if key not in self._known:
            said = (switch(node.find(W + "rPr"), name) for node in self._line(style))
            self._known[key] = next((found for found in said if found is not None), False)
        return self._known[key]

    def toggles(self, styles: tuple[str, ...]) -> Sequence[bool]:
        """Whether each of the toggles is on in a run of some styles that says nothing of its own."""
        if styles not in self._toggles:
            self._toggles[styles] = [
                any(self._is_on(one, name) for one in styles) or self._is_on_anyway(name) for name in TOGGLES
            ]
        return self._toggles[styles]

    def shift(self, style: str) -> str:
        """Whether a style puts text above or below the line, in Word's own word."""
        if style not in self._shifts:
            said = (value(node.find(W + "rPr"), "vertAlign") for node in self._line(style))
            self._shifts[style] = next(filter(None, said), "")
        return self._shifts[style]

    def _is_on_anyway(self, name: str) -> bool:
        """Whether the toggle is on where neither a run nor a style says anything."""
        return self._is_on(self._of_characters, name) or bool(switch(self._defaults, name))

    def number(self, style: str) -> tuple[str, int] | None:
        """The list that a paragraph of this style stands in, and its level."""
        style = style or self._default
        if style not in self._numbers:
            self._numbers[style] = None
            for node in self._line(style):
                properties = node.find(W + "pPr")
                own = None if properties is None else properties.find(W + "numPr")
                if (number := value(own, "numId")) is not None:
                    self._numbers[style] = number, whole(value(own, "ilvl") or "", 0)
                    break
        return self._numbers[style]

    def paragraph(self, properties: Any | None) -> str:
        """The style of a paragraph, by its properties."""
        return value(properties, "pStyle") or self._default

    def _line(self, style: str) -> list[Any]:
        """A style and those it is based on."""
        found: list[Any] = []
        while (node := self._nodes.get(style)) is not None and node not in found and len(found) < _LINE:
            found.append(node)
            style = value(node, "basedOn") or ""
        return found
