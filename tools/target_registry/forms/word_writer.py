"""The official form as a Word document, as it is filed.

The markup is written as text, element by element in the order of the standard's schema, for
the libraries that edit Word files take minutes for a table of ten thousand rows. What never
changes lies in ``word_parts``. Source: ECMA-376, part 1, section 17; part 2 for the package.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from target_registry.escape import xml
from target_registry.forms import paper
from target_registry.forms.paper import PaperColumn
from target_registry.language import Speech
from target_registry.tables import Form, Row

_PARTS = Path(__file__).with_name("word_parts")
# The parts that are the same for every form, by their name in the package. The first must be the first.
_FIXED = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "font_table.xml",
}
_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# No file says when it was made: the same form gives the same bytes. A zip file knows no earlier year.
_MADE = (1980, 1, 1, 0, 0, 0)
_MADE_ISO = "1980-01-01T00:00:00Z"

# In twips, a twentieth of a point: A4 across, the room between its margins, what pads a cell at
# each side, and a Chinese character of 小五, the size that styles.xml gives to cells.
_PAGE = (16838, 11906)
_MARGIN = 850
_ROOM = _PAGE[0] - 2 * _MARGIN
_PADDING = 57
_CHARACTER = 180
_TALL = 18
"""Lines of the tallest row that is kept on one page: about half of one."""


def write(form: Form) -> bytes:
    """The form as the bytes of a ``.docx`` file; the same form gives the same bytes."""
    parts = {name: _PARTS.joinpath(file).read_text(encoding="utf-8") for name, file in _FIXED.items()}
    parts["word/document.xml"] = _document(form)
    parts["word/footer1.xml"] = _footer(form)
    parts["docProps/core.xml"] = _properties(form)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the machine's
            package.writestr(entry, text.encode("utf-8"))
    return file.getvalue()


def _document(form: Form) -> str:
    columns = paper.columns(form, total=_ROOM, character=_CHARACTER, padding=2 * _PADDING)
    title = _paragraph("Title", _run(form.table.title, form.language))
    table = "".join(_table(form, columns))
    # A body can't end with a table, and what follows it mustn't fill a page of its own.
    end = _paragraph("FormEnd", "")
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{_PAGE[0]}" w:h="{_PAGE[1]}" w:orient="landscape"/>'
        f'<w:pgMar w:top="1020" w:right="{_MARGIN}" w:bottom="1020" w:left="{_MARGIN}" '
        'w:header="567" w:footer="454" w:gutter="0"/></w:sectPr>'
    )
    return f"{_START}<w:document {_NAMESPACES}><w:body>{title}{table}{end}{section}</w:body></w:document>"


def _table(form: Form, columns: Sequence[PaperColumn]) -> Iterator[str]:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_ROOM}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="{_PADDING}" w:type="dxa"/>'
        f'<w:bottom w:w="28" w:type="dxa"/><w:right w:w="{_PADDING}" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/></w:tblPr>'
    )
    grid = "".join(f'<w:gridCol w:w="{column.width}"/>' for column in columns)
    yield f"<w:tblGrid>{grid}</w:tblGrid>"
    headings = "".join(_cell(column, "FormHeading", "\n".join(column.heading), form.language) for column in columns)
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{headings}</w:tr>"
    for group, members in groupby(form.table.rows, key=lambda row: row.group):
        yield from _key_work(group, list(members), columns, form.language)
    yield "</w:tbl>"


def _key_work(title: str, rows: Sequence[Row], columns: Sequence[PaperColumn], language: str) -> Iterator[str]:
    """The rows of one key work, its cell merged down over them."""
    first, *others = columns
    for position, row in enumerate(rows):
        merged = "" if len(rows) == 1 else "<w:vMerge/>" if position else '<w:vMerge w:val="restart"/>'
        cells = _cell(first, "FormText", "" if position else title, language, merged)
        for column, text in zip(others, row.cells, strict=True):
            cells += _cell(column, "FormMark" if column.centred else "FormText", text, language)
        # A row that is not broken over pages leaves a gap as high as itself, or doesn't fit at all.
        height = max(map(_lines, others, row.cells))
        height = max(height, math.ceil(_lines(first, title) / len(rows)))
        whole = "<w:cantSplit/>" if height <= _TALL else ""
        yield f'<w:tr><w:trPr>{whole}<w:trHeight w:val="454" w:hRule="atLeast"/></w:trPr>{cells}</w:tr>'


def _lines(column: PaperColumn, text: str) -> int:
    return paper.lines(text, (column.width - 2 * _PADDING) / _CHARACTER)


def _cell(column: PaperColumn, style: str, text: str, language: str, merged: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(style, _run(text, language))}</w:tc>"
    )


def _paragraph(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _run(text: str, language: str) -> str:
    """A stranger's text, or ours, as it is shown; nothing where there is none."""
    if not text:
        return ""
    # Without the hint Word takes quotes, dashes and the like from the Latin font, too narrow between Chinese.
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>' if language == "zh" else ""
    lines = xml(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{hint}<w:t xml:space="preserve">{lines}</w:t></w:r>'


def _footer(form: Form) -> str:
    speech = Speech(form.language)
    fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    pages = "".join(
        f'<w:fldSimple w:instr=" {fields[piece]} ">{_run("1", form.language)}</w:fldSimple>'
        if piece in fields
        else _run(piece, form.language)
        for piece in re.split(r"(\{\w+\})", speech("page {page} of {pages}"))
    )
    standing = ("；" if form.language == "zh" else "; ").join(form.standing)
    return (
        f"{_START}<w:ftr {_NAMESPACES}>{_paragraph('Footer', pages)}"
        f"{_paragraph('FormStanding', _run(standing, form.language))}</w:ftr>"
    )


def _properties(form: Form) -> str:
    title = xml(form.table.title.replace("\n", " "))
    return (
        f"{_START}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator></dc:creator>"
        f"<dc:language>{'zh-CN' if form.language == 'zh' else 'en-US'}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_MADE_ISO}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_MADE_ISO}</dcterms:modified></cp:coreProperties>'
    )
