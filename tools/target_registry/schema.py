"""Documents judged by their JSON Schema, in words of our own.

A compiled validator, where one is installed, says yes to the files that are sound;
jsonschema explains the others. Neither library's sentences are ever shown: they hold
whole files, and nobody who writes targets could read them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from target_registry import aims, fields, limits, numerals
from target_registry.documents import Document, keep
from target_registry.hanzi import has_chinese
from target_registry.model import Counted, Finding, Level, Message, Name, Route, Where, is_whole
from target_registry.nearest import nearest

_TYPES = {
    "string": Message("text"),
    "integer": Message("a whole number"),
    "number": Message("a number"),
    "boolean": Message("true or false"),
    "object": Message("“key: value” lines, indented under it"),
    "array": Message("a list, each item starting with “- ”"),
}


class Judged(NamedTuple):
    """What the schema says of a document.

    ``data`` has misspelt keys under the name that was meant; ``broken`` are the top-level
    keys that hold a fault.
    """

    data: Mapping[str, Any] | None
    findings: list[Finding]
    broken: frozenset[str]


def judge(document: Document, name: str) -> Judged:
    """Judge a document by the tool's own ``plan``, ``target`` or ``adjustment`` schema.

    Args:
        document: what was read; its place of a misspelt key becomes that of the right one.
        name: ``plan``, ``target`` or ``adjustment``.
    """
    if document.data is None:
        return Judged(None, [], frozenset())
    if not isinstance(document.data, dict):
        found = Message("the file holds {found}, not “key: value” lines", found=_shown(document.data))
        hint = Message("write one “key: value” a line, with a half-width colon and a space after it")
        line, column = document.places.get((), (1, 1))  # comments may stand above it
        finding = _At(document, name).finding("wrong-type", (), found, hint)._replace(line=line, column=column)
        return Judged(None, [finding], frozenset())
    if not document.broken and _is_valid(name, document.data):
        return Judged(document.data, [], frozenset())
    findings: list[Finding] = []
    data = _rename(document, name, fields.schema(name), document.data, (), findings)
    findings += _explained(document, name, data)
    broken = {route[0] for route in document.broken if route}
    broken |= {f.where.route[0] for f in findings if f.where.route and not _is_stray_key(f)}
    listed: list[Finding] = []
    for finding in findings:
        keep(listed, finding)
    return Judged(data, listed, frozenset(str(key) for key in broken))


def _is_stray_key(finding: Finding) -> bool:
    return finding.code == "unknown-key" and len(finding.where.route) == 1


@cache
def _compiled(name: str) -> Callable[[Any], bool] | None:
    """The compiled validator's verdict, where that library is installed."""
    try:
        import jsonschema_rs
    except ImportError:
        return None
    verdict: Callable[[Any], bool] = jsonschema_rs.validator_for(fields.schema_text(name).decode()).is_valid
    return verdict


@cache
def _explaining(name: str) -> Any:
    """Jsonschema's validator, which knows decimals and takes 12.0 for a whole number."""
    import jsonschema

    def is_integer(_: object, value: object) -> bool:
        if isinstance(value, Decimal):
            return is_whole(value)
        return isinstance(value, int) and not isinstance(value, bool)

    base = jsonschema.Draft202012Validator
    checker = base.TYPE_CHECKER.redefine("integer", is_integer)
    extended: Any = jsonschema.validators.extend(base, type_checker=checker)  # type: ignore[no-untyped-call]
    return extended(fields.schema(name))


def _is_valid(name: str, data: Any) -> bool:
    compiled = _compiled(name)
    return compiled(data) if compiled else bool(_explaining(name).is_valid(data))


