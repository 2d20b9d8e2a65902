"""Sound files in one step: a pattern, made of a schema, of texts that it accepts, keys in its order, as ``fmt`` writes them.

Most files of a large registry are of this kind. One match tells that a text can be read in one way only, that
nothing in it is to be reported, and what it says. Whatever the pattern can't promise that of is no match, and
is read and judged in full: keys in another order, comments between lines, a keyword of the schema that is not
known here. Tests compare the two over corpora, mutants and changed schemas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache, partial
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from target_registry import fields, limits
from target_registry.automata import automaton
from target_registry.documents import Document, Places, modelines, plain, scalars
from target_registry.model import Route
from target_registry.patterns import lazy

Row = plain.Row
"""The scalars of a file as they are written, in the schema's order; empty for a key that isn't there."""

# Controls are kept out here, everything invisible beyond ASCII by :func:`_is_readable`: character classes within Latin-1
# compile and match fastest. A colon or number sign with a blank ends a plain scalar, and some signs can't begin one. A text
# that no reader takes for a number, a date or a truth value has a sign beyond ASCII, or several words.
_TEXT = (
    r"(?:(?=[ -~]*+[^\n -~]|[A-Za-z][^\n ]*+ )[^\x00- !\"#&%'*,\-:;<=>?@\[\\\]\^_`{|}~\x7f][^\x00-\x1f\x7f:#]*+(?<! )"
    r'|"(?! )[^\x00-\x1f\x7f"\\]++(?<! )")'
)
_IDENTIFIER = r"[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+"
_A_TEXT = lazy(rf"{_TEXT}\Z")
_NO_TEXTS = frozenset(("null", "true", "false", "y", "n", "yes", "no", "on", "off"))
"""Identifiers that are no texts, to all programs or to some."""
_AN_IDENTIFIER = lazy(rf"{_IDENTIFIER}\Z")
_WORD = lazy(r"[0-9A-Za-z][0-9A-Za-z._/-]*+\Z")
_DECIMALS = 4
_NUMBER = lazy(rf"-?(0|[1-9][0-9]*+)(?:\.[0-9]{{1,{_DECIMALS}}})?\Z")
# Signs that a slip of the hand puts for YAML's own, and the blank of Chinese type.
_SLIPS = ("\u3000", "【", "［", "｛")

_ANNOTATIONS = frozenset(("title", "description", "$comment", "examples"))
_FEW = 100
_MOST = 50_000


class Verdicts(dict[Any, Any]):
    """A bounded memo of verdicts: one that is missing is computed when it is asked for.

    Args:
        judge: computes a verdict.
    """

    def __init__(self, judge: Callable[[Any], Any]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, key: Any) -> Any:
        if len(self) >= _MOST:
            self.clear()
        found = self[key] = self._judge(key)
        return found


class _Unknown(Exception):
    """A part of a schema that no pattern can be made of here."""


class _Leaf(NamedTuple):
    """A scalar, or a list as one piece of text: whether what is written is surely sound, and how it becomes a value.

    ``kind`` tells how its verdicts are found: those of words are remembered, since files say few different ones.
    ``pattern`` takes what is sound but for ``closer`` and ``longest``, where there is such a one; ``plain`` does so
    for an automaton. ``columns`` tells what a list's mappings say of each key, as it is written.
    """

    sound: Callable[[str], bool]
    value: Callable[[str], Any]
    kind: Literal["word", "text", "list"] = "word"
    pattern: str | None = None
    plain: str | None = None
    closer: Callable[[str], bool] | None = None
    longest: float = float("inf")
    columns: Callable[[str], dict[str, Row]] | None = None


_Shape = tuple[Route, list[Route], Callable[[Any], bool]]
"""A key that is there where its mapping is, the keys of it that conditions speak of, and what they say of these."""


def _comments(name: str) -> str:
    """A pattern of comments above a file's first line; one that may name another schema than the file's is none."""
    return rf"(?:(?:{modelines.own(name)}|#(?!{modelines.BEGINNING})[^\x00-\x09\x0b-\x1f\x7f\n]*+)\n)*+"


class Pattern:
    """The texts that need no judge, of one schema.

    Args:
        name: ``plan`` or ``target``.

    Attributes:
        routes: where each scalar of a row stands.
        columns: of lists, which stand in a row as one scalar: what their mappings say of each key, as it is written.
    """

    def __init__(self, name: str) -> None:
        self._schema = fields.schema(name)
        self._name = name
        leaves: list[tuple[Route, _Leaf]] = []
        shapes: list[_Shape] = []
        try:
            lines = "".join(self._object(self._schema, (), leaves, shapes))
        except _Unknown:
            leaves, shapes, lines = [], [], r"(?!)"
        self.routes = tuple(route for route, _ in leaves)
        self.columns = {route: leaf.columns for route, leaf in leaves if leaf.columns is not None}
        comments = _comments(name)
        self._parts = lazy(rf"{comments}{lines}\Z")
        self._each = lazy(rf"{plain.BEGIN}{comments}{lines}{plain.END}")
        # One that could be empty is left to the judges.
        loose = {key for key, node in self._schema["properties"].items() if self._could_be_empty(node)}
        self._longest = min((leaf.longest for _, leaf in leaves), default=0)
        at = {route: place for place, route in enumerate(self.routes)}
        self._words = tuple((at[route], Verdicts(leaf.sound)) for route, leaf in leaves if leaf.kind == "word")
        self._closer = tuple((at[route], Verdicts(leaf.closer)) for route, leaf in leaves if leaf.closer is not None)
        self._plain = {route: leaf.plain for route, leaf in leaves if leaf.plain is not None and route[0] not in loose}
        self._others = tuple((at[route], leaf.sound) for route, leaf in leaves if leaf.kind != "word")
        self._shapes = tuple(
            (at[first], at[routes[0]], _getter([at[route] for route in routes[1:]]), Verdicts(judge))
            for first, routes, judge in shapes
        )
        self._columns = tuple(
            (place, route[0], route[1] if len(route) > 1 else None, leaf.value)
            for place, (route, leaf) in enumerate(leaves)
        )

    def row(self, text: str) -> Row | None:
        """What a text says, if it is one of these; None where it has to be read and judged in full."""
        found = self._parts.match(text)
        if found is None or not _is_readable(text):
            return None
        row = found.groups("")
        for place, sound in self._others:
            if (written := row[place]) and not sound(written):
                return None
        for place, verdicts in self._words:
            if (written := row[place]) and not verdicts[written]:
                return None
        return row if self._in_shape(row) else None

    def _in_shape(self, row: Row) -> bool:
        for first, chosen, others, sound in self._shapes:
            # The first of the keys is the one whose choice matters, the others are there or not.
            if row[first] and not sound[(row[chosen], *map(bool, others(row)))]:
                return False
        return True

    def plain(self, hints: Sequence[str] = ()) -> plain.Plain | None:
        """What tells the plainest texts by an automaton, and which of other patterns they are of.

        Args:
            hints: the other patterns, numbered from 1; as RE2 has them.

        Returns:
            None where there is no automaton, or nothing plain.
        """
        told = (
            automaton([plain.lines(self._plain, modelines.own(self._name)), *hints]) if len(self.routes) > 1 else None
        )
        if told is None:
            return None
        closer, in_shape = self._closer, self._in_shape

        def fits(row: Row) -> bool:
            for place, verdicts in closer:
                if (written := row[place]) and not verdicts[written]:
                    return False
            return in_shape(row)

        return plain.Plain(told, self._each.findall, self._longest, fits)

    def data(self, row: Row, wanted: Collection[str] | None = None) -> dict[str, Any]:
        """The plain data of a row, as the strict reader would give it.

        Args:
            row: of such a text.
            wanted: the keys at the top that are asked for; None for all.
        """
        data: dict[Any, Any] = {}
        for place, key, inner, value in self._columns:
            written = row[place]
            if not written or (wanted is not None and key not in wanted):
                continue
            if inner is None:
                data[key] = value(written)
            elif key in data:
                data[key][inner] = value(written)
            else:
                data[key] = {inner: value(written)}
        return data

    def _could_be_empty(self, node: Mapping[str, Any]) -> bool:
        full = fields.resolve(self._name, node)
        return full.get("type") == "object" and not full.get("required")

    def _object(
        self,
        node: Mapping[str, Any],
        route: Route,
        leaves: list[tuple[Route, _Leaf]],
        shapes: list[_Shape],
    ) -> Iterator[str]:
        """Patterns of the lines of a mapping, key by key, whatever the lines say."""
        top = not route
        known = {"type", "additionalProperties", "required", "properties", "if", "then", "else", "minProperties"}
        known |= {"$schema", "$id", "$defs"} if top else set()
        if (
            set(node) - known - _ANNOTATIONS
            or node.get("additionalProperties") is not False
            or "properties" not in node
        ):
            raise _Unknown
        if node.get("minProperties", 0) > 1:
            raise _Unknown
        if "if" in node:
            if top or not {"then", "else", "required"} <= set(node):
                raise _Unknown
            keys = _mentioned(node)
            shapes.append(((*route, node["required"][0]), [(*route, key) for key in keys], _shape_judge(node, keys)))
        indent = "" if top else "  "
        for key, child in node["properties"].items():
            required = key in node.get("required", ())
            full = fields.resolve(self._name, child)
            if top and full.get("type") == "object":
                line = f"{re.escape(key)}:\n(?=  ){''.join(self._object(full, (key,), leaves, shapes))}"
            else:
                try:
                    leaf = self._leaf(full, top=top)
                except _Unknown:
                    if required or not top:
                        raise
                    continue  # a file that has it is read in full
                leaves.append(((*route, key), leaf))
                # The last line's end belongs to the line that the list stands in.
                said = r"\n((?:  .+\n)*  .+)" if leaf.kind == "list" else " (.+)"
                line = f"{indent}{re.escape(key)}:{said}\n"
            yield line if required else f"(?:{line}|)"

    def _leaf(self, full: Mapping[str, Any], *, top: bool) -> _Leaf:
        """A value on one line, or a list of mappings."""
        kind = full.get("type")
        rest = set(full) - _ANNOTATIONS - {"type", "$ref"}
        if "allOf" in rest:  # only what editors show
            if any(set(part) - _ANNOTATIONS for part in full["allOf"]):
                raise _Unknown
            rest.discard("allOf")
        if kind in ("string", "boolean") and rest == {"oneOf"}:
            if any(set(option) - _ANNOTATIONS != {"const"} for option in full["oneOf"]):
                raise _Unknown
            values = {_written(option["const"]): option["const"] for option in full["oneOf"]}
            return _listed(values, values.__getitem__)
        if kind in ("integer", "number") and rest <= {"minimum", "maximum", "exclusiveMinimum"}:
            return _number(full)
        if kind == "string" and rest <= {"pattern", "maxLength"}:
            shared = self._schema["$defs"]
            if full.get("pattern") == shared["cell"]["pattern"]:
                return _text(full.get("maxLength", float("inf")), plain.TEXT if top else plain.NAME)
            return _identifier(full) if full.get("pattern") == shared["identifier"]["pattern"] else _word(full)
        if kind == "array" and top and rest <= {"items", "minItems", "maxItems"}:
            return self._list(full)
        raise _Unknown

    def _list(self, full: Mapping[str, Any]) -> _Leaf:
        """A list of mappings that all have the same keys: one piece of text, taken apart when it is asked for."""
        items = full["items"]
        keys = list(items.get("properties", ()))
        if set(items) - {"type", "additionalProperties", "required", "properties"} - _ANNOTATIONS or not keys:
            raise _Unknown
        if items.get("additionalProperties") is not False or set(keys) != set(items.get("required", ())):
            raise _Unknown
        leaves = [self._leaf(fields.resolve(self._name, child), top=False) for child in items["properties"].values()]
        indents = ["  - ", *["    "] * (len(keys) - 1)]
        starts = [f"{indent}{re.escape(key)}: " for indent, key in zip(indents, keys, strict=True)]
        each = lazy("".join(f"{start}(.+)\n" for start in starts)).findall
        patterns = [leaf.pattern for leaf in leaves]
        if None in patterns or len(keys) < 2:
            raise _Unknown
        lines = "".join(f"{start}{pattern}\n" for start, pattern in zip(starts, patterns, strict=True))
        whole = lazy(rf"(?:{lines})+\Z")
        fewest, most = full.get("minItems", 0), full.get("maxItems", float("inf"))
        closer = [(at, leaf.closer) for at, leaf in enumerate(leaves) if leaf.closer is not None]
        longest = [(at, leaf.longest) for at, leaf in enumerate(leaves) if leaf.closer is None]

        @lru_cache(maxsize=1)  # who asks whether a block is sound asks for its values next
        def items_of(block: str) -> list[tuple[str, ...]]:
            found: list[tuple[str, ...]] = each(block + "\n")
            return found

        def columns(block: str) -> dict[str, Row]:
            return dict(zip(keys, zip(*items_of(block), strict=True), strict=True))

        def value(block: str) -> list[dict[str, Any]]:
            # Column by column, as many things are done sooner than one after the other.
            values = [map(leaf.value, column) for leaf, column in zip(leaves, columns(block).values(), strict=True)]
            return [dict(zip(keys, item, strict=True)) for item in zip(*values, strict=True)]

        def sound(block: str) -> bool:
            if not whole.match(block + "\n"):
                return False
            found = items_of(block)
            return (
                fewest <= len(found) <= most
                and all(judge(item[at]) for at, judge in closer for item in found)
                and all(len(item[at]) <= bound for at, bound in longest for item in found)
            )

        return _Leaf(sound, value, "list", columns=columns)


@cache
def pattern(name: str) -> Pattern:
    """The pattern of the ``plan`` or the ``target`` schema."""
    return Pattern(name)


def row(name: str, raw: object, limit: int) -> Row | None:
    """What a file says that needs no judge; None where it has to be read and judged in full.

    Args:
        name: of its schema.
        raw: its bytes; whatever else stands for a file needs a closer look.
        limit: how many bytes such a file may have.
    """
    if not isinstance(raw, bytes) or len(raw) > limit:
        return None
    try:
        return pattern(name).row(raw.decode())
    except UnicodeDecodeError:
        return None


def document(path: str, name: str, row: Row, raw: bytes) -> Document:
    """What a file of these says, as a document.

    Args:
        path: of the file.
        name: of its schema.
        row: what :meth:`Pattern.row` told of it.
        raw: its bytes.
    """
    return Document.of(path, pattern(name).data(row), partial(_located, raw))


def _located(raw: bytes) -> tuple[Places, Places]:
    """Where the values and the keys of a file of these stand."""
    places: Places = {}
    keys: Places = {}
    above: Route = ()
    item = -1
    for number, line in enumerate(raw.decode().split("\n"), 1):
        if not line or line[0] == "#":
            continue
        places.setdefault((), (number, 1))
        word, _, value = line.partition(":")
        key = word.lstrip(" -")
        indent = len(word) - len(key)
        if not indent:
            above, item = (key,), -1
            route: Route = above
        else:
            places.setdefault(above, (number, 3))
            if word[2] == "-":
                item += 1
                places[(*above, item)] = (number, 5)
            route = (*above, key) if item < 0 else (*above, item, key)
        keys[route] = (number, indent + 1)
        if value:
            places[route] = (number, len(word) + 3)
    return places, keys


def _getter(places: Sequence[int]) -> Callable[[Row], Row]:
    """What gives the scalars at some places of a row."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple(row[place] for place in places)


