"""Which of several patterns a text is, told in one pass by a finite automaton, where RE2 is installed.

Source: https://github.com/google/re2/wiki/Syntax; what it takes has neither look-around nor back references.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence


def automaton(patterns: Sequence[str]) -> Callable[[bytes], Sequence[int] | None] | None:
    """A function that gives the indices of the patterns that match a whole text, in no particular order; None if none does.

    It gives None, too, where the automaton outgrows its bounds.

    Args:
        patterns: regular expressions of RE2; a text that isn't UTF-8 is none that they name.

    Returns:
        None where RE2 isn't installed, or doesn't know the patterns.
    """
    try:
        import re2  # where much is to be read
    except ImportError:
        return None
    options = re2.Options()
    options.log_errors = False
    made = re2.Set.FullMatchSet(options)
    try:
        for pattern in patterns:
            made.Add(pattern)
    except re2.error:
        return None
    made.Compile()
    told: Callable[[bytes], Sequence[int] | None] = made.Match
    return told


def either(beginnings: Mapping[str, str]) -> str:
    """A pattern of words by how they begin.

    Args:
        beginnings: by the signs that come first, as they stand in brackets, what may follow them, as a pattern.
    """
    return "|".join(f"[{first}]{behind}" for first, behind in beginnings.items())
