"""The conditional formats of a sheet that change what is seen of a cell: where they stand, and which are the export's own.

What a condition comes to can't be told without calculating it; so a cell that one of these could change
is taken for changed. The export's own conditions (:mod:`target_registry.forms.excel_writer`) hide a key work where
the row above has the same, and are known by their formulas.
Source: ECMA-376 part 1, section 18.3.1.18 (conditionalFormatting); [MS-XLSX], section 2.4 (those of extensions).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from target_registry import limits
from target_registry.forms.archive import damaged
from target_registry.forms.excel_looks import Difference, Effect, denies
from target_registry.forms.excel_places import Sides, letters, sides
from target_registry.patterns import lazy

_BLOCK = ["worksheet", "conditionalFormatting"]
_EXTENDED = ["worksheet", "extLst", "ext", "", ""]
"""Where a block of conditions stands in an extension; its ranges are the text of an element at its end."""
_RANGES = lazy(r"\s*\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?(?:\s|\Z)")
_CELL = r"\$?([A-Z]{1,3})(\d{1,7})"
_GOES_ON = rf'OR\(AND\({_CELL}="",\$?[A-Z]{{1,3}}(\d{{1,7}})<>""\),AND\({_CELL}<>"",EXACT\({_CELL},{_CELL}\)\)\)'
_REPEATS = lazy(rf"AND\({_GOES_ON},(?:NOT\({_GOES_ON}\)|{_GOES_ON})\)\Z", re.ASCII)
"""The export's condition of a row that says the same as the one above, and of whether that below does."""


class _Rule(NamedTuple):
    """A condition: what it does, and its formula."""

    effect: Effect
    formula: str


class Conditions:
    """Collects the ranges of a sheet in which a condition may change what is seen.

    Attributes:
        ranges: those.
        repeated: those in which it hides no more than what stands in the cell above as well.
    """

    def __init__(self, part: str, effects: Sequence[Effect]) -> None:
        self.ranges: list[Sides] = []
        self.repeated: list[Sides] = []
        self._left = limits.FORM_MERGES
        self._part = part
        self._effects = effects
        self._reference = ""
        self._rules: list[_Rule] = []
        self._formula: list[str] | None = None
        self._extended_text: list[str] | None = None
        self._difference = Difference()
        self._changes = False

    def start(self, path: list[str], name: str, attributes: Mapping[str, str]) -> None:
        """Take one more element, the last of a path."""
        if path == _BLOCK:
            self._reference, self._rules = attributes.get("sqref", ""), []
        elif path[:2] == _BLOCK:
            self._rule(path, name, attributes)
        elif path[: len(_EXTENDED)] == _EXTENDED:
            self._extension(path, name, attributes)

    def data(self, text: str) -> None:
        """Take text of the element that was started last."""
        if self._formula is not None:
            self._formula.append(text)
        elif self._extended_text is not None:
            self._extended_text.append(text)

    def end(self, path: list[str]) -> None:
        """Take the end of the last element of a path."""
        if path == _BLOCK:
            if any(rule.effect is not Effect.NONE for rule in self._rules):
                ranges = self._parsed(self._reference)
                (self.repeated if _repeat(self._rules, ranges) else self.ranges).extend(ranges)
        elif path[:2] == _BLOCK and self._formula is not None:
            self._rules[-1] = self._rules[-1]._replace(formula=self._rules[-1].formula + "".join(self._formula))
            self._formula = None
        elif path[: len(_EXTENDED)] == _EXTENDED:
            text = "".join(self._extended_text or ())
            if len(path) == len(_EXTENDED) + 1 and _RANGES.match(text) and self._changes:
                self.ranges += self._parsed(text)
            elif len(path) == len(_EXTENDED) + 2:
                self._changes |= self._difference.effect() is not Effect.NONE
            self._extended_text = None

    def _rule(self, path: list[str], name: str, attributes: Mapping[str, str]) -> None:
        if name == "cfRule":
            if len(self._rules) > limits.FORM_ENTRIES:
                raise damaged(self._part)
            self._rules.append(_Rule(self._effect(attributes.get("dxfId", "").strip()), ""))
        elif name == "formula" and self._rules:
            self._formula = []
        elif name in ("dataBar", "iconSet") and self._rules and denies(attributes, "showValue"):
            self._rules[-1] = self._rules[-1]._replace(effect=Effect.CHANGES)

    def _effect(self, number: str) -> Effect:
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return Effect.NONE
        return self._effects[int(number)] if int(number) < len(self._effects) else Effect.NONE

    def _extension(self, path: list[str], name: str, attributes: Mapping[str, str]) -> None:
        self._extended_text = []
        if len(path) == len(_EXTENDED):
            self._changes = False  # another block begins
        elif len(path) == len(_EXTENDED) + 2:
            self._difference = Difference()
            if denies(attributes, "showValue"):
                self._changes = True
        elif len(path) > len(_EXTENDED) + 2:
            self._difference.start(name, attributes, path[-2])

    def _parsed(self, references: str) -> list[Sides]:
        found = references.split()
        self._left -= len(found)
        if self._left < 0:
            raise damaged(self._part)
        return [sides(reference, self._part) for reference in found]


def _repeat(rules: Sequence[_Rule], ranges: Sequence[Sides]) -> bool:
    """Whether the conditions of a block hide no more of a column than what stands in the cell above as well."""
    if not ranges or any(left != right or left != ranges[0][1] for _, left, _, right in ranges):
        return False
    row, column = min(top for top, *_ in ranges), letters(ranges[0][1])
    return all(
        rule.effect is Effect.NONE or (rule.effect is Effect.HIDES and _goes_on(rule.formula, column, row))
        for rule in rules
    )


def _goes_on(formula: str, column: str, row: int) -> bool:
    """Whether a formula is the export's that a row is of the key work above it."""
    found = _REPEATS.match("".join(formula.split()))
    if found is None:
        return False
    first, top, beside, second, here, third, same, fourth, above = found.groups()[:9]
    rows = [int(each) for each in (top, beside, here, same, above)]
    return {first, second, third, fourth} == {column} and rows == [row, row, row, row, row - 1]
