"""A stranger's text in every medium: it reads as itself, and does nothing. What one function gives is in test_escape.py."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import cmarkgfm
import lxml.etree
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from fuzz import promises
from target_registry import escape, formats, reports
from target_registry.formats import json as json_format
from target_registry.model import Finding, Level, Message, Where
from target_registry.reports import plain
from target_registry.tables import Column, Row, Table
from tests.properties.texts import ANYTHING

SHOWN = ANYTHING.map(lambda text: text[:120])
NAMES = st.one_of(SHOWN.map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=20)).map(
    lambda raw: raw.decode("utf-8", "surrogateescape")
)
"""Names of files, whose bytes need be no text."""
_ELEMENTS = {"table", "thead", "tbody", "tr", "th", "td", "p", "h3", "br", "code", "wbr", "strong", "hr"}


class Page(HTMLParser):
    """A page as a browser reads it: its elements with their attributes, and the texts of its cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.cells: list[str] = []
        self.body: list[int] = []
        self._in_code = False
        self.outside_code = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        self.attributes += attrs
        if tag in ("td", "th", "p", "h3"):
            self.body += [len(self.cells)] if tag == "td" else []
            self.cells.append("")
        if tag == "br":
            self.handle_data("\n")
        self._in_code = self._in_code or tag == "code"

    def handle_endtag(self, tag: str) -> None:
        """Note that code ends."""
        self._in_code = self._in_code and tag != "code"

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if self.cells:
            self.cells[-1] += data
        if not self._in_code:
            self.outside_code += data


def github(text: str) -> Page:
    """Markdown as GitHub renders it, its HTML not filtered, which is worse than GitHub."""
    return Page(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))


def seen(text: str) -> str:
    """A text as every medium shows it, runs of blanks apart."""
    return "\n".join(" ".join(escape.visible(line).split()) for line in text.replace("\r\n", "\n").split("\n")).strip()


def bare(cell: str) -> str:
    """A cell's text with its runs of blanks as one."""
    return "\n".join(" ".join(line.split()) for line in cell.split("\n")).strip()


def table(*cells: str) -> Table:
    """A table of these cells, with a title and a key work of the same; its note begins with words of the tool's own."""
    columns = tuple(Column(str(n), f"列{n}", numeric=False) for n in range(len(cells)))
    return Table(
        title=cells[0], columns=columns, rows=(Row(cells, {"甲": cells[0]}, cells[-1]),), note=f"据{cells[-1]}"
    )


def render(form: str, made: Table) -> str:
    """A table in a format."""
    return formats.render(form, [made], formats.Look(80, plain, "zh"))


@given(SHOWN, SHOWN)
def test_a_markdown_table_shows_its_cells_and_nothing_else(one: str, other: str) -> None:
    one, other = (text.replace("\r\n", "\n") for text in (one, other))
    text = render("markdown", table(one, other))
    promises.harmless(text)
    page = github(text)
    assert set(page.tags) <= _ELEMENTS
    assert page.tags.count("td") == 2
    # Of what stands outside code, GitHub makes mentions, references, links, formulas and pictures.
    assert not re.search(r"[@#$]\w|://|www\.|GH-\d|:\w+:", page.outside_code)
    body = [bare(page.cells[at]).replace("\u00a0", " ").strip() for at in page.body]
    assert body == [seen(one), seen(other)]


@given(SHOWN)
def test_a_code_span_shows_the_text(text: str) -> None:
    page = github(f"| a |\n|---|\n| {escape.code_span(text) if text else 'x'} |\n")
    assert set(page.tags) <= _ELEMENTS
    assert page.tags.count("td") == 1


@given(SHOWN, st.sampled_from(["", "yaml"]))
def test_a_code_block_ends_where_it_ends(text: str, language: str) -> None:
    block = escape.code_block(text, language)
    promises.harmless(block)
    page = github(f"{block}\n\n*after*\n")
    assert [tag for tag in page.tags if tag in ("pre", "em")] == ["pre", "em"]
    assert set(page.tags) <= {"pre", "code", "p", "em"}


@given(SHOWN, SHOWN)
def test_a_html_page_has_only_its_own_elements(one: str, other: str) -> None:
    text = render("html", table(one, other))
    promises.harmless(text)
    page, empty = Page(text), Page(render("html", table("甲", "乙")))
    assert [tag for tag in page.tags if tag != "br"] == empty.tags
    assert page.attributes == empty.attributes


@given(SHOWN)
def test_xml_reads_as_the_text(text: str) -> None:
    root = lxml.etree.fromstring(f'<w a="{escape.xml(text)}">{escape.xml(text)}</w>'.encode())
    assert len(root) == 0
    assert (root.text or "") == "\n".join(escape.visible(line) for line in text.split("\n"))


@pytest.mark.parametrize("form", ["csv", "tsv"])
@given(one=SHOWN, other=SHOWN)
def test_a_sheet_of_values_has_its_cells_and_no_formula(form: str, one: str, other: str) -> None:
    text = render(form, table(one, other)).removeprefix("\ufeff")
    promises.harmless(text.replace("##[", ""))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="," if form == "csv" else "\t"))
    assert len(rows) == 2
    cells = rows[1]
    assert [escape.from_spreadsheet(cell) for cell in cells] == [
        "\n".join(escape.visible(line) for line in cell.split("\n")) for cell in (one, other)
    ]
    for cell in cells:
        if cell[:1] in "=+-@＝＋－＠" and cell:
            float(cell.rstrip("%"))


@given(SHOWN, SHOWN, st.integers(20, 200))
def test_a_terminal_table_has_no_command_and_no_control(one: str, other: str, width: int) -> None:
    text = formats.render("text", [table(one, other)], formats.Look(width, plain, "zh"))
    promises.harmless(text)
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())


@given(SHOWN, SHOWN)
def test_json_is_the_same_data(one: str, other: str) -> None:
    text = render("json", table(one, other))
    promises.harmless(text)
    assert json.loads(text) == [{"甲": one}]


def finding(path: str, value: str) -> Finding:
    """A finding in a file, about a value."""
    told = Message("{key} has no value", key=value)
    return Finding("empty-value", Level.ERROR, Where(path), told, Message("write {plain}", plain=value), 3, 7)


@pytest.mark.parametrize("form", reports.FORMATS)
@given(path=NAMES, value=SHOWN)
def test_a_report_obeys_nobody(form: str, path: str, value: str) -> None:
    report = reports.Report([finding(path, value), finding(path, path)], 1, 1)
    for speech in promises.speeches():
        text = reports.load(form).render(report, speech, plain)
        promises.harmless(text)
        if form in ("json", "gitlab", "sarif"):
            _says(json.loads(text), form)
        else:
            commands = [line for line in text.splitlines() if line.lstrip().startswith("::")]
            assert len(commands) == (2 if form == "github" else 0)
            assert all(re.match(r"::error file=[^,:]*,line=3,col=7,title=[^,:]*::", line) for line in commands)


def _says(document: Any, form: str) -> None:
    found = document["findings"] if form == "json" else document if form == "gitlab" else document["runs"][0]["results"]
    assert len(found) == 2


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | SHOWN,
        lambda inner: st.lists(inner) | st.dictionaries(SHOWN, inner),
        max_leaves=30,
    )
)
def test_json_is_laid_out_as_python_does(data: object) -> None:
    assert json_format.dump(data) == escape.json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
