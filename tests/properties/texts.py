"""What the properties are tried on: hostile texts, and data that the schemas accept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from target_registry import escape

_HOSTILE = (
    "\x00\x07\x08\x1b\x7f\x85\x9b\r\n\t\u00a0\u00ad\u200b\u202e\u2066\u2028\u3000\ufeff\ufe0f\ud800\udfff\U000e0041"
    "|`*_<>&\"'[]()#@!=+-:%$\\{}~^./,;?"
)
_PHRASES = (
    "##[error]", "::error::x", "=1+1", "=cmd|'/C calc'!A0", "+1", "-2", "@SUM(A1)", "＝1", "'=1", "''", "@team", "#1", "GH-12", "a@b.cn",
    "https://x.cn", "www.x.cn", "<img src=x onerror=alert(1)>", "<!--", "-->", "]]>", "&amp;", "&#8238;", "![x](y)", "[l](http://x)", "**b**",
    "`", "``", "\\", "\\|", "| a | b |", "|", "---", "- ", ": ", " #", "# ", "null", "~", "true", "no", "012", "1e3", "0x1F", ".inf", "1:30",
    "2018-06-30", "=", "<<", "&a", "*a", "!!x", "%", "{", "[", "“", "”", "：", "（", "）", "【", "《", "》", "〔2018〕14号", "１２", "％", "9%左右",
    "不低于85个", "8—10%", "八分之一", "翻一番", "一、", "合计", "第2页", "\\u202e", "$x$", ":smile:", "0123abcdef", "\n", "\n\n", "  ", "\t",
    "是", "12月", "Ａ", "é", "e\u0301", "ﬁ", "㎡", "①", "𠮷", "😀", "س", "א",
)  # fmt: skip

ANYTHING = st.lists(
    st.one_of(st.sampled_from(_PHRASES), st.sampled_from(_HOSTILE), st.text(st.characters(), max_size=6)), max_size=12
).map("".join)
"""Any text at all, lone surrogates and controls included."""


def _seen(text: str) -> str:
    """A text without what no file may hold."""
    hidden = {"\r", "\t", *(char for _, char in escape.hidden_in_file(text))}
    return "".join(char for char in text if char not in hidden).replace("\ufffd", "")


CELLS = ANYTHING.map(lambda text: _seen(text).strip()[:300].strip()).filter(bool)
"""Texts that a cell of a target may hold."""

LINES = CELLS.map(lambda text: " ".join(text.split())).filter(bool)
"""The same on one line."""
NUMBERS = st.decimals(-999_999, 999_999, places=3).map(lambda n: n.normalize()).map(lambda n: Decimal(f"{n:f}"))
NUMBERS_OF_FILES = NUMBERS.map(lambda n: int(n) if n == n.to_integral_value() else n)
WEIGHTS = st.one_of(st.integers(1, 100), st.sampled_from([Decimal("0.5"), Decimal("2.25"), Decimal("99.9")]))

MEASURES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "indicator": CELLS,
        "unit": CELLS,
        "aim": st.sampled_from(["about", "at_least", "at_most"]),
        "full_year": NUMBERS_OF_FILES,
    },
    optional={"half_year": NUMBERS_OF_FILES, "baseline": NUMBERS_OF_FILES},
)


def targets(cells: st.SearchStrategy[str] = CELLS, works: tuple[str, ...] = ("consumption",)) -> Any:
    """Targets as the schema has them, with these texts in their cells."""
    return st.fixed_dictionaries(
        {
            "key_work": st.sampled_from(works),
            "target": cells,
            "category": st.sampled_from(["key_quantitative", "general_quantitative", "qualitative"]),
            "deadline_month": st.integers(1, 12),
            "weight": WEIGHTS,
            "basis": cells,
            "verification": cells,
            "fiscal_project": st.booleans(),
        },
        optional={"half_year_target": cells, "remarks": cells, "measure": MEASURES},
    )


def plans(works: int = 2) -> Any:
    """Plans as the schema has them, with so many key works, the first called consumption."""
    return st.fixed_dictionaries(
        {
            "title": CELLS,
            "department": CELLS,
            "year": st.just(2018),
            "language": st.sampled_from(["zh", "en"]),
            "weight_rules": st.fixed_dictionaries({"total": st.integers(1, 100)}, optional={"reason": CELLS}),
            "key_works": st.lists(CELLS, min_size=works, max_size=works).map(
                lambda titles: [
                    {"id": "consumption" if number == 0 else f"work-{number}", "title": title}
                    for number, title in enumerate(titles)
                ]
            ),
        }
    )


def sorted_by_key(data: Any) -> Any:
    """Data whose groups have their keys in one order: it means nothing."""
    if isinstance(data, dict):
        return {key: sorted_by_key(data[key]) for key in sorted(data)}
    return [sorted_by_key(item) for item in data] if isinstance(data, list) else data
