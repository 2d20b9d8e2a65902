"""The smallest change of a file: what changes, what stays to the byte, and what is refused."""

from __future__ import annotations

import difflib
import json
import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from target_registry import limits
from target_registry.documents import read
from target_registry.documents.editor import changed, edit
from target_registry.documents.writer import Unformattable
from target_registry.model import Route
from tests.conftest import REGISTRY

PATH = "targets/2018/05-own-brand.yaml"
LIMIT = limits.PLAN_BYTES


def made(before: str, changes: Mapping[Route, Any], name: str = "target") -> str:
    return edit(PATH, before.encode(), name, changes, LIMIT).decode()


MESSY = """\
# yaml-language-server: $schema=../../schema/target.schema.json
# 表头

weight:   3    # 三分
target: '自主品牌“出口”'
# 关于类别
category:  general_quantitative


measure:   # 指标
    aim: at_least
    # 单位
    unit: '%'      # 百分号
    full_year: 6
basis: >-   # 依据
  2018年全省
  工作要点
remarks:
    两行的
    备注  # 尾
as_filed: {category: 关键量化目标, weight: "3分"} # 原文
# 完
"""


@pytest.mark.parametrize(
    ("changes", "gone", "new"),
    [
        ({("weight",): Decimal("3.5")}, ["weight:   3    # 三分"], ["weight:   3.5    # 三分"]),
        ({("target",): "它's"}, ["target: '自主品牌“出口”'"], ["target: '它''s'"]),
        ({("measure", "unit"): "家"}, ["    unit: '%'      # 百分号"], ["    unit: '家'      # 百分号"]),
        ({("measure", "full_year"): 7}, ["    full_year: 6"], ["    full_year: 7"]),
        (
            {("basis",): "会议: 纪要"},
            ["basis: >-   # 依据", "  2018年全省", "  工作要点"],
            ['basis: "会议: 纪要"   # 依据'],
        ),
        ({("remarks",): "一行"}, ["    两行的", "    备注  # 尾"], ["    一行  # 尾"]),
        (
            {("as_filed", "weight"): "4, 分"},
            ['as_filed: {category: 关键量化目标, weight: "3分"} # 原文'],
            ['as_filed: {category: 关键量化目标, weight: "4, 分"} # 原文'],
        ),
        (
            {("as_filed", "category"): "甲, 乙"},
            ['as_filed: {category: 关键量化目标, weight: "3分"} # 原文'],
            ['as_filed: {category: "甲, 乙", weight: "3分"} # 原文'],
        ),
        (
            {("as_filed", "category"): None},
            ['as_filed: {category: 关键量化目标, weight: "3分"} # 原文'],
            ['as_filed: {weight: "3分"} # 原文'],
        ),
        (
            {("as_filed", "weight"): None},
            ['as_filed: {category: 关键量化目标, weight: "3分"} # 原文'],
            ["as_filed: {category: 关键量化目标} # 原文"],
        ),
        (
            {("as_filed", "weight"): None, ("as_filed", "category"): None},
            ['as_filed: {category: 关键量化目标, weight: "3分"} # 原文'],
            ["# 原文"],
        ),
        (
            {("as_filed", "deadline_month"): "12月底"},
            ['as_filed: {category: 关键量化目标, weight: "3分"} # 原文'],
            ['as_filed: {category: 关键量化目标, deadline_month: 12月底, weight: "3分"} # 原文'],
        ),
        ({("weight",): None}, ["weight:   3    # 三分"], ["# 三分"]),
        ({("measure", "full_year"): None}, ["    full_year: 6"], []),
        ({("measure", "half_year"): 3}, [], ["    half_year: 3"]),
        ({("measure", "indicator"): "占比"}, [], ["    indicator: 占比"]),
        ({("fiscal_project",): True}, [], ["fiscal_project: true"]),
        ({("key_work",): "brands"}, [], ["key_work: brands"]),
        (
            {("measure",): None},
            ["measure:   # 指标", "    aim: at_least", "    # 单位", "    unit: '%'      # 百分号", "    full_year: 6"],
            ["# 指标", "# 单位", "# 百分号"],
        ),
        (
            {("measure",): {"aim": "at_least", "unit": "%", "full_year": Decimal("6.5")}},
            ["    full_year: 6"],
            ["    full_year: 6.5"],
        ),
        ({("weight",): 3, ("measure", "unit"): "%", ("deadline_month",): None}, [], []),
    ],
)
def test_only_what_changes_changes(changes: Mapping[Route, Any], gone: list[str], new: list[str]) -> None:
    for end in ("\n", "\r\n"):
        for mark in ("", "\ufeff"):
            for last in (end, ""):
                before = (mark + MESSY.replace("\n", end)).removesuffix(end) + last
                after = made(before, changes)
                assert after.startswith(mark)
                assert after.endswith(last)
                assert "\n" not in after.replace(end, "")
                diff = list(difflib.ndiff(before.split(end), after.split(end)))
                assert [line[2:].removeprefix("\ufeff") for line in diff if line.startswith("- ")] == gone
                assert sorted(line[2:] for line in diff if line.startswith("+ ")) == sorted(new)


