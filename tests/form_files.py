"""Office files for the tests: the 2018 form laid out by hand, and packages put together part by part."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl

from tests.test_form import filed_rows

HEADINGS = (
    "重点工作", "序\n号", "绩效目标", "目标类别", "完成\n时限\n（月）", "半年度目标", "分值权重\n（分）",
    "制定依据", "核验标准", "财政保\n障项目\n（是/否）", "备 注",
)  # fmt: skip
TITLE = "2018年度省政府部门（省商务厅）重点工作绩效目标填报表"

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def relation(number: int, kind: str, target: str, *, external: bool = False) -> str:
    """One relationship, as a part of Office or, with a whole address, of any kind."""
    kind = kind if "://" in kind else OFFICE + kind
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"{mode}/>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these entries."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def word_parts(body: str, **others: str) -> dict[str, str | bytes]:
    """The parts of a document with this body; others by the kind of their relation, such as styles."""
    types = f'<Override PartName="/word/document.xml" ContentType="{WORD}document.main+xml"/>'
    types += "".join(f'<Override PartName="/word/{k}.xml" ContentType="{WORD}{k}+xml"/>' for k in others)
    return {
        "[Content_Types].xml": _TYPES.format(types),
        "_rels/.rels": _RELATIONS.format(relation(1, "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _RELATIONS.format(
            "".join(relation(i, k, f"{k}.xml") for i, k in enumerate(others, 1))
        ),
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {W} {MC} '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<w:body>{body}</w:body></w:document>",
        **{f"word/{k}.xml": text for k, text in others.items()},
    }


def word(body: str, **others: str) -> bytes:
    """A document with this body."""
    return zipped(word_parts(body, **others))


def table(*rows: Sequence[str]) -> str:
    """A table of cells, each the markup of its paragraphs."""
    lines = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{lines}</w:tbl>"


def paragraph(runs: str, properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def excel_parts(
    *sheets: str, strings: str = "", styles: str = "", states: Sequence[str] = (), book: str = ""
) -> dict[str, str | bytes]:
    """The parts of a workbook with these sheets, each the markup within its worksheet."""
    names = [f"sheet{number}" for number in range(1, len(sheets) + 1)]
    more = {"sharedStrings": f"<sst {S}>{strings}</sst>", "styles": f"<styleSheet {S}>{styles}</styleSheet>"}
    types = f'<Override PartName="/xl/workbook.xml" ContentType="{EXCEL}sheet.main+xml"/>'
    types += "".join(f'<Override PartName="/xl/{k}.xml" ContentType="{EXCEL}{k}+xml"/>' for k in more)
    types += "".join(f'<Override PartName="/xl/{n}.xml" ContentType="{EXCEL}worksheet+xml"/>' for n in names)
    relations = [relation(i, "worksheet", f"{n}.xml") for i, n in enumerate(names, 1)]
    relations += [relation(90 + i, k, f"{k}.xml") for i, k in enumerate(more)]
    listed = "".join(
        f'<sheet name="{n}" sheetId="{i}" state="{states[i - 1] if states else "visible"}" r:id="rId{i}"/>'
        for i, n in enumerate(names, 1)
    )
    return {
        "[Content_Types].xml": _TYPES.format(types),
        "_rels/.rels": _RELATIONS.format(relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _RELATIONS.format("".join(relations)),
        "xl/workbook.xml": f"<workbook {S} {R}>{book}<sheets>{listed}</sheets></workbook>",
        **{f"xl/{n}.xml": f"<worksheet {S}>{sheet}</worksheet>" for n, sheet in zip(names, sheets, strict=True)},
        **{f"xl/{k}.xml": text for k, text in more.items()},
    }


def excel(*sheets: str, **more: Any) -> bytes:
    """A workbook with these sheets."""
    return zipped(excel_parts(*sheets, **more))


def rows(*lines: str) -> str:
    """Sheet data of rows of cells, each the markup of its cells."""
    return f"<sheetData>{''.join(f'<row>{line}</row>' for line in lines)}</sheetData>"


def with_relation(parts: dict[str, str | bytes], of: str, added: str) -> dict[str, str | bytes]:
    """The same parts, one of them referring to something more."""
    folder, _, name = of.rpartition("/")
    path = f"{folder}/_rels/{name}.rels".removeprefix("/")
    old = parts.get(path, _RELATIONS.format(""))
    assert isinstance(old, str)
    return {**parts, path: old.replace("</Relationships>", f"{added}</Relationships>")}


def the_form_in_word(*, page: int = 8) -> bytes:
    """The 2018 form as somebody laid it out: a table a page, each with the headings, key works merged down."""
    document = docx.Document()
    document.add_heading(TITLE)
    filed = filed_rows()
    for first in range(0, len(filed), page):
        part = filed[first : first + page]
        if first:
            document.add_page_break()  # type: ignore[no-untyped-call]
        grid = document.add_table(rows=len(part) + 1, cols=len(HEADINGS))
        for column, heading in enumerate(HEADINGS):
            grid.cell(0, column).text = heading
        for row, texts in enumerate(part, 1):
            for column, text in enumerate(texts):
                if column or texts[0] != (part[row - 2][0] if row > 1 else ""):
                    grid.cell(row, column).text = text
        start = 1
        for row in range(2, len(part) + 2):
            if row > len(part) or part[row - 1][0] != part[start - 1][0]:
                if row - start > 1:
                    grid.cell(start, 0).merge(grid.cell(row - 1, 0))
                    grid.cell(start, 0).text = part[start - 1][0]
                start = row
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def the_form_in_excel() -> bytes:
    """The 2018 form as somebody typed it: title, headings, key works merged down, figures as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2018"
    sheet.append([TITLE])
    sheet.merge_cells("A1:K1")
    sheet.append(list(HEADINGS))
    filed = filed_rows()
    for texts in filed:
        sheet.append([int(text) if text.isdigit() else text or None for text in texts])
    start = 0
    for row in range(1, len(filed) + 1):
        if row == len(filed) or filed[row][0] != filed[start][0]:
            if row - start > 1:
                sheet.merge_cells(start_row=start + 3, end_row=row + 2, start_column=1, end_column=1)
            start = row
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def converted(raw: bytes, folder: Path, ending: str, *through: str) -> bytes:
    """The same file after LibreOffice saved it as other kinds, one after another.

    Raises:
        FileNotFoundError: there is no LibreOffice.
    """
    office = shutil.which("soffice")
    if office is None:
        raise FileNotFoundError("soffice")
    path = folder / f"form.{ending}"
    path.write_bytes(raw)
    for number, kind in enumerate(through):
        target = folder / str(number)
        subprocess.run(
            [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
             "--outdir", str(target), str(path)],
            check=True, capture_output=True,
        )  # fmt: skip
        path = target / f"form.{kind}"
    return path.read_bytes()
