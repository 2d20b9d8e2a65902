"""The conditional formats of a sheet that change what is seen of a cell: where they stand, and which are the export's own.

What a condition comes to can't be told without calculating it, but for those of errors and of zeros; so a cell that
one of the others could change is taken for changed. Whether a colour hides a text depends on the cell, which the reader knows. The export's own conditions (:mod:`target_registry.forms.excel_writer`) hide a key work where
the row above has the same, and are known by their formulas.
Source: ECMA-376 part 1, section 18.3.1.18 (conditionalFormatting); [MS-XLSX], section 2.4 (those of extensions).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from target_registry import limits
from target_registry.forms.archive import damaged
from target_registry.forms.excel_colours import blends, named
from target_registry.forms.excel_looks import Change, Difference, Effect, Looks, denies
from target_registry.forms.excel_paths import Path
from target_registry.forms.excel_places import Sides, letters, sides
from target_registry.patterns import lazy

_BLOCK = ["worksheet", "conditionalFormatting"]
_EXTENDED = ["worksheet", "extLst", "ext", "", ""]
"""Where a block of conditions stands in an extension; its ranges are the text of an element at its end."""
_STOPS = 3
"""Colours of one scale, as Excel limits them."""
_RANGES = lazy(r"\s*\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?(?:\s|\Z)")
_CELL = r"(?:\$?([A-Z]{1,3})(\d{1,7})|#REF!)"
_GOES_ON = rf'OR\(AND\({_CELL}="",{_CELL}<>""\),AND\({_CELL}<>"",EXACT\({_CELL},{_CELL}\)\)\)'
_REPEATS = lazy(rf"AND\({_GOES_ON},(?:NOT\({_GOES_ON}\)|{_GOES_ON})\)\Z", re.ASCII)
"""The export's condition of a row that says the same as the one above, and of whether that below does."""
_OF_ROW = lazy(r"INDEX\(\$([A-Z]{1,3})(?:\$1)?:\$\1(?:\$1048576)?,MAX\(ROW\(\)\)([+-]\d{1,3})?\)", re.ASCII)
"""A cell of a column by the row that a condition is asked of; earlier exports named the cell itself."""


_OF_ERRORS = lazy(r"IS(?:ERROR|ERR|NA)\(([A-Z]{1,3}[1-9]\d{0,6})\)\Z", re.ASCII)
"""A condition of cells that show an error, of which the reader says so itself."""


class _Rule(NamedTuple):
    """A condition: what it does, its formula, its type, and by what it compares."""

    change: Change
    formula: str
    kind: str = ""
    operator: str = ""

    @property
    def effect(self) -> Effect:
        """What it does to every cell, whatever that looks like."""
        return self.change.effect

    @property
    def is_of_zeros(self) -> bool:
        """Whether it holds of cells alone that are 0."""
        return self.kind == "cellIs" and self.operator == "equal" and self.formula.strip() == "0"

    def is_of_errors(self, reference: str, part: str) -> bool:
        """Whether it holds of cells alone that show an error.

        Args:
            reference: the range that it stands in; the formula is that of its first cell.
            part: the sheet's.
        """
        found = _OF_ERRORS.match(self.formula.strip()) if self.kind in ("containsErrors", "expression") else None
        if found is None or len(reference.split()) != 1:
            return False
        top, left, *_ = sides(reference.strip(), part)
        return found[1] == f"{letters(left)}{top}"


