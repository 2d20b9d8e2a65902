"""The official form as an Excel workbook, to print and to edit: the form, and a second sheet with its weights.

A key work's title stands in every row, and conditional formats show it once and draw no line
below it until the next one: on paper it is the form's merged cell. Merged cells themselves would
harm whoever edits: one target can't be moved to another key work, for nothing can be split on a
protected sheet; who deletes the first row takes the title from all below it, which then go to
the key work above without a word; nothing can be sorted or filtered; and a sum by key work
doesn't add up.

Rows are inserted where they belong, which the protection allows: everything that refers to the
rows (sums, checks, lines, what is printed) takes them in, also just above the total; the sums do so right
below the headings too, and no formula names a target's row, which may be deleted. Blank rows
are laid out only where there is no target yet, since whatever stands above the total is printed.
A slug is locked, so Excel deletes its row only after the protection is taken off, which needs no
password: to remove a target is no slip.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from target_registry import fields
from target_registry.escape import workbook
from target_registry.fields import Field
from target_registry.forms import excel_help, excel_weights, paper
from target_registry.forms.excel_layout import Place, Total, gapped, quoted, set_page
from target_registry.forms.excel_styles import (
    CHARACTER,
    FONTS,
    GREY,
    PADDING,
    RED,
    SHADE,
    SIZE,
    TEXT,
    TITLE_FONTS,
    Look,
    Styles,
    height,
    is_figure,
)
from target_registry.forms.paper import PaperColumn
from target_registry.language import Speech, figure
from target_registry.model import Message
from target_registry.tables import Form

# The same form gives the same bytes: no file says when it was made. A zip file knows no earlier year.
_MADE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_PAGE = 1020
"""Pixels between the margins of A4 across."""
_SLUG = 200
"""Pixels of the slugs' column, which isn't printed."""
_HEADING, _FIRST = 1, 2
"""Rows, counted from 0: the title, the headings, the first target."""
_BLANK_ROWS = 10
_PROPERTY = 255
"""Characters of a title among the file's properties."""

