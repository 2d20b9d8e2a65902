"""The tables of a sheet, whose styles may give a text the colour of what is behind it.

A style colours what a cell leaves open: text in the workbook's usual colour, and cells that aren't filled. Those of
Excel's own that write in white do so on dark grounds, which only a cell's own ground takes away.
Source: ECMA-376 part 1, sections 18.5.1.2 (table), 18.8.40 (tableStyle), 18.18.76 (the parts of a table).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from target_registry.forms import PALE, STRUCK, Flaw
from target_registry.forms.archive import damaged
from target_registry.forms.excel_colours import Colour
from target_registry.forms.excel_looks import MAIN, Change, Effect, Looks
from target_registry.forms.excel_paths import Path
from target_registry.forms.excel_places import Sides, sides, whole
from target_registry.forms.excel_worn import Worn
from target_registry.forms.markup import walk
from target_registry.forms.package import Package
from target_registry.patterns import lazy

_DARK = lazy(r"TableStyleDark([1-7])\Z")
"""Excel's own that write in white in all rows."""
_TABLES = 1_000
"""Tables of a file: each sheet has some few."""
_SHARED = frozenset(("wholeTable", "headerRow"))
_NOTHING = Change()


class Part(NamedTuple):
    """A range of a table in which a style may look in some ways.

    Attributes:
        range: where it is.
        changes: what the style does there: which of them, is not looked into.
    """

    range: Sides
    changes: Sequence[Change]


class Tables:
    """The tables of a package."""

    def __init__(self, package: Package, looks: Looks) -> None:
        self._package = package
        self._looks = looks
        self._read: set[str] = set()

    def of(self, sheet: str) -> list[Part]:
        """What a sheet's tables change of its cells' looks.

        Raises:
            Unfit: a table is damaged, or is that of another sheet too.
        """
        found: list[Part] = []
        for target in self._package.own(sheet, "table", self._read, _TABLES):
            found += self._parts(target)
        return found

    def fault(self, worn: Worn, changes: Sequence[Change]) -> Flaw | None:
        """What keeps people from reading a cell of which a style may change the look in some ways."""
        if any(change.effect is Effect.CHANGES for change in changes):
            return STRUCK
        theme, usual = self._looks.theme, self._looks.normal.colour(self._looks.theme)
        for change in changes:
            own = change._replace(grounds=worn.style.grounds or change.grounds)
            inks = {change.ink if ink == usual and change.ink is not None else ink for ink in worn.inks(theme)}
            if any(own._replace(ink=ink).loses(()) for ink in inks):
                return PALE
        return None

    def _parts(self, target: str) -> Iterator[Part]:
        range_, headings, name = _table(target, self._package.part(target))
        known = self._looks.of_table(name)
        if known is None:
            dark = _DARK.match(name)
            if dark:
                yield Part(range_, [self._white_on(int(dark[1]))])
            return
        whole_table = known.get("wholeTable", _NOTHING)
        top, left, bottom, right = range_
        rows = [_over(change, whole_table) for of, change in known.items() if of not in _SHARED]
        yield Part((top + headings, left, bottom, right), [whole_table, *rows])
        if headings:
            head = _over(known.get("headerRow", _NOTHING), whole_table)
            yield Part((top, left, top + headings - 1, right), [head])

    def _white_on(self, number: int) -> Change:
        """What the style of that number does to a table: white on black, or on one of the theme's own colours."""
        ground = self._looks.theme.rgb(Colour("theme", "1" if number == 1 else str(number + 2)))
        return Change(ink=self._looks.theme.rgb(Colour("theme", "0")), grounds=(ground,))


def _over(change: Change, below: Change) -> Change:
    """What two changes do together, of which the first goes before."""
    effect = below.effect if change.effect is Effect.NONE else change.effect
    return Change(effect, below.ink if change.ink is None else change.ink, change.grounds or below.grounds)


def _table(part: str, data: bytes) -> tuple[Sides, int, str]:
    """Where a table stands, how many rows of headings it has, and its style's name."""
    range_: list[Sides] = []
    headings, name = 1, ""
    path = Path()

    def start(element: str, attributes: Mapping[str, str]) -> None:
        nonlocal headings, name
        path.opens(element)
        if path == ["table"]:
            range_.append(sides(attributes.get("ref", ""), part))
            headings = whole(attributes.get("headerRowCount", "1").strip(), part)
        elif element == "tableStyleInfo" and path.is_foreign:
            raise damaged(part)  # other programs may see another style
        elif path == ["table", "tableStyleInfo"]:
            name = attributes.get("name", "")

    walk(part, data, MAIN, start, lambda _: path.closes())
    if not range_:
        raise damaged(part)
    return range_[0], headings, name
