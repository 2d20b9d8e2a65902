"""A hostile or broken file gets a sentence, little memory, and no way to do anything."""

from __future__ import annotations

import io
import random
import socket
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import openpyxl
import pytest

from target_registry import forms, limits
from target_registry.forms import Unfit
from target_registry.language import Speech
from tests import form_files as files
from tests.conftest import ROOT
from tests.form_files import OFFICE, paragraph, run, table

WORD = files.word_parts(table([paragraph(run("重点工作"))]))
EXCEL = files.excel_parts(files.rows("<c><v>1</v></c>"))


def refused(ending: str, raw: bytes) -> str:
    """What a person is told."""
    with pytest.raises(Unfit) as caught:
        forms.reader(ending).read(raw)
    assert caught.value.hint is not None
    speech = Speech("en")
    return f"{speech.tell(caught.value.message)}; {speech.tell(caught.value.hint)}"


def ole(*, locked: bool) -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    return start + ("EncryptedPackage" if locked else "WordDocument").encode("utf-16-le")


def changed(parts: Mapping[str, str | bytes], name: str, old: str, new: str) -> bytes:
    text = parts[name]
    assert isinstance(text, str) and old in text
    return files.zipped({**parts, name: text.replace(old, new)})


def linked(target: str) -> dict[str, str | bytes]:
    """A workbook with a link to another one."""
    path = "xl/externalLinks/externalLink1.xml"
    return files.with_relation(
        {**EXCEL, path: "<x/>"}, path, files.relation(1, "externalLinkPath", target, external=True)
    )