class Conditions:
    """Collects the ranges of a sheet in which a condition may change what is seen.

    Attributes:
        ranges: those.
        repeated: those in which it hides no more than what stands in the cell above as well, or so many rows above.
        zeros: those in which it may change cells that are 0.
        recoloured: those in which it gives the text, or what is behind it, a colour, with that, and whether only
            cells have it that are 0.
    """

    def __init__(self, part: str, looks: Looks) -> None:
        self.ranges: list[Sides] = []
        self.repeated: list[tuple[Sides, int]] = []
        self.zeros: list[Sides] = []
        self.recoloured: list[tuple[Sides, Change, bool]] = []
        self._left = limits.FORM_MERGES
        self._part = part
        self._looks = looks
        self._reference = ""
        self._rules: list[_Rule] = []
        self._formula: list[str] | None = None
        self._extended_text: list[str] | None = None
        self._scale: list[bytes] = []
        self._difference: Difference | None = None
        self._changes = False
        self._extended: list[Change] = []
        self._is_scale = False
        self._is_idle = True
        """Whether no block of conditions is open, as in most of a sheet."""

    def start(self, path: Path, name: str, attributes: Mapping[str, str]) -> None:
        """Take one more element, the last of a path."""
        if path == _BLOCK:
            self._reference, self._rules = attributes.get("sqref", ""), []
            self._is_idle = False
        elif path[1] == _BLOCK[1]:
            self._rule(path, name, attributes)
        elif path[: len(_EXTENDED)] == _EXTENDED:
            self._extension(path, name, attributes)

    def data(self, text: str) -> None:
        """Take text of the element that was started last."""
        if self._formula is not None:
            self._formula.append(text)
        elif self._extended_text is not None:
            self._extended_text.append(text)

    def end(self, path: Path) -> None:
        """Take the end of the last element of a path."""
        if self._is_idle:
            return
        if path == _BLOCK:
            self._is_idle = True
            self._end_block([rule for rule in self._rules if not rule.is_of_errors(self._reference, self._part)])
        elif path[:2] == _BLOCK and path[-1] in ("colorScale", "dataBar"):
            if self._scale and self._rules:
                change = self._rules[-1].change._replace(grounds=blends(self._scale))
                self._rules[-1] = self._rules[-1]._replace(change=change)
            self._scale = []
        elif path[:2] == _BLOCK and self._formula is not None:
            self._rules[-1] = self._rules[-1]._replace(formula=self._rules[-1].formula + "".join(self._formula))
            self._formula = None
        elif path[: len(_EXTENDED)] == _EXTENDED:
            text = "".join(self._extended_text or ())
            if len(path) == len(_EXTENDED) + 1 and _RANGES.match(text):
                if self._changes:
                    self.ranges += self._parsed(text)
                self._recolour(text, self._extended)
            elif len(path) == len(_EXTENDED) + 1:
                self._end_rule()
            self._extended_text = None
            self._is_idle = len(path) == len(_EXTENDED)

    def _end_block(self, rules: Sequence[_Rule]) -> None:
        """Take those rules of a block that may hold of a cell."""
        of_zeros = [rule for rule in rules if rule.is_of_zeros]
        others = [rule for rule in rules if not rule.is_of_zeros]
        if any(rule.effect is not Effect.NONE for rule in of_zeros):
            self.zeros += self._parsed(self._reference)
        if any(rule.effect is not Effect.NONE for rule in others):
            ranges = self._parsed(self._reference)
            steps = _steps(others, ranges)
            if steps is None:
                self.ranges += ranges
            else:
                self.repeated += [(range_, step) for step in sorted(steps) for range_ in ranges]
        self._recolour(self._reference, [rule.change for rule in of_zeros], zeros=True)
        self._recolour(self._reference, [rule.change for rule in others])

    def _rule(self, path: list[str], name: str, attributes: Mapping[str, str]) -> None:
        if name == "cfRule":
            if len(self._rules) > limits.FORM_ENTRIES:
                raise damaged(self._part)
            kind, operator = (attributes.get(each, "").strip() for each in ("type", "operator"))
            self._rules.append(_Rule(self._change(attributes.get("dxfId", "").strip()), "", kind, operator))
        elif name == "formula" and self._rules:
            self._formula = []
        elif name in ("dataBar", "iconSet") and self._rules and denies(attributes, "showValue"):
            self._rules[-1] = self._rules[-1]._replace(change=Change(Effect.CHANGES))
        elif name == "color" and path[-2] in ("colorScale", "dataBar"):
            self._take_stop(attributes)

    def _change(self, number: str) -> Change:
        is_number = number.isascii() and number.isdigit() and len(number) < 10
        return self._looks.change(int(number)) if is_number else Change()

    def _take_stop(self, attributes: Mapping[str, str]) -> None:
        """Take a colour of a scale, or of a bar, that is behind the cell's text."""
        if len(self._scale) >= _STOPS:
            raise damaged(self._part)
        self._scale.append(self._looks.theme.rgb(named(attributes)))

    def _recolour(self, references: str, changes: Sequence[Change], *, zeros: bool = False) -> None:
        """Note where some changes give a colour, and whether they do so to cells alone that are 0."""
        for change in dict.fromkeys(changes):
            if change.recolours:
                self.recoloured += [(range_, change, zeros) for range_ in self._parsed(references)]

    def _extension(self, path: list[str], name: str, attributes: Mapping[str, str]) -> None:
        self._extended_text = []
        depth = len(path) - len(_EXTENDED)
        if not depth:
            self._changes, self._extended, self._is_idle = False, [], False  # another block begins
        elif depth == 1:
            self._difference, self._scale = None, []
            self._is_scale = attributes.get("type", "").strip() == "colorScale"
        elif depth == 2:
            self._changes |= denies(attributes, "showValue")
        elif self._is_scale and not name and not attributes.keys().isdisjoint(("theme", "rgb", "indexed")):
            self._take_stop(attributes)
        else:
            self._difference = self._difference or Difference(self._part)
            self._difference.start(name, attributes, path[-2])

    def _end_rule(self) -> None:
        """Take the end of one of an extension's rules."""
        change = self._difference.change(self._looks.theme) if self._difference else Change()
        self._changes |= change.effect is not Effect.NONE
        if self._scale:
            change = change._replace(grounds=blends(self._scale))
        self._extended.append(change)

    def _parsed(self, references: str) -> list[Sides]:
        found = references.split()
        self._left -= len(found)
        if self._left < 0:
            raise damaged(self._part)
        return [sides(reference, self._part) for reference in found]


def _steps(rules: Sequence[_Rule], ranges: Sequence[Sides]) -> set[int] | None:
    """How many rows above the same stands, of whatever the conditions of a block hide; None where that isn't known."""
    if not ranges or any(left != right or left != ranges[0][1] for _, left, _, right in ranges):
        return None
    row, column = min(top for top, *_ in ranges), letters(ranges[0][1])
    steps = set()
    for rule in rules:
        if rule.effect is Effect.NONE:
            continue
        step = _step(rule.formula, column, row) if rule.effect is Effect.HIDES else None
        if step is None:
            return None
        steps.add(step)
    return steps - {0}


def _step(formula: str, column: str, row: int) -> int | None:
    """How many rows above the cell stands that a formula of the export compares one with.

    Programs change the formulas where rows are inserted or deleted.

    Args:
        formula: the condition's.
        column: the letters of the column that it stands in.
        row: the row that its cells are named for.

    Returns:
        None for another formula, and 0 for one that never holds, since a cell that it names is gone.
    """
    named = _OF_ROW.sub(lambda cell: f"${cell[1]}{row + int(cell[2] or 0)}", "".join(formula.split()))
    found = _REPEATS.match(named)
    if found is None:
        return None
    if "#REF!" in named:
        return 0
    first, top, _, beside, second, here, third, same, fourth, above = found.groups()[:10]
    rows = [int(each) for each in (top, beside, here, same)]
    if {first, second, third, fourth} != {column} or set(rows) != {row} or int(above) >= row:
        return None
    return row - int(above)