def test_new_keys_stand_where_the_schema_has_them() -> None:
    before = "key_work: a\n# 关于分值\nweight: 3\nmeasure:\n  unit: 家\n  # 完\nunknown: 1\n"
    assert made(before, {("target",): "甲"}).startswith("key_work: a\ntarget: 甲\n# 关于分值\n")
    assert made(before, {("as_filed", "weight"): "3分", ("as_filed", "category"): "类"}) == before.replace(
        "unknown", "as_filed:\n  category: 类\n  weight: 3分\nunknown"
    )
    assert made(before, {("other",): 2}) == before + "other: 2\n"
    assert made("# 头\n\n# 权\nweight: 3\n", {("key_work",): "a"}) == "# 头\n\nkey_work: a\n# 权\nweight: 3\n"
    line = "# yaml-language-server: $schema=x\n"
    assert made(f"{line}weight: 3\n", {("key_work",): "a"}) == f"{line}key_work: a\nweight: 3\n"


PLAN = """\
title: 表
key_works:
- id: a   # 甲
  title: 一
-   # 空
    id: b
    title: 二
- title: 三
  id: c
commitment_ladders:
  - - [印发, 出台]
    - [拟定]
  - - [完成]
    - [推进]
"""


@pytest.mark.parametrize(
    ("changes", "before", "after"),
    [
        ({("key_works", 1, "title"): "贰"}, "title: 二", "title: 贰"),
        ({("key_works", 3): {"id": "d", "title": "四"}}, "  id: c\n", "  id: c\n- id: d\n  title: 四\n"),
        (
            {("key_works", 3, "id"): "d", ("key_works", 3, "title"): "四"},
            "  id: c\n",
            "  id: c\n- id: d\n  title: 四\n",
        ),
        ({("key_works", 2): None}, "- title: 三\n  id: c\n", ""),
        ({("key_works", 0): None}, "- id: a   # 甲\n  title: 一\n", "# 甲\n"),
        ({("key_works", 1): None}, "-   # 空\n    id: b\n    title: 二\n", "# 空\n"),
        ({("key_works", 0, "id"): None}, "- id: a   # 甲\n  title: 一\n", "# 甲\n- title: 一\n"),
        ({("key_works", 2, "id"): None}, "  id: c\n", ""),
        ({("key_works", 0, "note"): "x"}, "  title: 一\n", "  title: 一\n  note: x\n"),
        ({("commitment_ladders", 0, 0, 1): "颁布"}, "[印发, 出台]", "[印发, 颁布]"),
        ({("commitment_ladders", 0, 0, 2): "颁布"}, "[印发, 出台]", "[印发, 出台, 颁布]"),
        ({("commitment_ladders", 0, 0, 0): None}, "[印发, 出台]", "[出台]"),
        ({("commitment_ladders", 0, 0): None}, "  - - [印发, 出台]\n    - [拟定]\n", "  - - [拟定]\n"),
        ({("commitment_ladders", 1, 1, 0): None}, "    - [推进]\n", ""),
        ({("commitment_ladders", 1): [["完成"], ["推动"]]}, "[推进]", "[推动]"),
        ({("key_works",): [{"id": "a", "title": "一"}, {"id": "b", "title": "二"}]}, "- title: 三\n  id: c\n", ""),
        (
            {("key_works", 0): None, ("key_works", 2, "title"): "叁", ("key_works", 3): {"id": "d"}},
            "- id: a   # 甲\n  title: 一\n-   # 空\n    id: b\n    title: 二\n- title: 三\n  id: c\n",
            "# 甲\n-   # 空\n    id: b\n    title: 二\n- title: 叁\n  id: c\n- id: d\n",
        ),
        ({("weight_rules",): {"total": 90}}, "key_works:\n", "weight_rules:\n  total: 90\nkey_works:\n"),
        ({("title",): {"zh": "表"}}, "title: 表\n", "title:\n  zh: 表\n"),
        ({("commitment_ladders",): 3}, PLAN[PLAN.index("commitment") :], "commitment_ladders: 3\n"),
    ],
)
def test_lists_are_changed_item_by_item(changes: Mapping[Route, Any], before: str, after: str) -> None:
    assert made(PLAN, changes, "plan") == PLAN.replace(before, after, 1)


