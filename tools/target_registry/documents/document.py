"""A YAML file that was read: what it says, where each value stands, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

from target_registry import limits
from target_registry.model import Counted, Finding, Level, Message, Route


class Unwritable(Exception):
    """A file can't be written, because something in it is no text: bytes of a name or an argument that aren't UTF-8.

    Args:
        line: where in the file it would stand.
    """

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.message = Message(
            "{line} holds bytes that aren't UTF-8 and so can't be written into a file; nothing was written", line=line
        )


Places = dict[Route, tuple[int, int]]
"""Lines and columns, from 1, by route."""
MORE = "more-findings"
"""The code of the finding that counts those which aren't listed."""
MEND_FIRST = Message("mend the listed ones first, and check again")
"""The cure where some are only counted."""


def keep(findings: list[Finding], finding: Finding, most: int = limits.FINDINGS_A_FILE) -> None:
    """Add a finding about a file to those there are; one beyond the most is only counted.

    Args:
        findings: those about the file so far.
        finding: one more.
        most: how many are listed; behind them stands one that says how many there are beside.
    """
    if len(findings) < most:
        findings.append(finding)
        return
    beside = finding.message.values["n"] if finding.code == MORE else 1
    first, level = finding, finding.level
    if len(findings) > most:
        first = findings.pop()
        beside += first.message.values["n"]  # type: ignore[operator]  # a count
        level = first.level if first.level is Level.ERROR else level
    told = Counted("{n} more fault of this file isn't listed", "{n} more faults of this file aren't listed", beside)  # type: ignore[arg-type]
    findings.append(Finding(MORE, level, first.where, told, MEND_FIRST, first.line, first.column))


class Document:
    """One YAML file, read.

    Attributes:
        path: the file, relative to the registry.
        data: plain data, or None where the file can't be read as YAML. Where one value
            is at fault it is None and its route is in ``broken``.
        findings: what is wrong with the file as YAML.
        broken: routes of values that have a finding already.
        locate: fills in the places when they are first asked for; None where they are there.
    """

    def __init__(self, path: str, data: Any = None) -> None:
        self.path = path
        self.data = data
        self.findings: list[Finding] = []
        self.broken: set[Route] = set()
        self.locate: Callable[[Document], None] | None = None
        self._places: Places = {} if data is None else {(): (1, 1)}
        self._key_places: Places = {}

    @classmethod
    def of(cls, path: str, data: Any, locate: Callable[[], tuple[Places, Places]]) -> Document:
        """A document whose data is known already; where its values stand is looked up once somebody asks.

        Args:
            path: the file.
            data: what it says.
            locate: gives the places of its values, and those of its keys.
        """
        document = cls(path, data)

        def fill(itself: Document) -> None:
            itself._places, itself._key_places = locate()

        document.locate = fill
        return document

    @property
    def places(self) -> Places:
        """Line and column, from 1, of every value by its route."""
        self._located()
        return self._places

    @property
    def key_places(self) -> Places:
        """The same of every key."""
        self._located()
        return self._key_places

    def _located(self) -> None:
        if self.locate is not None:
            locate, self.locate = self.locate, None
            locate(self)

    def place(self, route: Route, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of a value or key, or of the nearest thing around it.

        The file itself is at 1:1.
        """
        if key and route in self.key_places:
            return self.key_places[route]
        while route and route not in self.places:
            route = route[:-1]
        return self.places[route] if route else (1, 1)

    def located(self, finding: Finding) -> Finding:
        """A finding about this file with its line and column."""
        if finding.line:
            return finding
        line, column = self.place(finding.where.route, key=finding.where.key)
        return finding._replace(line=line, column=column)

    def narrow(self, keys: Container[object], most: int) -> None:
        """Forget what stands under other keys, and the places of more than so many: a hostile file has tens of thousands.

        Args:
            keys: at the top, whose values are asked about later.
            most: places that are kept.
        """
        if isinstance(self.data, dict):
            self.data = {key: value for key, value in self.data.items() if key in keys}
        for places in (self.places, self.key_places):
            kept = [(route, place) for route, place in places.items() if not route or route[0] in keys][:most]
            places.clear()
            places.update(kept)

    def rename(self, route: Route, meant: str) -> None:
        """Let a misspelt key's places be found under the key that was meant as well."""
        for places in (self.places, self.key_places):
            for known, place in list(places.items()):
                if known[: len(route)] == route:
                    places[(*route[:-1], meant, *known[len(route) :])] = place
        for known in list(self.broken):
            if known[: len(route)] == route:
                self.broken.add((*route[:-1], meant, *known[len(route) :]))
