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
    return cell.text, cell.fault.told.text if cell.fault else ""


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
        "<meta http-equiv=Content-Type content='text/html'>",
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


@pytest.mark.parametrize(
    "style",
    [
        "opacity:0.0", "opacity:.0", "opacity:0%", "opacity:0.01", "opacity:var(--a)", "filter:opacity(0)", "zoom:0",
        "font-size:0.0px", "font-size:.0em", "font-size:0rem", "font-size:00px", "font-size:calc(0px)", "font-size:-0px",
        "font-size:0e0px", "font-size:0vw", "font-size:2pt", "font-size:20%", "font-size:calc(9px - 9px)", "font-size:calc(12px*0)",
        "font:0/0 a", "font:0 a", "font:italic 700 1px/20px a", "font:var(--a)", "color:transparent", "color:rgba(0,0,0,0)",
        "color:rgb(0 0 0 / 0%)", "color:#0000", "color:#12345600", "color:hsla(0,0%,0%,.0)", "color:color-mix(in srgb,red,blue)",
        "-webkit-text-fill-color:transparent", "text-indent:-999px", "text-indent:100%", "margin-left:-9999px", "margin:0 0 0 -99em",
        "float:left;margin-left:-100vw", "position:absolute", "position:fixed;top:0", "position:relative;left:-999px",
        "position:relative;left:90px", "inset:0 auto auto -50em", "clip:rect(0,0,0,0)", "clip-path:inset(100%)", "transform:scale(0)",
        "-webkit-transform:scale(0)", "translate:-9999px", "scale:0", "rotate:180deg", "max-height:0;overflow:hidden",
        "height:1px;overflow:hidden", "width:0;height:0;overflow:clip", "max-width:1px;overflow-x:hidden", "content-visibility:hidden",
        "--a:none;display:var(--a)", "visibility:var(--a)", "animation:k 1s forwards", "animation-name:k", "mask:linear-gradient(red,red)",
        "letter-spacing:-1em", "-webkit-text-security:disc", "float:left", "order:-1", "flex-direction:row-reverse",
        "background:black", "background:#000", "background-color:rgb(0,0,0)", "background:hsl(0,0%,5%) none", "mix-blend-mode:screen",
        "contain:strict", "font-size-adjust:.001", "vertical-align:-9999px", "padding-left:99999px", "font-variant-position:super",
        "font-feature-settings:'sups'", "text-transform:uppercase",
        "background:black;color:black", "text-decoration:var(--a)", "display:none ! important", "content:url(a)",
    ],
)  # fmt: skip
def test_text_that_a_style_hides_or_moves_is_told(style: str) -> None:
    assert in_cell(f'4<span style="{style}">2</span>')[1]
    assert in_cell("4<span class=x>2</span>", f".x{{{style}}}")[1]


@pytest.mark.parametrize(
    "style",
    [
        "opacity:.8", "opacity:1", "opacity:90%", "filter:grayscale(1)", "zoom:1", "font-size:3pt", "font-size:7.5pt", "font-size:62.5%",
        "font-size:.8em", "font-size:x-small", "font-size:calc(1.375rem + 1.5vw)", "font:7.0pt 'Times New Roman'", "font:14px/1.5 'a'",
        "font:italic bold 12px/30px Georgia", "font:inherit", "color:#1a1a1a", "color:red", "color:rgba(0,0,0,.87)", "color:rgb(0 0 0 / 90%)",
        "color:hsl(0,0%,0%)", "color:inherit", "color:windowtext", "text-indent:-18.0pt;margin-left:36.0pt", "text-indent:2em",
        "margin:0 -15px", "margin:0 auto", "position:relative;top:-3.0pt", "position:static", "position:sticky;top:0", "clip:auto",
        "transform:none", "overflow:hidden", "height:0", "width:1%;overflow:hidden", "width:54pt;height:13.5pt;overflow:hidden",
        "animation:none", "letter-spacing:-.5pt", "float:none", "order:0", "background:#555", "background:#fff;color:#000", "contain:layout",
        "vertical-align:middle", "vertical-align:-3pt", "padding:2px 4pt", "mix-blend-mode:normal", "text-transform:none",
        "mso-rotate:90", "text-underline-style:none;text-line-through:none", "layout-grid-mode:line", "display:inline-block", "",
    ],
)  # fmt: skip
def test_text_that_a_style_lets_be_seen_is_read(style: str) -> None:
    assert in_cell(f'4<span style="{style}">2</span>') == ("42", "")
    assert in_cell("4<span class=x>2</span>", f".x{{{style}}}") == ("42", "")


def test_what_is_flat_by_one_rule_and_cut_by_another_is_hidden() -> None:
    assert in_cell("4<i class='a b'>2</i>", ".a{max-height:0}.b{overflow:hidden}")[1]


def test_a_page_may_stand_where_it_likes_around_its_table() -> None:
    (grid,) = read(
        "<div style='position:absolute;float:left'><table style='float:left'><tr><td>8</td></tr></table></div>"
    )
    assert not grid.rows[0][0].fault
    (grid,) = read("<table><tr style='position:absolute'><td>8</td></tr></table>")
    assert grid.rows[0][0].fault


@pytest.mark.parametrize(
    "what",
    [
        "<datalist><option>2</option></datalist>", "<audio>2</audio>", "<noembed>2</noembed>",
    ],
)  # fmt: skip
def test_what_no_browser_shows_is_not_read(what: str) -> None:
    assert in_cell(f"4{what}") == ("4", "")


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>1<template></tr><tr><td>2</tr></template></table>", "<table><tr><td>1<noscript></tr><tr><td>2</tr></noscript></table>",
        "<div><template></div><table><tr><td>1</table></template>", "<NOSCRIPT\n><table><tr><td>1</table></NOSCRIPT>",
        "<table><tr><td>4<template>2</template></table>", "<table><tr><td>4<noscript>2</noscript></table>",
        "<template><i title='</template>'></i></div><table><tr><td>1</table></template>", "<template><table><tr><td>1</table>",
        "<template><i title='></template>'></div><table><tr><td>1</table>", "<noscript><!-- </noscript> --><table><tr><td>1</table></noscript>",
        "<template><textarea></template><table><tr><td>1</table></textarea></template>", "<template/><table><tr><td>1</table></template>",
        "<template><noscript></template><table><tr><td>1</table></noscript></template>",
    ],
)  # fmt: skip
def test_a_table_around_or_within_what_is_not_shown_by_every_browser_is_refused(page: str) -> None:
    with pytest.raises(Unfit, match="<template> or <noscript>"):
        read(page)


