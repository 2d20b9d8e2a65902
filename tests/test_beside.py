"""Work beside what waits for it: nothing hangs where threads can't begin, or die of want."""

from __future__ import annotations

import os
import threading

import pytest

from target_registry.sources import beside
from target_registry.sources.beside import Beside, all_at_once


def test_a_thread_that_never_says_it_runs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one that dies for want of memory before it has begun."""
    monkeypatch.setattr(beside, "start_new_thread", lambda *_: 0)
    monkeypatch.setattr(beside, "_BEGINNING", 0.01)
    with pytest.raises(RuntimeError, match="has not begun"):
        Beside(lambda: None)


def test_work_is_over_also_where_it_dies_of_want(capfd: pytest.CaptureFixture[str]) -> None:
    def starve() -> None:
        raise MemoryError

    assert Beside(starve).has_ended(10)
    assert capfd.readouterr().err == ""


def test_work_that_goes_on_is_waited_for_as_long_as_is_said() -> None:
    going = threading.Event()

    def wait() -> None:
        going.wait(60)

    work = Beside(wait)
    assert not work.has_ended()
    assert not work.has_ended(0.01)
    going.set()
    assert work.has_ended(-1)
    assert work.has_ended()


@pytest.mark.parametrize("threads", [1, 3, 16])
def test_each_item_is_done_once(threads: int) -> None:
    done: list[int] = []
    all_at_once(done.append, range(200), threads)
    assert sorted(done) == list(range(200))


def test_it_is_done_alone_where_no_thread_is_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(beside, "start_new_thread", refused)
    done: list[int] = []
    all_at_once(done.append, range(20), 16)
    assert done == list(range(20))


def test_what_threads_have_no_memory_for_is_done_by_the_one_that_waits() -> None:
    own, done = threading.get_ident(), []

    def work(item: int) -> None:
        if threading.get_ident() != own:
            raise MemoryError
        done.append(item)

    all_at_once(work, range(20), 4)
    assert sorted(done) == list(range(20))


def test_what_one_item_raises_is_raised_and_no_more_are_begun() -> None:
    begun: list[int] = []

    def work(item: int) -> None:
        begun.append(item)
        raise OSError(5, os.strerror(5))

    with pytest.raises(OSError, match=os.strerror(5)):
        all_at_once(work, range(1000), 2)
    assert len(begun) <= 2
