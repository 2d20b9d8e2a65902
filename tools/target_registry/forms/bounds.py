"""How large the grids of one file may grow: counted while they grow, so that none fills the memory first."""

from __future__ import annotations

from target_registry import limits
from target_registry.forms import Unfit
from target_registry.model import Message

ALONE = Message("copy the form's table alone into a new file")
"""The cure for a file that holds more than a form."""
WITHOUT = Message("copy the form's table into a new file")
"""The cure for a file that is not all in itself."""
UNTRUSTED = Message("take no form from where this one came; copy its table into a new file by hand")
"""The cure for a file that is probably malicious."""


class Bounds:
    """What the grids of one file have taken up to now."""

    def __init__(self) -> None:
        self._cells = 0
        self._characters = 0
        self._labels = 0

    def reach(self, row: int, column: int) -> None:
        """Judge how far out a cell stands.

        Raises:
            Unfit: further than a form reaches.
        """
        if row > limits.FORM_ROWS:
            raise Unfit(Message("the table has more than {limit} rows", limit=limits.FORM_ROWS), ALONE)
        if column > limits.FORM_COLUMNS:
            raise Unfit(Message("the table has more than {limit} columns", limit=limits.FORM_COLUMNS), ALONE)

    def take(self, row: int, column: int, text: str) -> None:
        """Count one more cell.

        Raises:
            Unfit: it is one too many, or too far out.
        """
        self.reach(row, column)
        self._cells += 1
        self._characters += len(text)
        if self._cells > limits.FORM_CELLS:
            raise too_many_cells()
        if self._characters > limits.FORM_CHARACTERS:
            most = limits.FORM_CHARACTERS
            raise Unfit(Message("the file's tables have more than {limit} characters", limit=most), ALONE)

    def label(self) -> None:
        """Count one more of the numbers that Word writes before paragraphs by itself: no text bounds how many there are.

        Raises:
            Unfit: it is one too many.
        """
        self._labels += 1
        if self._labels > limits.FORM_CELLS:
            raise Unfit(Message("the file has more than {limit} automatic numbers", limit=limits.FORM_CELLS), ALONE)


def too_many_cells() -> Unfit:
    """Why a file with more cells than a form has is refused."""
    return Unfit(Message("the file's tables have more than {limit} cells", limit=limits.FORM_CELLS), ALONE)


def sized(raw: bytes, limit: int) -> None:
    """Refuse a file with nothing in it, or with more than a form needs.

    Raises:
        Unfit: it is empty or too large.
    """
    if not raw:
        raise Unfit(Message("the file is empty"), Message("export the form again, or save it again"))
    if len(raw) > limit:
        raise Unfit(Message("the file has more than the {limit} bytes allowed", limit=limit), ALONE)
