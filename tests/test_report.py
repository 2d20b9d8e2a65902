"""The report in a pull request, read as GitHub reads it: what a stranger wrote is only ever text."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from target_registry import escape
from target_registry.space import LIMIT
from target_registry.views import marks
from tests.conftest import Run
from tests.test_escape import HOSTILE
from tests.test_sources import git

# What our own report is made of; anything else came out of a value.
OWN = {"h2", "h3", "p", "strong", "ul", "li", "code", "br", "table", "thead", "tbody", "tr", "th", "td",
       "del", "ins", "details", "summary", "pre", "blockquote", "input", "wbr"}  # fmt: skip
PAYLOADS = (
    "a|b", "a\\|b", "\\", "`", "``", "` `", "`x` | y", "<img src=x onerror=1>", "<!-- x -->", "</code>", "</td></tr></table>",
    "@org/team", "fixes #1", "#1", "GH-1", "https://evil.example/x.png", "www.evil.example", "[x](http://evil.example)",
    "![x](http://evil.example/i.png)", "**b** _i_ ~~s~~", "$x$", ":smile:", "```\nx\n```", "a\nb", "| --- |", "> q",
    "- x", "# h", "&lt;b&gt;", "&#64;org", "\t", " x ", "\x1b[31m", "\u202eabc", "##[add-mask]x", "::set-env::",
    "a<br>b", "\\`", "`\\|`", "x\\", "\\\\|", "|" * 20, "`" * 50, "[^1]", "<details>", "javascript:alert(1)",
)  # fmt: skip


def rendered(text: str) -> str:
    """As GitHub's own parser renders it, raw HTML kept."""
    return str(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))


def cell_of(text: str) -> str:
    """What the browser gets for a value between two others in a table."""
    page = rendered(f"| a | b | c |\n| :-- | :-- | :-- |\n| before | {escape.code_span(text)} | after |\n")
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
    assert [cells[0], cells[2], len(cells)] == ["before", "after", 3]
    assert page.count("<tr>") == 2
    return str(cells[1])


@given(st.one_of(HOSTILE, st.sampled_from(PAYLOADS), st.lists(st.sampled_from(PAYLOADS), max_size=4).map("".join)))
@example("a\\|b")
@example("\\|")
@settings(deadline=None, max_examples=400)
def test_a_value_in_a_table_is_only_a_code_span(text: str) -> None:
    text = text.encode("utf-8", "backslashreplace").decode()
    if not text:
        return
    cell = cell_of(text)
    assert set(re.findall(r"<(\w+)", cell)) <= {"code", "wbr"}
    shown = html.unescape(re.sub(r"</?(?:code|wbr)>", "", cell))
    wanted = escape.visible(text.replace("\r\n", "\n").replace("\n", "⏎"))
    assert re.sub(r"[ \u00a0]+", " ", shown.strip()) == re.sub(r"[ \u00a0]+", " ", wanted.strip())
    outside = re.sub(r"<code>.*?</code>", "", cell, flags=re.DOTALL)
    assert outside.replace("<wbr>", "") == ""
    assert "##[" not in escape.code_span(text)


@given(HOSTILE, HOSTILE)
@settings(deadline=None)
def test_marked_pieces_are_the_text_again(before: str, after: str) -> None:
    left, right = marks.compare(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after


def shown(before: str, after: str) -> list[str]:
    """Both texts, what differs in square brackets."""
    return [
        "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in side)
        for side in marks.compare(before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("省统计局统计数据", "省商务厅统计数据或企业自报数据", ["省[统计局]统计数据", "省[商务厅]统计数据[或企业自报数据]"]),
        ("新增10家左右", "新增9家", ["新增[10]家[左右]", "新增[9]家"]),
        ("完成建设" * 5000, "完成建设" * 2000 + "力争" + "完成建设" * 3000,
         ["完成建设" * 5000, "完成建设" * 2000 + "[力争]" + "完成建设" * 3000]),
        ("甲" * 9000 + "乙" * 9000, "丙" * 9000 + "乙" * 9000, ["[" + "甲" * 9000 + "]" + "乙" * 9000, "[" + "丙" * 9000 + "]" + "乙" * 9000]),
        ("的" * 30_000, "地的" * 15_000, ["[" + "的" * 30_000 + "]", "[" + "地的" * 15_000 + "]"]),
        ("a", "的" * 30_000, ["[a]", "[" + "的" * 30_000 + "]"]),
    ],
    ids=range(6),
)  # fmt: skip
def test_marks(before: str, after: str, marked: list[str]) -> None:
    assert shown(before, after) == marked


@given(st.one_of(HOSTILE, st.sampled_from(PAYLOADS)))
@settings(deadline=None)
def test_a_block_ends_where_it_ends(text: str) -> None:
    text = text.encode("utf-8", "backslashreplace").decode()
    page = rendered(f"before\n\n{escape.code_block(text, 'yaml')}\n\nafter **x**\n")
    assert page.count("<pre>") + page.count("<pre ") == 1
    assert page.rstrip().endswith("<p>after <strong>x</strong></p>")


@pytest.fixture
def proposal(registry: Path) -> Path:
    """The registry committed, ready for a proposal in the working tree."""
    git(registry, "init", "--quiet", "--initial-branch=main")
    plan = registry / "targets/2018/plan.yaml"
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("language: zh\n", "language: zh\nstatus: approved\napproved_revision: v1\n"), "utf-8")
    git(registry, "add", "--all")
    git(registry, "commit", "--quiet", "--message=approved")
    git(registry, "tag", "v1")
    return registry


