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
MOST = 100_000  # pages; of more, one process is slower, and holds the site once: 200,000 entries in less than 4 GiB
_CHUNK = 16
_SHIFT = 4096  # tasks, after which others take over: whoever looks at what it has inherited soon holds a copy of it
T = TypeVar("T")

# Set before the fork and read after it: a compiled look cannot be sent to another process, but it can be inherited.
_shared: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


class Crew(Alone):
    """Several processes; few tasks are done by this one.

    `jobs`: how many; 0: one for each core. Systems that cannot fork safely work alone.
    """

    def __init__(self, jobs: int) -> None:
        self._count = jobs or min(os.cpu_count() or 1, 8)
        self._most = sys.maxsize if jobs else MOST

    def many(self, tasks: int) -> bool:
        return self._count > 1 and tasks >= FEWEST and sys.platform == "linux"

    def compute(self, tasks: Sequence[Callable[[], T]]) -> Iterator[T]:
        return self._together(lambda task: task(), tasks) if self.many(len(tasks)) else super().compute(tasks)

    def render(self, press: Press, orders: Sequence[Order]) -> Iterator[Filled]:
        if not self.many(len(orders)) or len(orders) > self._most:
            return super().render(press, orders)
        return self._together(press.fill_order, orders)

    def _together(self, work: Callable[[Any], T], items: Sequence[Any]) -> Iterator[T]:
        _shared.append((work, items))
        try:
            for start in range(0, len(items), _SHIFT):
                with multiprocessing.get_context("fork").Pool(self._count) as pool:
                    yield from pool.imap(_one, range(start, min(start + _SHIFT, len(items))), chunksize=_CHUNK)
        finally:
            _shared.clear()


def _one(number: int) -> Any:
    work, items = _shared[0]
    return work(items[number])
