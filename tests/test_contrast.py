"""Whether a text can be read on what is behind it is judged by how light both are, alike for all kinds of files."""

from __future__ import annotations

import pytest

from target_registry.forms.colours import is_on_its_own, is_unreadable
from target_registry.forms.excel_colours import PAPER, is_lost
from target_registry.forms.word_colours import alike


def judged(ink: str, ground: str) -> set[bool]:
    """What each kind of file has for it."""
    one, other = bytes.fromhex(ink), bytes.fromhex(ground)
    return {
        is_unreadable(one, other),
        is_on_its_own(f"#{ink.lower()}", f"#{ground.lower()}"),
        is_lost(one, (other,)),
        alike(ink, ground),
    }


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("FFFFCC", "FFFFFF"), ("FFFF99", "FFFFFF"), ("FFFF66", "FFFF00"), ("000000", "000080"), ("333333", "000000"),
        ("F2F2F2", "FFFFFF"), ("FFFFFF", "DEEAF6"), ("CCFFFF", "FFFFFF"), ("FF0000", "FE0101"), ("7F7F7F", "808080"),
    ],
)  # fmt: skip
def test_what_nobody_reads_is_told(ink: str, ground: str) -> None:
    assert judged(ink, ground) == judged(ground, ink) == {True}


@pytest.mark.parametrize(
    "ink",
    [
        "FF0000",
        "C00000",
        "0000FF",
        "0070C0",
        "00B0F0",
        "00B050",
        "7030A0",
        "FFC000",
        "ED7D31",
        "808080",
        "A6A6A6",
        "D9D9D9",
        "FFFF00",
        "00FFFF",
    ],
)
def test_the_colours_that_people_write_with_are_read_on_white(ink: str) -> None:
    assert judged(ink, "FFFFFF") == {False}
    assert not is_lost(bytes.fromhex(ink), PAPER)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("000000", "404040"), ("000000", "002060"), ("000000", "C00000"), ("FF0000", "808080"), ("FF0000", "FFFF00"), ("FF0000", "FFC7CE"),
        ("FFFFFF", "5B9BD5"), ("FFFFFF", "FFC000"), ("000000", "7030A0"), ("0000FF", "000000"), ("FF0000", "00B050"), ("006100", "C6EFCE"),
    ],
)  # fmt: skip
def test_the_fills_that_people_use_are_no_fault(ink: str, ground: str) -> None:
    assert judged(ink, ground) == {False}
