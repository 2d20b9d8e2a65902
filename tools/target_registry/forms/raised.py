"""Signs above or below the line, as in m² or 10²: a form's text has them as characters, else 10² would be read as 102.

Source: the Unicode block Superscripts and Subscripts; letters have no complete set there, and stay as they are.
"""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-−=()０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789+-−=()０１２３４５６７８９", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎₀₁₂₃₄₅₆₇₈₉")
_NAMES = {"superscript": _RAISED, "super": _RAISED, "subscript": _LOWERED, "sub": _LOWERED}
"""What Office's files and style sheets call the two."""


def shifted(text: str, where: str) -> str:
    """A text as it stands on the line.

    Args:
        text: the same without its shift.
        where: what a file calls the shift; whatever else it says is none.
    """
    table = _NAMES.get(where)
    if table is _RAISED and text.strip() == "n":  # of the letters the only one that is an exponent
        return text.replace("n", "ⁿ")
    return text.translate(table) if table else text
