"""How cells of a workbook look, and how a text is put into one so that it is only ever text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from target_registry.escape import needs_quote, workbook
from target_registry.forms.number_formats import GENERAL_WIDTH
from target_registry.patterns import lazy

SIZE = 9
"""Points of a cell's type: 小五, as on the filed form."""
CHARACTER = SIZE * 96 / 72
"""Pixels that a Chinese character takes."""
PADDING = 7
"""Pixels that a cell needs beside its text."""
LINE = 13
"""Points from one line to the next, for the widest-leaded of the fonts that may stand in for 宋体."""
_TALLEST = 409
"""Points of the tallest row that Excel knows."""
FONTS = {"zh": "宋体", "en": "Times New Roman"}
TITLE_FONTS = {"zh": "方正小标宋简体", "en": "Times New Roman"}

TEXT = 49
"""Excel's own number format of text, @: what is typed stays as it is typed, 8.5% no 0.085, and 1-2 no date."""
RED = "#C00000"
GREY = "#7F7F7F"
SHADE = "#F2F2F2"

# A figure as it is typed: whatever else a form has as filed, such as 4分 or 04, stays a text.
_FIGURE = lazy(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,14})?\Z")
_DIGITS = 15

_OVERLAPPING = lazy(r"(?<=_x[0-9A-Fa-f]{4})(?=_x[0-9A-Fa-f]{4}_)")
_CODE = lazy(r"(?<=_)(?=x[0-9A-Fa-f]{4}_)")

Look = dict[str, Any]
"""Properties of a format, as XlsxWriter names them."""


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, language: str) -> None:
        self._book = book
        self._base: Look = {
            "font_name": FONTS[language],
            "font_size": SIZE,
            "valign": "vcenter",
            "text_wrap": True,
        }
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, look: Look) -> Format:
        """The format that looks like this."""
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**self._base, **look})
        return self._made[key]

    def conditional(self, look: Look) -> Format:
        """What a condition changes of a cell's look, and nothing else."""
        return self._book.add_format(look)

    def put(self, sheet: Worksheet, row: int, column: int, text: str, look: Look) -> None:
        """Write a stranger's text, or ours, as a string cell; a blank one where there is none."""
        shown = workbook(text)
        look = {"num_format": TEXT, **look}
        if needs_quote(shown):
            look = {**look, "quote_prefix": True}
        form = self(look)
        if not shown:
            sheet.write_blank(row, column, None, form)
            return
        first, *others = _pieces(shown)
        if others:
            runs = [part for piece in others for part in (form, piece)]
            sheet.write_rich_string(row, column, first, *runs, form)
        else:
            sheet.write_string(row, column, shown, form)

    def put_figure(self, sheet: Worksheet, row: int, column: int, text: str, look: Look) -> bool:
        """Write a cell of figures: a number with the digits that it is filed with, else a text.

        Returns:
            Whether it became a number.
        """
        if not is_figure(text):
            self.put(sheet, row, column, text, look)
            return False
        decimals = len(text.partition(".")[2])
        number = "General"
        if len(text) > GENERAL_WIDTH or (decimals and text.endswith("0")):
            number = "0." + "0" * decimals if decimals else "0"
        # Not as a float: fifteen digits, written as they are.
        sheet.write_number(row, column, Decimal(text), self({**look, "num_format": number}))
        return True


def _pieces(text: str) -> list[str]:
    """A text in the runs in which the library writes it as it is; nearly always one.

    A text between <r> and </r> it takes for markup of its own. Of codes such as _x0041_ it writes a sign before
    each, so that it is none, but passes over one that begins with the last sign of another, and writes two in
    a text of several runs. A code that stands in two runs is none, and is left alone.
    """
    marked = text.startswith("<r>") and text.endswith("</r>")
    if not marked and not ("_x" in text and _OVERLAPPING.search(text)):
        return [text]
    pieces = _CODE.split(text)
    return ["<", pieces[0][1:], *pieces[1:]] if marked else pieces


def is_figure(text: str) -> bool:
    """Whether a cell's text is a number as spreadsheets keep it, to the digit."""
    return _FIGURE.match(text) is not None and len(text.replace(".", "")) <= _DIGITS


def height(lines: int) -> int:
    """Points of a row of that many lines."""
    return min(lines * LINE + 5, _TALLEST)