def _rename(
    document: Document, name: str, node: Mapping[str, Any], data: Any, route: Route, findings: list[Finding]
) -> Any:
    """Report unknown keys at every depth, and read each under the name it was meant to have."""
    if isinstance(data, list):
        items = node.get("items", {})
        return [_rename(document, name, items, item, (*route, i), findings) for i, item in enumerate(data)]
    properties = node.get("properties")
    if not isinstance(data, dict) or properties is None:
        return data
    result: dict[str, Any] = {}
    for key, value in data.items():
        meant = key
        if key not in properties and _move(document, name, (*route, key), value, findings):
            continue
        if key not in properties:
            # Of those that are only counted nobody reads what was meant.
            is_listed = len(findings) < limits.FINDINGS_A_FILE
            allowed = [k for k in properties if k not in data and k not in result]
            suggestion = (
                _meant(key, {k: _heading(name, (*route, k)) for k in allowed}, guess=len(findings) < limits.GUESSES)
                if is_listed
                else None
            )
            findings.append(_unknown_key(document, name, (*route, key), suggestion, properties))
            if suggestion is None:
                continue
            meant = suggestion
            document.rename((*route, key), meant)
        below = fields.resolve(name, properties[meant])
        result[meant] = _rename(document, name, below, value, (*route, meant), findings)
    return result


def _move(document: Document, name: str, route: Route, value: Any, findings: list[Finding]) -> bool:
    """Report a key that belongs above or below where it stands, and take it for what it was meant to be."""
    key, root = str(route[-1]), document.data
    if not isinstance(root, dict):
        return False
    measure = root.get("measure")
    if len(route) == 2 and key in fields.schema(name)["properties"] and key not in root:
        meant: Route = (key,)
        hint = Message("it belongs to the file itself: begin the line in the first column")
    elif (
        name == "target"
        and len(route) == 1
        and key in fields.of_measure()
        and not (isinstance(measure, dict) and key in measure)
    ):
        meant = ("measure", key)
        hint = Message("it belongs under measure: indent it there by two spaces")
    else:
        return False
    where = Where(document.path, route, True)
    findings.append(Finding("unknown-key", Level.ERROR, where, Message("{key} is no key here", key=key), hint))
    # The value isn't judged here any more: what it was meant for has its finding.
    document.broken.add(meant)
    if meant[0] == "measure":
        document.broken.add(("measure",))
    return True


# Cyrillic and Greek letters that look like Latin ones. Source: Unicode Technical Standard 39, confusables.
_LATIN = str.maketrans("авсԁеһіјкӏмнорԛѕтуԝхѵαικνορτυ", "abcdehijklmhopqstywxvaikvoptu")


def _latin(key: str) -> str:
    """A key folded, as it reads to the eye."""
    return fields.fold(key).translate(_LATIN)


def _heading(name: str, route: Route) -> str:
    """What people call the key at a place: 名称 is a part of 重点工作名称, which is a key work's title."""
    return fields.title_at(name, route) or fields.heading(str(route[-1]), "zh")


def _meant(key: str, allowed: Mapping[str, str], *, guess: bool) -> str | None:
    """The key that a misspelt one stands for.

    Args:
        key: the misspelt one.
        allowed: those that it can be, with what people call each.
        guess: whether one that is only alike is wanted.
    """
    folded = _latin(key)
    headings = {fields.fold(heading): candidate for candidate, heading in allowed.items()}
    if folded in headings:
        return headings[folded]
    heading = fields.key_of_heading().get(folded)
    if heading in allowed:
        return heading
    by_fold = {fields.fold(candidate): candidate for candidate in allowed}
    if folded in by_fold:
        return by_fold[folded]
    parts = [key for heading, key in headings.items() if len(folded) > 1 and folded in heading]
    if len(parts) == 1:
        return parts[0]
    for known, cutoff in ((by_fold, 0.7), (headings, 0.6)) if guess else ():
        if close := nearest(folded, known, cutoff):
            return known[close]
    return None


