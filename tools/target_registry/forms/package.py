"""The gate before the readers of Word and Excel files: nothing reads a part that did not pass here.

A package is a zip file of parts. What a form never needs is refused whatever it would do: macros,
embedded objects, links to other files, data connections, imported documents. Nothing is ever fetched;
addresses that only a click would follow are let be.
Source: ECMA-376 part 2 (packages), part 1 annexes on relationship types.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from target_registry import limits
from target_registry.escape import visible
from target_registry.forms import Unfit, kinds, markup
from target_registry.forms.archive import damaged, unpack
from target_registry.forms.bounds import ALONE, WITHOUT, sized
from target_registry.model import Message
from target_registry.patterns import lazy

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_TYPES = "[content_types].xml"


class Kind(NamedTuple):
    """A kind of document.

    Attributes:
        ending: the file's.
        content: its main part's content type.
        marks: the most markup.
        cure: the cure for others.
        loose: that for a Strict one, which has the same ending.
    """

    ending: str
    content: str
    marks: int
    cure: Message
    loose: Message


WORD = Kind(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    limits.WORD_MARKS,
    Message("open it in Word or WPS and save it as .docx"),
    Message("open it in Word and save it as the type Word Document (*.docx), which isn't the Strict one"),
)
EXCEL = Kind(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    limits.FORM_MARKS,
    Message("open it in Excel or WPS and save it as .xlsx"),
    Message("open it in Excel and save it as the type Excel Workbook (*.xlsx), which isn't the Strict one"),
)

_READ = frozenset(
    (
        "officeDocument",
        "worksheet",
        "sharedStrings",
        "styles",
        "theme",
        "drawing",
        "table",
        "numbering",
        "settings",
        "theme",
        "fontTable",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
    )
)
"""The kinds of parts that readers open."""
_ONCE = frozenset(("officeDocument", "sharedStrings", "styles", "numbering", "settings", "theme", "fontTable"))
"""Those of which a part has one: of several nobody knows which another program takes."""

_MACROS = Message("the file holds macros, which a form doesn't need")
_OBJECTS = Message("the file holds embedded objects or controls, which a form doesn't need")
LINKS = Message("the file takes content from other files or from a network")
_IMPORTED = Message("the file holds a second document that is shown inside it")

# By what stands in a part's name, its content type or a relationship's type, in small letters.
_UNWANTED = (
    (re.compile(r"vbaproject|vbadata|macroenabled|macrosheet|dialogsheet"), _MACROS),
    (
        re.compile(r"(?:^|/)(?:embeddings|activex|ctrlprops)/|activex|oleobject|relationships/(?:package|control)\Z"),
        _OBJECTS,
    ),
    (
        re.compile(
            r"externallink|webextension|(?:^|/)connections\.xml|relationships/connections\Z|querytable|subdocument|/frame\Z"
        ),
        LINKS,
    ),
    (re.compile(r"afchunk"), _IMPORTED),
)
_BOOKS = lazy(r"externallinks/_rels/[^/]+\.rels\Z")
"""The parts that say to which other workbooks one has links."""
_LONGEST = 120
"""Characters of a path, or an id, that is told."""
_ELSEWHERE = lazy(r"%|\.\.|[\\/]unc[\\/]", re.IGNORECASE)
"""What leads a path away from one's own disk."""
_LOCAL = lazy(r"file:///(?![/\\])|(?:file:/{0,2})?[a-z]:[\\/]|[^:\\/]+\Z", re.IGNORECASE)


class Relation(NamedTuple):
    """That one part refers to another: the kind of the reference, and the other's name."""

    kind: str
    target: str


class Package:
    """The parts of a file that passed."""

    def __init__(
        self,
        parts: Mapping[str, bytes],
        main: str,
        relations: Mapping[str, Mapping[str, Relation]],
        old: Mapping[str, bytes],
    ) -> None:
        self._parts = parts
        self._relations = relations
        self._old = old
        self.main = main

    def part(self, name: str) -> bytes:
        """A part's XML as UTF-8.

        Raises:
            Unfit: there is none of that name.
        """
        if name not in self._parts:
            raise damaged(name)
        return self._parts[name]

    def old_drawing(self, name: str) -> bytes:
        """A drawing of Excel's old kind, which need not be XML.

        Raises:
            Unfit: there is none of that name.
        """
        if name not in self._old:
            raise damaged(name)
        return self._old[name]

    def relations(self, source: str) -> Mapping[str, Relation]:
        """What a part refers to, by the reference's id."""
        return self._relations.get(source, {})

    def own(self, source: str, kind: str, taken: set[str], most: float = float("inf")) -> list[str]:
        """The parts of a kind that one refers to, each of which is no other's: each would have it read once more.

        Args:
            source: the part that refers to them.
            kind: such as ``drawing``.
            taken: those of other parts; grows.
            most: how many there may be of them in all.

        Raises:
            Unfit: one is another's too, or there are more.
        """
        found = sorted({one.target for one in self.relations(source).values() if one.kind == kind})
        for target in found:
            if target in taken or len(taken) >= most:
                raise damaged(target)
            taken.add(target)
        return found

    def related(self, kind: str) -> str | None:
        """The part of a kind, such as ``styles``, that the main part refers to."""
        found = (relation.target for relation in self.relations(self.main).values() if relation.kind == kind)
        return next((target for target in found if target in self._parts), None)