def rewrite(registry: Path, key: str, value: str, name: str = "01-retail-sales.yaml") -> None:
    """Put a value under a key of a target, written so that it is read as it is."""
    import json

    path = registry / "targets/2018" / name
    text = path.read_text("utf-8")
    path.write_text(re.sub(rf"(?m)^{key}: .*$", lambda _: f"{key}: {json.dumps(value)}", text), "utf-8")


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(HOSTILE, st.sampled_from(PAYLOADS)).filter(lambda t: t.strip() and t.isprintable()))
def test_a_whole_report_is_made_of_our_own_markup(proposal: Path, run: Run, text: str) -> None:
    rewrite(proposal, "target", text)
    rewrite(proposal, "basis", text)
    rewrite(proposal, "remarks", text)
    said = run("-C", str(proposal), "diff", "main", "--as-of", "2018-03-01", "--format", "markdown",
               "--link", "https://forge.example/blob/main/").out  # fmt: skip
    page = rendered(said)
    assert set(re.findall(r"<([a-z]\w*)", page)) <= OWN | {"a"}
    assert all(link.startswith("https://forge.example/blob/main/") for link in re.findall(r'href="([^"]*)"', page))
    assert "##[" not in said
    tables = re.findall(r"<table>.*?</table>", page, re.DOTALL)
    for table in tables:
        widths = Counter(len(re.findall(r"<t[hd][ >]", row)) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL))
        assert len(widths) == 1


def many(registry: Path, count: int, filler: str) -> None:
    """A proposal that changes every target, and adds a great many."""
    folder = registry / "targets/2018"
    template = (folder / "28-trade-friction.yaml").read_text("utf-8").split("measure:")[0]
    for number in range(100, 100 + count):
        text = re.sub(r"(?m)^basis: .*$", f"basis: {filler}{number}", template)
        (folder / f"{number}-more-{number}.yaml").write_text(text, "utf-8")


def test_a_report_has_a_limit_and_says_what_it_dropped(proposal: Path, run: Run) -> None:
    many(proposal, 300, "很长的依据" * 30)
    outcome = run("-C", str(proposal), "diff", "main", "--as-of", "2018-03-01", "--format", "markdown")
    assert outcome.code == 1
    assert len(outcome.out) < LIMIT
    shown = len(re.findall(r"^\| (?:第|\[)", outcome.out, re.MULTILINE))
    dropped = int(re.search(r"有(\d+)项须审批的变更这里放不下", outcome.out)[1])  # type: ignore[index]
    assert shown + dropped == 300
    assert dropped > 0
    assert "报告放不下" in outcome.err
    assert "需补充的调整记录这里放不下" in outcome.out
    assert "另有1份填报表的分值变化表这里放不下" in outcome.out


def test_lighter_rows_are_dropped_first(proposal: Path, run: Run) -> None:
    folder = proposal / "targets/2018"
    template = (folder / "28-trade-friction.yaml").read_text("utf-8").split("measure:")[0]
    for number in range(100, 500):
        (folder / f"{number}-more-{number}.yaml").write_text(template, "utf-8")
    git(proposal, "add", "--all")
    git(proposal, "commit", "--quiet", "--message=many")
    for number in range(100, 500):
        path = folder / f"{number}-more-{number}.yaml"
        path.write_text(path.read_text("utf-8").replace("2017年绩效目标", "2016年绩效目标" + "说明" * 60), "utf-8")
    rewrite(proposal, "deadline_month", "x")
    outcome = run("-C", str(proposal), "diff", "HEAD", "--as-of", "2018-03-01", "--format", "markdown")
    assert outcome.code == 0
    assert len(outcome.out) < LIMIT
    assert "实质性变更1项" in outcome.out
    assert re.search(r"另有\d+项较轻的变更这里放不下", outcome.out)
