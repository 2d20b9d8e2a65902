"""What a browser shows of a page is what is read, or the page says why not."""

from __future__ import annotations

import pytest

from target_registry import forms
from target_registry.forms import Grid, Unfit


def read(page: str) -> list[Grid]:
    return list(forms.reader("html").read(page.encode()))


def in_cell(inside: str, sheet: str = "") -> tuple[str, str]:
    """What is read of a cell, and the start of what is wrong with it."""
    (grid,) = read(f"<style>{sheet}</style><table><tr><td>{inside}</td></tr></table>")
    cell = grid.rows[0][0]
    return cell.text, cell.fault.text if cell.fault else ""


@pytest.mark.parametrize(
    "what",
    [
        "<script>a()</script>", "<SCRIPT SRC=a.js></SCRIPT>", "<script type='text/JavaScript'>a()</script>",
        "<script type=module>a()</script>", "<script type=' '>a()</script>", "<script type='text/jscript'>a()</script>",
        "<script><!-- a() --></script>", "<svg><script href=a.js /></svg>", "<img src=a onerror='a()'>", "<p ONCLICK=a()>x",
        "<iframe srcdoc='&lt;script>a()&lt;/script>'></iframe>", "<iframe src=' javascript:a()'></iframe>",
        "<meta http-equiv=Refresh content='0;url=b.html'>", "<div><template shadowrootmode=open></template>x</div>",
    ],
)  # fmt: skip
def test_a_page_that_may_change_what_it_shows_is_refused(what: str) -> None:
    for page in (
        f"{what}<table><tr><td>x</table>",
        f"<table><tr><td>x{what}</table>",
        f"<table><tr><td>x</table>{what}",
    ):
        with pytest.raises(Unfit, match="may change what it shows") as refused:
            read(page)
        assert refused.value.hint


@pytest.mark.parametrize(
    "what",
    [
        "<script></script>", "<script> \n </script>", "<script type='application/json'>{\"a\": 1}</script>",
        "<script type='application/ld+json' src=a>{}</script>", "<script type='text/plain'>x</script>",
        "<meta http-equiv=Content-Type content='text/html'>", "<template>x</template>",
    ],
)  # fmt: skip
def test_data_of_a_page_is_no_script(what: str) -> None:
    assert in_cell(f"8{what}.5") == ("8.5", "")


@pytest.mark.parametrize(
    "sheet",
    [
        ".x:not(:hover){display:none}", ":not(:focus).x{display:none}", ".x:not(:target){display:none}",
        "td:not(:focus-within) .x{display:none}", ".x:not(:enabled){display:none}", ".x:not(.a, .b){display:none}",
        ".x:any-link{display:none}", "input:checked~.x{display:none}", ":is(:is(.x)){display:none}", ".x:is(:hover, *){display:none}",
        ".x::first-line{font-size:0}", "td:has(~::before) .x{display:none}", ".x:not([a='('])b{}.x{display:none}",
        "@media all{td{color:red;.x{display:none}}}", ".x{@media all{display:none}}", ".x{.q{color:red} display:none}",
        ".x{background:url(});display:none}", ".x{background:u\\72L( {);display:none}", "@media all{.x{a:url(});display:none}}",
        ".x{a:url(/*);display:none;b:url(*/)}", ".\\78 z,.\\78 {display:none}", ".a\\(b{display:none}", ".\\78 y{display:none}",
        '.x{content:"\\"";display:none;a:"}', '.a\\",.x{display:none}.b\\"{}', "/* <style> */ .x{display:none}",
        ".x{a:'b\n;display:none}", ".x{a:\\{;display:none}", ".x,.a\\{b{display:none}", ".x{a:\\};display:none}", ".中\u3000文{display:none}", ".x{" + "&{" * 99 + "display:none", ".x{display:none", "[*|data-a]{display:none}",
    ],
)  # fmt: skip
def test_whatever_a_style_sheet_may_hide_is_told(sheet: str) -> None:
    assert in_cell("8<i class='x xy a(b 中\u3000文' data-a>.5</i>", sheet)[1]


@pytest.mark.parametrize(
    "tag",
    [
        "<style title='>\"'>.x{display:none}",
        "<!-- <style> /* --><style>.x{display:none}",
        "<style>/*</stylex>*/ .x{display:none}",
        "<svg><style>.x{dis&#112;lay:none}",
    ],
)
def test_a_style_sheet_is_found_where_a_browser_finds_it(tag: str) -> None:
    (grid,) = read(f"<table><tr><td class=x>8.5</td></tr></table>{tag}</style>")
    assert grid.rows[0][0].fault


@pytest.mark.parametrize(
    "sheet",
    [
        ".x:hover{display:none}", "td .x:focus,.y{display:none}", ".x:empty{display:none}", ".y:not(.x){display:none}",
        "@page{margin:0;@top-left{display:none}}", "@font-face{font-size:0}", "/* .x{display:none} */", ".x::-webkit-scrollbar{display:none}",
        ".x{color:red}.y{display:none}", "td .y{display:none}.x{color:red}", "@media all{.y{display:none}}", "@media all{.x{color:red}}", ".x{@media all{color:red} .y{display:none}}", "v\\:* {a:url(#b)}",  "audio:not([controls]){display:none}",
        "[hidden]:where(:not([hidden=until-found])){display:none}", '.x{a:"{";b:"display:none"}',
        '<!--table {mso-displayed-decimal-separator:"\\."; mso-displayed-thousand-separator:"\\,";}\nrt {display:none;} -->',
    ],
)  # fmt: skip
def test_a_style_sheet_hides_no_more_than_it_may(sheet: str) -> None:
    assert in_cell("8<i class=x>.5</i>", sheet) == ("8.5", "")
