"""What a code's documentation says: each rule's and each guard's docstring is the only place it is written.

The form of such a text, here with its four parts::

    a weight is not a multiple of the plan's step

    Why: a plan that counts in whole points can't be summed in halves.

    Bad:
        weight: 2.5

    Good:
        weight: 3

A guard, which judges a change, has ``Before:`` and ``After:`` instead.
"""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

from target_registry.model import Level
from target_registry.patterns import lazy

_FORM = (
    r"\A(?P<what>.+?)\n\nWhy: (?P<why>.+?)\n\n(?:Bad|Before):\n(?P<bad>.+?)\n\n(?P<second>Good|After):\n(?P<good>.+)\Z"
)
_PARTS = lazy(_FORM, re.DOTALL)


class Documented(Protocol):
    """A module with a code. Its docstring is the code's documentation.

    ``WAIVABLE`` tells that its findings are about one target each, so that a plan can set it
    aside for one.
    """

    CODE: str
    LEVEL: Level
    WAIVABLE: bool
    __doc__: str | None


class Manual(NamedTuple):
    """What is wrong, why it matters, an example that has the fault and one that doesn't.

    Where ``of_change``, the two examples are what stood before and what stands after.
    """

    what: str
    why: str
    bad: str
    good: str
    of_change: bool = False


def documentation(module: object) -> str:
    """A code's documentation: its module's docstring, from the source where Python was told to leave docstrings out."""
    if (text := module.__doc__) is not None:
        return text
    import ast
    import inspect

    found: str | None = ast.get_docstring(ast.parse(inspect.getsource(module)), clean=False)  # type: ignore[arg-type]
    return found or ""


def parse(documentation: str | None) -> Manual:
    """Read a code's documentation.

    Raises:
        ValueError: a part is missing.
    """
    import textwrap  # only a manual that is shown needs it

    head, _, rest = (documentation or "").strip().partition("\n")
    text = head + "\n" + textwrap.dedent(rest)
    found = _PARTS.match(text.strip())
    if not found:
        raise ValueError(f"not the form of a code's documentation: {text[:60]!r}")
    flow = {name: " ".join(found[name].split()) for name in ("what", "why")}
    bad, good = (textwrap.dedent(found[name]).strip("\n") for name in ("bad", "good"))
    return Manual(flow["what"], flow["why"], bad, good, found["second"] == "After")
