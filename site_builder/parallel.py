"""The work of a build shared out among several processes, where there is enough of it to be worth their start.

The process that asks works too. Nothing depends on the others: what one that has died has not done is done here.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from site_builder.backstop import held_back
from site_builder.making import Alone, as_it_is
from site_builder.rendering import Filled, Order, Press

FEWEST = 20  # tasks; below, one process is done before others have begun
MOST = 100_000  # pages; of more, one process is slower, and holds the site once: 200,000 entries in less than 4 GiB
_CHUNK = 8
_SHIFT = 4096  # tasks, after which others take over: whoever looks at what it has inherited soon holds a copy of it
_TICKET = 4  # bytes
_PIPE = 1 << 20  # bytes
T = TypeVar("T")
Work = Callable[[Any], Any]


class Crew(Alone):
    """Several processes; few tasks are done by this one.

    `jobs`: how many; 0: one for each core. Systems that cannot fork safely work alone.
    """

    def __init__(self, jobs: int) -> None:
        self._count = jobs or min(os.cpu_count() or 1, 8)
        self._most = sys.maxsize if jobs else MOST

    def many(self, tasks: int) -> bool:
        return self._count > 1 and tasks >= FEWEST and sys.platform == "linux"

    def compute(self, tasks: Sequence[Callable[[], T]], send: Callable[[T], Any] = as_it_is) -> Iterator[Any]:
        if not self.many(len(tasks)):
            return super().compute(tasks, send)
        return self._together(lambda task: task(), tasks, send)

    def render(self, press: Press, orders: Sequence[Order]) -> Iterator[Filled]:
        if not self.many(len(orders)) or len(orders) > self._most:
            return super().render(press, orders)
        return self._together(press.fill_order, orders)

    def _together(
        self, work: Callable[[Any], T], items: Sequence[Any], send: Callable[[T], Any] = as_it_is
    ) -> Iterator[Any]:
        for start in range(0, len(items), _SHIFT):
            shift = items[start : start + _SHIFT]
            chunks = [shift[n : n + _CHUNK] for n in range(0, len(shift), _CHUNK)]
            yield from _shift(self._count - 1, chunks, work, send)


def _shift(others: int, chunks: Sequence[Sequence[Any]], work: Work, send: Work) -> Iterator[Any]:
    """The results of all items in the chunks, in order, with the help of so many other processes."""
    tickets, crew = _tickets(len(chunks)), list[tuple[Any, Connection]]()
    try:
        with held_back(), contextlib.suppress(OSError):  # where there can be no more processes, fewer do it
            for _ in range(min(others, len(chunks) - 1)):
                crew.append(_begun(tickets, chunks, work, send))
        yield from _results(tickets, chunks, work, [receiver for _, receiver in crew])
    finally:
        os.close(tickets)
        for process, receiver in crew:
            process.kill()  # at the end of a shift it is on its way out
            process.join()
            receiver.close()


def _results(tickets: int, chunks: Sequence[Sequence[Any]], work: Work, receivers: list[Connection]) -> Iterator[Any]:
    """Those of this process and of the others."""
    done: dict[int, Sequence[Any]] = {}
    for n in range(len(chunks)):
        while n not in done:
            mine = _drawn(tickets)
            if mine is None and not receivers:  # whoever drew it has gone
                mine = n
            if mine is not None:
                done[mine] = [work(item) for item in chunks[mine]]
            _collect(receivers, done, patient=mine is None)
        yield from done.pop(n)


def _tickets(chunks: int) -> int:
    """A pipe with the number of each chunk, which several processes may draw from until it is empty."""
    drawn, written = os.pipe()
    os.write(written, b"".join(n.to_bytes(_TICKET, "big") for n in range(chunks)))
    os.close(written)
    return drawn


def _drawn(tickets: int) -> int | None:
    """The number of a chunk that nobody else does."""
    ticket = os.read(tickets, _TICKET)
    return int.from_bytes(ticket, "big") if ticket else None


def _begun(tickets: int, chunks: Sequence[Sequence[Any]], work: Work, send: Work) -> tuple[Any, Connection]:
    """Another process that draws and works until there are no more tickets, and where its results come from."""
    import fcntl  # noqa: PLC0415  Windows does not have it

    fork = multiprocessing.get_context("fork")  # which hands over functions and values as they are
    receiver, sender = fork.Pipe(duplex=False)
    with contextlib.suppress(OSError):  # whoever has many pipes gets a small one
        fcntl.fcntl(sender.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)  # to work on while nobody has time to listen
    process = fork.Process(target=_help, args=(tickets, chunks, work, send, sender, receiver), daemon=True)
    process.start()
    sender.close()
    return process, receiver


def _help(
    tickets: int, chunks: Sequence[Sequence[Any]], work: Work, send: Work, sender: Connection, receiver: Connection
) -> None:
    """What fails here is done again by who asks, who can say what is wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks ends this process
    receiver.close()  # so that nothing can be sent to one who has gone
    with contextlib.suppress(Exception):
        while (n := _drawn(tickets)) is not None:
            sender.send((n, [send(work(item)) for item in chunks[n]]))


def _collect(receivers: list[Connection], done: dict[int, Sequence[Any]], *, patient: bool = False) -> None:
    """Take what the others have done; `patient`: wait until there is something."""
    while ready := wait(receivers, None if patient and receivers else 0):
        for receiver in [one for one in receivers if one in ready]:
            try:
                n, results = receiver.recv()
                done[n] = results
            except (EOFError, OSError):
                receivers.remove(receiver)
        patient = False