def test_a_whole_file_in_braces_is_changed_in_place() -> None:
    text = "{key_work: a, # 甲\n  measure: {}, weight: 3 }"
    assert made(text, {("weight",): 4}) == text.replace("3", "4")
    assert made(text, {("measure", "unit"): "%"}) == text.replace("{}", '{unit: "%"}')
    assert made(text, {("measure",): {"unit": "a"}}) == text.replace("{}", "{unit: a}")
    assert made(text, {("target",): "x: y"}) == text.replace("a,", 'a, target: "x: y",')
    assert made(text, {("key_work",): None}) == text.replace("key_work: a,", "").replace("  #", " #")
    assert made(text, {("weight",): None}) == text.replace(", weight: 3", "")


@pytest.mark.parametrize(
    ("raw", "changes"),
    [
        (b"weight: 1\nweight: 2\n", {("weight",): 3}),
        (b"weight: 012\n", {("weight",): 3}),
        (b"weight: [1\n", {("weight",): 3}),
        (b"- a\n", {(0,): "b"}),
        (b"\xff\n", {("weight",): 3}),
        (b"weight: 3\n", {("weight",): None}),
        (b"? weight\n: 3\nbasis: a\n", {("weight",): None}),
        (b"weight: 3\n", {("basis",): "a\u200bb"}),
        (b"weight: 3\n", {("basis",): "\ud800"}),
        (b"weight: 3\n", {("basis",): "a\0b"}),
        (b"weight: 3\n", {("basis",): "x" * LIMIT}),
        (b"weight: 3\n", {("weight",): 10**20}),
        (b"weight: 3\n", {("weight",): Decimal("NaN")}),
    ],
)
def test_what_cant_be_proved_is_refused(raw: bytes, changes: Mapping[Route, Any]) -> None:
    with pytest.raises(Unformattable) as refused:
        edit(PATH, raw, "target", changes, LIMIT)
    assert refused.value.findings


def test_a_block_at_the_end_keeps_its_text() -> None:
    assert made("basis: |\n  a", {("weight",): 3}) == "weight: 3\nbasis: |\n  a"
    assert made("basis: |\n  a\nremarks: b", {("remarks",): None}) == "basis: |\n  a\n"
    assert made("basis: |+\n  a\n\n\nremarks: b\n", {("verification",): "c"}) == (
        "basis: |+\n  a\n\n\nverification: c\nremarks: b\n"
    )


def test_a_route_past_a_list_or_through_a_text_is_the_callers_mistake() -> None:
    with pytest.raises(IndexError):
        made(PLAN, {("key_works", 5, "id"): "x"}, "plan")
    with pytest.raises(TypeError):
        made(PLAN, {("title", "zh"): "x"}, "plan")


def random_value(old: Any, chance: random.Random) -> Any:
    if isinstance(old, bool):
        return not old
    if isinstance(old, int | Decimal):
        return chance.choice([old + chance.randint(1, 9), Decimal(old) + Decimal("0.5")])
    words = ["增长", "9%", ": ", " #", "“", "”", "'", '"', "-", "，", "3", "a", "\\", "[", "{", "yes", "、", "?", "!"]
    text = "".join(chance.choices(words, k=chance.randint(1, 8))).strip()
    return text or "甲"


def test_987_edits_of_the_form_replace_one_line_each() -> None:
    chance = random.Random(987)  # noqa: S311  no secret
    paths = sorted((REGISTRY / "targets/2018").glob("[0-9]*.yaml"))
    assert len(paths) == 28
    for _ in range(987):
        raw = chance.choice(paths).read_bytes()
        data = read(PATH, raw, LIMIT).data
        routes: list[Route] = [(key,) for key in data if key not in ("measure", "as_filed")]
        routes += [(key, inner) for key in ("measure", "as_filed") for inner in data.get(key, ())]
        route = chance.choice(routes)
        old = data[route[0]] if len(route) == 1 else data[route[0]][route[1]]
        new = random_value(old, chance)
        after = edit(PATH, raw, "target", {route: new}, LIMIT)
        lines = list(zip(raw.decode().splitlines(), after.decode().splitlines(), strict=True))
        assert sum(before != now for before, now in lines) == int(old != new)
        again = edit(PATH, after, "target", {route: old}, LIMIT)
        assert read(PATH, again, LIMIT).data == data