def _unknown_key(
    document: Document, name: str, route: Route, suggestion: str | None, properties: Mapping[str, Any]
) -> Finding:
    key = str(route[-1])
    message = Message("{key} is no key here", key=key)
    lookalikes = [char for char in key if not char.isascii()]
    is_odd = bool(lookalikes) or key.startswith("-")  # a comparison shows a line so that was taken out
    there = nearest(_latin(key), properties, 0.7) if is_odd and suggestion is None else None
    if lookalikes and not has_chinese(key) and (suggestion or there):
        shown = f"{lookalikes[0]} " * lookalikes[0].isalpha()
        message = Message(
            "{key} looks like a key but has the character {code} in it",
            key=key,
            code=f"{shown}U+{ord(lookalikes[0]):04X}",
        )
    if suggestion is not None:
        hint = Message("did you mean {key}?", key=Name(suggestion, _heading(name, (*route[:-1], suggestion))))
    elif there is not None:
        hint = Message("{key} itself is there as well: delete one of the two lines", key=Name(there))
    elif name == "target" and key in fields.of_row():
        hint = Message("the file's name and place say it already: delete the line")
    elif len(properties) <= 8 or "remarks" not in properties:
        hint = Message("the keys here are {keys}", keys=tuple(properties))
    else:
        hint = Message("the keys are {keys}; write what else is to be said in remarks", keys=tuple(properties))
    where = Where(document.path, route, True)
    return Finding("unknown-key", Level.ERROR, where, message, hint)


def _explained(document: Document, name: str, data: Any) -> Iterator[Finding]:
    """The schema's complaints, one a value, in our words."""
    errors = list(_explaining(name).iter_errors(data))
    mistyped = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    missing = {("required", tuple(error.absolute_path)) for error in errors if error.validator == "required"}
    seen: set[tuple[str, Route]] = set()
    for error in errors:
        route = tuple(error.absolute_path)
        if error.validator is None:
            route = (*route, *_forbidden(data, route, error.instance))
        if any(route[: len(broken)] == broken for broken in document.broken):
            continue
        # Whatever the value should be, it isn't there yet.
        keyword = "unfilled" if fields.unfilled(error.instance) else error.validator or "false"
        if (keyword not in ("type", "unfilled") and route in mistyped) or (keyword, route) in seen:
            continue
        seen.add((keyword, route))
        if keyword == "false" and ("required", route[:-1]) in missing:
            continue  # one fault: an aim that goes with neither
        yield from _KEYWORDS.get(keyword, _other)(_At(document, name), route, error)


class _At(NamedTuple):
    """The document that is judged, and the schema's name."""

    document: Document
    name: str

    def finding(self, code: str, route: Route, message: Message, hint: Message | None) -> Finding:
        """A finding at a value of the document."""
        return Finding(code, Level.ERROR, Where(self.document.path, route), message, hint)

    def key(self, route: Route) -> object:
        """What a message calls the place: the key with its heading, or the item's number."""
        if not route:
            return Message("the file")
        if isinstance(route[-1], int):
            return Counted("item {n}", "item {n}", route[-1] + 1)
        return Name(route[-1], fields.title_at(self.name, route))


def _forbidden(data: Any, route: Route, value: object) -> Route:
    """The key whose schema is ``false``: jsonschema tells its value, but not its name."""
    for step in route:
        data = data[step]
    return tuple(key for key, item in data.items() if item is value)[:1] if isinstance(data, dict) else ()


def _required(at: _At, route: Route, error: Any) -> Iterator[Finding]:
    for key in error.validator_value:
        if key not in error.instance and (*route, key) not in at.document.broken:
            hint = Message("add a line {example}", example=f"{key}: …")
            if key == "reference":
                hint = Message(
                    "with aim: match, say in reference what to keep up with, and leave out full_year and half_year"
                )
            if key == "full_year":
                hint = Message("add full_year, or aim: match with a reference where there is no fixed figure")
            # What asks for a reference is the aim, and its line is where to look.
            place = (*route, "aim") if key == "reference" else route
            yield at.finding("missing-key", place, Message("{key} is missing", key=at.key((*route, key))), hint)


def _start(route: Route) -> str:
    """What stands before a value on its line."""
    return "- " if isinstance(route[-1], int) else f"{route[-1]}: "


