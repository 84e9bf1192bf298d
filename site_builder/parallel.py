"""The work of a build shared out among several processes, where there is enough of it to be worth their start."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from site_builder.making import Alone
from site_builder.rendering import Filled, Order, Press

FEWEST = 200  # tasks; below, one process is done before others have begun
_CHUNK = 16
T = TypeVar("T")

# Set before the fork and read after it: a compiled look cannot be sent to another process, but it can be inherited.
_shared: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


class Crew(Alone):
    """Several processes; few tasks are done by this one.

    `jobs`: how many; 0: one for each core. Systems that cannot fork safely work alone.
    """

    def __init__(self, jobs: int) -> None:
        self._count = jobs or min(os.cpu_count() or 1, 8)

    def many(self, tasks: int) -> bool:
        return self._count > 1 and tasks >= FEWEST and sys.platform == "linux"

    def compute(self, tasks: Sequence[Callable[[], T]]) -> Iterator[T]:
        return self._together(lambda task: task(), tasks) if self.many(len(tasks)) else super().compute(tasks)

    def render(self, press: Press, orders: Sequence[Order]) -> Iterator[Filled]:
        return self._together(press.fill_order, orders) if self.many(len(orders)) else super().render(press, orders)

    def _together(self, work: Callable[[Any], T], items: Sequence[Any]) -> Iterator[T]:
        _shared.append((work, items))
        try:
            with multiprocessing.get_context("fork").Pool(self._count) as pool:
                yield from pool.imap(_one, range(len(items)), chunksize=_CHUNK)
        finally:
            _shared.clear()


def _one(number: int) -> Any:
    work, items = _shared[0]
    return work(items[number])