# Files as people write them: every value in any style, comments and blank lines anywhere.

TEXTS = st.text("增长9%约a b:#'\"-、。[]{},&*?!|>\\0", min_size=1, max_size=12).map(str.strip).filter(bool)
NUMBERS = st.one_of(st.integers(-999, 99999), st.decimals(-99, 999, places=2))
SCALARS = st.one_of(TEXTS, NUMBERS, st.booleans())
GROUPS = {"measure": ("indicator", "unit", "aim", "full_year", "reference"), "as_filed": ("category", "weight")}
KEYS = ("key_work", "target", "category", "weight", "basis", "fiscal_project", "remarks")


@st.composite
def targets(draw: st.DrawFn) -> dict[str, Any]:
    data: dict[str, Any] = draw(st.dictionaries(st.sampled_from(KEYS), SCALARS, min_size=1))
    for group, keys in GROUPS.items():
        if draw(st.booleans()):
            data[group] = draw(st.dictionaries(st.sampled_from(keys), SCALARS, min_size=1))
    if draw(st.booleans()):
        data["list"] = draw(
            st.lists(
                st.one_of(SCALARS, st.dictionaries(st.sampled_from(("id", "title")), SCALARS, min_size=1)),
                min_size=1,
                max_size=4,
            )
        )
    order = draw(st.permutations(list(data)))
    return {key: data[key] for key in order}


