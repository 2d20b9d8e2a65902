"""What a cell of a Word document shows while it is read, and what in it can't be taken."""

from __future__ import annotations

from typing import Any

from target_registry.forms import NESTED, NOTE, PALE, STRUCK, TURNED, VANISHED, Flaw
from target_registry.forms.spans import Span
from target_registry.forms.word_controls import prompts
from target_registry.forms.word_fields import Field
from target_registry.forms.word_lines import Lines
from target_registry.forms.word_places import ANYWHERE, Room
from target_registry.forms.word_styles import W, switch, value, whole
from target_registry.model import Message

TRACKED = Flaw(
    Message("the cell has tracked changes that are neither accepted nor rejected"),
    Message("accept or reject all changes, then save the file"),
)
EQUATION = Flaw(Message("the cell holds an equation"), Message("write it as plain text"))
PICTURE = Flaw(Message("the cell holds a picture, not a text"), Message("delete the picture and type its text"))
BESIDE = Flaw(
    Message("a picture stands beside the text of the cell"), Message("delete it, and type what it says into the text")
)
COVERED = Flaw(Message("a picture can lie over the text of the cell"), Message("delete it, or move it off the table"))
BOX = Flaw(Message("the cell holds a text box or a picture of words"), Message("write its text into the cell itself"))
_OPEN = Flaw(Message("the cell holds a field that is not closed"), Message("type its text without the field"))
CAUGHT = Flaw(
    Message("the cell stands in a field that begins before it, and may not be shown"),
    Message("select all, press Ctrl+Shift+F9, which turns fields into what they show, and save the file"),
)
UNTOLD = Flaw(Message("the cell holds a field whose value can't be told"), Message("write it as plain text"))
ABOVE = Flaw(Message("other signs stand above the text"), Message("write them behind the text, or delete them"))
SQUEEZED = Flaw(
    Message("the text is squeezed or moved so that it can't be read"),
    Message("set its font and its paragraph back to the usual"),
)
_CRAMPED = Flaw(
    Message("the cell has no room for its text, which is cut off or pressed together"),
    Message("make its row and its column larger, and the cell's margins usual"),
)
CAPITALS = Flaw(
    Message("small letters of the text are shown as capitals"),
    Message("take All caps and Small caps off its font, and type capitals where they are meant"),
)
BROUGHT = Flaw(
    Message("the file brings the font of the text itself, and nobody can tell what signs that shows"),
    Message(
        "switch off Embed fonts in the file, in Word's options under Save; save the file, and see what it says then"
    ),
)
BOUND = Flaw(
    Message("the cell is filled in from elsewhere in the file"), Message("delete the control and type the text")
)
_PROMPT = Flaw(
    Message("the cell shows the prompt of a control, which nobody can tell from a text"),
    Message("fill it in, or delete the control and type the text"),
)
LABEL = Flaw(
    Message("the cell has an automatic number or sign that can't be told"),
    Message("turn the automatic numbering off, and type it"),
)
AWAY = Flaw(
    Message("the table stands off the page, where nobody sees it"),
    Message("set its place back to the usual, or delete it"),
)
FOLDED = Flaw(
    Message("the table stands below a heading that is folded up, and Word doesn't show it"),
    Message("click the triangle before the heading to unfold it, and take Collapsed by default off its paragraph"),
)
ROW_AWAY = Flaw(
    Message("the row stands off the page, where nobody sees it"),
    Message("set its indent back to that of the other rows, or delete the row"),
)
COLUMN_AWAY = Flaw(
    Message("the cell stands beside the page, where nobody sees it"),
    Message("make the table narrower or the page wider, and set the table's place back to the usual"),
)
HIDDEN_ROW = Flaw(Message("the cell stands in a hidden row"), Message("show the row or delete it"))
_FAULTS = (
    TRACKED, VANISHED, HIDDEN_ROW, FOLDED, AWAY, ROW_AWAY, NESTED, EQUATION, BOUND, _PROMPT, CAUGHT, _OPEN, UNTOLD, BOX, COVERED, NOTE, TURNED,
    PALE, SQUEEZED, _CRAMPED, BROUGHT, STRUCK, CAPITALS, LABEL, PICTURE, BESIDE,
)  # fmt: skip
"""Of several, the first is told."""
_TRUE = frozenset(("1", "true", "on"))