def _type(at: _At, route: Route, error: Any) -> Iterator[Finding]:
    value, expected = error.instance, error.validator_value
    key = at.key(route)
    code, hint = "wrong-type", None
    message = Message("{key} is {found}, expected {expected}", key=key, found=_shown(value), expected=_TYPES[expected])
    bare = value.strip("“”‘’\"' \u3000") if isinstance(value, str) else ""
    if expected in ("integer", "number"):
        number = _month_in(bare) if route[-1] == "deadline_month" else _number_in(bare)
        if number is not None and re.search(r"[０-９．－]", bare):
            code = "fullwidth-digits"
            message = Message("{key} is written with full-width digits: {text}", key=key, text=value)
        if number is not None and expected == "integer" and not is_whole(Decimal(number)):
            number = None
        example = (
            number
            or _with_noughts(bare)
            or {"deadline_month": "12", "weight": "4", "year": "2018"}.get(str(route[-1]), "9")
        )
        hint = (
            Message("write a whole number, such as {example}", example=f"{route[-1]}: {example}")
            if isinstance(value, Decimal)
            else Message("write the number alone: {example}", example=f"{route[-1]}: {number}")
            if number is not None
            else Message("write a number such as {example}", example=f"{route[-1]}: {example}")
        )
    elif expected == "boolean":
        meant = {"是": "true", "否": "false"}.get(bare) or (
            "true" if bare.casefold() in ("yes", "y", "on", "true", "1") or value == 1 else
            "false" if bare.casefold() in ("no", "n", "off", "false", "0") or value == 0 else None
        )  # fmt: skip
        hint = Message("write {example}", example=f"{route[-1]}: {meant or 'true / false'}")
    elif expected == "string" and "oneOf" in error.schema:
        hint = Message("write one of {choices}", choices=tuple(option["const"] for option in error.schema["oneOf"]))
    elif expected == "string":
        hint = _type_of_text(route, value, error.schema.get("pattern", ""))
    elif expected == "array" and route[0] == "commitment_ladders" and isinstance(value, str):
        hint = (
            Message("put the words of a rung in square brackets: {example}", example=f"[{value}]")
            if len(route) == 3
            else _LADDER
        )
    elif expected in ("object", "array"):
        hint = Message("see the example under targets rules wrong-type")
    yield at.finding(code, route, message, hint)


def _type_of_text(route: Route, value: Any, pattern: str) -> Message:
    """The cure for a value that is no text where one should be."""
    from target_registry.documents import cures  # most files need none

    key, shown = str(route[-1]), str(value).lower() if isinstance(value, bool) else str(value)
    is_number, is_shaped = isinstance(value, bool | int | Decimal), key in fields.shaped()
    if is_number and route[0] == "waivers" and key == "target":
        return Message("write the target's slug: what its file name says after the number")
    if is_shaped and (key == "key_work" or not (is_number and re.search(pattern, shown))):
        return cures.shape(key)
    if is_number:
        return Message("put it in quotes: {example}", example=f'{_start(route)}"{shown}"')
    return Message("write a text; one that starts with a bracket needs quotes around it")


_SEPARATORS = ",;、。"
_MONTH = re.compile(r"(?P<month>[^年月日]{1,3}月)(?:份|底|末|\s*[0-9一二三十]{1,3}\s*[日号])?(?:之|以)?前?\Z")


def _month_in(text: str) -> str | None:
    """The month that a cell such as 12, 十二月 or 6月30日 stands for."""
    folded = unicodedata.normalize("NFKC", text).strip().rstrip(_SEPARATORS)
    dated = _MONTH.match(folded)
    number = _number_in(dated["month"] if dated else folded)
    is_other = not dated and re.search("[季日号]|[0-9]年", folded)  # 1季度 is no month, and 2019年6月 may be no mistake
    return None if is_other else number


def _with_noughts(text: str) -> str | None:
    """The number that is meant by digits with letters O among them, as in 9O."""
    return re.sub("[Oo]", "0", text) if re.fullmatch(r"[1-9][0-9]*[Oo][0-9Oo]*", text) else None