@pytest.mark.parametrize(
    ("ending", "raw", "said"),
    [
        ("docx", b"", "the file is empty"),
        ("docx", b"<html><body><table>", "a web page, whatever its name says, not .docx; open it in Word"),
        ("xlsx", b"\xef\xbb\xbf<!DOCTYPE html>", "a web page"),
        ("xlsx", "<html>".encode("utf-16"), "a web page"),
        ("xlsx", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "an XML document"),
        ("docx", ole(locked=False), "the old kind (.doc, .xls, .wps or .et), whatever its name says, not .docx"),
        ("xlsx", ole(locked=True), "protected by a password; take the password off"),
        ("docx", b"%PDF-1.7", "a PDF"),
        ("docx", b"{\\rtf1", "a Rich Text file"),
        ("xlsx", "序号,分值\n".encode(), "plain text"),
        ("xlsx", bytes(100), "a file of no known kind"),
        ("docx", b"PK\x03\x04", "the file is damaged"),
        ("docx", bytes(limits.FORM_BYTES + 1), "more than the 5242880 bytes allowed"),
        ("csv", b"a" * (limits.FORM_TEXT_BYTES + 1), "more than the 4194304 bytes allowed"),
        ("docx", files.zipped({"a.txt": "x"}), "a zipped file of another kind"),
        ("docx", files.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "an OpenDocument file"),
        ("docx", files.zipped(EXCEL), "a .xlsx file, whatever its name says, not .docx; give the file the ending .xlsx"),
        ("xlsx", files.zipped(WORD), "a .docx file, whatever its name says, not .xlsx; give the file the ending .docx"),
        ("docx", changed(WORD, "[Content_Types].xml", "document.main", "template.main"), "a template"),
        (
            "docx",
            changed(WORD, "[Content_Types].xml", files.WORD + "document.main", "application/vnd.ms-word.document.macroEnabled.main"),
            "holds macros",
        ),
        (
            "xlsx",
            changed(EXCEL, "[Content_Types].xml", files.EXCEL + "sheet.main", "application/vnd.ms-excel.sheet.macroEnabled.main"),
            "holds macros",
        ),
        (
            "xlsx",
            changed(EXCEL, "[Content_Types].xml", files.EXCEL + "sheet.main", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            "a .xlsb file",
        ),
        ("docx", files.zipped({**WORD, "word/vbaProject.bin": "x"}), "holds macros"),
        ("xlsx", files.zipped({**EXCEL, "xl/embeddings/oleObject1.bin": "x"}), "embedded objects"),
        ("docx", files.zipped({**WORD, "word/activeX/activeX1.xml": "<x/>"}), "embedded objects"),
        ("xlsx", files.zipped({**EXCEL, "xl/externalLinks/externalLink1.xml": "<x/>"}), "from other files"),
        ("xlsx", files.zipped({**EXCEL, "xl/connections.xml": "<x/>"}), "from other files"),
        ("xlsx", files.zipped({**EXCEL, "xl/queryTables/queryTable1.xml": "<x/>"}), "from other files"),
        ("docx", changed(WORD, "_rels/.rels", OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships/"), "Strict"),
        ("xlsx", changed(EXCEL, "_rels/.rels", OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships/"), "as the type Excel Workbook (*.xlsx)"),
        ("xlsx", files.zipped(linked("file:///D:\\2017\\%E6%B1%87%E6%80%BB.xls")), "a link to another file: D:\\2017\\汇总.xls; break it in Excel"),
        ("xlsx", files.zipped(linked("a\u202eb" + "c" * 200)), "another file: …" + "c" * 120),
        ("docx", changed(WORD, "_rels/.rels", "word/document.xml", "../../etc/passwd"), "damaged"),
        ("docx", changed(WORD, "word/document.xml", "<w:body>", "<w:bodi>").replace(b"bodi", b"bodi"), "damaged"),
        ("docx", changed(WORD, "word/document.xml", "w:body>", "w:bodi>"), "damaged in its part word/document.xml"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_told_and_how_to_make_it_one(ending: str, raw: bytes, said: str) -> None:
    assert said in refused(ending, raw)


@pytest.mark.parametrize(
    "added",
    [
        files.relation(9, "attachedTemplate", "http://198.51.100.1/a.dotm", external=True),
        files.relation(9, "attachedTemplate", "file://server/share/a.dotm", external=True),
        files.relation(9, "attachedTemplate", "file:////server/share/a.dotm", external=True),
        files.relation(9, "attachedTemplate", "\\\\server\\share\\a.dotm", external=True),
        files.relation(9, "attachedTemplate", "file:///%255C%255Cserver%255Ca.dotm", external=True),
        files.relation(9, "attachedTemplate", "file:///UNC/server/a.dotm", external=True),
        files.relation(9, "attachedTemplate", "c:\\..\\..\\a.dotm", external=True),
        files.relation(9, "image", "http://198.51.100.1/a.png", external=True).replace('"External"', '"EXTERNAL"'),
        files.relation(9, "http://198.51.100.1/hyperlink", "http://198.51.100.1/a", external=True),
        files.relation(9, "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes", "a.xml"),
        files.relation(9, "image", "http://198.51.100.1/a.png", external=True),
        files.relation(9, "frame", "http://198.51.100.1/a", external=True),
        files.relation(9, "oleObject", "file:///c:/a.doc", external=True),
        files.relation(9, "externalLinkPath", "b.xlsx", external=True),
        files.relation(9, "subDocument", "b.docx", external=True),
        files.relation(9, "aFChunk", "afchunk.mht"),
        files.relation(9, "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "v.bin"),
        files.relation(9, "package", "a.xlsx"),
    ],
)
@pytest.mark.parametrize("of", ["word/document.xml", "word/settings.xml", "word/header1.xml"])
def test_what_leads_elsewhere_is_refused(added: str, of: str) -> None:
    said = refused("docx", files.zipped(files.with_relation(dict(WORD), of, added)))
    assert "copy the form's table" in said


def twice(parts: Mapping[str, str | bytes], of: str, number: int, *, external: bool = False) -> bytes:
    """The file with one reference more of a part, which is called as one that is there, and leads elsewhere."""
    return files.zipped(
        files.with_relation(dict(parts), of, files.relation(number, "hyperlink", "b", external=external))
    )


@pytest.mark.parametrize(
    ("ending", "raw"),
    [
        ("docx", twice(WORD, "", 1)),
        ("docx", twice(files.word_parts("<w:p/>", styles=f"<w:styles {files.W}/>"), "word/document.xml", 1)),
        ("docx", twice(files.word_parts("<w:p/>", styles=f"<w:styles {files.W}/>"), "word/document.xml", 1, external=True)),
        ("xlsx", twice(EXCEL, "", 1)),
        ("xlsx", twice(EXCEL, "xl/workbook.xml", 1)),
        ("xlsx", twice(EXCEL, "xl/workbook.xml", 90)),
        ("docx", files.zipped(files.with_relation(dict(WORD), "word/a.xml", files.relation(7, "image", "a") * 2))),
        ("docx", files.zipped(files.with_relation(dict(WORD), "word/a.xml", '<Relationship Type="a" Target="a"/>' * 2))),
    ],
)  # fmt: skip
def test_a_part_whose_references_are_called_alike_is_damaged(ending: str, raw: bytes) -> None:
    said = refused(ending, raw)
    assert "damaged: in its part " in said and "two references are called " in said and "export it again" in said


def test_references_of_two_parts_may_be_called_alike() -> None:
    added = files.relation(1, "image", "a")
    raw = files.zipped(files.with_relation(files.with_relation(dict(WORD), "word/a.xml", added), "word/b.xml", added))
    assert forms.reader("docx").read(raw)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ('{"a": 1, "a": 2}', "line 3: the key a stands twice"),
        ('{"a": {"b": 1, "b": 2}}', "line 3: the key b stands twice"),
        ('{"a": NaN}', "line 3: NaN is no number"),
        ('{"a":\n\n -Infinity}', "line 3: -Infinity is no number"),
        ('{"a": [11]}', "line 3: a holds a list or a group"),
        ('{"a": {"b": {"c": 1}}}', "line 3: a.b holds a list or a group"),
    ],
)
def test_a_record_of_json_is_refused_with_its_line(record: str, said: str) -> None:
    assert said in refused("json", f'[{{"a": ", "}},\n\n  {record}, {{"b": 1}}]'.encode())


@pytest.mark.parametrize(
    "field",
    [
        "<w:fldSimple w:instr=' INCLUDETEXT \"c:\\a.docx\" '><w:r><w:t>a</w:t></w:r></w:fldSimple>",
        *(
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:t>a</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            for code in (
                '<w:r><w:instrText>dde Excel "c:\\a.xlsx" "R1C1"</w:instrText></w:r>',
                '<w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "http://198.51.100.1/a.png"</w:instrText></w:r>',
                (
                    '<w:r><w:instrText>IF 1 = 1 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                    '<w:r><w:instrText>LINK Excel.Sheet.12 a</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
                ),
            )
        ),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO a b</w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT"http://198.51.100.1/x"</w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDEPICTURE\\d "x"</w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>INCLUDETEXT "x"</w:t></w:r>',
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            '<w:r><w:instrText>QUOTE x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>DDE x</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        ),
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://198.51.100.1/x.png"/></v:shape></w:pict></w:r>',
    ],
)
def test_a_field_that_fetches_is_refused(field: str) -> None:
    cell = files.word(files.table([f"<w:p>{field}</w:p>"]))
    assert "takes content from other files" in refused("docx", cell)
    beside = files.word(f"<w:p>{field}</w:p>" + files.table(["<w:p/>"]))
    assert "takes content from other files" in refused("docx", beside)
    for kind in ("header", "footnotes", "endnotes", "comments"):
        noted = files.word(files.table(["<w:p/>"]), **{kind: f"<w:{kind} {files.W}><w:p>{field}</w:p></w:{kind}>"})
        assert "takes content from other files" in refused("docx", noted)


def test_a_part_is_checked_whatever_it_is_called() -> None:
    body = files.word_parts("<w:p/>")
    renamed = {
        name.replace("document.xml", "document.bin"): str(text).replace("document.xml", "document.bin")
        for name, text in body.items()
    }
    assert forms.reader("docx").read(files.zipped(renamed)) == []
    renamed["word/document.bin"] = renamed["word/document.bin"].replace(
        "<w:document ", '<!DOCTYPE w:document [<!ENTITY e "九">]><w:document '
    )
    assert "declares a document type" in refused("docx", files.zipped(renamed))


@pytest.mark.parametrize(
    "added",
    [
        files.relation(9, "hyperlink", "http://198.51.100.1/", external=True),
        files.relation(9, "attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm", external=True),
        files.relation(9, "attachedTemplate", "C:\\Users\\a\\Normal.dotm", external=True),
        files.relation(9, "attachedTemplate", "file:///Users/a/Normal.dotm", external=True),
        files.relation(9, "attachedTemplate", "Normal.dotm", external=True),
    ],
)
def test_what_only_a_click_or_its_author_follows_is_let_be(added: str) -> None:
    assert forms.reader("docx").read(files.zipped(files.with_relation(dict(WORD), "word/settings.xml", added)))


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE x SYSTEM "http://198.51.100.1/x.dtd">',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "<!DOCTYPE x>",
)


@pytest.mark.parametrize("declaration", ENTITIES)
@pytest.mark.parametrize(
    "part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "a.vml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-8-sig"])
def test_a_declared_type_is_refused_in_every_part_and_encoding(declaration: str, part: str, encoding: str) -> None:
    text = WORD.get(part, "<x>&a;</x>")
    assert isinstance(text, str)
    start = text.index("?>") + 2 if text.startswith("<?xml") else 0
    text = text[start:]
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    said = refused("docx", files.zipped({**WORD, part: mark + (declaration + text).encode(encoding)}))
    assert "declares a document type" in said or part == "a.vml"


def test_parts_in_utf_16_are_read() -> None:
    text = WORD["word/document.xml"]
    assert isinstance(text, str)
    text = text.replace("UTF-8", "UTF-16")
    (grid,) = forms.reader("docx").read(files.zipped({**WORD, "word/document.xml": text.encode("utf-16")}))
    assert grid.rows[0][0].text == "重点工作"


@pytest.mark.parametrize("encoding", ["utf-7", "gbk", "ucs-4", "ebcdic-cp-us", "utf-16"])
def test_a_part_that_says_it_is_in_another_encoding_is_refused(encoding: str) -> None:
    text = WORD["word/document.xml"]
    assert isinstance(text, str)
    assert "damaged" in refused("docx", files.zipped({**WORD, "word/document.xml": text.replace("UTF-8", encoding)}))


# Zip files


def central(raw: bytes) -> int:
    """Where the directory begins."""
    return struct.unpack_from("<L", raw, raw.rindex(b"PK\x05\x06") + 16)[0]  # type: ignore[no-any-return]


def overlapping() -> bytes:
    """A file whose entries share their bytes, as Fifield's bomb has them: one kernel, many names."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = kernel.compress(bytes(1_000_000)) + kernel.flush()
    crc = zlib.crc32(bytes(1_000_000))
    body, directory, count = b"", b"", 50
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(data), 1_000_000, 1, 0)
    body = local + b"a" + data
    for _ in range(count):
        directory += (
            struct.pack(
                "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(data), 1_000_000, 1, 0, 0, 0, 0, 0, 0
            )
            + b"a"
        )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end


def nested_quotes() -> bytes:
    """Two entries of two names, the second within the first's bytes."""
    inner = files.zipped({"b.xml": "<b/>"})
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.xml", inner[: central(inner)])
    raw = bytearray(outer.getvalue())
    at = central(bytes(raw))
    entry = bytearray(inner[central(inner) : inner.rindex(b"PK\x05\x06")])
    struct.pack_into("<L", entry, 42, 30 + len("a.xml"))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, raw.rindex(b"PK\x05\x06") - at + len(entry), at, 0)
    return bytes(raw[: raw.rindex(b"PK\x05\x06")]) + bytes(entry) + end


def named(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "<x/>")
    return target.getvalue()


def patched(raw: bytes, offset: int, value: int, form: str = "<L") -> bytes:
    """The first entry's line of the directory with another figure in it."""
    data = bytearray(raw)
    struct.pack_into(form, data, central(raw) + offset, value)
    return bytes(data)


GOOD = files.zipped(WORD)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (overlapping(), "damaged"),
        (nested_quotes(), "damaged"),
        (named("a.xml", "A.xml"), "damaged"),
        (named("../a.xml"), "damaged"),
        (named("/etc/passwd"), "damaged"),
        (named("c:/a.xml"), "damaged"),
        (named("a\\b.xml"), "damaged"),
        (named(*(f"{n}.xml" for n in range(limits.FORM_PARTS + 1))), "more than 1000 parts"),
        (files.zipped({**WORD, "a.bin": bytes(limits.FORM_UNPACKED)}), "unpacks to more than 20971520 bytes"),
        (patched(GOOD, 24, 10), "damaged"),
        (patched(GOOD, 24, 0), "damaged"),
        (patched(GOOD, 16, 0), "damaged"),
        (patched(GOOD, 20, 0x7FFFFFFF), "damaged"),
        (patched(GOOD, 10, 12, "<H"), "damaged"),
        (patched(GOOD, 8, 1, "<H"), "password"),
        (patched(GOOD, 42, 0x7FFFFFFF), "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (GOOD[:-1], "damaged"),
        (GOOD[:30], "damaged"),
        (b"PK\x03\x04" + GOOD, "damaged"),
    ],
)
def test_a_zip_file_that_lies_is_refused(raw: bytes, said: str) -> None:
    assert said in refused("docx", raw)


# What would overwhelm: each in a process of its own, whose memory has an end.

READ = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
from target_registry import forms
ending, raw = sys.argv[1], sys.stdin.buffer.read()
try:
    grids = forms.reader(ending).read(raw)
    print("read", sum(len(grid.rows) for grid in grids))
except forms.Unfit as unfit:
    print("unfit", unfit.message.text)
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
print(time.process_time(), peak, file=sys.stderr)
"""


def sheet(inside: str, **more: str) -> bytes:
    return files.excel(inside, **more)


def cells(rows: int, columns: int, markup: str = "<c><v>1</v></c>") -> bytes:
    return sheet(f"<sheetData>{('<row>' + markup * columns + '</row>') * rows}</sheetData>")


def deep(levels: int) -> bytes:
    return files.word("<w:sdt><w:sdtContent>" * levels + "</w:sdtContent></w:sdt>" * levels)


def alternatives(count: int, namespaces: int) -> bytes:
    known = " ".join(f'xmlns:a{n}="u{n}"' for n in range(namespaces))
    choices = '<mc:Choice Requires="a1"/>' * count
    return files.word(f"<w:p {known}><mc:AlternateContent>{choices}</mc:AlternateContent></w:p>")


def called_otherwise(inside: str) -> bytes:
    """A document whose main part's name tells nothing."""
    parts: dict[str, str | bytes] = {}
    for name, text in WORD.items():
        assert isinstance(text, str)
        parts[name.replace("document.xml", "document.bin")] = text.replace("document.xml", "document.bin").replace(
            "</w:body>", f"{inside}</w:body>"
        )
    return files.zipped(parts)


def coded() -> str:
    """A field whose code ends again and again."""
    begin, separate = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate"))
    return f"<w:r>{begin}{'<w:instrText>x</w:instrText>' * 40_000}{separate * 20_000}</w:r>"


def text_of_one_string(times: int) -> bytes:
    strings = f"<si><t>{'长' * 30_000}</t></si>"
    return sheet(files.rows(*['<c t="s"><v>0</v></c>'] * times), strings=strings)


FIFTY = "".join(f' a{n}="x"' for n in range(50))
MERGES = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 9_001))
FAR = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_900))

HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("docx", lambda: files.zipped({**WORD, **{f"{n}.bin": bytes(5 << 20) for n in range(30)}}), "unfit"),
    "zip bomb of one part": ("xlsx", lambda: files.zipped({**EXCEL, "xl/media/a": bytes(200 << 20)}), "unfit"),
    "60,000 rows": ("xlsx", lambda: cells(60_000, 1), "unfit the table has more than {limit} rows"),
    "60,000 rows of three": ("xlsx", lambda: cells(60_000, 3), "unfit"),
    "16,384 columns": ("xlsx", lambda: cells(5, 16_384), "unfit the table has more than {limit} columns"),
    "one cell far away": (
        "xlsx",
        lambda: sheet('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        "unfit",
    ),
    "as many cells as go": ("xlsx", lambda: cells(1_900, 15), "read 1900"),
    "empty cells": ("xlsx", lambda: cells(2_400, 200, "<c/>"), "read 0"),
    "a million formatted cells": ("xlsx", lambda: cells(5_000, 200, '<c r="" s="1"/>'), "unfit"),
    "merged over everything": ("xlsx", lambda: sheet(f"<sheetData>{FAR}</sheetData><mergeCells>{MERGES}</mergeCells>"), "unfit"),
    "merged a thousand columns": (
        "xlsx",
        lambda: sheet('<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="IV1"><v>1</v></c></row></sheetData>'
                      '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "read 1",
    ),
    "computed over everything": (
        "xlsx",
        lambda: sheet(f'<sheetData>{FAR}<row r="1950">' + '<c><f t="array" ref="A1:XFD1048576"/></c>' * 200 + "</row></sheetData>"),
        "unfit",
    ),
    "hidden columns": (
        "xlsx",
        lambda: sheet("<cols>" + '<col min="1" max="999999999" hidden="1"/>' * 60_000 + "</cols>" + files.rows("<c><v>1</v></c>")),
        "unfit the file is damaged",
    ),
    "strings nobody shows": ("xlsx", lambda: sheet(files.rows("<c><v>1</v></c>"), strings="<si><t>x</t></si>" * 45_000), "read 1"),
    "strings without end": ("xlsx", lambda: sheet("", strings="<si/>" * 4_000_000), "unfit"),
    "one string shown over and over": ("xlsx", lambda: text_of_one_string(10_000), "unfit"),
    "one string of all": ("xlsx", lambda: sheet(files.rows('<c t="s"><v>0</v></c>'), strings=f"<si><t>{'x' * (19 << 20)}</t></si>"), "unfit"),
    "styles": ("xlsx", lambda: sheet(files.rows("<c><v>1</v></c>"), styles=f"<fonts>{'<font/>' * 65_000}</fonts><cellXfs>{'<xf/>' * 65_000}</cellXfs>"), "read 1"),
    "fonts without end": ("xlsx", lambda: sheet(files.rows("<c><v>1</v></c>"), styles="<fonts>" + "<font/>" * 1_900_000 + "</fonts>"), "unfit"),
    "a format code of all": ("xlsx", lambda: sheet(files.rows('<c s="0"><v>1</v></c>' * 200), styles=f'<numFmts><numFmt numFmtId="9" formatCode="{"[;" * (5 << 20)}"/></numFmts><cellXfs><xf numFmtId="9"/></cellXfs>'), ""),
    "numbers of all digits": ("xlsx", lambda: sheet(files.rows(f"<c><v>{'1' * (15 << 20)}</v></c>")), "unfit"),
    "large numbers": ("xlsx", lambda: cells(1_200, 200, "<c><v>1E308</v></c>"), "unfit"),
    "attributes": ("xlsx", lambda: sheet("<x " + " ".join(f'a{n}=""' for n in range(1_500_000)) + "/>"), "unfit"),
    "names": ("xlsx", lambda: sheet("".join(f"<a{n}/>" for n in range(1_500_000))), "unfit"),
    "names of attributes": ("xlsx", lambda: sheet("".join(f'<a b{n}="" c{n}=""/>' for n in range(600_000))), "unfit"),
    "a name without end": ("xlsx", lambda: sheet(f"<{'x' * (15 << 20)}/>"), "unfit"),
    "deep": ("docx", lambda: deep(100_000), "unfit"),
    "deep within bounds": ("docx", lambda: deep(90), "read 0"),
    "tables in tables": ("docx", lambda: files.word("<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60), "read 60"),
    "elements of Word": ("docx", lambda: files.word("<w:p/>" * 3_000_000), "unfit"),
    "elements of Word within bounds": ("docx", lambda: files.word('<w:p w:a=""/>' * 120_000), "read 0"),
    "attributes of Word within bounds": ("docx", lambda: files.word(("<w:p" + FIFTY + ">x</w:p>") * 4_700), "read 0"),
    "text between elements of Word": ("docx", lambda: files.word("x<a/>" * 240_000), "read 0"),
    "rows of Word": ("docx", lambda: files.word(f"<w:tbl>{'<w:tr/>' * 100_000}</w:tbl>"), "unfit"),
    "cells of Word": ("docx", lambda: files.word(f"<w:tbl>{('<w:tr>' + '<w:tc/>' * 250 + '</w:tr>') * 900}</w:tbl>"), "unfit"),
    "cells of Word, each further right": (
        "docx",
        lambda: files.word("<w:tbl>" + "".join(f'<w:tr><w:trPr><w:gridBefore w:val="{n}"/></w:trPr><w:tc/></w:tr>' for n in range(9_500)) + "</w:tbl>"),
        "unfit",
    ),
    "fields in fields": ("docx", lambda: files.word(table([paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 60_000)])), "read 1"),
    "a code that ends again and again": ("docx", lambda: files.word(table([paragraph(coded())])), "read 1"),
    "alternatives and namespaces": ("docx", lambda: alternatives(20_000, 15_000), "unfit the file has too many alternatives"),
    "alternatives": ("docx", lambda: alternatives(60_000, 10), "read 0"),
    "a namespace of a megabyte in Word": (
        "docx",
        lambda: files.word(f'<w:p xmlns:x="{"u" * 1_000_000}">{"<x:a/>" * 100_000}</w:p>'),
        "unfit {part} has a namespace",
    ),
    "a namespace of a megabyte in Excel": (
        "xlsx",
        lambda: sheet(f"<x:q xmlns:x='{'u' * 1_000_000}'>{''.join(f'<x:a{n}/>' for n in range(1_500))}</x:q>"),
        "unfit {part} has a namespace",
    ),
    "one sheet many times": (
        "xlsx",
        lambda: sheet("<a/>" * 200_000, book="<sheets>" + '<sheet name="a" sheetId="1" r:id="rId1"/>' * 3_000 + "</sheets>"),
        "unfit the file is damaged",
    ),
    "a part of another name": ("docx", lambda: called_otherwise("<x/>" * 4_500_000), "unfit the file has more than"),
    "references": ("docx", lambda: files.zipped(files.with_relation(WORD, "word/document.xml", "".join(files.relation(n, "x", "y") for n in range(370_000)))), "unfit"),
    "kinds of parts": ("docx", lambda: files.zipped({**WORD, "[Content_Types].xml": str(WORD["[Content_Types].xml"]).replace("</Types>", "".join(f'<Override PartName="/a{n}" ContentType="b"/>' for n in range(400_000)) + "</Types>")}), "unfit"),
    "many shared strings": ("xlsx", lambda: sheet(files.rows("<c><v>1</v></c>"), strings="<si/>" * 450_000), "unfit the file has more than {limit} texts"),
    "formats of numbers": ("xlsx", lambda: sheet(files.rows("<c><v>1</v></c>"), styles="<numFmts>" + "".join(f'<numFmt numFmtId="{n}" formatCode="0"/>' for n in range(80_000)) + "</numFmts>"), "unfit the file is damaged"),
    "gbk": ("csv", lambda: ("一二三四五六七八九十" * 40 + "\n").encode("gbk") * 1_900, "read 1900"),
    "csv of quotes and signs": ("csv", lambda: b'\xe6\xb1\x89"' * 2_000_000, "unfit"),
    "html of decorations": ("html", lambda: b"<table><tr>" + (b'<i style="' + b"text-decoration" * 64 + b'"></i>') * 4_000 + b"</table>", "read 0"),
    "html of styles": ("html", lambda: b"<table><tr>" + (b'<i style="' + b"text-decoration:" * 60 + b'"></i>') * 4_000 + b"</table>", "read 0"),
    "a long format of many cells": (
        "xlsx",
        lambda: sheet(
            files.rows(*['<c s="0"><v>1</v></c>' * 15] * 1_900),
            styles="<numFmts><numFmt numFmtId='200' formatCode='" + r"\a" * 125 + "0'/></numFmts><cellXfs><xf numFmtId='200'/></cellXfs>",
        ),
        "read 1900",
    ),
    "styles on styles": (
        "docx",
        lambda: files.word(
            table([paragraph(run("x"), '<w:pStyle w:val="s1"/>')]),
            styles=f"<w:styles {files.W}>" + "".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(30_000)) + "</w:styles>",
        ),
        "read 1",
    ),
    "paragraphs within controls": ("docx", lambda: files.word("<w:sdt><w:sdtContent>" * 115 + "<w:p/>" * 240_000 + "</w:sdtContent></w:sdt>" * 115), "read 0"),
    "cells within controls": (
        "docx",
        lambda: files.word("<w:tbl>" + ("<w:tr>" + "<w:sdt><w:sdtContent>" * 100 + "<w:tc><w:p/></w:tc>" * 14 + "</w:sdtContent></w:sdt>" * 100 + "</w:tr>") * 500 + "</w:tbl>"),
        "read 500",
    ),
    "alternatives in styles": (
        "docx",
        lambda: files.word(
            table([paragraph(run("x", '<w:rStyle w:val="s"/>'))]),
            styles=f"<w:styles {files.W} {files.MC}><w:style w:styleId='s'><w:rPr " + " ".join(f"xmlns:a{n}='u{n}'" for n in range(2_000)) + ">"
            + '<mc:AlternateContent><mc:Choice Requires="a1"/></mc:AlternateContent>' * 30_000 + "</w:rPr></w:style></w:styles>",
        ),
        "unfit the file has too many alternatives",
    ),
    "automatic numbers": (
        "docx",
        lambda: files.word(
            table(["<w:p/>" * 240_000]),
            styles=f'<w:styles {files.W}><w:style w:type="paragraph" w:default="1" w:styleId="n"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>',
            numbering=f'<w:numbering {files.W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="{"长" * 50}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        ),
        "unfit the file has more than {limit} automatic numbers",
    ),
    "one text of Word": ("docx", lambda: files.word(table([paragraph(run("长" * (6 << 20)))])), "unfit"),
    "csv of commas": ("csv", lambda: b"," * (4 << 20), "unfit"),
    "csv of lines": ("csv", lambda: b"\n" * (4 << 20), "unfit"),
    "csv of quotes": ("csv", lambda: b'"' * (4 << 20), "unfit"),
    "csv of wide characters": ("csv", lambda: ("😀" + "x" * 100 + "\n").encode() * 38_000, "unfit"),
    "json of lists": ("json", lambda: b"[" * (4 << 20), "unfit"),
    "json of objects": ("json", lambda: b"[" + b"{}," * 1_300_000 + b"{}]", "unfit"),
    "json of numbers": ("json", lambda: b'[{"a":' + b"1" * (3 << 20) + b"}]", "unfit"),
    "json of exponents": ("json", lambda: b"[" + b'{"a":1e999999999},' * 1_900 + b"{}]", "read 1902"),
    "json of keys": ("json", lambda: b"[" + b",".join(b'{"%d":1}' % n for n in range(140_000)) + b"]", "unfit"),
    "markdown of bars": ("md", lambda: b"|a" * (2 << 20), "read 0"),
    "markdown of ticks": ("md", lambda: b"|a|\n|-|\n|" + b"`x``y```z" * 450_000 + b"|\n", "unfit"),
    "markdown of ticks in cells": ("md", lambda: b"|a|\n|-|\n" + (b"|" + b"`" * 1_000 + b"x`|\n") * 900, "read 901"),
    "markdown of backslashes": ("md", lambda: b"|a|\n|-|\n|" + b"\\" * (3 << 20) + b"|\n", "unfit"),
    "markdown of one run of ticks": ("md", lambda: b"|a|\n|-|\n|" + b"\\`" * 2_000_000 + b"|\n", "unfit"),
    "markdown of dashes": ("md", lambda: b"|a|\n" + b"|-" * 2_000_000 + b"x\n", "read 0"),
    "html of tables": ("html", lambda: b"<table><tr><td>" * 250_000, "unfit"),
    "html of ends": ("html", lambda: b"<b>" * 100_000 + b"</i>" * 900_000, "unfit"),
    "html of too many ends": ("html", lambda: b"<b>" * 200 + b"</i>" * 950_000, "unfit"),
    "html of ends within bounds": ("html", lambda: b"<b>" * 200 + b"</i>" * 99_000, "read 0"),
    "html of attributes of all names": ("html", lambda: b"<table " + b" ".join(b"a%d" % n for n in range(500_000)) + b">", "unfit"),
    "html of many attributes": ("html", lambda: (b"<table " + b" ".join(b"a%d" % n for n in range(130_000)) + b"></table>") * 4, "read 0"),
    "html of spans": ("html", lambda: b"<table>" + b"<tr>" + b"<td rowspan=65534 colspan=1000>x" * 250 + b"<tr>x" * 30_000, "unfit"),
    "html of comments": ("html", lambda: b"<table><tr><td>x" + b"<!--" * 1_000_000, ""),
    "html of declarations": ("html", lambda: b"<table><tr><td>x" + b"<![" * (1 << 20), ""),
    "html of blanks": ("html", lambda: b"<table><tr><td>" + b" " * (3 << 20) + b"x", "unfit"),
    "html of cells": ("html", lambda: b"<table><tr>" + b"<td>" * 1_000_000, "unfit"),
    "html of rows": ("html", lambda: b"<table>" + b"<tr>" * 800_000, "unfit"),
    "html of attributes": ("html", lambda: (b"<table " + b"a b=1 " * 160_000 + b"></table>") * 4, "read 0"),
    "html of a style": ("html", lambda: b'<td style="' + b"text-decoration:" * 250_000 + b'">', ""),
    "html of a long selector": ("html", lambda: b"<style>" + b"a" * 1_000_000 + b">{display:none}</style><table><tr><td>x</table>", "read 1"),
    "html of open conditions": ("html", lambda: b"<style>" + b"[" * 500_000 + b":not(" * 100_000 + b"{display:none}</style><table><tr><td>x</table>", "read 1"),
    "html of style sheets": ("html", lambda: b"<style" * 95_000 + b"<table><tr><td>x</table>", ""),
    "html of rules": ("html", lambda: b"<style>" + b".a:b c{display:none}" * 48_000 + b"</style><table><tr><td>x</table>", "read 1"),
    "html of quotes in styles": ("html", lambda: b"<style>" + b"\"'" * 500_000 + b"</style><table><tr><td>x</table>", "read 1"),
    "html of entities": ("html", lambda: b"<table><tr><td>" + b"&amp;" * 800_000, ""),
    "html of bad entities": ("html", lambda: b"<table><tr><td>" + b"&" * (3 << 20), ""),
}  # fmt: skip


def read_apart(name: str) -> tuple[str, int]:
    """What reading one of them says, in a process of its own, and the most memory it held, in KiB."""
    ending, make, _ = HOSTILE[name]
    done = subprocess.run(
        [sys.executable, "-c", READ, ending], input=make(), capture_output=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode(), int(done.stderr.split()[-1])


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_overwhelm_is_read_or_refused_in_little_memory(name: str) -> None:
    said, _ = read_apart(name)
    assert said.startswith(HOSTILE[name][2])


def mutants(raw: bytes, dice: random.Random, count: int) -> list[bytes]:
    found = []
    for _ in range(count):
        data = bytearray(raw)
        for _ in range(dice.choice((1, 1, 2, 8, 64))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        if dice.random() < 0.25:
            del data[dice.randrange(len(data)) :]
        if dice.random() < 0.1:
            start = dice.randrange(len(data) + 1)
            del data[start : start + dice.randrange(1, 200)]
        found.append(bytes(data))
    return found


def small(ending: str) -> bytes:
    """A real file of few parts."""
    target = io.BytesIO()
    if ending == "docx":
        document = docx.Document()
        document.add_table(2, 2).cell(0, 0).merge(document.tables[0].cell(1, 0)).text = "重点工作"
        document.save(target)
    else:
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.append(["重点工作", 1, 2.5, "=1+1"])
        book.active.merge_cells("A1:A2")
        book.save(target)
    return target.getvalue()


def tolerated(ending: str, raw: bytes) -> None:
    """Read it, or have it refused with a cure."""
    try:
        forms.reader(ending).read(raw)
    except Unfit as unfit:
        if unfit.hint is None:
            raise


TEXTS = {
    "csv": '重点工作,序号\n"一、甲",1\n',
    "json": '[{"weight": 4, "measure": {"unit": "%"}}]',
    "md": "# 表\n\n| 重点工作 | 序号 |\n|---|---:|\n| 一&#124; | `1` |\n",
    "html": '<h1>表</h1><table><tr><td rowspan="2">一</td><td>1<br>2</td></tr><tr><td>3</td></tr></table>',
}


@pytest.mark.parametrize("ending", ["docx", "xlsx", *TEXTS])
def test_a_file_with_broken_bytes_is_read_or_refused(ending: str) -> None:
    raw = TEXTS[ending].encode() if ending in TEXTS else small(ending)
    dice = random.Random(ending)  # noqa: S311  # the same files each time
    for mutant in mutants(raw, dice, 300):
        tolerated(ending, mutant)


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_package_with_broken_parts_is_read_or_refused(ending: str) -> None:
    """Bytes are broken before they are packed, so that the checksums are right and the parts themselves are read."""
    dice = random.Random(ending)  # noqa: S311  # the same files each time
    with zipfile.ZipFile(io.BytesIO(small(ending))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    read = [name for name in parts if name.endswith((".xml", ".rels")) and "theme" not in name]
    for _ in range(150):
        name = dice.choice(read)
        part = parts[name]
        assert isinstance(part, bytes)
        if dice.random() < 0.5:
            (part,) = mutants(part, dice, 1)
        else:
            # Figures and names that are well formed and mean something else.
            words = [b"0", b"-1", b"99999999999", b"", b"x", b"NaN", b"A1:XFD1048576", b"shared", b"true"]
            pieces = part.split(b'"')
            pieces[dice.randrange(len(pieces) // 2) * 2 + 1] = dice.choice(words)
            part = b'"'.join(pieces)
        tolerated(ending, files.zipped({**parts, name: part}))


def test_reading_opens_no_connection_and_writes_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", never)
    monkeypatch.chdir(tmp_path)
    for ending, raw in (("docx", small("docx")), ("xlsx", small("xlsx")), *((e, t.encode()) for e, t in TEXTS.items())):
        assert forms.reader(ending).read(raw)
    page = b'<!DOCTYPE html SYSTEM "http://198.51.100.1/x.dtd"><link href="http://198.51.100.1/a.css"><table><tr><td>1</table>'
    assert forms.reader("html").read(page)
    assert list(tmp_path.iterdir()) == []
