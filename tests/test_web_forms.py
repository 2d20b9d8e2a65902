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
