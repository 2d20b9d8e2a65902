"""What every output owes its reader, whatever a stranger wrote."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from target_registry import escape
from target_registry.language import LANGUAGES, Speech
from target_registry.model import Finding, Message


@cache
def speeches() -> tuple[Speech, ...]:
    """Every language that a user can choose."""
    return tuple(Speech(language) for language in LANGUAGES)


def tell(*messages: Message | None) -> None:
    """Put messages into words, safe for a terminal."""
    for message in filter(None, messages):
        for speech in speeches():
            harmless(escape.terminal(speech.tell(message)), lines=False)


def findings(found: Iterable[Finding], text: str) -> None:
    """Findings have words, and a place that stands in the file."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in found:
        tell(finding.message, finding.hint)
        if not 1 <= finding.line <= len(lines) or not 1 <= finding.column <= len(lines[finding.line - 1]) + 2:
            raise AssertionError(f"{finding.code} at {finding.line}:{finding.column} stands nowhere")


def harmless(output: str, *, lines: bool = True) -> None:
    """Nothing in it that a terminal or a CI runner obeys, or that a reader doesn't see.

    Args:
        output: what is shown.
        lines: it may have several lines, and tabs in them.
    """
    for _, char in escape.hidden_in_file(output):
        raise AssertionError(f"U+{ord(char):04X} is shown")
    if not lines and any(char in output for char in "\n\r\t"):
        raise AssertionError("a line is broken")
    if "##[" in output:
        raise AssertionError("a command of a runner is shown")
