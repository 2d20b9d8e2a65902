"""Which language to speak, and how a message is said in it.

Sentences are translated by gettext; the catalogue lies in ``locale/``. Nothing here
is global but :func:`adopt`, which a process calls once for click's own sentences.
"""

from __future__ import annotations

import errno
import gettext
import os
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from target_registry import limits
from target_registry.model import Called, Counted, Message, Name, Term, is_number

LANGUAGES = ("zh", "en")
VARIABLE = "TARGETS_LANG"
"""The variable of the environment that names one of them."""
DOMAIN = "target_registry"
LOCALE = Path(__file__).with_name("locale")


_MAGIC = bytes.fromhex("de120495")


class _Catalogue:
    """The sentences of one language, each looked up when it is said: a call says few of many.

    Source: the GNU gettext manual, "The Format of GNU MO Files"; ours has one form for every number.

    Args:
        language: ``zh`` or ``en``; English is what the sentences are written in.

    Raises:
        OSError: its file is not there, or damaged.
    """

    def __init__(self, language: str) -> None:
        self._data = b"" if language == "en" else (LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes()
        if language != "en" and not self._data.startswith(_MAGIC):
            raise OSError(errno.EILSEQ, os.strerror(errno.EILSEQ), str(LOCALE))
        header = [int.from_bytes(self._data[at : at + 4], "little") for at in range(0, 20, 4)]
        _, _, self._count, self._originals, self._translations = header
        self._said: dict[str, str | None] = {}

    def _at(self, table: int, number: int) -> bytes:
        place = table + 8 * number
        length, start = (int.from_bytes(self._data[at : at + 4], "little") for at in (place, place + 4))
        return self._data[start : start + length]

    def _found(self, sentence: str) -> str | None:
        """The translation of a sentence, which may go on with its plural."""
        if sentence not in self._said:
            self._said[sentence] = self._looked_up(sentence.encode())
        return self._said[sentence]

    def _looked_up(self, sentence: bytes) -> str | None:
        low, high = 0, self._count
        while low < high:  # they are sorted
            middle = (low + high) // 2
            if self._at(self._originals, middle) < sentence:
                low = middle + 1
            else:
                high = middle
        # Behind a sentence that depends on a number stands its plural.
        if low == self._count or self._at(self._originals, low).partition(b"\0")[0] != sentence.partition(b"\0")[0]:
            return None
        return self._at(self._translations, low).decode()

    def gettext(self, sentence: str) -> str:
        """A sentence in this language, or as it is."""
        return self._found(sentence) or sentence

    def ngettext(self, one: str, many: str, n: int) -> str:
        """A sentence whose form depends on a number."""
        return self._found(f"{one}\0{many}") or (one if n == 1 else many)


@cache
def _catalogue(language: str) -> _Catalogue:
    return _Catalogue(language)


def of_name(name: str | None) -> str | None:
    """The language of a name such as ``zh``, ``zh_CN.UTF-8`` or ``EN``; None where it is neither."""
    start = (name or "").lower().replace("-", "_").split(".")[0].split("_")[0]
    return start if start in LANGUAGES else None


def of_environment(environment: Mapping[str, str]) -> str | None:
    """The language that ``TARGETS_LANG`` or the locale asks for; None where they don't say.

    A locale such as ``C.UTF-8`` says nothing, nor does one whose language is neither.
    """
    if asked := of_name(environment.get(VARIABLE)):
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return of_name(value)
    if os.name == "nt":
        import locale

        name = (locale.getlocale()[0] or "").lower()
        return "zh" if name.startswith(("zh", "chinese")) else "en" if name.startswith("en") else None
    return None


def adopt(language: str) -> None:
    """Make click speak the language too: it asks gettext's process-wide domain."""
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language


class Speech:
    """One language: calling it translates a sentence, :meth:`tell` renders a message.

    Args:
        language: ``zh`` or ``en``.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, sentence: str) -> str:
        """Translate a sentence that has no gaps."""
        return self._catalogue.gettext(sentence) if sentence else ""

    def tell(self, message: Message, quote: Callable[[str], str] = str) -> str:
        """Say a message, each value that may come from a stranger passed through ``quote``.

        Long values are cut, but what is to be opened or typed.
        """
        if isinstance(message, Counted):
            text = self._catalogue.ngettext(message.text, message.plural, message.n)
        else:
            text = self._catalogue.gettext(message.text)
        return text.format_map({name: self._said(name, value, quote) for name, value in message.values.items()})

    def heading(self, key: str) -> str:
        """A key of the vocabulary as people call it: 半年度目标, or half year target."""
        from target_registry import fields  # help texts are said without reading the schemas

        return fields.heading(key, self.language)

    def called(self, key: str, quote: Callable[[str], str] = str) -> str:
        """The same, a key that the vocabulary doesn't know passed through ``quote``."""
        from target_registry import fields  # as above

        return self.heading(key) if fields.is_known(key) else quote(_cut(key))

    def _said(self, name: str, value: object, quote: Callable[[str], str]) -> str:
        """What stands in a gap of a sentence."""
        if name in _CLAUSES and isinstance(value, tuple):
            return ("；" if self.language == "zh" else "; ").join(self._value(clause, quote, False) for clause in value)
        return self._value(value, quote, name in _WHOLE)

    def _value(self, value: object, quote: Callable[[str], str], whole: bool) -> str:
        if isinstance(value, Message):
            return self.tell(value, quote)
        if isinstance(value, Called):
            return self.called(value.key, quote)
        if isinstance(value, Term):
            return self._term(value, quote)
        if isinstance(value, Name):
            return self._name(value, quote)
        if isinstance(value, tuple):
            return ("、" if self.language == "zh" else ", ").join(self._value(item, quote, whole) for item in value)
        if is_number(value):
            return figure(value)
        return quote(str(value) if whole else _cut(str(value)))

    def _name(self, name: Name, quote: Callable[[str], str]) -> str:
        from target_registry import fields  # as above

        if name.heading is None and not fields.is_known(name.key):
            return quote(_cut(name.key))
        heading = (name.heading or self.heading(name.key)) if self.language == "zh" else name.key
        return name.key if heading == name.key else f"“{heading}”（{name.key}）"

    def _term(self, term: Term, quote: Callable[[str], str]) -> str:
        from target_registry import fields  # as above

        field = {**fields.of_measure(), **fields.of_target()}.get(term.key)
        if field is None or term.value not in (choice for choice, _ in field.choices):
            return quote(_cut(term.value))
        return f"“{field.label(term.value, 'zh')}”（{term.value}）" if self.language == "zh" else term.value


_WHOLE = frozenset(("path", "paths", "folder", "folders", "command"))
"""Gaps of sentences whose values are never cut: half a path leads nowhere."""


_CLAUSES = frozenset(("reasons",))
"""Gaps for several clauses, which may hold commas of their own."""


def _cut(text: str) -> str:
    return text if len(text) <= limits.SHOWN else text[: limits.SHOWN] + "…"


def figure(value: int | Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
