"""Plain scalars by YAML 1.2's core schema, and what readers disagree about.

Source: YAML 1.2.2, chapter 10.3.2 (core schema tag resolution), beside YAML 1.1's
type repository, which PyYAML and many other readers still follow.
"""

from __future__ import annotations

import re
from decimal import Decimal

from target_registry import limits
from target_registry.patterns import lazy

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_CANONICAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
# What YAML 1.1 or 1.2 reads as a number, in any of its spellings but sexagesimals: 1:30 is text.
_NUMBER_LIKE = lazy(
    r"""[-+]?(?:
        0b[01_]+ | 0o?[0-9_]+ | 0x[0-9a-fA-F_]+ | [0-9][0-9_]*
      | (?:[0-9][0-9_]*)?\.[0-9_]+(?:[eE][-+]?[0-9]+)? | [0-9][0-9_]*\.(?:[0-9_]*)(?:[eE][-+]?[0-9]+)?
      | [0-9][0-9_]*[eE][-+]?[0-9]+ | \.(?:inf|Inf|INF)
    )\Z | \.(?:nan|NaN|NAN)\Z""",
    re.VERBOSE,
)
# What YAML 1.1 readers make a truth value, a date, a time, a merge key or a default key of.
_OTHER_READERS = lazy(
    r"""(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|=|<<)\Z
      | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z
      | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\ \t].*)?\Z""",
    re.VERBOSE,
)
_UNSAFE_START = frozenset("-?:,[]{}#&*!|>'\"%@` \t")


class Ambiguous(ValueError):
    """A number that readers disagree about; ``plain`` is how to write it, where that is clear."""

    def __init__(self, text: str, *, too_long: bool = False) -> None:
        super().__init__(text)
        self.plain = None if too_long else _plain_form(text)
        self.too_long = too_long


def resolve(text: str) -> str | int | Decimal | bool | None:
    """The value of a plain scalar.

    Raises:
        Ambiguous: it is a number in a spelling that readers disagree about, or with more
            digits than every reader keeps.
    """
    if text in _NULL:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _CANONICAL.match(text):
        if len(text) - text.startswith("-") - ("." in text) > limits.DIGITS:
            raise Ambiguous(text, too_long=True)
        if text.startswith("-0") and not text.strip("-0."):
            raise Ambiguous(text)
        return Decimal(text) if "." in text else int(text)
    if _NUMBER_LIKE.match(text):
        raise Ambiguous(text)
    return text


def is_doubtful(text: str) -> bool:
    """Whether a plain scalar is a text by YAML 1.2 and something else by YAML 1.1."""
    return _OTHER_READERS.match(text) is not None


def reads_as_text(text: str) -> bool:
    """Whether every reader takes the text, written plain, for that same text."""
    return (
        bool(text)
        and text[0] not in _UNSAFE_START
        and text[-1] not in " \t:"
        and ": " not in text
        and " #" not in text
        and not any(char in text for char in "\n\r\t")
        and text not in _NULL
        and text not in _TRUTH
        and not _CANONICAL.match(text)
        and not _NUMBER_LIKE.match(text)
        and not is_doubtful(text)
        and not text.startswith(("---", "..."))
    )


def _plain_form(text: str) -> str | None:
    """The canonical spelling of a number, where nobody can doubt which number is meant."""
    digits = text.replace("_", "").removeprefix("+")
    if len(digits) > limits.SHOWN:
        return None
    if re.fullmatch(r"-?0[0-9]+", digits):
        # 012 is ten to one reader and twelve to the next; 04 and 09 are four and nine to all who take them.
        octal = set(digits.strip("-")) <= set("01234567")
        return str(int(digits)) if not octal or (int(digits, 8) == int(digits) and int(digits)) else None
    if digits.startswith(("0", "-0")) and not digits.startswith(("0.", "-0.")):
        return None
    try:
        number = Decimal(digits)
    except ArithmeticError:
        return None
    if not number.is_finite() or number == 0 or abs(number.adjusted()) > limits.DIGITS:
        return None
    plain = f"{number:f}"
    if plain.count(".") and not plain.rstrip("0").endswith("."):
        plain = plain.rstrip("0")
    plain = plain.removesuffix(".").removesuffix(".0")
    return plain if len(plain.strip("-").replace(".", "")) <= limits.DIGITS else None
