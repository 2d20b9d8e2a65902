"""The styles of a Word document: which are based on each other, which stand for no style, and which number paragraphs.

Source: ECMA-376 part 1, section 17.7 (styles).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


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
    return None if child is None else is_on(child)


def is_on(node: Any) -> bool:
    """Whether a property that is there is switched on."""
    return node.get(W + "val", "1") not in ("0", "false", "off")


Said = dict[str, str]
"""What properties say of each matter that counts; where they say nothing of one, it is not there."""


class Styles:
    """The styles by id."""

    def __init__(self, root: Any | None) -> None:
        self._nodes: dict[str, Any] = {}
        self._usual: dict[str, str] = {}
        """The styles of what names none, by what they are for."""
        self._numbers: dict[str, Said] = {}
        self._defaults = None if root is None else root.find(W + "docDefaults")
        for node in () if root is None else root.iterfind(W + "style"):
            name = node.get(W + "styleId", "")
            self._nodes[name] = node
            if node.get(W + "default") in ("1", "true", "on"):
                self._usual[node.get(W + "type", "")] = name

    @property
    def of_characters(self) -> str:
        """The style of runs that name none."""
        return self._usual.get("character", "")

    def defaults(self, name: str) -> Any | None:
        """The properties, of runs or paragraphs, of what no style says anything of."""
        return None if self._defaults is None else self._defaults.find(f"{W}{name}Default/{W}{name}")

    def number(self, style: str) -> tuple[str, int] | None:
        """The list that a paragraph of this style stands in, and its level."""
        said = self.inherited(style or self._usual.get("paragraph", ""), self._numbers, _number)
        return (said["list"], whole(said["level"], 0)) if said else None

    def paragraph(self, properties: Any | None) -> str:
        """The style of a paragraph, by its properties."""
        return value(properties, "pStyle") or self._usual.get("paragraph", "")

    def table(self, properties: Any | None) -> str:
        """The style of a table, by its properties."""
        return value(properties, "tblStyle") or self._usual.get("table", "")

    def inherited(self, style: str, known: dict[str, Said], own: Callable[[Any], Said]) -> Said:
        """What a style says, and where it says nothing those that it is based on.

        Args:
            style: its id.
            known: what has been found of styles; what is found now is added, so that each is looked at once.
            own: tells what one style says itself.
        """
        line: dict[str, Any] = {}
        while style not in known and style not in line and (node := self._nodes.get(style)) is not None:
            line[style] = node
            style = value(node, "basedOn") or ""
        said = known.get(style, {})
        for name, node in reversed(line.items()):
            said = known[name] = {**said, **own(node)}
        return said


def _number(style: Any) -> Said:
    """The list that a style itself puts paragraphs in."""
    properties = style.find(W + "pPr")
    own = None if properties is None else properties.find(W + "numPr")
    number = value(own, "numId")
    return {} if number is None else {"list": number, "level": value(own, "ilvl") or ""}
