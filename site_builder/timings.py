"""Where the time of a build goes: its stages, and the files and pages that took longest."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from site_builder.making import Alone
from site_builder.memo import Memo, Shelf
from site_builder.rendering import Filled, Order, Press

T = TypeVar("T")
SLOWEST = 8  # files, and pages, that are named


class Timings(Alone):
    """Seconds by stage in the order in which they begin, by file that was read and by page that was rendered."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self.files: dict[str, float] = {}
        self.pages: dict[str, float] = {}
        self._now, self._since = "", time.perf_counter()

    def begin(self, stage: str) -> None:
        """What comes next belongs to this stage; "" ends the last one."""
        now = time.perf_counter()
        if self._now:
            self.stages[self._now] = self.stages.get(self._now, 0.0) + now - self._since
        self._now, self._since = stage, now

    def memo(self, shelf: Shelf | None) -> Memo:
        """A memo for the build that is timed."""
        return _TimedMemo(shelf, self.files)

    def render(self, press: Press, orders: Sequence[Order]) -> Iterator[Filled]:
        """One page after the other, in this process, so that each can be timed."""
        for order in orders:
            begun = time.perf_counter()
            filled = press.fill_order(order)
            self.pages[order.path] = time.perf_counter() - begun
            yield filled

    def lines(self) -> Iterator[str]:
        """What there is to tell, for a terminal."""
        whole = sum(self.stages.values())
        for stage, seconds in self.stages.items():
            yield f"{stage:<24} {seconds:8.3f} s  {100 * seconds / whole:5.1f} %"
        yield f"{'in all':<24} {whole:8.3f} s"
        for title, times in (("slowest files to read", self.files), ("slowest pages to make", self.pages)):
            if times:
                yield f"{title} (of {len(times)}):"
                yield from (f"  {1000 * took:8.1f} ms  {path}" for path, took in _slowest(times.items()))


class _TimedMemo(Memo):
    """A memo that notes how long each file took that had to be read."""

    def __init__(self, shelf: Shelf | None, files: dict[str, float]) -> None:
        super().__init__(shelf, again=False)
        self._files = files

    def lasting(self, step: str, key: Hashable, make: Callable[[], T]) -> T:
        def timed() -> T:
            begun = time.perf_counter()
            made = make()
            if step == "file" and isinstance(key, tuple):
                self._files[str(key[0])] = time.perf_counter() - begun
            return made

        return super().lasting(step, key, timed)


def _slowest(times: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    return heapq.nsmallest(SLOWEST, times, key=lambda item: (-item[1], item[0]))
