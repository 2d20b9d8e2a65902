"""Work that is done beside what waits for it, by a thread that dies with the process.

The standard library's threads are waited for without end until they say that they run: one that dies for want of
memory before it does leaves its process hanging. Here that wait has a limit, and so has each that follows.
"""

from __future__ import annotations

from _thread import allocate_lock, start_new_thread
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from target_registry.sources.locks import undisturbed

Item = TypeVar("Item")

_BEGINNING = 5.0
"""Seconds within which a thread that is ever to run has begun."""


class Beside:
    """Work begun beside this; no signal comes by way of it, since what this one holds off would.

    Args:
        work: what to do; what it leaves undone for want of memory, whoever waits for it finds out.

    Raises:
        RuntimeError: the system lets no thread be, or has too little memory for one.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        begun, self._ended = allocate_lock(), allocate_lock()
        begun.acquire()
        self._ended.acquire()

        def run() -> None:
            begun.release()
            try:
                with suppress(MemoryError):
                    work()
            finally:
                self._ended.release()

        with undisturbed():
            start_new_thread(run, ())
        if not begun.acquire(timeout=_BEGINNING):
            raise RuntimeError("the thread has not begun")

    def has_ended(self, seconds: float = 0.0) -> bool:
        """Whether the work is over; waited for where it isn't yet.

        Args:
            seconds: how long to wait; less than none for as long as it takes.
        """
        has_ended = self._ended.acquire(timeout=seconds) if seconds else self._ended.acquire(blocking=False)
        if has_ended:
            self._ended.release()
        return has_ended


def all_at_once(work: Callable[[Item], None], items: Sequence[Item], threads: int) -> None:
    """Do something for each of many items, which waits for the system and hardly for anything else.

    Args:
        work: what to do, once for each.
        items: what for.
        threads: how many at a time, this one included; fewer where the system lets no more be.

    Raises:
        Exception: what the work raises for one of them; some of the others are not begun then.
    """
    left = [*reversed(items)]
    faults: list[Exception] = []

    def take() -> None:
        while not faults:
            try:
                item = left.pop()
            except IndexError:
                return
            try:
                work(item)
            except MemoryError:
                left.append(item)  # for the one that waits
                raise
            except Exception as fault:  # noqa: BLE001  raised where the others are waited for
                faults.append(fault)

    others = []
    with suppress(RuntimeError):
        for _ in range(min(threads, len(items)) - 1):
            others.append(Beside(take))  # noqa: PERF401  those that begin count, where one doesn't
    try:
        take()
    finally:
        for other in others:
            other.has_ended(-1)
    take()
    if faults:
        raise faults[0]