def opened(raw: bytes, kind: Kind) -> Package:
    """Check a file and give its parts.

    Raises:
        Unfit: it is another kind of file, damaged, overwhelming, or holds what no form needs.
    """
    sized(raw, limits.FORM_BYTES)
    if kinds.locked(raw):
        raise Unfit(Message("the file is protected by a password"), Message("take the password off and save it again"))
    if not raw.startswith(kinds.ZIP):
        raise _other(kinds.packed(raw) or kinds.plain(raw), kind)
    parts = dict(unpack(raw))
    if _TYPES not in parts:
        opendocument = parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument")
        raise _other(
            Message("an OpenDocument file") if opendocument else Message("a zipped file of another kind"), kind
        )
    marks = markup.Marks(kind.marks)
    checked: set[str] = set()

    def check(names: Iterable[str]) -> None:
        for name in sorted(set(names) & parts.keys() - checked):
            parts[name] = markup.utf8(name, parts[name])
            marks.check(name, parts[name])
            checked.add(name)

    check(name for name in parts if name.endswith((".xml", ".rels")))
    contents = _contents(parts)
    if kind is EXCEL and (linked := _linked(parts)):
        raise linked
    relations = _relations(parts)
    referred = [one for own in relations.values() for one in own.values() if one.target in parts]
    old = {one.target for one in referred if one.kind == "vmlDrawing"} | {
        name for name in parts if name.endswith(".vml")
    }
    for name in sorted(old):
        _drawing(name, parts[name])
    main = _main(relations, contents, kind)
    for source in ("", main):
        _plain(relations.get(source, {}).values())
    for name in parts:
        _wanted(f"/{name}", contents.get(name, ""))
    # A part is what it is said to be, whatever it is called; pictures and fonts are no XML.
    check(name for name in parts if contents[name].endswith("xml") and not contents[name].startswith("image/"))
    check(one.target for one in referred if one.kind in _READ)
    return Package({name: parts[name] for name in checked}, main, relations, {name: parts[name] for name in old})


def _linked(parts: Mapping[str, bytes]) -> Unfit | None:
    """Why a workbook is refused that has a link to another one, which it may keep although no cell uses it."""
    found: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode", "").lower() == "external":
            found.append(unquote(attributes.get("Target", "")).removeprefix("file:///"))

    for name in sorted(filter(_BOOKS.search, parts)):
        markup.walk(name, parts[name], f"{_PACKAGE}relationships", start)
        if found:
            break
    if not found:
        return None
    path = found[0] if len(found[0]) <= _LONGEST else f"…{found[0][-_LONGEST:]}"
    return Unfit(
        Message("the workbook has a link to another file: {path}", path=visible(path)),
        Message(
            "break it in Excel or WPS by Data, Edit Links, Break Link; if it stands there still, delete what refers to"
            " the file by Formulas, Name Manager; then save the workbook"
        ),
    )


def _other(found: Message, kind: Kind) -> Unfit:
    return Unfit(
        Message("the file is {found}, whatever its name says, not {ending}", found=found, ending=f".{kind.ending}"),
        kind.cure,
    )


def _wanted(*names: str) -> None:
    for name in names:
        for pattern, found in _UNWANTED:
            if pattern.search(name.lower()):
                raise Unfit(found, WITHOUT)


def _drawing(name: str, data: bytes) -> None:
    """Excel's old drawings are XML only almost, and no parser reads them here: they may just declare nothing."""
    bare = data.replace(b"\x00", b"").lower()
    if b"<!doctype" in bare or b"<!entity" in bare:
        raise damaged(name)


