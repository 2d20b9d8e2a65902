"""The things of the domain: targets, plans, registries, findings.

Nothing here is changed once it is made, and all is made of the standard library only. Small values are named tuples:
creating the class is cheaper at start-up than a data class. Larger ones are data classes without ``frozen=True``, for
the same reason; treat them as immutable. A value of a target is text, a whole number, a decimal, a truth value, or a
mapping of these (``measure``, ``as_filed``); weights and measures are never binary floats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, TypeGuard

from target_registry.patterns import lazy

Value = str | int | Decimal | bool | Mapping[str, Any]
"""What one key of a target holds."""


def is_number(value: object) -> TypeGuard[int | Decimal]:
    """Whether a value is a number; a truth value is none, though Python has it so."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def is_whole(number: int | Decimal) -> bool:
    """Whether a finite number is a whole one, of however many digits: a remainder is told of so many alone."""
    return number == number.to_integral_value() if isinstance(number, Decimal) else True


class About(Enum):
    """What of a file changed where it is no value in it: no key of a document can equal one of these."""

    SLUG = "slug"
    NUMBER = "number"
    PATH = "path"
    LAYOUT = "layout"
    """The same data, written otherwise."""
    FILE = "file"
    """Whether it could be read."""
    RECORD = "record"


Route = tuple[str | int, ...]
"""Where a value stands in its document: ``("measure", "full_year")``."""

Way = tuple[str | int | About, ...]
"""What a change is about: the route of a value, or what of the file."""

EMPTY: Mapping[str, Any] = MappingProxyType({})


class Message:
    """A sentence with named gaps, kept apart from its language until it is shown.

    ``text`` is the English sentence and the key of its translation. The values
    are strings, numbers, :class:`Name`, :class:`Called`, :class:`Term`, other messages, or tuples of these; they may come
    from a stranger and are made safe where the sentence is shown.
    """

    __slots__ = ("text", "values")

    def __init__(self, text: str, /, **values: object) -> None:
        self.text = text
        self.values = values

    def __repr__(self) -> str:
        return f"Message({self.text!r}, **{self.values!r})"


class Counted(Message):
    """A sentence whose English form depends on a number, its gap ``{n}``."""

    __slots__ = ("n", "plural")

    def __init__(self, text: str, plural: str, /, n: int, **values: object) -> None:
        super().__init__(text, n=n, **values)
        self.plural = plural
        self.n = n


class Name(NamedTuple):
    """A key of the vocabulary, shown with its heading where the reader reads Chinese.

    ``heading`` is the one that holds at this place, where the key has several.
    """

    key: str
    heading: str | None = None


class Called(NamedTuple):
    """A key as people call it, without the key itself: 半年度目标, or half year target."""

    key: str


class Term(NamedTuple):
    """A choice of the vocabulary, shown with its label where the reader reads Chinese."""

    key: str
    value: str


class Level(Enum):
    """How much a finding matters. Only errors fail a check that is not strict."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Where(NamedTuple):
    """What a finding points at, before its line is looked up.

    ``key`` points at the key of the last step instead of its value. ``slug`` names
    the target, where the finding is about one, so that a waiver can apply.
    """

    path: str
    route: Route = ()
    key: bool = False
    slug: str | None = None


def _in_document(way: Way) -> Route:
    """Where a way leads in the document; what is about the file leads to its top."""
    return tuple(step for step in way if not isinstance(step, About))


class Finding(NamedTuple):
    """One thing that is wrong, and where. Lines and columns count from 1, in characters."""

    code: str
    level: Level
    where: Where
    message: Message
    hint: Message | None = None
    line: int = 0
    column: int = 0


IDENTIFIER = lazy(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
LAST_NUMBER = 9_999
"""The highest number that a target's file can be called by."""
LONGEST_NAME = 200
"""Characters of a folder's name: systems and disks take some more."""
LONGEST_SLUG = 60
"""Characters of a slug, a target's or a record's: records and waivers name a target by it, and have room for as many."""
FILE_NAME = lazy(r"([0-9]{2,4})-([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml\Z")
_ENDING = lazy(r"(?:\.(?:ya?ml|yam|ymal|txt|json|bak|md))*~?\Z", re.IGNORECASE)
_LOOSE_NAME = lazy(r"\s*([0-9]*)[\s._\-－—]*(.*)\Z", re.DOTALL)