@pytest.mark.parametrize(
    "what",
    [
        "<noscript>请启用 JavaScript</noscript>", "<noscript><img src='a.png' style='display:none' alt=\"\"/></noscript>",
        "<template id=\"a\" class='b'><div>x</div></template>", "<template-x></template-x>", "<noscript >\n<p>a<br>b</p>\n</noscript >",
    ],
)  # fmt: skip
def test_what_a_page_keeps_beside_its_table_for_no_reader_is_let_be(what: str) -> None:
    for page in (f"{what}<table><tr><td>8</table>", f"<p>x</p><table><tr><td>8</table>{what}"):
        (grid,) = read(page)
        assert grid.rows[0][0].text == "8"


def texts(page: str) -> list[list[str]]:
    (grid,) = read(page)
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize(
    "end",
    [
        "</tr>", "</tbody>", "</tr></tbody>", "</TBODY >", "</tr><tbody>", "</tr></tbody><caption>x</caption>", "</tr><col>", "</tr>x",
        "</tr></tbody><thead>",
    ],
)  # fmt: skip
def test_a_cell_that_stands_in_no_row_begins_one_as_in_a_browser(end: str) -> None:
    for start in ("<table><tr>", "<table><tbody><tr>"):
        assert texts(f"{start}<td>1<td>2{end}<td>3<td>4</table>") == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize(
    "end", ["</thead>", "</tfoot>", "</caption>", "<p title='</tr>'>", "<!-- </tr> -->", "<b></b>"]
)
def test_what_ends_no_row_leaves_it_open(end: str) -> None:
    assert texts(f"<table><tr><td>1<td>2{end}<td>3</table>") == [["1", "2", "3"]]


@pytest.mark.parametrize("end", ["</html>", "</body>", "</BODY></html>"])
def test_what_stands_behind_an_end_of_the_page_within_a_table_is_told(end: str) -> None:
    for rest in ("<td>2", "</td></tr><tr><td>2"):
        with pytest.raises(Unfit, match="outside of every table"):
            read(f"<table><tr><td>1{end}{rest}</table>")
    assert texts(f"<table><tr><td>1</table>{end}") == [["1"]]


def test_the_end_of_a_break_is_one() -> None:
    assert texts("<table><tr><td>1</br>2<td>3</BR >4</table>") == [["1\n2", "3\n4"]]


def test_the_end_of_a_row_within_raw_text_is_no_end() -> None:
    assert texts("<table><tr><td>1<textarea></tr></tbody></textarea><td>2</table>") == [["1", "2"]]


def test_a_row_of_an_inner_table_ends_no_row_around_it() -> None:
    outer, _ = read("<table><tr><td>1<table><tr><td>x</tr></tbody></table><td>2</table>")
    assert [cell.text for cell in outer.rows[0]] == ["1", "2"]


@pytest.mark.parametrize("tag", ["thead", "caption", "col", "colgroup"])
def test_a_row_that_is_not_closed_before_another_part_of_the_table_is_told(tag: str) -> None:
    for before in ("", "</td>"):
        with pytest.raises(Unfit, match="a row of the table isn't closed before"):
            read(f"<table><tr><td>1{before}<{tag}><td>2</table>")


@pytest.mark.parametrize(
    "what",
    [
        "<b popover>2</b>", "<b popover=manual>2</b>", "<b hidden=until-found>2</b>", "<dialog>2</dialog>", "<object>2</object>", "<meter>2</meter>", "<progress>2</progress>",
        "<b dir=rtl>2</b>", "<b style='direction:rtl'>2</b>", "<bdo dir=RTL>2</bdo>",
    ],
)  # fmt: skip
def test_what_an_element_hides_or_turns_is_told(what: str) -> None:
    assert in_cell(f"4{what}")[1]


def test_a_page_that_runs_from_right_to_left_is_told() -> None:
    (grid,) = read("<html dir=rtl><table><tr><td>3-5</td></tr></table></html>")
    assert "right to left" in str(grid.rows[0][0].fault)


def test_a_table_within_what_is_not_shown_is_told() -> None:
    for tag in ("video", "canvas", "object"):
        (grid,) = read(f"<{tag}><table><tr><td>8</td></tr></table></{tag}>")
        assert "hidden" in str(grid.rows[0][0].fault)


@pytest.mark.parametrize(
    ("columns", "hidden"),
    [
        ("<col><col style='visibility:collapse'>", "010"), ("<colgroup><col span=2 hidden></colgroup>", "110"),
        ("<colgroup span=2 style='display:none'><colgroup><col></colgroup>", "110"), ("<col><colgroup hidden><col><col>", "011"),
        ("<col width=72 span=3 style='width:54pt'>", "000"), ("<col span=2><col width=0 style='display:none'>", "001"),
        ("<col span=999999999 hidden>", "111"), ("<col><col style='width:0'>", "010"),
    ],
)  # fmt: skip
def test_cells_of_a_hidden_column_are_told(columns: str, hidden: str) -> None:
    (grid,) = read(f"<table>{columns}<tr><td>1<td>2<td>3</table>")
    assert [bool(cell.fault) for cell in grid.rows[0]] == [mark == "1" for mark in hidden]


def test_a_cell_that_reaches_into_a_hidden_column_is_told() -> None:
    (grid,) = read("<table><col><col hidden><tr><td colspan=2>1<tr><td>2<td></table>")
    assert [[bool(cell.fault) for cell in row] for row in grid.rows] == [[True, True], [False, False]]


def test_a_hidden_cell_is_told_even_without_text() -> None:
    """The cells after it are shown further to the left than they are read."""
    (grid,) = read("<table><tr><td>1<td hidden><td>2<tr style='display:none'><td><td><td></table>")
    assert [[bool(cell.fault) for cell in row] for row in grid.rows] == [[False, True, False], [False] * 3]


@pytest.mark.parametrize(
    "sheet",
    [
        "td::after{content:'且1%'}", ".x:before{content:'不'}", "tr::before{content:'a'}", ".x:hover,.x::AFTER{content:counter(a)}",
        "i::before{content:attr(class)}", ".x::before{content:url(a.png)}", ".x::before{content:'\\4e0d'}", ".x:\\62 efore{content:'a'}",
        ".x{&::before{content:'a'}}", "@media all{.x::before{content:'a'}}", "::before{content:'a'}", ".x::before{content:open-quote}",
        ".x::before{@media all{content:'a'}}", ".x:not(:hover)::before{content:'a'}", ".x::before{content:var(--a)}",
    ],
)  # fmt: skip
def test_what_a_style_sheet_adds_to_a_cell_is_told(sheet: str) -> None:
    assert "adds" in in_cell("8<i class=x>.5</i>", sheet)[1]


