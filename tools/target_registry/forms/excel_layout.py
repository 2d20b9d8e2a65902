"""Where the form stands on its sheet, how formulas name that, and the foot of every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from target_registry.escape import page_foot
from target_registry.language import Speech

_FOOT = 255
"""Characters in the foot of a page, codes included."""


class Place(NamedTuple):
    """The rows of the form on its sheet; rows and columns count from 0.

    Attributes:
        sheet: its name.
        first: the first target's row.
        total: the row of the sum, right below the last target's.
        columns: each field's column, by key.
    """

    sheet: str
    first: int
    total: int
    columns: Mapping[str, int]

    @property
    def heading(self) -> int:
        """The row of the headings, right above the first target's."""
        return self.first - 1

    def column(self, key: str) -> str:
        """A column as formulas of other sheets name it.

        It has its heading and the row of the sum as well, so that rows inserted there count.
        """
        at = self.columns[key]
        return f"{self._named()}!{xl_range_abs(self.heading, at, self.total, at)}"

    def below(self, key: str) -> str:
        """The cell of a column in the row of the sum, as formulas of other sheets name it."""
        cell = xl_rowcol_to_cell(self.total, self.columns[key], row_abs=True, col_abs=True)
        return f"{self._named()}!{cell}"

    def _named(self) -> str:
        return quoted(self.sheet, "'")

    def sentence(self) -> str:
        """The cell with what there is to say about the sum, beside it."""
        cell = xl_rowcol_to_cell(self.total, self.columns["weight"] + 1, row_abs=True, col_abs=True)
        return f"{self._named()}!{cell}"


class Total(NamedTuple):
    """What the row below the weights says.

    Attributes:
        points: the sum of the weights that are numbers.
        good: the sentence where it is as declared; empty where nothing is declared.
        sentence: the one that holds.
        formula: what gives it again after every change.
    """

    points: Decimal
    good: str
    sentence: str
    formula: str


def quoted(text: str, mark: str = '"') -> str:
    """A text, or a sheet's name, of ours within a formula."""
    return mark + text.replace(mark, 2 * mark) + mark


def gapped(sentence: str, *values: str) -> str:
    """A sentence of ours with gaps, each a NUL, that parts of a formula fill."""
    first, *others = (quoted(part) for part in sentence.split("\0"))
    return "&".join((first, *(part for pair in zip(values, others, strict=True) for part in pair)))


def set_page(sheet: Worksheet, standing: Sequence[str], speech: Speech) -> None:
    """A4 across, as wide as the page, and at its foot which state of the plan this is."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    pages = speech("page {page} of {pages}").replace("{page}", "&P").replace("{pages}", "&N")
    # A blank after the size: a text may begin with a digit.
    font = '&"宋体,Regular"&9 '
    before, behind = f"&L{font}", f"&R{font}{pages}"
    sheet.set_footer("", {"margin": 0.35})
    # Not by set_footer, which takes an ampersand of a text and a G behind it for the place of a picture.
    room = _FOOT - len(before) - len(behind)
    sheet.footer = before + page_foot("\u3000".join(standing), room) + behind