class FileName(NamedTuple):
    """What the name of a target's file says: its number and its slug."""

    number: int | None
    slug: str
    well_formed: bool

    @classmethod
    def parse(cls, name: str) -> FileName:
        """Read a file name, well formed or not, as far as it can be understood."""
        if exact := FILE_NAME.match(name):
            number = int(exact[1])
            is_right = number > 0 and name == file_name(number, exact[2]) and len(exact[2]) <= LONGEST_SLUG
            return cls(number, exact[2], is_right)
        loose = _LOOSE_NAME.match(_ENDING.sub("", name))
        digits, rest = (loose[1], loose[2]) if loose else ("", name)
        return cls(int(digits[:9]) if digits else None, rest, False)


def file_name(number: int, slug: str) -> str:
    """The name of a target's file: two digits at least, then the slug."""
    return f"{number:02}-{slug}.yaml"


@dataclass(eq=False, repr=False)
class Target:
    """One row of the form.

    ``values`` holds what the schema found sound; ``broken`` the top-level keys that
    are there but could not be understood, so that no rule judges them again.
    """

    plan: str
    path: str
    number: int | None
    slug: str
    well_named: bool
    values: Mapping[str, Value]
    broken: frozenset[str] = frozenset()
    readable: bool = True
    blob: str = ""
    """Tells the file's bytes from others', where that is known."""

    def at(self, *way: str | int | About, key: bool = False) -> Where:
        """Point at one of the target's values."""
        return Where(self.path, _in_document(way), key, self.slug)

    def text(self, key: str) -> str:
        """The text filed under a key, empty where the cell is blank."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    @cached_property
    def weight(self) -> Decimal | None:
        """Points; None where they are missing or broken."""
        value = self.values.get("weight")
        return Decimal(value) if is_number(value) else None

    @cached_property
    def deadline_month(self) -> int | None:
        """Month 1-12; None where it is missing or broken."""
        value = self.values.get("deadline_month")
        return int(value) if is_number(value) else None

    @cached_property
    def is_quantitative(self) -> bool:
        """Whether the category is one that is judged by a figure."""
        return self.text("category").endswith("quantitative")

    @cached_property
    def measure(self) -> Mapping[str, Any]:
        """The machine-readable side, empty where there is none."""
        value = self.values.get("measure")
        return value if isinstance(value, Mapping) else EMPTY

    @cached_property
    def as_filed(self) -> Mapping[str, Any]:
        """Original wordings of normalised values, by key."""
        value = self.values.get("as_filed")
        return value if isinstance(value, Mapping) else EMPTY


class KeyWork(NamedTuple):
    """A numbered heading that targets stand under. ``position`` counts from 1."""

    id: str
    title: str
    position: int


class Waiver(NamedTuple):
    """One rule set aside for one target, with a written reason."""

    rule: str
    target: str
    reason: str
    position: int


class Asked(NamedTuple):
    """One change that an adjustment asks for.

    ``target`` is a slug, or None for the plan itself; ``field`` the key, its steps joined by dots,
    or None for a whole target; ``before`` and ``after`` are None where there is nothing.
    """

    target: str | None
    field: str | None
    before: Any
    after: Any
    position: int

    @property
    def is_withdrawal(self) -> bool:
        """Whether it asks for the whole plan to go."""
        return self.target is None and self.field is None and self.before is not None and self.after is None


@dataclass(eq=False, repr=False)
class Adjustment:
    """The record that asks for, and explains, material or critical changes.

    ``folder`` is the name of the folder it lies in, which is to be a severity; ``name`` its
    file's. ``texts`` holds what it says beside the changes, by key.
    """

    plan: str
    path: str
    folder: str
    name: str
    texts: Mapping[str, str]
    changes: tuple[Asked, ...]
    readable: bool = True
    blob: str = ""

    def at(self, *way: str | int | About, key: bool = False) -> Where:
        """Point at one of the record's values."""
        return Where(self.path, _in_document(way), key)