class Seen:
    """What a cell shows, and what in it can't be taken."""

    def __init__(self, within_room: Room = ANYWHERE, *, is_stale: bool = False) -> None:
        self.pieces: list[str] = []
        self.room = within_room
        self.lines = Lines()
        self._is_stale = is_stale
        self._faults: dict[Flaw, None] = {}
        self._fields: list[Field] = []
        self._coded: list[Field] = []
        """The open fields whose result has not begun: what comes belongs to the code of the last."""
        self._silent = 0

    def blame(self, fault: Flaw) -> None:
        """Note a fault."""
        self._faults[fault] = None
        if self._fields:
            self._fields[-1].shows = True

    def show(self, text: str) -> None:
        """Go on with the text."""
        self.pieces.append(text)
        if text and self._fields:
            self._fields[-1].shows = True

    def prompt(self, node: Any) -> None:
        """Pass over what a control shows that nobody filled in; told where it may be taken for a text."""
        if not prompts(node):
            self.blame(_PROMPT)

    def code(self, text: str) -> None:
        """Go on with the code of the field that is open."""
        self._coded[-1].add(text)

    def field(self, node: Any) -> None:
        """Follow a field's signs. What was chosen in a form's old drop-downs and boxes stands in the first of them."""
        kind = node.get(W + "fldCharType")
        if kind == "begin":
            self.begin(node)
            self.show(_choice(node))
        elif self._fields and kind == "separate":
            self.separate()
        elif self._fields and kind == "end":
            self.end()

    def begin(self, node: Any) -> None:
        """A field begins, with its code."""
        self._fields.append(Field(is_stale=self._is_stale or node.get(W + "dirty") in _TRUE))
        self._coded.append(self._fields[-1])

    def separate(self) -> None:
        """The last field's result begins."""
        field = self._fields[-1]
        if not field.has_result:
            field.has_result = True
            self._coded.pop()  # this field, as all that were opened in it are shut or show their result
            self._silent += field.is_silent

    def end(self) -> None:
        """The last field ends."""
        self.separate()
        field = self._fields.pop()
        self._silent -= field.is_silent
        if self._coded:
            return
        if field.is_untold:
            self.blame(UNTOLD)
        if field.shows and self._fields:
            self._fields[-1].shows = True

    @property
    def in_code(self) -> bool:
        """Whether what comes is a field's code."""
        return bool(self._coded)

    @property
    def is_silent(self) -> bool:
        """Whether what comes is the result of a field that shows none."""
        return self._silent > 0

    def span(self, start: int, width: int) -> Span:
        """The cell, with the gravest of its faults."""
        if self._coded:
            self.blame(_OPEN)
        elif any(field.is_untold for field in self._fields):
            self.blame(UNTOLD)
        elif self._fields:
            self.blame(_OPEN)
        text = "".join(self.pieces)
        is_blank = not text.strip()
        if not is_blank and self.room.hides(text, self.lines.needs()):
            self.blame(_CRAMPED)
        faults = [fault for fault in self._faults if fault is not (BESIDE if is_blank else PICTURE)]
        known = (fault for fault in _FAULTS if fault in faults)
        return Span(text, start, width, next(known, faults[0] if faults else None))


def _choice(begin: Any) -> str:
    """What is chosen in one of Word's old form fields; empty for other fields, whose result is a text."""
    if not len(begin):
        return ""
    if (options := begin.find(f"{W}ffData/{W}ddList")) is not None:
        entries = [entry.get(W + "val", "") for entry in options.iterfind(W + "listEntry")]
        chosen = whole(value(options, "result") or value(options, "default") or "", 0)
        return entries[chosen] if chosen < len(entries) else ""
    if (box := begin.find(f"{W}ffData/{W}checkBox")) is not None:
        ticked = switch(box, "checked")
        return "☑" if (switch(box, "default") if ticked is None else ticked) else "□"
    return ""
