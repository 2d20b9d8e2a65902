"""XML of a stranger: one streaming parser that takes no declarations and no masses, and a tree for Word.

Expat reads a part before anything else does. A part is UTF-8 or UTF-16, as the packages' standard
demands, and both parsers get it as UTF-8, so that they can't read two things.
Source: ISO/IEC 29500-2, section 8.1.4 and annex on XML usage: no DTD, UTF-8 or UTF-16.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from lxml import etree

from target_registry import limits
from target_registry.forms import Unfit
from target_registry.forms.archive import damaged
from target_registry.forms.bounds import ALONE, UNTRUSTED
from target_registry.model import Message
from target_registry.patterns import lazy

_DECLARATION = lazy(r"<\?xml\s[^>]{0,200}?\?>")
_ENCODING = lazy(r"""\sencoding\s*=\s*["']([A-Za-z0-9._-]*)["']""")

_ENDLESS = lazy(rb"<[^<]{%d}" % limits.FORM_TAG)
_NAME = lazy(rb"<[^\s<>/=]{1,100}|(?<![^\s<>/=\"'])[^\s<>/=\"']++(?==)")
_WINDOW = 1 << 18
# Parsers and trees copy the address of a name's namespace for each element that has one.
_LONG_NAMESPACE = lazy(
    rb"\sxmlns(?::[^\s<>=]*+)?+\s*+=\s*+(?:\"[^\"<]{%d}|'[^'<]{%d})" % (limits.FORM_NAMESPACE, limits.FORM_NAMESPACE)
)


def utf8(part: str, data: bytes) -> bytes:
    """A part as UTF-8 without a mark, whichever of the two encodings it came in.

    Raises:
        Unfit: it is in another one, or says so.
    """
    declared, text = {"utf-8", "utf8", "us-ascii", "ascii"}, None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        declared = {"utf-16", "utf-16le", "utf-16be"}
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as broken:
            raise damaged(part) from broken
    data = data.removeprefix(b"\xef\xbb\xbf")
    start = _DECLARATION.match(text[:300] if text is not None else data[:300].decode("latin-1"))
    if start:
        said = _ENCODING.search(start[0])
        if said and said[1].lower() not in declared:
            raise damaged(part)
    if text is None:
        return data
    return text[start.end() if start else 0 :].encode("utf-8")


def is_endless(data: bytes) -> bool:
    """Whether a tag is so long that its attributes, which parsers hold all at once, would fill the memory."""
    return _ENDLESS.search(data) is not None


def overmarked(most: int) -> Unfit:
    """What is said of a file with more signs of markup than so many."""
    return Unfit(Message("the file has more than {limit} signs of markup", limit=most), ALONE)


class Marks:
    """How much markup the parts of one file may still have: each ``<`` and each ``=`` is one.

    That is at least as many as there are elements and attributes, and counting it takes no parser.
    """

    def __init__(self, most: int) -> None:
        self._most = self._left = most

    def check(self, part: str, data: bytes) -> None:
        """Read a part once, for nothing but what it may not hold.

        Raises:
            Unfit: it is not well formed, has too much markup, or declares a document type.
        """
        self._left -= data.count(b"<") + data.count(b"=")
        if self._left < 0:
            raise overmarked(self._most)
        if is_endless(data):
            raise endless()
        if _LONG_NAMESPACE.search(data):
            told = Message(
                "{part} has a namespace of more than {limit} characters", part=part, limit=limits.FORM_NAMESPACE
            )
            raise Unfit(told, ALONE)
        # Parsers keep every name they meet.
        if self._has_too_many_names(data):
            told = Message(
                "{part} has more than {limit} names of elements and attributes", part=part, limit=limits.FORM_NAMES
            )
            raise Unfit(told, ALONE)
        _run(part, _parser(part), data)

    def _has_too_many_names(self, data: bytes) -> bool:
        if data.count(b"<") + data.count(b"=") < limits.FORM_NAMES:
            return False
        names: set[bytes] = set()
        for start in range(0, len(data), _WINDOW):
            names.update(_NAME.findall(data, start, start + _WINDOW))
            if len(names) > limits.FORM_NAMES:
                return True
        return False


def endless() -> Unfit:
    """A tag is longer than any is."""
    return Unfit(Message("a tag or a text in the file is longer than {limit} characters", limit=limits.FORM_TAG), ALONE)


def walk(
    part: str,
    data: bytes,
    namespace: str,
    start: Callable[[str, Mapping[str, str]], object],
    end: Callable[[str], object] = len,
    text: Callable[[str], object] = len,
) -> None:
    """Stream a part that was checked.

    Elements of the namespace are told by their local names, all others by an empty one; attributes that
    have a namespace by that, a space and their name.

    Raises:
        Unfit: it is not well formed, nested too deep, or all of another namespace.
    """
    parser = _parser(part, " ")
    parser.buffer_text = True
    names = _Names(namespace)
    depth = 0

    def first(name: str, attributes: Mapping[str, str]) -> None:
        if not names[name]:
            raise damaged(part)  # other programs may know it, and see what is passed over here
        parser.StartElementHandler = opened
        opened(name, attributes)

    def opened(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.FORM_DEPTH:
            told = Message("{part} is nested more than {limit} levels deep", part=part, limit=limits.FORM_DEPTH)
            raise Unfit(told, ALONE)
        start(names[name], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(names[name])

    parser.StartElementHandler = first
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    _run(part, parser, data)


class _Names(dict[str, str]):
    """Local names, by the names that expat gives."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def __missing__(self, name: str) -> str:
        of, _, own = name.rpartition(" ")
        self[name] = own if of == self._namespace else ""
        return self[name]


def tree(part: str, data: bytes) -> Any:
    """The root element of a part that was checked.

    Raises:
        Unfit: it is not well formed, or nested deeper than libxml2's 256 levels: Word needs some forty.
    """
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise damaged(part) from broken


def _parser(part: str, separator: str | None = None) -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8", separator)

    def declared(*_: object) -> None:
        raise Unfit(
            Message("the part {part} declares a document type or entities, which no Office program writes", part=part),
            UNTRUSTED,
        )

    parser.StartDoctypeDeclHandler = declared
    return parser


def _run(part: str, parser: expat.XMLParserType, data: bytes) -> None:
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError) as broken:
        raise damaged(part) from broken