@pytest.mark.parametrize(
    "sheet",
    [
        "td::after{content:''}", ".x:before{content:none}", ".x::before{content:normal}", "*::before{box-sizing:border-box}",
        ".x:after{content:' ';display:table}", ".x::after{content:'\\20'}",
        ".y::after{content:'a'}", ".x:hover::after{content:'a'}", "td{content:'a'}", "blockquote:before,.x:after{content:'';content:none}",
        ".x::after{content:'\\200B'}", "@page{@top-left{content:'a'}}",
    ],
)  # fmt: skip
def test_a_style_sheet_that_adds_nothing_is_let_be(sheet: str) -> None:
    assert in_cell("8<i class=x>.5</i>", sheet) == ("8.5", "")


def test_what_a_blank_cell_is_made_to_show_is_told() -> None:
    assert in_cell("", "td:before{content:'8'}")[1]


@pytest.mark.parametrize(
    "what",
    ["<img src=a.png>", "<ruby>8<rt>不含</ruby>", "<img srcset='a.png 2x'>", "<q>2</q>", "<ol start=5><li>2</ol>"],
)
def test_what_a_browser_shows_besides_text_is_told(what: str) -> None:
    assert in_cell(f"8{what}")[1]


def test_an_image_that_shows_nothing_is_let_be() -> None:
    assert in_cell("8<img>.5<img alt=''>") == ("8.5", "")


def test_a_caption_belongs_to_its_own_table() -> None:
    first, second = read(
        "<h1>总表</h1><table><caption>2019年度<br>目标表</caption>松<tr><td>1</table>文<table><caption hidden>藏</caption><tr><td>2</table>"
    )
    assert first.before == ("总表", "2019年度", "目标表", "松")
    assert second.before == ("文",)
    outer, inner = read("<h1>总表</h1><table><tr><td>外<table><caption>内表</caption><tr><td>内</table></table>")
    assert (outer.before, inner.before) == (("总表",), ("内表",))
    assert (outer.rows[0][0].text, inner.rows[0][0].text) == ("外", "内")


@pytest.mark.parametrize(
    "inside",
    [
        "<b style='color:white'>2</b>", "<b style='color:#FFF'>2</b>", "<b style='color:#ffffff'>2</b>", "<b style='color:#fffffff0'>2</b>",
        "<b style='color:rgb(255,255,255)'>2</b>", "<b style='color:rgb(100% 100% 100%)'>2</b>", "<b style='color:hsl(0,0%,100%)'>2</b>",
        "<b style='color:#FDFDFD'>2</b>", "<b style='color:snow'>2</b>", "<font color=white>2</font>", "<font color='#fff'>2</font>",
        "<font color=FFFFFF>2</font>", "<b class=w>2</b>", "<b style='background:white'><font color=white>2</font></b>",
        "<b style='background:#336'><i style='background:#fff none;color:white'>2</i></b>", "<b style='color:white;background:none'>2</b>",
        "<b style='color:white'><i>2</i></b>", "<b bgcolor='#FFFFFF' class=w>2</b>", "<b style='color:black' class=w>2</b>",
    ],
)  # fmt: skip
def test_white_text_on_white_is_told(inside: str) -> None:
    assert "colour of its background" in in_cell(f"4{inside}", "th{background:#f0f0f0}.w{color:white}")[1]


@pytest.mark.parametrize(
    "inside",
    [
        "<b style='color:#f00;background-color:#ff0000'>2</b>", "<b style='color:rgb(255,0,0);background:red'>2</b>",
        "<b bgcolor=blue><font color=blue>2</font></b>", "<b bgcolor=#00F><font color=blue>2</font></b>",
        "<b style='color:blue;background:#0000fe'>2</b>",
    ],
)  # fmt: skip
def test_text_of_its_backgrounds_colour_is_told(inside: str) -> None:
    assert in_cell(f"4{inside}")[1]


@pytest.mark.parametrize(
    "inside",
    [
        "<b bgcolor=blue><font color=blue><i style='color:white'>2</i></font></b>",
        "<b bgcolor=blue><i bgcolor=white><font color=blue>2</font></i></b>",
        "<b style='background:#4472C4'><i style='color:white'>2</i></b>",
        "<b bgcolor=navy><font color=white>2</font></b>", "<b class=d><font color=white>2</font></b>", "<font color=red>2</font>",
        "<b style='color:white'><i style='color:black'>2</i></b>",
        "<font color=white><font color='#000'>2</font></font>", "<b style='color:white;background-color:rgb(0,0,0)'>2</b>",
        "<b style='color:white'> <i style='color:red'>2</i></b>",
        "<b style='color:white;background:linear-gradient(red,blue)'>2</b>", "<b style='color:#ddd'>2</b>",
    ],
)  # fmt: skip
def test_text_of_another_colour_than_its_background_is_read(inside: str) -> None:
    assert in_cell(f"4{inside}", ".d{background:#000}")[1] == ""


def test_a_page_may_be_white_on_dark() -> None:
    (grid,) = read("<body bgcolor=black text=white><table><tr><td>8</table>")
    assert not grid.rows[0][0].fault
    for page in (
        "<body text=white><table><tr><td>8</table>",
        "<body bgcolor=black><table><tr><td>8</table>",
        "<body bgcolor=black><table><tr><td><font color=black>8</font></table>",
        "<table><tr><td bgcolor='#111'>8</table>",
        "<table style='background:#000'><tr><td><font color='#222'>8</font></table>",
    ):
        (grid,) = read(page)
        assert grid.rows[0][0].fault, page
    (grid,) = read("<table style='background:#000'><tr><td style='background:#fff'>8</table>")
    assert not grid.rows[0][0].fault


def test_a_font_of_the_page_may_show_other_signs() -> None:
    sheet = "@font-face{font-family:q;src:local(Wingdings)}"
    assert in_cell("42", sheet)[1]
    assert not in_cell("42", "@font-face{font-family:宋体;panose-1:2 1 6 0 3 1 1 1 1 1}")[1]


