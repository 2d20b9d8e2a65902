"""What of a workbook comes into sight: colours, alignment, views, sizes, and what lies over the cells or behind them."""

from __future__ import annotations

import pytest

from target_registry import limits
from target_registry.forms import Unfit
from tests import form_files as files
from tests.test_excel_forms import CELL
from tests.test_form_readers import read, sheet, texts

def refused(raw: bytes) -> str:
    with pytest.raises(Unfit) as caught:
        read("xlsx", raw)
    return caught.value.message.text


def with_part(parts: dict[str, str | bytes], of: str, kind: str, target: str, data: str) -> bytes:
    """The file with one part more, to which another refers."""
    folder = of.rpartition("/")[0]
    return files.zipped(
        {**files.with_relation(parts, of, files.relation(70, kind, target)), f"{folder}/{target}": data}
    )


# Nesting


@pytest.mark.parametrize("count", [limits.FORM_DEPTH, 30_000])
@pytest.mark.parametrize("of", ["sheet", "styles", "strings", "book"])
def test_parts_that_are_nested_without_end_are_refused(of: str, count: int) -> None:
    deep = f"<extLst>{'<a>' * count}{'</a>' * count}</extLst>"
    line = files.rows('<c t="s"><v>0</v></c>')
    strings = f"<si><t>甲</t>{deep if of == 'strings' else ''}</si>"
    more = {"styles": deep if of == "styles" else "", "book": deep if of == "book" else ""}
    assert "levels deep" in refused(files.excel(line + (deep if of == "sheet" else ""), strings=strings, **more))


def test_extensions_of_ordinary_depth_are_let_be() -> None:
    deep = f"<extLst>{'<a>' * 40}{'</a>' * 40}</extLst>"
    assert texts(sheet(CELL, styles=deep, strings=f"<si><t>甲</t>{deep}</si>")) == [["1"]]


def test_a_part_in_another_namespace_is_no_such_part() -> None:
    parts = files.excel_parts(files.rows(CELL))
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    assert "damaged" in refused(files.zipped({**parts, "xl/styles.xml": f'<styleSheet xmlns="{strict}"/>'}))


@pytest.mark.parametrize("kind", ["drawing", "styles"])
def test_parts_that_strict_relations_lead_to_are_not_passed_over(kind: str) -> None:
    strict = f"http://purl.oclc.org/ooxml/officeDocument/relationships/{kind}"
    parts = files.excel_parts(files.rows(CELL))
    assert "otherwise" not in refused(with_part(parts, "xl/sheet1.xml", strict, "a.xml", "<a/>"))
