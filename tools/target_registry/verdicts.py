"""Changes between two revisions, and what is said of them: how much each matters, and who has to agree.

Apart from the model, which a check of one revision starts sooner without.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from target_registry.model import About, Way, Where

if TYPE_CHECKING:
    from target_registry.model import Adjustment, Message


class Severity(Enum):
    """How much a change matters, from the least to the most."""

    FORMATTING = "formatting"
    EDITORIAL = "editorial"
    NOTABLE = "notable"
    MATERIAL = "material"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for the least."""
        return _SEVERITIES.index(self)

    @property
    def needs_record(self) -> bool:
        """Whether an approved plan takes such a change only with an adjustment record."""
        return self in (Severity.MATERIAL, Severity.CRITICAL)


_SEVERITIES = tuple(Severity)


class Subject(Enum):
    """What a change is about."""

    TARGET = "target"
    PLAN = "plan"
    FILE = "file"
    RECORD = "record"


class Change(NamedTuple):
    """One difference between two revisions: a fact, without judgement.

    ``target`` is the slug it has now, or None. ``route`` leads to the value; () is the whole
    target or plan. ``before`` and ``after`` are None where nothing stands. What is about a file
    rather than a value has a route that begins with an :class:`About`, which no key can equal. ``where`` points into
    the later revision, or, where it is ``gone``, into the earlier.
    """

    subject: Subject
    plan: str
    target: str | None
    number: int | None
    route: Way
    before: Any
    after: Any
    where: Where
    gone: bool = False

    @property
    def place(self) -> tuple[str, bool]:
        """The file that it is about, and whether that is gone: a slug may be that of several files."""
        return self.where.path, self.gone

    @property
    def field(self) -> str | None:
        """The route as one word: ``measure.full_year``; None for the whole, the subject for what is no value."""
        if self.subject in (Subject.FILE, Subject.RECORD):
            return str(self.subject.value)
        return dotted(self.route)


def dotted(route: Way) -> str | None:
    """A route as one word: ``measure.full_year``; None for the whole.

    A key that could pass for several steps, for none, or for what is no value stands in quotes.
    """
    return ".".join(_step(step, len(route)) for step in route) if route else None


def _step(step: str | int | About, steps: int) -> str:
    if isinstance(step, About):
        return step.value
    word = str(step)
    if not word or "." in word or '"' in word or (steps == 1 and word in _ABOUT):
        return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return word


_ABOUT = frozenset(about.value for about in About)


class Verdict(NamedTuple):
    """What a guard says of a change: its code, how much it matters, and what it means in words."""

    code: str
    severity: Severity
    effect: Message


class Judged(NamedTuple):
    """A change with what all guards said of it, the worst first.

    ``approved`` tells what the approved revision of the plan has instead, where it has something
    else than before; ``record`` is the path of the adjustment that covers the change, ``reason`` what it says.
    """

    change: Change
    verdicts: tuple[Verdict, ...]
    approved: Approved | None = None
    record: str | None = None
    reason: str = ""

    def recorded(self, record: Adjustment | None) -> Judged:
        """The same, covered by a record; or by none."""
        if record is None:
            return self
        return self._replace(record=record.path, reason=record.texts.get("reason", ""))

    @property
    def severity(self) -> Severity:
        """The worst of all."""
        return self.verdicts[0].severity

    @property
    def code(self) -> str:
        """The code of the worst."""
        return self.verdicts[0].code


class Approved(NamedTuple):
    """How a value as it is now compares with the approved one: the value, and the judgement of the way from it.

    Of a whole target that came back, ``change`` is the worst of its differences.
    """

    value: Any
    verdicts: tuple[Verdict, ...]
    change: Change | None = None
