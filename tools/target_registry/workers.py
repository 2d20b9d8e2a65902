"""Work on many things done by several processes at once, with results that don't depend on how many there are."""

from __future__ import annotations

import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, NoReturn, TypeVar

from target_registry.sources.locks import undisturbed, unwatched

Item = TypeVar("Item")
Result = TypeVar("Result")

_MOST = 8
_NUMBER = struct.Struct("<I")
_PIPE = 1_000
"""Numbers that fit into a pipe before anyone reads: a page, which is all that a user with many pipes gets. Source: pipe(7)."""


def processors() -> int:
    """How many processors this process may use; 1 where it can't have children that begin as copies of it."""
    if not hasattr(os, "fork") or sys.platform == "darwin":  # whose own libraries don't outlive a fork
        return 1
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(_MOST, allowed))


def spread(
    task: Callable[[Item], Result],
    items: Sequence[Item],
    processes: int,
    progress: Callable[[int], None] | None = None,
) -> list[Result]:
    """The results of a task for each item, in the items' order.

    Each process takes the next item as soon as it is done with one. What a child that was ended by force didn't
    hand over is done again here.

    Args:
        task: pure; its results can be pickled. What it raises is raised here.
        items: what to do it for; tens to thousands of them, each worth a thousandth of a second at the least.
        processes: how many to use, this one included.
        progress: told now and then how many items have been begun.

    Raises:
        Exception: whatever the task raises for the first item that fails.
    """
    if processes > 1 and len(items) > _PIPE:
        return _spread_in_batches(task, items, processes, progress)
    if processes < 2 or len(items) < 2:
        return list(in_turn(task, items, progress))
    results: list[Any] = [_MISSING] * len(items)
    tickets, filling = os.pipe()
    os.write(filling, b"".join(map(_NUMBER.pack, range(len(items)))))
    os.close(filling)
    children: list[_Child] = []
    try:
        with suppress(OSError):  # where the system lets no more processes or files be, those that there are do it
            for _ in range(min(processes, len(items)) - 1):
                _begin(children, task, items, tickets)
        while (ticket := _next(tickets)) is not None:
            if progress is not None:
                progress(ticket)
            try:
                results[ticket] = task(items[ticket])
            except Exception:
                _first_to_fail(task, items[:ticket], results)
                raise
        for child in children:
            for number, result in _answers(child):
                results[number] = result
    except BaseException:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child.process, signal.SIGKILL)
        raise
    finally:
        os.close(tickets)
        for child in children:
            os.close(child.answers)
            with suppress(ChildProcessError):
                os.waitpid(child.process, 0)
    for number, result in enumerate(results):
        if result is _MISSING:
            results[number] = task(items[number])
    return results


def in_turn(
    task: Callable[[Item], Result], items: Sequence[Item], progress: Callable[[int], None] | None = None
) -> Iterator[Result]:
    """The same by this process alone, each result made when it is asked for, so that whoever has enough may leave the rest.

    Args:
        task: as :func:`spread` takes it.
        items: what to do it for.
        progress: told the number of each item that is begun.
    """
    for number, item in enumerate(items):
        if progress is not None:
            progress(number)
        yield task(item)


def _spread_in_batches(
    task: Callable[[Item], Result], items: Sequence[Item], processes: int, progress: Callable[[int], None] | None
) -> list[Result]:
    """The same of so many items that several of them share a number."""
    size = -(-len(items) // _PIPE)
    batches = [items[start : start + size] for start in range(0, len(items), size)]
    told = None if progress is None else lambda number: progress(number * size)
    found = spread(lambda batch: [task(item) for item in batch], batches, processes, told)
    return [result for batch in found for result in batch]


_MISSING = object()


def _first_to_fail(task: Callable[[Item], Result], items: Sequence[Item], results: Sequence[Any]) -> None:
    """Do what children have not handed over, so that the item that comes first is the one that raises."""
    for item, result in zip(items, results, strict=False):
        if result is _MISSING:
            task(item)


def _next(tickets: int) -> int | None:
    ticket = os.read(tickets, _NUMBER.size)
    return _NUMBER.unpack(ticket)[0] if len(ticket) == _NUMBER.size else None


class _Child(NamedTuple):
    """A process that begins as a copy of this one, and where it hands over what it found."""

    process: int
    answers: int


def _begin(children: list[_Child], task: Callable[[Item], Result], items: Sequence[Item], tickets: int) -> None:
    """Start one more.

    Raises:
        OSError: the system lets no more be.
    """
    answers, answering = os.pipe()
    try:
        with undisturbed():  # till this process knows it, and till it knows that it is a child
            process = os.fork()
            if process == 0:
                _serve(task, items, tickets, answering)
            children.append(_Child(process, answers))
    except OSError:
        os.close(answers)
        raise
    finally:
        os.close(answering)


def _serve(task: Callable[[Item], Result], items: Sequence[Item], tickets: int, answering: int) -> NoReturn:
    """A child's whole life. What goes wrong in it is found out by its parent, who does the work again.

    Nothing leaves it but by its end: what stands around the call is the parent's, its locks above all.
    """
    code = 1
    try:
        unwatched()  # the terminal's Ctrl-C reaches the parent too, which ends this one
        import pickle  # only large registries need it

        found = []
        while (number := _next(tickets)) is not None:
            # As bytes at once, while others still work.
            found.append((number, pickle.dumps(task(items[number]), protocol=pickle.HIGHEST_PROTOCOL)))
        with os.fdopen(answering, "wb") as file:
            pickle.dump(found, file, protocol=pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)


def _answers(child: _Child) -> list[tuple[int, Any]]:
    """What a child found; nothing where it ended before its time, or where the system lets nobody read it."""
    with suppress(OSError):
        import pickle

        with os.fdopen(os.dup(child.answers), "rb") as file, suppress(EOFError, pickle.UnpicklingError):
            found: list[tuple[int, bytes]] = pickle.load(file)  # noqa: S301  made by a copy of this very process
            return [(number, pickle.loads(packed)) for number, packed in found]  # noqa: S301  as above
    return []
