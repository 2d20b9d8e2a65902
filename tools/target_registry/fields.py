"""The form's columns and the vocabulary, read from the schemas: one codec for every format.

The schema is where a field is spelled: its ``title`` is the heading on the form, its
type says how a cell is read and written, its choices carry their labels. A field
added to the schema is a column everywhere.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from target_registry import numerals
from target_registry.model import KeyWork, Registry, Route, Target, Value, Where, is_whole
from target_registry.patterns import lazy

SCHEMAS = ("adjustment", "plan", "target")
"""A key that several have is called as the last of them calls it."""
_PACKAGED = Path(__file__).with_name("schemas")
# An installed package carries the schemas; a checkout has them at its top.
_FOLDER = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[2] / "schema"


@cache
def schema_text(name: str) -> bytes:
    """The bytes of the tool's own ``plan``, ``target`` or ``adjustment`` schema."""
    return (_FOLDER / f"{name}.schema.json").read_bytes()


@cache
def schema(name: str) -> dict[str, Any]:
    """The tool's own schema, its numbers exact."""
    loaded: dict[str, Any] = json.loads(schema_text(name), parse_float=Decimal)
    return loaded


# As a cell has it: no blanks within, no exponent, none of Python's own ways to write a number.
_NUMBER = lazy(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?\Z")
_FULL_WIDTH = {0xFEE0 + code: code for code in range(0x21, 0x7F)}
"""Full-width signs, and no raised or circled ones, whose digits are none of a number's."""
_UNIT_BEHIND = {
    "weight": lazy(r"(?<=[0-9０-９])\s*(?:\(分\)|（分）|分)\Z"),
}
"""What people write behind the number of a column; behind another column's it is none."""
_BEFORE = lazy(r"(?:以前|之前|前)\Z")
_MONTH = lazy(r"(?P<month>[0-9]{1,2})\s*月(?:份|(?:[底末]|(?P<day>[0-9]{1,2})[日号])(?:以前|之前|前)?)?\Z")
"""A month to its end: 12月, 12月底前, 12月31日前. 12月前 ends before it begins, and 12月15日 in its middle."""
_YEAR = lazy(r"([0-9]{4})\s*(?:年\s*(?=[0-9])|(?=年[底末中]))")
"""A year before a month, as in 2018年12月 and 2018年底."""
_MONTHS = {
    **dict.fromkeys(("年底", "年末", "全年"), 12),
    **dict.fromkeys(("年中", "上半年"), 6),
    **{
        f"{before}{number}季度{end}": 3 * place
        for place, number in enumerate("一二三四", 1)
        for before in ("", "第")
        for end in ("", "末", "底")
    },
}
"""The month that what people write for a deadline ends with."""


UNFILLED = {"zh": "【待填】", "en": "[to fill in]"}
"""What stands in a form of each language where a person has yet to fill something in, as in one carried over."""


TO_COME = ("待定", "待填", "待填写", "待补充", "待明确", "待确定", "另行通知", "另行下达", "TBD", "tbd")
"""What people write alone where something is still to be filled in."""
NOTHING = ("无", "暂无", "没有", "/", "／", "-", "－", "—", "——", "\\", "N/A", "n/a")
"""What people write where a cell is to stay blank."""


def unfilled(value: object) -> str | None:
    """The mark that a value holds where something is still to be filled in; None where it holds none."""
    if not isinstance(value, str):
        return None
    return next((mark for mark in UNFILLED.values() if mark in value), None) or (
        value.strip() if len(value) < _LONGEST_BLANK and value.strip() in TO_COME else None
    )


_LONGEST_BLANK = 20


def says_nothing(value: object) -> bool:
    """Whether a text only says that there is none."""
    return isinstance(value, str) and len(value) < _LONGEST_BLANK and value.strip() in NOTHING


class Unreadable(ValueError):
    """A cell's text is not what its column takes."""


class Field(NamedTuple):
    """One key of a target.

    ``kind`` is ``text``, ``integer``, ``number``, ``choice`` or ``group`` (a mapping, which is
    no column of the form). ``choices`` are values with their labels on the form. ``lines`` is the
    heading as the filed form breaks it, ``width`` the column's share of the page, in characters;
    ``also`` are headings that other forms have for it, ``synonyms`` what they write for a choice.
    """

    key: str
    heading: str
    description: str
    kind: str
    required: bool
    choices: tuple[tuple[Value, str], ...] = ()
    lines: tuple[str, ...] = ()
    width: int = 0
    also: tuple[str, ...] = ()
    synonyms: tuple[tuple[Value, str], ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether its cells are figures."""
        return self.kind in ("integer", "number")

    def name(self, language: str) -> str:
        """What people call it: its heading on the form, or its English words."""
        return self.heading if language == "zh" else _words(self.key)

    def render(self, value: Value | None, language: str = "zh") -> str:
        """The text of a cell; blank where there is no value."""
        if value is None:
            return ""
        if self.kind == "choice":
            return self.label(value, language)
        if isinstance(value, str):
            return value
        if isinstance(value, Mapping):
            return "; ".join(f"{key}={item}" for key, item in value.items())
        if not isinstance(value, Decimal):
            return str(value)
        # The 12.0 of a file is the month 12.
        return str(int(value)) if self.kind == "integer" and value == int(value) else f"{value:f}"

    def label(self, value: Value, language: str) -> str:
        """What people call a choice: its label on the form, or its English name."""
        for choice, label in self.choices:
            if choice == value and type(choice) is type(value):
                if language == "zh":
                    return label
                return {True: "yes", False: "no"}[choice] if isinstance(choice, bool) else _words(str(choice))
        return str(value)

    def parse(self, cell: str) -> Value | None:
        """The value of a cell's text; None where the cell is blank.

        Raises:
            Unreadable: the text is no number, or none of the choices.
        """
        text = cell.strip()
        if not text:
            return None
        if self.kind == "choice":
            return self._choice(text)
        if self.numeric:
            plain = text.translate(_FULL_WIDTH)
            if not _NUMBER.match(plain):
                raise Unreadable(text)
            number = Decimal(plain)
            if self.kind == "integer" and not is_whole(number):
                raise Unreadable(text)
            return int(number) if is_whole(number) else number
        return text

    def read(self, cell: str) -> Value | None:
        """The value of a cell as people fill it in: 12月底 and 4分 say their numbers with a word behind.

        Raises:
            Unreadable: as :meth:`parse`.
        """
        if self.key == "deadline_month":
            _, month = parted_month(cell)
            return _MONTHS.get(_BEFORE.sub("", month)) or self.parse(_whole_month(month))
        unit = _UNIT_BEHIND.get(self.key)
        return self.parse(unit.sub("", cell.strip()) if unit else cell)

    def means(self, wording: str, value: Value | None, year: int | None) -> bool | None:
        """Whether a cell as it was filed says this value; None where it can't be read at all.

        Args:
            wording: what it says.
            value: what is registered.
            year: the plan's, which a deadline may name; None where that isn't known.
        """
        try:
            if self.key == "deadline_month" and year and parted_month(wording)[0] not in (None, year):
                return False
            return self.read(wording) == value
        except Unreadable:
            return None

    def _choice(self, text: str) -> Value:
        folded = fold(text)
        for value, label in self.choices:
            names = {label, self.label(value, "en"), str(value), str(value).lower()}
            names.update(name for choice, name in self.synonyms if choice is value)
            if folded in {fold(name) for name in names}:
                return value
        # The form writes 关键量化目标 for 关键量化指标: the last two characters say the same.
        for value, label in self.choices:
            if len(folded) > 3 and fold(label)[:-2] == folded[:-2] and folded[-2:] in ("指标", "目标"):
                return value
        raise Unreadable(text)


def parted_month(cell: str) -> tuple[int | None, str]:
    """The year that a deadline says, where it says one, and the rest of it."""
    text = cell.strip()
    found = _YEAR.match(text.translate(_FULL_WIDTH))
    return (int(found[1]), text[found.end() :]) if found else (None, text)


def _whole_month(cell: str) -> str:
    """The number of the month to whose end something is to be done, or the text where it names none.

    Raises:
        Unreadable: it names a day within the month.
    """
    found = _MONTH.match(cell.strip().translate(_FULL_WIDTH))
    if found is None:
        return cell
    if found["day"] and int(found["day"]) not in _LAST_DAYS.get(int(found["month"]), _MOST_DAYS):
        raise Unreadable(cell)
    return found["month"]


_LAST_DAYS = {2: (28, 29), **dict.fromkeys((4, 6, 9, 11), (30,))}
_MOST_DAYS = (31,)


_NUMERAL = rf"({numerals.NUMERAL}{{1,12}}|[0-9０-９]{{1,4}})"
_NUMBERED = lazy(
    rf"(?:[(（]\s*{_NUMERAL}\s*[)）]\s*[、．.，,]?|{_NUMERAL}\s*[、．.，,])\s*(?P<title>\S.*)\Z", re.DOTALL
)


def one_line(text: str) -> str:
    """A text without the breaks that it has on paper; Chinese needs no blank in their place."""
    return re.sub(r"\s+", lambda blanks: "" if "\n" in blanks[0] else blanks[0], text)


def parse_key_work(cell: str) -> tuple[int | None, str]:
    """A key work's cell to the number that stands before it, where one does, and its title on one line."""
    text = one_line(cell).strip()
    found = _NUMBERED.match(text)
    if found is None:
        return None, text
    numeral = unicodedata.normalize("NFKC", found[1] or found[2])
    try:
        return int(numeral) if numeral.isdecimal() else numerals.parse(numeral), found["title"]
    except ValueError:
        return None, text


def render_key_work(work: KeyWork, language: str | None) -> str:
    """A key work's cell: its numeral and its title, as the form prints them."""
    return f"{work.position}. {work.title}" if language == "en" else f"{numerals.chinese(work.position)}、{work.title}"


@lru_cache(maxsize=1024)  # the vocabulary's own words come again with every key that isn't known
def fold(text: str) -> str:
    """A heading, label or key with width, case, blanks and the kind of separator taken out."""
    return re.sub(r"[\s_\-·]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _words(key: str) -> str:
    return key.replace("_", " ")


def resolve(name: str, node: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema node with its ``$ref`` into ``$defs`` followed."""
    reference = node.get("$ref")
    if not isinstance(reference, str):
        return node
    return {**schema(name)["$defs"][reference.rsplit("/", 1)[1]], **node}


def _field(key: str, node: Mapping[str, Any], required: bool, name: str = "target") -> Field:
    full = resolve(name, node)
    choices = tuple((option["const"], option["title"]) for option in full.get("oneOf", ()))
    kind = "choice" if choices else {"string": "text", "object": "group"}.get(full["type"], full["type"])
    # No keyword of a property: other validators refuse those that they don't know.
    layout = schema(name).get("$defs", {}).get("form", {})
    form = layout.get("columns", {}).get(key, {}) if name == "target" else {}
    also = layout.get("choices", {}).get(key, {})
    return Field(
        key,
        full["title"],
        full["description"],
        kind,
        required,
        choices,
        tuple(form.get("heading", (full["title"],))),
        form.get("width", 0),
        tuple(form.get("also", ())),
        tuple((choice, word) for choice, _ in choices for word in also.get(str(choice).lower(), ())),
    )


@cache
def of_target() -> Mapping[str, Field]:
    """The fields of a target's file, in the schema's order, which is the form's."""
    root = schema("target")
    return {key: _field(key, node, key in root["required"]) for key, node in root["properties"].items()}


@cache
def of_row() -> Mapping[str, Field]:
    """What a row has besides its file's keys: plan, number, slug."""
    properties = schema("target")["$defs"]["row"]["properties"]
    return {key: _field(key, node, True) for key, node in properties.items()}


@cache
def of_measure() -> Mapping[str, Field]:
    """The fields of a measure, in the schema's order."""
    measure = schema("target")["properties"]["measure"]
    return {key: _field(key, node, key in measure["required"]) for key, node in measure["properties"].items()}


@cache
def of_plan() -> Mapping[str, Field]:
    """The fields of a plan, in the schema's order."""
    root = schema("plan")
    return {key: _field(key, node, key in root["required"], "plan") for key, node in root["properties"].items()}


def years() -> tuple[int, int]:
    """The first and the last year that a plan may be of."""
    node = schema("plan")["properties"]["year"]
    return node["minimum"], node["maximum"]


@cache
def form() -> tuple[Field, ...]:
    """The form's columns: the key work, the number, then the rest as the schema has them."""
    columns = [field for field in of_target().values() if field.width]
    return (columns[0], of_row()["number"], *columns[1:])


@cache
def _headings() -> Mapping[str, str]:
    found: dict[str, str] = {}

    def collect(name: str, node: Mapping[str, Any]) -> None:
        for key, child in node.get("properties", {}).items():
            if isinstance(child, Mapping) and "title" in child:
                found.setdefault(key, child["title"])
                collect(name, child)
        if isinstance(node.get("items"), Mapping):
            collect(name, node["items"])

    for name in reversed(SCHEMAS):
        collect(name, schema(name))
    collect("target", schema("target")["$defs"]["row"])
    return found


@cache
def numbers() -> frozenset[str]:
    """The keys, at any depth of a plan or a target, that hold a number."""
    return frozenset(key for key, choices in unquoted().items() if not choices)


@cache
def unquoted() -> Mapping[str, tuple[str, ...]]:
    """The keys, at any depth of a plan, a target or a record, whose values are no free text, with what they can be.

    There is no list of numbers: theirs is empty.
    """
    found: dict[str, tuple[str, ...]] = {}
    for key, node in _properties():
        if node.get("type") in ("integer", "number"):
            found[key] = ()
        elif node.get("type") == "boolean":
            found[key] = ("true", "false")
        elif choices := node.get("oneOf"):
            found[key] = tuple(choice["const"] for choice in choices)
    return found


@cache
def of_text() -> frozenset[str]:
    """The keys, at any depth of a plan, a target or a record, whose values are texts."""
    return frozenset(key for key, node in _properties() if node.get("type") == "string") - unquoted().keys()


@cache
def integers() -> frozenset[str]:
    """The keys, at any depth of a plan, a target or a record, that hold a whole number."""
    return frozenset(key for key, node in _properties() if node.get("type") == "integer")


@cache
def shaped() -> frozenset[str]:
    """The keys, at any depth of a plan, a target or a record, whose values have a shape wherever they stand, as an id has."""
    patterns = [(key, str(node["pattern"])) for key, node in _properties() if "pattern" in node]
    return frozenset(key for key, _ in patterns) - {key for key, pattern in patterns if pattern.startswith("^\\S")}


@cache
def of_free_text() -> frozenset[str]:
    """The keys whose values are texts of any shape, which may end with any sign."""
    return of_text() - shaped()


@cache
def of_items() -> frozenset[str]:
    """The keys that the items of lists have, in a plan, a target or a record."""
    lists = (
        (name, node["items"]) for name in SCHEMAS for _, node, _ in _placed(name, schema(name), 0) if "items" in node
    )
    return frozenset(key for name, items in lists for key in resolve(name, items).get("properties", {}))


@cache
def days() -> frozenset[str]:
    """The keys, at any depth of a plan, a target or a record, whose values are days, such as 2018-06-30."""
    return frozenset(key for key, node in _properties() if str(node.get("pattern")).startswith("^[0-9]{4}-[0-9]{2}-"))


def _properties() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The keys of a plan, a target and a record, at any depth, each with its schema."""
    for name in SCHEMAS:
        for key, node, _ in _placed(name, schema(name), 0):
            yield key, node


def _placed(name: str, node: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Mapping[str, Any], int]]:
    """The keys of a part of a schema, each with what the schema says of it and how deep it stands."""
    for key, child in node.get("properties", {}).items():
        if isinstance(child, Mapping):
            full = resolve(name, child)
            yield key, full, depth
            yield from _placed(name, full, depth + 1)
            if isinstance(items := full.get("items"), Mapping):
                yield from _placed(name, resolve(name, items), depth + 1)


@cache
def groups() -> frozenset[str]:
    """The keys, of a plan or a target, that hold a mapping or a list."""
    return frozenset(
        key
        for name in SCHEMAS
        for key, node in schema(name)["properties"].items()
        if node.get("type") in ("object", "array")
    )


def is_known(key: str) -> bool:
    """Whether a key is one of the vocabulary."""
    return key in _headings()


def heading(key: str, language: str) -> str:
    """A key as people call it: its heading on the form, or its English words."""
    if language == "zh":
        return _headings().get(key, key)
    return _words(key)


def _node_at(name: str, route: Route) -> Mapping[str, Any]:
    """What a schema says of the property at a place; nothing where it knows none."""
    node: Mapping[str, Any] = schema(name)
    for step in route:
        child = node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
        if not isinstance(child, Mapping):
            return {}
        node = resolve(name, child)
    return node


def title_at(name: str, route: Route) -> str | None:
    """The title of the property at a place of a plan or a target: a waiver's reason is 理由."""
    title = _node_at(name, route).get("title")
    return title if isinstance(title, str) else None


def title_of_record(key: str, language: str) -> str:
    """What people call a key of an adjustment record: 调整理由, or reason."""
    return (title_at("adjustment", (key,)) or key) if language == "zh" else _words(key)


def is_required(name: str, route: Route) -> bool:
    """Whether a key of a plan, a target or a record, at any depth, may not be left out where what it is in is there."""
    return bool(route) and route[-1] in _node_at(name, route[:-1]).get("required", ())


@cache
def key_of_heading() -> Mapping[str, str]:
    """Keys by their folded heading and by their own folded name."""
    named = {fold(bare(title)): key for key, title in reversed(list(_headings().items()))}
    named |= {fold(title): key for key, title in reversed(list(_headings().items()))}
    return named | {fold(key): key for key in _headings()}


@cache
def keys_at(name: str, *, is_below: bool) -> Mapping[str, str]:
    """Keys by their folded heading and by their own folded name, as one schema has them.

    Args:
        name: the schema.
        is_below: whether it is those within a group or a list, or those at its top.
    """
    found: dict[str, str] = {}
    for key, node, depth in _placed(name, schema(name), 0):
        if bool(depth) is is_below:
            for called in (key, node.get("title", key)):
                found.setdefault(fold(called), key)
    return found


def bare(heading: str) -> str:
    """A heading without what stands in brackets: 完成时限 of 完成时限（月）."""
    return "\n".join(map(_without_brackets, heading.split("\n")))


def _without_brackets(line: str) -> str:
    opened, closed = brackets(line)
    return line[:opened] + line[closed:]


def brackets(line: str) -> tuple[int, int]:
    """Where the first bracket of a line opens, and behind the last one that closes; twice its end where it has none."""
    opened = min((at for at in map(line.find, "（(") if at >= 0), default=len(line))
    closed = max(map(line.rfind, "）)")) + 1
    return (opened, closed) if opened < closed else (len(line), len(line))


def find(name: str) -> Field | None:
    """The field of the form or the row that a person names by key, heading, or a part that only one heading has."""
    everything = {**of_row(), **of_target()}
    if name in everything:
        return everything[name]
    folded = fold(name)
    for field in everything.values():
        if folded in (fold(field.key), fold(field.heading), fold(bare(field.heading))):
            return field
    within = [field for field in everything.values() if len(folded) > 1 and folded in fold(field.heading)]
    return within[0] if len(within) == 1 else None


def of(target: Target, key: str) -> Value | None:
    """What a target has under a key of its file or of its row."""
    if key in of_row():
        return {"plan": target.plan, "number": target.number, "slug": target.slug}[key]
    return target.values.get(key)


def texts(registry: Registry) -> Iterator[tuple[Where, str]]:
    """The texts people wrote: every key work's title and every text cell, each with its place."""
    keys = [field.key for field in form() if field.kind == "text"]
    for plan in registry.plans:
        if isinstance(title := plan.values.get("title"), str):
            yield plan.at("title"), title
        for work in plan.key_works:
            yield plan.at("key_works", work.position - 1, "title"), work.title
        for target in plan.targets:
            for key in keys:
                if text := target.text(key):
                    yield target.at(key), text