@dataclass(eq=False, repr=False)
class Plan:
    """One department's targets for one year: a folder with a ``plan.yaml``.

    ``id`` is the folder below ``targets/``, such as ``2018`` or ``2018/commerce``.
    """

    id: str
    path: str
    values: Mapping[str, Any]
    key_works: tuple[KeyWork, ...]
    waivers: tuple[Waiver, ...]
    targets: tuple[Target, ...]
    broken: frozenset[str] = frozenset()
    readable: bool = True
    adjustments: tuple[Adjustment, ...] = ()
    blob: str = ""

    def at(self, *way: str | int | About, key: bool = False) -> Where:
        """Point at one of the plan's values."""
        return Where(self.path, _in_document(way), key)

    @cached_property
    def title(self) -> str:
        """The form's title, or the folder where there is none."""
        return str(self.values.get("title", self.id))

    @cached_property
    def language(self) -> str | None:
        """``zh`` or ``en``; None where the plan doesn't say."""
        said = self.values.get("language")
        return said if said in ("zh", "en") else None

    @cached_property
    def is_approved(self) -> bool:
        """Whether the plan says of itself that it is approved."""
        return self.values.get("status") == "approved"

    @cached_property
    def is_guarded(self) -> bool:
        """Whether changes of it need records: it is approved, or nobody can read whether it is."""
        return self.is_approved or (bool(self.blob) and not self.readable)

    @cached_property
    def approved_revision(self) -> str | None:
        """The tag or the commit that holds the plan as it was approved."""
        said = self.values.get("approved_revision")
        return said if isinstance(said, str) else None

    @property
    def is_half_approved(self) -> bool:
        """Whether it has one of the two keys alone that an approved plan has: its status, and where it was approved."""
        return self.is_approved == (self.approved_revision is None)

    @cached_property
    def year(self) -> int | None:
        """The year that the targets are for."""
        said = self.values.get("year")
        if isinstance(said, Decimal) and is_whole(said):  # 2018.0, which schemas take for a whole number
            said = int(said)
        return said if isinstance(said, int) and not isinstance(said, bool) and 1 <= said <= 9999 else None

    @property
    def folder_year(self) -> int | None:
        """The year that its folder is named by."""
        said = self.id[:4]
        return int(said) if said.isascii() and said.isdigit() else None

    def weight_rule(self, name: str) -> Decimal | None:
        """One of ``total``, ``step``, ``minimum``, ``maximum``, in points."""
        return self._weight_rules.get(name)

    @cached_property
    def _weight_rules(self) -> Mapping[str, Decimal]:
        rules = self.values.get("weight_rules")
        if not isinstance(rules, Mapping):
            return {}
        return {name: Decimal(value) for name, value in rules.items() if isinstance(value, int | Decimal)}

    @cached_property
    def key_work_by_id(self) -> Mapping[str, KeyWork]:
        """Key works by id; of two with one id, the first."""
        found: dict[str, KeyWork] = {}
        for work in self.key_works:
            found.setdefault(work.id, work)
        return found

    @cached_property
    def waiver_places(self) -> Mapping[str, int]:
        """The positions of waivers by rule and target; of two with the same ones, the first's."""
        return {f"{waiver.rule}/{waiver.target}": waiver.position for waiver in reversed(self.waivers)}

    @cached_property
    def weight_total(self) -> Decimal:
        """The sum of the weights that could be read, in points."""
        return sum((t.weight for t in self.targets if t.weight is not None), Decimal(0))

    @cached_property
    def all_readable(self) -> bool:
        """Whether every target of the plan could be read and parsed."""
        return self.readable and all(target.readable for target in self.targets)


class Stray(NamedTuple):
    """A file below ``targets/`` that is neither a plan nor a target of one.

    ``lost`` tells that it may be a target that its plan misses.
    """

    path: str
    reason: Message
    hint: Message
    lost: bool = False


@dataclass(eq=False, repr=False)
class Registry:
    """All plans of one folder or one revision.

    ``withdrawn`` are those of which only the adjustment records are left, with these alone.
    ``outdated_schemas`` are the registry's own copies of a schema that say something
    else than the ones the tool judges by.
    """

    plans: tuple[Plan, ...]
    strays: tuple[Stray, ...] = ()
    outdated_schemas: tuple[str, ...] = ()
    withdrawn: tuple[Plan, ...] = ()

    @cached_property
    def has_lost_targets(self) -> bool:
        """Whether a file out of place may be a target that a plan misses."""
        return any(stray.lost for stray in self.strays)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The targets of all plans, in the forms' order."""
        return tuple(target for plan in self.plans for target in plan.targets)
