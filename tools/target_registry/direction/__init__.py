"""What a figure is told of by the words before it: whether more or less of it is better, or which things are meant.

The words are data, ``words.json``, where each group of them says what it means. They are looked for with the methods of
strings: a pattern with as many Chinese signs takes longer to make than all the sentences of a proposal take to read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).with_name("words.json")


class Words:
    """The groups of words, each by its name there."""

    falls: tuple[str, ...]
    meant_to_fall: tuple[str, ...]
    control_in_names: tuple[str, ...]
    controlled: tuple[str, ...]
    ceilings: tuple[str, ...]
    grows: tuple[str, ...]
    rises: tuple[str, ...]
    over_time: tuple[str, ...]
    limits: tuple[str, ...]
    takes_away: tuple[str, ...]

    little: tuple[str, ...]
    little_right_before: tuple[str, ...]
    hospitality: tuple[str, ...]
    bad: tuple[str, ...]
    time_taken: tuple[str, ...]
    time_given: tuple[str, ...]
    rise_wanted: tuple[str, ...]
    grave: tuple[str, ...]
    good_in_spite: tuple[str, ...]
    dealt_with: tuple[str, ...]
    spending: tuple[str, ...]
    either_way_near: tuple[str, ...]
    either_way_right_before: tuple[str, ...]
    either_way_anywhere: tuple[str, ...]
    good_in_any_case: tuple[str, ...]
    wanted: tuple[str, ...]
    wanted_endings: tuple[str, ...]
    general: tuple[str, ...]
    preludes: tuple[str, ...]
    makes: tuple[str, ...]
    given: tuple[str, ...]

    good_rates: tuple[str, ...]
    spoiled: tuple[str, ...]
    not_to_be_used: tuple[str, ...]
    bad_rates: tuple[str, ...]
    bad_signs: tuple[str, ...]
    good_shares: tuple[str, ...]
    kinds: tuple[str, ...]
    having: tuple[str, ...]
    no_shares: tuple[str, ...]

    told_apart: tuple[str, ...]
    since: tuple[str, ...]
    goes_on: tuple[str, ...]
    done_in: tuple[str, ...]

    def __init__(self, groups: Mapping[str, Any]) -> None:
        vars(self).update((name, tuple(group["words"])) for name, group in groups.items())


def read() -> dict[str, Any]:
    """The groups as the data has them, each with its note."""
    import json  # help texts start without it

    groups: dict[str, Any] = json.loads(_DATA.read_bytes())
    del groups["about"]
    return groups


@cache
def known() -> Words:
    """The words, read when the first of them is asked for."""
    return Words(read())
