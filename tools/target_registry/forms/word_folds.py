"""What of a Word document is folded away below a heading: Word shows the heading alone.

Source: [MS-DOCX], collapsed of Word 2012's extensions; ECMA-376 part 1, section 17.3.1.20 (outlineLvl).
"""

from __future__ import annotations

from typing import Any

from target_registry.forms.word_styles import Said, Styles, W, is_on, value, whole
from target_registry.patterns import lazy

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_BODY = 9
"""The outline level of what is no heading."""
_OFF = frozenset(("0", "false", "off"))
_NAMED = lazy(r"heading ([1-9])\Z")
"""Word's own headings, which have their level whether their style says it or not."""


class Folds:
    """Whether what comes next in a document's body is folded away.

    Args:
        styles: those of the document.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[str, Said] = {}
        self._level = _BODY
        """That of the heading that folds what comes; that of a text where none does."""

    @property
    def hide(self) -> bool:
        """Whether what comes next isn't shown."""
        return self._level < _BODY

    def pass_by(self, paragraph: Any) -> None:
        """Go on behind a paragraph: a heading ends what one of its level, or of a lower one, folds, and may fold itself."""
        properties = paragraph.find(W + "pPr")
        said = self._styles.inherited(self._styles.paragraph(properties), self._known, _of_style)
        said = {**said, **_own(properties)}
        level = whole(said.get("level", ""), _BODY)
        if level < _BODY and level <= self._level:
            self._level = level if said.get("folded") else _BODY


def _of_style(style: Any) -> Said:
    named = _NAMED.match((value(style, "name") or "").lower())
    usual = {"level": str(int(named[1]) - 1)} if named else {}
    return {**usual, **_own(style.find(W + "pPr"))}


def _own(properties: Any | None) -> Said:
    """What the properties of a paragraph, or of a style, say themselves."""
    level = value(properties, "outlineLvl")
    folded = None if properties is None else properties.find(_W15 + "collapsed")
    said = {} if level is None else {"level": level}
    if folded is not None:
        # Word's own extensions have the attribute of their own namespace.
        said["folded"] = "yes" if is_on(folded) and folded.get(_W15 + "val", "1") not in _OFF else ""
    return said