def _number_in(text: str) -> str | None:
    """The one number that a cell such as 4分, 12月份, 约9%, 10,000 or 四 stands for."""
    folded = unicodedata.normalize("NFKC", text).strip().rstrip(_SEPARATORS)
    folded = re.sub(r"\A(-?\d+)[。·](?=\d+\D*\Z)", r"\1.", folded)  # a Chinese input method's point
    folded = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", folded)
    folded = re.sub(r"\A(?:[−–—‒‐]|负)\s*(?=\d)", "-", folded)
    found = re.findall(r"-?[0-9]+(?:\.[0-9]+)?", folded)
    if len(found) == 1 and not re.search(r"[A-Za-z,。万亿]", folded):
        return re.sub(r"\A(-?)0+(?=\d)", r"\1", found[0])
    try:
        return str(numerals.parse(re.sub(r"(?:分|月|月底|月份)\Z", "", folded)))
    except ValueError:
        return None


def _unfilled(at: _At, route: Route, error: Any) -> Iterator[Finding]:
    message = Message("{field} is still to be filled in: {text}", field=at.key(route), text=error.instance)
    hint = Message("put what holds this year in the place of {mark}", mark=fields.unfilled(error.instance))
    yield at.finding("unfilled", route, message, hint)


def _one_of(at: _At, route: Route, error: Any) -> Iterator[Finding]:
    value = error.instance
    choices = {option["const"]: option.get("title", "") for option in error.validator_value}
    listed = tuple(f"{choice} {title}".strip() for choice, title in choices.items())
    key = at.key(route)
    message = Message("{key} is {found}, expected one of: {choices}", key=key, found=_shown(value), choices=listed)
    hint = None
    if isinstance(value, str):
        meant = _meant_choice(str(route[-1]), value, choices)
        if meant is not None:
            hint = Message("did you mean {word}?", word=f"{route[-1]}: {meant}")
    if hint is None:
        hint = Message("write one of them, such as {example}", example=f"{route[-1]}: {next(iter(choices))}")
    yield at.finding("unknown-value", route, message, hint)


def _meant_choice(key: str, value: str, choices: Mapping[str, str]) -> str | None:
    """The choice that a label, a part of one, or a word such as 以上 stands for."""
    bare = fields.fold(value.strip("“”‘’\"'"))
    if not bare:
        return None
    field = {**fields.of_measure(), **fields.of_target()}.get(key)
    if field is not None:
        try:
            return str(field.parse(bare))
        except fields.Unreadable:
            pass
    if key == "aim" and (aim := aims.of(bare)):
        return aim
    similar = [
        choice
        for choice, title in choices.items()
        if bare and (bare in fields.fold(title) or fields.fold(title) in bare)
    ]
    if len(similar) == 1:
        return similar[0]
    return nearest(bare, choices) or next((choice for choice in choices if bare.startswith(choice)), None)


def _pattern(at: _At, route: Route, error: Any) -> Iterator[Finding]:
    from target_registry.documents import cures  # most files need none

    value, key = error.instance, at.key(route)
    if not value:
        yield from _length(at, route, error)
        return
    if error.validator_value.startswith("^\\S"):
        message = (
            Message("{key} has a space in it", key=key)
            if value.strip() == value
            else Message("{key} starts or ends with a space", key=key)
            if value.strip()
            else Message("{key} holds nothing but spaces", key=key)
        )
        hint = (
            Message("a text behind | or > ends with a line break: write |- or >- instead, or the text on one line")
            if value.endswith("\n") and value.strip() == value.rstrip("\n") != ""
            else Message("delete the blank lines that the text begins with")
            if value.startswith("\n") and value.strip()
            else Message("take the spaces away")
            if value.strip()
            else _fill_in(at, route)
        )
        yield at.finding("blank-edge", route, message, hint)
        return
    if error.validator_value.startswith("^[0-9]{4}-"):
        message = Message("{key} is {found}, not a day", key=key, found=_shown(value))
        yield at.finding("malformed-id", route, message, cures.shape(str(route[-1])))
        return
    message = Message("{key} is {found}, not an identifier", key=key, found=_shown(value))
    yield at.finding("malformed-id", route, message, cures.shape(str(route[-1])))


