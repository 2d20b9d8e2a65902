"""Spans of time: whether one is a limit within which something is done, a promise to go on, or a right."""

from __future__ import annotations

from target_registry.direction import known
from target_registry.direction.parts import thing

_FULL = ("满", "达到", "达", "为", "时间", "天数", "时长")
_TRIALS = ("试", "公示", "延长")
_RIGHTS = ("可", "给予", "享受", "免", "有权")
WITHIN = ("之内", "之中", "以内", "以中", "内", "中")
_NEAR = 8
"""Signs behind a span in which it is told what the time is of."""


def goes_on(part: str) -> bool:
    """Whether a span of time is a promise to go on so long; a trial is none."""
    part = part.rstrip()
    told = part.removesuffix(next((word for word in _FULL if part.endswith(word)), ""))
    return told.endswith(known().goes_on) and not any(word in part for word in _TRIALS)


def is_done_in(text: str, at: int) -> bool:
    """Whether something is to be done in the span of time that ends at an offset."""
    at += next((len(word) for word in WITHIN if text.startswith(word, at)), 0)
    while text[at : at + 1].isspace():
        at += 1
    return text.startswith(known().done_in, at) and not any(word in text[at : at + _NEAR] for word in _TRIALS)


def is_granted(text: str, at: int) -> bool:
    """Whether a span of time that ends at an offset is one in which people have a right."""
    return text.startswith(_RIGHTS, at)


def is_of_time(part: str) -> bool:
    """Whether a span of time is told as such, 服务时间: whether it is given or taken nobody can tell."""
    return thing(part).endswith("时间")
