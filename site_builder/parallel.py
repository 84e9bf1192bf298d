"""Pages rendered by several processes at once, where there are enough of them to be worth the start."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from site_builder.artifacts import Page
from site_builder.diagnostics import Diagnostic
from site_builder.making import Renderer, one_by_one
from site_builder.rendering import Made, Press

FEWEST = 200  # pages; below, one process is done before others have begun
_CHUNK = 16

# Set before the fork and read after it: a compiled look cannot be sent to another process, but it can be inherited.
_shared: list[tuple[Press, Sequence[tuple[str, Page]]]] = []


def renderer(jobs: int) -> Renderer:
    """`jobs`: how many processes; 0: one for each core. Systems that cannot fork safely work alone."""
    count = jobs or min(os.cpu_count() or 1, 8)

    def render_all(press: Press, pages: Sequence[tuple[str, Page]]) -> Iterable[Made | Diagnostic]:
        if count < 2 or len(pages) < FEWEST or sys.platform != "linux":
            return one_by_one(press, pages)
        return _together(press, pages, count)

    return render_all


def _together(press: Press, pages: Sequence[tuple[str, Page]], count: int) -> Iterator[Made | Diagnostic]:
    _shared.append((press, pages))
    try:
        with multiprocessing.get_context("fork").Pool(count) as pool:
            yield from pool.imap(_one, range(len(pages)), chunksize=_CHUNK)
    finally:
        _shared.clear()


def _one(number: int) -> Made | Diagnostic:
    press, pages = _shared[0]
    return press.render(*pages[number])