_LIMITS = {
    "minimum": Message("{key} is {found}, expected at least {limit}"),
    "exclusiveMinimum": Message("{key} is {found}, expected more than {limit}"),
    "maximum": Message("{key} is {found}, expected at most {limit}"),
}


def _range(at: _At, route: Route, error: Any) -> Iterator[Finding]:
    text = _LIMITS[error.validator].text
    limit = error.validator_value
    hint = (
        Message("months are the numbers 1 to 12")
        if route[-1] == "deadline_month"
        else Message("check the number; a weight is a number of points such as 4")
        if route[-1] == "weight"
        else Message("check the number")
    )
    message = Message(text, key=at.key(route), found=_shown(error.instance), limit=limit)
    yield at.finding("out-of-range", route, message, hint)


def _length(at: _At, route: Route, error: Any) -> Iterator[Finding]:
    limit = error.validator_value
    if error.validator == "maxLength":
        message = Message(
            "{key} has {count} characters, expected at most {limit}",
            key=at.key(route),
            count=len(error.instance),
            limit=limit,
        )
        yield at.finding("too-long", route, message, Message("shorten it"))
        return
    if error.validator == "maxItems":
        message = Message(
            "{key} has {count} items, expected at most {limit}",
            key=at.key(route),
            count=len(error.instance),
            limit=limit,
        )
        yield at.finding("too-long", route, message, Message("shorten it"))
        return
    message, hint = Message("{key} holds nothing", key=at.key(route)), _fill_in(at, route)
    if error.validator == "minItems" and route[0] == "commitment_ladders" and isinstance(route[-1], int):
        hint = _LADDER
        if error.instance:
            message = Message("ladder {n} has only one rung, and there is nothing to compare it with", n=route[-1] + 1)
    yield at.finding("nothing-inside", route, message, hint)


_LADDER = Message(
    "a ladder has at least two rungs, from strong to weak, each a list of words that weigh the same: {example}",
    example="- [[揭牌, 挂牌], [奠基]]",
)


def _fill_in(at: _At, route: Route) -> Message:
    """The cure for a value that says nothing."""
    if fields.is_required(at.name, route):
        return Message("fill it in; it may not be left out")
    return Message("fill it in, or delete the line")


def _false(at: _At, route: Route, _: Any) -> Iterator[Finding]:
    message = Message("{key} has no place under this aim", key=at.key(route))
    hint = Message("aim: match goes with a reference; the other aims go with full_year and half_year")
    yield at.finding("needless-key", route, message, hint)


def _other(at: _At, route: Route, error: Any) -> Iterator[Finding]:
    message = Message("{key} doesn't meet the schema's rule {keyword}", key=at.key(route), keyword=str(error.validator))
    yield at.finding("wrong-type", route, message, Message("see the example under targets rules wrong-type"))


def _nothing(*_: object) -> Iterator[Finding]:
    yield from ()


_KEYWORDS: Mapping[str, Callable[[_At, Route, Any], Iterator[Finding]]] = {
    "required": _required,
    "unfilled": _unfilled,
    "additionalProperties": _nothing,  # unknown keys are reported before, with what was meant
    "type": _type,
    "oneOf": _one_of,
    "enum": _nothing,  # stands beside a oneOf that says the same with labels
    "pattern": _pattern,
    "minimum": _range,
    "exclusiveMinimum": _range,
    "maximum": _range,
    "maxLength": _length,
    "maxItems": _length,
    "minItems": _length,
    "minProperties": _length,
    "false": _false,
}


def _shown(value: object) -> Message:
    """What was found, in few words."""
    if isinstance(value, bool):
        return Message("{value}", value=str(value).lower())
    if isinstance(value, str):
        return Message("the text “{value}”", value=value) if value else Message("an empty text")
    if isinstance(value, dict):
        return Message("a group of “key: value” lines")
    if isinstance(value, list):
        return Message("a list")
    if isinstance(value, int | Decimal):
        return Message("{value}", value=Decimal(value))
    return Message("nothing")