_BOX: Look = {"border": 1}
_ALLOWED = {
    "insert_rows": True,
    "delete_rows": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
"""What may be done on the protected sheet beside typing."""


def write(form: Form) -> bytes:
    """The form as the bytes of an ``.xlsx`` file; the same form gives the same bytes."""
    file = io.BytesIO()
    book = Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    speech = Speech(form.language)
    styles = Styles(book, speech.language)
    book.set_properties({"title": workbook(form.table.title)[:_PROPERTY], "author": "", "created": _MADE})
    sheet = book.add_worksheet(speech("Form"))
    place, total = _form(sheet, styles, form, speech)
    weights = book.add_worksheet(speech("Weights"))
    excel_weights.write(weights, styles, form, place, speech, book, total)
    book.close()
    return file.getvalue()


def _form(sheet: Worksheet, styles: Styles, form: Form, speech: Speech) -> tuple[Place, Total]:
    columns = paper.columns(form, total=_PAGE, character=CHARACTER, padding=PADDING)
    known = {field.key: field for field in fields.form()}
    slug = fields.of_row()["slug"]
    last = len(columns) - 1
    rows = len(form.table.rows) or _BLANK_ROWS
    place = Place(sheet.get_name(), _FIRST, _FIRST + rows, {column.key: at for at, column in enumerate(columns)})

    for at, column in enumerate(columns):
        sheet.set_column_pixels(at, at, column.width)
    sheet.set_column_pixels(last + 1, last + 1, _SLUG)
    _title(sheet, styles, form, last)
    _headings(sheet, styles, columns, [*(known[column.key] for column in columns), slug], speech)
    _rows(sheet, styles, form, columns)
    total = _judged(form, place, speech)
    _total(sheet, styles, form, place, total, speech)
    _checks(sheet, styles, [known[column.key] for column in columns], place, speech, form)
    _print(sheet, form, place, last, speech)
    sheet.freeze_panes(_FIRST, 2)
    sheet.protect("", _ALLOWED)
    return place, total


def _title(sheet: Worksheet, styles: Styles, form: Form, last: int) -> None:
    look: Look = {"font_name": TITLE_FONTS[form.language], "font_size": 18, "align": "center"}
    sheet.merge_range(0, 0, 0, last, "", styles({**look, "num_format": TEXT}))
    styles.put(sheet, 0, 0, form.table.title, look)
    lines = paper.lines(form.table.title, _PAGE / CHARACTER / 2)
    sheet.set_row(0, min(lines * 26 + 14, 200))


def _headings(
    sheet: Worksheet, styles: Styles, columns: Sequence[PaperColumn], known: Sequence[Field], speech: Speech
) -> None:
    look: Look = {**_BOX, "bold": True, "align": "center"}
    headings = ["\n".join(column.heading) for column in columns]
    for at, heading in enumerate(headings):
        styles.put(sheet, _HEADING, at, heading, look)
    styles.put(sheet, _HEADING, len(columns), known[-1].name(speech.language), {**look, **_SHADED})
    sheet.set_row(_HEADING, height(max(_lines(text, column) for text, column in zip(headings, columns, strict=True))))
    for at, field in enumerate(known):
        note = excel_help.fitting(list(excel_help.help_of(field, speech)), 1000)
        size = {"width": 260, "height": 24 + 17 * sum(paper.lines(line, 20) for line in note.split("\n"))}
        font = {"font_name": FONTS["zh"], "font_size": SIZE}
        sheet.write_comment(_HEADING, at, note, {**size, **font, "author": "", "visible": False})


_SHADED: Look = {"bg_color": SHADE, "font_color": GREY}


def _rows(sheet: Worksheet, styles: Styles, form: Form, columns: Sequence[PaperColumn]) -> None:
    first, *others = columns
    # The lines between key works are drawn by a conditional format.
    of_key_work: Look = {"left": 1, "right": 1, "locked": False}
    looks: list[Look] = [
        {**_BOX, "locked": False, "align": "center" if column.centred else "left"} for column in others
    ]
    of_slug: Look = {**_BOX, **_SHADED, "align": "left"}
    above = None
    for at, row in enumerate(form.table.rows, _FIRST):
        styles.put(sheet, at, 0, row.group, of_key_work)
        for position, (column, text) in enumerate(zip(form.table.columns, row.cells, strict=True)):
            put = styles.put_figure if column.numeric else styles.put
            put(sheet, at, position + 1, text, looks[position])
        styles.put(sheet, at, len(columns), str(row.record.get("slug") or ""), of_slug)
        lines = max(_lines(text, column) for text, column in zip(row.cells, others, strict=True))
        if row.group != above:
            lines = max(lines, _lines(row.group, first))
        above = row.group
        sheet.set_row(at, height(max(lines, 2)))
    for at in range(_FIRST, 0 if form.table.rows else _FIRST + _BLANK_ROWS):
        styles.put(sheet, at, 0, "", of_key_work)
        for position, column in enumerate(form.table.columns, 1):
            kept: Look = {"num_format": "General"} if column.numeric else {}
            styles.put(sheet, at, position, "", {**looks[position - 1], **kept})
        styles.put(sheet, at, len(columns), "", {**of_slug, "locked": False})
        sheet.set_row(at, height(2))


def _lines(text: str, column: PaperColumn) -> int:
    return paper.lines(text, (column.width - PADDING) / CHARACTER)


def _total(sheet: Worksheet, styles: Styles, form: Form, place: Place, total: Total, speech: Speech) -> None:
    """The live sum of the weights, and what it is against the declared one."""
    row, weight, last = place.total, place.columns["weight"], len(place.columns) - 1
    look: Look = {**_BOX, "bold": True, "align": "center"}
    sheet.merge_range(row, 0, row, weight - 1, "", styles({**look, "num_format": TEXT}))
    styles.put(sheet, row, 0, speech("total"), look)
    sheet.write_formula(row, weight, f"=SUM({_weights(place)})", styles(look), total.points)
    sentence: Look = {**_BOX, "align": "left", "indent": 1}
    sheet.merge_range(row, weight + 1, row, last, "", styles(sentence))
    sheet.write_formula(row, weight + 1, total.formula, styles(sentence), total.sentence)
    if total.good:
        cell = xl_rowcol_to_cell(row, weight + 1, row_abs=True, col_abs=True)
        off = f"=NOT(EXACT({cell},{quoted(total.good)}))"
        red = styles.conditional({"font_color": RED, "bold": True})
        sheet.conditional_format(row, weight, row, last, {"type": "formula", "criteria": off, "format": red})
    advice = speech("a new target: insert a row among those of its key work, and leave this column blank")
    styles.put(sheet, row, last + 1, advice, {**_BOX, **_SHADED, "align": "left"})
    sheet.set_row(row, height(max(2, paper.lines(advice, (_SLUG - PADDING) / CHARACTER))))


def _weights(place: Place) -> str:
    """The weights with their heading, up to the row above the sum's, whichever that is.

    So rows inserted right below the headings, or right above the sum, count too, and any target's can be deleted.
    """
    at = place.columns["weight"]
    column = xl_col_to_name(at, col_abs=True)
    return f"{xl_rowcol_to_cell(place.heading, at)}:INDEX({column}:{column},ROW()-1)"


def _judged(form: Form, place: Place, speech: Speech) -> Total:
    """The formula below the weights, and its cached value for programs that don't calculate."""
    at = place.columns["weight"] - 1
    filed = [row.cells[at] for row in form.table.rows if row.cells[at]]
    figures = [Decimal(text) for text in filed if is_figure(text)]
    points, declared = sum(figures, Decimal(0)), form.total
    unread = speech("a weight that is no number isn't counted")
    if declared is None:
        good, sentence = "", speech("the plan declares no total")
        formula = quoted(sentence)
    else:
        good = speech.tell(Message("as the declared total of {declared}", declared=declared))
        over = speech.tell(Message("{off} over the declared total of {declared}", off="\0", declared=declared))
        short = speech.tell(Message("{off} short of the declared total of {declared}", off="\0", declared=declared))
        off = points - declared
        sentence = good if not off else (over if off > 0 else short).replace("\0", figure(abs(off)))
        cell = xl_rowcol_to_cell(place.total, place.columns["weight"])
        formula = (
            f"IF(ROUND({cell}-{declared:f},9)=0,{quoted(good)},"
            f"IF({cell}>{declared:f},{gapped(over, f'ROUND({cell}-{declared:f},9)')},"
            f"{gapped(short, f'ROUND({declared:f}-{cell},9)')}))"
        )
    weights = _weights(place)
    # The heading is the one text that belongs there.
    formula = f"=IF(COUNTA({weights})-1>COUNT({weights}),{quoted(unread)},{formula})"
    return Total(points, good, sentence if len(figures) == len(filed) else unread, formula)


def _checks(sheet: Worksheet, styles: Styles, known: Sequence[Field], place: Place, speech: Speech, form: Form) -> None:
    """Drop-downs and limits, and how key works look."""
    choices = excel_weights.key_work_list(form, speech)
    for at, field in enumerate(known):
        check = excel_help.validation(field, speech, choices)
        if check is not None:
            sheet.data_validation(place.first, at, place.total - 1, at, check)
    goes_on, goes_on_below = _goes_on(place, 0), _goes_on(place, 1)
    # Each with all of its lines, and one that holds at most, by itself: LibreOffice takes them from the first alone,
    # and writes down for no other program that it stops there.
    sides: Look = {"left": 1, "right": 1}
    for criteria, look in (
        (f"=NOT(OR({goes_on},{goes_on_below}))", {**sides, "top": 1, "bottom": 1}),
        (f"=AND(NOT({goes_on}),{goes_on_below})", {**sides, "top": 1}),
        (f"=AND({goes_on},NOT({goes_on_below}))", {**sides, "bottom": 1, "num_format": ";;;"}),
        (f"=AND({goes_on},{goes_on_below})", {**sides, "num_format": ";;;"}),
    ):
        rule = {"type": "formula", "criteria": criteria, "format": styles.conditional(look)}
        sheet.conditional_format(place.first, 0, place.total - 1, 0, rule)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(place.total, len(known))}"})


def _goes_on(place: Place, step: int) -> str:
    """Whether a row, so many below, is of the key work above it: it says the same, or has a target and says none.

    The cells are named by the row that the condition is asked of: of a cell that is named itself, as $A3, nothing
    is left in LibreOffice when its row is deleted, and one above an inserted row is no longer the one above.
    Conditions are worked out as arrays, of which the highest number makes one number.
    """
    here, above, text = (
        f"INDEX({column}:{column},MAX(ROW()){f'{at:+}' if at else ''})"
        for at, column in (
            (step, xl_col_to_name(0, col_abs=True)),
            (step - 1, xl_col_to_name(0, col_abs=True)),
            (step, xl_col_to_name(place.columns["target"], col_abs=True)),
        )
    )
    return f'OR(AND({here}="",{text}<>""),AND({here}<>"",EXACT({here},{above})))'


def _print(sheet: Worksheet, form: Form, place: Place, last: int, speech: Speech) -> None:
    set_page(sheet, form.standing, speech)
    sheet.repeat_rows(_HEADING)
    sheet.print_area(0, 0, place.total, last)
