"""The conditional formats of a sheet that change what is seen of a cell: where they stand, and which are the export's own.

What a condition comes to can't be told without calculating it; so a cell that one of these could change
is taken for changed. The export's own conditions (:mod:`target_registry.forms.excel_writer`) hide a key work where
the row above has the same, and are known by their formulas.
Source: ECMA-376 part 1, section 18.3.1.18 (conditionalFormatting); [MS-XLSX], section 2.4 (those of extensions).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from target_registry import limits
from target_registry.forms import number_formats
from target_registry.forms.archive import damaged
from target_registry.forms.excel_looks import Difference, Effect, says
from target_registry.forms.excel_places import Sides, sides
from target_registry.patterns import lazy

_BLOCK = ["worksheet", "conditionalFormatting"]
_EXTENDED = ["worksheet", "extLst", "ext", "", ""]
"""Where a block of conditions stands in an extension; its ranges are the text of an element at its end."""
_RANGES = lazy(r"\s*\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?(?:\s|\Z)")
_LAST = Decimal(2**31)


class _Rule(NamedTuple):
    """A condition: its place in their order, what it does, whether those behind it end there, and its formula."""

    priority: Decimal
    effect: Effect
    stops: bool
    formula: str


class Conditions:
    """Collects the ranges of a sheet in which a condition may change what is seen."""

    def __init__(self, part: str, effects: Sequence[Effect]) -> None:
        self.ranges: list[Sides] = []
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
            if _changes(self._rules, self._reference, self._part):
                self._add(self._reference)
        elif path[:2] == _BLOCK and self._formula is not None:
            self._rules[-1] = self._rules[-1]._replace(formula=self._rules[-1].formula + "".join(self._formula))
            self._formula = None
        elif path[: len(_EXTENDED)] == _EXTENDED:
            text = "".join(self._extended_text or ())
            if len(path) == len(_EXTENDED) + 1 and _RANGES.match(text) and self._changes:
                self._add(text)
            elif len(path) == len(_EXTENDED) + 2:
                self._changes |= self._difference.effect() is not Effect.NONE
            self._extended_text = None

    def _rule(self, path: list[str], name: str, attributes: Mapping[str, str]) -> None:
        if name == "cfRule":
            if len(self._rules) > limits.FORM_ENTRIES:
                raise damaged(self._part)
            at = number_formats.number(attributes.get("priority", "").strip())
            effect = self._effect(attributes.get("dxfId", "").strip())
            self._rules.append(_Rule(_LAST if at is None else at, effect, says(attributes, "stopIfTrue"), ""))
        elif name == "formula" and self._rules:
            self._formula = []
        elif (
            name in ("dataBar", "iconSet")
            and self._rules
            and attributes.get("showValue", "1").strip() in ("0", "false")
        ):
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
            if attributes.get("showValue", "1").strip() in ("0", "false"):
                self._changes = True
        elif len(path) > len(_EXTENDED) + 2:
            self._difference.start(name, attributes, path[-2])

    def _add(self, references: str) -> None:
        for reference in references.split():
            if len(self.ranges) > limits.FORM_MERGES:
                raise damaged(self._part)
            self.ranges.append(sides(reference, self._part))


def _changes(rules: Sequence[_Rule], references: str, part: str) -> bool:
    """Whether one of the conditions of a block may change what is seen; the export's own don't."""
    if all(rule.effect is Effect.NONE for rule in rules):
        return False
    known = [sides(reference, part) for reference in references.split()]
    if not known or any((left, right) != (1, 1) for _, left, _, right in known):
        return True  # the export's stand on the first column
    row = min(top for top, *_ in known)
    goes_on, ends = _goes_on(row), _goes_on(row + 1)
    passed = False
    for rule in sorted(rules, key=lambda rule: rule.priority):
        formula = "".join(rule.formula.split())
        passed |= rule.stops and _is_not(goes_on, formula)
        hidden_before = goes_on.fullmatch(formula) is not None or (passed and _is_not(ends, formula))
        if rule.effect is Effect.CHANGES or (rule.effect is Effect.HIDES and not hidden_before):
            return True
    return False


def _goes_on(row: int) -> re.Pattern[str]:
    """The export's formula that a row is of the key work above it."""
    here, above = rf"\$?A{row}", rf"\$?A{row - 1}"
    return re.compile(rf'OR\(AND\({here}="",\$?[A-Z]{{1,3}}{row}<>""\),AND\({here}<>"",EXACT\({here},{above}\)\)\)')


def _is_not(pattern: re.Pattern[str], formula: str) -> bool:
    return formula.startswith("NOT(") and formula.endswith(")") and pattern.fullmatch(formula[4:-1]) is not None
