"""Fields of a Word document: what kind each is, and which take in what stands elsewhere.

Those show what was there when they were last filled in.

Source: ECMA-376, part 1, section 17.16.5 (field definitions), and the names that Word keeps from its older formats.
"""

from __future__ import annotations

from typing import Any

from target_registry.forms.word_alternatives import ALTERNATIVES
from target_registry.forms.word_styles import W
from target_registry.patterns import lazy

_FETCHING = frozenset(
    ("includetext", "includepicture", "include", "import", "link", "dde", "ddeauto", "rd", "database", "mergefield")
)
_SHOWN = frozenset(
    (
        "",  # a formula, or a reference to a bookmark
        "addressblock", "author", "autotext", "autotextlist", "bibliography", "citation", "comments", "createdate",
        "docproperty", "docvariable", "edittime", "embed", "filename", "filesize", "fillin", "ftnref", "glossary", "greetingline",
        "hyperlink", "index", "info", "keywords", "lastsavedby", "noteref", "numchars", "numwords", "pageref", "printdate", "quote",
        "ref", "revnum", "savedate", "seq", "shape", "styleref", "subject", "template", "title", "toa", "toc", "useraddress",
        "userinitials", "username",
    )
)  # fmt: skip
"""Fields that show what stands in the place of their result, until somebody fills them in anew.

Others Word draws by their code, as it does a sign, an equation, a button or a barcode, sends to a printer, takes from a
list of letters' receivers, or fills in anew by itself, on another day or page with something else.
"""
_SILENT = frozenset(("xe", "tc", "ta", "rd", "set", "ask", "private"))
"""Fields that show nothing: marks for an index and the like, whose result Word hides."""
_EMPTY = _SILENT | {"formtext", "formcheckbox", "formdropdown", "addin"}
"""Fields that may have no result and show nothing then, or what was chosen in them."""
_KEPT = _EMPTY | {"hyperlink"}
"""Fields whose result Word leaves as it is when it fills the others in anew."""
_NAMED = 40
"""Characters of a code that are looked at: its first word tells what the field does."""
_WORD = lazy(r"[\s\"]*([A-Za-z]+)")
_PICTURES = ("imagedata", "fill", "stroke")
_VML = "{urn:schemas-microsoft-com:vml}"
_FURTHER = "{urn:schemas-microsoft-com:office:office}href"
_GONE = (W + "del", W + "moveFrom")
_STEPS = {"begin": 1, "end": -1}


class Field:
    """A field that is open: how its code begins, whether its result has begun, and whether that shows anything.

    Args:
        is_stale: whether Word is told to fill it in anew.
    """

    def __init__(self, *, is_stale: bool = False) -> None:
        self.code = ""
        self.is_stale = is_stale
        self.has_result = False
        self.shows = False

    def add(self, text: str) -> None:
        """Go on with its code."""
        if len(self.code) < _NAMED:
            self.code = (self.code + text[:_NAMED]).lstrip()

    @property
    def is_silent(self) -> bool:
        """Whether it shows nothing, even where it has a result."""
        return _kind(self.code) in _SILENT

    @property
    def is_untold(self) -> bool:
        """Whether it shows what stands nowhere in the file as text."""
        kind = _kind(self.code)
        if not (kind in _SHOWN or kind in _EMPTY) or (self.is_stale and kind not in _KEPT):
            return True
        return not (self.shows or kind in _EMPTY)


def fetches(part: Any) -> bool:
    """Whether a field of a part fetches its text or its picture, whether or not it stands in the form.

    Args:
        part: the root of its XML.
    """
    open_fields: list[Field] = []
    coded: list[Field] = []  # those whose code goes on: what a field within shows belongs to the code around it
    for node in part.iter(W + "fldSimple", W + "fldChar", W + "instrText", W + "t"):
        if node.tag == W + "fldSimple":
            if _names_one(node.get(W + "instr", "")):
                return True
        elif node.tag != W + "fldChar":
            if coded:
                coded[-1].add(node.text or "")
        elif (kind := node.get(W + "fldCharType")) == "begin":
            open_fields.append(Field())
            coded.append(open_fields[-1])
        elif open_fields and kind in ("separate", "end"):
            field = open_fields[-1]
            if not field.has_result:
                if _names_one(field.code):
                    return True
                field.has_result = True
                coded.pop()  # the field that was opened last, as all that were opened in it are shut or show their result
            if kind == "end":
                open_fields.pop()
    return any(_names_one(field.code) for field in coded)


def cells_in_fields(body: Any) -> set[Any]:
    """The cells that begin while a field is open: what stands in its code, or in a result that shows nothing, nobody sees.

    Signs that a tracked change deletes are counted both as there and as gone.

    Args:
        body: a document's body.
    """
    found: set[Any] = set()
    open_now = open_then = 0
    for node in body.iter(W + "fldChar", W + "tc"):
        if node.tag == W + "tc":
            if open_now or open_then:
                found.add(node)
            continue
        step = _STEPS.get(node.get(W + "fldCharType"), 0)
        if next(node.iterancestors(W + "txbxContent"), None) is not None:
            continue  # the text of a box has fields of its own
        if step < 0 and next(node.iterancestors(*ALTERNATIVES), None) is not None:
            continue  # of several ends one counts, or none
        open_now = max(open_now + step, 0)
        if next(node.iterancestors(*_GONE), None) is None:
            open_then = max(open_then + step, 0)
    return found


def shows_from_afar(part: Any) -> bool:
    """Whether a picture of Word's old kind names a file of its own rather than a part."""
    named = part.iter(*(_VML + name for name in _PICTURES))
    return any(node.get("src") or node.get(_FURTHER) for node in named)


def _kind(code: str) -> str:
    """What a field does: its code's first word."""
    word = _WORD.match(code)
    return word[1].lower() if word else ""


def _names_one(code: str) -> bool:
    return _kind(code) in _FETCHING
