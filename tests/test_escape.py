"""A stranger's text can do nothing in any medium."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st

from target_registry import escape
from tests.conftest import Run

HOSTILE = st.text(
    st.one_of(
        st.sampled_from(list("\x00\x07\x08\x1b\x7f\x85\x9b\r\n\t\u200b\u202e\u2066\u2028\ufeff\ud800|`*_<>&\"'[]()#@!=+-:%$\\{}~^./")),
        st.characters(),
    ),
    max_size=40,
)  # fmt: skip


@given(HOSTILE)
@settings(deadline=None)
def test_a_terminal_gets_no_control_and_a_runner_no_command(text: str) -> None:
    shown = escape.terminal(text)
    assert shown.isprintable() or not any(escape._INVISIBLE.match(char) for char in shown)
    assert "##[" not in shown
    assert "::" not in shown
    assert "\n" not in shown


@given(HOSTILE)
@settings(deadline=None)
def test_an_annotation_stays_one_command(text: str) -> None:
    assert not set("\r\n") & set(escape.annotation(text))
    assert not set("\r\n:,") & set(escape.annotation_property(text))


class _Collector(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(HOSTILE)
@settings(deadline=None)
def test_html_is_only_text(text: str) -> None:
    parser = _Collector()
    parser.feed(f"<p>{escape.html(text)}</p>")
    parser.close()
    assert parser.tags == ["p"]
    assert parser.text == "\n".join(escape.visible(line) for line in text.split("\n"))


@given(HOSTILE)
@settings(deadline=None)
def test_json_is_the_same_data_without_controls(text: str) -> None:
    document = escape.json(json.dumps(text, ensure_ascii=False))
    assert json.loads(document) == text
    assert not any(escape._INVISIBLE.match(char) for char in document)
    assert "##[" not in document


@given(HOSTILE)
@settings(deadline=None)
def test_a_spreadsheet_gets_no_formula(text: str) -> None:
    cell = escape.spreadsheet(text)
    assert cell == text or cell == "'" + text
    if cell == text and text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        float(text.rstrip("%"))


PAYLOADS = [
    "=cmd|'/C calc'!A0",
    "@team #1 <img src=x onerror=alert(1)> | `x` **b** [l](http://x)",
    "##[error]x",
    "::error::x",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_in_a_target(run: Run, registry: Path, payload: str) -> None:
    target = registry / "targets/2018/12-opening-up-conference.yaml"
    line = json.dumps(payload, ensure_ascii=False)
    target.write_text(target.read_text().replace("target: 成功举办全省对外开放大会", f"target: {line}"))
    for form in ("text", "markdown", "html", "csv", "tsv", "json"):
        out = run("-C", str(registry), "table", "--format", form, "--width", "300").out
        if form not in ("csv", "tsv"):
            assert "##[" not in out
        if form == "markdown":
            page = re.sub(
                r"<code>.*?</code>", "", cmarkgfm.github_flavored_markdown_to_html(out, Options.CMARK_OPT_UNSAFE)
            )
            assert not re.search("<img|<a |@team|#1", page)
        if form == "html":
            assert "<img" not in out
        if form == "csv":
            cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
            shown = payload.replace("##[", "## [")  # it may end up in a runner's log
            assert shown in cells or "'" + shown in cells
            assert not any(cell.startswith("=") for cell in cells)
    for form in ("text", "github", "gitlab", "sarif", "json"):
        out = run("-C", str(registry), "check", "--format", form).out
        assert "##[" not in out


@pytest.mark.parametrize(
    "name", ["29-a\nb.yaml", "29-\x1b[31mred.yaml", "29-a%0A::error::x.yaml", "29-＂.yaml", "29-##[x].yaml"]
)
def test_hostile_file_names(run: Run, registry: Path, name: str) -> None:
    (registry / "targets/2018" / name).write_text("x: 1\n")
    for form in ("text", "github", "gitlab", "sarif", "json"):
        outcome = run("-C", str(registry), "check", "--format", form)
        assert outcome.code == 1
        assert "\x1b" not in outcome.out
        assert "##[" not in outcome.out
        assert not any(line.startswith("::error::x") for line in outcome.out.splitlines())
        if form in ("text", "github"):
            assert all(line.startswith(("targets/", "    ", "::", "1", "错误")) for line in outcome.out.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "见!7",
        "%1.0",
        '%"下半年"',
        "~bug",
        "~1",
        "&7",
        "GL-12",
        "gl-1",
        "[issue:5]",
        "[vulnerability:5]",
        "*iteration:1",
        "{+ 新 +}",
        "[- 旧 -]",
    ],
)
def test_what_gitlab_makes_references_of_stands_in_a_code_span(text: str) -> None:
    assert escape.markdown(text) == f"`{text}`"


@pytest.mark.parametrize("text", ["##[group]x", "##vso[task.setvariable]x", "##teamcity[message]", "a ##[error]##[b]"])
def test_no_runner_finds_a_command_within_a_line(text: str) -> None:
    made = (
        escape.terminal(text), escape.log(text), escape.annotation(text), escape.html(text), escape.json(f'"{text}"'),
        escape.code(text), escape.code_span(text), escape.code_block(text, ""), escape.markdown(text),
    )  # fmt: skip
    assert not any(re.search(r"##\w*\[", one) for one in made)


def test_a_bar_has_a_backslash_in_tables_only() -> None:
    assert escape.code("a | b\\|c") == "`a | b\\|c`"
    assert escape.code_span("a | b") == "`a \\| b`"


@pytest.mark.parametrize("text", ["增长10%以上", "9%左右！", "R&amp;D", "约~以内"])
def test_what_nobody_makes_references_of_is_text(text: str) -> None:
    assert "`" not in escape.markdown(text)