def _is_readable(text: str) -> bool:
    """Whether a text without controls is made of what Chinese machines have had signs for since 1995, and of no slip.

    None of these is invisible, or anybody's line break; a test goes through them all.
    """
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return not any(slip in text for slip in _SLIPS)


def _written(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


def _text(longest: float, plainly: str) -> _Leaf:
    def sound(written: str) -> bool:
        return len(written) <= longest and _A_TEXT.match(written) is not None

    return _Leaf(sound, unquoted, "text", _TEXT, plainly, longest=longest)


def unquoted(written: str) -> str:
    """A text without the quotes that it may be written in."""
    return written[1:-1] if written[0] == '"' else written


def _word(full: Mapping[str, Any]) -> _Leaf:
    matches = re.compile(full.get("pattern", "")).search
    longest = full.get("maxLength", float("inf"))

    def sound(written: str) -> bool:
        return (
            len(written) <= longest
            and _WORD.match(written) is not None
            and matches(written) is not None
            and _plain(written) == written
            and not scalars.is_doubtful(written)
        )

    return _Leaf(sound, str)


def _identifier(full: Mapping[str, Any]) -> _Leaf:
    # One that begins with a letter is no number.
    longest = full.get("maxLength", float("inf"))

    def closer(written: str) -> bool:
        return len(written) <= longest and written not in _NO_TEXTS

    def sound(written: str) -> bool:
        return _AN_IDENTIFIER.match(written) is not None and closer(written)

    return _Leaf(sound, str, pattern=_IDENTIFIER, plain=plain.IDENTIFIER, closer=closer)


def _number(full: Mapping[str, Any]) -> _Leaf:
    """A number, in as many digits as surely lie between its bounds; others are judged in full."""
    low, high, above = full.get("minimum"), full.get("maximum"), full.get("exclusiveMinimum")
    if high is None or high < 1 or (low is None) == (above is None):
        raise _Unknown
    if full["type"] == "integer":
        if low is None:
            raise _Unknown
        if low < 0 or high - low > _FEW:
            return _Leaf(lambda written: _is_whole(written, full), number)
        return _listed(map(str, range(low, high + 1)), number)
    digits = min(len(str(int(high + 1))) - 1, limits.DIGITS - _DECIMALS)
    whole = f"[1-9][0-9]{{0,{digits - 1}}}"
    behind = rf"(?:\.[0-9]{{1,{_DECIMALS}}})?"
    if above == 0:
        pattern = rf"{whole}{behind}|0\.[0-9]{{0,{_DECIMALS - 1}}}[1-9]"
    elif low == 0:
        pattern = f"(?:0|{whole}){behind}"
    elif low is not None and low == -high:
        pattern = f"(?:0|-?{whole}){behind}"
    else:
        raise _Unknown

    def sound(written: str) -> bool:
        found = _NUMBER.match(written)
        if found is None or len(found[1]) > digits:
            return False
        if written[0] == "-":
            return low is not None and low < 0 and found[1] != "0"  # -0 is a number to some readers alone
        return above is None or Decimal(written) > above

    return _Leaf(sound, number, plain=pattern)


def _listed(values: Iterable[str], value: Callable[[str], Any]) -> _Leaf:
    """One of some words."""
    words = frozenset(values)
    return _Leaf(words.__contains__, value, plain="|".join(map(re.escape, sorted(words))))


def _is_whole(written: str, full: Mapping[str, Any]) -> bool:
    value = _plain(written) if _NUMBER.match(written) else None
    return isinstance(value, int) and full.get("minimum", value) <= value <= full.get("maximum", value)


def _plain(written: str) -> Any:
    try:
        return scalars.resolve(written)
    except scalars.Ambiguous:
        return None


_numbers = Verdicts(_plain)


def number(written: str) -> int | Decimal:
    """A number of a row; files say few different ones."""
    found: int | Decimal = _numbers[written]
    return found


def _mentioned(node: Mapping[str, Any]) -> list[str]:
    """The keys of a mapping that its conditions speak of, the one that has choices first."""
    said = set[str]()

    def collect(part: Any) -> None:
        if isinstance(part, Mapping):
            said.update(part.get("required", ()), part.get("properties", ()))
            for inner in ("not", "if", "then", "else"):
                collect(part.get(inner))

    for key in ("if", "then", "else"):
        collect(node[key])
    chosen = [key for key in said if "oneOf" in node["properties"].get(key, {})]
    if said - set(node["properties"]) or len(chosen) != 1:
        raise _Unknown
    return [*chosen, *(key for key in node["properties"] if key in said and key not in chosen)]


def _shape_judge(node: Mapping[str, Any], keys: list[str]) -> Callable[[tuple[str | bool, ...]], bool]:
    """Whether keys of a mapping may stand beside each other: what ``if``, ``then`` and ``else`` of its schema say.

    These may ask which keys are there, and of the first one which choice it names.
    """
    rules = {key: node[key] for key in ("if", "then", "else")}
    _holds(rules, {}, keys[0])  # refuses a keyword that isn't known here

    def judge(row: tuple[str | bool, ...]) -> bool:
        return _holds(rules, {key: said for key, said in zip(keys, row, strict=True) if said}, keys[0])

    return judge


def _holds(rule: Any, present: Mapping[str, Any], chosen: str) -> bool:
    """Whether a condition holds of a mapping; every part of it is looked at, so that none goes unknown."""
    if isinstance(rule, bool):
        return rule
    if set(rule) - {"type", "required", "properties", "not", "if", "then", "else"} - _ANNOTATIONS:
        raise _Unknown
    if rule.get("type", "object") != "object":
        raise _Unknown
    verdicts = [key in present for key in rule.get("required", ())]
    for key, child in rule.get("properties", {}).items():
        if isinstance(child, bool):
            verdicts.append(child or key not in present)
        elif set(child) - _ANNOTATIONS == {"const"} and key == chosen:
            verdicts.append(key not in present or present[key] == _written(child["const"]))
        else:
            raise _Unknown
    if "not" in rule:
        verdicts.append(not _holds(rule["not"], present, chosen))
    if "if" in rule:
        branches = [_holds(rule.get(key, True), present, chosen) for key in ("then", "else")]
        verdicts.append(branches[0] if _holds(rule["if"], present, chosen) else branches[1])
    return all(verdicts)
