"""Every sentence has its Chinese, and every gap of a sentence stands in both."""

from __future__ import annotations

import gettext
import importlib.util
import string
from types import ModuleType

from target_registry.language import DOMAIN, LOCALE, Speech
from target_registry.model import Counted, Message, Name
from tests.conftest import ROOT


def upkeep(name: str) -> ModuleType:
    """One of the upkeep scripts."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / "upkeep" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_nothing_is_untranslated_or_out_of_step() -> None:
    assert upkeep("catalogue").faults() == []


def test_a_sentence_is_looked_up_as_gettext_does() -> None:
    whole, own = gettext.translation(DOMAIN, LOCALE, ["zh"]), Speech("zh")._catalogue
    current = upkeep("catalogue").read()
    for message in current:
        if not message.id:
            continue
        one, *many = [message.id] if isinstance(message.id, str) else message.id
        assert own.gettext(one) == whole.gettext(one)
        for n in (0, 1, 2) if many else ():
            assert own.ngettext(one, many[0], n) == whole.ngettext(one, many[0], n)
    assert own.gettext("no such sentence") == "no such sentence"
    assert own.ngettext("no such one", "no such ones", 2) == "no such ones"


def test_an_untranslated_sentence_is_found() -> None:
    catalogue = upkeep("catalogue")
    current = catalogue.read()
    current.add("a sentence without Chinese")
    assert catalogue.untranslated(current) == ["a sentence without Chinese"]


def gaps(text: str) -> set[str]:
    """The named gaps of a sentence; none where its braces are no gaps."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        return set()


def test_translations_have_the_same_gaps() -> None:
    catalogue = upkeep("catalogue")
    for message in catalogue.read():
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        target = message.string[0] if isinstance(message.string, tuple) else message.string
        if sources[0]:
            assert gaps(target) <= set().union(*map(gaps, sources)), sources[0]
            if len(sources) == 1:
                assert gaps(target) == gaps(sources[0]), sources[0]


def test_the_readme_prints_what_the_commands_print() -> None:
    readme = upkeep("readme")
    for name in readme.DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert readme.made(text) == text
        assert text.count("<!-- run:") == (3 if name.startswith("README") else 0)


def test_messages_nest_and_quote_what_strangers_wrote() -> None:
    inner = Message("the text “{value}”", value="<x>")
    message = Message("{key} is {found}, expected {expected}", key=Name("weight"), found=inner, expected="a")
    assert Speech("en").tell(message, lambda text: f"`{text}`") == "weight is the text “`<x>`”, expected `a`"
    assert Speech("zh").tell(message) == "“分值权重（分）”（weight）填的是文字“<x>”，应为a"


def test_numbers_and_long_values() -> None:
    assert Speech("en").tell(Counted("{n} error", "{n} errors", 1)) == "1 error"
    assert Speech("en").tell(Counted("{n} error", "{n} errors", 2)) == "2 errors"
    assert len(Speech("en").tell(Message("the text “{value}”", value="x" * 10_000))) < 120
    assert Speech("en").tell(Message("{value}", value=("a", "b"))) == "a, b"
    assert Speech("zh").tell(Message("{value}", value=("a", "b"))) == "a、b"