EXCEL = r"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Excel.Sheet>
<link rel=File-List href="form.files/filelist.xml">
<!--[if !mso]><style>v\:* {behavior:url(#default#VML);} o\:* {behavior:url(#default#VML);} .shape {behavior:url(#default#VML);}</style><![endif]-->
<style id="form_1"><!--table {mso-displayed-decimal-separator:"\."; mso-displayed-thousand-separator:"\,";}
@page {margin:.75in .7in .75in .7in; mso-header-margin:.3in;}
.font5 {color:windowtext; font-size:9.0pt; font-weight:400; font-style:normal; text-decoration:none; font-family:等线, sans-serif; mso-font-charset:134;}
tr {mso-height-source:auto; mso-ruby-visibility:none;} col {mso-width-source:auto; mso-ruby-visibility:none;}
br {mso-data-placement:same-cell;} ruby {ruby-align:left;} .style0 {mso-number-format:General; mso-rotate:0; color:black;}
td {mso-style-parent:style0; padding-top:1px; mso-ignore:padding; color:black; font-size:11.0pt; text-decoration:none;
 font-family:等线, sans-serif; mso-number-format:General; vertical-align:middle; border:none; mso-background-source:auto; mso-pattern:auto;
 mso-protection:locked visible; white-space:nowrap; mso-rotate:0;}
.xl65 {mso-style-parent:style0; color:white; background:#4472C4; mso-pattern:black none; mso-number-format:"\@"; white-space:normal;}
.xl66 {mso-style-parent:style0; border:.5pt solid windowtext; mso-number-format:"0\.0%"; layout-flow:vertical; text-align:center;}
.xl67 {background:white; mso-pattern:black none; text-underline-style:none; text-line-through:none;}
rt {color:windowtext; font-size:9.0pt; mso-char-type:none; display:none;} --></style></head>
<body link="#0563C1" vlink="#954F72"><!--[if !excel]>&nbsp;&nbsp;<![endif]-->
<table border=0 cellpadding=0 cellspacing=0 width=216 style='border-collapse:collapse;table-layout:fixed;width:162pt'>
<col width=72 span=2 style='width:54pt'><col class=xl66 width=72 style='mso-width-source:userset;mso-width-alt:2304;width:54pt'>
<tr height=19 style='height:14.25pt'><td height=19 class=xl65 width=72 style='height:14.25pt;width:54pt'>重点工作</td>
<td class=xl65 style='border-left:none'>目标</td><td class=xl67>权重</td></tr>
<tr height=19 style='mso-height-source:userset;height:14.25pt'><td rowspan=2 class=xl66>一、甲</td><td class=xl66>增长9%<font class="font5">左右</font></td>
<td class=xl66 align=right>4</td></tr><tr><td class=xl66><span style='mso-spacerun:yes'> </span>增长<br>8%</td><td class=xl67>5.0%</td></tr>
<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72 style='width:54pt'></td><td width=72 style='width:54pt'></td></tr><![endif]>
</table></body></html>"""
WORD = r"""<html><head><style><!-- /* Font Definitions */ @font-face {font-family:宋体; panose-1:2 1 6 0 3 1 1 1 1 1;}
 /* Style Definitions */ p.MsoNormal, li.MsoNormal, div.MsoNormal {mso-style-unhide:no; mso-style-qformat:yes; margin:0cm; text-align:justify;
 mso-pagination:none; font-size:10.5pt; mso-hansi-font-family:"Times New Roman"; mso-font-kerning:1.0pt;}
 p.MsoListParagraph {margin:0cm; text-indent:21.0pt; mso-char-indent-count:2.0;} span.GramE {mso-style-name:""; mso-gram-e:yes;}
 @page WordSection1 {size:841.9pt 595.3pt; mso-page-orientation:landscape; margin:90.0pt 72.0pt 90.0pt 72.0pt;} div.WordSection1 {page:WordSection1;}
 @list l0 {mso-list-id:12; mso-list-type:hybrid;} @list l0:level1 {mso-level-tab-stop:none; mso-level-number-position:left; margin-left:18.0pt; text-indent:-18.0pt;}
--></style><!--[if gte mso 10]><style>table.MsoNormalTable {mso-style-name:普通表格; font-size:10.0pt; mso-padding-alt:0cm 5.4pt 0cm 5.4pt;}</style><![endif]--></head>
<body lang=ZH-CN style='tab-interval:21.0pt;word-wrap:break-word;text-justify-trim:punctuation'><div class=WordSection1 style='layout-grid:15.6pt'>
<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:18.0pt;font-family:宋体'>填报表<span lang=EN-US><o:p></o:p></span></span></b></p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='margin-left:-5.4pt;border-collapse:collapse;border:none;mso-yfti-tbllook:1184'>
<tr style='mso-yfti-irow:0;height:1.0cm'><td width=142 valign=top style='width:106.5pt;background:#D9D9D9;mso-background-themecolor:background1'>
<p class=MsoNormal><span style='font-family:宋体;color:black;mso-themecolor:text1'>重点工作</span></p></td>
<td width=142 style='width:106.5pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt'>
<p class=MsoListParagraph style='margin-left:18.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;</span></span></span><![endif]><span class=GramE>增长</span><span style='position:relative;top:-3.0pt;mso-text-raise:3.0pt'>9%</span></p></td></tr>
</table><p class=MsoNormal><span lang=EN-US style='font-size:1.0pt;display:none;mso-hide:all'><o:p>&nbsp;</o:p></span></p></div></body></html>"""


def test_what_office_saves_as_a_web_page_is_read() -> None:
    (grid,) = read(EXCEL)
    assert [[cell.text for cell in row] for row in grid.rows[:3]] == [
        ["重点工作", "目标", "权重"], ["一、甲", "增长9%左右", "4"], ["一、甲", " 增长\n8%", "5.0%"],
    ]  # fmt: skip
    assert not [cell for row in grid.rows for cell in row if cell.fault]
    (grid,) = read(WORD)
    assert grid.before == ("填报表",)
    assert [cell.text for cell in grid.rows[0]] == ["重点工作", "1.\xa0增长9%"]
    assert not [cell for cell in grid.rows[0] if cell.fault]


SITE = """<style>*,::after,::before{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#212529;background:#fff}
[hidden]{display:none!important}.collapse:not(.show){display:none}.sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}
a:hover{color:#0056b3}.btn:not(:disabled):not(.disabled){cursor:pointer}audio:not([controls]){display:none}.fade:not(.show){opacity:0}
.table{width:100%;margin-bottom:1rem;color:#212529}.table thead th{vertical-align:bottom;border-bottom:2px solid #dee2e6}
.table-dark{color:#fff;background-color:#343a40}.clearfix::after{display:block;clear:both;content:""}.icon-up:before{content:"\\f106"}
@media (max-width:575.98px){.table-responsive{display:block;overflow-x:auto}}@keyframes spin{to{transform:rotate(360deg)}}.spinner{animation:spin 1s}
@media print{*,::after,::before{text-shadow:none!important}.table td{background-color:#fff!important}}</style>
<div class="table-responsive"><table class="table"><caption>填报表</caption><thead class="table-dark"><tr><th scope=col>目标</th><th>权重</th></tr></thead>
<tbody><tr><td><a href="a.html">增长9%</a></td><td>4</td></tr></tbody></table></div>"""


def test_a_plain_table_of_a_site_is_read() -> None:
    (grid,) = read(SITE)
    assert grid.before == ("填报表",)
    assert [[cell.text for cell in row] for row in grid.rows] == [["目标", "权重"], ["增长9%", "4"]]
    assert not [cell for row in grid.rows for cell in row if cell.fault]


@pytest.mark.parametrize("sheet", ["body{color:var(--ink)}", "td{color:color-mix(in srgb,red,white)}"])
def test_a_colour_that_a_variable_holds_is_told_and_hides_no_heading(sheet: str) -> None:
    text, fault = in_cell("文字", sheet)
    assert text == "文字"
    assert fault.startswith("the text's colour can't be told")


@pytest.mark.parametrize(
    "inside",
    [
        "<span style='font-family:\"Wingdings 2\"'>R</span>",
        "<span style='font-family:Symbol'>³</span>",
        "<font face=Wingdings>Ø</font>",
        "<span style='mso-char-type:symbol'>R</span>",
        "<span style='font:7.0pt Wingdings'>R</span>",
    ],
)
def test_signs_of_a_symbol_font_are_told(inside: str) -> None:
    assert in_cell(inside)[1].startswith("the cell's font shows signs")
    assert not in_cell(
        inside.replace("Wingdings 2", "宋体")
        .replace("Wingdings", "宋体")
        .replace("Symbol", "宋体")
        .replace("symbol", "x")
    )[1]


@pytest.mark.parametrize(
    "style",
    [
        "position:absolute;left:3px", "position:fixed", "position:relative;top:-40px", "margin-top:-3em", "margin:-60px 0 0",
        "transform:translateY(90px)", "translate:0 4em", "--a:1;position:var(--a)",
    ],
)  # fmt: skip
def test_what_a_page_may_show_over_its_table_is_told(style: str) -> None:
    for page in (
        f"<p style='{style}'>15%</p>{{}}", f"<style>.x{{{{{style}}}}}</style>{{}}<div><p>9</p><b class=x>15%</b></div>",
        f"<div style='{style}'>{{}}<i style='{style}'>15%</i></div>",
    ):  # fmt: skip
        (grid,) = read(page.format("<table><tr><td>5%</td></tr></table>"))
        assert grid.floating == ("15%",)
        assert grid.rows[0][0].fault is None
    for box in (
        f"<img src=a style='{style}'>", f"<div style='background:white;{style}'></div>", f"<image src=a style='{style}'>",
        f"<embed src=a style='{style}'>", f"<embed src=a style='{style}'></embed>", f"<object data=a style='{style}'></object>",
    ):  # fmt: skip
        (grid,) = read(f"{box}<table><tr><td>5%</td></tr></table>")
        assert grid.floating == ("",)


@pytest.mark.parametrize(
    "page",
    [
        "<div style='position:absolute'><h1>表</h1>{}</div>", "<p style='float:left'>x</p>{}", "{}<p style='margin-left:-9px'>x</p>",
        "<p style='position:absolute;display:none'>x</p>{}", "<img src=a>{}", "<b style='position:absolute'> </b>{}",
        "<div style='background:white'></div>{}",
    ],
)  # fmt: skip
def test_what_stays_beside_a_table_is_not(page: str) -> None:
    (grid,) = read(page.format("<table><tr><td style='background:red'>5%</td></tr></table>"))
    assert grid.floating == ()


@pytest.mark.parametrize(
    "inside",
    [
        "<div><font color=white></div>2", "<p><s></p>2", "<p><s>4</p><p>2</p>", "<p><font style='display:none'></p>2",
        "<p><font color=white></p><p style='color:black'>2</p>", "<s><p>2</p></s>", "<div><s><p>4</p></div>2</s>",
        "<p><s></p><p></b>2</p>", "<p><b><s></p>2</b>3", "<font color=black><div style='color:white'></font>2</div>",
        "<p><font color=black><font color=white></p>2", "<p><s></p><span>2</span>", "<b><s></b>2</s>", "<p><a style='color:white'></p>2",
    ],
)  # fmt: skip
def test_what_is_left_open_in_a_block_goes_on_behind_it(inside: str) -> None:
    assert in_cell(inside)[1]


@pytest.mark.parametrize(
    "inside",
    [
        "<p><b>4</p>2", "<p><font size=3 color='#333'>4</p><p>2</p>", "<div><s></s></div>42", "<p><s></p></s>42", "<p><s></s>4</p>2",
        "<p><font color=white></p></font>42", "<p><font color=white></p><font color=black>42</font>",
        "<p><font color=white></p><span style='color:black'>42</span>", "<font color=white><div></font>42</div>", "<p><s><b></p></s>42</b>",
        "<p><a style='color:white'></p><a>42</a>", "<p><span style='color:white'></p>42", "<b><i>4</b>2</i>",
    ],
)  # fmt: skip
def test_what_ends_as_its_page_says_does_not_go_on(inside: str) -> None:
    assert (in_cell(inside)[0].replace("\n", ""), in_cell(inside)[1]) == ("42", "")


def test_what_is_left_open_ends_with_its_cell_and_reaches_into_a_table_below() -> None:
    (grid,) = read("<table><tr><td><p><s>1</p><td>2<tr><td><s>3</td><td>4</table>")
    assert [[bool(cell.fault) for cell in row] for row in grid.rows] == [[True, False], [True, False]]
    for page in (
        "<s><noembed></s></noembed>{}</s>",
        "<div><font color=white></div>\n{}",
        "<p><s>x</p>{}",
        "<s><p>x</p>{}</s>",
    ):
        (grid,) = read(page.format("<table><tr><td>8</td></tr></table>"))
        assert grid.rows[0][0].fault, page
    (grid,) = read("<p><font color=red>x</p><p></font>y</p><table><tr><td>8</td></tr></table>")
    assert not grid.rows[0][0].fault


def test_a_page_cannot_pretend_that_something_ends() -> None:
    for sign in ("\ufdd8", "&#xFDD8;", "&#64984;"):
        with pytest.raises(Unfit, match="no characters"):
            read(f"<table><tr><td><p><s>4{sign}</p>2</td></tr></table>")
    assert in_cell("&#xFDF0;2") == ("\ufdf02", "")


def test_a_page_of_very_many_elements_left_open_is_refused() -> None:
    many = "".join(f"<p><font color='#{number:06x}'>x</p>" for number in range(20_000))
    with pytest.raises(Unfit, match="nested more than"):
        read(f"<table><tr><td>{many}</td></tr></table>")
    assert in_cell("<p><font color=red></p>" * 3_000 + "42") == ("42", "")


@pytest.mark.parametrize(
    "frame", ["<iframe src=a.html></iframe>", "<iframe></iframe>", "<iframe src=a.html style='display:none'>", "<IFRAME SRC=a.html>"]
)  # fmt: skip
def test_a_page_of_frames_is_refused(frame: str) -> None:
    with pytest.raises(Unfit, match="in frames"):
        read("<frameset><frame src=a.html></frameset><body><table><tr><td>8</td></tr></table></body>")
    for page in (f"{frame}{{}}", f"{{}}{frame}", f"<div><p>{frame}</p>{{}}</div>"):
        with pytest.raises(Unfit, match="in frames") as refused:
            read(page.format("<table><tr><td>8</td></tr></table>"))
        assert refused.value.hint and refused.value.hint.text == "copy the form's table into a new file"
    with pytest.raises(Unfit, match="in frames"):
        read(f"<table><tr><td>8{frame}</td></tr></table>")


@pytest.mark.parametrize("tag", ["embed", "image", "wbr", "source", "track", "keygen", "bgsound"])
def test_nothing_stands_in_an_element_that_has_no_end(tag: str) -> None:
    found = in_cell(f"4<{tag} style='display:none'>2")[1]
    assert "hidden" not in found and in_cell(f"<font color=white>4<{tag} style='color:black'>2</font>")[1]
    page = f"<{tag} src=a style='color:white;position:absolute'><p>x</p>{{}}"
    (grid,) = read(page.format("<table><tr><td>8</td></tr></table>"))
    assert grid.rows[0][0].fault is None and grid.floating == (("",) if tag in ("embed", "image") else ())


def test_a_page_that_shifts_to_other_signs_is_refused() -> None:
    with pytest.raises(Unfit, match="escape characters"):
        read("<meta charset=iso-2022-jp><table><tr><td>4<!-- \x1b$B -->2<!-- \x1b(B --></td></tr></table>")
    (grid,) = read("<meta charset=iso-2022-jp><table><tr><td>42</td></tr></table>")
    assert grid.rows[0][0].text == "42"


def test_no_cell_reaches_beyond_its_part_of_the_table() -> None:
    for page in (
        "<tbody><tr><td>甲<td rowspan=2>1<tbody><tr><td>乙<td>", "<tr><td>甲<td rowspan=3>1<tbody><tr><td>乙<td>",
        "<thead><tr><td>甲<td rowspan=0>1</thead><tr><td>乙<td>",
    ):  # fmt: skip
        (grid,) = read(f"<table>{page}</table>")
        assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "1"], ["乙", ""]]
    (grid,) = read("<table><tbody><tr><td>甲<td rowspan=2>1<tr><td>乙</tbody></table>")
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "1"], ["乙", "1"]]


def test_a_reading_without_what_it_reads_is_told() -> None:
    text, fault = in_cell("4<rt>9</rt>")
    assert (text, "adds" in fault) == ("49", True)
    assert in_cell("42<rt></rt>") == ("42", "")


@pytest.mark.parametrize(
    "colour",
    [
        "hwb(0 100% 0%)", "hwb(90deg 100% 0% / 1)", "lab(100% 0 0)", "lab(97 -2 3)", "lch(100% 0 0)", "oklab(1 0 0)", "oklch(100% 0 none)",
        "color(srgb 1 1 1)", "color(display-p3 100% 1 1)", "color(srgb-linear 1 1 1)", "menu", "infobackground", "lavenderblush", "buttonface",
        "lightyellow", "hsl(0 0 100)", "HoneyDew", "#eee",
    ],
)  # fmt: skip
def test_white_by_any_other_name_is_told(colour: str) -> None:
    for style in (
        f"color:{colour}",
        f"-webkit-text-fill-color:{colour}",
        f"color:black;-webkit-text-fill-color:{colour}",
    ):
        assert "colour of its background" in in_cell(f"4<b style='{style}'>2</b>")[1]


@pytest.mark.parametrize(
    "colour",
    [
        "hwb(0 0% 100%)", "hwb(120 0% 0%)", "lab(29 39 20)", "lch(29.7% 44.5 27)", "oklab(.4 .11 .04)", "oklch(40% .12 21)", "oklch(96.8% .211 109.8)",
        "color(srgb 1 0 0)", "color(xyz .1 .1 .1)", "graytext", "rebeccapurple", "hsl(0 0 40)", "rgb(none 1 1)", "yellow",
    ],
)  # fmt: skip
def test_other_colours_are_seen_on_white(colour: str) -> None:
    for style in (f"color:{colour}", f"-webkit-text-fill-color:{colour}"):
        assert in_cell(f"4<b style='{style}'>2</b>") == ("42", "")


@pytest.mark.parametrize(
    "inside",
    [
        "<div style='background:#c00000'><b style='color:#c00000'>2</b></div>", "<b class='a b'>2</b>", "<b class=a><i id=i>2</i></b>",
        "<b style='color:#c00' class=a>2</b>", "<b class=a><i style='color:rgb(200 2 0)'>2</i></b>", "<mark><font color=yellow>2</font></mark>",
        "<mark style='color:#ffff10'>2</mark>", "<b bgcolor='#0000ee'><a href=x>2</a></b>", "<u>2</u>",
        "<b style='color:#c00;background:currentcolor'>2</b>", "<b style='background:linear-gradient(#1a1a1a,#111)'>2</b>",
        "<b style='background:radial-gradient(circle, rgb(1 1 1) 10%, red)'>2</b>", "<b style='color:white;background:linear-gradient(#fff,#000)'>2</b>",
        "<b style='background:url(a.png)'>2</b>", "<b style='color:white;background-image:url(data:image/png,x)'>2</b>",
        "<b style='background:linear-gradient(red" + ",red" * 400 + ")'>2</b>", "<b style='color:rgb(255,255,255" + " " * 300 + ")'>2</b>",
        "<b style='color:#c00;background:var(--a)'>2</b>", "<b style='color:white;background:var(--a)'>2</b>", "<b background=a.png><font color=white>2</font></b>",
    ],
)  # fmt: skip
def test_text_that_what_is_behind_it_swallows_is_told(inside: str) -> None:
    assert in_cell(f"4{inside}", ".a{background:#c00000}.b,#i{color:#c00000}u{color:blue}u{background:#00f}")[1]


@pytest.mark.parametrize(
    "inside",
    [
        "<i style='background:#c00000'><b style='color:#ff8'>2</b></i>", "<b class=p>2</b>", "<mark>2</mark>", "<b style='color:yellow'>2</b>",
        "<b class=a>2</b>", "<b class=a><i class=p>2</i></b>", "<a href=x>2</a>", "<a style='color:inherit' href=x>2</a>", "<u>2</u>",
        "<b bgcolor=yellow><a href=x>2</a></b>", "<b style='background:linear-gradient(#eee,#ddd)'>2</b>", "<b style='background:currentcolor'></b>2",
        "<b style='color:#000;background:var(--a)'>2</b>", "<b style='color:white;background:linear-gradient(red,blue)'>2</b>",
        "<b style='background:#fff none repeat scroll 0 0'>2</b>", "<b style='background:rgba(0,0,0,.05)'>2</b>",
        "<b style='background:#00000010'>2</b>",
    ],
)  # fmt: skip
def test_text_is_seen_on_another_colour(inside: str) -> None:
    sheet = ".a{background:#c00000}.p{color:#fff;background:#c00000}.q .p{color:#c00000;background:#fff}.t u{color:blue}.s u{background:blue}"
    assert in_cell(f"4{inside}", sheet) == ("42", "")


def test_a_link_has_the_colour_of_its_page() -> None:
    for body, told in (
        ("link=white", True),
        ("vlink='#fff'", True),
        ("link='#0563C1' vlink='#954F72'", False),
        ("", False),
    ):
        (grid,) = read(f"<body {body}><table><tr><td><a href=x>8</a></table>")
        assert bool(grid.rows[0][0].fault) is told
    (grid,) = read("<body link=white><table><tr><td><a name=x>8</a></table>")
    assert not grid.rows[0][0].fault


def test_a_state_that_a_page_sets_itself_is_none_that_passes() -> None:
    for sheet, inside in (
        ("a:visited{color:white}", "<a href=''>8</a>"),
        (".f:focus{color:white}", "<b tabindex=0 autofocus class=f>8</b>"),
    ):
        assert in_cell(inside, sheet)[1]
    assert not in_cell("<b tabindex=0 class=f>8</b>", ".f:focus{color:white}")[1]
    assert not in_cell("<a href=''>8</a>", "a:hover{color:white}a:visited{color:#551a8b}")[1]


def test_a_page_that_is_dark_by_itself_has_light_text() -> None:
    cell = "<table><tr><td>8<b style='color:#111'>{}</b></table>"
    for head in ("<style>:root{color-scheme:dark}</style>", "<meta name=color-scheme content='only dark'>"):
        assert read(head + cell.format(""))[0].rows[0][0].fault is None
        assert read(head + cell.format("5"))[0].rows[0][0].fault
    for head in ("<style>:root{color-scheme:light dark}</style>", "<meta name=color-scheme content='light dark'>"):
        assert read(head + cell.format("5"))[0].rows[0][0].fault is None


def test_a_page_of_very_many_colours_or_styles_is_told() -> None:
    sheet = "".join(f".a{{color:#{number:06x}}}" for number in range(100))
    assert "colour can't be told" in in_cell("<b class=a>8</b>", sheet)[1]
    with pytest.raises(Unfit, match="different styles"):
        read("<table><tr><td>" + "".join(f"<b style='width:{number}px'></b>" for number in range(15_001)) + "</table>")


@pytest.mark.parametrize(
    "inside",
    [
        "4<div style='position:relative;margin-top:-40px;height:40px;background:white'></div>", "<i>4</i><p style='margin-top:-1.5em;background:#fff'>2</p>",
        "4<b style='display:block;position:relative;top:-20px;background:#fff'></b>", "<div style='margin-left:-90px'>4</div>",
        "4<dialog open>2</dialog>", "<marquee>4</marquee>", "4<hr style='margin-top:-.8em'>", "<b style='outline:40px solid white'>4</b>",
        "<b style='outline-offset:-40px'>4</b>", "<b style='box-shadow:inset 0 0 0 999px #000'>4</b>", "<b style='box-shadow:0 0 red, inset 0 0 9em black'>4</b>",
        "<b style='color:red;box-shadow:inset 0 0 0 calc(9px*9) #f00'>4</b>", "<b style='-webkit-text-stroke:20px white'>4</b>",
        "<b style='text-decoration:underline #1a1a1a 2em;text-underline-offset:-1.4em'>4</b>", "<b style='text-decoration:underline;text-underline-offset:-.45em'>4</b>",
        "<b style='text-decoration-thickness:20px'>4</b>", "<b style='line-height:0;overflow:hidden'>4</b>", "<b style='font:12px/0 a;overflow:clip'>4</b>",
        "<b style='display:block;width:20px;overflow:hidden;white-space:nowrap'>42</b>", "<b style='max-width:5px;overflow:clip'>42</b>",
        "<b style='height:6px;overflow:hidden'><br>4</b>", "<b style='max-height:4px;overflow:hidden'>4</b>",
        "<div style='height:0'><div style='height:100%;overflow:hidden'>4</div></div>", "<div style='overflow:hidden'><div style='height:0'>4</div></div>",
        "<i style='opacity:.4'><b style='opacity:.4'>4</b></i>", "<small>" * 9 + "4" + "</small>" * 9, "<i style='font-size:smaller'>" * 9 + "4" + "</i>" * 9,
        "<i style='font-size:60%'><b style='font-size:.6em'><u class=s>4</u></b></i>", "<ul style='list-style:decimal inside'><li>4</ul>", "<ul type=1><li>4</ul>",
        "<b style='display:table-column'>4</b>", "<b style='display:table-column-group'>4</b>", "<b style='-webkit-mask-box-image:url(a)'>4</b>",
        "<b style='position:relative;z-index:-1'>4</b>", "<b style='display:block;height:0;contain:paint'>4</b>", "<b style='display:block;height:0;contain:content'>4</b>",
        "<b style='display:inline-grid;grid-template-rows:0;overflow:hidden'>4</b>", "<b style='display:grid;grid-template-columns:0;overflow:clip'>4</b>",
        "<div style='height:1.2em;overflow:hidden'>4<br>2</div>", "<div style='max-height:20px;overflow:hidden'><p>4</p><p>2</p></div>",
        "<ul style='list-style:url(a)'><li>4</ul>", "<ul class=m><li>4</ul>", "<b style=\"display:list-item;list-style:inside '9'\">4</b>", "<b style=\"text-emphasis:'x'\">4</b>",
    ],
)  # fmt: skip
def test_text_that_is_covered_or_cut_or_too_small_by_several_styles_is_told(inside: str) -> None:
    assert in_cell(inside, ".s{font-size:60%}.m li::marker{content:'9'}")[1]


@pytest.mark.parametrize(
    "inside",
    [
        "<i style='margin:0 -15px'></i>42" , "<b style='margin-left:-5.4pt;background:white'>42</b>", "<b style='margin-left:-21.0pt'>42</b>",
        "<b style='margin-top:-9px'>42</b>", "<b style='position:relative;top:-3.0pt;background:yellow'>42</b>", "42<hr>", "<b style='outline:1px solid #999999'>42</b>",
        "<b style='outline:0;outline-offset:2px'>42</b>", "<b style='box-shadow:inset 0 1px 1px rgba(0,0,0,.9)'>42</b>", "<b style='box-shadow:0 0 20px #000'>42</b>",
        "<b style='box-shadow:inset 0 0 0 9999px rgba(0,0,0,.05)'>42</b>", "<b style='box-shadow:inset 0 0 0 9999px var(--a)'>42</b>", "<b style='-webkit-text-stroke:.5px black'>42</b>",
        "<b style='text-decoration:underline rgb(0,0,0) 1pt;text-underline-offset:3px'>42</b>", "<b style='text-decoration-thickness:auto'>42</b>",
        "<b style='line-height:1.5;overflow:hidden'>42</b>", "<b style='line-height:12.0pt;overflow:hidden'>42</b>", "<b style='line-height:100%;overflow:hidden'>42</b>",
        "<b style='line-height:0'>42</b>", "<b style='width:54pt;height:13.5pt;overflow:hidden'>42</b>", "<b style='width:1%;overflow:hidden'>42</b>",
        "<i style='height:100%'><b style='height:100%;overflow:hidden'>42</b></i>", "<i style='overflow:hidden'><b style='height:18px'>42</b></i>",
        "<i style='opacity:.8'><b style='opacity:.8'>42</b></i>", "<small><small>42</small></small>", "<i style='font-size:62.5%'><b class=s>42</b></i>", "<big><big>42</big></big>",
        "<i style='font-size:60%'><b style='font-size:10.5pt'><u class=s>42</u></b></i>", "<b style='list-style:none'>42</b>", "<b style='list-style:disc outside none'>42</b>",
        "<b style='text-emphasis:filled dot red'>42</b>", "<b style='position:relative;z-index:1'>42</b>", "<b style='contain:layout'>42</b>",
        "<div style='height:1.2em;overflow:hidden'>42</div>", "<div style='height:1.2em;overflow:hidden'><p>42</p></div>", "<b style='display:inline-block'>42</b>",
        "<b style='display:grid;grid-template-columns:1fr 1fr;overflow:hidden'>42</b>",
    ],
)  # fmt: skip
def test_text_that_styles_leave_its_room_is_read(inside: str) -> None:
    assert in_cell(inside, ".s{font-size:80%}.m::marker{color:red}") == ("42", "")


@pytest.mark.parametrize(
    ("sheet", "is_told"),
    [
        ("tbody{display:block;max-height:10px;overflow:hidden}", True), ("tbody{display:block;max-height:400px;overflow:auto}", False),
        ("tbody{max-height:10px;overflow:hidden}", False), ("table,tbody,tr,td{display:block}", False),
        ("td{display:block;height:1.2em;overflow:hidden}", True), ("td{height:1.2em;overflow:hidden}", False),
        ("tr{height:20px} td{overflow:hidden}", False), ("col{display:table-column}", False),
    ],
)  # fmt: skip
def test_a_part_of_a_table_that_is_none_any_more_has_the_room_it_says(sheet: str, *, is_told: bool) -> None:
    (grid,) = read(f"<style>{sheet}</style><table><col><tbody><tr><td>8<br>5</td></tr></tbody></table>")
    assert bool(grid.rows[0][0].fault) is is_told


def test_a_column_without_width_is_told() -> None:
    for table in ("<col><col width=0>", "<col><col width='0px'>"):
        (grid,) = read(f"<table>{table}<tr><td>1<td>2</table>")
        assert [bool(cell.fault) for cell in grid.rows[0]] == [False, True]
    fixed = "<table style='table-layout:fixed'><tr><th{0}>甲<th{1}>乙<tr><td>1<td{2}>2</table>"
    for widths, told in (
        (("", " style='width:0'", ""), True),
        (("", " width=0", ""), True),
        (("", " width=72", ""), False),
        (("", "", " style='width:0'"), False),
    ):
        (grid,) = read(fixed.format(*widths))
        assert [bool(cell.fault) for cell in grid.rows[1]] == [False, told]
    (grid,) = read("<table><tr><td width=0 style='width:.3pt'></td><td>2</table>")
    assert not grid.rows[0][1].fault


@pytest.mark.parametrize(
    ("shown", "number", "told"),
    [
        ("4", "99", True), ("8.5%", "0.058", True), ("1,200", "1300", True), ("4", "4.0000000000000001", False), ("9%", "8.5000000000000006E-2", False),
        ("1,234.50", "1234.5", False), ("4", "", False), ("12月", "43435", False), ("4", "x", False), ("4", "nan", True),
    ],
)  # fmt: skip
def test_a_number_that_only_excel_shows_is_told(shown: str, number: str, told: bool) -> None:
    (grid,) = read(f"<table><tr><td x:num='{number}'>{shown}</td></tr></table>")
    assert bool(grid.rows[0][0].fault) is told


HIDES = "comment { display:none;  }"
INDICATED = "a.comment-indicator:hover + comment { position:absolute; display:block } "
COMMENTED = (
    '<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html"/><title></title><style type="text/css">{}'
    "</style></head><body><table><tr><td>{}8<comment>来源<br>统计局</comment></td></tr></table></body></html>"
)


@pytest.mark.parametrize(
    ("sheet", "added", "read_as"),
    [
        (INDICATED + HIDES, "", ("8", "")),
        ("td{color:red}" + HIDES + "p{margin:0}", '<a class="comment-indicator"></a>', ("8", "")),
        ("", "", ("8来源\n统计局", "")), (HIDES, "<comment>未<b>完</b></comment>", ("8", "hidden")),
        ("@media print{" + HIDES + "}", "", ("8", "hidden")), (HIDES + "td>*{display:inline}", "", ("8", "hidden")),
        (HIDES + "comment{display:block}", "", ("8", "hidden")), ("a({}" + HIDES, "", ("8", "hidden")),
        ("comment,b{display:none}", "", ("8", "hidden")), (HIDES, "<comment class=a>x</comment>", ("8", "hidden")),
        (HIDES + "</style><style>comment{display:block}", "", ("8", "hidden")),
    ],
)  # fmt: skip
def test_comments_that_libreoffice_hides_are_no_part_of_a_cell(
    sheet: str, added: str, read_as: tuple[str, str]
) -> None:
    (grid,) = read(COMMENTED.format(sheet, added))
    cell = grid.rows[0][0]
    assert (cell.text.strip(), "hidden" if cell.fault else "") == read_as
