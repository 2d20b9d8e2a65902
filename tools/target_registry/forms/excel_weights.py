"""The workbook's second sheet: points by key work and by category, live where that can be, and charts of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from target_registry import fields
from target_registry.escape import workbook
from target_registry.forms import paper
from target_registry.forms.excel_layout import Place, Total, gapped, quoted, set_page
from target_registry.forms.excel_styles import (
    CHARACTER,
    FONTS,
    GREY,
    PADDING,
    RED,
    SIZE,
    TEXT,
    TITLE_FONTS,
    Look,
    Styles,
    height,
    is_figure,
)
from target_registry.language import Speech, figure
from target_registry.model import Message
from target_registry.tables import Form, Table

_WIDTHS = (330, 56, 56, 64)
"""Pixels of the columns: what is counted, targets, points, share."""
_FIRST = 3
"""The first key work's row, counted from 0; before it the title, the sum, and the headings."""
_CHART = 5
"""The column beside which charts stand."""
_BOX: Look = {"border": 1}
_MIDDLE: Look = {**_BOX, "align": "center"}
_BAR = "#4472C4"
_CHART_WIDTH = 620
_TALLEST_CHART = 6000
_SHARE: Look = {**_MIDDLE, "num_format": "0.0%"}


class _Groups(NamedTuple):
    """The rows of a table: label, targets, points; and whether formulas that count the form's cells give the same.

    They don't where a cell says its value in other words, as it was filed, or where a weight is no number.
    """

    rows: tuple[tuple[str, int, Decimal], ...]
    live: bool


def key_work_list(form: Form, speech: Speech) -> str | None:
    """The range that lists the headings of all key works, as drop-downs name it; None where there are none."""
    if not form.key_works:
        return None
    sheet = quoted(speech("Weights"), "'")
    return f"={sheet}!{xl_range_abs(_FIRST, 0, _FIRST + len(form.key_works) - 1, 0)}"


def write(
    sheet: Worksheet, styles: Styles, form: Form, place: Place, speech: Speech, book: Workbook, total: Total
) -> None:
    """Fill the sheet.

    Args:
        sheet: an empty sheet.
        styles: the workbook's formats.
        form: what to count.
        place: where the form stands on the first sheet.
        speech: the form's language.
        book: the workbook, for its charts.
        total: what the first sheet says of the sum.
    """
    for at, width in enumerate(_WIDTHS):
        sheet.set_column_pixels(at, at, width)
    title: Look = {"font_name": TITLE_FONTS[form.language], "font_size": 16, "align": "center"}
    last = len(_WIDTHS) - 1
    sheet.merge_range(0, 0, 0, last, "", styles({**title, "num_format": TEXT}))
    styles.put(sheet, 0, 0, speech("Weights"), title)
    sheet.set_row(0, 32)
    middle: Look = {"align": "center"}
    sheet.merge_range(1, 0, 1, last, "", styles(middle))
    says = speech.tell(Message("sum {points}, {sentence}", points="\0", sentence="\0"))
    live = gapped(says, place.below("weight"), place.sentence())
    said = says.replace("\0", figure(total.points), 1).replace("\0", total.sentence)
    sheet.write_formula(1, 0, f"={live}", styles(middle), said)
    sheet.set_row(1, height(2))

    category = fields.of_target()["category"]
    labels = [category.label(value, form.language) for value, _ in category.choices]
    row, pixels = _FIRST - 1, 0
    for table, key, known in zip(form.weights, ("key_work", "category"), (form.key_works, labels), strict=True):
        groups = _groups(form, table, key, known, speech)
        _table(sheet, styles, row, table, groups, place, key, speech)
        if groups.rows:
            pixels += _chart(sheet, book, form, row + 1, len(groups.rows), pixels, table, speech)
        row += len(groups.rows) + 4
    set_page(sheet, form.standing, speech)
    sheet.freeze_panes(_FIRST, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})


def _groups(form: Form, table: Table, key: str, known: Sequence[str], speech: Speech) -> _Groups:
    """The rows of a table: what the form offers first, then whatever else its targets have."""
    viewed: dict[str, tuple[int, Decimal]] = {workbook(label): (0, Decimal(0)) for label in known}
    for row in table.rows:
        if not row.total:
            label, targets, points = workbook(row.cells[0]), int(row.cells[1]), Decimal(row.cells[2])
            before = viewed.get(label, (0, Decimal(0)))
            viewed[label] = (before[0] + targets, before[1] + points)
    at = {column.key: position for position, column in enumerate(form.table.columns)}
    counted = {label: (0, Decimal(0)) for label in viewed}
    for line in form.table.rows:
        label, weight = workbook(line.group if key == "key_work" else line.cells[at[key]]), line.cells[at["weight"]]
        if label in counted and line.cells[at["target"]]:
            targets, points = counted[label]
            counted[label] = (targets + 1, points + (Decimal(weight) if is_figure(weight) else 0))
    # The headings and the row of the sum are within what formulas count; a heading may be broken into lines.
    besides = {"".join(text.split()) for text in (speech("total"), fields.of_target()[key].name(form.language))}
    live = counted == viewed and besides.isdisjoint("".join(label.split()) for label in viewed)
    return _Groups(tuple((label, *numbers) for label, numbers in viewed.items()), live)


