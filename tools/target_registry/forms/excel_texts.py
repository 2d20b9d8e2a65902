"""The texts of a workbook: runs of a string joined, and Excel's codes of control characters read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from target_registry import limits
from target_registry.forms import Unfit, markup
from target_registry.forms.archive import damaged
from target_registry.forms.bounds import ALONE
from target_registry.forms.excel_looks import MAIN, Font
from target_registry.forms.excel_paths import Path
from target_registry.forms.package import Package
from target_registry.forms.raised import shifted
from target_registry.model import Message
from target_registry.patterns import lazy

_ESCAPED = lazy(r"_x([0-9A-Fa-f]{4})_")
_PAIR = lazy("[\ud800-\udbff][\udc00-\udfff]")
"""Characters that each font may show as it likes."""


class Text(NamedTuple):
    """A text as people see it.

    Attributes:
        text: what it says.
        fonts: those of its runs, as far as they say anything of their own.
        read: whether it has readings beside it, which a cell may show.
    """

    text: str
    fonts: tuple[Font, ...] = ()
    read: bool = False


NOTHING = Text("")


class Run:
    """Collects the text of a string: its runs joined, readings beside characters left out."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._texts: list[str] = []
        self._fonts: dict[Font, None] = {}
        self._pieces: list[str] | None = None
        self._path = Path()
        self._readings = 0
        self._read = False
        self._font = Font()
        self._shift = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element within the string begins."""
        path = self._path
        if not name and not path.is_extension:
            raise damaged(self._part)  # alternatives, of which other programs may take another
        if name == "rPh":
            self._readings += 1
            self._read = True
        elif name == "r":
            self._font, self._shift = Font(), ""
        elif path[-1:] == ["rPr"]:
            self._font = self._font.told(name, attributes)
            if name == "vertAlign":
                self._shift = attributes.get("val", "").strip()
        if name == "t" and not self._readings and path[-1:] in ([], ["si"], ["is"], ["r"]):
            self._pieces = []
        path.opens(name)

    def end(self, name: str) -> None:
        """An element ends, the string itself at last."""
        if self._path:
            self._path.closes()
        if name == "rPh":
            self._readings -= 1
        elif name == "r":
            self._font, self._shift = Font(), ""
        elif name == "t" and self._pieces is not None:
            # Each for itself: what stands in two runs is no code of one character.
            text = shifted(_decoded("".join(self._pieces)), self._shift)
            self._texts.append(text)
            if text.strip():
                self._fonts[self._font] = None
            self._pieces = None

    def data(self, text: str) -> None:
        """What stands between elements."""
        if self._pieces is not None:
            self._pieces.append(text)

    def text(self) -> Text:
        """What the string says; of fonts that say nothing of their own there is nothing to know."""
        fonts = tuple(self._fonts)
        return Text(_lined("".join(self._texts)), () if fonts == (Font(),) else fonts, self._read)


def shared(package: Package) -> list[Text]:
    """The texts that cells name by number."""
    found: list[Text] = []
    part = package.related("sharedStrings")
    if part is None:
        return found
    run = Run(part)

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal run
        if name == "si":
            if len(found) >= limits.FORM_SHARED:
                told = Message("the file has more than {limit} texts that cells share", limit=limits.FORM_SHARED)
                raise Unfit(told, ALONE)
            run = Run(part)
        run.start(name, attributes)

    def end(name: str) -> None:
        run.end(name)
        if name == "si":
            found.append(run.text())

    def data(text: str) -> None:
        run.data(text)

    markup.walk(part, package.part(part), MAIN, start, end, data)
    return found


def plain(text: str) -> str:
    """A text as the file has it, without Excel's codes, and with its lines ended by a newline alone."""
    return _lined(_decoded(text))


def _decoded(text: str) -> str:
    """A text with Excel's _x000D_ for a control character read."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
        text = _PAIR.sub(lambda pair: pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text)
    return text


def _lined(text: str) -> str:
    """A text with its lines ended by a newline alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