class Writer:
    """Writes data in a random style, and notes which lines belong to which route."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.lines: list[str] = []
        self.owner: list[Route | None] = []
        self.comments = 0

    def put(self, line: str, route: Route | None) -> None:
        """Write a line of a route, or of none."""
        self.lines.append(line)
        self.owner.append(route)

    def odds(self, one_in: int) -> bool:
        """One time in so many."""
        return bool(self.draw(st.integers(1, one_in)) == one_in)

    def comment(self) -> str:
        """A comment that stands once."""
        self.comments += 1
        return f"# c{self.comments}."

    def behind(self) -> str:
        """Perhaps a comment at the end of a line."""
        return " " * self.draw(st.integers(1, 3)) + self.comment() if self.odds(4) else ""

    def between(self, indent: int) -> None:
        """Perhaps comments and blank lines."""
        while self.odds(4):
            self.put(" " * indent + self.comment() if self.odds(2) else "", None)

    def scalar(self, value: Any, indent: int, *, in_flow: bool = False) -> list[str]:
        """The value's lines, the first to stand behind the key; a comment behind where there can be one."""
        if not isinstance(value, str):
            text = str(value).lower() if isinstance(value, bool) else f"{value:f}"
            return [text + ("" if in_flow else self.behind())]
        style = self.draw(st.sampled_from("'\"" if in_flow else "'\"'\"|>mb"))
        pad = " " * indent
        if style in "|>" and not value.startswith(" "):
            return [f"{style}-{self.behind()}", pad + value]
        if style == "m" and " " in value and not in_flow and "  " not in value and "\\" not in value:
            one, _, other = json.dumps(value, ensure_ascii=False).partition(" ")
            return [one, pad + other + self.behind()]
        text = "'" + value.replace("'", "''") + "'" if style == "'" else json.dumps(value, ensure_ascii=False)
        if style == "b":
            return [self.behind().rstrip(), pad + text + self.behind()]
        return [text + ("" if in_flow else self.behind())]

    def entry(self, prefix: str, value: Any, indent: int, route: Route) -> None:
        """Write a key, or a dash, with its value."""
        if isinstance(value, dict | list) and self.odds(3):
            self.put(f"{prefix}{self.flow(value)}{self.behind()}", route)
        elif isinstance(value, dict):
            self.put(f"{prefix.rstrip()}{self.behind()}", route)
            self.mapping(value, indent + self.draw(st.integers(1, 4)), route)
        elif isinstance(value, list):
            self.put(f"{prefix.rstrip()}{self.behind()}", route)
            inner = indent + self.draw(st.integers(0, 3))
            for number, item in enumerate(value):
                self.between(inner)
                self.item(item, inner, (*route, number))
        else:
            first, *rest = self.scalar(value, indent + 2)
            self.put(
                (prefix + first.lstrip()) if first.strip() and not first.startswith(" ") else prefix.rstrip() + first,
                route,
            )
            for line in rest:
                self.put(line, route)

    def item(self, item: Any, indent: int, route: Route) -> None:
        """Write an item of a list."""
        dash = " " * indent + "-" + " " * self.draw(st.integers(1, 3))
        if isinstance(item, dict) and not self.odds(4):
            at = len(self.lines)
            self.mapping(item, len(dash), route, between=False)
            self.lines[at] = dash + self.lines[at][len(dash) :]
            self.owner[at] = route
        else:
            self.entry(dash, item, indent, route)

    def mapping(self, data: dict[str, Any], indent: int, route: Route, *, between: bool = True) -> None:
        """Write the keys of a group."""
        for key, value in data.items():
            if between:
                self.between(indent)
            between = True
            blanks = " " * self.draw(st.integers(1, 3))
            self.entry(f"{' ' * indent}{key}:{blanks}", value, indent, (*route, key))

    def flow(self, value: Any) -> str:
        """A value on one line."""
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self.flow(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return self.scalar(value, 0, in_flow=True)[0]


def routes_of(value: Any, route: Route = ()) -> list[Route]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [route, *(inner for step, item in below for inner in routes_of(item, (*route, step)))]


def at(data: Any, route: Route) -> Any:
    for step in route:
        data = data[step]
    return data


@st.composite
def edits(draw: st.DrawFn, data: dict[str, Any]) -> dict[Route, Any]:
    changes: dict[Route, Any] = {}
    for _ in range(draw(st.integers(1, 3))):
        route = draw(st.sampled_from(routes_of(data)))
        here = at(data, route)
        if isinstance(here, list) and draw(st.booleans()):
            changes[(*route, len(here))] = draw(st.one_of(SCALARS, st.just({"id": "new", "title": "新: 项"})))
        elif isinstance(here, dict) and draw(st.booleans()):
            known: dict[Route, tuple[str, ...]] = {
                (): KEYS,
                ("measure",): GROUPS["measure"],
                ("as_filed",): GROUPS["as_filed"],
            }
            key = draw(st.sampled_from([*known.get(route, ("id", "title")), "odd"]))
            changes[(*route, key)] = draw(SCALARS)
        elif not route:
            group = draw(st.sampled_from(list(GROUPS)))
            changes[(group, draw(st.sampled_from(GROUPS[group])))] = draw(SCALARS)
        elif draw(st.booleans()):
            changes[route] = None
        else:
            changes[route] = draw(SCALARS)
    # What leads through what another one replaces or removes says two things at once.
    return {
        route: value
        for route, value in changes.items()
        if not any(
            route[:end] in changes
            or not isinstance(at(data, route[:end]) if route[:end] in routes_of(data) else {}, dict | list)
            for end in range(1, len(route))
        )
    }


def about(route: Route, owner: Route | None) -> bool:
    """Whether a change may touch a line: one of its own, of the group it is in, or one of the same list."""
    if owner is None:
        return True
    for step, other in zip(route, owner, strict=False):
        if isinstance(step, int):
            return True
        if step != other:
            return False
    return True


def is_scalar(data: Any, route: Route) -> bool:
    try:
        return not isinstance(at(data, route), dict | list)
    except (LookupError, TypeError):
        return False


@given(st.data())
@settings(max_examples=600, deadline=None)
def test_any_edit_of_any_file(draw: st.DataObject) -> None:
    data = draw.draw(targets())
    writer = Writer(draw.draw)
    writer.mapping(data, 0, ())
    writer.between(0)
    end = draw.draw(st.sampled_from(["\n", "\r\n"]))
    mark = draw.draw(st.sampled_from(["", "\ufeff"]))
    before = mark + end.join(writer.lines) + draw.draw(st.sampled_from([end, ""]))
    document = read(PATH, before.encode(), LIMIT)
    assert document.data == data, before
    changes = draw.draw(edits(data))
    wanted = changed(data, changes)
    if not wanted:
        return
    after = made(before, changes)
    assert read(PATH, after.encode(), LIMIT).data == wanted
    assert after.startswith(mark)
    for number in range(1, writer.comments + 1):
        assert f"# c{number}." in after
    # Only lines of what changes, or of the group that it was the last of, are gone.
    old, new = (text.removeprefix(mark).splitlines() for text in (before, after))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    moves = [move for move in matcher.get_opcodes() if move[0] != "equal"]
    gone = [writer.owner[line] for _, first, last, _, _ in moves for line in range(first, last)]
    for owner in gone:
        assert any(about(route, owner) for route in changes), (before, after, owner)
    if all(is_scalar(data, route) and is_scalar(wanted, route) for route in changes):
        assert sum(last - first for _, _, _, first, last in moves) <= len(changes) and None not in gone, (before, after)
    back: dict[Route, Any] = {(key,): data.get(key) for key in {*data, *wanted}}
    again = made(after, back)
    assert read(PATH, again.encode(), LIMIT).data == data