def _contents(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    """The content type of each part, in small letters."""
    by_ending: dict[str, str] = {}
    by_name: dict[str, str] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        content = attributes.get("ContentType", "").lower()
        if len(by_ending) + len(by_name) > limits.FORM_ENTRIES:
            raise damaged(_TYPES)
        if name == "Default":
            by_ending[attributes.get("Extension", "").lower()] = content
        elif name == "Override":
            by_name[unquote(attributes.get("PartName", "")).lower().removeprefix("/")] = content

    markup.walk(_TYPES, parts[_TYPES], f"{_PACKAGE}content-types", start)
    return {name: by_name.get(name, by_ending.get(name.rpartition(".")[2], "")) for name in parts}


def _relations(parts: Mapping[str, bytes]) -> Mapping[str, Mapping[str, Relation]]:
    """What each part refers to; the package itself is the part with the empty name."""
    found: dict[str, dict[str, Relation]] = {}
    for name, data in parts.items():
        folder, _, file = name.rpartition("_rels/")
        if not file.endswith(".rels") or "/" in file:
            continue
        source = folder + file.removesuffix(".rels")
        own = found.setdefault(source, {})
        ids: set[str] = set()

        def start(
            element: str,
            attributes: Mapping[str, str],
            name: str = name,
            folder: str = folder,
            own: dict[str, Relation] = own,
            ids: set[str] = ids,
        ) -> None:
            if element == "Relationship":
                kind = attributes.get("Type", "")
                target = attributes.get("Target", "")
                _wanted(kind)
                _once(name, attributes.get("Id", ""), ids)
                if len(ids) > limits.FORM_ENTRIES:
                    raise damaged(name)
                if attributes.get("TargetMode", "").lower() == "external":
                    _outward(kind, target)
                    return
                path = unquote(target).lower()
                inner = path.removeprefix("/") if path.startswith("/") else posixpath.normpath(folder + path)
                own[attributes.get("Id", "")] = Relation(kind, inner)

        markup.walk(name, data, f"{_PACKAGE}relationships", start)
    return {
        source: {key: Relation(relation.kind.removeprefix(_OFFICE), relation.target) for key, relation in own.items()}
        for source, own in found.items()
    }


def _once(part: str, reference: str, known: set[str]) -> None:
    """Note a reference's id, of which a part has one: of two some programs follow the first, others the last or none.

    Source: ECMA-376 part 2, rule M1.26.

    Raises:
        Unfit: another one has it.
    """
    if reference in known:
        raise Unfit(
            Message(
                "the file is damaged: in its part {part} two references are called {id}",
                part=part,
                id=reference[:_LONGEST],
            ),
            damaged().hint,
        )
    known.add(reference)


def _outward(kind: str, target: str) -> None:
    """Judge a reference out of the file: a link waits for a click; anything else is taken in by Word or Excel at once.

    Word and WPS note the template a document was made from as a path on its author's own disk: reading
    never opens it, and half of all real documents would fall with it.
    """
    path = unquote(target)
    if kind in (f"{_OFFICE}hyperlink", f"{_STRICT}hyperlink"):
        return
    if kind == f"{_OFFICE}attachedTemplate" and _LOCAL.match(path) and not _ELSEWHERE.search(path):
        return
    raise Unfit(LINKS, WITHOUT)


def _plain(relations: Collection[Relation]) -> None:
    """Refuse what a part refers to where programs may read one of several parts."""
    for name in sorted(_ONCE):
        if len({relation.target for relation in relations if relation.kind == name}) > 1:
            raise Unfit(Message("the file has more than one part of the kind {kind}", kind=name), ALONE)


def _main(relations: Mapping[str, Mapping[str, Relation]], contents: Mapping[str, str], kind: Kind) -> str:
    """The main part's name, if it is of the kind that the file's ending promises."""
    top = relations.get("", {}).values()
    # Also of other parts: what refers to them so is taken by Office, and would be passed over here.
    inner = (one for source, own in relations.items() if source for one in own.values())
    if any(one.kind == f"{_STRICT}officeDocument" for one in top) or any(one.kind.startswith(_STRICT) for one in inner):
        raise Unfit(_other(Message("a Strict Open XML document"), kind).message, kind.loose)
    main = next((relation.target for relation in top if relation.kind == "officeDocument"), "")
    content = contents.get(main, "")
    if content == kind.content:
        return main
    if "sheet.binary" in content:
        raise _other(Message("a {ending} file", ending=".xlsb"), kind)
    _wanted(content)
    for ending, word in (("docx", "wordprocessingml"), ("xlsx", "spreadsheetml"), ("pptx", "presentationml")):
        if word in content:
            template = "template" in content
            told = _other(Message("a template") if template else Message("a {ending} file", ending=f".{ending}"), kind)
            if content in (WORD.content, EXCEL.content):  # which no program opens under this name
                told = Unfit(told.message, Message("give the file the ending {ending}", ending=f".{ending}"))
            raise told
    raise damaged(main)
