"""Tables as one HTML page that stands alone and prints on A4 landscape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from target_registry.escape import html
from target_registry.formats import Look
from target_registry.tables import Table

_STYLE = """
  @page { size: A4 landscape; margin: 12mm }
  body { font: 14px/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif;
         margin: 2em auto; max-width: 1400px; padding: 0 1em; color: #1a1a1a }
  h1 { font-size: 1.4em; text-align: center }
  table { border-collapse: collapse; width: 100% }
  th, td { border: 1px solid #888; padding: .35em .5em; vertical-align: middle; overflow-wrap: anywhere }
  th { background: #f0f0f0; font-weight: 600; min-width: 2.2em }
  td.n { text-align: center; white-space: nowrap }
  tr.total td { font-weight: 600; background: #f7f7f7 }
  thead { display: table-header-group }
  tr { break-inside: avoid }
  p.note { text-align: right }
"""


def piece(tables: Sequence[Table], look: Look) -> list[tuple[str, str]]:
    """Each table's title and its part of a page; a key work is one cell beside all its rows."""
    return [(html(table.title), "\n".join(_table(table))) for table in tables]


def whole(pieces: Sequence[Sequence[tuple[str, str]]], look: Look) -> str:
    """A page with all tables, named after the first."""
    parts = list(chain.from_iterable(pieces))
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{"en" if look.language == "en" else "zh-CN"}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{parts[0][0] if parts else ''}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        *(part for _, part in parts),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> Iterator[str]:
    yield f"<h1>{html(table.title)}</h1>"
    yield "<table>"
    columns = (*((table.grouping,) if table.grouping else ()), *table.columns)
    headings = "".join(f'<th scope="col">{html(column.heading)}</th>' for column in columns)
    yield f"<thead><tr>{headings}</tr></thead>"
    yield "<tbody>"
    for group, members in groupby(table.rows, key=lambda row: row.group):
        rows = list(members)
        for position, row in enumerate(rows):
            cells = ""
            if table.grouping and position == 0:
                cells = f'<td rowspan="{len(rows)}">{html(group)}</td>'
            for column, text in zip(table.columns, row.cells, strict=True):
                kind = ' class="n"' if column.numeric else ""
                cells += f"<td{kind}>{html(text).replace(chr(10), '<br>')}</td>"
            kind = ' class="total"' if row.total else ""
            yield f"<tr{kind}>{cells}</tr>"
    yield "</tbody>"
    yield "</table>"
    if table.note:
        yield f'<p class="note">{html(table.note)}</p>'