def _table(
    sheet: Worksheet, styles: Styles, row: int, table: Table, groups: _Groups, place: Place, key: str, speech: Speech
) -> None:
    """One table, its headings in this row."""
    for at, column in enumerate(table.columns):
        styles.put(sheet, row, at, column.heading, {**_MIDDLE, "bold": True})
    first, end = row + 1, row + 1 + len(groups.rows)
    total = sum((points for _, _, points in groups.rows), Decimal(0))
    everything = xl_rowcol_to_cell(end, 2, row_abs=True)

    def share(at: int, points: Decimal, look: Look) -> None:
        cell = xl_rowcol_to_cell(at, 2)
        value = round(float(points / total), 6) if total else 0
        sheet.write_formula(at, 3, f"=IF({everything}=0,0,{cell}/{everything})", styles({**_SHARE, **look}), value)

    for at, (label, targets, points) in enumerate(groups.rows, first):
        styles.put(sheet, at, 0, label, {**_BOX, "align": "left"})
        sheet.set_row(at, height(paper.lines(label, (_WIDTHS[0] - PADDING) / CHARACTER)))
        if groups.live:
            same = f"EXACT({place.column(key)},{xl_rowcol_to_cell(at, 0, col_abs=True)})"
            filled = f'{place.column("target")}<>""'
            sheet.write_formula(at, 1, f"=SUMPRODUCT({same}*({filled}))", styles(_MIDDLE), targets)
            sheet.write_formula(at, 2, f"=SUMPRODUCT(--{same},{place.column('weight')})", styles(_MIDDLE), points)
        else:
            sheet.write_number(at, 1, targets, styles(_MIDDLE))
            sheet.write_number(at, 2, points, styles(_MIDDLE))
        share(at, points, {})
    bold: Look = {"bold": True}
    styles.put(sheet, end, 0, speech("total"), {**_MIDDLE, **bold})
    for at, value in ((1, sum(targets for _, targets, _ in groups.rows)), (2, total)):
        summed = f"{xl_rowcol_to_cell(first, at)}:{xl_rowcol_to_cell(end - 1, at)}"
        look = styles({**_MIDDLE, **bold})
        if groups.rows:
            sheet.write_formula(end, at, f"=SUM({summed})", look, value)
        else:
            sheet.write_number(end, at, value, look)
    share(end, total, bold)
    _remark(sheet, styles, end + 1, groups, place, speech)


def _remark(sheet: Worksheet, styles: Styles, row: int, groups: _Groups, place: Place, speech: Speech) -> None:
    """Below a table: points of the form that stand in none of its rows, or that its numbers don't change."""
    look: Look = {"align": "left", "font_color": RED if groups.live else GREY}
    last = len(_WIDTHS) - 1
    if groups.live:
        here = xl_rowcol_to_cell(row - 1, 2)
        rest = f"ROUND({place.below('weight')}-{here},9)"
        missing = speech.tell(Message("{points} points of the form are in none of these rows", points="\0"))
        sheet.merge_range(row, 0, row, last, "", styles(look))
        sheet.write_formula(row, 0, f'=IF({rest}=0,"",{gapped(missing, rest)})', styles(look), "")
        return
    sheet.merge_range(row, 0, row, last, "", styles({**look, "num_format": TEXT}))
    styles.put(sheet, row, 0, speech("numbers as they were exported: they don't follow changes of the form"), look)


def _chart(
    sheet: Worksheet, book: Workbook, form: Form, first: int, count: int, pixels: int, table: Table, speech: Speech
) -> int:
    """A bar a group, from the top down as the table has them; the chart's height in pixels."""
    by = speech.tell(Message("points by {field}", field=table.columns[0].heading))
    font = {"name": FONTS[form.language], "size": SIZE}
    chart = book.add_chart({"type": "bar"})
    name = sheet.get_name()
    chart.add_series(
        {
            "categories": [name, first, 0, first + count - 1, 0],
            "values": [name, first, 2, first + count - 1, 2],
            "fill": {"color": _BAR},
            "gap": 60,
            "data_labels": {"value": True, "font": font},
        }
    )
    chart.set_title({"name": by, "name_font": {**font, "size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": font, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    tall = min(90 + count * 36, _TALLEST_CHART)
    chart.set_size({"width": _CHART_WIDTH, "height": tall})
    sheet.insert_chart(0, _CHART, chart, {"x_offset": 4, "y_offset": pixels + 4, "description": by})
    return tall + 16
